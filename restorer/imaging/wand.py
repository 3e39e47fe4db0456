"""The magic wand: pixels that look like the one under it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.imaging.patch import Pixels

FIRST = 256
"""Half the side, in px, of the square in which a connected spot is looked for first; it doubles until the spot fits."""
STRIPE = 512
"""Rows that are compared at once."""
_FOUND = 2


def similar(
    image: Pixels,
    x: int,
    y: int,
    *,
    tolerance: float,
    contiguous: bool = True,
    check: Callable[[], None] = lambda: None,
) -> Stroke:
    """The pixels that differ from pixel (x, y) by at most `tolerance` in each channel but alpha.

    `tolerance` is a share of the full range, 0..1, of the file's own depth.  `contiguous` takes only those that hang
    together with that pixel, side by side.  `check` is called from time to time; it may raise `Cancelled`.
    """
    whole = Region.of_shape(image.shape)
    seed = image.read(Region(x, y, x + 1, y + 1)).reshape(-1)
    full = np.iinfo(image.dtype).max if np.issubdtype(image.dtype, np.integer) else 1.0
    limit = tolerance * float(full) + 1e-9
    if not contiguous:
        return _cut(whole, _alike(image, whole, seed, limit, check).view(bool))
    reach = FIRST
    while True:
        region = Region(x - reach, y - reach, x + reach + 1, y + reach + 1) & whole
        alike = _alike(image, region, seed, limit, check)
        cv2.floodFill(alike, None, (x - region.left, y - region.top), _FOUND)
        found = alike == _FOUND
        if region == whole or not _leaves(found, region, whole):
            return _cut(region, found)
        reach *= 2


def _alike(
    image: Pixels, region: Region, seed: NDArray[Any], limit: float, check: Callable[[], None]
) -> NDArray[np.uint8]:
    """uint8 h×w, 1 where a pixel of `region` is like the seed."""
    colours = len(seed) - 1 if len(seed) in (2, 4) else len(seed)
    alike = np.empty((region.height, region.width), np.uint8)
    for top in range(region.top, region.bottom, STRIPE):
        check()
        stripe = Region(region.left, top, region.right, min(top + STRIPE, region.bottom))
        pixels = image.read(stripe).reshape(stripe.height, stripe.width, len(seed))
        near = np.ones((stripe.height, stripe.width), bool)
        for channel in range(colours):
            value = float(seed[channel])
            near &= (pixels[..., channel] >= value - limit) & (pixels[..., channel] <= value + limit)
        alike[stripe.within(region).slices] = near
    return alike


def _leaves(found: NDArray[np.bool_], region: Region, whole: Region) -> bool:
    """Does what was found reach a side of the square that is not a side of the picture?"""
    return bool(
        (region.left > whole.left and found[:, 0].any())
        or (region.top > whole.top and found[0].any())
        or (region.right < whole.right and found[:, -1].any())
        or (region.bottom < whole.bottom and found[-1].any())
    )


def _cut(region: Region, bits: NDArray[np.bool_]) -> Stroke:
    tight = Region.around(bits)
    return Stroke(tight.moved(region.left, region.top), bits[tight.slices].copy())
