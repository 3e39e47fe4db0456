"""How it is used, and its keys, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from restorer.ui.panels.labels import label, rule

if TYPE_CHECKING:
    from restorer.ui.actions import Actions


class HelpDialog(QDialog):
    """Stays open beside the work; closed by Esc."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Help and keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(label(self.tr("In three steps"), "heading"))
        steps = QLabel(
            self.tr(
                "1.  Open a photograph.\n2.  Paint over the damage. It is restored as soon as you let go; switch off "
                "“Heal as you paint” to mark first and restore everything at once.\n3.  Export. The original is never "
                "written to."
            )
        )
        steps.setWordWrap(True)
        layout.addWidget(steps)
        layout.addWidget(rule())
        layout.addWidget(label(self.tr("Keys"), "heading"))
        layout.addLayout(self._keys(actions))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

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
