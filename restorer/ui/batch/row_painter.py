"""How one file of the list looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from restorer.ui import icons
from restorer.ui.batch.rows import ROW

if TYPE_CHECKING:
    from restorer.ui.batch.rows import Row, Rows

PICTURE = QSize(84, 60)
_GAP = 8


class RowPainter(QStyledItemDelegate):
    """Thumbnail at the left, name and state beside it, a bar under what is being worked on."""

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        del index
        return QSize(240, max(PICTURE.height(), 2 * option.fontMetrics.height()) + 2 * _GAP)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        row: Row = index.data(ROW)
        shown.text = ""
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        area: QRect = shown.rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
        palette: QPalette = shown.palette
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRect(area.left(), area.top() + (area.height() - PICTURE.height()) // 2, *PICTURE.toTuple())
        self._draw_picture(painter, frame, row, palette)
        text = area.adjusted(PICTURE.width() + 12, 0, 0, 0)
        height = shown.fontMetrics.height()
        top = text.top() + (text.height() - 2 * height - 4) // 2
        elide, metrics = Qt.TextElideMode.ElideMiddle, shown.fontMetrics
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        name = QRect(text.left(), top, text.width(), height)
        painter.drawText(name, Qt.AlignmentFlag.AlignLeft, metrics.elidedText(row.path.name, elide, text.width()))
        painter.setPen(self._colour(row, palette))
        line = QRect(text.left(), top + height + 2, text.width(), height)
        words = metrics.elidedText(self._rows.words(row), Qt.TextElideMode.ElideRight, text.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft, words)
        if row.running:
            self._draw_bar(painter, QRectF(text.left(), area.bottom() - 2, text.width(), 4), row.share, palette)
        painter.restore()

    def _draw_picture(self, painter: QPainter, frame: QRect, row: Row, palette: QPalette) -> None:
        corners = QPainterPath()
        corners.addRoundedRect(QRectF(frame), 4, 4)
        painter.save()
        painter.setClipPath(corners)
        painter.fillRect(frame, palette.color(QPalette.ColorRole.Midlight))
        if row.picture.isNull():
            side = 28
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(
                frame.center().x() - side // 2, frame.center().y() - side // 2, icons.pixmap("picture", side, ratio)
            )
        else:
            size = row.picture.size().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
            place = QRect(0, 0, size.width(), size.height())
            place.moveCenter(frame.center())
            painter.drawImage(place, row.picture)
        painter.restore()

    def _colour(self, row: Row, palette: QPalette) -> QColor:
        if row.state == "failed" and row.verdict is None:
            dark = palette.color(QPalette.ColorRole.Window).lightness() < 128
            return QColor("#ff8a80" if dark else "#b3261e")  # 4.5:1 or more on all grounds of its theme
        if row.verdict == "accepted" or row.running:
            return palette.color(QPalette.ColorRole.Accent)
        return palette.color(QPalette.ColorRole.PlaceholderText)

    def _draw_bar(self, painter: QPainter, area: QRectF, share: float, palette: QPalette) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, width in ((QPalette.ColorRole.Mid, 1.0), (QPalette.ColorRole.Accent, share)):
            painter.setBrush(palette.color(colour))
            painter.drawRoundedRect(QRectF(area.left(), area.top(), area.width() * width, area.height()), 2, 2)
