"""The journal on the disk: frames that are only ever added at the end.

A frame is its kind (1 byte), the length of what follows its checksum (8 bytes, little-endian), the CRC-32 of kind,
length and content (4 bytes), and the content: zlib of the length of a JSON text (8 bytes), the text, and blobs.  A
reader stops at the first frame that is cut off or does not fit its checksum: that was being written at the end.
"""

from __future__ import annotations

import json
import os
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


def heads(file: BinaryIO) -> Iterator[bytes]:
    """The kinds of the whole frames in a file, without reading what is in them."""
    size = file.seek(0, os.SEEK_END)
    at = len(MAGIC)
    while at + _HEAD.size <= size:
        file.seek(at)
        kind, length, _ = _HEAD.unpack(file.read(_HEAD.size))
        at += _HEAD.size + length
        if kind not in _KINDS or at > size:
            return
        yield kind


def frames(file: BinaryIO) -> Iterator[Frame]:
    """The frames of a file, up to the first that is not whole."""
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
        yield _unpacked(kind, body, at)


def _unpacked(kind: bytes, body: bytes, end: int) -> Frame:
    content = zlib.decompress(body)
    (length,) = struct.unpack_from("<Q", content)
    told = json.loads(content[8 : 8 + length])
    blobs, at = [], 8 + length
    for size in told.pop("blobs"):
        blobs.append(content[at : at + size])
        at += size
    return Frame(kind, told, tuple(blobs), end)


def _checksum(kind: bytes, body: bytes) -> int:
    return zlib.crc32(body, zlib.crc32(kind + struct.pack("<Q", len(body))))
