"""A JPEG file that gets other coefficients, in the very scans that it has (ITU-T T.81).

What the scans are made of (their order, spectral selection, successive approximation, restart intervals, Huffman
tables) stays as in the file, and so does every segment that is not replaced on purpose; a Huffman table is only
renewed where a changed coefficient needs a value that has no code in it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.files import jpeg_entropy
from restorer.imaging.files.jpeg_coefficients import Table, bands, codes_of, tables_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from restorer.imaging.files.jpeg_coefficients import Band, Scan, Structure

_DHT = 0xC4
_COUNT_ONLY = np.zeros(0, np.uint8)
_NO_CODES = np.zeros((8, 256), np.int64)
_MOST_BITS = 32
"""Of a coefficient: 16 of a Huffman code and 15 of its value (§ F.1.2)."""
_PIECE = 1 << 22  # bytes


class Rewriting:
    """A file that gets other coefficients: looked through once, written in the second go.

    Args:
        data: the file as it was.
        structure: of `data`.
        change: changes a band in place and tells whether it did; asked twice for the same band, it does the same.

    Raises SegmentError as `bands`.
    """

    def __init__(self, data: bytes, structure: Structure, change: Callable[[Band], bool]) -> None:
        self._data, self._structure, self._change = data, structure, change
        self._changed: set[int] = set()
        self._kept: Band | None = None
        self._uses = [np.zeros((8, 256), np.int64) for _ in structure.scans]
        self._bits = [0 for _ in structure.scans]
        states = [jpeg_entropy.begun() for _ in structure.scans]
        for band in bands(data, structure):
            if change(band):
                self._changed.add(band.first)
            for number, scan in enumerate(structure.scans):
                self._bits[number] += _encode(scan, band, states[number], _NO_CODES, self._uses[number], _COUNT_ONLY)
            if not structure.flowing:
                self._kept = band

    @property
    def changed(self) -> bool:
        return bool(self._changed)

    def pieces(self, replaced: Mapping[int, bytes]) -> Iterator[bytes]:
        """The file again, in pieces.

        Args:
            replaced: whole segments, marker and length included, to stand in place of those that begin at these
                places; empty to leave one out.
        """
        in_force: dict[int, Table] = {}
        scans = {scan.header: number for number, scan in enumerate(self._structure.scans)}
        yield self._data[:2]
        for segment in self._structure.segments:
            if segment.marker == _DHT:
                in_force |= dict(tables_in(self._data[segment.start + 4 : segment.end]))
            if segment.start not in scans:
                yield replaced.get(segment.start, self._data[segment.start : segment.end])
                continue
            number = scans[segment.start]
            tables = self._fitting_tables(number)
            for slot, table in tables.items():
                if in_force.get(slot) != table:
                    in_force[slot] = table
                    yield _table_segment(slot, table)
            yield self._data[segment.start : segment.end]
            yield from self._entropy_coded(number, tables)
        yield b"\xff\xd9"

    def _fitting_tables(self, number: int) -> dict[int, Table]:
        """The scan's tables, renewed where a value has no code."""
        scan, uses = self._structure.scans[number], self._uses[number]
        tables = {}
        for slot in scan.needed:
            table = scan.tables[slot]
            if set(np.flatnonzero(uses[slot]).tolist()) - set(table[1]):
                table = optimal(uses[slot])
            tables[slot] = table
        return tables

    def _entropy_coded(self, number: int, tables: Mapping[int, Table]) -> Iterator[bytes]:
        scan, state, codes = self._structure.scans[number], jpeg_entropy.begun(), _code_array(tables)
        for band in self._bands():
            restarts = (len(band.coefficients) // 64) // scan.interval if scan.interval else 0
            if self._kept is None:
                bits = len(band.coefficients) * _MOST_BITS
            else:
                bits = self._bits[number] + int((self._uses[number] * (codes & 31)).sum())
            out = np.empty(2 * (bits // 8 + 8) + 4 * (restarts + 1), np.uint8)
            used = _encode(scan, band, state, codes, np.zeros((8, 256), np.int64), out)
            for start in range(0, used, _PIECE):
                yield out[start : min(start + _PIECE, used)].tobytes()

    def _bands(self) -> Iterator[Band]:
        """All again, changed."""
        if self._kept is not None:
            yield self._kept
            return
        for band in bands(self._data, self._structure):
            if band.first in self._changed:
                self._change(band)
            yield band


def _encode(
    scan: Scan, band: Band, state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    out: NDArray[np.uint8],
) -> int:  # fmt: skip
    return jpeg_entropy.encode(
        state, band.coefficients, band.places, np.array(scan.chosen, np.int64), np.array(scan.slots, np.int64), codes,
        uses, scan.kind, np.array(scan.spectrum, np.int64), scan.interval, *band.scanned(scan), out, band.last,
    )  # fmt: skip


def _code_array(tables: Mapping[int, Table]) -> NDArray[np.int64]:
    codes = np.zeros((8, 256), np.int64)
    for slot, table in tables.items():
        for value, code, length in codes_of(table):
            codes[slot, value] = code << 5 | length
    return codes


def _table_segment(slot: int, table: Table) -> bytes:
    body = bytes([(slot // 4) << 4 | slot % 4]) + table[0] + table[1]
    return b"\xff\xc4" + struct.pack(">H", len(body) + 2) + body


def optimal(uses: NDArray[np.int64]) -> Table:
    """The Huffman table that makes values used so often (int64, 256) shortest (§ K.2)."""
    frequency = [*uses.tolist(), 1]  # one code more, so that none is all ones
    size = [0] * 257
    other = [-1] * 257
    while True:
        alive = sorted((count, -value) for value, count in enumerate(frequency) if count)
        if len(alive) < 2:
            break
        first, second = -alive[0][1], -alive[1][1]
        frequency[first] += frequency[second]
        frequency[second] = 0
        for start, following in ((first, second), (second, -1)):
            value = start
            size[value] += 1
            while other[value] >= 0:
                value = other[value]
                size[value] += 1
            if following >= 0:
                other[value] = following
    counts = [0] * (max(33, max(size) + 1))
    for length in size:
        counts[length] += length > 0
    for length in range(len(counts) - 1, 16, -1):  # figure K.3
        while counts[length]:
            shorter = length - 2
            while not counts[shorter]:
                shorter -= 1
            counts[length] -= 2
            counts[length - 1] += 1
            counts[shorter + 1] += 2
            counts[shorter] -= 1
    longest = max(length for length in range(17) if counts[length])
    counts[longest] -= 1  # the code that is all ones
    values = sorted((length, value) for value, length in enumerate(size[:256]) if length)
    return bytes(counts[1:17]), bytes(value for _, value in values)
