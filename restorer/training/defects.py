"""Damage with an appearance, for teaching the detector: what scratches, dust, cracks and stains look like on a print.

A photograph is first aged (grain, halftone, fading, compression) and may get thin things that are no damage (wires,
fences, grass, hair, lettering, stars); only then is it damaged.  So damage differs from the scene as it does on a real
scan: it does not share the picture's blur and grain.  What is labelled is what visibly changed; rims of 1 px, and
changes that are hardly visible, are unsure.

The judge's generators are never imported here.  Everything is seeded by the generator passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.findings import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Drawing = Callable[[Floats, Generator], Floats]

VISIBLE = 0.04
"""A change of at least so much in any channel (of 0..1) is damage: ten levels of 8 bits."""
FAINT = 0.012
"""A change of less is none; between this and `VISIBLE` nobody can say."""
CONFOUNDED_CHANCE = 0.5
CHANCES = (0.5, 0.5, 0.4, 0.4)
"""Of each kind, in the order of `KINDS`, on a crop that is not left intact."""
_FINE = 8  # cv2's drawing takes coordinates in 1/2^3 px
_SHIFT = 3


@dataclass(frozen=True, eq=False)
class Specimen:
    """`image` float32 S×S×3 in 0..1; `labels` and `unsure` bool S×S×4 in the order of `KINDS`."""

    image: Floats
    labels: NDArray[np.bool_]
    unsure: NDArray[np.bool_]


def specimen(clean: Floats, rng: Generator, intact: float = 0.4) -> Specimen:
    """A square photograph (float32 S×S×3 in 0..1), aged and, but for a chance of `intact`, damaged."""
    scene = clean.copy()
    if rng.random() < CONFOUNDED_CHANCE:
        for _ in range(int(rng.integers(1, 3))):
            scene = _CONFOUNDERS[rng.integers(len(_CONFOUNDERS))](scene, rng)
    image = np.clip(aged(scene, rng), 0, 1)
    change = np.zeros((*image.shape[:2], len(KINDS)), np.float32)
    if rng.random() >= intact:
        for kind in rng.permutation(len(KINDS)):
            if rng.random() < CHANCES[kind]:
                before = image
                drawings = _DAMAGE[KINDS[kind]]
                image = np.clip(drawings[rng.integers(len(drawings))](image, rng), 0, 1)
                change[..., kind] = np.abs(image - before).max(2)
    labels = change > VISIBLE
    rim = cv2.dilate(labels.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.bool_)
    return Specimen(_scanned(image, rng), labels, (rim | (change > FAINT)) & ~labels)


def aged(image: Floats, rng: Generator) -> Floats:
    """What an intact print brings: another tone, less contrast, softness, grain, halftone."""
    if rng.random() < 0.35:
        tint = rng.choice([0.0, rng.uniform(0, 1)])
        grey = image @ np.array([0.299, 0.587, 0.114], np.float32)
        image = grey[..., None] * (1 - tint * np.array([0.0, 0.08, 0.22], np.float32))
    if rng.random() < 0.3:
        low, high = rng.uniform(0, 0.25), rng.uniform(0.75, 1)
        image = low + image * (high - low)
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.6)).astype(np.float32)
    if rng.random() < 0.5:
        amount, size = rng.uniform(0.004, 0.035), rng.uniform(0.3, 1.3)
        channels = 3 if rng.random() < 0.4 else 1
        image = image + amount * _noise(rng, image.shape[:2], size, channels)
    if rng.random() < 0.08:
        image = _halftone(image, rng)
    return image.astype(np.float32)


def _scanned(image: Floats, rng: Generator) -> Floats:
    """What happens to picture and damage alike: the scanner's softness and noise, compression."""
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.7)).astype(np.float32)
    if rng.random() < 0.3:
        image = image + rng.uniform(0.002, 0.012) * _noise(rng, image.shape[:2], 0.3, 3)
    levels = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.4:
        quality = int(rng.integers(55, 97))
        coded = cv2.imencode(".jpg", levels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        levels = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)[..., ::-1]
    return (levels / np.float32(255)).astype(np.float32)


def _noise(rng: Generator, shape: tuple[int, ...], sigma: float, channels: int = 1) -> Floats:
    """H×W×channels, mean 0, deviation 1, blurred by `sigma` px."""
    noise = rng.standard_normal((*shape[:2], channels), dtype=np.float32)
    if sigma > 0.35:
        noise = np.asarray(cv2.GaussianBlur(noise, (0, 0), sigma), np.float32).reshape(*shape[:2], channels)
    return np.asarray(noise / max(float(noise.std()), 1e-6), np.float32)


def _patchy(rng: Generator, shape: tuple[int, ...], period: float) -> Floats:
    """H×W smooth noise of about `period` px, mean 0, deviation 1, at the cost of a small picture."""
    small = [max(2, int(side / period) + 2) for side in shape[:2]]
    field = cv2.resize(rng.standard_normal(small, dtype=np.float32), shape[1::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(field / max(float(field.std()), 1e-6), np.float32)


def _halftone(image: Floats, rng: Generator) -> Floats:
    period, angle = rng.uniform(2.2, 5), rng.uniform(0, np.pi)
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    u = x * np.cos(angle) + y * np.sin(angle)
    v = -x * np.sin(angle) + y * np.cos(angle)
    screen = np.cos(2 * np.pi * u / period) * np.cos(2 * np.pi * v / period)
    dots = 1 / (1 + np.exp(-(image - 0.5 + 0.45 * screen[..., None]) * 8))
    return np.asarray(image + rng.uniform(0.3, 0.9) * (dots - image), np.float32)


# shapes


def _somewhere(size: int, rng: Generator) -> NDArray[np.float64]:
    return np.asarray(rng.uniform(-0.05, 1.05, 2) * size)


def _walk(
    start: NDArray[np.float64], heading: float, length: float, step: float, bend: float, rng: Generator
) -> NDArray[np.float64]:
    """Points of a line that sets out with `heading` and drifts by a normal of `bend` radians a step."""
    turns = heading + np.cumsum(rng.normal(0, bend, max(2, int(length / step))))
    return np.asarray(start + np.cumsum(step * np.stack([np.cos(turns), np.sin(turns)], 1), 0))


def _line(shape: tuple[int, ...], points: NDArray[np.float64], width: float) -> Floats:
    """Coverage H×W in 0..1 of a line so many px wide, also of less than one."""
    canvas = np.zeros(shape[:2], np.uint8)
    whole = max(1, round(width))
    cv2.polylines(canvas, [np.round(points * _FINE).astype(np.int32)], False, 255, whole, cv2.LINE_AA, _SHIFT)
    return canvas * np.float32(min(1.0, width / whole) / 255)


def _blob(shape: tuple[int, ...], centre: NDArray[np.float64], radius: float, rough: float, rng: Generator) -> Floats:
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


def _softened(coverage: Floats, sigma: float) -> Floats:
    return coverage if sigma < 0.25 else cv2.GaussianBlur(coverage, (0, 0), sigma).astype(np.float32)


def _over(image: Floats, coverage: Floats, colour: NDArray[np.floating]) -> Floats:
    left, top, width, height = cv2.boundingRect((coverage > 0).astype(np.uint8))
    place = slice(top, top + height), slice(left, left + width)  # most of what is drawn is small
    painted, blend = image.copy(), np.clip(coverage[place], 0, 1)[..., None]
    painted[place] += blend * (np.asarray(colour, np.float32) - image[place])
    return painted


def _tone(rng: Generator, bright: float) -> NDArray[np.float64]:
    """Dust white or scratch black, rarely in between, with a trace of colour."""
    level = rng.uniform(0.72, 1) if rng.random() < bright else rng.uniform(0, 0.3)
    return np.asarray(np.clip(level + rng.normal(0, 0.03, 3), 0, 1))


# scratches


def _scratches(image: Floats, rng: Generator) -> Floats:
    for _ in range(int(rng.integers(1, 5))):
        heading = rng.choice([np.pi / 2, rng.uniform(0, 2 * np.pi)], p=[0.3, 0.7]) + rng.normal(0, 0.03)
        length = rng.uniform(0.2, 1.6) * image.shape[0]
        points = _walk(_somewhere(image.shape[0], rng), heading, length, 10, rng.choice([0.005, 0.04, 0.12]), rng)
        image = _one_scratch(image, points, rng)
    return image


def _scuffs(image: Floats, rng: Generator) -> Floats:
    """Many short parallel ones, as a sleeve or a cloth leaves them."""
    heading, centre = rng.uniform(0, 2 * np.pi), _somewhere(image.shape[0], rng)
    for _ in range(int(rng.integers(4, 12))):
        start = centre + rng.normal(0, 25, 2)
        points = _walk(start, heading + rng.normal(0, 0.06), rng.uniform(15, 90), 8, 0.03, rng)
        image = _one_scratch(image, points, rng)
    return image


def _one_scratch(image: Floats, points: NDArray[np.float64], rng: Generator) -> Floats:
    coverage = _line(image.shape, points, rng.choice([rng.uniform(0.5, 1.6), rng.uniform(1.2, 5)]))
    coverage = _softened(coverage, rng.uniform(0, 0.9)) * rng.uniform(0.4, 1)
    if rng.random() < 0.6:  # it presses unevenly, and may break off
        coverage = coverage * np.clip(1 + rng.uniform(0.2, 0.8) * _patchy(rng, image.shape, rng.uniform(8, 50)), 0, 1.5)
    colour = _tone(rng, 0.7)
    if rng.random() < 0.15:  # through some of the colour layers only
        colour = np.clip(colour + rng.choice([-0.5, 0, 0], 3), 0, 1)
    if rng.random() < 0.15:  # the furrow's wall throws a shadow
        image = image - rng.uniform(0.05, 0.2) * _shifted(coverage, rng, 1.5)[..., None]
    return _over(image, coverage, colour)


def _shifted(coverage: Floats, rng: Generator, far: float) -> Floats:
    angle = rng.uniform(0, 2 * np.pi)
    move = np.array([[1, 0, far * np.cos(angle)], [0, 1, far * np.sin(angle)]], np.float32)
    return cv2.warpAffine(coverage, move, coverage.shape[1::-1]).astype(np.float32)


# dust and hairs


def _specks(image: Floats, rng: Generator) -> Floats:
    bright, largest = rng.choice([0.0, 1.0, 0.75]), rng.uniform(1.2, 7)
    for _ in range(int(rng.integers(3, 30))):
        radius = 0.6 + (largest - 0.6) * rng.beta(1, 2.5)
        coverage = _blob(image.shape, _somewhere(image.shape[0], rng), radius, 0.5, rng)
        coverage = _softened(coverage, rng.uniform(0, 0.9)) * rng.uniform(0.55, 1)
        image = _over(image, coverage, _tone(rng, bright))
    return image


def _hairs(image: Floats, rng: Generator) -> Floats:
    for _ in range(int(rng.integers(1, 5))):
        bend = rng.uniform(0.1, 0.5)
        points = _walk(_somewhere(image.shape[0], rng), rng.uniform(0, 7), rng.uniform(12, 110), 3, bend, rng)
        coverage = _softened(_line(image.shape, points, rng.uniform(0.6, 2.5)), rng.uniform(0, 0.9))
        image = _over(image, coverage * rng.uniform(0.45, 1), _tone(rng, 0.6))
    return _specks(image, rng) if rng.random() < 0.5 else image


# cracks, folds, lost emulsion


def _paper(image: Floats, rng: Generator) -> Floats:
    """The print's base, H×W×3: light, warm or not, with fibres."""
    base = rng.uniform(0.62, 0.98) - rng.uniform(0, 0.12) * np.array([0, 0.35, 1], np.float32)
    texture = rng.uniform(0.008, 0.05) * _noise(rng, image.shape[:2], rng.uniform(0.6, 2))
    return np.asarray(base + texture, np.float32)


def _bared(image: Floats, coverage: Floats, rng: Generator) -> Floats:
    """Paper where `coverage` is 1, its edges raised: a highlight on one side, a shadow around."""
    around = np.clip(1 - coverage, 0, 1)
    lift = _shifted(_softened(coverage, 0.8), rng, rng.uniform(1.2, 3.5)) * around
    image = image + rng.uniform(-0.05, 0.2) * lift[..., None]
    image = image - rng.uniform(0, 0.14) * (_softened(coverage, rng.uniform(1.5, 5)) * around)[..., None]
    paper = _paper(image, rng) if rng.random() < 0.85 else np.float32(rng.uniform(0, 0.25))
    return image + (np.clip(coverage, 0, 1) * rng.uniform(0.65, 1))[..., None] * (paper - image)


def _cracks(image: Floats, rng: Generator) -> Floats:
    coverage = np.zeros(image.shape[:2], np.float32)
    start, heading = _somewhere(image.shape[0], rng), rng.uniform(0, 2 * np.pi)
    width = rng.uniform(1, 11)
    for _ in range(int(rng.integers(1, 6))):
        points = _walk(start, heading, rng.uniform(0.2, 1.1) * image.shape[0], rng.uniform(4, 9), 0.33, rng)
        coverage = np.maximum(coverage, _line(image.shape, points, width))
        start, heading = points[rng.integers(len(points))], rng.uniform(0, 2 * np.pi)
        width = max(0.8, width * rng.uniform(0.5, 0.95))
    return _bared(image, _softened(coverage, rng.uniform(0, 0.9)), rng)


def _fold(image: Floats, rng: Generator) -> Floats:
    """A straight bend through the print: shading on both sides, and emulsion gone along it."""
    points = _walk(_somewhere(image.shape[0], rng), rng.uniform(0, 7), 2.0 * image.shape[0], 12, 0.012, rng)
    points = np.concatenate([2 * points[0] - points[::-1], points])
    ridge = _line(image.shape, points, rng.uniform(2, 5))
    shade = _softened(ridge, rng.uniform(2, 6))
    image = image + rng.choice([-1, 1]) * rng.uniform(0.02, 0.15) * _shifted(shade, rng, 3)[..., None]
    broken = np.clip(
        0.5 + rng.uniform(1, 4) * (_patchy(rng, image.shape, rng.uniform(3, 9)) + rng.uniform(-1, 1.5)), 0, 1
    )
    return _bared(image, _softened(_line(image.shape, points, rng.uniform(1, 5)) * broken, 0.4), rng)


def _flakes(image: Floats, rng: Generator) -> Floats:
    """Emulsion that came off in islands, mostly beside each other."""
    centre, coverage = _somewhere(image.shape[0], rng), np.zeros(image.shape[:2], np.float32)
    for _ in range(int(rng.integers(1, 7))):
        where = centre + rng.normal(0, 25, 2)
        coverage = np.maximum(coverage, _blob(image.shape, where, rng.uniform(4, 22), 0.9, rng))
    return _bared(image, coverage, rng)


def _corner(image: Floats, rng: Generator) -> Floats:
    """A corner or a strip of the border torn away."""
    size = image.shape[0]
    corner = rng.integers(0, 2, 2) * size
    coverage = _blob(image.shape, corner.astype(float), rng.uniform(0.1, 0.35) * size, 0.5, rng)
    return _bared(image, coverage, rng)


# stains


def _body(image: Floats, radius: float, rng: Generator) -> Floats:
    coverage = _blob(image.shape, _somewhere(image.shape[0], rng), radius, rng.uniform(0.2, 1), rng)
    coverage = _softened(coverage, rng.uniform(0.5, 1 + radius * 0.12))
    patchy = np.clip(1 + rng.uniform(0, 0.4) * _patchy(rng, image.shape, rng.uniform(8, 40)), 0, 1.5)
    return np.asarray(coverage * patchy, np.float32)


def _soak(image: Floats, coverage: Floats, rng: Generator) -> Floats:
    """A liquid's mark: takes light away, most of it blue."""
    kept = 1 - np.sort(rng.uniform(0.03, 0.55, 3)) * rng.uniform(0.5, 1.1)
    if rng.random() < 0.15:
        kept = rng.permutation(kept)
    return np.asarray(image * (1 - np.clip(coverage, 0, 1)[..., None] * (1 - kept)), np.float32)


def _rim(coverage: Floats, rng: Generator) -> Floats:
    """The tide line, 0..1: where the coverage falls."""
    soft = _softened(np.clip(coverage, 0, 1), rng.uniform(0.6, 2.5))
    slope = np.hypot(cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1))
    return np.asarray(slope / max(float(slope.max()), 1e-6), np.float32)


def _blotch(image: Floats, rng: Generator) -> Floats:
    coverage = _body(image, rng.uniform(8, 0.4 * image.shape[0]), rng)
    if rng.random() < 0.25:  # bleached, mouldy
        image = _over(image, coverage * rng.uniform(0.3, 0.9), np.array(rng.uniform(0.7, 1) - rng.uniform(0, 0.1, 3)))
    else:
        image = _soak(image, coverage, rng)
    if rng.random() < 0.6:
        image = _soak(image, _rim(coverage, rng) * rng.uniform(0.3, 1), rng)
    return image


def _ring(image: Floats, rng: Generator) -> Floats:
    """A cup's or a drop's: little inside, all at the rim."""
    coverage = _body(image, rng.uniform(10, 0.4 * image.shape[0]), rng)
    return _soak(image, _rim(coverage, rng) * rng.uniform(0.5, 1) + 0.15 * coverage, rng)


def _foxing(image: Floats, rng: Generator) -> Floats:
    for _ in range(int(rng.integers(3, 18))):
        radius = rng.uniform(2, 12)
        coverage = _blob(image.shape, _somewhere(image.shape[0], rng), radius, 0.6, rng)
        image = _soak(image, _softened(coverage, rng.uniform(0.6, 3)), rng)
    return image


# what is no damage


def _wires(image: Floats, rng: Generator) -> Floats:
    size, colour = image.shape[0], rng.uniform(0, 0.5, 3) if rng.random() < 0.8 else rng.uniform(0.4, 1, 3)
    along = np.linspace(-0.1, 1.1, 40)
    width, first, slope, sag = rng.uniform(0.7, 3), rng.uniform(0, 1), rng.normal(0, 0.3), rng.uniform(0, 0.3)
    for _ in range(int(rng.integers(1, 5))):
        first += rng.normal(0, 0.12)
        points = np.stack([along, first + slope * along + sag * 4 * along * (1 - along)], 1) * size
        if rng.random() < 0.3:
            points = points[:, ::-1]
        image = _over(image, _line(image.shape, points, width), colour)
    return image


def _fence(image: Floats, rng: Generator) -> Floats:
    size, colour, width = image.shape[0], rng.uniform(0, 1, 3), rng.uniform(0.7, 3)
    gap, lean = rng.uniform(7, 30), rng.normal(0, 0.15)
    for heading in (lean, lean + np.pi / 2) if rng.random() < 0.6 else (lean + np.pi / 2,):
        across = np.array([-np.sin(heading), np.cos(heading)])
        direction = np.array([np.cos(heading), np.sin(heading)])
        for offset in np.arange(-0.8 * size, 0.8 * size, gap):
            middle = np.full(2, size / 2) + across * offset
            points = np.stack([middle - direction * size, middle + direction * size])
            image = _over(image, _line(image.shape, points, width), colour)
    return image


def _blades(image: Floats, rng: Generator) -> Floats:
    """Grass, or hair that belongs to the picture: many lines side by side that bend alike."""
    base, heading = rng.uniform(0, 0.8, 3), rng.uniform(0, 2 * np.pi)
    centre, spread = _somewhere(image.shape[0], rng), rng.uniform(6, 40)
    length, bend, width = rng.uniform(20, 120), rng.uniform(0.01, 0.15), rng.uniform(0.6, 2)
    for _ in range(int(rng.integers(12, 50))):
        start = centre + rng.normal(0, spread, 2)
        points = _walk(start, heading + rng.normal(0, 0.2), length * rng.uniform(0.5, 1), 5, bend, rng)
        colour = np.clip(base + rng.normal(0, 0.12), 0, 1)
        image = _over(image, _line(image.shape, points, width), colour)
    return image


def _lettering(image: Floats, rng: Generator) -> Floats:
    letters = list("abcdefghiklmnoprstuvwxyzABCDEFGHKLMNORSTUVWXYZ0123456789.,-")
    font, scale = int(rng.integers(0, 8)), rng.uniform(0.3, 1.4)
    canvas = np.zeros(image.shape[:2], np.uint8)
    origin = _somewhere(image.shape[0], rng) * [0.6, 1]
    for line in range(int(rng.integers(1, 6))):
        text = "".join(rng.choice(letters, int(rng.integers(2, 14))))
        place = int(origin[0]), int(origin[1] + line * 30 * scale)
        cv2.putText(canvas, text, place, font, scale, 255, int(rng.integers(1, 3)), cv2.LINE_AA)
    return _over(image, np.asarray(canvas / 255 * rng.uniform(0.6, 1), np.float32), rng.uniform(0, 1, 3))


def _lights(image: Floats, rng: Generator) -> Floats:
    """Stars, lamps, glints: bright in the middle, with a halo that dust has not."""
    tint = np.clip(1 - rng.uniform(0, 0.25, 3) * [0, 0.5, 1], 0, 1)
    for _ in range(int(rng.integers(3, 30))):
        where, radius = _somewhere(image.shape[0], rng), rng.uniform(0.5, 2.6)
        core = _blob(image.shape, where, radius, 0.0, rng)
        if rng.random() < 0.6:
            image = image + (0.5 * _softened(core, radius * 1.5))[..., None] * tint.astype(np.float32)
        image = _over(image, core, tint)
    return image


def _frames(image: Floats, rng: Generator) -> Floats:
    """Windows, frames, panels: rectangles in rows, with a line around, some of them leaning."""
    size, lean = image.shape[0], rng.choice([0.0, rng.normal(0, 0.2)])
    colour, width, gap = rng.uniform(0, 1, 3), rng.uniform(0.7, 4), rng.uniform(3, 14)
    side, start = rng.uniform(14, 60, 2), rng.uniform(-20, 0.6 * size, 2)
    turn = np.array([[np.cos(lean), -np.sin(lean)], [np.sin(lean), np.cos(lean)]])
    corners = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    for row in range(int(rng.integers(1, 4))):
        for column in range(int(rng.integers(1, 5))):
            points = (start + (np.array([column, row]) + corners) * side + np.array([column, row]) * gap) @ turn.T
            image = _over(image, _line(image.shape, points, width), colour)
    return image


def _outlines(image: Floats, rng: Generator) -> Floats:
    """Rims of glasses, cups, wheels: smooth closed lines, mostly beside a shaded copy of themselves."""
    for _ in range(int(rng.integers(1, 4))):
        centre, axes = _somewhere(image.shape[0], rng), rng.uniform(5, 45, 2)
        turn, spin = np.linspace(0, 2 * np.pi * rng.choice([1, rng.uniform(0.3, 1)]), 60), rng.uniform(0, np.pi)
        points = np.stack([axes[0] * np.cos(turn), axes[1] * np.sin(turn)], 1)
        points = points @ np.array([[np.cos(spin), -np.sin(spin)], [np.sin(spin), np.cos(spin)]]) + centre
        width, level = rng.uniform(0.8, 4), rng.uniform(0, 1)
        if rng.random() < 0.6:
            shade = _line(image.shape, points + rng.normal(0, 1.5, 2), width)
            image = _over(image, 0.7 * shade, np.full(3, rng.uniform(0, 1)))
        image = _over(image, _line(image.shape, points, width), np.clip(level + rng.normal(0, 0.06, 3), 0, 1))
    return image


def _dots(image: Floats, rng: Generator) -> Floats:
    """Buttons, pearls, rivets, a pattern on cloth: many alike, at even distances."""
    step, radius, colour = rng.uniform(6, 26), rng.uniform(0.8, 5), rng.uniform(0, 1, 3)
    heading, start = rng.uniform(0, 2 * np.pi), _somewhere(image.shape[0], rng)
    along = np.array([np.cos(heading), np.sin(heading)])
    across = np.array([-along[1], along[0]])
    coverage = np.zeros(image.shape[:2], np.float32)
    for row in range(int(rng.integers(1, 6))):
        for number in range(int(rng.integers(3, 9))):
            where = start + (number * along + (row + 0.5 * (number % 2)) * across) * step
            coverage = np.maximum(coverage, _blob(image.shape, where, radius, 0.0, rng))
    return _over(image, _softened(coverage, rng.uniform(0, 1)), colour)


def _weave(image: Floats, rng: Generator) -> Floats:
    """Cloth, blinds, brickwork: a fine pattern in a part of the picture."""
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    pattern = np.ones(image.shape[:2], np.float32)
    angle, sharp = rng.uniform(0, np.pi), rng.uniform(1, 6)
    for heading in (angle, angle + np.pi / 2)[: int(rng.integers(1, 3))]:
        period = rng.uniform(2.5, 14)
        wave = np.sin((x * np.cos(heading) + y * np.sin(heading)) * np.float32(2 * np.pi / period))
        pattern *= np.tanh(np.float32(sharp) * wave)
    where = _softened(_blob(image.shape, _somewhere(image.shape[0], rng), rng.uniform(20, 90), 0.3, rng), 1.0)
    return np.asarray(image + (rng.uniform(0.03, 0.2) * where * pattern)[..., None], np.float32)


def _shade(image: Floats, rng: Generator) -> Floats:
    """Shadows and light that falls in: wide, with soft edges, of the picture's own colours."""
    radius = rng.uniform(15, 80)
    coverage = _blob(image.shape, _somewhere(image.shape[0], rng), radius, rng.uniform(0, 0.6), rng)
    coverage = _softened(coverage, rng.uniform(0.15, 0.5) * radius)
    return np.asarray(image * (1 + rng.choice([-1, 1]) * rng.uniform(0.1, 0.5) * coverage)[..., None], np.float32)


_DAMAGE: dict[str, tuple[Drawing, ...]] = {
    "scratch": (_scratches, _scratches, _scratches, _scuffs),
    "dust": (_specks, _specks, _hairs),
    "crack": (_cracks, _cracks, _fold, _flakes, _corner),
    "stain": (_blotch, _blotch, _ring, _foxing),
}
_CONFOUNDERS: tuple[Drawing, ...] = (
    *(_wires, _wires, _fence, _blades, _blades, _lettering, _lettering, _lights, _lights),
    *(_frames, _outlines, _dots, _weave, _shade),
)
