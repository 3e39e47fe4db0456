"""The directories of TIFF 6.0, BigTIFF and Exif: tags and their values, kept as the bytes they are.

Nothing is interpreted, so nothing is lost in translation; the one thing that cannot be copied as it is are
the places of other directories in the file, which become `children`.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import BinaryIO

EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD, SUB_IFDS = 34665, 34853, 40965, 330
ORIENTATION = 274
_CHILDREN = (EXIF_IFD, GPS_IFD, INTEROPERABILITY_IFD)
_POINTER_TYPES = (13, 18)  # IFD and IFD8

SHORT, LONG, RATIONAL, UNDEFINED, LONG8 = 3, 4, 5, 7, 16
SIZES = {
    1: 1,
    2: 1,
    3: 2,
    4: 4,
    5: 8,
    6: 1,
    7: 1,
    8: 2,
    9: 4,
    10: 8,
    11: 4,
    12: 8,
    13: 4,
    16: 8,
    17: 8,
    18: 8,
}
_LETTERS = {1: "B", 3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}

_MOST_ENTRIES = 4096
_DEEPEST = 4  # main > Exif > interoperability is three


CLASSIC_END = 2**32 - 1  # BigTIFF goes on


class DirectoryError(ValueError):
    """The bytes are no directory."""


class TooLargeError(Exception):
    """The offsets of a classic TIFF do not reach so far: it has to be a BigTIFF."""


@dataclass(frozen=True)
class Entry:
    """One tag: its type and count as stored, its value as bytes in the directory's byte order."""

    tag: int
    type: int
    count: int
    data: bytes

    def numbers(self, order: str) -> tuple[int, ...]:
        """The value of a tag of whole numbers; empty for other types."""
        letter = _LETTERS.get(self.type)
        return () if letter is None else struct.unpack(f"{order}{self.count}{letter}", self.data)


@dataclass(frozen=True)
class Directory:
    """Tags by number; `children` are the Exif, GPS and interoperability directories by pointer tag.

    A number may stand there more than once, against TIFF 6.0 (§ 2): readers take the first, some programs keep further
    ones (a second ImageDescription) in `again`.
    """

    order: str  # "<" or ">"
    entries: dict[int, Entry] = field(default_factory=dict)
    children: dict[int, Directory] = field(default_factory=dict)
    pointers: dict[int, tuple[int, ...]] = field(default_factory=dict)  # places of directories that were not read
    again: tuple[Entry, ...] = ()
    unread: tuple[int, ...] = ()  # tags of an unknown type, or whose value or directory is not in the file

    def number(self, tag: int, default: int) -> int:
        entry = self.entries.get(tag)
        numbers = entry.numbers(self.order) if entry else ()
        return numbers[0] if numbers else default

    def rational(self, tag: int) -> tuple[int, int] | None:
        entry = self.entries.get(tag)
        if entry is None or entry.type != RATIONAL or entry.count < 1:
            return None
        numerator, denominator = struct.unpack_from(f"{self.order}2I", entry.data)
        return numerator, denominator

    @property
    def lost(self) -> tuple[int, ...]:
        """`unread` of this directory and its children."""
        return (*self.unread, *(tag for child in self.children.values() for tag in child.lost))

    def without(self, tags: frozenset[int]) -> Directory:
        return replace(
            self,
            entries={tag: entry for tag, entry in self.entries.items() if tag not in tags},
            children={tag: child for tag, child in self.children.items() if tag not in tags},
            again=tuple(entry for entry in self.again if entry.tag not in tags),
        )

    def entry(self, tag: int, type_: int, *values: int) -> Entry:
        """A new entry of whole numbers in this directory's byte order."""
        letters = "2I" if type_ == RATIONAL else f"{len(values)}{_LETTERS[type_]}"
        count = len(values) // 2 if type_ == RATIONAL else len(values)
        return Entry(tag, type_, count, struct.pack(self.order + letters, *values))


def read_preamble(file: BinaryIO) -> tuple[str, bool, int]:
    """Byte order, whether it is BigTIFF, and where the first directory stands.

    Raises DirectoryError if the file is no TIFF structure.
    """
    file.seek(0)
    head = file.read(16)
    order = {b"II": "<", b"MM": ">"}.get(head[:2])
    if order is None or len(head) < 8:
        raise DirectoryError("no TIFF structure")
    version = struct.unpack_from(f"{order}H", head, 2)[0]
    if version == 42:
        return order, False, struct.unpack_from(f"{order}I", head, 4)[0]
    if version == 43 and len(head) == 16:
        return order, True, struct.unpack_from(f"{order}Q", head, 8)[0]
    raise DirectoryError("no TIFF structure")


def read_directory(
    file: BinaryIO,
    offset: int,
    order: str,
    *,
    big: bool = False,
    skip: frozenset[int] = frozenset(),
    depth: int = 1,
) -> tuple[Directory, int]:
    """The directory at `offset` without the tags in `skip`, and where the next one stands (0: there is none).

    Tags of an unknown type, and values or children outside the file, are left out: camera makers write both.

    Raises DirectoryError if there is no directory at that place.
    """
    size = file.seek(0, 2)
    table = _read_table(file, offset, order, big, size)
    width, inline = (20, 8) if big else (12, 4)
    entries: dict[int, Entry] = {}
    children: dict[int, Directory] = {}
    pointers: dict[int, tuple[int, ...]] = {}
    again: list[Entry] = []
    unread: list[int] = []
    for start in range(0, len(table) - inline, width):
        tag, type_, count = struct.unpack_from(f"{order}HHQ" if big else f"{order}HHI", table, start)
        length = SIZES.get(type_, 0) * count
        if tag in skip:
            continue
        if not length or length > size:
            unread += [tag] if count else []
            continue
        data = table[start + width - inline : start + width][:length]
        if length > inline:
            file.seek(struct.unpack(f"{order}Q" if big else f"{order}I", data)[0])
            data = file.read(length)
        if len(data) < length:
            unread.append(tag)
            continue
        entry = Entry(tag, type_, count, data)
        if tag in _CHILDREN and type_ in (LONG, LONG8, *_POINTER_TYPES):
            child = _read_child(file, entry.numbers(order)[0], order, big, depth)
            if child is not None:
                children.setdefault(tag, child)
            else:
                unread.append(tag)
        elif tag == SUB_IFDS or type_ in _POINTER_TYPES:
            pointers[tag] = entry.numbers(order)
        elif tag in entries:
            again.append(entry)
        else:
            entries[tag] = entry
    following = struct.unpack(f"{order}Q" if big else f"{order}I", table[-inline:])[0]
    return Directory(order, entries, children, pointers, tuple(again), tuple(unread)), following


def _read_table(file: BinaryIO, offset: int, order: str, big: bool, size: int) -> bytes:
    """The entries of a directory and the offset of the next one, as bytes."""
    if not 8 <= offset < size:
        raise DirectoryError("a directory lies outside the file")
    file.seek(offset)
    head = file.read(8 if big else 2)
    if len(head) < (8 if big else 2):
        raise DirectoryError("a directory is cut short")
    count = struct.unpack(f"{order}Q" if big else f"{order}H", head)[0]
    if not 1 <= count <= _MOST_ENTRIES:
        raise DirectoryError("a directory has no entries, or too many")
    length = count * (20 if big else 12)
    inline = 8 if big else 4
    table = file.read(length + inline)
    if len(table) < length:
        raise DirectoryError("a directory is cut short")
    return table.ljust(length + inline, b"\0")  # the last directory of some camera files lacks the final offset


def _read_child(file: BinaryIO, offset: int, order: str, big: bool, depth: int) -> Directory | None:
    if depth >= _DEEPEST:
        return None
    try:
        return read_directory(file, offset, order, big=big, depth=depth + 1)[0]
    except DirectoryError:
        return None


def write_preamble(file: BinaryIO, order: str, *, big: bool) -> None:
    """The first bytes of a TIFF file; `point_to` fills in the directory later."""
    mark = b"II" if order == "<" else b"MM"
    file.write(mark + (struct.pack(f"{order}HHHQ", 43, 8, 0, 0) if big else struct.pack(f"{order}HI", 42, 0)))


def point_to(file: BinaryIO, offset: int, order: str, *, big: bool, link: int | None = None) -> None:
    """Make the directory at `offset` the first one of the file, or the one that `link` (see `link_of`) leads to."""
    file.seek((8 if big else 4) if link is None else link)
    file.write(struct.pack(f"{order}Q" if big else f"{order}I", offset))


def write_directory(file: BinaryIO, directory: Directory, *, big: bool = False) -> int:
    """Append a directory, its children and its values; returns where it stands.  No other one follows it yet.

    Raises TooLargeError.
    """
    order, inline = directory.order, 8 if big else 4
    letter = "Q" if big else "I"
    entries = dict(directory.entries)
    for tag, child in directory.children.items():
        place = write_directory(file, child, big=big)
        entries[tag] = Entry(tag, 18 if big else LONG, 1, struct.pack(order + letter, place))
    table = bytearray(struct.pack(f"{order}Q" if big else f"{order}H", len(entries) + len(directory.again)))
    for entry in sorted((*entries.values(), *directory.again), key=lambda entry: entry.tag):
        value = entry.data.ljust(inline, b"\0")
        if len(entry.data) > inline:
            value = struct.pack(order + letter, append(file, entry.data, big=big))
        table += struct.pack(f"{order}HH{letter}", entry.tag, entry.type, entry.count) + value
    return append(file, bytes(table) + bytes(inline), big=big)


def link_of(directory: Directory, place: int, *, big: bool) -> int:
    """Where the place of the next directory is to be written, after a directory that was written to `place`."""
    count = len(directory.entries.keys() | directory.children.keys()) + len(directory.again)
    return place + (8 + 20 * count if big else 2 + 12 * count)


def append(file: BinaryIO, data: bytes, *, big: bool, even: bool = True) -> int:
    """Write at the end, on an even place (TIFF 6.0, § 2); returns that place.

    Raises TooLargeError where the offsets of a classic TIFF end.
    """
    place = file.seek(0, 2)
    if even and place % 2:
        file.write(b"\0")
        place += 1
    if not big and place + len(data) > CLASSIC_END:
        raise TooLargeError
    file.write(data)
    return place


def parse_block(block: bytes) -> Directory | None:
    """The first directory of an Exif block, None if it is none."""
    file = BytesIO(block)
    try:
        order, big, offset = read_preamble(file)
        return read_directory(file, offset, order, big=big)[0]
    except DirectoryError:
        return None


def build_block(directory: Directory) -> bytes:
    """An Exif block with this as its first directory."""
    file = BytesIO()
    write_preamble(file, directory.order, big=False)
    point_to(file, write_directory(file, directory), directory.order, big=False)
    return file.getvalue()
