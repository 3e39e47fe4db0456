"""Keys that work as long as they are held: those of the action that shows the original."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAction


class HeldKeys(QObject):
    """Listens to a window."""

    def __init__(self, window: QWidget, original: QAction) -> None:
        super().__init__(window)
        self._window = window
        self._original = original
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if isinstance(event, QKeyEvent) and self._means_it(event):
            if kind == QEvent.Type.KeyPress:
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

    def _means_it(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:  # its modifier may have been let go of first
            return any(key[0].key() == event.key() for key in self._original.shortcuts())  # type: ignore[index]
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(plain, Qt.Key(event.key())))
        return any(key.matches(pressed) == QKeySequence.SequenceMatch.ExactMatch for key in self._original.shortcuts())
