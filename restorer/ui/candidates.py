"""More like this: other ways to fill one repair, to choose from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from restorer.document.answers import grain_of, has_grain, in_place_of, repair_of
from restorer.document.repair import Image, Repair, same_pixels, strips
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.files.orientation import as_shown
from restorer.imaging.region import Region
from restorer.ui.engine import COPIES
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.imaging.job import Job
    from restorer.ui.editor import Editor
    from restorer.ui.engine import Answer, Engine
    from restorer.ui.worker import Task, Worker

MORE = 2
"""Px that are restored around it besides, where nothing else makes a difference."""


class Kind(Enum):
    """In what a candidate differs from what is there."""

    TEXTURE = auto()
    """By the same network, with another seed."""
    MARGIN = auto()
    """More is restored around it."""
    NETWORK = auto()
    """By a network, where there were copied pixels, or some brought by hand."""
    OTHER_NETWORK = auto()
    COPIES = auto()


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
    """The candidates of one repair, filled one after the other; they are looked at on a worker's thread.

    Signals:
        seen(NDArray): the picture as it is; see `begin`.
        began(int): another way has been taken for that place, for the first gave what is there already.
        filled(int, Candidate, NDArray): the one at that place is there, and the picture with it.
        failed(int, str): it will not come; one sentence.
    """

    seen = Signal(object)
    began = Signal(int)
    filled = Signal(int, object, object)
    failed = Signal(int, str)

    def __init__(self, editor: Editor, engine: Engine, analysis: Worker, number: int, parent: QObject) -> None:
        super().__init__(parent)
        self._editor = editor
        self._engine = engine
        self._analysis = analysis
        repair = editor.repair(number)
        assert repair is not None
        self.repair: Repair = repair
        self._jobs: list[Job | None] = []
        self._place, self._step = Region(0, 0, 0, 0), 1
        self._open = False
        networks = [name for name in engine.models if name != COPIES]
        other_chosen = engine.model is not None and engine.model != COPIES
        self._chosen = engine.model if other_chosen else networks[0] if networks else None
        self.ways = self._ways([name for name in networks if name != self._chosen])

    def _ways(self, others: list[str]) -> list[Way]:
        """By the network chosen, by another where there is one, and by copies; none as the repair was made."""
        made, seed = self.repair.made.get("model"), int(self.repair.made.get("seed", "0"))
        model = self._chosen if self._engine.model == COPIES else None
        first = Way(model, seed + (made == self._chosen))
        other = next((name for name in others if name != made), others[0] if others else None)
        second = Way(model, seed + 1, MORE) if other is None else Way(other, seed + (made == other))
        return [first, second, Way(COPIES, seed + (made == COPIES))]

    def kind(self, way: Way) -> Kind:
        made = self.repair.made.get("model", COPIES)  # what is done by hand has none
        if way.model == COPIES:
            return Kind.COPIES
        if way.grow:
            return Kind.MARGIN
        if made == COPIES:
            return Kind.NETWORK if way is self.ways[0] else Kind.OTHER_NETWORK
        return Kind.TEXTURE if (way.model or self._chosen or made) == made else Kind.OTHER_NETWORK

    def begin(self, place: Region, step: int) -> None:
        """Fill them.  `place` is what is shown of the picture, of which every `step`-th pixel is enough.

        Pictures are arrays in the file's own values, turned as it is seen.
        """
        self._place, self._step, self._open = place, step, True
        document = self._editor.document
        assert document is not None
        image = document.image
        self._look(lambda: image).done.connect(self._show_as_it_is)
        for index in range(len(self.ways)):
            self._jobs.append(None)
            self._submit(index)

    def cancel(self) -> None:
        """Nobody chooses any more."""
        self._open = False
        for job in self._jobs:
            if job is not None:
                job.cancel()
        self._jobs = [None] * len(self._jobs)

    def use(self, candidate: Candidate) -> None:
        """It takes the repair's place: one undo step."""
        self._editor.reworking.take_instead(self.repair, candidate.job, candidate.answer)

    def _show_as_it_is(self, picture: NDArray[Any]) -> None:
        if self._open:
            self.seen.emit(picture)

    def _look(self, image: Callable[[], Image], unlike: Answer | None = None) -> Task:
        """The task's answer is the picture at `place`; or None, if the pixels of that answer are there already."""
        place, step, repair = self._place, self._step, self.repair
        document = self._editor.document
        assert document is not None
        turned = document.photograph.turned

        def work(_report: object) -> NDArray[Any] | None:
            if unlike is not None and same_pixels(unlike.patches, repair.patches, repair.region):
                return None
            return as_shown(_every(image(), place, step), turned)

        return self._analysis.submit(work)

    def _with(self, candidate: Candidate) -> Callable[[], Image]:
        """Puts together the picture with it in the repair's place, as `use` would; callable on any thread."""
        document, repair = self._editor.document, self.repair
        assert document is not None
        photograph, job, answer = document.photograph, candidate.job, candidate.answer
        at = document.repairs.index(repair) if repair in document.repairs else len(document.repairs)
        below, above = document.repairs[:at], document.repairs[at + 1 :]

        def image() -> Image:
            made = in_place_of(repair, repair_of(job, answer.patches, answer.made), repair.run + 1)
            if repair.grain is not None and answer.grain is not None and not has_grain(answer.made):
                grain = grain_of(made, Image.of(photograph, below), repair.grain.amount, answer.grain)
                made = replace(made, grain=grain)
            return Image.of(photograph, (*below, made, *above))

        return image

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
        candidate = Candidate(self.ways[index], job, answer)
        task = self._look(self._with(candidate), answer if candidate.way.grow == 0 else None)
        task.done.connect(partial(self._looked, index, candidate))
        task.failed.connect(partial(self._failed, index, job))

    def _looked(self, index: int, candidate: Candidate, picture: NDArray[Any] | None) -> None:
        if self._jobs[index] is not candidate.job:
            return
        self._jobs[index] = None
        if picture is not None:
            self.filled.emit(index, candidate, picture)
            return
        # the seed draws texture, and narrow damage has none
        self.ways[index] = self._wider(candidate.way)
        self.began.emit(index)
        self._submit(index)

    def _wider(self, way: Way) -> Way:
        """The same with a margin that no other candidate of that network has."""
        margins = {other.grow for other in self.ways if other.model == way.model}
        return Way(way.model, way.seed, next(grow for grow in (MORE, 2 * MORE, 3 * MORE) if grow not in margins))

    def _failed(self, index: int, job: Job, error: Exception) -> None:
        if self._jobs[index] is job and not isinstance(error, Cancelled):
            self._jobs[index] = None
            self.failed.emit(index, sentence_of(error))


def _every(image: Image, place: Region, step: int) -> NDArray[Any]:
    """Every `step`-th pixel of a place across and down, read a strip at a time."""
    rows = []
    for strip in strips(place):
        first = -(strip.top - place.top) % step
        if first < strip.height:
            rows.append(image.read(strip)[first::step, ::step].copy())  # or the strip would be kept
    return np.concatenate(rows)
