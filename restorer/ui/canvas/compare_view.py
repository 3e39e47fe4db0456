"""Before and after beside the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

from restorer.imaging.region import Region
from restorer.ui.canvas.picture_view import PictureView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from restorer.document.document import Document
    from restorer.ui.canvas.layers import DisplayLayers


class CompareView(PictureView):
    """Original left of a divider, image so far right of it, without mask: the whole picture, or what the canvas shows.

    It shares the canvas's `DisplayLayers`, and relies on the canvas to keep them up to date.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._followed: Region | None = None
        self._restyle(overlay=False)
        self._divider.show()
        self.setMinimumSize(80, 60)
        self.setAccessibleName(self.tr("Before and after"))
        self.setAccessibleDescription(self.tr("The original left of the divider, the restored picture right of it."))

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        self._followed = None
        super().show_document(document, layers)
        self._divider.setVisible(document is not None)

    def follow(self, region: Region | None) -> None:
        """Show this part of the picture (picture px), as large as it goes; None shows all of it."""
        self._followed = region
        self._arrange()

    def _arrange(self) -> None:
        if self._followed is None or self._followed.empty:
            self._look_through(self._viewport.fitted())
        else:
            self._look_through(self._viewport.showing(self._followed))

    def sizeHint(self) -> QSize:
        return QSize(320, 240)
