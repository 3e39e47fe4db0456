"""The view as it is drawn so far.  Each paint event draws only as much of it as is never felt.

Where all of the view changes at once, as by a zoom, a coarse view of it is drawn first and the pixels themselves by the
event and those that follow, square by square.  A pan moves what is there.  In the end every pixel is what
`rendering.draw` makes of it, however it came there.  All rectangles here are in device px.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPainter, QRegion

from restorer.imaging.region import Region
from restorer.ui.canvas.effort import Effort
from restorer.ui.canvas.rendering import draw

if TYPE_CHECKING:
    from collections.abc import Iterator

    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.canvas.rendering import Look
    from restorer.ui.canvas.viewport import Viewport

BUDGET = 5 << 16
"""Effort of one paint event (px blended, see `Effort`): 3 to 5 ms on one core of 2020, a fifth of a view of
1569 × 981 px at 71 %.  In all it takes no more in small portions (`benchmarks/large.py`)."""
SQUARE = 128
"""px; what is drawn of a coarse view at a time."""
COARSE = 4
"""Side of a px of a coarse view, at least; more where the picture's own pixels would have to be read for it."""


class Backing:
    """The pixels of one view, brought up to date when they are asked for, within a budget."""

    def __init__(self) -> None:
        self._image: QImage | None = None
        self._stale = QRegion()
        self._coarse = QRegion()

    @property
    def coarse(self) -> Region:
        """Around all that is coarse so far; empty if nothing is."""
        return _region(self._coarse.boundingRect())

    def drop(self) -> None:
        """All of it looks different now."""
        self._image = None

    def spoil(self, area: Region) -> None:
        """`area` looks different now."""
        self._stale = self._stale.united(_rect(area))

    def move(self, dx: int, dy: int, original: Region) -> None:
        """The picture has moved, not so the part of the view in which the original is shown."""
        before = self._image
        if before is None:
            return
        view, beside = QRegion(0, 0, before.width(), before.height()), QRegion(_rect(original))
        self._image = QImage(before.size(), before.format())
        painter = QPainter(self._image)
        painter.drawImage(QPoint(dx, dy), before)
        painter.end()
        uncovered = view.subtracted(view.translated(dx, dy))
        crossed = beside.xored(beside.translated(dx, dy))
        self._stale = self._stale.translated(dx, dy).united(uncovered).united(crossed).intersected(view)
        self._coarse = self._coarse.translated(dx, dy).intersected(view)

    def brought_up_to_date(self, viewport: Viewport, layers: DisplayLayers | None, look: Look) -> QImage:
        """Picture and marks as they are seen, as far as the budget reaches; what is `coarse` needs another call.

        Kept, so that a cursor or a line over them costs only a copy.
        """
        view, image = viewport.view, self._image
        if image is None or (image.width(), image.height()) != (view.width, view.height):
            image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
            self._image, self._stale, self._coarse = image, QRegion(_rect(view)), QRegion()
        stale = self._stale.intersected(_rect(view))
        self._stale = QRegion()
        if stale.isEmpty() and self._coarse.isEmpty():
            return image
        painter = QPainter(image)
        if layers is None:
            _draw(painter, stale, _few(stale), viewport, None, look)
        else:
            self._draw_within(BUDGET, painter, stale, viewport, layers, look)
        painter.end()
        return image

    def _draw_within(
        self, budget: float, painter: QPainter, stale: QRegion, viewport: Viewport, layers: DisplayLayers, look: Look
    ) -> None:
        """Draw what is stale, coarsely if all of it would be too much, and of what is coarse what the budget leaves."""
        effort, rects = Effort(viewport, layers, look), _few(stale)
        if all(effort.add(_region(rect)) <= budget for rect in rects):
            _draw(painter, stale, rects, viewport, layers, look)
            self._coarse = self._coarse.subtracted(stale)
        else:
            effort = Effort(viewport, layers, look, _draw_coarse(painter, stale, viewport, layers, look))
            self._coarse = self._coarse.united(stale)
        chosen = QRegion()
        for square in _squares(self._coarse, viewport.view):
            part, spent = self._coarse.intersected(square), effort.spent
            if not part.isEmpty():
                if effort.add(_region(part.boundingRect())) > budget and spent > 0:
                    break
                chosen = chosen.united(part)
        _draw(painter, chosen, _rects(chosen), viewport, layers, look)
        self._coarse = self._coarse.subtracted(chosen)


def _draw(
    painter: QPainter, clip: QRegion, rects: list[QRect], viewport: Viewport, layers: DisplayLayers | None, look: Look
) -> None:
    painter.setClipRegion(clip)
    for rect in rects:
        draw(painter, _region(rect), viewport, layers, look)


def _draw_coarse(painter: QPainter, region: QRegion, viewport: Viewport, layers: DisplayLayers, look: Look) -> float:
    """Draw a view of fewer pixels, each as a square, so that none is displaced; returns the effort."""
    side = COARSE
    while viewport.zoom / side > 0.5:
        side *= 2
    around, left, top = _region(region.boundingRect()), viewport.left, viewport.top
    area = _divided(around.moved(-left, -top), side)
    coarse = replace(viewport, view=area, zoom=viewport.zoom / side, left=0, top=0)
    original = look.original if look.original.empty else _divided(look.original.moved(-left, -top), side)
    fewer = replace(look, original=original, size=look.size / side)
    image = QImage(area.width, area.height, QImage.Format.Format_RGB32)
    part = QPainter(image)
    part.translate(-area.left, -area.top)
    draw(part, area, coarse, layers, fewer)
    part.end()
    painter.setClipRegion(region)
    painter.drawImage(
        QRect(left + area.left * side, top + area.top * side, area.width * side, area.height * side), image
    )
    return Effort(coarse, layers, fewer).add(area) + around.area / 8


def _divided(region: Region, side: int) -> Region:
    """The px of `side` px that a region touches."""
    return Region(region.left // side, region.top // side, -(-region.right // side), -(-region.bottom // side))


def _squares(region: QRegion, view: Region) -> Iterator[QRect]:
    """The squares of the view that may touch `region`, row by row."""
    around, middle = region.boundingRect(), view.height / 2
    rows = range(around.top() // SQUARE, around.bottom() // SQUARE + 1)
    for row in sorted(rows, key=lambda row: abs((row + 0.5) * SQUARE - middle)):
        for column in range(around.left() // SQUARE, around.right() // SQUARE + 1):
            yield QRect(column * SQUARE, row * SQUARE, SQUARE, SQUARE)


def _few(region: QRegion) -> list[QRect]:
    """The rectangles to draw: one around all where that is hardly more (Qt clips to the region anyway)."""
    rects = _rects(region)
    around = region.boundingRect()
    covered = sum(rect.width() * rect.height() for rect in rects)
    return [around] if around.width() * around.height() <= 1.5 * covered else rects


def _rects(region: QRegion) -> list[QRect]:
    return list(region)  # type: ignore[call-overload, no-any-return]  # iterable, though its stub does not say so


def _rect(area: Region) -> QRect:
    return QRect(area.left, area.top, area.width, area.height)


def _region(rect: QRect) -> Region:
    return Region(rect.x(), rect.y(), rect.x() + rect.width(), rect.y() + rect.height())
