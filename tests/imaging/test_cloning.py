"""Clone and heal by hand: inside the stroke only, in the picture's own depth."""

from __future__ import annotations

import numpy as np
import pytest

from restorer.imaging.cloning import Cloning, laid, membrane
from restorer.imaging.job import Job
from restorer.imaging.marks import Placed
from restorer.imaging.patch import Patch, Stroke, Whole
from restorer.imaging.region import Region

SHAPES = {
    "grey 8": ((80, 120), np.uint8), "grey 16": ((80, 120), np.uint16), "rgb 8": ((80, 120, 3), np.uint8),
    "rgb 16": ((80, 120, 3), np.uint16), "grey alpha 16": ((80, 120, 2), np.uint16),
    "rgb alpha 8": ((80, 120, 4), np.uint8), "float": ((80, 120), np.float32),
}  # fmt: skip


def picture(shape: tuple[int, ...], dtype: type) -> np.ndarray:
    drawn = np.random.default_rng(3).random(shape)
    return drawn.astype(dtype) if dtype is np.float32 else (drawn * np.iinfo(dtype).max).astype(dtype)


def disc(x: int, y: int, radius: int) -> Stroke:
    down, across = np.ogrid[-radius : radius + 1, -radius : radius + 1]
    return Stroke(Region(x - radius, y - radius, x + radius + 1, y + radius + 1), down**2 + across**2 <= radius**2)


def cloned(pixels: np.ndarray, stroke: Stroke, cloning: Cloning, *, inks: bool = False) -> tuple[Patch, np.ndarray]:
    job = Job(Whole(pixels), stroke, Placed(stroke, pixels.shape))
    patch = laid(job, cloning, inks=inks)
    result = pixels.copy()
    result[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
    return patch, result


@pytest.mark.parametrize("kind", SHAPES)
def test_a_clone_is_the_source_bit_for_bit_and_nothing_else_changes(kind: str) -> None:
    pixels = picture(*SHAPES[kind])
    stroke = disc(30, 40, 9)
    patch, result = cloned(pixels, stroke, Cloning(40, -12))
    moved = np.roll(pixels, (12, -40), (0, 1))
    inside = Placed(stroke, pixels.shape)[:, :]
    colours = slice(None) if pixels.ndim == 2 or pixels.shape[2] == 3 else slice(0, pixels.shape[2] - 1)
    index = (inside,) if pixels.ndim == 2 else (inside, colours)
    assert (result[index] == moved[index]).all()
    assert (result[~inside] == pixels[~inside]).all()
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        assert (result[..., -1] == pixels[..., -1]).all()  # alpha stays
    assert patch.pixels.dtype == pixels.dtype


@pytest.mark.parametrize("kind", ["grey 16", "rgb 8"])
def test_healing_takes_the_texture_and_fits_the_colour(kind: str) -> None:
    """Same texture on both sides of a step in brightness: healed from the other side, no seam is left."""
    shape, dtype = SHAPES[kind]
    most = np.iinfo(dtype).max
    rng = np.random.default_rng(5)
    grain = rng.normal(0, 0.02 * most, (80, 60, *shape[2:]))
    pixels = np.concatenate([0.3 * most + grain, 0.6 * most + grain], 1).astype(dtype)
    stroke = disc(30, 40, 10)
    _, healed = cloned(pixels, stroke, Cloning(60, 0, heals=True))
    _, plain = cloned(pixels, stroke, Cloning(60, 0))
    inside = Placed(stroke, shape)[:, :]
    truth = pixels[inside].astype(float)  # the source is the same texture, 0.3 brighter
    assert np.abs(plain[inside] - truth).mean() > 0.29 * most
    assert np.abs(healed[inside] - truth).mean() < 0.003 * most
    assert (healed[~inside] == pixels[~inside]).all()


def test_a_marked_rim_is_no_colour_to_be_matched() -> None:
    pixels = np.full((60, 120), 100, np.uint8)
    pixels[:, 60:] = 150
    stroke = disc(30, 30, 8)
    scratch = np.zeros(pixels.shape, bool)
    scratch[:, 38:42] = True
    spoilt = pixels.copy()
    spoilt[scratch] = 255  # damage touches the rim
    damage = scratch | Placed(stroke, pixels.shape)[:, :]
    patch = laid(Job(Whole(spoilt), stroke, damage), Cloning(60, 0, heals=True))
    assert np.abs(patch.pixels[patch.mask].astype(int) - 100).max() <= 1


def test_the_membrane_is_laplaces() -> None:
    """A linear ramp is harmonic: known on the rim, it comes out inside."""
    ramp = (np.arange(90)[None, :] * 2.0 + np.arange(70)[:, None] * 3.0).astype(np.float32)[..., None]
    hole = np.zeros((70, 90), bool)
    hole[8:60, 10:75] = True
    found = membrane(ramp, hole, ~hole)
    assert np.abs(found[hole] - ramp[hole]).max() < 4.0  # of a range of 300
    assert np.abs(found[hole] - ramp[hole]).mean() < 1.0
    assert (found[~hole] == 0).all()


def test_softness_sets_in_from_the_rim() -> None:
    pixels = np.zeros((60, 120), np.uint8)
    pixels[:, 60:] = 200
    stroke = disc(30, 30, 12)
    patch, _ = cloned(pixels, stroke, Cloning(60, 0, soft=6))
    row = patch.pixels[12]
    assert row[12] == 200
    assert 0 < row[0] < 60
    assert (np.diff(row[:12].astype(int)) >= 0).all()


def test_inks_are_four_and_no_alpha() -> None:
    pixels = picture((80, 120, 4), np.uint8)
    stroke = disc(30, 40, 9)
    _, result = cloned(pixels, stroke, Cloning(40, 0), inks=True)
    inside = Placed(stroke, pixels.shape)[:, :]
    assert (result[inside] == np.roll(pixels, -40, 1)[inside]).all()


def test_what_comes_from_beyond_the_picture_is_left_out() -> None:
    stroke = disc(30, 40, 9)
    reached = Cloning(-30, 0).reached(stroke, (80, 120))
    assert reached is not None
    assert reached.region.left == 30  # pixels left of it would come from x < 0
    assert Cloning(-60, 0).reached(stroke, (80, 120)) is None


def test_what_is_recorded_comes_back_and_nonsense_does_not() -> None:
    cloning = Cloning(-7, 9, heals=True, soft=3)
    assert Cloning.of(cloning.settings) == cloning
    assert Cloning.of({"model": "reweave"}) is None
    for wrong in ({"hand": "glue"}, {"hand": "clone", "dx": "x"}, {"hand": "clone", "soft": "-1"}):
        with pytest.raises(ValueError):
            Cloning.of(wrong)
