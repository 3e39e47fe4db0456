"""Filling by copies: no value that the picture does not have, in any depth; structure goes on."""

from __future__ import annotations

from threading import Thread

import cv2
import numpy as np
import pytest

from restorer.engine.copying import Copier
from restorer.engine.filling import available, filler
from restorer.engine.restorer import Restorer
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.job import Job
from restorer.imaging.marks import Placed
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region


def job_of(pixels: np.ndarray, mask: np.ndarray, seed: int = 0) -> Job:
    region = Region.around(mask)
    stroke = Stroke(region, mask[region.slices])
    return Job(Whole(pixels), stroke, Placed(stroke, pixels.shape), seed)


def filled(pixels: np.ndarray, mask: np.ndarray, seed: int = 0) -> np.ndarray:
    result = pixels.copy()
    covered = np.zeros(mask.shape, int)
    for patch in Copier().restore(job_of(pixels, mask, seed)):
        result[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
        covered[patch.region.slices] += patch.mask
    assert (covered == mask).all()
    return result


def damage(shape: tuple[int, ...]) -> np.ndarray:
    drawn = np.zeros(shape[:2], np.uint8)
    cv2.line(drawn, (20, 30), (150, 50), 1, 4)
    cv2.circle(drawn, (100, 110), 22, 1, -1)
    return drawn > 0


@pytest.mark.parametrize(
    ("shape", "dtype"),
    [((160, 200), np.uint8), ((160, 200, 3), np.uint16), ((160, 200, 4), np.uint8), ((160, 200, 2), np.uint16)],
)
def test_every_pixel_is_one_of_the_pictures_own(shape: tuple[int, ...], dtype: type) -> None:
    pixels = np.random.default_rng(2).integers(0, np.iinfo(dtype).max, shape).astype(dtype)
    mask = damage(shape)
    result = filled(pixels, mask)
    count = {2: 1, 4: 3}.get(shape[-1], 3) if len(shape) == 3 else 1
    known = {tuple(np.atleast_1d(value)[:count]) for value in pixels[~mask]}
    assert all(tuple(np.atleast_1d(value)[:count]) in known for value in result[mask])
    if len(shape) == 3 and shape[2] in (2, 4):
        assert (result[..., -1] == pixels[..., -1]).all()


def test_stripes_go_on_through_the_hole() -> None:
    stripes = np.repeat(np.where(np.arange(200) // 10 % 2, 200, 40).astype(np.uint8)[None], 160, 0)
    mask = damage(stripes.shape)
    spoilt = np.where(mask, np.uint8(120), stripes)
    wrong = np.abs(filled(spoilt, mask)[mask].astype(int) - stripes[mask]) > 10
    assert wrong.mean() < 0.2
    nearest = np.abs(np.full(int(mask.sum()), 120) - stripes[mask]) > 10
    assert nearest.all()


def test_damage_is_no_source() -> None:
    pixels = np.full((160, 200), 90, np.uint8)
    mask = damage(pixels.shape)
    pixels[mask] = 250
    assert (filled(pixels, mask) == 90).all()


def test_the_same_each_time_and_another_with_another_seed() -> None:
    pixels = np.random.default_rng(2).integers(0, 255, (160, 200), np.uint8)
    pixels = cv2.GaussianBlur(pixels, (0, 0), 2)
    mask = damage(pixels.shape)
    assert (filled(pixels, mask) == filled(pixels, mask)).all()
    assert Copier().made(job_of(pixels, mask, 7))["seed"] == "7"


def test_cancelled_it_stops() -> None:
    pixels = np.zeros((160, 200), np.uint8)
    job = job_of(pixels, damage(pixels.shape))
    job.cancel()
    with pytest.raises(Cancelled):
        Copier().restore(job)


def test_where_nothing_is_known_it_says_so() -> None:
    mask = np.ones((40, 40), bool)
    pixels = np.zeros((40, 40), np.uint8)
    with pytest.raises(RestorerError, match="nothing to copy"):
        Copier().restore(Job(Whole(pixels), Stroke(Region(5, 5, 20, 20), mask[5:20, 5:20]), mask))


def test_inks_are_copied_together() -> None:
    from dataclasses import dataclass

    @dataclass(frozen=True, eq=False)
    class Inked(Whole):
        inks: bool = True

    pixels = np.random.default_rng(2).integers(0, 255, (160, 200, 4), np.uint8)
    mask = damage(pixels.shape)
    region = Region.around(mask)
    stroke = Stroke(region, mask[region.slices])
    patches = Copier().restore(Job(Inked(pixels), stroke, Placed(stroke, mask.shape)))
    black = set(pixels[..., 3][~mask].tolist())
    for patch in patches:
        assert set(patch.pixels[patch.mask][:, 3].tolist()) <= black


def test_by_its_name() -> None:
    assert isinstance(filler("patches"), Copier)
    assert isinstance(filler(), Restorer)
    assert available()[0] == "reweave"
    assert available()[-1] == "patches"
    thread = Thread(target=lambda: filler("patches"))
    thread.start()
    thread.join()


def test_it_knows_where_its_copies_come_from() -> None:
    """A value that is only there: it can only have come from where it is said to have."""
    pixels = np.arange(160 * 200, dtype=np.uint16).reshape(160, 200)
    mask = damage(pixels.shape)
    job = job_of(pixels, mask)
    copies = {int(value) for patch in Copier().restore(job) for value in patch.pixels[patch.mask]}
    told = {int(value) for place, used in Copier().copied_from(job) for value in pixels[place.slices][used]}
    assert copies == told
