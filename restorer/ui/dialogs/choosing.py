"""Dialogs that ask for a file.  They answer by a callback and start no event loop of their own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog

from restorer.document.project import SUFFIX
from restorer.imaging.files import READABLE_SUFFIXES, WRITABLE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from restorer.imaging.files import Photograph
    from restorer.ui.settings import Settings

_NAMES = {".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF", ".jpg": "JPEG", ".jpeg": "JPEG", ".webp": "WebP"}


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

    def mask(self, chosen: Callable[[Path], None]) -> None:
        dialog = self._dialog(self.tr("Import a mask: white is to be restored"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self._readable(), self.tr("All files (*)")])
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def mask_target(self, photograph: Photograph, chosen: Callable[[Path], None], *, beside: bool) -> None:
        dialog = self._dialog(self.tr("Export the mask"), saving=True, beside=photograph.path if beside else None)
        dialog.setNameFilters(["PNG (*.png)"])
        dialog.setDefaultSuffix("png")
        dialog.selectFile(f"{photograph.path.stem}-mask.png")
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def export_target(
        self,
        photograph: Photograph,
        chosen: Callable[[Path], None],
        given_up: Callable[[], None] = lambda: None,
        *,
        beside: bool,
    ) -> None:
        """`beside`: is the original a file of the person's own, beside which the export belongs?"""
        own = photograph.path.suffix.lower()
        suffix = own if own in WRITABLE_SUFFIXES else ".png" if photograph.pixels.dtype.itemsize == 1 else ".tif"
        filters = {_filter_of(other): other for other in WRITABLE_SUFFIXES}
        title = self.tr("Export the restored picture")
        dialog = self._dialog(title, saving=True, beside=photograph.path if beside else None)
        dialog.setNameFilters(list(filters))
        dialog.selectNameFilter(_filter_of(suffix))
        dialog.setDefaultSuffix(suffix[1:])
        dialog.filterSelected.connect(lambda name: dialog.setDefaultSuffix(filters[name][1:]))
        ending = self.tr("restored")
        dialog.selectFile(f"{photograph.path.stem}-{ending}{suffix}")
        dialog.rejected.connect(given_up)
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

    def project_target(self, photograph: Photograph, chosen: Callable[[Path], None], *, beside: bool) -> None:
        dialog = self._dialog(self.tr("Save the project"), saving=True, beside=photograph.path if beside else None)
        dialog.setNameFilters([self.tr("Restorer projects (*.restorer)")])
        dialog.setDefaultSuffix("restorer")
        dialog.selectFile(f"{photograph.path.stem}.restorer")
        self._show(dialog, lambda: chosen(Path(dialog.selectedFiles()[0])))

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

    def _show(self, dialog: QFileDialog, accepted: Callable[[], None]) -> None:
        def remember() -> None:
            self._settings.folder = Path(dialog.selectedFiles()[0]).parent
            accepted()

        dialog.accepted.connect(remember)
        dialog.open()


def _filter_of(suffix: str) -> str:
    kind = _NAMES.get(suffix, suffix[1:].upper())
    endings = [other for other in WRITABLE_SUFFIXES if _NAMES.get(other, other[1:].upper()) == kind]
    return f"{kind} ({' '.join('*' + ending for ending in endings)})"
