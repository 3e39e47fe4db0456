"""The journal on the disk: frames that are only ever added at the end.

A frame is its kind (1 byte), the length of what follows its checksum (8 bytes, little-endian), the CRC-32 of kind,
length and content (4 bytes), and the content: zlib of the length of a JSON text (8 bytes), the text, and blobs.  A
reader stops at the first frame that is cut off or does not fit its checksum: that was being written at the end, unless
more comes `behind` it; then the file is damaged.
"""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

MAGIC = b"restorer journal 1\n"

BEGIN, STATE, DO, UNDO, REDO, SAVED, HASH = b"b", b"s", b"d", b"u", b"r", b"w", b"h"
ACTIONS = frozenset({DO, UNDO, REDO})
_KINDS = frozenset({BEGIN, STATE, SAVED, HASH}) | ACTIONS

_HEAD = struct.Struct("<cQI")


@dataclass(frozen=True)
class Frame:
    """One record, read back and checked."""

    kind: bytes
    json: dict[str, Any]
    blobs: tuple[bytes, ...]
    end: int
    """Where the next one begins in the file."""


def packed(kind: bytes, content: dict[str, Any], blobs: Sequence[bytes] = ()) -> bytes:
    """A frame, ready to be added to a file."""
    told = json.dumps({**content, "blobs": [len(blob) for blob in blobs]}, ensure_ascii=False)
    text = told.encode("utf-8", "backslashreplace")  # a file name need not be UTF-8 (PEP 383): its escapes are JSON's
    squeeze = zlib.compressobj(1)
    parts = [squeeze.compress(part) for part in (struct.pack("<Q", len(text)), text, *blobs)]
    body = b"".join([*parts, squeeze.flush()])
    return _HEAD.pack(kind, len(body), _checksum(kind, body)) + body


def add(file: BinaryIO, frame: bytes) -> None:
    """Write a frame at the end, down to the disk.

    Raises:
        OSError: it is not there; what was before is.
    """
    descriptor = file.fileno()  # past Python's buffer, which would try again by itself
    end = os.lseek(descriptor, 0, os.SEEK_END)
    left = memoryview(frame)
    try:
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    except OSError:
        os.ftruncate(descriptor, end)
        raise


@dataclass(frozen=True)
class Survey:
    """What a journal holds, found without repeating it."""

    begin: dict[str, Any] | None
    """Of its first frame; None if that cannot be read."""
    actions: int
    """Finished actions since the work was begun or saved, up to the first frame that cannot be read."""
    lost: int
    """Actions from there on; where frames cannot be told apart, they count as one."""
    damaged: bool
    """Is there more behind that place than a frame that was being written at the end?"""


def survey(file: BinaryIO) -> Survey:
    """Look through a journal of this version, and check each frame's checksum."""
    begin, actions, end = None, 0, len(MAGIC)
    for kind, body, end_ in _whole(file):
        if begin is None:
            if kind != BEGIN:
                break
            begin = _text(body)
        elif kind == STATE:
            actions = _text(body).get("unsaved", actions)
        elif kind == SAVED:
            actions = 0
        actions += kind in ACTIONS
        end = end_
    lost, damaged = behind(file, end)
    return Survey(begin, actions, lost, damaged)


def version_of(file: BinaryIO) -> bytes | None:
    """The first line if it is that of a journal, of this version or another one; None if it is something else.

    That of a journal which was cut off in its first line counts as this version's.
    """
    file.seek(0)
    start = file.read(len(MAGIC) + 8)
    if len(start) < len(MAGIC) and MAGIC.startswith(start):
        return MAGIC
    line = _FIRST_LINE.match(start)
    return None if line is None else line[0]


def behind(file: BinaryIO, at: int) -> tuple[int, bool]:
    """What comes after the last frame that could be used: so many actions; and is it more than a cut-off frame?

    Frames behind a damaged one are found again by what a head looks like, and by their checksums.
    """
    file.seek(at)
    tail = file.read()
    at, lost, damaged = 0, 0, False
    while at < len(tail):
        found = next((one for head in _LIKE_A_HEAD.finditer(tail, at) if (one := _frame_at(tail, head.start()))), None)
        whole = _length_at(tail, at) is not None
        if found is None:
            return lost + (whole and _may_be_action(tail, at)), damaged or whole
        start, at_ = found
        lost += (start > at and _may_be_action(tail, at)) + (tail[start : start + 1] in ACTIONS)
        at, damaged = at_, True
    return lost, damaged


_FIRST_LINE = re.compile(rb"restorer journal [0-9]{1,6}\n")

_LIKE_A_HEAD = re.compile(rb"(?=[" + b"".join(sorted(_KINDS)) + rb"].{5}\0{3})", re.DOTALL)
"""A kind, and a length below a terabyte."""


def _may_be_action(tail: bytes, at: int) -> bool:
    return tail[at : at + 1] not in _KINDS - ACTIONS


def _length_at(tail: bytes, at: int) -> int | None:
    """Of the content of a frame that is there in its full length, be it right or not."""
    if at + _HEAD.size > len(tail):
        return None
    kind, length, _ = _HEAD.unpack_from(tail, at)
    return length if kind in _KINDS and at + _HEAD.size + length <= len(tail) else None


def _frame_at(tail: bytes, at: int) -> tuple[int, int] | None:
    """Where a frame that fits its checksum begins and ends."""
    length = _length_at(tail, at)
    if length is None:
        return None
    kind, _, checksum = _HEAD.unpack_from(tail, at)
    end = at + _HEAD.size + length
    return (at, end) if _checksum(kind, tail[at + _HEAD.size : end]) == checksum else None


def frames(file: BinaryIO) -> Iterator[Frame]:
    """The frames of a file, up to the first that is not whole.

    Raises:
        ValueError: a frame fits its checksum, but nobody can have written it.
    """
    for kind, body, end in _whole(file):
        yield _unpacked(kind, body, end)


def _whole(file: BinaryIO) -> Iterator[tuple[bytes, bytes, int]]:
    """Kind, packed content and end of each frame, up to the first that is not whole."""
    file.seek(0)
    if file.read(len(MAGIC)) != MAGIC:
        return
    size = os.fstat(file.fileno()).st_size
    at = len(MAGIC)
    while at + _HEAD.size <= size:
        file.seek(at)
        kind, length, checksum = _HEAD.unpack(file.read(_HEAD.size))
        if kind not in _KINDS or at + _HEAD.size + length > size:
            return
        body = file.read(length)
        if _checksum(kind, body) != checksum:
            return
        at += _HEAD.size + length
        yield kind, body, at


def _text(body: bytes) -> dict[str, Any]:
    """The JSON of a frame without its blobs."""
    try:
        squeezed = zlib.decompressobj()
        head = squeezed.decompress(body, 8)
        told = json.loads(squeezed.decompress(squeezed.unconsumed_tail, *struct.unpack("<Q", head)))
    except (zlib.error, struct.error, OverflowError) as error:
        raise ValueError("no frame") from error
    if not isinstance(told, dict):
        raise ValueError("no frame")
    return told


def _unpacked(kind: bytes, body: bytes, end: int) -> Frame:
    try:
        content = zlib.decompress(body)
        (length,) = struct.unpack_from("<Q", content)
    except (zlib.error, struct.error) as error:
        raise ValueError("no frame") from error
    told = json.loads(content[8 : 8 + length])
    blobs, at = [], 8 + length
    for size in told.pop("blobs"):
        blobs.append(content[at : at + size])
        at += size
    return Frame(kind, told, tuple(blobs), end)


def _checksum(kind: bytes, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(kind + struct.pack("<Q", len(body))))
