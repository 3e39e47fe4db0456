"""What a repair rests on, over the picture: how sure it is, and what it drew from."""

from __future__ import annotations

from enum import Enum
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor

from restorer.imaging.cloning import Cloning
from restorer.imaging.errors import Cancelled
from restorer.imaging.region import Region
from restorer.ui.canvas.rendering import NOTE_COLOURS
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from restorer.document.document import Document
    from restorer.document.repair import Repair
    from restorer.imaging.job import Job
    from restorer.ui.editor import Editor
    from restorer.ui.engine import Engine

    Note = tuple[Region, NDArray[np.uint8]]

SURE, LIKELY = 0.02, 0.06
"""Expected absolute error, as a share of the range of values, up to which a pixel counts as certain, or as likely.

2 % is about five of 255 values: hardly seen; 6 % is fifteen, which is seen beside the true pixel.
"""


class Rests(Enum):
    """What is shown of a repair."""

    NOTHING = "nothing"
    SURENESS = "sureness"
    SOURCES = "sources"


PATTERNS = (Qt.BrushStyle.SolidPattern, Qt.BrushStyle.BDiagPattern, Qt.BrushStyle.DiagCrossPattern)
"""Of the three notes: told apart without their colours, too."""


def legend_colours(rests: Rests) -> tuple[QColor, ...]:
    """Of the lines of its legend."""
    return () if rests is Rests.NOTHING else NOTE_COLOURS


def classes(expected_error: NDArray[np.float32], mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """1 certain, 2 likely, 3 a guess; 0 outside the mask."""
    found = 1 + (expected_error > SURE).astype(np.uint8) + (expected_error > LIKELY).astype(np.uint8)
    return np.where(mask, found, 0).astype(np.uint8)


class Resting(QObject):
    """Asks the engine, and keeps what it said for as long as the repair is what it was.

    Signals:
        turned_to(Rests): what is shown from now on, though nobody asked for it.
        shown(list | None): notes over the picture: each a Region and its values, 0 to 3.
        told(list): the legend, a sentence for each value, perhaps one more.
        said(str): why there is nothing to be shown.
        changed(): a search has begun or ended.
        progressed(float): of the search, 0..1.
    """

    turned_to = Signal(object)
    shown = Signal(object)
    told = Signal(list)
    said = Signal(str)
    changed = Signal()
    progressed = Signal(float)

    def __init__(self, editor: Editor, engine: Engine) -> None:
        super().__init__(editor)
        self._editor = editor
        self._engine = engine
        self._job: Job | None = None
        self._of: tuple[int, int] | None = None

    @property
    def searching(self) -> bool:
        return self._job is not None

    def show(self, number: int, rests: Rests) -> None:
        """Show that of a repair; it takes the place of what is shown."""
        self._clear()
        document, repair = self._editor.document, self._editor.repair(number)
        if document is None or repair is None or rests is Rests.NOTHING:
            self.turned_to.emit(Rests.NOTHING)
            return
        by_hand = Cloning.of(repair.made)
        if by_hand is not None:
            self._show_by_hand(repair, by_hand, rests)
            return
        self._of = repair.number, repair.run
        self._job = job = document.job_again(repair)
        task = self._engine.rests(job, repair.made.get("model"), sources=rests is Rests.SOURCES)
        task.progressed.connect(partial(self._progressed, job))
        task.done.connect(partial(self._found, job, rests))
        task.failed.connect(partial(self._failed, job))
        self.told.emit([self.tr("Looking…")])
        self.changed.emit()

    def refresh(self) -> None:
        """The repairs have changed, perhaps: what is shown may be of one that is no more."""
        if self._of is None:
            return
        repair = self._editor.repair(self._of[0])
        if repair is None or repair.run != self._of[1] or not repair.visible:
            self.forget()

    def forget(self) -> None:
        """Show nothing, and end a search."""
        self._clear()
        self.turned_to.emit(Rests.NOTHING)

    def _clear(self) -> None:
        job, self._job, self._of = self._job, None, None
        if job is not None:
            job.cancel()
            self.changed.emit()
        self.shown.emit(None)
        self.told.emit([])

    def _show_by_hand(self, repair: Repair, cloning: Cloning, rests: Rests) -> None:
        document = self._editor.document
        assert document is not None
        if rests is Rests.SURENESS:
            self.turned_to.emit(Rests.NOTHING)
            self.said.emit(self.tr("This was done by hand: no network says how sure it is."))
            return
        self._of = repair.number, repair.run
        stroke = repair.wanted.cropped()
        source = stroke.region.moved(cloning.dx, cloning.dy)
        self.shown.emit(
            [(stroke.region, stroke.bits.astype(np.uint8)), (source, stroke.bits.astype(np.uint8) * np.uint8(3))]
        )
        self._tell_sources()

    def _progressed(self, job: Job, share: float) -> None:
        if self._job is job:
            self.progressed.emit(share)

    def _found(self, job: Job, rests: Rests, answer: object) -> None:
        if self._job is not job:
            return
        self._job = None
        document = self._editor.document
        assert document is not None
        if answer is None:
            self.forget()
            self.said.emit(self.tr("These are copied pixels: no network says how sure it is of them."))
        elif rests is Rests.SURENESS:
            self.shown.emit([(patch.region, classes(error, patch.mask)) for patch, error in answer])  # type: ignore[attr-defined]
            self.told.emit(
                [
                    self.tr("As good as certain: expected to be off by 2 % at most"),
                    self.tr("Likely: by 2 to 6 %"),
                    self.tr("A guess: by more than 6 %"),
                ]
            )
        else:
            self.shown.emit(_notes_of(document, job, answer))
            self._tell_sources()
        self.changed.emit()

    def _tell_sources(self) -> None:
        self.told.emit(
            [
                self.tr("The repair"),
                self.tr("It drew on this"),
                self.tr("It drew on this most: without it, it would look another way"),
            ]
        )

    def _failed(self, job: Job, error: Exception) -> None:
        if self._job is not job:
            return
        self._job = None
        self.forget()
        if not isinstance(error, Cancelled):
            self.said.emit(sentence_of(error))
        self.changed.emit()


def _notes_of(document: Document, job: Job, drawn: object) -> list[Note]:
    """Of `engine.resting.DrawnFrom`: its parts without damage, and the repair itself."""
    notes: list[Note] = [(job.wanted.region, job.wanted.bits.astype(np.uint8))]
    if isinstance(drawn, list):
        return [*notes, *((place, mask.astype(np.uint8) * np.uint8(3)) for place, mask in drawn)]
    parts: Sequence[tuple[int, object]] = [(2, part) for part in drawn.some]  # type: ignore[attr-defined]
    parts = [*parts, *((3, part) for part in drawn.most)]  # type: ignore[attr-defined]
    for value, part in parts:
        place = part.place & document.bounds  # type: ignore[attr-defined]
        known = ~np.asarray(job.damage[place.slices])
        notes.append((place, known.astype(np.uint8) * np.uint8(value)))
    return notes
