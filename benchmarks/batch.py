"""Large scans in a row: `python benchmarks/batch.py [--peers PYTHON] [--page docs/batch.md] [PICTURE ...]`.

24-megapixel TIFFs, 8 bits, each with scratches and a mask of them, made from the pictures (by default the samples) by
enlarging.  The same files go through `restorer batch` (one worker with all cores, and one worker a core), and through a
plain loop that reads, fills and writes one file after the other by what others offer (restorer/evaluation/peers.py), in
an interpreter of their own that has opencv-contrib-python-headless and pypatchmatch.  With `--detect` the damage is
found, too; that needs a detector.

Wall time depends on what else the computer does; CPU time, of all processes, hardly.  Pictures an hour are given for
both: as it went, and as many as the cores could do if they were this program's own and never idle.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
from into_page import put

from restorer import bundled
from restorer.batch.hands import usable_cores
from restorer.evaluation.peers import __file__ as peers

SIZE = 6000, 4000
PLAIN = """
import importlib.util, sys
from pathlib import Path
import cv2
spec = importlib.util.spec_from_file_location("peers", sys.argv[1])
peers = importlib.util.module_from_spec(spec)
spec.loader.exec_module(peers)
fill = getattr(peers, sys.argv[2])
scans, masks, out = map(Path, sys.argv[3:])
for scan in sorted(scans.iterdir()):
    image = cv2.imread(str(scan))[..., ::-1].copy()
    mask = cv2.imread(str(masks / f"{scan.stem}.png"), 0) > 127
    image[mask] = 255
    cv2.imwrite(str(out / scan.name), fill(image, mask)[..., ::-1])
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--peers", metavar="PYTHON", help="interpreter of the other methods; without it, only ours")
    parser.add_argument("--pictures", type=int, default=3)
    parser.add_argument("--detect", action="store_true", help="find the damage as well")
    parser.add_argument("--folder", type=Path, help="where the scans are made for the time being")
    parser.add_argument(
        "sources", nargs="*", type=Path, default=sorted((bundled.resources() / "samples").glob("*.jpg"))
    )
    parser.add_argument("--page", type=Path, help="put the table into this page, too")
    args = parser.parse_args()
    cores = usable_cores()
    with tempfile.TemporaryDirectory(dir=args.folder) as place:
        folder = Path(place)
        make_scans(folder, args.sources, args.pictures)
        rows = [
            f"{args.pictures} scans of {SIZE[0]} × {SIZE[1]}, {cores} cores, load {os.getloadavg()[0]:.0f}",
            "",
            "| way | CPU s a picture | wall s a picture | pictures an hour, as it went | if the cores were its own |",
            "|---|---|---|---|---|",
        ]
        print("\n".join(rows), flush=True)
        scans, masks = str(folder / "scans"), str(folder / "masks")
        ours = [sys.executable, "-m", "restorer", "batch", scans, "--device", "cpu", "-o"]
        for workers in dict.fromkeys((1, cores)):
            more = ["--masks", masks, "--workers", str(workers)]
            name = f"restorer batch, masks, --workers {workers}"
            rows += measure(name, args.pictures, cores, lambda out, more=more: [*ours, out, *more])
        if args.detect:
            rows += measure("restorer batch --detect", args.pictures, cores, lambda out: [*ours, out, "--detect"])
        for word, function in (("FSR_FAST padded", "fsr_fast_padded"), ("PyPatchMatch p3", "patchmatch_p3")):
            if args.peers:
                plain = [args.peers, "-c", PLAIN, peers, function, scans, masks]
                name = f"plain loop, {word}"
                rows += measure(name, args.pictures, cores, lambda out, plain=plain: [*plain, out])
        if args.page:
            put(args.page, "batch", "\n".join(rows))


def measure(name: str, pictures: int, cores: int, command: object) -> list[str]:
    """Run it on a fresh folder; a row of the table, which is printed, too."""
    with tempfile.TemporaryDirectory() as out:
        begun, before = time.perf_counter(), _cpu()
        subprocess.run(command(out), check=True, stdout=subprocess.DEVNULL)  # type: ignore[operator]
        wall, cpu = time.perf_counter() - begun, _cpu() - before
        written = len(list(Path(out).glob("*.tif")))
    if written != pictures:
        raise SystemExit(f"{name} has written {written} of {pictures} pictures")
    wall, cpu = wall / pictures, cpu / pictures
    row = f"| {name} | {cpu:.1f} | {wall:.1f} | {3600 / wall:.0f} | {3600 * cores / cpu:.0f} |"
    print(row, flush=True)
    return [row]


def _cpu() -> float:
    """Seconds of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def make_scans(folder: Path, sources: list[Path], count: int) -> None:
    """`scans/N.tif` with white scratches, and `masks/N.png`."""
    rng = np.random.default_rng(0)
    for name in ("scans", "masks"):
        (folder / name).mkdir()
    for number in range(1, count + 1):
        picture = cv2.imread(str(sources[(number - 1) % len(sources)]))
        scan = cv2.resize(picture, SIZE, interpolation=cv2.INTER_CUBIC)
        noise = rng.normal(0, 2, (SIZE[1], SIZE[0], 1)).astype(np.float32)  # the grain of a scan
        scan = np.clip(scan + noise, 0, 255).astype(np.uint8)
        mask = np.zeros(SIZE[::-1], np.uint8)
        for _ in range(12):
            start, way = rng.uniform((0, 0), SIZE), rng.normal(0, 1500, 2)
            bend = rng.normal(0, 60, 2)
            steps = np.linspace(0, 1, 24)[:, None]
            line = start + way * steps + bend * np.sin(np.pi * steps)
            cv2.polylines(mask, [np.rint(line).astype(np.int32)], False, 255, int(rng.integers(3, 9)))
        scan[mask > 0] = 235
        cv2.imwrite(str(folder / "scans" / f"{number}.tif"), scan)
        cv2.imwrite(str(folder / "masks" / f"{number}.png"), mask)


if __name__ == "__main__":
    main()
