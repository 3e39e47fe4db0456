"""The classical way to find damage, as the peer of our detector: nothing in it is learned.

Bright and dark structures thinner than a disc come from top-hat and bottom-hat transforms (Serra, "Image Analysis and
Mathematical Morphology", 1982) at several sizes; openings with line segments in many directions tell scratches and
cracks from specks (Soille and Talbot, "Directional morphological filtering", PAMI 2001).  Stains are where lightness or
colour departs from its wide surroundings.  Responses are measured in units of the local deviation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Picture = NDArray[np.uint8]
    Floats = NDArray[np.float32]
    Mask = NDArray[np.bool_]

DISCS = (5, 9, 15)
"""Diameters of what counts as thin, px."""
DIRECTIONS = 12
LENGTH = 21
"""Of the line segments, px: a structure that holds one is a line."""


@dataclass(frozen=True)
class Settings:
    """Thresholds, in local deviations; the defaults were chosen on pictures that are not in the benchmark."""

    line: float = 4.0
    speck: float = 6.0
    stain: float = 3.5
    faintest: float = 14.0  # levels of 255, whatever the deviation


def find(picture: Picture, settings: Settings = Settings()) -> dict[str, Mask]:
    """Bool H×W for `line` (scratches and cracks), `speck` (dust) and `stain`, of a picture uint8 H×W×3."""
    lab = np.asarray(cv2.cvtColor(picture, cv2.COLOR_RGB2LAB), np.uint8)
    light = lab[..., 0]
    lines, specks = np.zeros(light.shape, bool), np.zeros(light.shape, bool)
    for response in (_thin(light, cv2.MORPH_TOPHAT), _thin(light, cv2.MORPH_BLACKHAT)):
        deviation = _deviation(response)
        along = _along_lines(response)
        lines |= (along > settings.line * deviation) & (along > settings.faintest)
        specks |= (response > settings.speck * deviation) & (response > settings.faintest)
    specks &= ~cv2.dilate(lines.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool)
    return {"line": lines, "speck": specks, "stain": _stains(lab, settings)}


def _thin(light: NDArray[np.uint8], way: int) -> Floats:
    discs = (cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)) for size in DISCS)
    return np.asarray(np.max([cv2.morphologyEx(light, way, disc) for disc in discs], 0), np.float32)


def _along_lines(response: Floats) -> Floats:
    best = np.zeros_like(response)
    for direction in np.arange(DIRECTIONS) * np.pi / DIRECTIONS:
        segment = np.zeros((LENGTH, LENGTH), np.uint8)
        reach = LENGTH // 2 * np.array([np.cos(direction), np.sin(direction)])
        first, last = np.rint(LENGTH // 2 - reach).astype(int), np.rint(LENGTH // 2 + reach).astype(int)
        cv2.line(segment, first.tolist(), last.tolist(), 1)
        best = np.maximum(best, cv2.morphologyEx(response, cv2.MORPH_OPEN, segment))
    return best


def _deviation(response: Floats, size: int = 61) -> Floats:
    mean = cv2.blur(response, (size, size))
    square = cv2.blur(response * response, (size, size))
    return np.sqrt(np.maximum(square - mean * mean, 1.0)).astype(np.float32)


def _stains(lab: NDArray[np.uint8], settings: Settings) -> Mask:
    side = max(31, min(lab.shape[:2]) // 3 | 1)
    smooth = cv2.medianBlur(lab, 15).astype(np.float32)
    away = np.abs(smooth - cv2.blur(smooth, (side, side)))
    away = np.maximum(away[..., 0], 2 * np.hypot(away[..., 1], away[..., 2]))
    bits = (away > settings.stain * max(float(np.median(away)), 2.0)).astype(np.uint8)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (9, 9))
    return np.asarray(cv2.morphologyEx(bits, cv2.MORPH_OPEN, disc) > 0)
