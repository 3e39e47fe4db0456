"""Rectangle and ellipse."""

from __future__ import annotations

from math import copysign
from typing import TYPE_CHECKING

from restorer.imaging import shapes
from restorer.ui.canvas.outline import Outline

if TYPE_CHECKING:
    from restorer.imaging.patch import Stroke
    from restorer.ui.canvas.tools.tool import Board, Spot

    Point = tuple[float, float]


class RectangleTool:
    """From corner to corner; Shift makes it a square."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._start: Spot | None = None
        self._corner: Point = (0.0, 0.0)

    @property
    def active(self) -> bool:
        return self._start is not None

    def press(self, spot: Spot) -> None:
        self._start = spot
        self._corner = spot.x, spot.y

    def drag(self, spot: Spot) -> None:
        if self._start is None:
            return
        dx, dy = spot.x - self._start.x, spot.y - self._start.y
        if spot.shift:
            side = max(abs(dx), abs(dy))
            dx, dy = copysign(side, dx), copysign(side, dy)
        self._corner = self._start.x + dx, self._start.y + dy
        self._board.redraw()

    def hover(self, spot: Spot) -> None:
        pass

    def release(self) -> None:
        self.finish()

    def finish(self) -> None:
        start, corner = self._start, self._corner
        if start is None:
            return
        self.give_up()
        self._board.mark(self._stroke((start.x, start.y), corner), erase=start.erase)

    def give_up(self) -> None:
        self._start = None
        self._board.redraw()

    def step_back(self) -> None:
        pass

    def outline(self) -> Outline | None:
        if self._start is None:
            return None
        return Outline(self._rim((self._start.x, self._start.y), self._corner), closed=True, erase=self._start.erase)

    def _stroke(self, a: Point, b: Point) -> Stroke | None:
        return shapes.rectangle(a, b, self._board.shape)

    def _rim(self, a: Point, b: Point) -> tuple[Point, ...]:
        return a, (b[0], a[1]), b, (a[0], b[1])


class EllipseTool(RectangleTool):
    """Inside the rectangle from corner to corner; Shift makes it a circle."""

    def _stroke(self, a: Point, b: Point) -> Stroke | None:
        return shapes.ellipse(a, b, self._board.shape)

    def _rim(self, a: Point, b: Point) -> tuple[Point, ...]:
        return tuple(shapes.ellipse_corners(a, b))
