"""A repair as it would be, laid over the picture that is drawn while somebody makes up their mind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.document.thinning import divided, thin, thinned
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.document.repair import Image, Repair

MOST = 4 << 20
"""Px of the picture that are read for one sketch; of more that can be seen, every second, fourth, … across and down."""


@dataclass(frozen=True, eq=False)
class Sketch:
    """Pixels of one level of a picture's pyramid, ready for the screen.

    Attributes:
        place: where they lie, in the level's own px.
        pixels: uint8 h×w or h×w×3.
        counts: bool h×w; elsewhere the picture shows.
    """

    level: int
    place: Region
    pixels: NDArray[np.uint8]
    counts: NDArray[np.bool_]

    def over(self, level: int, region: Region, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The pixels of a region (of a level, in its own px) with what the sketch says of them."""
        common = self.place & region if level == self.level else Region(0, 0, 0, 0)
        if common.empty:
            return pixels
        laid, part = pixels.copy(), common.within(self.place).slices
        counts = self.counts[part]
        laid[common.within(region).slices][counts] = self.pixels[part][counts]
        return laid

    @property
    def region(self) -> Region:
        """Px of the picture, perhaps a little beyond it."""
        block = 1 << self.level
        place = self.place
        return Region(place.left * block, place.top * block, place.right * block, place.bottom * block)


def sketched(
    image: Image, repair: Repair, seen: Region, level: int, shown: Callable[[NDArray[Any]], NDArray[np.uint8]]
) -> Sketch | None:
    """What can be seen of a repair; None if that is nothing.  Callable on any thread.

    Args:
        image: the picture with that repair.
        repair: one of the picture's.
        seen: the part of the picture that can be seen, px of the picture.
        level: of the pyramid, from which it is drawn.
        shown: pixels of the file as the screen shows them.
    """
    block, bounds = 1 << level, Region.of_shape(image.shape)
    region = repair.region & seen & bounds
    if region.empty:
        return None
    place = Region(region.left // block, region.top // block, -(-region.right // block), -(-region.bottom // block))
    area = Region(place.left * block, place.top * block, place.right * block, place.bottom * block) & bounds
    step = 1
    while step < block and area.area > MOST * step * step:
        step *= 2
    pixels = shown(thinned(image, area, step))
    counts = np.zeros(pixels.shape[:2], np.uint8)
    small = divided(area, step)
    for patch in thin(repair, area, step).patches:
        part = patch.region & small
        counts[part.within(small).slices] |= patch.mask[part.within(patch.region).slices]
    size, by = (place.width, place.height), block // step
    if by > 1:
        pixels = _filled(pixels, place.height * by, place.width * by)
        pixels = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
        counts = _filled(counts, place.height * by, place.width * by)
        counts = counts.reshape(place.height, by, place.width, by).max((1, 3))
    return Sketch(level, place, pixels, counts > 0)


def _filled(pixels: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """Up to that size, by repeating the last row and column."""
    lacking = [(0, height - pixels.shape[0]), (0, width - pixels.shape[1])]
    return np.pad(pixels, [*lacking, *[(0, 0)] * (pixels.ndim - 2)], mode="edge")
