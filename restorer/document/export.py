"""Writing the restored picture, and the proof that nothing else changed."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import WRITABLE_SUFFIXES, reach, read_photograph, write_photograph
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from restorer.document.document import Document
    from restorer.document.repair import Image
    from restorer.imaging.files import Photograph
    from restorer.imaging.files.jpeg_merge import Reach

STRIPE = 256


@dataclass(frozen=True)
class Proof:
    """What an export changed, counted on the file that was written, read back."""

    changed: int
    """Pixels that differ from the original."""
    outside: int
    """Of these, pixels that were never marked (and grown) for a repair.

    None in lossless files.  In a JPEG those that share a block with marked ones; a file with any other is not saved.
    """


def export(document: Document, target: Path, *, overwrite: bool = False) -> Proof:
    """Write the image as restored so far; the format follows the suffix.

    The new file is read back and compared with the original before it takes its name.

    Raises:
        RestorerError: as `check_target`, the file cannot be written, or would differ where nothing was marked; an old
            file of that name is intact then.
    """
    proof = export_image(document.photograph, document.image, target, overwrite=overwrite)
    document.exported()
    return proof


def export_image(photograph: Photograph, image: Image, target: Path, *, overwrite: bool = False) -> Proof:
    """Write a snapshot of a document, on any thread, while the document itself goes on changing.

    Raises:
        RestorerError: as `export`.
    """
    check_target(photograph.path, target, overwrite=overwrite)
    proofs: list[Proof] = []
    reached = reach(photograph, target)
    if reached is not None:
        for repair in image.repairs:
            reached.add(repair.wanted.region, repair.wanted.bits)

    def verify(written: Path) -> None:
        proof, beyond = _proof(image, written, target.name, reached)
        if beyond:
            raise RestorerError(
                f"{target.name} was not saved: {beyond} pixels outside the mask would have changed. "
                "This is a fault of the program; please report it."
            )
        proofs.append(proof)

    write_photograph(photograph, image.read(Region.of_shape(image.shape)), target, verify)
    return proofs[0]


def check_target(original: Path, target: Path, *, overwrite: bool, inputs: Sequence[Path] = ()) -> None:
    """See that `target` may be written, before long work begins.

    Args:
        original: never replaced.
        target: what is to be written.
        overwrite: another existing file may be replaced.
        inputs: other files that are read and must not be replaced either, as the mask.

    Raises:
        RestorerError: it is the original or another input, exists and `overwrite` is not set, has no suffix that can
            be written, or its folder is missing or cannot be written to.
    """
    if target.suffix.lower() not in WRITABLE_SUFFIXES:
        kinds = ", ".join(sorted(WRITABLE_SUFFIXES))
        kind = target.suffix or "file without suffix"
        raise RestorerError(f"{target} cannot be written as a {kind}: choose one of {kinds}.")
    try:
        _check_place(original, target, overwrite, inputs)
    except OSError as error:
        raise RestorerError(f"{target} cannot be written ({error.strerror}): choose another name or folder.") from None


def _check_place(original: Path, target: Path, overwrite: bool, inputs: Sequence[Path]) -> None:
    if not target.parent.is_dir():
        raise RestorerError(f"There is no folder {target.parent}: make it first, or choose another one.")
    if not os.access(target.parent, os.W_OK):
        raise RestorerError(f"{target.parent} cannot be written to: choose another folder or change its permissions.")
    if target.exists():
        if original.exists() and target.samefile(original):
            raise RestorerError(f"{target} is the original: choose another name, it is never overwritten.")
        if any(file.exists() and target.samefile(file) for file in inputs):
            raise RestorerError(f"{target} is read as well: choose another name for what is written.")
        if not overwrite:
            raise RestorerError(f"{target} exists: choose another name, or allow it to be replaced (--overwrite).")


def _proof(image: Image, file: Path, name: str, reached: Reach | None) -> tuple[Proof, int]:
    """Compare the written file with the original, stripe by stripe.

    Also says how many pixels changed that had no reason to: neither marked nor reached by a mark.
    """
    written = read_photograph(file).pixels
    original = image.original
    if written.shape != original.shape or written.dtype != original.dtype:
        raise RestorerError(
            f"{name} was not saved: it came out as {written.dtype} {written.shape}. Try another format."
        )
    height, width = original.shape[:2]
    changed = outside = beyond = 0
    for top in range(0, height, STRIPE):
        stripe = Region(0, top, width, min(top + STRIPE, height))
        differs = written[stripe.slices] != original[stripe.slices]
        if differs.ndim == 3:
            differs = differs.any(2)
        if not differs.any():
            continue
        marked = np.zeros(differs.shape, bool)
        for repair in image.repairs:
            common = repair.wanted.region & stripe
            if not common.empty:
                marked[common.within(stripe).slices] |= repair.wanted.bits[common.within(repair.wanted.region).slices]
        changed += int(differs.sum())
        differs &= ~marked
        outside += int(differs.sum())
        if reached is not None and differs.any():
            differs &= ~reached.within(stripe)
        beyond += int(differs.sum())
    return Proof(changed, outside), beyond
