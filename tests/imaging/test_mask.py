from __future__ import annotations

import numpy as np
import pytest

from restorer.imaging import mask as masks
from restorer.imaging.errors import RestorerError
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region


@pytest.mark.parametrize("radius", [1, 2, 4, 5, 9, 20])
def test_growing_reaches_exactly_the_pixels_within_the_radius(radius: int) -> None:
    mask = np.zeros((61, 71), bool)
    mask[25, 30] = True
    y, x = np.mgrid[-25:36, -30:41]
    assert (masks.grown(mask, radius) == (x * x + y * y <= radius * radius)).all()
    assert masks.grown(mask, 0) is mask
    assert not masks.grown(np.zeros((9, 9), bool), radius).any()


def test_a_grown_stroke_is_cut_at_the_border_of_the_picture() -> None:
    stroke = Stroke(Region(0, 0, 2, 2), np.ones((2, 2), bool))
    grown = masks.grown_stroke(stroke, 2, (5, 3))
    whole = np.zeros((5, 3), bool)
    whole[:2, :2] = True
    assert grown.region == Region(0, 0, 3, 4)
    assert (grown.bits == masks.grown(whole, 2)[grown.region.slices]).all()


@pytest.mark.parametrize(
    ("mask", "says"),
    [
        (np.zeros((4, 6), bool), "is empty"),
        (np.ones((4, 6), bool), "covers the whole picture"),
        (np.ones((6, 4), bool), "4×6 px, the picture 6×4"),
    ],
)
def test_a_mask_that_cannot_be_restored_is_named(mask: np.ndarray, says: str) -> None:
    with pytest.raises(RestorerError, match=says):
        masks.check(mask, (4, 6, 3))
