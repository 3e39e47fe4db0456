"""A JPEG saved again: its own scans with the changed blocks in them, its own segments around."""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING, BinaryIO

import cv2
import imagecodecs
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files.jpeg_segments import (
    EXIF,
    ICC,
    IPTC_RESOURCE,
    PHOTOSHOP,
    XMP,
    JpegSegments,
    SegmentError,
    resources,
)
from restorer.imaging.files.orientation import oriented_xmp
from restorer.imaging.files.stored import PixelSource, Stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from restorer.imaging.files.jpeg_coefficients import Segment, Structure
    from restorer.imaging.files.jpeg_merge import Reach
    from restorer.imaging.files.photograph import Photograph, Pixels

_APP0, _APP1, _APP2, _APP13 = 0xE0, 0xE1, 0xE2, 0xED
_LONGEST = 65533  # bytes in a segment
_THUMBNAIL_RESOURCES = (0x0409, 0x040C)
_COARSE = "The finest details of this JPEG were never stored, so it cannot be saved as JPEG: choose PNG or TIFF."


def reach(photograph: Photograph) -> Reach:
    """Which pixels saving as JPEG may change; raises RestorerError as `write`."""
    from restorer.imaging.files.jpeg_merge import Reach

    return Reach(_structure(photograph), photograph.orientation)


def _structure(photograph: Photograph) -> Structure:
    from restorer.imaging.files.jpeg_coefficients import structure_of
    from restorer.imaging.files.jpeg_merge import check_sampling

    segments = photograph.carried
    assert isinstance(segments, JpegSegments)
    if segments.coarse:
        raise RestorerError(_COARSE)
    try:
        structure = structure_of(segments.data)
    except SegmentError as error:
        raise _cannot(photograph, error) from error
    check_sampling(structure)
    return structure


def _cannot(photograph: Photograph, error: SegmentError) -> RestorerError:
    return RestorerError(f"“{photograph.path.name}” cannot be saved as JPEG ({error}): choose PNG or TIFF.")


def write(photograph: Photograph, pixels: PixelSource, file: BinaryIO) -> None:
    """Append the JPEG that `photograph` was read from, with these pixels (as shown) where they differ.

    Raises RestorerError if the file's kind of JPEG cannot be taken apart.
    """
    from restorer.imaging.files.jpeg_merge import merge
    from restorer.imaging.files.jpeg_rewriting import Rewriting  # numba: half a second

    segments = photograph.carried
    assert isinstance(segments, JpegSegments)
    structure = _structure(photograph)
    before = Stored(photograph.pixels, photograph.orientation)
    after = Stored(pixels, photograph.orientation)
    try:
        new = Rewriting(segments.data, structure, lambda band: merge(band, before, after, segments.colour))
    except SegmentError as error:
        raise _cannot(photograph, error) from error
    replaced = {
        segment.start: b"".join(_segment(marker, body) for marker, body in bodies)
        for segment, bodies in _up_to_date(photograph, segments, structure, after if new.changed else None)
    }
    for piece in new.pieces(replaced):
        file.write(piece)


def _segment(marker: int, body: bytes) -> bytes:
    if len(body) > _LONGEST:
        raise RestorerError("The new description is too long for a JPEG: choose TIFF, or write less into it.")
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


_Bodies = list[tuple[int, bytes]]


def _up_to_date(
    photograph: Photograph, segments: JpegSegments, structure: Structure, changed: Stored | None
) -> Iterator[tuple[Segment, _Bodies]]:
    """The segments that do not stay as they are, with what stands in their places.

    `changed` are the pixels as stored, if any has changed: previews are renewed then.
    """
    if photograph.turned != 1:
        photograph = replace(photograph, xmp=oriented_xmp(photograph.xmp, photograph.tagged))
    fresh, turned = _fresh(photograph, segments), photograph.turned != 1
    for segment in structure.segments:
        if not _is_description(segment.marker) and not (fresh and segment.marker == 0xDB):
            continue
        body = segments.data[segment.start + 4 : segment.end]
        if segment.marker == _APP0 or (segment.marker == _APP1 and body.startswith(EXIF)):
            new = _with_new_preview(segment.marker, body, changed)
            if segment.marker == _APP1 and turned:
                new = [(marker, _oriented(told, photograph.tagged)) for marker, told in new]
        else:  # new segments go behind JFIF and Exif, which readers want first
            new = [*fresh, *_described(photograph, segments, segment.marker, body, changed)]
            fresh = []
        if new != [(segment.marker, body)]:
            yield segment, new


def _is_description(marker: int) -> bool:
    return 0xE0 <= marker <= 0xEF or marker == 0xFE


def _fresh(photograph: Photograph, segments: JpegSegments) -> _Bodies:
    """What was put into the photograph since it was read."""
    new: _Bodies = []
    if photograph.turned != 1 and segments.exif is None:
        new.append((_APP1, _oriented(EXIF, photograph.tagged)))
    if photograph.xmp != segments.xmp and photograph.xmp is not None:
        new.append((_APP1, XMP + photograph.xmp))
    if photograph.icc != segments.icc and photograph.icc is not None:
        parts = [photograph.icc[start : start + 65000] for start in range(0, len(photograph.icc), 65000)]
        new += [(_APP2, ICC + bytes([number, len(parts)]) + part) for number, part in enumerate(parts, 1)]
    if photograph.iptc != segments.iptc and photograph.iptc is not None:
        blocks = _photoshop(segments.photoshop or b"", photograph.iptc, thumbnail=True)
        new += [(_APP13, PHOTOSHOP + blocks[start : start + 65000]) for start in range(0, len(blocks), 65000)]
    return new


def _oriented(body: bytes, orientation: int) -> bytes:
    """A segment of Exif that tells this orientation."""
    return EXIF + (exif_block.oriented(body[len(EXIF) :] or None, orientation) or b"")


def _described(
    photograph: Photograph, segments: JpegSegments, marker: int, body: bytes, changed: Stored | None
) -> _Bodies:
    """A segment as it is to be now: none where `_fresh` has the new one, or where it cannot be true any more."""
    if marker == _APP1 and body.startswith(XMP) and photograph.xmp != segments.xmp:
        return []
    if marker == _APP2 and body.startswith(ICC) and photograph.icc != segments.icc:
        return []
    if marker == _APP2 and body.startswith(b"MPF\0"):
        return []
    if marker == _APP13 and body.startswith(PHOTOSHOP):
        if photograph.iptc != segments.iptc:
            return []
        if changed is not None and body[len(PHOTOSHOP) :] == segments.photoshop:  # one segment holds it all
            return [(marker, PHOTOSHOP + _photoshop(segments.photoshop, photograph.iptc, thumbnail=False))]
    return [(marker, body)]


def _photoshop(blocks: bytes, iptc: bytes | None, *, thumbnail: bool) -> bytes:
    """Photoshop's resources with this IPTC block, with or without the previews among them."""
    kept, end = b"", 0
    held = False
    for number, start, end, data in resources(blocks):
        if number == IPTC_RESOURCE and data != iptc:
            continue
        held = held or number == IPTC_RESOURCE
        if thumbnail or number not in _THUMBNAIL_RESOURCES:
            kept += blocks[start:end]
    if iptc is not None and not held:
        kept += b"8BIM" + struct.pack(">HHI", IPTC_RESOURCE, 0, len(iptc)) + iptc + bytes(len(iptc) % 2)
    return kept + blocks[end:]


def _with_new_preview(marker: int, body: bytes, changed: Stored | None) -> _Bodies:
    if changed is None:
        return [(marker, body)]
    if marker == _APP0:
        if body.startswith(b"JFXX\0"):
            return []
        if body.startswith(b"JFIF\0") and len(body) > 14:
            return [(marker, body[:12] + b"\0\0")]
        return [(marker, body)]
    block = body[len(EXIF) :]
    return [(marker, EXIF + exif_block.with_thumbnail(block, _preview(exif_block.thumbnail_of(block), changed)))]


def _preview(old: bytes | None, pixels: Stored) -> bytes | None:
    """The picture in the old preview's size, in at most as many bytes; None if that cannot be."""
    if old is None:
        return None
    try:
        height, width = imagecodecs.jpeg8_decode(old).shape[:2]
    except Exception:  # whatever a codec raises: a broken preview goes
        return None
    if abs(pixels.shape[1] * height - pixels.shape[0] * width) > max(pixels.shape[:2]):
        return None  # not the picture's proportions: bars, or another picture
    small = _reduced(pixels, height, width)
    if small.shape[2] > 3:
        return None  # a preview in inks would be shown in wrong colours
    for quality in range(92, 20, -8):
        new = imagecodecs.jpeg8_encode(small[..., 0] if small.shape[2] == 1 else small, level=quality)
        if len(new) <= len(old):
            return bytes(new)
    return None


def _reduced(pixels: Stored, height: int, width: int) -> Pixels:
    """About every fourth pixel of the small size, averaged."""
    step = max(1, min(pixels.shape[0] // (4 * height), pixels.shape[1] // (4 * width)))
    rows = [
        pixels.read(slice(top, top + 1), slice(0, pixels.shape[1]))[:, ::step]
        for top in range(0, pixels.shape[0], step)
    ]
    small = cv2.resize(np.concatenate(rows), (width, height), interpolation=cv2.INTER_AREA)
    return small if small.ndim == 3 else small[..., np.newaxis]
