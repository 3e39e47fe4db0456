"""The picture to work on: shows it, and lets tools make strokes."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QPainter

from restorer.imaging.region import Region
from restorer.ui.canvas.brush_cursor import BrushCursor
from restorer.ui.canvas.caret import Caret
from restorer.ui.canvas.gestures import Gesture, Touch, dab_at
from restorer.ui.canvas.input_events import accept_files
from restorer.ui.canvas.outline import Outline, changed_areas
from restorer.ui.canvas.painted_view import PaintedView
from restorer.ui.canvas.tool_in_hand import ToolInHand
from restorer.ui.canvas.tools.tool import ToolKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from restorer.document.document import Document
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.canvas.shape import Shape
    from restorer.ui.canvas.viewport import Viewport

CLICK = 6
"""Logical px beside a defect that still mean it."""
_PAINTING = (ToolKind.BRUSH, ToolKind.ERASER, ToolKind.CLONE, ToolKind.HEAL)
_BLANK = Qt.CursorShape.BlankCursor
_TURNING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class Canvas(PaintedView):
    """What pointer and keys do with the tool in hand; the document belongs to whoever listens.

    Signals:
        strokeBegun: a tool is at work.
        shapeLifted(bool): its handles are being moved, or no longer are.
        shapeAdjusted(Shape, bool): it has been, by its handles; by the keys?
        shapeDeleted(): its marks are not wanted.
        shapeLaidAside(): it is right as it is.
        activeChanged(bool): a tool has begun something that Return or Esc ends, or has ended it.
        pointerMoved: (x, y) of the picture pixel under the pointer, None beside the picture.
        filesDropped: list of Path.
        defectClicked(x, y, reach): while `choosing`, a click; a defect may be meant that lies `reach` px beside it.
        accepted(), turned(): while `choosing`, Return; and Delete, which means the defect that is looked at.
    """

    strokeBegun = Signal()  # noqa: N815
    shapeLifted = Signal(bool)  # noqa: N815
    shapeAdjusted = Signal(object, bool)  # noqa: N815
    shapeDeleted = Signal()  # noqa: N815
    shapeLaidAside = Signal()  # noqa: N815
    activeChanged = Signal(bool)  # noqa: N815
    pointerMoved = Signal(object)  # noqa: N815
    filesDropped = Signal(list)  # noqa: N815
    defectClicked = Signal(int, int, int)  # noqa: N815
    accepted = Signal()
    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._held = ToolInHand(self, self.source)
        self._outline: Outline | None = None
        self.caret = Caret(self)
        self._choosing = False
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
        self._held.lay_aside()
        self.source.forget()
        self._held.handles.show(None)
        super().show_document(document, layers)
        self._track()

    def refresh(self, region: Region) -> None:
        """The document has changed under `region` (picture px): brings the layers up to date and repaints it."""
        if self._document is not None and self._layers is not None and not region.empty:
            self._layers.update(self._document, region)
            self._repaint(region)

    # --- properties ----------------------------------------------------------------------------------------

    @property
    def tool(self) -> ToolKind:
        """What the left button does."""
        return self._held.kind

    @tool.setter
    def tool(self, kind: ToolKind) -> None:
        if kind is not self._held.kind:
            self._pointer.end()
            self._held.lay_aside()
            self._held.kind = kind
            self._track()
            self.activeChanged.emit(False)

    @property
    def subtract(self) -> bool:
        """Do shapes take marks away?"""
        return self._held.subtract

    @subtract.setter
    def subtract(self, on: bool) -> None:
        self._held.subtract = on

    @property
    def choosing(self) -> bool:
        """Does a click choose a defect, whatever the tool?"""
        return self._choosing

    @choosing.setter
    def choosing(self, on: bool) -> None:
        if on != self._choosing:
            self._pointer.end()
            self._held.lay_aside()
            self._choosing = on
            self._track()

    def _look_through(self, viewport: Viewport) -> bool:
        before = self._viewport
        changed = super()._look_through(viewport)
        if changed:
            if self._hover is not None and self._pointer.gesture is Gesture.TOOL and self._held.kind in _PAINTING:
                self._begin_anew(self._hover, before)
            self._track()  # another pixel is under the pointer now
        return changed

    def _begin_anew(self, touch: Touch, before: Viewport) -> None:
        """The picture has moved under a brush that is down: no line from where it was to where it is now."""
        (x, y), (old_x, old_y) = self._viewport.to_picture(touch.x, touch.y), before.to_picture(touch.x, touch.y)
        if max(abs(x - old_x), abs(y - old_y)) > 1 + 1 / self.zoom:  # a wheel zooms around the pointer
            self._pointer.begin_anew(touch)

    # --- what tools ask for beside strokes ------------------------------------------------------------------

    def choose_source(self) -> None:
        """Take pixels from under the pointer."""
        if self._hover is not None and self._document is not None:
            self.source.choose(*self._viewport.to_picture(self._hover.x, self._hover.y))
            self.redraw()
            self.activeChanged.emit(False)
            self.source_chosen()

    def redraw(self) -> None:
        """The tool's outline may be another: paint what differs."""
        before, self._outline = self._outline, self._held.outline()
        changed = Region(0, 0, 0, 0)
        for area in changed_areas(before, self._outline, self._viewport, self.devicePixelRatioF()):
            changed = changed | area
        self._update_device(changed & self._viewport.view)
        if (before is None) != (self._outline is None):
            self.activeChanged.emit(self._outline is not None)

    def step_back(self) -> bool:
        """Take back the last corner, or the end, of what the tool has begun; False if it has begun nothing."""
        begun = self._tool_active
        if begun and self._pointer.gesture is Gesture.NONE:  # not what is being dragged
            self._held.step_back()
        return begun

    # --- the handles of what was drawn last ------------------------------------------------------------------

    def show_shape(self, shape: Shape | None) -> None:
        """Handles for this shape, or none."""
        self._held.handles.show(shape)
        self._track()

    @property
    def shape_shown(self) -> Shape | None:
        """The shape that has handles."""
        return self._held.handles.shape

    @property
    def board(self) -> Canvas:
        return self

    @property
    def viewport(self) -> Viewport:
        return self._viewport

    def lifted(self, on: bool) -> None:
        self.shapeLifted.emit(on)

    def adjusted(self, shape: Shape, *, nudged: bool) -> None:
        self.shapeAdjusted.emit(shape, nudged)

    def shape_deleted(self) -> None:
        self.shapeDeleted.emit()

    def laid_aside(self) -> None:
        self.shapeLaidAside.emit()

    # --- the tool in hand ----------------------------------------------------------------------------------

    @property
    def active(self) -> bool:
        """Has the tool begun a shape that Return or Esc ends?"""
        return self._tool_active

    @property
    def _tool_active(self) -> bool:
        return self._held.active

    @property
    def _clones(self) -> bool:
        return self._held.kind.clones

    @property
    def _hand(self) -> bool:
        return self._space_held or (self._held.kind is ToolKind.HAND and not self._choosing)

    def tool_press(self, touch: Touch) -> None:
        if self._choosing:
            x, y = self._viewport.to_picture(touch.x, touch.y)
            self.defectClicked.emit(floor(x), floor(y), max(1, round(CLICK * self.devicePixelRatioF() / self.zoom)))
            return
        self._held.press(touch)

    def begun(self) -> None:
        self.strokeBegun.emit()

    def tool_drag(self, touch: Touch) -> None:
        self._held.drag(touch)

    def tool_hover(self, touch: Touch) -> None:
        self._held.hover(touch)

    def tool_release(self) -> None:
        self._held.release(self._hover)

    def tool_give_up(self) -> None:
        self._held.give_up()

    def tool_key(self, key: int) -> None:
        if key == Qt.Key.Key_Escape:
            self._pointer.end(keep=False)
            self._held.give_up_shape()
        elif key == Qt.Key.Key_Backspace:
            self.step_back()
        elif self._pointer.gesture is Gesture.NONE:
            self._held.finish()

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
            if free and self._held.handles.listens_to(event):
                event.accept()  # before Esc cancels, or an arrow goes elsewhere
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._held.handles.settle()
        super().focusOutEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self._held.handles.let_go_key(event):
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
        return (not self._tool_active and self._held.handles.pressed(event)) or super()._pressed(event)

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
        if (self._choosing or self._held.over_handle(self._hover)) and not self.caret.on:
            return None
        if not self._held.kind.brushes and not self.caret.on:
            return None
        x, y = self._viewport.to_picture(self._hover.x, self._hover.y)
        size = self._brush_size if self._held.kind.brushes else 1
        dab = dab_at(x, y, size, self._hover.pressure or None)
        x, y = self._viewport.to_device(dab.x, dab.y)
        erasing = self._held.kind is ToolKind.ERASER or self._held.spot(self._hover).erase
        radius = dab.radius * self.zoom if self._held.kind.brushes else 0.0
        return BrushCursor(x, y, radius, self.devicePixelRatioF(), erasing)

    def _cursor_shape(self) -> Qt.CursorShape:
        shape = super()._cursor_shape()
        if shape != _BLANK:
            return shape
        return Qt.CursorShape.PointingHandCursor if self._choosing else self._held.cursor_over(self._hover)

    def _paint_over(self, painter: QPainter) -> None:
        super()._paint_over(painter)
        if self._outline is not None:
            self._paint_outline(painter, self._outline)
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
