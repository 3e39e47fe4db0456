"""One family of line icons, drawn in the colours of the theme when they are first shown."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from restorer import bundled

if TYPE_CHECKING:
    from PySide6.QtCore import QRect

_APPLICATION_SIZES = (16, 32, 48, 64, 128, 256)
"""Pixels: window systems ask which there are before they ask for one."""


class _Ink:
    """The theme's colours as they are now; icons ask for them whenever they are painted."""

    text = "#1c1c1c"
    faint = "#8f8f8f"
    accent = "#0f6b75"
    on_accent = "#ffffff"


def use(text: str, faint: str, accent: str, on_accent: str) -> None:
    _Ink.text, _Ink.faint, _Ink.accent, _Ink.on_accent = text, faint, accent, on_accent


def icon(name: str) -> QIcon:
    """An icon that is grey when disabled and in the accent colour when its action is on."""
    return _icon(name, filled=False)


def icon_on_accent(name: str) -> QIcon:
    """For a button that is filled with the accent colour."""
    return _icon(name, filled=True)


def application_icon() -> QIcon:
    made = QIcon()
    for size in _APPLICATION_SIZES:
        made.addPixmap(_drawn(_source("restorer"), size))
    return made


class _Line(QIconEngine):
    """Draws an icon at the size that is asked for, the first time it is: a window has dozens that nobody sees.

    Qt may take a copy of an engine only before it changes an icon (`QIcon.addPixmap`), which nobody does to these.
    """

    def __init__(self, name: str, *, filled: bool) -> None:
        super().__init__()
        self._name, self._filled = name, filled
        self._made: dict[tuple[int, float, str], QPixmap] = {}

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        device = painter.device()
        painter.drawPixmap(rect, self.scaledPixmap(rect.size(), mode, state, device.devicePixelRatio()))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is in points; the answer has `scale` times as many pixels."""
        if mode == QIcon.Mode.Disabled:
            colour = _Ink.faint
        elif self._filled:
            colour = _Ink.on_accent
        else:
            colour = _Ink.accent if state == QIcon.State.On else _Ink.text
        pixels = round(min(size.width(), size.height()) * scale)
        if (pixels, scale, colour) not in self._made:
            made = _drawn(_source(self._name).replace("currentColor", colour), pixels)
            made.setDevicePixelRatio(scale)
            self._made[pixels, scale, colour] = made
        return self._made[pixels, scale, colour]

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        side = min(size.width(), size.height())
        return QSize(side, side)

    def key(self) -> str:
        return "restorer-line"


@cache
def _icon(name: str, *, filled: bool) -> QIcon:
    return QIcon(_Line(name, filled=filled))


@cache
def _source(name: str) -> str:
    return (bundled.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def blank() -> QIcon:
    """Room for an icon, where others of a list have one."""
    empty = QPixmap(20, 20)
    empty.fill(Qt.GlobalColor.transparent)
    return QIcon(empty)


def pixmap(name: str, size: int, ratio: float, *, bold: bool = False) -> QPixmap:
    """One picture of `size` points: faint, for places that hold no photograph, or as dark as text."""
    ink = _Ink.text if bold else _Ink.faint
    drawn = _drawn(_source(name).replace("currentColor", ink), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def _drawn(svg: str, size: int) -> QPixmap:
    drawn = QPixmap(size, size)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn
