"""The pictures of a batch, and the ways to add and remove some."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.files import READABLE_SUFFIXES
from restorer.ui.batch.file_list import FileList
from restorer.ui.batch.row_painter import RowPainter
from restorer.ui.batch.rows import Rows
from restorer.ui.batch.small_pictures import small_picture
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from restorer.ui.batch.rows import Row
    from restorer.ui.settings import Settings
    from restorer.ui.worker import Worker

THUMBNAIL = 192
"""Px of the longer side that a small picture fills, for screens of twice the fineness, too."""


class FilesSide(QWidget):
    """Signals:
    added(list): files and folders were chosen.
    removed(list): these pictures are to leave the list.
    chosen(): other rows are selected, or another one is current.
    """

    added = Signal(list)
    removed = Signal(list)
    chosen = Signal()

    def __init__(self, settings: Settings, worker: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._worker = worker
        self.rows = Rows(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.add = QPushButton(self.tr("Add pictures…"))
        self.add.clicked.connect(self._choose_pictures)
        self.add_folder = QPushButton(self.tr("Add a folder…"))
        self.add_folder.clicked.connect(self._choose_folder)
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Take the chosen pictures from the list; the files stay. Key: Del"))
        self.remove.setShortcut("Del")
        self.remove.clicked.connect(lambda: self.removed.emit([row.path for row in self.selected]))
        for button in (self.add, self.add_folder, self.remove):
            button.setAccessibleName(button.text())
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self._list(), 1)
        self.count = label("", "soft")
        self.count.setAccessibleName(self.tr("How many pictures"))
        column.addWidget(self.count)

    def _list(self) -> QListView:
        self.list = FileList()
        self.list.setModel(self.rows)
        self._painter = RowPainter(self.rows)
        self.list.setItemDelegate(self._painter)
        self.list.selectionModel().currentChanged.connect(self.chosen)
        self.list.selectionModel().selectionChanged.connect(self.chosen)
        self.rows.modelReset.connect(self.chosen)
        return self.list

    @property
    def selected(self) -> list[Row]:
        return [self.rows.rows[index.row()] for index in self.list.selectionModel().selectedIndexes()]

    @property
    def current(self) -> Row | None:
        index = self.list.currentIndex()
        return self.rows.rows[index.row()] if index.isValid() else None

    def go_to(self, row: Row) -> None:
        index = self.rows.index(self.rows.rows.index(row))
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def after(self, row: Row) -> list[Row]:
        """The other rows, from the next one on, round and round."""
        at = self.rows.rows.index(row)
        return [*self.rows.rows[at + 1 :], *self.rows.rows[:at]]

    def show_files(self, paths: Sequence[Path]) -> None:
        self.rows.show(paths)
        for row in self.rows.rows:
            if row.picture.isNull():
                task = self._worker.submit(partial(_thumbnail, row.path))
                task.done.connect(partial(self._show_picture, row.path))

    def allow(self, *, adding: bool, removing: bool) -> None:
        self.count.setText(self.tr("Pictures: {}").format(len(self.rows.rows)) if self.rows.rows else "")
        for button in (self.add, self.add_folder):
            button.setEnabled(adding)
        self.remove.setEnabled(removing and bool(self.selected))

    def _show_picture(self, path: Path, picture: QImage) -> None:
        for row in self.rows.rows:
            if row.path == path:
                row.picture = picture
                self.rows.changed(row)

    def _choose_pictures(self) -> None:
        patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE_SUFFIXES)
        dialog = self._dialog(self.tr("Add pictures"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("Pictures ({})").format(patterns), self.tr("All files (*)")])
        dialog.open()

    def _choose_folder(self) -> None:
        dialog = self._dialog(self.tr("Add a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.open()

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window(), title, str(self._settings.folder or Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.added.emit([Path(name) for name in dialog.selectedFiles()]))
        return dialog


def _thumbnail(path: Path, _report: object) -> QImage:
    return small_picture(path, THUMBNAIL)
