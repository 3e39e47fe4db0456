"""Every so-manieth pixel of a picture with its repairs: enough to show soon what a change would come to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from restorer.document.repair import Image, Repair, visible_in
from restorer.imaging.marks import Marks
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray


def thinned(image: Image, region: Region, step: int) -> NDArray[Any]:
    """Every `step`-th pixel across and down of a region that begins at multiples of `step`; callable on any thread.

    With a step of 1 it is what `Image.read` tells.  With others grain is drawn anew, fainter, as the mean of so many
    pixels has less of it, and a feather is as wide as whole steps can be.
    """
    repairs = tuple(thin(repair, region, step) for repair in visible_in(image.repairs, region))
    if step == 1:
        return replace(image, repairs=repairs).read(region)
    return replace(image, original=image.original[::step, ::step], repairs=repairs).read(divided(region, step))


def thin(repair: Repair, region: Region, step: int) -> Repair:
    """What of a repair reaches into a region, in a picture of every `step`-th pixel; see `thinned`."""
    patches = tuple(_thin(patch, region, step) for patch in repair.patches_in(region))
    patches = tuple(patch for patch in patches if not patch.region.empty)
    if step == 1:
        return replace(repair, patches=patches)
    grain = repair.grain and replace(repair.grain, amount=repair.grain.amount / step)
    if not repair.feather:
        return replace(repair, patches=patches, grain=grain)
    place = divided(repair.wanted.region, step)
    height, width = repair.wanted.shape
    bits = repair.wanted.read(_times(place, step) & Region(0, 0, width, height))[::step, ::step]
    wanted = Marks.of(Stroke(place, bits), (-(-height // step), -(-width // step)))
    return replace(repair, patches=patches, grain=grain, wanted=wanted, feather=max(1, round(repair.feather / step)))


def _thin(patch: Patch, region: Region, step: int) -> Patch:
    place = divided(patch.region & region, step)
    rows = slice(place.top * step - patch.region.top, min(region.bottom, patch.region.bottom) - patch.region.top, step)
    columns = slice(
        place.left * step - patch.region.left, min(region.right, patch.region.right) - patch.region.left, step
    )
    return Patch(place, patch.pixels[rows, columns], patch.mask[rows, columns])


def divided(region: Region, step: int) -> Region:
    """Of every `step`-th column and row those that lie in a region."""
    return Region(*(-(-side // step) for side in (region.left, region.top, region.right, region.bottom)))


def _times(region: Region, step: int) -> Region:
    return Region(*(side * step for side in (region.left, region.top, region.right, region.bottom)))
