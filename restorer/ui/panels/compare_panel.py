"""Before and after, small, beside the picture that is being worked on."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from restorer.ui.canvas.compare_view import CompareView

HEIGHT = 176


class ComparePanel(QWidget):
    """The part of the picture that is seen on the canvas, with a divider to draw across it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = CompareView()
        self.view.setFixedHeight(HEIGHT)
        self.view.setAccessibleName(self.tr("Before and after"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.view)
