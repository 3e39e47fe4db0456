"""The photograph being restored: the original, its mask, its repairs and their history."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from restorer import __version__
from restorer.document import answers, jobs
from restorer.document.history import History, MaskChange, Step
from restorer.document.repair import Image, Repair, stale, visible_in
from restorer.document.source import Source, read_unchanged
from restorer.document.state import State
from restorer.imaging import mask as masks
from restorer.imaging.cloning import Cloning, laid
from restorer.imaging.errors import RestorerError
from restorer.imaging.feather import WIDEST
from restorer.imaging.files.orientation import combined
from restorer.imaging.job import Job
from restorer.imaging.marks import Marks
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.document.state import Shown
    from restorer.imaging.files import Photograph
    from restorer.imaging.files.photograph import Infrared
    from restorer.imaging.grain import Grain
    from restorer.imaging.marks import Changes
    from restorer.imaging.patch import Patch

    Event = Literal["do", "undo", "redo"]
    Follower = Callable[[Event, Step], None]

_NOWHERE = Region(0, 0, 0, 0)
_TURNS = {6: "Rotate right", 8: "Rotate left", 3: "Rotate by 180°", 2: "Flip horizontally", 4: "Flip vertically"}


class Document:
    """One opened photograph with its mask and repairs.  Belongs to one thread; its `image` may cross to others.

    Attributes:
        photograph: the file as it was read; never written to.  Only how it is `turned`, and the window of a medical
            one, change.
        source: that file, and whether it has changed since.
        mask: bool H×W, what is marked now; change it only through the methods.
        repairs: in the order in which they lie over the original.
        followers: told of each finished action, after it, on the document's thread.
        embedded_in: the project, if any, that holds the photograph's file too; saving keeps it so.
        grain: of what new repairs lack of the grain around them, they get so much, 0..1; a medical picture's get
            none, and neither do copies of the picture's own pixels.
        feather: of new repairs, px; what is done by hand has its own.
    """

    def __init__(self, photograph: Photograph, source: Source | None = None, history: History | None = None) -> None:
        self.photograph = photograph
        self.source = source or Source.of(photograph.path)
        self.mask = Marks(photograph.pixels.shape)
        self.repairs: tuple[Repair, ...] = ()
        self.history = history or History()
        self.followers: list[Follower] = []
        self.embedded_in: Path | None = None
        self.grain = 0.0
        self.feather = 0
        self._made = 0
        self._exported: Shown = ((), 1)
        self._saved: tuple[Shown, Marks] | None = None

    @classmethod
    def open(cls, path: Path, *, page: int = 1, infrared: Infrared | None = None) -> Document:
        """Read a photograph; `page` is one of a TIFF with several, `infrared` where it keeps an infrared scan, if that
        is wanted.

        Raises:
            RestorerError: it cannot be read; the sentence says why and what to do.
        """
        photograph, source = read_unchanged(path, page=page, infrared=infrared)
        return cls(photograph, source)

    @property
    def original(self) -> NDArray[Any]:
        """Pixels as opened, as shown: read-only uint8, uint16 or float32, H×W[×C]."""
        return self.photograph.pixels

    @property
    def bounds(self) -> Region:
        return Region.of_shape(self.mask.shape)

    @property
    def image(self) -> Image:
        """The picture as restored so far; a snapshot that later changes do not touch."""
        return Image.of(self.photograph, self.repairs)

    def state(self) -> State:
        """All of the work as it is now, to be saved on another thread."""
        done, undone = self.history.done, self.history.undone
        mask = self.mask.snapshot()
        return State(self.photograph, self.source, mask, self.repairs, done, undone, self.embedded_in)

    @property
    def marked(self) -> bool:
        """Is anything marked?"""
        return bool(self.mask.any())

    @property
    def shown(self) -> Shown:
        """What an export would hold: the repairs, and how the photograph is turned."""
        return self.repairs, self.photograph.turned

    @property
    def unsaved(self) -> bool:
        """Is there work that neither an export nor a project holds: other repairs, or marks not yet restored?"""
        now = self.shown
        if self._saved is not None and self._saved[0] == now and not self.mask.replaced(self._saved[1]):
            return False
        return now != self._exported or self.marked

    def exported(self) -> None:
        """The image as it is now has been written to a file."""
        self._exported = self.shown

    def saved(self, state: State) -> None:
        """That state has been written to a project."""
        self._saved = state.shown, state.mask

    def resume(self, state: State) -> None:
        """Take over the work of a project or a journal in place of what has been done here.  Tells nobody."""
        self.mask.put((key, None) for key in list(self.mask.tiles))
        self.mask.put(state.mask.tiles.items())
        self.repairs = state.repairs
        self._turn_to(state.photograph.turned)
        self.history.clear()
        self.history.load(state.done, state.undone)
        self._made = max(self._made, state.last_number)

    # --- the way round ---------------------------------------------------------------------------------------

    def turn(self, way: int) -> None:
        """See the photograph turned: one undo step.  No pixel, mark or place of one moves.

        Args:
            way: an orientation (TIFF 6.0, tag 274) that comes after the one it has: 6 turns it to the right, 8 to the
                left, 3 upside down, 2 mirrors left and right, 4 top and bottom.
        """
        before, after = self.photograph.turned, combined(self.photograph.turned, way)
        if before != after:
            self._do(Step(_TURNS.get(way, "Turn"), None, self.repairs, self.repairs, (before, after)))

    def _turn_to(self, turned: int) -> None:
        if turned != self.photograph.turned:
            self.photograph = replace(self.photograph, turned=turned)

    # --- the mask ------------------------------------------------------------------------------------------

    def mark(self, stroke: Stroke, *, erase: bool = False) -> Region:
        """Add a stroke to the mask, or take it away: one undo step.  Returns the region that changed (may be empty)."""
        drawn = Marks.of(stroke, self.mask.shape)
        if erase:
            return self._change_mask("Erase", self.mask.taken(drawn))
        return self._change_mask("Paint", self.mask.added(drawn))

    def set_mask(self, mask: NDArray[np.bool_] | Marks, name: str = "Import mask") -> Region:
        """Replace the whole mask (bool H×W): one undo step.

        Raises:
            RestorerError: the mask has another size than the picture.
        """
        if mask.shape != self.mask.shape:
            masks.check(mask, self.mask.shape)
        return self._change_mask(name, self.mask.replaced(Marks.of_array(mask)))

    def adjust(self, marks: Marks, repair: Repair | None = None, name: str = "Adjust shape") -> Region:
        """Put other marks in place of all, and take away the repair that was made of the earlier ones: one undo step.

        Returns the region that changed.
        """
        changes = self.mask.replaced(marks)
        after = tuple(each for each in self.repairs if each is not repair)
        if not changes and len(after) == len(self.repairs):
            return _NOWHERE
        change = MaskChange(changes) if changes else None
        self._do(Step(name, change, self.repairs, after))
        return (change.region if change else _NOWHERE) | (repair.region if repair is not None else _NOWHERE)

    def clear_mask(self) -> Region:
        return self.set_mask(Marks(self.mask.shape), "Clear mask")

    def _change_mask(self, name: str, changes: Changes) -> Region:
        if not changes:
            return _NOWHERE
        change = MaskChange(changes)
        self._do(Step(name, change, self.repairs, self.repairs))
        return change.region

    # --- repairs -------------------------------------------------------------------------------------------

    def job(self, stroke: Stroke | None = None, *, grow: int = 0, seed: int = 0) -> Job:
        """A job that restores everything marked, or one stroke of it, grown by `grow` px.

        Raises:
            RestorerError: nothing is marked, or everything is.
        """
        masks.check(self.mask, self.mask.shape)
        if stroke is None:
            return jobs.of_marks(self.image, self.mask, grow=grow, seed=seed)
        return jobs.of_stroke(self.image, self.mask, stroke, grow=grow, seed=seed)

    def job_again(self, repair: Repair, *, seed: int | None = None, grow: int = 0) -> Job:
        """A job that restores a repair once more, from the picture below it; for `apply(…, instead_of=repair)`.

        Args:
            repair: one of `repairs`.
            seed: another one for a variant; by default the one it was made with.
            grow: px by which it is to be larger than it was.

        Raises:
            RestorerError: grown, it would cover the whole picture.
        """
        return jobs.of_repair(self._below(repair), repair, seed=seed, grow=grow)

    def current(self, job: Job, *, instead_of: Repair | None = None) -> bool:
        """Would the job's answer still fit: nothing it read from has been repaired or taken back since?"""
        if instead_of is not None and instead_of not in self.repairs:
            return False
        now = self.repairs if instead_of is None else self.repairs[: self._index(instead_of)]
        seen: tuple[Repair, ...] = getattr(job.image, "repairs", ())
        read = jobs.read_by(job, self.bounds)
        return visible_in(seen, read) == visible_in(now, read)

    def stale(self, repair: Repair) -> bool:
        """Has what the repair read from changed since: a repair below it was switched, weakened, redone or deleted?"""
        return stale(self.repairs, self._index(repair))

    def apply(
        self,
        job: Job,
        patches: Sequence[Patch],
        made: Mapping[str, str],
        *,
        instead_of: Repair | None = None,
        name: str = "Restore",
        grain: Grain | None = None,
    ) -> Region:
        """Lay the answer of a job over the image and unmark what it restored: one undo step.

        With `instead_of` it takes the place of that repair, and the mask stays.  `grain` is what `grain_lacking` has
        told on another thread; where it `wants_grain` and is given none, it is measured here.  Returns the region that
        changed.

        Raises:
            RestorerError: the picture under the job has changed since, or a patch reaches beyond what the job wanted;
                the answer is dropped.
        """
        if not self.current(job, instead_of=instead_of):
            raise RestorerError("The picture changed while it was being restored: restore once more.")
        answers.check(patches, job)
        repair = answers.repair_of(job, patches, made)
        if instead_of is not None:
            again = answers.in_place_of(instead_of, repair, self._runs(instead_of.number) + 1)
            if instead_of.grain is not None and not answers.has_grain(made):
                with suppress(RestorerError):
                    amount = instead_of.grain.amount
                    again = replace(again, grain=answers.grain_of(again, self._below(instead_of), amount, grain))
            return self._replace("Restore again", instead_of, again)
        changes = self.mask.taken(repair.wanted)
        self._made += 1
        repair = replace(repair, number=self._made, feather=0 if Cloning.of(made) is not None else self.feather)
        if self.wants_grain() and not answers.has_grain(made):
            with suppress(RestorerError):  # too little is known around it to tell
                repair = replace(repair, grain=answers.grain_of(repair, self.image, self.grain, grain))
        change = MaskChange(changes) if changes else None
        self._do(Step(name, change, self.repairs, (*self.repairs, repair)))
        return repair.region if change is None else change.region | repair.region

    def switch(self, repair: Repair, on: bool) -> Region:
        """Show a repair, or what was below it: one undo step.  Returns the region that changed."""
        return self._replace("Switch on" if on else "Switch off", repair, replace(repair, on=on))

    def set_strength(self, repair: Repair, strength: float) -> Region:
        """How much a repair counts against what is below it, 0..1: one undo step.  Returns the region that changed."""
        if not 0 <= strength <= 1:
            raise ValueError(f"a strength of {strength}")
        return self._replace("Strength", repair, replace(repair, strength=float(strength)))

    def set_feather(self, repair: Repair, width: int) -> Region:
        """How many px inwards from its rim a repair passes into what is below it: one undo step.

        Returns the region that changed.
        """
        if not 0 <= width <= WIDEST:
            raise ValueError(f"a feather of {width} px")
        return self._replace("Feather", repair, replace(repair, feather=width))

    def set_grain(self, repair: Repair, amount: float, lacking: Grain | None = None) -> Region:
        """Give a repair so much (0..1) of the grain that it lacks, `lacking` where that was measured on another thread.

        One undo step.  Returns the region that changed.

        Raises:
            RestorerError: too little is known around it to tell what its grain should be.
        """
        if not 0 <= amount <= 1:
            raise ValueError(f"grain of {amount}")
        grain = None if amount == 0 else answers.grain_of(repair, self._below(repair), float(amount), lacking)
        return self._replace("Grain", repair, replace(repair, grain=grain))

    def wants_grain(self, instead_of: Repair | None = None) -> bool:
        """Will an answer, or one in place of that repair, get grain if it lacks it?"""
        if instead_of is not None:
            return instead_of.grain is not None
        return self.grain > 0 and not self.photograph.medical

    def rename(self, repair: Repair, name: str) -> None:
        """Call a repair something; empty: by its number.  One undo step."""
        if name != repair.name:
            self._replace("Rename", repair, replace(repair, name=name))

    def clone(self, stroke: Stroke, cloning: Cloning) -> Region:
        """Fill a stroke by hand from another place: one undo step, a repair like any other.

        Pixels whose source lies beyond the picture stay as they are.  Returns the region that changed; empty if that
        was all of them.

        Raises:
            RestorerError: the stroke is too large to be healed at once.
        """
        wanted = cloning.reached(stroke, self.mask.shape)
        if wanted is None:
            return _NOWHERE
        job = jobs.by_hand(self.image, self.mask, wanted)
        patch = laid(job, cloning, inks=self.photograph.inks)
        made = {**cloning.settings, "restorer": __version__}
        return self.apply(job, [patch], made, name="Heal by hand" if cloning.heals else "Clone")

    def delete(self, repair: Repair) -> Region:
        """Take a repair away: one undo step.  What was marked for it is not marked again."""
        return self._replace("Delete repair", repair, None)

    def _replace(self, name: str, old: Repair, new: Repair | None) -> Region:
        index = self._index(old)
        if new is not None and (new.key, new.name) == (old.key, old.name):
            return _NOWHERE
        if new is not None:
            new.take_grained(old)
        after = (*self.repairs[:index], *((new,) if new is not None else ()), *self.repairs[index + 1 :])
        self._do(Step(name, None, self.repairs, after))
        return old.region | (new.region if new is not None else _NOWHERE)

    def _below(self, repair: Repair) -> Image:
        return Image.of(self.photograph, self.repairs[: self._index(repair)])

    def _index(self, repair: Repair) -> int:
        """Raises RestorerError if it is not in the picture any more."""
        if repair not in self.repairs:
            raise RestorerError("That repair is not in the picture any more: choose another one.")
        return self.repairs.index(repair)

    def _runs(self, number: int) -> int:
        """The highest run that the repair of that number has had, also in steps that were undone."""
        steps = (*self.history.done, *self.history.undone)
        tuples = (self.repairs, *(step.before for step in steps), *(step.after for step in steps))
        return max(repair.run for repairs in tuples for repair in repairs if repair.number == number)

    # --- history -------------------------------------------------------------------------------------------

    def undo(self) -> Region:
        """Take the last step back.  Returns the region that changed; empty if there was nothing to undo."""
        return self._go("undo", self.history.undo())

    def redo(self) -> Region:
        return self._go("redo", self.history.redo())

    def join_last(self) -> None:
        """Make one step of the last two, which have the same name: for what is done bit by bit.

        Picture and marks stay what they are.
        """
        first, second = self.history.done[-2:]
        assert first.name == second.name
        self.undo()  # so that whoever follows, as a journal does, needs to know of nothing else
        self.undo()
        self._do(first.joined(second))

    def repeat(self, step: Step) -> None:
        """Do a step that was done before a crash; its `before` must be the repairs as they are."""
        self._do(step)
        self._made = max((self._made, *(repair.number for repair in step.after)))

    def _do(self, step: Step) -> None:
        self.history.add(step)
        self._go("do", step)

    def _go(self, event: Event, step: Step | None) -> Region:
        if step is None:
            return _NOWHERE
        region = _NOWHERE
        after = event != "undo"
        if step.mask is not None:
            region = step.mask.region
            self.mask.put(step.mask.side(after=after))
        if step.turned is not None:
            self._turn_to(step.turned[after])
        for repair in set(step.before) ^ set(step.after):
            region = region | repair.region
        self.repairs = step.after if after else step.before
        for follower in self.followers:
            follower(event, step)
        return region
