"""The damage that judges: six kinds of masks, the same pixels for the same arguments, for ever.

Figures stay comparable only while these pixels do, so the order of the random draws is part of the contract
(a test holds hashes of them).  Training draws its own damage by its own code and never imports this file.

Pixel sizes are those of a picture of about 0.4 megapixel (768×512).  `scale` multiplies them: `scale=7.8`
draws on 6000×4000 the damage that a finer scan of the same print would show.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

KINDS = ("scratch", "dust", "crack", "stain", "tear", "hole")
THIN = ("scratch", "dust", "crack")

Mask = NDArray[np.bool_]
Canvas = NDArray[np.uint8]  # H×W, 255 where it is damaged
Points = NDArray[np.float64]  # N×2, x and y in pixels


def mask_for(name: str, kind: str, height: int, width: int, seed: int = 0, scale: float = 1.0) -> Mask:
    """The mask of one picture, bool H×W: seeded by the picture's name, the kind and `seed`."""
    return make_mask(kind, height, width, zlib.crc32(f"{kind}:{name}:{seed}".encode()), scale)


def make_mask(kind: str, height: int, width: int, seed: int = 0, scale: float = 1.0) -> Mask:
    """One mask, bool `height`×`width`, True is to be filled."""
    canvas = np.zeros((height, width), np.uint8)
    _DRAW[kind](canvas, np.random.default_rng(seed), scale)
    return canvas > 0


def fat_mask(mask: Mask, seed: int, limit: float = 12.0) -> Mask:
    """The mask as a person paints it: each piece 1.5 to 3 times as wide as the damage.

    The width of a piece follows from the mean distance of its pixels to its rim.  At most `limit` px are
    added on a side: people follow the outline of a wide stain.  Each piece draws its own factor.
    """
    damage = mask.astype(np.uint8)
    count, pieces = cv2.connectedComponents(damage, connectivity=8)
    depth = cv2.distanceTransform(damage, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    pixels = np.bincount(pieces[mask], minlength=count)
    mean_depth = np.bincount(pieces[mask], depth[mask], count) / np.maximum(pixels, 1)
    half_width = 2 * mean_depth - 1  # exact for strips of an even width: depths 1, 2 .. w/2 .. 2, 1
    factors = np.random.default_rng(seed).uniform(1.5, 3.0, count)
    margin = np.clip(half_width * (factors - 1), 1.0, limit)
    outside, nearest = cv2.distanceTransformWithLabels(1 - damage, cv2.DIST_L2, cv2.DIST_MASK_5)
    piece_of = np.zeros(int(nearest.max()) + 1, np.intp)  # OpenCV numbers the nearest pieces in its own order
    piece_of[nearest[mask]] = pieces[mask]
    fat: Mask = mask | (outside <= margin[piece_of[nearest]])
    return fat


def _area(canvas: Canvas) -> float:
    return float(np.count_nonzero(canvas)) / canvas.size


def _point(canvas: Canvas, rng: np.random.Generator) -> Points:
    height, width = canvas.shape
    return rng.uniform((0, 0), (width, height))


def _walk(
    rng: np.random.Generator, start: Points, angle: float, length: float, step: float, bend: float
) -> tuple[Points, NDArray[np.float64]]:
    """Points of a path that bends by a normal of `bend` radians at each step, and the angle of each step."""
    n = max(2, int(length / step))
    angles = angle + np.cumsum(rng.normal(0, bend, n))
    steps = step * np.stack([np.cos(angles), np.sin(angles)], 1)
    return np.vstack([start, start + np.cumsum(steps, 0)]), angles


def _line(canvas: Canvas, points: Points, width: float) -> None:
    eighths = np.round(np.asarray(points) * 8).astype(np.int32)
    cv2.polylines(canvas, [eighths.reshape(-1, 1, 2)], False, (255,), max(1, round(float(width))), cv2.LINE_8, 3)


def _polygon(canvas: Canvas, points: Points) -> None:
    cv2.fillPoly(canvas, [np.round(points).astype(np.int32).reshape(-1, 1, 2)], (255,))


def _blob(canvas: Canvas, rng: np.random.Generator, centre: Points, radius: float, rough: float = 0.25) -> None:
    """A closed outline: a circle with a few random low harmonics."""
    t = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    r = np.ones_like(t)
    for k in range(1, 6):
        r += rough / k * rng.normal() * np.cos(k * t + rng.uniform(0, 2 * np.pi))
    r = radius * np.clip(r, 0.45, 1.7)
    _polygon(canvas, centre + np.stack([r * np.cos(t), r * np.sin(t)], 1))


def _scratch(canvas: Canvas, rng: np.random.Generator, scale: float) -> None:
    """5-12 long thin lines, 1-4 px wide, about 1-3 % of the picture."""
    target = rng.uniform(0.01, 0.03)
    main = rng.uniform(0, np.pi)
    for i in range(12):
        if i >= 5 and _area(canvas) >= target:
            break
        angle = main + rng.normal(0, 0.35) if rng.random() < 0.7 else rng.uniform(0, 2 * np.pi)
        points, _ = _walk(rng, _point(canvas, rng), angle, rng.uniform(200, 600) * scale, 25 * scale, 0.05)
        _line(canvas, points, rng.integers(1, 5) * scale)


def _dust(canvas: Canvas, rng: np.random.Generator, scale: float) -> None:
    """Many specks and short hairs, 2-12 px, about 2 %."""
    while _area(canvas) < 0.02:
        size = 2 + 10 * rng.beta(1.2, 2.2)
        centre = _point(canvas, rng)
        if rng.random() < 0.1:
            angle = rng.uniform(0, 2 * np.pi)
            points, _ = _walk(rng, centre, angle, rng.uniform(10, 30) * scale, 3 * scale, 0.3)
            _line(canvas, points, 2 * scale)
        else:
            _blob(canvas, rng, centre, size / 2 * scale, 0.2)


def _crack(canvas: Canvas, rng: np.random.Generator, scale: float) -> None:
    """Branching creases 3-8 px wide, about 4 %."""
    while _area(canvas) < 0.04:
        stack = [
            (
                _point(canvas, rng),
                rng.uniform(0, 2 * np.pi),
                rng.uniform(250, 600) * scale,
                rng.uniform(4, 8),
                0,
            )
        ]
        while stack and _area(canvas) < 0.043:
            start, angle, length, width, depth = stack.pop()
            points, angles = _walk(rng, start, angle, length, 12 * scale, 0.25)
            _line(canvas, points, np.clip(width, 3, 8) * scale)
            if depth < 2:
                for _ in range(rng.integers(1, 4)):
                    i = rng.integers(1, len(angles))
                    turn = rng.choice([-1, 1]) * rng.uniform(0.5, 1.2)
                    stack.append((points[i], angles[i] + turn, length * rng.uniform(0.3, 0.6), width * 0.75, depth + 1))


def _stain(canvas: Canvas, rng: np.random.Generator, scale: float) -> None:
    """A few irregular blobs of radius 15-45 px, about 6-8 %."""
    target = rng.uniform(0.06, 0.075)
    while _area(canvas) < target:
        _blob(canvas, rng, _point(canvas, rng), (15 + 30 * np.sqrt(rng.random())) * scale)


def _tear(canvas: Canvas, rng: np.random.Generator, scale: float) -> None:
    """Ragged strips or wedges from the border inwards, 20-50 px wide, about 6-10 %."""
    h, w = canvas.shape
    target = rng.uniform(0.06, 0.085)
    while _area(canvas) < target:
        side, along = rng.integers(4), rng.uniform(0.15, 0.85)
        start, angle = [
            ((along * w, 0.0), np.pi / 2),
            ((float(w), along * h), np.pi),
            ((along * w, float(h)), -np.pi / 2),
            ((0.0, along * h), 0.0),
        ][side]
        heading = angle + rng.normal(0, 0.3)
        points, angles = _walk(rng, np.array(start), heading, rng.uniform(0.4, 0.9) * min(h, w), 10 * scale, 0.08)
        points[0] -= 40 * scale * np.array([np.cos(angle), np.sin(angle)])
        n = len(points)
        half = rng.uniform(20, 50) / 2 * scale * np.ones(n)
        if rng.random() < 0.5:  # a wedge: narrows to a point
            half = rng.uniform(40, 50) / 2 * scale * np.linspace(1, 0.08, n)
        normal = np.append(angles[:1], angles) + np.pi / 2
        across = np.stack([np.cos(normal), np.sin(normal)], 1)
        left = points + across * (half + rng.normal(0, 2 * scale, n))[:, None]
        right = points - across * (half + rng.normal(0, 2 * scale, n))[:, None]
        _polygon(canvas, np.vstack([left, right[::-1]]))


def _hole(canvas: Canvas, rng: np.random.Generator, scale: float) -> None:
    """Rectangles and free-form brush strokes, about 20 %."""
    while _area(canvas) < 0.19:
        if rng.random() < 0.4:
            size = rng.uniform(50, 140, 2) * scale
            corner = _point(canvas, rng) - size / 2
            (x0, y0), (x1, y1) = np.round(corner).astype(int), np.round(corner + size).astype(int)
            cv2.rectangle(canvas, (int(x0), int(y0)), (int(x1), int(y1)), (255,), -1)
        else:
            start, angle = _point(canvas, rng), rng.uniform(0, 2 * np.pi)
            points, _ = _walk(rng, start, angle, rng.uniform(80, 300) * scale, 25 * scale, 0.6)
            _line(canvas, points, rng.uniform(18, 40) * scale)


_DRAW: dict[str, Callable[[Canvas, np.random.Generator, float], None]] = {
    "scratch": _scratch,
    "dust": _dust,
    "crack": _crack,
    "stain": _stain,
    "tear": _tear,
    "hole": _hole,
}
