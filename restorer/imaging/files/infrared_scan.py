"""The infrared scan that belongs to a photograph: where it may be, and its pixels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import tiff
from restorer.imaging.files.admission import admit
from restorer.imaging.files.opening import faults_as_sentences, probe, read_photograph
from restorer.imaging.files.photograph import Infrared, sealed

if TYPE_CHECKING:
    from restorer.imaging.files.photograph import Photograph, Pixels

Where = Infrared | Path
"""In the photograph's own TIFF, or a file of its own."""


def places(photograph: Photograph) -> tuple[Infrared, ...]:
    """Where the photograph's own file may keep one; no pixel is decoded.

    Raises:
        RestorerError: the file cannot be read any more.
    """
    if photograph.format != "TIFF":
        return ()
    with faults_as_sentences(photograph.path):
        return tiff.infrared_places(photograph.path, photograph.page)


def read(photograph: Photograph, where: Where) -> Pixels:
    """H×W, as the photograph's pixels lie, in the depth of its file; not writeable.

    Raises:
        RestorerError: it cannot be read, or shows colours.
    """
    if isinstance(where, Path):
        return _grey(read_photograph(where))
    path = photograph.path
    admit(probe(path, page=photograph.page if where == "channel" else where, inks=True))
    with faults_as_sentences(path):
        return tiff.read_infrared(path, photograph.page, where)


def _grey(scan: Photograph) -> Pixels:
    """Of a file of its own; some programs write grey as three equal colours."""
    pixels = scan.pixels
    if pixels.ndim == 2:
        return pixels
    first = pixels[..., 0]
    if pixels.shape[2] > 2 and not all(np.array_equal(first, pixels[..., k]) for k in (1, 2)):
        raise RestorerError(f"“{scan.path.name}” is in colour: choose the grey infrared scan of this picture.")
    return sealed(first)
