"""Fax compression of black and white TIFFs (ITU-T T.4 and T.6; TIFF 6.0, § 10 and 11)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import imagecodecs
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from restorer.imaging.files.tiff_directory import DirectoryError, read_directory, read_preamble

RLE, GROUP_3, GROUP_4 = 2, 3, 4
NAMES = {RLE: "CCITT", GROUP_3: "Group 3", GROUP_4: "Group 4"}
WRITTEN = {RLE: "tiff_ccitt", GROUP_4: "group4"}  # Group 3 has variants, which its options would have to follow


def decode(data: bytes, compression: int, rows: int, columns: int, variant: int = 0) -> NDArray[np.uint8] | None:
    """The samples, 0 or 1, rows×columns; None if the data are damaged or too few.  `variant` is tag 292."""
    decoders: dict[int, Callable[..., Any]] = {
        RLE: imagecodecs.ccittrle_decode,
        GROUP_3: partial(imagecodecs.ccittfax3_decode, t4options=variant),
        GROUP_4: imagecodecs.ccittfax4_decode,
    }
    try:
        block: NDArray[Any] = np.asarray(decoders[compression](data, rows, columns))
    except (RuntimeError, ValueError):
        return None
    return block.astype(np.uint8, copy=False) if block.shape == (rows, columns) else None


def encode(samples: NDArray[Any], compression: int) -> bytes:
    """One strip or tile of samples (0 or 1, rows×columns) as libtiff, which Pillow carries, compresses it."""
    rows, columns = samples.shape
    file = BytesIO()
    Image.fromarray(samples.astype(bool)).save(
        file, "TIFF", compression=WRITTEN[compression], strip_size=rows * -(-columns // 8), tiffinfo={278: rows}
    )
    order, big, offset = read_preamble(file)
    directory, _ = read_directory(file, offset, order, big=big)
    offsets, counts = (directory.entries[tag].numbers(order) for tag in (273, 279))
    if len(offsets) != 1:
        raise DirectoryError("the strip was cut into several")
    return file.getvalue()[offsets[0] : offsets[0] + counts[0]]
