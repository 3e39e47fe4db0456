from __future__ import annotations

import cv2
import numpy as np
import pytest

from restorer.engine.networks.reweave import REACH
from restorer.training.damage import NARROW_SHARE, leak, narrow_mask, wide_mask


def deepest(mask: np.ndarray) -> float:
    return float(cv2.distanceTransform(np.pad(mask, 1, mode="edge").astype(np.uint8), cv2.DIST_L2, 3).max())


@pytest.mark.parametrize("seed", range(8))
def test_narrow_damage_is_dense_and_narrow(seed: int) -> None:
    mask = narrow_mask(np.random.default_rng(seed), 128)
    assert NARROW_SHARE[0] < mask.mean() < NARROW_SHARE[1]
    assert deepest(mask) <= REACH + 1


@pytest.mark.parametrize("octave", [1, 2, 3])
def test_wide_damage_is_as_wide_as_its_octave(octave: int) -> None:
    depths = [deepest(wide_mask(np.random.default_rng(seed), 128, octave)) for seed in range(5)]
    assert all(REACH * 2 ** (octave - 1) * 0.7 < depth <= REACH * 2**octave * 1.3 for depth in depths)


def test_the_same_seed_draws_the_same_damage() -> None:
    first, second = (narrow_mask(np.random.default_rng(3), 96) for _ in range(2))
    assert (first == second).all()
    assert (first != narrow_mask(np.random.default_rng(4), 96)).any()


def test_a_leak_stays_within_two_pixels_of_the_mask() -> None:
    mask = np.zeros((40, 40), bool)
    mask[10:14, 5:35] = True
    image = np.full((40, 40, 3), 0.5, np.float32)
    changed = np.zeros((40, 40), bool)
    for seed in range(20):
        leaked = leak(image, mask, np.random.default_rng(seed))
        assert leaked.dtype == np.float32
        changed |= (leaked != image).any(2)
    near = cv2.dilate(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0  # a square of 2 px around
    assert changed[near & ~mask].any()
    assert not changed[~near].any()
