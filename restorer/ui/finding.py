"""Looking for damage in one document, and choosing what of it is to be marked."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.imaging.damage import looked_at
from restorer.imaging.errors import Cancelled
from restorer.imaging.files import infrared_scan
from restorer.ui.defects import (
    Choice,
    Terms,
    add,
    choose,
    nearest,
    piece_at,
    pixel_of,
)
from restorer.ui.infrared import InfraredSearch
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.document.document import Document
    from restorer.imaging.files.infrared_scan import Where
    from restorer.imaging.files.photograph import Infrared
    from restorer.imaging.findings import Findings
    from restorer.imaging.marks import Marks
    from restorer.imaging.patch import Stroke
    from restorer.imaging.region import Region
    from restorer.ui.defects import Place
    from restorer.ui.editor import Editor
    from restorer.ui.engine import Engine
    from restorer.ui.worker import Task, Worker


class Finding(QObject):
    """From the search to the mask.  Nothing is marked before `apply`.

    Signals:
        changed(): what is going on is another: a search, a choice, or nothing.
        chosen(): `choice` is another.
        sought(Region): that defect is to be looked at; None: none is any longer.
        progressed(float): of the search, 0..1.
        corrected(): a single defect was left out or taken in, or that was undone or redone.
        leaving(then): what was found is to be left, but has been corrected: somebody has to ask, and to call `then`
            when it is marked or forgotten.

    Args:
        analysis: the worker on which a choice is made, and an infrared scan is looked at.

    Attributes:
        places: where the photograph's own file may keep an infrared scan.
        infrared: the infrared scan by which damage is looked for; None: the network looks at the picture.
        here: the defect that is looked at, chosen or left out.
    """

    changed = Signal()
    chosen = Signal()
    sought = Signal(object)
    progressed = Signal(float)
    corrected = Signal()
    leaving = Signal(object)

    def __init__(self, editor: Editor, engine: Engine, analysis: Worker) -> None:
        super().__init__(editor)
        self._editor = editor
        self._engine = engine
        self._analysis = analysis
        self._cancelled: Event | None = None
        self._search: Task | None = None
        self._findings: Findings | None = None
        self._placing: Task | None = None
        self._choosing: Task | None = None
        self._waits = False
        self._then: Callable[[], None] | None = None
        self._at = -1
        self.here: Region | None = None
        self.terms = Terms()
        self._other: tuple[Place, ...] = ()
        """The defects that were taken, while all but those left out are chosen."""
        self._past: list[Terms] = []
        self._undone: list[Terms] = []
        self.choice: Choice | None = None
        self.places: tuple[Infrared, ...] = ()
        self.infrared: Where | None = None
        editor.opened.connect(self._opened)

    @property
    def possible(self) -> bool:
        """Are there weights that find damage?"""
        return bool(self._engine.detectors)

    @property
    def known(self) -> bool:
        """Is it known already whether it is possible?"""
        return self._engine.detectors is not None

    @property
    def may_be_film(self) -> bool:
        """Could there be an infrared scan of it?"""
        document = self._editor.document
        return document is not None and not document.photograph.medical

    @property
    def searching(self) -> bool:
        return self._cancelled is not None

    @property
    def active(self) -> bool:
        """Is there something to choose from?"""
        return self._findings is not None

    @property
    def has_corrections(self) -> bool:
        """Have single defects been left out or taken in, and nothing been marked since?"""
        return self.active and bool(self.terms.left_out or self.terms.taken or self._other)

    @property
    def can_undo(self) -> bool:
        return self.active and bool(self._past)

    @property
    def can_redo(self) -> bool:
        return self.active and bool(self._undone)

    def find(self) -> None:
        """Look for damage; what was found and corrected since is not thrown away for that."""
        if self.has_corrections:
            self._editor.said.emit(self.tr("What was found is shown still, as you corrected it."))
        else:
            self.start()

    def start(self) -> None:
        document = self._editor.document
        if document is None or self.searching or (self.infrared is None and not self.possible):
            return
        self._cancelled = cancelled = Event()
        self.leave()
        self._editor.began.emit()
        self._search = task = self._searched(document, cancelled)
        task.progressed.connect(partial(self._progressed, cancelled))
        task.done.connect(partial(self._done, cancelled, document))
        task.failed.connect(partial(self._failed, cancelled))
        self.changed.emit()

    def cancel(self) -> None:
        """Give up the search; if there is none, what was found.  What has been corrected is asked about."""
        if self.searching:
            self._end_search()
            self.changed.emit()
        elif self.has_corrections:
            self.leaving.emit(self.leave)
        else:
            self.leave()

    def leave(self) -> None:
        """Forget what was found, and mark nothing."""
        self._choosing, self._waits, self._then = None, False, None
        self._look_at(None)
        self._forget_corrections()
        if self._findings is not None:
            self._findings = self.choice = None
            self.chosen.emit()
            self.changed.emit()

    def apply(self, *, then: Callable[[], None] = lambda: None) -> None:
        """Mark what is chosen: one undo step.  `then` is called when it is marked, or if nothing is to be."""
        document, choice = self._editor.document, self.choice
        if self._choosing is not None:
            self._then = then  # as soon as it is known what is chosen
            return
        if document is not None and choice is not None:
            marks = document.mask.snapshot()
            add(marks, choice.found)
            self.leave()
            self._editor.set_mask(marks, "Find damage")
        then()

    # --- the search --------------------------------------------------------------------------------------------

    def look_in(self, where: Where | None) -> None:
        """Look for damage in an infrared scan, or with None in the picture again; begins at once."""
        if self.has_corrections:
            self.leaving.emit(partial(self._look_in, where))
        elif self._editor.document is not None:
            self._look_in(where)

    def _look_in(self, where: Where | None) -> None:
        self._end_search()
        self.infrared = where
        self.start()

    def _end_search(self) -> None:
        if self._cancelled is not None:
            self._cancelled.set()
            self._cancelled = None  # the engine may need a moment to notice, the window does not
        if self.infrared is not None and self._search is not None:
            self._analysis.go_on_without(self._search)  # a scan may lie on a file system that does not answer
        self._search = None

    def _searched(self, document: Document, cancelled: Event) -> Task:
        if self.infrared is None:
            return self._engine.find(looked_at(document.image, document.photograph), cancelled)
        search = InfraredSearch(document, self.infrared)

        def check() -> None:
            if cancelled.is_set():
                raise Cancelled

        return self._analysis.submit(lambda report: search.find(report, check))

    def _opened(self) -> None:
        """See where the file may keep an infrared scan; only its directories are read."""
        document = self._editor.document
        self.places, self.infrared = (), None
        if document is not None and document.photograph.format == "TIFF":
            photograph = document.photograph
            self._placing = task = self._analysis.submit(lambda _report: infrared_scan.places(photograph))
            task.done.connect(partial(self._placed, task))  # a file that is gone by now has none

    def _placed(self, task: Task, places: tuple[Infrared, ...]) -> None:
        if self._placing is task:
            self._placing = None
            self.places = places
            self.changed.emit()

    def close(self) -> None:
        """The window is gone: what is still on its way counts no more."""
        self._end_search()
        self._placing = None
        self.leave()

    def _progressed(self, cancelled: Event, share: float) -> None:
        if self._cancelled is cancelled:
            self.progressed.emit(share)

    def _done(self, cancelled: Event, document: Document, findings: Findings) -> None:
        if self._cancelled is not cancelled or self._editor.document is not document:
            return
        self._cancelled = self._search = None
        self._findings = findings
        self._at = -1
        self._choose()
        self.changed.emit()

    def _failed(self, cancelled: Event, error: Exception) -> None:
        if self._cancelled is not cancelled:
            return
        self._cancelled = self._search = self.infrared = None
        self.changed.emit()
        if not isinstance(error, Cancelled):
            self._editor.failed.emit(sentence_of(error))

    # --- the choice --------------------------------------------------------------------------------------------

    def set_sensitivity(self, share: float) -> None:
        self._set(replace(self.terms, sensitivity=share))

    def set_kind(self, kind: str, on: bool) -> None:
        self._set(replace(self.terms, kinds=self.terms.kinds | {kind} if on else self.terms.kinds - {kind}))

    def click(self, x: int, y: int, reach: int) -> None:
        """Leave out the defect at a place, or take it back."""
        choice = self.choice
        if choice is None:
            return
        found = nearest(choice.found, x, y, reach)
        place = found or nearest(choice.left_out, x, y, reach)
        if place is not None:
            self._turn(place, choice.left_out if found is None else choice.found, chosen=found is not None)

    def turn_here(self) -> None:
        """Leave out the defect that is looked at, or take it back."""
        choice, here = self.choice, self.here
        if choice is None or here is None or self._choosing is not None:
            return
        found = pixel_of(choice.found, here)
        place = found or pixel_of(choice.left_out, here)
        if place is not None:
            self._turn(place, choice.left_out if found is None else choice.found, chosen=found is not None)

    def _turn(self, place: Place, marks: Marks, *, chosen: bool) -> None:
        """The defect of that pixel of `marks` is among the chosen ones, or not: now the other way round."""
        terms = self.terms
        named, names = (terms.left_out, not chosen) if terms.taken is None else (terms.taken, chosen)
        if names:  # its place is noted: no longer
            piece = piece_at(marks, *place)
            named = tuple(each for each in named if piece is None or not _holds(piece, each))
        else:
            named = (*named, place)
        self._past.append(terms)
        self._undone.clear()
        self._set(replace(terms, left_out=named) if terms.taken is None else replace(terms, taken=named))
        self.corrected.emit()

    def set_single(self, on: bool) -> None:
        """Only the defects that are clicked are chosen, or all but those; of either it is known still which."""
        taken = self.terms.taken
        if on != (taken is not None):
            self._other, other = taken or (), self._other
            self._set(replace(self.terms, taken=other if on else None))

    def undo(self) -> None:
        """Take back what was left out or taken in last."""
        if self.can_undo:
            self._go_back_to(self._past.pop(), self._undone)

    def redo(self) -> None:
        if self.can_redo:
            self._go_back_to(self._undone.pop(), self._past)

    def _go_back_to(self, then: Terms, left: list[Terms]) -> None:
        """Sensitivity and kinds stay as they are."""
        left.append(self.terms)
        if then.taken is None and self.terms.taken is not None:
            self._other = self.terms.taken
        self._set(replace(self.terms, left_out=then.left_out, taken=then.taken))
        self.corrected.emit()
        self.changed.emit()  # all, or single ones: it may be the other way now

    def _forget_corrections(self) -> None:
        self.terms, self._other = replace(self.terms, left_out=(), taken=None), ()
        self._past.clear()
        self._undone.clear()

    def next(self, by: int = 1) -> None:
        """Look at the next defect, or at the one before."""
        if self.choice is None or not self.choice.places:
            return
        places = self.choice.places
        self._at = (self._at + by) % len(places) if self._at >= 0 else 0 if by > 0 else len(places) - 1
        self._look_at(places[self._at])

    def _look_at(self, place: Region | None) -> None:
        if place is not None or self.here is not None:
            self.here = place
            self.sought.emit(place)

    def _set(self, terms: Terms) -> None:
        self.terms = terms
        if self._findings is not None:
            self._choose()

    def _choose(self) -> None:
        """One choice is made at a time; the terms may change meanwhile."""
        findings, terms = self._findings, self.terms
        if self._choosing is not None:
            self._waits = True
            return
        assert findings is not None
        self._choosing = task = self._analysis.submit(lambda _report: choose(findings, terms))
        task.done.connect(partial(self._chose, task))
        task.failed.connect(partial(self._not_chosen, task))

    def _chose(self, task: Task, choice: Choice) -> None:
        if self._choosing is not task:
            return
        self._choosing = None
        before = self.choice.places[self._at : self._at + 1] if self.choice is not None and self._at >= 0 else ()
        self.choice = choice
        if before and before[0] in choice.places:
            self._at = choice.places.index(before[0])
        elif before:
            self._at = min(self._at, len(choice.places)) - 1  # the one that was looked at is left out: go on after it
        self.chosen.emit()
        if self._waits:
            self._waits = False
            self._choose()
        elif self._then is not None:
            then, self._then = self._then, None
            self.apply(then=then)

    def _not_chosen(self, task: Task, error: Exception) -> None:
        if self._choosing is task:
            self.leave()
            self._editor.failed.emit(sentence_of(error))


def _holds(piece: Stroke, place: Place) -> bool:
    x, y = place[0] - piece.region.left, place[1] - piece.region.top
    return bool(0 <= x < piece.region.width and 0 <= y < piece.region.height and piece.bits[y, x])
