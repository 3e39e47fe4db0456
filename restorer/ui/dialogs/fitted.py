"""A dialog that is large enough for what it holds, and in which Return presses no button by chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QPushButton, QToolButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QShowEvent

TITLE_BAR = 32
"""Logical px that it needs of the screen, too."""


class FittedDialog(QDialog):
    """Qt gives a new dialog two thirds of the screen at most, and squeezes its rows to fit: this one takes the rest.

    To Qt the first button is also the one that Return means in a field: here it means the button that it is pressed
    on, or the one that was made the default; where there is none, nothing.
    """

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not event.spontaneous():
            for button in self.findChildren(QPushButton):
                button.setAutoDefault(False)
            room, wanted = self.screen().availableSize(), self.sizeHint()
            layout = self.layout()
            if layout is not None and layout.hasHeightForWidth():
                wanted.setHeight(max(wanted.height(), layout.totalHeightForWidth(max(self.width(), wanted.width()))))
            wanted.setHeight(min(wanted.height(), room.height() - TITLE_BAR))
            self.resize(self.size().expandedTo(wanted))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(focused, QPushButton | QToolButton):
            focused.click()
        else:
            super().keyPressEvent(event)
