"""A view of a picture that one can move about in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal

from restorer.ui.canvas.input_events import device_pixel
from restorer.ui.canvas.picture_view import PictureView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from restorer.document.document import Document
    from restorer.imaging.region import Region
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.canvas.viewport import Viewport

MARGIN = 16
"""Logical px around a picture that is fitted."""


class NavigableView(PictureView):
    """Zooms and pans.

    Signals:
        zoomChanged: device px a picture px.
        view_changed: the visible Region, picture px.
    """

    zoomChanged = Signal(float)  # noqa: N815 - named as Qt names its own
    view_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted = True

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        """Show another document, fitted."""
        self._fitted = True
        super().show_document(document, layers)
        self.zoomChanged.emit(self.zoom)
        self.view_changed.emit(self.visible_region())

    @property
    def zoom(self) -> float:
        """Device px a picture px."""
        return self._viewport.zoom

    def fit(self) -> None:
        """Show all of the picture, and go on doing so when the window changes its size."""
        self._fitted = True
        self._arrange()

    def actual_size(self) -> None:
        """One device px a picture px."""
        self.zoom_to(1.0)

    def zoom_in(self) -> None:
        self.zoom_to(self._viewport.next_step(1))

    def zoom_out(self) -> None:
        self.zoom_to(self._viewport.next_step(-1))

    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom (device px a picture px) around a place of the canvas (logical px); around its middle by default."""
        view = self._viewport.view
        x, y = (view.width // 2, view.height // 2) if at is None else device_pixel(at, self.devicePixelRatioF())
        self._fitted = False
        self._look_through(self._viewport.zoomed(zoom, x, y))

    def look_like(self, other: NavigableView) -> None:
        """The same place at the same zoom as in another view of the same picture."""
        self._fitted = other._fitted
        view = self._viewport.view
        self._look_through(other._viewport.resized(view.width, view.height))

    def centre_on(self, x: float, y: float) -> None:
        """Bring a place of the picture (picture px) into the middle."""
        self._fitted = False
        self._look_through(self._viewport.centred(x, y))

    def seek(self, place: Region) -> None:
        """Bring a place of the picture into view, and near enough to be made out; if it is, nothing moves."""
        viewport = self._viewport
        near = min(1.0, viewport.showing(place).zoom)
        if self.zoom < near:
            viewport = replace(viewport, zoom=near)
        elif place & viewport.visible == place:
            return
        self._fitted = False
        self._look_through(viewport.centred((place.left + place.right) / 2, (place.top + place.bottom) / 2))

    def pan(self, dx: int, dy: int) -> None:
        """Move the picture by device px."""
        self._fitted = False
        self._look_through(self._viewport.panned(dx, dy))

    def _arrange(self) -> None:
        if self._fitted:
            self._look_through(self._viewport.fitted(round(MARGIN * self.devicePixelRatioF())))

    def _look_through(self, viewport: Viewport) -> bool:
        zoom = self._viewport.zoom
        changed = super()._look_through(viewport)
        if changed and self._layers is not None:
            if zoom != viewport.zoom:
                self.zoomChanged.emit(viewport.zoom)
            self.view_changed.emit(self.visible_region())
        return changed
