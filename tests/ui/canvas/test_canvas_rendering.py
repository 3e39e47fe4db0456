"""Pixels of the screen, computed from layers and viewport."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from canvas_hands import MakeDocument, picture
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QColor, QImage, QPainter

from restorer.document.document import Document
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region
from restorer.ui.canvas import rendering
from restorer.ui.canvas.layers import DisplayLayers
from restorer.ui.canvas.overlay import BUSY, MASK, NOTHING
from restorer.ui.canvas.viewport import Viewport

LOOK = rendering.Look(rendering.overlay_colours(QColor(255, 0, 0), 1.0))
VIEW = Region(0, 0, 240, 180)


def looking(document: Document, zoom: float, x: float = 0.5, y: float = 0.5) -> Viewport:
    bounds = document.bounds
    return replace(Viewport(VIEW, bounds), zoom=zoom).centred(x * bounds.width, y * bounds.height)


def drawn(area: Region, viewport: Viewport, layers: DisplayLayers, look: rendering.Look = LOOK) -> np.ndarray:
    image = QImage(VIEW.width, VIEW.height, QImage.Format.Format_RGB888)
    image.fill(QColor(1, 2, 3))
    painter = QPainter(image)
    rendering.draw(painter, area, viewport, layers, look)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(VIEW.height, image.bytesPerLine())
    return rows[:, : VIEW.width * 3].reshape(VIEW.height, VIEW.width, 3).copy()


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, DisplayLayers]:
    path = tmp_path_factory.mktemp("pictures") / "odd.png"
    assert cv2.imwrite(str(path), picture(701, 523)[..., ::-1])
    document = Document.open(path)
    rng = np.random.default_rng(5)
    layers = DisplayLayers.of(document)
    for _ in range(6):
        x, y = int(rng.integers(0, 600)), int(rng.integers(0, 450))
        region = Region(x, y, x + 70, y + 50)
        layers.update(document, document.mark(Stroke(region, rng.random((50, 70)) < 0.5)))
    layers.overlay.set_busy([Stroke(Region(300, 200, 360, 300), np.ones((100, 60), bool))])
    return document, layers


zooms = st.sampled_from([0.05, 0.2, 0.25, 1 / 3, 0.5, 2 / 3, 1.0, 1.5, 2.0, 3.0, 8.0]) | st.floats(0.1, 10)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(zooms, st.floats(0, 1), st.floats(0, 1), st.integers(0, 2**16), st.integers(0, 4), st.integers(0, 240))
def test_a_rectangle_alone_is_the_same_as_in_the_whole(
    marked: tuple[Document, DisplayLayers], zoom: float, x: float, y: float, seed: int, grow: int, split: int
) -> None:
    document, layers = marked
    viewport, look = looking(document, zoom, x, y), replace(LOOK, grow=grow, original=Region(0, 0, split, 180))
    whole = drawn(VIEW, viewport, layers, look)
    rng = np.random.default_rng(seed)
    for _ in range(4):
        (left, right), (top, bottom) = np.sort(rng.integers(0, 241, 2)), np.sort(rng.integers(0, 181, 2))
        area = Region(int(left), int(top), int(right), int(bottom))
        if not area.empty:
            assert np.array_equal(drawn(area, viewport, layers, look)[area.slices], whole[area.slices])


@pytest.mark.parametrize("zoom", [1.0, 2.0, 3.0, 5.0, 8.0, 2.7])
def test_at_100_percent_and_above_200_each_screen_pixel_is_a_picture_pixel(
    marked: tuple[Document, DisplayLayers], zoom: float
) -> None:
    document, layers = marked
    viewport = looking(document, zoom)
    look = replace(LOOK, overlay=False)
    shown = drawn(VIEW, viewport, layers, look)
    for x, y in np.random.default_rng(1).integers(0, 180, (200, 2)).tolist():
        px, py = viewport.to_picture(x + 0.5, y + 0.5)
        assert (shown[y, x] == document.original[int(py), int(px)]).all()


@pytest.mark.parametrize("zoom", [0.25, 0.3, 0.49, 0.51, 0.77, 1.0, 1.3, 1.99])
def test_nothing_is_displaced(make_document: MakeDocument, zoom: float) -> None:
    """A ramp is shown as a ramp, whatever levels and fractions it goes through."""
    document = make_document(1023, 700)
    ramp = np.repeat(np.linspace(0, 255, 1023)[None], 700, 0)
    pixels = np.repeat(ramp[..., None], 3, 2).round().astype(np.uint8)
    document = Document(replace(document.photograph, pixels=pixels))
    viewport = looking(document, zoom)
    shown = drawn(VIEW, viewport, DisplayLayers.of(document))
    xs = np.arange(viewport.shown.left + 2, viewport.shown.right - 2)
    expected = ((xs + 0.5 - viewport.left) / zoom - 0.5) * 255 / 1022
    assert np.abs(shown[90, xs, 0] - expected).max() < 1.0


@pytest.mark.parametrize("zoom", [0.11, 0.26, 0.4, 0.51, 0.7, 0.99])
def test_a_thin_line_of_the_mask_never_breaks(make_document: MakeDocument, zoom: float) -> None:
    document = make_document(1501, 1103)
    layers = DisplayLayers.of(document)
    layers.update(document, document.mark(Stroke(Region(733, 0, 734, 1103), np.ones((1103, 1), bool))))
    viewport = looking(document, zoom)
    shown = viewport.shown
    values = rendering.overlay_values(shown, viewport, layers, LOOK)
    assert values is not None
    assert (values == MASK).any(axis=1).all()
    column = np.flatnonzero((values == MASK).any(axis=0)) + shown.left
    assert abs(column.mean() + 0.5 - viewport.to_device(733.5, 0)[0]) <= 2.5
    assert len(column) <= 2


def test_the_mask_lies_on_its_pixels_and_its_rim_around_them(document: Document) -> None:
    layers = DisplayLayers.of(document)
    layers.update(document, document.mark(Stroke(Region(150, 100, 152, 101), np.ones((1, 2), bool))))
    viewport = looking(document, 8.0)
    values = rendering.overlay_values(VIEW, viewport, layers, replace(LOOK, grow=2))
    assert values is not None
    assert Region.around(values == MASK) == viewport.device_rect(Region(150, 100, 152, 101))
    assert Region.around(values > 0) == viewport.device_rect(Region(148, 98, 154, 103))
    x, y = viewport.device_rect(Region(148, 98, 149, 99)).left, viewport.device_rect(Region(148, 98, 149, 99)).top
    assert values[y, x] == 0  # the rim is round


def test_what_is_being_healed_looks_another_way_than_the_mask(document: Document) -> None:
    layers = DisplayLayers.of(document)
    stroke = Stroke(Region(100, 80, 140, 120), np.ones((40, 40), bool))
    layers.update(document, document.mark(stroke))
    viewport = looking(document, 2.0)
    marked = drawn(VIEW, viewport, layers)
    layers.overlay.set_busy([stroke])
    busy = drawn(VIEW, viewport, layers)
    inside = viewport.device_rect(stroke.region) & VIEW
    assert (marked[inside.slices] == [255, 0, 0]).all()
    assert not (busy[inside.slices] == [255, 0, 0]).all(axis=2).any()
    values = rendering.overlay_values(inside, viewport, layers, LOOK)
    assert values is not None
    assert {int(v) for v in np.unique(values)} == {BUSY, 3}
    layers.overlay.set_busy([])
    assert np.array_equal(drawn(VIEW, viewport, layers), marked)


def test_grey_pictures_and_transparency(document: Document) -> None:
    for pixels in (
        np.full((60, 80), 77, np.uint8),
        np.full((60, 80), 77 * 257, np.uint16),
        np.dstack([np.full((60, 80), 77 * 257, np.uint16)] * 3 + [np.full((60, 80), 65535, np.uint16)]),
    ):
        other = Document(replace(document.photograph, pixels=pixels))
        viewport = looking(other, 1.5)
        shown = drawn(VIEW, viewport, DisplayLayers.of(other))
        assert (shown[viewport.shown.slices] == 77).all()
        assert (shown[0, 0] == rendering.SURROUND.red()).all()


@pytest.mark.parametrize("radius", [1, 2, 5, 6, 7, 11])
def test_the_rim_is_what_lies_so_near(radius: int) -> None:
    """Small rims are drawn by a disc, large ones by distances: both are the same circle."""
    rng = np.random.default_rng(radius)
    values = np.where(rng.random((61, 83)) < 0.01, MASK, np.where(rng.random((61, 83)) < 0.1, BUSY, NOTHING))
    values = values.astype(np.uint8)
    rows, columns = np.nonzero(values == MASK)
    y, x = np.mgrid[:61, :83]
    near = ((y[..., None] - rows) ** 2 + (x[..., None] - columns) ** 2).min(2) <= radius**2
    found = rendering._with_rim(values, radius)
    assert (found == np.where(near & (values == NOTHING), rendering._RIM, values)).all()
