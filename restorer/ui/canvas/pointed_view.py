"""A view that is worked in with mouse, pen, fingers and keys: their Qt events become presses, moves and releases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)

from restorer.ui.canvas.fingers import Fingers
from restorer.ui.canvas.gestures import Gesture, Pointer, Touch
from restorer.ui.canvas.input_events import Wheel, arrow_pan, mouse_touch, pen_touch, zoom_key
from restorer.ui.canvas.navigable_view import NavigableView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_KEYS_OF_A_TOOL = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Backspace)
_PANNING = (Qt.MouseButton.MiddleButton, Qt.MouseButton.RightButton)


class PointedView(NavigableView):
    """By itself it only pans and zooms; what the left button does is a subclass's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._space_held = False
        self._wheel = Wheel()
        self._hover: Touch | None = None
        self._pointer = Pointer(self)
        self._fingers = Fingers(self)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # the right button pans

    # --- for subclasses ------------------------------------------------------------------------------------

    @property
    def _hand(self) -> bool:
        """Does the left button pan?"""
        return True

    @property
    def _tool_active(self) -> bool:
        """Has the tool begun something that its keys end?"""
        return False

    def tool_press(self, touch: Touch) -> None: ...
    def tool_drag(self, touch: Touch) -> None: ...
    def tool_release(self) -> None: ...
    def tool_give_up(self) -> None: ...
    def tool_hover(self, touch: Touch) -> None: ...

    def tool_key(self, key: int) -> None:
        """One of Esc, Return and Backspace while the tool is active."""

    def _track(self) -> None:
        """Show where the pointer is now."""
        shape = self._cursor_shape()
        if shape != self.cursor().shape():
            self.setCursor(shape)

    def _cursor_shape(self) -> Qt.CursorShape:
        if self._document is None:
            return Qt.CursorShape.ArrowCursor
        if self._pointer.gesture is Gesture.PAN:
            return Qt.CursorShape.ClosedHandCursor
        return Qt.CursorShape.OpenHandCursor if self._hand else Qt.CursorShape.BlankCursor

    # --- what a pointer does -------------------------------------------------------------------------------

    def pointer_down(self, touch: Touch, button: Qt.MouseButton) -> None:
        """A button, the pen or a finger (as the left button) goes down."""
        if self._document is None:
            return
        if button == Qt.MouseButton.LeftButton:
            self._pointer.press(touch, Gesture.PAN if self._hand else Gesture.TOOL, button)
        elif button in _PANNING:
            self._pointer.press(touch, Gesture.PAN, button)
        self._hover = touch
        self._track()

    def pointer_moved(self, touch: Touch, buttons: Qt.MouseButton) -> None:
        held = self._pointer.held
        if isinstance(held, Qt.MouseButton) and not buttons & held:
            self._pointer.end()  # the release went to somebody else: a dialog, another window
        self._hover = touch
        if self._pointer.gesture is Gesture.NONE:
            if self._document is not None and not self._hand:
                self.tool_hover(touch)
        else:
            self._pointer.move(touch)
        self._track()

    def pointer_up(self, touch: Touch, button: Qt.MouseButton) -> None:
        self._pointer.release(button)
        self._hover = touch
        self._track()

    def drop(self) -> None:
        """What goes on was not meant: a second finger came down."""
        self._pointer.end(keep=False)
        self._hover = None
        self._track()

    def _let_go(self) -> None:
        """No release will come any more: keep what has been painted."""
        self._space_held = False
        self._pointer.end()
        self._track()

    # --- Qt: mouse, pen, fingers, wheel --------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pointer_down(mouse_touch(event, self.devicePixelRatioF()), event.button())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self.pointer_moved(mouse_touch(event, self.devicePixelRatioF()), event.buttons())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.pointer_up(mouse_touch(event, self.devicePixelRatioF()), event.button())

    def tabletEvent(self, event: QTabletEvent) -> None:
        touch = pen_touch(event, self.devicePixelRatioF())
        self._fingers.pen_is_near()
        if event.type() == QEvent.Type.TabletPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.pointer_down(touch, event.button())
        elif event.type() == QEvent.Type.TabletRelease:
            self.pointer_up(touch, event.button())
        else:
            self.pointer_moved(touch, event.buttons())
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
        if turn.size:
            self._wheel_with_shift(turn.size)

    def _wheel_with_shift(self, notches: int) -> None:
        """A subclass's."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_to(self.zoom * (1 + event.value()), event.position())
            return True
        if isinstance(event, QTouchEvent) and self._document is not None:
            return self._fingers.feel(event)
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            mine = self._tool_active and event.key() in _KEYS_OF_A_TOOL
            if plain and (mine or event.key() == Qt.Key.Key_Space):
                event.accept()  # ours before any action of the window
                return True
        return super().event(event)

    # --- Qt: keys and focus --------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._document is None or not self._pressed(event):
            super().keyPressEvent(event)

    def _pressed(self, event: QKeyEvent) -> bool:
        """Carry out a key; False if it means nothing here."""
        pan, zoom = arrow_pan(event, self.devicePixelRatioF()), zoom_key(event)
        if self._tool_active and event.key() in _KEYS_OF_A_TOOL:
            self.tool_key(event.key())
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
