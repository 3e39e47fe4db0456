"""Pixels as a screen shows them: 8 bits, without alpha."""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.window_level import Window

BACKDROP = 128
"""Grey that shows through transparent pixels."""


def displayed(
    pixels: NDArray[Any],
    levels: tuple[float, float] | None = None,
    *,
    inks: bool = False,
    icc: bytes | None = None,
    window: Window | None = None,
) -> NDArray[np.uint8]:
    """Pixels as uint8 H×W (grey) or H×W×3; alpha is laid over neutral grey.

    Args:
        pixels: uint8, uint16, int16 or float32, H×W or H×W×2/3/4; inks H×W×4, or ×5 with alpha.
        levels: the values that are black and white; by default 0 and 1 of floats, of whole numbers their type's.
        inks: the channels are cyan, magenta, yellow, black (0 is none of it); the answer is sRGB then.
        icc: the profile of the inks; without one they are subtracted from white.  Other pixels stay in their space.
        window: of a grey medical picture, which values are shown; `levels` do not matter then.
    """
    if window is not None and pixels.ndim == 2:
        return window.applied(pixels)
    if inks:
        return _light_of_inks(pixels, icc, levels)
    shown = _eight_bits(pixels, levels)
    if shown.ndim == 2 or shown.shape[2] == 3:
        return shown
    return _over_backdrop(shown)


def _eight_bits(pixels: NDArray[Any], levels: tuple[float, float] | None) -> NDArray[np.uint8]:
    if pixels.dtype.kind != "f" and levels is not None:
        low, high = levels
        share = (pixels.astype(np.float32) - np.float32(low)) / np.float32(high - low)
        return np.asarray(np.rint(share.clip(0, 1) * 255), np.uint8)
    if pixels.dtype == np.uint16:
        eight: NDArray[np.uint8] = np.empty(pixels.shape, np.uint8)
        np.right_shift(pixels, 8, out=eight, casting="unsafe")  # without a copy of 16 bits in between
        return eight
    if pixels.dtype.kind != "f":
        return np.asarray(pixels, np.uint8)
    low, high = levels or (0.0, 1.0)
    scaled = (pixels.astype(np.float32) - np.float32(low)) / np.float32(high - low)
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        scaled[..., -1] = pixels[..., -1]  # alpha has 0..1
    shown: NDArray[np.uint8] = np.rint(np.nan_to_num(scaled.clip(0, 1)) * 255).astype(np.uint8)
    return shown


def _over_backdrop(shown: NDArray[np.uint8]) -> NDArray[np.uint8]:
    alpha = shown[..., -1:].astype(np.uint16)
    colour = shown[..., :-1].astype(np.uint16)
    laid = ((colour * alpha + BACKDROP * (255 - alpha) + 127) // 255).astype(np.uint8)
    return laid[..., 0] if laid.shape[2] == 1 else laid


def _light_of_inks(pixels: NDArray[Any], icc: bytes | None, levels: tuple[float, float] | None) -> NDArray[np.uint8]:
    inks = np.ascontiguousarray(_eight_bits(pixels[..., :4], levels))
    transform = _to_srgb(icc) if icc else None
    if transform is None:
        light = 255 - inks.astype(np.uint16)
        shown = ((light[..., :3] * light[..., 3:] + 127) // 255).astype(np.uint8)
    else:
        shown = np.asarray(transform.apply(Image.fromarray(inks, "CMYK")))
    if pixels.shape[2] < 5:
        return shown
    return _over_backdrop(np.dstack([shown, _eight_bits(pixels[..., 4], (0.0, 1.0))]))


@lru_cache(maxsize=4)
def _to_srgb(icc: bytes) -> ImageCms.ImageCmsTransform | None:
    """LittleCMS's transform, relative colorimetric with black point compensation; None if the profile is unfit."""
    try:
        profile = ImageCms.ImageCmsProfile(BytesIO(icc))
        return ImageCms.buildTransform(
            profile,
            ImageCms.createProfile("sRGB"),
            "CMYK",
            "RGB",
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except (ImageCms.PyCMSError, OSError):
        return None
