"""Telling cameras' raw files from pictures: many begin as a TIFF whose first page is only a preview."""

from __future__ import annotations

import struct
from pathlib import Path

_SUFFIXES = frozenset(
    {".3fr", ".ari", ".arw", ".bay", ".cap", ".cr2", ".cr3", ".crw", ".dcr", ".dng", ".erf", ".fff", ".gpr", ".iiq",
     ".k25", ".kdc", ".mdc", ".mef", ".mos", ".mrw", ".nef", ".nrw", ".orf", ".pef", ".ptx", ".raf", ".raw", ".rw2",
     ".rwl", ".sr2", ".srf", ".srw", ".x3f"}
)  # fmt: skip
_MARKS = (b"FUJIFILMCCD-RAW", b"IIU\0", b"IIRO", b"IIRS", b"MMOR", b"FOVb", b"\0MRM", b"IIII", b"ARRI")
_CIFF = b"HEAPCCDR"
_DNG_VERSION, _NEW_SUBFILE, _PHOTOMETRIC, _COMPRESSION, _SUB_IFDS = 50706, 254, 262, 259, 330
_SENSOR = (32803, 34892, 52527)  # photometric interpretations: colour filter array, linear raw, depth map
_RAW_COMPRESSIONS = (34713, 32767, 32769, 32770, 65535)  # Nikon, Sony, Epson, Samsung, Pentax
_MOST_ENTRIES = 4096


def is_raw(path: Path, head: bytes) -> bool:
    """Whether a file, whose first bytes are `head`, holds a sensor's values; raises OSError."""
    if (
        head.startswith(_MARKS)
        or head[6:14] == _CIFF
        or (head[:4] == b"II*\0" and head[8:10] == b"CR")
        or head[4:12] == b"ftypcrx "
    ):
        return True
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return False
    if path.suffix.lower() in _SUFFIXES:
        return True
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(head[:4])
    return order is not None and _is_sensor_tiff(path, order, struct.unpack_from(f"{order}I", head, 4)[0])


def _is_sensor_tiff(path: Path, order: str, first: int) -> bool:
    """Whether the first directory or those below it say so."""
    with path.open("rb") as file:

        def directory(place: int) -> dict[int, tuple[int, int, bytes]]:
            file.seek(place)
            count = int.from_bytes(file.read(2), "little" if order == "<" else "big")
            data = file.read(12 * min(count, _MOST_ENTRIES))
            entries = {}
            for at in range(0, len(data) - 11, 12):
                tag, kind, number = struct.unpack_from(f"{order}HHI", data, at)
                entries[tag] = (kind, number, data[at + 8 : at + 12])
            return entries

        def number(entries: dict[int, tuple[int, int, bytes]], tag: int) -> int | None:
            kind, count, value = entries.get(tag, (0, 0, b""))
            if count != 1 or kind not in (3, 4, 13):
                return None
            return int(struct.unpack_from(f"{order}H" if kind == 3 else f"{order}I", value)[0])

        def sensor(entries: dict[int, tuple[int, int, bytes]]) -> bool:
            return (
                _DNG_VERSION in entries
                or number(entries, _PHOTOMETRIC) in _SENSOR
                or number(entries, _COMPRESSION) in _RAW_COMPRESSIONS
            )

        top = directory(first)
        if sensor(top):
            return True
        kind, count, value = top.get(_SUB_IFDS, (0, 0, b""))
        if kind not in (4, 13) or not 0 < count <= 16:
            return False
        places = value
        if count > 1:
            file.seek(struct.unpack(f"{order}I", value)[0])
            places = file.read(4 * count)
        return any(
            sensor(directory(place)) for (place,) in struct.iter_unpack(f"{order}I", places[: len(places) // 4 * 4])
        )
