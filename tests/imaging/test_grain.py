"""Grain: the level, spectrum and colour of the surroundings, the same pixels each time."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restorer.imaging.grain import Grain, grained, measured
from restorer.imaging.marks import Placed
from restorer.imaging.patch import Patch, Stroke, Whole
from restorer.imaging.region import Region

PLACE = Region(90, 40, 97, 160)


def grainy(deviation: float, dtype: type, *, soft: float = 0.0, colour: bool = False) -> tuple[np.ndarray, np.ndarray]:
    """A slope with grain, and the slope alone."""
    rng = np.random.default_rng(11)
    noise = rng.normal(0, 1, (200, 200, 3 if colour else 1)).astype(np.float32)
    if soft:
        noise = cv2.GaussianBlur(noise, (0, 0), soft).reshape(noise.shape)
    noise *= deviation / noise.std()
    most = np.iinfo(dtype).max
    slope = np.linspace(0.3, 0.6, 200, dtype=np.float32)[None, :, None] * most * np.ones((200, 1, 1), np.float32)
    picture = np.rint(slope + noise).astype(dtype)
    bare = np.rint(slope + np.zeros_like(noise)).astype(dtype)
    return (picture, bare) if colour else (picture[..., 0], bare[..., 0])


def smooth_fill(bare: np.ndarray) -> Patch:
    return Patch(PLACE, bare[PLACE.slices].copy(), np.ones((PLACE.height, PLACE.width), bool))


def damage_of(shape: tuple[int, ...]) -> Placed:
    return Placed(Stroke(PLACE, np.ones((PLACE.height, PLACE.width), bool)), shape)


def grain_for(picture: np.ndarray, patch: Patch, amount: float = 1.0) -> Grain:
    found = measured(Whole(picture), [patch], damage_of(picture.shape), amount=amount, seed=4)
    assert found is not None
    return found


def residue(pixels: np.ndarray, bare: np.ndarray) -> np.ndarray:
    return pixels.astype(np.float64) - bare.astype(np.float64)


@pytest.mark.parametrize(("dtype", "deviation"), [(np.uint8, 6.0), (np.uint16, 900.0)])
@pytest.mark.parametrize("soft", [0.0, 1.0])
def test_level_and_spectrum_are_those_of_the_surroundings(dtype: type, deviation: float, soft: float) -> None:
    picture, bare = grainy(deviation, dtype, soft=soft)
    patch = smooth_fill(bare)
    noise = residue(grained(patch, grain_for(picture, patch)).pixels, bare[PLACE.slices])
    around = residue(picture, bare)
    assert 0.8 < noise.std() / around.std() < 1.2

    def alike(each: np.ndarray) -> float:
        return float(np.corrcoef(each[:, :-1].ravel(), each[:, 1:].ravel())[0, 1])

    assert abs(alike(noise) - alike(around)) < 0.15


def test_colour_grain_is_alike_in_the_channels_as_it_is_around() -> None:
    picture, bare = grainy(6.0, np.uint8, colour=True)
    picture[..., 2] = np.clip(
        bare[..., 2] + (picture[..., 1].astype(int) - bare[..., 1]) // 2, 0, 255
    )  # blue follows green
    patch = smooth_fill(bare)
    noise = residue(grained(patch, grain_for(picture, patch)).pixels, bare[PLACE.slices]).reshape(-1, 3)
    found = np.corrcoef(noise.T)
    assert found[1, 2] > 0.75
    assert abs(found[0, 1]) < 0.15


def test_a_grey_scan_saved_in_colour_stays_grey() -> None:
    picture, bare = grainy(6.0, np.uint8)
    picture, bare = (np.repeat(each[..., None], 3, 2) for each in (picture, bare))
    patch = smooth_fill(bare)
    result = grained(patch, grain_for(picture, patch)).pixels
    assert (result[..., 0] == result[..., 1]).all()
    assert (result[..., 0] == result[..., 2]).all()
    assert (result != patch.pixels).any()


def test_a_fill_that_has_its_grain_gets_no_more() -> None:
    picture, _ = grainy(6.0, np.uint8)
    patch = Patch(PLACE, picture[40:160, 20:27].copy(), np.ones((PLACE.height, PLACE.width), bool))
    noise = residue(grained(patch, grain_for(picture, patch)).pixels, patch.pixels)
    assert noise.std() < 2.5


def test_strong_texture_is_not_taken_for_grain() -> None:
    """Half of the surroundings is a pattern; the level is that of the other half."""
    picture, bare = grainy(4.0, np.uint8)
    picture = picture.copy()
    picture[::2, :88] = np.clip(picture[::2, :88].astype(int) + 60, 0, 255)
    patch = smooth_fill(bare)
    noise = residue(grained(patch, grain_for(picture, patch)).pixels, bare[PLACE.slices])
    assert noise.std() < 6


def test_the_same_pixels_each_time_however_they_are_cut() -> None:
    picture, bare = grainy(6.0, np.uint8)
    patch = smooth_fill(bare)
    grain = grain_for(picture, patch)
    whole = grained(patch, Grain.of(grain.told())).pixels
    assert (whole == grained(patch, grain).pixels).all()
    lower = Region(PLACE.left, 100, PLACE.right, PLACE.bottom)
    part = Patch(lower, bare[lower.slices].copy(), np.ones((lower.height, lower.width), bool))
    assert (grained(part, grain).pixels == whole[60:]).all()


def test_no_amount_is_the_bare_network_and_outside_the_mask_nothing_changes() -> None:
    picture, bare = grainy(6.0, np.uint8)
    patch = smooth_fill(bare)
    assert (grained(patch, grain_for(picture, patch, 0.0)).pixels == patch.pixels).all()
    half = patch.mask.copy()
    half[:50] = False
    partly = Patch(PLACE, patch.pixels.copy(), half)
    result = grained(partly, grain_for(picture, patch)).pixels
    assert (result[:50] == patch.pixels[:50]).all()
    assert (result[50:] != patch.pixels[50:]).any()


def test_where_nothing_is_around_it_cannot_be_told() -> None:
    picture, bare = grainy(6.0, np.uint8)
    patch = smooth_fill(bare)
    assert measured(Whole(picture), [patch], np.ones(picture.shape, bool), amount=1, seed=1) is None


def test_what_cannot_be_is_refused() -> None:
    picture, bare = grainy(6.0, np.uint8)
    told = grain_for(picture, smooth_fill(bare)).told()
    for wrong in ({"amount": 2}, {"seed": -1}, {"taps": [[1.0]]}, {"mixing": []}, {"mixing": [[float("nan")]]}):
        with pytest.raises((ValueError, TypeError)):
            Grain.of({**told, **wrong})
