"""All of the work on a photograph at one moment, and whether a file holds it, as other programs read it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import tifffile
from numpy.typing import NDArray
from PIL import Image

from restorer.document.document import Document
from restorer.document.export import Proof
from restorer.document.project import open_project

BLOCK = 16
"""Px of a JPEG's largest blocks, of which colours are stored for each second pixel."""


@dataclass(frozen=True, eq=False)
class Work:
    """What a document holds; nothing in it changes later."""

    source: Path
    pixels: NDArray[Any]
    marks: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    """All that the repairs which are seen were asked for."""
    repairs: tuple[tuple[object, ...], ...]
    turned: int
    steps: tuple[int, int]
    """That can be undone, and redone."""


def work_of(document: Document) -> Work:
    asked = np.zeros(document.mask.shape, bool)
    for repair in document.repairs:
        if repair.visible:
            asked |= np.asarray(repair.wanted)
    told = tuple(
        (repair.number, repair.run, repair.name, repair.on, repair.strength, repair.feather, repair.region,
         None if repair.grain is None else repair.grain.amount, sorted(repair.made.items()))
        for repair in document.repairs
    )  # fmt: skip
    history = document.history
    return Work(
        document.source.path,
        document.image.read(document.bounds),
        np.asarray(document.mask).copy(),
        asked,
        told,
        document.photograph.turned,
        (len(history.done), len(history.undone)),
    )


def same(one: Work, other: Work, *, steps: bool = True) -> bool:
    """An assertion that tells what differs, and True."""
    assert one.repairs == other.repairs
    assert one.turned == other.turned
    assert (one.marks == other.marks).all()
    assert (one.asked == other.asked).all()
    assert (one.pixels == other.pixels).all()
    if steps:
        assert one.steps == other.steps
    return True


def is_saved(path: Path, work: Work) -> None:
    """A project opens with all the work, and its first step began at the original."""
    document = Document.open(work.source)  # or an error of it would pass for one of the project
    assert (document.original == original_of(work.source)).all()
    document = open_project(path)
    same(work_of(document), work)
    while document.history.can_undo:
        document.undo()
    assert (document.image.read(document.bounds) == original_of(work.source)).all()
    assert not document.marked
    assert document.repairs == ()


def is_marked(path: Path, marks: NDArray[np.bool_]) -> None:
    """A mask is a PNG that is white where something is marked, and black elsewhere."""
    read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
    assert read.dtype == np.uint8
    assert (read == np.where(marks, 255, 0)).all()


def is_exported(path: Path, work: Work, proof: Proof) -> None:
    """The file is the picture as it was then, and outside the mask the original."""
    written, before = original_of(path), original_of(work.source)
    assert written.shape == before.shape
    if path.suffix != ".jpg":
        assert written.dtype == before.dtype
        assert (written[~work.asked] == before[~work.asked]).all()
        assert (written == work.pixels).all()
        assert proof.outside == 0
        assert proof.changed == _differing(written, before).sum()
    elif work.source.suffix == ".jpg":
        touched = _blocks(work.asked)
        assert not (_differing(written, before) & ~touched).any()
    else:
        apart = np.abs(written - work.pixels * (255 / np.iinfo(work.pixels.dtype).max))
        assert apart.mean() < 12  # made anew: every pixel may differ, but it is that picture


def original_of(path: Path) -> NDArray[Any]:
    """The stored pixels of a file, read without this program: H×W or H×W×3, in its own depth."""
    match path.suffix:
        case ".tif":
            return tifffile.imread(path)
        case ".jpg":
            with Image.open(path) as opened:
                return np.asarray(opened)
        case _:
            read = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
            return read if read.ndim == 2 else read[..., ::-1]


def _differing(one: NDArray[Any], other: NDArray[Any]) -> NDArray[np.bool_]:
    apart = one != other
    return apart if apart.ndim == 2 else apart.any(2)


def _blocks(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The blocks that the mask touches, with those beside them."""
    height, width = mask.shape
    rows, columns = -(-height // BLOCK), -(-width // BLOCK)
    grid = np.zeros((rows * BLOCK, columns * BLOCK), np.uint8)
    grid[:height, :width] = mask
    touched = grid.reshape(rows, BLOCK, columns, BLOCK).max((1, 3))
    touched = cv2.dilate(touched, np.ones((3, 3), np.uint8))
    return touched.repeat(BLOCK, 0).repeat(BLOCK, 1)[:height, :width].astype(bool)
