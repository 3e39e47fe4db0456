"""Tools with two ends: press, drag and let go; or click one end, then the other."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from restorer.imaging.scratch_path import scratch_path
from restorer.ui.canvas.outline import Outline
from restorer.ui.canvas.shape import Shape, straightened
from restorer.ui.canvas.tools.tool import ToolKind

if TYPE_CHECKING:
    from restorer.ui.canvas.tools.tool import Board, Spot

    Point = tuple[float, float]

CLICK = 5.0
"""Device px: who moves less between press and release has clicked."""
PREVIEW, FINAL = 130.0, 900.0
"""Px of the (reduced) picture along which a scratch is followed: while its end is sought, and in the end."""


class LineTool:
    """A straight line as wide as the brush; Shift keeps it at multiples of 15°."""

    kind = ToolKind.LINE

    def __init__(self, board: Board) -> None:
        self._board = board
        self._start: Spot | None = None
        self._end: Spot | None = None
        self._clicked = False
        """Was the first end clicked, so that the second one is clicked too?"""
        self._line: tuple[Point, ...] = ()

    @property
    def active(self) -> bool:
        return self._start is not None

    def press(self, spot: Spot) -> None:
        if self._start is None:
            self._start = spot
            self._clicked = False
        self._reach(spot)

    def drag(self, spot: Spot) -> None:
        self._reach(spot)

    def hover(self, spot: Spot) -> None:
        if self._start is not None:
            self._reach(spot)

    def release(self) -> None:
        start, end = self._start, self._end
        if start is None or end is None:
            return
        moved = hypot(end.touch.x - start.touch.x, end.touch.y - start.touch.y) > CLICK
        if self._clicked or moved:
            self.finish()
        else:
            self._clicked = True

    def finish(self) -> None:
        start, end = self._start, self._end
        if start is None or end is None:
            return
        shape = Shape(self.kind, self._way(start, end, final=True), self._board.brush_size, start.erase)
        self.give_up()
        self._board.mark(shape.stroke(self._board.shape), shape)

    def give_up(self) -> None:
        self._start = self._end = None
        self._line = ()
        self._board.redraw()

    def step_back(self) -> None:
        self.give_up()

    def outline(self) -> Outline | None:
        if self._start is None:
            return None
        ends = (self._line[0], self._line[-1])
        return Outline(self._line, width=self._board.brush_size, handles=ends, erase=self._start.erase)

    def _reach(self, spot: Spot) -> None:
        assert self._start is not None
        self._end = spot
        self._line = self._way(self._start, spot, final=False)
        self._board.redraw()

    def _way(self, start: Spot, end: Spot, *, final: bool) -> tuple[Point, ...]:
        del final
        one, other = (start.x, start.y), (end.x, end.y)
        return one, straightened(one, other) if end.shift else other


class TraceTool(LineTool):
    """Follows a scratch between two ends, as wide as the brush."""

    kind = ToolKind.TRACE

    def _way(self, start: Spot, end: Spot, *, final: bool) -> tuple[Point, ...]:
        return traced(self._board, (start.x, start.y), (end.x, end.y), final=final)


def traced(board: Board, start: Point, end: Point, *, final: bool) -> tuple[Point, ...]:
    """The way of a scratch from end to end, picture px; coarser, and quicker, while its end is sought."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    picture, by = board.reduced(max(1.0, length / (FINAL if final else PREVIEW)))
    points = scratch_path(picture, (start[0] / by, start[1] / by), (end[0] / by, end[1] / by))
    return tuple((x * by, y * by) for x, y in points)
