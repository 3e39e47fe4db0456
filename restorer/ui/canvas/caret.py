"""Pointing with the keyboard: the arrows move a cross, Space presses and lets go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from restorer.ui.canvas.gestures import Gesture, Touch
from restorer.ui.canvas.tools.tool import ToolKind

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from restorer.ui.canvas.canvas import Canvas

STEP, LARGE = 2, 24
"""Logical px an arrow moves the pointer, without and with Shift; Alt moves it by one device px."""
CLICKING = (ToolKind.POLYGON, ToolKind.WAND, ToolKind.LINE, ToolKind.TRACE)
"""Tools that are clicked rather than dragged."""
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


class Caret:
    """The pointer of a canvas while it is moved by keys."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self.on = False

    def pressed(self, event: QKeyEvent) -> bool:
        """Carry out a key; False if it means nothing here."""
        if not self.on:
            return False
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is not None and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(arrow, event.modifiers())
        elif event.key() == Qt.Key.Key_Space:
            self._press(event.modifiers())
        else:
            return False
        return True

    @property
    def _touch(self) -> Touch:
        canvas = self._canvas
        view = canvas.view
        here = canvas.hovered
        return here or Touch(view.width // 2 + 0.5, view.height // 2 + 0.5)

    def _move(self, arrow: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        canvas, here = self._canvas, self._touch
        step = LARGE if held & Qt.KeyboardModifier.ShiftModifier else STEP
        px = 1 if held & Qt.KeyboardModifier.AltModifier else round(step * canvas.devicePixelRatioF())
        view = canvas.view
        x, y = here.x + arrow[0] * px, here.y + arrow[1] * px
        inside = min(max(x, 0.5), view.width - 0.5), min(max(y, 0.5), view.height - 0.5)
        if inside != (x, y):  # at the rim the picture moves instead
            canvas.pan(round(inside[0] - x), round(inside[1] - y))
        canvas.pointer_moved(Touch(*inside), _LEFT if canvas.gesture is Gesture.TOOL else _NONE)

    def _press(self, held: Qt.KeyboardModifier) -> None:
        canvas, here = self._canvas, self._touch
        touch = Touch(here.x, here.y, alt=bool(held & Qt.KeyboardModifier.AltModifier))
        if canvas.gesture is Gesture.TOOL:
            canvas.pointer_up(touch, _LEFT)
        else:
            canvas.pointer_down(touch, _LEFT)
            if canvas.tool in CLICKING:
                canvas.pointer_up(touch, _LEFT)
