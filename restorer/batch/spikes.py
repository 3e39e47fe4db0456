"""What stands in one frame of a film only, and in which frame.

Dust on a film is there for one frame, brighter or darker than all that its neighbours show in its place: the spike
detection index with a test of sign (SDIp: Kokaram, "Motion Picture Restoration", Springer 1998).  Neighbours have dust,
too.  So their values are put in order, as in the rank-ordered differences of Nadenau and Mitra ("Blotch and scratch
detection in image sequences based on rank ordered differences", 1997), and one that disagrees with the others is left
out where enough remain.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.batch.motion import LOST

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from restorer.batch.motion import Laid

    Bits = NDArray[np.bool_]
    Floats = NDArray[np.float32]

LEAST = 0.04
NOISES = 5.0
"""Dust differs from its neighbours by more than `LEAST` of the range and so many deviations of the frames' noise."""

MOST = 0.05
"""A larger share of the frame than this, standing in it alone, is a flash or a splice, not dust."""

ALIKE = 2.0
"""Neighbours are of one mind where they lie apart by less than so many times what the frame differs from them by."""

STEEP = 0.25
"""At an edge, motion that is a fraction of a px off makes differences of about this share of the slope."""

_SMALLEST = 3  # px; smaller pieces are grain


@dataclass(frozen=True, eq=False)
class Seen:
    """A neighbour as it lies over the frame.

    Attributes:
        values: float32 H×W in 0..1, levelled to the frame's brightness.
        known: bool H×W, where its values count.
        before: does it come before the frame?
    """

    values: Floats
    known: Bits
    before: bool


def noise_of(seen: Sequence[Seen]) -> float:
    """Deviation of the noise of one frame: robust, from what each two neighbours differ by; 1.0 if nothing is known."""
    each = []
    for one, other in combinations(seen, 2):
        both = one.known & other.known
        if both.any():
            each.append(float(np.median(np.abs(one.values - other.values)[both])))
    return 1.4826 * float(np.median(each)) / np.sqrt(2) if each else 1.0


def with_slack(frame: Floats, seen: Sequence[Seen], laid: Sequence[Laid], off: int | None = None) -> list[Seen]:
    """The neighbours as they are compared: where the flow may be off by some px, the frame must differ from all that
    lies so far around its place in them.

    It is off by what there and back miss; beside jumps of the motion, as far as it jumps, too, where all that is known
    lies on one side of the frame: what such neighbours hide they all hide, and they are wrong alike.  Or it is `off`
    by so many px everywhere.
    """
    if off is not None:
        return [replace(one, values=_nearest(frame, one.values, np.full(frame.shape, off, np.uint8))) for one in seen]
    sides = [np.any([one.known for one in seen if one.before is before], axis=0) for before in (False, True)]
    alone = ~(sides[0] & sides[1])
    slack = [np.where(alone, np.maximum(one.slack, one.off), one.off) for one in laid]
    return [replace(one, values=_nearest(frame, one.values, px)) for one, px in zip(seen, slack, strict=True)]


def _nearest(frame: Floats, values: Floats, slack: NDArray[np.uint8]) -> Floats:
    """Of the values within the slack, up to which they may be met, the one that is nearest to the frame's."""
    nearest = values
    for radius in (int(one) for one in np.unique(slack) if 0 < one < LOST):
        around = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
        within = np.clip(frame, cv2.erode(values, around), cv2.dilate(values, around))
        nearest = np.where(slack == radius, within, nearest)
    return np.asarray(nearest, np.float32)


def spikes(frame: Floats, seen: Sequence[Seen], look: Bits, noise: float) -> Bits:
    """Pixels that stand in `frame` alone, bool H×W.

    Args:
        frame: float32 H×W in 0..1.
        seen: at least two neighbours.
        look: pixels that are looked at.
        noise: deviation of a frame's noise, of the range.
    """
    balanced = sum(one.before for one in seen) == sum(not one.before for one in seen) == 2
    threshold = _threshold(seen, noise)
    height = np.maximum(_height(frame, seen, 1, balanced), _height(frame, seen, -1, balanced))
    return _connected(look & (height > threshold), look & (height > 0.5 * threshold))


def rest_of(found: Bits, frame: Floats, seen: Sequence[Seen], look: Bits, noise: float) -> Bits:
    """What belongs to pieces that were found in part, as where something moves behind the rest of a speck; bool H×W.

    It adjoins its piece, has its tone, differs from two neighbours at least, and is no larger than what was found.

    Args:
        found: bool H×W, what `spikes` found.
        frame: as for `spikes`, and so are the others.
        seen: the neighbours.
        look: pixels that are looked at.
        noise: deviation of a frame's noise.
    """
    threshold = _threshold(seen, noise)
    differing = np.sum([one.known & (np.abs(frame - one.values) > threshold) for one in seen], axis=0)
    candidates = look & ~found & (differing >= 2)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found.astype(np.uint8), connectivity=8)
    rest = np.zeros_like(found)
    for piece in range(1, count):
        left, top, width, height, area = stats[piece]
        near = max(4, int(np.sqrt(area)))
        box = np.s_[max(0, top - near) : top + height + near, max(0, left - near) : left + width + near]
        own = labels[box] == piece
        tones = frame[box][own]
        alike = np.abs(frame[box] - np.median(tones)) < max(LEAST, 2 * float(tones.std()), NOISES * noise)
        _, joined = cv2.connectedComponents((own | (alike & candidates[box])).astype(np.uint8), connectivity=8)
        more = np.isin(joined, np.unique(joined[own])) & ~own
        if 0 < more.sum() <= area:
            rest[box] |= more
    return rest


def _threshold(seen: Sequence[Seen], noise: float) -> Floats:
    """By more than this a pixel has to differ."""
    middle = np.median(np.stack([one.values for one in seen]), axis=0)
    slope = cv2.morphologyEx(middle, cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    return np.asarray(max(LEAST, NOISES * noise) + STEEP * slope, np.float32)


def _height(frame: Floats, seen: Sequence[Seen], sign: int, balanced: bool) -> Floats:
    """By how much the frame passes, upwards or downwards, neighbours that are of one mind; 0 where there are none such.

    Left out may be one neighbour that differs still more (it has dust of the other tone), if two remain; and one that
    agrees with the frame (it has dust there, too), if three remain, of both sides: two could be what moved away.
    """
    passing = np.stack([np.where(one.known, sign * (frame - one.values), np.float32(np.inf)) for one in seen])
    passing.sort(axis=0)  # what the frame passes by least comes first, the unknown last
    count = np.sum([one.known for one in seen], axis=0)
    best = np.zeros(frame.shape, np.float32)
    for first, last, wanted in [
        *((0, last, last + 1) for last in range(1, len(seen))),
        *((0, last, last + 2) for last in range(1, len(seen) - 1)),
        *([(1, 3, 4)] if balanced else []),
    ]:
        least, most = passing[first], passing[last]
        with np.errstate(invalid="ignore"):
            fits = (count == wanted) & (least > 0) & (most - least < ALIKE * least)
        best = np.where(fits, np.maximum(best, least), best)
    return best


def _connected(strong: Bits, weak: Bits) -> Bits:
    """Pieces of `weak` that are `strong` somewhere and not grain."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(weak.astype(np.uint8), connectivity=8)
    good = (np.bincount(labels[strong], minlength=count) > 0) & (stats[:, cv2.CC_STAT_AREA] >= _SMALLEST)
    good[0] = False
    return np.asarray(good[labels])
