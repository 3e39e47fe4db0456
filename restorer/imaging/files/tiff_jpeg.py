"""JPEG inside TIFF (Adobe's TIFF Technical Note 2): changed pixels go into the DCT blocks they lie in.

Every strip or tile is a JPEG of its own, without the tables that all of them share (tag 347).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files.jpeg_segments import SegmentError
from restorer.imaging.files.stored import Stored
from restorer.imaging.files.tiff_kind import JPEG, YCBCR
from restorer.imaging.files.tiff_page import Page

if TYPE_CHECKING:
    from restorer.imaging.files.jpeg_coefficients import Structure
    from restorer.imaging.files.jpeg_merge import Reach

_DEFINE_HUFFMAN = 0xC4


class MergeError(ValueError):
    """The blocks cannot be changed in place."""


def _whole(page: Page, data: bytes) -> tuple[bytes, bytes]:
    """A segment as a file that can stand alone, and what was put before it."""
    tables = page.tags.jpegtables or b""
    shared = bytes(tables[2:-2]) if tables.startswith(b"\xff\xd8") and tables.endswith(b"\xff\xd9") else b""
    return data[:2] + shared + data[2:], shared


def mergeable(page: Page) -> bool:
    """Whether the blocks of a page can be changed one by one."""
    if page.encoding.compression != JPEG or page.kind.dtype != np.uint8 or page.kind.inks:
        return False
    try:
        _structure(page)
    except (MergeError, SegmentError):
        return False
    return True


def _structure(page: Page) -> Structure:
    """The first segment taken apart; raises MergeError and SegmentError."""
    from restorer.imaging.files.jpeg_coefficients import structure_of  # numba: half a second
    from restorer.imaging.files.jpeg_merge import cell, check_sampling

    structure = structure_of(_whole(page, page.raw(0))[0])
    try:
        check_sampling(structure)
    except RestorerError as error:
        raise MergeError("its sampling is uncommon") from error
    high, wide = cell(structure)
    grid = page.grid
    if (grid.tile_height % high and grid.tile_height < grid.height) or (grid.tiled and grid.tile_width % wide):
        raise MergeError("its tiles cut through blocks")
    return structure


def reach(page: Page, orientation: int) -> Reach:
    """Which pixels of the page may change when others do; the page is `mergeable`."""
    from restorer.imaging.files.jpeg_merge import Reach

    return Reach(replace(_structure(page), width=page.width, height=page.height), orientation)


def merged(page: Page, index: int, before: NDArray[Any], after: NDArray[Any]) -> bytes:
    """The bytes of a segment with new pixels (rows×columns×channels) in place of the old ones.

    Raises:
        MergeError: that would need other tables, which readers would take for those of the other segments too;
            SegmentError if the segment is damaged.
    """
    from restorer.imaging.files.jpeg_coefficients import structure_of
    from restorer.imaging.files.jpeg_merge import merge
    from restorer.imaging.files.jpeg_rewriting import Rewriting
    from restorer.imaging.files.jpeg_segments import Colour

    whole, shared = _whole(page, page.raw(index))
    structure = structure_of(whole)
    shape = structure.height, structure.width, before.shape[2]
    old = np.zeros(shape, np.uint8)
    old[: before.shape[0], : before.shape[1]] = before
    new = old.copy()
    new[: after.shape[0], : after.shape[1]] = after
    colour = Colour("YCbCr" if page.tags.photometric == YCBCR and shape[2] == 3 else None)
    rewriting = Rewriting(whole, structure, lambda band: merge(band, Stored(old), Stored(new), colour))
    result = b"".join(rewriting.pieces({}))
    again = structure_of(result)
    if page.grid.count > 1 and _tables(again) != _tables(structure):
        raise MergeError("it would need other Huffman tables")
    if result[2 : 2 + len(shared)] != shared:
        raise MergeError("its tables moved")
    return result[:2] + result[2 + len(shared) :]


def _tables(structure: Structure) -> int:
    return sum(segment.marker == _DEFINE_HUFFMAN for segment in structure.segments)
