from __future__ import annotations

import cv2
import numpy as np
import pytest

from restorer.engine.pieces import Group, groups
from restorer.imaging import mask as masks
from restorer.imaging.job import Job
from restorer.imaging.patch import Whole


def job(mask: np.ndarray, wanted: np.ndarray | None = None) -> Job:
    image = np.zeros(mask.shape, np.uint8)
    return Job(Whole(image), masks.cropped(mask if wanted is None else wanted), mask)


def covered(found: list[Group], shape: tuple[int, int]) -> np.ndarray:
    count = np.zeros(shape, int)
    for group in found:
        count[group.region.slices] += group.wanted
    return count


@pytest.mark.parametrize("seed", range(6))
def test_each_wanted_pixel_is_in_exactly_one_group(seed: int) -> None:
    rng = np.random.default_rng(seed)
    mask = np.zeros((300, 400), bool)
    for _ in range(12):
        x, y, w, h = rng.integers(0, 380), rng.integers(0, 280), rng.integers(1, 60), rng.integers(1, 60)
        mask[y : y + h, x : x + w] = True
    wanted = mask.copy()
    wanted[:, 200:] = False
    for marked in (mask, wanted):
        assert (covered(groups(job(mask, marked)), mask.shape) == marked).all()


def test_narrow_damage_is_one_group_at_native_resolution() -> None:
    mask = np.zeros((200, 200), bool)
    mask[20:24, 5:190] = True
    mask[100:106, 50:56] = True
    assert [group.octaves for group in groups(job(mask))] == [0]


@pytest.mark.parametrize(("side", "octaves"), [(8, 0), (16, 1), (36, 2), (70, 3), (140, 4)])
def test_the_octave_follows_the_width(side: int, octaves: int) -> None:
    mask = np.zeros((400, 400), bool)
    mask[100 : 100 + side, 100 : 100 + side] = True
    assert [group.octaves for group in groups(job(mask))] == [octaves]


def test_width_is_measured_on_all_damage_not_on_what_is_wanted() -> None:
    mask = np.zeros((400, 400), bool)
    mask[100:136, 100:136] = True
    wanted = np.zeros_like(mask)
    wanted[100:136, 100:104] = True
    assert [group.octaves for group in groups(job(mask, wanted))] == [2]


def test_far_wide_pieces_are_filled_apart_and_near_ones_together() -> None:
    mask = np.zeros((200, 2000), bool)
    mask[80:120, 50:90] = True
    mask[80:120, 100:140] = True
    mask[80:120, 1800:1840] = True
    found = groups(job(mask))
    assert len(found) == 2
    assert sorted(int(group.wanted.sum()) for group in found) == [1600, 3200]


def test_a_stroke_inside_wide_damage_is_as_wide_as_the_damage() -> None:
    """Nothing known is near the stroke: its depth must still be that of the whole stain, and finite."""
    mask = np.zeros((900, 1200), bool)
    mask[200:600, 300:900] = True
    wanted = np.zeros_like(mask)
    wanted[400:410, 500:560] = True
    (group,) = groups(job(mask, wanted))
    (whole,) = groups(job(mask))
    assert group.octaves == whole.octaves == 6
    assert (covered([group], mask.shape) == wanted).all()


def test_thousands_of_wide_specks_are_sorted_at_once() -> None:
    mask = np.zeros((3000, 4000), np.uint8)
    rng = np.random.default_rng(0)
    for x, y in zip(rng.integers(0, 4000, 3000).tolist(), rng.integers(0, 3000, 3000).tolist(), strict=True):
        cv2.circle(mask, (x, y), 9, 1, -1)
    found = groups(job(mask > 0))
    assert (covered(found, mask.shape) == (mask > 0)).all()
