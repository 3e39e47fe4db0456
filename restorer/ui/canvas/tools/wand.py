"""The magic wand."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from restorer.ui.canvas.outline import Outline
    from restorer.ui.canvas.tools.tool import Board, Spot


class WandTool:
    """A click asks for everything that looks like what is under it."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._spot: Spot | None = None

    @property
    def active(self) -> bool:
        return self._spot is not None

    def press(self, spot: Spot) -> None:
        self._spot = spot

    def drag(self, spot: Spot) -> None:
        pass

    def hover(self, spot: Spot) -> None:
        pass

    def release(self) -> None:
        spot, self._spot = self._spot, None
        height, width = self._board.shape
        if spot is not None and 0 <= spot.x < width and 0 <= spot.y < height:
            self._board.pick(floor(spot.x), floor(spot.y), erase=spot.erase)

    def finish(self) -> None:
        self._spot = None

    def give_up(self) -> None:
        self._spot = None

    def step_back(self) -> None:
        pass

    def outline(self) -> Outline | None:
        return None
