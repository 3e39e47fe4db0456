"""The list of a batch's files, which says what belongs there while it is empty."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from restorer.ui import icons

SIGN = 48
"""Logical px of the picture above the words."""


class FileList(QListView):
    """Rows of pictures; arrangement only."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setAccessibleName(self.tr("Pictures"))
        self.setAccessibleDescription(self.tr("Drop scans or their folder here"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model() is not None and self.model().rowCount():
            return
        painter = QPainter(self.viewport())
        room, words = self.viewport().rect().adjusted(16, 16, -16, -16), self.tr("Drop scans or their folder here")
        flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignHCenter
        height = painter.fontMetrics().boundingRect(room, flags, words).height()
        top = room.center().y() - (SIGN + 12 + height) // 2
        painter.drawPixmap(room.center().x() - SIGN // 2, top, icons.pixmap("batch", SIGN, self.devicePixelRatioF()))
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        painter.drawText(QRect(room.left(), top + SIGN + 12, room.width(), height), flags, words)
