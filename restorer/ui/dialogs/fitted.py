"""A dialog that is large enough for what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

TITLE_BAR = 32
"""Logical px that it needs of the screen, too."""


class FittedDialog(QDialog):
    """Qt gives a new dialog two thirds of the screen at most, and squeezes its rows to fit: this one takes the rest."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            room, wanted = self.screen().availableSize(), self.sizeHint()
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                wanted.setHeight(max(wanted.height(), layout.totalHeightForWidth(max(self.width(), wanted.width()))))
            wanted.setHeight(min(wanted.height(), room.height() - TITLE_BAR))
            self.resize(self.size().expandedTo(wanted))
