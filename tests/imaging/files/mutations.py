"""Damaged files of every format: a photograph or a sentence, within 10 seconds and the memory that was announced.

    python tests/imaging/files/mutations.py 10000 [--seed 1] [--keep FOLDER]

tries so many of them, each batch in a process of its own with 6 GiB of address space.  Every file is looked at
(`probe`), opened, saved in all formats that can hold it, and what was saved is read again.
"""

from __future__ import annotations

import argparse
import io
import re
import resource
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import round_trips_jpeg
import round_trips_png
import round_trips_tiff
from dicom_specimens import save, slice_of
from further_specimens import HEIC, every_format
from pydicom.data import get_testdata_file

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import Header, losses, native, probe, read_back, read_photograph, write_photograph
from restorer.imaging.files.png_chunks import Chunk
from restorer.imaging.files.saving import writable_suffixes

SECONDS = 10
"""That opening a file may take."""

_SPECIAL = (0, 1, 2, 7, 0x7F, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFF0)
_BATCH = 250
_SPARE = 160 * 2**20  # what libraries (numba: 100 MiB) take at their first use
_OF_PYDICOM = (
    "CT_small.dcm", "ExplVR_BigEnd.dcm", "MR_small_RLE.dcm", "MR_small_implicit.dcm", "MR_small_jp2klossless.dcm",
    "MR_small_jpeg_ls_lossless.dcm", "SC_rgb_jpeg.dcm", "SC_rgb_jpeg_gdcm.dcm", "SC_rgb_rle_16bit_2frame.dcm",
    "SC_rgb_small_odd.dcm", "JPGExtended.dcm",
)  # fmt: skip


@dataclass(frozen=True)
class Specimen:
    """A sound file, and how it is opened."""

    name: str
    suffix: str
    data: bytes = field(repr=False)
    how: dict[str, object]


def specimens(folder: Path) -> list[Specimen]:
    """One of each kind; `folder` is a place to write to."""
    found = []
    for family in (round_trips_tiff, round_trips_png, round_trips_jpeg):
        for cell in family.CELLS:
            path = folder / f"specimen{cell.suffix}"
            cell.make(path)
            found.append(Specimen(cell.name, cell.suffix, path.read_bytes(), cell.how))
    for name, data in every_format(folder / "specimen").items():
        found.append(Specimen(name, ".file", data, {}))
    if find_spec("pi_heif") is not None:
        found.append(Specimen("heic", ".heic", HEIC, {}))
    path = folder / "specimen.dcm"
    save(path, slice_of(frames=2), frames=2, RescaleSlope=1, RescaleIntercept=-24, WindowCenter=300, WindowWidth=900)
    found.append(Specimen("dicom, two frames", ".dcm", path.read_bytes(), {"page": 2}))
    for name in _OF_PYDICOM:
        found.append(Specimen(name, ".dcm", Path(str(get_testdata_file(name, download=False))).read_bytes(), {}))
    return found


def mutants(whole: bytes, seed: int) -> Iterator[bytes]:
    """Endless damaged versions of a file."""
    rng = np.random.default_rng(seed)
    directory = whole.find(b"\x00\x01\x03\x00") if whole[:2] == b"II" else whole.find(b"\x01\x00\x00\x03")
    while True:
        data = bytearray(whole)
        for _ in range(int(rng.integers(1, 5))):
            _damage(data, rng, max(0, directory))
        yield _repaired(bytes(data)) if whole.startswith(b"\x89PNG") and rng.random() < 0.7 else bytes(data)


def _damage(data: bytearray, rng: np.random.Generator, directory: int) -> None:
    if len(data) < 2:
        return
    place = int(rng.integers(len(data)))
    if rng.random() < 0.7:  # where headers and directories are
        near = (place % 200, directory + place % 400, len(data) - 1 - place % 700)[int(rng.integers(3))]
        place = max(0, min(near, len(data) - 1))
    match int(rng.integers(8)):
        case 0 | 1:
            data[place] = int(rng.integers(256))
        case 2:
            data[place] ^= 1 << int(rng.integers(8))
        case 3:
            order = "<" if data[:2] == b"II" else ">"
            value, size = _SPECIAL[int(rng.integers(len(_SPECIAL)))], int(rng.choice([2, 4]))
            data[place : place + size] = struct.pack(f"{order}I", value)[: size if order == "<" else 4][-size:]
        case 4:
            del data[place : place + int(rng.integers(1, 40))]
        case 5:
            data[place:place] = bytes(rng.integers(0, 256, int(rng.integers(1, 40))).astype(np.uint8))
        case 6:
            other = int(rng.integers(len(data)))
            data[place : place + 12] = data[other : other + 12]
        case _ if rng.random() < 0.3:
            del data[place:]
        case _:
            length = int(rng.integers(1, 64))
            data[place : place + length] = data[place : place + length] * 2


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
    held, header = _forget_peaks(), None
    try:
        header = probe(path, page=int(str(how.get("page", 1))), inks=True)
        photograph = read_photograph(path, **{**how, "inks": True})
    except RestorerError as error:
        _check_sentence(error)
        _check_memory(held, header)
        return "refused"
    _check_memory(held, header)
    if photograph.pixels.nbytes > 2**24:
        return "opened"
    changed = photograph.pixels.copy()
    changed[:1, :1] = changed[-1:, -1:]
    for suffix in writable_suffixes(photograph):
        target = folder / f"out{suffix}"
        held = _forget_peaks()
        try:
            losses(photograph, target)
            write_photograph(photograph, changed, target)
            for _ in read_back(target, photograph):
                pass
        except RestorerError as error:
            _check_sentence(error)
        _check_memory(held, header)
    return "opened"


def _check_sentence(error: RestorerError) -> None:
    text = str(error)
    if not text.endswith(".") or "Traceback" in text or "\n" in text:
        raise AssertionError(f"no sentence: {text!r}")


# --- memory, as Linux counts it --------------------------------------------------------------------------------------


def _processes() -> list[str]:
    return ["self", *([str(native._child.process.pid)] if native._child is not None else [])]


def _status(process: str, line: str) -> int:
    with suppress(OSError):
        match = re.search(rf"^{line}:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text(), re.MULTILINE)
        return int(match.group(1)) * 1024 if match else 0
    return 0


def _forget_peaks() -> dict[str, int]:
    """Bytes that each process holds now; its peak counts from now on."""
    for process in _processes():
        with suppress(OSError):
            Path(f"/proc/{process}/clear_refs").write_text("5")
    return {process: _status(process, "VmRSS") for process in _processes()}


def _check_memory(held: dict[str, int], header: Header | None) -> None:
    for process, before in held.items():
        more = _status(process, "VmHWM") - before
        if more > (header.memory if header else 0) + _SPARE:
            raise AssertionError(f"{more >> 20} MiB, announced {header.memory >> 20 if header else 0}")


# --- many of them ----------------------------------------------------------------------------------------------------


def run(count: int, seed: int, keep: Path) -> Counter[str]:
    """Mutants of all kinds in turn, with an alarm for each; files that fail are kept."""
    outcomes: Counter[str] = Counter()
    slowest = 0.0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = specimens(folder)
        streams = [mutants(kind.data, 1000 * seed + number) for number, kind in enumerate(kinds)]
        for kind in kinds:
            if try_one(kind.data, folder, kind.how) != "opened":
                raise AssertionError(f"{kind.name} does not open undamaged")
        for index in range(count):
            kind = kinds[(index + seed * count) % len(kinds)]
            data = next(streams[(index + seed * count) % len(kinds)])
            begun = time.monotonic()
            signal.alarm(SECONDS)
            try:
                outcomes[try_one(data, folder, kind.how)] += 1
            except BaseException:
                kept = keep / f"mutant-{seed}-{index}{kind.suffix}"
                kept.write_bytes(data)
                print(f"{kind.name}, {kept}:\n{traceback.format_exc()}", flush=True)
                outcomes["FAULT"] += 1
            finally:
                signal.alarm(0)
            slowest = max(slowest, time.monotonic() - begun)
    print(f"slowest {slowest:.2f} s, peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MiB", flush=True)
    return outcomes


def _hangs(*_: object) -> None:
    raise TimeoutError(f"longer than {SECONDS} seconds")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, default=Path(), metavar="FOLDER", help="where files that fail are kept")
    parser.add_argument("--batch", action="store_true", help="all in this process")
    args = parser.parse_args()
    if args.batch:
        resource.setrlimit(resource.RLIMIT_AS, (6 * 2**30, 6 * 2**30))
        signal.signal(signal.SIGALRM, _hangs)
        print(*(f"{outcome}={number}" for outcome, number in sorted(run(args.count, args.seed, args.keep).items())))
        return 0
    total: Counter[str] = Counter()
    for batch in range(-(-args.count // _BATCH)):
        size = min(_BATCH, args.count - batch * _BATCH)
        command = [
            sys.executable,
            __file__,
            str(size),
            "--seed",
            str(args.seed + batch),
            "--keep",
            args.keep,
            "--batch",
        ]
        done = subprocess.run(command, capture_output=True, text=True, timeout=size * (SECONDS + 30), check=False)
        print(f"batch {batch}: {done.stdout.strip()}", flush=True)
        if done.returncode:
            print(f"  CRASH, exit code {done.returncode}: {done.stderr[-2000:]}", flush=True)
            total["crashed batches"] += 1
        for outcome, number in re.findall(r"(\w+)=(\d+)", done.stdout.splitlines()[-1] if done.stdout else ""):
            total[outcome] += int(number)
    print(f"{args.count} files: {dict(total)}")
    return 1 if total["FAULT"] or total["crashed batches"] else 0


if __name__ == "__main__":
    sys.exit(main())
