"""Pixels as a screen shows them: 8 bits, without alpha."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BACKDROP = 128
"""Grey that shows through transparent pixels."""


def displayed(pixels: NDArray[Any]) -> NDArray[np.uint8]:
    """uint8 or uint16, H×W or H×W×2/3/4, as uint8 H×W (grey) or H×W×3; alpha is laid over neutral grey."""
    shown: NDArray[np.uint8] = (pixels >> 8).astype(np.uint8) if pixels.dtype == np.uint16 else pixels
    if shown.ndim == 2 or shown.shape[2] == 3:
        return shown
    alpha = shown[..., -1:].astype(np.uint16)
    colour = shown[..., :-1].astype(np.uint16)
    laid = ((colour * alpha + BACKDROP * (255 - alpha) + 127) // 255).astype(np.uint8)
    return laid[..., 0] if laid.shape[2] == 1 else laid
