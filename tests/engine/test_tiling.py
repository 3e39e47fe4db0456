from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from restorer.engine.tiling import OVERHEAD, tiles


@given(
    arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, max_side=40)),
    st.integers(0, 8),
    st.integers(4, 64),
)
def test_tiles_are_disjoint_and_hold_all_damage(mask: np.ndarray, context: int, largest: int) -> None:
    seen = np.zeros(mask.shape, int)
    for tile in tiles(mask, context, largest):
        assert mask[tile.slices].any()
        assert max(tile.width, tile.height) <= largest
        seen[tile.slices] += 1
    assert (seen[mask] == 1).all()
    assert seen.max(initial=0) <= 1


def test_a_diagonal_scratch_costs_a_fraction_of_its_bounding_box() -> None:
    mask = np.zeros((2000, 2000), np.uint8)
    cv2.line(mask, (10, 10), (1990, 1990), 1, 3)
    found = tiles(mask > 0, 16, 512)
    cost = sum(t.grown(16).area + OVERHEAD for t in found)
    assert cost < 0.15 * mask.size


def test_what_is_dense_is_not_cut() -> None:
    mask = np.random.default_rng(0).random((200, 200)) < 0.1
    assert len(tiles(mask, 16, 512)) == 1


@settings(max_examples=20)
@given(st.integers(0, 1000))
def test_cutting_never_costs_more_than_not_cutting(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = np.zeros((300, 300), bool)
    for _ in range(rng.integers(1, 9)):
        x, y = rng.integers(0, 290, 2)
        mask[y : y + 8, x : x + 8] = True
    from restorer.imaging.region import Region

    whole = Region.around(mask).grown(16).area + OVERHEAD
    assert sum(t.grown(16).area + OVERHEAD for t in tiles(mask, 16, 512)) <= whole
