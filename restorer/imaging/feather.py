"""The rim of a repair, along which it passes little by little into what was there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.marks import Marks

WIDEST = 50
"""Px."""


def weights(wanted: Marks, region: Region, width: int) -> NDArray[np.float32]:
    """How much a repair counts at each pixel of a region: 1 farther than `width` px inside, less towards the rim.

    It never reaches out: beyond the marks all is 0.  The edge of the picture is no rim, as damage goes on there.

    Args:
        wanted: the repair's marks.
        region: inside the picture.
        width: 1..`WIDEST` px.

    Returns:
        float32 H×W, 0..1: the distance to the nearest pixel that is not marked, in shares of `width` + 1; the same
        wherever the region is cut.
    """
    room = region.grown(width + 1) & Region.of_shape(wanted.shape)
    bits = np.ascontiguousarray(wanted[room.slices])
    if bits.all():
        return np.ones((region.height, region.width), np.float32)
    far = cv2.distanceTransform(bits.view(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    share: NDArray[np.float32] = np.minimum(far[region.within(room).slices] / np.float32(width + 1), np.float32(1))
    return share
