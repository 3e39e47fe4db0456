"""Synthetic damage for training: what is missing, and what leaks past its edge.

Drawn by code of its own: the judge's generators (`restorer.evaluation`) are never imported here.  Everything is seeded
by the generator passed in; the same state gives the same masks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.engine.networks.reweave import REACH

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]
    Canvas = NDArray[np.uint8]

NARROW_SHARE = (0.12, 0.5)
"""Share of a crop that narrow damage covers: dense, so that each crop teaches with many pixels."""
WIDE_SHARE = (0.10, 0.5)


def narrow_mask(rng: Generator, size: int) -> Mask:
    """Bool size×size of scratches, cracks, hairs, dust and small spots, nothing deeper than `REACH` px."""
    while True:
        canvas = np.zeros((size, size), np.uint8)
        wanted = rng.uniform(NARROW_SHARE[0], NARROW_SHARE[1] * 0.8)
        pencils = rng.choice(len(_NARROW), size=int(rng.integers(1, 4)))
        for _ in range(60):
            _NARROW[rng.choice(pencils)](canvas, rng)
            if canvas.mean() >= wanted:
                break
        mask = canvas > 0
        if NARROW_SHARE[0] < mask.mean() < NARROW_SHARE[1] and _deepest(mask) <= REACH + 1:
            return mask


def wide_mask(rng: Generator, size: int, octave: int) -> Mask:
    """Bool size×size of stains, tears, strokes and rectangles that are narrow only `octave` (≥ 1) octaves down."""
    reach = REACH * 2.0**octave
    while True:
        canvas = np.zeros((size, size), np.uint8)
        wanted = rng.uniform(*WIDE_SHARE)
        for _ in range(12):
            _WIDE[rng.integers(len(_WIDE))](canvas, rng, rng.uniform(0.5, 1.0) * reach)
            if canvas.mean() >= wanted:
                break
        if rng.random() < 0.3:
            _scratch(canvas, rng)
        mask = canvas > 0
        if WIDE_SHARE[0] < mask.mean() < 0.6 and reach / 2 * 0.7 < _deepest(mask) <= reach * 1.3:
            return mask


def leak(image: NDArray[np.float32], mask: Mask, rng: Generator) -> NDArray[np.float32]:
    """`image` (H×W×3, 0..1) with damage smeared over a rim of 1-2 px outside `mask`, as under a hasty mask.

    The rim is blended with one colour, mostly dust white or scratch black, strongest at the mask's edge.
    """
    rim = int(rng.integers(1, 3))
    outside = cv2.distanceTransform((~mask).astype(np.uint8), cv2.DIST_L2, 5)
    strength = np.clip(1 - (outside - 1) / rim, 0, 1) * (outside > 0) * rng.uniform(0.2, 0.9)
    shade = rng.choice([rng.uniform(0.75, 1), rng.uniform(0, 0.25), rng.uniform(0, 1)])
    colour = np.clip(shade + rng.normal(0, 0.03, 3), 0, 1)
    blend = strength[..., None].astype(np.float32)
    leaked: NDArray[np.float32] = (image * (1 - blend) + colour.astype(np.float32) * blend).astype(np.float32)
    return leaked


def _deepest(mask: Mask) -> float:
    return float(cv2.distanceTransform(np.pad(mask, 1, mode="edge").astype(np.uint8), cv2.DIST_L2, 3).max())


def _anywhere(canvas: Canvas, rng: Generator) -> NDArray[np.float64]:
    return np.asarray(rng.uniform(-0.1, 1.1, 2) * canvas.shape[0])


def _path(rng: Generator, start: NDArray[np.float64], length: float, step: float, bend: float) -> NDArray[np.float64]:
    """Points of a line whose direction drifts by a normal of `bend` radians a step."""
    count = max(2, int(length / step))
    angles = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, bend, count))
    return np.asarray(start + np.cumsum(step * np.stack([np.cos(angles), np.sin(angles)], 1), 0))


def _draw(canvas: Canvas, points: NDArray[np.float64], width: int) -> None:
    cv2.polylines(canvas, [np.round(points * 16).astype(np.int32)], False, 1, width, cv2.LINE_8, 4)


def _scratch(canvas: Canvas, rng: Generator) -> None:
    points = _path(rng, _anywhere(canvas, rng), rng.uniform(0.4, 1.5) * canvas.shape[0], 12, 0.07)
    _draw(canvas, points, int(rng.integers(1, 6)))


def _crack(canvas: Canvas, rng: Generator) -> None:
    start, width = _anywhere(canvas, rng), int(rng.integers(2, 10))
    for _ in range(int(rng.integers(1, 4))):
        points = _path(rng, start, rng.uniform(0.3, 1.0) * canvas.shape[0], 7, 0.35)
        _draw(canvas, points, width)
        start, width = points[rng.integers(len(points))], max(1, int(width * 0.75))


def _hair(canvas: Canvas, rng: Generator) -> None:
    points = _path(rng, _anywhere(canvas, rng), rng.uniform(10, 50), 3, 0.35)
    _draw(canvas, points, int(rng.integers(1, 4)))


def _dust(canvas: Canvas, rng: Generator) -> None:
    biggest = rng.uniform(1.5, REACH)
    for _ in range(int(rng.integers(5, 25))):
        radius = 0.8 + (biggest - 0.8) * rng.beta(1.2, 2)
        _spot(canvas, rng, radius)


def _spot(canvas: Canvas, rng: Generator, radius: float) -> None:
    """A closed outline: a circle whose radius wavers."""
    turn = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    wave = sum(rng.normal(0, 0.22) / k * np.cos(k * turn + rng.uniform(0, 2 * np.pi)) for k in range(1, 6))
    reach = radius * np.clip(1 + wave, 0.5, 1.6)
    stretch = rng.uniform(0.6, 1.0)
    outline = np.stack([reach * np.cos(turn), reach * stretch * np.sin(turn)], 1)
    spin = rng.uniform(0, np.pi)
    outline = outline @ np.array([[np.cos(spin), -np.sin(spin)], [np.sin(spin), np.cos(spin)]])
    cv2.fillPoly(canvas, [np.round((outline + _anywhere(canvas, rng)) * 16).astype(np.int32)], 1, cv2.LINE_8, 4)


def _stain(canvas: Canvas, rng: Generator, reach: float) -> None:
    _spot(canvas, rng, reach * 1.1)


def _tear(canvas: Canvas, rng: Generator, reach: float) -> None:
    """A strip with ragged sides, often to the border, as broad as twice `reach` or narrowing to a point."""
    points = _path(rng, _anywhere(canvas, rng), rng.uniform(0.6, 1.4) * canvas.shape[0], 6, 0.12)
    along = np.diff(points, axis=0, append=2 * points[-1:] - points[-2:-1])
    across = np.stack([-along[:, 1], along[:, 0]], 1) / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-9)
    taper = np.linspace(1, 0.1, len(points)) if rng.random() < 0.5 else np.ones(len(points))
    half = reach * 0.95 * taper[:, None]
    rough = rng.normal(0, 0.08 * reach, (2, len(points), 1))
    outline = np.concatenate([points + across * (half + rough[0]), (points - across * (half + rough[1]))[::-1]])
    cv2.fillPoly(canvas, [np.round(outline).astype(np.int32)], 1)


def _stroke(canvas: Canvas, rng: Generator, reach: float) -> None:
    points = _path(rng, _anywhere(canvas, rng), rng.uniform(0.3, 1.2) * canvas.shape[0], 14, 0.5)
    _draw(canvas, points, max(2, int(1.9 * reach)))


def _rectangle(canvas: Canvas, rng: Generator, reach: float) -> None:
    sides = 2 * reach * np.array([0.95, rng.uniform(0.95, 2.5)])
    corner = _anywhere(canvas, rng) - sides / 2
    if rng.random() < 0.5:
        sides = sides[::-1]
    cv2.rectangle(canvas, np.round(corner).astype(int).tolist(), np.round(corner + sides).astype(int).tolist(), 1, -1)


_NARROW = (_scratch, _scratch, _crack, _crack, _hair, _dust, _dust)
_WIDE = (_stain, _stain, _tear, _stroke, _rectangle)
