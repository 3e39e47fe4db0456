"""Work beside the main thread, and its answers, which come back to it."""

from __future__ import annotations

import sys
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from restorer.imaging.errors import Cancelled, RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable

    Report = Callable[[float], None]
    Work = Callable[[Report], Any]


class Task(QObject):
    """A piece of work that was handed to a worker.  Lives, and speaks, on the main thread.

    Signals:
        progressed(float): the share done, 0..1.
        done(object): what the work returned.
        failed(object): the exception that it raised; `Cancelled` is one of them.
    """

    progressed = Signal(float)
    done = Signal(object)
    failed = Signal(object)
    _reported = Signal(float)
    _arrived = Signal(object, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        # Emitted on the worker's thread, delivered on this one.  Whoever listens to the public signals may then use
        # any callable: with a plain function Qt would otherwise call it on the worker's thread.
        self._reported.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self) -> None:
        """Called on the worker's thread."""
        answer, error = None, None
        try:
            answer = self._work(self._reported.emit)
        except Exception as raised:
            if not isinstance(raised, RestorerError | Cancelled):
                traceback.print_exception(raised, file=sys.stderr)
            error = raised.with_traceback(None)  # its frames would keep whole pictures alive
        self._arrived.emit(answer, error)

    def _deliver(self, answer: object, error: Exception | None) -> None:
        try:
            if error is None:
                self.done.emit(answer)
            else:
                self.failed.emit(error)
        finally:
            self.deleteLater()


class Worker(QObject):
    """One background thread; tasks run in the order in which they were handed over."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._executor = ThreadPoolExecutor(1, name)

    def submit(self, work: Work) -> Task:
        task = Task(work, self)
        self._executor.submit(task.run)
        return task

    def stop(self) -> None:
        """Drop what waits, and wait for what runs."""
        self._executor.shutdown(wait=True, cancel_futures=True)


def sentence_of(error: Exception) -> str:
    """What a person is told of an error."""
    if isinstance(error, RestorerError):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this: close other programs, and try again."
    return f"The program made a mistake ({type(error).__name__}: {str(error)[:200]}); your picture is as it was."
