"""Small pictures for the list: by Qt where it can, which is fast; by our own readers else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtGui import QImage

from restorer.imaging.display import displayed
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import probe, read_photograph
from restorer.ui import opening
from restorer.ui.canvas.colour import ScreenColours

if TYPE_CHECKING:
    from pathlib import Path

MOST_PIXELS = 60_000_000
"""Larger pictures that Qt does not know are shown as an empty frame: decoding them takes too long for so little."""


def small_picture(path: Path, side: int) -> QImage:
    """The picture in `path`, reduced to fill a square of `side` px; null if it cannot be read.  On any thread."""
    quick = opening.small_picture(path, side)
    if not quick.isNull():
        return quick
    try:
        header = probe(path, inks=True)
        if header.width * header.height > MOST_PIXELS:
            return QImage()
        photograph = read_photograph(path, inks=True)
    except (RestorerError, MemoryError):
        return QImage()
    step = max(1, min(photograph.pixels.shape[:2]) // (2 * side))
    few = np.ascontiguousarray(photograph.pixels[::step, ::step])
    shown = displayed(few, photograph.levels, inks=photograph.inks, icc=photograph.icc)
    shown = ScreenColours(None if photograph.inks else photograph.icc)(shown)
    scale = side / min(shown.shape[:2])
    size = max(1, round(shown.shape[1] * scale)), max(1, round(shown.shape[0] * scale))
    small = cv2.resize(shown, size, interpolation=cv2.INTER_AREA)
    colours = np.ascontiguousarray(small if small.ndim == 3 else np.repeat(small[..., None], 3, axis=2), np.uint8)
    height, width = colours.shape[:2]
    return QImage(colours.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
