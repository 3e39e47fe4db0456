"""Documents with some work in them, for the tests of what keeps it."""

from __future__ import annotations

from pathlib import Path

import imagecodecs
import numpy as np

from restorer.document.document import Document
from restorer.imaging.cloning import Cloning
from restorer.imaging.job import Job
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

MADE = {"model": "none", "seed": "3"}


def picture(folder: Path, name: str = "print.png", *, height: int = 300, width: int = 420) -> Path:
    """A 16-bit RGB PNG of noise."""
    pixels = np.random.default_rng(0).integers(0, 65536, (height, width, 3), np.uint16)
    path = folder / name
    path.write_bytes(imagecodecs.png_encode(pixels))
    return path


def stroke(left: int, top: int, right: int, bottom: int) -> Stroke:
    region = Region(left, top, right, bottom)
    bits = np.ones((region.height, region.width), bool)
    bits[0, 0] = False  # no plain rectangle
    return Stroke(region, bits)


def answer(job: Job, value: int) -> list[Patch]:
    region = job.wanted.region
    pixels = job.image.read(region)
    pixels[job.wanted.bits] = min(value, np.iinfo(pixels.dtype).max)
    return [Patch(region, pixels, job.wanted.bits.copy())]


def heal(document: Document, place: tuple[int, int, int, int], value: int) -> None:
    document.mark(stroke(*place))
    job = document.job(stroke(*place))
    document.apply(job, answer(job, value), MADE)


def worked_on(document: Document) -> Document:
    """Three repairs: one weakened, one switched off, one that read from it, with a name and grain; two strokes by hand;
    marks; and two steps to redo.
    """
    heal(document, (10, 10, 60, 20), 100)
    heal(document, (250, 200, 270, 280), 60000)
    heal(document, (30, 15, 70, 30), 300)
    document.set_strength(document.repairs[1], 0.5)
    document.switch(document.repairs[0], False)
    document.rename(document.repairs[2], "crease “left”")
    document.set_grain(document.repairs[2], 0.5)
    document.clone(stroke(100, 200, 130, 230), Cloning(40, -30, soft=2))
    document.clone(stroke(150, 200, 170, 230), Cloning(-60, 10, heals=True))
    document.mark(stroke(300, 100, 410, 290))
    document.mark(stroke(310, 110, 320, 120), erase=True)
    document.mark(stroke(0, 0, 5, 5))
    document.delete(document.repairs[1])
    document.undo()
    document.undo()
    return document


def pixels_and_marks(document: Document) -> tuple[bytes, bytes]:
    return document.image.read(document.bounds).tobytes(), np.asarray(document.mask).tobytes()


def all_states(document: Document) -> list[tuple[bytes, bytes]]:
    """What undoing everything, and redoing it, goes through; the document is as it was afterwards."""
    redone = 0
    while not document.redo().empty:
        redone += 1
    states = [pixels_and_marks(document)]
    undone = 0
    while document.history.can_undo:
        document.undo()
        undone += 1
        states.append(pixels_and_marks(document))
    for _ in range(undone - redone):
        document.redo()
    return states
