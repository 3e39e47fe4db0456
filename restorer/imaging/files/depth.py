"""Samples of 9 to 15 bits, widened to 16 and back without loss."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def widened(pixels: NDArray[Any], bits: int) -> NDArray[Any]:
    """uint16 samples of so many bits to the full range: black stays 0, white becomes 65535 (the bits repeated)."""
    if pixels.dtype != np.uint16 or not 8 < bits < 16:
        return pixels
    return (pixels << (16 - bits)) | (pixels >> (2 * bits - 16))


def narrowed(pixels: NDArray[Any], bits: int) -> NDArray[Any]:
    """The inverse; values in between, which a repair may have made, are rounded."""
    if pixels.dtype != np.uint16 or not 8 < bits < 16:
        return pixels
    highest = (1 << bits) - 1
    return ((pixels.astype(np.uint32) * highest + 32767) // 65535).astype(np.uint16)


def remark(bits: int) -> tuple[str, ...]:
    """What is to be said when such a file is opened."""
    return (f"The {bits}-bit values are opened as 16 bit, and saved as that.",) if 8 < bits < 16 else ()
