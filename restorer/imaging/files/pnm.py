"""Netpbm's formats (PBM, PGM, PPM, PAM; plain and raw) of up to 16 bits: read only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError
from restorer.imaging.files.photograph import Header, Photograph, Pixels, sealed

MARKS = tuple(b"P%d" % number for number in range(1, 8))

_TOKEN = re.compile(rb"(?:\s|#[^\n]*\n)*([^\s#]+)")
_LONGEST_HEAD = 1 << 16
_PAM_CHANNELS = {"BLACKANDWHITE": 1, "GRAYSCALE": 1, "RGB": 3, "BLACKANDWHITE_ALPHA": 2, "GRAYSCALE_ALPHA": 2,
                 "RGB_ALPHA": 4}  # fmt: skip


class PnmError(ValueError):
    """The file is damaged."""


@dataclass(frozen=True)
class _Head:
    number: int
    width: int
    height: int
    channels: int
    highest: int
    start: int  # of the pixels

    @property
    def dtype(self) -> np.dtype[np.uint8] | np.dtype[np.uint16]:
        return np.dtype(np.uint16) if self.highest > 255 else np.dtype(np.uint8)


def _head(data: bytes) -> _Head:
    number = data[1] - ord("0")
    if number == 7:
        return _pam(data)
    values, position = [], 2
    for _ in range(2 if number in (1, 4) else 3):
        match = _TOKEN.match(data, position, _LONGEST_HEAD)
        if match is None or not match.group(1).isdigit() or len(match.group(1)) > 9:
            raise PnmError("its header is damaged")
        values.append(int(match.group(1)))
        position = match.end()
    width, height, highest = (*values, 1)[:3]
    return _checked(_Head(number, width, height, 3 if number in (3, 6) else 1, highest, position + 1))


def _pam(data: bytes) -> _Head:
    end = data.find(b"ENDHDR\n", 0, _LONGEST_HEAD)
    if end < 0:
        raise PnmError("its header is damaged")
    fields = {}
    for line in data[2:end].decode("latin-1").splitlines():
        name, _, value = line.strip().partition(" ")
        fields[name] = value.strip()
    try:
        width, height, channels, highest = (int(fields[name]) for name in ("WIDTH", "HEIGHT", "DEPTH", "MAXVAL"))
    except (KeyError, ValueError) as error:
        raise PnmError("its header is damaged") from error
    if channels != _PAM_CHANNELS.get(fields.get("TUPLTYPE", ""), channels) or not 1 <= channels <= 4:
        raise RestorerError("A PAM file with unusual channels cannot be opened: save it as grey or RGB PNG or TIFF.")
    return _checked(_Head(7, width, height, channels, highest, end + 7))


def _checked(head: _Head) -> _Head:
    if not (0 < head.width < 1 << 24 and 0 < head.height < 1 << 24 and 0 < head.highest < 65536):
        raise PnmError("its header is damaged")
    return head


def probe(path: Path) -> Header:
    """Raises RestorerError, PnmError and OSError."""
    with path.open("rb") as file:
        return _header(path, _head(file.read(_LONGEST_HEAD)))


def _header(path: Path, head: _Head) -> Header:
    return Header(path, "PNM", head.width, head.height, head.channels, np.dtype(head.dtype), peak=12)


def read(path: Path) -> Photograph:
    """Raises RestorerError, PnmError and OSError."""
    data = path.read_bytes()
    head = _head(data)
    stored = _values(data, head)
    if stored.size and int(stored.max()) > head.highest:
        raise PnmError("a value is higher than its header allows")
    full = int(np.iinfo(head.dtype).max)
    remarks = []
    if head.highest != full:
        stored = ((stored.astype(np.uint32) * full + head.highest // 2) // head.highest).astype(head.dtype)
        bits = 8 * head.dtype.itemsize
        remarks.append(f"Values from 0 to {head.highest} are opened as {bits} bit, and saved as that.")
    return Photograph(
        path=path,
        format="PNM",
        pixels=sealed(stored),
        orientation=1,
        icc=None,
        exif=None,
        xmp=None,
        iptc=None,
        resolution=None,
        carried=None,
        remarks=tuple(remarks),
    )


def _values(data: bytes, head: _Head) -> Pixels:
    """H×W or H×W×C; 0 to `head.highest`, white is high."""
    shape = (head.height, head.width, head.channels)
    count = head.height * head.width * head.channels
    flat: NDArray[np.unsignedinteger]
    if head.number == 4:
        row = (head.width + 7) // 8
        packed = _bytes(data, head.start, row * head.height).reshape(head.height, row)
        flat = 1 - np.unpackbits(packed, axis=1, count=head.width).ravel()
    elif head.number == 1:
        text = np.frombuffer(re.sub(rb"#[^\n]*", b"", data[head.start - 1 :]), np.uint8)
        flat = 1 - (text[(text == ord("0")) | (text == ord("1"))][:count] - ord("0"))
    elif head.number in (2, 3):
        words = re.sub(rb"#[^\n]*", b"", data[head.start - 1 :]).split(maxsplit=count)[:count]
        if any(not word.isdigit() or len(word) > 5 for word in words):
            raise PnmError("its values are damaged")
        flat = np.array(words, dtype=f"S{5}").astype(np.uint32)
        if flat.size and int(flat.max()) > head.highest:
            raise PnmError("a value is higher than its header allows")
        flat = flat.astype(head.dtype)
    else:
        raw = _bytes(data, head.start, count * head.dtype.itemsize)
        flat = raw.view(">u2").astype(np.uint16) if head.dtype.itemsize == 2 else raw
    if flat.size < count:
        raise PnmError("part of the picture is missing")
    stored = flat.reshape(shape)
    return stored[..., 0] if head.channels == 1 else stored


def _bytes(data: bytes, start: int, count: int) -> NDArray[np.uint8]:
    if start + count > len(data):
        raise PnmError("part of the picture is missing")
    return np.frombuffer(data, np.uint8, count, start)
