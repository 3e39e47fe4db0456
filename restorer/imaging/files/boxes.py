"""Boxes of ISO base media files (ISO/IEC 14496-12), which JPEG 2000, JPEG XL, AVIF and HEIC are made of."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

_MOST = 100_000  # boxes in one file


class BoxError(ValueError):
    """The boxes are damaged."""


@dataclass(frozen=True)
class Box:
    """A box's type and what is in it, as a place in the file."""

    type: bytes
    start: int
    end: int

    def content(self, data: bytes) -> bytes:
        return data[self.start : self.end]


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Box]:
    """The boxes between two places of a file; the last may reach to the file's end (§ 4.2).

    Raises BoxError for one that reaches beyond.
    """
    end = len(data) if end is None else end
    for _ in range(_MOST):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", data, start)
        head = 8
        if size == 1:
            if start + 16 > end:
                raise BoxError("the file is cut short")
            size, head = struct.unpack_from(">Q", data, start + 8)[0], 16
        elif size == 0:
            size = end - start
        if size < head or start + size > end:
            raise BoxError("the file is cut short")
        yield Box(kind, start + head, start + size)
        start += size


@dataclass(frozen=True)
class StillPicture:
    """What the meta box of an AVIF or HEIC file says about its primary picture (ISO/IEC 23008-12)."""

    width: int  # before it is turned
    height: int
    bits: int
    orientation: int  # as in Exif
    grey: bool
    transparent: bool
    icc: bytes | None
    standard: bool  # without a profile: whether its colours are those of sRGB, or it does not say
    exif: bytes | None
    xmp: bytes | None
    others: int  # further pictures or films that are not opened


def still_picture(data: bytes) -> StillPicture:
    """Raises BoxError, struct.error."""
    top = {box.type: box for box in boxes(data)}
    if b"meta" not in top:
        raise BoxError("it holds no picture")
    meta = {box.type: box for box in boxes(data, top[b"meta"].start + 4, top[b"meta"].end)}
    if not {b"pitm", b"iprp", b"iinf", b"iloc"} <= meta.keys():
        raise BoxError("it holds no picture")
    version = data[meta[b"pitm"].start]
    primary = struct.unpack_from(">I" if version else ">H", data, meta[b"pitm"].start + 4)[0]
    items = _items(data, meta[b"iinf"])
    places = _places(data, meta[b"iloc"], meta.get(b"idat"))
    properties, used = _properties(data, meta[b"iprp"])
    own = [properties[index - 1] for index in used.get(primary, ()) if 0 < index <= len(properties)]
    size = next((box for box in own if box.type == b"ispe"), None)
    if size is None:
        raise BoxError("its size is missing")
    width, height = struct.unpack_from(">II", data, size.start + 4)
    bits = max((_depth(data, box) for box in properties), default=8)
    exif = next((places[n] for n, kind in items.items() if kind[0] == b"Exif" and n in places), None)
    xmp = next(
        (places[n] for n, kind in items.items() if kind[0] == b"mime" and b"rdf+xml" in kind[1] and n in places), None
    )
    if exif is not None and len(exif) > 4:
        exif = exif[4 + struct.unpack_from(">I", exif)[0] :].removeprefix(b"Exif\0\0")
    others = sum(kind[0] in (b"av01", b"hvc1", b"grid") for kind in items.values())
    return StillPicture(
        width=width,
        height=height,
        bits=bits,
        orientation=_turned(data, own),
        grey=any(_is_grey(data, box) for box in own),
        transparent=any(box.type == b"auxC" and b"alpha" in box.content(data) for box in properties),
        icc=_profile(data, own),
        standard=not any(_is_wide(data, box) for box in own),
        exif=exif or None,
        xmp=xmp or None,
        others=others,
    )


def _items(data: bytes, box: Box) -> dict[int, tuple[bytes, bytes]]:
    """Type of each item to be seen, and what else its entry says."""
    version = data[box.start]
    head = 8 if version else 6
    found = {}
    for entry in boxes(data, box.start + head, box.end):
        if entry.type != b"infe" or data[entry.start] < 2:
            continue
        wide = data[entry.start] >= 3
        number = struct.unpack_from(">I" if wide else ">H", data, entry.start + 4)[0]
        at = entry.start + (10 if wide else 8)
        if not data[entry.start + 3] & 1:  # not hidden, as parts of another picture are
            found[number] = (data[at : at + 4], data[at + 4 : entry.end])
    return found


def _places(data: bytes, box: Box, idat: Box | None) -> dict[int, bytes]:
    """The bytes of each item that is no picture and not longer than 64 MB (§ 8.11.3)."""
    version = data[box.start]
    sizes = struct.unpack_from(">H", data, box.start + 4)[0]
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    at = box.start + 6

    def number(size: int) -> int:
        nonlocal at
        if at + size > box.end:
            raise BoxError("the places of its parts are damaged")
        at += size
        return int.from_bytes(data[at - size : at], "big")

    found: dict[int, bytes] = {}
    for _ in range(number(4 if version == 2 else 2)):
        item = number(4 if version == 2 else 2)
        method = number(2) & 15 if version else 0
        number(2)
        base = number(base_size)
        parts = []
        for _ in range(number(2)):
            if version and index_size:
                number(index_size)
            start, length = base + number(offset_size), number(length_size)
            if method == 1 and idat is not None:
                start += idat.start
            if length <= 1 << 26:
                parts.append(data[start : start + length])
        if method <= 1:
            found[item] = b"".join(parts)
    return found


def _properties(data: bytes, box: Box) -> tuple[list[Box], dict[int, list[int]]]:
    """All properties, and the numbers (from 1) of those that each item has (ISO/IEC 23008-12, § 9.3)."""
    properties: list[Box] = []
    used: dict[int, list[int]] = {}
    for part in boxes(data, box.start, box.end):
        if part.type == b"ipco":
            properties += boxes(data, part.start, part.end)
        elif part.type == b"ipma":
            version, wide = data[part.start], data[part.start + 3] & 1
            count = struct.unpack_from(">I", data, part.start + 4)[0]
            at = part.start + 8
            for _ in range(min(count, 65536)):
                item = struct.unpack_from(">I" if version else ">H", data, at)[0]
                at += 4 if version else 2
                number = data[at]
                at += 1
                for _ in range(number):
                    value = struct.unpack_from(">H" if wide else ">B", data, at)[0]
                    used.setdefault(item, []).append(value & (0x7FFF if wide else 0x7F))
                    at += 2 if wide else 1
    return properties, used


def _depth(data: bytes, box: Box) -> int:
    content = box.content(data)
    if box.type == b"av1C" and len(content) > 2:
        return 12 if content[2] & 0x20 else 10 if content[2] & 0x40 else 8
    if box.type == b"hvcC" and len(content) > 17:
        return 8 + (content[17] & 7)
    return 8


def _is_grey(data: bytes, box: Box) -> bool:
    return box.type == b"av1C" and bool(box.content(data)[2:3] and box.content(data)[2] & 0x10)


def _turned(data: bytes, own: list[Box]) -> int:
    """Rotation (anticlockwise) and then mirroring, as one orientation (§ 6.5.10 and 6.5.12)."""
    angle, axis = 0, None
    for box in own:
        if box.type == b"irot" and box.end > box.start:
            angle = data[box.start] & 3
        elif box.type == b"imir" and box.end > box.start:
            axis = data[box.start] & 1
    return {
        (0, None): 1, (1, None): 8, (2, None): 3, (3, None): 6,
        (0, 0): 4, (0, 1): 2, (1, 0): 5, (1, 1): 7, (2, 0): 2, (2, 1): 4, (3, 0): 7, (3, 1): 5,
    }[angle, axis]  # fmt: skip


def _is_wide(data: bytes, box: Box) -> bool:
    """Whether the primaries are not BT.709's, or light is coded for high dynamic range (ITU-T H.273)."""
    content = box.content(data)
    if box.type != b"colr" or content[:4] != b"nclx" or len(content) < 8:
        return False
    primaries, transfer = struct.unpack_from(">HH", content, 4)
    return primaries not in (1, 2) or transfer in (8, 16, 18)


def _profile(data: bytes, own: list[Box]) -> bytes | None:
    for box in own:
        content = box.content(data)
        if box.type == b"colr" and content[:4] in (b"prof", b"rICC") and len(content) > 128:
            return content[4:]
    return None
