"""The small pieces that cross between document and engine: strokes in, patches out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.region import Region


class Pixels(Protocol):
    """A picture that is read region by region; what `read` returns belongs to the caller."""

    @property
    def shape(self) -> tuple[int, ...]:
        """H×W, H×W×2 (grey, alpha), H×W×3 or H×W×4 (RGB, alpha)."""
        ...

    @property
    def dtype(self) -> np.dtype[Any]:
        """uint8 or uint16."""
        ...

    def read(self, region: Region) -> NDArray[Any]:
        """A copy of the pixels of `region`, which lies inside the picture."""
        ...


@dataclass(frozen=True, eq=False)
class Stroke:
    """The mask pixels of one gesture: `bits` bool h×w at `region`."""

    region: Region
    bits: NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Patch:
    """Restored pixels and where they belong; final.

    `pixels` has the picture's dtype and channels, h×w[×c]; `mask` bool h×w says which of them count.
    """

    region: Region
    pixels: NDArray[Any]
    mask: NDArray[np.bool_]

    def __post_init__(self) -> None:
        self.pixels.flags.writeable = False
        self.mask.flags.writeable = False

    @property
    def nbytes(self) -> int:
        return self.pixels.nbytes + self.mask.nbytes


@dataclass(frozen=True, eq=False)
class Whole:
    """An array as `Pixels`: uint8 or uint16, H×W[×C]."""

    array: NDArray[Any]

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.array.dtype

    def read(self, region: Region) -> NDArray[Any]:
        return self.array[region.slices].copy()
