"""What leaves the editor as files: the restored picture, and the mask."""

from __future__ import annotations

from functools import partial
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.document.export import Options, Proof, export_image
from restorer.document.source import OriginalChanged
from restorer.document.watch import Watch
from restorer.imaging.errors import Cancelled
from restorer.imaging.files import write_mask
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from restorer.document.document import Document
    from restorer.document.state import Shown
    from restorer.ui.worker import Worker


class Output(QObject):
    """Writes one document's picture and mask on a worker's thread, while work on it goes on.

    Signals:
        changed(): something is being written, or no longer is.
        began(): an export begins, or ends; what `progressed` said before counts no more.
        progressed(float): of the export, 0..1.
        given_up(): the export was cancelled; what was there before is intact.
        not_exported(Path, Options): that export failed, as `failed` says next.
        failed(str): one sentence; what was there before is intact.
        said(str): something worth a word, but no dialog.
        exported(Path, Proof): a file was written and compared with the original.
        original_differs(Path, Options): that export was refused, since the original is not what was opened.
        mask_exported(Path): the mask was written.
    """

    changed = Signal()
    began = Signal()
    progressed = Signal(float)
    given_up = Signal()
    not_exported = Signal(object, object)
    failed = Signal(str)
    said = Signal(str)
    exported = Signal(object, object)
    original_differs = Signal(object, object)
    mask_exported = Signal(object)

    def __init__(self, saving: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saving = saving
        self._document: Document | None = None
        self._held: Shown = ((), 1)
        self.exporting = False
        self.exporting_mask = False
        self._cancelled = Event()

    def begin(self, document: Document) -> None:
        """Write that document from now on."""
        self._document = document

    def close(self) -> None:
        """What is still being written is told to nobody."""
        self.blockSignals(True)

    @property
    def unexported(self) -> bool:
        """Are there repairs, or is the photograph turned, as no export holds it?"""
        return self._document is not None and self._document.shown not in (((), 1), self._held)

    @property
    def only_turned(self) -> bool:
        """Is how the photograph is turned all that no export holds?"""
        return self._document is not None and self.unexported and self._document.shown[0] == self._held[0]

    @property
    def exported_before(self) -> bool:
        """Does a file hold earlier repairs?"""
        return bool(self._held[0])

    def export(self, target: Path, options: Options | None = None) -> None:
        """Write the picture as it is now, over what is there; painting may go on meanwhile."""
        document = self._document
        if document is None or self.exporting:
            return
        photograph, image, source, shown = document.photograph, document.image, document.source, document.shown
        options = options or Options()
        self.exporting = True
        self._cancelled = cancelled = Event()
        self.began.emit()
        self.changed.emit()

        def work(report: Callable[[float], None]) -> Proof:
            watch = Watch(report, lambda: not cancelled.is_set())
            # overwriting has been agreed to; the original itself is refused in any case
            return export_image(photograph, image, target, overwrite=True, options=options, source=source, watch=watch)

        task = self._saving.submit(work)
        task.progressed.connect(self.progressed)
        task.done.connect(partial(self._on_exported, target, shown))
        task.failed.connect(partial(self._on_failed, target, options))

    def cancel(self) -> None:
        """Give up the export; it ends as soon as its thread notices, if it is not written by then."""
        self._cancelled.set()

    def _on_exported(self, target: Path, shown: Shown, proof: Proof) -> None:
        self.exporting = False
        if self.signalsBlocked():
            return
        self._held = shown
        if self._document is not None and self._document.shown == shown:
            self._document.exported()
        self.began.emit()
        self.changed.emit()
        self.exported.emit(target, proof)

    def _on_failed(self, target: Path, options: Options, error: Exception) -> None:
        self.exporting = False
        self.began.emit()
        self.changed.emit()
        if isinstance(error, Cancelled):
            self.said.emit(self.tr("The export was cancelled: {} is as it was.").format(target.name))
            self.given_up.emit()
        elif isinstance(error, OriginalChanged) and not options.accept_changed:
            self.original_differs.emit(target, options)
        else:
            self.not_exported.emit(target, options)
            self.failed.emit(sentence_of(error))

    def export_mask(self, path: Path) -> None:
        """Write what is marked now as a PNG."""
        if self._document is None or self.exporting_mask:
            return
        mask = self._document.mask.copy()
        self.exporting_mask = True
        self.changed.emit()

        def work(_report: object) -> Path:
            write_mask(path, mask)
            return path

        task = self._saving.submit(work)
        task.done.connect(self._on_mask_exported)
        task.failed.connect(self._on_mask_failed)

    def _on_mask_exported(self, path: Path) -> None:
        self.exporting_mask = False
        self.changed.emit()
        self.said.emit(self.tr("Mask written to {}.").format(path.name))
        self.mask_exported.emit(path)

    def _on_mask_failed(self, error: Exception) -> None:
        self.exporting_mask = False
        self.changed.emit()
        self.failed.emit(sentence_of(error))
