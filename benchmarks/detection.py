"""How well damage is found: `python benchmarks/detection.py PICTURES`.

Each clean picture of a folder gets damage of each kind alone and of all kinds at once (by `evaluation/prints.py`), and
is shown as it is and with things that only look like damage.  Our detector and the classical one mark it; precision,
recall and F1 allow for 2 px.  With `--fill` also the whole chain: found and filled, against doing nothing and against
the classical detector with Telea's fill; with `--large` the time that 24 megapixels take.  Prints Markdown, or writes
it with `-o`.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import sys
import time
import zlib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from restorer.engine import weights as bundled_weights
from restorer.engine.detector import DEFAULT, Detector
from restorer.engine.restorer import Restorer
from restorer.evaluation import classical, prints
from restorer.evaluation.detection import Counts, counted, mean_f1
from restorer.evaluation.scores import psnr
from restorer.imaging import mask as masks
from restorer.imaging.atomic import write_atomically
from restorer.imaging.findings import DEFAULT_SENSITIVITY, KINDS
from restorer.imaging.job import Job
from restorer.imaging.patch import Whole

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Marks = dict[str, Mask]

CLASSICAL = {"scratch": "line", "crack": "line", "dust": "speck", "stain": "stain"}
GROW = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", type=Path, help="folder of clean PNG pictures")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every Nth picture only")
    parser.add_argument("--model", help="detector: bundled or a .safetensors file")
    parser.add_argument("--sensitivity", type=float, default=DEFAULT_SENSITIVITY)
    parser.add_argument("--fill", action="store_true", help="measure the chain with unknown mask, too")
    parser.add_argument("--large", action="store_true", help="time a picture enlarged to 6000×4000, on two threads")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the Markdown here")
    arguments = parser.parse_args()
    if arguments.output is None:
        return measure(arguments)
    text = io.StringIO()
    with contextlib.redirect_stdout(text):
        weights = bundled_weights.find(arguments.model or DEFAULT)
        said = " ".join(["python benchmarks/detection.py PICTURES", *sys.argv[2:]])
        print(f"# Finding damage\n\nMade by `{said}`, never by hand.")
        print(f"Weights sha256 {weights.sha256[:12]}, thresholds {json.dumps(weights.card.get('thresholds'))}.\n")
        print(__doc__.split("\n\n")[1])
        measure(arguments)
    write_atomically(arguments.output, lambda stream: stream.write(text.getvalue().encode()))
    return 0


def measure(arguments: argparse.Namespace) -> int:
    detector = Detector(arguments.model, threads=1)

    def ours(picture: Picture) -> Marks:
        findings = detector.find(Whole(picture))
        alone = {kind: findings.mask(arguments.sensitivity, [kind]) for kind in KINDS}
        return {**alone, "any": findings.mask(arguments.sensitivity)}

    def peer(picture: Picture) -> Marks:
        found = classical.find(picture)
        return {
            **{kind: found[name] for kind, name in CLASSICAL.items()},
            "any": np.logical_or.reduce([*found.values()]),
        }

    paths = sorted(arguments.pictures.glob("*.png"))[:: arguments.every]
    for name, find in (("ours", ours), ("classical", peer)):
        print(f"\n## {name}: {len(paths)} pictures\n")
        report(find, paths)
    if arguments.fill:
        chain(ours, peer, paths)
    if arguments.large:
        large(read(paths[0]), arguments.model)
    return 0


def large(picture: Picture, model: str | None) -> None:
    detector = Detector(model, threads=2)
    scan = Whole(cv2.resize(picture, (6000, 4000), interpolation=cv2.INTER_CUBIC).astype(np.uint8))
    wall, busy = time.perf_counter(), time.process_time()
    detector.find(scan)
    wall, busy = time.perf_counter() - wall, time.process_time() - busy
    print(f"\n24 megapixels on two threads: {busy:.1f} CPU seconds, {wall:.1f} s by the clock")


def report(find: Callable[[Picture], Marks], paths: list[Path]) -> None:
    alone: dict[str, list[Counts]] = defaultdict(list)
    named: dict[str, list[Counts]] = defaultdict(list)
    share: dict[str, list[float]] = defaultdict(list)
    seconds = 0.0
    for path in paths:
        clean = read(path)
        seed = zlib.crc32(f"{path.stem}:0".encode())
        for kind in KINDS:
            picture, truth = prints.damaged(clean, (kind,), seed)
            began = time.process_time()
            marks = find(picture)
            seconds += time.process_time() - began
            alone[kind].append(counted(marks["any"], truth[kind]))
        picture, truth = prints.damaged(clean, seed=seed)
        marks = find(picture)
        for kind in KINDS:
            named[kind].append(counted(marks[kind], truth[kind]))
        share["clean"].append(float(find(clean)["any"].mean()))
        share["confounded"].append(float(find(prints.confounded(clean, seed))["any"].mean()))
    print(
        "| damage | F1, mean over pictures | precision | recall | F1 of pixels | all kinds at once, named right: F1 |"
    )
    print("|---|---|---|---|---|---|")
    for kind in KINDS:
        total, right = sum(alone[kind], Counts()), sum(named[kind], Counts())
        print(
            f"| {kind} | {mean_f1(alone[kind]):.3f} | {total.precision:.3f} | {total.recall:.3f} | {total.f1:.3f} "
            f"| {right.f1:.3f} |"
        )
    for what, values in share.items():
        print(f"\n{what} pictures: {100 * np.mean(values):.3f} % marked (median {100 * np.median(values):.3f} %)")
    print(f"\n{seconds / (4 * len(paths)):.2f} CPU seconds a picture")


def chain(ours: Callable[[Picture], Marks], peer: Callable[[Picture], Marks], paths: list[Path]) -> None:
    restorer = Restorer(threads=1)
    gains: dict[str, list[float]] = defaultdict(list)
    for path in paths:
        clean = read(path)
        picture, _truth = prints.damaged(clean, seed=zlib.crc32(f"{path.stem}:0".encode()))
        before = psnr(clean, picture)
        for name, find in (("ours", ours), ("classical detector + Telea", peer)):
            mask = masks.grown(find(picture)["any"], GROW)
            filled = picture.copy()
            if mask.any() and not mask.all():
                if name == "ours":
                    for patch in restorer.restore(Job(Whole(picture), masks.cropped(mask), mask)):
                        filled[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
                else:
                    filled = cv2.inpaint(picture, mask.astype(np.uint8), 5, cv2.INPAINT_TELEA).astype(np.uint8)
            gains[name].append(psnr(clean, filled) - before)
    print("\n## The chain with unknown mask: PSNR of the whole picture, over doing nothing\n")
    for name, values in gains.items():
        print(f"- {name}: {np.mean(values):+.2f} dB (worst {min(values):+.2f})")


def read(path: Path) -> Picture:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    assert picture is not None, path
    return np.ascontiguousarray(picture[..., ::-1]).astype(np.uint8)


if __name__ == "__main__":
    raise SystemExit(main())
