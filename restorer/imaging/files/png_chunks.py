"""The chunks of a PNG file (PNG, third edition, W3C 2025, § 5), read and written byte for byte."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

SIGNATURE = b"\x89PNG\r\n\x1a\n"
XMP_KEYWORD = b"XML:com.adobe.xmp"
_LARGEST_TEXT = 256 * 2**20  # a compressed profile or packet that grows beyond this is an attack


class ChunkError(ValueError):
    """The chunks are damaged or end too early."""


@dataclass(frozen=True)
class Chunk:
    """One chunk without its length and checksum; `late` if it stands after the pixels."""

    type: bytes
    data: bytes
    late: bool = False

    def write(self, file: BinaryIO) -> None:
        file.write(struct.pack(">I", len(self.data)) + self.type + self.data)
        file.write(struct.pack(">I", zlib.crc32(self.data, zlib.crc32(self.type))))


@dataclass(frozen=True)
class PngChunks:
    """The ancillary chunks of a PNG file in their order, and sentences about what was not kept of it."""

    chunks: tuple[Chunk, ...]
    dropped: tuple[str, ...] = ()
    bits: int | None = None  # of a sample: 1, 2 or 4, where grey levels are opened as 8 bit
    in_png: tuple[str, ...] = ()  # sentences about what saving as PNG changes


def read_chunks(file: BinaryIO, *, pixels: bool) -> Iterator[Chunk]:
    """Every chunk up to IEND, checksums verified; IDAT comes without its bytes unless `pixels`.

    Raises ChunkError.
    """
    size = file.seek(0, 2)
    file.seek(len(SIGNATURE))
    late = False
    while True:
        head = file.read(8)
        if len(head) < 8:
            raise ChunkError("the file is cut short")
        length, type_ = struct.unpack(">I4s", head)
        if length > size - file.tell() - 4:
            raise ChunkError("the file is cut short")
        if type_ == b"IDAT" and not pixels:
            file.seek(length + 4, 1)
            data = b""
        else:
            data = file.read(length)
            if struct.unpack(">I", file.read(4))[0] != zlib.crc32(data, zlib.crc32(type_)):
                raise ChunkError("a checksum is wrong")
        late = late or type_ == b"IDAT"
        yield Chunk(type_, data, late and type_ != b"IDAT")
        if type_ == b"IEND":
            return


def inflated(data: bytes) -> bytes | None:
    """What a zlib stream holds; None if it is damaged or grows beyond reason."""
    stream = zlib.decompressobj()
    try:
        result = stream.decompress(data, _LARGEST_TEXT)
    except zlib.error:
        return None
    return result if stream.eof else None


def icc_of(chunk: Chunk) -> bytes | None:
    """The profile in an iCCP chunk."""
    _, _, rest = chunk.data.partition(b"\0")
    return inflated(rest[1:]) if chunk.type == b"iCCP" and rest[:1] == b"\0" else None


def xmp_of(chunk: Chunk) -> bytes | None:
    """The XMP packet in an iTXt chunk with Adobe's keyword."""
    if chunk.type != b"iTXt" or not chunk.data.startswith(XMP_KEYWORD + b"\0"):
        return None
    compressed, method = chunk.data[len(XMP_KEYWORD) + 1 :][:2].ljust(2, b"\0")
    parts = chunk.data[len(XMP_KEYWORD) + 3 :].split(b"\0", 2)
    if len(parts) < 3 or method:
        return None
    return inflated(parts[2]) if compressed else parts[2]


def icc_chunk(profile: bytes) -> Chunk:
    return Chunk(b"iCCP", b"ICC profile\0\0" + zlib.compress(profile, 9))


def xmp_chunk(packet: bytes) -> Chunk:
    """An uncompressed iTXt, as XMP part 3, § 1.1.5, asks for."""
    return Chunk(b"iTXt", XMP_KEYWORD + b"\0\0\0\0\0" + packet)


def keyword_of(chunk: Chunk) -> str:
    """The keyword of a text chunk."""
    return chunk.data.partition(b"\0")[0].decode("latin-1")
