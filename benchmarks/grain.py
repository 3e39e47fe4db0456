"""Grain of new repairs: `python benchmarks/grain.py PICTURE [PICTURE ...]`.

Strokes are painted where nothing is damaged, so that what was there is known, and restored one by one, as a person
does.  For each amount of grain: the energy of the finest detail in the repaired places as a share of what was there
(1 is as grainy as before; the median over the strokes), and the PSNR in them.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from restorer.document.document import Document
from restorer.engine.restorer import Restorer
from restorer.imaging.brush import band
from restorer.imaging.errors import RestorerError

AMOUNTS = (0.0, 0.5, 0.75, 1.0)
STROKES = 12
WIDTH = 9


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pictures", nargs="+", type=Path, metavar="PICTURE")
    args = parser.parse_args()
    restorer = Restorer(device="cpu", threads=1)
    every: dict[float, list[tuple[float, float]]] = {amount: [] for amount in AMOUNTS}
    for number, path in enumerate(args.pictures):
        found = _measured(path, restorer, np.random.default_rng(number))
        for amount in AMOUNTS:
            every[amount] += found[amount]
        print(path.stem, *(f"{amount:g}: {_told(found[amount])}" for amount in AMOUNTS), sep="   ", flush=True)
    print("all", *(f"{amount:g}: {_told(every[amount])}" for amount in AMOUNTS), sep="   ")
    return 0


def _measured(path: Path, restorer: Restorer, rng: np.random.Generator) -> dict[float, list[tuple[float, float]]]:
    """Share of the energy, and PSNR, of each stroke."""
    document = Document.open(path)
    height, width = document.mask.shape
    found: dict[float, list[tuple[float, float]]] = {amount: [] for amount in AMOUNTS}
    for _ in range(STROKES):
        x, y, turn, length = rng.uniform(40, width - 40), rng.uniform(40, height - 40), rng.uniform(0, 3.2), 70
        way = length / 2 * np.array([np.cos(turn), np.sin(turn)])
        stroke = band([(x - way[0], y - way[1]), (x + way[0], y + way[1])], WIDTH, (height, width))
        if stroke is None:
            continue
        document.mark(stroke)
        job = document.job(stroke)
        document.apply(job, restorer.restore(job), restorer.made(job))
        place = stroke.region.grown(2) & document.bounds
        inside = np.zeros((place.height, place.width), bool)
        inside[stroke.region.within(place).slices] = stroke.bits
        before = document.original[place.slices].astype(np.float32)
        for amount in AMOUNTS:
            try:
                document.set_grain(document.repairs[-1], amount)
            except RestorerError:
                break
            after = document.image.read(place).astype(np.float32)
            error = float(((after - before)[inside] ** 2).mean())
            share = _energy(after, inside) / max(_energy(before, inside), 1e-6)
            found[amount].append((share, 10 * np.log10(np.iinfo(document.original.dtype).max ** 2 / max(error, 1e-6))))
    return found


def _energy(pixels: np.ndarray, inside: np.ndarray) -> float:
    grey = np.ascontiguousarray(pixels if pixels.ndim == 2 else pixels[..., :3].mean(2))
    kernel = np.outer([1, -2, 1], [1, -2, 1]).astype(np.float32) / 6
    inner = cv2.erode(inside.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return float((cv2.filter2D(grey, -1, kernel)[inner] ** 2).mean())


def _told(found: list[tuple[float, float]]) -> str:
    if not found:
        return "-"
    share, psnr = np.median(np.array(found), 0)
    return f"{share:.2f} {psnr:.2f} dB"


if __name__ == "__main__":
    raise SystemExit(main())
