"""Scans with scratches, and what a batch is to make of them."""

from __future__ import annotations

from pathlib import Path

import cv2
import imagecodecs
import numpy as np


def picture(seed: int, shape: tuple[int, int] = (72, 96)) -> np.ndarray:
    """Smooth uint16 RGB."""
    noise = np.random.default_rng(seed).integers(0, 65535, (*shape, 3), np.uint16)
    return cv2.GaussianBlur(noise, (0, 0), 4)


def write_scan(path: Path, seed: int) -> np.ndarray:
    path.parent.mkdir(parents=True, exist_ok=True)
    pixels = picture(seed)
    path.write_bytes(imagecodecs.png_encode(pixels))
    return pixels


def write_scratch(path: Path, row: int | None, shape: tuple[int, int] = (72, 96)) -> np.ndarray:
    """A mask with a line in it, or an empty one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    mask = np.zeros(shape, bool)
    if row is not None:
        mask[row : row + 3, 10:-10] = True
    cv2.imwrite(str(path), mask.astype(np.uint8) * 255)
    return mask


def write_many(folder: Path, count: int) -> tuple[Path, Path]:
    """Numbered scans, and their masks."""
    for number in range(1, count + 1):
        write_scan(folder / "scans" / f"print-{number}.png", number)
        write_scratch(folder / "masks" / f"print-{number}.png", 10 + 3 * number)
    return folder / "scans", folder / "masks"


def read_back(path: Path) -> np.ndarray:
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)[..., ::-1]
