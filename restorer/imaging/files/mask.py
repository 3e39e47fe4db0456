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


def read_mask(path: Path, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """The mask in a picture file, bool H×W; `shape` is the height and width it must have.

    A pixel is True if the mean of its colour channels lies above half of the range (above 127 at 8 bit).
    Where the file has an alpha channel the pixel must also be more than half opaque: what is see-through is
    not painted.

    Raises RestorerError if the file cannot be read or has another size.
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
    half = int(np.iinfo(pixels.dtype).max) // 2
    if pixels.ndim == 2:
        return pixels > half
    colours = pixels.shape[2] - (pixels.shape[2] in (2, 4))
    highest = int(np.iinfo(pixels.dtype).max)
    mask: NDArray[np.bool_] = 2 * pixels[..., :colours].sum(axis=2, dtype=np.uint32) > colours * highest
    if colours < pixels.shape[2]:
        mask &= pixels[..., colours] > half
    return mask


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
