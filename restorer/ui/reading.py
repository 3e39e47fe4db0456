"""The file that becomes the document of a window: it is waited for, given up, or looked for in another place."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.document.source import OriginalMissing
from restorer.ui import opening
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QImage

    from restorer.document.recovery import Recoverable
    from restorer.ui.worker import Task, Worker


class Reading(QObject):
    """One file at a time; whoever asks sees that none is being read.

    Signals:
        began(str): a file of that name is being read.
        sized(Header): what its head promises: size, and the memory it takes.
        done(Opened).
        failed(str): one sentence.
        original_wanted(str, str): the photograph of that name is not where work left it; a sentence says so.
            `again_with` or `without` answers.
        given_up(): nobody waits any more for the file that was being read.

    Args:
        files: the worker that opens; a file system that does not answer may hold it up.
    """

    began = Signal(str)
    sized = Signal(object)
    done = Signal(object)
    failed = Signal(str)
    original_wanted = Signal(str, str)
    given_up = Signal()

    def __init__(self, files: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._files = files
        self._task: Task | None = None
        self._again: Callable[[Path], None] | None = None
        self.named = True
        """Is it a file of the user's own, rather than the clipboard's picture or a sample?"""

    @property
    def busy(self) -> bool:
        return self._task is not None

    def photograph(self, path: Path, page: int) -> None:
        """A photograph, or a project."""
        self.named = True
        self._read_or_ask(path.name, partial(opening.opened, path, page=page, seen=self.sized.emit))

    def sample(self, path: Path, mask: Path) -> None:
        self.named = False
        self._read(path.name, partial(opening.sample_opened, opening.Sample(path, mask), seen=self.sized.emit))

    def left_behind(self, item: Recoverable) -> None:
        """Work that a crash has left."""
        self.named = True
        self._read_or_ask(item.original.name, partial(opening.recovered, item))

    def picture(self, picture: QImage) -> None:
        """One from the clipboard.  It has no file, so it gets one that lives as long as its work."""
        self.named = False
        name = self.tr("Pasted picture") + ".png"
        self._read(name, partial(opening.pasted, picture, name))

    def again_with(self, original: Path) -> None:
        """The photograph that was missing."""
        if self._again is not None:
            self._again(original)

    def without(self) -> None:
        """Nobody knows where it is."""
        self._again = None
        self.given_up.emit()

    def give_up(self) -> None:
        """Do not wait for the file that is being read: it may lie where nothing answers."""
        task, self._task = self._task, None
        if task is not None:
            self._files.go_on_without(task)
            self.given_up.emit()

    def close(self) -> None:
        """Nobody is told of anything any more."""
        self.blockSignals(True)
        self.give_up()

    def _read_or_ask(self, name: str, work: Callable[..., opening.Opened]) -> None:
        """Should the photograph be missing, the same work goes on once it is known where that is."""
        self._again = lambda original: self._read(name, partial(work, original=original))
        self._read(name, work)

    def _read(self, name: str, work: Callable[[], opening.Opened]) -> None:
        assert not self.busy
        self._task = task = self._files.submit(lambda _report: work())
        task.done.connect(partial(self._on_done, task))
        task.failed.connect(partial(self._on_failed, task))
        self.began.emit(name)

    def _on_done(self, task: Task, result: opening.Opened) -> None:
        if self._task is task:
            self._task = self._again = None
            self.done.emit(result)

    def _on_failed(self, task: Task, error: Exception) -> None:
        if self._task is not task:
            return
        self._task = None
        if isinstance(error, OriginalMissing) and self._again is not None:
            self.original_wanted.emit(error.name, str(error))
        else:
            self._again = None
            self.failed.emit(sentence_of(error))
