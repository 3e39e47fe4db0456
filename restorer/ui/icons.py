"""One family of line icons, drawn in the colours of the theme."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from restorer import bundled

_SIZES = (16, 20, 24, 32, 40, 48, 64, 96)
"""Pixels, not points: a 20-point icon on a doubled screen takes the 40."""


class _Ink:
    """The theme's colours; icons made before a change of theme are made again by their owners."""

    text = "#1c1c1c"
    faint = "#8f8f8f"
    accent = "#0f6b75"
    on_accent = "#ffffff"


def use(text: str, faint: str, accent: str, on_accent: str) -> None:
    _Ink.text, _Ink.faint, _Ink.accent, _Ink.on_accent = text, faint, accent, on_accent


def icon(name: str) -> QIcon:
    """An icon that is grey when disabled and in the accent colour when its action is on."""
    return _icon(name, _Ink.text, _Ink.faint, _Ink.accent)


def icon_on_accent(name: str) -> QIcon:
    """For a button that is filled with the accent colour."""
    return _icon(name, _Ink.on_accent, _Ink.faint, _Ink.on_accent)


def application_icon() -> QIcon:
    made = QIcon()
    for size in (16, 32, 48, 64, 128, 256):
        made.addPixmap(_drawn(_source("restorer"), size))
    return made


@cache
def _icon(name: str, text: str, faint: str, accent: str) -> QIcon:
    made = QIcon()
    for colour, mode, state in (
        (text, QIcon.Mode.Normal, QIcon.State.Off),
        (accent, QIcon.Mode.Normal, QIcon.State.On),
        (faint, QIcon.Mode.Disabled, QIcon.State.Off),
        (faint, QIcon.Mode.Disabled, QIcon.State.On),
    ):
        svg = _source(name).replace("currentColor", colour)
        for size in _SIZES:
            made.addPixmap(_drawn(svg, size), mode, state)
    return made


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
