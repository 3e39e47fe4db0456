"""TIFF and BigTIFF: read through tifffile's tags and our strict segments, written tag by tag.

What describes the photograph is never interpreted: its tags go back with the bytes, types and byte order they
had, the Exif, GPS and interoperability directories included (TIFF 6.0; Exif 3.0; Adobe's technical notes).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import tifffile
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files import tiff_segments as segments
from restorer.imaging.files.jpeg_segments import JpegSegments
from restorer.imaging.files.orientation import as_shown, as_stored, shown_size, upright_xmp, valid
from restorer.imaging.files.photograph import Header, Photograph, Pixels, sealed
from restorer.imaging.files.tiff_directory import (
    LONG,
    LONG8,
    ORIENTATION,
    RATIONAL,
    SHORT,
    UNDEFINED,
    Directory,
    Entry,
    parse_block,
    point_to,
    read_directory,
    write_directory,
    write_preamble,
)
from restorer.imaging.files.tiff_layout import TiffLayout

# tifffile reports oddities through logging; without a handler they would land on the user's terminal.
logging.getLogger("tifffile").addHandler(logging.NullHandler())

XMP, IPTC, PHOTOSHOP, ICC = 700, 33723, 34377, 34675
_LAYERS = 37724  # ImageSourceData: Photoshop would show its layers, with the damage, instead of the pixels

# The tags that say how the pixels are stored; they are written anew.
_STRUCTURAL = frozenset(
    {
        256,
        257,
        258,
        259,
        262,
        266,
        273,
        277,
        278,
        279,
        284,
        288,
        289,
        317,
        320,
        322,
        323,
        324,
        325,
        338,
        339,
        347,
    }
    | set(range(512, 522))  # JPEG of TIFF 6.0
    | {529, 530, 531, 532}  # YCbCr
)

_JPEG = 7
_THROUGH_TIFFFILE = {_JPEG: "JPEG", 33003: "JPEG 2000", 33005: "JPEG 2000", 34712: "JPEG 2000", 34887: "LERC",
                     50001: "WebP", 50002: "JPEG XL", 34933: "PNG"}  # fmt: skip
_MIN_IS_WHITE, _MIN_IS_BLACK, _RGB, _YCBCR = 0, 1, 2, 6
_REFUSED = {
    3: "holds a colour palette. Convert it to RGB in the program that made it",
    4: "is a transparency mask. Convert it to 8-bit grey",
    5: "holds CMYK inks. Convert it to RGB in the program that made it",
    8: "holds Lab colours. Convert it to RGB in the program that made it",
    9: "holds Lab colours. Convert it to RGB in the program that made it",
    32803: "holds raw data of a camera. Develop it and export a 16-bit TIFF",
    34892: "holds raw data of a camera. Develop it and export a 16-bit TIFF",
}


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, tifffile.TiffFile, tifffile.TiffPage, int]]:
    """The file, tifffile's view of it, its first page and their number; reduced copies are no pages."""
    with path.open("rb") as file, tifffile.TiffFile(file) as tiff:
        every = [page.aspage() for page in tiff.pages]
        pages = [page for page in every if not page.subfiletype & 1] or every
        yield file, tiff, pages[0], len(pages)


def probe(path: Path) -> Header:
    """Raises RestorerError for kinds that are not supported; tifffile's errors and OSError."""
    with _opened(path) as (_, _, page, pages):
        return _header(path, page, pages)


def _header(path: Path, page: tifffile.TiffPage, pages: int) -> Header:
    sizes = page.imagewidth, page.imagelength, page.samplesperpixel, page.bitspersample
    if any(not isinstance(size, int) or size < 1 for size in sizes):  # damaged tags come as anything
        raise ValueError("its header is damaged")
    _refuse_unsupported(path, page)
    tag = page.tags.get(ORIENTATION)
    orientation = valid(tag.value) if tag is not None and isinstance(tag.value, int) else 1
    width, height = shown_size(page.imagewidth, page.imagelength, orientation)
    dtype = np.dtype(np.uint8 if page.bitspersample == 8 else np.uint16)
    return Header(path, "TIFF", width, height, page.samplesperpixel, dtype, orientation, pages)


def _refuse_unsupported(path: Path, page: tifffile.TiffPage) -> None:
    """Raises RestorerError for all but 8 or 16-bit whole numbers, grey or RGB, with one more at most."""
    reason = None
    colours = {_MIN_IS_WHITE: 1, _MIN_IS_BLACK: 1, _RGB: 3, _YCBCR: 3}.get(page.photometric)
    known = page.compression in segments.LOSSLESS or page.compression in _THROUGH_TIFFFILE
    if 50706 in page.tags:
        reason = "is a camera's raw file (DNG). Develop it and export a 16-bit TIFF"
    elif page.photometric in _REFUSED:
        reason = _REFUSED[page.photometric]
    elif page.bitspersample == 1:
        reason = "has only black and white (1 bit). Convert it to 8-bit grey"
    elif page.sampleformat == 3:
        reason = "holds floating-point values. Save it as 16-bit TIFF in the program that made it"
    elif page.sampleformat != 1 or page.bitspersample not in (8, 16):
        reason = f"has unsupported {page.bitspersample}-bit values. Save it as 8 or 16-bit TIFF"
    elif not known or (page.photometric == _YCBCR and page.compression != _JPEG):
        reason = "is compressed in a way that is not supported. Save it with LZW or Deflate (ZIP) compression"
    elif colours is None or page.samplesperpixel not in (colours, colours + 1) or page.imagedepth != 1:
        reason = "has an unusual number of channels. Save it as grey or RGB"
    elif page.predictor not in (1, 2):
        reason = "uses a predictor that is not supported. Save it with LZW or Deflate (ZIP) compression"
    if reason is not None:
        raise RestorerError(f"“{path.name}” {reason}, and open that.")


def read(path: Path) -> Photograph:
    """Raises RestorerError for kinds that are not supported, SegmentError, tifffile's errors and OSError."""
    with _opened(path) as (file, tiff, page, pages):
        header = _header(path, page, pages)
        directory, _ = read_directory(
            file, page.offset, tiff.byteorder, big=tiff.is_bigtiff, skip=_STRUCTURAL | {_LAYERS}
        )
        stored = _decode(page, file, header)
        layout = _layout(tiff, page, directory, pages)
    if layout.inverted:
        np.subtract(np.iinfo(stored.dtype).max, stored[..., 0], out=stored[..., 0])
    if stored.shape[2] == 1:
        stored = stored[..., 0]
    remarks = [f"Page 1 of {pages} is opened."] if pages > 1 else []
    return Photograph(
        path=path,
        format="TIFF",
        pixels=sealed(as_shown(stored, header.orientation)),
        orientation=header.orientation,
        icc=_value(directory, ICC),
        exif=exif_block.block_of_tiff(directory),
        xmp=_value(directory, XMP),
        iptc=_value(directory, IPTC),
        resolution=exif_block.resolution_of(directory),
        carried=layout,
        pages=pages,
        remarks=tuple(remarks),
    )


def _value(directory: Directory, tag: int) -> bytes | None:
    return directory.entries[tag].data if tag in directory.entries else None


def _decode(page: tifffile.TiffPage, file: BinaryIO, header: Header) -> NDArray[Any]:
    """The stored pixels, H×W×channels."""
    height, width = page.imagelength, page.imagewidth
    shape = height, width, page.samplesperpixel
    separate = page.planarconfig == 2 and page.samplesperpixel > 1
    places = list(zip(page.dataoffsets, page.databytecounts, strict=False))
    if page.is_tiled:
        grid = segments.Grid(*shape, page.tilelength, page.tilewidth, tiled=True, separate=separate)
    else:
        grid = segments.Grid(*shape, min(page.rowsperstrip or height, height), width, separate=separate)
    if page.compression in _THROUGH_TIFFFILE:
        segments.check_complete(file, places, grid)
        picture = page.asarray().astype(header.dtype, casting="no", copy=False)
        return picture.reshape(shape) if not separate else np.moveaxis(picture, 0, -1).reshape(shape)
    order = ">" if page.parent.byteorder == ">" else "<"
    encoding = segments.Encoding(page.compression, page.predictor, order, page.fillorder == 2)
    return segments.decode(file, places, grid, encoding, header.dtype)


def _layout(tiff: tifffile.TiffFile, page: tifffile.TiffPage, directory: Directory, pages: int) -> TiffLayout:
    dropped = []
    through = _THROUGH_TIFFFILE.get(page.compression)
    if through is not None:
        dropped.append(f"The {through} compression is replaced by Deflate, which loses nothing more.")
    if page.planarconfig == 2 and page.samplesperpixel > 1:
        dropped.append("The colour planes, stored one after another, are stored together.")
    if pages > 1:
        dropped.append(f"Only page 1 of {pages} is saved.")
    if directory.pointers or len(tiff.pages) > pages:
        dropped.append("Reduced copies and previews are left out: they would still show the damage.")
    if _LAYERS in page.tags:
        dropped.append("Photoshop's layers are left out: they would hide the restored picture.")
    return TiffLayout(
        directory,
        big=tiff.is_bigtiff,
        compression=segments.DEFLATE if through else int(page.compression),
        predictor=2 if through else int(page.predictor),
        inverted=page.photometric == _MIN_IS_WHITE,
        rows=None if page.is_tiled or through else page.rowsperstrip,
        tile=(page.tilelength, page.tilewidth) if page.is_tiled and not through else None,
        extra=int(page.extrasamples[0]) if page.extrasamples else 0,
        dropped=tuple(dropped),
    )


def write(photograph: Photograph, pixels: Pixels, file: BinaryIO) -> None:
    """Fill an empty file with a TIFF of these pixels (as shown) and what of `photograph` it can hold."""
    if isinstance(photograph.carried, TiffLayout):
        layout = photograph.carried
        pixels = as_stored(pixels, photograph.orientation)
        described = _up_to_date(layout.directory, photograph)
    else:
        described = _directory_of(photograph)
        layout = TiffLayout(described)
    order = described.order
    if pixels.ndim == 2:
        pixels = pixels[..., np.newaxis]
    big = layout.big or pixels.nbytes * 1.02 + 2**24 > 2**32  # offsets of classic TIFF end at 4 GiB
    grid = segments.grid_to_write(pixels.shape, pixels.itemsize, layout.rows, layout.tile)
    encoding = segments.Encoding(layout.compression, layout.predictor, order)
    write_preamble(file, order, big=big)
    places = []
    for data in segments.encode(_inverted(pixels) if layout.inverted else pixels, grid, encoding):
        if file.tell() % 2:
            file.write(b"\0")
        places.append((file.tell(), len(data)))
        file.write(data)
    structure = _structure(described, layout, grid, pixels, places, LONG8 if big else LONG)
    entries = described.entries | {entry.tag: entry for entry in structure}
    complete = Directory(order, entries, described.children)
    point_to(file, write_directory(file, complete, big=big), order, big=big)


def _inverted(pixels: NDArray[Any]) -> NDArray[Any]:
    inverted = pixels.copy()
    np.subtract(np.iinfo(pixels.dtype).max, pixels[..., 0], out=inverted[..., 0])
    return inverted


def _structure(
    directory: Directory,
    layout: TiffLayout,
    grid: segments.Grid,
    pixels: NDArray[Any],
    places: list[tuple[int, int]],
    long: int,
) -> list[Entry]:
    """The tags that say how the pixels are stored."""
    entry = directory.entry
    height, width, samples = pixels.shape
    grey = samples <= 2
    offsets, counts = (324, 325) if grid.tiled else (273, 279)
    entries = [
        entry(256, LONG, width),
        entry(257, LONG, height),
        entry(258, SHORT, *[8 * pixels.itemsize] * samples),
        entry(259, SHORT, layout.compression),
        entry(262, SHORT, (_MIN_IS_WHITE if layout.inverted else _MIN_IS_BLACK) if grey else _RGB),
        entry(offsets, long, *(offset for offset, _ in places)),
        entry(277, SHORT, samples),
        entry(counts, long, *(count for _, count in places)),
        entry(284, SHORT, 1),
    ]
    if grid.tiled:
        entries += [entry(322, LONG, grid.tile_width), entry(323, LONG, grid.tile_height)]
    else:
        entries.append(entry(278, LONG, grid.tile_height))
    if layout.predictor == 2:
        entries.append(entry(317, SHORT, 2))
    if samples in (2, 4):
        entries.append(entry(338, SHORT, layout.extra))
    return entries


def _up_to_date(directory: Directory, photograph: Photograph) -> Directory:
    """The tags as they were, types and all; only a value that someone changed since is replaced."""
    entries = dict(directory.entries)
    for tag, value in ((ICC, photograph.icc), (XMP, photograph.xmp), (IPTC, photograph.iptc)):
        if value is None:
            entries.pop(tag, None)
        elif tag not in entries or entries[tag].data != value:
            entries[tag] = _bytes_entry(tag, value)
    return Directory(directory.order, entries, directory.children)


def _directory_of(photograph: Photograph) -> Directory:
    """Tags for a picture that was no TIFF; its pixels are stored as shown."""
    exif = parse_block(photograph.exif) if photograph.exif else None
    described = (exif or Directory("<")).without(_STRUCTURAL | {ORIENTATION, 282, 283, 296})
    entries = described.entries
    if photograph.resolution is not None:
        resolution = photograph.resolution.turned(photograph.orientation)
        unit = {"none": 1, "inch": 2, "centimetre": 3}[resolution.unit]
        entries[282] = described.entry(282, RATIONAL, *resolution.x.as_integer_ratio())
        entries[283] = described.entry(283, RATIONAL, *resolution.y.as_integer_ratio())
        entries[296] = described.entry(296, SHORT, unit)
    carried = photograph.carried
    values = {
        XMP: upright_xmp(photograph.xmp),
        IPTC: photograph.iptc,
        PHOTOSHOP: carried.photoshop if isinstance(carried, JpegSegments) else None,
        ICC: photograph.icc,
    }
    entries.update({tag: _bytes_entry(tag, value) for tag, value in values.items() if value is not None})
    return described


def _bytes_entry(tag: int, value: bytes) -> Entry:
    # XMP is BYTE (XMP part 3, § 1.1.9), the others may be UNDEFINED.
    return Entry(tag, 1 if tag == XMP else UNDEFINED, len(value), value)
