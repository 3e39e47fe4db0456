"""Draws a rectangle of the canvas: picture, mask, and the grey around them.

A pixel of the screen is computed from its own place and nothing else, in whole numbers.  So a rectangle that is drawn
alone is the same, bit for bit, as if all had been drawn, and no seam can show.  (Qt's own smooth scaling depends
on where the rectangle begins.)  All rectangles here are in device px.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from restorer.imaging.files.orientation import FLIPPED_ACROSS, FLIPPED_DOWN
from restorer.imaging.region import Region
from restorer.ui.canvas.overlay import BUSY, CLONED, LEFT_OUT, MASK, NOTHING
from restorer.ui.canvas.viewport import SQUARES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.pyramid import Pyramid
    from restorer.ui.canvas.layers import DisplayLayers, Picture
    from restorer.ui.canvas.viewport import Viewport

SURROUND = QColor(64, 64, 64)
"""Neutral: a colour around a photograph would tint it in the eye."""
BUSY_COLOUR = QColor(64, 156, 255)
FOUND_COLOUR = QColor(255, 190, 0)
HATCH = 8
"""Device px from stripe to stripe where a stroke is being healed."""
_STRIPE, _RIM = 3, 4
_CHANGED = (0, QColor(0, 200, 255, 60).rgba(), QColor(0, 200, 255, 230).rgba())
"""ARGB of what is as it was, and of what has changed: striped the other way than BUSY."""
_NEAR = 6
"""Px up to which a disc moved over the marks costs less than distances from them (of 2 px a tenth)."""
NOTE_COLOURS = (QColor(70, 170, 255, 110), QColor(255, 170, 0, 235), QColor(255, 40, 120, 235))
"""Of the three notes on a repair: plain, striped, crossed."""
_NOTES = (
    0, NOTE_COLOURS[0].rgba(), NOTE_COLOURS[1].rgba(), NOTE_COLOURS[2].rgba(),
    QColor(255, 170, 0, 60).rgba(), QColor(255, 40, 120, 70).rgba(),
)  # fmt: skip
"""ARGB of nothing, the notes, and what lies between the stripes of the last two."""
_FRACTION = 32  # cv2.remap blends in 32nds of a pixel


_NOWHERE = Region(0, 0, 0, 0)


@dataclass(frozen=True)
class Look:
    """How the layers are shown.

    Attributes:
        colours: ARGB of each value of the overlay; see `overlay_colours`.
        grow: px of the picture by which the mask will be grown; shown as a lighter rim.
        original: device px; here the original is shown, beside it the image.  From the top left corner, as wide or as
            high as the canvas.
        overlay: is the overlay shown at all?
        changes: is what differs from the original shown?
        size: device px to a logical px, for what must not look thinner on a finer screen.
        cloned: px of the picture from a stroke that clones to where its pixels come from.
    """

    colours: tuple[int, ...]
    grow: int = 0
    original: Region = _NOWHERE
    overlay: bool = True
    changes: bool = False
    size: float = 1.0
    cloned: tuple[int, int] | None = None


def overlay_colours(mask: QColor, opacity: float) -> tuple[int, ...]:
    """ARGB of NOTHING, MASK, BUSY, the stripes of BUSY, the rim of a mask to be grown, LEFT_OUT, FOUND and CLONED."""
    return tuple(
        _argb(colour, alpha)
        for colour, alpha in (
            (mask, 0.0),
            (mask, opacity),
            (BUSY_COLOUR, opacity * 0.45),
            (BUSY_COLOUR, opacity),
            (mask.lighter(125), opacity * 0.45),
            (FOUND_COLOUR, 0.5),
            (FOUND_COLOUR, 0.85),
            (mask, 0.0),  # the pixels that come are its colour
        )
    )


def draw(painter: QPainter, area: Region, viewport: Viewport, layers: DisplayLayers | None, look: Look) -> None:
    """Draw `area` of the canvas; the painter is in device px."""
    picture = Region(0, 0, 0, 0) if layers is None else viewport.shown & area
    if picture != area:
        painter.fillRect(_rect(area), SURROUND)
    if layers is None or picture.empty:
        return
    original = picture & look.original
    image = beside(picture, original)
    if not original.empty:
        _draw_picture(painter, original, viewport, layers.before)
    if not image.empty:
        _draw_picture(painter, image, viewport, layers.after)
    if look.changes and not image.empty:
        _draw_changes(painter, image, viewport, layers, look)
    if layers.notes is not None and not image.empty:
        _draw_notes(painter, image, viewport, layers.notes, look)
    if look.overlay:  # over the original too: what is painted must be seen wherever it is
        _draw_overlay(painter, picture, viewport, layers, look)
        if look.cloned is not None:
            _draw_cloned(painter, picture, viewport, layers, look.cloned)


def affected(region: Region, viewport: Viewport, layers: DisplayLayers, grow: int) -> Region:
    """The part of the canvas that may look different after `region` of the picture has changed."""
    level = max(layers.after.pyramid.level_for(viewport.zoom), _overlay_level(layers.overlay.pyramid, viewport.zoom))
    block = 1 << level
    left, top = (region.left - grow) // block - 1, (region.top - grow) // block - 1
    right, bottom = -(-(region.right + grow) // block) + 1, -(-(region.bottom + grow) // block) + 1
    reach = Region(left * block, top * block, right * block, bottom * block)
    return viewport.device_rect(reach).grown(1) & viewport.view


def _draw_picture(painter: QPainter, area: Region, viewport: Viewport, picture: Picture) -> None:
    pixels = picture_pixels(area, viewport, picture)
    kind = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_RGB888
    _lay(painter, area.left, area.top, pixels, kind)


def beside(picture: Region, original: Region) -> Region:
    """What the original, at the left or at the top, leaves of the picture."""
    if original.empty:
        return picture
    if original.height == picture.height:
        return Region(original.right, picture.top, picture.right, picture.bottom)
    return Region(picture.left, original.bottom, picture.right, picture.bottom)


def _draw_changes(painter: QPainter, area: Region, viewport: Viewport, layers: DisplayLayers, look: Look) -> None:
    if layers.changes is None:
        return
    values = _stepped(area, viewport, layers.changes)
    if values is None:
        return
    across, down = _hatched(area, viewport)
    width = max(2, round(HATCH * look.size))
    stripes = (across[None] - down[:, None]) % width < max(1, width // 3)
    values = np.where((values > 0) & stripes, np.uint8(2), values)
    _lay(painter, area.left, area.top, values, QImage.Format.Format_Indexed8, _CHANGED)


def _draw_notes(painter: QPainter, area: Region, viewport: Viewport, notes: Pyramid, look: Look) -> None:
    values = _stepped(area, viewport, notes)
    if values is None:
        return
    across, down = _hatched(area, viewport)
    width = max(4, round(HATCH * look.size))
    rising = (across[None] + down[:, None]) % width < width // 4
    falling = (across[None] - down[:, None]) % width < width // 4
    values = np.where((values == 2) & ~rising, np.uint8(4), values)
    values = np.where((values == 3) & ~rising & ~falling, np.uint8(5), values)
    _lay(painter, area.left, area.top, values, QImage.Format.Format_Indexed8, _NOTES)


def _draw_cloned(
    painter: QPainter, area: Region, viewport: Viewport, layers: DisplayLayers, way: tuple[int, int]
) -> None:
    """What a stroke that is being painted brings."""
    values = _stepped(area, viewport, layers.overlay.pyramid)
    if values is None or not (values == CLONED).any():
        return
    x, y, width, height = cv2.boundingRect((values == CLONED).astype(np.uint8))
    part = Region(area.left + x, area.top + y, area.left + x + width, area.top + y + height)
    across, down = viewport.way(*way)
    moved = replace(viewport, left=viewport.left - round(across), top=viewport.top - round(down))
    part = part & moved.shown
    if part.empty:
        return
    inside = values[part.within(area).slices] == CLONED
    pixels = picture_pixels(part, moved, layers.after)
    shown = np.empty((*inside.shape, 4), np.uint8)
    shown[..., :3] = pixels[..., None] if pixels.ndim == 2 else pixels
    shown[..., 3] = inside * np.uint8(255)
    _lay(painter, part.left, part.top, shown, QImage.Format.Format_RGBA8888)


def _places(area: Region, viewport: Viewport, level: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Which columns and rows of a level lie under the middles of the device px of `area`, both rising.

    The picture is not turned yet: what is read from there, see `_as_seen`.
    """
    zoom = viewport.zoom * 2**level
    across, down = ((places + 0.5) / zoom for places in _hatched(area, viewport))
    if viewport.turned >= 5:
        across, down = down, across
    if viewport.turned in FLIPPED_ACROSS:
        across = (viewport.picture.width / 2**level - across)[::-1]
    if viewport.turned in FLIPPED_DOWN:
        down = (viewport.picture.height / 2**level - down)[::-1]
    return across, down


def _as_seen(pixels: NDArray[np.uint8], viewport: Viewport) -> NDArray[np.uint8]:
    """As `orientation.as_shown`, by OpenCV's copies, which are many times faster than reading a turned view."""
    match viewport.turned:
        case 2 | 4:
            return np.asarray(cv2.flip(pixels, 1 if viewport.turned == 2 else 0), np.uint8)
        case 3 | 6 | 8:
            turns = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
            return np.asarray(cv2.rotate(pixels, turns[viewport.turned]), np.uint8)
        case 5:
            return np.asarray(cv2.transpose(pixels), np.uint8)
        case 7:
            return np.asarray(cv2.flip(cv2.transpose(pixels), -1), np.uint8)
    return pixels


def _hatched(area: Region, viewport: Viewport) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Columns and rows of `area`, counted from where the picture begins: stripes move with it."""
    return np.arange(area.left, area.right) - viewport.left, np.arange(area.top, area.bottom) - viewport.top


def _stepped(area: Region, viewport: Viewport, pyramid: Pyramid) -> NDArray[np.uint8] | None:
    """The value of a pyramid for each device px of `area`, which the picture covers; None if all are zero."""
    level = _overlay_level(pyramid, viewport.zoom)
    bounds = pyramid.bounds(level)
    across, down = _places(area, viewport, level)
    x = across.astype(np.int32).clip(0, bounds.width - 1)
    y = down.astype(np.int32).clip(0, bounds.height - 1)
    source = Region(int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1)
    values = pyramid.read(level, source)
    return _as_seen(_picked(values, x - source.left, y - source.top), viewport) if values.any() else None


def _draw_overlay(painter: QPainter, area: Region, viewport: Viewport, layers: DisplayLayers, look: Look) -> None:
    values = overlay_values(area, viewport, layers, look)
    if values is None:
        return
    x, y, width, height = cv2.boundingRect(values)
    part = values[y : y + height, x : x + width]
    _lay(painter, area.left + x, area.top + y, part, QImage.Format.Format_Indexed8, look.colours)


def _lay(
    painter: QPainter,
    left: int,
    top: int,
    pixels: NDArray[np.uint8],
    kind: QImage.Format,
    colours: tuple[int, ...] = (),
) -> None:
    """Draw an array pixel by pixel, without a copy if its rows follow each other."""
    pixels = np.ascontiguousarray(pixels)  # has to outlive the image
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], kind)
    if colours:
        image.setColorTable(list(colours))
    painter.drawImage(QPoint(left, top), image)


def picture_pixels(area: Region, viewport: Viewport, picture: Picture) -> NDArray[np.uint8]:
    """uint8 h×w or h×w×3 of `area`, which the picture covers."""
    level = picture.pyramid.level_for(viewport.zoom)
    bounds = picture.pyramid.bounds(level)
    zoom = viewport.zoom * 2**level  # device px to a px of the level
    across, down = _places(area, viewport, level)
    if zoom == 1 or zoom >= SQUARES:
        nearest = _nearest(picture, level, across.astype(np.int32), down.astype(np.int32), bounds)
        return _as_seen(nearest, viewport)
    x = np.floor((across - 0.5) * _FRACTION + 0.5).astype(np.int32)
    y = np.floor((down - 0.5) * _FRACTION + 0.5).astype(np.int32)
    x = x.clip(0, (bounds.width - 1) * _FRACTION)
    y = y.clip(0, (bounds.height - 1) * _FRACTION)
    source = Region(x[0] // _FRACTION, y[0] // _FRACTION, x[-1] // _FRACTION + 2, y[-1] // _FRACTION + 2) & bounds
    x, y = x - source.left * _FRACTION, y - source.top * _FRACTION
    places = np.empty((len(y), len(x), 2), np.int16)
    places[..., 0] = x // _FRACTION
    places[..., 1] = (y // _FRACTION)[:, None]
    shares = (x % _FRACTION)[None].astype(np.uint16) + (y % _FRACTION * _FRACTION)[:, None].astype(np.uint16)
    pixels = picture.read(level, source)
    return _as_seen(_remapped(pixels, places, shares, cv2.INTER_LINEAR), viewport)


def _nearest(
    picture: Picture, level: int, x: NDArray[np.int32], y: NDArray[np.int32], bounds: Region
) -> NDArray[np.uint8]:
    x, y = x.clip(0, bounds.width - 1), y.clip(0, bounds.height - 1)
    source = Region(int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1)
    return _picked(picture.read(level, source), x - source.left, y - source.top)


def overlay_values(area: Region, viewport: Viewport, layers: DisplayLayers, look: Look) -> NDArray[np.uint8] | None:
    """uint8 h×w, an index of `Look.colours` for each device px of `area`; None where there is nothing to draw."""
    pyramid = layers.overlay.pyramid
    level = _overlay_level(pyramid, viewport.zoom)
    bounds = pyramid.bounds(level)
    columns, rows = _places(area, viewport, level)
    x = columns.astype(np.int32).clip(0, bounds.width - 1)
    y = rows.astype(np.int32).clip(0, bounds.height - 1)
    inner = Region(int(x[0]), int(y[0]), int(x[-1]) + 1, int(y[-1]) + 1)
    rim = round(look.grow / 2**level)
    source = inner.grown(rim) & bounds
    values = pyramid.read(level, source)
    if not values.any():
        return None
    if rim:
        values = _with_rim(values, rim)
    values = np.ascontiguousarray(values[inner.within(source).slices])
    striped, left_out = bool((values == BUSY).any()), bool((values == LEFT_OUT).any())
    values = _as_seen(_picked(values, x - inner.left, y - inner.top), viewport)
    across, down = _hatched(area, viewport)
    if striped:
        width = max(2, round(HATCH * look.size))
        stripes = (across[None] + down[:, None]) % width < max(1, width // 4)
        values = np.where((values == BUSY) & stripes, np.uint8(_STRIPE), values)
    if left_out:  # dots: told apart from what is found without their colour, too
        dots = (across[None] // 2 + down[:, None] // 2) % 3 == 0
        values = np.where((values == LEFT_OUT) & ~dots, np.uint8(NOTHING), values)
    return values


def _overlay_level(pyramid: Pyramid, zoom: float) -> int:
    """The finest level none of whose pixels is smaller than a device px: a thin line must not fall between them."""
    level = 0
    while zoom * 2**level < 1 and level + 1 < len(pyramid):
        level += 1
    return level


def _with_rim(values: NDArray[np.uint8], radius: int) -> NDArray[np.uint8]:
    """Values with _RIM where there is nothing, but MASK within `radius` px."""
    marked = (values == MASK).view(np.uint8)
    if radius <= _NEAR:
        near = cv2.dilate(marked, _disc(radius), borderType=cv2.BORDER_CONSTANT, borderValue=(0,)).view(bool)
    else:
        near = cv2.distanceTransform(1 - marked, cv2.DIST_L2, cv2.DIST_MASK_PRECISE) <= radius + 1e-3
    return np.where((values == NOTHING) & near, np.uint8(_RIM), values)


@lru_cache(maxsize=_NEAR)
def _disc(radius: int) -> NDArray[np.uint8]:
    square = np.arange(-radius, radius + 1) ** 2
    return (square[:, None] + square <= radius**2).astype(np.uint8)


def _picked(pixels: NDArray[np.uint8], x: NDArray[np.int32], y: NDArray[np.int32]) -> NDArray[np.uint8]:
    """The pixels in columns `x` and rows `y`."""
    height, width = pixels.shape[:2]
    if (len(y), len(x)) == (height, width):  # one to one, as both rise and reach from end to end
        return pixels
    places = np.empty((len(y), len(x), 2), np.int16)
    places[..., 0] = x
    places[..., 1] = y[:, None]
    return _remapped(pixels, places, np.empty(0, np.uint16), cv2.INTER_NEAREST)


def _remapped(
    pixels: NDArray[np.uint8], places: NDArray[np.int16], shares: NDArray[np.uint16], how: int
) -> NDArray[np.uint8]:
    return np.asarray(cv2.remap(pixels, places, shares, how, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _argb(colour: QColor, alpha: float) -> int:
    return QColor(colour.red(), colour.green(), colour.blue(), round(255 * min(max(alpha, 0.0), 1.0))).rgba()


def _rect(area: Region) -> QRect:
    return QRect(area.left, area.top, area.width, area.height)
