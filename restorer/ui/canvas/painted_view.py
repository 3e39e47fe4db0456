"""A view in which strokes are painted, in its overlay only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from restorer.ui.canvas.gestures import dab_at
from restorer.ui.canvas.layers import Reduced
from restorer.ui.canvas.marked_view import MarkedView
from restorer.ui.canvas.tools.clone import CloneSource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from restorer.imaging.cloning import Cloning
    from restorer.imaging.patch import Pixels, Stroke
    from restorer.ui.canvas.shape import Shape
    from restorer.ui.canvas.tools.tool import Spot

LARGEST_BRUSH = 2000


class PaintedView(MarkedView):
    """What tools work on, a `Board` but for their outlines; which tool it is, is a subclass's.

    Signals:
        strokeFinished: a Stroke, and whether it erases.  The canvas forgets it: mark the document and `refresh`.
        shapeDrawn(Shape, Stroke): that stroke is of this shape, which could still be changed: see `show_shape`.
        cloned(Stroke, Cloning): a stroke that is to be filled by hand.
        sourceLacking(): nobody has chosen where pixels come from; sourceChosen(): somebody has.
        picked(x, y, erase): the wand asks for everything that looks like this pixel.
        brushSizeChanged: diameter, picture px.
    """

    strokeFinished = Signal(object, bool)  # noqa: N815 - named as Qt names its own
    shapeDrawn = Signal(object, object)  # noqa: N815
    cloned = Signal(object, object)
    sourceLacking = Signal()  # noqa: N815
    sourceChosen = Signal()  # noqa: N815
    picked = Signal(int, int, bool)
    brushSizeChanged = Signal(int)  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.source = CloneSource()
        self._brush_size = 40

    @property
    def _clones(self) -> bool:
        """Does what is painted bring pixels, rather than mark?"""
        raise NotImplementedError

    @property
    def brush_size(self) -> int:
        """Diameter in picture px, 1..2000."""
        return self._brush_size

    @brush_size.setter
    def brush_size(self, size: int) -> None:
        size = min(max(int(size), 1), LARGEST_BRUSH)
        if size != self._brush_size:
            self._brush_size = size
            self._track()
            self.brushSizeChanged.emit(size)

    @property
    def shape(self) -> tuple[int, int]:
        return self._viewport.picture.height, self._viewport.picture.width

    def paint(self, spot: Spot, *, erase: bool) -> None:
        """Draw the stroke on to `spot`, in the overlay only."""
        if self._layers is not None:
            dab = dab_at(spot.x, spot.y, self._brush_size, spot.touch.pressure)
            self._layers.overlay.cloning = self._clones
            self._look = replace(self._look, cloned=self.source.way if self._clones else None)
            self._repaint(self._layers.overlay.paint(dab, erase=erase))

    def end_stroke(self, *, keep: bool) -> None:
        """Take the stroke out of the overlay and, if it is to be kept, hand it on."""
        if self._layers is None:
            return
        overlay = self._layers.overlay
        stroke = overlay.lift()
        if stroke is not None and keep:
            self.strokeFinished.emit(stroke, overlay.erasing)
        if stroke is not None and not overlay.shows(stroke):  # nobody has marked the document with it
            overlay.update(stroke.region)
            self._repaint(stroke.region)

    def end_clone(self, cloning: Cloning | None) -> None:
        if self._layers is None:
            return
        stroke = self._layers.overlay.lift()
        self._layers.overlay.cloning = False
        if stroke is not None:
            if cloning is not None:
                self.cloned.emit(stroke, cloning)
            self._layers.overlay.update(stroke.region)
            self._repaint(stroke.region)

    def lack_source(self) -> None:
        self.sourceLacking.emit()

    def source_chosen(self) -> None:
        self.sourceChosen.emit()

    def mark(self, stroke: Stroke | None, shape: Shape) -> None:
        if stroke is not None:
            self.strokeFinished.emit(stroke, shape.erase)
            self.shapeDrawn.emit(shape, stroke)

    def pick(self, x: int, y: int, *, erase: bool) -> None:
        self.picked.emit(x, y, erase)

    def reduced(self, factor: float) -> tuple[Pixels, int]:
        assert self._layers is not None
        level = self._layers.after.pyramid.level_for(1 / factor)
        return Reduced(self._layers.after, level), 1 << level
