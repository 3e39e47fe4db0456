"""Does the engine know where it is wrong?  Its expected error against the real one, region by region.

A region is what one connected piece of damage has inside one cell of a 16-px grid, if that is at least 16 px: a speck
is one region, a scratch or a stain is many.  For each, the mean over its pixels of

- the real error: mean absolute difference from the truth over R, G and B;
- the expected one, which `Restorer.answers` gives with the patches;
- the plain predictor: distance to the nearest known pixel × local contrast, the standard deviation of the luminance of
  the known pixels in a window of 33×33 px, doubled until a fiftieth of it is known.

Spearman's rank correlation is taken over all regions of a kind of damage, of all pictures together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from restorer.evaluation.masks import KINDS
from restorer.evaluation.methods import Method
from restorer.evaluation.results import Results, load, save
from restorer.evaluation.runner import Task
from restorer.evaluation.tables import head, line
from restorer.evaluation.worker import read
from restorer.imaging import mask as masks
from restorer.imaging.job import Job
from restorer.imaging.patch import Whole

CELL = 16
SMALLEST = 16
"""Px of a region: the mean of fewer says little."""
WINDOW = 33
KNOWN = 0.02

GOAL, GOAL_MORE = 0.6, 0.1
"""At least so much rank correlation, at least so much more than the plain predictor has."""

Floats = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Regions:
    """The regions of a mask: `number` says of each of its pixels (in `np.nonzero`'s order) which region it is in."""

    row: NDArray[np.intp]
    column: NDArray[np.intp]
    number: NDArray[np.intp]
    pixels: NDArray[np.intp]

    @classmethod
    def of(cls, mask: Mask) -> Regions:
        """Pieces of a bool H×W mask, cut on the grid."""
        _, labels = cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)
        row, column = np.nonzero(mask)
        cells = row // CELL * (mask.shape[1] // CELL + 1) + column // CELL
        keys = labels[row, column].astype(np.int64) * (int(cells.max(initial=0)) + 1) + cells
        _, number, pixels = np.unique(keys, return_inverse=True, return_counts=True)
        return cls(row, column, number, pixels)

    def means(self, values: Floats) -> NDArray[np.float64]:
        """The mean of H×W values over each region that is large enough."""
        total = np.bincount(self.number, values[self.row, self.column].astype(np.float64), len(self.pixels))
        return np.asarray(total / self.pixels)[self.pixels >= SMALLEST]


def measure(method: Method, tasks: list[Task], results: Results, threads: int, report: Callable[[], None]) -> None:
    """Fills the tasks that were not measured as they are now, and keeps what was expected and what came."""
    from restorer.engine.restorer import Restorer

    path = _file(results, method)
    record = load(path)
    if record.get("version") != method.version:
        record = {"method": method.name, "version": method.version, "fills": {}}
    engine = None
    for task in tasks:
        held = record["fills"].get(task.key)
        if held is None or held["given"] != task.given:
            engine = engine or Restorer(method.options.get("model"), threads=threads)
            regions = _measured(engine, task, results)
            record["fills"][task.key] = {"given": task.given, "regions": np.round(regions, 3).tolist()}
            save(path, record)
        report()


def rank_correlation(first: Floats, second: Floats) -> float:
    """Spearman's: Pearson's of the ranks, ties with their mean rank; NaN where one of them is constant."""
    one, other = _ranks(first), _ranks(second)
    if len(one) < 2 or one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def table(results: Results) -> str:
    """What was measured, by kind of damage, beside the goals; empty if nothing was."""
    parts = []
    for path in sorted((results.folder / "confidence").glob("*.json")):
        record = load(path)
        lines = [_kind_line(kind, record["fills"]) for kind in KINDS]
        if any(lines):
            titles = (
                "damage",
                "regions",
                f"expected error (goal {GOAL})",
                "plain predictor",
                f"more (goal {GOAL_MORE:+})",
                "mean real ÷ mean expected",
            )
            parts += [f"### {record['method']}\n", *head(titles), *(cells for cells in lines if cells), ""]
    if not parts:
        return ""
    about = (
        "Rank correlation with the real error over regions (what a piece of damage has in a cell of a "
        f"{CELL}-px grid, at least {SMALLEST} px); the plain predictor is distance to known pixels × local contrast.\n"
    )
    return "\n".join(["## Confidence\n", about, *parts])


def local_contrast(picture: NDArray[np.uint8], mask: Mask) -> NDArray[np.float32]:
    """Standard deviation of the luminance of the known pixels around each pixel, H×W, in 8-bit levels."""
    known = (~mask).astype(np.float32)
    luminance = picture.astype(np.float32).mean(2) * known
    contrast = np.zeros(mask.shape, np.float32)
    missing, window = np.ones(mask.shape, bool), WINDOW
    while True:
        share, mean, square = (
            cv2.blur(a, (window, window), borderType=cv2.BORDER_CONSTANT)
            for a in (known, luminance, luminance * luminance)
        )
        weight = np.maximum(share, 1e-6)
        found = missing & (share >= KNOWN)
        contrast[found] = np.sqrt(np.maximum(square / weight - (mean / weight) ** 2, 0))[found]
        missing &= ~found
        if not missing.any() or window > 2 * max(mask.shape):
            return contrast
        window = 2 * window + 1


def _measured(engine: Any, task: Task, results: Results) -> NDArray[np.float64]:
    """N×3: expected and real error and the plain prediction of each region; errors in 8-bit levels."""
    picture = read(str(results.given(task.key)))
    truth = read(str(results.truth(task.picture_name)))
    mask, judged = (read(str(f))[..., 0] > 127 for f in (results.mask(task.key), results.judged(task.key)))
    damaged = picture.copy()
    damaged[mask] = 255
    expected, filled = np.zeros(mask.shape, np.float32), damaged.copy()
    for answer in engine.answers(Job(Whole(damaged), masks.cropped(mask), mask)):
        place, wanted = answer.patch.region.slices, answer.patch.mask
        filled[place][wanted] = answer.patch.pixels[wanted]
        if answer.expected_error is not None:  # not every network tells one
            expected[place][wanted] = 255 * answer.expected_error[wanted]
    regions = Regions.of(judged)
    real = np.abs(filled.astype(np.float32) - truth).mean(2)
    distance = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    plain = distance * local_contrast(picture, mask)
    return np.stack([regions.means(values) for values in (expected, real, plain)], 1)


def _kind_line(kind: str, fills: dict[str, Any]) -> str:
    found = [fill["regions"] for key, fill in fills.items() if key.endswith(f"_{kind}") and fill["regions"]]
    if not found:
        return ""
    expected, real, plain = np.concatenate([np.asarray(regions) for regions in found]).T
    own, other = rank_correlation(expected, real), rank_correlation(plain, real)
    reached = ["**yes**" if good else "no" for good in (own >= GOAL, own - other >= GOAL_MORE)]
    calibrated = real.mean() / max(float(expected.mean()), 1e-9)
    return line(
        (
            kind,
            str(len(real)),
            f"{own:.3f} {reached[0]}",
            f"{other:.3f}",
            f"{own - other:+.3f} {reached[1]}",
            f"{calibrated:.2f}",
        )
    )


def _file(results: Results, method: Method) -> Path:
    return results.folder / "confidence" / f"{method.folder}.json"


def _ranks(values: Floats) -> NDArray[np.float64]:
    _, group, count = np.unique(values, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(count) - (count - 1) / 2)[group])
