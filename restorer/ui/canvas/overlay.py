"""What is drawn over the picture: the mask, the stroke being painted, and the strokes being healed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.brush import Trace
from restorer.imaging.pyramid import Pyramid
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from restorer.imaging.brush import Dab
    from restorer.imaging.marks import Marks
    from restorer.imaging.patch import Stroke

NOTHING, MASK, BUSY = 0, 1, 2
LEFT_OUT, FOUND = 5, 6  # 3 and 4 are ways to draw BUSY and MASK
CLONED = 7
"""What a pixel of the overlay means.  Zoomed out, the largest wins: BUSY shows through a mask, both through nothing."""


class Overlay:
    """uint8 H×W of the values above, as a pyramid; nothing of full size is kept but the trace of the brush."""

    def __init__(self, mask: NDArray[np.bool_] | Marks) -> None:
        self._mask = mask
        self._trace = Trace(mask.shape)
        self._erasing = False
        self.cloning = False
        """Does the stroke being painted bring pixels, rather than mark?"""
        self._busy: tuple[Stroke, ...] = ()
        self._found: tuple[tuple[Marks, int], ...] = ()
        self._lifted: tuple[Stroke, Stroke] | None = None
        self.pyramid = Pyramid(self._read, mask.shape, peak=True)
        if mask.any():
            self.pyramid.update()

    def update(self, region: Region, mask: NDArray[np.bool_] | Marks | None = None) -> None:
        """The mask has changed under `region`, or is another array."""
        if mask is not None:
            self._mask = mask
        self.pyramid.update(region)

    # --- the stroke being painted --------------------------------------------------------------------------

    @property
    def painting(self) -> bool:
        return self._trace.active

    @property
    def erasing(self) -> bool:
        """Does the stroke take away?"""
        return self._erasing

    def paint(self, dab: Dab, *, erase: bool) -> Region:
        """Draw on to `dab`; returns the region that may look different now."""
        self._erasing = erase
        touched = self._trace.to(dab)
        self.pyramid.update(touched)
        return touched

    def lift(self) -> Stroke | None:
        """End the stroke and return it, None if it touched nothing.

        It still shows.  Whoever marks the document with it has nothing to do, for that looks the same; reducing
        a long stroke a second time would be felt.  Else its region is to be updated.
        """
        return self._trace.finish()

    def shows(self, stroke: Stroke) -> bool:
        """Is the document marked with a stroke just lifted, as it still shows?"""
        if self.cloning:
            return False
        marked = self._mask[stroke.region.slices]
        return not (marked & stroke.bits).any() if self._erasing else bool((marked | ~stroke.bits).all())

    # --- a stroke being moved ------------------------------------------------------------------------------

    def set_lifted(self, stroke: Stroke | None, before: Stroke | None = None) -> Region:
        """Show the mask as if `stroke` had not been drawn, or as it is; returns the region that may look different now.

        `before`, of the same region, are the pixels of it that were marked without it.
        """
        earlier = self._lifted
        self._lifted = None if stroke is None or before is None else (stroke, before)
        region = Region(0, 0, 0, 0)
        for lifted in (earlier, self._lifted):
            if lifted is not None:
                region = region | lifted[0].region
        if not region.empty:
            self.pyramid.update(region)
        return region

    # --- strokes being healed ------------------------------------------------------------------------------

    def set_busy(self, strokes: Sequence[Stroke]) -> list[Region]:
        """Returns the regions that may look different now."""
        before, self._busy = self._busy, tuple(strokes)
        was, now = set(map(id, before)), set(map(id, self._busy))
        changed = [stroke.region for stroke in (*before, *self._busy) if (id(stroke) in was) != (id(stroke) in now)]
        for region in changed:
            self.pyramid.update(region)
        return changed

    # --- damage that was found -----------------------------------------------------------------------------

    def set_found(self, found: Marks | None, left_out: Marks | None) -> Region:
        """Show what a search has found and what of it a person has left out; returns the region that may differ."""
        before = self._found
        self._found = tuple(
            (marks, value) for marks, value in ((left_out, LEFT_OUT), (found, FOUND)) if marks is not None
        )
        region = Region(0, 0, 0, 0)
        for marks, _ in (*before, *self._found):
            region = region | marks.region
        if not region.empty:
            self.pyramid.update(region)
        return region

    def _read(self, region: Region) -> NDArray[np.uint8]:
        shown: NDArray[np.uint8] = self._mask[region.slices].view(np.uint8)
        if self._lifted is not None:
            stroke, before = self._lifted
            common = stroke.region & region
            if not common.empty:
                inside, there = common.within(stroke.region).slices, common.within(region).slices
                shown = shown.copy()
                shown[there] = np.where(stroke.bits[inside], before.bits[inside], shown[there])
        if not (self._trace.region & region).empty:
            painted = self._trace.bits[region.slices]
            if self.cloning:
                return np.where(painted > 0, np.uint8(CLONED), shown)
            shown = np.bitwise_and(shown, painted ^ np.uint8(1)) if self._erasing else np.bitwise_or(shown, painted)
        for marks, value in self._found:
            bits = marks.read(region)
            if bits.any():
                shown = np.where(bits, np.uint8(value), shown)
        for stroke in self._busy:
            common = stroke.region & region
            if not common.empty:
                shown = shown.copy()
                shown[common.within(region).slices][stroke.bits[common.within(stroke.region).slices]] = BUSY
        return shown
