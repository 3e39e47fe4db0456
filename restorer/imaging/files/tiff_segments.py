"""The strips and tiles of a TIFF: decompressed strictly, compressed in parallel.

Strictly: a strip that decodes to fewer bytes than its rows need is an error, never grey or black rows.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, BinaryIO

import imagecodecs
import numpy as np
from numpy.typing import NDArray

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

_WORKERS = min(4, os.cpu_count() or 1)
_LARGEST_STRIP = 4 * 2**20
_USUAL_STRIP = 256 * 2**10


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
        planes = self.samples if self.separate else 1
        return planes * -(-self.height // self.tile_height) * -(-self.width // self.tile_width)

    @property
    def places(self) -> list[tuple[slice, slice, slice]]:
        """Rows, columns and channels of each segment, in the file's order."""
        planes = [slice(k, k + 1) for k in range(self.samples)] if self.separate else [slice(0, self.samples)]
        return [
            (
                slice(y, min(y + self.tile_height, self.height)),
                slice(x, min(x + self.tile_width, self.width)),
                plane,
            )
            for plane in planes
            for y in range(0, self.height, self.tile_height)
            for x in range(0, self.width, self.tile_width)
        ]


@dataclass(frozen=True)
class Encoding:
    """How the samples of a segment become bytes."""

    compression: int
    predictor: int  # 1 none, 2 horizontal differences
    order: str  # "<" or ">"
    reversed_bits: bool = False  # FillOrder 2


def check_complete(file: BinaryIO, segments: list[tuple[int, int]], grid: Grid) -> None:
    """Raises SegmentError unless there are as many segments as the grid has, all of them inside the file."""
    size = file.seek(0, 2)
    if len(segments) < grid.count:
        raise SegmentError("strips are missing")
    for offset, count in segments[: grid.count]:
        if offset <= 0 or count <= 0 or offset + count > size:
            raise SegmentError("the file is cut short")


def decode(
    file: BinaryIO, segments: list[tuple[int, int]], grid: Grid, encoding: Encoding, dtype: np.dtype[Any]
) -> NDArray[Any]:
    """The picture, H×W×samples of native `dtype`, from its segments as (offset, byte count).

    Raises SegmentError and OSError.
    """
    check_complete(file, segments, grid)
    places = grid.places
    total = sum(count for _, count in segments[: len(places)])
    if grid.height * grid.width * grid.samples * dtype.itemsize > total * _MOST_GROWTH.get(encoding.compression, 2**20):
        raise SegmentError("the file is too short for its size")
    picture = np.empty((grid.height, grid.width, grid.samples), dtype)
    lock = threading.Lock()

    def work(job: tuple[tuple[slice, slice, slice], tuple[int, int]]) -> None:
        place, (offset, count) = job
        with lock:
            file.seek(offset)
            data = file.read(count)
        _decode_segment(data, picture, place, grid, encoding)

    with ThreadPoolExecutor(_WORKERS) as pool:
        futures = [pool.submit(work, job) for job in zip(places, segments, strict=False)]
        try:
            for future in futures:
                future.result()
        finally:
            for future in futures:
                future.cancel()
    return picture


def _decode_segment(
    data: bytes, picture: NDArray[Any], place: tuple[slice, slice, slice], grid: Grid, encoding: Encoding
) -> None:
    target = picture[place]
    if encoding.reversed_bits:
        data = bytes(imagecodecs.bitorder_decode(data))
    if not grid.tiled and target.flags.c_contiguous:
        # Straight into its rows: one strip may be the whole picture.
        block = target
        if not _decompressed(data, block, encoding.compression):
            # Some writers fill up the last strip, so it holds more than its rows.
            block = np.empty((grid.tile_height, *target.shape[1:]), picture.dtype)
            if not _decompressed(data, block, encoding.compression, at_least=target.nbytes):
                raise SegmentError("a strip is damaged or cut short")
            block = block[: len(target)]
    else:
        rows = grid.tile_height if grid.tiled else len(target)
        block = np.empty((rows, grid.tile_width, target.shape[2]), picture.dtype)
        if not _decompressed(data, block, encoding.compression):
            raise SegmentError("a tile is damaged or cut short")
        block = block[:, : target.shape[1]][: target.shape[0]] if encoding.predictor == 1 else block
    if picture.dtype.itemsize > 1 and encoding.order != _NATIVE:
        block.byteswap(inplace=True)
    if encoding.predictor == 2:
        block = imagecodecs.delta_decode(block, axis=-2, out=block)
    if block is not target:
        target[:] = block[: target.shape[0], : target.shape[1]]


_NATIVE = "<" if np.little_endian else ">"


def _decompressed(data: bytes, block: NDArray[Any], compression: int, at_least: int | None = None) -> bool:
    """Fill `block`; False if the data are damaged, too few, or (some codecs) too many."""
    buffer = memoryview(block.reshape(-1).view(np.uint8))  # type: ignore[arg-type]
    needed = len(buffer) if at_least is None else at_least
    if compression == NONE:
        if len(data) < needed:
            return False
        buffer[: min(len(data), len(buffer))] = data[: len(buffer)]
        return True
    try:
        return len(_DECODERS[compression](data, out=buffer)) >= needed
    except (RuntimeError, ValueError):  # every codec has an error class of its own
        return False


def grid_to_write(shape: tuple[int, int, int], itemsize: int, rows: int | None, tile: tuple[int, int] | None) -> Grid:
    """The grid as it was, except that strips above 4 MiB become smaller.

    Where strips end means nothing, and small ones are compressed side by side in little memory.
    """
    height, width, samples = shape
    if tile is not None:
        return Grid(height, width, samples, *tile, tiled=True)
    row = width * samples * itemsize
    if rows is None or rows * row > _LARGEST_STRIP:
        rows = max(1, _USUAL_STRIP // row)
    return Grid(height, width, samples, min(rows, height), width)


def encode(picture: NDArray[Any], grid: Grid, encoding: Encoding) -> Iterator[bytes]:
    """The segments of a picture (H×W×samples, may be a turned view) in their order, a few at a time."""
    waiting: deque[Future[bytes]] = deque()
    with ThreadPoolExecutor(_WORKERS) as pool:
        for rows, columns, _ in grid.places:
            waiting.append(pool.submit(_encode_segment, picture[rows, columns], grid, encoding))
            if len(waiting) > 2 * _WORKERS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _encode_segment(part: NDArray[Any], grid: Grid, encoding: Encoding) -> bytes:
    block = np.ascontiguousarray(part)
    if grid.tiled and block.shape[:2] != (grid.tile_height, grid.tile_width):
        padding = (0, grid.tile_height - block.shape[0]), (0, grid.tile_width - block.shape[1]), (0, 0)
        block = np.pad(block, padding, mode="edge")
    if encoding.predictor == 2:
        block = imagecodecs.delta_encode(block, axis=-2)
    if block.dtype.itemsize > 1 and encoding.order != _NATIVE:
        block = block.byteswap()
    match encoding.compression:
        case 5:
            return bytes(imagecodecs.lzw_encode(block.tobytes()))
        case 8 | 32946:
            return bytes(imagecodecs.deflate_encode(block.tobytes(), level=6))
        case 32773:
            # Each row by itself (TIFF 6.0, § 9).
            return b"".join(bytes(imagecodecs.packbits_encode(row.tobytes())) for row in block)
        case 34925:
            return bytes(imagecodecs.lzma_encode(block.tobytes()))
        case 50000:
            return bytes(imagecodecs.zstd_encode(block.tobytes(), level=9))
        case _:
            return block.tobytes()
