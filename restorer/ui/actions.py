"""Every action of the window, with its words, keys and icon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from restorer.ui import icons
from restorer.ui.canvas.tool import Tool

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from restorer.ui.editor import Editor


class Actions(QObject):
    """What a person can ask for; the window connects each to what does it."""

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._icons: dict[QAction, str] = {}

        self.open = self._new(self.tr("&Open…"), "open", "Ctrl+O")
        self.paste = self._new(self.tr("&Paste as new picture"), "paste", "Ctrl+V")
        self.import_mask = self._new(self.tr("&Import mask…"), "mask-import", "Ctrl+I")
        self.export_mask = self._new(self.tr("Export &mask…"), "mask-export", "Ctrl+Shift+I")
        self.export = self._new(self.tr("&Export…"), "export", "Ctrl+E")
        self.close = self._new(self.tr("&Close window"), "", "Ctrl+W")
        self.quit = self._new(self.tr("&Quit"), "", "Ctrl+Q")
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

        self.undo = self._new(self.tr("&Undo"), "undo", "Ctrl+Z")
        self.redo = self._new(self.tr("&Redo"), "redo", "Ctrl+Shift+Z", "Ctrl+Y")
        self.clear_mask = self._new(self.tr("&Clear all marks"), "clear", "Ctrl+Shift+D", "Delete")

        self.hand = self._new(self.tr("&Hand: move the picture"), "hand", "H", checkable=True)
        self.brush = self._new(self.tr("&Brush: mark damage"), "brush", "B", checkable=True)
        self.eraser = self._new(self.tr("&Eraser: take marks away"), "eraser", "E", checkable=True)
        self.bigger = self._new(self.tr("Bi&gger brush"), "bigger", "]")
        self.smaller = self._new(self.tr("&Smaller brush"), "smaller", "[")
        self.heal = self._new(self.tr("Heal as you &paint"), "heal", "P", checkable=True)
        self.restore = self._new(self.tr("&Restore what is marked"), "restore", "Ctrl+Return", "Ctrl+Enter")
        self.cancel = self._new(self.tr("Cancel restoring"), "cancel", "Esc")

        self.fit = self._new(self.tr("&Fit into the window"), "fit", "Ctrl+0")
        self.actual_size = self._new(self.tr("&Actual size, 100 %"), "actual-size", "Ctrl+1")
        self.zoom_in = self._new(self.tr("Zoom &in"), "zoom-in", "Ctrl++", "Ctrl+=")
        self.zoom_out = self._new(self.tr("Zoom &out"), "zoom-out", "Ctrl+-")
        self.divider = self._new(self.tr("&Divider: before and after"), "divider", "D", checkable=True)
        # held down, so the window listens to the key itself; the menu can only switch it
        self.original = self._new(self.tr("See the &original (hold X)"), "original", checkable=True)

        self.help = self._new(self.tr("&Help and keys"), "help", "F1")
        self.about = self._new(self.tr("&About Restorer"), "")
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

        self._tools = QActionGroup(self)
        self.tools = {Tool.HAND: self.hand, Tool.BRUSH: self.brush, Tool.ERASER: self.eraser}
        for action in self.tools.values():
            self._tools.addAction(action)
        self.brush.setChecked(True)
        self.draw_icons()

    @property
    def all(self) -> list[QAction]:
        return [child for child in vars(self).values() if isinstance(child, QAction)]

    @staticmethod
    def keys_of(action: QAction) -> str:
        """Its keys as they are shown, empty if it has none."""
        native = QKeySequence.SequenceFormat.NativeText
        return " / ".join(dict.fromkeys(key.toString(native) for key in action.shortcuts()))

    @staticmethod
    def words_of(action: QAction) -> str:
        """Its text without the mark of its mnemonic, which in Chinese stands in brackets behind it."""
        return re.sub(r"\(&\w\)|&", "", action.text()).rstrip("…")

    def draw_icons(self) -> None:
        """Again, in the colours of the theme."""
        for action, name in self._icons.items():
            action.setIcon(icons.icon(name))

    def suit(self, editor: Editor) -> None:
        """Enable what can be done now."""
        document = editor.document
        marked = document is not None and document.marked
        for action in (
            self.import_mask, self.hand, self.brush, self.eraser, self.bigger, self.smaller, self.heal, self.restore,
            self.fit, self.actual_size, self.zoom_in, self.zoom_out, self.divider, self.original,
        ):  # fmt: skip
            action.setEnabled(document is not None)
        self.export.setEnabled(document is not None and not editor.exporting)
        self.export_mask.setEnabled(marked)
        self.clear_mask.setEnabled(marked)
        self.undo.setEnabled(document is not None and document.history.can_undo)
        self.redo.setEnabled(document is not None and document.history.can_redo)
        self.cancel.setEnabled(editor.working)

    def _new(self, text: str, icon: str, *keys: str, checkable: bool = False) -> QAction:
        action = QAction(text, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setCheckable(checkable)
        shown = self.keys_of(action)
        plain = self.words_of(action)
        action.setToolTip(f"{plain}  ({shown})" if shown else plain)
        if icon:
            self._icons[action] = icon
        self._window.addAction(action)  # its keys work though its menu is closed
        return action
