"""Where the pixels of a film frame lie in its neighbours, and what stands in one frame only.

Dust on a film is there for one frame, brighter or darker than what the frames before and after show in its place
(the spike detection index: Kokaram, "Motion Picture Restoration", 1998).  Both are laid over the frame by dense optical
flow (DIS: Kroeger, Timofte, Dai, Van Gool, ECCV 2016), which is believed where going there and back ends at the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Bits = NDArray[np.bool_]
    Flow = NDArray[np.float32]

LONGEST = 1600
"""Longest side, in px, at which flow is computed; larger frames are halved for it."""

RETURNS = 1.0
"""By how many px, at the flow's size, there and back may miss the start; and a twentieth of the way."""

LEAST = 0.04
NOISES = 5.0
"""Dust differs from both neighbours by more than `LEAST` of the range and so many deviations of the frames' noise."""

MOST = 0.05
"""A larger share of the frame than this, standing in it alone, is a flash or a splice, not dust."""

SLACKS = (2, 4, 8, 16)
"""Px, at the flow's size, by which flow may be off beside jumps of the motion; see `_slack`."""

_LIGHT = 65  # px, box over which brightness is levelled between frames: they flicker
_SMALLEST = 3  # px; smaller pieces are grain


@dataclass(frozen=True, eq=False)
class Laid:
    """A neighbour as it lies over the frame: where each pixel comes from, and where that is believed.

    `across`, `down` float32 H×W: coordinates in the neighbour; `believed` bool H×W; `slack` uint8 H×W, px by which
    it may be off.
    """

    across: NDArray[np.float32]
    down: NDArray[np.float32]
    believed: Bits
    slack: NDArray[np.uint8]

    def seen(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """The neighbour's pixels, float32 H×W[×C], as they lie over the frame."""
        warped = cv2.remap(pixels, self.across, self.down, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(warped, np.float32)

    def clear_of(self, mask: Bits) -> Bits:
        """Where the neighbour's `mask` leaves the pixel alone."""
        if not mask.any():
            return np.ones(mask.shape, bool)
        marked = cv2.remap(mask.astype(np.float32), self.across, self.down, cv2.INTER_LINEAR)
        return np.asarray(marked < 1e-3)


def laid_over(frame: Grey, neighbour: Grey) -> Laid:
    """Lay a neighbour over a frame; both uint8 H×W, without what is known to be dust."""
    height, width = frame.shape
    halvings = max(0, int(np.ceil(np.log2(max(height, width) / LONGEST))))
    scale = 0.5**halvings
    size = max(16, round(width * scale)), max(16, round(height * scale))
    small = [np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8) for one in (frame, neighbour)]
    there, back = _flow(small[0], small[1]), _flow(small[1], small[0])
    y, x = np.mgrid[: size[1], : size[0]].astype(np.float32)
    to_x, to_y = x + there[..., 0], y + there[..., 1]
    returned = cv2.remap(back, to_x, to_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    missed = np.hypot(*np.moveaxis(there + returned, -1, 0))
    way = np.hypot(there[..., 0], there[..., 1])
    inside = (to_x >= 0) & (to_y >= 0) & (to_x <= size[0] - 1) & (to_y <= size[1] - 1)
    believed = (missed <= RETURNS + 0.05 * way) & inside
    factor = np.array([width / size[0], height / size[1]], np.float32)
    large = cv2.resize(there, (width, height), interpolation=cv2.INTER_LINEAR) * factor
    y, x = np.mgrid[:height, :width].astype(np.float32)
    trust = cv2.resize(believed.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST) > 0
    slack = cv2.resize(_slack(there) << halvings, (width, height), interpolation=cv2.INTER_NEAREST)
    return Laid(x + large[..., 0], y + large[..., 1], trust, np.asarray(slack, np.uint8))


def _slack(flow: Flow) -> NDArray[np.uint8]:
    """Px, H×W, by which the flow may be off beside a jump of the motion: as far as it jumps; 0 elsewhere.

    Flow is smooth where motion is not, and there one thing hides another.  Gentle turns and zooms are no jumps.
    """
    slack = np.zeros(flow.shape[:2], np.uint8)
    for radius in SLACKS:
        around = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
        jump = np.hypot(*(cv2.morphologyEx(flow[..., axis], cv2.MORPH_GRADIENT, around) for axis in (0, 1)))
        slack[jump > max(1.0, radius / 2)] = radius
    return slack


def _flow(one: Grey, other: Grey) -> Flow:
    """float32 H×W×2, always on one thread: OpenCV's stripes, and so its answer, follow their number."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        return np.asarray(flow.calc(one, other, np.zeros((*one.shape, 2), np.float32)), np.float32)
    finally:
        cv2.setNumThreads(threads)


def levelled(frame: NDArray[np.float32], seen: NDArray[np.float32], use: Bits) -> NDArray[np.float32]:
    """`seen` with the frame's brightness, compared over a wide box where both may be used; float32 H×W[×C]."""
    weight = cv2.boxFilter(use.astype(np.float32), -1, (_LIGHT, _LIGHT), borderType=cv2.BORDER_REFLECT)
    used = use if seen.ndim == 2 else use[..., None]
    difference = cv2.boxFilter(
        np.where(used, frame - seen, np.float32(0)), -1, (_LIGHT, _LIGHT), borderType=cv2.BORDER_REFLECT
    )
    weight = np.maximum(weight, 1e-3) if seen.ndim == 2 else np.maximum(weight, 1e-3)[..., None]
    return np.asarray(seen + difference / weight, np.float32)


def spikes(
    frame: NDArray[np.float32],
    seen: Sequence[NDArray[np.float32]],
    laid: Sequence[Laid],
    leave: Bits,
    *,
    strict: bool = True,
    one_sided: bool = False,
) -> tuple[Bits, float]:
    """Pixels that stand in the frame alone, bool H×W, and the deviation of what remains between the neighbours.

    Args:
        frame: float32 H×W in 0..1.
        seen: the two neighbours, the same, as they lie over it.
        laid: how they do.
        leave: pixels that are not looked at.
        strict: only where the flow is believed, which it rarely is where dust has disturbed it.
        one_sided: both neighbours come before the frame, or both after it: where motion jumps, they are wrong alike,
            so that a pixel must there differ from all that lies around its place in them.
    """
    use = laid[0].believed & laid[1].believed & ~leave
    level = [levelled(frame, one, use) for one in seen]
    before, after = (
        _beyond(frame, one, there.slack) if one_sided else frame - one for one, there in zip(level, laid, strict=True)
    )
    apart = np.abs(level[0] - level[1])
    noise = 1.4826 * float(np.median(apart[use])) / np.sqrt(2) if use.any() else 1.0
    # at an edge, motion that is a fraction of a pixel off makes differences as large as the edge's slope
    slope = cv2.morphologyEx(level[0], cv2.MORPH_GRADIENT, np.ones((3, 3), np.uint8))
    threshold = max(LEAST, NOISES * noise) + 0.25 * slope
    smaller = np.minimum(np.abs(before), np.abs(after))
    alone = (before * after > 0) & (apart < 0.5 * smaller) & (use if strict else ~leave)
    strong, weak = alone & (smaller > threshold), alone & (smaller > 0.5 * threshold)
    return _connected(strong, weak), noise


def _beyond(frame: NDArray[np.float32], seen: NDArray[np.float32], slack: NDArray[np.uint8]) -> NDArray[np.float32]:
    """By how much the frame is brighter, or less bright (negative), than all of `seen` within the slack."""
    beyond = frame - seen
    for radius in (int(one) for one in np.unique(slack) if one):
        around = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
        above, below = frame - cv2.dilate(seen, around), frame - cv2.erode(seen, around)
        beyond = np.where(slack == radius, np.maximum(above, 0) + np.minimum(below, 0), beyond)
    return np.asarray(beyond, np.float32)


def _connected(strong: Bits, weak: Bits) -> Bits:
    """Pieces of `weak` that are `strong` somewhere and not grain."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(weak.astype(np.uint8), connectivity=8)
    good = (np.bincount(labels[strong], minlength=count) > 0) & (stats[:, cv2.CC_STAT_AREA] >= _SMALLEST)
    good[0] = False
    return np.asarray(good[labels])
