"""Reduced copies of a picture or a mask, so that any zoom is drawn from about as many pixels as the screen has.

Williams, "Pyramidal Parametrics", SIGGRAPH 1983.  Level 0 is the picture itself and is not copied; level k is
1/2^k of its size.  A level is reduced from the one before, a stripe at a time.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Read = Callable[[Region], NDArray[np.uint8]]

SMALLEST = 256
"""Levels end when both sides are at most so many px."""
STRIPE = 512


class Pyramid:
    """Level 0 through `read`, the others kept.

    Args:
        read: the uint8 H×W or H×W×3 pixels of a region of level 0.
        shape: height, width and, if any, channels of level 0.
        peak: reduce by the largest value instead of the mean (a thin line of a mask must not fade).
    """

    def __init__(self, read: Read, shape: tuple[int, ...], *, peak: bool = False) -> None:
        self._read = read
        self._peak = peak
        self._levels: list[NDArray[np.uint8]] = []
        height, width = shape[:2]
        self._base = Region(0, 0, width, height)
        while max(height, width) > SMALLEST:
            height, width = (height + 1) // 2, (width + 1) // 2
            self._levels.append(np.zeros((height, width, *shape[2:]), np.uint8))

    def copy(self, read: Read) -> Pyramid:
        """A pyramid of the same pixels, whose level 0 is from now on read through `read`."""
        twin = copy(self)
        twin._read, twin._levels = read, [level.copy() for level in self._levels]
        return twin

    def __len__(self) -> int:
        return 1 + len(self._levels)

    def bounds(self, level: int) -> Region:
        return self._base if level == 0 else Region.of_shape(self._levels[level - 1].shape)

    def level_for(self, scale: float) -> int:
        """The coarsest level that still has a pixel for each screen pixel at `scale` (screen px a picture px)."""
        level = 0
        while level + 1 < len(self) and scale * 2 ** (level + 1) <= 1:
            level += 1
        return level

    def read(self, level: int, region: Region) -> NDArray[np.uint8]:
        """uint8 pixels of a region in the level's own coordinates; not to be written to."""
        return self._read(region) if level == 0 else self._levels[level - 1][region.slices]

    def update(self, region: Region | None = None) -> None:
        """Reduce again what lies under `region` of level 0 (all of it, by default)."""
        region = (region or self._base) & self._base
        if region.empty:
            return
        for level, target in enumerate(self._levels, start=1):
            region = Region(region.left // 2, region.top // 2, (region.right + 1) // 2, (region.bottom + 1) // 2)
            for top in range(region.top, region.bottom, STRIPE):
                stripe = Region(region.left, top, region.right, min(top + STRIPE, region.bottom))
                target[stripe.slices] = self._reduced(level - 1, stripe)

    def _reduced(self, finer: int, stripe: Region) -> NDArray[np.uint8]:
        source = Region(2 * stripe.left, 2 * stripe.top, 2 * stripe.right, 2 * stripe.bottom) & self.bounds(finer)
        pixels = self.read(finer, source)
        odd = [(0, 2 * stripe.height - source.height), (0, 2 * stripe.width - source.width)]
        if any(pad for _, pad in odd):
            pixels = np.pad(pixels, [*odd, *[(0, 0)] * (pixels.ndim - 2)], mode="edge")
        if self._peak:
            rows = np.maximum(pixels[0::2], pixels[1::2])
            pairs = rows.view(np.uint16)  # two neighbours in one number: NumPy is slow at every other byte
            peaks: NDArray[np.uint8] = np.maximum(pairs & 0xFF, pairs >> 8).astype(np.uint8)
            return peaks
        size = (stripe.width, stripe.height)
        reduced: NDArray[np.uint8] = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        return reduced
