"""What has been restored, laid over the original."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.patch import Patch, Stroke


@dataclass(frozen=True, eq=False)
class Repair:
    """One answer of the engine: its patches, how strongly they count, and how they were made."""

    patches: tuple[Patch, ...]
    wanted: Stroke
    """What was marked (and grown) for it; the patches lie within."""
    made: dict[str, str]
    """What the engine recorded of itself: network, weights, precision, device, seed."""
    strength: float = 1.0
    on: bool = True

    @cached_property
    def region(self) -> Region:
        region = Region(0, 0, 0, 0)
        for patch in self.patches:
            region = region | patch.region
        return region

    @cached_property
    def nbytes(self) -> int:
        return sum(patch.nbytes for patch in self.patches)


@dataclass(frozen=True, eq=False)
class Image:
    """The picture as restored so far: the original and, in their order, the repairs over it.  Immutable.

    There is no second full copy: `read` puts together the region that is asked for.
    """

    original: NDArray[Any]
    repairs: tuple[Repair, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        return self.original.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.original.dtype

    def read(self, region: Region) -> NDArray[Any]:
        """A copy of the restored pixels of `region`, which lies inside the picture."""
        pixels = self.original[region.slices].copy()
        for repair in self.repairs:
            if repair.on and repair.strength > 0 and not (repair.region & region).empty:
                for patch in repair.patches:
                    _lay(pixels, region, patch, repair.strength)
        return pixels


def _lay(pixels: NDArray[Any], region: Region, patch: Patch, strength: float) -> None:
    common = patch.region & region
    if common.empty:
        return
    mask = patch.mask[common.within(patch.region).slices]
    new = patch.pixels[common.within(patch.region).slices]
    under = pixels[common.within(region).slices]
    if strength < 1:
        mixed = under + strength * (new.astype(np.float32) - under)
        new = np.rint(mixed).astype(pixels.dtype)
    under[mask] = new[mask]
