"""The pixels of one DICOM frame: from the stored bytes to values and back, and from a compressed frame to values.

DICOM PS3.5, 8.1 (bits allocated, bits stored, high bit), 8.2 and annex A.4 (encapsulated frames), annex G (RLE).
"""

from __future__ import annotations

import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from restorer.imaging.files import native
from restorer.imaging.files.photograph import Header

RLE = "1.2.840.10008.1.2.5"
NATIVE = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.2")
"""Uncompressed transfer syntaxes: implicit and explicit little endian, explicit big endian."""
BIG_ENDIAN = "1.2.840.10008.1.2.2"
CODED = frozenset(
    f"1.2.840.10008.1.2.4.{number}"
    for number in ("50", "51", "57", "70", "80", "81", "90", "91", "92", "93", "201", "202", "203")
)
"""JPEG (8 and 12 bits, and without loss), JPEG-LS, JPEG 2000 and its high-throughput kind."""

_SOF_JPEG_LS = 0xF7
_NO_SOF = (0xC4, 0xC8, 0xCC)


@dataclass(frozen=True)
class Sample:
    """How the values of a frame are stored.

    Attributes:
        rows, columns, channels: of a frame; three channels are red, green, blue.
        allocated: 8 or 16 bits a value.
        stored: so many of them hold it, the highest of them being bit `high`.
        signed: two's complement.
        planar: one colour after the other, rather than pixel by pixel.
        order: "<" or ">", of the bytes.
    """

    rows: int
    columns: int
    channels: int
    allocated: int
    stored: int
    high: int
    signed: bool
    planar: bool = False
    order: str = "<"

    @property
    def dtype(self) -> np.dtype[Any]:
        """Of the values: uint8, uint16, or int16 (of signed bytes too)."""
        return np.dtype(np.int16 if self.signed else np.uint8 if self.allocated == 8 else np.uint16)

    @property
    def shape(self) -> tuple[int, ...]:
        return (self.rows, self.columns) if self.channels == 1 else (self.rows, self.columns, self.channels)

    @property
    def nbytes(self) -> int:
        return self.rows * self.columns * self.channels * self.allocated // 8

    @property
    def range(self) -> tuple[int, int]:
        """The lowest and the highest value that can be stored."""
        half = 1 << (self.stored - 1)
        return (-half, half - 1) if self.signed else (0, 2 * half - 1)

    @property
    def _word(self) -> np.dtype[Any]:
        return np.dtype(f"{self.order}u{self.allocated // 8}")

    def words(self, frame: bytes) -> NDArray[Any]:
        """The stored words of a frame, in their places in the picture, unsigned."""
        words = np.frombuffer(frame, self._word, self.rows * self.columns * self.channels)
        if self.channels == 1:
            return words.reshape(self.rows, self.columns)
        if self.planar:
            return words.reshape(self.channels, self.rows, self.columns).transpose(1, 2, 0)
        return words.reshape(self.rows, self.columns, self.channels)

    def values(self, words: NDArray[Any]) -> NDArray[Any]:
        """Stored words as values; bits that are none of theirs (old overlays) do not count."""
        bits = (words.astype(np.int32) >> (self.high + 1 - self.stored)) & ((1 << self.stored) - 1)
        if self.signed:
            half = 1 << (self.stored - 1)
            bits = (bits ^ half) - half
        return np.ascontiguousarray(bits.astype(self.dtype))

    def changed(self, frame: bytes, before: NDArray[Any], after: NDArray[Any]) -> bytes:
        """The frame's bytes with other values; where they are equal, the bytes stay."""
        words = self.words(frame)
        full = (1 << self.allocated) - 1
        differs = before != after
        if self.high == self.stored - 1 and np.array_equal(words, before.astype(np.int32) & full):
            new = after.astype(np.int32) & full  # the sign fills the bits above
        else:
            shift = self.high + 1 - self.stored
            mine = ((1 << self.stored) - 1) << shift
            new = (words.astype(np.int32) & ~mine) | ((after.astype(np.int32) << shift) & mine)
        return self._bytes(np.where(differs, new, words.astype(np.int32)))

    def packed(self, values: NDArray[Any]) -> bytes:
        """Bytes of values that were not stored as such before, in the lowest bits."""
        return self._bytes(values.astype(np.int32) & ((1 << self.allocated) - 1))

    def _bytes(self, words: NDArray[Any]) -> bytes:
        words = words.astype(self._word)
        return (words.transpose(2, 0, 1) if self.planar and words.ndim == 3 else words).tobytes()


def decoded(frame: bytes, sample: Sample, syntax: str, *, rgb: bool) -> NDArray[Any]:
    """The values of a compressed frame.

    Args:
        frame: its bitstream.
        sample: what the file says of its values.
        syntax: the transfer syntax, one of CODED or RLE.
        rgb: the file says that the colours in it are red, green and blue.

    Raises:
        ValueError: it is damaged; RestorerError, MemoryError: as `native.decode`.
    """
    try:
        words = _unpacked(frame, sample) if syntax == RLE else _through_child(frame, sample, rgb)
    except (RuntimeError, struct.error) as error:  # imagecodecs' own are RuntimeErrors
        raise ValueError("a frame that is damaged") from error
    if words.shape != sample.shape:
        raise ValueError("a frame of another size")
    if words.dtype.itemsize * 8 > sample.allocated and int(words.max()) >> sample.allocated:
        raise ValueError("a frame of another depth")
    low = Sample(sample.rows, sample.columns, sample.channels, sample.allocated, sample.stored, sample.stored - 1,
                 sample.signed)  # fmt: skip
    return (sample if syntax == RLE else low).values(words)


def _unpacked(frame: bytes, sample: Sample) -> NDArray[Any]:
    """RLE: each byte of each channel is a segment of its own, the highest byte first, packed as by PackBits."""
    count, *starts = struct.unpack_from("<16I", frame)
    width = sample.allocated // 8
    if count != sample.channels * width:
        raise ValueError("a frame with another number of segments")
    ends = [*starts[1:count], len(frame)]
    area = sample.rows * sample.columns
    planes = np.empty((sample.channels, width, area), np.uint8)
    for number, (start, end) in enumerate(zip(starts[:count], ends, strict=True)):
        plain = imagecodecs.packbits_decode(frame[start:end], out=area + 1)
        if len(plain) < area:
            raise ValueError("a frame that is cut short")
        planes[number // width, number % width] = np.frombuffer(plain, np.uint8, area)
    words = planes.astype(np.uint16)
    joined = words[:, 0] if width == 1 else words[:, 0] << 8 | words[:, 1]
    joined = joined.reshape(sample.channels, sample.rows, sample.columns)
    return joined[0] if sample.channels == 1 else joined.transpose(1, 2, 0)


def _through_child(frame: bytes, sample: Sample, rgb: bool) -> NDArray[Any]:
    """Decoded apart (see `native`), which takes files: the bitstream lies in one of its own meanwhile."""
    with tempfile.TemporaryDirectory(prefix="restorer-") as folder:
        path = Path(folder) / "frame"
        path.write_bytes(frame)
        header = Header(path, "DICOM", sample.columns, sample.rows, sample.channels, sample.dtype)
        pixels = native.decode(header, "DICOM, RGB" if rgb else "DICOM")
    words: NDArray[Any] = pixels.view(f"u{pixels.dtype.itemsize}") if pixels.dtype.kind == "i" else pixels
    return words


def decode_file(path: Path, *, rgb: bool = False) -> NDArray[Any]:
    """In the child: the pixels of a bitstream in a file."""
    data = path.read_bytes()
    if data.startswith(b"\xff\x4f\xff\x51") or data[4:8] == b"jP  ":
        start = data.find(b"\xff\x4f\xff\x51")
        pixels = imagecodecs.jpeg2k_decode(data[max(0, start) :])
    else:
        kind, said = _kind_of_jpeg(data)
        if kind == _SOF_JPEG_LS:
            pixels = imagecodecs.jpegls_decode(data)
        elif kind == 0xC3:
            pixels = imagecodecs.ljpeg_decode(data)
        elif rgb and not said:
            pixels = imagecodecs.jpeg_decode(data, colorspace="RGB", outcolorspace="RGB")
        else:
            pixels = imagecodecs.jpeg_decode(data)
    if pixels.dtype.kind not in "iu":
        raise ValueError("a frame of another kind")
    return np.ascontiguousarray(pixels)


def _kind_of_jpeg(data: bytes) -> tuple[int, bool]:
    """The frame's marker, and whether a segment (JFIF's or Adobe's) says how its colours are meant."""
    at, said = 2, False
    while at + 4 <= len(data) and data[at] == 0xFF:
        kind = data[at + 1]
        if kind == 0xFF:
            at += 1
            continue
        if kind == _SOF_JPEG_LS or (0xC0 <= kind <= 0xCF and kind not in _NO_SOF):
            return kind, said
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        said = said or (length >= 14 and data[at + 4 : at + 9] in (b"Adobe", b"JFIF\0"))  # libjpeg heeds no shorter one
        at += 2 + length
    raise ValueError("a frame that is no JPEG")
