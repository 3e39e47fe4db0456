"""Brush and eraser."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from restorer.ui.canvas.outline import Outline
    from restorer.ui.canvas.tools.tool import Board, Spot


class BrushTool:
    """Paints where the pointer goes; with Shift, in a straight line from where the last stroke ended."""

    def __init__(self, board: Board, *, erases: bool = False) -> None:
        self._board = board
        self._erases = erases
        self._erase = False
        self._end: Spot | None = None
        self._down = False

    @property
    def active(self) -> bool:
        return self._down

    def press(self, spot: Spot) -> None:
        self._erase = self._erases or spot.erase
        self._down = True
        if spot.shift and self._end is not None:
            self._board.paint(self._end, erase=self._erase)
        self._board.paint(spot, erase=self._erase)
        self._end = spot

    def drag(self, spot: Spot) -> None:
        self._board.paint(spot, erase=self._erase)
        self._end = spot

    def hover(self, spot: Spot) -> None:
        pass

    def release(self) -> None:
        self._stop(keep=True)

    def finish(self) -> None:
        self._stop(keep=True)

    def give_up(self) -> None:
        self._stop(keep=False)
        self._end = None

    def step_back(self) -> None:
        pass

    def outline(self) -> Outline | None:
        return None

    def _stop(self, *, keep: bool) -> None:
        if self._down:
            self._down = False
            self._board.end_stroke(keep=keep)
