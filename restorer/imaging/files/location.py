"""A photograph without the place where it was taken: Exif's GPS directory and the GPS properties of XMP.

What is taken out is overwritten where it stands, so that nothing around it moves: a block of Exif and a packet of XMP
keep their length, and the makers' notes, which hold places in the block, stay true.  (Exif 3.0, § 4.6.7; XMP part 2,
§ 2.7; XMP part 3, § 1.1.3.1 for packets in two parts.)  The coordinates of maps (GeoTIFF, GeoJP2) are no such place.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.parsers import expat

from restorer.imaging.files import jp2_boxes
from restorer.imaging.files.jp2_boxes import Jp2Boxes
from restorer.imaging.files.jpeg_segments import (
    EXIF,
    PHOTOSHOP,
    XMP,
    XMP_MORE,
    JpegSegments,
    described_segments,
    parse,
    resources,
)
from restorer.imaging.files.png_chunks import Chunk, PngChunks, inflated, keyword_of
from restorer.imaging.files.tiff_directory import (
    EXIF_IFD,
    GPS_IFD,
    INTEROPERABILITY_IFD,
    ORIENTATION,
    SHORT,
    SUB_IFDS,
    Directory,
)
from restorer.imaging.files.tiff_directory import SIZES as TYPE_SIZES
from restorer.imaging.files.tiff_layout import TiffLayout

if TYPE_CHECKING:
    from restorer.imaging.files.photograph import Photograph

UNREADABLE = "The picture's XMP data cannot be read and may hold the place, so they are left out."
CREDENTIALS = "The content credentials (C2PA) stay as they are, and may repeat the place."

_DEEPEST = 5
_MOST_ENTRIES = 4096
_XMP_TAG, _PHOTOSHOP_TAG = 700, 34377
_EXIF_RESOURCES, _XMP_RESOURCE = (0x0422, 0x0423), 0x0424
_NAME = rb"(?:[\w.-]+:)?gps[\w.-]*"
_ATTRIBUTE = re.compile(rb"(?i)\s" + _NAME + rb"\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_ELEMENT = re.compile(rb"(?is)<(" + _NAME + rb")(?:\s[^>]*?)?(?:/>|>.*?</\1\s*>)")
_RAW_PROFILE = re.compile(rb"Raw profile type (exif|app1|xmp)", re.IGNORECASE)


def without_location(photograph: Photograph) -> tuple[Photograph, tuple[str, ...]]:
    """The photograph as it is to be written, and sentences about what could not be done as it should be.

    Nothing else that it carries changes, and where nothing tells a place it comes back as it is.
    """
    carried, xmp, said = photograph.carried, photograph.xmp, []
    exif = None if photograph.exif is None else exif_without_location(photograph.exif)
    if isinstance(carried, JpegSegments):
        carried = _jpeg(carried)
        xmp = carried.xmp if photograph.xmp is not None else None
        if carried.has_credentials:
            said.append(CREDENTIALS)
    elif isinstance(carried, PngChunks):
        carried = replace(carried, chunks=tuple(filter(None, map(_chunk, carried.chunks))))
    elif isinstance(carried, TiffLayout):
        carried = replace(carried, directory=directory_without_location(carried.directory), located=False)
    elif isinstance(carried, Jp2Boxes) and carried.boxes is not None:
        carried = replace(carried, boxes=tuple((kind, _box(kind, content)) for kind, content in carried.boxes))
        if "the content credentials (C2PA)" in carried.names_of_rest:
            said.append(CREDENTIALS)
    if xmp is not None:
        xmp = xmp_without_location(xmp)
        if xmp is None:
            said.append(UNREADABLE)
    return replace(photograph, exif=exif, xmp=xmp, carried=carried), tuple(said)


# --- Exif ------------------------------------------------------------------------------------------------------------


def exif_without_location(block: bytes) -> bytes:
    """An Exif block of the same length without GPS directories; bytes that other tags use stay as they are."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 10:
        return block
    patched, kept = bytearray(block), bytearray(len(block))
    pointers: list[tuple[int, int, int]] = []  # where a directory stands, which of its entries, where it points
    place, met = struct.unpack_from(f"{order}I", block, 4)[0], set[int]()
    while place and place not in met:
        met.add(place)
        place = _walk(block, order, place, kept, pointers, met, 1)
    for _, _, gps in pointers:
        for start, end in _ranges_of(block, order, gps):
            for at in range(start, min(end, len(block))):
                if not kept[at]:
                    patched[at] = 0
    for start, number, _ in sorted(pointers, reverse=True):
        _remove_entry(patched, order, start, number)
    return bytes(patched)


def _count(block: bytes | bytearray, order: str, place: int) -> int:
    """How many entries a directory has; 0 if there is none."""
    if not 8 <= place <= len(block) - 2:
        return 0
    count = int(struct.unpack_from(f"{order}H", block, place)[0])
    return count if count <= _MOST_ENTRIES and place + 2 + 12 * count <= len(block) else 0


def _ranges_of(block: bytes, order: str, place: int) -> list[tuple[int, int]]:
    """Beginnings and ends of a directory and its values."""
    count = _count(block, order, place)
    ranges = [(place, place + 2 + 12 * count + 4)] if count else []
    for at in range(place + 2, place + 2 + 12 * count, 12):
        _, type_, number, value = struct.unpack_from(f"{order}HHII", block, at)
        if (length := TYPE_SIZES.get(type_, 0) * number) > 4:
            ranges.append((value, value + length))
    return ranges


def _walk(
    block: bytes,
    order: str,
    place: int,
    kept: bytearray,
    pointers: list[tuple[int, int, int]],
    met: set[int],
    depth: int,
) -> int:
    """Note down what a directory and those below it use, and the pointers to GPS; where the next directory stands."""
    count = _count(block, order, place)
    for start, end in _ranges_of(block, order, place):
        end = min(end, len(block))
        if start < end:
            kept[start:end] = b"\1" * (end - start)
    for number in range(count):
        tag, _, _, value = struct.unpack_from(f"{order}HHII", block, place + 2 + 12 * number)
        if tag == GPS_IFD:
            pointers.append((place, number, value))
        elif tag in (EXIF_IFD, INTEROPERABILITY_IFD, SUB_IFDS) and depth < _DEEPEST and value not in met:
            met.add(value)
            _walk(block, order, value, kept, pointers, met, depth + 1)
    link = place + 2 + 12 * count
    return int(struct.unpack_from(f"{order}I", block, link)[0]) if count and link + 4 <= len(block) else 0


def _remove_entry(block: bytearray, order: str, place: int, number: int) -> None:
    """Take one entry out of a directory; those behind it and the link move up."""
    count, at = _count(block, order, place), place + 2 + 12 * number
    if count == 1:  # a directory must not be empty: it says what is true without it
        struct.pack_into(f"{order}HHIHH", block, at, ORIENTATION, SHORT, 1, 1, 0)
        return
    end = min(place + 2 + 12 * count + 4, len(block))
    block[at:end] = block[at + 12 : end] + bytes(min(12, end - at))
    struct.pack_into(f"{order}H", block, place, count - 1)


def directory_without_location(directory: Directory) -> Directory:
    """A TIFF's tags without GPS, in its own directories, in XMP and in what Photoshop repeats of both."""
    left = directory.without(frozenset({GPS_IFD}))
    children = {tag: directory_without_location(child) for tag, child in left.children.items()}
    entries = dict(left.entries)
    for tag, change in ((_XMP_TAG, xmp_without_location), (_PHOTOSHOP_TAG, _photoshop)):
        if tag in entries:
            data = change(entries[tag].data)
            if data is None:
                del entries[tag]
            else:
                entries[tag] = replace(entries[tag], data=data)
    again = tuple(entry for entry in left.again if entry.tag not in (_XMP_TAG, _PHOTOSHOP_TAG))
    return replace(left, entries=entries, children=children, again=again)


# --- XMP -------------------------------------------------------------------------------------------------------------


def xmp_without_location(packet: bytes) -> bytes | None:
    """A packet of the same length with blanks in place of GPS properties, in whatever namespace.

    None if some may be left: the packet cannot be read.
    """
    if not _tells_place(packet):
        return packet
    blank: Callable[[re.Match[bytes]], bytes] = lambda found: b" " * len(found[0])  # noqa: E731
    patched = _ATTRIBUTE.sub(blank, _ELEMENT.sub(blank, packet))
    return None if _tells_place(patched) else patched


def _tells_place(packet: bytes) -> bool:
    """Whether an element or attribute has a name of GPS; also if the packet cannot be read and might have."""
    plain = packet.replace(b"\0", b"").lower()
    if b"gps" not in plain:
        return False
    if b"<!doctype" in plain:
        return True
    found: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        found.extend(each for each in (name, *attributes) if each.rpartition(":")[2].lower().startswith("gps"))

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(packet.strip(b"\0 \n\r\t") if packet[:1] in b"<\0 \n\r\t\xef" else packet, True)
    except (expat.ExpatError, ValueError):
        return True
    return bool(found)


# --- the formats -----------------------------------------------------------------------------------------------------


def _jpeg(segments: JpegSegments) -> JpegSegments:
    """The same file with other bytes in its descriptions; all stays where it was."""
    data = bytearray(segments.data)
    photoshop: list[tuple[int, int]] = []
    more: dict[bytes, list[tuple[int, int, int]]] = {}  # by the second part's name: order, beginning, end
    packets: list[tuple[int, int]] = []
    for marker, start, end in described_segments(segments.data):
        body = segments.data[start:end]
        if marker == 0xE1 and body.startswith(EXIF):
            data[start + len(EXIF) : end] = exif_without_location(body[len(EXIF) :])
        elif marker == 0xE1 and body.startswith(XMP):
            packets.append((start + len(XMP), end))
            packet = xmp_without_location(body[len(XMP) :])
            if packet is not None:  # else the writer leaves it out
                data[start + len(XMP) : end] = packet
        elif marker == 0xE1 and body.startswith(XMP_MORE) and len(body) >= len(XMP_MORE) + 40:
            name, _, offset = struct.unpack_from(">32sII", body, len(XMP_MORE))
            more.setdefault(name, []).append((offset, start + len(XMP_MORE) + 40, end))
        elif marker == 0xED and body.startswith(PHOTOSHOP):
            photoshop.append((start + len(PHOTOSHOP), end))
    _patch(data, photoshop, _photoshop)
    for name, parts in more.items():
        places = [(start, end) for _, start, end in sorted(parts)]
        if _patch(data, places, lambda whole: xmp_without_location(whole) or b" " * len(whole)):
            whole = b"".join(data[start:end] for start, end in places)
            new = hashlib.md5(whole, usedforsecurity=False).hexdigest().upper().encode()
            for start, _ in places:
                data[start - 40 : start - 8] = new
            for start, end in packets:
                data[start:end] = data[start:end].replace(name, new)
    return segments if data == segments.data else parse(bytes(data))


def _patch(data: bytearray, places: list[tuple[int, int]], change: Callable[[bytes], bytes]) -> bool:
    """Change what lies in several places as one, keeping its length; whether anything changed."""
    whole = b"".join(data[start:end] for start, end in places)
    new = change(whole)
    at = 0
    for start, end in places:
        data[start:end] = new[at : at + end - start]
        at += end - start
    return new != whole


def _photoshop(blocks: bytes) -> bytes:
    """Photoshop's image resources, which may repeat Exif and XMP."""
    patched = bytearray(blocks)
    for number, _, end, data in resources(blocks):
        start = end - (len(data) + 1) // 2 * 2 if (len(data) % 2 == 0 or end < len(blocks)) else end - len(data)
        if number in _EXIF_RESOURCES:
            patched[start : start + len(data)] = exif_without_location(data)
        elif number == _XMP_RESOURCE:
            patched[start : start + len(data)] = xmp_without_location(data) or b" " * len(data)
    return bytes(patched)


def _chunk(chunk: Chunk) -> Chunk | None:
    """A PNG's chunk without a place; None if it told nothing else.  XMP is written from the photograph."""
    if chunk.type == b"eXIf":
        return replace(chunk, data=exif_without_location(chunk.data))
    if chunk.type not in (b"tEXt", b"zTXt", b"iTXt"):
        return chunk
    if keyword_of(chunk).rpartition(":")[2].lower().startswith("gps"):
        return None
    if _RAW_PROFILE.match(chunk.data) is None:
        return chunk
    keyword, _, text = chunk.data.partition(b"\0")
    plain = inflated(text[1:]) if chunk.type == b"zTXt" else text if chunk.type == b"tEXt" else None
    profile = _raw_profile(plain)
    if plain is None or profile is None:
        return None  # nobody can tell what is in it
    head, values, line = profile
    prefix = EXIF if values.startswith(EXIF) else XMP if values.startswith(XMP) else b""
    bare = values[len(prefix) :]
    changed = exif_without_location(bare) if bare[:2] in (b"II", b"MM") else xmp_without_location(bare)
    if changed is None or changed == bare:
        return chunk if changed is not None else None
    digits = (prefix + changed).hex().encode()
    lines = b"\n".join(digits[at : at + line] for at in range(0, len(digits), line))
    new = head + lines + b"\n"
    return replace(chunk, data=keyword + b"\0" + (b"\0" + zlib.compress(new, 9) if chunk.type == b"zTXt" else new))


def _raw_profile(text: bytes | None) -> tuple[bytes, bytes, int] | None:
    """ImageMagick's way to keep a profile as text: name, length and hexadecimal digits in lines."""
    found = re.match(rb"(\s*\w+\s+\d+\s+)([0-9a-fA-F\s]+)$", text or b"")
    if found is None:
        return None
    try:
        return found[1], bytes.fromhex(found[2].decode("ascii")), len(found[2].split(b"\n")[0]) or 72
    except ValueError:
        return None


def _box(kind: bytes, content: bytes) -> bytes:
    if kind != b"uuid" or content[:16] != jp2_boxes.EXIF:
        return content
    start = 16 + (len(EXIF) if content[16:].startswith(EXIF) else 0)
    return content[:start] + exif_without_location(content[start:])
