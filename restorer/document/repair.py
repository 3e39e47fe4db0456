"""What has been restored, laid over the original."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.imaging.feather import weights
from restorer.imaging.grain import grained
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from restorer.imaging.files import Photograph
    from restorer.imaging.grain import Grain
    from restorer.imaging.marks import Marks

    Key = tuple[int, int, bool, float, int, Grain | None]


NOWHERE = Region(0, 0, 0, 0)
STRIP = 1 << 20
"""Px that are looked at in one go."""


@dataclass(frozen=True, eq=False)
class Repair:
    """One answer of the engine: its patches, how strongly they count, and how they were made."""

    patches: tuple[Patch, ...]
    wanted: Marks
    """What was marked (and grown) for it; the patches lie within."""
    made: dict[str, str]
    """What the engine recorded of itself: network, weights, precision, device, seed."""
    strength: float = 1.0
    on: bool = True
    number: int = 0
    """1, 2, … in the order of making; stays when it is switched, weakened or run again."""
    run: int = 1
    """How many times it has been restored."""
    damage: Marks | None = None
    """All that was known to be damaged then, and so no source; None if that was just what was wanted."""
    read: Region = NOWHERE
    """Where it may have taken its pixels from."""
    under: tuple[Repair, ...] = ()
    """The repairs that could be seen in that place when it was made."""
    when: str = ""
    """The end of its making, ISO 8601 in UTC."""
    grain: Grain | None = None
    """Noise over the patches, which stay as they were made."""
    name: str = ""
    """What a person calls it; empty: by its number."""
    feather: int = 0
    """Px inwards from the rim along which it passes into what is below it."""

    @cached_property
    def region(self) -> Region:
        region = Region(0, 0, 0, 0)
        for patch in self.patches:
            region = region | patch.region
        return region

    @cached_property
    def nbytes(self) -> int:
        return sum(patch.nbytes for patch in self.patches)

    @property
    def visible(self) -> bool:
        return self.on and self.strength > 0

    @property
    def key(self) -> Key:
        """What tells its pixels from those of every other state of every repair of the document."""
        return self.number, self.run, self.on, self.strength, self.feather, self.grain

    def shown(self, patch: Patch) -> Patch:
        """One of `patches` with its grain."""
        if self.grain is None or self.grain.amount == 0:
            return patch
        if id(patch) not in self._grained:
            self._grained[id(patch)] = grained(patch, self.grain)
        return self._grained[id(patch)]

    def take_grained(self, other: Repair) -> None:
        """Its patches with their grain are those of another state of the same repair, which has drawn them already."""
        if self.patches is other.patches and self.grain == other.grain:
            self.__dict__["_grained"] = other._grained

    @cached_property
    def _grained(self) -> dict[int, Patch]:
        return {}  # by the identity of patches that live as long as the repair

    def patches_in(self, region: Region) -> list[Patch]:
        """Those that reach into a region, in their order."""
        if len(self.patches) < 16:
            return [patch for patch in self.patches if not (patch.region & region).empty]
        left, top, right, bottom = self._boxes
        meeting = (left < region.right) & (right > region.left) & (top < region.bottom) & (bottom > region.top)
        return [self.patches[at] for at in np.flatnonzero(meeting)]

    @cached_property
    def _boxes(self) -> NDArray[np.int64]:
        """4×n: left, top, right and bottom of each patch; a picture full of dust has thousands."""
        boxes = [(p.region.left, p.region.top, p.region.right, p.region.bottom) for p in self.patches]
        return np.array(boxes, np.int64).reshape(-1, 4).T


@dataclass(frozen=True, eq=False)
class Image:
    """The picture as restored so far: the original and, in their order, the repairs over it.  Immutable.

    There is no second full copy: `read` puts together the region that is asked for.
    """

    original: NDArray[Any]
    repairs: tuple[Repair, ...] = ()
    inks: bool = False
    """Are the channels cyan, magenta, yellow and black (and alpha)?"""
    levels: tuple[float, float] | None = None
    """The values of black and of white, where they are not those of the type."""
    padding: tuple[int, int] | None = None
    """From the first to the last, values that stand for no pixel at all, and are no source."""

    @classmethod
    def of(cls, photograph: Photograph, repairs: tuple[Repair, ...] = ()) -> Image:
        return cls(photograph.pixels, repairs, photograph.inks, photograph.levels, photograph.padding)

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
            if repair.visible and not (repair.region & region).empty:
                for patch in repair.patches_in(region):
                    _lay(pixels, region, repair, repair.shown(patch))
        return pixels


def visible_in(repairs: Sequence[Repair], region: Region) -> tuple[Repair, ...]:
    """Those that show in a region, in their order."""
    return tuple(repair for repair in repairs if repair.visible and not (repair.region & region).empty)


def stale(repairs: Sequence[Repair], index: int) -> bool:
    """Has what the repair at `index` read from changed since?  `repairs` are those of the picture, in their order."""
    repair = repairs[index]
    return [seen.key for seen in repair.under] != [now.key for now in visible_in(repairs[:index], repair.read)]


def same_pixels(one: Sequence[Patch], other: Sequence[Patch], region: Region) -> bool:
    """Do two answers say the same of a region, whatever patches they are cut into?

    Takes a few MB, however wide they are; callable on any thread.
    """
    return all(_alike(one, other, strip) for strip in strips(region))


def strips(region: Region) -> Iterator[Region]:
    """A region from top to bottom, in parts of about a megapixel."""
    rows = max(1, STRIP // max(1, region.width))
    for top in range(region.top, region.bottom, rows):
        yield Region(region.left, top, region.right, min(top + rows, region.bottom))


def _alike(one: Sequence[Patch], other: Sequence[Patch], strip: Region) -> bool:
    there, here = _flat(one, strip), _flat(other, strip)
    if there is None or here is None:
        return there is None and here is None
    return np.array_equal(there[1], here[1]) and np.array_equal(there[0], here[0])


def _flat(patches: Sequence[Patch], strip: Region) -> tuple[NDArray[Any], NDArray[np.bool_]] | None:
    """The pixels of patches and where they count, in a strip; None if they do nowhere."""
    near = [patch for patch in patches if not (patch.region & strip).empty]
    if not near:
        return None
    pixels = np.zeros((strip.height, strip.width, *near[0].pixels.shape[2:]), near[0].pixels.dtype)
    counts = np.zeros(pixels.shape[:2], bool)
    for patch in near:
        common = patch.region & strip
        mask = patch.mask[common.within(patch.region).slices]
        pixels[common.within(strip).slices][mask] = patch.pixels[common.within(patch.region).slices][mask]
        counts[common.within(strip).slices] |= mask
    return (pixels, counts) if counts.any() else None


def trimmed(patch: Patch) -> Patch:
    """The same without the margin that does not count: what an engine reads around a scratch is none of it."""
    tight = Region.around(patch.mask)
    if tight.width == patch.region.width and tight.height == patch.region.height:
        return patch
    place = tight.moved(patch.region.left, patch.region.top)
    return Patch(place, patch.pixels[tight.slices].copy(), patch.mask[tight.slices].copy())


def _lay(pixels: NDArray[Any], region: Region, repair: Repair, patch: Patch) -> None:
    common = patch.region & region
    if common.empty:
        return
    mask = patch.mask[common.within(patch.region).slices]
    new = patch.pixels[common.within(patch.region).slices]
    under = pixels[common.within(region).slices]
    if repair.strength < 1 or repair.feather:
        share: float | NDArray[np.float32] = repair.strength
        if repair.feather:
            share = share * weights(repair.wanted, common, repair.feather).reshape(*mask.shape, *[1] * (new.ndim - 2))
        mixed = new.astype(np.float32)
        mixed -= under
        mixed *= share
        mixed += under
        new = (np.rint(mixed, out=mixed) if pixels.dtype.kind in "iu" else mixed).astype(pixels.dtype)
    np.copyto(under, new, where=mask.reshape(*mask.shape, *[1] * (new.ndim - 2)))
