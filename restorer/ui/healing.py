"""The queue of what is to be restored in one document."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.document.repair import Repair
    from restorer.imaging.job import Job
    from restorer.imaging.marks import Marks
    from restorer.ui.engine import Answer, Engine


@dataclass(frozen=True)
class Again:
    """A repair, by its number, to be restored once more."""

    number: int
    model: str | None = None
    """Weights by name; None are those chosen for all."""
    seed: int | None = None
    """None is the one that it was made with."""


@dataclass(frozen=True, eq=False)
class _Running:
    stroke: Stroke | Again | None
    """The stroke that was asked for; None was everything marked."""
    marks: Stroke
    """What was marked of it when the job began."""
    job: Job
    instead_of: Repair | None = None
    """The repair whose place the answer takes."""


class Healing(QObject):
    """Strokes, or everything marked, to be restored one after the other.

    A job is made when its turn comes, so that it sees the repairs made before it.  Its answer counts if its marks are
    all still there and nothing that it read from has changed; otherwise what is left of its marks is tried again.

    Signals:
        applied(Region): an answer was laid over the picture.
        began(): a job begins.
        progressed(float): of the running job, 0..1.
        failed(str): one sentence; the queue is empty then.
        said(str): something worth a word, but no dialog.
        changed(): what runs or waits has changed.
    """

    applied = Signal(object)
    began = Signal()
    progressed = Signal(float)
    failed = Signal(str)
    said = Signal(str)
    changed = Signal()

    def __init__(self, document: Document, engine: Engine, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.grow = 0
        self._document = document
        self._engine = engine
        self._waiting: deque[Stroke | Again | None] = deque()
        self._running: _Running | None = None

    @property
    def active(self) -> bool:
        return self._running is not None

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @property
    def strokes(self) -> list[Stroke]:
        """What runs and waits, to be shown as being worked on."""
        running = [self._running.marks] if self._running else []
        return running + [stroke for stroke in self._waiting if isinstance(stroke, Stroke)]

    def restore_stroke(self, stroke: Stroke) -> None:
        self._waiting.append(stroke)
        self._go_on()

    def forget(self, stroke: Stroke) -> None:
        """That stroke is to be another one: what has been asked for of it is not wanted any more."""
        self._waiting = deque(waiting for waiting in self._waiting if waiting is not stroke)
        if self._running is not None and self._running.stroke is stroke:
            self._running.job.cancel()
            self._running = None
            self._go_on()

    def restore_marked(self) -> None:
        """Everything marked; `failed` says so if nothing is."""
        if self._running is None and not self._document.marked:
            self._start(None)  # fails with the document's own words
            return
        if None not in self._waiting:
            self._waiting.append(None)
        self._go_on()

    def restore_again(self, again: Again) -> None:
        """A repair once more, in its own place."""
        self._waiting.append(again)
        self._go_on()

    def cancel(self) -> None:
        """End what runs and forget what waits; the marks stay."""
        if self._running is None and not self._waiting:
            return
        if self._running is not None:
            self._running.job.cancel()
            self._running = None  # the engine may need a moment to notice, the window does not
        self._waiting.clear()
        self.said.emit(self.tr("Cancelled. What was marked is still marked."))
        self.changed.emit()

    def marks_changed(self) -> None:
        """The mask changed other than by an answer: see whether what runs is still wanted."""
        running = self._running
        if running is None or running.instead_of is not None:
            return
        left = _left_of(running.marks, self._document.mask)
        if left is running.marks:
            return
        running.job.cancel()
        self._running = None
        if left is not None:
            self._waiting.appendleft(None if running.stroke is None else left)
        self._go_on()

    # --- one after the other ---------------------------------------------------------------------------------

    def _go_on(self) -> None:
        while self._waiting and self._running is None:
            stroke = self._waiting.popleft()
            if stroke is None:
                if self._document.marked:
                    self._start(None)
            elif isinstance(stroke, Again):
                self._start_again(stroke)
            else:
                left = _left_of(stroke, self._document.mask)
                if left is not None:
                    self._start(left)
        self.changed.emit()

    def _start(self, stroke: Stroke | None) -> None:
        try:
            job = self._document.job(stroke, grow=self.grow)
        except RestorerError as error:
            self._fail(str(error))
            return
        self._run(_Running(stroke, stroke or self._document.mask.cropped(), job), None)

    def _start_again(self, again: Again) -> None:
        repair = next((repair for repair in self._document.repairs if repair.number == again.number), None)
        if repair is None:
            return  # deleted meanwhile
        job = self._document.job_again(repair, seed=again.seed)
        self._run(_Running(again, repair.wanted.cropped(), job, repair), again.model)

    def _run(self, running: _Running, model: str | None) -> None:
        self._running = running
        self.began.emit()
        grain = self._document.wants_grain(running.instead_of)
        task = self._engine.restore(running.job, model, grain=grain)
        task.progressed.connect(partial(self._progressed, running))
        task.done.connect(partial(self._done, running))
        task.failed.connect(partial(self._failed, running))

    def _progressed(self, running: _Running, share: float) -> None:
        if self._running is running:
            self.progressed.emit(share)

    def _done(self, running: _Running, answer: Answer) -> None:
        if self._running is not running:
            return  # cancelled or replaced meanwhile
        self._running = None
        if self._document.current(running.job, instead_of=running.instead_of):
            try:
                region = self._document.apply(
                    running.job, answer.patches, answer.made, instead_of=running.instead_of, grain=answer.grain
                )
            except RestorerError as error:
                self._fail(str(error))
                return
            self.applied.emit(region)
        else:  # a repair it had read from was taken back: its marks are all there, so try again
            self._waiting.appendleft(running.stroke)
            self.said.emit(self.tr("The picture changed meanwhile: restoring once more."))
        self._go_on()

    def _failed(self, running: _Running, error: Exception) -> None:
        if self._running is not running:
            return
        self._running = None
        if isinstance(error, Cancelled):
            self._go_on()
        else:
            self._fail(sentence_of(error))

    def _fail(self, sentence: str) -> None:
        self._waiting.clear()  # the rest would fail alike: one dialog, not one a stroke
        self.changed.emit()
        self.failed.emit(sentence)


def _left_of(stroke: Stroke, mask: Marks) -> Stroke | None:
    """The part of a stroke that is still marked: the same stroke if all of it is, None if nothing is."""
    bits = stroke.bits & mask[stroke.region.slices]
    if (bits == stroke.bits).all():
        return stroke
    tight = Region.around(bits)
    if tight.empty:
        return None
    return Stroke(tight.moved(stroke.region.left, stroke.region.top), bits[tight.slices].copy())
