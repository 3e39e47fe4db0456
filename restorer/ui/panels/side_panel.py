"""The panel at the right: compare, settings, file, and the two things everything leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from restorer.ui import icons
from restorer.ui.panels.compare_panel import ComparePanel
from restorer.ui.panels.info_panel import InfoPanel
from restorer.ui.panels.labels import label, rule
from restorer.ui.panels.tools_panel import ToolsPanel

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from restorer.ui.actions import Actions

WIDTH = 304


class SidePanel(QWidget):
    """Arrangement only; its parts speak for themselves."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._actions = actions
        self.compare = ComparePanel()
        self.tools = ToolsPanel(actions.heal)
        self.info = InfoPanel()
        self.restore = self._button(actions.restore, self.tr("Restore"), "primary")
        self.export = self._button(actions.export, self.tr("Export…"))

        contents = QWidget()
        contents.setObjectName("sideContents")
        inner = QVBoxLayout(contents)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(16)
        inner.addWidget(self.compare)
        inner.addWidget(rule())
        inner.addWidget(label(self.tr("Marking"), "heading"))
        inner.addWidget(self.tools)
        inner.addWidget(rule())
        inner.addWidget(self.info)
        inner.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidget(contents)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        bottom = QVBoxLayout()
        bottom.setContentsMargins(16, 16, 16, 16)
        bottom.setSpacing(8)
        bottom.addWidget(self.restore)
        bottom.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(rule())
        layout.addLayout(bottom)
        self.draw_icons()

    def draw_icons(self) -> None:
        self.restore.setIcon(icons.icon_on_accent("restore"))
        self.export.setIcon(icons.icon("export"))

    @staticmethod
    def _button(action: QAction, text: str, role: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", role)
        button.setIconSize(QSize(18, 18))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(action.toolTip())
        button.setAccessibleName(text.rstrip("…"))
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button
