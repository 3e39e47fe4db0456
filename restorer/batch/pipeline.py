"""One process's share of a batch: it reads a file, computes another and writes a third at the same time."""

from __future__ import annotations

from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING, NamedTuple

from restorer.batch.one_file import Networks, failure, read, restore, write
from restorer.batch.outcome import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from restorer.batch.entries import Entry
    from restorer.batch.one_file import Work
    from restorer.batch.outcome import Stage
    from restorer.batch.settings import Settings

    Tell = Callable[[int, Stage, float], None]
    Finish = Callable[[int, Outcome], None]

AHEAD = 3
"""Files in one process at a time: one for each step."""


class _On(NamedTuple):
    entry: Entry
    staged: Path
    flag: Event
    work: Work | None = None


class Pipeline:
    """Three threads with a queue between each.  How many files are in it is up to whoever gives them.

    Args:
        settings: for all files.
        tell: called with a number, its step, and the share of it that is done; on any thread.
        finish: called once for each file.
    """

    def __init__(self, settings: Settings, tell: Tell, finish: Finish) -> None:
        self._settings, self._tell, self._finish = settings, tell, finish
        self._networks = Networks(settings)
        self._flags: dict[int, Event] = {}
        self._queues: list[SimpleQueue[_On | None]] = [SimpleQueue() for _ in range(3)]
        steps = (self._read, self._restore, self._write)
        self._threads = [
            Thread(target=self._run, args=(at, step), name=f"batch-{step.__name__[1:]}", daemon=True)
            for at, step in enumerate(steps)
        ]
        for thread in self._threads:
            thread.start()

    def give(self, entry: Entry, staged: Path) -> None:
        """Begin a file; its result goes into the folder `staged`."""
        flag = self._flags[entry.number] = Event()
        self._queues[0].put(_On(entry, staged, flag))

    def cancel(self, number: int) -> None:
        """Give up a file, if it is still here: its outcome is `skipped`."""
        flag = self._flags.get(number)
        if flag is not None:
            flag.set()

    def close(self) -> None:
        """Finish what was given, and end the threads."""
        self._queues[0].put(None)
        for thread in self._threads:
            thread.join()

    def _run(self, at: int, step: Callable[[_On], _On | Outcome]) -> None:
        while (one := self._queues[at].get()) is not None:
            try:
                done = step(one)
            except Exception as error:
                done = failure(error)
            if isinstance(done, Outcome):
                self._flags.pop(one.entry.number, None)
                self._finish(one.entry.number, done)
            else:
                self._queues[at + 1].put(done)
            del one, done  # or the last picture would stay until the next one comes
        if at + 1 < len(self._queues):
            self._queues[at + 1].put(None)

    def _read(self, one: _On) -> _On:
        self._tell(one.entry.number, "read", 0.0)
        return one._replace(work=read(one.entry, one.flag, self._settings.infrared))

    def _restore(self, one: _On) -> _On:
        number, work = one.entry.number, one.work
        assert work is not None
        self._tell(number, "restore", 0.0)
        with self._networks.busy:
            restore(work, self._settings, self._networks, lambda share: self._tell(number, "restore", share))
        return one

    def _write(self, one: _On) -> Outcome:
        assert one.work is not None
        self._tell(one.entry.number, "write", 0.0)
        return write(one.work, self._settings, one.staged)
