"""Where the picture lies on the canvas."""

from __future__ import annotations

from dataclasses import replace
from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restorer.imaging.region import Region
from restorer.ui.canvas.viewport import STEPS, Viewport

views = st.builds(
    lambda w, h, pw, ph, zoom, x, y: replace(Viewport(Region(0, 0, w, h), Region(0, 0, pw, ph)), zoom=zoom).centred(
        x * pw, y * ph
    ),
    st.integers(50, 900),
    st.integers(50, 700),
    st.integers(1, 6000),
    st.integers(1, 4000),
    st.sampled_from(STEPS) | st.floats(0.02, 64),
    st.floats(0, 1),
    st.floats(0, 1),
)
quick = settings(max_examples=150, deadline=None, derandomize=True)


def test_fit_shows_all_in_the_middle() -> None:
    viewport = Viewport(Region(0, 0, 400, 300), Region(0, 0, 1000, 300)).fitted(margin=10)
    assert viewport.zoom == pytest.approx(0.38)
    assert viewport.shown == Region(10, 93, 390, 207)
    assert viewport.visible == viewport.picture


@quick
@given(views)
def test_rectangles_hold_just_the_device_pixels_of_their_picture_pixels(viewport: Viewport) -> None:
    rng = np.random.default_rng(3)
    left, right = np.sort(rng.integers(0, viewport.picture.width + 1, 2))
    rect = viewport.device_rect(Region(int(left), 0, int(right), 1))
    pixels = [floor(viewport.to_picture(x + 0.5, 0)[0]) for x in range(rect.left - 3, rect.left + 3)]
    inside = [rect.left <= x < rect.right for x in range(rect.left - 3, rect.left + 3)]
    assert inside == [left <= p < right for p in pixels]


@quick
@given(views, st.sampled_from(STEPS), st.integers(0, 2**16))
def test_zoom_keeps_the_pixel_under_the_pointer(viewport: Viewport, zoom: float, seed: int) -> None:
    zoom = max(zoom, viewport.fit_zoom())
    rng = np.random.default_rng(seed)
    shown = viewport.shown
    if shown.empty or viewport.zoom < viewport.fit_zoom():
        return
    x, y = int(rng.integers(shown.left, shown.right)), int(rng.integers(shown.top, shown.bottom))
    after = viewport.zoomed(zoom, x, y)
    (bx, by), (ax, ay) = viewport.to_picture(x + 0.5, y + 0.5), after.to_picture(x + 0.5, y + 0.5)
    for size, room, start, before, now in (
        (viewport.picture.width, viewport.view.width, after.left, bx, ax),
        (viewport.picture.height, viewport.view.height, after.top, by, ay),
    ):
        drawn = ceil(size * zoom)
        if not min(0, room // 2 - drawn) < start < max(room - drawn, room // 2):
            continue  # held back, lest the picture gets out of reach
        if after.zoom >= 1:
            assert floor(before) == floor(now)
        else:
            assert abs(before - now) <= 0.51 / after.zoom


@quick
@given(views, st.integers(-9000, 9000), st.integers(-9000, 9000))
def test_the_picture_cannot_be_lost(viewport: Viewport, dx: int, dy: int) -> None:
    assert not viewport.panned(dx, dy).visible.empty


def test_pan_moves_by_device_pixels() -> None:
    viewport = replace(Viewport(Region(0, 0, 100, 100), Region(0, 0, 400, 400)), zoom=2.0).centred(200, 200)
    assert viewport.panned(7, -3).to_picture(50, 50) == (200 - 3.5, 200 + 1.5)


def test_steps_go_through_100_percent_and_end() -> None:
    viewport = Viewport(Region(0, 0, 100, 100), Region(0, 0, 400, 400), zoom=0.7)
    assert viewport.next_step(1) == 1.0
    assert viewport.next_step(-1) == pytest.approx(2 / 3)
    assert replace(viewport, zoom=64.0).next_step(1) == 64.0
    assert viewport.zoomed(1e9, 5, 5).zoom == 64.0
    assert viewport.zoomed(1e-9, 5, 5).zoom == viewport.smallest


def test_what_is_in_the_middle_stays_there_when_the_canvas_grows() -> None:
    viewport = replace(Viewport(Region(0, 0, 100, 80), Region(0, 0, 400, 400)), zoom=2.0).centred(100, 120)
    assert viewport.resized(300, 200).to_picture(150, 100) == (100, 120)


def test_showing_a_region() -> None:
    viewport = Viewport(Region(0, 0, 200, 100), Region(0, 0, 400, 400)).showing(Region(100, 100, 200, 150))
    assert viewport.zoom == 2.0
    assert viewport.visible == Region(100, 100, 200, 150)
