"""What the file worker does; nothing here touches a widget, or a document that is in use."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from restorer import bundled
from restorer.document.document import Document
from restorer.document.journal import Journal
from restorer.document.own_copies import OwnCopy
from restorer.document.project import is_project, open_project
from restorer.document.recovery import recover
from restorer.document.source import Source
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import READABLE_SUFFIXES, probe, read_mask
from restorer.ui import thumbnails
from restorer.ui.canvas.layers import DisplayLayers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from restorer.document.history import Step
    from restorer.document.recovery import Recoverable
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
    project: Source | None = None
    """The project that was opened, as it was when it was read."""
    copy: OwnCopy | None = None
    """Of a picture that has no file of the person's own."""


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
    project = Source.of(path) if is_project(path) and path.exists() else None
    if not is_project(path):
        seen(probe(path, page=page, inks=True))
    document = open_project(path, original) if is_project(path) else Document.open(path, page=page)
    if mask is not None:
        document.set_mask(read_mask(mask, document.mask.shape), "Open")
    layers = DisplayLayers.of(document)
    if remember and not document.photograph.medical:
        thumbnails.keep(path, document)
    return Opened(document, layers, document.history.last if project is None else None, project=project)


def recovered(item: Recoverable, *, original: Path | None = None) -> Opened:
    """The work that a window left behind when it did not close as it should.

    Raises:
        OriginalMissing: the photograph is gone or another one; call again with `original`.
        RestorerError: the work cannot be read.
    """
    copy = OwnCopy.of(item.original) if original is None else None  # before the journal, which protects it
    try:
        document, journal = recover(item, original)
        try:
            return Opened(document, DisplayLayers.of(document), None, journal, copy=copy)
        except BaseException:
            journal.leave()  # for the next start
            raise
    except BaseException:
        if copy is not None:
            copy.leave()
        raise


def pasted(picture: QImage, name: str) -> Opened:
    """A picture from the clipboard, which gets a file called `name`.

    Raises:
        RestorerError: the file cannot be written.
    """
    try:
        copy = OwnCopy.new()
    except OSError:
        raise RestorerError(NO_ROOM) from None
    try:
        path = copy.folder / name
        save_picture(picture, path)
        return replace(opened(path, remember=False), copy=copy)
    except BaseException:
        copy.remove()
        raise


def sample_opened(sample: Sample, *, seen: Callable[[Header], object]) -> Opened:
    """A copy of a sample: its own file may be elsewhere in the next version, or at the next start.

    Raises:
        RestorerError: it cannot be read.
    """
    try:
        copy = OwnCopy.new()
    except OSError:
        return opened(sample.path, sample.mask, remember=False, seen=seen)
    try:
        path = copy.folder / sample.path.name
        try:
            shutil.copyfile(sample.path, path)
        except OSError:
            path = sample.path
        return replace(opened(path, sample.mask, remember=False, seen=seen), copy=copy)
    except BaseException:
        copy.remove()
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
