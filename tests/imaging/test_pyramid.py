"""Reduced copies of pictures and masks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restorer.imaging.pyramid import SMALLEST, Pyramid
from restorer.imaging.region import Region


def over(array: np.ndarray, *, peak: bool = False) -> Pyramid:
    return Pyramid(lambda region: array[region.slices], array.shape, peak=peak)


def all_levels(pyramid: Pyramid) -> list[np.ndarray]:
    return [pyramid.read(level, pyramid.bounds(level)).copy() for level in range(len(pyramid))]


@pytest.mark.parametrize("shape", [(1, 1), (256, 256), (257, 90), (1025, 513, 3), (700, 1111)])
def test_levels_halve_down_to_the_smallest(shape: tuple[int, ...]) -> None:
    pyramid = over(np.zeros(shape, np.uint8))
    sizes = [(pyramid.bounds(k).height, pyramid.bounds(k).width) for k in range(len(pyramid))]
    assert sizes[0] == shape[:2]
    for (high, wide), (h, w) in pairwise(sizes):
        assert (h, w) == ((high + 1) // 2, (wide + 1) // 2)
        assert max(high, wide) > SMALLEST
    assert max(sizes[-1]) <= SMALLEST


@pytest.mark.parametrize("shape", [(600, 801), (521, 1031, 3)])
def test_means(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    pyramid = over(array)
    pyramid.update()
    finer = array
    for level in range(1, len(pyramid)):
        odd = [(0, finer.shape[0] % 2), (0, finer.shape[1] % 2), *[(0, 0)] * (finer.ndim - 2)]
        padded = np.pad(finer, odd, mode="edge").astype(float)
        expected = (padded[::2, ::2] + padded[1::2, ::2] + padded[::2, 1::2] + padded[1::2, 1::2]) / 4
        finer = pyramid.read(level, pyramid.bounds(level))
        assert np.abs(finer - expected).max() <= 0.5


def test_peaks_keep_a_single_pixel_to_the_last_level() -> None:
    for y, x in ((0, 0), (511, 700), (998, 1302), (333, 1301)):
        array = np.zeros((999, 1303), np.uint8)
        array[y, x] = 2
        pyramid = over(array, peak=True)
        pyramid.update()
        for level in range(len(pyramid)):
            found = np.argwhere(pyramid.read(level, pyramid.bounds(level)) == 2).tolist()
            assert found == [[y >> level, x >> level]]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32 - 1), st.booleans())
def test_a_partial_update_is_as_good_as_a_whole_one(seed: int, peak: bool) -> None:
    rng = np.random.default_rng(seed)
    array = rng.integers(0, 256, (int(rng.integers(257, 1400)), int(rng.integers(1, 900))), np.uint8)
    pyramid = over(array, peak=peak)
    pyramid.update()
    for _ in range(3):
        left, right = np.sort(rng.integers(-5, array.shape[1] + 6, 2)).tolist()
        top, bottom = np.sort(rng.integers(-5, array.shape[0] + 6, 2)).tolist()
        region = Region(left, top, right, bottom)
        inside = region & Region.of_shape(array.shape)
        if not inside.empty:
            array[inside.slices] = rng.integers(0, 256, (inside.height, inside.width))
        pyramid.update(region)
    anew = over(array, peak=peak)
    anew.update()
    for kept, new in zip(all_levels(pyramid), all_levels(anew), strict=True):
        assert np.array_equal(kept, new)


def test_a_copy_goes_its_own_way() -> None:
    first, second = np.full((600, 600), 10, np.uint8), np.full((600, 600), 90, np.uint8)
    pyramid = over(first)
    pyramid.update()
    twin = pyramid.copy(lambda region: second[region.slices])
    twin.update(Region(0, 0, 100, 100))
    assert pyramid.read(1, Region(0, 0, 300, 300)).max() == 10
    assert twin.read(1, Region(0, 0, 50, 50)).min() == 90
    assert twin.read(1, Region(60, 60, 300, 300)).max() == 10
    assert twin.read(0, Region(0, 0, 2, 2)).min() == 90


@pytest.mark.parametrize(("scale", "level"), [(8, 0), (1, 0), (0.51, 0), (0.5, 1), (0.3, 1), (0.25, 2), (0.001, 3)])
def test_level_for(scale: float, level: int) -> None:
    assert over(np.zeros((1600, 1600), np.uint8)).level_for(scale) == level
