"""Where the picture lies on the canvas: arithmetic only, no Qt.

Two kinds of coordinates: picture px (0, 0 is the top left corner of the top left pixel) and device px (the pixels
the screen really has, counted from the top left corner of the canvas).  A device pixel shows the picture at its
middle, and a click on it means the same place: so what is painted is what lies under the pointer, at any zoom.

A picture may be seen turned.  Its picture px stay what they are; between them and device px lie seen px, which are
picture px counted from the top left corner as it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil, floor

from restorer.imaging.files.orientation import (
    FLIPPED_ACROSS,
    FLIPPED_DOWN,
    region_as_shown,
    shown_size,
    stored_region,
)
from restorer.imaging.region import Region

STEPS = (1 / 64, 1 / 48, 1 / 32, 1 / 24, 1 / 16, 1 / 12, 1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3,
         1, 3 / 2, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # fmt: skip
"""Zooms that the wheel and the keys go through; whole numbers where pixels show as squares, so all are alike."""
LARGEST = STEPS[-1]
SQUARES = 2.0
"""From this zoom on, pixels are shown as squares."""


@dataclass(frozen=True)
class Viewport:
    """A picture on a canvas.

    Attributes:
        view: the canvas, device px, from 0, 0.
        picture: the picture, picture px, from 0, 0.
        zoom: device px a picture px.
        left, top: the device px at which the picture begins.  Whole numbers: a pan moves the same pixels about.
        turned: how the picture is turned to be seen, 1..8 (TIFF 6.0, tag 274).
    """

    view: Region
    picture: Region
    zoom: float = 1.0
    left: int = 0
    top: int = 0
    turned: int = 1

    # --- the two coordinates -------------------------------------------------------------------------------

    def to_picture(self, x: float, y: float) -> tuple[float, float]:
        """Picture px of a place in device px (the middle of device pixel 7 is 7.5)."""
        across, down = (x - self.left) / self.zoom, (y - self.top) / self.zoom
        if self.turned >= 5:
            across, down = down, across
        return (
            self.picture.width - across if self.turned in FLIPPED_ACROSS else across,
            self.picture.height - down if self.turned in FLIPPED_DOWN else down,
        )

    def to_device(self, x: float, y: float) -> tuple[float, float]:
        across, down = self._to_seen(x, y)
        return across * self.zoom + self.left, down * self.zoom + self.top

    def way(self, dx: float, dy: float) -> tuple[float, float]:
        """Device px of a way in picture px."""
        (left, top), (right, bottom) = self.to_device(0, 0), self.to_device(dx, dy)
        return right - left, bottom - top

    def _to_seen(self, x: float, y: float) -> tuple[float, float]:
        across = self.picture.width - x if self.turned in FLIPPED_ACROSS else x
        down = self.picture.height - y if self.turned in FLIPPED_DOWN else y
        return (down, across) if self.turned >= 5 else (across, down)

    @property
    def _seen(self) -> tuple[int, int]:
        """Width and height of the picture as it is seen, picture px."""
        return shown_size(self.picture.width, self.picture.height, self.turned)

    def device_rect(self, region: Region) -> Region:
        """The device pixels whose middle lies in `region` of the picture."""
        region = region_as_shown(region, self.turned, (self.picture.width, self.picture.height))
        return Region(
            self.left + ceil(region.left * self.zoom - 0.5),
            self.top + ceil(region.top * self.zoom - 0.5),
            self.left + ceil(region.right * self.zoom - 0.5),
            self.top + ceil(region.bottom * self.zoom - 0.5),
        )

    def under(self, area: Region) -> Region:
        """The picture pixels under `area` (device px), also where there is no picture."""
        left, top = (area.left - self.left) / self.zoom, (area.top - self.top) / self.zoom
        right, bottom = (area.right - self.left) / self.zoom, (area.bottom - self.top) / self.zoom
        seen = Region(floor(left), floor(top), ceil(right), ceil(bottom))
        return stored_region(seen, self.turned, (self.picture.width, self.picture.height))

    @property
    def shown(self) -> Region:
        """The part of the canvas that the picture covers, device px."""
        return self.device_rect(self.picture) & self.view

    @property
    def visible(self) -> Region:
        """The part of the picture that is on the canvas, picture px; may be `empty`."""
        return self.under(self.view) & self.picture

    # --- other viewports of the same picture ---------------------------------------------------------------

    def fit_zoom(self, margin: int = 0) -> float:
        """The zoom at which all of the picture is seen, with `margin` device px around it."""
        width, height = max(1, self.view.width - 2 * margin), max(1, self.view.height - 2 * margin)
        wide, high = self._seen
        return min(width / max(1, wide), height / max(1, high), LARGEST)

    def fitted(self, margin: int = 0) -> Viewport:
        return replace(self, zoom=self.fit_zoom(margin)).centred(self.picture.width / 2, self.picture.height / 2)

    def showing(self, region: Region) -> Viewport:
        """All of `region` (picture px), as large as it can be."""
        width, height = shown_size(region.width, region.height, self.turned)
        zoom = min(self.view.width / max(1, width), self.view.height / max(1, height), LARGEST)
        middle = (region.left + region.right) / 2, (region.top + region.bottom) / 2
        return replace(self, zoom=max(zoom, self.fit_zoom())).centred(*middle)

    def centred(self, x: float, y: float) -> Viewport:
        """With this place of the picture (picture px) in the middle of the canvas."""
        across, down = self._to_seen(x, y)
        left, top = round(self.view.width / 2 - across * self.zoom), round(self.view.height / 2 - down * self.zoom)
        return replace(self, left=left, top=top)._held()

    def panned(self, dx: int, dy: int) -> Viewport:
        return replace(self, left=self.left + dx, top=self.top + dy)._held()

    def zoomed(self, zoom: float, x: int, y: int) -> Viewport:
        """At another zoom, with the same picture pixel under device pixel x, y."""
        zoom = min(max(zoom, self.smallest), LARGEST)
        if zoom <= self.fit_zoom() / 1.5:  # far out there is nothing to aim at
            return replace(self, zoom=zoom).centred(self.picture.width / 2, self.picture.height / 2)
        here = (x + 0.5 - self.left) / self.zoom, (y + 0.5 - self.top) / self.zoom
        left, top = _anchored(here[0], x, zoom), _anchored(here[1], y, zoom)
        return replace(self, zoom=zoom, left=left, top=top)._held()

    def resized(self, width: int, height: int) -> Viewport:
        """On a canvas of another size (device px); what was in the middle stays there."""
        dx, dy = (width - self.view.width) / 2, (height - self.view.height) / 2
        view = Region(0, 0, width, height)
        return replace(self, view=view, left=round(self.left + dx), top=round(self.top + dy))._held()

    def seen(self, turned: int) -> Viewport:
        """With the picture turned another way; what is in the middle of the canvas stays there."""
        middle = self.to_picture(self.view.width / 2, self.view.height / 2)
        return replace(self, turned=turned).centred(*middle)

    def next_step(self, direction: int) -> float:
        """The next of `STEPS` above (1) or below (-1) the zoom."""
        if direction > 0:
            return min((s for s in STEPS if s > self.zoom * 1.001), default=LARGEST)
        return max((s for s in STEPS if s < self.zoom / 1.001), default=STEPS[0])

    @property
    def smallest(self) -> float:
        return min(1.0, self.fit_zoom()) / 2

    def _held(self) -> Viewport:
        """Pushed back if the picture would get out of reach.

        The middle of the canvas stays on a picture that is larger than it; a smaller one may lie anywhere inside.
        """
        width, height = self._seen
        wide, high = ceil(width * self.zoom), ceil(height * self.zoom)
        return replace(
            self, left=_between(self.left, wide, self.view.width), top=_between(self.top, high, self.view.height)
        )


def _anchored(place: float, at: int, zoom: float) -> int:
    """Where the picture must begin for picture coordinate `place` to be on device pixel `at`.

    Beginning at whole device pixels moves it by up to half of one; from zoom 1 on the very pixel can be kept.
    """
    start = round(at + 0.5 - place * zoom)
    if zoom < 1:
        return start
    pixel = floor(place)
    return min(max(start, floor(at + 0.5 - (pixel + 1) * zoom) + 1), floor(at + 0.5 - pixel * zoom))


def _between(start: int, size: int, room: int) -> int:
    return min(max(start, min(0, room // 2 - size)), max(room - size, room // 2))
