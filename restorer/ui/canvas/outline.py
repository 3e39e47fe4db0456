"""The line of a shape that is being drawn, over the picture and visible on any."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from restorer.ui.canvas.viewport import Viewport

    Point = tuple[float, float]

_DARK, _LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 235)
_RIM = QColor(0, 0, 0, 225)
_HANDLE = 4.0


@dataclass(frozen=True)
class Outline:
    """All in picture px.

    Attributes:
        points: the line.
        closed: does its end join its beginning?
        width: of the band along it that will be marked; 0 if what it encloses will be.
        handles: places that can be taken hold of, or were clicked.
        erase: will marks be taken away?
        centre: where all of it can be taken hold of.
    """

    points: tuple[Point, ...]
    closed: bool = False
    width: float = 0.0
    handles: tuple[Point, ...] = ()
    erase: bool = False
    centre: Point | None = None

    def paint(self, painter: QPainter, viewport: Viewport, size: float, band: QColor) -> None:
        """Draw it; the painter is in device px.  `size` is device px to a logical px, `band` the colour of the band."""
        line = [QPointF(*viewport.to_device(x, y)) for x, y in self.points]
        if self.closed and line:
            line.append(line[0])
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.width and not self.erase:
            round_ = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            painter.setPen(QPen(band, self.width * viewport.zoom, Qt.PenStyle.SolidLine, *round_))
            painter.drawPolyline(line)
        for colour, width in ((_DARK, 3.0), (_LIGHT, 1.2)):
            pen = QPen(colour, width * size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap)
            if self.erase and colour is _LIGHT:
                pen.setStyle(Qt.PenStyle.DashLine)  # not by colour alone
            painter.setPen(pen)
            painter.drawPolyline(line)
        painter.setPen(QPen(_RIM, 1.3 * size))
        painter.setBrush(_LIGHT)
        half = _HANDLE * size
        for x, y in self.handles:
            middle = QPointF(*viewport.to_device(x, y))
            painter.drawRect(QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half))
        if self.centre is not None:  # round: told apart from the corners by more than its place
            middle, cross = QPointF(*viewport.to_device(*self.centre)), half * 0.75
            painter.drawEllipse(middle, half * 1.5, half * 1.5)
            painter.drawLine(middle - QPointF(cross, 0), middle + QPointF(cross, 0))
            painter.drawLine(middle - QPointF(0, cross), middle + QPointF(0, cross))
        painter.restore()

    def areas(self, viewport: Viewport, size: float, start: int = 0) -> Iterator[Region]:
        """Device px rectangles that together cover it, from its point number `start` on."""
        line = [viewport.to_device(x, y) for x, y in self.points]
        reach = self.width * viewport.zoom / 2 + (1.5 * _HANDLE + 2) * size
        for (ax, ay), (bx, by) in zip(line[start:], line[start + 1 :], strict=False):
            yield _around(ax, ay, bx, by, reach)
        if self.closed and len(line) > 1:
            yield _around(*line[-1], *line[0], reach)
        centre = () if self.centre is None else (self.centre,)
        for x, y in (*(viewport.to_device(*handle) for handle in (*self.handles, *centre)), *line[-1:]):
            yield _around(x, y, x, y, reach)


def framed(region: Region, room: float) -> Outline:
    """A frame around a place of the picture, `room` picture px from it."""
    left, top, right, bottom = region.left - room, region.top - room, region.right + room, region.bottom + room
    return Outline(((left, top), (right, top), (right, bottom), (left, bottom)), closed=True)


def changed_areas(before: Outline | None, after: Outline | None, viewport: Viewport, size: float) -> Iterator[Region]:
    """What has to be painted again when one takes the place of the other; what both begin with stays."""
    if before == after:
        return
    same = 0
    if before is not None and after is not None and before.width == after.width and before.erase == after.erase:
        for a, b in zip(before.points, after.points, strict=False):
            if a != b:
                break
            same += 1
    for outline in (before, after):
        if outline is not None:
            yield from outline.areas(viewport, size, max(0, same - 1))


def _around(ax: float, ay: float, bx: float, by: float, reach: float) -> Region:
    left, right, top, bottom = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    return Region(floor(left - reach), floor(top - reach), ceil(right + reach) + 1, ceil(bottom + reach) + 1)
