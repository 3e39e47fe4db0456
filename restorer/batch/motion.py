"""Where the pixels of a film frame lie in its neighbours.

Neighbours are laid over the frame by dense optical flow (DIS: Kroeger, Timofte, Dai, Van Gool, ECCV 2016), which is
believed where going there and back ends at the start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging import mask as masks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]
    Bits = NDArray[np.bool_]
    Flow = NDArray[np.float32]

LONGEST = 1600
"""Longest side, in px, at which flow is computed; larger frames are halved for it."""

RETURNS = 1.0
"""By how many px, at the flow's size, there and back may miss the start; and a twentieth of the way."""

LOST = 255
SLACKS = (2, 4, 8)
"""Px, at the flow's size, by which flow may be off beside jumps of the motion; see `_slack`."""

_PATCH = 3  # px at the flow's size, half of a patch that is matched
_WINDOWS = (9, 17, 33, 65, 129)  # px, boxes over which flow is filled in; the smallest that knows enough
_ENOUGH = 0.15  # share of the box
_LIGHT = 65  # px, box over which brightness is levelled between frames: they flicker


@dataclass(frozen=True, eq=False)
class Laid:
    """A neighbour as it lies over the frame: where each pixel comes from, and where that is believed.

    `across`, `down` float32 H×W: coordinates in the neighbour; `back_across`, `back_down` the same of the neighbour's
    pixels in the frame; `off` uint8 H×W, px by which there and back miss the start, 0 where that is little and
    `LOST` where it is more than the last of `SLACKS` or lies outside; `slack` uint8 H×W, px by which it may be off
    beside a jump of the motion.
    """

    across: NDArray[np.float32]
    down: NDArray[np.float32]
    back_across: NDArray[np.float32]
    back_down: NDArray[np.float32]
    off: NDArray[np.uint8]
    slack: NDArray[np.uint8]

    @property
    def believed(self) -> Bits:
        """Bool H×W: there and back ends at the start."""
        return np.asarray(self.off == 0)

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

    def there(self, mask: Bits) -> Bits:
        """Where in the neighbour a mask of what it shows lies, bool H×W in the frame, bool H×W in the neighbour."""
        moved = cv2.remap(mask.view(np.uint8), self.back_across, self.back_down, cv2.INTER_NEAREST)
        return np.asarray(moved > 0, np.bool_)


def laid_over(frame: Grey, neighbour: Grey, holes: tuple[Bits, Bits], finest: int = 0) -> Laid:
    """Lay a neighbour over a frame.

    Args:
        frame: uint8 H×W, without what is known to be dust.
        neighbour: the same.
        holes: of the two, bool H×W, where nothing is known: the motion there follows from that around.
        finest: halvings of the flow's size at which its refinement ends.  Dust that is smaller than what a coarse flow
            sees does not lead it astray.
    """
    height, width = frame.shape
    halvings = max(0, int(np.ceil(np.log2(max(height, width) / LONGEST))))
    scale = 0.5**halvings
    size = max(16, round(width * scale)), max(16, round(height * scale))
    small = [np.asarray(cv2.resize(one, size, interpolation=cv2.INTER_AREA), np.uint8) for one in (frame, neighbour)]
    blind = [_blind(one, size, scale) for one in holes]
    there = _filled(_flow(small[0], small[1], finest), blind[0], blind[1])
    # good enough to check it by, at a fourth of the time
    back = _filled(_flow(small[1], small[0], max(finest, 1)), blind[1], blind[0])
    y, x = np.mgrid[: size[1], : size[0]].astype(np.float32)
    to_x, to_y = x + there[..., 0], y + there[..., 1]
    returned = cv2.remap(back, to_x, to_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    missed = np.hypot(*np.moveaxis(there + returned, -1, 0))
    way = np.hypot(there[..., 0], there[..., 1])
    inside = (to_x >= 0) & (to_y >= 0) & (to_x <= size[0] - 1) & (to_y <= size[1] - 1)
    off = np.full(missed.shape, LOST, np.uint8)
    for radius in reversed(SLACKS):
        off[inside & (missed <= radius)] = min(radius << halvings, LOST - 1)
    off[inside & (missed <= RETURNS + 0.05 * way)] = 0
    factor = np.array([width / size[0], height / size[1]], np.float32)
    large, large_back = (
        cv2.resize(flow, (width, height), interpolation=cv2.INTER_LINEAR) * factor for flow in (there, back)
    )
    y, x = np.mgrid[:height, :width].astype(np.float32)
    off = np.asarray(cv2.resize(off, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)
    slack = cv2.resize(_slack(there) << halvings, (width, height), interpolation=cv2.INTER_NEAREST)
    return Laid(
        x + large[..., 0],
        y + large[..., 1],
        x + large_back[..., 0],
        y + large_back[..., 1],
        off,
        np.asarray(slack, np.uint8),
    )


def _blind(hole: Bits, size: tuple[int, int], scale: float) -> Grey:
    """A hole, and all pixels whose patches would reach into it, at the flow's size; 0 is none."""
    wide = masks.grown(hole, round(_PATCH / scale)) if hole.any() else hole
    return np.asarray(cv2.resize(wide.astype(np.uint8) * 255, size, interpolation=cv2.INTER_AREA), np.uint8)


def _filled(flow: Flow, here: NDArray[np.uint8], there: NDArray[np.uint8]) -> Flow:
    """The flow, from its surroundings (a normalised mean: Knutsson and Westin, CVPR 1993) where it starts in a hole
    `here` or ends in one `there`; both uint8 h×w, 0 is none.
    """
    if not (here.any() or there.any()):
        return flow
    y, x = np.mgrid[: flow.shape[0], : flow.shape[1]].astype(np.float32)
    ends = cv2.remap(there, x + flow[..., 0], y + flow[..., 1], cv2.INTER_NEAREST)
    missing = (here > 0) | (ends > 0)
    weight = (~missing).astype(np.float32)
    weighted, filled = flow * weight[..., None], flow.copy()
    for window in _WINDOWS:
        around = cv2.boxFilter(weight, -1, (window, window))
        enough = missing & (around > _ENOUGH)
        mean = cv2.boxFilter(weighted, -1, (window, window)) / np.maximum(around, 1e-3)[..., None]
        filled[enough] = mean[enough]
        missing &= ~enough
        if not missing.any():
            break
    return filled


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


def _flow(one: Grey, other: Grey, finest: int) -> Flow:
    """float32 H×W×2, always on one thread: OpenCV's stripes, and so its answer, follow their number."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)
        flow.setFinestScale(finest)
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
