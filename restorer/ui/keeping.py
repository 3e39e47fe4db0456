"""What keeps the work of one window safe: the journal after each step, the project file, and an eye on the original."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from restorer.document.journal import Journal
from restorer.document.project import ProjectChanged, save_project
from restorer.document.source import Source
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.document.document import Document
    from restorer.document.state import State
    from restorer.ui.worker import Worker


class Keeping(QObject):
    """Signals:
    troubled(str): nothing is being kept at present, and why; said once.
    saved(Path), failed(str): of the project.
    project_changed(Path, str): that project was not replaced, since another window or program has changed it; a
        sentence says so.  `save` with `replace` answers.
    original_changed(str): "changed" or "missing"; the file on the disk is no longer what was opened.
    changed(): a project is being written, or has been.
    """

    troubled = Signal(str)
    saved = Signal(object)
    failed = Signal(str)
    project_changed = Signal(object, str)
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
        self._known: Source | None = None  # that file, as it was then
        self.writing = False
        self._next: tuple[Path, bool] | None = None  # what is to be saved after that
        # the journal speaks on a thread of its own
        self._heard.connect(self.troubled, Qt.ConnectionType.QueuedConnection)

    def begin(
        self,
        document: Document,
        *,
        journal: Journal | None,
        project: Source | None,
        autosave: bool,
        embed: bool = False,
    ) -> None:
        """Follow a document; a recovered one brings its journal.

        `project`: the file that the work was opened from, as it was when it was read.
        `embed`: is the photograph to go into the project, since its own file does not stay?
        """
        self._document, self._known, self._embed = document, project, embed
        self.project = None if project is None else project.path
        if journal is None and autosave:
            journal = Journal.begin(document, on_trouble=self._heard.emit)
        self._journal = journal

    def save(self, path: Path, *, replace: bool = False) -> None:
        """Write all work into a project; work may go on meanwhile.

        `replace`: even if another window or program has changed that project.

        While one is being written, the last that was asked for waits.
        """
        if self._document is None:
            return
        if self.writing:
            self._next = path, replace
            return
        state, embed = self._document.state(), self._embed
        known = self._known if path == self.project and not replace else None
        self.writing = True
        self.changed.emit()

        def work(_report: object) -> tuple[bool, Source]:
            return save_project(state, path, embed=embed, known=known), Source.of(path)

        task = self._saving.submit(work)
        task.done.connect(partial(self._on_saved, path, state))
        task.failed.connect(partial(self._on_failed, path))

    def look(self) -> None:
        """Is the original still what it was?"""
        if self._document is not None:
            source = self._document.source
            self._files.submit(lambda _report: source.change()).done.connect(self._looked)

    def close(self) -> None:
        """The person has saved or given up what there was."""
        self._document = self._next = None
        if self._journal is not None:
            self._journal.close()
            self._journal = None

    def _on_saved(self, path: Path, state: State, written: tuple[bool, Source]) -> None:
        self.writing = False
        self.project = path
        embedded, self._known = written
        if self._document is not None:
            self._document.embedded_in = path if embedded else None
            self._document.saved(state)
            if self._journal is not None:
                self._journal.saved(path, state)
        self._go_on()
        self.saved.emit(path)

    def _go_on(self) -> None:
        waiting, self._next = self._next, None
        if waiting is not None:
            self.save(waiting[0], replace=waiting[1])
        else:
            self.changed.emit()

    def _on_failed(self, path: Path, error: Exception) -> None:
        self.writing = False
        self._go_on()
        if isinstance(error, ProjectChanged):
            self.project_changed.emit(path, sentence_of(error))
        else:
            self.failed.emit(sentence_of(error))

    def _looked(self, change: str | None) -> None:
        if change is not None and change != self._told and self._document is not None:
            self.original_changed.emit(change)
        self._told = change
