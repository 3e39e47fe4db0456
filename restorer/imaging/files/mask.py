"""Masks as files: white is to be restored."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from restorer.imaging.atomic import Together, write_atomically
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import png
from restorer.imaging.files.opening import probe, read_photograph

_GREYS = 0.1
"""A mask's soft edges take a smaller share of the picture than this; a photograph is grey nearly everywhere."""


def read_mask(path: Path, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The mask in a picture file, bool H×W; `shape` is the height and width it must have.

    A pixel is True if the mean of its colour channels lies above half of the range (above 127 at 8 bit).
    Where the file has an alpha channel the pixel must also be more than half opaque: what is see-through is
    not painted.

    Raises RestorerError if the file cannot be read or has another size.
    """
    return read_mask_with_remarks(path, shape)[0]


def read_mask_with_remarks(path: Path, shape: tuple[int, int]) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """As `read_mask`, with sentences about a file that may not have been meant to be a mask, as a photograph.

    Raises RestorerError as `read_mask`.
    """
    path = Path(path)
    header = probe(path)
    if (header.height, header.width) != shape:
        raise RestorerError(
            f"The mask “{path.name}” has {header.width} × {header.height} pixels, "
            f"the picture {shape[1]} × {shape[0]}: use a mask of the picture's size."
        )
    photograph = read_photograph(path)
    pixels = photograph.pixels
    if photograph.levels is not None:  # floating-point values as 16 bit
        low, high = photograph.levels
        pixels = (np.nan_to_num((pixels - np.float32(low)) / np.float32(high - low)).clip(0, 1) * 65535).astype(
            np.uint16
        )
    highest = int(np.iinfo(pixels.dtype).max)
    colours = 1 if pixels.ndim == 2 else pixels.shape[2] - (pixels.shape[2] in (2, 4))
    sums = pixels if pixels.ndim == 2 else pixels[..., :colours].sum(axis=2, dtype=np.uint32)
    mask: NDArray[np.bool_] = sums > colours * highest // 2
    margin = colours * (highest // 16)
    greys = float(((sums > margin) & (sums < colours * highest - margin)).mean())
    if pixels.ndim == 3 and colours < pixels.shape[2]:
        mask &= pixels[..., colours] > highest // 2
    if greys <= _GREYS:
        return mask, ()
    return mask, (
        f"The mask “{path.name}” holds greys, as a photograph does: what is lighter than middle grey is restored.",
    )


def write_mask(
    path: Path, mask: NDArray[np.bool_], *, overwrite: bool = True, together: Together | None = None
) -> None:
    """Save a mask, bool H×W, as an 8-bit grey PNG of 0 and 255; `overwrite`, `together`: as `write_atomically`.

    Raises RestorerError if it cannot be written; the old file is intact then.
    """
    path = Path(path)
    if path.suffix.lower() != ".png":
        raise RestorerError(f"The mask “{path.name}” cannot be saved in that format: end its name with .png.")

    def write(file: BinaryIO) -> None:
        png.write_pixels(np.where(mask, np.uint8(255), np.uint8(0)), file)

    write_atomically(path, write, overwrite=overwrite, together=together)
