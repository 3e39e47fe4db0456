"""What the file worker does; nothing here touches a widget, or a document that is in use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from restorer import bundled
from restorer.document.document import Document
from restorer.document.journal import Journal, recover
from restorer.document.project import is_project, open_project
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import READABLE_SUFFIXES, probe, read_mask
from restorer.ui import thumbnails
from restorer.ui.canvas.layers import DisplayLayers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from restorer.document.history import Step
    from restorer.document.journal import Recoverable
    from restorer.imaging.files import Header
    from restorer.imaging.region import Region


NO_ROOM = (
    "The picture on the clipboard cannot be kept in the temporary folder: free some space there, and see that it may "
    "be written to."
)


@dataclass(frozen=True, eq=False)
class Opened:
    """A document and its display layers, ready to be handed to the main thread."""

    document: Document
    layers: DisplayLayers
    pristine: Step | None
    """The step, if any, that belongs to opening: a sample's damage, already marked."""
    journal: Journal | None = None
    """Of a document that was recovered."""
    project: Path | None = None
    """The project that was opened."""


def opened(
    path: Path,
    mask: Path | None = None,
    *,
    original: Path | None = None,
    remember: bool = True,
    page: int = 1,
    seen: Callable[[Header], object] = lambda _header: None,
) -> Opened:
    """Read a photograph, and a mask with it; with `remember`, keep a thumbnail for the start page.

    Args:
        path: a photograph, or a project.
        mask: of a photograph.
        original: where the photograph of a project is, if the person has said so.
        remember: keep the thumbnail?
        page: of a photograph with several, 1, 2, …
        seen: told what the head of a photograph promises, before it is decoded.

    Raises:
        OriginalMissing: the photograph of a project is not where it was.
        RestorerError: one of them cannot be read.
    """
    project = is_project(path)
    if not project:
        seen(probe(path, page=page, inks=True))
    document = open_project(path, original) if project else Document.open(path, page=page)
    if mask is not None:
        document.set_mask(read_mask(mask, document.mask.shape), "Open")
    layers = DisplayLayers.of(document)
    if remember and not document.photograph.medical:
        thumbnails.keep(path, document)
    return Opened(document, layers, None if project else document.history.last, project=path if project else None)


def recovered(item: Recoverable, *, original: Path | None = None) -> Opened:
    """The work that a window left behind when it did not close as it should.

    Raises:
        OriginalMissing: the photograph is gone or another one; call again with `original`.
        RestorerError: the work cannot be read.
    """
    document, journal = recover(item, original)
    try:
        return Opened(document, DisplayLayers.of(document), None, journal)
    except BaseException:
        journal.leave()  # for the next start
        raise


def save_picture(picture: QImage, path: Path) -> None:
    """Write a picture from the clipboard, which has no file of its own.

    Raises:
        RestorerError: it cannot be written.
    """
    if not picture.save(str(path), quality=90):  # of PNG, this means: compress quickly
        raise RestorerError(NO_ROOM)


@dataclass(frozen=True)
class Sample:
    """A photograph that comes with the program, its damage already marked."""

    path: Path
    mask: Path


def like_a_mask(path: Path, bounds: Region) -> bool:
    """May this file be a mask of a picture of that size?  Only its head is read."""
    try:
        header = probe(path)
    except RestorerError:
        return False
    return (header.width, header.height, header.channels) == (bounds.width, bounds.height, 1)


def samples() -> list[Sample]:
    folder = bundled.resources() / "samples"
    if not folder.is_dir():
        return []
    found = []
    for path in sorted(folder.iterdir()):
        mask = path.with_name(f"{path.stem}-mask.png")
        if path.suffix.lower() in READABLE_SUFFIXES and mask.is_file():
            found.append(Sample(path, mask))
    return found


def small_picture(path: Path, side: int) -> QImage:
    """The picture in `path` reduced to fill a square of `side` px; null if it cannot be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid():
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()
