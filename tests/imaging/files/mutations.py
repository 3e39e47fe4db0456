"""Damaged TIFF and PNG files: a photograph or a sentence, nothing else.

    python tests/imaging/files/mutations.py 10000 [SEED]

tries so many of them, each batch in a process with 4 GiB of address space, and gives every file 10 seconds.
"""

from __future__ import annotations

import io
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import round_trips_png
import round_trips_tiff

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import losses, probe, read_back, read_photograph, write_photograph
from restorer.imaging.files.png_chunks import Chunk

CELLS = (*round_trips_tiff.CELLS, *round_trips_png.CELLS)
_SPECIAL = (0, 1, 2, 7, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFF0)
_BATCH = 250


def mutants(whole: bytes, seed: int) -> Iterator[bytes]:
    """Endless damaged versions of a file."""
    rng = np.random.default_rng(seed)
    directory = whole.find(b"\x00\x01\x03\x00") if whole[:2] == b"II" else whole.find(b"\x01\x00\x00\x03")
    while True:
        data = bytearray(whole)
        for _ in range(int(rng.integers(1, 4))):
            _damage(data, rng, max(0, directory))
        yield _repaired(bytes(data)) if whole.startswith(b"\x89PNG") and rng.random() < 0.7 else bytes(data)


def _damage(data: bytearray, rng: np.random.Generator, directory: int) -> None:
    place = int(rng.integers(len(data)))
    if rng.random() < 0.7:  # where headers and directories are
        near = (place % 64, directory + place % 400, len(data) - 1 - place % 700)[int(rng.integers(3))]
        place = max(0, min(near, len(data) - 1))
    match int(rng.integers(6)):
        case 0 | 1:
            data[place] = int(rng.integers(256))
        case 2:
            order = "<" if data[:2] == b"II" else ">"
            value, size = _SPECIAL[int(rng.integers(len(_SPECIAL)))], int(rng.choice([2, 4]))
            data[place : place + size] = struct.pack(f"{order}I", value)[: size if order == "<" else 4][-size:]
        case 3:
            del data[place : place + int(rng.integers(1, 40))]
        case 4:
            data[place:place] = bytes(rng.integers(0, 256, int(rng.integers(1, 40))).astype(np.uint8))
        case 5:
            other = int(rng.integers(len(data)))
            data[place : place + 12] = data[other : other + 12]


def _repaired(data: bytes) -> bytes:
    """The PNG with its checksums put right, so that a mutation gets past them."""
    out, position = io.BytesIO(), 8
    out.write(data[:8])
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        Chunk(data[position + 4 : position + 8], data[position + 8 : position + 8 + length]).write(out)
        position += 12 + length
    return out.getvalue()


def try_one(data: bytes, folder: Path, how: dict[str, object]) -> str:
    """Open a file, save it again and read that; raises what a correct program never lets out."""
    path = folder / "in.file"
    path.write_bytes(data)
    try:
        probe(path, page=int(str(how.get("page", 1))), inks=True)
        photograph = read_photograph(path, **{"inks": True, **how})
    except RestorerError as error:
        assert str(error).endswith("."), error  # noqa: PT017
        return "refused"
    if photograph.pixels.nbytes > 2**24:
        return "opened"
    changed = photograph.pixels.copy()
    changed[:1, :1] = changed[-1:, -1:]
    for name in ("out.tif", "out.png"):
        target = folder / name
        try:
            losses(photograph, target)
            write_photograph(photograph, changed, target)
            for _ in read_back(target, photograph):
                pass
        except RestorerError as error:
            assert str(error).endswith("."), error  # noqa: PT017
    return "opened"


def run(count: int, seed: int) -> Counter[str]:
    """Mutants of all cells in turn, with an alarm for each."""
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        streams = []
        for number, cell in enumerate(CELLS):
            cell.make(folder / f"whole{cell.suffix}")
            streams.append((mutants((folder / f"whole{cell.suffix}").read_bytes(), 1000 * seed + number), cell))
        for index in range(count):
            stream, cell = streams[index % len(streams)]
            data = next(stream)
            signal.alarm(10)
            try:
                outcomes[try_one(data, folder, cell.how)] += 1
            except BaseException:
                Path(f"mutant-{seed}-{index}{cell.suffix}").write_bytes(data)
                print(f"{cell.name}, mutant-{seed}-{index}{cell.suffix}:\n{traceback.format_exc()}", flush=True)
                outcomes["FAULT"] += 1
            finally:
                signal.alarm(0)
    return outcomes


def _hangs(*_: object) -> None:
    raise TimeoutError("longer than 10 seconds")


if __name__ == "__main__":
    total, first = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    if len(sys.argv) > 3:  # one batch, in a process of its own
        resource.setrlimit(resource.RLIMIT_AS, (4 * 2**30, 4 * 2**30))
        signal.signal(signal.SIGALRM, _hangs)
        print(dict(run(total, first)))
    else:
        crashes = 0
        for batch in range(-(-total // _BATCH)):
            size = min(_BATCH, total - batch * _BATCH)
            code = subprocess.run(
                [sys.executable, __file__, str(size), str(first + batch), "batch"], check=False
            ).returncode
            crashes += code != 0
        print(f"{total} files, {crashes} batches ended by a crash")
