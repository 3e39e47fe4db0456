"""Writing a TIFF: what was not touched is copied as it is, everything else is compressed the way it was.

The chosen page's strips and tiles whose pixels did not change are copied byte for byte from the original, and so
are the other pages.  A file that outgrows the offsets of a classic TIFF (4 GiB) is written as BigTIFF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import tiff_directory
from restorer.imaging.files import tiff_fax as fax
from restorer.imaging.files import tiff_jpeg as jpeg
from restorer.imaging.files import tiff_segments as segments
from restorer.imaging.files.jpeg_segments import SegmentError
from restorer.imaging.files.stored import Stored, equal
from restorer.imaging.files.tiff_copying import copied
from restorer.imaging.files.tiff_directory import (
    LONG,
    LONG8,
    SHORT,
    Directory,
    Entry,
    TooLargeError,
    append,
    link_of,
    point_to,
    read_directory,
    write_directory,
    write_preamble,
)
from restorer.imaging.files.tiff_kind import MIN_IS_BLACK, MIN_IS_WHITE, RGB, SEPARATED
from restorer.imaging.files.tiff_layout import TiffLayout
from restorer.imaging.files.tiff_page import Page, Tiff, opened

# The tags that say how the pixels are stored; they are written anew.
STRUCTURAL = frozenset(
    {256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 288, 289, 317, 320, 322, 323, 324, 325, 338, 339, 347}
    | set(range(512, 522))  # JPEG of TIFF 6.0
    | {529, 530, 531, 532}  # YCbCr
    | {292, 293}  # variants of fax compression
)
_PLACES = frozenset({273, 279, 288, 289, 324, 325})


def write_tiff(file: BinaryIO, described: Directory, layout: TiffLayout, stored: Stored) -> None:
    """Fill an empty file.

    Args:
        file: open for reading, writing and seeking.
        described: the tags of the picture but those of its storage.
        layout: how to store it, and where its other pages are.
        stored: the new pixels.

    Raises:
        RestorerError: parts of the original are needed, but it is gone or was changed.
        OSError: reading or writing failed.
    """
    with ExitStack() as stack:
        tiff = None
        if layout.origin is not None and layout.origin.there:
            tiff = stack.enter_context(opened(layout.origin.path))
        elif layout.origin is not None and layout.needs_origin:
            raise RestorerError(
                f"“{layout.origin.path.name}” was moved or changed since it was opened, and holds more that has to be "
                "copied (other pages or channels): put it back, or open it again."
            )
        bytes_at_least = 0
        if layout.compression == segments.NONE:
            bytes_at_least = int(np.prod(stored.shape)) * layout.kind.bits // 8
        if not layout.big and bytes_at_least < tiff_directory.CLASSIC_END:
            try:
                return _write_pages(file, tiff, described, layout, stored, big=False)
            except TooLargeError:
                file.seek(0)
                file.truncate()
        return _write_pages(file, tiff, described, layout, stored, big=True)


def _write_pages(
    file: BinaryIO, tiff: Tiff | None, described: Directory, layout: TiffLayout, stored: Stored, *, big: bool
) -> None:
    order = described.order
    write_preamble(file, order, big=big)
    link = None
    for number in sorted({layout.page, *(layout.others if tiff else ())}):
        if number != layout.page and tiff is not None:
            directory = copied(tiff, tiff.pages[number - 1].offset, file, big=big, located=layout.located)
        else:
            structure = _own_page(file, tiff, layout, stored, order, big=big)
            entries = described.entries | {entry.tag: entry for entry in structure}
            directory = Directory(order, entries, described.children, again=described.again)
        place = write_directory(file, directory, big=big)
        point_to(file, place, order, big=big, link=link)
        link = link_of(directory, place, big=big)


def _own_page(
    file: BinaryIO, tiff: Tiff | None, layout: TiffLayout, stored: Stored, order: str, *, big: bool
) -> list[Entry]:
    """Append the pixels; returns the tags that say how they are stored."""
    page = tiff.page(layout.page) if tiff is not None else None
    if page is not None and layout.origin is not None:
        renewed = _Renewed(page, stored, Stored(layout.origin.pixels, stored.orientation))
        if renewed.encodable or renewed.merged() is not None:
            places = _append_all(file, segments.in_order(renewed.data, range(page.grid.count)), big=big)
            return _same_structure(page, places, big=big)
    kind = layout.kind
    encoding = segments.Encoding(layout.compression, layout.predictor, order, stored.dtype, kind.bits)
    height, width, _ = stored.shape
    row = encoding.row_bytes(width, 1 if layout.separate else kind.samples)
    shape = height, width, kind.samples
    grid = segments.grid_to_write(shape, row, layout.rows, layout.tile, separate=layout.separate)

    def data(index: int) -> bytes:
        rows, columns, channels = place = grid.place(index)
        plane = channels.start if grid.separate else None
        spare = page.samples(place) if page is not None and kind.spare else None
        return segments.encode_segment(_samples(layout, stored.read(rows, columns), spare, plane), grid, encoding)

    places = _append_all(file, segments.in_order(data, range(grid.count)), big=big)
    return _structure(Directory(order), layout, grid, places, big=big)


def _samples(layout: TiffLayout, pixels: NDArray[Any], spare: NDArray[Any] | None, plane: int | None) -> NDArray[Any]:
    """What is stored for these pixels; `spare` holds the channels that they do not have."""
    kind = layout.kind
    if plane is not None:
        if plane not in kind.channels:
            assert spare is not None
            return spare
        at = kind.channels.index(plane)
        return kind.stored(pixels[..., at : at + 1], plane)
    if spare is None:
        return kind.stored(pixels)
    spare[..., kind.channels] = kind.stored(pixels)
    return spare


@dataclass(frozen=True, eq=False)
class _Renewed:
    """A page of the original with new pixels, segment by segment."""

    page: Page
    new: Stored
    old: Stored
    _merged: dict[int, bytes] = field(default_factory=dict)

    def merged(self) -> dict[int, bytes] | None:
        """The touched segments of a page of JPEGs, none if there are none; None if they cannot be made."""
        touched = [index for index in range(self.page.grid.count) if self.touched(index)]
        if touched and (not jpeg.mergeable(self.page) or self.page.kind.spare):
            return None
        for index in touched:
            rows, columns, channels = self._channels(index)
            old, new = (self.page.kind.stored(part.read(rows, columns)[..., channels]) for part in (self.old, self.new))
            try:
                self._merged[index] = jpeg.merged(self.page, index, old, new)
            except (jpeg.MergeError, SegmentError):
                return None
        return self._merged

    @property
    def encodable(self) -> bool:
        """Whether single segments can be put in place of the old ones."""
        compression, grid = self.page.encoding.compression, self.page.grid
        if not grid.tiled and grid.count > 0:
            row = self.page.encoding.row_bytes(grid.width, 1 if grid.separate else grid.samples)
            if grid.tile_height * row > segments.LARGEST_STRIP and grid.tile_height > 1:
                return False  # smaller ones are written side by side
        return compression in segments.LOSSLESS or compression in fax.WRITTEN

    def _channels(self, index: int) -> tuple[slice, slice, slice]:
        """Rows, columns and the picture's channels of a segment; no channels if it holds spare ones only."""
        rows, columns, channels = self.page.grid.place(index)
        if not self.page.grid.separate:
            return rows, columns, slice(0, len(self.page.kind.channels))
        if channels.start not in self.page.kind.channels:
            return rows, columns, slice(0, 0)
        at = self.page.kind.channels.index(channels.start)
        return rows, columns, slice(at, at + 1)

    def touched(self, index: int) -> bool:
        rows, columns, channels = self._channels(index)
        if channels.stop == channels.start:
            return False
        new = self.new.read(rows, columns)[..., channels]
        return not equal(new, self.old.read(rows, columns)[..., channels])

    def data(self, index: int) -> bytes:
        """The bytes of a segment: the old ones, if none of its pixels changed."""
        if index in self._merged:
            return self._merged[index]
        if not self.touched(index):
            return self.page.raw(index)
        rows, columns, channels = self._channels(index)
        kind, grid = self.page.kind, self.page.grid
        pixels = self.new.read(rows, columns)[..., channels]
        samples = kind.stored(pixels, grid.place(index)[2].start if grid.separate else None)
        if kind.spare and not grid.separate:
            whole = self.page.block(index).copy()
            whole[..., kind.channels] = samples
            samples = whole
        return segments.encode_segment(samples, grid, self.page.encoding)


def _append_all(file: BinaryIO, data: Iterable[bytes], *, big: bool) -> list[tuple[int, int]]:
    """Places and byte counts of the segments."""
    return [(append(file, part, big=big), len(part)) for part in data]


def _same_structure(page: Page, places: list[tuple[int, int]], *, big: bool) -> list[Entry]:
    """The tags of the page's storage as they were, but for the places."""
    directory, _ = read_directory(page.tiff.file, page.tags.offset, page.tiff.order, big=page.tiff.big)
    entries = {tag: entry for tag, entry in directory.entries.items() if tag in STRUCTURAL - _PLACES}
    if not page.grid.tiled and page.grid.tile_height < min(directory.number(278, page.height), page.height):
        entries[278] = directory.entry(278, LONG, page.grid.tile_height)
    return [*entries.values(), *_place_entries(directory, page.grid, places, big=big)]


def _place_entries(
    directory: Directory, grid: segments.Grid, places: list[tuple[int, int]], *, big: bool
) -> Iterator[Entry]:
    long = LONG8 if big else LONG
    offsets, counts = (324, 325) if grid.tiled else (273, 279)
    yield directory.entry(offsets, long, *(offset for offset, _ in places))
    yield directory.entry(counts, long, *(count for _, count in places))


def _structure(
    directory: Directory, layout: TiffLayout, grid: segments.Grid, places: list[tuple[int, int]], *, big: bool
) -> list[Entry]:
    """The tags that say how the pixels are stored, of a page that is stored in a new way."""
    entry: Callable[..., Entry] = directory.entry
    kind = layout.kind
    photometric = MIN_IS_WHITE if kind.inverted else SEPARATED if kind.inks else RGB
    entries = [
        entry(256, LONG, grid.width),
        entry(257, LONG, grid.height),
        entry(258, SHORT, *[kind.bits] * kind.samples),
        entry(259, SHORT, layout.compression),
        entry(262, SHORT, MIN_IS_BLACK if kind.colours == 1 and not kind.inverted else photometric),
        entry(277, SHORT, kind.samples),
        entry(284, SHORT, 2 if grid.separate else 1),
        *_place_entries(directory, grid, places, big=big),
    ]
    if grid.tiled:
        entries += [entry(322, LONG, grid.tile_width), entry(323, LONG, grid.tile_height)]
    else:
        entries.append(entry(278, LONG, grid.tile_height))
    if layout.predictor > 1:
        entries.append(entry(317, SHORT, layout.predictor))
    if kind.extras:
        entries.append(entry(338, SHORT, *kind.extras))
    if kind.dtype.kind == "f":
        entries.append(entry(339, SHORT, *[3] * kind.samples))
    return entries
