"""What is done to pictures before they are filled."""

import cv2
import numpy as np
import pytest

from restorer.evaluation.conditions import RIM, Conditions, with_rim
from restorer.evaluation.pictures import Picture

GREY = Picture("a", np.full((200, 300, 3), 128, np.uint8))


def distance_to(mask: np.ndarray) -> np.ndarray:
    return cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)


def test_degradations_are_seeded_and_of_their_size() -> None:
    assert Conditions().degraded(GREY).pixels is GREY.pixels
    grainy = Conditions(degrade="grain").degraded(GREY).pixels
    assert grainy.std() == pytest.approx(8, abs=0.3)
    assert (grainy[..., 0] == grainy[..., 2]).all()  # grain has no colour
    assert np.array_equal(grainy, Conditions(degrade="grain").degraded(GREY).pixels)
    noise = Picture("a", np.random.default_rng(0).integers(0, 256, (64, 80, 3), np.uint8))
    compressed = Conditions(degrade="jpeg").degraded(noise).pixels
    assert compressed.shape == noise.pixels.shape
    assert 5 < np.abs(compressed.astype(int) - noise.pixels).mean() < 60
    both = Conditions(degrade="grain+jpeg").degraded(GREY).pixels
    assert not np.array_equal(both, grainy)
    assert 2 < both.std() < 10  # grain that a JPEG has thinned out


def test_exact_masks_leave_the_picture_alone() -> None:
    damaged = Conditions().damaged(GREY, "scratch")
    assert damaged.picture is GREY.pixels
    assert damaged.given is damaged.judged
    assert not np.array_equal(damaged.given, Conditions(scale=2).damaged(GREY, "scratch").given)


def test_damage_grows_with_the_picture() -> None:
    large = Picture("a", np.zeros((1024, 1536, 3), np.uint8))
    by_size, twice = (Conditions(scale=scale).damaged(large, "stain").given for scale in (None, 2.0))
    assert np.array_equal(by_size, twice)  # four times the area that the sizes are meant for


def test_strokes_are_fat_and_damage_leaks_out_of_them() -> None:
    exact = Conditions().damaged(GREY, "scratch").given
    damaged = Conditions(strokes=True).damaged(GREY, "scratch")
    assert damaged.given[exact].all()
    assert 1.5 < damaged.given.sum() / exact.sum() < 4
    changed = (damaged.picture != GREY.pixels).any(2)
    outside = distance_to(damaged.given)
    assert changed.any()
    assert outside[changed].max() <= RIM
    assert not changed[damaged.given].any()
    touching = (outside > 0) & (outside <= 1)
    assert 0.25 < changed[touching].mean() < 0.75  # in places only
    again = Conditions(strokes=True).damaged(GREY, "scratch").picture
    assert np.array_equal(damaged.picture, again)


def test_leaks_are_of_one_tone_and_fade_out() -> None:
    mask = np.zeros((60, 90), bool)
    mask[20:40, 30:60] = True
    grey = np.full((60, 90, 3), 128, np.uint8)
    pictures = [with_rim(grey, mask, seed) for seed in range(12)]
    changes = [picture[(picture != grey).any(2)].astype(int) - 128 for picture in pictures]
    assert all((change > 0).all() or (change < 0).all() for change in changes)  # light or dark, not both
    assert {bool(change.min() < 0) for change in changes} == {True, False}
    assert all(len(np.unique(change)) > 2 for change in changes)


def test_what_was_painted_is_judged_however_it_is_grown() -> None:
    painted = Conditions(strokes=True).damaged(GREY, "dust")
    grown = Conditions(strokes=True, grow=2).damaged(GREY, "dust")
    assert np.array_equal(grown.judged, painted.given)
    assert np.array_equal(grown.picture, painted.picture)
    assert distance_to(grown.judged)[grown.given].max() == 2
