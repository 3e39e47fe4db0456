"""Skeleton, being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.imaging.region import Region
    from restorer.ui.canvas.layers import DisplayLayers


class CompareView(QWidget):
    dividerMoved = Signal(float)  # noqa: N815

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.divider_at = 0.5

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None: ...
    def refresh(self, region: Region) -> None: ...
    def follow(self, region: Region) -> None: ...
