"""Writing the restored picture, and the proof that nothing else changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import WRITABLE_SUFFIXES, read_photograph, write_photograph
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.document.document import Document
    from restorer.document.repair import Image
    from restorer.imaging.files import Photograph

STRIPE = 256


@dataclass(frozen=True)
class Proof:
    """What an export changed, counted on the file that was written, read back."""

    changed: int
    """Pixels that differ from the original."""
    outside: int
    """Of these, pixels that no repair covers; 0 for a lossless format."""


def export(document: Document, target: Path, *, overwrite: bool = False) -> Proof:
    """Write the image as restored so far; the format follows the suffix.

    Raises:
        RestorerError: as `check_target`, or the file cannot be written.
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
    write_photograph(photograph, image.read(Region.of_shape(image.shape)), target)
    return _proof(image, target)


def check_target(original: Path, target: Path, *, overwrite: bool) -> None:
    """See that `target` may be written, before long work begins.

    Raises:
        RestorerError: it is the original, exists and `overwrite` is not set, has no suffix that can be written, or
            its folder is missing.
    """
    if target.suffix.lower() not in WRITABLE_SUFFIXES:
        kinds = ", ".join(sorted(WRITABLE_SUFFIXES))
        kind = target.suffix or "file without suffix"
        raise RestorerError(f"{target} cannot be written as a {kind}: choose one of {kinds}.")
    if not target.parent.is_dir():
        raise RestorerError(f"There is no folder {target.parent}: make it first, or choose another one.")
    if target.exists():
        if original.exists() and target.samefile(original):
            raise RestorerError(f"{target} is the original: choose another name, it is never overwritten.")
        if not overwrite:
            raise RestorerError(f"{target} exists: choose another name, or allow it to be replaced (--overwrite).")


def _proof(image: Image, target: Path) -> Proof:
    """Compare the written file with the original, stripe by stripe."""
    written = read_photograph(target).pixels
    original = image.original
    if written.shape != original.shape or written.dtype != original.dtype:
        raise RestorerError(f"{target} was written as {written.dtype} {written.shape}: export to another format.")
    height, width = original.shape[:2]
    changed = outside = 0
    for top in range(0, height, STRIPE):
        stripe = Region(0, top, width, min(top + STRIPE, height))
        differs = written[stripe.slices] != original[stripe.slices]
        if differs.ndim == 3:
            differs = differs.any(2)
        if not differs.any():
            continue
        covered = np.zeros(differs.shape, bool)
        for repair in image.repairs:
            for patch in repair.patches:
                common = patch.region & stripe
                if not common.empty:
                    covered[common.within(stripe).slices] |= patch.mask[common.within(patch.region).slices]
        changed += int(differs.sum())
        outside += int((differs & ~covered).sum())
    return Proof(changed, outside)
