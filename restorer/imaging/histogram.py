"""How often each value occurs, in the file's own depth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.imaging.patch import Pixels

BINS = 256
STRIPE = 256


@dataclass(frozen=True, eq=False)
class Histogram:
    """Counts of each channel, alpha too.

    Attributes:
        counts: int64 channels×BINS.
        low, high: the values at the beginning of the first and the end of the last bin.
        least, most: the smallest and the largest value that occurs, of each channel.
    """

    counts: NDArray[np.int64]
    low: float
    high: float
    least: tuple[float, ...]
    most: tuple[float, ...]


def histogram(
    image: Pixels, *, levels: tuple[float, float] | None = None, check: Callable[[], None] = lambda: None
) -> Histogram:
    """Counts every pixel, stripe by stripe.

    The bins divide the `levels`, whose outermost bins also hold what lies beyond; by default they are the whole range
    of an integer depth, and 0..1 of floating-point pixels.  `check` is called from time to time; it may raise
    `Cancelled`.
    """
    channels = 1 if len(image.shape) == 2 else image.shape[2]
    whole = np.issubdtype(image.dtype, np.integer)
    if levels is not None:
        low, high = levels[0], levels[1] + whole
    else:
        low, high = (0.0, float(np.iinfo(image.dtype).max) + 1) if whole else (0.0, 1.0)
    counts = np.zeros((channels, BINS), np.int64)
    least, most = np.full(channels, np.inf), np.full(channels, -np.inf)
    scale = BINS / ((high - low) or 1.0)
    for top in range(0, image.shape[0], STRIPE):
        check()
        stripe = Region(0, top, image.shape[1], min(top + STRIPE, image.shape[0]))
        pixels = image.read(stripe).reshape(-1, channels)
        for channel in range(channels):
            values = pixels[:, channel]
            if whole and levels is None:
                counts[channel] += np.bincount(values >> (8 * values.dtype.itemsize - 8), minlength=BINS)
            else:
                values = values if whole else values[np.isfinite(values)]
                bins = ((values - low) * scale).clip(0, BINS - 1).astype(np.intp)
                counts[channel] += np.bincount(bins, minlength=BINS)
            if len(values):
                least[channel] = min(least[channel], values.min())
                most[channel] = max(most[channel], values.max())
    return Histogram(counts, low, high, tuple(least.tolist()), tuple(most.tolist()))
