"""From pixels to a file: PNG, TIFF, or JPEG, JPEG 2000 and DICOM again as what they were; whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import numpy as np

from restorer.imaging.atomic import Together, write_atomically
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import jpeg2000, jpeg_saving, loss, png, tiff
from restorer.imaging.files.jp2_boxes import Jp2Boxes
from restorer.imaging.files.jpeg_segments import JpegSegments
from restorer.imaging.files.photograph import Photograph
from restorer.imaging.files.stored import PixelSource
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from restorer.imaging.files.jpeg_merge import Reach

WRITABLE_SUFFIXES = (
    ".png",
    ".tif",
    ".tiff",
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jp2",
    ".j2k",
    ".jpx",
    ".jpf",
    ".j2c",
    ".dcm",
    ".dicom",
)

_FORMATS = {
    ".png": "PNG", ".tif": "TIFF", ".tiff": "TIFF", ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG",
    ".jp2": "JPEG 2000", ".j2k": "JPEG 2000", ".jpx": "JPEG 2000", ".jpf": "JPEG 2000", ".j2c": "JPEG 2000",
    ".dcm": "DICOM", ".dicom": "DICOM",
}  # fmt: skip


def _format(photograph: Photograph, target: Path) -> str:
    """Raises RestorerError for a suffix that cannot be written, or not from this photograph."""
    name = _FORMATS.get(target.suffix.lower())
    if name is None:
        raise RestorerError(
            f"“{target.name}” cannot be saved in that format: end its name with .png, .tif or .tiff, "
            "or with .jpg or .jp2 if the picture was one."
        )
    if photograph.medical and name != "DICOM":
        raise RestorerError(
            f"“{target.name}” cannot hold a medical picture's values and window: end its name with .dcm."
        )
    if name == "DICOM" and not photograph.medical:
        raise RestorerError(f"“{target.name}” can only be made of a DICOM: end its name with .png, .tif or .tiff.")
    if name == "JPEG" and not isinstance(photograph.carried, JpegSegments):
        raise RestorerError(
            f"“{target.name}” would change every pixel, as JPEG does with pictures of other formats: "
            "end its name with .png, .tif or .tiff."
        )
    if name == "JPEG 2000" and not isinstance(photograph.carried, Jp2Boxes):
        raise RestorerError(
            f"“{target.name}” can only be made of a JPEG 2000, of 8 bits a channel or more: "
            "end its name with .png, .tif or .tiff."
        )
    if name == "PNG" and (photograph.inks or photograph.pixels.dtype.kind == "f"):
        kind = "CMYK inks" if photograph.inks else "floating-point pixels"
        raise RestorerError(f"“{target.name}” cannot hold {kind}, as PNG knows none: end its name with .tif or .tiff.")
    return name


def writable_suffixes(photograph: Photograph) -> tuple[str, ...]:
    """The endings of WRITABLE_SUFFIXES that this photograph can be saved under, its own format's first."""
    fitting = []
    for suffix in WRITABLE_SUFFIXES:
        with suppress(RestorerError):
            _format(photograph, Path(f"name{suffix}"))
            fitting.append(suffix)
    return tuple(sorted(fitting, key=lambda suffix: _FORMATS[suffix] != photograph.format))


def reach(photograph: Photograph, target: Path) -> Reach | None:
    """What besides the changed pixels saving may change: None for formats that keep each pixel.

    Raises RestorerError as `write_photograph`.
    """
    name = _format(photograph, Path(target))
    return jpeg_saving.reach(photograph) if name == "JPEG" else tiff.reach(photograph) if name == "TIFF" else None


def losses(photograph: Photograph, target: Path) -> tuple[str, ...]:
    """Sentences about what the target's format, or our writer, cannot carry; empty if nothing is lost.

    Raises RestorerError for a suffix that cannot be written.
    """
    ways = {"PNG": loss.in_png, "TIFF": loss.in_tiff, "JPEG": loss.in_jpeg, "JPEG 2000": loss.in_jpeg2000,
            "DICOM": loss.in_dicom}  # fmt: skip
    name = _format(photograph, Path(target))
    return (*loss.of_turn(photograph, name), *ways[name](photograph))


def write_photograph(
    photograph: Photograph,
    pixels: PixelSource,
    target: Path,
    verify: Callable[[Path], object] | None = None,
    *,
    together: Together | None = None,
) -> None:
    """Save `pixels` (shape and dtype of `photograph.pixels`, as shown) with everything known of `photograph`.

    The format follows the target's suffix.  In the photograph's own format the pixels are turned back to its
    orientation and the tag stays; in another one they are stored as shown.  How a person has `turned` the photograph
    never moves a pixel: it goes into the tag, and is left out where there is none (see `losses`).

    `verify` may read the new file before it takes the target's name, and refuse it by raising.  With `together` the
    name is left to that.

    Raises RestorerError if it cannot be written, the old target is intact then; ValueError for other pixels.
    """
    target = Path(target)
    name = _format(photograph, target)
    if pixels.shape != photograph.pixels.shape or pixels.dtype != photograph.pixels.dtype:
        raise ValueError(
            f"pixels are {pixels.shape} {pixels.dtype}, the photograph's {photograph.pixels.shape} "
            f"{photograph.pixels.dtype}"
        )

    def write(file: BinaryIO) -> None:
        if name == "DICOM":
            from restorer.imaging.files import dicom

            dicom.write(photograph, pixels, file)
        elif name == "JPEG 2000":
            whole = pixels if isinstance(pixels, np.ndarray) else pixels.read(Region.of_shape(pixels.shape))
            jpeg2000.write(photograph, whole, file)
        else:
            {"PNG": png.write, "TIFF": tiff.write, "JPEG": jpeg_saving.write}[name](photograph, pixels, file)

    if name == "PNG":
        png.check_dimensions(photograph.pixels)
    try:
        write_atomically(target, write, verify, together=together)
    except MemoryError as error:
        raise RestorerError(f"There is not enough memory to save “{target.name}”: close other programs.") from error
