"""A picture the way round it lies in its file, read part by part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.files.orientation import as_stored, region_as_shown, shown_size
from restorer.imaging.patch import Pixels
from restorer.imaging.region import Region

PixelSource = NDArray[Any] | Pixels
"""Pixels as shown: an array, or anything that is read region by region."""


@dataclass(frozen=True, eq=False)
class Stored:
    """Pixels as shown, seen as they are stored."""

    source: PixelSource
    orientation: int = 1

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.source.dtype

    @property
    def shape(self) -> tuple[int, int, int]:
        """Height, width and channels in the file."""
        shape = self.source.shape
        width, height = shown_size(shape[1], shape[0], self.orientation)
        return height, width, shape[2] if len(shape) == 3 else 1

    def read(self, rows: slice, columns: slice) -> NDArray[Any]:
        """Stored rows and columns, h×w×channels; a view, where the source is an array."""
        height, width, _ = self.shape
        region = Region(columns.start, rows.start, columns.stop, rows.stop)
        shown = region_as_shown(region, self.orientation, (width, height))
        part = self.source[shown.slices] if isinstance(self.source, np.ndarray) else self.source.read(shown)
        turned = as_stored(part, self.orientation)
        return turned if turned.ndim == 3 else turned[..., np.newaxis]


def equal(one: NDArray[Any], other: NDArray[Any]) -> bool:
    """Whether two parts hold the same bits; a float that is no number equals itself."""
    if one.dtype.kind == "f":
        one, other = one.view(f"u{one.dtype.itemsize}"), other.view(f"u{other.dtype.itemsize}")
    return bool(np.array_equal(one, other))
