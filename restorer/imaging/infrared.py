"""Dust and scratches in an infrared scan, where they stand alone: the principle of Kodak's Digital ICE.

The dyes of colour film let infrared pass, so its scan shows film base, and what lies on it or is cut into it: that is
dark (Edgar, US patent 5,266,805, 1993).  A trace of the picture is left by the cyan dye, which is measured against red
and taken off.  Silver stops infrared as it stops light: of black-and-white film, and of Kodachrome to a degree, the
infrared scan is the picture again, which is told instead of being marked.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.findings import KINDS, LEAST, TILE, Findings, FoundTile
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SHOWN = ("scratch", "dust")
"""Of `KINDS`, what stops infrared; stains and many cracks of a print do not."""
DROP = 0.14
"""Natural logarithm by which infrared falls where something is as likely as not: 13 % of it is stopped."""
NOISE = 6.0
"""Or so many deviations of the scan's noise, if that is more."""
ALIKE = 0.6
"""Correlation with the picture's own detail from which on it is the picture that is seen."""

_SMALL = 900  # px; the background is measured on a scan reduced to such a side
_WINDOW = 15  # px of it: what is narrower is no background
_STEEP = 7.0  # logits from a drop of DROP to one of 2 DROP
_LONG = 4.0  # how many times as long as wide a piece is that is called a scratch
_DARKEST = 1 / 4096


def find(
    scan: NDArray[Any],
    red: NDArray[Any],
    progress: Callable[[float], None] = lambda _share: None,
    check: Callable[[], None] = lambda: None,
) -> Findings:
    """What stops infrared.

    Args:
        scan: the infrared scan, H×W, uint8 or uint16.
        red: the red channel of the picture, H×W, uint8 or uint16.
        progress: told the share done, 0..1, after each step.
        check: called before each step; may raise (`Cancelled`) to end the search.

    Raises:
        RestorerError: the two differ in size or are no whole numbers, or the scan shows the picture, as of film with
            silver in it.
    """
    if scan.shape != red.shape:
        raise RestorerError("The infrared scan has another size than the picture: choose the one that belongs to it.")
    if scan.dtype.kind != "u" or red.dtype.kind != "u":
        raise RestorerError("Infrared is compared in 8 or 16 bits: save the picture and its infrared scan so.")

    def step(done: float) -> None:
        progress(done)
        check()

    check()
    fallen = _detail(_logarithm(scan))
    step(0.35)
    picture = _detail(_logarithm(red))
    step(0.7)
    share = _crosstalk(fallen, picture)
    drop = share * picture - fallen
    noise = 1.4826 * float(np.median(np.abs(drop[::3, ::3])))  # robust: of most of the film, which is clean
    likely_at = max(DROP, NOISE * noise)
    logit = (drop / likely_at - 1) * _STEEP
    probability = np.rint(255 / (1 + np.exp(-np.clip(logit, -30, 30)))).astype(np.uint8)
    probability[probability < LEAST] = 0
    tiles = []
    step(0.85)
    scratches = _long(probability > 40)
    for region in _grid(probability.shape):
        part = probability[region.slices]
        if part.any():
            found = np.zeros((*part.shape, len(KINDS)), np.uint8)
            is_long = scratches[region.slices]
            found[..., KINDS.index("scratch")] = np.where(is_long, part, 0)
            found[..., KINDS.index("dust")] = np.where(is_long, 0, part)
            tiles.append(FoundTile(region, found))
    step(1.0)
    return Findings((scan.shape[0], scan.shape[1]), tuple(tiles), dict.fromkeys(KINDS, 0.5))


def red_of(pixels: NDArray[Any]) -> NDArray[Any]:
    """The red channel of pixels H×W or H×W×C; of grey ones the grey."""
    return pixels if pixels.ndim == 2 else pixels[..., 0]


def _logarithm(plane: NDArray[Any]) -> Floats:
    light = plane.astype(np.float32) / np.float32(np.iinfo(plane.dtype).max)
    return np.asarray(np.log(np.maximum(light, np.float32(_DARKEST))), np.float32)


def _detail(plane: Floats) -> Floats:
    """What differs from the wide surroundings, by a median that small dark things do not move."""
    height, width = plane.shape
    factor = max(1.0, max(height, width) / _SMALL)
    size = max(1, round(width / factor)), max(1, round(height / factor))
    small = cv2.resize(plane, size, interpolation=cv2.INTER_AREA)
    low = math.log(_DARKEST)
    levels = np.rint((small - low) * (255 / -low)).astype(np.uint8)  # a median of this width needs 8 bits
    background = cv2.GaussianBlur(cv2.medianBlur(levels, _WINDOW).astype(np.float32), (0, 0), 3) * (-low / 255) + low
    return np.asarray(plane - cv2.resize(background, (width, height), interpolation=cv2.INTER_LINEAR), np.float32)


def _crosstalk(fallen: Floats, picture: Floats) -> float:
    """How much of the picture's detail is in the infrared scan, as a factor.

    Raises:
        RestorerError: so much that it is the picture.
    """
    a, b = fallen[::3, ::3].ravel(), picture[::3, ::3].ravel()
    middle = np.abs(a - np.median(a)) < 4 * max(1.4826 * float(np.median(np.abs(a - np.median(a)))), 1e-3)
    a, b = a[middle] - a[middle].mean(), b[middle] - b[middle].mean()  # without what is damage
    power = float((b * b).sum())
    if power < 1e-6 * len(b):
        return 0.0
    both = float((a * b).sum())
    share, alike = both / power, both / math.sqrt(power * max(float((a * a).sum()), 1e-12))
    if alike > ALIKE and share > 0.25:
        raise RestorerError(
            "The infrared scan shows the picture itself, as it does of black-and-white film and Kodachrome: "
            "look for damage without it."
        )
    return min(max(share, 0.0), 0.5)


def _long(found: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pieces that are much longer than wide."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=8)
    longest = np.hypot(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT])
    scratch = longest * longest > _LONG * np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    scratch &= longest > 0.02 * max(found.shape)
    scratch[0] = False
    pieces: NDArray[np.bool_] = scratch[labels]
    wide = cv2.dilate(pieces.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0  # with its own faint rim
    return np.asarray(wide & ~((labels > 0) & ~pieces))


def _grid(shape: tuple[int, ...]) -> list[Region]:
    whole = Region.of_shape(shape)
    corners = ((left, top) for top in range(0, shape[0], TILE) for left in range(0, shape[1], TILE))
    return [Region(left, top, left + TILE, top + TILE) & whole for left, top in corners]
