"""Grain: noise of the level, the spectrum and the colour of what lies around a repair.

A network that is right on average leaves out what nobody can know, and that is the grain: a narrow repair is seen as a
smooth track.  The level is that of the smoothest places around it, where grain is all that there is (as in noise
estimation from patches of low variance; Liu, Tanaka and Okutomi, IEEE TIP 2013); the spectrum is the mean periodogram
there, and white noise that is filtered by its square root has the same one.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.cloning import colour_channels, rounded
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from restorer.imaging.marks import Damage
    from restorer.imaging.patch import Pixels

    Floats = NDArray[np.float32]

WINDOW = 16
"""Px a side of the places in which grain is measured."""
AROUND = 40
"""Px around a repair in which they lie."""
PLACES = 24
"""Of a repair in many pieces, so many are looked around."""
MOST = 1500
"""Windows that are measured; of more, some, evenly spread."""
LIKE = 2.0
"""Places up to so many times as rough (in variance) as the smoothest tenth are taken for smooth."""
REACH = 4
"""Px that neighbouring noise is alike: the filter has 2·REACH + 1 taps a side."""
BLOCK = 64
"""Px a side of the blocks in which white noise is drawn: a pixel's own does not depend on what is drawn beside it."""


@dataclass(frozen=True)
class Grain:
    """Noise that is laid over a repair; the same numbers always give the same noise.

    Attributes:
        amount: 0..1 of what is missing.
        seed: draws it.
        mixing: c×c; what each of c independent noises of deviation 1 adds to each channel, in the picture's values.
        taps: the filter that gives it its spectrum; their squares add up to 1.
    """

    amount: float
    seed: int
    mixing: tuple[tuple[float, ...], ...]
    taps: tuple[tuple[float, ...], ...]

    def told(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "amount": self.amount,
            "seed": self.seed,
            "mixing": [list(row) for row in self.mixing],
            "taps": [list(row) for row in self.taps],
        }

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Grain:
        """From JSON.

        Raises:
            KeyError, TypeError, ValueError: what is told cannot be.
        """
        mixing = tuple(tuple(map(float, row)) for row in told["mixing"])
        taps = tuple(tuple(map(float, row)) for row in told["taps"])
        amount, seed, side = float(told["amount"]), int(told["seed"]), 2 * REACH + 1
        if not 0 <= amount <= 1 or not 0 <= seed < 1 << 62 or not 1 <= len(mixing) <= 8:
            raise ValueError("grain beyond its bounds")
        if any(len(row) != len(mixing) for row in mixing) or len(taps) != side or any(len(row) != side for row in taps):
            raise ValueError("grain of another shape")
        if not all(isfinite(number) for row in (*mixing, *taps) for number in row):
            raise ValueError("grain without numbers")
        return cls(amount, seed, mixing, taps)


def measured(
    image: Pixels, patches: Sequence[Patch], damage: Damage, *, amount: float, seed: int, inks: bool = False
) -> Grain | None:
    """What some patches lack of the grain around them; None where too little is known around them to tell.

    Args:
        image: what they lie over.
        patches: as the network made them.
        damage: bool H×W; nothing of it is measured.
        amount: of it that will be laid over them, 0..1.
        seed: draws it.
        inks: are the channels inks (and alpha)?
    """
    count = colour_channels(image.shape, inks)
    looked = patches[:: -(-len(patches) // PLACES) or 1]
    found: list[Floats] = []
    fill_energy: list[float] = []
    for patch in looked:
        place = patch.region.grown(AROUND) & Region.of_shape(image.shape)
        found.append(_windows(image, place, damage, count, MOST // len(looked)))
        fill_energy += _fine_energy(_colours(patch.pixels, count), patch.mask)
    windows = np.concatenate(found) if found else np.zeros((0, WINDOW, WINDOW, count), np.float32)
    if len(windows) < 4:
        return None
    rough = windows.var((1, 2, 3))
    smooth = windows[rough <= LIKE * np.quantile(rough, 0.1) + 1e-9]
    flat = smooth.reshape(-1, count)
    covariance = flat.T @ flat / len(flat)
    around = _fine_energy_of(smooth)
    there = float(np.median(fill_energy)) if fill_energy else 0.0
    missing = min(max(1 - there / around, 0.0), 1.0) if around > 0 else 0.0
    values, vectors = np.linalg.eigh(covariance)
    root = (vectors * np.sqrt(np.maximum(values, 0) * missing)) @ vectors.T
    if count > 1 and bool((smooth == smooth[..., :1]).all()):
        root[:] = root.mean()  # a grey scan saved in colour stays grey, to the last bit
    return Grain(amount, seed, _numbers(root), _numbers(_taps(smooth)))


def grained(patch: Patch, grain: Grain) -> Patch:
    """The patch with its grain; where its mask is False, and in alpha, as it was."""
    region, count = patch.region, len(grain.mixing)
    white = _white(grain.seed, region.grown(REACH), count)
    taps = np.array(grain.taps, np.float32)
    shaped = [
        cv2.filter2D(np.ascontiguousarray(white[..., c]), -1, taps)[REACH:-REACH, REACH:-REACH] for c in range(count)
    ]
    pixels = patch.pixels.copy()
    for channel, row in enumerate(grain.mixing):
        noise = np.zeros((region.height, region.width), np.float32)
        for share, each in zip(row, shaped, strict=True):
            noise += np.float32(share * grain.amount) * each
        own = pixels if pixels.ndim == 2 else pixels[..., channel]
        own[patch.mask] = rounded(own[patch.mask].astype(np.float32) + noise[patch.mask], pixels.dtype)
    return Patch(region, pixels, patch.mask)


def _windows(image: Pixels, place: Region, damage: Damage, count: int, most: int) -> Floats:
    """What is left of undamaged windows of a place (n×WINDOW×WINDOW×c) without their mean and slope."""
    pixels = _colours(image.read(place), count)
    if min(place.width, place.height) < WINDOW:
        return np.zeros((0, WINDOW, WINDOW, count), np.float32)
    bad = cv2.dilate(damage[place.slices].astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    bad |= ~np.isfinite(pixels).all(-1)
    good = ~_cut(bad).any((1, 2))
    if image.dtype.kind in "iu":  # clipped: its grain cannot be seen
        limits = np.iinfo(image.dtype)
        clipped = ((pixels <= limits.min) | (pixels >= limits.max)).mean(-1)
        good &= _cut(clipped).mean((1, 2)) <= 0.05
    chosen = np.flatnonzero(good)
    chosen = chosen[:: -(-len(chosen) // most) or 1]
    return _level(np.stack([_cut(pixels[..., channel])[chosen] for channel in range(count)], axis=-1))


def _cut(array: NDArray[Any]) -> NDArray[Any]:
    """n×WINDOW×WINDOW of h×w, each half over the next."""
    half = WINDOW // 2
    windows: NDArray[Any] = np.lib.stride_tricks.sliding_window_view(array, (WINDOW, WINDOW))[::half, ::half]
    return windows.reshape(-1, WINDOW, WINDOW)


def _level(windows: Floats) -> Floats:
    across = np.linspace(-1, 1, WINDOW, dtype=np.float32)
    scale = float((across * across).sum()) * WINDOW
    level = windows - windows.mean((1, 2), keepdims=True)
    slope_x = np.tensordot(level.sum(1), across, (1, 0)) / scale
    slope_y = np.tensordot(level.sum(2), across, (1, 0)) / scale
    level -= across[None, None, :, None] * slope_x[:, None, None]
    level -= across[None, :, None, None] * slope_y[:, None, None]
    return np.asarray(level, np.float32)


def _fine_energy_of(windows: Floats) -> float:
    """As `_fine_energy`, of all windows."""
    detail = np.diff(np.diff(windows.mean(-1), 2, axis=1), 2, axis=2) / 6
    return float((detail.astype(np.float64) ** 2).mean())


def _fine_energy(pixels: Floats, mask: NDArray[np.bool_]) -> list[float]:
    """Mean square of the finest detail where all pixels around are in the mask; empty if there are none."""
    inner = cv2.erode(np.pad(mask, 1).astype(np.uint8), np.ones((3, 3), np.uint8))[1:-1, 1:-1] > 0
    if not inner.any():
        return []
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6  # blind to slopes and edges along axes
    grey = np.ascontiguousarray(pixels.mean(-1), np.float32)
    detail = cv2.filter2D(grey, -1, kernel)[inner]
    return [float((detail.astype(np.float64) ** 2).mean())]


def _taps(smooth: Floats) -> Floats:
    hann = np.hanning(WINDOW + 2)[1:-1]
    taper = np.outer(hann, hann)
    power = (np.abs(np.fft.fft2(smooth.mean(-1) * taper)) ** 2).mean(0)
    power[0, 0] = (power[0, 1] + power[1, 0]) / 2  # the mean was taken away with the slope
    kernel = np.fft.fftshift(np.fft.ifft2(np.sqrt(power)).real)
    middle = WINDOW // 2
    part = slice(middle - REACH, middle + REACH + 1)
    taps = kernel[part, part]
    size = float(np.sqrt((taps * taps).sum()))
    if size <= 0:
        taps = np.zeros_like(taps)
        taps[REACH, REACH] = size = 1.0
    return np.asarray(taps / size, np.float32)


def _white(seed: int, region: Region, count: int) -> Floats:
    """Independent numbers of deviation 1, h×w×count; each place has its own, however it is asked for."""
    white = np.empty((region.height, region.width, count), np.float32)
    for row in range(region.top // BLOCK, -(-region.bottom // BLOCK)):
        for column in range(region.left // BLOCK, -(-region.right // BLOCK)):
            place = Region(column * BLOCK, row * BLOCK, (column + 1) * BLOCK, (row + 1) * BLOCK)
            common = place & region
            drawn = np.random.default_rng((seed, row + 1, column + 1)).standard_normal(
                (BLOCK, BLOCK, count), np.float32
            )
            white[common.within(region).slices] = drawn[common.within(place).slices]
    return white


def _colours(pixels: NDArray[Any], count: int) -> Floats:
    return np.asarray(pixels[..., None] if pixels.ndim == 2 else pixels[..., :count], np.float32)


def _numbers(array: NDArray[np.floating[Any]]) -> tuple[tuple[float, ...], ...]:
    """Six digits, so that a record of it is the thing itself."""
    return tuple(tuple(float(f"{number:.6g}") for number in row) for row in array.tolist())
