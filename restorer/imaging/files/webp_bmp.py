"""WebP, BMP and GIF: read only, 8 bit; headers and metadata by hand, pixels through Pillow in the child."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files import native
from restorer.imaging.files.orientation import as_shown, shown_size
from restorer.imaging.files.photograph import Header, Photograph, sealed
from restorer.imaging.files.resolution import Resolution

_ANIMATION = "Only the first picture of the animation is opened."
_COMMENT = "Its comment is left out."
_GIF_XMP = b"XMP DataXMP"


class HeadError(ValueError):
    """The header is damaged."""


@dataclass
class _Head:
    width: int
    height: int
    channels: int
    pages: int = 1
    icc: bytes | None = None
    exif: bytes | None = None
    xmp: bytes | None = None
    resolution: Resolution | None = None
    remarks: list[str] = field(default_factory=list)


def probe(path: Path, kind: str) -> Header:
    """Raises RestorerError, HeadError, struct.error, IndexError and OSError."""
    return _header(path, kind, _HEADS[kind](path.read_bytes()))


def _header(path: Path, kind: str, head: _Head) -> Header:
    if not 0 < head.width < 1 << 24 or not 0 < head.height < 1 << 24:
        raise HeadError("its header is damaged")
    orientation = exif_block.orientation_of(head.exif)
    width, height = shown_size(head.width, head.height, orientation)
    return Header(path, kind, width, height, head.channels, np.dtype(np.uint8), orientation, head.pages, peak=8)


def read(path: Path, kind: str) -> Photograph:
    """Raises RestorerError, HeadError, struct.error, IndexError, native.DecodeError and OSError."""
    head = _HEADS[kind](path.read_bytes())
    header = _header(path, kind, head)
    stored = native.decode(header, kind)
    return Photograph(
        path=path,
        format=kind,
        pixels=sealed(as_shown(stored, header.orientation)),
        orientation=header.orientation,
        icc=head.icc,
        exif=head.exif,
        xmp=head.xmp,
        iptc=None,
        resolution=head.resolution or exif_block.resolution_of_block(head.exif),
        carried=None,
        pages=head.pages,
        remarks=tuple(head.remarks),
    )


# --- WebP (RFC 9649) -------------------------------------------------------------------------------------------------


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    position = 12
    while position + 8 <= len(data):
        kind, length = struct.unpack_from("<4sI", data, position)
        if position + 8 + length > len(data):
            raise HeadError("the file is cut short")
        yield kind, data[position + 8 : position + 8 + length]
        position += 8 + length + length % 2


def _webp(data: bytes) -> _Head:
    head = None
    frames = 0
    found: dict[bytes, bytes] = {}
    for kind, body in _riff(data):
        frames += kind == b"ANMF"
        if kind in (b"ICCP", b"EXIF", b"XMP "):
            found.setdefault(kind, body)
        if head is not None:
            continue
        if kind == b"VP8X" and len(body) >= 10:
            width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (4, 7))
            head = _Head(width, height, 4 if body[0] & 0x10 else 3)
        elif kind == b"VP8L" and len(body) >= 5:
            bits = int.from_bytes(body[1:5], "little")
            head = _Head((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1, 4 if bits >> 28 & 1 else 3)
        elif kind == b"VP8 " and len(body) >= 10:
            width, height = struct.unpack_from("<HH", body, 6)
            head = _Head(width & 0x3FFF, height & 0x3FFF, 3)
    if head is None:
        raise HeadError("it holds no picture")
    head.icc, head.xmp = found.get(b"ICCP"), found.get(b"XMP ")
    head.exif = found.get(b"EXIF", b"").removeprefix(b"Exif\0\0") or None
    if frames > 1:
        head.pages = frames
        head.remarks.append(_ANIMATION)
    return head


# --- BMP (Windows' BITMAPINFOHEADER to BITMAPV5HEADER) ---------------------------------------------------------------


def _bmp(data: bytes) -> _Head:
    length = struct.unpack_from("<I", data, 14)[0]
    if length == 12:
        width, height, _, bits = struct.unpack_from("<HHHH", data, 18)
        return _Head(width, height, 3, remarks=_about_palette(bits))
    width, height, _, bits, compression, _, across, down = struct.unpack_from("<iiHHIIii", data, 18)
    head = _Head(width, abs(height), 4 if bits == 32 and length >= 56 else 3, remarks=_about_palette(bits))
    if compression in (4, 5):
        raise RestorerError("A BMP that packs a JPEG or PNG cannot be opened: save the picture as PNG, and open that.")
    if across > 0 and down > 0:
        head.resolution = Resolution.of_metre(across, down)
    if length >= 124 and data[14 + 56 : 14 + 60] == b"DEBM":  # PROFILE_EMBEDDED, little-endian
        start, size = struct.unpack_from("<II", data, 14 + 112)
        head.icc = data[14 + start : 14 + start + size] or None
    return head


def _about_palette(bits: int) -> list[str]:
    if bits == 16:
        return ["The 5-bit colours are opened as 8 bit, and saved as that."]
    return ["The colour palette is opened as 8-bit RGB or grey, and saved as that."] if bits <= 8 else []


# --- GIF (89a) -------------------------------------------------------------------------------------------------------


def _gif(data: bytes) -> _Head:
    width, height, flags = struct.unpack_from("<HHB", data, 6)
    head = _Head(width, height, 3, remarks=["The colour palette is opened as 8-bit RGB or grey, and saved as that."])
    position = 13 + (3 << (flags & 7) + 1 if flags & 0x80 else 0)
    frames = 0
    while position < len(data):
        kind = data[position]
        position += 1
        if kind == 0x21:
            label = data[position]
            first = position + 1
            if label == 0xF9 and data[first + 1] & 1 and not frames:
                head.channels = 4
            position = _after_blocks(data, first)
            if label == 0xFE and _COMMENT not in head.remarks:
                head.remarks.append(_COMMENT)
            if label == 0xFF and data[first + 1 : first + 12] == _GIF_XMP:  # a packet, not blocks, and 258 bytes more
                head.xmp = data[first + 12 : position - 258] or None
        elif kind == 0x2C:
            frames += 1
            local = data[position + 8]
            position = _after_blocks(data, position + 10 + (3 << (local & 7) + 1 if local & 0x80 else 0))
        else:
            break
    head.pages = max(1, frames)
    if frames > 1:
        head.remarks.append(_ANIMATION)
    return head


def _after_blocks(data: bytes, position: int) -> int:
    while position < len(data) and data[position]:
        position += 1 + data[position]
    return position + 1


_HEADS = {"WebP": _webp, "BMP": _bmp, "GIF": _gif}
