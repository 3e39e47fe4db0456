"""Kill -9 at random moments of real work, and see that nothing finished is lost.

A child opens a picture with a journal and works without end: it marks, heals with the real network, undoes, redoes,
switches, weakens and deletes repairs, saves a project, exports.  After each action, once the journal says that it is on
the disk, it tells a digest of what the document holds.  It is killed at a random moment; then the journal is recovered
and must hold the last state told, or the one of the action in flight.  The original must be untouched, and a project or
an export that has a name must be whole.

    python tests/document/torture.py [--moments 100] [--seed 0] [--longest 2.5] [FOLDER]

Children are forked from a process that has loaded everything, so that a moment costs well under a second of loading.
POSIX only.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import os
import random
import select
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import imagecodecs
import numpy as np

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.journal import Journal
from restorer.document.project import open_project, save_project
from restorer.document.recovery import recover, recoverable
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_photograph
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from restorer.engine.restorer import Restorer

HEIGHT, WIDTH = 200, 260
LONGEST = 2.5
"""Seconds that a child works, at most, before it is killed."""


@dataclass
class Score:
    """What came of some moments."""

    moments: int = 0
    actions: int = 0
    in_flight: int = 0
    """Moments after which the action in flight was kept as well."""
    faults: list[str] = field(default_factory=list)


def digest(document: Document) -> str:
    """Of everything a person would miss."""
    found = hashlib.sha256(document.image.read(document.bounds).tobytes())
    found.update(np.asarray(document.mask).tobytes())
    for repair in document.repairs:
        found.update(repr((repair.key, repair.made, repair.region, document.stale(repair))).encode())
    names = [step.name for step in (*document.history.done, None, *document.history.undone) if step is not None]
    found.update(repr(names).encode())
    return found.hexdigest()[:24]


def act(document: Document, restorer: Restorer, draw: random.Random, folder: Path) -> None:
    """One random action; some are two steps, as healing a stroke is."""
    what = draw.choices(
        ("mark", "heal", "undo", "redo", "switch", "strength", "again", "delete", "save", "export"),
        (4, 6, 3, 2, 1, 1, 1, 0.5, 1.5, 1.5),
    )[0]
    repairs = document.repairs
    match what:
        case "mark":
            document.mark(stroke(draw), erase=draw.random() < 0.3)
        case "heal":
            marks = stroke(draw)
            document.mark(marks)
            job = document.job(marks, grow=draw.randrange(3), seed=draw.randrange(9))
            document.apply(job, restorer.restore(job), restorer.made(job))
        case "undo":
            document.undo()
        case "redo":
            document.redo()
        case "switch" if repairs:
            repair = draw.choice(repairs)
            document.switch(repair, not repair.on)
        case "strength" if repairs:
            document.set_strength(draw.choice(repairs), draw.random())
        case "again" if repairs:
            repair = draw.choice(repairs)
            job = document.job_again(repair, seed=draw.randrange(9))
            document.apply(job, restorer.restore(job), restorer.made(job), instead_of=repair)
        case "delete" if repairs:
            document.delete(draw.choice(repairs))
        case "save":
            state = document.state()
            save_project(state, folder / "work.restorer", embed=draw.random() < 0.3)
        case "export":
            options = Options(manifest=True, mask=True)
            export(document, folder / "out.tif", overwrite=True, options=options)


def stroke(draw: random.Random) -> Stroke:
    left, top = draw.randrange(WIDTH - 40), draw.randrange(HEIGHT - 40)
    region = Region(left, top, left + draw.randrange(3, 40), top + draw.randrange(2, 9))
    return Stroke(region, np.ones((region.height, region.width), bool))


def work(folder: Path, seed: int, told: int) -> None:
    """In the child, until it is killed: a line for each step that is done, and one when it is on the disk."""
    from restorer.engine.restorer import Restorer

    def tell(line: str) -> None:
        os.write(told, f"{line}\n".encode())

    draw = random.Random(seed)
    document = Document.open(folder / "print.png")
    restorer = Restorer("reweave", "cpu", 1)
    journal = Journal.begin(document, folder / "journals")
    document.followers.append(lambda _event, _step: tell(f"done {digest(document)}"))
    while True:
        act(document, restorer, draw, folder)
        if not journal.flush(60):
            tell(f"fault {journal.trouble}")
            return
        tell("kept")


def one_moment(folder: Path, seed: int, score: Score, longest: float = LONGEST) -> None:
    """Let a child work in an empty folder, kill it, and look."""
    original = make_picture(folder)
    patience = random.Random(seed).uniform(0, longest)
    reading, writing = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=_child, args=(folder, seed, writing))
    child.start()
    os.close(writing)
    lines = _until_killed(child.pid or 0, reading, patience)
    child.join()
    score.moments += 1
    score.faults += [f"seed {seed}: {fault}" for fault in look(folder, lines, original, score)]


def _child(folder: Path, seed: int, told: int) -> None:
    sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115 - what it says of a pipe that breaks says nothing
    work(folder, seed, told)


def _until_killed(pid: int, reading: int, patience: float) -> list[str]:
    """The child's lines.  Its time runs from its first one: loading is none of the work."""
    text, end = b"", None
    while end is None or time.monotonic() < end:
        ready, _, _ = select.select([reading], [], [], 0.005)
        if ready:
            part = os.read(reading, 1 << 16)
            if not part:
                break
            text += part
            end = time.monotonic() + patience if end is None else end
    os.kill(pid, signal.SIGKILL)
    while part := os.read(reading, 1 << 16):
        text += part
    os.close(reading)
    lines = text.decode().split("\n")
    return lines[:-1]  # the last one is empty, or was cut off


def look(folder: Path, lines: list[str], original: str, score: Score) -> list[str]:
    """What is wrong after a kill, in words."""
    faults = [line for line in lines if line.startswith("fault")]
    if hashlib.sha256((folder / "print.png").read_bytes()).hexdigest() != original:
        faults.append("the original has changed")
    states = [line.removeprefix("done ") for line in lines if line.startswith("done")]
    last_kept = max((at for at, line in enumerate(lines) if line == "kept"), default=-1)
    kept = sum(line.startswith("done") for line in lines[: last_kept + 1])
    score.actions += kept
    items = recoverable(folder / "journals")
    if not items:
        if kept:
            faults.append(f"nothing is offered, though {kept} actions were finished")
    else:
        document, journal = recover(items[0])
        found, actions = digest(document), items[0].actions
        journal.close()
        # an action in flight may have been kept before its line was told
        allowed = {states[at - 1] for at in range(kept, len(states) + 1) if at > 0}
        if actions < kept:
            faults.append(f"{actions} of {kept} finished actions came back")
        elif actions <= len(states) and found not in allowed:
            faults.append(f"another state came back after {actions} actions, {kept} finished")
        score.in_flight += actions > kept
    return faults + _whole_files(folder)


def _whole_files(folder: Path) -> list[str]:
    faults = []
    for name, opened in (("work.restorer", open_project), ("out.tif", read_photograph)):
        if (folder / name).exists():
            try:
                opened(folder / name)  # type: ignore[operator]
            except RestorerError as error:
                faults.append(f"{name}: {error}")
    return faults


def make_picture(folder: Path) -> str:
    """A 16-bit RGB picture; returns its hash."""
    rng = np.random.default_rng(0)
    smooth = rng.integers(0, 65536, (HEIGHT // 10, WIDTH // 10, 3)).repeat(10, 0).repeat(10, 1)
    pixels = (smooth // 2 + rng.integers(0, 2000, smooth.shape)).astype(np.uint16)
    content = imagecodecs.png_encode(pixels)
    (folder / "print.png").write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def run(folder: Path, moments: int, seed: int, longest: float = LONGEST) -> Score:
    """Kill so many children, each at a moment that its seed decides."""
    import restorer.engine.restorer  # noqa: F401 - loaded once, before the forks

    score = Score()
    for number in range(moments):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            one_moment(Path(place), seed + number, score, longest)
    return score


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--moments", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--longest", type=float, default=LONGEST, metavar="S", help="seconds of work, at most")
    parser.add_argument("folder", nargs="?", type=Path, default=Path(tempfile.gettempdir()))
    args = parser.parse_args()
    begun = time.monotonic()
    score = run(args.folder, args.moments, args.seed, args.longest)
    for fault in score.faults:
        print(fault)
    print(
        f"{score.moments} moments, {score.actions} finished actions, {len(score.faults)} losses; "
        f"the action in flight was kept {score.in_flight} times; {time.monotonic() - begun:.0f} s"
    )
    return 1 if score.faults else 0


if __name__ == "__main__":
    sys.exit(main())
