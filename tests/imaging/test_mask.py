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


@pytest.mark.parametrize("radius", [1, 3, 7])
def test_shrinking_takes_every_pixel_near_the_outside(radius: int) -> None:
    rng = np.random.default_rng(3)
    mask = masks.grown(rng.random((50, 60)) > 0.99, 9)
    mask[20:, :30] = True  # up to the picture's edge, which is no outside
    ys, xs = np.nonzero(~mask)
    expected = mask.copy()
    for y, x in zip(*np.nonzero(mask), strict=True):
        expected[y, x] = ((ys - y) ** 2 + (xs - x) ** 2).min() > radius * radius
    assert expected.any()
    assert (masks.shrunk(mask, radius) == expected).all()
    assert masks.shrunk(mask, 0) is mask
    assert masks.shrunk(np.ones((5, 5), bool), radius).all()
    assert not masks.shrunk(np.zeros((5, 5), bool), radius).any()


def test_smoothing_closes_gaps_and_loses_no_mark() -> None:
    mask = np.zeros((60, 60), bool)
    mask[10:40, 10:40] = True
    mask[20:23, 20:23] = False  # a hole
    mask[10:14, 25:27] = False  # a notch
    mask[50, 50] = True  # a speck
    smooth = masks.smoothed(mask, 3)
    assert smooth[20:23, 20:23].all()
    assert smooth[13, 25:27].all()
    assert smooth[mask].all()
    assert mask.sum() + 9 + 2 <= smooth.sum() <= 30 * 30 + 1
