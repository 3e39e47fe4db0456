"""What keeps the work of one window safe: the journal after each step, the project file, and an eye on the original."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from restorer.document.journal import Journal
from restorer.document.project import save_project
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.document.document import Document, State
    from restorer.ui.worker import Worker


class Keeping(QObject):
    """Signals:
    troubled(str): nothing is being kept at present, and why; said once.
    saved(Path), failed(str): of the project.
    original_changed(str): "changed" or "missing"; the file on the disk is no longer what was opened.
    changed(): a project is being written, or has been.
    """

    troubled = Signal(str)
    saved = Signal(object)
    failed = Signal(str)
    original_changed = Signal(str)
    changed = Signal()
    _heard = Signal(str)

    def __init__(self, saving: Worker, files: Worker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saving = saving
        self._files = files
        self._document: Document | None = None
        self._journal: Journal | None = None
        self._told: str | None = None
        self._embed = False
        self.project: Path | None = None
        """Where the work was last saved, or opened from."""
        self.writing = False
        # the journal speaks on a thread of its own
        self._heard.connect(self.troubled, Qt.ConnectionType.QueuedConnection)

    def begin(
        self, document: Document, *, journal: Journal | None, project: Path | None, autosave: bool, embed: bool = False
    ) -> None:
        """Follow a document; a recovered one brings its journal.

        `embed`: is the photograph to go into the project, since its own file does not stay?
        """
        self._document, self.project, self._embed = document, project, embed
        if journal is None and autosave:
            journal = Journal.begin(document, on_trouble=self._heard.emit)
        self._journal = journal

    def save(self, path: Path) -> None:
        """Write all work into a project; work may go on meanwhile."""
        if self._document is None or self.writing:
            return
        state, embed = self._document.state(), self._embed
        self.writing = True
        self.changed.emit()
        task = self._saving.submit(lambda _report: save_project(state, path, embed=embed))
        task.done.connect(partial(self._on_saved, path, state))
        task.failed.connect(self._on_failed)

    def look(self) -> None:
        """Is the original still what it was?"""
        if self._document is not None:
            source = self._document.source
            self._files.submit(lambda _report: source.change()).done.connect(self._looked)

    def close(self) -> None:
        """The person has saved or given up what there was."""
        self._document = None
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _on_saved(self, path: Path, state: State, _nothing: object) -> None:
        self.writing = False
        self.project = path
        if self._document is not None:
            self._document.saved(state)
            if self._journal is not None:
                self._journal.saved(path, state)
        self.changed.emit()
        self.saved.emit(path)

    def _on_failed(self, error: Exception) -> None:
        self.writing = False
        self.changed.emit()
        self.failed.emit(sentence_of(error))

    def _looked(self, change: str | None) -> None:
        if change is not None and change != self._told and self._document is not None:
            self.original_changed.emit(change)
        self._told = change
