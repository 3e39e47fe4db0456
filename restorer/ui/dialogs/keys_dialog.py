"""All commands with their keys: to look one up, and to choose others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from restorer.ui import icons
from restorer.ui.dialogs.boxes import dress
from restorer.ui.dialogs.fitted import FittedDialog
from restorer.ui.dialogs.key_field import KeyField
from restorer.ui.keys import in_words, of_picture, rival
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.ui.actions import Actions
    from restorer.ui.keys import Keys

_NAME = Qt.ItemDataRole.UserRole


class KeysDialog(FittedDialog):
    """Search, choose a command, press its new keys; a clash is said, and nothing is changed by it."""

    def __init__(self, actions: Actions, keys: Keys, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self._keys = keys
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 560)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search for a command or its keys"))
        self.search.setAccessibleName(self.tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = QTreeWidget()
        self.tree.setRootIsDecorated(False)
        self.tree.setHeaderLabels([self.tr("Command"), self.tr("Keys")])
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.tree.setAccessibleName(self.tr("Commands"))
        self.tree.currentItemChanged.connect(lambda *_: self._show_chosen())
        self.said = label("", "soft")
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().height())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.tree, 1)
        layout.addLayout(self._editing())
        layout.addWidget(self.said)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.reset_all = buttons.addButton(self.tr("Reset all"), QDialogButtonBox.ButtonRole.ResetRole)
        self.reset_all.clicked.connect(self._ask_to_reset_all)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        keys.changed.connect(self._fill)
        self._fill()
        self.search.setFocus()

    def _editing(self) -> QVBoxLayout:
        self.edit = KeyField()
        self.edit.keySequenceChanged.connect(lambda *_: self._judge())
        self.edit.left.connect(self.tree.setFocus)
        self.edit.taken.connect(self._take)
        self.assign = QPushButton(self.tr("Assign"))
        self.assign.clicked.connect(self._assign)
        self.reset = QPushButton(self.tr("Default"))
        self.reset.setToolTip(self.tr("The keys that this command has in a new installation"))
        self.reset.clicked.connect(self._reset)
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setWordWrap(True)
        self.heading.setBuddy(self.edit)
        row = QHBoxLayout()
        row.addWidget(self.edit, 1)
        row.addWidget(self.assign)
        row.addWidget(self.reset)
        column = QVBoxLayout()
        column.addWidget(self.heading)
        column.addLayout(row)
        return column

    @property
    def chosen(self) -> str | None:
        """The name of the command in the list that is chosen, and is seen there."""
        item = self.tree.currentItem()
        return None if item is None or item.isHidden() else item.data(0, _NAME)

    def choose(self, name: str) -> None:
        for index in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(index)
            if item is not None and item.data(0, _NAME) == name:
                self.tree.setCurrentItem(item)

    def _fill(self) -> None:
        chosen = self.chosen
        self.tree.clear()
        for name, action in self._actions.named.items():
            item = QTreeWidgetItem([self._actions.words_of(action), self._actions.keys_of(action)])
            item.setData(0, _NAME, name)
            item.setIcon(0, icons.blank() if action.icon().isNull() else action.icon())
            if self._keys.is_chosen(name):
                font = item.font(1)
                font.setBold(True)
                item.setFont(1, font)
                item.setToolTip(1, self.tr("Changed by you"))
            self.tree.addTopLevelItem(item)
        self.choose(chosen or next(iter(self._actions.named)))
        self._filter()

    def _filter(self) -> None:
        words, first = self.search.text().casefold().split(), None
        for index in range(self.tree.topLevelItemCount()):
            item = self.tree.topLevelItem(index)
            if item is not None:
                text = f"{item.text(0)} {item.text(1)}".casefold()
                item.setHidden(not all(word in text for word in words))
                first = item if first is None and not item.isHidden() else first
        if self.chosen is None and first is not None:
            self.tree.setCurrentItem(first)
        self._show_chosen()

    def _show_chosen(self) -> None:
        self.edit.clear()
        self.reset.setEnabled(self.chosen is not None and self._keys.is_chosen(self.chosen))
        words = self.tr("New keys")
        if self.chosen is not None:
            words = self.tr("New keys for “{}”").format(self._actions.words_of(self._actions.named[self.chosen]))
        self.heading.setText(words)
        self.edit.setAccessibleName(words)
        self.edit.setEnabled(self.chosen is not None)
        self.reset_all.setEnabled(any(map(self._keys.is_chosen, self._actions.named)))
        self._judge()

    def _judge(self) -> None:
        """May these keys be used?"""
        name, key = self.chosen, self.edit.keySequence()
        taken = None if name is None else rival(self._actions, key, name)
        moves = of_picture(key)
        removes = key.isEmpty()
        some = name is not None and (not removes or bool(self._actions.named[name].shortcuts()))
        self.assign.setText(self.tr("Remove") if removes else self.tr("Assign"))
        self.assign.setEnabled(some and taken is None and not moves)
        if name is None:
            self.said.setText(self.tr("No command is called so, or has such keys."))
        elif moves:
            words = self.tr("{} is needed on the picture itself: press other keys.")
            self.said.setText(words.format(in_words(key)))
        elif taken is not None:
            words = self.tr("{} already belongs to “{}”: press other keys, or change those first.")
            native = in_words(key)
            self.said.setText(words.format(native, self._actions.words_of(taken)))
        elif removes and some:
            self.said.setText(self.tr("Press the new keys, or take the old ones away with “Remove”."))
        elif removes:
            self.said.setText(self.tr("Press the new keys."))
        else:
            self.said.setText(self.tr("These keys are free."))

    def _take(self) -> None:
        """Return in the field: with none pressed it would take the old keys away, which only the button does."""
        if self.assign.isEnabled() and not self.edit.keySequence().isEmpty():
            self._assign()

    def _assign(self) -> None:
        if self.chosen is not None:
            self._keys.choose(self.chosen, [self.edit.keySequence()])

    def _reset(self) -> None:
        name = self.chosen
        if name is None:
            return
        for key in self._actions.defaults[name]:
            taken = rival(self._actions, key, name)
            if taken is not None:
                words = self.tr("{} already belongs to “{}”: press other keys, or change those first.")
                self.said.setText(words.format(key.toString(), self._actions.words_of(taken)))
                return
        self._keys.reset(name)

    def _ask_to_reset_all(self) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Keyboard shortcuts"),
            self.tr("Give all commands the keys of a new installation? Those that you chose are lost."),
            parent=self,
        )
        dress(box)
        button = QMessageBox.StandardButton
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setStandardButtons(button.Reset | button.Cancel)
        box.button(button.Reset).setText(self.tr("Reset all"))
        box.setDefaultButton(button.Cancel)
        box.finished.connect(lambda result: self._keys.reset() if result == button.Reset else None)
        box.open()
