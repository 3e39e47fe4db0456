"""Said where a picture leaves the program while something in it is still only marked."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from restorer.ui import icons


class Unrestored(QWidget):
    """Marks, or found damage, that have not been restored, and a way to do so first; it stands in nobody's way.

    Signals: restore_wanted(): go back, and restore them.
    """

    restore_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        sign = QLabel()
        sign.setPixmap(icons.pixmap("warning", 16, self.devicePixelRatioF(), bold=True))
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setAccessibleName(self.tr("What is not restored"))
        self.go_back = QPushButton(self.tr("Restore first"))
        self.go_back.setToolTip(self.tr("Closes this and restores what is marked; export again when that is done."))
        self.go_back.setAutoDefault(False)
        self.go_back.clicked.connect(self.restore_wanted)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.go_back, 0, Qt.AlignmentFlag.AlignTop)

    def show_left(self, *, marked: bool, corrected: bool) -> None:
        """What is left to restore: marks; found damage, which has been corrected, but is not marked yet."""
        if marked:
            words = self.tr("Some marks have not been restored: what lies under them is exported as it is.")
        else:
            words = self.tr("What was found and corrected has not been restored: it is exported as it is.")
        self.words.setText(words)
        self.setVisible(marked or corrected)
