"""Every command by its words: type some letters, press Return."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from restorer.ui import icons
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.ui.actions import Actions

_ACTION = Qt.ItemDataRole.UserRole
_KEYS = Qt.ItemDataRole.UserRole + 1
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Lines(QStyledItemDelegate):
    """Its keys stand at the right of a command."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        keys = index.data(_KEYS)
        if keys:
            painter.save()
            painter.setPen(option.palette.color(QPalette.ColorRole.PlaceholderText))
            room = option.rect.adjusted(8, 0, -12, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, keys)
            painter.restore()


class Palette(QDialog):
    """Opens over the window; closed by Esc, by a click beside it, and by what is chosen."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("Find a command"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("What do you want to do?"))
        self.search.setAccessibleName(self.tr("Find a command"))
        self.search.textChanged.connect(self._fill)
        self.search.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Commands"))
        self.list.setUniformItemSizes(True)
        self.list.setItemDelegate(_Lines(self.list))
        self.list.setIconSize(QSize(20, 20))
        self.list.itemActivated.connect(lambda *_: self._take())
        self.list.itemClicked.connect(lambda *_: self._take())
        self.nothing = label(self.tr("No command is called that."), "soft")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.nothing)
        width = min(560, parent.width() - 40)
        self.resize(width, min(420, parent.height() - 80))
        self.move(parent.mapToGlobal(parent.rect().topLeft()).x() + (parent.width() - width) // 2,
                  parent.mapToGlobal(parent.rect().topLeft()).y() + 60)  # fmt: skip
        self._fill()
        self.search.setFocus()

    def _fill(self) -> None:
        self.list.clear()
        scored: list[tuple[int, bool, int, QAction]] = []
        for action in self._actions.all:
            if action is self._actions.palette:
                continue
            score = match(self.search.text(), self._actions.words_of(action))
            if score is not None:
                scored.append((score, not action.isEnabled(), len(scored), action))
        for _, _, _, action in sorted(scored, key=lambda entry: entry[:3]):
            keys = self._actions.keys_of(action)
            mark = "✓ " if action.isCheckable() and action.isChecked() else ""
            words = f"{mark}{self._actions.words_of(action)}"
            icon = icons.blank() if action.icon().isNull() else action.icon()
            item = QListWidgetItem(icon, words)
            item.setData(_KEYS, keys)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{words}, {keys}" if keys else words)
            item.setData(_ACTION, action)
            if not action.isEnabled():
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.nothing.setVisible(not scored)

    def _take(self) -> None:
        item = self.list.currentItem()
        action = None if item is None else item.data(_ACTION)
        if isinstance(action, QAction) and action.isEnabled():
            self.accept()
            action.trigger()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isVisible() and not self.isActiveWindow():
            self.reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in _MOVES:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)


def match(typed: str, words: str) -> int | None:
    """How far words are from what was typed; None if its letters do not occur in them in this order."""
    typed, words = "".join(typed.casefold().split()), words.casefold()
    score, at = 0, -1
    for letter in typed:
        found = words.find(letter, at + 1)
        if found < 0:
            return None
        starts_word = found == 0 or not words[found - 1].isalnum()
        score += 0 if found == at + 1 or starts_word else found - at
        at = found
    return score
