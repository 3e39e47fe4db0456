"""What a document makes of an answer of the engine: a repair, with the grain that the answer lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from restorer.document.jobs import read_by
from restorer.document.repair import Image, Repair, trimmed, visible_in
from restorer.imaging.cloning import Cloning
from restorer.imaging.errors import RestorerError
from restorer.imaging.grain import measured
from restorer.imaging.marks import Marks
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from restorer.imaging.grain import Grain
    from restorer.imaging.job import Job
    from restorer.imaging.patch import Patch, Stroke


def check(patches: Sequence[Patch], job: Job) -> None:
    """Raises RestorerError if a patch reaches beyond what the job wanted."""
    if not all(_within(patch, job.wanted) for patch in patches):
        raise RestorerError("The network answered outside of what was marked: nothing was changed; please report it.")


def repair_of(job: Job, patches: Sequence[Patch], made: Mapping[str, str]) -> Repair:
    """The answer of a job as a repair, not yet numbered."""
    height, width = job.image.shape[:2]
    bounds, by_hand = Region.of_shape((height, width)), Cloning.of(made)
    read = read_by(job, bounds) if by_hand is None else by_hand.read(job.wanted.region) & bounds
    return Repair(
        counting(patches),
        Marks.of(job.wanted, (height, width)),
        dict(made),
        damage=job.damage if isinstance(job.damage, Marks) else None,
        read=read,
        under=visible_in(getattr(job.image, "repairs", ()), read),
        when=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def in_place_of(earlier: Repair, repair: Repair, run: int) -> Repair:
    """The repair as the run of that number of an earlier one, which has been changed by hand since."""
    return replace(
        repair, number=earlier.number, run=run, strength=earlier.strength, name=earlier.name, feather=earlier.feather
    )


def counting(patches: Sequence[Patch]) -> tuple[Patch, ...]:
    """Those in which anything counts, without the margin that does not."""
    return tuple(trimmed(patch) for patch in patches if patch.mask.any())


def grain_lacking(job: Job, patches: Sequence[Patch]) -> Grain | None:
    """What the answer of a job lacks of the grain around it, for `Document.apply`; callable on any thread.

    Amount and seed are the document's to choose.  None where too little is known around the answer to tell.
    """
    inks = isinstance(job.image, Image) and job.image.inks
    return measured(job.image, counting(patches), job.damage, amount=1.0, seed=0, inks=inks)


def grain_of(repair: Repair, below: Image, amount: float, lacking: Grain | None = None) -> Grain:
    """So much (0..1) of the grain that a repair lacks, in the picture `below` it; `lacking` as `grain_lacking` told.

    Raises:
        RestorerError: too little is known around it to tell what its grain should be.
    """
    if repair.grain is not None:
        return replace(repair.grain, amount=amount)
    if lacking is not None:
        return replace(lacking, amount=amount, seed=repair.number)
    damage = repair.damage if repair.damage is not None else repair.wanted
    found = measured(below, repair.patches, damage, amount=amount, seed=repair.number, inks=below.inks)
    if found is None:
        raise RestorerError("There is too little around this repair to take grain from: it stays as it is.")
    return found


def has_grain(made: Mapping[str, str]) -> bool:
    """Is a repair made of the picture's own pixels alone, by hand or by copying?  Noise would be invented."""
    return Cloning.of(made) is not None or made.get("model") == "patches"


def _within(patch: Patch, wanted: Stroke) -> bool:
    """Does a patch change nothing but what was wanted?"""
    common = patch.region & wanted.region
    inside = patch.mask[common.within(patch.region).slices]
    allowed = wanted.bits[common.within(wanted.region).slices]
    return int(inside.sum()) == int(patch.mask.sum()) and not bool((inside & ~allowed).any())
