"""Clone and heal by hand: a brush that brings pixels from another place."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from restorer.imaging.cloning import Cloning
from restorer.ui.canvas.outline import Outline

if TYPE_CHECKING:
    from restorer.ui.canvas.tools.tool import Board, Spot

    Point = tuple[float, float]

CORNERS = 24
"""Of the circle that shows where pixels come from."""
SOFTEST = 0.5
"""Share of the brush's radius over which its softest rim sets in."""


class CloneSource:
    """Where pixels come from; clone and heal share it.

    Once a stroke has begun, the way from the brush to the source stays (“aligned”), until another one is chosen.
    """

    def __init__(self) -> None:
        self._place: Point | None = None
        self.way: tuple[int, int] | None = None
        """Whole px from the brush to the source."""
        self.softness = 0.2
        """0..1"""

    @property
    def chosen(self) -> bool:
        return self._place is not None or self.way is not None

    def choose(self, x: float, y: float) -> None:
        self._place, self.way = (x, y), None

    def align(self, spot: Spot) -> None:
        """A stroke begins at `spot`."""
        if self.way is None and self._place is not None:
            self.way = round(self._place[0] - spot.x), round(self._place[1] - spot.y)

    def under(self, spot: Spot) -> Point | None:
        """Where the pixels of a brush at `spot` come from."""
        if self.way is not None:
            return spot.x + self.way[0], spot.y + self.way[1]
        return self._place

    def forget(self) -> None:
        self._place = self.way = None

    def cloning(self, brush_size: int, *, heals: bool) -> Cloning:
        assert self.way is not None
        return Cloning(*self.way, heals, round(self.softness * SOFTEST * brush_size / 2))


class CloneTool:
    """Alt and a click choose the source; a stroke brings its pixels."""

    def __init__(self, board: Board, source: CloneSource, *, heals: bool) -> None:
        self._board = board
        self._source = source
        self._heals = heals
        self._cloning: Cloning | None = None
        """Of the stroke that is being painted; another source that is chosen meanwhile is the next one's."""
        self._spot: Spot | None = None

    @property
    def active(self) -> bool:
        return self._cloning is not None

    def press(self, spot: Spot) -> None:
        self._spot = spot
        if spot.touch.alt:
            self._source.choose(spot.x, spot.y)
            self._board.redraw()
            self._board.source_chosen()
        elif self._source.chosen:
            self._source.align(spot)
            self._cloning = self._source.cloning(self._board.brush_size, heals=self._heals)
            self._board.paint(spot, erase=False)
        else:
            self._board.lack_source()
        self._board.redraw()

    def drag(self, spot: Spot) -> None:
        self._spot = spot
        if self._cloning is not None:
            self._board.paint(spot, erase=False)
        self._board.redraw()

    def hover(self, spot: Spot) -> None:
        self._spot = spot
        self._board.redraw()

    def release(self) -> None:
        self._stop(keep=True)

    def finish(self) -> None:
        self._stop(keep=True)

    def give_up(self) -> None:
        self._stop(keep=False)

    def step_back(self) -> None:
        pass

    def outline(self) -> Outline | None:
        place = self._source.under(self._spot) if self._spot is not None else None
        if place is None:
            return None
        x, y = place
        radius = max(self._board.brush_size / 2, 2.0)
        turns = (2 * pi * corner / CORNERS for corner in range(CORNERS))
        rim = tuple((x + radius * cos(turn), y + radius * sin(turn)) for turn in turns)
        return Outline(rim, closed=True, handles=(place,))

    def _stop(self, *, keep: bool) -> None:
        cloning, self._cloning = self._cloning, None
        if cloning is not None:
            self._board.end_clone(cloning if keep else None)
            self._board.redraw()
