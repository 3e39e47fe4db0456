"""The entropy-coded data of JPEG scans to coefficients and back (ITU-T T.81, annexes F and G): compiled loops.

Each bit read depends on the one before, so nothing here can be an array operation; numba compiles it on first use
and keeps the machine code.  The standalone program has no numba: `decode` and `encode` were compiled when it was built
(`packaging/ahead_of_time.py`).  Coefficients of all components lie in one flat int16 array, 64 of a block in zigzag
order; `places` says where each component's blocks are:

    places[component] = (first coefficient, blocks in a padded row, h, v, blocks across)

with h and v the sampling factors, and the last without the padding to whole MCUs (§ A.2.4).  The array may hold some
rows of the picture only: a scan is then read, or written, in several calls that hand on its state (`begun`).
"""

# Compiled code knows one kind of whole number, whatever it is called here.
# mypy: disable-error-code="no-any-return,return-value,arg-type"

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar, cast

import numpy as np

try:
    import numba
except ModuleNotFoundError:
    numba = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

_F = TypeVar("_F", bound="Callable[..., Any]")

SEQUENTIAL, DC_FIRST, DC_REFINE, AC_FIRST, AC_REFINE = range(5)
"""Kinds of scans (§ G.1.2)."""

DONE, MISSING, WRONG = 0, 1, 2
"""What `decode` answers: all is there; the data end too early; they are no Huffman codes, or run over a block."""

SIGNATURES = {
    "decode": (
        "int64(uint8[::1], int64, int64[::1], int16[::1], int64[:, ::1], int64[::1], int64[:, ::1], uint16[:, ::1], "
        "int64, int64[::1], int64, int64, int64)"
    ),
    "encode": (
        "int64(int64[::1], int16[::1], int64[:, ::1], int64[::1], int64[:, ::1], int64[:, ::1], int64[:, ::1], int64, "
        "int64[::1], int64, int64, int64, uint8[::1], boolean)"
    ),
}
"""Of what is called from elsewhere, as numba writes them: the standalone program is compiled for these alone."""

_POSITION, _BUFFER, _COUNT, _PADDED = range(4)  # the reader's state; the writer uses the first three
_EOB_RUN, _WAITING, _TOTAL = 4, 5, 6  # blocks in the current run of ended blocks; correction bits waiting; bits counted
_SINCE, _PREDICTION, _NUMBER = 7, 8, 12  # MCUs since the last restart; DC of four components; the next restart's number
_STATE = 13
_MOST_WAITING = 1000  # correction bits kept back in a run of ended blocks, as many as libjpeg keeps


def begun(start: int = 0) -> NDArray[np.int64]:
    """The state of a scan whose data begin there."""
    state = np.zeros(_STATE, np.int64)
    state[_POSITION] = start
    return state


def _compiled(function: _F) -> _F:
    if numba is None:
        return function
    try:
        return cast("_F", numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # no folder to keep machine code in: it is made anew each time
        return cast("_F", numba.njit(nogil=True)(function))


@_compiled
def _fill(data: NDArray[np.uint8], end: int, state: NDArray[np.int64]) -> None:
    """Bring 49 bits or more into the buffer; zeros, counted, from the next marker on."""
    position, count, buffer = state[_POSITION], state[_COUNT], state[_BUFFER]
    buffer &= (np.int64(1) << count) - 1
    while count <= 48:
        byte = np.int64(0)
        if position >= end:
            state[_PADDED] += 8
        else:
            byte = np.int64(data[position])
            if byte != 0xFF:
                position += 1
            elif position + 1 < end and data[position + 1] == 0:
                position += 2
            else:
                byte = np.int64(0)
                state[_PADDED] += 8
        buffer = (buffer << 8) | byte
        count += 8
    state[_POSITION], state[_COUNT], state[_BUFFER] = position, count, buffer


@_compiled
def _bits(data: NDArray[np.uint8], end: int, state: NDArray[np.int64], number: int) -> int:
    if number == 0:
        return 0
    if state[_COUNT] < number:
        _fill(data, end, state)
    state[_COUNT] -= number
    return (state[_BUFFER] >> state[_COUNT]) & ((np.int64(1) << number) - 1)


@_compiled
def _symbol(data: NDArray[np.uint8], end: int, state: NDArray[np.int64], table: NDArray[np.uint16]) -> int:
    """The next Huffman-coded value, -1 if no code fits."""
    if state[_COUNT] < 16:
        _fill(data, end, state)
    entry = np.int64(table[(state[_BUFFER] >> (state[_COUNT] - 16)) & 0xFFFF])
    if entry == 0:
        return -1
    state[_COUNT] -= entry >> 8
    return entry & 0xFF


@_compiled
def _extended(value: int, number: int) -> int:
    """EXTEND of § F.2.2.1."""
    if number and value < (np.int64(1) << (number - 1)):
        return value - (np.int64(1) << number) + 1
    return value


@_compiled
def _read_sequential(
    data: NDArray[np.uint8], end: int, state: NDArray[np.int64], coefficients: NDArray[np.int16], at: int,
    prediction: NDArray[np.int64], component: int, dc: NDArray[np.uint16], ac: NDArray[np.uint16],
) -> int:  # fmt: skip
    size = _symbol(data, end, state, dc)
    if size < 0 or size > 15:
        return WRONG
    prediction[component] += _extended(_bits(data, end, state, size), size)
    coefficients[at] = prediction[component]
    k = 1
    while k < 64:
        symbol = _symbol(data, end, state, ac)
        if symbol < 0:
            return WRONG
        size = symbol & 15
        if size == 0:
            if symbol != 0xF0:
                break
            k += 16
            continue
        k += symbol >> 4
        if k > 63:
            return WRONG
        coefficients[at + k] = _extended(_bits(data, end, state, size), size)
        k += 1
    return DONE


@_compiled
def _read_ac_first(
    data: NDArray[np.uint8], end: int, state: NDArray[np.int64], coefficients: NDArray[np.int16], at: int,
    ac: NDArray[np.uint16], first: int, last: int, low: int,
) -> int:  # fmt: skip
    if state[_EOB_RUN] > 0:
        state[_EOB_RUN] -= 1
        return DONE
    k = first
    while k <= last:
        symbol = _symbol(data, end, state, ac)
        if symbol < 0:
            return WRONG
        run, size = symbol >> 4, symbol & 15
        if size == 0:
            if run == 15:
                k += 16
                continue
            state[_EOB_RUN] = (np.int64(1) << run) + _bits(data, end, state, run) - 1
            break
        k += run
        if k > 63:
            return WRONG
        coefficients[at + k] = _extended(_bits(data, end, state, size), size) * (1 << low)
        k += 1
    return DONE


@_compiled
def _correct(data: NDArray[np.uint8], end: int, state: NDArray[np.int64], coefficients: NDArray[np.int16],
             place: int, one: int) -> None:  # fmt: skip
    """A correction bit for a coefficient that is known not to be zero."""
    if _bits(data, end, state, 1) and not (abs(np.int64(coefficients[place])) & one):
        coefficients[place] += one if coefficients[place] > 0 else -one


@_compiled
def _read_ac_refine(
    data: NDArray[np.uint8], end: int, state: NDArray[np.int64], coefficients: NDArray[np.int16], at: int,
    ac: NDArray[np.uint16], first: int, last: int, low: int,
) -> int:  # fmt: skip
    one = np.int64(1) << low
    k = first
    if state[_EOB_RUN] == 0:
        while k <= last:
            symbol = _symbol(data, end, state, ac)
            if symbol < 0:
                return WRONG
            run, size = symbol >> 4, symbol & 15
            value = np.int64(0)
            if size == 1:
                value = one if _bits(data, end, state, 1) else -one
            elif size != 0:
                return WRONG
            elif run != 15:
                state[_EOB_RUN] = (np.int64(1) << run) + _bits(data, end, state, run)
                break
            while k <= last:
                if coefficients[at + k] != 0:
                    _correct(data, end, state, coefficients, at + k, one)
                else:
                    if run == 0:
                        break
                    run -= 1
                k += 1
            if value != 0:
                if k > last:
                    return WRONG
                coefficients[at + k] = value
            k += 1
    if state[_EOB_RUN] > 0:
        while k <= last:
            if coefficients[at + k] != 0:
                _correct(data, end, state, coefficients, at + k, one)
            k += 1
        state[_EOB_RUN] -= 1
    return DONE


@_compiled
def _restart(data: NDArray[np.uint8], end: int, state: NDArray[np.int64]) -> int:
    """Go on after the next restart marker."""
    position = state[_POSITION]
    while position + 1 < end:
        if data[position] == 0xFF and data[position + 1] not in (0, 0xFF):
            break
        position += 1
    if position + 1 >= end or not 0xD0 <= data[position + 1] <= 0xD7:
        return MISSING
    state[:] = 0
    state[_POSITION] = position + 2
    return DONE


@_compiled
def decode(
    data: NDArray[np.uint8], end: int, state: NDArray[np.int64], coefficients: NDArray[np.int16],
    places: NDArray[np.int64], chosen: NDArray[np.int64], slots: NDArray[np.int64], tables: NDArray[np.uint16],
    kind: int, spectrum: NDArray[np.int64], interval: int, across: int, down: int,
) -> int:  # fmt: skip
    """Read the next rows of one scan into `coefficients`, which holds what the scans before it have brought.

    Args:
        data: the file.
        end: where the scan's data end.
        state: of the scan (see `begun`); is moved on.
        coefficients: int16, flat (see the module).
        places: of all components, int64 n×6 (see the module).
        chosen: the components in the scan.
        slots: int64 n×2, the rows of `tables` for each chosen component's DC and AC codes.
        tables: 16 bits ahead to (length of the code << 8 | value), 0 for no code: uint16 8×65536.
        kind: SEQUENTIAL to AC_REFINE.
        spectrum: first and last coefficient, and the lowest bit sent (Ss, Se, Al).
        interval: MCUs between restart markers, 0 for none.
        across: MCUs in a row; of a component alone, blocks.
        down: how many rows of them are read.

    Returns DONE, MISSING or WRONG.
    """
    prediction = state[_PREDICTION : _PREDICTION + 4]
    first, last, low = spectrum[0], spectrum[1], spectrum[2]
    alone = len(chosen) == 1
    for row in range(down):
        for column in range(across):
            if interval and state[_SINCE] == interval:
                answer = _restart(data, end, state)
                if answer != DONE:
                    return answer
            state[_SINCE] += 1
            for n in range(len(chosen)):
                component = chosen[n]
                h = 1 if alone else places[component, 2]
                v = 1 if alone else places[component, 3]
                for block in range(h * v):
                    y, x = row * v + block // h, column * h + block % h
                    at = places[component, 0] + (y * places[component, 1] + x) * 64
                    answer = DONE
                    if kind == SEQUENTIAL:
                        answer = _read_sequential(data, end, state, coefficients, at, prediction, component,
                                                  tables[slots[n, 0]], tables[slots[n, 1]])  # fmt: skip
                    elif kind == DC_FIRST:
                        size = _symbol(data, end, state, tables[slots[n, 0]])
                        if size < 0 or size > 15:
                            return WRONG
                        prediction[component] += _extended(_bits(data, end, state, size), size)
                        coefficients[at] = prediction[component] * (1 << low)
                    elif kind == DC_REFINE:
                        if _bits(data, end, state, 1):
                            coefficients[at] |= 1 << low
                    elif kind == AC_FIRST:
                        answer = _read_ac_first(data, end, state, coefficients, at, tables[slots[n, 1]],
                                                first, last, low)  # fmt: skip
                    else:
                        answer = _read_ac_refine(data, end, state, coefficients, at, tables[slots[n, 1]],
                                                 first, last, low)  # fmt: skip
                    if answer != DONE:
                        return answer
                    if state[_PADDED] > state[_COUNT]:
                        return MISSING
    return DONE


# --- writing ---------------------------------------------------------------------------------------------------------


@_compiled
def _put(out: NDArray[np.uint8], state: NDArray[np.int64], value: int, number: int) -> None:
    """Append bits, or only count them where `out` is empty."""
    state[_TOTAL] += number
    if len(out) == 0 or number == 0:
        return
    state[_BUFFER] = (state[_BUFFER] << number) | (value & ((np.int64(1) << number) - 1))
    state[_COUNT] += number
    while state[_COUNT] >= 8:
        state[_COUNT] -= 8
        byte = (state[_BUFFER] >> state[_COUNT]) & 0xFF
        out[state[_POSITION]] = byte
        state[_POSITION] += 1
        if byte == 0xFF:
            out[state[_POSITION]] = 0
            state[_POSITION] += 1
    state[_BUFFER] &= 0xFF


@_compiled
def _put_symbol(
    out: NDArray[np.uint8], state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    slot: int, symbol: int,
) -> None:  # fmt: skip
    """Append a code; `codes` holds (code << 5 | length)."""
    uses[slot, symbol] += 1
    code = codes[slot, symbol]
    _put(out, state, code >> 5, code & 31)


@_compiled
def _size(value: int) -> int:
    """How many bits the magnitude has (SSSS of § F.1.2.1)."""
    value = abs(value)
    number = 0
    while value:
        value >>= 1
        number += 1
    return number


@_compiled
def _put_value(out: NDArray[np.uint8], state: NDArray[np.int64], value: int, number: int) -> None:
    _put(out, state, value if value >= 0 else value - 1, number)


@_compiled
def _put_sequential_ac(
    out: NDArray[np.uint8], state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    coefficients: NDArray[np.int16], at: int, slot: int,
) -> None:  # fmt: skip
    run = 0
    for k in range(1, 64):
        value = np.int64(coefficients[at + k])
        if value == 0:
            run += 1
            continue
        while run > 15:
            _put_symbol(out, state, codes, uses, slot, 0xF0)
            run -= 16
        size = _size(value)
        _put_symbol(out, state, codes, uses, slot, (run << 4) | size)
        _put_value(out, state, value, size)
        run = 0
    if run:
        _put_symbol(out, state, codes, uses, slot, 0)


@_compiled
def _put_run(
    out: NDArray[np.uint8], state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    waiting: NDArray[np.uint8], slot: int,
) -> None:  # fmt: skip
    """End the run of ended blocks, with the correction bits of its blocks."""
    if state[_EOB_RUN]:
        size = _size(state[_EOB_RUN]) - 1
        _put_symbol(out, state, codes, uses, slot, size << 4)
        _put(out, state, state[_EOB_RUN], size)
        state[_EOB_RUN] = 0
        for n in range(state[_WAITING]):
            _put(out, state, np.int64(waiting[n]), 1)
        state[_WAITING] = 0


@_compiled
def _put_ac_first(
    out: NDArray[np.uint8], state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    waiting: NDArray[np.uint8], coefficients: NDArray[np.int16], at: int, slot: int, first: int, last: int, low: int,
) -> None:  # fmt: skip
    run = 0
    for k in range(first, last + 1):
        value = np.int64(coefficients[at + k])
        value = value >> low if value >= 0 else -(-value >> low)
        if value == 0:
            run += 1
            continue
        _put_run(out, state, codes, uses, waiting, slot)
        while run > 15:
            _put_symbol(out, state, codes, uses, slot, 0xF0)
            run -= 16
        size = _size(value)
        _put_symbol(out, state, codes, uses, slot, (run << 4) | size)
        _put_value(out, state, value, size)
        run = 0
    if run:
        state[_EOB_RUN] += 1
        if state[_EOB_RUN] == 0x7FFF:
            _put_run(out, state, codes, uses, waiting, slot)


@_compiled
def _put_ac_refine(
    out: NDArray[np.uint8], state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    waiting: NDArray[np.uint8], coefficients: NDArray[np.int16], at: int, slot: int, first: int, last: int, low: int,
) -> None:  # fmt: skip
    newest = first - 1  # the last coefficient that becomes one in this scan
    for k in range(first, last + 1):
        if abs(np.int64(coefficients[at + k])) >> low == 1:
            newest = k
    run = 0
    held = state[_WAITING]  # this block's correction bits lie behind those of the run before it
    for k in range(first, last + 1):
        magnitude = abs(np.int64(coefficients[at + k])) >> low
        if magnitude == 0:
            run += 1
            continue
        while run > 15 and k <= newest:
            held = _put_before(out, state, codes, uses, waiting, slot, held)
            _put_symbol(out, state, codes, uses, slot, 0xF0)
            held = _put_held(out, state, waiting, held)
            run -= 16
        if magnitude > 1:
            waiting[held] = magnitude & 1
            held += 1
            continue
        held = _put_before(out, state, codes, uses, waiting, slot, held)
        _put_symbol(out, state, codes, uses, slot, (run << 4) | 1)
        _put(out, state, 1 if coefficients[at + k] > 0 else 0, 1)
        held = _put_held(out, state, waiting, held)
        run = 0
    if run or held > state[_WAITING]:
        state[_EOB_RUN] += 1
        state[_WAITING] = held
        if state[_EOB_RUN] == 0x7FFF or held > _MOST_WAITING - 63:
            _put_run(out, state, codes, uses, waiting, slot)


@_compiled
def _put_before(
    out: NDArray[np.uint8], state: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64],
    waiting: NDArray[np.uint8], slot: int, held: int,
) -> int:  # fmt: skip
    """End the run of the blocks before this one and move this one's correction bits to the front."""
    old = state[_WAITING]
    if state[_EOB_RUN] == 0:
        return held
    _put_run(out, state, codes, uses, waiting, slot)
    for n in range(held - old):
        waiting[n] = waiting[old + n]
    return held - old


@_compiled
def _put_held(out: NDArray[np.uint8], state: NDArray[np.int64], waiting: NDArray[np.uint8], held: int) -> int:
    for n in range(held):
        _put(out, state, np.int64(waiting[n]), 1)
    return 0


@_compiled
def encode(
    state: NDArray[np.int64], coefficients: NDArray[np.int16], places: NDArray[np.int64], chosen: NDArray[np.int64],
    slots: NDArray[np.int64], codes: NDArray[np.int64], uses: NDArray[np.int64], kind: int,
    spectrum: NDArray[np.int64], interval: int, across: int, down: int, out: NDArray[np.uint8], ends: bool,
) -> int:  # fmt: skip
    """Write the next rows of one scan into `out`, or count what they take.

    Args:
        state: of the scan (see `begun`); is moved on.  Only sequential scans may be written in several calls.
        coefficients: as `decode`.
        places: as `decode`.
        chosen: as `decode`.
        slots: as `decode`.
        codes: (code << 5 | length) of each value in each table, int64 8×256.
        uses: is counted up for each value written, int64 8×256.
        kind: as `decode`.
        spectrum: as `decode`.
        interval: as `decode`.
        across: as `decode`.
        down: as `decode`.
        out: large enough: an eighth of the bits twice over, and four bytes for each restart; empty to count only.
        ends: whether these rows are the scan's last.

    Returns the bytes written or, with an empty `out`, the bits besides the Huffman codes.
    """
    waiting = np.zeros(_MOST_WAITING + 64, np.uint8)
    prediction = state[_PREDICTION : _PREDICTION + 4]
    first, last, low = spectrum[0], spectrum[1], spectrum[2]
    alone = len(chosen) == 1
    state[_POSITION], state[_TOTAL] = 0, 0
    for row in range(down):
        for column in range(across):
            if interval and state[_SINCE] == interval:
                _put_run(out, state, codes, uses, waiting, slots[0, 1])
                _finish(out, state)
                if len(out):
                    out[state[_POSITION]] = 0xFF
                    out[state[_POSITION] + 1] = 0xD0 + state[_NUMBER]
                    state[_POSITION] += 2
                state[_NUMBER] = (state[_NUMBER] + 1) % 8
                prediction[:] = 0
                state[_SINCE] = 0
            state[_SINCE] += 1
            for n in range(len(chosen)):
                component = chosen[n]
                h = 1 if alone else places[component, 2]
                v = 1 if alone else places[component, 3]
                for block in range(h * v):
                    y, x = row * v + block // h, column * h + block % h
                    at = places[component, 0] + (y * places[component, 1] + x) * 64
                    if kind in (SEQUENTIAL, DC_FIRST):
                        value = np.int64(coefficients[at]) >> low
                        size = _size(value - prediction[component])
                        _put_symbol(out, state, codes, uses, slots[n, 0], size)
                        _put_value(out, state, value - prediction[component], size)
                        prediction[component] = value
                    if kind == SEQUENTIAL:
                        _put_sequential_ac(out, state, codes, uses, coefficients, at, slots[n, 1])
                    elif kind == DC_REFINE:
                        _put(out, state, np.int64(coefficients[at]) >> low, 1)
                    elif kind == AC_FIRST:
                        _put_ac_first(out, state, codes, uses, waiting, coefficients, at, slots[n, 1],
                                      first, last, low)  # fmt: skip
                    elif kind == AC_REFINE:
                        _put_ac_refine(out, state, codes, uses, waiting, coefficients, at, slots[n, 1],
                                       first, last, low)  # fmt: skip
    if ends:
        _put_run(out, state, codes, uses, waiting, slots[0, 1])
        _finish(out, state)
    return state[_POSITION] if len(out) else state[_TOTAL]


@_compiled
def _finish(out: NDArray[np.uint8], state: NDArray[np.int64]) -> None:
    """Fill the last byte with ones (§ F.1.2.3)."""
    if state[_COUNT]:
        _put(out, state, 0xFF, 8 - state[_COUNT])
    state[_BUFFER] = 0


if numba is None:
    _ahead = import_module("restorer.imaging.files.jpeg_entropy_compiled")
    decode, encode = _ahead.decode, _ahead.encode
