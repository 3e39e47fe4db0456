"""A gesture of the brush, drawn as it happens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SHIFT = 4  # OpenCV draws with this many fractional bits


@dataclass(frozen=True)
class Dab:
    """One place of the brush, in px of the picture; (0, 0) is the top left corner of the top left pixel."""

    x: float
    y: float
    radius: float


class Trace:
    """The mask pixels under a gesture so far.

    `bits` is uint8 H×W, 1 where touched; `Trace` keeps it between gestures and clears only what was drawn, because
    zeroing 200 megapixels for each stroke would be felt.
    """

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.bits: NDArray[np.uint8] = np.zeros(shape[:2], np.uint8)
        self.region = Region(0, 0, 0, 0)
        self._last: Dab | None = None

    @property
    def active(self) -> bool:
        return self._last is not None

    def to(self, dab: Dab) -> Region:
        """Draw from the last dab to this one; returns the region that may have changed."""
        last = self._last or dab
        self._last = dab
        _disc(self.bits, dab)
        _between(self.bits, last, dab)
        reach = max(last.radius, dab.radius) + 2
        touched = Region(
            int(np.floor(min(last.x, dab.x) - reach)),
            int(np.floor(min(last.y, dab.y) - reach)),
            int(np.ceil(max(last.x, dab.x) + reach)) + 1,
            int(np.ceil(max(last.y, dab.y) + reach)) + 1,
        ) & Region.of_shape(self.bits.shape)
        if not touched.empty:
            self.region = self.region | touched
        return touched

    def finish(self) -> Stroke | None:
        """The stroke that was drawn, or None if it touched nothing; the trace is ready for the next gesture."""
        region, self.region, self._last = self.region, Region(0, 0, 0, 0), None
        if region.empty:
            return None
        area = self.bits[region.slices]
        bits = area.astype(bool)
        area[...] = 0
        tight = Region.around(bits)
        if tight.empty:
            return None
        return Stroke(tight.moved(region.left, region.top), bits[tight.slices].copy())


def _fixed(x: float) -> int:
    # OpenCV puts the middle of the first pixel at 0, pictures at 0.5
    return round((x - 0.5) * (1 << _SHIFT))


def _disc(bits: NDArray[np.uint8], dab: Dab) -> None:
    radius = max(dab.radius, 0.5)
    cv2.circle(bits, (_fixed(dab.x), _fixed(dab.y)), round((radius - 0.5) * (1 << _SHIFT)), 1, -1, cv2.LINE_8, _SHIFT)


def _between(bits: NDArray[np.uint8], a: Dab, b: Dab) -> None:
    """The quadrilateral between two discs."""
    length = float(np.hypot(b.x - a.x, b.y - a.y))
    if length < 1e-6:
        return
    across = np.array([-(b.y - a.y), b.x - a.x]) / length
    start, end = np.array([a.x, a.y]), np.array([b.x, b.y])
    ra, rb = max(a.radius - 0.5, 0), max(b.radius - 0.5, 0)
    corners = [start + across * ra, end + across * rb, end - across * rb, start - across * ra]
    points = np.array([[_fixed(x), _fixed(y)] for x, y in corners], np.int32)
    cv2.fillConvexPoly(bits, points, 1, cv2.LINE_8, _SHIFT)
