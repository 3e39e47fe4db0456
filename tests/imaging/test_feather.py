"""The rim of a repair: how its share falls, and that it is the same wherever a region is cut."""

from __future__ import annotations

import numpy as np
import pytest

from restorer.imaging.feather import WIDEST, weights
from restorer.imaging.marks import Marks
from restorer.imaging.region import Region

SHAPE = 300, 400


@pytest.fixture
def marks() -> Marks:
    """A rectangle, a line of one px, and a block in the corner of the picture."""
    mask = np.zeros(SHAPE, bool)
    mask[100:160, 120:220] = True
    mask[200, 50:350] = True
    mask[:40, :40] = True
    return Marks.of_array(mask)


def test_it_falls_from_the_inside_to_the_rim_and_is_nothing_beyond(marks: Marks) -> None:
    share = weights(marks, Region(0, 0, SHAPE[1], SHAPE[0]), 9)
    assert share.dtype == np.float32
    assert (share[~np.asarray(marks)] == 0).all()
    assert np.allclose(share[130, 120:132], [*(np.arange(1, 11) / 10), 1, 1])
    assert np.allclose(share[109, 140], 1)
    assert np.allclose(share[200, 60:340], 0.1)


def test_the_picture_s_edge_is_no_rim(marks: Marks) -> None:
    share = weights(marks, Region(0, 0, 40, 40), 9)
    assert share[0, 0] == 1
    assert np.isclose(share[0, 39], 0.1)


@pytest.mark.parametrize("width", [1, 7, WIDEST])
def test_it_is_the_same_wherever_it_is_cut(marks: Marks, width: int) -> None:
    whole = weights(marks, Region(0, 0, SHAPE[1], SHAPE[0]), width)
    rng = np.random.default_rng(width)
    for _ in range(20):
        left, top = int(rng.integers(0, SHAPE[1] - 1)), int(rng.integers(0, SHAPE[0] - 1))
        part = Region(left, top, int(rng.integers(left + 1, SHAPE[1] + 1)), int(rng.integers(top + 1, SHAPE[0] + 1)))
        assert (weights(marks, part, width) == whole[part.slices]).all()
