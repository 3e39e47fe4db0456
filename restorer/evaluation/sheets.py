"""Contact sheets: what the figures look like.  The pictures are chosen by rank, never by hand.

For each kind of damage the worst, the median and the best pictures by the perceptual distance of our fill; of
each the part of the hole that our fill got most wrong, at 200 %, as: damaged, ours, the best peer(s), the truth.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from restorer.evaluation.masks import KINDS
from restorer.evaluation.methods import PEER_NAMES
from restorer.evaluation.results import MethodResults, Results, Row
from restorer.evaluation.tables import PERCEPTUAL, PSNR, best_of, compared, means
from restorer.evaluation.worker import read
from restorer.imaging.region import Region

CROP = 112
"""Side of the part that is shown, px of the picture."""

ENLARGED = 2
"""Pixels are shown as squares of this side."""

EACH = 12
"""Pictures on a sheet."""

GAP, LABEL, SIZE = 6, 18, 13
PAPER, INK = (246, 246, 244), (40, 40, 40)

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Strip:
    """One line of a sheet: a caption, and panels of uint8 RGB with their titles."""

    caption: str
    panels: tuple[tuple[str, Pixels], ...]


def write(results: Results, rows: list[Row], ours: str) -> list[Path]:
    """Writes the sheets of method `ours` and gives their files: `sheets/KIND-worst.webp` and so on."""
    methods = {method.name: method for method in results.methods()}
    written = []
    for kind in KINDS:
        kept = compared(rows, kind)
        mine = sorted((row for row in kept if row.method == ours), key=lambda row: -row.scores.perc)
        peers = means(row for row in kept if row.method in PEER_NAMES)
        # one of them may lead in both
        shown = list(dict.fromkeys(best_of(peers, column) for column in (PERCEPTUAL, PSNR))) if peers else []
        for name, chosen in ranked(mine):
            strips = [_strip(results, [methods[m] for m in (ours, *shown)], row) for row in chosen]
            path = results.folder / "sheets" / f"{kind}-{name}.webp"
            path.parent.mkdir(exist_ok=True)
            _sheet(strips).save(path, quality=95, method=4)
            written.append(path)
    return written


def ranked(rows: list[Row], each: int = EACH) -> Iterator[tuple[str, list[Row]]]:
    """From rows sorted worst first: three parts without overlap."""
    each = min(each, len(rows) // 3)
    if each == 0:
        if rows:
            yield "all", rows
        return
    middle = (len(rows) - each) // 2
    yield "worst", rows[:each]
    yield "median", rows[middle : middle + each]
    yield "best", rows[len(rows) - each :]


def most_wrong(truth: Pixels, filled: Pixels, side: int = CROP) -> Region:
    """The square of `side` px (less, if the picture is smaller) with the largest sum of errors."""
    height, width = truth.shape[:2]
    rows, columns = min(side, height), min(side, width)
    error = np.abs(truth.astype(np.float64) - filled).sum(2)
    total = np.pad(error, ((1, 0), (1, 0))).cumsum(0).cumsum(1)
    sums = total[rows:, columns:] - total[:-rows, columns:] - total[rows:, :-columns] + total[:-rows, :-columns]
    top, left = (int(i) for i in np.unravel_index(np.argmax(sums), sums.shape))
    return Region(left, top, left + columns, top + rows)


def _strip(results: Results, methods: list[MethodResults], row: Row) -> Strip:
    key = f"{row.image}_{row.kind}"
    truth, damaged = read(str(results.truth(row.image))), read(str(results.given(key)))
    mask = read(str(results.judged(key)))[..., :1] > 127
    damaged[mask[..., 0]] = 255
    fills = [(method.name, read(str(method.picture(key)))) for method in methods]
    fills = [(name, np.where(mask, pixels, truth)) for name, pixels in fills]
    part = most_wrong(truth, fills[0][1]).slices
    panels = [("damaged", damaged), *fills, ("truth", truth)]
    caption = f"{row.image}   {row.scores.psnr_hole:.1f} dB   perceptual {1000 * row.scores.perc:.1f}"
    return Strip(caption, tuple((title, np.ascontiguousarray(pixels[part])) for title, pixels in panels))


def _sheet(strips: list[Strip]) -> Image.Image:
    cell = CROP * ENLARGED
    columns = len(strips[0].panels)
    width = GAP + columns * (cell + GAP)
    sheet = Image.new("RGB", (width, LABEL + len(strips) * (LABEL + cell + GAP)), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(SIZE)
    for column, (title, _) in enumerate(strips[0].panels):
        draw.text((GAP + column * (cell + GAP), 2), title, INK, font)
    for line, strip in enumerate(strips):
        top = LABEL + line * (LABEL + cell + GAP)
        draw.text((GAP, top + 1), strip.caption, INK, font)
        for column, (_, pixels) in enumerate(strip.panels):
            size = (pixels.shape[1] * ENLARGED, pixels.shape[0] * ENLARGED)
            enlarged = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST), np.uint8)
            sheet.paste(Image.fromarray(enlarged), (GAP + column * (cell + GAP), top + LABEL))
    return sheet
