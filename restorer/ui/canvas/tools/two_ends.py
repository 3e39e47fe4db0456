"""Tools with two ends: press, drag and let go; or click one end, then the other."""

from __future__ import annotations

from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

from restorer.imaging.brush import band
from restorer.imaging.scratch_path import scratch_path
from restorer.ui.canvas.outline import Outline

if TYPE_CHECKING:
    from restorer.ui.canvas.tools.tool import Board, Spot

    Point = tuple[float, float]

CLICK = 5.0
"""Device px: who moves less between press and release has clicked."""
TURN = pi / 12
"""Shift keeps lines at whole multiples of this."""
PREVIEW, FINAL = 130.0, 900.0
"""Px of the (reduced) picture along which a scratch is followed: while its end is sought, and in the end."""


class LineTool:
    """A straight line as wide as the brush; Shift keeps it at multiples of 15°."""

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
        points = self._way(start, end, final=True)
        self.give_up()
        self._board.mark(band(points, self._board.brush_size, self._board.shape), erase=start.erase)

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
        return (start.x, start.y), _straightened(start, end) if end.shift else (end.x, end.y)


class TraceTool(LineTool):
    """Follows a scratch between two ends, as wide as the brush."""

    def _way(self, start: Spot, end: Spot, *, final: bool) -> tuple[Point, ...]:
        length = hypot(end.x - start.x, end.y - start.y)
        picture, by = self._board.reduced(max(1.0, length / (FINAL if final else PREVIEW)))
        points = scratch_path(picture, (start.x / by, start.y / by), (end.x / by, end.y / by))
        return tuple((x * by, y * by) for x, y in points)


def _straightened(start: Spot, end: Spot) -> Point:
    dx, dy = end.x - start.x, end.y - start.y
    angle = round(atan2(dy, dx) / TURN) * TURN
    length = dx * cos(angle) + dy * sin(angle)
    return start.x + length * cos(angle), start.y + length * sin(angle)
