"""What a window shows while it has no photograph: a file that is being read, or why one cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from restorer.ui import icons
from restorer.ui.panels.labels import label
from restorer.ui.theme import roomy

if TYPE_CHECKING:
    from restorer.imaging.files import Header

COLUMN = 480
"""Logical px of width: sentences that are wider are hard to read."""
TELLING = 64 << 20
"""Bytes that a file may take without a word of it."""


class _Page(QWidget):
    """A column in the middle of the window: a picture, a heading, words, and what else there is."""

    def __init__(self, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._picture = QLabel()
        self.heading = label("", "state")
        self.words = label("", "lead")
        for text in (self._picture, self.heading, self.words):
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        for text in (self.heading, self.words):
            text.setWordWrap(True)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column = QWidget()
        column.setMaximumWidth(roomy(COLUMN))
        self.column = QVBoxLayout(column)
        self.column.setContentsMargins(24, 24, 24, 24)
        self.column.setSpacing(8)
        self.column.addWidget(self._picture)
        self.column.addSpacing(8)
        self.column.addWidget(self.heading)
        self.column.addWidget(self.words)
        self.column.addSpacing(16)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addStretch(2)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.draw_icons()

    def draw_icons(self) -> None:
        self._picture.setPixmap(icons.pixmap(self._icon, 48, self.devicePixelRatioF()))


class OpeningPage(_Page):
    """A file is being read.  Signals: left(): nobody waits for it any more."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("picture", parent)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(240)
        self.bar.setAccessibleName(self.tr("Reading the file"))
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.setToolTip(self.tr("Do not wait for this file"))
        self.cancel.clicked.connect(self.left)
        self.column.addWidget(self.bar, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addSpacing(16)
        self.column.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignHCenter)

    def set_still(self, on: bool) -> None:
        """Nothing runs along while it is not known how much there is to do."""
        self.bar.setRange(0, 1 if on else 0)

    def show_name(self, name: str) -> None:
        self.heading.setText(self.tr("Opening {}…").format(name))
        self.words.setText(self.tr("The file is only read, never written to."))

    def show_size(self, header: Header) -> None:
        """What a large file will take, while it is being read."""
        if header.memory >= TELLING:
            megapixels, memory = round(header.width * header.height / 1e6), f"{header.memory / 2**30:.1f}"
            self.words.setText(self.tr("{} megapixels, {} GB of memory").format(megapixels, memory))


class TroublePage(_Page):
    """A file could not be opened; stays until something is done about it.

    Signals:
        again(), another(), left(): try once more, choose another file, back to the start page.
    """

    again = Signal()
    another = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warning", parent)
        self.told = False
        """Is there something to be shown?"""
        self.other = QPushButton(self.tr("Open another photograph…"))
        self.other.setProperty("role", "primary")
        self.once_more = QPushButton(self.tr("Try again"))
        self.back = QPushButton(self.tr("Back to the start"))
        for button, signal in ((self.other, self.another), (self.once_more, self.again), (self.back, self.left)):
            button.setAccessibleName(button.text().rstrip("…"))
            button.clicked.connect(signal)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self.once_more)
        row.addWidget(self.back)
        row.addStretch(1)
        self.column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignHCenter)
        self.column.addSpacing(4)
        self.column.addLayout(row)

    def tell(self, name: str, sentence: str, *, repeatable: bool) -> None:
        """Show why the file of that name, if it has one, cannot be opened, and what to do."""
        self.told = True
        if name:
            self.heading.setText(self.tr("“{}” cannot be opened").format(name))
        else:
            self.heading.setText(self.tr("The picture cannot be opened"))
        self.words.setText(sentence)
        self.setAccessibleName(f"{self.heading.text()}. {sentence}")
        self.once_more.setVisible(repeatable)

    def forget(self) -> None:
        self.told = False
