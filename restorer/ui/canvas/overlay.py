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
    from restorer.imaging.patch import Stroke

NOTHING, MASK, BUSY = 0, 1, 2
"""What a pixel of the overlay means.  Zoomed out, the largest wins: BUSY shows through a mask, both through nothing."""


class Overlay:
    """uint8 H×W of the values above, as a pyramid; nothing of full size is kept but the trace of the brush."""

    def __init__(self, mask: NDArray[np.bool_]) -> None:
        self._mask = mask
        self._trace = Trace(mask.shape)
        self._erasing = False
        self._busy: tuple[Stroke, ...] = ()
        self.pyramid = Pyramid(self._read, mask.shape, peak=True)
        if mask.any():
            self.pyramid.update()

    def update(self, mask: NDArray[np.bool_], region: Region) -> None:
        """The mask has changed under `region`."""
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

    def lift(self) -> tuple[Stroke | None, Region]:
        """End the stroke.  It is no longer drawn: whoever wants it marks the document with it.

        Returns:
            The stroke, None if it touched nothing; and the region that may look different now.
        """
        touched = self._trace.region
        stroke = self._trace.finish()
        self.pyramid.update(touched)
        return stroke, touched

    # --- strokes being healed ------------------------------------------------------------------------------

    def set_busy(self, strokes: Sequence[Stroke]) -> list[Region]:
        """Returns the regions that may look different now."""
        before, self._busy = self._busy, tuple(strokes)
        was, now = set(map(id, before)), set(map(id, self._busy))
        changed = [stroke.region for stroke in (*before, *self._busy) if (id(stroke) in was) != (id(stroke) in now)]
        for region in changed:
            self.pyramid.update(region)
        return changed

    def _read(self, region: Region) -> NDArray[np.uint8]:
        shown: NDArray[np.uint8] = self._mask[region.slices].view(np.uint8)
        if not (self._trace.region & region).empty:
            painted = self._trace.bits[region.slices]
            shown = np.bitwise_and(shown, painted ^ np.uint8(1)) if self._erasing else np.bitwise_or(shown, painted)
        for stroke in self._busy:
            common = stroke.region & region
            if not common.empty:
                shown = shown.copy()
                shown[common.within(region).slices][stroke.bits[common.within(stroke.region).slices]] = BUSY
        return shown
