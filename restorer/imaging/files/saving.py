"""From pixels to a file: PNG or TIFF, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import loss, png, tiff
from restorer.imaging.files.photograph import Photograph, Pixels

WRITABLE_SUFFIXES = (".png", ".tif", ".tiff")


def _is_png(target: Path) -> bool:
    """Raises RestorerError for a suffix that cannot be written."""
    suffix = target.suffix.lower()
    if suffix not in WRITABLE_SUFFIXES:
        raise RestorerError(f"“{target.name}” cannot be saved in that format: end its name with .png, .tif or .tiff.")
    return suffix == ".png"


def losses(photograph: Photograph, target: Path) -> tuple[str, ...]:
    """Sentences about what the target's format, or our writer, cannot carry; empty if nothing is lost.

    Raises RestorerError for a suffix that cannot be written.
    """
    return loss.in_png(photograph) if _is_png(Path(target)) else loss.in_tiff(photograph)


def write_photograph(
    photograph: Photograph, pixels: Pixels, target: Path, verify: Callable[[Path], object] | None = None
) -> None:
    """Save `pixels` (shape and dtype of `photograph.pixels`, as shown) with everything known of `photograph`.

    The format follows the target's suffix.  In the photograph's own format the pixels are turned back to its
    orientation and the tag stays; in another one they are stored as shown.

    `verify` may read the new file before it takes the target's name, and refuse it by raising.

    Raises RestorerError if it cannot be written, the old target is intact then; ValueError for other pixels.
    """
    target = Path(target)
    as_png = _is_png(target)
    if pixels.shape != photograph.pixels.shape or pixels.dtype != photograph.pixels.dtype:
        raise ValueError(
            f"pixels are {pixels.shape} {pixels.dtype}, the photograph's {photograph.pixels.shape} "
            f"{photograph.pixels.dtype}"
        )

    def write(file: BinaryIO) -> None:
        (png if as_png else tiff).write(photograph, pixels, file)

    if as_png:
        png.check_dimensions(pixels)
    try:
        write_atomically(target, write, verify)
    except MemoryError as error:
        raise RestorerError(f"There is not enough memory to save “{target.name}”: close other programs.") from error
