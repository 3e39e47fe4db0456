"""What Qt's events mean for a canvas, as plain values in device px."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QInputDevice, QKeyEvent, QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent

from restorer.ui.canvas.gestures import Touch

if TYPE_CHECKING:
    from PySide6.QtGui import QDropEvent, QEventPoint

NOTCH = 120
"""What one notch of a wheel reports (Qt, `QWheelEvent::angleDelta`)."""
ARROW_STEP = 64
"""Logical px that an arrow key pans; four times as many with Shift."""
_ARROWS = {
    Qt.Key.Key_Left: (1, 0),
    Qt.Key.Key_Right: (-1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}  # the picture goes the other way
_CONTROL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_ALT = Qt.KeyboardModifier.AltModifier


def device_pixel(place: QPointF, ratio: float) -> tuple[int, int]:
    """The device pixel at a place in logical px; a little makes up for what multiplying by 1.25 may have lost."""
    return floor(place.x() * ratio + 1e-6), floor(place.y() * ratio + 1e-6)


def mouse_touch(event: QMouseEvent, ratio: float) -> Touch:
    x, y = device_pixel(event.position(), ratio)
    return Touch(x + 0.5, y + 0.5, **_keys(event.modifiers()))


def pen_touch(event: QTabletEvent, ratio: float) -> Touch:
    eraser = event.pointerType() == QPointingDevice.PointerType.Eraser
    place = event.position()
    return Touch(place.x() * ratio, place.y() * ratio, event.pressure(), eraser, **_keys(event.modifiers()))


def finger_touch(point: QEventPoint, ratio: float) -> Touch:
    x, y = device_pixel(point.position(), ratio)
    return Touch(x + 0.5, y + 0.5)


def _keys(held: Qt.KeyboardModifier) -> dict[str, bool]:
    return {"shift": bool(held & _SHIFT), "alt": bool(held & _ALT)}


@dataclass(frozen=True)
class Turn:
    """What a wheel or two fingers ask for: a pan in device px, or steps of zoom or of brush size (+ is larger)."""

    pan: tuple[int, int] = (0, 0)
    zoom: int = 0
    size: int = 0


class Wheel:
    """Gathers what finely divided wheels report until it makes a notch."""

    def __init__(self) -> None:
        self._turned = 0

    def read(self, event: QWheelEvent, ratio: float) -> Turn:
        keys, pixels, angle = event.modifiers(), event.pixelDelta(), event.angleDelta()
        # X11 reports pixels for mice too, so they alone do not make a touchpad
        touchpad = event.phase() != Qt.ScrollPhase.NoScrollPhase or (
            event.device() is not None and event.device().type() == QInputDevice.DeviceType.TouchPad
        )
        if touchpad and not pixels.isNull() and not keys & (_SHIFT | _CONTROL | _ALT):
            return Turn(pan=(round(pixels.x() * ratio), round(pixels.y() * ratio)))
        self._turned += angle.y() or angle.x()  # some systems turn a wheel sideways with Shift or Alt
        notches = int(self._turned / NOTCH)
        self._turned -= notches * NOTCH
        return Turn(size=notches) if keys & _SHIFT else Turn(zoom=notches)


def arrow_pan(event: QKeyEvent, ratio: float) -> tuple[int, int] | None:
    """Device px by which an arrow key moves the picture; None for any other key."""
    arrow = _ARROWS.get(Qt.Key(event.key()))
    if arrow is None or event.modifiers() & (_CONTROL | _ALT):
        return None
    step = round(ARROW_STEP * ratio) * (4 if event.modifiers() & _SHIFT else 1)
    return arrow[0] * step, arrow[1] * step


def zoom_key(event: QKeyEvent) -> int:
    """1 for plus, -1 for minus, 0 for any other key."""
    if event.modifiers() & (_CONTROL | _ALT):
        return 0
    key = event.key()
    return 1 if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) else -1 if key == Qt.Key.Key_Minus else 0


def local_files(mime: QMimeData | None) -> list[Path]:
    if mime is None:  # the window system does not always give any
        return []
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def accept_files(event: QDropEvent) -> list[Path]:
    """The files that are being dragged; accepts the event if there are any."""
    files = local_files(event.mimeData())
    if files:
        event.acceptProposedAction()
    return files
