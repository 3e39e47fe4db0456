"""What happens to a whole picture, damaged or not: how prints age and how scanners see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.training.strokes import noise

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Drawing = Callable[[Floats, Generator], Floats]


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
        image = image + amount * noise(rng, image.shape[:2], size, channels)
    if rng.random() < 0.08:
        image = _halftone(image, rng)
    return image.astype(np.float32)


def scanned(image: Floats, rng: Generator) -> Floats:
    """What happens to picture and damage alike: the scanner's softness and noise, compression."""
    if rng.random() < 0.3:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 0.7)).astype(np.float32)
    if rng.random() < 0.3:
        image = image + rng.uniform(0.002, 0.012) * noise(rng, image.shape[:2], 0.3, 3)
    levels = np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8)
    if rng.random() < 0.4:
        quality = int(rng.integers(55, 97))
        coded = cv2.imencode(".jpg", levels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        levels = np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8)[..., ::-1]
    return (levels / np.float32(255)).astype(np.float32)


def _halftone(image: Floats, rng: Generator) -> Floats:
    period, angle = rng.uniform(2.2, 5), rng.uniform(0, np.pi)
    y, x = np.mgrid[: image.shape[0], : image.shape[1]].astype(np.float32)
    u = x * np.cos(angle) + y * np.sin(angle)
    v = -x * np.sin(angle) + y * np.cos(angle)
    screen = np.cos(2 * np.pi * u / period) * np.cos(2 * np.pi * v / period)
    dots = 1 / (1 + np.exp(-(image - 0.5 + 0.45 * screen[..., None]) * 8))
    return np.asarray(image + rng.uniform(0.3, 0.9) * (dots - image), np.float32)
