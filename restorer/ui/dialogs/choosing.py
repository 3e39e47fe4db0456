"""Dialogs that ask for a file.  They answer by a callback and start no event loop of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog

from restorer.document.project import SUFFIX
from restorer.imaging.files import READABLE_SUFFIXES
from restorer.ui.medical import stem_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from restorer.imaging.files import Photograph
    from restorer.ui.settings import Settings


class Choosing(QObject):
    """File dialogs of one window."""

    def __init__(self, window: QWidget, settings: Settings) -> None:
        super().__init__(window)
        self._window = window
        self._settings = settings

    def photographs(self, chosen: Callable[[list[Path]], None]) -> None:
        dialog = self._dialog(self.tr("Open photographs"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self._openable(), self.tr("All files (*)")])
        self._show(dialog, lambda: chosen([Path(name) for name in dialog.selectedFiles()]))

    def page(self, photograph: Photograph, chosen: Callable[[int], None]) -> None:
        """Another page, or frame, of the same file."""
        dialog = QInputDialog(self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.tr("Open another page"))
        dialog.setLabelText(
            self.tr("Page {} of {} is open here. Which one is to be opened in a window of its own?").format(
                photograph.page, photograph.pages
            )
        )
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(1, photograph.pages)
        dialog.setIntValue(min(photograph.page + 1, photograph.pages))
        dialog.intValueSelected.connect(chosen)
        dialog.open()

    def original(self, name: str, chosen: Callable[[Path], None], given_up: Callable[[], None]) -> None:
        """The photograph that a project belongs to."""
        dialog = self._dialog(self.tr("Where is “{}”?").format(name))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._readable(), self.tr("All files (*)")])
        dialog.rejected.connect(given_up)
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def mask(self, chosen: Callable[[Path], None]) -> None:
        dialog = self._dialog(self.tr("Import a mask: white is to be restored"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._readable(), self.tr("All files (*)")])
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def infrared(self, photograph: Photograph, chosen: Callable[[Path], None], *, beside: bool) -> None:
        """The infrared scan of a photograph, where it is a file of its own."""
        dialog = self._dialog(self.tr("Choose the infrared scan"), beside=photograph.path if beside else None)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._readable(), self.tr("All files (*)")])
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def mask_target(self, photograph: Photograph, chosen: Callable[[Path], None], *, beside: bool) -> None:
        dialog = self._dialog(self.tr("Export the mask"), saving=True, beside=photograph.path if beside else None)
        dialog.setNameFilters(["PNG (*.png)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{stem_of(photograph)}-mask.png")
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])), remember=not photograph.medical)

    def project_target(
        self,
        photograph: Photograph,
        chosen: Callable[[Path], None],
        given_up: Callable[[], None] = lambda: None,
        *,
        beside: bool,
    ) -> None:
        """`beside`: is the original a file of the person's own, beside which the project belongs?"""
        dialog = self._dialog(self.tr("Save the project"), saving=True, beside=photograph.path if beside else None)
        dialog.setNameFilters([self.tr("Restorer projects (*.restorer)")])
        dialog.setDefaultSuffix("restorer")
        dialog.selectFile(f"{stem_of(photograph)}.restorer")
        dialog.rejected.connect(given_up)
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])), remember=not photograph.medical)

    def report_target(self, chosen: Callable[[Path], None]) -> None:
        dialog = self._dialog(self.tr("Save a report: it names no files and holds no pictures"), saving=True)
        dialog.setNameFilters([self.tr("Text (*.txt)")])
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("restorer-report.txt")
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def _readable(self) -> str:
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE_SUFFIXES)
        return self.tr("Pictures ({})").format(patterns)

    def _openable(self) -> str:
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in (*READABLE_SUFFIXES, SUFFIX))
        return self.tr("Pictures and projects ({})").format(patterns)

    def _dialog(self, title: str, *, saving: bool = False, beside: Path | None = None) -> QFileDialog:
        dialog = QFileDialog(self._window, title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if saving:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        folder = self._settings.folder if beside is None else beside.absolute().parent
        if folder is None or not folder.is_dir():
            folder = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        dialog.setDirectory(str(folder))
        return dialog

    def _show(self, dialog: QFileDialog, accepted: Callable[[], None], *, remember: bool = False) -> None:
        """`remember`: begin in the same folder next time; never of a medical picture, whose folders name patients."""

        def chosen() -> None:
            if remember:
                self._settings.folder = Path(dialog.selectedFiles()[0]).parent
            accepted()

        dialog.accepted.connect(chosen)
        dialog.open()
