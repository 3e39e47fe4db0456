"""What was drawn last, changed by its handles: the marks follow, and what was restored of them is restored anew."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, Signal

from restorer.imaging import mask as masks
from restorer.imaging.marks import Marks
from restorer.imaging.patch import Stroke
from restorer.ui.joining import Joining

if TYPE_CHECKING:
    from collections.abc import Iterator

    from restorer.document.document import Document
    from restorer.document.history import Step
    from restorer.imaging.marks import Key, Tile
    from restorer.ui.canvas.canvas import Canvas
    from restorer.ui.canvas.shape import Shape
    from restorer.ui.editor import Editor


@dataclass(frozen=True, eq=False)
class _Drawn:
    """A shape as it stood after one step.

    Attributes:
        stroke: its pixels.
        before: which of them were marked without it.
        repair: the number of the repair that was made of it, if one was.
    """

    shape: Shape
    stroke: Stroke
    before: Stroke
    repair: int | None = None


class Adjusting(QObject):
    """The handles are there as long as the last step is one that this has seen: undo and redo bring them back.

    They go when the next thing is drawn, or are laid aside.

    Signals:
        reshown(Region): while it is moved, the picture is shown there without what was restored of it; then with it.
    """

    reshown = Signal(object)

    def __init__(self, editor: Editor, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._editor = editor
        self._canvas = canvas
        self._steps: WeakKeyDictionary[Step, _Drawn] = WeakKeyDictionary()
        self._latest: _Drawn | None = None
        self._last: Step | None = None
        self._changing = False
        self._joining = Joining()
        canvas.strokeBegun.connect(self.forget)
        canvas.shapeDrawn.connect(self._on_drawn)
        canvas.shapeLifted.connect(self._on_lifted)
        canvas.shapeAdjusted.connect(self._on_adjusted)
        canvas.shapeDeleted.connect(self._on_deleted)
        canvas.shapeLaidAside.connect(self.forget)
        editor.opened.connect(self.forget)
        editor.redrawn.connect(self._follow)
        editor.refreshed.connect(self._follow)
        editor.turned.connect(self._follow)

    def forget(self) -> None:
        """It is right as it is, or something else is drawn."""
        self._steps.clear()
        self._latest = None
        self._last = self._editor.document.history.last if self._editor.document is not None else None
        self._canvas.show_shape(None)

    def _on_drawn(self, shape: Shape, stroke: Stroke) -> None:
        document = self._editor.document
        step = document.history.last if document is not None else None
        if document is None or step is None or step is self._last or step.mask is None:
            return  # all of it was marked already
        before = document.mask.snapshot()
        before.put(step.mask.side(after=False))
        self._know(step, _Drawn(shape, stroke, Stroke(stroke.region, before.read(stroke.region) & stroke.bits)))

    def _know(self, step: Step, drawn: _Drawn) -> None:
        self._steps[step] = self._latest = drawn
        self._canvas.show_shape(drawn.shape)

    def _follow(self) -> None:
        document = self._editor.document
        step = document.history.last if document is not None else None
        if document is None or self._changing or self._latest is None:
            return
        if step is not None and step not in self._steps and self._restored(document, step, self._latest):
            self._steps[step] = replace(self._latest, repair=step.after[-1].number)
        if step is not None and step not in self._steps and step.turned is not None:
            self._steps[step] = self._latest  # seen another way round, it is what it was
        drawn = self._steps.get(step) if step is not None else None
        if drawn is not None:
            self._latest = drawn
        self._canvas.show_shape(None if drawn is None else drawn.shape)

    def _restored(self, document: Document, step: Step, drawn: _Drawn) -> bool:
        """Is that the step in which the shape was restored, all of it and nothing else?"""
        if drawn.shape.erase or len(step.after) != len(step.before) + 1 or step.after[:-1] != step.before:
            return False
        wanted = step.after[-1].wanted
        grown = masks.grown_stroke(drawn.stroke, self._editor.grow, document.mask.shape)
        covered = bool((wanted.read(drawn.stroke.region) | ~drawn.stroke.bits).all())
        return covered and int(wanted.sum()) == int(grown.bits.sum())

    def _on_lifted(self, on: bool) -> None:
        """While it is moved, its marks, and the repair made of them, would show where it no longer is."""
        drawn = self._latest if on else None
        if drawn is not None:
            self._canvas.show_without(drawn.stroke, drawn.before)
        else:
            self._canvas.show_without(None)
        document, layers = self._editor.document, self._editor.layers
        if document is not None and layers is not None:
            made = None if drawn is None or drawn.repair is None else self._editor.repair(drawn.repair)
            region = layers.show_without(document, made)
            if not region.empty:
                self.reshown.emit(region)

    def _on_adjusted(self, shape: Shape, nudged: bool) -> None:
        document, drawn = self._editor.document, self._latest
        if document is None or drawn is None:
            return
        stroke = shape.stroke(document.mask.shape)
        if stroke is None:  # beyond the picture
            self._canvas.show_shape(None)
            self._canvas.show_shape(drawn.shape)
            return
        base = _without(document, drawn)
        before = Stroke(stroke.region, base.read(stroke.region) & stroke.bits)
        marks = base.snapshot()
        marks.put(_after(base, Marks.of(stroke, base.shape), erase=shape.erase))
        repair = None if drawn.repair is None else self._editor.repair(drawn.repair)
        last, self._changing = document.history.last, True
        try:
            self._editor.adjust(marks, stroke, drawn.stroke, repair, erase=shape.erase)
            if nudged and document.history.last is not last:
                self._joining.made(document, "nudge")
        finally:
            self._changing = False
        step = document.history.last
        if step is not None and step is not last:
            self._know(step, _Drawn(shape, stroke, before))

    def _on_deleted(self) -> None:
        """As if it had not been drawn; what was restored of it goes, too."""
        document, drawn = self._editor.document, self._latest
        if document is not None and drawn is not None:
            repair = None if drawn.repair is None else self._editor.repair(drawn.repair)
            self._editor.delete_shape(_without(document, drawn), drawn.stroke, repair)


def _without(document: Document, drawn: _Drawn) -> Marks:
    """What would be marked if it had not been drawn."""
    base = document.mask.snapshot()
    base.put(_after(base, Marks.of(drawn.stroke, base.shape), erase=True))
    base.put(_after(base, Marks.of(drawn.before, base.shape), erase=False))
    return base


def _after(marks: Marks, other: Marks, *, erase: bool) -> Iterator[tuple[Key, Tile | None]]:
    changes = marks.taken(other) if erase else marks.added(other)
    return ((key, after) for key, (_, after) in changes.items())
