"""What it takes to draw a part of the view, estimated beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from restorer.imaging.region import Region
from restorer.ui.canvas.rendering import beside
from restorer.ui.canvas.viewport import SQUARES

if TYPE_CHECKING:
    from restorer.ui.canvas.layers import DisplayLayers, Picture
    from restorer.ui.canvas.rendering import Look
    from restorer.ui.canvas.viewport import Viewport

COPIED, REPEATED, MARKED = 1 / 8, 1 / 3, 1 / 2
"""A device px at 100 %, one where px show as squares, one of marks: in px blended from four others (about 6 ns)."""


class Effort:
    """Sums up what is to be drawn in one go, in device px that are blended; pixels to be converted are counted once.

    Args:
        spent: what was drawn already.
    """

    def __init__(self, viewport: Viewport, layers: DisplayLayers, look: Look, spent: float = 0.0) -> None:
        self._viewport = viewport
        self._layers = layers
        self._look = look
        self._counted: set[tuple[int, Region]] = set()
        self.spent = spent

    def add(self, area: Region) -> float:
        """Count `area` (device px) in; returns the sum so far."""
        layers, look = self._layers, self._look
        shown = self._viewport.shown & area
        if shown.empty:
            return self.spent
        original = shown & look.original
        self._add_picture(original, layers.before)
        self._add_picture(beside(shown, original), layers.after)
        layered = [layers.changes if look.changes else None, layers.notes]
        if look.overlay and self._marked(shown):
            layered.append(layers.overlay.pyramid)
            self.spent += shown.area * MARKED * (look.grow > 0)
        self.spent += shown.area * MARKED * sum(layer is not None for layer in layered)
        return self.spent

    def _add_picture(self, area: Region, picture: Picture) -> None:
        if area.empty:
            return
        viewport = self._viewport
        level = picture.pyramid.level_for(viewport.zoom)
        zoom = viewport.zoom * 2**level
        self.spent += area.area * (COPIED if zoom == 1 else REPEATED if zoom >= SQUARES else 1)
        if level == 0:
            for region in picture.unconverted(viewport.under(area).grown(1) & viewport.picture):
                if (key := (id(picture), region)) not in self._counted:
                    self._counted.add(key)
                    self.spent += region.area * picture.effort

    def _marked(self, area: Region) -> bool:
        pyramid = self._layers.overlay.pyramid
        level = 0
        while level + 1 < len(pyramid) and self._viewport.zoom * 2**level < 4:  # few of its px to look at
            level += 1
        around, block = self._viewport.under(area).grown(self._look.grow + 1), 1 << level
        reach = Region(around.left // block, around.top // block, -(-around.right // block), -(-around.bottom // block))
        return bool(pyramid.read(level, reach & pyramid.bounds(level)).any())
