"""A picture with its name under it, to be chosen."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTextBoundaryFinder
from PySide6.QtGui import QFontMetrics, QIcon, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget

from restorer.ui import icons

RADIUS = 5
LEAST_RATIO = 2.0
"""Pictures are kept at least this fine, for a window that is moved to a finer screen."""


class Card(QToolButton):
    """Shows an empty frame until it is given its picture.

    Args:
        text: is shown, wrapped where there are lines for it, and shortened in its middle if need be.
        accessible: what a screen reader says.
        size: of the picture, in points.
        lines: that there is room for, 1 or 2.
    """

    def __init__(
        self, text: str, accessible: str, size: QSize, parent: QWidget | None = None, *, lines: int = 1
    ) -> None:
        super().__init__(parent)
        self._size = size
        self._lines = lines
        self.empty = True
        self.setProperty("role", "card")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(size)
        self.setFixedSize(size.width() + 16, size.height() + 28 + max(16, lines * self.fontMetrics().lineSpacing()))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.call(text, accessible)
        self.draw_icon()

    def call(self, text: str, accessible: str) -> None:
        """Give it another name; see the arguments above."""
        letters, width = self.fontMetrics(), self._size.width()
        shown = [text]
        if self._lines > 1 and letters.horizontalAdvance(text) > width:
            first = _first_line(text, letters, width)
            shown = [line for line in (text[:first].rstrip(), text[first:].lstrip()) if line]
        shown = [letters.elidedText(line, Qt.TextElideMode.ElideMiddle, width) for line in shown]
        self.setText("\n".join(shown).replace("&", "&&"))
        self.setAccessibleName(accessible)

    @property
    def side(self) -> int:
        """Px that its picture should have, to fill it on this screen."""
        return round(max(self._size.width(), self._size.height()) * max(LEAST_RATIO, self.devicePixelRatioF()))

    def draw_icon(self) -> None:
        """The empty frame, in the colours of the theme."""
        if not self.empty:
            return
        ratio = self.devicePixelRatioF()
        canvas = _blank(self._size, ratio)
        painter = QPainter(canvas)
        left, top = (self._size.width() - 40) // 2, (self._size.height() - 40) // 2
        painter.drawPixmap(left, top, icons.pixmap("picture", 40, ratio))
        painter.end()
        self.setIcon(QIcon(canvas))

    def show_picture(self, picture: QImage) -> None:
        """The middle of a picture, with round corners; a null one leaves the frame empty."""
        if picture.isNull():
            return
        self.empty = False
        ratio = max(LEAST_RATIO, self.devicePixelRatioF())
        canvas = _blank(self._size, ratio)
        filling, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
        scaled = picture.scaled(self._size * ratio, filling, smooth)
        width, height = self._size.width() * ratio, self._size.height() * ratio
        part = QRectF((scaled.width() - width) / 2, (scaled.height() - height) / 2, width, height)
        whole = QRectF(0, 0, self._size.width(), self._size.height())
        corners = QPainterPath()
        corners.addRoundedRect(whole, RADIUS, RADIUS)
        painter = QPainter(canvas)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(corners)
        painter.drawImage(whole, scaled, part)
        painter.end()
        self.setIcon(QIcon(canvas))


def _first_line(text: str, letters: QFontMetrics, width: int) -> int:
    """How many of its letters stand on the first of two lines: as many as there is room for, broken where it may be."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, text)
    best, at = 0, finder.toNextBoundary()
    while at != -1 and letters.horizontalAdvance(text[:at].rstrip()) <= width:
        best, at = at, finder.toNextBoundary()
    return best


def _blank(size: QSize, ratio: float) -> QPixmap:
    canvas = QPixmap(size * ratio)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    return canvas
