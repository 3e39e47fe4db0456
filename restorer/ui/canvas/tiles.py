"""Squares of full size pixels, ready for the screen, for pictures that are costly to read.

Converting 16 bits, a profile or a thousand repairs anew at each step of a pan would be felt.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

SIDE = 256
"""px"""
LIMIT = 96 << 20
"""Bytes kept; those used longest ago go first.  Holds what a 4K screen shows at 100 % (25 MB) several times."""


class Tiles:
    """`read` of a picture of `bounds`, remembered.  Belongs to one thread."""

    def __init__(self, read: Callable[[Region], NDArray[np.uint8]], bounds: Region, limit: int = LIMIT) -> None:
        self._read = read
        self._bounds = bounds
        self._limit = limit
        self._held = 0
        self._tiles: OrderedDict[tuple[int, int], NDArray[np.uint8]] = OrderedDict()

    @property
    def nbytes(self) -> int:
        return self._held

    def read(self, region: Region) -> NDArray[np.uint8]:
        """The pixels of a region inside the picture; not to be written to."""
        parts = [(self._region(at) & region, at) for at in _cells(region)]
        if len(parts) == 1:
            common, at = parts[0]
            return self._tile(at)[common.within(self._region(at)).slices]
        whole: NDArray[np.uint8] | None = None
        for common, at in parts:
            tile = self._tile(at)
            if whole is None:
                whole = np.empty((region.height, region.width, *tile.shape[2:]), np.uint8)
            whole[common.within(region).slices] = tile[common.within(self._region(at)).slices]
        if whole is None:
            raise ValueError("the region is empty")
        return whole

    def missing(self, region: Region) -> list[Region]:
        """The squares that `read` would have to read first."""
        return [self._region(at) for at in _cells(region) if at not in self._tiles]

    def forget(self, region: Region) -> None:
        """The pixels of `region` have changed."""
        for at in _cells(region):
            gone = self._tiles.pop(at, None)
            self._held -= 0 if gone is None else gone.nbytes

    def _tile(self, at: tuple[int, int]) -> NDArray[np.uint8]:
        tile = self._tiles.get(at)
        if tile is not None:
            self._tiles.move_to_end(at)
            return tile
        tile = self._read(self._region(at))
        self._tiles[at] = tile
        self._held += tile.nbytes
        while self._held > self._limit and len(self._tiles) > 1:
            self._held -= self._tiles.popitem(last=False)[1].nbytes
        return tile

    def _region(self, at: tuple[int, int]) -> Region:
        column, row = at
        return Region(column * SIDE, row * SIDE, (column + 1) * SIDE, (row + 1) * SIDE) & self._bounds


def _cells(region: Region) -> list[tuple[int, int]]:
    """Column and row of each square that a region touches."""
    if region.empty:
        return []
    columns = range(region.left // SIDE, (region.right - 1) // SIDE + 1)
    return [(c, r) for r in range(region.top // SIDE, (region.bottom - 1) // SIDE + 1) for c in columns]
