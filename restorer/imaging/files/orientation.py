"""How a stored picture is to be turned to be seen (TIFF 6.0, tag 274; Exif 3.0, § 4.6.5.1.6)."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.region import Region

_UNDONE_BY = {6: 8, 8: 6}  # the quarter turns; every other one undoes itself

# XMP repeats the value, as an attribute or as an element.
_IN_XMP = re.compile(rb"(tiff:Orientation\s*(?:=\s*[\"']|>\s*))[2-8](?=\s*[\"'<])")


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
    return as_shown(pixels, _UNDONE_BY.get(orientation, orientation))


def shown_size(width: int, height: int, orientation: int) -> tuple[int, int]:
    return (height, width) if orientation >= 5 else (width, height)


def stored_region(region: Region, orientation: int, size: tuple[int, int]) -> Region:
    """Where a region of the picture as shown lies in the stored one, whose width and height are `size`."""
    width, height = size
    left, top, right, bottom = region.left, region.top, region.right, region.bottom
    if orientation >= 5:
        left, top, right, bottom = top, left, bottom, right
    if orientation in (2, 3, 7, 8):
        left, right = width - right, width - left
    if orientation in (3, 4, 6, 7):
        top, bottom = height - bottom, height - top
    return Region(left, top, right, bottom)


def valid(orientation: int) -> int:
    """The orientation, or 1 for the values 0 and 9.. that careless programs write."""
    return orientation if 1 <= orientation <= 8 else 1


def upright_xmp(xmp: bytes | None) -> bytes | None:
    """The packet for a picture whose pixels were turned: an orientation in it becomes 1, its length stays."""
    return None if xmp is None else _IN_XMP.sub(rb"\g<1>1", xmp)


def region_as_shown(region: Region, orientation: int, size: tuple[int, int]) -> Region:
    """The inverse of `stored_region`; `size` is the width and height of the stored picture."""
    return stored_region(region, _UNDONE_BY.get(orientation, orientation), shown_size(*size, orientation))
