"""The way of a scratch between its two ends: the cheapest path along what stands out from its surroundings.

The strip between the two places is straightened (one column a step of the way, one row a px to the side), and a
dynamic programme finds the cheapest way from its left to its right (as for seams: Avidan & Shamir, "Seam Carving",
SIGGRAPH 2007).  That is exact for scratches that keep running towards their other end, and takes milliseconds, so
that the way can be shown while the second end is still being chosen.
"""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.patch import Pixels

    Point = tuple[float, float]

COLUMNS = 600
"""At most so many steps along the way; on a longer one they are several px apart."""
SIDEWAYS = 0.25
"""How far the way may leave the straight line, as a share of its length."""
LEAST_SIDEWAYS, MOST_SIDEWAYS = 6, 120
"""Steps to each side."""
SNAP = 5
"""Steps that an end may be moved by to lie on the scratch."""
_BEND = 0.35
"""What a step to the side costs, in units of a step over plain ground."""
_FAINT = 0.12


def scratch_path(image: Pixels, start: Point, end: Point) -> list[Point]:
    """Points x, y (px) along the scratch from `start` to `end`, both near enough to what was asked for.

    Where nothing stands out, the way is a straight line.  All of the rectangle around the two is read, so give it a
    reduced picture where they are far apart.
    """
    length = hypot(end[0] - start[0], end[1] - start[1])
    if length < 3:
        return [start, end]
    scale = max(1.0, length / COLUMNS)
    columns = max(4, round(length / scale) + 1)
    sideways = int(min(max(SIDEWAYS * length / scale, LEAST_SIDEWAYS), MOST_SIDEWAYS))
    strip, along, across = _strip(image, start, end, columns, sideways, scale)
    rows = _cheapest(strip, sideways)
    steps = np.arange(columns)
    aside = cv2.blur((rows - sideways).astype(np.float32)[None], (5, 1), borderType=cv2.BORDER_REPLICATE)[0]
    x = start[0] + steps * along[0] + aside * across[0]
    y = start[1] + steps * along[1] + aside * across[1]
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _strip(
    image: Pixels, start: Point, end: Point, columns: int, sideways: int, scale: float
) -> tuple[NDArray[np.float32], Point, Point]:
    """float32 rows×columns, the straightened brightness 0..1, and the step along and across it in px."""
    along = (end[0] - start[0]) / (columns - 1), (end[1] - start[1]) / (columns - 1)
    norm = hypot(*along)
    across = -along[1] / norm * scale, along[0] / norm * scale
    step, side = np.arange(columns, dtype=np.float32), np.arange(-sideways, sideways + 1, dtype=np.float32)
    x = np.float32(start[0] - 0.5) + step[None] * np.float32(along[0]) + side[:, None] * np.float32(across[0])
    y = np.float32(start[1] - 0.5) + step[None] * np.float32(along[1]) + side[:, None] * np.float32(across[1])
    bounds = Region.of_shape(image.shape)
    region = Region(int(x.min()) - 1, int(y.min()) - 1, int(x.max()) + 3, int(y.max()) + 3) & bounds
    if region.empty:
        return np.zeros((2 * sideways + 1, columns), np.float32), along, across
    grey = _grey(image.read(region))
    if np.issubdtype(image.dtype, np.integer):
        grey /= np.float32(np.iinfo(image.dtype).max)
    strip = cv2.remap(grey, x - region.left, y - region.top, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(strip, np.float32), along, across


def _grey(pixels: NDArray[Any]) -> NDArray[np.float32]:
    if pixels.ndim == 2:
        return pixels.astype(np.float32)
    colours = pixels[..., :1] if pixels.shape[2] < 3 else pixels[..., :3]
    grey: NDArray[np.float32] = colours.mean(axis=2, dtype=np.float32)
    return grey


def _cheapest(strip: NDArray[np.float32], sideways: int) -> NDArray[np.intp]:
    """The row of the way in each column: along something lighter, or something darker, whichever is cheaper."""
    smooth = cv2.blur(strip, (5, 1), borderType=cv2.BORDER_REPLICATE)  # a scratch goes on, a grain does not
    size = 2 * min(9, sideways) + 1
    stands_out = smooth - cv2.blur(smooth, (1, size), borderType=cv2.BORDER_REPLICATE)
    spread = float(np.sqrt(np.mean(stands_out**2)))
    if spread < 1e-4:
        return np.full(strip.shape[1], sideways)
    light_and_dark = np.stack((stands_out, -stands_out)) / np.float32(spread)
    cost: NDArray[np.float32] = (1 / (np.float32(_FAINT) + np.maximum(light_and_dark, 0))).astype(
        np.float32, copy=False
    )
    return _way(cost, sideways)


def _way(cost: NDArray[np.float32], sideways: int) -> NDArray[np.intp]:
    """The cheapest way through one of the grounds of `cost` (grounds×rows×columns).

    In each step it goes straight on or one row aside; it begins and ends near the row in the middle.
    """
    grounds, rows, columns = cost.shape
    cost = np.ascontiguousarray(cost.transpose(2, 0, 1))
    bend = np.float32(_BEND / _FAINT)
    far = np.abs(np.arange(rows) - sideways) > SNAP
    came = np.zeros((columns, grounds, rows), np.int8)
    before = np.full((grounds, rows + 2), np.inf, np.float32)  # no way comes from beside the strip
    total = np.where(far, np.float32(np.inf), cost[0])
    for column in range(1, columns):
        before[:, 1:-1] = total
        above, below = before[:, :-2], before[:, 2:]
        aside = np.minimum(above, below) + bend
        came[column] = (aside < total) * np.where(above <= below, np.int8(-1), np.int8(1))
        total = np.minimum(aside, total) + cost[column]
    total[:, far] = np.inf
    ground, row = divmod(int(total.argmin()), rows)
    path = np.empty(columns, np.intp)
    for column in range(columns - 1, -1, -1):
        path[column] = row
        row += int(came[column, ground, row])
    return path
