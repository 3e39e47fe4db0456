"""What damage looks like: scratches, dust and hairs, cracks and lost emulsion, stains."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.training.strokes import blob, line, noise, over, patchy, shifted, softened, somewhere, tone, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Drawing = Callable[[Floats, Generator], Floats]


# scratches


def _scratches(image: Floats, rng: Generator) -> Floats:
    for _ in range(int(rng.integers(1, 5))):
        heading = rng.choice([np.pi / 2, rng.uniform(0, 2 * np.pi)], p=[0.3, 0.7]) + rng.normal(0, 0.03)
        length = rng.uniform(0.2, 1.6) * image.shape[0]
        points = walk(somewhere(image.shape[0], rng), heading, length, 10, rng.choice([0.005, 0.04, 0.12]), rng)
        image = _one_scratch(image, points, rng)
    return image


def _scuffs(image: Floats, rng: Generator) -> Floats:
    """Many short parallel ones, as a sleeve or a cloth leaves them."""
    heading, centre = rng.uniform(0, 2 * np.pi), somewhere(image.shape[0], rng)
    for _ in range(int(rng.integers(4, 12))):
        start = centre + rng.normal(0, 25, 2)
        points = walk(start, heading + rng.normal(0, 0.06), rng.uniform(15, 90), 8, 0.03, rng)
        image = _one_scratch(image, points, rng)
    return image


def _one_scratch(image: Floats, points: NDArray[np.float64], rng: Generator) -> Floats:
    coverage = line(image.shape, points, rng.choice([rng.uniform(0.5, 1.6), rng.uniform(1.2, 5)]))
    coverage = softened(coverage, rng.uniform(0, 0.9)) * rng.uniform(0.4, 1)
    if rng.random() < 0.6:  # it presses unevenly, and may break off
        coverage = coverage * np.clip(1 + rng.uniform(0.2, 0.8) * patchy(rng, image.shape, rng.uniform(8, 50)), 0, 1.5)
    colour = tone(rng, 0.7)
    if rng.random() < 0.15:  # through some of the colour layers only
        colour = np.clip(colour + rng.choice([-0.5, 0, 0], 3), 0, 1)
    if rng.random() < 0.15:  # the furrow's wall throws a shadow
        image = image - rng.uniform(0.05, 0.2) * shifted(coverage, rng, 1.5)[..., None]
    return over(image, coverage, colour)


# dust and hairs


def _specks(image: Floats, rng: Generator) -> Floats:
    bright, largest = rng.choice([0.0, 1.0, 0.75]), rng.uniform(1.2, 7)
    for _ in range(int(rng.integers(3, 30))):
        radius = 0.6 + (largest - 0.6) * rng.beta(1, 2.5)
        coverage = blob(image.shape, somewhere(image.shape[0], rng), radius, 0.5, rng)
        coverage = softened(coverage, rng.uniform(0, 0.9)) * rng.uniform(0.55, 1)
        image = over(image, coverage, tone(rng, bright))
    return image


def _hairs(image: Floats, rng: Generator) -> Floats:
    for _ in range(int(rng.integers(1, 5))):
        bend = rng.uniform(0.1, 0.5)
        points = walk(somewhere(image.shape[0], rng), rng.uniform(0, 7), rng.uniform(12, 110), 3, bend, rng)
        coverage = softened(line(image.shape, points, rng.uniform(0.6, 2.5)), rng.uniform(0, 0.9))
        image = over(image, coverage * rng.uniform(0.45, 1), tone(rng, 0.6))
    return _specks(image, rng) if rng.random() < 0.5 else image


# cracks, folds, lost emulsion


def _paper(image: Floats, rng: Generator) -> Floats:
    """The print's base, H×W×3: light, warm or not, with fibres."""
    base = rng.uniform(0.62, 0.98) - rng.uniform(0, 0.12) * np.array([0, 0.35, 1], np.float32)
    texture = rng.uniform(0.008, 0.05) * noise(rng, image.shape[:2], rng.uniform(0.6, 2))
    return np.asarray(base + texture, np.float32)


def _bared(image: Floats, coverage: Floats, rng: Generator) -> Floats:
    """Paper where `coverage` is 1, its edges raised: a highlight on one side, a shadow around."""
    around = np.clip(1 - coverage, 0, 1)
    lift = shifted(softened(coverage, 0.8), rng, rng.uniform(1.2, 3.5)) * around
    image = image + rng.uniform(-0.05, 0.2) * lift[..., None]
    image = image - rng.uniform(0, 0.14) * (softened(coverage, rng.uniform(1.5, 5)) * around)[..., None]
    paper = _paper(image, rng) if rng.random() < 0.85 else np.float32(rng.uniform(0, 0.25))
    return image + (np.clip(coverage, 0, 1) * rng.uniform(0.65, 1))[..., None] * (paper - image)


def _cracks(image: Floats, rng: Generator) -> Floats:
    coverage = np.zeros(image.shape[:2], np.float32)
    start, heading = somewhere(image.shape[0], rng), rng.uniform(0, 2 * np.pi)
    width = rng.uniform(1, 11)
    for _ in range(int(rng.integers(1, 6))):
        points = walk(start, heading, rng.uniform(0.2, 1.1) * image.shape[0], rng.uniform(4, 9), 0.33, rng)
        coverage = np.maximum(coverage, line(image.shape, points, width))
        start, heading = points[rng.integers(len(points))], rng.uniform(0, 2 * np.pi)
        width = max(0.8, width * rng.uniform(0.5, 0.95))
    return _bared(image, softened(coverage, rng.uniform(0, 0.9)), rng)


def _fold(image: Floats, rng: Generator) -> Floats:
    """A straight bend through the print: shading on both sides, and emulsion gone along it."""
    points = walk(somewhere(image.shape[0], rng), rng.uniform(0, 7), 2.0 * image.shape[0], 12, 0.012, rng)
    points = np.concatenate([2 * points[0] - points[::-1], points])
    ridge = line(image.shape, points, rng.uniform(2, 5))
    shade = softened(ridge, rng.uniform(2, 6))
    image = image + rng.choice([-1, 1]) * rng.uniform(0.02, 0.15) * shifted(shade, rng, 3)[..., None]
    broken = np.clip(
        0.5 + rng.uniform(1, 4) * (patchy(rng, image.shape, rng.uniform(3, 9)) + rng.uniform(-1, 1.5)), 0, 1
    )
    return _bared(image, softened(line(image.shape, points, rng.uniform(1, 5)) * broken, 0.4), rng)


def _flakes(image: Floats, rng: Generator) -> Floats:
    """Emulsion that came off in islands, mostly beside each other."""
    centre, coverage = somewhere(image.shape[0], rng), np.zeros(image.shape[:2], np.float32)
    for _ in range(int(rng.integers(1, 7))):
        where = centre + rng.normal(0, 25, 2)
        coverage = np.maximum(coverage, blob(image.shape, where, rng.uniform(4, 22), 0.9, rng))
    return _bared(image, coverage, rng)


def _corner(image: Floats, rng: Generator) -> Floats:
    """A corner or a strip of the border torn away."""
    size = image.shape[0]
    corner = rng.integers(0, 2, 2) * size
    coverage = blob(image.shape, corner.astype(float), rng.uniform(0.1, 0.35) * size, 0.5, rng)
    return _bared(image, coverage, rng)


# stains


def _body(image: Floats, radius: float, rng: Generator) -> Floats:
    coverage = blob(image.shape, somewhere(image.shape[0], rng), radius, rng.uniform(0.2, 1), rng)
    coverage = softened(coverage, rng.uniform(0.5, 1 + radius * 0.12))
    uneven = np.clip(1 + rng.uniform(0, 0.4) * patchy(rng, image.shape, rng.uniform(8, 40)), 0, 1.5)
    return np.asarray(coverage * uneven, np.float32)


def _soak(image: Floats, coverage: Floats, rng: Generator) -> Floats:
    """A liquid's mark: takes light away, most of it blue."""
    kept = 1 - np.sort(rng.uniform(0.03, 0.55, 3)) * rng.uniform(0.5, 1.1)
    if rng.random() < 0.15:
        kept = rng.permutation(kept)
    return np.asarray(image * (1 - np.clip(coverage, 0, 1)[..., None] * (1 - kept)), np.float32)


def _rim(coverage: Floats, rng: Generator) -> Floats:
    """The tide line, 0..1: where the coverage falls."""
    soft = softened(np.clip(coverage, 0, 1), rng.uniform(0.6, 2.5))
    slope = np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
    return np.asarray(slope / max(float(slope.max()), 1e-6), np.float32)


def _blotch(image: Floats, rng: Generator) -> Floats:
    coverage = _body(image, rng.uniform(8, 0.4 * image.shape[0]), rng)
    image = _soak(image, coverage, rng)
    if rng.random() < 0.6:
        image = _soak(image, _rim(coverage, rng) * rng.uniform(0.3, 1), rng)
    return image


def _bleached(image: Floats, rng: Generator) -> Floats:
    """Faded by light or chemicals, mouldy, or rubbed: lighter places that let the picture through, one or several."""
    several, largest = int(rng.integers(1, 6)), rng.choice([0.12, 0.4])
    cast = rng.uniform(0, 0.1, 3) if rng.random() < 0.3 else np.full(3, rng.uniform(0, 0.02))
    tone, strength = rng.uniform(0.65, 1) - cast, rng.uniform(0.3, 0.95)
    for _ in range(several):
        coverage = _body(image, rng.uniform(6, max(10, largest * image.shape[0])), rng)
        image = over(image, coverage * strength * rng.uniform(0.8, 1), tone)
        if rng.random() < 0.3:
            image = _soak(image, _rim(coverage, rng) * rng.uniform(0.2, 0.8), rng)
    return image


def _ring(image: Floats, rng: Generator) -> Floats:
    """A cup's or a drop's: little inside, all at the rim."""
    coverage = _body(image, rng.uniform(10, 0.4 * image.shape[0]), rng)
    return _soak(image, _rim(coverage, rng) * rng.uniform(0.5, 1) + 0.15 * coverage, rng)


def _foxing(image: Floats, rng: Generator) -> Floats:
    for _ in range(int(rng.integers(3, 18))):
        radius = rng.uniform(2, 12)
        coverage = blob(image.shape, somewhere(image.shape[0], rng), radius, 0.6, rng)
        image = _soak(image, softened(coverage, rng.uniform(0.6, 3)), rng)
    return image


DAMAGE: dict[str, tuple[Drawing, ...]] = {
    "scratch": (_scratches, _scratches, _scratches, _scuffs),
    "dust": (_specks, _specks, _hairs),
    "crack": (_cracks, _cracks, _fold, _flakes, _corner),
    "stain": (_blotch, _blotch, _bleached, _bleached, _ring, _foxing),
}
