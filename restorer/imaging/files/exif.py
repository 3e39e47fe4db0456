"""Exif blocks: a small TIFF structure inside JPEG, PNG and WebP files (Exif 3.0, § 4.5)."""

from __future__ import annotations

import struct
from fractions import Fraction

from restorer.imaging.files.orientation import valid
from restorer.imaging.files.resolution import Resolution
from restorer.imaging.files.tiff_directory import (
    EXIF_IFD,
    LONG,
    ORIENTATION,
    SHORT,
    Directory,
    build_block,
    parse_block,
)

# What describes a photograph rather than the way it is stored: the tags of the first directory that Exif 3.0,
# table 4, allows and that say something outside TIFF.
_DESCRIPTIVE = frozenset(
    {270, 271, 272, 282, 283, 296, 301, 305, 306, 315, 316, 318, 319, 33432, 34665, 34853}
    | set(range(40091, 40096))  # Windows' title, comment, author, keywords, subject
)

NOTE_MOVES = (
    "The camera maker's own notes stay byte for byte, but move in the file: programs may not find all that they point "
    "to."
)
_MAKER_NOTE = 37500
_SELF_CONTAINED = (b"FUJIFILM", b"OLYMPUS\0", b"OM SYSTE")


def orientation_of(block: bytes | None) -> int:
    """The orientation in an Exif block, 1 if there is none."""
    place = _orientation_place(block) if block else None
    if block is None or place is None:
        return 1
    return valid(struct.unpack_from(place[0], block, place[1])[0])


def upright(block: bytes | None) -> bytes | None:
    """The block for a picture whose pixels were turned."""
    return oriented(block, 1)


def oriented(block: bytes | None, orientation: int) -> bytes | None:
    """The block for a picture that is stored in this orientation; None if there is none, and nothing to tell.

    Nothing in it moves: a block put together anew would break the makers' notes, which hold offsets from the block's
    beginning.  A directory that knows no orientation is written once more at the end, with one.
    """
    place = _orientation_place(block) if block else None
    if block is not None and place is not None:
        patched = bytearray(block)
        struct.pack_into(place[0], patched, place[1], orientation)
        return bytes(patched)
    if orientation == 1:
        return block
    order = _order(block) if block is not None else None
    start = struct.unpack_from(f"{order}I", block, 4)[0] if block is not None and order and len(block) >= 10 else 0
    count = struct.unpack_from(f"{order}H", block, start)[0] if block and start and start + 2 <= len(block) else 0
    end = start + 2 + 12 * count
    if block is None or order is None or not count or end + 4 > len(block):  # none, or none that can be read
        return struct.pack("<2sHIHHHIHHI", b"II", 42, 8, 1, ORIENTATION, SHORT, 1, orientation, 0, 0)
    entries = [block[at : at + 12] for at in range(start + 2, end, 12)]
    entries.append(struct.pack(f"{order}HHIHH", ORIENTATION, SHORT, 1, orientation, 0))
    entries.sort(key=lambda entry: int(struct.unpack_from(f"{order}H", entry)[0]))
    moved = block + bytes(len(block) % 2)
    head = block[:4] + struct.pack(f"{order}I", len(moved))
    directory = struct.pack(f"{order}H", count + 1) + b"".join(entries) + block[end : end + 4]
    return head + moved[8:] + directory


def _orientation_place(block: bytes) -> tuple[str, int] | None:
    """Format and offset of the orientation's value in the block's first directory."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None or len(block) < 10:
        return None
    start = struct.unpack_from(f"{order}I", block, 4)[0]
    if start + 2 > len(block):
        return None
    count = struct.unpack_from(f"{order}H", block, start)[0]
    for place in range(start + 2, min(start + 2 + 12 * count, len(block) - 11), 12):
        tag, type_, number = struct.unpack_from(f"{order}HHI", block, place)
        if tag == ORIENTATION and number == 1 and type_ in (SHORT, LONG):
            return (f"{order}H" if type_ == SHORT else f"{order}I"), place + 8
    return None


def resolution_of(directory: Directory | None) -> Resolution | None:
    """The resolution in a TIFF or Exif directory."""
    if directory is None:
        return None
    across, down = directory.rational(282), directory.rational(283)
    if across is None or down is None or 0 in (*across, *down):
        return None
    unit = directory.number(296, 2)
    return Resolution(
        Fraction(*across), Fraction(*down), "none" if unit == 1 else "centimetre" if unit == 3 else "inch"
    )


def resolution_of_block(block: bytes | None) -> Resolution | None:
    """The resolution in an Exif block, None if it has none or is damaged."""
    return resolution_of(parse_block(block)) if block else None


def block_of_tiff(directory: Directory) -> bytes | None:
    """An Exif block with what a TIFF's directory tells about the photograph; None if it tells nothing."""
    kept = {
        tag: entry
        for tag, entry in directory.entries.items()
        if tag in _DESCRIPTIVE and entry.type <= 12  # no 64-bit types of BigTIFF
    }
    if not kept and not directory.children:
        return None
    again = tuple(entry for entry in directory.again if entry.tag in kept)
    return build_block(Directory(directory.order, kept, directory.children, again=again))


def note_with_places(directory: Directory) -> bool:
    """Does the maker's note (Exif 3.0, § 4.6.6.1.8) look like a directory that counts from elsewhere?

    Nothing says so; a table of entries at its beginning, or behind a short name, does.  Notes with a byte order of
    their own count from themselves, and may be moved.
    """
    exif = directory.children.get(EXIF_IFD)
    note = exif.entries.get(_MAKER_NOTE) if exif is not None else None
    if note is None or b"II*\0" in note.data[:32] or b"MM\0*" in note.data[:32] or note.data[:8] in _SELF_CONTAINED:
        return False
    for start in range(0, 15, 2):
        for order in "<>":
            head = note.data[start : start + 2 + 12 * 2]
            if len(head) < 14:
                continue
            count = struct.unpack_from(f"{order}H", head)[0]
            types = [struct.unpack_from(f"{order}H", head, at + 2)[0] for at in range(2, len(head) - 11, 12)]
            fits = 1 <= count <= 400 and 2 + 12 * count <= len(note.data) - start
            if fits and all(1 <= type_ <= 13 for type_ in types[:count]):
                return True
    return False


def is_descriptive(tag: int) -> bool:
    """Whether `block_of_tiff` carries a tag of the first directory."""
    return tag in _DESCRIPTIVE


def has_thumbnail(block: bytes | None) -> bool:
    """Whether a second directory, the preview's, follows the first."""
    return block is not None and _second_directory(block) is not None


def thumbnail_of(block: bytes | None) -> bytes | None:
    """The preview in the block, if it is stored as JPEG (tags 513 and 514)."""
    place = _thumbnail_place(block) if block is not None else None
    return block[place[0] : place[0] + place[1]] if block is not None and place is not None else None


def with_thumbnail(block: bytes, thumbnail: bytes | None) -> bytes:
    """The block with another preview of at most the old one's length, or without any: nothing else moves.

    What is left of the old one is overwritten with zeros: it shows the picture as it was.
    """
    link = _second_directory(block)
    if link is None:
        return block
    patched = bytearray(block)
    place = _thumbnail_place(block)
    if place is not None:
        start, length, length_at, order = place
        patched[start : start + length] = (thumbnail or b"").ljust(length, b"\0")[:length]
        if thumbnail is not None and len(thumbnail) <= length:
            struct.pack_into(f"{order}I", patched, length_at, len(thumbnail))
            return bytes(patched)
    struct.pack_into("<I", patched, link, 0)
    return bytes(patched)


def _order(block: bytes) -> str | None:
    return {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])


def _second_directory(block: bytes) -> int | None:
    """Where the first directory points to the second one, if it does."""
    order = _order(block)
    if order is None or len(block) < 10:
        return None
    start = struct.unpack_from(f"{order}I", block, 4)[0]
    if start + 2 > len(block):
        return None
    link = start + 2 + 12 * struct.unpack_from(f"{order}H", block, start)[0]
    return int(link) if link + 4 <= len(block) and any(block[link : link + 4]) else None


def _thumbnail_place(block: bytes) -> tuple[int, int, int, str] | None:
    """Offset and length of the preview's JPEG data, where the length is stored, and the byte order."""
    order, link = _order(block), _second_directory(block)
    if order is None or link is None:
        return None
    start = struct.unpack_from(f"{order}I", block, link)[0]
    if start + 2 > len(block):
        return None
    count = struct.unpack_from(f"{order}H", block, start)[0]
    places = {}
    for place in range(start + 2, min(start + 2 + 12 * count, len(block) - 11), 12):
        tag, type_, number = struct.unpack_from(f"{order}HHI", block, place)
        if tag in (513, 514) and number == 1 and type_ == LONG:
            places[tag] = place + 8
    if len(places) < 2:
        return None
    offset, length = (int(struct.unpack_from(f"{order}I", block, places[tag])[0]) for tag in (513, 514))
    if not length or offset + length > len(block) or offset < 8:
        return None
    return offset, length, places[514], order
