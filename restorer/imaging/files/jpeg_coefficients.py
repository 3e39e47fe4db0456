"""A JPEG file as quantised DCT coefficients (ITU-T T.81); `jpeg_rewriting` puts changed ones back into its scans."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.files import jpeg_entropy
from restorer.imaging.files.jpeg_segments import ALONE, FRAMES, SegmentError, next_marker, scan_end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_DHT, _SOI, _EOI, _SOS, _DQT, _DRI = 0xC4, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD
_PROGRESSIVE = 0xC2

_BLOCKS = 1 << 16
"""That a band has at most, unless one row has more: 8 MiB of coefficients."""

Table = tuple[bytes, bytes]
"""A Huffman table: how many codes of 1..16 bits, and their values in order (§ B.2.4.2)."""


@dataclass(frozen=True)
class Component:
    """One colour of the frame (§ B.2.2)."""

    identifier: int
    h: int
    v: int
    quantiser: int


@dataclass(frozen=True)
class Scan:
    """One scan with what is in force at its beginning (§ B.2.3)."""

    header: int  # where its SOS marker is
    start: int  # where its entropy-coded data are
    end: int
    chosen: tuple[int, ...]  # indices of components
    slots: tuple[tuple[int, int], ...]  # of each one's tables: DC 0..3, AC 4..7
    spectrum: tuple[int, int, int]  # Ss, Se, Al
    kind: int
    tables: dict[int, Table]
    interval: int

    @property
    def needed(self) -> tuple[int, ...]:
        """The slots whose tables the scan uses."""
        if self.kind == jpeg_entropy.DC_REFINE:
            return ()
        with_dc = self.kind in (jpeg_entropy.SEQUENTIAL, jpeg_entropy.DC_FIRST)
        with_ac = self.kind != jpeg_entropy.DC_FIRST
        return tuple(sorted({slot for pair in self.slots for slot in pair[not with_dc : 1 + with_ac]}))


@dataclass(frozen=True)
class Segment:
    """A marker segment as it lies in the file, from its 0xFF to its end."""

    marker: int
    start: int
    end: int


@dataclass(frozen=True)
class Structure:
    """All that T.81 says about the file besides coefficients."""

    width: int
    height: int
    components: tuple[Component, ...]
    quantisers: dict[int, NDArray[np.uint16]]  # 64 steps in zigzag order
    scans: tuple[Scan, ...]
    segments: tuple[Segment, ...]
    end: int  # behind EOI

    @property
    def h(self) -> int:
        return max(component.h for component in self.components)

    @property
    def v(self) -> int:
        return max(component.v for component in self.components)

    @property
    def mcus(self) -> tuple[int, int]:
        """Across and down, of interleaved scans."""
        return ceil(self.width / (8 * self.h)), ceil(self.height / (8 * self.v))

    @property
    def own_blocks(self) -> tuple[tuple[int, int], ...]:
        """Blocks across and down of each component, without the padding to whole MCUs."""
        return tuple(
            (ceil(ceil(self.width * part.h / self.h) / 8), ceil(ceil(self.height * part.v / self.v) / 8))
            for part in self.components
        )

    @property
    def flowing(self) -> bool:
        """Does one sequential scan hold all, so that rows can be read and written one after the other?"""
        return len(self.scans) == 1 and self.scans[0].kind == jpeg_entropy.SEQUENTIAL


class Band:
    """Some MCU rows of a picture with the coefficients of all components; two bytes each, zeros to begin with.

    Attributes:
        first: the first of the rows.
        rows: how many.
    """

    def __init__(self, structure: Structure, first: int, rows: int) -> None:
        self.structure, self.first, self.rows = structure, first, rows
        places, start = [], 0
        across = structure.mcus[0]
        for part, own in zip(structure.components, structure.own_blocks, strict=True):
            places.append((start, across * part.h, part.h, part.v, own[0]))
            start += across * part.h * rows * part.v * 64
        self.places = np.array(places, np.int64)
        self.coefficients = np.zeros(start, np.int16)

    @property
    def last(self) -> bool:
        return self.first + self.rows == self.structure.mcus[1]

    def blocks(self, component: int) -> NDArray[np.int16]:
        """A view of one component's coefficients: rows × columns × 64 (zigzag)."""
        start, stride, _, v = self.places[component, :4].tolist()
        return self.coefficients[start : start + self.rows * v * stride * 64].reshape(self.rows * v, stride, 64)

    def scanned(self, scan: Scan) -> tuple[int, int]:
        """Across and down: what of a scan lies in this band, MCUs or the blocks of a component alone."""
        if len(scan.chosen) > 1:
            return self.structure.mcus[0], self.rows
        across, down = self.structure.own_blocks[scan.chosen[0]]
        v = self.structure.components[scan.chosen[0]].v
        return across, min(down, (self.first + self.rows) * v) - self.first * v


@dataclass
class _Reading:
    """What has been met so far on the way through the file."""

    quantisers: dict[int, NDArray[np.uint16]] = field(default_factory=dict)
    tables: dict[int, Table] = field(default_factory=dict)
    interval: int = 0
    frame: tuple[int, int, int] | None = None
    components: tuple[Component, ...] = ()


def structure_of(data: bytes) -> Structure:
    """Take a JPEG file apart.

    Raises SegmentError for what is damaged, or not baseline, extended or progressive Huffman coding of 8 bits.
    """
    reading = _Reading()
    segments: list[Segment] = []
    scans: list[Scan] = []
    position = 2
    while True:
        marker, after = next_marker(data, position, found_scan=bool(scans))
        if marker == _EOI:
            break
        if marker in ALONE or marker == _SOI:
            position = after
            continue
        length = struct.unpack_from(">H", data, after)[0] if after + 2 <= len(data) else 0
        end = after + length
        if length < 2 or end > len(data):
            raise SegmentError("the file is cut short")
        body = data[after + 2 : end]
        segments.append(Segment(marker, after - 2, end))
        position = end
        if marker == _SOS:
            scan = _scan(reading, body, after - 2, end, scan_end(data, end))
            scans.append(scan)
            position = scan.end
        else:
            _take_in(reading, marker, body)
    if reading.frame is None or not scans:
        raise SegmentError("it holds no picture")
    if any(component.quantiser not in reading.quantisers for component in reading.components):
        raise SegmentError("its quantisation table is missing")
    _, height, width = reading.frame
    return Structure(
        width, height, reading.components, reading.quantisers, tuple(scans), tuple(segments), after
    )  # fmt: skip


def _take_in(reading: _Reading, marker: int, body: bytes) -> None:
    if marker == _DQT:
        for slot, steps in _quantisers(body):
            if slot in reading.quantisers and not np.array_equal(reading.quantisers[slot], steps):
                raise SegmentError("its quantisation tables change within the picture")
            reading.quantisers[slot] = steps
    elif marker == _DHT:
        reading.tables |= dict(tables_in(body))
    elif marker == _DRI and len(body) == 2:
        reading.interval = struct.unpack(">H", body)[0]
    elif marker in FRAMES:
        if marker not in (0xC0, 0xC1, _PROGRESSIVE) or len(body) < 6 or body[0] != 8 or reading.frame is not None:
            raise SegmentError("it is an uncommon kind of JPEG")
        height, width, count = struct.unpack_from(">HHB", body, 1)
        if len(body) < 6 + 3 * count or not 1 <= count <= 4 or not width or not height:
            raise SegmentError("its frame header is damaged")
        reading.frame = (marker, height, width)
        reading.components = tuple(
            Component(body[6 + 3 * n], body[7 + 3 * n] >> 4, body[7 + 3 * n] & 15, body[8 + 3 * n])
            for n in range(count)
        )
        if any(not 1 <= factor <= 4 for part in reading.components for factor in (part.h, part.v)):
            raise SegmentError("its frame header is damaged")


def _quantisers(body: bytes) -> Iterator[tuple[int, NDArray[np.uint16]]]:
    position = 0
    while position < len(body):
        wide, slot = body[position] >> 4, body[position] & 15
        end = position + 1 + 64 * (1 + bool(wide))
        steps = np.frombuffer(body[position + 1 : end], ">u2" if wide else "u1").astype(np.uint16)
        if len(steps) < 64 or not steps.all():
            raise SegmentError("its quantisation table is damaged")
        yield slot, steps
        position = end


def tables_in(body: bytes) -> Iterator[tuple[int, Table]]:
    """The Huffman tables of a DHT segment with their slots, DC 0..3 and AC 4..7."""
    position = 0
    while position < len(body):
        slot = (body[position] >> 4) * 4 + (body[position] & 15)
        counts = body[position + 1 : position + 17]
        end = position + 17 + sum(counts)
        if slot > 7 or body[position] & 15 > 3 or len(counts) < 16 or end > len(body):
            raise SegmentError("its Huffman table is damaged")
        yield slot, (counts, body[position + 17 : end])
        position = end


def _scan(reading: _Reading, body: bytes, header: int, start: int, end: int) -> Scan:
    count = body[0] if body else 0
    identifiers = [component.identifier for component in reading.components]
    if reading.frame is None or not 1 <= count <= 4 or len(body) < 4 + 2 * count:
        raise SegmentError("a scan's header is damaged")
    chosen, slots = [], []
    for n in range(count):
        identifier, pair = body[1 + 2 * n : 3 + 2 * n]
        if identifier not in identifiers or pair >> 4 > 3 or pair & 15 > 3:
            raise SegmentError("a scan's header is damaged")
        chosen.append(identifiers.index(identifier))
        slots.append((pair >> 4, 4 + (pair & 15)))
    first, last, bits = body[1 + 2 * count : 4 + 2 * count]
    high, low = bits >> 4, bits & 15
    if reading.frame[0] != _PROGRESSIVE:
        first, last, low, kind = 0, 63, 0, jpeg_entropy.SEQUENTIAL
    elif first == 0:
        kind = jpeg_entropy.DC_REFINE if high else jpeg_entropy.DC_FIRST
    else:
        kind = jpeg_entropy.AC_REFINE if high else jpeg_entropy.AC_FIRST
    sizes = sum(reading.components[n].h * reading.components[n].v for n in chosen)
    if first > last or last > 63 or low > 13 or len(set(chosen)) < count or (count > 1 and (first or sizes > 10)):
        raise SegmentError("a scan's header is damaged")
    tables = dict(reading.tables)
    scan = Scan(header, start, end, tuple(chosen), tuple(slots), (first, last, low), kind, tables, reading.interval)
    if any(slot not in tables for slot in scan.needed):
        raise SegmentError("a Huffman table is missing")
    return scan


# --- reading ---------------------------------------------------------------------------------------------------------


def bands(data: bytes, structure: Structure) -> Iterator[Band]:
    """The picture from top to bottom: a few rows at a time if it is `flowing`, else at once, since scans refine others.

    Raises SegmentError if data are missing or no Huffman codes.
    """
    down = structure.mcus[1]
    across = structure.mcus[0] * sum(part.h * part.v for part in structure.components)
    step = max(1, _BLOCKS // across) if structure.flowing else down
    view = np.frombuffer(data, np.uint8)
    lookups: dict[Table, NDArray[np.uint16]] = {}
    states = [jpeg_entropy.begun(scan.start) for scan in structure.scans]
    for first in range(0, down, step):
        band = Band(structure, first, min(step, down - first))
        for scan, state in zip(structure.scans, states, strict=True):
            tables = np.zeros((8, 1 << 16), np.uint16)
            for slot in scan.needed:
                table = scan.tables[slot]
                tables[slot] = lookups[table] if table in lookups else lookups.setdefault(table, _lookup(table))
            answer = jpeg_entropy.decode(
                view, scan.end, state, band.coefficients, band.places, np.array(scan.chosen, np.int64),
                np.array(scan.slots, np.int64), tables, scan.kind, np.array(scan.spectrum, np.int64), scan.interval,
                *band.scanned(scan),
            )  # fmt: skip
            if answer != jpeg_entropy.DONE:
                raise SegmentError("part of the picture is missing or damaged")
        yield band


def codes_of(table: Table) -> Iterator[tuple[int, int, int]]:
    """(value, code, length) for each entry (§ C.2)."""
    code, position = 0, 0
    for length, count in enumerate(table[0], 1):
        for value in table[1][position : position + count]:
            if code >= 1 << length:
                raise SegmentError("its Huffman table is damaged")
            yield value, code, length
            code += 1
        position += count
        code <<= 1


def _lookup(table: Table) -> NDArray[np.uint16]:
    ahead = np.zeros(1 << 16, np.uint16)
    for value, code, length in codes_of(table):
        ahead[code << (16 - length) : (code + 1) << (16 - length)] = length << 8 | value
    return ahead
