"""A view with marks over the picture, and with the original to compare it with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QColor

from restorer.imaging.region import Region
from restorer.ui.canvas.outline import changed_areas, framed
from restorer.ui.canvas.pointed_view import PointedView
from restorer.ui.canvas.rendering import overlay_colours

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from restorer.document.document import Document
    from restorer.imaging.marks import Marks
    from restorer.imaging.patch import Stroke
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.canvas.outline import Outline

FRAME = 8.0
"""Logical px between a place that is looked at and the frame around it."""


class MarkedView(PointedView):
    """How marks and the original are shown; what is done to the marks is a subclass's."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mask_opacity = 0.5
        self._mask_colour = QColor(255, 45, 85)
        self._showing_original = False
        self._divided = False
        self._frame: Outline | None = None
        self._recolour()

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        if self._look.changes and layers is not None and document is not None:
            layers.find_changes(document)
        super().show_document(document, layers)
        self._divider.setVisible(self._divided and document is not None)

    @property
    def mask_opacity(self) -> float:
        """0..1"""
        return self._mask_opacity

    @mask_opacity.setter
    def mask_opacity(self, opacity: float) -> None:
        self._mask_opacity = min(max(opacity, 0.0), 1.0)
        self._recolour()

    @property
    def mask_colour(self) -> QColor:
        return QColor(self._mask_colour)

    @mask_colour.setter
    def mask_colour(self, colour: QColor) -> None:
        self._mask_colour = QColor(colour)
        self._recolour()

    @property
    def grow(self) -> int:
        """Picture px by which the mask will be grown; drawn as a lighter rim."""
        return self._look.grow

    @grow.setter
    def grow(self, pixels: int) -> None:
        self._restyle(grow=max(0, pixels))

    @property
    def divider(self) -> bool:
        """Is the original shown left of a line?"""
        return self._divided

    @divider.setter
    def divider(self, on: bool) -> None:
        self._divided = on
        self._divider.setVisible(on and self._document is not None)
        self._divider.fit_parent()
        self._restyle()

    @property
    def divider_level(self) -> bool:
        """Does the divider lie from left to right?"""
        return self._divider.level

    @divider_level.setter
    def divider_level(self, on: bool) -> None:
        self._divider.level = on
        self._restyle()

    @property
    def changes(self) -> bool:
        """Is what differs from the original shown?"""
        return self._look.changes

    @changes.setter
    def changes(self, on: bool) -> None:
        if on and self._layers is not None and self._document is not None:
            self._layers.find_changes(self._document)
        self._restyle(changes=on)

    def set_showing_original(self, on: bool) -> None:
        """Show the original alone, without mask, for as long as it is on."""
        self._showing_original = on
        self._restyle(overlay=not on)

    def set_bare(self, on: bool) -> None:
        """Show the image without marks for as long as it is on: what the original is compared with."""
        self._restyle(overlay=not on)

    # --- what lies over the picture --------------------------------------------------------------------------

    def set_busy(self, strokes: list[Stroke]) -> None:
        """The strokes that wait to be healed or are being healed: striped, until they are no longer in the list."""
        if self._layers is not None:
            for region in self._layers.overlay.set_busy(strokes):
                self._repaint(region)

    def show_found(self, found: Marks | None, left_out: Marks | None) -> None:
        """Damage that was found, and what of it is left out."""
        if self._layers is not None:
            self._repaint(self._layers.overlay.set_found(found, left_out))

    def show_frame(self, place: Region | None) -> None:
        """A frame around a place, which is then to be seen; None takes it away."""
        if place is not None:
            self.seek(place)
        size = self.devicePixelRatioF()
        before, self._frame = self._frame, None if place is None else framed(place, FRAME * size / self.zoom)
        for area in changed_areas(before, self._frame, self._viewport, size):
            self._update_device(area & self._viewport.view)

    def show_notes(self, notes: Sequence[tuple[Region, NDArray[np.uint8]]] | None) -> None:
        """What is noted of a repair."""
        if self._layers is not None and self._document is not None:
            self._repaint(self._layers.show_notes(notes, self._document.mask.shape))

    def show_without(self, stroke: Stroke | None, before: Stroke | None = None) -> None:
        """As `Overlay.set_lifted`."""
        if self._layers is not None:
            self._repaint(self._layers.overlay.set_lifted(stroke, before))

    def _paint_over(self, painter: QPainter) -> None:
        if self._frame is not None:
            self._paint_outline(painter, self._frame)

    def _paint_outline(self, painter: QPainter, outline: Outline) -> None:
        colour = self.mask_colour
        colour.setAlphaF(self._mask_opacity)
        outline.paint(painter, self._viewport, self.devicePixelRatioF(), colour)

    def _recolour(self) -> None:
        self._restyle(colours=overlay_colours(self._mask_colour, self._mask_opacity))

    def _original_area(self) -> Region:
        if self._showing_original:
            return self._viewport.view
        return super()._original_area() if self._divided else Region(0, 0, 0, 0)
