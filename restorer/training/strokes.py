"""What damage and its lookalikes are drawn with: coverages of lines and outlines, noise, tones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Drawing = Callable[[Floats, Generator], Floats]

_FINE = 8  # cv2's drawing takes coordinates in 1/2^3 px
_SHIFT = 3


def noise(rng: Generator, shape: tuple[int, ...], sigma: float, channels: int = 1) -> Floats:
    """H×W×channels, mean 0, deviation 1, blurred by `sigma` px."""
    noise = rng.standard_normal((*shape[:2], channels), dtype=np.float32)
    if sigma > 0.35:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float32).reshape(*shape[:2], channels)
    return np.asarray(noise / max(float(noise.std()), 1e-6), np.float32)


def patchy(rng: Generator, shape: tuple[int, ...], period: float) -> Floats:
    """H×W smooth noise of about `period` px, mean 0, deviation 1, at the cost of a small picture."""
    small = [max(2, int(side / period) + 2) for side in shape[:2]]
    field = cv2.resize(rng.standard_normal(small, dtype=np.float32), shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(field / max(float(field.std()), 1e-6), np.float32)


def somewhere(size: int, rng: Generator) -> NDArray[np.float64]:
    return np.asarray(rng.uniform(-0.05, 1.05, 2) * size)


def walk(
    start: NDArray[np.float64], heading: float, length: float, step: float, bend: float, rng: Generator
) -> NDArray[np.float64]:
    """Points of a line that sets out with `heading` and drifts by a normal of `bend` radians a step."""
    turns = heading + np.cumsum(rng.normal(0, bend, max(2, int(length / step))))
    return np.asarray(start + np.cumsum(step * np.stack([np.cos(turns), np.sin(turns)], 1), 0))


def line(shape: tuple[int, ...], points: NDArray[np.float64], width: float) -> Floats:
    """Coverage H×W in 0..1 of a line so many px wide, also of less than one."""
    canvas = np.zeros(shape[:2], np.uint8)
    whole = max(1, round(width))
    cv2.polylines(canvas, [np.round(points * _FINE).astype(np.int32)], False, 255, whole, cv2.LINE_AA, _SHIFT)
    return canvas * np.float32(min(1.0, width / whole) / 255)


def blob(shape: tuple[int, ...], centre: NDArray[np.float64], radius: float, rough: float, rng: Generator) -> Floats:
    """Coverage H×W of a closed outline whose radius wavers; `rough` 0 is an ellipse."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    k = np.arange(2, 12)[:, None]
    wave = 1 + (rough * rng.normal(size=k.shape) / k * np.cos(k * turn + rng.uniform(0, 2 * np.pi, k.shape))).sum(0)
    stretch, spin = rng.uniform(0.45, 1), rng.uniform(0, np.pi)
    reach = radius * np.clip(wave, 0.3, 2)
    outline = np.stack([reach * np.cos(turn), stretch * reach * np.sin(turn)], 1)
    outline = outline @ np.array([[np.cos(spin), -np.sin(spin)], [np.sin(spin), np.cos(spin)]]) + centre
    canvas = np.zeros(shape[:2], np.uint8)
    cv2.fillPoly(canvas, [np.round(outline * _FINE).astype(np.int32)], 255, cv2.LINE_AA, _SHIFT)
    return np.asarray(canvas / 255, np.float32)


def softened(coverage: Floats, sigma: float) -> Floats:
    return coverage if sigma < 0.25 else cv2.GaussianBlur(coverage, (0, 0), sigma).astype(np.float32)


def over(image: Floats, coverage: Floats, colour: NDArray[np.floating]) -> Floats:
    left, top, width, height = cv2.boundingRect((coverage > 0).astype(np.uint8))
    place = slice(top, top + height), slice(left, left + width)  # most of what is drawn is small
    painted, blend = image.copy(), np.clip(coverage[place], 0, 1)[..., None]
    painted[place] += blend * (np.asarray(colour, np.float32) - image[place])
    return painted


def tone(rng: Generator, bright: float) -> NDArray[np.float64]:
    """Dust white or scratch black, rarely in between, with a trace of colour."""
    level = rng.uniform(0.72, 1) if rng.random() < bright else rng.uniform(0, 0.3)
    return np.asarray(np.clip(level + rng.normal(0, 0.03, 3), 0, 1))


def shifted(coverage: Floats, rng: Generator, far: float) -> Floats:
    angle = rng.uniform(0, 2 * np.pi)
    move = np.array([[1, 0, far * np.cos(angle)], [0, 1, far * np.sin(angle)]], np.float32)
    return cv2.warpAffine(coverage, move, coverage.shape[1::-1]).astype(np.float32)
