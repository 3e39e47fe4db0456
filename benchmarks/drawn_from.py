"""The deletion test of “drawn from”: `python benchmarks/drawn_from.py [PICTURE ...] [--cases N]`.

In each case damage is drawn on a picture (scratches, spots, tears, in turn), filled, and asked what the fill drew from.
Then what is marked as the most important is blanked, and, three times, parts drawn at random that are as large and as
far from the damage; the ratio of how much the fill changes is to be 2 or more.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from statistics import mean, median

import cv2
import numpy as np

from restorer.bundled import resources
from restorer.engine.filling import filler
from restorer.engine.resting import Occlusion, alike, drawn_from, known_in
from restorer.imaging.files import read_photograph
from restorer.imaging.job import Job
from restorer.imaging.marks import Placed
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region

RANDOM = 3
KINDS = ("scratch", "spot", "tear")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="*", type=Path, metavar="PICTURE")
    parser.add_argument("--cases", type=int, default=20)
    parser.add_argument("--kinds", nargs="+", choices=KINDS, default=KINDS)
    parser.add_argument("--model")
    args = parser.parse_args()
    samples = resources() / "samples"
    pictures = args.pictures or [samples / "colosseum.jpg", samples / "osprey.jpg", samples / "tea-gardens.tif"]
    fills = filler(args.model, "cpu", 1)
    ratios = []
    print("case  kind     parts  marked px  random px  change marked  change random  ratio")
    for case in range(args.cases):
        pixels = read_photograph(pictures[case % len(pictures)]).pixels
        kind = args.kinds[case // len(pictures) % len(args.kinds)]
        job = _job(pixels, kind, np.random.default_rng(case))
        drawn, asking = drawn_from(job, fills), Occlusion(job, fills)
        marked = [part.place for part in drawn.most]
        others = [alike(drawn, asking, seed) for seed in range(RANDOM)]
        change, by_chance = asking.change(marked), mean(asking.change(places) for places in others)
        ratios.append(change / max(by_chance, 1e-9))
        size, random_size = known_in(asking, marked), round(mean(known_in(asking, places) for places in others))
        print(
            f"{case:4}  {kind:8} {len(drawn.asked):5}  {size:9}  {random_size:9}  {change:13.4f}  {by_chance:13.4f}  "
            f"{ratios[-1]:5.2f}",
            flush=True,
        )
    passed = sum(ratio >= 2 for ratio in ratios)
    print(f"median ratio {median(ratios):.2f}, 2 or more in {passed} of {len(ratios)}, least {min(ratios):.2f}")
    return 0


def _job(pixels: np.ndarray, kind: str, rng: np.random.Generator) -> Job:
    height, width = pixels.shape[:2]
    x, y = int(rng.integers(150, width - 150)), int(rng.integers(150, height - 150))
    turn = float(rng.uniform(0, 180))
    drawn = np.zeros((height, width), np.uint8)
    if kind == "scratch":
        ends = rng.integers(-90, 90, 2)
        cv2.line(drawn, (x, y), (x + int(ends[0]), y + int(ends[1])), 1, 4)
    elif kind == "spot":
        cv2.circle(drawn, (x, y), 16, 1, -1)
    else:
        cv2.ellipse(drawn, (x, y), (30, 8), turn, 0, 360, 1, -1)
    mask = drawn > 0
    region = Region.around(mask)
    stroke = Stroke(region, mask[region.slices])
    return Job(Whole(pixels), stroke, Placed(stroke, mask.shape))


if __name__ == "__main__":
    raise SystemExit(main())
