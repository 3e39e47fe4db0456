"""What is done to the repairs that are there, each by its number, as the history list knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from restorer.imaging.errors import RestorerError
from restorer.ui.candidates import Candidates
from restorer.ui.healing import Again
from restorer.ui.joining import Joining
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.document.document import Document
    from restorer.document.repair import Repair
    from restorer.imaging.grain import Grain
    from restorer.imaging.job import Job
    from restorer.imaging.region import Region
    from restorer.ui.editor import Editor
    from restorer.ui.engine import Answer, Engine
    from restorer.ui.worker import Worker


class Reworking(QObject):
    """Works on the editor's document, each call one undo step; what is gone meanwhile is left alone."""

    def __init__(self, editor: Editor, engine: Engine, analysis: Worker) -> None:
        super().__init__(editor)
        self._editor = editor
        self._engine = engine
        self._analysis = analysis
        self._joining = Joining()

    def switch(self, number: int, on: bool) -> None:
        self._change(number, lambda document, repair: document.switch(repair, on))

    def set_strength(self, number: int, strength: float) -> None:
        self._change(number, lambda document, repair: document.set_strength(repair, strength), "strength")

    def set_feather(self, number: int, width: int) -> None:
        self._change(number, lambda document, repair: document.set_feather(repair, width), "feather")

    def set_grain(self, number: int, amount: float, lacking: Grain | None = None) -> None:
        """`lacking` is the grain that it lacks, if that has been found out before."""
        try:
            self._change(number, lambda document, repair: document.set_grain(repair, amount, lacking), "grain")
        except RestorerError as error:
            self._editor.said.emit(sentence_of(error))
            repair = self._editor.repair(number)
            if repair is not None:
                self._editor.refreshed.emit(repair.region)  # the slider goes back

    def rename(self, number: int, name: str) -> None:
        repair = self._editor.repair(number)
        if self._editor.document is not None and repair is not None and repair.name != name:
            self._editor.document.rename(repair, name)
            self._editor.refreshed.emit(repair.region)

    def take_instead(self, repair: Repair, job: Job, answer: Answer) -> None:
        """Another answer takes a repair's place: one undo step."""
        if self._editor.document is None:
            return
        try:
            region = self._editor.document.apply(
                job, answer.patches, answer.made, instead_of=repair, grain=answer.grain
            )
            self._editor.marks_moved(region)
        except RestorerError as error:
            self._editor.failed.emit(sentence_of(error))

    def delete(self, number: int) -> None:
        self._change(number, lambda document, repair: document.delete(repair))

    def candidates(self, number: int, parent: QObject) -> Candidates | None:
        """Other ways to fill a repair."""
        if self._editor.repair(number) is None:
            return None
        return Candidates(self._editor, self._engine, self._analysis, number, parent)

    def restore_again(self, number: int, model: str | None, *, varied: bool = False) -> None:
        """A repair once more, in its own place: by other weights, or, `varied`, with another seed."""
        repair = self._editor.repair(number)
        if self._editor.healing is not None and repair is not None:
            seed = int(repair.made.get("seed", "0")) + 1 if varied else None
            self._editor.healing.restore_again(Again(number, model, seed))

    def _change(self, number: int, change: Callable[[Document, Repair], Region], slider: str = "") -> None:
        """`slider` is what changes bit by bit, if it is one that does it."""
        document, repair = self._editor.document, self._editor.repair(number)
        if document is None or repair is None:
            return
        last = document.history.last
        region = change(document, repair)
        if slider and document.history.last is not last:
            self._joining.made(document, (slider, number))
        self._editor.marks_moved(region)
