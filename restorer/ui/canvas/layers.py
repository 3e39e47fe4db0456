"""What is drawn of a document, reduced and in the colours of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.document.repair import NOWHERE, Image, visible_in
from restorer.imaging.display import displayed
from restorer.imaging.pyramid import Pyramid
from restorer.imaging.region import Region
from restorer.ui.canvas.colour import ScreenColours
from restorer.ui.canvas.overlay import Overlay
from restorer.ui.canvas.tiles import Tiles

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from restorer.document.document import Document
    from restorer.document.repair import Repair
    from restorer.ui.canvas.sketch import Sketch


class Picture:
    """One picture, original or restored, at any level of its pyramid.

    Args:
        read: the pixels of a region of full size as a screen shows them.
        costly: is `read` so slow that its answers should be remembered?
        effort: what a pixel costs to read, in pixels blended; see `Effort`.
        like: a picture of the same pixels, to begin with: its levels are copied.
    """

    def __init__(
        self,
        read: Callable[[Region], NDArray[np.uint8]],
        shape: tuple[int, ...],
        *,
        costly: bool,
        effort: float = 0.5,
        like: Picture | None = None,
    ) -> None:
        self.channels = shape[2:]
        self.effort = effort
        self._read = read
        self.pyramid: Pyramid = Pyramid(read, shape) if like is None else like.pyramid.copy(read)
        if like is None:
            self.pyramid.update()
        self._tiles = Tiles(read, Region.of_shape(shape)) if costly else None
        self.sketch: Sketch | None = None
        """What is shown instead of some of its pixels, while that is being tried."""

    def read(self, level: int, region: Region) -> NDArray[np.uint8]:
        """uint8 h×w or h×w×3 of a region in the level's own px; not to be written to."""
        tiled = level == 0 and self._tiles is not None
        pixels = self._tiles.read(region) if tiled and self._tiles is not None else self.pyramid.read(level, region)
        return pixels if self.sketch is None else self.sketch.over(level, region, pixels)

    def unconverted(self, region: Region) -> list[Region]:
        """What would have to be read and converted first to `read` a region of full size."""
        return [] if self._tiles is None else self._tiles.missing(region)

    def update(self, region: Region) -> None:
        """The pixels of `region` (full size) have changed."""
        if self._tiles is not None:
            self._tiles.forget(region)
        self.pyramid.update(region)

    def take(self, other: Picture) -> None:
        """Begin anew with the levels of a picture of the same pixels."""
        self.pyramid = other.pyramid.copy(self._read)
        if self._tiles is not None:
            self._tiles.forget(self.pyramid.bounds(0))


class Reduced:
    """One level of a picture as `Pixels`, in the level's own px."""

    def __init__(self, picture: Picture, level: int) -> None:
        self._picture = picture
        self._level = level
        bounds = picture.pyramid.bounds(level)
        self.shape: tuple[int, ...] = (bounds.height, bounds.width, *picture.channels)
        self.dtype: np.dtype[Any] = np.dtype(np.uint8)

    def read(self, region: Region) -> NDArray[Any]:
        return self._picture.read(self._level, region)


class DisplayLayers:
    """Pyramids of one document: the original, the image so far, and the overlay (mask and strokes).

    Several views may share one; the canvas keeps it up to date.
    """

    def __init__(self, before: Picture, after: Picture, overlay: Overlay) -> None:
        self.before = before
        self.after = after
        self.overlay = overlay
        self.notes: Pyramid | None = None
        """What is noted of a repair, 0 to 3 a pixel; see `show_notes`."""
        self.as_seen: Callable[[NDArray[Any]], NDArray[np.uint8]] = displayed
        """Pixels of the file as the screen shows them."""
        self._noted = Region(0, 0, 0, 0)
        self.changes: Pyramid | None = None
        """What differs from the original, once it was asked for."""
        self._repairs: tuple[Repair, ...] = ()
        self._without: Repair | None = None

    @classmethod
    def of(cls, document: Document) -> DisplayLayers:
        """Build all pyramids.  No widget is touched: callable on any thread while the document does not change."""
        photograph, original = document.photograph, document.original
        inks, levels = photograph.inks, photograph.levels
        colours = ScreenColours(None if inks else photograph.icc)

        def shown(pixels: NDArray[Any]) -> NDArray[np.uint8]:
            window = document.photograph.window  # of a medical picture; changes while it is open
            return displayed(pixels, levels, inks=inks, icc=photograph.icc, window=window)

        def before(region: Region) -> NDArray[np.uint8]:
            return colours(shown(original[region.slices]))

        def after(region: Region) -> NDArray[np.uint8]:
            repairs = layers._shown(document)
            if not visible_in(repairs, region):
                return before(region)  # without a copy, which costs more than the rest
            return colours(shown(Image.of(document.photograph, repairs).read(region)))

        coloured = original.ndim == 3 and original.shape[2] > 2
        shape = (*original.shape[:2], 3) if coloured else original.shape[:2]
        costly = colours.needed or original.dtype != np.uint8 or (original.ndim == 3 and original.shape[2] != 3)
        whole = original.dtype in (np.uint8, np.uint16) and original.shape[2:] in ((), (3,))
        effort = 0.5 if whole and not (colours.needed or levels or photograph.window) else 2.0  # as measured, about
        first = Picture(before, shape, costly=costly, effort=effort)
        after_too = Picture(after, shape, costly=True, effort=effort, like=first)
        layers = cls(first, after_too, Overlay(document.mask))
        layers.as_seen = lambda pixels: colours(shown(pixels))
        layers._reduce_repairs(document)
        return layers

    def show_notes(self, notes: Sequence[tuple[Region, NDArray[np.uint8]]] | None, shape: tuple[int, ...]) -> Region:
        """Show these values (0 to 3) at their regions, or none; returns the region that may look different."""
        before, self._noted = self._noted, Region(0, 0, 0, 0)
        self.notes = None
        if notes:
            bounds = Region.of_shape(shape)

            def read(region: Region) -> NDArray[np.uint8]:
                values = np.zeros((region.height, region.width), np.uint8)
                for place, noted in notes:
                    common = place & region
                    if not common.empty:
                        part = values[common.within(region).slices]
                        np.maximum(part, noted[common.within(place).slices], out=part)
                return values

            self.notes = Pyramid(read, shape, peak=True)
            for place, _ in notes:
                self._noted = self._noted | (place & bounds)
            self.notes.update(self._noted)
        return before | self._noted

    def find_changes(self, document: Document) -> None:
        """Keep `changes` from now on."""
        if self.changes is not None:
            return

        def read(region: Region) -> NDArray[np.uint8]:
            return changed_pixels(Image.of(document.photograph, self._shown(document)), region)

        self.changes = Pyramid(read, document.mask.shape, peak=True)
        for repair in document.repairs:
            self.changes.update(repair.region & document.bounds)

    def update(self, document: Document, region: Region) -> None:
        """The image or the mask has changed under `region` (picture px)."""
        region = region & document.bounds
        if region.empty:
            return
        self._reduce_repairs(document)
        self.overlay.update(region, document.mask)

    def show_anew(self, document: Document) -> None:
        """Other values of the screen stand for the pixels, which are the same: another window of a medical picture."""
        self.before.update(document.bounds)
        self.after.take(self.before)
        for repair in document.repairs:
            self.after.update(repair.region & document.bounds)

    def show_without(self, document: Document, repair: Repair | None) -> Region:
        """Show the picture as if that repair had not been made, or as it is; returns what may look different now."""
        before, self._without = self._without, repair
        region = NOWHERE
        for each in {before, repair} - {None} if before is not repair else ():
            assert each is not None
            self._reduce(each.region & document.bounds)
            region = region | each.region
        return region & document.bounds

    def _shown(self, document: Document) -> tuple[Repair, ...]:
        """The repairs that are shown."""
        return tuple(repair for repair in document.repairs if repair is not self._without)

    def _reduce(self, region: Region) -> None:
        self.after.update(region)
        if self.changes is not None:
            self.changes.update(region)

    def _reduce_repairs(self, document: Document) -> None:
        """Bring the image up to date where repairs have come or gone; marking changes none of it."""
        # one that was changed is there as it was and as it is, at the same place: that is read once
        for region in {repair.region & document.bounds for repair in set(self._repairs) ^ set(document.repairs)}:
            self._reduce(region)
        self._repairs = document.repairs


def changed_pixels(image: Image, region: Region) -> NDArray[np.uint8]:
    """uint8 h×w, 1 where a pixel of `region` is no longer what it was, in the file's own depth."""
    changed = np.zeros((region.height, region.width), np.uint8)
    for repair in image.repairs:
        common = repair.region & region
        if repair.on and not common.empty:
            differs = image.read(common) != image.original[common.slices]
            part = changed[common.within(region).slices]
            part |= differs.any(axis=2) if differs.ndim == 3 else differs
    return changed
