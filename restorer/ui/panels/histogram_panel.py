"""How often each value occurs in the picture as it is now, in the file's own depth."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from restorer.imaging.errors import Cancelled
from restorer.imaging.histogram import BINS, Histogram, histogram
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.ui.worker import Worker

SETTLED_MS = 400
"""After so long without a change it is counted anew."""
_COLOURS = {1: ("#808080",), 2: ("#808080",), 3: ("#d33", "#2a2", "#36f"), 4: ("#d33", "#2a2", "#36f")}
_INKS = ("#08a0b8", "#c2369b", "#9a8500", "#808080")
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
"""Channels are told apart without their colour, too."""


class _Curves(QWidget):
    """The curves alone."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: Histogram | None = None
        self.inks = False
        """Are the channels cyan, magenta, yellow and black?"""
        self.setMinimumHeight(84)
        self.setAccessibleName(self.tr("Histogram"))

    def show_counts(self, counted: Histogram | None) -> None:
        self.shown = counted
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(272, 84)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().base())
        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        if self.shown is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = _INKS if self.inks else _COLOURS[len(self.shown.counts)]
        # the root keeps rare values visible beside a white border of the scan
        heights = np.sqrt(self.shown.counts[: len(colours)].astype(float))
        peak = max(1.0, float(np.percentile(heights, 99.5)))
        across, high = (self.width() - 4) / (BINS - 1), self.height() - 4
        for index, (row, colour) in enumerate(zip(heights, colours, strict=True)):
            points = [
                QPointF(2 + column * across, self.height() - 2 - min(1.0, value / peak) * high)
                for column, value in enumerate(row.tolist())
            ]
            painter.setPen(QPen(QColor(colour), 1.4, _STYLES[index]))
            painter.drawPolyline(QPolygonF(points))
        painter.end()


class HistogramPanel(QWidget):
    """Counts on a worker while it is seen; a picture that changes meanwhile is counted again."""

    def __init__(self, analysis: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._analysis = analysis
        self._document: Document | None = None
        self._stale = False
        self._counting: object | None = None
        self.curves = _Curves()
        self._low, self._middle, self._high = label("", "soft"), label("", "soft"), label("", "soft")
        scale = QHBoxLayout()
        scale.addWidget(self._low)
        scale.addStretch(1)
        scale.addWidget(self._middle)
        scale.addStretch(1)
        scale.addWidget(self._high)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.curves)
        layout.addLayout(scale)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLED_MS)
        self._settle.timeout.connect(self._count)

    def show_document(self, document: Document | None) -> None:
        self._document = document
        self.curves.inks = document is not None and document.photograph.inks
        self.changed()

    def changed(self) -> None:
        """The picture has changed."""
        self._stale = True
        if self.isVisible():
            self._settle.start()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._stale:
            self._settle.start()

    def forget(self) -> None:
        """The window closes."""
        self._settle.stop()
        self._counting = None

    def _count(self) -> None:
        document = self._document
        if document is None:
            return
        image, levels = document.image, document.photograph.levels
        self._stale = False
        self._counting = wanted = object()

        def work(_report: object) -> Histogram:
            def check() -> None:
                if self._counting is not wanted:
                    raise Cancelled

            return histogram(image, levels=levels, check=check)

        self._analysis.submit(work).done.connect(partial(self._show, wanted))

    def _show(self, wanted: object, counted: Histogram) -> None:
        if self._counting is not wanted:
            return
        self._counting = None
        self.curves.show_counts(counted)
        used = self.tr("{} to {} used").format(_short(min(counted.least)), _short(max(counted.most)))
        last = counted.high - 1 if counted.high > 1 else counted.high
        self._low.setText(_short(counted.low))
        self._middle.setText(used)
        self._high.setText(_short(last))
        self.curves.setAccessibleDescription(used)


def _short(value: float) -> str:
    return f"{value:g}" if value != int(value) else f"{int(value)}"
