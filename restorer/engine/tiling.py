"""Which rectangles the network has to see, so that little more than the damage is computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

OVERHEAD = 800
"""What a tile costs besides its pixels, in pixels (measured; tiles of one size share a call of the network)."""


def tiles(mask: NDArray[np.bool_], context: int, largest: int) -> list[Region]:
    """Disjoint regions that hold all True pixels of a bool H×W mask.

    A region is cut in two as long as the two, each with `context` px around it, are cheaper to compute than it is,
    or it is more than `largest` px long or high.  Cuts go through gaps where there are any, so that they part pieces
    of damage rather than split them.
    """
    whole = Region.around(mask)
    return [] if whole.empty else list(_split(mask, whole, context, largest))


def _split(mask: NDArray[np.bool_], region: Region, context: int, largest: int) -> Iterator[Region]:
    cuts = _cuts(mask, region)
    halves = min(cuts, key=lambda pair: sum(_cost(half, context) for half in pair), default=None)
    too_large = max(region.width, region.height) > largest
    if halves is None or not (too_large or sum(_cost(half, context) for half in halves) < _cost(region, context)):
        yield region
        return
    for half in halves:
        yield from _split(mask, half, context, largest)


def _cost(region: Region, context: int) -> int:
    return region.grown(context).area + OVERHEAD


def _cuts(mask: NDArray[np.bool_], region: Region) -> Iterator[tuple[Region, Region]]:
    """Pairs of regions, each tight around its part of the damage: cut in the middle, and at the widest gap."""
    bits = mask[region.slices]
    for axis, length in ((0, region.width), (1, region.height)):
        if length < 2:
            continue
        for at in {length // 2, _gap(np.asarray(bits.any(axis)))}:
            if axis == 0:
                first = Region(region.left, region.top, region.left + at, region.bottom)
                second = Region(region.left + at, region.top, region.right, region.bottom)
            else:
                first = Region(region.left, region.top, region.right, region.top + at)
                second = Region(region.left, region.top + at, region.right, region.bottom)
            yield _tight(mask, first), _tight(mask, second)


def _gap(filled: NDArray[np.bool_]) -> int:
    """The middle of the longest run of False between the True ends; the middle of all if there is none."""
    places = np.flatnonzero(filled)
    steps = np.diff(places)
    if not len(steps) or steps.max() <= 1:
        return len(filled) // 2
    widest = int(steps.argmax())
    return int(places[widest] + places[widest + 1] + 1) // 2


def _tight(mask: NDArray[np.bool_], region: Region) -> Region:
    return Region.around(mask[region.slices]).moved(region.left, region.top)
