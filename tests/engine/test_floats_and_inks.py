"""Floating-point pictures keep their range, CMYK pictures their inks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from restorer.engine.restorer import Restorer
from restorer.imaging.job import Job
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

_SIDE = 96


@dataclass(frozen=True, eq=False)
class _Picture:
    array: np.ndarray
    levels: tuple[float, float] | None = None
    inks: bool = False

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    @property
    def dtype(self) -> np.dtype:
        return self.array.dtype

    def read(self, region: Region) -> np.ndarray:
        return self.array[region.slices].copy()


def _truth(channels: int) -> np.ndarray:
    """Smooth waves in 0.1..0.9, each channel another one: H×W×channels float64."""
    y, x = np.mgrid[:_SIDE, :_SIDE] / _SIDE
    return np.dstack([0.5 + 0.4 * np.sin(3 * x + 2 * k) * np.cos(4 * y + k) for k in range(channels)])


def _scratch() -> np.ndarray:
    mask = np.zeros((_SIDE, _SIDE), bool)
    mask[20:70, 40:43] = True
    return mask


def _restored(picture: _Picture, mask: np.ndarray) -> np.ndarray:
    job = Job(picture, Stroke(Region.of_shape(mask.shape), mask), mask)
    restored = picture.array.copy()
    for patch in Restorer(device="cpu").restore(job):
        assert patch.pixels.dtype == picture.dtype
        restored[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
    return restored


@pytest.mark.parametrize("stated", [False, True])
def test_a_float_picture_is_restored_in_its_own_range(stated: bool) -> None:
    truth, mask = _truth(3), _scratch()
    low, high = -50.0, 4000.0
    whole = np.rint(truth * 65535).astype(np.uint16)
    floats = (whole / 65535 * (high - low) + low).astype(np.float32)
    floats[0, 0], floats[0, 1] = low, high
    floats[mask] = np.nan  # what is marked is not looked at
    levels = (low, high) if stated else None
    restored = _restored(_Picture(floats, levels), mask)
    assert restored.dtype == np.float32
    np.testing.assert_array_equal(restored[~mask], floats[~mask])
    same = _restored(_Picture(whole), mask) / 65535 * (high - low) + low
    assert np.abs(restored[mask] - same[mask]).max() < 0.01 * (high - low)
    assert len(np.unique(restored[mask])) > 100  # not rounded


def test_what_is_no_number_is_left_alone_and_not_looked_at() -> None:
    mask = _scratch()
    floats = _truth(1)[..., 0].astype(np.float32)
    clean = _restored(_Picture(floats), mask)
    floats[30:33, 46] = np.nan, np.inf, -np.inf
    restored = _restored(_Picture(floats), mask)
    assert np.isfinite(restored[mask]).all()
    assert np.abs(restored[mask] - clean[mask]).max() < 0.1
    np.testing.assert_array_equal(restored[~mask], floats[~mask])


@pytest.mark.parametrize("alpha", [False, True])
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_each_ink_is_restored(dtype: str, alpha: bool) -> None:
    mask = _scratch()
    highest = np.iinfo(dtype).max
    inks = np.rint(_truth(4) * highest).astype(dtype)
    if alpha:
        inks = np.dstack([inks, np.full(mask.shape, highest, dtype)])
    damaged = inks.copy()
    damaged[mask, :4] = highest
    restored = _restored(_Picture(damaged, inks=True), mask)
    np.testing.assert_array_equal(restored[~mask], inks[~mask])
    error = np.abs(restored[mask].astype(float) - inks[mask]) / highest
    assert (error.mean(0) < 0.02).all()  # of each ink, black too
