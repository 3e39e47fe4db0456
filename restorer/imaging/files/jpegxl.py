"""Reading JPEG XL (ISO/IEC 18181): whole numbers of up to 16 bits, grey and RGB, with and without alpha."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import imagecodecs
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import depth, native
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.boxes import BoxError, boxes
from restorer.imaging.files.orientation import shown_size, upright_xmp
from restorer.imaging.files.photograph import Header, Photograph, sealed

_LONGEST = 1 << 26  # bytes of unpacked metadata
_RATIOS = {1: (1, 1), 2: (12, 10), 3: (4, 3), 4: (3, 2), 5: (16, 9), 6: (5, 4), 7: (2, 1)}


class _Bits:
    """The header's fields (18181-1, § 6.2): least significant bits first."""

    def __init__(self, data: bytes) -> None:
        self._value, self._length, self._at = int.from_bytes(data, "little"), 8 * len(data), 0

    def u(self, count: int) -> int:
        self._at += count
        if self._at > self._length:
            raise BoxError("the file is cut short")
        return self._value >> (self._at - count) & ((1 << count) - 1)

    def choice(self, *ways: tuple[int, int]) -> int:
        """One of four ways, each (start, bits to add)."""
        start, bits = ways[self.u(2)]
        return start + self.u(bits)

    def enum(self) -> int:
        return self.choice((0, 0), (1, 0), (2, 4), (18, 6))

    def size(self) -> tuple[int, int]:
        """Width and height (§ 9.2)."""
        small = self.u(1)

        def side() -> int:
            return 8 * (1 + self.u(5)) if small else self.choice((1, 9), (1, 13), (1, 18), (1, 30))

        height = side()
        ratio = self.u(3)
        if ratio == 0:
            return side(), height
        return height * _RATIOS[ratio][0] // _RATIOS[ratio][1], height

    def skip_preview(self) -> None:
        small = self.u(1)

        def side() -> int:
            if small:
                return self.choice((16, 0), (32, 0), (1, 5), (33, 9))
            return self.choice((1, 6), (65, 8), (321, 10), (1345, 12))

        side()
        if self.u(3) == 0:
            side()

    def depth(self) -> int:
        """Bits a sample, 0 for floating point (§ 9.3.3)."""
        if not self.u(1):
            return self.choice((8, 0), (10, 0), (12, 0), (1, 6))
        self.choice((32, 0), (16, 0), (24, 0), (1, 6))
        self.u(4)
        return 0

    def extra_channel(self) -> tuple[int, bool]:
        """Type (0 is alpha), and whether colours are premultiplied (§ 9.3.4)."""
        if self.u(1):
            return 0, False
        kind = self.enum()
        self.depth()
        self.choice((0, 0), (3, 0), (4, 0), (1, 3))
        for _ in range(self.choice((0, 0), (0, 4), (16, 5), (48, 10))):
            self.u(8)
        associated = kind == 0 and bool(self.u(1))
        if kind == 2:
            self.u(64)
        elif kind == 5:
            self.choice((1, 0), (0, 2), (3, 4), (19, 8))
        return kind, associated

    def colour(self) -> tuple[int, str | None]:
        """Channels of colour, and what is to be said where they are not sRGB (§ 9.3.5)."""
        if self.u(1):
            return 3, None
        profile = self.u(1)
        space = self.enum()
        channels = 1 if space == 1 else 3
        if profile:
            return channels, "Its colour profile is packed in the picture and not opened: colours may look different."
        white = self.enum() if space != 2 else 1
        if white == 1 and space == 0:
            white = self.enum()  # the primaries
        if white == 1 and not self.u(1) and self.enum() == 13:
            return channels, None
        return channels, "Its colours are not sRGB and it has no ICC profile: they will look different."


@dataclass(frozen=True)
class _Head:
    width: int
    height: int
    orientation: int
    bits: int
    channels: int
    animated: bool
    remarks: tuple[str, ...]


def _head(codestream: bytes) -> _Head:
    if codestream[:2] != b"\xff\x0a":
        raise BoxError("its codestream is damaged")
    bits = _Bits(codestream[2:1024])
    width, height = bits.size()
    if bits.u(1):
        return _Head(width, height, 1, 8, 3, False, ())
    orientation, animated = 1, False
    if bits.u(1):
        orientation = 1 + bits.u(3)
        if bits.u(1):
            bits.size()
        if bits.u(1):
            bits.skip_preview()
        animated = bool(bits.u(1))
        if animated:
            bits.choice((100, 0), (1000, 0), (1, 10), (1, 30))
            bits.choice((1, 0), (1001, 0), (1, 8), (1, 10))
            bits.choice((0, 0), (0, 3), (0, 16), (0, 32))
            bits.u(1)
    samples = bits.depth()
    bits.u(1)
    extra = [bits.extra_channel() for _ in range(bits.choice((0, 0), (1, 0), (2, 4), (1, 12)))]
    bits.u(1)
    colours, said = bits.colour()
    remarks = [said] if said else []
    if any(kind for kind, _ in extra):
        remarks.append("Its extra channels, which are no transparency, are left out.")
    if any(associated for _, associated in extra):
        remarks.append("Its alpha is premultiplied: see-through parts will look darker in other formats.")
    alpha = any(kind == 0 for kind, _ in extra)
    return _Head(width, height, orientation, samples, colours + alpha, animated, tuple(remarks))


def _taken_apart(data: bytes) -> tuple[_Head, dict[bytes, bytes]]:
    """The picture's header and the boxes with metadata, unpacked (18181-2)."""
    if data.startswith(b"\xff\x0a"):
        return _head(data[:1024]), {}
    found: dict[bytes, bytes] = {}
    codestream = b""
    for box in boxes(data):
        content = data[box.start : min(box.end, box.start + 1024)] if box.type == b"jxlc" else b""
        if box.type == b"jxlp":
            content = data[box.start + 4 : min(box.end, box.start + 1024)]
        codestream = codestream + content if len(codestream) < 1024 else codestream
        kind, packed = box.type, box.content(data) if box.type in (b"Exif", b"xml ", b"jumb", b"brob") else b""
        if kind == b"brob":
            kind, packed = packed[:4], bytes(imagecodecs.brotli_decode(packed[4:], out=_LONGEST))
        if packed:
            found.setdefault(kind, bytes(packed))
    return _head(codestream), found


def probe(path: Path) -> Header:
    """Raises RestorerError for kinds that are not supported, BoxError, imagecodecs' errors and OSError."""
    head, _ = _taken_apart(path.read_bytes())
    return _header(path, head)


def _header(path: Path, head: _Head) -> Header:
    if not 0 < head.bits <= 16:
        raise RestorerError(
            f"“{path.name}” has floating-point values or more than 16 bits. Save it as 16-bit TIFF, and open that."
        )
    width, height = shown_size(head.width, head.height, head.orientation)
    dtype = np.dtype(np.uint16 if head.bits > 8 else np.uint8)
    return Header(path, "JPEG XL", width, height, head.channels, dtype, pages=1 + head.animated, peak=12)


def read(path: Path) -> Photograph:
    """Raises RestorerError, BoxError, imagecodecs' errors, native.DecodeError and OSError."""
    head, found = _taken_apart(path.read_bytes())
    header = _header(path, head)
    stored = native.decode(header, "JPEG XL")  # turned by the decoder: the codestream, not Exif, says how
    if stored.dtype.kind != "u" or (stored.ndim == 3 and stored.shape[2] > 4):
        raise RestorerError(f"“{path.name}” has an unusual kind of channels. Save it as PNG or TIFF, and open that.")
    if head.bits < 8:
        stored = (stored.astype(np.uint16) * 255 // ((1 << head.bits) - 1)).astype(np.uint8)
    exif = found.get(b"Exif")
    if exif is not None and len(exif) >= 4:
        exif = exif[4 + struct.unpack_from(">I", exif)[0] :] or None
    exif = exif_block.upright(exif)
    remarks = [*depth.remark(head.bits), *head.remarks]
    if b"jumb" in found:
        remarks.append("Its content credentials (C2PA) are left out.")
    if head.animated:
        remarks.append("Only the first picture of the animation is opened.")
    return Photograph(
        path=path,
        format="JPEG XL",
        pixels=sealed(depth.widened(stored, head.bits)),
        orientation=1,
        icc=None,
        exif=exif,
        xmp=upright_xmp(found.get(b"xml ")),
        iptc=None,
        resolution=exif_block.resolution_of_block(exif),
        carried=None,
        pages=header.pages,
        remarks=tuple(remarks),
    )
