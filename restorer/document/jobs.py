"""What the engine is asked for a document: jobs, made of its picture and its marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from restorer.imaging import mask as masks
from restorer.imaging.job import Job
from restorer.imaging.marks import Marks, Placed
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from restorer.document.repair import Image, Repair
    from restorer.imaging.marks import Damage


NEAR = 256
"""Other marks within so many px of a stroke are grown like the stroke itself before it is healed."""

SEEN = 64
SEEN_TIMES = 8
"""A fill looks at most `SEEN` px, and so many times the smaller side of what it fills, beyond it."""


def of_marks(image: Image, mask: Marks, *, grow: int, seed: int) -> Job:
    """All that is marked, grown by `grow` px."""
    wanted = mask.grown(grow)
    return Job(image, wanted, Placed(wanted, mask.shape), seed)


def of_stroke(image: Image, mask: Marks, stroke: Stroke, *, grow: int, seed: int) -> Job:
    """One stroke of what is marked, grown by `grow` px; the rest is damage, too.

    Raises:
        RestorerError: nothing of the picture would be left to draw from.
    """
    wanted = masks.grown_stroke(stroke, grow, mask.shape)
    damage = mask.snapshot()
    if grow:
        near = wanted.region.grown(NEAR) & Region.of_shape(mask.shape)  # growing all of 24 megapixels would be felt
        _add(damage, masks.grown(damage.read(near), grow), near)
    _add(damage, wanted.bits, wanted.region)
    masks.check(damage, mask.shape)
    return Job(image, wanted, damage, seed)


def of_repair(below: Image, repair: Repair, *, seed: int | None, grow: int) -> Job:
    """A repair once more, from the picture `below` it; by default with the seed that it was made with.

    Raises:
        RestorerError: grown by `grow` px, it would cover the whole picture.
    """
    shape, wanted = repair.wanted.shape, repair.wanted.cropped()
    if seed is None:
        seed = int(repair.made.get("seed", "0"))
    damage: Damage = repair.damage if repair.damage is not None else Placed(wanted, shape)
    if grow:
        wanted = masks.grown_stroke(wanted, grow, shape)
        larger = repair.wanted.snapshot() if repair.damage is None else repair.damage.snapshot()
        _add(larger, wanted.bits, wanted.region)
        masks.check(larger, shape)
        damage = larger
    return Job(below, wanted, damage, seed)


def by_hand(image: Image, mask: Marks, wanted: Stroke) -> Job:
    """A stroke that a person fills."""
    damage = mask.snapshot()
    _add(damage, wanted.bits, wanted.region)
    return Job(image, wanted, damage)


def read_by(job: Job, bounds: Region) -> Region:
    """Where the job's answer may have taken its pixels from."""
    place = job.wanted.region
    return place.grown(SEEN + SEEN_TIMES * min(place.width, place.height)) & bounds


def _add(marks: Marks, bits: NDArray[np.bool_], region: Region) -> None:
    changes = marks.added(Marks.of(Stroke(region, bits), marks.shape))
    marks.put((key, after) for key, (_, after) in changes.items())
