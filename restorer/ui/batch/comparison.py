"""A result beside its original, read on a worker, to be looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.document.document import Document
from restorer.imaging.display import displayed
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_photograph
from restorer.imaging.region import Region
from restorer.ui.canvas.colour import ScreenColours
from restorer.ui.canvas.layers import DisplayLayers, Picture
from restorer.ui.canvas.overlay import Overlay

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.imaging.files import Photograph

NEAR = 64
"""Px: what has changed closer together than this is one place."""


@dataclass(frozen=True, eq=False)
class Comparison:
    """An original and a result of the same size.

    Attributes:
        document: the original; nothing is done to it.
        layers: the original before, the result after.
        places: where they differ, from top to bottom.
    """

    document: Document
    layers: DisplayLayers
    places: tuple[Region, ...]


def compared(source: Path, target: Path) -> Comparison:
    """Read both.

    Raises:
        RestorerError: one of them cannot be read, or they are not of one size.
    """
    document = Document.open(source)
    result = read_photograph(target, inks=True)
    if result.pixels.shape[:2] != document.original.shape[:2]:
        raise RestorerError(f"“{target.name}” is not of its original's size: restore it again.")
    before, after = _shown(document.photograph), _shown(result)
    shape = _shape(document.original)
    if _shape(result.pixels) != shape:  # grey that was written as colours, or the other way round
        shape = (*shape[:2], 3)
        before, after = _in_colours(before), _in_colours(after)
    first = Picture(before, shape, costly=True)
    layers = DisplayLayers(first, Picture(after, shape, costly=True), Overlay(document.mask))
    return Comparison(document, layers, _places(document.original, result.pixels))


def _shown(photograph: Photograph) -> Callable[[Region], NDArray[np.uint8]]:
    colours = ScreenColours(None if photograph.inks else photograph.icc)
    pixels = photograph.pixels

    def read(region: Region) -> NDArray[np.uint8]:
        part = pixels[region.slices]
        return colours(displayed(part, photograph.levels, inks=photograph.inks, icc=photograph.icc))

    return read


def _in_colours(read: Callable[[Region], NDArray[np.uint8]]) -> Callable[[Region], NDArray[np.uint8]]:
    def coloured(region: Region) -> NDArray[np.uint8]:
        part = read(region)
        return part if part.ndim == 3 else np.repeat(part[..., None], 3, axis=2)

    return coloured


def _shape(pixels: NDArray[Any]) -> tuple[int, ...]:
    coloured = pixels.ndim == 3 and pixels.shape[2] > 2
    return (*pixels.shape[:2], 3) if coloured else pixels.shape[:2]


def _places(before: NDArray[Any], after: NDArray[Any]) -> tuple[Region, ...]:
    """Rectangles around what differs; of files of different kinds, which cannot be compared so, none."""
    if before.shape != after.shape or before.dtype != after.dtype:
        return ()
    height, width = before.shape[:2]
    small = np.zeros((-(-height // NEAR), -(-width // NEAR)), np.uint8)
    for row in range(small.shape[0]):
        part = slice(row * NEAR, (row + 1) * NEAR)
        differs = before[part] != after[part]
        columns = differs.any(axis=(0, 2)) if differs.ndim == 3 else differs.any(axis=0)
        small[row] = np.logical_or.reduceat(columns, np.arange(0, width, NEAR))
    count, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    places = []
    for left, top, wide, high, _ in stats[1:count]:
        area = Region(left * NEAR, top * NEAR, min(width, (left + wide) * NEAR), min(height, (top + high) * NEAR))
        places.append(area)
    return tuple(sorted(places, key=lambda one: (one.top, one.left)))
