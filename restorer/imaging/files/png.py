"""PNG: 1 to 16 bit, grey and RGB, with and without alpha; read through libpng, chunks by hand."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import imagecodecs
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.orientation import as_shown, oriented_xmp, shown_size
from restorer.imaging.files.photograph import Header, Photograph, Pixels, sealed
from restorer.imaging.files.png_chunks import (
    SIGNATURE,
    Chunk,
    ChunkError,
    PngChunks,
    icc_chunk,
    icc_of,
    read_chunks,
    xmp_chunk,
    xmp_of,
)
from restorer.imaging.files.png_encoding import header, stream
from restorer.imaging.files.resolution import Resolution
from restorer.imaging.files.stored import PixelSource, Stored

_GREY, _RGB, _PALETTE, _GREY_ALPHA, _RGB_ALPHA = 0, 2, 3, 4, 6
_DEPTHS = {
    _GREY: (1, 2, 4, 8, 16),
    _RGB: (8, 16),
    _PALETTE: (1, 2, 4, 8),
    _GREY_ALPHA: (8, 16),
    _RGB_ALPHA: (8, 16),
}
_CHANNELS = {_GREY: 1, _RGB: 3, _PALETTE: 3, _GREY_ALPHA: 2, _RGB_ALPHA: 4}

_FOR_PIXELS = (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS")
_ANIMATION = (b"acTL", b"fcTL", b"fdAT")
# Chunks whose value depends on the pixels being a palette, or on the number of channels.
_BOUND_TO_KIND = (b"bKGD", b"sBIT", b"hIST")
# "Unsafe to copy" (§ 5.4): the bit says that the chunk depends on pixels that are about to change.  These are
# registered, known, and do not.
_KNOWN = (b"iCCP", b"sRGB", b"gAMA", b"cHRM", b"cICP", b"mDCV", b"cLLI", b"sBIT", b"bKGD", b"sPLT", b"tIME",
          b"oFFs", b"pCAL", b"sCAL", b"pHYs", b"eXIf", b"tEXt", b"zTXt", b"iTXt")  # fmt: skip


class _Kind:
    """What IHDR says (§ 11.2.1)."""

    def __init__(self, data: bytes) -> None:
        if len(data) != 13:
            raise ChunkError("its header is damaged")
        self.width, self.height, self.depth, self.colour, method, filters, interlace = struct.unpack(">IIBBBBB", data)
        sizes = 0 < self.width < 2**31 and 0 < self.height < 2**31
        if not sizes or self.depth not in _DEPTHS.get(self.colour, ()) or method or filters or interlace > 1:
            raise ChunkError("its header is damaged")

    @property
    def changes(self) -> bool:
        """Whether the picture is opened as another kind of PNG than it is stored."""
        return bool(self.colour == _PALETTE)

    @property
    def dtype(self) -> np.dtype[Any]:
        return np.dtype(np.uint16 if self.depth == 16 else np.uint8)


def probe(path: Path) -> Header:
    """Raises ChunkError and OSError."""
    with path.open("rb") as file:
        chunks = read_chunks(file, pixels=False)
        kind = _Kind(next(chunks).data)
        orientation, transparent, pages = 1, False, 1
        for chunk in chunks:
            if chunk.type == b"eXIf":
                orientation = exif_block.orientation_of(chunk.data)
            elif chunk.type == b"tRNS":
                transparent = True
            elif chunk.type == b"acTL" and len(chunk.data) == 8:
                pages = struct.unpack(">I", chunk.data[:4])[0]
    width, height = shown_size(kind.width, kind.height, orientation)
    channels = _CHANNELS[kind.colour] + (1 if transparent and kind.colour < _GREY_ALPHA else 0)
    return Header(path, "PNG", width, height, channels, kind.dtype, orientation, pages)


def read(path: Path) -> Photograph:
    """Raises ChunkError, imagecodecs.PngError and OSError."""
    stream = bytearray(SIGNATURE)  # only what libpng needs: a profile it finds wanting must not spoil the pixels
    chunks: list[Chunk] = []
    with path.open("rb") as file:
        for chunk in read_chunks(file, pixels=True):
            if chunk.type in _FOR_PIXELS:
                part = BytesIO()
                chunk.write(part)
                stream += part.getbuffer()
            if chunk.type == b"tRNS" or chunk.type not in _FOR_PIXELS:
                chunks.append(chunk)
    if stream[12:16] != b"IHDR":
        raise ChunkError("its header is damaged")
    kind = _Kind(bytes(stream[16:29]))
    stored = imagecodecs.png_decode(stream)
    del stream
    carried, remarks = _carry(chunks, kind)
    by_type = {chunk.type: chunk for chunk in reversed(chunks)}
    exif = by_type[b"eXIf"].data if b"eXIf" in by_type else None
    orientation = exif_block.orientation_of(exif)
    return Photograph(
        path=path,
        format="PNG",
        pixels=sealed(as_shown(stored, orientation)),
        orientation=orientation,
        icc=icc_of(by_type[b"iCCP"]) if b"iCCP" in by_type else None,
        exif=exif,
        xmp=next(filter(None, map(xmp_of, chunks)), None),
        iptc=None,
        resolution=_resolution(by_type.get(b"pHYs")),
        carried=carried,
        pages=_frames(by_type.get(b"acTL")),
        remarks=remarks,
    )


def _carry(chunks: list[Chunk], kind: _Kind) -> tuple[PngChunks, tuple[str, ...]]:
    """The chunks that go back into the file, and what is to be said about the others at opening."""
    transparent = any(chunk.type == b"tRNS" for chunk in chunks)
    remarks, kept, dropped = [], [], []
    if kind.colour == _PALETTE:
        remarks.append("The colour palette is opened as 8-bit RGB, and saved as that.")
    if transparent:
        remarks.append("The transparent colour is opened as an alpha channel, and saved as that.")
    if any(chunk.type == b"acTL" for chunk in chunks):
        remarks.append("Only the first picture of the animation is opened.")
        dropped.append("The further pictures of the animation are left out.")
    for chunk in chunks:
        if chunk.type in (*_ANIMATION, b"tRNS"):
            continue
        if chunk.type in _BOUND_TO_KIND and (kind.changes or transparent):
            dropped.append(f"The PNG chunk {chunk.type.decode()} is left out: it belongs to the stored kind of pixels.")
        elif chunk.type not in _KNOWN and not chunk.type[3] & 0x20:
            name = chunk.type.decode("latin-1")
            dropped.append(f"The PNG chunk {name} is left out: it would no longer be true for changed pixels.")
        else:
            kept.append(chunk)
    few = kind.depth < 8 and not kind.changes and not transparent
    rounding = (f"Restored pixels are rounded to the {2**kind.depth} levels of the file.",) if few else ()
    said = (*remarks[: kind.changes + transparent], *dropped)
    return PngChunks(tuple(kept), said, kind.depth if few else None, rounding), tuple(remarks)


def _resolution(chunk: Chunk | None) -> Resolution | None:
    if chunk is None or len(chunk.data) != 9:
        return None
    x, y, unit = struct.unpack(">IIB", chunk.data)
    if not x or not y:
        return None
    return Resolution.of_metre(x, y) if unit == 1 else replace(Resolution.of_metre(x, y), unit="none")


def _frames(chunk: Chunk | None) -> int:
    return struct.unpack(">I", chunk.data[:4])[0] if chunk is not None and len(chunk.data) == 8 else 1


def write(photograph: Photograph, pixels: PixelSource, file: BinaryIO) -> None:
    """Append a PNG with these pixels (as shown) and all of `photograph` that PNG can hold."""
    carried = photograph.carried
    if isinstance(carried, PngChunks):
        chunks = list(_up_to_date(carried.chunks, photograph))
        _write(Stored(pixels, photograph.orientation), file, chunks, carried.bits)
    else:
        _write(Stored(pixels), file, list(_chunks_of(photograph)))


def write_pixels(pixels: Pixels, file: BinaryIO, chunks: list[Chunk] | None = None) -> None:
    """Append a PNG with pixels as they are to be stored, and ancillary chunks around them."""
    _write(Stored(pixels), file, chunks or [])


def _write(stored: Stored, file: BinaryIO, chunks: list[Chunk], bits: int | None = None) -> None:
    bits = bits or 8 * stored.dtype.itemsize
    file.write(SIGNATURE)
    Chunk(b"IHDR", header(stored, bits)).write(file)
    for chunk in chunks:
        if not chunk.late:
            chunk.write(file)
    for data in stream(stored, bits):
        Chunk(b"IDAT", data).write(file)
    for chunk in chunks:
        if chunk.late:
            chunk.write(file)
    Chunk(b"IEND", b"").write(file)


def _up_to_date(chunks: tuple[Chunk, ...], photograph: Photograph) -> Iterator[Chunk]:
    """The chunks as they were; only a profile or packet that someone changed since is put in its place."""
    # A broken chunk reads as None and so does an absent one: both stay as they are unless there is a new
    # value.
    icc, xmp = photograph.icc, photograph.xmp
    if photograph.turned != 1:
        xmp = oriented_xmp(xmp, photograph.tagged)
        old = next((chunk.data for chunk in chunks if chunk.type == b"eXIf"), None)
        told = exif_block.oriented(old, photograph.tagged)
        chunks = tuple(chunk for chunk in chunks if chunk.type != b"eXIf")
        chunks = (*((Chunk(b"eXIf", told),) if told is not None else ()), *chunks)
    old_icc = next(filter(None, map(icc_of, chunks)), None)
    old_xmp = next(filter(None, map(xmp_of, chunks)), None)
    if icc != old_icc and icc is not None:
        yield icc_chunk(icc)
    if xmp != old_xmp and xmp is not None:
        yield xmp_chunk(xmp)
    for chunk in chunks:
        if not (chunk.type == b"iCCP" and icc != old_icc) and not (xmp_of(chunk) is not None and xmp != old_xmp):
            yield chunk


def _chunks_of(photograph: Photograph) -> Iterator[Chunk]:
    """Chunks for a picture that was no PNG; its pixels are stored as shown."""
    if photograph.icc is not None:
        yield icc_chunk(photograph.icc)
    if photograph.resolution is not None:
        resolution = photograph.resolution.turned(photograph.orientation)
        if resolution.per_metre is not None:
            yield Chunk(b"pHYs", struct.pack(">IIB", *resolution.per_metre, 1))
        elif resolution.unit == "none":
            ratio = (resolution.x / resolution.y).limit_denominator(10_000)
            if 0 < ratio.numerator < 2**31:
                yield Chunk(b"pHYs", struct.pack(">IIB", ratio.numerator, ratio.denominator, 0))
    exif = exif_block.oriented(photograph.exif, photograph.turned)
    if exif is not None:
        yield Chunk(b"eXIf", exif)
    xmp = oriented_xmp(photograph.xmp, photograph.turned)
    if xmp is not None:
        yield xmp_chunk(xmp)


def check_dimensions(pixels: Pixels) -> None:
    """Libpng's own limit, said before the work is done."""
    if max(pixels.shape[:2]) > 1_000_000:
        raise RestorerError("A PNG side can have 1,000,000 pixels at most: save the picture as TIFF.")
