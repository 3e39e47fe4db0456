"""A TIFF that is open for reading: its pages, and the strips or tiles of a page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import tifffile
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import tiff_segments as segments
from restorer.imaging.files.tiff_kind import JPEG, THROUGH_TIFFFILE, Kind, kind_of

# tifffile reports oddities through logging; without a handler they would land on the user's terminal.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

_LARGEST_TILE = 64 * 2**20  # bytes, unless the picture itself is larger


class Tiff:
    """An open TIFF.

    Attributes:
        pages: the full pages; reduced copies of a page (previews, pyramids in the chain) are not counted.
        copies: whether there are such copies.
    """

    def __init__(self, path: Path, file: BinaryIO, tiff: tifffile.TiffFile) -> None:
        self.path, self.file = path, file
        self.order: str = ">" if tiff.byteorder == ">" else "<"
        self.big = bool(tiff.is_bigtiff)
        every = list(_pages(tiff))
        self.pages: list[tifffile.TiffPage] = [page for page in every if not page.subfiletype & 1] or every
        self._every = every
        if not every:
            raise ValueError("it has no pages")

    def page(self, number: int) -> Page:
        """Page 1, 2, ….

        Raises:
            RestorerError: there is no such page, or it is of a kind that is not supported.
        """
        if not 1 <= number <= len(self.pages):
            count = len(self.pages)
            pages = "one page" if count == 1 else f"{count} pages"
            raise RestorerError(f"“{self.path.name}” has {pages}: there is no page {number}, choose another one.")
        return Page(self, self.pages[number - 1])

    def copies_of(self, number: int) -> list[tifffile.TiffPage]:
        """The reduced copies that belong to a page: those after it, and for the first page those before it."""
        own: list[tifffile.TiffPage] = []
        current = 0
        for page in self._every:
            if current < len(self.pages) and page is self.pages[current]:
                current += 1
            elif max(current, 1) == number:
                own.append(page)
        return own


def _pages(tiff: tifffile.TiffFile) -> Iterator[tifffile.TiffPage]:
    """Raises ValueError if a directory names an earlier one as the next: tifffile would go round for ever."""
    met: set[int] = set()
    for page in tiff.pages:
        directory = page.aspage()
        if directory.offset in met:
            raise ValueError("its pages go round in a circle")
        met.add(directory.offset)
        yield directory


@contextmanager
def opened(path: Path) -> Iterator[Tiff]:
    """Raises tifffile's errors and OSError."""
    with path.open("rb") as file, tifffile.TiffFile(file) as tiff:
        yield Tiff(path, file, tiff)


class Page:
    """The pixels of one page, segment by segment; several threads may read it."""

    def __init__(self, tiff: Tiff, page: tifffile.TiffPage) -> None:
        self.tiff, self.tags = tiff, page
        self.kind: Kind = kind_of(tiff.path.name, page)
        self.special = page.compression in THROUGH_TIFFFILE
        self.width, self.height = int(page.imagewidth), int(page.imagelength)
        self.encoding = segments.Encoding(
            int(page.compression),
            int(page.predictor),
            tiff.order,
            self.kind.dtype,
            self.kind.bits,
            page.fillorder == 2 and not self.special,
            _number(page, 292),
        )
        self.grid, self.places = self._cut(page)
        self._lock = threading.Lock()
        self._last: tuple[int, NDArray[Any]] | None = None

    def only(self, channel: int) -> Page:
        """The same page with one of its stored channels as a grey picture."""
        other = Page(self.tiff, self.tags)
        other.kind = replace(self.kind, colours=1, channels=(channel,), inverted=False)
        return other

    def _cut(self, page: tifffile.TiffPage) -> tuple[segments.Grid, list[tuple[int, int]]]:
        """The grid, and the offset and byte count of each segment."""
        shape = self.height, self.width, self.kind.samples
        separate = page.planarconfig == 2 and self.kind.samples > 1
        places = list(zip(page.dataoffsets, page.databytecounts, strict=False))
        if page.is_tiled:
            return segments.Grid(*shape, page.tilelength, page.tilewidth, tiled=True, separate=separate), places
        rows = min(page.rowsperstrip or self.height, self.height)
        grid = segments.Grid(*shape, rows, self.width, separate=separate)
        row = self.encoding.row_bytes(self.width, 1 if separate else self.kind.samples)
        if page.compression != segments.NONE or rows * row <= segments.LARGEST_STRIP or len(places) < grid.count:
            return grid, places
        # Where nothing is compressed, large strips can be seen as many small ones.
        fewer = max(1, segments.LARGEST_STRIP // row)
        while rows % fewer:  # each strip is cut evenly
            fewer -= 1
        small = segments.Grid(*shape, fewer, self.width, separate=separate)
        cut = []
        for index in range(small.count):
            top = small.place(index)[0].start
            plane = index // -(-self.height // fewer)
            offset, count = places[plane * -(-self.height // rows) + top // rows]
            start = top % rows * row
            length = (small.place(index)[0].stop - top) * row
            cut.append((offset + start, length if start + length <= count else 0))
        return small, cut

    def check(self) -> None:
        """Raises SegmentError unless all segments are there, inside the file and large enough for what they hold."""
        size = self.tiff.file.seek(0, 2)
        count = self.grid.count
        if len(self.places) < count:
            raise segments.SegmentError("strips are missing")
        total = 0
        for offset, length in self.places[:count]:
            if offset <= 0 or length <= 0 or offset + length > size:
                raise segments.SegmentError("the file is cut short")
            total += length
        if not self.encoding.plausible(self.grid, total):
            raise segments.SegmentError("the file is too short for its size")
        tile = self.grid.tile_height * self.encoding.row_bytes(self.grid.tile_width, self.grid.samples)
        if tile > max(_LARGEST_TILE, 2 * self.height * self.encoding.row_bytes(self.width, self.grid.samples)):
            raise segments.SegmentError("its tiles are too large")

    def raw(self, index: int) -> bytes:
        """The bytes of a segment as they are in the file."""
        offset, count = self.places[index]
        with self._lock:
            self.tiff.file.seek(offset)
            data = self.tiff.file.read(count)
        if len(data) < count:
            raise segments.SegmentError("the file is cut short")
        return data

    def block(self, index: int, out: NDArray[Any] | None = None) -> NDArray[Any]:
        """The stored samples of a segment, rows×columns×samples; into `out` if that fits.

        Raises SegmentError, and the errors of tifffile and imagecodecs.
        """
        data = self.raw(index)
        place = self.grid.place(index)
        if not self.special:
            return segments.decode_segment(data, place, self.grid, self.encoding, out)
        if self.encoding.compression == JPEG and b"\xff\xd9" not in data[-64:]:
            raise segments.SegmentError("a JPEG tile is cut short")
        decoded, _, _ = self.tags.decode(data, index, jpegtables=self.tags.jpegtables, jpegheader=self.tags.jpegheader)
        shape = tuple(part.stop - part.start for part in place)
        if decoded is None or decoded.dtype != self.kind.dtype:
            raise segments.SegmentError("a tile is damaged")
        block: NDArray[Any] = np.asarray(decoded)[0, : shape[0], : shape[1]]
        if block.shape != shape:
            raise segments.SegmentError("a tile is damaged")
        return block

    def pixels(self, index: int, out: NDArray[Any] | None = None) -> tuple[NDArray[Any], slice]:
        """The pixels of a segment, and which of the picture's channels they are (none for a plane that is spare)."""
        block = self.block(index, out)
        if not self.grid.separate:
            return self.kind.pixels(block), slice(0, len(self.kind.channels))
        plane = self.grid.place(index)[2].start
        if plane not in self.kind.channels:
            return block[..., :0], slice(0, 0)
        at = self.kind.channels.index(plane)
        return self.kind.pixels(block, plane), slice(at, at + 1)

    def samples(self, place: segments.Place) -> NDArray[Any]:
        """The stored samples of any part of the page."""
        part = np.empty([side.stop - side.start for side in place], self.kind.dtype)
        for index in self.grid.under(place):
            at = self.grid.place(index)
            with self._lock:
                last = self._last
            block = last[1] if last is not None and last[0] == index else self.block(index)
            with self._lock:
                self._last = index, block
            common = [slice(max(a.start, b.start), min(a.stop, b.stop)) for a, b in zip(at, place, strict=True)]
            inner = tuple(slice(c.start - p.start, c.stop - p.start) for c, p in zip(common, place, strict=True))
            part[inner] = block[
                tuple(slice(c.start - a.start, c.stop - a.start) for c, a in zip(common, at, strict=True))
            ]
        return part


def _number(page: tifffile.TiffPage, tag: int) -> int:
    value = page.tags[tag].value if tag in page.tags else 0
    return value if isinstance(value, int) else 0
