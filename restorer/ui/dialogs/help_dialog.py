"""The guide, and all keys; nothing of it comes from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
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
        self.guide.setMarkdown((folder / f"guide-{translation.current()}.md").read_text(encoding="utf-8"))
        self.tabs.addTab(self.guide, self.tr("Guide"))
        keys = QWidget()
        keys.setLayout(self._keys(actions))
        scroll = QScrollArea()
        scroll.setWidget(keys)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        self.tabs.addTab(scroll, self.tr("Keys"))
        layout.addWidget(self.tabs)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.resize(820, 680)

    def _keys(self, actions: Actions) -> QGridLayout:
        rows = [(actions.words_of(action), actions.keys_of(action)) for action in actions.all if action.shortcuts()]
        rows += [
            (self.tr("See the original"), self.tr("hold X or \\")),
            (self.tr("Move the picture"), self.tr("Space or middle button, and drag")),
            (self.tr("Zoom to the pointer"), self.tr("wheel")),
            (self.tr("Size of the brush"), self.tr("Shift and wheel")),
        ]
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
