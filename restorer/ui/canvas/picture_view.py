"""A widget that shows a document's layers through a viewport; what canvas and side panel share."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from restorer.imaging.region import Region
from restorer.ui.canvas.backing import Backing
from restorer.ui.canvas.divider import Divider
from restorer.ui.canvas.rendering import Look, affected, overlay_colours
from restorer.ui.canvas.viewport import Viewport

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.ui.canvas.layers import DisplayLayers

NOWHERE = Region(0, 0, 0, 0)


class PictureView(QWidget):
    """Draws what is visible, and only the rectangle that changed.  Its subclasses say where to look."""

    dividerMoved = Signal(float)  # noqa: N815 - named as Qt names its own

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # every px is drawn, nothing to clear before
        self._document: Document | None = None
        self._layers: DisplayLayers | None = None
        self._viewport = Viewport(NOWHERE, NOWHERE)
        self._look = Look(overlay_colours(QColor(0, 0, 0), 0.0))
        self._backing = Backing()
        self._refining = QTimer(self)
        """What is still coarse is drawn when nothing else waits to be done."""
        self._refining.setSingleShot(True)
        self._refining.setInterval(0)
        self._refining.timeout.connect(lambda: self._update_device(self._backing.coarse))
        self._divider = Divider(self)
        self._divider.moved.connect(self._on_divider)

    # --- what is shown -------------------------------------------------------------------------------------

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        """Show another document, all of it; None shows the empty surround."""
        self._document = document
        self._layers = layers if document is not None else None
        picture = NOWHERE if document is None else document.bounds
        turned = 1 if document is None else document.photograph.turned
        self._viewport = Viewport(self._device_size(), picture, turned=turned)
        self._restyle()
        self._arrange()
        self._repaint_all()

    def show_turned(self) -> None:
        """The document is seen another way round now."""
        if self._document is not None:
            self._look_through(self._viewport.seen(self._document.photograph.turned))
            self._arrange()

    def refresh(self, region: Region) -> None:
        """The picture has changed under `region` (picture px), and the layers are up to date."""
        self._repaint(region)

    def look_again(self, region: Region) -> None:
        """The layers look different under `region` (picture px), though the document has not changed."""
        self._repaint(region)

    def show_anew(self) -> None:
        """The layers look different everywhere, though no pixel has changed."""
        self._repaint_all()

    @property
    def divider_at(self) -> float:
        """Where the divider stands, 0..1 of the width; dragged or set."""
        return self._divider.at

    @divider_at.setter
    def divider_at(self, share: float) -> None:
        self._divider.at = share

    def visible_region(self) -> Region:
        """The part of the picture that can be seen, picture px; empty without a document."""
        return self._viewport.visible if self._layers is not None else NOWHERE

    @property
    def exact(self) -> bool:
        """Has nothing that was painted been left coarse, to be painted again?"""
        return self._backing.coarse.empty

    # --- for subclasses ------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        """The document or the size has changed: choose a viewport."""
        raise NotImplementedError

    def _original_area(self) -> Region:
        """Device px: where the original is shown, up to the divider."""
        view = self._viewport.view
        if self._divider.level:
            return Region(0, 0, view.width, round(self.divider_at * view.height))
        return Region(0, 0, round(self.divider_at * view.width), view.height)

    def _look_through(self, viewport: Viewport) -> bool:
        """Use another viewport; tells whether it is another."""
        if viewport == self._viewport:
            return False
        before, self._viewport = self._viewport, viewport
        if viewport == replace(before, left=viewport.left, top=viewport.top):
            self._backing.move(viewport.left - before.left, viewport.top - before.top, self._look.original)
            self.update()
        else:
            self._repaint_all()
        return True

    def _restyle(self, **changes: object) -> None:
        """Show the layers another way.  Repaints only if it is another."""
        look = replace(self._look, **changes)  # type: ignore[arg-type]
        look = replace(look, original=self._original_area(), size=self.devicePixelRatioF())
        if look != self._look:
            self._look = look
            self._repaint_all()

    def _repaint(self, region: Region) -> None:
        """Paint again what shows `region` of the picture."""
        if self._layers is not None and not region.empty:
            self._repaint_device(affected(region, self._viewport, self._layers, self._look.grow))

    def _repaint_all(self) -> None:
        self._backing.drop()
        self.update()

    def _repaint_device(self, area: Region) -> None:
        """Draw the picture anew in `area` (device px)."""
        area = area & self._viewport.view
        if not area.empty:
            self._backing.spoil(area)
            self._update_device(area)

    def _update_device(self, area: Region) -> None:
        """What lies over the picture has changed in `area` (device px); the picture has not."""
        if area.empty:
            return
        ratio = self.devicePixelRatioF()
        left, top = floor(area.left / ratio), floor(area.top / ratio)
        self.update(QRect(left, top, ceil(area.right / ratio) - left, ceil(area.bottom / ratio) - top))

    def _device_size(self) -> Region:
        ratio = self.devicePixelRatioF()
        return Region(0, 0, max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))

    # --- Qt ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        drawn = self._backing.brought_up_to_date(self._viewport, self._layers, self._look)
        painter = QPainter(self)
        ratio = self.devicePixelRatioF()
        painter.scale(1 / ratio, 1 / ratio)
        around = event.region().boundingRect()
        left, top = floor(around.x() * ratio), floor(around.y() * ratio)
        right, bottom = ceil((around.x() + around.width()) * ratio), ceil((around.y() + around.height()) * ratio)
        painter.drawImage(left, top, drawn, left, top, right - left, bottom - top)
        self._paint_over(painter)
        painter.end()
        if not self.exact:
            self._refining.start()

    def _paint_over(self, painter: QPainter) -> None:
        """Draw what lies over picture and mask (device px)."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._resized()

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._resized()
        return handled

    def _resized(self) -> None:
        size = self._device_size()
        self._look_through(self._viewport.resized(size.width, size.height))
        self._divider.fit_parent()
        self._restyle()
        self._arrange()
        self._repaint_all()

    def _on_divider(self, share: float) -> None:
        before, after = self._look.original, self._original_area()
        self._look = replace(self._look, original=after)
        view = self._viewport.view
        (left, right), (top, bottom) = sorted((before.right, after.right)), sorted((before.bottom, after.bottom))
        moved = Region(0, top - 1, view.width, bottom + 1) if left == right else Region(left - 1, 0, right + 1, bottom)
        self._repaint_device(moved & view)
        self.dividerMoved.emit(share)
