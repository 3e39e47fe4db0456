"""Before and after side by side, as they are to be exported, and what differs between them."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from restorer.document.export import Proof, counted, most_at_rim
from restorer.imaging.region import Region
from restorer.ui.canvas.panes import OriginalView
from restorer.ui.canvas.picture_view import NOWHERE
from restorer.ui.canvas.pointed_view import PointedView
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.ui.canvas.layers import DisplayLayers
    from restorer.ui.worker import Task, Worker


LEAST = QSize(230, 180)
"""Of a view, logical px."""


class Kind(Enum):
    """What a file does to the pixels that it is given."""

    EXACT = auto()
    BLOCKS = auto()
    """A JPEG's own blocks: what shares one with a changed pixel changes a little."""
    ANEW = auto()
    """A JPEG made of a picture that was none."""


class RestoredView(PointedView):
    """The restored picture without marks; only to be moved about in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._restyle(overlay=False)
        self.setMinimumSize(120, 100)
        self.setAccessibleName(self.tr("The restored picture"))
        self.setAccessibleDescription(self.tr("Moves together with the original beside it."))

    def _original_area(self) -> Region:
        return NOWHERE


class ExportViews(QWidget):
    """Two views that move as one, and below them the count of the pixels that differ, made on a worker's thread."""

    def __init__(self, document: Document, layers: DisplayLayers, worker: Worker, parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._worker = worker
        self._linking = False
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setRowStretch(1, 1)
        self.before, self.after = OriginalView(), RestoredView()
        for column, (words, view) in enumerate(((self.tr("Before"), self.before), (self.tr("After"), self.after))):
            grid.addWidget(label(words), 0, column)
            grid.addWidget(view, 1, column)
            grid.setColumnStretch(column, 1)
            view.setMinimumSize(LEAST)
            view.show_document(document, layers)
        self.before.view_changed.connect(lambda *_: self._link(self.before, self.after))
        self.after.view_changed.connect(lambda *_: self._link(self.after, self.before))
        self.check = label("", "soft")
        self.check.setWordWrap(True)
        self.check.setAccessibleName(self.tr("What has changed"))
        self.check.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        grid.addWidget(self.check, 2, 0, 1, 2)
        self._task: Task | None = None
        self._counting = Event()
        self._proof: Proof | None = None
        self._kind = Kind.EXACT
        self._suffix = ".png"
        self._rim: int | None = None
        self._count()

    def show_kind(self, kind: Kind, suffix: str) -> None:
        """What the chosen format does to the pixels is said beside their count; its suffix begins with a dot."""
        anew = kind is Kind.BLOCKS and (self._kind, self._suffix) != (kind, suffix)
        self._kind, self._suffix = kind, suffix
        if anew:
            self._count()
        self._tell()

    def refresh(self, region: Region) -> None:
        """The picture has changed there (picture px), and the layers are up to date: show and count what is now."""
        for view in (self.before, self.after):
            view.refresh(region)
        self._count()

    def _count(self) -> None:
        self.forget()
        self._proof = self._rim = None
        self._tell()
        image, photograph, self._counting = self._document.image, self._document.photograph, Event()
        given_up, blocks, target = self._counting.is_set, self._kind is Kind.BLOCKS, Path(f"name{self._suffix}")

        def work(_report: object) -> tuple[Proof, int | None]:
            proof = counted(image, lambda: not given_up())
            return proof, most_at_rim(photograph, image, target, lambda: not given_up()) if blocks else None

        self._task = self._worker.submit(work)
        self._task.done.connect(self._show_count)

    def forget(self) -> None:
        """The dialog is closed, or the picture is another one: the count is not waited for."""
        self._counting.set()
        if self._task is not None:
            self._task.wanted = False
            self._task.blockSignals(True)
            self._task = None

    def _show_count(self, counts: tuple[Proof, int | None]) -> None:
        self._task = None
        self._proof, self._rim = counts
        self._tell()

    def _tell(self) -> None:
        proof = self._proof
        if proof is None:
            self.check.setText(self.tr("Comparing with the original…"))
            return
        words = self.tr("%Ln pixel(s) changed, {} outside the mask.", "", proof.changed)
        words = words.format(QLocale().toString(proof.outside))
        promise = {
            Kind.EXACT: self.tr("The file is read back and compared again before it takes its name."),
            Kind.BLOCKS: self.tr(
                "In the JPEG's blocks at the rim of the mask up to %Ln more pixel(s) may change a little; they are "
                "counted in the file, before it takes its name.",
                "",
                self._rim or 0,
            ),
            Kind.ANEW: self.tr("That is before the JPEG is made, which changes every pixel a little."),
        }[self._kind]
        self.check.setText(f"{words} {promise}")

    def _link(self, moved: PointedView, other: PointedView) -> None:
        if self._linking:
            return
        self._linking = True
        try:
            other.look_like(moved)
        finally:
            self._linking = False
