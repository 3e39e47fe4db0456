"""The engine's thread: it owns the Restorer and touches only the job that it is given."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Protocol

import numpy as np
from PySide6.QtCore import QObject, Signal

from restorer.document.answers import grain_lacking
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.job import Job
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region
from restorer.ui.worker import Task, Worker

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from restorer.imaging.findings import Findings
    from restorer.imaging.grain import Grain
    from restorer.imaging.patch import Patch, Pixels
    from restorer.training.adapt import Progress
    from restorer.ui.worker import Report


COPIES = "patches"
"""Stands where weights have their name; see `restorer.engine.copying`."""


@dataclass(frozen=True)
class Wish:
    """Weights to be adapted to photographs; see `restorer.training.adapt.Request`."""

    photographs: tuple[Path, ...]
    name: str
    model: str | None = None
    minutes: float = 5.0
    anyway: bool = False
    cancelled: Event = field(default_factory=Event, compare=False)


class Restores(Protocol):
    """The part of `restorer.engine.restorer.Restorer` that the window uses."""

    def restore(self, job: Job, progress: Callable[[float], None] = ...) -> list[Patch]: ...

    def made(self, job: Job) -> dict[str, str]: ...


@dataclass(frozen=True, eq=False)
class Answer:
    """A job's patches, and how they came about."""

    patches: list[Patch]
    made: dict[str, str]
    grain: Grain | None = None
    """What the patches lack of it, if that was to be measured and could be."""


@dataclass(frozen=True)
class Choice:
    """What a Restorer is made of: weights by name (None: the default), device, threads (0: left to the program)."""

    model: str | None = None
    device: str = "auto"
    threads: int = 0


class Searches(Protocol):
    """The part of `restorer.engine.detector.Detector` that the window uses."""

    def find(self, picture: Pixels, progress: Callable[[float], None], check: Callable[[], None]) -> Findings: ...


class Engine(QObject):
    """Jobs in, answers out; shared by all windows, so that the weights are in memory once.

    Signals:
        noticed(str): one sentence a person should know, such as that the graphics card failed and the CPU goes on.
        placed(str): where the network is now, "cpu" or "cuda".
        modelsFound(list): names of the weights that can be chosen, once they are known; `detectors` is known then too.

    Args:
        make: makes the Restorer for what was chosen, on the engine's thread.
    """

    noticed = Signal(str)
    placed = Signal(str)
    modelsFound = Signal(list)  # noqa: N815

    def __init__(self, make: Callable[[Choice], Restores] | None = None) -> None:
        super().__init__()
        self._make = make or partial(_restorer, notice=self.noticed.emit)
        self._real = make is None
        self._worker = Worker("engine")
        self._made: tuple[Choice, Restores] | None = None  # the engine's thread only
        self._searcher: tuple[Choice, Searches] | None = None  # the engine's thread only
        self._jobs: set[Job] = set()
        self._ending: set[Event] = set()
        self.models: list[str] = []
        self.detectors: list[str] | None = None
        """Weights that find damage; None until it is known."""
        self.model: str | None = None
        self.place = ""
        """Where the network is; empty until it is known."""
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

    def restore(self, job: Job, model: str | None = None, *, grain: bool = False) -> Task:
        """The task's answer is an `Answer`.  `model` are other weights than those chosen, for this job; with `grain`,
        what the answer lacks of it is measured, too.
        """
        choice = self.choice if model is None else replace(self.choice, model=model)
        task = self._worker.submit(lambda report: self._answer(job, choice, grain, report))
        self._jobs.add(job)
        task.destroyed.connect(lambda: self._jobs.discard(job))
        return task

    def rests(self, job: Job, model: str | None, *, sources: bool) -> Task:
        """What the fill of a job rests on.

        The task's answer is a `DrawnFrom` for `sources`, or regions and masks of what was copied; else patches, each
        with its expected error, or None if nobody can tell that.
        """
        choice = self.choice if model is None else replace(self.choice, model=model)
        task = self._worker.submit(lambda report: self._rests(job, choice, sources, report))
        self._jobs.add(job)
        task.destroyed.connect(lambda: self._jobs.discard(job))
        return task

    def look_for_models(self) -> None:
        """Weights have come or gone."""
        self._worker.submit(lambda _report: self._known()).done.connect(self._found)

    def find(self, picture: Pixels, cancelled: Event) -> Task:
        """Look for damage; the task's answer are `Findings`."""
        choice = Choice(None, self.device, self.threads)
        return self._ended_with(
            cancelled, self._worker.submit(lambda report: self._searched(picture, choice, cancelled, report))
        )

    def adapt(self, wish: Wish, heard: Callable[[Progress], None], told: Callable[[str], None]) -> Task:
        """Teach weights by photographs; `heard` and `told` are called on the engine's thread.

        The task's answer is `restorer.training.adapt.Adapted`.  What is to be restored waits meanwhile.
        """
        device, threads = self.device, self.threads

        def work(_report: object) -> object:
            self._made = self._searcher = None  # their memory is needed
            return _adapted(wish, device, threads, heard, told)

        return self._ended_with(wish.cancelled, self._worker.submit(work))

    def _ended_with(self, cancelled: Event, task: Task) -> Task:
        self._ending.add(cancelled)
        task.destroyed.connect(lambda: self._ending.discard(cancelled))
        return task

    def stop(self) -> None:
        """End cleanly: running work stops at its next tile."""
        for job in self._jobs:
            job.cancel()
        for cancelled in self._ending:
            cancelled.set()
        self._worker.stop()

    def _found(self, known: tuple[list[str], list[str]]) -> None:
        self.models, self.detectors = known
        self.modelsFound.emit(self.models)

    # --- on the engine's thread ------------------------------------------------------------------------------

    def _warmed_up(self, choice: Choice) -> tuple[list[str], list[str]]:
        known = self._known()
        # what is wrong with the weights is said when they are needed, not at each start
        with suppress(RestorerError):
            restorer, job = self._restorer_for(choice), _small_job()
            restorer.restore(job)
            self._tell_place(restorer.made(job))
        return known

    def _known(self) -> tuple[list[str], list[str]]:
        return _available("fills") if self._real else [], _available("finds")

    def _searched(self, picture: Pixels, choice: Choice, cancelled: Event, report: Report) -> Findings:
        def check() -> None:
            if cancelled.is_set():
                raise Cancelled

        check()
        if self._searcher is None or self._searcher[0] != choice:
            self._searcher = None
            self._searcher = (choice, _detector(choice, self.noticed.emit))
        return self._searcher[1].find(picture, report, check)

    def _rests(self, job: Job, choice: Choice, sources: bool, report: Report) -> object:
        job.check()
        restorer = self._restorer_for(choice)
        copied_from = getattr(restorer, "copied_from", None)
        if sources and copied_from is not None:
            return copied_from(job)  # it knows, and need not be asked what would be without them
        if sources:
            from restorer.engine.resting import drawn_from

            return drawn_from(job, restorer, report)
        answers = getattr(restorer, "answers", None)
        return None if answers is None else list(answers(job, report))

    def _answer(self, job: Job, choice: Choice, grain: bool, report: Report) -> Answer:
        job.check()  # cancelled while it waited
        restorer = self._restorer_for(choice)
        patches = restorer.restore(job, report)
        made = restorer.made(job)
        self._tell_place(made)
        job.check()
        return Answer(patches, made, grain_lacking(job, patches) if grain else None)

    def _tell_place(self, made: dict[str, str]) -> None:
        place = made.get("device", "")
        if place and place != self.place:
            self.place = place
            self.placed.emit(place)

    def _restorer_for(self, choice: Choice) -> Restores:
        if self._made is None or self._made[0] != choice:
            self._made = None  # free the old weights before the new ones are read
            self._made = (choice, self._make(choice))
        return self._made[1]


def _restorer(choice: Choice, notice: Callable[[str], None]) -> Restores:
    try:
        from restorer.engine.filling import filler
    except (ImportError, OSError) as error:
        raise RestorerError(f"Torch cannot be loaded ({error}): install Restorer again.") from error
    return filler(choice.model, choice.device, choice.threads or _threads(), notice)


def _detector(choice: Choice, notice: Callable[[str], None]) -> Searches:
    try:
        from restorer.engine.detector import Detector
    except (ImportError, OSError) as error:
        raise RestorerError(f"Torch cannot be loaded ({error}): install Restorer again.") from error
    return Detector(None, choice.device, choice.threads or _threads(), notice)


def _adapted(
    wish: Wish, device: str, threads: int, heard: Callable[[Progress], None], told: Callable[[str], None]
) -> object:
    try:
        from restorer.training.adapt import Request, adapt, own_target
    except (ImportError, OSError) as error:
        raise RestorerError(f"Torch cannot be loaded ({error}): install Restorer again.") from error
    request = Request(
        photographs=wish.photographs,
        target=own_target(wish.name),
        model=wish.model,
        minutes=wish.minutes,
        anyway=wish.anyway,
        device=device,
        threads=threads or _threads(),
        cancelled=wish.cancelled,
    )
    return adapt(request, heard, told)


def _available(does: str) -> list[str]:
    try:
        from restorer.engine import weights
    except (ImportError, OSError):
        return []
    return [*weights.available(does), *([COPIES] if does == "fills" else [])]


def _small_job() -> Job:
    damage = np.zeros((64, 64), bool)
    damage[28:36, 28:36] = True
    return Job(Whole(np.full((64, 64, 3), 128, np.uint8)), Stroke(Region(28, 28, 36, 36), damage[28:36, 28:36]), damage)


def _threads() -> int:
    """One core stays with the window.

    A thread of torch that waits for its core holds up all the others at the end of each layer: with a thread a core,
    a busy window made a heal several times slower.
    """
    import psutil  # type: ignore[import-untyped]  # 15 ms that the first window need not wait for

    logical = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    physical = psutil.cpu_count(logical=False) or logical
    return max(1, min(physical, logical - 1))
