"""How a stored picture is to be turned to be seen (TIFF 6.0, tag 274; Exif 3.0, § 4.6.5.1.6)."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.region import Region

_UNDONE_BY = {6: 8, 8: 6}  # the quarter turns; every other one undoes itself

FLIPPED_ACROSS, FLIPPED_DOWN = (2, 3, 7, 8), (3, 4, 6, 7)
"""Orientations in which columns, or rows, are counted from the other side; from 5 on rows and columns change places."""

TAGGED = ("PNG", "TIFF", "JPEG")
"""Formats that are written here and can tell an orientation."""

# XMP repeats the value, as an attribute or as an element.
_IN_XMP = re.compile(rb"(tiff:Orientation\s*(?:=\s*[\"']|>\s*))[1-8](?=\s*[\"'<])")


def as_shown(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """A view of stored pixels, H×W or H×W×C, the way they are to be seen."""
    match orientation:
        case 2:
            return pixels[:, ::-1]
        case 3:
            return pixels[::-1, ::-1]
        case 4:
            return pixels[::-1]
        case 5:
            return pixels.swapaxes(0, 1)
        case 6:
            return np.rot90(pixels, -1)
        case 7:
            return pixels.swapaxes(0, 1)[::-1, ::-1]
        case 8:
            return np.rot90(pixels, 1)
        case _:
            return pixels


def as_stored(pixels: NDArray[Any], orientation: int) -> NDArray[Any]:
    """The inverse of `as_shown`, a view too."""
    return as_shown(pixels, undone(orientation))


def shown_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    return (height, width) if orientation >= 5 else (width, height)


def stored_region(region: Region, orientation: int, size: tuple[int, int]) -> Region:
    """Where a region of the picture as shown lies in the stored one, whose width and height are `size`."""
    width, height = size
    left, top, right, bottom = region.left, region.top, region.right, region.bottom
    if orientation >= 5:
        left, top, right, bottom = top, left, bottom, right
    if orientation in FLIPPED_ACROSS:
        left, right = width - right, width - left
    if orientation in FLIPPED_DOWN:
        top, bottom = height - bottom, height - top
    return Region(left, top, right, bottom)


def valid(orientation: int) -> int:
    """The orientation, or 1 for the values 0 and 9.. that careless programs write."""
    return orientation if 1 <= orientation <= 8 else 1


def combined(first: int, then: int) -> int:
    """The one orientation that turns as two do, one after the other."""
    pixels = np.arange(4).reshape(2, 2)
    wanted = as_shown(as_shown(pixels, first), then)
    return next(each for each in range(1, 9) if np.array_equal(as_shown(pixels, each), wanted))


def undone(orientation: int) -> int:
    """The orientation that turns back."""
    return _UNDONE_BY.get(orientation, orientation)


def oriented_xmp(xmp: bytes | None, orientation: int) -> bytes | None:
    """The packet for a picture that is stored in this orientation: one that is told in it is replaced."""
    return None if xmp is None else _IN_XMP.sub(rb"\g<1>%d" % orientation, xmp)


def upright_xmp(xmp: bytes | None) -> bytes | None:
    """The packet for a picture whose pixels were turned; its length stays."""
    return oriented_xmp(xmp, 1)


def region_as_shown(region: Region, orientation: int, size: tuple[int, int]) -> Region:
    """The inverse of `stored_region`; `size` is the width and height of the stored picture."""
    return stored_region(region, undone(orientation), shown_size(*size, orientation))
