"""Who does the work of a batch: processes on this computer, each with a pipeline.

A process that dies, of a decoder's fault or for want of memory, takes only its own files with it.
"""

from __future__ import annotations

import multiprocessing
import os
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing import connection
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol

import psutil  # type: ignore[import-untyped]

from restorer.batch.outcome import Outcome
from restorer.batch.pipeline import AHEAD, Pipeline

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from restorer.batch.entries import Entry
    from restorer.batch.outcome import Stage
    from restorer.batch.settings import Settings


class Message(NamedTuple):
    """What hands say: a file is at a step, is finished (`outcome`), or its process died (`lost`)."""

    kind: Literal["at", "finished", "lost"]
    number: int
    stage: Stage = "read"
    share: float = 0.0
    outcome: Outcome | None = None
    staged: Path | None = None
    """Where the files lie, if not in the folder that was given."""


class Hands(Protocol):
    """Somebody who takes files and says what becomes of them.  Belongs to one thread."""

    @property
    def room(self) -> int:
        """How many more files may be given now."""
        ...

    def give(self, entry: Entry, staged: Path) -> None: ...

    def cancel(self, number: int) -> None: ...

    def wait(self, wake: Connection) -> list[Message]:
        """What was said meanwhile; returns also, perhaps with nothing, once `wake` can be read."""
        ...

    def close(self, *, kill: bool) -> None: ...


def usable_cores() -> int:
    """Cores that this process may run on."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return int(psutil.cpu_count() or 1)


def share_cores(workers: int | None, threads: int | None) -> tuple[int, int]:
    """Workers and threads of each, together no more than the cores.

    What is given counts, as far as there are cores for it; one worker with all of them is the default, because the
    engine shares one picture's tiles among threads better than several pictures share a memory.
    """
    cores = usable_cores()
    count = max(1, min(workers or 1, cores))
    return count, max(1, min(threads or cores, cores // count))


@dataclass(eq=False)
class _Worker:
    process: SpawnProcess
    line: Connection
    numbers: set[int] = field(default_factory=set)


class LocalHands:
    """`workers` processes on this computer.  `settings.threads` is what each may use."""

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._context = multiprocessing.get_context("spawn")
        self._workers = [self._start() for _ in range(workers)]

    @property
    def room(self) -> int:
        return sum(AHEAD - len(worker.numbers) for worker in self._workers)

    @property
    def processes(self) -> Sequence[int]:
        """Their numbers."""
        return [worker.process.pid or 0 for worker in self._workers]

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._settings), daemon=True)
        process.start()
        theirs.close()  # so that its end is seen
        return _Worker(process, ours)

    def give(self, entry: Entry, staged: Path) -> None:
        worker = min(self._workers, key=lambda one: len(one.numbers))
        worker.numbers.add(entry.number)
        with suppress(OSError):  # it died: `wait` will say so
            worker.line.send(("give", entry, staged))

    def cancel(self, number: int) -> None:
        for worker in self._workers:
            if number in worker.numbers:
                with suppress(OSError):
                    worker.line.send(("cancel", number))

    def wait(self, wake: Connection) -> list[Message]:
        said: list[Message] = []
        ready = connection.wait([wake, *(worker.line for worker in self._workers)])
        for worker in [worker for worker in self._workers if worker.line in ready]:
            try:
                while worker.line.poll():
                    message = worker.line.recv()
                    if message.kind == "finished":
                        worker.numbers.discard(message.number)
                    said.append(message)
            except (EOFError, OSError):
                said += [Message("lost", number) for number in sorted(worker.numbers)]
                worker.process.join()
                worker.line.close()
                self._workers[self._workers.index(worker)] = self._start()
        return said

    def close(self, *, kill: bool) -> None:
        for worker in self._workers:
            if kill:
                worker.process.kill()
            worker.line.close()
        for worker in self._workers:
            worker.process.join()


def _serve(line: Connection, settings: Settings) -> None:
    """A worker process: files come over the line, outcomes go back; it ends when the line does."""
    import signal

    import cv2

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    os.environ["TIFFFILE_NUM_THREADS"] = "1"
    cv2.setNumThreads(1)  # the engine's crew is what the cores are for
    lock = Lock()

    def say(*message: Any) -> None:
        with lock, suppress(OSError):
            line.send(Message(*message))

    pipeline = Pipeline(
        settings,
        tell=lambda number, stage, share: say("at", number, stage, share),
        finish=lambda number, outcome: say("finished", number, "write", 1.0, outcome),
    )
    try:
        while True:
            match line.recv():
                case ("give", entry, staged):
                    pipeline.give(entry, staged)
                case ("cancel", number):
                    pipeline.cancel(number)
    except (EOFError, OSError):
        os._exit(0)  # the batch has ended or was killed: what is half-done is of no use
