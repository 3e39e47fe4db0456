"""What looks like damage and is none: wires, fences, grass and hair, lettering, lights, cloth, shadows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.training.strokes import blob, line, over, softened, somewhere, walk

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Drawing = Callable[[Floats, Generator], Floats]


def _wires(image: Floats, rng: Generator) -> Floats:
    size, colour = image.shape[0], rng.uniform(0, 0.5, 3) if rng.random() < 0.8 else rng.uniform(0.4, 1, 3)
    along = np.linspace(-0.1, 1.1, 40)
    width, first, slope, sag = rng.uniform(0.7, 3), rng.uniform(0, 1), rng.normal(0, 0.3), rng.uniform(0, 0.3)
    for _ in range(int(rng.integers(1, 5))):
        first += rng.normal(0, 0.12)
        points = np.stack([along, first + slope * along + sag * 4 * along * (1 - along)], 1) * size
        if rng.random() < 0.3:
            points = points[:, ::-1]
        image = over(image, line(image.shape, points, width), colour)
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
            image = over(image, line(image.shape, points, width), colour)
    return image


def _blades(image: Floats, rng: Generator) -> Floats:
    """Grass, or hair that belongs to the picture: many lines side by side that bend alike."""
    base, heading = rng.uniform(0, 0.8, 3), rng.uniform(0, 2 * np.pi)
    centre, spread = somewhere(image.shape[0], rng), rng.uniform(6, 40)
    length, bend, width = rng.uniform(20, 120), rng.uniform(0.01, 0.15), rng.uniform(0.6, 2)
    for _ in range(int(rng.integers(12, 50))):
        start = centre + rng.normal(0, spread, 2)
        points = walk(start, heading + rng.normal(0, 0.2), length * rng.uniform(0.5, 1), 5, bend, rng)
        colour = np.clip(base + rng.normal(0, 0.12), 0, 1)
        image = over(image, line(image.shape, points, width), colour)
    return image


def _lettering(image: Floats, rng: Generator) -> Floats:
    letters = list("abcdefghiklmnoprstuvwxyzABCDEFGHKLMNORSTUVWXYZ0123456789.,-")
    font, scale = int(rng.integers(0, 8)), rng.uniform(0.3, 1.4)
    canvas = np.zeros(image.shape[:2], np.uint8)
    origin = somewhere(image.shape[0], rng) * [0.6, 1]
    for row in range(int(rng.integers(1, 6))):
        text = "".join(rng.choice(letters, int(rng.integers(2, 14))))
        place = int(origin[0]), int(origin[1] + row * 30 * scale)
        cv2.putText(canvas, text, place, font, scale, 255, int(rng.integers(1, 3)), cv2.LINE_AA)
    return over(image, np.asarray(canvas / 255 * rng.uniform(0.6, 1), np.float32), rng.uniform(0, 1, 3))


def _lights(image: Floats, rng: Generator) -> Floats:
    """Stars, lamps, glints: bright in the middle, with a halo that dust has not."""
    tint = np.clip(1 - rng.uniform(0, 0.25, 3) * [0, 0.5, 1], 0, 1)
    for _ in range(int(rng.integers(3, 30))):
        where, radius = somewhere(image.shape[0], rng), rng.uniform(0.5, 2.6)
        core = blob(image.shape, where, radius, 0.0, rng)
        if rng.random() < 0.6:
            image = image + (0.5 * softened(core, radius * 1.5))[..., None] * tint.astype(np.float32)
        image = over(image, core, tint)
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
            image = over(image, line(image.shape, points, width), colour)
    return image


def _outlines(image: Floats, rng: Generator) -> Floats:
    """Rims of glasses, cups, wheels: smooth closed lines, mostly beside a shaded copy of themselves."""
    for _ in range(int(rng.integers(1, 4))):
        centre, axes = somewhere(image.shape[0], rng), rng.uniform(5, 45, 2)
        turn, spin = np.linspace(0, 2 * np.pi * rng.choice([1, rng.uniform(0.3, 1)]), 60), rng.uniform(0, np.pi)
        points = np.stack([axes[0] * np.cos(turn), axes[1] * np.sin(turn)], 1)
        points = points @ np.array([[np.cos(spin), -np.sin(spin)], [np.sin(spin), np.cos(spin)]]) + centre
        width, level = rng.uniform(0.8, 4), rng.uniform(0, 1)
        if rng.random() < 0.6:
            shade = line(image.shape, points + rng.normal(0, 1.5, 2), width)
            image = over(image, 0.7 * shade, np.full(3, rng.uniform(0, 1)))
        image = over(image, line(image.shape, points, width), np.clip(level + rng.normal(0, 0.06, 3), 0, 1))
    return image


def _dots(image: Floats, rng: Generator) -> Floats:
    """Buttons, pearls, rivets, a pattern on cloth: many alike, at even distances."""
    step, radius, colour = rng.uniform(6, 26), rng.uniform(0.8, 5), rng.uniform(0, 1, 3)
    heading, start = rng.uniform(0, 2 * np.pi), somewhere(image.shape[0], rng)
    along = np.array([np.cos(heading), np.sin(heading)])
    across = np.array([-along[1], along[0]])
    coverage = np.zeros(image.shape[:2], np.float32)
    for row in range(int(rng.integers(1, 6))):
        for number in range(int(rng.integers(3, 9))):
            where = start + (number * along + (row + 0.5 * (number % 2)) * across) * step
            coverage = np.maximum(coverage, blob(image.shape, where, radius, 0.0, rng))
    return over(image, softened(coverage, rng.uniform(0, 1)), colour)


def _weave(image: Floats, rng: Generator) -> Floats:
    """Cloth, blinds, brickwork: a fine pattern in a part of the picture."""
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    pattern = np.ones(image.shape[:2], np.float32)
    angle, sharp = rng.uniform(0, np.pi), rng.uniform(1, 6)
    for heading in (angle, angle + np.pi / 2)[: int(rng.integers(1, 3))]:
        period = rng.uniform(2.5, 14)
        wave = np.sin((x * np.cos(heading) + y * np.sin(heading)) * np.float32(2 * np.pi / period))
        pattern *= np.tanh(np.float32(sharp) * wave)
    where = softened(blob(image.shape, somewhere(image.shape[0], rng), rng.uniform(20, 90), 0.3, rng), 1.0)
    return np.asarray(image + (rng.uniform(0.03, 0.2) * where * pattern)[..., None], np.float32)


def _shade(image: Floats, rng: Generator) -> Floats:
    """Shadows and light that falls in: wide, with soft edges, of the picture's own colours."""
    radius = rng.uniform(15, 80)
    coverage = blob(image.shape, somewhere(image.shape[0], rng), radius, rng.uniform(0, 0.6), rng)
    coverage = softened(coverage, rng.uniform(0.15, 0.5) * radius)
    return np.asarray(image * (1 + rng.choice([-1, 1]) * rng.uniform(0.1, 0.5) * coverage)[..., None], np.float32)


LOOKALIKES: tuple[Drawing, ...] = (
    *(_wires, _wires, _fence, _blades, _blades, _lettering, _lettering, _lights, _lights),
    *(_frames, _outlines, _dots, _weave, _shade),
)
