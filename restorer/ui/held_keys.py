"""Keys that work as long as they are held: X and the backslash show the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_SEE_ORIGINAL = (Qt.Key.Key_X, Qt.Key.Key_Backslash)


class HeldKeys(QObject):
    """Listens to a window."""

    def __init__(self, window: QWidget, original: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._original = original
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent) and event.key() in _SEE_ORIGINAL:
            if kind == QEvent.Type.KeyPress and not event.modifiers():
                if not event.isAutoRepeat() and self._original.isEnabled():
                    self._original.setChecked(True)
                return True
            if kind == QEvent.Type.KeyRelease:
                if not event.isAutoRepeat():
                    self._original.setChecked(False)
                return True
        elif kind == QEvent.Type.ActivationChange and not self._window.isActiveWindow():
            self._original.setChecked(False)  # the key is let go of in another window
        return super().eventFilter(watched, event)
