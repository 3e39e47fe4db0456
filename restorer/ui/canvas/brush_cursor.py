"""The brush as a circle of its true size under the pointer, visible on any picture."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, hypot

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from restorer.imaging.region import Region

SMALLEST = 3.5
"""Logical px of radius; a smaller brush is shown as a cross."""
_DARK, _LIGHT = QColor(0, 0, 0, 150), QColor(255, 255, 255, 235)
_ARM, _GAP = 9.0, 3.0


@dataclass(frozen=True)
class BrushCursor:
    """All in device px.

    Attributes:
        x, y: the middle of the brush.
        radius: of what it would mark.
        size: device px to a logical px: the thickness of the lines.
        erasing: the circle has a minus in it.
    """

    x: float
    y: float
    radius: float
    size: float
    erasing: bool

    @property
    def areas(self) -> tuple[Region, ...]:
        """What it covers; a large circle as squares along its rim, for what is inside need not be painted again."""
        margin = 3 * self.size
        if self.radius < SMALLEST * self.size:
            return (self._around(self.x, self.y, (_ARM + 2) * self.size),)
        whole = self._around(self.x, self.y, self.radius + margin)
        if self.radius < 160:
            return (whole,)
        side = max(32, whole.width // 10)
        half = side * 0.7072
        squares = [self._around(self.x, self.y, 10 * self.size)]
        for top in range(whole.top, whole.bottom, side):
            for left in range(whole.left, whole.right, side):
                far = hypot(left + side / 2 - self.x, top + side / 2 - self.y)
                if abs(far - self.radius) <= half + margin:
                    squares.append(Region(left, top, left + side, top + side))
        return tuple(squares)

    def paint(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in ((_DARK, 3.0), (_LIGHT, 1.2)):
            painter.setPen(QPen(colour, width * self.size, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            if self.radius < SMALLEST * self.size:
                self._cross(painter)
            else:
                painter.drawEllipse(QPointF(self.x, self.y), self.radius, self.radius)
            if self.erasing:
                self._minus(painter)

    def _cross(self, painter: QPainter) -> None:
        near, far = _GAP * self.size, _ARM * self.size
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            painter.drawLine(
                QPointF(self.x + dx * near, self.y + dy * near), QPointF(self.x + dx * far, self.y + dy * far)
            )

    def _minus(self, painter: QPainter) -> None:
        if self.radius >= 8 * self.size:
            half = 3.5 * self.size
            painter.drawLine(QPointF(self.x - half, self.y), QPointF(self.x + half, self.y))

    @staticmethod
    def _around(x: float, y: float, reach: float) -> Region:
        return Region(floor(x - reach), floor(y - reach), ceil(x + reach) + 1, ceil(y + reach) + 1)
