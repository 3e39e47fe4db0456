"""More like this: other ways to fill one repair, to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Signal

from restorer.document.repair import Image, Repair
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.files.orientation import as_shown
from restorer.imaging.marks import Marks
from restorer.imaging.region import Region
from restorer.ui.engine import COPIES
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from restorer.imaging.job import Job
    from restorer.ui.editor import Editor
    from restorer.ui.engine import Answer, Engine

MORE = 2
"""Px that are restored around it besides, where nothing else makes a difference."""


@dataclass(frozen=True)
class Way:
    """One way to fill it: weights by name (None: those chosen), the seed, and px more around it."""

    model: str | None
    seed: int
    grow: int = 0


@dataclass(frozen=True, eq=False)
class Candidate:
    """A way, and what came of it."""

    way: Way
    job: Job
    answer: Answer


class Candidates(QObject):
    """The candidates of one repair, filled one after the other.

    Signals:
        began(int): another way has been taken for that place, for the first gave what is there already.
        filled(int, Candidate): the one at that place is there.
        failed(int, str): it will not come; one sentence.
    """

    began = Signal(int)
    filled = Signal(int, object)
    failed = Signal(int, str)

    def __init__(self, editor: Editor, engine: Engine, number: int, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._engine = engine
        repair = editor.repair(number)
        assert repair is not None
        self.repair: Repair = repair
        self._jobs: list[Job | None] = []
        chosen = engine.model or (engine.models[0] if engine.models else None)
        seed = int(repair.made.get("seed", "0"))
        others = [name for name in engine.models if name not in (chosen, COPIES)]
        unlike = [name for name in others if name != repair.made.get("model")] or others
        second = Way(unlike[0], seed) if unlike else Way(None, seed + 1, MORE)
        self.ways = [Way(None, seed + (repair.made.get("model") == chosen)), second, Way(COPIES, seed)]

    def begin(self) -> None:
        for index in range(len(self.ways)):
            self._jobs.append(None)
            self._submit(index)

    def cancel(self) -> None:
        """Nobody chooses any more."""
        for job in self._jobs:
            if job is not None:
                job.cancel()
        self._jobs = [None] * len(self._jobs)

    def seen(self, candidate: Candidate | None, place: Region) -> np.ndarray:
        """The picture at `place`, turned as it is seen, with that candidate or as it is; in the file's own values."""
        document = self._editor.document
        assert document is not None
        if candidate is None:
            return as_shown(document.image.read(place), document.photograph.turned)
        below = document.repairs[: document.repairs.index(self.repair)] if self.repair in document.repairs else ()
        made = Repair(tuple(candidate.answer.patches), Marks(document.mask.shape), {}, self.repair.strength)
        return as_shown(Image.of(document.photograph, (*below, made)).read(place), document.photograph.turned)

    def use(self, candidate: Candidate) -> None:
        """It takes the repair's place: one undo step."""
        self._editor.reworking.take_instead(self.repair, candidate.job, candidate.answer)

    def _submit(self, index: int) -> None:
        document, way = self._editor.document, self.ways[index]
        assert document is not None
        try:
            job = document.job_again(self.repair, seed=way.seed, grow=way.grow)
        except RestorerError as error:
            self.failed.emit(index, str(error))
            return
        self._jobs[index] = job
        task = self._engine.restore(job, way.model, grain=document.wants_grain(self.repair))
        task.done.connect(partial(self._done, index, job))
        task.failed.connect(partial(self._failed, index, job))

    def _done(self, index: int, job: Job, answer: Answer) -> None:
        if self._jobs[index] is not job:
            return
        self._jobs[index] = None
        way = self.ways[index]
        if index == 0 and way.grow == 0 and self._is_there(answer):
            # the seed draws texture, and narrow damage has none
            grow = MORE if self.ways[1].grow == 0 else 2 * MORE
            self.ways[0] = Way(way.model, way.seed, grow)
            self.began.emit(0)
            self._submit(0)
            return
        self.filled.emit(index, Candidate(way, job, answer))

    def _is_there(self, answer: Answer) -> bool:
        """Are its pixels those of the repair?"""
        region = self.repair.region
        shape = self._editor.document.original.shape if self._editor.document is not None else ()

        def laid(patches: object) -> np.ndarray:
            whole = np.zeros((region.height, region.width, *shape[2:]))
            for patch in patches:  # type: ignore[attr-defined]
                common = patch.region & region
                part = common.within(patch.region).slices
                mask = patch.mask[part]
                whole[common.within(region).slices][mask] = patch.pixels[part][mask]
            return whole

        return bool(np.array_equal(laid(answer.patches), laid(self.repair.patches)))

    def _failed(self, index: int, job: Job, error: Exception) -> None:
        if self._jobs[index] is job and not isinstance(error, Cancelled):
            self._jobs[index] = None
            self.failed.emit(index, sentence_of(error))
