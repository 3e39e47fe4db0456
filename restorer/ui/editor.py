"""Binds one document to the workers.  No widgets here: the window connects its signals to the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.document.own_copies import is_own
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_mask
from restorer.ui.canvas.layers import DisplayLayers
from restorer.ui.finding import Finding
from restorer.ui.healing import Healing
from restorer.ui.keeping import Keeping
from restorer.ui.marking import Marking
from restorer.ui.output import Output
from restorer.ui.reading import Reading
from restorer.ui.resting import Resting
from restorer.ui.reworking import Reworking
from restorer.ui.sentences import in_own_words
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from restorer.document.document import Document
    from restorer.document.history import Step
    from restorer.document.own_copies import OwnCopy
    from restorer.document.recovery import Recoverable
    from restorer.document.repair import Repair
    from restorer.imaging.cloning import Cloning
    from restorer.imaging.marks import Marks
    from restorer.imaging.patch import Stroke
    from restorer.imaging.region import Region
    from restorer.ui.engine import Engine
    from restorer.ui.opening import Opened
    from restorer.ui.worker import Worker


class Editor(QObject):
    """One document, opened once, and what is done to it.

    Signals:
        reading(str): a file of that name is being read.
        sized(Header): what its head promises: size, and the memory it takes.
        opened(): `document` and `layers` are there.
        redrawn(): the `layers` are others.
        not_opened(str): one sentence.
        original_wanted(str, str): the photograph of that name is not where work left it; a sentence says so.
            `open_with` or `open_without` answers.
        given_up(): nobody waits any more for the file that was being read.
        refreshed(Region): the picture or the mask has changed there.
        turned(): the photograph is seen another way round.
        work_changed(): what the engine or the file worker do for this document has changed.
        began(): a job begins; what `progressed` says from now on is its own.
        progressed(float): of the running job, 0..1.
        failed(str): one sentence; the document is unharmed.
        said(str): something worth a word, but no dialog.
        remarked(str): of what was opened, to be read before working on it.
        made_by_hand(int): a repair of that number has been made by a stroke of the person's own.

    Args:
        files: the worker that opens; a file system that does not answer may hold it up.
        saving: the worker that writes, and reads masks.
        analysis: the worker that looks at pixels.
    """

    reading = Signal(str)
    sized = Signal(object)
    opened = Signal()
    redrawn = Signal()
    not_opened = Signal(str)
    original_wanted = Signal(str, str)
    given_up = Signal()
    refreshed = Signal(object)
    turned = Signal()
    work_changed = Signal()
    began = Signal()
    progressed = Signal(float)
    failed = Signal(str)
    said = Signal(str)
    remarked = Signal(str)
    made_by_hand = Signal(int)

    def __init__(
        self, engine: Engine, files: Worker, saving: Worker, analysis: Worker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._reading = Reading(files, self)
        self._reading.began.connect(self.reading)
        self._reading.sized.connect(self.sized)
        self._reading.done.connect(self._on_opened)
        self._reading.failed.connect(self.not_opened)
        self._reading.original_wanted.connect(self.original_wanted)
        self._reading.given_up.connect(self.given_up)
        self.marking = Marking(self, analysis)
        self.reworking = Reworking(self, engine, analysis)
        self.finding = Finding(self, engine, analysis)
        self.resting = Resting(self, engine)
        self.resting.said.connect(self.said)
        self.resting.changed.connect(self.work_changed)
        self.resting.progressed.connect(self._tell_progress)
        self.finding.changed.connect(self.work_changed)
        self.finding.corrected.connect(self.work_changed)
        self.finding.progressed.connect(self._tell_progress)
        self.keeping = Keeping(saving, files, self)
        self.keeping.failed.connect(self.failed)
        self.keeping.changed.connect(self.work_changed)
        self.output = Output(saving, self)
        self.output.failed.connect(self.failed)
        self.output.said.connect(self.said)
        self.output.began.connect(self.began)
        self.output.progressed.connect(self.progressed)
        self.output.changed.connect(self.work_changed)
        self.autosave = True
        """Is the work of what is opened from now on kept after each step?"""
        self.document: Document | None = None
        self.layers: DisplayLayers | None = None
        self.healing: Healing | None = None
        self.heal = True
        self.named = True
        """Has the document a file of the user's own, rather than the clipboard's picture or a sample?"""
        self._grow = 0
        self._grain = 0.0
        self._feather = 0
        self._engine = engine
        self._saving = saving
        self._turned = 1
        self._pristine: Step | None = None
        self._copy: OwnCopy | None = None
        self._closed = False

    # --- opening ---------------------------------------------------------------------------------------------

    @property
    def free(self) -> bool:
        """Can this editor still take a document?"""
        return self.document is None and not self.busy_opening

    @property
    def busy_opening(self) -> bool:
        return self._reading.busy

    def open(self, path: Path, mask: Path | None = None, *, page: int = 1) -> None:
        """Read a photograph; one with a `mask` is a sample, which the list of recent files does not need."""
        assert self.free
        if mask is None:
            self._reading.photograph(path, page)
        else:
            self._reading.sample(path, mask)

    def recover(self, item: Recoverable) -> None:
        """Go on with work that was left behind."""
        assert self.free
        self._reading.left_behind(item)

    def open_with(self, original: Path) -> None:
        """The photograph that was missing."""
        if self.free:
            self._reading.again_with(original)

    def open_without(self) -> None:
        """Nobody knows where it is."""
        self._reading.without()

    def open_picture(self, picture: QImage) -> None:
        """A picture from the clipboard."""
        assert self.free
        self._reading.picture(picture)

    def give_up_opening(self) -> None:
        """Do not wait for the file that is being read."""
        self._reading.give_up()

    def _on_opened(self, result: Opened) -> None:
        self.document, self.layers, self._pristine = result.document, result.layers, result.pristine
        self._copy = result.copy
        self.output.begin(result.document)
        result.document.grain = self._grain
        result.document.feather = self._feather
        self.named = self._reading.named and not is_own(result.document.source.path)
        self.healing = Healing(result.document, self._engine, self)
        self.healing.grow = self._grow
        self.healing.applied.connect(self._on_changed)
        self.healing.began.connect(self.began)
        self.healing.progressed.connect(self._tell_progress)
        self.healing.failed.connect(self.failed)
        self.healing.said.connect(self.said)
        self.healing.changed.connect(self.work_changed)
        self.keeping.begin(
            result.document,
            journal=result.journal,
            project=result.project,
            autosave=self.autosave,
            embed=not self.named,
        )
        self._turned = result.document.photograph.turned
        self.opened.emit()
        remarks = result.document.photograph.remarks
        if result.journal is not None and result.journal.remark is not None:
            remarks = (result.journal.remark, *remarks)
        if remarks:
            self.remarked.emit(" ".join(map(in_own_words, remarks)))

    def draw_anew(self) -> None:
        """The screen's colours are others."""
        if self.document is not None:
            self.layers = DisplayLayers.of(self.document)
            self.redrawn.emit()

    # --- marking ---------------------------------------------------------------------------------------------

    @property
    def grow(self) -> int:
        """Px by which marks are grown before they are restored."""
        return self._grow

    @grow.setter
    def grow(self, value: int) -> None:
        self._grow = value
        if self.healing is not None:
            self.healing.grow = value

    @property
    def feather(self) -> int:
        """Of new repairs, px."""
        return self._feather

    @feather.setter
    def feather(self, width: int) -> None:
        self._feather = width
        if self.document is not None:
            self.document.feather = width

    @property
    def grain(self) -> float:
        """Of the grain that new repairs lack, 0..1."""
        return self._grain

    @grain.setter
    def grain(self, share: float) -> None:
        self._grain = share
        if self.document is not None:
            self.document.grain = share

    def paint(self, stroke: Stroke, erase: bool) -> None:
        if self.document is None or self.healing is None:
            return
        self.marks_moved(self.document.mark(stroke, erase=erase))
        if self.heal and not erase:
            self.healing.restore_stroke(stroke)

    def adjust(self, marks: Marks, stroke: Stroke, earlier: Stroke, repair: Repair | None, *, erase: bool) -> None:
        """A stroke takes the place of an earlier one, and of the repair that was made of that."""
        if self.document is None or self.healing is None:
            return
        self.healing.forget(earlier)
        self.marks_moved(self.document.adjust(marks, repair))
        if self.heal and not erase:
            self.healing.restore_stroke(stroke)

    def delete_shape(self, marks: Marks, stroke: Stroke, repair: Repair | None) -> None:
        """These marks are left without that stroke, and the repair that was made of it goes with it: one undo step."""
        if self.document is not None and self.healing is not None:
            self.healing.forget(stroke)
            self.marks_moved(self.document.adjust(marks, repair, name="Delete shape"))

    def clone(self, stroke: Stroke, cloning: Cloning) -> None:
        """Fill a stroke by hand."""
        if self.document is None:
            return
        try:
            region = self.document.clone(stroke, cloning)
        except RestorerError as error:
            self.failed.emit(sentence_of(error))
            return
        self.marks_moved(region)
        if region.empty:
            self.said.emit(self.tr("There is nothing to take from: the source lies beyond the picture."))
        else:
            self.made_by_hand.emit(self.document.repairs[-1].number)

    def clear_mask(self) -> None:
        if self.document is not None:
            self.marks_moved(self.document.clear_mask())

    def set_mask(self, mask: NDArray[np.bool_] | Marks, name: str) -> None:
        """Other marks, one undo step."""
        if self.document is not None:
            self.marks_moved(self.document.set_mask(mask, name))

    def import_mask(self, path: Path) -> None:
        document = self.document
        if document is None:
            return
        shape = (document.bounds.height, document.bounds.width)
        task = self._saving.submit(lambda _report: read_mask(path, shape))
        task.done.connect(self._on_mask_read)
        task.failed.connect(self._on_failed)

    def _on_mask_read(self, mask: object) -> None:
        if self.document is None or self._closed:
            return
        region = self.document.set_mask(mask)  # type: ignore[arg-type]
        self.marks_moved(region)
        if region.empty:
            self.said.emit(self.tr("The mask marks what was marked already."))

    def undo(self) -> None:
        """The last step; while it is chosen what of the damage found is marked, the last choice first."""
        if self.finding.can_undo:
            self.finding.undo()
        elif self.document is not None:
            self.marks_moved(self.document.undo())

    def redo(self) -> None:
        if self.finding.can_redo:
            self.finding.redo()
        elif self.document is not None:
            self.marks_moved(self.document.redo())

    def turn(self, way: int, *_: object) -> None:
        """See the photograph turned; `way` as of `Document.turn`."""
        if self.document is not None:
            self.document.turn(way)
            self._look_how_turned()

    def _look_how_turned(self) -> None:
        turned = 1 if self.document is None else self.document.photograph.turned
        if turned != self._turned:
            self._turned = turned
            self.turned.emit()

    def marks_moved(self, region: Region) -> None:
        """Picture or marks have changed there: what runs may not be wanted any more."""
        self._on_changed(region)
        self._look_how_turned()
        if self.healing is not None:
            self.healing.marks_changed()

    def _on_changed(self, region: Region) -> None:
        if not region.empty:
            self.refreshed.emit(region)

    # --- repairs -------------------------------------------------------------------------------------------

    def repair(self, number: int) -> Repair | None:
        """The repair of that number as it is now."""
        repairs = () if self.document is None else self.document.repairs
        return next((repair for repair in repairs if repair.number == number), None)

    # --- restoring -------------------------------------------------------------------------------------------

    @property
    def working(self) -> bool:
        return self.healing is not None and self.healing.active

    def restore(self) -> None:
        if self.healing is None:
            return
        if self.finding.active:
            self.finding.apply(then=self.healing.restore_marked)
        else:
            self.healing.restore_marked()

    def cancel(self) -> None:
        """End what runs; if nothing does, what was found is forgotten."""
        if self.finding.searching or (self.finding.active and not self.working):
            self.finding.cancel()
        elif self.output.exporting:
            self.output.cancel()
        elif self.resting.searching and not self.working:
            self.resting.forget()
        elif self.healing is not None:
            self.healing.cancel()

    def _tell_progress(self, share: float) -> None:
        """One bar shows one thing: an export, while there is one."""
        if not self.output.exporting:
            self.progressed.emit(share)

    # --- what is safe ----------------------------------------------------------------------------------------

    @property
    def writing(self) -> bool:
        """Is a file being written, which closing has to wait for?"""
        return self.output.exporting or self.output.exporting_mask or self.keeping.writing

    @property
    def unrestored(self) -> bool:
        """Are there marks of the person's own?  A sample's are no work."""
        document = self.document
        return document is not None and document.marked and document.history.last is not self._pristine

    @property
    def unsaved(self) -> bool:
        """Would closing lose work?"""
        if self.finding.has_corrections:
            return True
        # what a project holds is safe
        return (self.output.unexported or self.unrestored) and self.document is not None and self.document.unsaved

    def _on_failed(self, error: Exception) -> None:
        if not self._closed:
            self.failed.emit(sentence_of(error))

    # --- the end ---------------------------------------------------------------------------------------------

    def close(self) -> None:
        """Nothing that is still on its way counts any more."""
        self._closed = True
        self.marking.forget()
        self.finding.close()
        self.resting.blockSignals(True)
        self.resting.forget()
        self.keeping.close()
        self.output.close()
        self._reading.close()
        if self.healing is not None:
            self.healing.blockSignals(True)
            self.healing.cancel()
        if self._copy is not None:
            self._copy.remove()  # its journal is gone by now
