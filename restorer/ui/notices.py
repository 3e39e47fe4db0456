"""Words that matter too much to vanish by themselves: at the top of the window until they are closed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from restorer.ui import icons

MOST = 3
"""At once; the oldest gives way."""


class Notice(QFrame):
    """One sentence, a sign of its kind, and a button that closes it."""

    def __init__(self, sentence: str, icon: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self._icon = icon
        self._sign = QLabel()
        self.text = QLabel(sentence)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_ = QToolButton()
        self.close_.setProperty("role", "small")
        self.close_.setIconSize(QSize(16, 16))
        self.close_.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.close_.setToolTip(self.tr("Close this notice"))
        self.close_.setAccessibleName(self.tr("Close this notice"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self.close_)
        self.draw_icons()

    def draw_icons(self) -> None:
        self._sign.setPixmap(icons.pixmap(self._icon, 16, self.devicePixelRatioF(), bold=True))
        self.close_.setIcon(icons.icon("close"))


class Notices(QWidget):
    """Takes no room while there is nothing to be told."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.told: list[Notice] = []
        self.hide()

    def tell(self, sentence: str, *, warning: bool = False) -> None:
        """Show a sentence; one that is there already is not said twice.

        Args:
            sentence: one, or two.
            warning: is something not as it should be?
        """
        if any(notice.text.text() == sentence for notice in self.told):
            return
        if len(self.told) == MOST:
            self.close_one(self.told[0])
        notice = Notice(sentence, "warning" if warning else "info", self)
        notice.close_.clicked.connect(lambda: self.close_one(notice))
        notice.setAccessibleName(sentence)
        self.told.append(notice)
        self._column.addWidget(notice)
        self.show()
        notice.show()
        QAccessible.updateAccessibility(QAccessibleEvent(notice, QAccessible.Event.Alert))

    def close_one(self, notice: Notice) -> None:
        self.told.remove(notice)
        self._column.removeWidget(notice)
        notice.hide()
        notice.deleteLater()
        self.setVisible(bool(self.told))

    def forget(self) -> None:
        """What was said of a photograph that is gone."""
        for notice in list(self.told):
            self.close_one(notice)

    def draw_icons(self) -> None:
        for notice in self.told:
            notice.draw_icons()
