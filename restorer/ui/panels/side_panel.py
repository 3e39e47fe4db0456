"""The panel at the right: compare, settings, file, and the two things everything leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from restorer.ui import icons
from restorer.ui.canvas.panes import NavigatorView
from restorer.ui.panels.compare_panel import ComparePanel
from restorer.ui.panels.finding_panel import FindingPanel
from restorer.ui.panels.histogram_panel import HistogramPanel
from restorer.ui.panels.history_panel import HistoryPanel
from restorer.ui.panels.info_panel import InfoPanel
from restorer.ui.panels.labels import rule
from restorer.ui.panels.section import Section
from restorer.ui.panels.tools_panel import ToolsPanel
from restorer.ui.theme import roomy

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from restorer.ui.actions import Actions
    from restorer.ui.finding import Finding
    from restorer.ui.settings import Settings
    from restorer.ui.worker import Worker

WIDTH = 304


class SidePanel(QWidget):
    """Arrangement only; its parts speak for themselves."""

    def __init__(
        self, actions: Actions, finding: Finding, analysis: Worker, settings: Settings, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._actions = actions
        self._settings = settings
        self.navigator = NavigatorView()
        self.navigator.setFixedHeight(150)
        self.compare = ComparePanel()
        self.tools = ToolsPanel(actions)
        self.history = HistoryPanel()
        self.histogram = HistogramPanel(analysis)
        self.info = InfoPanel()
        self.finding = FindingPanel(finding, actions)
        self.heal = self._switch(actions.heal)
        self.restore = self._button(actions.restore, self.tr("Restore"), "primary")
        self.export = self._button(actions.export, self.tr("Export…"))

        self.sections: dict[str, Section] = {}
        contents = self._contents = QWidget()
        contents.setObjectName("sideContents")
        inner = QVBoxLayout(contents)
        inner.setContentsMargins(16, 16, 16, 16)
        inner.setSpacing(12)
        inner.addWidget(self.finding)
        for key, name, part, is_open in (
            ("navigator", self.tr("Overview"), self.navigator, True),
            ("compare", self.tr("Before and after"), self.compare, False),
            ("marking", self.tr("Marking"), self.tools, True),
            ("repairs", self.tr("Repairs"), self.history, True),
            ("histogram", self.tr("Histogram"), self.histogram, False),
            ("photograph", self.tr("Photograph"), self.info, True),
        ):
            if self.sections:
                inner.addWidget(rule())
            self._add(inner, key, name, part, is_open)
        inner.addStretch(1)
        scroll = self._scroll = QScrollArea()
        finding.changed.connect(lambda: scroll.verticalScrollBar().setValue(0) if finding.active else None)
        scroll.setWidget(contents)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        bottom = QVBoxLayout()
        bottom.setContentsMargins(16, 16, 16, 16)
        bottom.setSpacing(8)
        bottom.addWidget(self.finding.buttons)
        bottom.addWidget(self.heal)
        bottom.addWidget(self.restore)
        bottom.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(1, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(rule())
        layout.addLayout(bottom)
        self.draw_icons()
        contents.installEventFilter(self)
        self.history.chosen_one.legend.installEventFilter(self)
        self._fit()

    def _fit(self) -> None:
        """As wide as its widest words, which a larger text or another language may need."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        needed = max(self._contents.minimumSizeHint().width() + bar, self.minimumSizeHint().width())
        self.setFixedWidth(max(WIDTH, min(needed, roomy(round(1.4 * WIDTH)))))

    def _show_legend(self) -> None:
        """What the colours over the picture mean is to be seen with them."""
        legend = self.history.chosen_one.legend
        if legend.isVisible():
            self._scroll.ensureWidgetVisible(legend, 0, 16)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        legend = self.history.chosen_one.legend
        if watched is legend and event.type() in (QEvent.Type.Show, QEvent.Type.Resize):
            QTimer.singleShot(0, self, self._show_legend)
        elif watched is self._contents and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _add(self, layout: QVBoxLayout, key: str, name: str, part: QWidget, is_open: bool) -> None:
        section = Section(name, part, is_open=self._settings.is_open(key, is_open))
        section.folded.connect(lambda folded: self._settings.set_open(key, not folded))
        self.sections[key] = section
        layout.addWidget(section)

    @property
    def first(self) -> QWidget:
        """Where the keyboard enters the panel."""
        return next(iter(self.sections.values())).heading

    def draw_icons(self) -> None:
        self.restore.setIcon(icons.icon_on_accent("restore"))
        self.export.setIcon(icons.icon("export"))

    def _switch(self, action: QAction) -> QCheckBox:
        """Of an action that is on or off."""
        box = QCheckBox(self.tr("Heal as you paint"))
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.setChecked(action.isChecked())
        box.toggled.connect(action.setChecked)
        action.toggled.connect(box.setChecked)

        def tell_keys() -> None:
            words = self.tr("Restores each stroke as soon as you let go. Key: {}")
            box.setToolTip(words.format(self._actions.keys_of(action) or self.tr("none")))

        self._actions.rebound.connect(tell_keys)
        tell_keys()
        return box

    @staticmethod
    def _button(action: QAction, text: str, role: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", role)
        button.setIconSize(QSize(roomy(18), roomy(18)))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        action.changed.connect(lambda: button.setToolTip(action.toolTip()))
        button.setToolTip(action.toolTip())
        button.setAccessibleName(text.rstrip("…"))
        button.clicked.connect(action.trigger)
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        return button
