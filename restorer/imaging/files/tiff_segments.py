"""The strips and tiles of a TIFF: decompressed strictly, compressed in parallel.

Strictly: a strip that decodes to fewer bytes than its rows need is an error, never grey or black rows.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import imagecodecs
import numpy as np
from numpy.typing import NDArray

from restorer.imaging.files import tiff_fax as fax

NONE, LZW, DEFLATE, OLD_DEFLATE, PACKBITS, LZMA, ZSTD = 1, 5, 8, 32946, 32773, 34925, 50000

_Codec = Callable[..., Any]
_DECODERS: dict[int, _Codec] = {
    LZW: imagecodecs.lzw_decode,
    DEFLATE: imagecodecs.deflate_decode,
    OLD_DEFLATE: imagecodecs.deflate_decode,
    PACKBITS: imagecodecs.packbits_decode,
    LZMA: imagecodecs.lzma_decode,
    ZSTD: imagecodecs.zstd_decode,
}
LOSSLESS = frozenset({NONE, *_DECODERS})

# How many bytes one compressed byte can become at most; a header that promises more lies, and is found out before
# memory is taken for it.  (LZW: a 12-bit code stands for 4093 bytes at most.  zstd and LZMA know no limit.)
_MOST_GROWTH = {NONE: 1, LZW: 2730, DEFLATE: 1032, OLD_DEFLATE: 1032, PACKBITS: 64}

WORKERS = min(4, os.cpu_count() or 1)
LARGEST_STRIP = 4 * 2**20
_USUAL_STRIP = 256 * 2**10

Place = tuple[slice, slice, slice]
"""Rows, columns and channels of a segment."""


class SegmentError(ValueError):
    """A strip or tile is missing, cut short or damaged."""


@dataclass(frozen=True)
class Grid:
    """How a picture of height × width × samples is cut into strips (`tile_width` = width) or tiles."""

    height: int
    width: int
    samples: int
    tile_height: int
    tile_width: int
    tiled: bool = False
    separate: bool = False  # planar configuration 2: all of one channel, then all of the next

    @property
    def count(self) -> int:
        """How many segments there are."""
        return (self.samples if self.separate else 1) * self._down * self._across

    @cached_property
    def _down(self) -> int:
        return -(-self.height // self.tile_height)

    @cached_property
    def _across(self) -> int:
        return -(-self.width // self.tile_width)

    def place(self, index: int) -> Place:
        """Where the segment of that number, in the file's order, lies in the picture."""
        plane, rest = divmod(index, self._down * self._across)
        y, x = rest // self._across * self.tile_height, rest % self._across * self.tile_width
        channels = slice(plane, plane + 1) if self.separate else slice(0, self.samples)
        return (
            slice(y, min(y + self.tile_height, self.height)),
            slice(x, min(x + self.tile_width, self.width)),
            channels,
        )

    def under(self, place: Place) -> Iterator[int]:
        """The numbers of the segments that hold a part of the picture (channels of one plane, if separate)."""
        rows, columns, channels = place
        planes = range(channels.start, channels.stop) if self.separate else (0,)
        for plane in planes:
            for down in range(rows.start // self.tile_height, -(-rows.stop // self.tile_height)):
                for across in range(columns.start // self.tile_width, -(-columns.stop // self.tile_width)):
                    yield (plane * self._down + down) * self._across + across


@dataclass(frozen=True)
class Encoding:
    """How the samples of a segment become bytes."""

    compression: int
    predictor: int  # 1 none, 2 horizontal differences, 3 the same of floating-point bytes
    order: str  # "<" or ">"
    dtype: np.dtype[Any]  # of a sample in memory, native: uint8, uint16 or float32
    bits: int  # of a sample in the file: 1, 2, 4, or those of `dtype`
    reversed_bits: bool = False  # FillOrder 2
    variant: int = 0  # T4Options, of Group 3

    def row_bytes(self, columns: int, samples: int) -> int:
        """The bytes of one row of a segment, uncompressed."""
        return -(-columns * samples * self.bits // 8)

    def plausible(self, grid: Grid, stored: int) -> bool:
        """Whether `stored` compressed bytes can hold so many pixels at all."""
        planes, samples = (grid.samples, 1) if grid.separate else (1, grid.samples)
        needed = planes * grid.height * self.row_bytes(grid.width, samples)
        return needed <= stored * _MOST_GROWTH.get(self.compression, 2**20)


def decode_segment(
    data: bytes, place: Place, grid: Grid, encoding: Encoding, out: NDArray[Any] | None = None
) -> NDArray[Any]:
    """The samples of one segment, rows×columns×samples, without what fills up the last ones.

    They are written straight into `out`, a part of the picture, where that is possible; the answer is `out` then.

    Raises SegmentError.
    """
    rows, columns, channels = place[0].stop - place[0].start, place[1].stop - place[1].start, place[2]
    samples = channels.stop - channels.start
    if encoding.reversed_bits:
        data = bytes(imagecodecs.bitorder_decode(data))
    if encoding.compression in fax.NAMES:
        full = grid.tile_height if grid.tiled else rows
        block = fax.decode(data, encoding.compression, full, grid.tile_width, encoding.variant)
        if block is None:
            raise SegmentError("a strip is damaged or cut short")
        return block[:rows, :columns, np.newaxis]
    if encoding.bits < 8:
        return _unpacked(data, rows, samples, grid, encoding)[:, :columns]
    direct = out is not None and not grid.tiled and out.flags.c_contiguous and out.dtype == encoding.dtype
    shape = grid.tile_height if grid.tiled else rows, grid.tile_width, samples
    block = out if direct and out is not None else np.empty(shape, encoding.dtype)  # one strip may be the whole picture
    if not _decompressed(data, block, encoding.compression):
        if grid.tiled:
            raise SegmentError("a tile is damaged or cut short")
        # Some writers fill up the last strip, so it holds more than its rows.
        needed = block.nbytes
        block = np.empty((grid.tile_height, grid.tile_width, samples), encoding.dtype)
        if not _decompressed(data, block, encoding.compression, at_least=needed):
            raise SegmentError("a strip is damaged or cut short")
    return _unpredicted(block, encoding)[:rows, :columns]


def _unpredicted(block: NDArray[Any], encoding: Encoding) -> NDArray[Any]:
    if encoding.predictor == 3:
        return np.asarray(imagecodecs.floatpred_decode(block, axis=-2, out=block))
    if block.dtype.itemsize > 1 and encoding.order != _NATIVE:
        block.byteswap(inplace=True)
    if encoding.predictor == 2:
        # Differences are of the bit patterns, for floating-point values too.
        bits = block.view(f"u{block.dtype.itemsize}")
        imagecodecs.delta_decode(bits, axis=-2, out=bits)
    return block


def _unpacked(data: bytes, rows: int, samples: int, grid: Grid, encoding: Encoding) -> NDArray[Any]:
    """Samples of 1, 2 or 4 bits as one byte each; every row begins with a new byte."""
    length = encoding.row_bytes(grid.tile_width, samples)
    packed = np.empty((grid.tile_height, length), np.uint8)
    if not _decompressed(data, packed, encoding.compression, (grid.tile_height if grid.tiled else rows) * length):
        exact = packed[:rows]
        if grid.tiled or not _decompressed(data, exact, encoding.compression):
            raise SegmentError(f"a {'tile' if grid.tiled else 'strip'} is damaged or cut short")
    bits = np.unpackbits(packed[:rows], axis=1).reshape(rows, -1, encoding.bits)
    values = np.packbits(bits, axis=2)[..., 0] >> (8 - encoding.bits)
    return values[:, : grid.tile_width * samples].reshape(rows, grid.tile_width, samples)


_NATIVE = "<" if np.little_endian else ">"


def _decompressed(data: bytes, block: NDArray[Any], compression: int, at_least: int | None = None) -> bool:
    """Fill `block`; False if the data are damaged, too few, or (some codecs) too many."""
    buffer = memoryview(block.reshape(-1).view(np.uint8))  # type: ignore[arg-type]
    needed = len(buffer) if at_least is None else at_least
    if compression == NONE:
        if len(data) < needed:
            return False
        length = min(len(data), len(buffer))
        buffer[:length] = data[:length]
        return True
    try:
        return len(_DECODERS[compression](data, out=buffer)) >= needed
    except (RuntimeError, ValueError):  # every codec has an error class of its own
        return False


def grid_to_write(
    shape: tuple[int, int, int],
    row_bytes: int,
    rows: int | None = None,
    tile: tuple[int, int] | None = None,
    *,
    separate: bool = False,
) -> Grid:
    """The grid as it was, except that strips above 4 MiB become smaller.

    Where strips end means nothing, and small ones are compressed side by side in little memory.
    """
    height, width, samples = shape
    if tile is not None:
        return Grid(height, width, samples, *tile, tiled=True, separate=separate)
    if rows is None or min(rows, height) * row_bytes > LARGEST_STRIP:
        rows = max(1, _USUAL_STRIP // row_bytes)
    return Grid(height, width, samples, min(rows, height), width, separate=separate)


_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def in_order(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """Results in the order of the items, worked on side by side, a few at a time."""
    waiting: deque[Future[_Result]] = deque()
    pool = ThreadPoolExecutor(WORKERS)
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > 2 * WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        # Nobody waits for the threads: where a write fails, the garbage collector may be who ends this, in the middle
        # of anything, and so in the start of a thread, whose lock a wait needs too.
        pool.shutdown(wait=False, cancel_futures=True)


def encode_segment(part: NDArray[Any], grid: Grid, encoding: Encoding) -> bytes:
    """The bytes of one segment from its rows×columns×samples."""
    block = np.ascontiguousarray(part)
    if grid.tiled and block.shape[:2] != (grid.tile_height, grid.tile_width):
        padding = (0, grid.tile_height - block.shape[0]), (0, grid.tile_width - block.shape[1]), (0, 0)
        block = np.pad(block, padding, mode="edge")
    if encoding.compression in fax.NAMES:
        data = fax.encode(block[..., 0], encoding.compression)
    else:
        data = _compressed(_predicted(block, encoding), encoding.compression)
    return bytes(imagecodecs.bitorder_encode(data)) if encoding.reversed_bits else data


def _predicted(block: NDArray[Any], encoding: Encoding) -> NDArray[Any]:
    """Rows of the bytes that are to be compressed."""
    rows = len(block)
    if encoding.bits < 8:
        bits = np.unpackbits(block.reshape(rows, -1, 1), axis=2)[..., 8 - encoding.bits :]
        return np.packbits(bits.reshape(rows, -1), axis=1)
    if encoding.predictor == 3:
        return np.asarray(imagecodecs.floatpred_encode(block, axis=-2)).reshape(rows, -1)
    if encoding.predictor == 2:
        block = imagecodecs.delta_encode(block.view(f"u{block.dtype.itemsize}"), axis=-2)
    if block.dtype.itemsize > 1 and encoding.order != _NATIVE:
        block = block.byteswap()
    return block.reshape(rows, -1)


def _compressed(rows: NDArray[Any], compression: int) -> bytes:
    match compression:
        case 5:
            return bytes(imagecodecs.lzw_encode(rows.tobytes()))
        case 8 | 32946:
            return bytes(imagecodecs.deflate_encode(rows.tobytes(), level=6))
        case 32773:
            # Each row by itself (TIFF 6.0, § 9).
            return b"".join(bytes(imagecodecs.packbits_encode(row.tobytes())) for row in rows)
        case 34925:
            return bytes(imagecodecs.lzma_encode(rows.tobytes()))
        case 50000:
            return bytes(imagecodecs.zstd_encode(rows.tobytes(), level=9))
        case _:
            return rows.tobytes()
