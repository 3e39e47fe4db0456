"""Masks: bool H×W, True is to be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.marks import Marks

    Mask = NDArray[np.bool_]

SMALL = 4
"""Up to this radius, in px, dilating is faster than measuring distances."""


def grown(mask: Mask, radius: int) -> Mask:
    """The mask with every pixel within `radius` px (Euclidean) of it; the same mask for 0."""
    if radius <= 0:
        return mask
    region = Region.around(mask).grown(radius) & Region.of_shape(mask.shape)
    part = mask[region.slices].astype(np.uint8)
    if radius <= SMALL:
        y, x = np.mgrid[-radius : radius + 1, -radius : radius + 1]
        larger = cv2.dilate(part, (x * x + y * y <= radius * radius).astype(np.uint8)) > 0
    elif part.any():
        larger = cv2.distanceTransform(1 - part, cv2.DIST_L2, cv2.DIST_MASK_PRECISE) <= radius + 1e-3
    else:
        larger = part > 0
    whole = np.zeros(mask.shape, bool)
    whole[region.slices] = larger
    return whole


def grown_stroke(stroke: Stroke, radius: int, shape: tuple[int, ...]) -> Stroke:
    """A stroke grown by `radius` px, cut to a picture of `shape` (H, W, …)."""
    if radius <= 0:
        return stroke
    region = stroke.region.grown(radius) & Region.of_shape(shape)
    bits = np.zeros((region.height, region.width), bool)
    bits[stroke.region.within(region).slices] = stroke.bits
    return Stroke(region, grown(bits, radius))


def shrunk(mask: Mask, radius: int) -> Mask:
    """The mask without every pixel within `radius` px (Euclidean) of its outside; the picture's edge is no outside."""
    if radius <= 0:
        return mask
    region = Region.around(mask)
    if region.empty:
        return mask
    # one px more, so that the outside right beside the marks is seen
    seen = region.grown(1) & Region.of_shape(mask.shape)
    part = mask[seen.slices].astype(np.uint8)
    if part.all():
        return mask
    smaller = cv2.distanceTransform(part, cv2.DIST_L2, cv2.DIST_MASK_PRECISE) > radius + 1e-3
    whole = np.zeros(mask.shape, bool)
    whole[seen.slices] = smaller
    return whole


def smoothed(mask: Mask, radius: int) -> Mask:
    """Frayed edges made even: what is narrower than twice the radius outside is closed, holes are filled.

    Nothing that was marked is lost: a mark that is dropped would be damage left standing.
    """
    if radius <= 0:
        return mask
    return mask | shrunk(grown(mask, radius), radius)


def cropped(mask: Mask) -> Stroke:
    """The True pixels of a mask as a stroke around them."""
    region = Region.around(mask)
    return Stroke(region, mask[region.slices].copy())


def check(mask: Mask | Marks, shape: tuple[int, ...]) -> None:
    """See that `mask` fits a picture of `shape` and leaves something to restore from.

    Raises:
        RestorerError: wrong size, nothing marked, or everything marked.
    """
    height, width = shape[:2]
    if mask.shape != (height, width):
        raise RestorerError(
            f"The mask is {mask.shape[1]}×{mask.shape[0]} px, the picture {width}×{height} px: "
            "make a mask of the picture's size, as it is shown."
        )
    if not mask.any():
        raise RestorerError("The mask is empty: mark what is to be restored (white, in a mask file).")
    if mask.all():
        raise RestorerError("The mask covers the whole picture: leave some of it unmarked to restore from.")
