"""Further views of the picture that follow the canvas: the original beside it, a loupe, and the whole at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from restorer.imaging.region import Region
from restorer.ui.canvas.gestures import Touch
from restorer.ui.canvas.input_events import mouse_touch
from restorer.ui.canvas.picture_view import NOWHERE, PictureView
from restorer.ui.canvas.pointed_view import PointedView

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.ui.canvas.layers import DisplayLayers

LOUPE = 176
"""Side of each half of the loupe, logical px."""
LEAST_ZOOM = 3.0
"""Device px a picture px in the loupe; more if the canvas shows the picture as large already."""
_MARGIN = 12


class OriginalView(PointedView):
    """The original, beside the canvas; only to be moved about in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._restyle(overlay=False)
        self.setMinimumSize(120, 100)
        self.setAccessibleName(self.tr("The original"))
        self.setAccessibleDescription(self.tr("Moves together with the restored picture beside it."))

    def _original_area(self) -> Region:
        return self._viewport.view


class _Pane(PictureView):
    """Half of the loupe."""

    def __init__(self, parent: QWidget, *, original: bool) -> None:
        self._of_original = original
        super().__init__(parent)
        self._restyle(overlay=False)
        self.setFixedSize(LOUPE, LOUPE)

    def look_at(self, x: float, y: float, zoom: float) -> None:
        self._look_through(self._viewport.zoomed(zoom, 0, 0).centred(x, y))

    def _arrange(self) -> None:
        pass

    def _original_area(self) -> Region:
        return self._viewport.view if self._of_original else NOWHERE


class Loupe(QWidget):
    """Before and after of what is under the pointer, enlarged, in a corner of the canvas that the pointer is not in."""

    def __init__(self, canvas: QWidget) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("loupe")
        self.setAccessibleName(self.tr("Loupe: original and restored"))
        self.before, self.after = _Pane(self, original=True), _Pane(self, original=False)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        layout.addWidget(self.before)
        layout.addWidget(self.after)
        self.adjustSize()
        self.hide()

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        for pane in (self.before, self.after):
            pane.show_document(document, layers)

    def refresh(self, region: Region) -> None:
        for pane in (self.before, self.after):
            pane.refresh(region)

    def look_again(self, region: Region) -> None:
        for pane in (self.before, self.after):
            pane.look_again(region)

    def show_turned(self) -> None:
        for pane in (self.before, self.after):
            pane.show_turned()

    def show_anew(self) -> None:
        for pane in (self.before, self.after):
            pane.show_anew()

    def look_at(self, x: float, y: float, zoom: float, place: tuple[float, float]) -> None:
        """Show picture px (x, y); `place` is where the pointer is on the canvas, logical px."""
        for pane in (self.before, self.after):
            pane.look_at(x, y, max(LEAST_ZOOM * self.devicePixelRatioF(), 2 * zoom))
        near_left = place[0] < self.width() + 3 * _MARGIN and place[1] < self.height() + 3 * _MARGIN
        self.move(self._canvas.width() - self.width() - _MARGIN if near_left else _MARGIN, _MARGIN)


class NavigatorView(PictureView):
    """All of the picture, with a frame around what the canvas shows.

    Signals: wanted(float, float): a place of the picture (picture px) is to be in the middle.
    """

    wanted = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._frame = NOWHERE
        super().__init__(parent)
        self._restyle(overlay=True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("Overview"))
        self.setAccessibleDescription(self.tr("A click moves the picture there."))

    def show_mask_as(self, colours: tuple[int, ...]) -> None:
        self._restyle(colours=colours)

    def follow(self, region: Region) -> None:
        """The canvas shows this part (picture px)."""
        if region != self._frame:
            self._frame = region
            self.update()  # only what lies over the picture

    def _original_area(self) -> Region:
        return NOWHERE

    def _arrange(self) -> None:
        self._look_through(self._viewport.fitted())

    def _paint_over(self, painter: QPainter) -> None:
        if self._frame.empty or self._layers is None:
            return
        frame = self._viewport.device_rect(self._frame) & self._viewport.view
        ratio = self.devicePixelRatioF()
        for colour, width in ((QColor(0, 0, 0, 170), 4.0), (QColor(255, 255, 255), 2.0)):
            painter.setPen(QPen(colour, width * ratio, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            inset = 2 * ratio
            painter.drawRect(
                QRectF(frame.left, frame.top, frame.width, frame.height).adjusted(inset, inset, -inset, -inset)
            )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._want(mouse_touch(event, self.devicePixelRatioF()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._want(mouse_touch(event, self.devicePixelRatioF()))

    def _want(self, touch: Touch) -> None:
        if self._layers is not None:
            self.wanted.emit(*self._viewport.to_picture(touch.x, touch.y))

    def sizeHint(self) -> QSize:
        return QSize(272, 150)
