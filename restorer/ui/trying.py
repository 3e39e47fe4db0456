"""While a slider of a repair is dragged, the canvas shows what it would come to; nothing is done before that ends."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.document.answers import grain_of
from restorer.document.repair import Image, Repair
from restorer.imaging.region import Region
from restorer.ui.canvas.sketch import Sketch, sketched

if TYPE_CHECKING:
    from restorer.imaging.grain import Grain
    from restorer.ui.canvas.canvas import Canvas
    from restorer.ui.canvas.layers import Picture
    from restorer.ui.editor import Editor
    from restorer.ui.worker import Task, Worker

NOWHERE = Region(0, 0, 0, 0)


@dataclass(frozen=True)
class Trial:
    """What is tried with a repair, by its number: None leaves it as it is.

    Attributes:
        strength, grain: 0..1.
        feather: px.
    """

    number: int
    strength: float | None = None
    feather: int | None = None
    grain: float | None = None

    def of(self, repair: Repair, below: Image, lacking: Grain | None) -> Repair:
        """The repair as it would be; `lacking` as `grain_of` told before.

        Raises:
            RestorerError: what its grain should be cannot be told.
        """
        if self.strength is not None:
            repair = replace(repair, strength=self.strength)
        if self.feather is not None:
            repair = replace(repair, feather=self.feather)
        if self.grain is not None:
            repair = replace(repair, grain=grain_of(repair, below, self.grain, lacking) if self.grain else None)
        return repair


class Trying(QObject):
    """One sketch is made at a time, on a worker's thread; of what is asked for meanwhile, the last counts.

    Signals:
        shown(Region): the layers look different there, px of the picture.
    """

    shown = Signal(object)

    def __init__(self, editor: Editor, canvas: Canvas, analysis: Worker) -> None:
        super().__init__(canvas)
        self._editor = editor
        self._canvas = canvas
        self._analysis = analysis
        self._next: Trial | None = None
        self._task: Task | None = None
        self._over: Picture | None = None
        """What the sketch lies over."""
        self._lacking: tuple[Repair, Grain] | None = None
        editor.refreshed.connect(lambda _region: self.end())
        editor.redrawn.connect(self.end)

    def show(self, trial: Trial) -> None:
        """Show that instead of what was tried before."""
        self._next = trial
        if self._task is None:
            self._go_on()

    def end(self) -> None:
        """Nothing is tried any more: the picture shows as it is."""
        self._next = None
        if self._task is not None:
            self._task.wanted = False
            self._task = None
        self._lay(None)

    def lacking(self, number: int) -> Grain | None:
        """The grain that the repair of that number lacks, if that has been found out here."""
        repair = self._editor.repair(number)
        return self._lacking[1] if self._lacking is not None and self._lacking[0] is repair else None

    def _go_on(self) -> None:
        trial, self._next = self._next, None
        document, layers = self._editor.document, self._editor.layers
        repair = None if trial is None else self._editor.repair(trial.number)
        if trial is None or repair is None or document is None or layers is None:
            return
        repairs, photograph, at = document.repairs, document.photograph, document.repairs.index(repair)
        level = layers.after.pyramid.level_for(self._canvas.zoom)
        seen, as_seen, lacking = self._canvas.visible_region(), layers.as_seen, self.lacking(trial.number)

        def work(_report: object) -> tuple[Sketch | None, Repair]:
            tried = trial.of(repair, Image.of(photograph, repairs[:at]), lacking)
            image = Image.of(photograph, (*repairs[:at], tried, *repairs[at + 1 :]))
            return sketched(image, tried, seen, level, as_seen), tried

        self._task = task = self._analysis.submit(work)
        task.done.connect(partial(self._show, task, repair))
        task.failed.connect(partial(self._fail, task))

    def _show(self, task: Task, repair: Repair, made: tuple[Sketch | None, Repair]) -> None:
        if self._task is not task:
            return
        sketch, tried = made
        if tried.grain is not None:
            self._lacking = repair, tried.grain
        self._lay(sketch)
        self._let_next()

    def _fail(self, task: Task, _error: Exception) -> None:
        """It is told when the slider is let go."""
        if self._task is task:
            self._let_next()

    def _let_next(self) -> None:
        self._task = None
        self._go_on()

    def _lay(self, sketch: Sketch | None) -> None:
        before = None if self._over is None else self._over.sketch
        if self._over is not None:
            self._over.sketch = None
        self._over = None if sketch is None or self._editor.layers is None else self._editor.layers.after
        if self._over is not None:
            self._over.sketch = sketch
        region = NOWHERE
        for each in (before, sketch):
            region = region if each is None else region | each.region
        if not region.empty:
            self.shown.emit(region)
