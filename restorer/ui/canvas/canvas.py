"""The picture to work on: shows it, and turns mouse, pen and keys into strokes, pans and zooms."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QTabletEvent,
    QWheelEvent,
)

from restorer.imaging.region import Region
from restorer.ui.canvas.brush_cursor import BrushCursor
from restorer.ui.canvas.gestures import Gesture, Pointer, Touch, dab_at
from restorer.ui.canvas.input_events import (
    Wheel,
    accept_files,
    arrow_pan,
    mouse_touch,
    pen_touch,
    zoom_key,
)
from restorer.ui.canvas.navigable_view import NavigableView
from restorer.ui.canvas.rendering import overlay_colours
from restorer.ui.canvas.tool import Tool

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from restorer.document.document import Document
    from restorer.imaging.patch import Stroke
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.canvas.viewport import Viewport

LARGEST_BRUSH = 2000


class Canvas(NavigableView):
    """Paints strokes in its overlay only; the document belongs to whoever listens.

    Signals:
        strokeBegun: the brush or the eraser is down.
        strokeFinished: a Stroke, and whether it erases.  The canvas forgets it: mark the document and `refresh`.
        pointerMoved: (x, y) of the picture pixel under the pointer, None beside the picture.
        brushSizeChanged: diameter, picture px.
        filesDropped: list of Path.
    """

    strokeBegun = Signal()  # noqa: N815
    strokeFinished = Signal(object, bool)  # noqa: N815 - named as Qt names its own
    pointerMoved = Signal(object)  # noqa: N815
    brushSizeChanged = Signal(int)  # noqa: N815
    filesDropped = Signal(list)  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tool = Tool.BRUSH
        self._brush_size = 40
        self._mask_opacity = 0.5
        self._mask_colour = QColor(255, 45, 85)
        self._showing_original = False
        self._divided = False
        self._space_held = False
        self._wheel = Wheel()
        self._hover: Touch | None = None
        self._cursor: BrushCursor | None = None
        self._pixel: tuple[int, int] | None = None
        self._pointer = Pointer(self)
        self._divider.entered.connect(self._on_divider_entered)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # the right button pans
        self.setMinimumSize(200, 150)
        self.setAccessibleName(self.tr("Photograph"))
        self.setAccessibleDescription(
            self.tr("Paint over the damage. The wheel zooms, the right button or Space and the left button pan.")
        )
        self._recolour()

    # --- the document --------------------------------------------------------------------------------------

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        """Show a document, fitted; a stroke being painted on the one before is dropped."""
        self._pointer.end(keep=False)
        super().show_document(document, layers)
        self._divider.setVisible(self._divided and document is not None)
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

    # --- properties ----------------------------------------------------------------------------------------

    @property
    def tool(self) -> Tool:
        """What the left button does."""
        return self._tool

    @tool.setter
    def tool(self, tool: Tool) -> None:
        if tool is not self._tool:
            self._pointer.end()
            self._tool = tool
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

    @property
    def mask_opacity(self) -> float:
        """0..1"""
        return self._mask_opacity

    @mask_opacity.setter
    def mask_opacity(self, opacity: float) -> None:
        self._mask_opacity = min(max(opacity, 0.0), 1.0)
        self._recolour()

    @property
    def mask_colour(self) -> QColor:
        return QColor(self._mask_colour)

    @mask_colour.setter
    def mask_colour(self, colour: QColor) -> None:
        self._mask_colour = QColor(colour)
        self._recolour()

    @property
    def grow(self) -> int:
        """Picture px by which the mask will be grown; drawn as a lighter rim."""
        return self._look.grow

    @grow.setter
    def grow(self, pixels: int) -> None:
        self._restyle(grow=max(0, pixels))

    @property
    def divider(self) -> bool:
        """Is the original shown left of a line?"""
        return self._divided

    @divider.setter
    def divider(self, on: bool) -> None:
        self._divided = on
        self._divider.setVisible(on and self._document is not None)
        self._divider.fit_parent()
        self._restyle()

    def set_showing_original(self, on: bool) -> None:
        """Show the original alone, without mask, for as long as it is on."""
        self._showing_original = on
        self._restyle(overlay=not on)

    def _recolour(self) -> None:
        self._restyle(colours=overlay_colours(self._mask_colour, self._mask_opacity))

    def _original_until(self) -> int:
        if self._showing_original:
            return self._viewport.view.width
        return super()._original_until() if self._divided else 0

    def _look_through(self, viewport: Viewport) -> bool:
        before = self._viewport
        changed = super()._look_through(viewport)
        if changed:
            if self._hover is not None and self._pointer.gesture is Gesture.PAINT:
                self._begin_anew(self._hover, before)
            self._track()  # another pixel is under the pointer now
        return changed

    def _begin_anew(self, touch: Touch, before: Viewport) -> None:
        """The picture has moved under a brush that is down: no line from where it was to where it is now."""
        (x, y), (old_x, old_y) = self._viewport.to_picture(touch.x, touch.y), before.to_picture(touch.x, touch.y)
        if max(abs(x - old_x), abs(y - old_y)) > 1 + 1 / self.zoom:  # a wheel zooms around the pointer
            self._pointer.begin_anew(touch)

    # --- painting ------------------------------------------------------------------------------------------

    def paint(self, touch: Touch, *, erase: bool) -> None:
        """Draw the stroke on to `touch`, in the overlay only."""
        if self._layers is not None:
            x, y = self._viewport.to_picture(touch.x, touch.y)
            dab = dab_at(x, y, self._brush_size, touch.pressure)
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

    # --- the pointer ---------------------------------------------------------------------------------------

    def _track(self) -> None:
        """Draw the brush where the pointer is now, and tell which pixel that is."""
        before, self._cursor = self._cursor, self._brush_cursor()
        if before != self._cursor:
            for cursor in (before, self._cursor):
                for area in cursor.areas if cursor else ():
                    self._repaint_device(area & self._viewport.view)
        pixel = None
        if self._hover is not None and self._document is not None:
            x, y = self._viewport.to_picture(self._hover.x, self._hover.y)
            if 0 <= x < self._viewport.picture.width and 0 <= y < self._viewport.picture.height:
                pixel = floor(x), floor(y)
        if pixel != self._pixel:
            self._pixel = pixel
            self.pointerMoved.emit(pixel)
        shape = self._cursor_shape()
        if shape != self.cursor().shape():
            self.setCursor(shape)

    def _brush_cursor(self) -> BrushCursor | None:
        if self._hover is None or self._document is None or self._pointer.gesture is Gesture.PAN or self._hand:
            return None
        x, y = self._viewport.to_picture(self._hover.x, self._hover.y)
        dab = dab_at(x, y, self._brush_size, self._hover.pressure or None)
        x, y = self._viewport.to_device(dab.x, dab.y)
        erasing = self._tool is Tool.ERASER or self._hover.eraser
        return BrushCursor(x, y, dab.radius * self.zoom, self.devicePixelRatioF(), erasing)

    @property
    def _hand(self) -> bool:
        return self._tool is Tool.HAND or self._space_held

    def _cursor_shape(self) -> Qt.CursorShape:
        if self._document is None:
            return Qt.CursorShape.ArrowCursor
        if self._pointer.gesture is Gesture.PAN:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if self._hand else Qt.CursorShape.BlankCursor

    def _paint_over(self, painter: QPainter) -> None:
        if self._cursor is not None:
            self._cursor.paint(painter)

    def _press(self, touch: Touch, button: Qt.MouseButton) -> None:
        if self._document is None:
            return
        if button == Qt.MouseButton.LeftButton:
            gesture = Gesture.PAN if self._hand else Gesture.PAINT
            if gesture is Gesture.PAINT and self._pointer.gesture is Gesture.NONE:
                self.strokeBegun.emit()
            self._pointer.press(touch, gesture, button, erase=self._tool is Tool.ERASER)
        elif button in (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton):
            self._pointer.press(touch, Gesture.PAN, button)
        self._hover = touch
        self._track()

    def _move(self, touch: Touch, buttons: Qt.MouseButton) -> None:
        held = self._pointer.held
        if isinstance(held, Qt.MouseButton) and not buttons & held:
            self._pointer.end()  # the release went to somebody else: a dialog, another window
        self._hover = touch
        self._pointer.move(touch)
        self._track()

    def _release(self, touch: Touch, button: Qt.MouseButton) -> None:
        self._pointer.release(button)
        self._hover = touch
        self._track()

    def _on_divider_entered(self) -> None:
        if self._pointer.gesture is Gesture.NONE:
            self._hover = None
            self._track()

    # --- Qt: mouse, pen, wheel -----------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press(mouse_touch(event.position(), self.devicePixelRatioF()), event.button())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move(mouse_touch(event.position(), self.devicePixelRatioF()), event.buttons())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._release(mouse_touch(event.position(), self.devicePixelRatioF()), event.button())

    def tabletEvent(self, event: QTabletEvent) -> None:
        touch = pen_touch(event, self.devicePixelRatioF())
        if event.type() == QEvent.Type.TabletPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self._press(touch, event.button())
        elif event.type() == QEvent.Type.TabletRelease:
            self._release(touch, event.button())
        else:
            self._move(touch, event.buttons())
        event.accept()  # or Qt makes mouse events of it, and each stroke is painted twice

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover = None
        self._track()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        if self._document is None:
            return
        turn = self._wheel.read(event, self.devicePixelRatioF())
        if turn.pan != (0, 0):
            self.pan(*turn.pan)
        for _ in range(abs(turn.zoom)):
            self.zoom_to(self._viewport.next_step(turn.zoom), event.position())
        for _ in range(abs(turn.size)):
            step = max(1, round(self._brush_size * 0.1))
            self.brush_size += step if turn.size > 0 else -step

    # --- Qt: keys, focus, files ----------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1 + event.value()), event.position())
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            escapes = event.key() == Qt.Key.Key_Escape and self._pointer.gesture is Gesture.PAINT
            if escapes or (event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier):
                event.accept()  # ours before any action of the window
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._document is None or not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Carry out a key; False if it means nothing here."""
        pan, zoom = arrow_pan(event, self.devicePixelRatioF()), zoom_key(event)
        if event.key() == Qt.Key.Key_Escape and self._pointer.gesture is Gesture.PAINT:
            self._pointer.end(keep=False)
        elif event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._space_held = True
        elif pan is not None:
            self.pan(*pan)
        elif zoom:
            self.zoom_to(self._viewport.next_step(zoom))
        else:
            return False
        self._track()
        return True

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Space:
            super().keyReleaseEvent(event)
        elif not event.isAutoRepeat():
            self._space_held = False
            self._track()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._let_go()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._hover = None
        self._let_go()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self._let_go()

    def _let_go(self) -> None:
        """No release will come any more: keep what has been painted."""
        self._space_held = False
        self._pointer.end()
        self._track()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        accept_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        files = accept_files(event)
        if files:
            self.filesDropped.emit(files)

    def sizeHint(self) -> QSize:
        return QSize(960, 640)
