"""Damaged prints that judge detectors: the masks of `masks.py` with an appearance, and pictures that only look damaged.

Another generator than the trainer's (`training/defects.py`), which never imports this one: opaque or half-transparent,
bright or dark, with soft rims, emboss, tide lines, and paper texture where emulsion is lost.  The order of the random
draws is part of the contract: figures stay comparable only while these pixels do (a test holds hashes of them).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.evaluation.masks import make_mask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.random import Generator
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

KINDS = ("scratch", "dust", "crack", "stain")

VISIBLE = 6
"""Levels of 255: a pixel that changed by more, in any channel, is damaged."""


def damaged(picture: Picture, kinds: Sequence[str] = KINDS, seed: int = 0) -> tuple[Picture, dict[str, Mask]]:
    """A copy with damage (uint8 H×W×3, RGB), and bool H×W for each kind: where it changed the picture visibly."""
    rng = np.random.default_rng(seed)
    image, scale = picture.astype(np.float32), _scale(picture)
    masks = {}
    for kind in kinds:
        shape = make_mask(kind, picture.shape[0], picture.shape[1], int(rng.integers(1 << 31)), scale)
        before = image.copy()
        image = _DRAW[kind](image, shape, rng, scale)
        masks[kind] = np.abs(image - before).max(2) > VISIBLE
    return np.clip(np.round(image), 0, 255).astype(np.uint8), masks


def confounded(picture: Picture, seed: int = 0) -> Picture:
    """A copy with wires, lettering, lamps and stars: nothing of it is damage."""
    rng = np.random.default_rng(seed)
    image, (height, width), scale = picture.copy(), picture.shape[:2], _scale(picture)
    for _ in range(3):
        start, end, sag = rng.uniform(0, height), rng.uniform(0, height), rng.uniform(0, 40) * scale
        along = np.linspace(0, 1, 60)
        line = np.stack([along * width, start + (end - start) * along + sag * 4 * along * (1 - along)], 1)
        colour = [int(value) for value in rng.integers(20, 90, 3)]
        thickness = max(1, int(1.5 * scale))
        cv2.polylines(image, [(line * 8).astype(np.int32)], False, colour, thickness, cv2.LINE_AA, 3)
    for _ in range(4):
        text = "".join(rng.choice(list("ABCDEHKMNRST0123456789"), 6))
        place = int(rng.uniform(0, 0.8 * width)), int(rng.uniform(0.1, 0.95) * height)
        size = rng.uniform(0.4, 0.9) * scale
        colour = [int(value) for value in rng.integers(0, 255, 3)]
        thickness = max(1, int(1.3 * scale))
        cv2.putText(image, text, place, cv2.FONT_HERSHEY_SIMPLEX, size, colour, thickness, cv2.LINE_AA)
    for _ in range(25):
        centre = int(rng.uniform(0, width)), int(rng.uniform(0, height * 0.4))
        cv2.circle(image, centre, max(1, int(rng.uniform(1, 2.5) * scale)), (255, 250, 235), -1, cv2.LINE_AA)
    return image


def _scale(picture: Picture) -> float:
    return float((picture.shape[0] * picture.shape[1] / (768 * 512)) ** 0.5)


def _soft(shape: NDArray[np.generic], sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(shape.astype(np.float32), (0, 0), max(sigma, 0.3))[..., None], np.float32)


def _texture(rng: Generator, shape: tuple[int, ...], sigma: float, amount: float) -> Floats:
    noise = cv2.GaussianBlur(rng.normal(size=shape).astype(np.float32), (0, 0), sigma)
    return np.asarray((noise / max(float(noise.std()), 1e-6) * amount)[..., None], np.float32)


def _scratch(image: Floats, shape: Mask, rng: Generator, scale: float) -> Floats:
    count, labels = cv2.connectedComponents(shape.astype(np.uint8))
    for i in range(1, count):
        blend = _soft(labels == i, 0.5 * scale) * rng.uniform(0.35, 1.0)
        blend = blend * (1 + _texture(rng, shape.shape, 12 * scale, 0.35))
        tone = np.array(rng.uniform(200, 255) if rng.random() < 0.7 else rng.uniform(0, 50), np.float32)
        tint = tone + np.array(rng.normal(0, 8, 3), np.float32)
        image = image + np.clip(blend, 0, 1) * (tint - image)
    return image


def _dust(image: Floats, shape: Mask, rng: Generator, scale: float) -> Floats:
    count, labels = cv2.connectedComponents(shape.astype(np.uint8))
    bright = rng.random(count) < 0.75
    tones = np.where(bright, rng.uniform(215, 255, count), rng.uniform(5, 60, count)).astype(np.float32)
    strength = rng.uniform(0.5, 1.0, count).astype(np.float32)
    strength[0] = 0
    blend = cv2.GaussianBlur(strength[labels], (0, 0), 0.6 * scale)[..., None]
    tone = cv2.GaussianBlur(tones[labels], (0, 0), 0.6 * scale)[..., None]
    return np.asarray(image + blend * (tone - image), np.float32)


def _crack(image: Floats, shape: Mask, rng: Generator, scale: float) -> Floats:
    core = _soft(shape, 0.7 * scale)
    angle, shift = rng.uniform(0, 2 * np.pi), 2.5 * scale
    move = np.array([[1, 0, shift * np.cos(angle)], [0, 1, shift * np.sin(angle)]], np.float32)
    light = cv2.warpAffine(core[..., 0], move, core.shape[1::-1])[..., None]
    paper = rng.uniform(190, 245) + _texture(rng, shape.shape, 1.2 * scale, 9)
    lit = rng.uniform(18, 45) * light * (1 - core)
    image = image + lit - rng.uniform(10, 30) * _soft(shape, 4 * scale) * (1 - core)
    return np.asarray(image + rng.uniform(0.7, 1.0) * core * (paper - image), np.float32)


def _stain(image: Floats, shape: Mask, rng: Generator, scale: float) -> Floats:
    body = np.clip(_soft(shape, 3 * scale) * (1 + _texture(rng, shape.shape, 15 * scale, 0.25)), 0, 1)
    rim = np.abs(cv2.Laplacian(_soft(shape, 2.5 * scale)[..., 0], cv2.CV_32F))
    rim = (rim / max(float(rim.max()), 1e-6))[..., None]
    if rng.random() < 0.7:  # foxing, tea, water: takes light away
        colour = np.array([rng.uniform(0.75, 0.95), rng.uniform(0.55, 0.85), rng.uniform(0.35, 0.7)], np.float32)
        return np.asarray(image * (1 - body * (1 - colour) * rng.uniform(0.6, 1.0)) * (1 - 0.25 * rim), np.float32)
    return np.asarray(image + body * rng.uniform(0.4, 0.9) * (rng.uniform(190, 245) - image), np.float32)  # bleached


_DRAW: dict[str, Callable[[Floats, Mask, Generator, float], Floats]] = {
    "scratch": _scratch,
    "dust": _dust,
    "crack": _crack,
    "stain": _stain,
}
