"""The photograph being restored: the original, its mask, its repairs and their history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.document.history import History, MaskChange, Step
from restorer.document.repair import Image, Repair
from restorer.imaging import mask as masks
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_photograph
from restorer.imaging.job import Job
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.imaging.files import Photograph
    from restorer.imaging.patch import Patch, Stroke

NEAR = 256
"""Other marks within so many px of a stroke are grown like the stroke itself before it is healed."""

SEEN = 64
SEEN_TIMES = 8
"""A fill looks at most `SEEN` px, and so many times the smaller side of what it fills, beyond it."""


class Document:
    """One opened photograph with its mask and repairs.  Belongs to one thread; its `image` may cross to others.

    Attributes:
        photograph: the file as it was read; never written to.
        mask: bool H×W, what is marked now; change it only through the methods.
        repairs: in the order in which they lie over the original.
    """

    def __init__(self, photograph: Photograph) -> None:
        self.photograph = photograph
        self.mask: NDArray[np.bool_] = np.zeros(photograph.pixels.shape[:2], bool)
        self.repairs: tuple[Repair, ...] = ()
        self.history = History()
        self._exported: tuple[Repair, ...] = ()

    @classmethod
    def open(cls, path: Path) -> Document:
        """Read a photograph.

        Raises:
            RestorerError: it cannot be read; the sentence says why and what to do.
        """
        return cls(read_photograph(path))

    @property
    def original(self) -> NDArray[Any]:
        """Pixels as opened, as shown: read-only uint8 or uint16, H×W[×C]."""
        return self.photograph.pixels

    @property
    def bounds(self) -> Region:
        return Region.of_shape(self.mask.shape)

    @property
    def image(self) -> Image:
        """The picture as restored so far; a snapshot that later changes do not touch."""
        return Image(self.original, self.repairs)

    @property
    def marked(self) -> bool:
        """Is anything marked?"""
        return bool(self.mask.any())

    @property
    def unsaved(self) -> bool:
        """Is there work that no export holds: other repairs than it had, or marks not yet restored?"""
        return self.repairs != self._exported or self.marked

    def exported(self) -> None:
        """The image as it is now has been written to a file."""
        self._exported = self.repairs

    # --- the mask ------------------------------------------------------------------------------------------

    def mark(self, stroke: Stroke, *, erase: bool = False) -> Region:
        """Add a stroke to the mask, or take it away: one undo step.  Returns the region that changed (may be empty)."""
        before = self.mask[stroke.region.slices]
        after = before & ~stroke.bits if erase else before | stroke.bits
        return self._change_mask("Erase" if erase else "Paint", stroke.region, after)

    def set_mask(self, mask: NDArray[np.bool_], name: str = "Import mask") -> Region:
        """Replace the whole mask (bool H×W): one undo step.

        Raises:
            RestorerError: the mask has another size than the picture.
        """
        if mask.shape != self.mask.shape:
            masks.check(mask, self.mask.shape)
        region = Region.around(self.mask ^ mask)
        return self._change_mask(name, region, mask[region.slices])

    def clear_mask(self) -> Region:
        return self.set_mask(np.zeros_like(self.mask), "Clear mask")

    def _change_mask(self, name: str, region: Region, after: NDArray[np.bool_]) -> Region:
        before = self.mask[region.slices]
        changed = Region.around(before ^ after)
        if changed.empty:
            return changed
        inside = changed.slices
        changed = changed.moved(region.left, region.top)
        change = MaskChange.between(changed, before[inside], after[inside])
        self._do(Step(name, change, self.repairs, self.repairs))
        return changed

    # --- repairs -------------------------------------------------------------------------------------------

    def job(self, stroke: Stroke | None = None, *, grow: int = 0, seed: int = 0) -> Job:
        """A job that restores everything marked, or one stroke of it, grown by `grow` px.

        Raises:
            RestorerError: nothing is marked, or everything is.
        """
        if stroke is None:
            damage = masks.grown(self.mask, grow).copy() if grow else self.mask.copy()
            masks.check(damage, self.mask.shape)
            wanted = masks.cropped(damage)
        else:
            wanted = masks.grown_stroke(stroke, grow, self.mask.shape)
            near = wanted.region.grown(NEAR) & self.bounds  # growing all of 24 megapixels would be felt
            damage = self.mask.copy()
            damage[near.slices] = masks.grown(damage[near.slices], grow)
            damage[wanted.region.slices] |= wanted.bits
            masks.check(damage, self.mask.shape)
        damage.flags.writeable = False
        return Job(self.image, wanted, damage, seed)

    def current(self, job: Job) -> bool:
        """Would the job's answer still fit: nothing it read from has been repaired or taken back since?"""
        seen: tuple[Repair, ...] = getattr(job.image, "repairs", ())
        changed = set(seen) ^ set(self.repairs)
        place = job.wanted.region
        read = place.grown(SEEN + SEEN_TIMES * min(place.width, place.height))
        return not any(not (repair.region & read).empty for repair in changed)

    def apply(self, job: Job, patches: Sequence[Patch], made: Mapping[str, str]) -> Region:
        """Lay the answer of a job over the image and unmark what it restored: one undo step.

        Returns the region that changed.

        Raises:
            RestorerError: the picture under the job has changed since, or a patch reaches beyond what the job wanted;
                the answer is dropped.
        """
        if not self.current(job):
            raise RestorerError("The picture changed while it was being restored: restore once more.")
        if not all(_within(patch, job.wanted) for patch in patches):
            raise RestorerError(
                "The network answered outside of what was marked: nothing was changed; please report it."
            )
        repair = Repair(tuple(patches), job.wanted, dict(made))
        region = job.wanted.region
        before = self.mask[region.slices]
        change = MaskChange.between(region, before, before & ~job.wanted.bits)
        self._do(Step("Restore", change, self.repairs, (*self.repairs, repair)))
        return region | repair.region

    # --- history -------------------------------------------------------------------------------------------

    def undo(self) -> Region:
        """Take the last step back.  Returns the region that changed; empty if there was nothing to undo."""
        return self._move(self.history.undo(), after=False)

    def redo(self) -> Region:
        return self._move(self.history.redo(), after=True)

    def _do(self, step: Step) -> None:
        self.history.add(step)
        self._move(step, after=True)

    def _move(self, step: Step | None, *, after: bool) -> Region:
        if step is None:
            return Region(0, 0, 0, 0)
        region = Region(0, 0, 0, 0)
        if step.mask is not None:
            region = step.mask.region
            self.mask[region.slices] = step.mask.bits(after=after)
        for repair in set(step.before) ^ set(step.after):
            region = region | repair.region
        self.repairs = step.after if after else step.before
        return region


def _within(patch: Patch, wanted: Stroke) -> bool:
    """Does a patch change nothing but what was wanted?"""
    common = patch.region & wanted.region
    inside = patch.mask[common.within(patch.region).slices]
    allowed = wanted.bits[common.within(wanted.region).slices]
    return int(inside.sum()) == int(patch.mask.sum()) and not bool((inside & ~allowed).any())
