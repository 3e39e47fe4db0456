"""Rectangle and ellipse."""

from __future__ import annotations

from math import copysign
from typing import TYPE_CHECKING

from restorer.ui.canvas.outline import Outline
from restorer.ui.canvas.shape import Shape
from restorer.ui.canvas.tools.tool import ToolKind

if TYPE_CHECKING:
    from restorer.ui.canvas.tools.tool import Board, Spot

    Point = tuple[float, float]


class RectangleTool:
    """From corner to corner; Shift makes it a square."""

    kind = ToolKind.RECTANGLE

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
        shape = Shape(self.kind, ((start.x, start.y), corner), erase=start.erase)
        self._board.mark(shape.stroke(self._board.shape), shape)

    def give_up(self) -> None:
        self._start = None
        self._board.redraw()

    def step_back(self) -> None:
        pass

    def outline(self) -> Outline | None:
        if self._start is None:
            return None
        shape = Shape(self.kind, ((self._start.x, self._start.y), self._corner))
        return Outline(shape.rim, closed=True, erase=self._start.erase)


class EllipseTool(RectangleTool):
    """Inside the rectangle from corner to corner; Shift makes it a circle."""

    kind = ToolKind.ELLIPSE
