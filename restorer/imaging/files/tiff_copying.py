"""Pages of a TIFF that go into the new file as they are: compressed pixels, tags and directories."""

from __future__ import annotations

import struct
from typing import BinaryIO

import tifffile

from restorer.imaging.files.location import directory_without_location
from restorer.imaging.files.tiff_directory import (
    LONG,
    LONG8,
    SUB_IFDS,
    Directory,
    DirectoryError,
    Entry,
    append,
    read_directory,
    write_directory,
)
from restorer.imaging.files.tiff_page import Tiff

# Places in the file, and the tag that tells how many bytes are there.
_DATA = {273: 279, 324: 325, 513: 514}
_POINTING = frozenset({*_DATA, *_DATA.values(), SUB_IFDS})
_OLD_JPEG_TABLES = frozenset({519, 520, 521})  # places without lengths
_FREE = frozenset({288, 289})  # holes in the file, which the new one has not
_DEEPEST = 4
_PIECE = 2**22


def copyable(tiff: Tiff, page: tifffile.TiffPage) -> bool:
    """Whether all of a page can be found in the file."""
    try:
        _check(tiff, page.offset, 0, set())
    except (DirectoryError, struct.error):
        return False
    return True


def _read(tiff: Tiff, offset: int) -> Directory:
    directory, _ = read_directory(tiff.file, offset, tiff.order, big=tiff.big, skip=_FREE)
    if _OLD_JPEG_TABLES & directory.entries.keys():
        raise DirectoryError("its JPEG tables cannot be copied")
    return directory


def _check(tiff: Tiff, offset: int, depth: int, seen: set[int]) -> None:
    if depth > _DEEPEST or offset in seen:
        raise DirectoryError("its directories are tangled")
    seen.add(offset)
    size = tiff.file.seek(0, 2)
    directory = _read(tiff, offset)
    data: dict[int, int] = {}
    for place, count in _places(directory):
        if count and (place < 8 or place + count > size):
            raise DirectoryError("its pixels lie outside the file")
        data[place] = max(count, data.get(place, 0))
    if sum(data.values()) > size:
        raise DirectoryError("its strips lie over each other")
    for place in directory.pointers.get(SUB_IFDS, ()):
        _check(tiff, place, depth + 1, seen)


def _places(directory: Directory) -> list[tuple[int, int]]:
    """Place and byte count of all the data that the tags of a directory point to."""
    found: list[tuple[int, int]] = []
    for tag, count_tag in _DATA.items():
        if tag in directory.entries:
            places = directory.entries[tag].numbers(directory.order)
            counts = directory.entries[count_tag].numbers(directory.order) if count_tag in directory.entries else ()
            if len(places) != len(counts):
                raise DirectoryError("its strips have no lengths")
            found += zip(places, counts, strict=True)
    return found


def copied(tiff: Tiff, offset: int, target: BinaryIO, *, big: bool, located: bool = True) -> Directory:
    """Append the data of a page; returns its directory, as it has to be written.

    Unless `located`, it loses the place where it was taken, and so do the directories below it.

    Raises DirectoryError and OSError.
    """
    directory = _read(tiff, offset)
    if not located:
        directory = directory_without_location(directory)
    moved: dict[tuple[int, int], int] = {}
    for place, count in _places(directory):
        if count and (place, count) not in moved:
            moved[place, count] = _copy(tiff.file, place, count, target, big=big)
    kind = LONG8 if big else LONG
    entries = dict(directory.entries)
    for tag, count_tag in _DATA.items():
        if tag in entries:
            places, counts = (entries[t].numbers(directory.order) for t in (tag, count_tag))
            new = [moved.get(at, at[0]) for at in zip(places, counts, strict=True)]
            entries[tag] = directory.entry(tag, kind, *new)
    again = tuple(entry for entry in directory.again if entry.tag not in entries.keys() & _POINTING)
    children = [
        write_directory(target, copied(tiff, place, target, big=big, located=located), big=big)
        for place in directory.pointers.get(SUB_IFDS, ())
    ]
    if children:
        entries[SUB_IFDS] = Entry(
            SUB_IFDS,
            kind,
            len(children),
            struct.pack(f"{directory.order}{len(children)}{'Q' if big else 'I'}", *children),
        )
    return Directory(directory.order, entries, directory.children, again=again)


def _copy(source: BinaryIO, place: int, count: int, target: BinaryIO, *, big: bool) -> int:
    start = append(target, b"", big=big)
    while count:
        source.seek(place)
        piece = source.read(min(count, _PIECE))
        if not piece:
            raise DirectoryError("the file is cut short")
        append(target, piece, big=big, even=False)
        place, count = place + len(piece), count - len(piece)
    return start
