"""Masks as run lengths: small, exact, and readable by anyone.

A mask is `region` (left, top, right, bottom; px) and `runs`: how many pixels of that region, row by row from its top
left, are not marked, then how many are, then not, and so on; as unsigned 32-bit little-endian numbers, zlib, Base64.
"""

from __future__ import annotations

import base64
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.imaging.marks import Marks
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

STRIPE = 256


def encoded(marks: Marks) -> dict[str, Any]:
    """JSON of the marks."""
    region = marks.region
    flips = [np.zeros(0, np.int64)]
    last, at = False, 0
    for top in range(region.top, region.bottom, STRIPE):
        bits = marks.read(Region(region.left, top, region.right, min(top + STRIPE, region.bottom))).ravel()
        before = np.concatenate(([last], bits[:-1]))
        flips.append(np.flatnonzero(bits != before) + at)
        last, at = bool(bits[-1]), at + len(bits)
    lengths = np.diff(np.concatenate(([0], *flips, [at]))).astype("<u4")
    text = base64.b64encode(zlib.compress(lengths.tobytes())).decode()
    return {"region": [region.left, region.top, region.right, region.bottom], "runs": text}


def decoded(json: dict[str, Any], shape: tuple[int, ...]) -> Marks:
    """The marks of a picture of `shape` (H, W, …).

    Raises:
        ValueError, KeyError, TypeError: no such mask can be.
    """
    left, top, right, bottom = (int(number) for number in json["region"])
    region = Region(left, top, right, bottom)
    if region.width < 0 or region.height < 0 or (region & Region.of_shape(shape)) != region:
        raise ValueError("a mask beyond the picture")
    squeezed = base64.b64decode(json["runs"], validate=True)
    unpack = zlib.decompressobj()
    content = unpack.decompress(squeezed, 4 * (region.area + 2))
    if not unpack.eof or len(content) % 4:
        raise ValueError("run lengths that do not end")
    lengths = np.frombuffer(content, "<u4").astype(np.int64)
    if int(lengths.sum()) != region.area:
        raise ValueError("run lengths of another area")
    marked: NDArray[np.bool_] = np.arange(len(lengths)) % 2 == 1
    bits = np.repeat(marked, lengths).reshape(region.height, region.width)
    return Marks.of(Stroke(region, bits), shape)
