"""TIFF and BigTIFF: read through tifffile's tags and our strict segments, written tag by tag.

What describes the photograph is never interpreted: its tags go back with the bytes, types and byte order they
had, the Exif, GPS and interoperability directories included (TIFF 6.0; Exif 3.0; Adobe's technical notes).
"""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files import tiff_fax as fax
from restorer.imaging.files import tiff_jpeg as jpeg
from restorer.imaging.files import tiff_segments as segments
from restorer.imaging.files.jpeg_segments import BLOCKS, JpegSegments
from restorer.imaging.files.orientation import as_shown, as_stored, oriented_xmp, region_as_shown, shown_size, valid
from restorer.imaging.files.photograph import Header, Infrared, Photograph, Pixels
from restorer.imaging.files.stored import PixelSource, Stored
from restorer.imaging.files.tiff_copying import copyable
from restorer.imaging.files.tiff_directory import (
    ORIENTATION,
    RATIONAL,
    SHORT,
    UNDEFINED,
    Directory,
    Entry,
    parse_block,
    read_directory,
)
from restorer.imaging.files.tiff_kind import THROUGH_TIFFFILE, plain
from restorer.imaging.files.tiff_layout import Origin, TiffLayout
from restorer.imaging.files.tiff_page import Page, Tiff, opened
from restorer.imaging.files.tiff_writing import STRUCTURAL, write_tiff
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from restorer.imaging.files.jpeg_merge import Reach

XMP, IPTC, PHOTOSHOP, ICC = 700, 33723, 34377, 34675
_LAYERS = 37724  # ImageSourceData: Photoshop would show its layers, with the damage, instead of the pixels
_LOWEST, _HIGHEST = 340, 341  # SMinSampleValue, SMaxSampleValue


def probe(path: Path, page: int = 1, *, inks: bool = False) -> Header:
    """Raises RestorerError for kinds and pages that are not supported; tifffile's errors and OSError."""
    with opened(path) as tiff:
        return _header(path, tiff.page(page), page, len(tiff.pages), inks=inks)


def _header(path: Path, page: Page, number: int, pages: int, *, inks: bool = True) -> Header:
    if page.kind.inks and not inks:
        raise RestorerError(
            f"“{path.name}” holds CMYK inks. Convert it to RGB in the program that made it, and open that."
        )
    tag = page.tags.tags.get(ORIENTATION)
    orientation = valid(tag.value) if tag is not None and isinstance(tag.value, int) else 1
    width, height = shown_size(page.width, page.height, orientation)
    channels = len(page.kind.channels)
    peak = 2.2 if page.grid.tile_height * 4 > page.height and page.encoding.compression != segments.NONE else 1.2
    return Header(
        path, "TIFF", width, height, channels, page.kind.dtype, orientation, pages, number, page.kind.inks, peak
    )


def read(
    path: Path,
    page: int = 1,
    infrared: Infrared | None = None,
    scratch: Path | None = None,
    *,
    inks: bool = False,
) -> Photograph:
    """Decode a page.

    Args:
        path: the file, which is only read.
        page: 1, 2, …
        infrared: where the infrared scan is, if one is wanted.
        scratch: a file to hold the pixels in place of memory; it is made anew and belongs to the caller, who removes
            it when the photograph is no longer used.
        inks: whether the caller knows what to do with CMYK pixels.

    Raises:
        RestorerError: kinds and pages that are not supported; SegmentError, tifffile's errors and OSError.
    """
    with opened(path) as tiff:
        chosen = tiff.page(page)
        header = _header(path, chosen, page, len(tiff.pages), inks=inks)
        directory, _ = read_directory(
            tiff.file, chosen.tags.offset, tiff.order, big=tiff.big, skip=STRUCTURAL | {_LAYERS}
        )
        pixels, extent = _decode(chosen, header.orientation, scratch)
        layout = _layout(tiff, chosen, directory, page, Origin.of(path, pixels))
        scan = _infrared(tiff, chosen, header, infrared) if infrared is not None else None
    remarks = [f"Page {page} of {header.pages} is opened."] if header.pages > 1 else []
    return Photograph(
        path=path,
        format="TIFF",
        pixels=pixels,
        orientation=header.orientation,
        icc=_value(directory, ICC),
        exif=exif_block.block_of_tiff(directory),
        xmp=_value(directory, XMP),
        iptc=_value(directory, IPTC),
        resolution=exif_block.resolution_of(directory),
        carried=layout,
        pages=header.pages,
        remarks=tuple(remarks),
        page=page,
        inks=chosen.kind.inks,
        levels=_levels(chosen, extent) if extent is not None else None,
        infrared=scan,
    )


def _value(directory: Directory, tag: int) -> bytes | None:
    return directory.entries[tag].data if tag in directory.entries else None


def _decode(
    page: Page, orientation: int, scratch: Path | None = None
) -> tuple[NDArray[Any], tuple[float, float] | None]:
    """The pixels as shown, sealed; and of floating-point colours the lowest and highest.

    Strips and tiles are decoded straight into their places, so that no second copy is ever made.
    """
    page.check()
    count = len(page.kind.channels)
    shape = *shown_size(page.width, page.height, orientation)[::-1], count
    picture = np.empty(shape, page.kind.dtype) if scratch is None else _on_disk(scratch, shape, page.kind.dtype)
    stored = as_stored(picture, orientation)
    direct = page.kind.channels == tuple(range(page.kind.samples)) and not page.grid.separate

    def work(index: int) -> tuple[float, float] | None:
        rows, columns, _ = page.grid.place(index)
        target = stored[rows, columns]
        pixels, of = page.pixels(index, target if direct else None)
        if pixels is not target:
            target[..., of] = pixels
        colours = pixels[..., : page.kind.colours - of.start]
        return _extent(colours) if page.kind.dtype.kind == "f" else None

    extents = [extent for extent in segments.in_order(work, range(page.grid.count)) if extent is not None]
    if isinstance(picture, np.memmap):
        picture.flush()
    if count == 1:
        picture = picture[..., 0]
    picture.setflags(write=False)
    if page.kind.dtype.kind != "f":
        return picture, None
    return picture, (min((low for low, _ in extents), default=0.0), max((high for _, high in extents), default=1.0))


def _on_disk(scratch: Path, shape: tuple[int, ...], dtype: np.dtype[Any]) -> NDArray[Any]:
    """An array in a new file, whose space is taken first: a full disk would otherwise end the program later."""
    size = int(np.prod(shape, dtype=np.int64)) * dtype.itemsize
    try:
        with scratch.open("wb") as file:
            if hasattr(os, "posix_fallocate"):
                os.posix_fallocate(file.fileno(), 0, size)
            elif shutil.disk_usage(scratch.parent).free < size:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            else:
                file.truncate(size)
    except OSError as error:
        with suppress(OSError):
            scratch.unlink()
        raise RestorerError(
            f"{size / 2**30:.1f} GB cannot be set aside in {scratch.parent} ({error.strerror}): "
            "free some space, or choose another folder for scratch files."
        ) from error
    return np.memmap(scratch, dtype, "r+", shape=shape)


def _extent(values: NDArray[Any]) -> tuple[float, float] | None:
    """The lowest and the highest number, None if there is none."""
    numbers = values[np.isfinite(values)]
    return (float(numbers.min()), float(numbers.max())) if numbers.size else None


def _levels(page: Page, extent: tuple[float, float]) -> tuple[float, float]:
    """The values that stand for black and white.

    They are the file's own (SMinSampleValue, SMaxSampleValue); without them 0 and 1 if nothing lies outside, and
    otherwise the lowest and the highest number in the picture.
    """
    stated = []
    for tag in (_LOWEST, _HIGHEST):
        value = page.tags.tags[tag].value if tag in page.tags.tags else None
        value = value[0] if isinstance(value, tuple) and value else value
        stated.append(float(value) if isinstance(value, int | float) else float("nan"))
    low, high = stated
    if np.isfinite(stated).all() and low < high:
        return low, high
    low, high = extent
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return (low, high) if low < high else (low, low + 1)


def _infrared(tiff: Tiff, page: Page, header: Header, where: Infrared) -> Pixels:
    name = tiff.path.name
    if where == "channel":
        if not page.kind.spare:
            raise RestorerError(f"“{name}” has no extra channel that could be infrared: choose a page, or none.")
        return _decode(page.only(page.kind.spare[0]), header.orientation)[0]
    other = tiff.page(where)
    scan, _ = _decode(other, header.orientation)
    if scan.shape != (header.height, header.width):
        raise RestorerError(
            f"Page {where} of “{name}” is no infrared scan of page {header.page}: choose a grey page of the same size."
        )
    return scan


def infrared_places(path: Path, page: int = 1) -> tuple[Infrared, ...]:
    """Where an infrared scan of a page may be: its extra channel, and grey pages of its size; no pixel is decoded.

    Raises:
        RestorerError: no such page, or a kind that is not supported; tifffile's errors and OSError.
    """
    with opened(path) as tiff:
        chosen = tiff.page(page)
        places: list[Infrared] = ["channel"] if chosen.kind.spare else []
        for number in range(1, len(tiff.pages) + 1):
            if number == page:
                continue
            with suppress(RestorerError):
                other = tiff.page(number)
                if (other.width, other.height) == (chosen.width, chosen.height) and len(other.kind.channels) == 1:
                    places.append(number)
    return tuple(places)


def read_infrared(path: Path, page: int, where: Infrared) -> Pixels:
    """The infrared scan of a page, H×W as that is shown, in the file's depth; the picture itself is not decoded.

    Raises:
        RestorerError: there is none; SegmentError, tifffile's errors and OSError.
    """
    with opened(path) as tiff:
        chosen = tiff.page(page)
        return _infrared(tiff, chosen, _header(path, chosen, page, len(tiff.pages)), where)


def blocks(path: Path, page: int = 1) -> Iterator[tuple[Region, Pixels]]:
    """The pixels of a page part by part: where each lies in the picture as shown, h×w×channels.

    In little memory, in the file's order; colour planes come one by one and are put together, which takes the memory
    of the picture.

    Raises:
        RestorerError: as `read`; SegmentError, tifffile's errors and OSError.
    """
    with opened(path) as tiff:
        chosen = tiff.page(page)
        header = _header(path, chosen, page, len(tiff.pages))
        if chosen.grid.separate:
            pixels, _ = _decode(chosen, header.orientation)
            yield Region(0, 0, header.width, header.height), np.atleast_3d(pixels)
            return
        chosen.check()

        def work(index: int) -> tuple[Region, Pixels]:
            rows, columns, _ = chosen.grid.place(index)
            region = Region(columns.start, rows.start, columns.stop, rows.stop)
            shown = region_as_shown(region, header.orientation, (chosen.width, chosen.height))
            return shown, as_shown(chosen.pixels(index)[0], header.orientation)

        yield from segments.in_order(work, range(chosen.grid.count))


def _layout(tiff: Tiff, page: Page, directory: Directory, number: int, origin: Origin) -> TiffLayout:
    compression, predictor = page.encoding.compression, page.encoding.predictor
    dropped, only_tiff = [], []
    through = THROUGH_TIFFFILE.get(compression)
    if jpeg.mergeable(page) and not page.kind.spare:
        dropped.append(BLOCKS)
        compression, predictor = segments.DEFLATE, 2  # for a copy without its original
    elif through is not None:
        dropped.append(f"The {through} compression is replaced by Deflate, which loses nothing more.")
        compression, predictor = segments.DEFLATE, 3 if page.kind.dtype.kind == "f" else 2
    elif compression in fax.NAMES and compression not in fax.WRITTEN:
        dropped.append("The Group 3 compression is replaced by Group 4, which loses nothing either.")
        compression = fax.GROUP_4
    if page.kind.bits < 8:
        dropped.append(f"Restored pixels are rounded to the {2**page.kind.bits} levels of the file.")
    if len(tiff.pages) > 1:
        only_tiff.append(f"Only page {number} of {len(tiff.pages)} is saved.")
    others = [other for other in range(1, len(tiff.pages) + 1) if other != number]
    broken = [other for other in others if not copyable(tiff, tiff.pages[other - 1])]
    dropped += [f"Page {other} is damaged or of an old kind, and is left out." for other in broken]
    if page.kind.spare:
        only_tiff.append("The extra channels, which are no transparency, are left out.")
    for tag in dict.fromkeys(directory.lost):
        dropped.append(f"Tag {tag} is left out: its type is unknown, or its value is not in the file.")
    if exif_block.note_with_places(directory):
        dropped.append(exif_block.NOTE_MOVES)
    rest = []
    if directory.pointers or tiff.copies_of(number):
        rest.append("Reduced copies and previews are left out: they would still show the damage.")
    if _LAYERS in page.tags.tags:
        rest.append("Photoshop's layers are left out: they would hide the restored picture.")
    return TiffLayout(
        directory,
        page.kind,
        big=tiff.big,
        compression=compression,
        predictor=predictor,
        rows=None if page.grid.tiled or through else page.grid.tile_height,
        tile=(page.grid.tile_height, page.grid.tile_width) if page.grid.tiled and not through else None,
        separate=page.grid.separate,
        page=number,
        others=tuple(other for other in others if other not in broken),
        origin=origin,
        dropped=(*dropped, *rest),
        only_tiff=(*only_tiff, *rest),
    )


def reach(photograph: Photograph) -> Reach | None:
    """What besides the changed pixels may change: in a TIFF of JPEGs their blocks; None if nothing else does."""
    layout = photograph.carried
    if not isinstance(layout, TiffLayout) or layout.origin is None or not layout.origin.there:
        return None
    with opened(layout.origin.path) as tiff:
        page = tiff.page(layout.page)
        merged = jpeg.mergeable(page) and not page.kind.spare
        return jpeg.reach(page, photograph.orientation) if merged else None


def write(photograph: Photograph, pixels: PixelSource, file: BinaryIO) -> None:
    """Fill an empty file with a TIFF of these pixels (as shown) and what of `photograph` it can hold.

    Raises:
        RestorerError: as `write_tiff`; OSError.
    """
    if isinstance(photograph.carried, TiffLayout):
        described = _up_to_date(photograph.carried.directory, photograph)
        return write_tiff(file, described, photograph.carried, Stored(pixels, photograph.orientation))
    described = _directory_of(photograph)
    stored = Stored(pixels)
    kind = plain(stored.shape[2], stored.dtype, inks=photograph.inks)
    layout = TiffLayout(described, kind, predictor=3 if stored.dtype.kind == "f" else 2)
    return write_tiff(file, described, layout, stored)


def _up_to_date(directory: Directory, photograph: Photograph) -> Directory:
    """The tags as they were, types and all; only a value that someone changed since is replaced."""
    entries = dict(directory.entries)
    xmp = photograph.xmp if photograph.turned == 1 else oriented_xmp(photograph.xmp, photograph.tagged)
    for tag, value in ((ICC, photograph.icc), (XMP, xmp), (IPTC, photograph.iptc)):
        if value is None:
            entries.pop(tag, None)
        elif tag not in entries or entries[tag].data != value:
            entries[tag] = _bytes_entry(tag, value)
    if photograph.turned != 1:
        entries[ORIENTATION] = directory.entry(ORIENTATION, SHORT, photograph.tagged)
    renewed = {tag for tag in (ICC, XMP, IPTC, ORIENTATION) if entries.get(tag) != directory.entries.get(tag)}
    again = tuple(entry for entry in directory.again if entry.tag not in renewed)
    return Directory(directory.order, entries, directory.children, again=again)


def _directory_of(photograph: Photograph) -> Directory:
    """Tags for a picture that was no TIFF; its pixels are stored as shown."""
    exif = parse_block(photograph.exif) if photograph.exif else None
    described = (exif or Directory("<")).without(STRUCTURAL | {ORIENTATION, 282, 283, 296})
    entries = described.entries
    if photograph.resolution is not None:
        resolution = photograph.resolution.turned(photograph.orientation)
        unit = {"none": 1, "inch": 2, "centimetre": 3}[resolution.unit]
        entries[282] = described.entry(282, RATIONAL, *resolution.x.as_integer_ratio())
        entries[283] = described.entry(283, RATIONAL, *resolution.y.as_integer_ratio())
        entries[296] = described.entry(296, SHORT, unit)
    if photograph.turned != 1:
        entries[ORIENTATION] = described.entry(ORIENTATION, SHORT, photograph.turned)
    carried = photograph.carried
    values = {
        XMP: oriented_xmp(photograph.xmp, photograph.turned),
        IPTC: photograph.iptc,
        PHOTOSHOP: carried.photoshop if isinstance(carried, JpegSegments) else None,
        ICC: photograph.icc,
    }
    entries.update({tag: _bytes_entry(tag, value) for tag, value in values.items() if value is not None})
    return described


def _bytes_entry(tag: int, value: bytes) -> Entry:
    # XMP is BYTE (XMP part 3, § 1.1.9), the others may be UNDEFINED.
    return Entry(tag, 1 if tag == XMP else UNDEFINED, len(value), value)
