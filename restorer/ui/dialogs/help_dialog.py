"""The guide, and all keys; nothing of it comes from elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QScrollArea,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from restorer import bundled
from restorer.ui import translation
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.ui.actions import Actions


class HelpDialog(QDialog):
    """Stays open beside the work; closed by Esc."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help and keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        self.tabs = QTabWidget()
        self.guide = QTextBrowser()
        self.guide.setAccessibleName(self.tr("Guide"))
        self.guide.setOpenExternalLinks(False)
        folder = bundled.resources() / "guide"
        self.guide.setSearchPaths([str(folder)])
        self.guide.document().setDefaultStyleSheet("img { max-width: 100%; }")
        self.guide.document().setBaseUrl(QUrl.fromLocalFile(f"{folder}/"))
        self._text = (folder / f"guide-{translation.current()}.md").read_text(encoding="utf-8")
        self.tabs.addTab(self.guide, self.tr("Guide"))
        self._actions = actions
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.tabs.addTab(scroll, self.tr("Keys"))
        layout.addWidget(self.tabs)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(820, 680)
        actions.rebound.connect(self._tell_keys)
        self._tell_keys()

    def _tell_keys(self) -> None:
        """In the guide, keys stand as they come."""
        place = self.guide.verticalScrollBar().value()
        self.guide.setMarkdown(re.sub(r"`([^`]+)`", lambda found: self._key_now(found[1]), self._text))
        self.guide.verticalScrollBar().setValue(place)
        keys = QWidget()
        keys.setLayout(self._keys(self._actions))
        self._scroll.setWidget(keys)

    def _key_now(self, written: str) -> str:
        actions, key = self._actions, QKeySequence(written)
        for name, action in actions.named.items():
            if key in actions.defaults[name]:
                same = key in action.shortcuts()
                return f"`{written}`" if same else f"`{actions.way_to(action)}`"
        return f"`{written}`"

    def _held(self, actions: Actions) -> str:
        keys = actions.keys_of(actions.original)
        return self.tr("hold {}").format(keys) if keys else ""

    def _keys(self, actions: Actions) -> QGridLayout:
        rows = [(actions.words_of(action), actions.keys_of(action)) for action in actions.all if action.shortcuts()]
        rows += [
            (self.tr("See the original"), self._held(actions)),
            (self.tr("Move the picture"), self.tr("Space or middle button, and drag")),
            (self.tr("Zoom to the pointer"), self.tr("wheel")),
            (self.tr("Size of the brush"), self.tr("Shift and wheel")),
        ]
        rows = [(name, keys) for name, keys in rows if keys]
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        half = (len(rows) + 1) // 2
        for index, (name, keys) in enumerate(rows):
            column = 2 * (index // half)
            grid.addWidget(label(keys, "soft"), index % half, column)
            grid.addWidget(label(name), index % half, column + 1)
        grid.setColumnMinimumWidth(1, 200)
        return grid
