"""The picture to work on: shows it, and lets tools make strokes."""

from __future__ import annotations

from dataclasses import replace
from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QPainter

from restorer.imaging.region import Region
from restorer.ui.canvas.brush_cursor import BrushCursor
from restorer.ui.canvas.caret import CLICKING, Caret
from restorer.ui.canvas.gestures import Gesture, Touch, dab_at
from restorer.ui.canvas.handles import Handles
from restorer.ui.canvas.input_events import accept_files
from restorer.ui.canvas.layers import Reduced
from restorer.ui.canvas.marked_view import MarkedView
from restorer.ui.canvas.outline import Outline, changed_areas, framed
from restorer.ui.canvas.tools import tools_for
from restorer.ui.canvas.tools.clone import CloneSource
from restorer.ui.canvas.tools.tool import Spot, ToolKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtWidgets import QWidget

    from restorer.document.document import Document
    from restorer.imaging.cloning import Cloning
    from restorer.imaging.marks import Marks
    from restorer.imaging.patch import Pixels, Stroke
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.canvas.shape import Shape
    from restorer.ui.canvas.tools.tool import Tool
    from restorer.ui.canvas.viewport import Viewport

LARGEST_BRUSH = 2000
CLICK = 6
"""Logical px beside a defect that still mean it."""
_PAINTING = (ToolKind.BRUSH, ToolKind.ERASER, ToolKind.CLONE, ToolKind.HEAL)
_BLANK = Qt.CursorShape.BlankCursor
_TURNING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
FRAME = 8.0
"""Logical px between a place that is looked at and the frame around it."""


class Canvas(MarkedView):
    """Paints strokes in its overlay only; the document belongs to whoever listens.

    Signals:
        strokeBegun: a tool is at work.
        strokeFinished: a Stroke, and whether it erases.  The canvas forgets it: mark the document and `refresh`.
        shapeDrawn(Shape, Stroke): that stroke is of this shape, which could still be changed: see `show_shape`.
        shapeLifted(bool): its handles are being moved, or no longer are.
        shapeAdjusted(Shape): it has been, by its handles.
        shapeLaidAside(): it is right as it is.
        cloned(Stroke, Cloning): a stroke that is to be filled by hand.
        sourceLacking(): nobody has chosen where pixels come from.
        picked(x, y, erase): the wand asks for everything that looks like this pixel.
        activeChanged(bool): a tool has begun something that Return or Esc ends, or has ended it.
        pointerMoved: (x, y) of the picture pixel under the pointer, None beside the picture.
        brushSizeChanged: diameter, picture px.
        filesDropped: list of Path.
        defectClicked(x, y, reach): while `choosing`, a click; a defect may be meant that lies `reach` px beside it.
        accepted(), turned(): while `choosing`, Return; and Delete, which means the defect that is looked at.
    """

    strokeBegun = Signal()  # noqa: N815
    strokeFinished = Signal(object, bool)  # noqa: N815 - named as Qt names its own
    shapeDrawn = Signal(object, object)  # noqa: N815
    shapeLifted = Signal(bool)  # noqa: N815
    shapeAdjusted = Signal(object)  # noqa: N815
    shapeLaidAside = Signal()  # noqa: N815
    cloned = Signal(object, object)
    sourceLacking = Signal()  # noqa: N815
    picked = Signal(int, int, bool)
    activeChanged = Signal(bool)  # noqa: N815
    pointerMoved = Signal(object)  # noqa: N815
    brushSizeChanged = Signal(int)  # noqa: N815
    filesDropped = Signal(list)  # noqa: N815
    defectClicked = Signal(int, int, int)  # noqa: N815
    accepted = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = ToolKind.BRUSH
        self.source = CloneSource()
        self._tools = tools_for(self, self.source)
        self._used: Tool | None = None
        self._outline: Outline | None = None
        self._frame: Outline | None = None
        self._handles = Handles(self)
        self.caret = Caret(self)
        self.subtract = False
        """Do shapes take marks away?"""
        self._choosing = False
        self._brush_size = 40
        self._cursor: BrushCursor | None = None
        self._pixel: tuple[int, int] | None = None
        self._divider.entered.connect(self._on_divider_entered)
        self.setAcceptDrops(True)
        self.setMinimumSize(200, 150)
        self.setAccessibleName(self.tr("Photograph"))
        self.setAccessibleDescription(
            self.tr("Paint over the damage. The wheel zooms, the right button or Space and the left button pan.")
        )

    # --- the document --------------------------------------------------------------------------------------

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        """Show a document, fitted; a stroke being painted on the one before is dropped."""
        self._pointer.end(keep=False)
        self._lay_aside()
        self.source.forget()
        self._handles.show(None)
        super().show_document(document, layers)
        self._track()

    def refresh(self, region: Region) -> None:
        """The document has changed under `region` (picture px): brings the layers up to date and repaints it."""
        if self._document is not None and self._layers is not None and not region.empty:
            self._layers.update(self._document, region)
            self._repaint(region)

    def set_busy(self, strokes: list[Stroke]) -> None:
        """The strokes that wait to be healed or are being healed: striped, until they are no longer in the list."""
        if self._layers is not None:
            for region in self._layers.overlay.set_busy(strokes):
                self._repaint(region)

    def show_found(self, found: Marks | None, left_out: Marks | None) -> None:
        """Damage that was found, and what of it is left out."""
        if self._layers is not None:
            self._repaint(self._layers.overlay.set_found(found, left_out))

    def show_frame(self, place: Region | None) -> None:
        """A frame around a place, which is then to be seen; None takes it away."""
        if place is not None:
            self.seek(place)
        size = self.devicePixelRatioF()
        before, self._frame = self._frame, None if place is None else framed(place, FRAME * size / self.zoom)
        for area in changed_areas(before, self._frame, self._viewport, size):
            self._update_device(area & self._viewport.view)

    def show_notes(self, notes: Sequence[tuple[Region, NDArray[np.uint8]]] | None) -> None:
        """What is noted of a repair."""
        if self._layers is not None:
            self._repaint(self._layers.show_notes(notes, self.shape))

    # --- properties ----------------------------------------------------------------------------------------

    @property
    def tool(self) -> ToolKind:
        """What the left button does."""
        return self._kind

    @tool.setter
    def tool(self, kind: ToolKind) -> None:
        if kind is not self._kind:
            self._pointer.end()
            self._lay_aside()
            self._kind = kind
            self._track()
            self.activeChanged.emit(False)

    @property
    def choosing(self) -> bool:
        """Does a click choose a defect, whatever the tool?"""
        return self._choosing

    @choosing.setter
    def choosing(self, on: bool) -> None:
        if on != self._choosing:
            self._pointer.end()
            self._lay_aside()
            self._choosing = on
            self._track()

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

    def _look_through(self, viewport: Viewport) -> bool:
        before = self._viewport
        changed = super()._look_through(viewport)
        if changed:
            if self._hover is not None and self._pointer.gesture is Gesture.TOOL and self._kind in _PAINTING:
                self._begin_anew(self._hover, before)
            self._track()  # another pixel is under the pointer now
        return changed

    def _begin_anew(self, touch: Touch, before: Viewport) -> None:
        """The picture has moved under a brush that is down: no line from where it was to where it is now."""
        (x, y), (old_x, old_y) = self._viewport.to_picture(touch.x, touch.y), before.to_picture(touch.x, touch.y)
        if max(abs(x - old_x), abs(y - old_y)) > 1 + 1 / self.zoom:  # a wheel zooms around the pointer
            self._pointer.begin_anew(touch)

    # --- the board that tools work on ----------------------------------------------------------------------

    @property
    def shape(self) -> tuple[int, int]:
        return self._viewport.picture.height, self._viewport.picture.width

    def paint(self, spot: Spot, *, erase: bool) -> None:
        """Draw the stroke on to `spot`, in the overlay only."""
        if self._layers is not None:
            dab = dab_at(spot.x, spot.y, self._brush_size, spot.touch.pressure)
            self._layers.overlay.cloning = self._kind.clones
            self._look = replace(self._look, cloned=self.source.way if self._kind.clones else None)
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

    def choose_source(self) -> None:
        """Take pixels from under the pointer."""
        if self._hover is not None and self._document is not None:
            self.source.choose(*self._viewport.to_picture(self._hover.x, self._hover.y))
            self.redraw()
            self.activeChanged.emit(False)

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

    def redraw(self) -> None:
        """The tool's outline may be another: paint what differs."""
        drawn = self._used.outline() if self._used is not None else None
        before, self._outline = self._outline, drawn or self._handles.outline()
        changed = Region(0, 0, 0, 0)
        for area in changed_areas(before, self._outline, self._viewport, self.devicePixelRatioF()):
            changed = changed | area
        self._update_device(changed & self._viewport.view)
        if (before is None) != (self._outline is None):
            self.activeChanged.emit(self._outline is not None)

    # --- the handles of what was drawn last ------------------------------------------------------------------

    def show_shape(self, shape: Shape | None) -> None:
        """Handles for this shape, or none."""
        self._handles.show(shape)
        self._track()

    @property
    def shape_shown(self) -> Shape | None:
        """The shape that has handles."""
        return self._handles.shape

    @property
    def board(self) -> Canvas:
        return self

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    def lifted(self, on: bool) -> None:
        self.shapeLifted.emit(on)

    def show_without(self, stroke: Stroke | None, before: Stroke | None = None) -> None:
        """As `Overlay.set_lifted`."""
        if self._layers is not None:
            self._repaint(self._layers.overlay.set_lifted(stroke, before))

    def adjusted(self, shape: Shape) -> None:
        self.shapeAdjusted.emit(shape)

    def laid_aside(self) -> None:
        self.shapeLaidAside.emit()

    # --- the tool in hand ----------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Has the tool begun a shape that Return or Esc ends?"""
        return self._tool_active

    @property
    def _tool_active(self) -> bool:
        return self._used is not None and self._used.active

    @property
    def _hand(self) -> bool:
        return self._space_held or (self._kind is ToolKind.HAND and not self._choosing)

    def tool_press(self, touch: Touch) -> None:
        if self._choosing:
            x, y = self._viewport.to_picture(touch.x, touch.y)
            self.defectClicked.emit(floor(x), floor(y), max(1, round(CLICK * self.devicePixelRatioF() / self.zoom)))
            return
        if not self._tool_active and not self._takes_away_instead and self._handles.press(touch):
            return
        self._begin(touch)

    def _begin(self, touch: Touch) -> None:
        if not self._tool_active:
            self.strokeBegun.emit()
            # the eraser end of a pen is an eraser, whatever the other end is
            kind = ToolKind.ERASER if touch.eraser and self._kind is ToolKind.BRUSH else self._kind
            self._used = self._tools.get(kind)
        if self._used is not None:
            self._used.press(self._spot(touch))

    def tool_drag(self, touch: Touch) -> None:
        if self._handles.held:
            self._handles.drag(touch)
        elif self._used is not None:
            self._used.drag(self._spot(touch))

    def tool_hover(self, touch: Touch) -> None:
        if self._used is not None:
            self._used.hover(self._spot(touch))

    def tool_release(self) -> None:
        if self._handles.held:
            if not self._handles.release(self._hover) and self._hover is not None and self._kind in CLICKING:
                self._begin(self._hover)  # it was only clicked, as this tool is
                self.tool_release()
        elif self._used is not None:
            self._used.release()

    def tool_give_up(self) -> None:
        if self._handles.held:
            self._handles.give_up()
        elif self._used is not None:
            self._used.give_up()

    def tool_key(self, key: int) -> None:
        assert self._used is not None
        if key == Qt.Key.Key_Escape:
            self._pointer.end(keep=False)
            self._used.give_up()
        elif key == Qt.Key.Key_Backspace:
            self._used.step_back()
        elif self._pointer.gesture is Gesture.NONE:
            self._used.finish()

    def _lay_aside(self) -> None:
        if self._used is not None and self._used.active:
            self._used.give_up()
        self._used = None
        self.redraw()

    def _spot(self, touch: Touch) -> Spot:
        x, y = self._viewport.to_picture(touch.x, touch.y)
        subtract = self.subtract and self._kind is not ToolKind.BRUSH
        if self._kind.clones:
            return Spot(x, y, touch, shift=touch.shift)
        return Spot(x, y, touch, touch.eraser or touch.alt or subtract, touch.shift)

    @property
    def gesture(self) -> Gesture:
        """What the pointer is doing."""
        return self._pointer.gesture

    @property
    def hovered(self) -> Touch | None:
        """Where the pointer is, device px; None if it is elsewhere."""
        return self._hover

    @property
    def pointed(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Where the pointer is, in picture px and in logical px; None if it is elsewhere."""
        if self._hover is None or self._document is None:
            return None
        ratio = self.devicePixelRatioF()
        return self._viewport.to_picture(self._hover.x, self._hover.y), (self._hover.x / ratio, self._hover.y / ratio)

    @property
    def view(self) -> Region:
        """The canvas in device px."""
        return self._viewport.view

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if self._choosing and event.key() in _TURNING:
                event.accept()  # before Delete clears all marks
                return True
            free = not self._tool_active and not self.caret.on
            if free and self._handles.listens_to(event):
                event.accept()  # before Esc cancels, or an arrow goes elsewhere
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._handles.settle()
        super().focusOutEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._handles.let_go_key(event):
            super().keyReleaseEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        if self._choosing and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.accepted.emit()
            return True
        if self._choosing and event.key() in _TURNING:
            self.turned.emit()
            return True
        if self.caret.pressed(event):
            return True
        return (not self._tool_active and self._handles.pressed(event)) or super()._pressed(event)

    # --- the pointer ---------------------------------------------------------------------------------------

    def _track(self) -> None:
        """Draw the brush where the pointer is now, and tell which pixel that is."""
        before, self._cursor = self._cursor, self._brush_cursor()
        if before != self._cursor:
            for cursor in (before, self._cursor):
                for area in cursor.areas if cursor else ():
                    self._update_device(area & self._viewport.view)
        pixel = None
        if self._hover is not None and self._document is not None:
            x, y = self._viewport.to_picture(self._hover.x, self._hover.y)
            if 0 <= x < self._viewport.picture.width and 0 <= y < self._viewport.picture.height:
                pixel = floor(x), floor(y)
        if pixel != self._pixel:
            self._pixel = pixel
            self.pointerMoved.emit(pixel)
        super()._track()

    def _brush_cursor(self) -> BrushCursor | None:
        if self._hover is None or self._document is None or self._pointer.gesture is Gesture.PAN or self._hand:
            return None
        if (self._choosing or self._over_handle) and not self.caret.on:
            return None
        if not self._kind.brushes and not self.caret.on:
            return None
        x, y = self._viewport.to_picture(self._hover.x, self._hover.y)
        size = self._brush_size if self._kind.brushes else 1
        dab = dab_at(x, y, size, self._hover.pressure or None)
        x, y = self._viewport.to_device(dab.x, dab.y)
        erasing = self._kind is ToolKind.ERASER or self._spot(self._hover).erase
        radius = dab.radius * self.zoom if self._kind.brushes else 0.0
        return BrushCursor(x, y, radius, self.devicePixelRatioF(), erasing)

    @property
    def _over_handle(self) -> bool:
        if self._hover is None or self._tool_active or self._choosing:
            return False
        if self._handles.held:
            return True
        return not (self._hover.alt or self._takes_away_instead) and self._handles.over(self._hover) is not None

    @property
    def _takes_away_instead(self) -> bool:
        """Is a hole to be cut into what was drawn last, rather than that changed?"""
        shape = self._handles.shape
        return self.subtract and shape is not None and not shape.erase and self._kind is not ToolKind.BRUSH

    def _cursor_shape(self) -> Qt.CursorShape:
        shape = super()._cursor_shape()
        if shape == _BLANK and self._choosing:
            return Qt.CursorShape.PointingHandCursor
        if shape == _BLANK and self._over_handle:
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.CrossCursor if shape == _BLANK and not self._kind.brushes else shape

    def _paint_over(self, painter: QPainter) -> None:
        colour = self.mask_colour
        colour.setAlphaF(self._mask_opacity)
        for outline in (self._frame, self._outline):
            if outline is not None:
                outline.paint(painter, self._viewport, self.devicePixelRatioF(), colour)
        if self._cursor is not None:
            self._cursor.paint(painter)

    def _on_divider_entered(self) -> None:
        if self._pointer.gesture is Gesture.NONE:
            self._hover = None
            self._track()

    def _wheel_with_shift(self, notches: int) -> None:
        for _ in range(abs(notches)):
            step = max(1, round(self._brush_size * 0.1))
            self.brush_size += step if notches > 0 else -step

    # --- Qt: files -----------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        accept_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        files = accept_files(event)
        if files:
            self.filesDropped.emit(files)

    def sizeHint(self) -> QSize:
        return QSize(960, 640)
