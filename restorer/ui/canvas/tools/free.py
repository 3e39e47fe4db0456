"""Lasso and polygon: what a free line encloses."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from restorer.ui.canvas.outline import Outline
from restorer.ui.canvas.shape import Shape
from restorer.ui.canvas.tools.tool import ToolKind

if TYPE_CHECKING:
    from restorer.ui.canvas.tools.tool import Board, Spot

    Point = tuple[float, float]

CLOSE = 9.0
"""Device px around the first corner: a click there closes the polygon."""


class LassoTool:
    """A line drawn around the damage; its ends are joined."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._points: list[Point] = []
        self._erase = False

    @property
    def active(self) -> bool:
        return bool(self._points)

    def press(self, spot: Spot) -> None:
        self._points = [(spot.x, spot.y)]
        self._erase = spot.erase
        self._board.redraw()

    def drag(self, spot: Spot) -> None:
        last = self._points[-1] if self._points else (spot.x, spot.y)
        if hypot(spot.x - last[0], spot.y - last[1]) * self._board.zoom >= 2:
            self._points.append((spot.x, spot.y))
            self._board.redraw()

    def hover(self, spot: Spot) -> None:
        pass

    def release(self) -> None:
        self.finish()

    def finish(self) -> None:
        points = self._points
        if points:
            self.give_up()
            shape = Shape(ToolKind.LASSO, tuple(points), erase=self._erase)
            self._board.mark(shape.stroke(self._board.shape), shape)

    def give_up(self) -> None:
        self._points = []
        self._board.redraw()

    def step_back(self) -> None:
        pass

    def outline(self) -> Outline | None:
        return Outline(tuple(self._points), closed=True, erase=self._erase) if self._points else None


class PolygonTool:
    """Corner by corner; closed by a click on the first one, a double click, or Return."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._corners: list[Point] = []
        self._live: Point | None = None
        self._erase = False
        self._closes = False

    @property
    def active(self) -> bool:
        return bool(self._corners)

    def press(self, spot: Spot) -> None:
        if not self._corners:
            self._erase = spot.erase
            self._corners = [(spot.x, spot.y)]
        elif len(self._corners) > 2 and self._far(self._corners[0], spot) <= CLOSE:
            self._closes = True
        elif self._far(self._corners[-1], spot) > 1:
            self._corners.append((spot.x, spot.y))
        else:  # a double click, or two on one place
            self._closes = len(self._corners) > 2
        self._live = spot.x, spot.y
        self._board.redraw()

    def drag(self, spot: Spot) -> None:
        if self._corners and not self._closes:
            self._corners[-1] = self._live = spot.x, spot.y
            self._board.redraw()

    def hover(self, spot: Spot) -> None:
        if self._corners:
            self._live = spot.x, spot.y
            self._board.redraw()

    def release(self) -> None:
        if self._closes:
            self.finish()

    def finish(self) -> None:
        corners = self._corners
        if len(corners) > 2:
            self.give_up()
            shape = Shape(ToolKind.POLYGON, tuple(corners), erase=self._erase)
            self._board.mark(shape.stroke(self._board.shape), shape)

    def give_up(self) -> None:
        self._corners = []
        self._live = None
        self._closes = False
        self._board.redraw()

    def step_back(self) -> None:
        """The last corner was a mistake."""
        self._corners = self._corners[:-1]
        self._board.redraw()

    def outline(self) -> Outline | None:
        if not self._corners:
            return None
        live = (self._live,) if self._live is not None and self._live != self._corners[-1] else ()
        points = (*self._corners, *live)
        return Outline(points, closed=len(points) > 2, handles=tuple(self._corners), erase=self._erase)

    def _far(self, corner: Point, spot: Spot) -> float:
        return hypot(spot.x - corner[0], spot.y - corner[1]) * self._board.zoom
