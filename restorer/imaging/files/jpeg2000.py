"""JPEG 2000 (ITU-T T.800, T.801): JP2 and JPX files and bare codestreams of up to 16 bits.

Saved again, the pixels are coded without loss in the file's own depth, and every other box stays as it is.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

import imagecodecs
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import depth, native
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.boxes import BoxError, boxes
from restorer.imaging.files.jp2_boxes import EXIF, IPTC, XMP, Jp2Boxes
from restorer.imaging.files.photograph import Header, Photograph, Pixels, sealed
from restorer.imaging.files.resolution import Resolution

_SPACES = {12: "CMYK inks", 14: "Lab colours", 18: "YCC colours", 24: "e-sRGB colours"}


@dataclass
class _Parts:
    """What is in a JP2's boxes."""

    codestream: int = -1
    space: int | None = None
    icc: bytes | None = None
    palette: bool = False
    shuffled: bool = False  # the channels do not lie in the usual order
    premultiplied: bool = False
    resolution: Resolution | None = None
    xmp: bytes | None = None
    exif: bytes | None = None
    iptc: bytes | None = None


def _parts(data: bytes) -> _Parts:
    if data.startswith(b"\xff\x4f\xff\x51"):
        return _Parts(codestream=0)
    parts = _Parts()
    for box in boxes(data):
        if box.type == b"jp2c" and parts.codestream < 0:
            parts.codestream = box.start
        elif box.type == b"jp2h":
            for inner in boxes(data, box.start, box.end):
                _take_in(parts, inner.type, inner.content(data))
        elif box.type == b"uuid":
            content = box.content(data)
            identifier, content = content[:16], content[16:]
            if identifier == XMP:
                parts.xmp = parts.xmp or content
            elif identifier == EXIF:
                parts.exif = parts.exif or content.removeprefix(b"Exif\0\0")
            elif identifier == IPTC:
                parts.iptc = parts.iptc or content
    if parts.codestream < 0:
        raise BoxError("it holds no picture")
    return parts


def _take_in(parts: _Parts, kind: bytes, content: bytes) -> None:
    if kind == b"colr" and len(content) > 3 and parts.space is None and parts.icc is None:
        if content[0] == 1 and len(content) >= 7:
            parts.space = struct.unpack_from(">I", content, 3)[0]
        elif content[0] in (2, 3):
            parts.icc = content[3:]
    elif kind == b"pclr":
        parts.palette = True
    elif kind == b"cdef":
        for channel, role, colour in struct.iter_unpack(">HHH", content[2 : 2 + (len(content) - 2) // 6 * 6]):
            parts.premultiplied = parts.premultiplied or role == 2
            parts.shuffled = parts.shuffled or (role == 0 and colour not in (channel + 1, 0xFFFF))
    elif kind == b"res ":
        for at in (4, 30):  # captured before displayed, both 26 bytes (§ I.5.3.7)
            if len(content) >= at + 14 and content[at : at + 4] in (b"resc", b"resd") and parts.resolution is None:
                up, low, right, beside, exponent, other = struct.unpack_from(">HHHHbb", content, at + 4)
                if up and low and right and beside and abs(exponent) < 20 and abs(other) < 20:
                    down = Fraction(up, low) * Fraction(10) ** exponent / 100
                    across = Fraction(right, beside) * Fraction(10) ** other / 100
                    parts.resolution = Resolution(
                        across.limit_denominator(10_000), down.limit_denominator(10_000), "centimetre"
                    )


def probe(path: Path) -> Header:
    """Raises RestorerError for kinds that are not supported, BoxError, struct.error and OSError."""
    data = path.read_bytes()
    header, _ = _header(path, data, _parts(data))
    return header


def _header(path: Path, data: bytes, parts: _Parts) -> tuple[Header, int]:
    """The header, and the bits a sample (SIZ, § A.5.1)."""
    at = parts.codestream
    if data[at : at + 4] != b"\xff\x4f\xff\x51":
        raise BoxError("its codestream is damaged")
    right, bottom, left, top = struct.unpack_from(">IIII", data, at + 8)
    count = struct.unpack_from(">H", data, at + 40)[0]
    samples = [struct.unpack_from(">BBB", data, at + 42 + 3 * n) for n in range(min(count, 5))]
    if not count >= 1 or right <= left or bottom <= top or len(samples) < min(count, 5):
        raise BoxError("its header is damaged")
    reason = None
    if parts.space in _SPACES:
        reason = f"holds {_SPACES[parts.space]}"
    elif parts.palette:
        reason = "has a colour palette"
    elif count > 4 or parts.shuffled:
        reason = "has an unusual number or order of channels"
    elif len(set(samples)) > 1 or samples[0][1:] != (1, 1):
        reason = "stores its channels in different sizes or depths"
    elif samples[0][0] & 0x80 or samples[0][0] > 15:
        reason = "has signed values or more than 16 bits"
    if reason is not None:
        raise RestorerError(f"“{path.name}” {reason}. Convert it to a TIFF of grey or RGB, and open that.")
    bits = samples[0][0] + 1
    dtype = np.dtype(np.uint16 if bits > 8 else np.uint8)
    return Header(path, "JPEG 2000", right - left, bottom - top, count, dtype, peak=6), bits


def read(path: Path) -> Photograph:
    """Raises RestorerError, BoxError, struct.error, native.DecodeError and OSError."""
    data = path.read_bytes()
    parts = _parts(data)
    header, bits = _header(path, data, parts)
    stored = native.decode(header, "JPEG 2000")
    if bits < 8:
        stored = (stored.astype(np.uint16) * 255 // ((1 << bits) - 1)).astype(np.uint8)
    remarks = list(depth.remark(bits))
    if parts.premultiplied:
        remarks.append("Its alpha is premultiplied: see-through parts will look darker in other formats.")
    return Photograph(
        path=path,
        format="JPEG 2000",
        pixels=sealed(depth.widened(stored, bits)),
        orientation=1,  # JPEG 2000 files are shown as they lie; what Exif says is left over from the camera
        icc=parts.icc,
        exif=exif_block.upright(parts.exif),
        xmp=parts.xmp,
        iptc=parts.iptc,
        resolution=parts.resolution,
        carried=Jp2Boxes(_without_pixels(data), bits) if bits >= 8 else None,
        remarks=tuple(remarks),
    )


def _without_pixels(data: bytes) -> tuple[tuple[bytes, bytes], ...] | None:
    """Types and contents of the boxes, those of codestreams empty; None for a bare codestream."""
    if data.startswith(b"\xff\x4f\xff\x51"):
        return None
    return tuple((box.type, b"" if box.type == b"jp2c" else box.content(data)) for box in boxes(data))


def write(photograph: Photograph, pixels: Pixels, file: BinaryIO) -> None:
    """Append the JPEG 2000 that `photograph` was read from, with these pixels (as shown), coded without loss."""
    carried = photograph.carried
    assert isinstance(carried, Jp2Boxes)
    stored = np.ascontiguousarray(depth.narrowed(pixels, carried.bits))
    bits = carried.bits
    codestream = bytes(
        imagecodecs.jpeg2k_encode(stored, level=0, codecformat="j2k", bitspersample=bits, reversible=True)
    )
    if carried.boxes is None:
        file.write(codestream)
        return
    fresh = {XMP: photograph.xmp, IPTC: photograph.iptc}
    there = {content[:16] for kind, content in carried.boxes if kind == b"uuid"}
    written = False
    for kind, content in carried.boxes:
        if kind == b"uuid" and content[:16] in fresh:
            new = fresh[content[:16]]
            content = content[:16] + new if new is not None else b""
            if not content:
                continue
        elif kind == b"jp2c":
            if written:
                continue
            for identifier, new in fresh.items():
                if new is not None and identifier not in there:
                    _put(file, b"uuid", identifier + new)
            written, content = True, codestream
        _put(file, kind, content)


def _put(file: BinaryIO, kind: bytes, content: bytes) -> None:
    if len(content) + 8 < 1 << 32:
        file.write(struct.pack(">I4s", len(content) + 8, kind))
    else:
        file.write(struct.pack(">I4sQ", 1, kind, len(content) + 16))
    file.write(content)
