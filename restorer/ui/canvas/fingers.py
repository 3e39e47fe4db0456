"""A touch screen: one finger works like the left button, two move and zoom the picture."""

from __future__ import annotations

from math import hypot
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QEventPoint, QInputDevice

from restorer.ui.canvas.input_events import finger_touch

if TYPE_CHECKING:
    from PySide6.QtGui import QTouchEvent

    from restorer.ui.canvas.gestures import Touch

PALM = 0.7
"""Seconds after the pen was near, in which a touch is taken for the hand that holds it."""
_LEFT = Qt.MouseButton.LeftButton


class Touched(Protocol):
    """The view under the fingers."""

    def devicePixelRatioF(self) -> float: ...
    def pointer_down(self, touch: Touch, button: Qt.MouseButton) -> None: ...
    def pointer_moved(self, touch: Touch, buttons: Qt.MouseButton) -> None: ...
    def pointer_up(self, touch: Touch, button: Qt.MouseButton) -> None: ...
    def drop(self) -> None: ...
    def pan(self, dx: int, dy: int) -> None: ...
    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None: ...
    @property
    def zoom(self) -> float: ...


class Fingers:
    """Follows the fingers on a view."""

    def __init__(self, view: Touched) -> None:
        self._view = view
        self._pen_at = -PALM
        self._drawing = False
        self._pinching = False
        self._middle = QPointF()
        self._span = 1.0

    def pen_is_near(self) -> None:
        self._pen_at = monotonic()

    def feel(self, event: QTouchEvent) -> bool:
        """Tells whether the event was used."""
        if event.device() is None or event.device().type() != QInputDevice.DeviceType.TouchScreen:
            return False  # touch pads come as wheels and gestures
        event.accept()
        down = [point for point in event.points() if point.state() != QEventPoint.State.Released]
        if event.type() == QEvent.Type.TouchCancel:
            self._stop(drop=True)
        elif len(down) >= 2:
            self._pinch(down[0].position(), down[1].position())
        elif self._pinching or monotonic() - self._pen_at < PALM:
            if not down:
                self._stop(drop=True)
        else:
            self._draw(event)
        return True

    def _draw(self, event: QTouchEvent) -> None:
        touch = finger_touch(event.points()[0], self._view.devicePixelRatioF())
        if event.type() == QEvent.Type.TouchBegin:
            self._drawing = True
            self._view.pointer_down(touch, _LEFT)
        elif event.type() == QEvent.Type.TouchEnd:
            self._drawing = False
            self._view.pointer_up(touch, _LEFT)
        elif self._drawing:
            self._view.pointer_moved(touch, _LEFT)

    def _pinch(self, a: QPointF, b: QPointF) -> None:
        middle, span = (a + b) / 2, max(1.0, hypot(a.x() - b.x(), a.y() - b.y()))
        if not self._pinching:
            self._stop(drop=self._drawing)  # the first finger has begun a stroke
            self._pinching = True
        else:
            ratio = self._view.devicePixelRatioF()
            moved = middle - self._middle
            self._view.pan(round(moved.x() * ratio), round(moved.y() * ratio))
            if abs(span / self._span - 1) > 0.002:
                self._view.zoom_to(self._view.zoom * span / self._span, middle)
        self._middle, self._span = middle, span

    def _stop(self, *, drop: bool) -> None:
        if drop and self._drawing:
            self._view.drop()
        self._drawing = self._pinching = False
