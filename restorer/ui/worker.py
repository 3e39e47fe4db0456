"""Work beside the main thread, and its answers, which come back to it."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from queue import Empty, SimpleQueue
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from restorer.imaging.errors import Cancelled, RestorerError
from restorer.ui.report import anonymous

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
        self.wanted = True
        """If not, and it has not begun yet, it is left out."""
        # Emitted on the worker's thread, delivered on this one.  Whoever listens to the public signals may then use
        # any callable: with a plain function Qt would otherwise call it on the worker's thread.
        self._reported.connect(self.progressed, Qt.ConnectionType.QueuedConnection)
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self) -> None:
        """Called on the worker's thread."""
        answer, error = None, None
        try:
            if not self.wanted:
                raise Cancelled
            answer = self._work(self._reported.emit)
        except Exception as raised:
            if not isinstance(raised, RestorerError | Cancelled):
                text = "".join(traceback.format_exception(raised))
                sys.stderr.write(anonymous(text))  # desktops keep what is written there, too
                logging.getLogger("restorer").error("%s", text)
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
        self._name = name
        self._waiting: SimpleQueue[Task | None] = SimpleQueue()
        self._runs: Task | None = None
        self._left: list[threading.Thread] = []
        self._begin()

    def submit(self, work: Work) -> Task:
        task = Task(work, self)
        self._waiting.put(task)
        return task

    def go_on_without(self, task: Task) -> None:
        """Nobody waits for a task any more.  If it is the one that runs, the others go on on a thread of their own:
        a file system that does not answer cannot be interrupted.
        """
        task.wanted = False
        if self._runs is task:
            self._left.append(self._thread)
            self._begin()

    def stop(self, patience: float | None = None) -> None:
        """Drop what waits, and wait for what runs, `patience` seconds at most."""
        while True:
            try:
                self._waiting.get_nowait()
            except Empty:
                break
        self._waiting.put(None)
        end = None if patience is None else monotonic() + patience
        for thread in (self._thread, *self._left):
            thread.join(None if end is None else max(0.0, end - monotonic()))

    def _begin(self) -> None:
        # a daemon, or one that is stuck would keep the program from ending
        self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
        self._thread.start()

    def _work(self) -> None:
        """On the worker's thread, until `stop`, or until another thread has taken its place."""
        me = threading.current_thread()
        while True:
            task = self._waiting.get()
            if task is None:
                self._waiting.put(None)  # for a thread whose place another has taken
                return
            self._runs = task
            task.run()
            if me is not self._thread:
                return
            self._runs = None


def sentence_of(error: Exception) -> str:
    """What a person is told of an error."""
    if isinstance(error, RestorerError):
        return str(error)
    if isinstance(error, MemoryError):
        return "There is not enough memory for this: close other programs, and try again."
    return f"The program made a mistake ({type(error).__name__}: {str(error)[:200]}); your picture is as it was."
