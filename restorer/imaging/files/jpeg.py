"""Reading JPEG (ITU-T T.81): pixels through libjpeg-turbo, segments by hand; written by `jpeg_saving`."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

import imagecodecs
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.jpeg_segments import JpegSegments, SegmentError, parse
from restorer.imaging.files.orientation import as_shown, region_as_shown, shown_size
from restorer.imaging.files.photograph import Header, Photograph, Pixels, sealed
from restorer.imaging.files.tiff_directory import parse_block
from restorer.imaging.region import Region

_BASELINE, _EXTENDED, _PROGRESSIVE = 0xC0, 0xC1, 0xC2

_BAND = 256  # rows

_COARSE = "The finest details are missing in the file (progressive JPEG without its last scans)."

# Bits that decode to something visible under every usual Huffman table; no 0xFF, which would be a marker.
_FILLER = b"\x9a\x35\x6c\xd2" * 4


def probe(path: Path, *, inks: bool = False) -> Header:
    """`inks`: whether the caller knows what to do with CMYK pixels; they are refused otherwise.

    Raises RestorerError for kinds that are not supported, SegmentError and OSError.
    """
    return _header(path, parse(path.read_bytes()), inks=inks)


def _header(path: Path, segments: JpegSegments, *, inks: bool) -> Header:
    reason = None
    if segments.components == 4 and not inks:
        reason = "holds CMYK inks. Convert it to RGB in the program that made it"
    elif segments.components not in (1, 3, 4):
        reason = "has an unusual number of channels. Save it as grey or RGB"
    elif segments.precision != 8 or segments.frame not in (_BASELINE, _EXTENDED, _PROGRESSIVE):
        reason = "is an uncommon kind of JPEG (lossless, arithmetic or 12 bit). Save it as PNG or TIFF"
    if reason is not None:
        raise RestorerError(f"“{path.name}” {reason}, and open that.")
    if not segments.width or not segments.height:
        raise SegmentError("its header is damaged")
    orientation = exif_block.orientation_of(segments.exif)
    width, height = shown_size(segments.width, segments.height, orientation)
    channels = segments.components
    return Header(path, "JPEG", width, height, channels, np.dtype(np.uint8), orientation, inks=channels == 4)


def read(path: Path, *, inks: bool = False) -> Photograph:
    """`inks` as for `probe`.

    Raises RestorerError for unsupported kinds, SegmentError, imagecodecs' errors and OSError.
    """
    header, segments, stored = _stored(path, inks=inks)
    orientation = header.orientation
    return Photograph(
        path=path,
        format="JPEG",
        pixels=sealed(as_shown(stored, orientation)),
        orientation=orientation,
        icc=segments.icc,
        exif=segments.exif,
        xmp=segments.xmp,
        iptc=segments.iptc,
        resolution=segments.resolution
        or (exif_block.resolution_of(parse_block(segments.exif)) if segments.exif else None),
        carried=segments,
        remarks=(_COARSE,) if segments.coarse else (),
        inks=header.inks,
    )


def blocks(path: Path, *, inks: bool = False) -> Iterator[tuple[Region, Pixels]]:
    """The pixels part by part, as shown, each once: a turned picture is in memory once and not twice.

    Raises as `read`.
    """
    header, segments, stored = _stored(path, inks=inks)
    size = segments.width, segments.height
    for top in range(0, segments.height, _BAND):
        band = Region(0, top, segments.width, min(top + _BAND, segments.height))
        yield region_as_shown(band, header.orientation, size), as_shown(stored[band.slices], header.orientation)


def _stored(path: Path, *, inks: bool) -> tuple[Header, JpegSegments, Pixels]:
    data = path.read_bytes()
    segments = parse(data)
    header = _header(path, segments, inks=inks)
    stored = _decode(data, segments)
    if segments.colour.inverted:
        np.invert(stored, out=stored)
    if stored.shape[:2] != (segments.height, segments.width):
        raise SegmentError("its header is damaged")
    return header, segments, stored


def _decode(data: bytes, segments: JpegSegments) -> Pixels:
    """The stored pixels, H×W or H×W×3.

    libjpeg fills what is missing with grey and only whispers a warning, which no Python library passes on.
    So the picture is decoded twice, the second time with stray bits where each run of entropy-coded data
    ends: after a complete run they are skipped (T.81, § B.1.1.5), in place of missing data they show.

    Only a checksum of that one is kept, so that there are never two pictures in memory.

    Raises SegmentError if data are missing.
    """
    filled = bytearray()
    start = 0
    for gap in segments.gaps:
        filled += data[start:gap] + _FILLER
        if gap in segments.restarts:  # whole intervals may be missing; where none is, a marker more is skipped too
            filled += bytes([0xFF, 0xD0 + segments.restarts[gap]]) + _FILLER
        start = gap
    filled += data[start : segments.end] + b"\xff\xd9"
    expected = zlib.crc32(imagecodecs.jpeg8_decode(filled).data)
    del filled
    stored = imagecodecs.jpeg8_decode(data if segments.end == len(data) else data[: segments.end])
    if zlib.crc32(stored.data) != expected:
        raise SegmentError("part of the picture is missing")
    return stored
