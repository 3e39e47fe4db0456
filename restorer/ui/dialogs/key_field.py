"""The field in which new keys are pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QKeySequenceEdit

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_LEAVES = (Qt.Key.Key_Escape,)
_TAKES = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_BARE = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class KeyField(QKeySequenceEdit):
    """Records one key with its modifiers, but for those that mean something to whoever fills in a dialog.

    Tab goes on, Esc leaves, Return takes what was pressed, Delete and Backspace clear; with Ctrl, Alt or Shift all but
    Tab are keys like others.

    Signals: left(): Esc.  taken(): Return.
    """

    left = Signal()
    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.modifiers() not in _BARE or key not in (*_LEAVES, *_TAKES, *_CLEARS):
            super().keyPressEvent(event)
            return
        event.accept()  # or the dialog would take it, too
        if key in _CLEARS:
            self.clear()
        elif key in _LEAVES:
            self.clear()
            self.left.emit()
        else:
            self.taken.emit()
