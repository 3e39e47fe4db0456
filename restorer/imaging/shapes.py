"""Polygons, rectangles and ellipses as strokes.

A pixel belongs to a shape if its middle lies inside.  (OpenCV's `fillPoly` also takes every pixel that the rim
touches, so that a shape drawn around a speck would be a pixel larger than what was drawn.)
"""

from __future__ import annotations

from math import ceil, pi
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    Point = tuple[float, float]


def polygon(corners: Sequence[Point], shape: tuple[int, ...]) -> Stroke | None:
    """The pixels inside a closed polygon, cut to a picture of `shape` (H, W, …); None if there are none.

    Corners are x, y in px; (0, 0) is the top left corner of the top left pixel.  Where the line crosses itself, what
    lies inside twice is outside (even-odd rule).
    """
    if len(corners) < 3:
        return None
    height, width = shape[:2]
    ends = np.asarray(corners, np.float64)
    starts = np.roll(ends, 1, axis=0)
    rising = starts[:, 1] <= ends[:, 1]
    upper, lower = np.where(rising[:, None], starts, ends), np.where(rising[:, None], ends, starts)
    # an edge crosses the rows whose middle lies in [top, bottom): each row of a closed line is crossed an even number
    # of times
    first = np.clip(np.ceil(upper[:, 1] - 0.5), 0, height).astype(np.int64)
    last = np.clip(np.ceil(lower[:, 1] - 0.5), 0, height).astype(np.int64)
    counts = last - first
    if not counts.sum():
        return None
    edge = np.repeat(np.arange(len(ends)), counts)
    row = np.arange(len(edge)) - np.repeat(np.cumsum(counts) - counts, counts) + first[edge]
    slope = (lower[:, 0] - upper[:, 0])[edge] / (lower[:, 1] - upper[:, 1])[edge]
    x = upper[edge, 0] + (row + 0.5 - upper[edge, 1]) * slope
    column = np.clip(np.ceil(x - 0.5), 0, width).astype(np.int64)
    bounds = Region(int(column.min()), int(row.min()), int(column.max()), int(row.max()) + 1)
    if bounds.empty:
        return None
    crossings = np.zeros((bounds.height, bounds.width + 1), np.uint8)
    np.bitwise_xor.at(crossings, (row - bounds.top, column - bounds.left), 1)
    inside = np.bitwise_xor.accumulate(crossings, axis=1)[:, :-1].view(bool)
    return _tight(bounds, inside)


def rectangle(a: Point, b: Point, shape: tuple[int, ...]) -> Stroke | None:
    """The pixels of the rectangle between two opposite corners (px)."""
    height, width = shape[:2]
    left, right = sorted((a[0], b[0]))
    top, bottom = sorted((a[1], b[1]))
    region = Region(ceil(left - 0.5), ceil(top - 0.5), ceil(right - 0.5), ceil(bottom - 0.5)) & Region(
        0, 0, width, height
    )
    return None if region.empty else Stroke(region, np.ones((region.height, region.width), bool))


def ellipse(a: Point, b: Point, shape: tuple[int, ...]) -> Stroke | None:
    """The pixels of the ellipse that touches the four sides of the rectangle between two corners (px)."""
    box = rectangle(a, b, shape)
    if box is None:
        return None
    across, down = abs(b[0] - a[0]) / 2, abs(b[1] - a[1]) / 2
    if not across or not down:
        return None
    x = (np.arange(box.region.left, box.region.right) + 0.5 - (a[0] + b[0]) / 2) / across
    y = (np.arange(box.region.top, box.region.bottom) + 0.5 - (a[1] + b[1]) / 2) / down
    return _tight(box.region, x[None] ** 2 + y[:, None] ** 2 < 1)


def ellipse_corners(a: Point, b: Point, count: int = 64) -> list[Point]:
    """So many points on the rim of that ellipse, to draw it."""
    turn = np.arange(count) * (2 * pi / count)
    x = (a[0] + b[0]) / 2 + np.cos(turn) * abs(b[0] - a[0]) / 2
    y = (a[1] + b[1]) / 2 + np.sin(turn) * abs(b[1] - a[1]) / 2
    return list(zip(x.tolist(), y.tolist(), strict=True))


def _tight(region: Region, bits: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> Stroke | None:
    around = Region.around(bits)
    if around.empty:
        return None
    return Stroke(around.moved(region.left, region.top), bits[around.slices].copy())
