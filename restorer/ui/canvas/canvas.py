"""Skeleton, being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from restorer.imaging.region import Region
from restorer.ui.canvas.tool import Tool

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.imaging.patch import Stroke
    from restorer.ui.canvas.layers import DisplayLayers


class Canvas(QWidget):
    strokeFinished = Signal(object, bool)  # noqa: N815
    zoomChanged = Signal(float)  # noqa: N815
    pointerMoved = Signal(object)  # noqa: N815
    brushSizeChanged = Signal(int)  # noqa: N815
    dividerMoved = Signal(float)  # noqa: N815
    filesDropped = Signal(list)  # noqa: N815
    view_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tool = Tool.BRUSH
        self.brush_size = 40
        self.mask_opacity = 0.5
        self.mask_colour = QColor(255, 45, 85)
        self.grow = 0
        self.divider = False
        self.divider_at = 0.5
        self.zoom = 1.0

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None: ...
    def refresh(self, region: Region) -> None: ...
    def set_showing_original(self, on: bool) -> None: ...
    def fit(self) -> None: ...
    def actual_size(self) -> None: ...
    def zoom_in(self) -> None: ...
    def zoom_out(self) -> None: ...
    def zoom_to(self, zoom: float, at: QPointF | None = None) -> None: ...
    def set_busy(self, strokes: list[Stroke]) -> None: ...
    def visible_region(self) -> Region:
        return Region(0, 0, 0, 0)
