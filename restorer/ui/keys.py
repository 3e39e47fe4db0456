"""The keys of the actions: as they come, as a person has chosen them, and where two want the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from restorer.ui.actions import Actions
    from restorer.ui.settings import Settings


_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


class Keys(QObject):
    """Chosen keys, kept in the settings, and given to the actions of all windows.

    Signals: changed(): some action has other keys.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings

    def give(self, actions: Actions) -> None:
        """Each action its keys."""
        for name, action in actions.named.items():
            actions.set_keys(action, self.of(name, actions.defaults[name]))
        actions.rebound.emit()

    def of(self, name: str, defaults: list[QKeySequence]) -> list[QKeySequence]:
        chosen = self._settings.keys_of(name)
        return defaults if chosen is None else [QKeySequence(text) for text in chosen if text]

    def is_chosen(self, name: str) -> bool:
        return self._settings.keys_of(name) is not None

    def choose(self, name: str, keys: list[QKeySequence]) -> None:
        portable = QKeySequence.SequenceFormat.PortableText
        self._settings.set_keys(name, [key.toString(portable) for key in keys if not key.isEmpty()])
        self.changed.emit()

    def reset(self, name: str | None = None) -> None:
        """As they come: of one action, or of all."""
        self._settings.forget_keys(name)
        self.changed.emit()


def in_words(key: QKeySequence | str) -> str:
    """How a key is shown, in menus as in sentences: in the words of the system and of the language."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def of_picture(key: QKeySequence) -> bool:
    """Is it a key that moves the picture, the pointer or a handle, and so can be no command's?"""
    return not key.isEmpty() and (key == QKeySequence("Space") or key[0].key() in _ARROWS)  # type: ignore[index]


def rival(actions: Actions, key: QKeySequence, name: str) -> QAction | None:
    """The other action that has this key already, or begins with it."""
    if key.isEmpty():
        return None
    for other, action in actions.named.items():
        if other == name:
            continue
        for taken in action.shortcuts():
            if _clash(key, taken):
                return action
    return None


def _clash(one: QKeySequence, other: QKeySequence) -> bool:
    match = QKeySequence.SequenceMatch
    return one.matches(other) != match.NoMatch or other.matches(one) != match.NoMatch
