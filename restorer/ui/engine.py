"""The engine's thread: it owns the Restorer and touches only the job that it is given."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np
import psutil  # type: ignore[import-untyped]
from PySide6.QtCore import QObject, Signal

from restorer.imaging.errors import RestorerError
from restorer.imaging.job import Job
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region
from restorer.ui.worker import Task, Worker

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.imaging.patch import Patch
    from restorer.ui.worker import Report


class Restores(Protocol):
    """The part of `restorer.engine.restorer.Restorer` that the window uses."""

    def restore(self, job: Job, progress: Callable[[float], None] = ...) -> list[Patch]: ...

    def made(self, job: Job) -> dict[str, str]: ...


@dataclass(frozen=True, eq=False)
class Answer:
    """A job's patches, and how they came about."""

    patches: list[Patch]
    made: dict[str, str]


@dataclass(frozen=True)
class Choice:
    """What a Restorer is made of: weights by name (None: the default), device, threads (0: left to the program)."""

    model: str | None = None
    device: str = "auto"
    threads: int = 0


class Engine(QObject):
    """Jobs in, answers out; shared by all windows, so that the weights are in memory once.

    Signals:
        modelsFound(list): names of the weights that can be chosen, once they are known.

    Args:
        make: makes the Restorer for what was chosen, on the engine's thread.
    """

    modelsFound = Signal(list)  # noqa: N815

    def __init__(self, make: Callable[[Choice], Restores] | None = None) -> None:
        super().__init__()
        self._make = make or _restorer
        self._real = make is None
        self._worker = Worker("engine")
        self._made: tuple[Choice, Restores] | None = None  # the engine's thread only
        self._jobs: set[Job] = set()
        self.models: list[str] = []
        self.model: str | None = None
        self.device = "auto"
        self.threads = 0
        """0 leaves a core to the window."""

    @property
    def choice(self) -> Choice:
        return Choice(self.model, self.device, self.threads)

    def warm_up(self) -> None:
        """Load torch and the weights, and run the network once: the first heal is then as fast as the second."""
        choice = self.choice
        self._worker.submit(lambda _report: self._warmed_up(choice)).done.connect(self._found)

    def restore(self, job: Job, model: str | None = None) -> Task:
        """The task's answer is an `Answer`.  `model` are other weights than those chosen, for this job."""
        choice = self.choice if model is None else replace(self.choice, model=model)
        task = self._worker.submit(lambda report: self._answer(job, choice, report))
        self._jobs.add(job)
        task.destroyed.connect(lambda: self._jobs.discard(job))
        return task

    def stop(self) -> None:
        """End cleanly: running work stops at its next tile."""
        for job in self._jobs:
            job.cancel()
        self._worker.stop()

    def _found(self, models: list[str]) -> None:
        self.models = models
        self.modelsFound.emit(models)

    # --- on the engine's thread ------------------------------------------------------------------------------

    def _warmed_up(self, choice: Choice) -> list[str]:
        models = _available() if self._real else []
        # what is wrong with the weights is said when they are needed, not at each start
        with suppress(RestorerError):
            self._restorer_for(choice).restore(_small_job())
        return models

    def _answer(self, job: Job, choice: Choice, report: Report) -> Answer:
        job.check()  # cancelled while it waited
        restorer = self._restorer_for(choice)
        patches = restorer.restore(job, report)
        return Answer(patches, restorer.made(job))

    def _restorer_for(self, choice: Choice) -> Restores:
        if self._made is None or self._made[0] != choice:
            self._made = None  # free the old weights before the new ones are read
            self._made = (choice, self._make(choice))
        return self._made[1]


def _restorer(choice: Choice) -> Restores:
    try:
        from restorer.engine.restorer import Restorer
    except (ImportError, OSError) as error:
        raise RestorerError(f"Torch cannot be loaded ({error}): install Restorer again.") from error
    return Restorer(choice.model, choice.device, choice.threads or _threads())


def _available() -> list[str]:
    try:
        from restorer.engine import weights
    except (ImportError, OSError):
        return []
    return weights.available()


def _small_job() -> Job:
    damage = np.zeros((64, 64), bool)
    damage[28:36, 28:36] = True
    return Job(Whole(np.full((64, 64, 3), 128, np.uint8)), Stroke(Region(28, 28, 36, 36), damage[28:36, 28:36]), damage)


def _threads() -> int:
    """One core stays with the window.

    A thread of torch that waits for its core holds up all the others at the end of each layer: with a thread a core,
    a busy window made a heal several times slower.
    """
    logical = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    physical = psutil.cpu_count(logical=False) or logical
    return max(1, min(physical, logical - 1))
