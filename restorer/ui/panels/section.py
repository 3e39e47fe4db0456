"""A part of the side panel that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSizePolicy, QToolButton, QVBoxLayout, QWidget


class Section(QWidget):
    """A heading that is a button, and what lies under it.

    Signals: folded(bool): it was opened (False) or folded.
    """

    folded = Signal(bool)

    def __init__(self, name: str, contents: QWidget, *, is_open: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.contents = contents
        self.heading = QToolButton()
        self.heading.setProperty("role", "heading")
        self.heading.setText(name)
        self.heading.setCheckable(True)
        self.heading.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.heading.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.heading.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.heading.setAccessibleName(name)
        self.heading.toggled.connect(self._show)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(contents)
        self.heading.setChecked(is_open)
        self._show(is_open)

    @property
    def is_open(self) -> bool:
        return self.heading.isChecked()

    def _show(self, on: bool) -> None:
        self.heading.setArrowType(Qt.ArrowType.DownArrow if on else Qt.ArrowType.RightArrow)
        self.contents.setVisible(on)
        self.folded.emit(not on)
