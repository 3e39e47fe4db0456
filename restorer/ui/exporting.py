"""The way from a restored picture to a file: what is asked before, and what is said after."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, QStandardPaths, Signal
from PySide6.QtGui import QColorSpace, QGuiApplication, QImage
from shiboken6 import isValid

from restorer.document.export import Options, Proof, check_export
from restorer.document.manifest import beside
from restorer.imaging.display import displayed
from restorer.imaging.errors import RestorerError
from restorer.imaging.files.jpeg_copy import Copying
from restorer.imaging.files.orientation import as_shown
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.sentences import in_own_words
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from restorer.ui.closing import Closing
    from restorer.ui.dialogs.boxes import Boxes
    from restorer.ui.editor import Editor
    from restorer.ui.settings import Settings
    from restorer.ui.worker import Worker

COPIED = 100_000_000
"""Px of a picture that is put on the clipboard."""


class Exporting(QObject):
    """One window's exports.

    Signals:
        said(str): the proof, in a line.
        failed(str): why nothing is written.
    """

    said = Signal(str)
    failed = Signal(str)

    def __init__(self, editor: Editor, boxes: Boxes, settings: Settings, analysis: Worker, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._boxes = boxes
        self._settings = settings
        self._analysis = analysis
        self._window = window
        self.closing: Closing | None = None
        """The end of the window, which may wait for an export."""
        editor.output.exported.connect(self._show_exported)
        self._chosen: tuple[Path, Options] | None = None
        """What a person has filled in for the export that is being written."""
        editor.output.given_up.connect(self._stay)
        editor.output.not_exported.connect(lambda *_: self._ask_again())
        editor.output.original_differs.connect(self._ask_about_original)

    def choose(self) -> ExportDialog | None:
        """Ask where and how."""
        document = self._editor.document
        if document is None:
            return None
        settings = self._settings
        folder = document.photograph.path.absolute().parent if self._editor.named else settings.folder
        if folder is None or not folder.is_dir():
            folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        options = Options(
            manifest=settings.export_manifest,
            mask=settings.export_mask,
            operator=settings.operator,
            strip_gps=settings.strip_gps,
            copying=Copying(settings.jpeg_quality, srgb=settings.export_srgb),
        )
        dialog = ExportDialog(
            document.photograph,
            folder,
            options,
            self._window,
            worker=self._analysis,
            document=document,
            layers=self._editor.layers,
            corrected=self._editor.finding.has_corrections,
        )
        dialog.chosen.connect(partial(self._try, dialog))
        dialog.rejected.connect(self._stay)
        dialog.restore_wanted.connect(self._editor.restore)
        self._editor.refreshed.connect(dialog.refresh)
        dialog.open()
        return dialog

    def _try(self, dialog: ExportDialog, target: Path, options: Options) -> None:
        """Write what was filled in; until writing begins the dialog stays, so that nothing is to be typed again."""

        def begin() -> None:
            self._remember(options)
            self._chosen = target, options
            dialog.done(ExportDialog.DialogCode.Accepted)
            self._editor.output.export(target, options)

        self._check(target, options, begin, lambda: None)

    def _ask_again(self) -> None:
        """The export that was asked for in the dialog has come to nothing: that comes back as it was filled in."""
        chosen, self._chosen = self._chosen, None
        dialog = None if chosen is None else self.choose()
        if chosen is not None and dialog is not None:
            dialog.fill_in(*chosen)

    def _remember(self, options: Options) -> None:
        settings = self._settings
        settings.export_manifest, settings.export_mask = options.manifest, options.mask
        settings.operator = options.operator
        settings.strip_gps = options.strip_gps
        if options.copying is not None:
            settings.jpeg_quality, settings.export_srgb = options.copying.quality, options.copying.srgb

    def export(self, target: Path, options: Options | None = None) -> None:
        """Write there; what stands there already is asked about."""
        options = options or Options()
        self._chosen = None
        self._check(target, options, lambda: self._editor.output.export(target, options), self._stay)

    def _check(self, target: Path, options: Options, begin: Callable[[], None], give_up: Callable[[], None]) -> None:
        """May it be written there?"""
        document = self._editor.document
        if document is None:
            return
        try:
            check_export(document.photograph.path, target, overwrite=True, options=options)
        except RestorerError as error:
            self.failed.emit(str(error))
            return
        manifest, mask = beside(target)
        written = (target, *((mask,) if options.mask else ()), *((manifest,) if options.manifest else ()))
        there = [path.name for path in written if path.exists()]
        if there:
            self._boxes.overwrite(there, begin, give_up)
        else:
            begin()

    def copy(self) -> None:
        """The restored picture to the clipboard, as other programs take it: 8 bits, sRGB."""
        document, layers = self._editor.document, self._editor.layers
        if document is None or layers is None:
            return
        if document.bounds.area > COPIED:
            self.failed.emit(self.tr("The picture is too large for the clipboard: export it instead."))
            return
        image, bounds, photograph, marked = document.image, document.bounds, document.photograph, document.marked

        def work(_report: object) -> QImage:
            shown = displayed(image.read(bounds), photograph.levels, inks=photograph.inks, icc=photograph.icc)
            seen = np.ascontiguousarray(as_shown(shown, photograph.turned))
            kind = QImage.Format.Format_Grayscale8 if seen.ndim == 2 else QImage.Format.Format_RGB888
            copied = QImage(seen.data, seen.shape[1], seen.shape[0], seen.strides[0], kind).copy()
            space = None if photograph.icc is None or photograph.inks else QColorSpace.fromIccProfile(photograph.icc)
            if space is not None and space.isValid():
                copied.setColorSpace(space)
                copied = copied.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
            return copied

        task = self._analysis.submit(work)
        task.done.connect(partial(self._show_copied, marked))
        task.failed.connect(self._show_not_copied)

    def _show_not_copied(self, error: Exception) -> None:
        if isValid(self):
            self.failed.emit(sentence_of(error))

    def _show_copied(self, marked: bool, copied: QImage) -> None:
        QGuiApplication.clipboard().setImage(copied)
        if not isValid(self):
            return  # the window was closed meanwhile; the copy is wanted all the same
        if marked:
            self.said.emit(self.tr("The picture is on the clipboard; some marks in it have not been restored yet."))
        else:
            self.said.emit(self.tr("The restored picture is on the clipboard."))

    def _ask_about_original(self, target: Path, options: Options) -> None:
        document = self._editor.document
        if document is None:
            return
        accepted = replace(options, accept_changed=True)
        self._boxes.export_all_the_same(
            document.photograph.path.name, lambda: self._editor.output.export(target, accepted), self._decline
        )

    def _decline(self) -> None:
        self._stay()
        self._ask_again()

    def _stay(self) -> None:
        if self.closing is not None:
            self.closing.stay()

    def _show_exported(self, target: Path, proof: Proof) -> None:
        chosen, self._chosen = self._chosen, None
        document = self._editor.document
        if chosen is not None and document is not None and not document.photograph.medical:
            self._settings.folder = target.parent  # but of medical images: their folders name patients
        self.said.emit(" ".join((self._boxes.proof_of(target, proof), *map(in_own_words, proof.remarks))))
        if self.closing is None or not self.closing.go_on():
            self._boxes.exported(target, proof)
