"""The classical methods that ours is measured against.

Each is a function `fill(image, mask)`: uint8 RGB H×W×3 with the damage painted white, bool H×W with True to
be filled; the answer is uint8 RGB H×W×3.

The worker loads this file by its path in an interpreter that may hold nothing else of Restorer: it imports
only NumPy and OpenCV, and each method's own package inside its function, so that a missing one stops only
that method (ImportError).
"""

from __future__ import annotations

import importlib

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def telea_r5(image: Picture, mask: Mask) -> Picture:
    """Telea, "An image inpainting technique based on the fast marching method", JGT 2004; radius 5 px."""
    return _opencv(image, mask, 5, cv2.INPAINT_TELEA)


def telea_r3(image: Picture, mask: Mask) -> Picture:
    """The same with a radius of 3 px."""
    return _opencv(image, mask, 3, cv2.INPAINT_TELEA)


def navier_stokes_r3(image: Picture, mask: Mask) -> Picture:
    """Bertalmio et al., "Navier-Stokes, fluid dynamics, and image and video inpainting", CVPR 2001; 3 px."""
    return _opencv(image, mask, 3, cv2.INPAINT_NS)


def fsr_fast(image: Picture, mask: Mask) -> Picture:
    """Genser, Seiler, Schilling, Kaup, frequency selective reconstruction (PCS 2018), the fast preset."""
    xphoto = getattr(cv2, "xphoto", None)
    if xphoto is None:
        raise ImportError("this OpenCV has no xphoto: install opencv-contrib-python-headless instead")
    filled = np.zeros_like(image)
    known = np.where(mask, 0, 255).astype(np.uint8)  # here 0 is to be filled
    xphoto.inpaint(image.copy(), known, filled, xphoto.INPAINT_FSR_FAST)
    return filled


def fsr_fast_padded(image: Picture, mask: Mask) -> Picture:
    """The same on a picture mirrored out to whole blocks, and cut back.

    OpenCV works in blocks of 16 px and leaves part of the last ones unfilled (black, or green in colour) where a
    side is no multiple of that.  So this is what the algorithm can do; `fsr_fast` is what a user gets.
    """
    height, width = mask.shape
    beyond = (0, -height % 16), (0, -width % 16)
    filled = fsr_fast(np.pad(image, (*beyond, (0, 0)), "symmetric"), np.pad(mask, beyond, "symmetric"))
    return np.ascontiguousarray(filled[:height, :width])


def patchmatch_p3(image: Picture, mask: Mask) -> Picture:
    """PyPatchMatch: Barnes et al., "PatchMatch", SIGGRAPH 2009, in the manner of Wexler et al. 2007; 3 px."""
    patchmatch = importlib.import_module("patchmatch.patch_match")
    patchmatch.set_random_seed(0)
    filled: Picture = patchmatch.inpaint(image, mask, patch_size=3)
    return filled


def _opencv(image: Picture, mask: Mask, radius: float, algorithm: int) -> Picture:
    filled = cv2.inpaint(image, mask.astype(np.uint8) * 255, radius, algorithm)
    return np.asarray(filled, np.uint8)
