"""A gesture of the brush, drawn as it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_NONE = Region(0, 0, 0, 0)
_HAIR = 1e-6
"""px: a middle that is exactly on the rim is outside, so that the smallest brush never marks two pixels."""


@dataclass(frozen=True)
class Dab:
    """One place of the brush, in px of the picture; (0, 0) is the top left corner of the top left pixel."""

    x: float
    y: float
    radius: float


class Trace:
    """The mask pixels under a gesture so far: those whose middle the brush went over, and always the one under it.

    `bits` is uint8 H×W, 1 where touched; `Trace` keeps it between gestures and clears only what was drawn, because
    zeroing 200 megapixels for each stroke would be felt.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.bits: NDArray[np.uint8] = np.zeros(shape[:2], np.uint8)
        self.region = _NONE
        self._last: Dab | None = None

    @property
    def active(self) -> bool:
        return self._last is not None

    def to(self, dab: Dab) -> Region:
        """Draw from the last dab to this one; returns the region that may have changed."""
        last = self._last or dab
        self._last = dab
        touched = _swept(self.bits, last, dab)
        self.region = self.region | touched
        return touched

    def finish(self) -> Stroke | None:
        """The stroke that was drawn, or None if it touched nothing; the trace is ready for the next gesture."""
        region, self.region, self._last = self.region, _NONE, None
        if region.empty:
            return None
        area = self.bits[region.slices]
        bits = area.astype(bool)
        area[...] = 0
        tight = Region.around(bits)
        if tight.empty:
            return None
        return Stroke(tight.moved(region.left, region.top), bits[tight.slices].copy())


def band(points: Sequence[tuple[float, float]], diameter: float, shape: tuple[int, ...]) -> Stroke | None:
    """The pixels that a brush goes over along a line (x, y in px), cut to a picture of `shape`; None if there are none.

    Only the rectangle around the line is held in memory.
    """
    if not points:
        return None
    reach = diameter / 2 + 2
    xs, ys = [x for x, _ in points], [y for _, y in points]
    around = Region(
        int(np.floor(min(xs) - reach)), int(np.floor(min(ys) - reach)),
        int(np.ceil(max(xs) + reach)), int(np.ceil(max(ys) + reach)),
    ) & Region.of_shape(shape)  # fmt: skip
    if around.empty:
        return None
    trace = Trace((around.height, around.width))
    for x, y in points:
        trace.to(Dab(x - around.left, y - around.top, diameter / 2))
    stroke = trace.finish()
    return None if stroke is None else Stroke(stroke.region.moved(around.left, around.top), stroke.bits)


def _swept(bits: NDArray[np.uint8], a: Dab, b: Dab) -> Region:
    """Set the pixels that a disc goes over from `a` to `b`, its radius changing evenly.

    That shape has no hollow, so in each row it is one run of pixels from the leftmost to the rightmost.  (OpenCV's
    filled circles and polygons are up to a pixel off, and a brush of 1 px would mark two.)
    """
    height, width = bits.shape
    top = max(0, int(np.floor(min(a.y - a.radius, b.y - b.radius))))
    bottom = min(height, int(np.ceil(max(a.y + a.radius, b.y + b.radius))) + 1)
    if top >= bottom:
        return _NONE
    middles = np.arange(top, bottom) + 0.5
    start = np.full(len(middles), np.inf)
    end = np.full(len(middles), -np.inf)
    for dab in (a, b):
        _widen_by_disc(start, end, middles, dab)
    _widen_by_sides(start, end, middles, a, b)
    for dab in (a, b):
        row = int(np.floor(dab.y)) - top
        if 0 <= row < len(middles):
            start[row] = min(start[row], np.floor(dab.x) + 0.5)
            end[row] = max(end[row], np.floor(dab.x) + 0.5)
    first = np.clip(np.ceil(start - 0.5), 0, width).astype(np.intp)
    last = np.clip(np.floor(end - 0.5) + 1, 0, width).astype(np.intp)
    drawn = np.flatnonzero(first < last)
    if not len(drawn):
        return _NONE
    for row, left, right in zip((drawn + top).tolist(), first[drawn].tolist(), last[drawn].tolist(), strict=True):
        bits[row, left:right] = 1
    return Region(int(first[drawn].min()), int(drawn[0]) + top, int(last[drawn].max()), int(drawn[-1]) + top + 1)


def _widen_by_disc(
    start: NDArray[np.float64], end: NDArray[np.float64], middles: NDArray[np.float64], dab: Dab
) -> None:
    square = dab.radius**2 - (middles - dab.y) ** 2
    inside = square > 0
    half = np.sqrt(square[inside]) - _HAIR
    start[inside] = np.minimum(start[inside], dab.x - half)
    end[inside] = np.maximum(end[inside], dab.x + half)


def _widen_by_sides(
    start: NDArray[np.float64], end: NDArray[np.float64], middles: NDArray[np.float64], a: Dab, b: Dab
) -> None:
    """The two lines that touch both discs; none if one disc holds the other."""
    dx, dy, dr = b.x - a.x, b.y - a.y, a.radius - b.radius
    square = dx * dx + dy * dy
    if square <= dr * dr or square < 1e-12:
        return
    along, across = dr / square, np.sqrt(square - dr * dr) / square
    for side in (1, -1):
        nx, ny = dx * along - side * dy * across, dy * along + side * dx * across
        y0, y1 = a.y + ny * a.radius, b.y + ny * b.radius
        x0, x1 = a.x + nx * a.radius, b.x + nx * b.radius
        if abs(y1 - y0) < 1e-9:
            continue  # along a row: the discs reach as far
        share = (middles - y0) / (y1 - y0)
        met = (share >= 0) & (share <= 1)
        x = x0 + share[met] * (x1 - x0)
        start[met] = np.minimum(start[met], x)
        end[met] = np.maximum(end[met], x)
