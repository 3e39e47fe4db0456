"""The line between the original (left) and the image so far (right), to be moved by hand or by keys."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QWidget

BREADTH = 22
"""Logical px that can be taken hold of."""
_FINE = 10000
_KNOB = 10.0


class Divider(QAbstractSlider):
    """A strip from top to bottom of its parent, which draws the two pictures.

    A slider, so that arrows, Home, End and screen readers work on it as on any other.
    """

    moved = Signal(float)
    entered = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setRange(0, _FINE)
        self.setSingleStep(_FINE // 100)
        self.setPageStep(_FINE // 10)
        self.setValue(_FINE // 2)
        self.setCursor(Qt.CursorShape.SplitHCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._level = False
        self._name()
        self._held: float | None = None
        self.valueChanged.connect(self._place)
        self.hide()

    @property
    def level(self) -> bool:
        """Does it lie from left to right, the original above it?"""
        return self._level

    @level.setter
    def level(self, on: bool) -> None:
        self._level = on
        self.setOrientation(Qt.Orientation.Vertical if on else Qt.Orientation.Horizontal)
        self.setInvertedAppearance(on)
        self.setInvertedControls(on)
        self.setCursor(Qt.CursorShape.SplitVCursor if on else Qt.CursorShape.SplitHCursor)
        self._name()
        self.fit_parent()
        self.update()

    def _name(self) -> None:
        if self._level:
            self.setAccessibleName(self.tr("Divider: original above, restored below"))
            self.setToolTip(self.tr("Original above, restored below. Drag it, or press ↑ and ↓."))
        else:
            self.setAccessibleName(self.tr("Divider: original on the left, restored on the right"))
            self.setToolTip(self.tr("Original on the left, restored on the right. Drag it, or press ← and →."))

    @property
    def at(self) -> float:
        """Share of the parent's width (or height, if it is level), 0..1."""
        return self.value() / _FINE

    @at.setter
    def at(self, share: float) -> None:
        self.setValue(round(min(max(share, 0.0), 1.0) * _FINE))

    def fit_parent(self) -> None:
        """The parent has another size."""
        parent = self._parent
        if self._level:
            self.setGeometry(0, round(self.at * parent.height()) - BREADTH // 2, parent.width(), BREADTH)
        else:
            self.setGeometry(round(self.at * parent.width()) - BREADTH // 2, 0, BREADTH, parent.height())

    def _place(self) -> None:
        self.fit_parent()
        self.moved.emit(self.at)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()  # to the canvas: the other buttons pan
            return
        self._held = (event.position().y() if self._level else event.position().x()) - BREADTH / 2
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            event.ignore()
            return
        place = self.mapToParent(event.position())
        if self._level:
            self.at = (place.y() - self._held) / max(1, self._parent.height())
        else:
            self.at = (place.x() - self._held) / max(1, self._parent.width())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is None:
            event.ignore()
            return
        self._held = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # zooms the picture, as beside the line

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.entered.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # the strip begins at a whole px, the line where the pictures meet
        ratio = self.devicePixelRatioF()
        length = self.width() if self._level else self.height()
        whole = self._parent.height() if self._level else self._parent.width()
        across = round(self.at * round(whole * ratio)) / ratio - (self.y() if self._level else self.x())
        if self._level:  # drawn as if it stood, and turned
            painter.rotate(90)
            painter.scale(1, -1)
        dark, light = QColor(0, 0, 0, 110), QColor(255, 255, 255)
        painter.fillRect(QRectF(across - 2, 0, 4, length), dark)
        painter.fillRect(QRectF(across - 1, 0, 2, length), light)
        middle = QPointF(across, length / 2)
        painter.setPen(QPen(dark, 1))
        painter.setBrush(light)
        painter.drawEllipse(middle, _KNOB, _KNOB)
        painter.setPen(QPen(QColor(60, 60, 60), 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for side in (-1, 1):
            tip = middle + QPointF(side * 6.0, 0)
            painter.drawLine(tip, tip + QPointF(-side * 3.0, -3.0))
            painter.drawLine(tip, tip + QPointF(-side * 3.0, 3.0))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().highlight().color(), 2))
            painter.drawEllipse(middle, _KNOB - 1, _KNOB - 1)
        painter.end()
