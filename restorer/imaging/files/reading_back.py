"""What was written, read again to be compared with what was to be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.files import jpeg, tiff
from restorer.imaging.files.opening import faults_as_sentences, probe, read_photograph
from restorer.imaging.files.orientation import TAGGED, as_stored, stored_region
from restorer.imaging.files.photograph import Header, Photograph, Pixels
from restorer.imaging.files.tiff_layout import TiffLayout
from restorer.imaging.region import Region


def read_back(path: Path, photograph: Photograph) -> Iterator[tuple[Region, Pixels]]:
    """The pixels of a file that was written for `photograph`, part by part, as its own pixels lie.

    That is as shown, and turned back where the file tells how a person has turned it.  A TIFF is never in memory as a
    whole, a JPEG once.  Each pixel comes exactly once; parts are h×w×channels, or h×w
    of a grey photograph, and `region` says where they lie.

    Raises:
        RestorerError: as `read_photograph`.
    """
    page = photograph.carried.written_page if isinstance(photograph.carried, TiffLayout) else 1
    page = photograph.page if photograph.medical else page
    header = probe(path, page=page, inks=photograph.inks)
    turned = photograph.turned if header.format in TAGGED else 1
    size = photograph.pixels.shape[1], photograph.pixels.shape[0]
    for region, part in _shown(path, header, page, photograph):
        yield stored_region(region, turned, size), as_stored(part, turned)


def _shown(path: Path, header: Header, page: int, photograph: Photograph) -> Iterator[tuple[Region, Pixels]]:
    if header.format == "JPEG":
        with faults_as_sentences(path):
            yield from jpeg.blocks(path, inks=photograph.inks)
        return
    if header.format != "TIFF":
        pixels = read_photograph(path, page=page, inks=photograph.inks).pixels
        yield Region.of_shape(pixels.shape), pixels
        return
    flat = photograph.pixels.ndim == 2
    with faults_as_sentences(path):
        for region, block in tiff.blocks(path, page):
            yield region, block[..., 0] if flat and block.shape[2] == 1 else block


def differing(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.bool_]:
    """Where two parts of the same shape and type differ, bool h×w; a float that is no number equals itself."""
    if one.dtype.kind == "f":
        one, other = one.view(f"u{one.dtype.itemsize}"), other.view(f"u{other.dtype.itemsize}")
    differs = one != other
    found: NDArray[np.bool_] = differs.any(2) if differs.ndim == 3 else differs
    return found
