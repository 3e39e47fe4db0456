"""Pixels that a gesture marks."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from restorer.imaging.brush import Dab, Trace
from restorer.imaging.region import Region

SHAPE = (40, 50)
dabs = st.builds(
    Dab,
    st.floats(-20, 70, allow_nan=False).map(lambda v: round(v, 3)),
    st.floats(-20, 60, allow_nan=False).map(lambda v: round(v, 3)),
    st.sampled_from([0.5, 1.0, 2.5, 4.0, 7.3, 15.0]),
)


def distance_to_path(a: Dab, b: Dab, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """How far outside the swept disc each place is, by trying many discs (px; negative inside)."""
    nearest = np.full(x.shape, np.inf)
    for share in np.linspace(0, 1, 400):
        cx, cy = a.x + share * (b.x - a.x), a.y + share * (b.y - a.y)
        radius = a.radius + share * (b.radius - a.radius)
        nearest = np.minimum(nearest, np.hypot(x - cx, y - cy) - radius)
    return nearest


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(dabs, min_size=1, max_size=4))
def test_marks_pixels_whose_middle_the_brush_went_over(path: list[Dab]) -> None:
    trace = Trace(SHAPE)
    union = Region(0, 0, 0, 0)
    for dab in path:
        union = union | trace.to(dab)
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5
    outside = np.min([distance_to_path(a, b, x, y) for a, b in pairwise([path[0], *path])], axis=0)
    for dab in path:
        if 0 <= dab.y < SHAPE[0] and 0 <= dab.x < SHAPE[1]:
            outside[int(dab.y), int(dab.x)] = -1
    unsure = np.abs(outside) < 0.2  # the discs that were tried stand 0.2 px apart
    assert ((trace.bits > 0) == (outside < 0))[~unsure].all()
    marked = Region.around(trace.bits > 0)
    assert marked.empty or (marked & union) == marked
    stroke = trace.finish()
    assert not trace.bits.any()
    assert (stroke is None) == marked.empty
    assert stroke is None or stroke.region == marked


@pytest.mark.parametrize("x", [7.0, 7.02, 7.5, 7.98, 7.999])
@pytest.mark.parametrize("y", [3.0, 3.5, 3.999])
def test_the_smallest_brush_marks_the_pixel_it_is_on(x: float, y: float) -> None:
    trace = Trace(SHAPE)
    trace.to(Dab(x, y, 0.5))
    stroke = trace.finish()
    assert stroke is not None
    assert (stroke.region.left, stroke.region.top) == (7, 3)
    assert stroke.bits.sum() == 1 or (x == 7.0 or y == 3.0)


@pytest.mark.parametrize("diameter", [1, 2, 3, 4, 5, 9, 20, 31])
def test_a_dab_is_as_wide_as_its_diameter(diameter: int) -> None:
    middle = 20 + (diameter % 2) / 2
    trace = Trace(SHAPE)
    trace.to(Dab(middle, middle, diameter / 2))
    stroke = trace.finish()
    assert stroke is not None
    assert (stroke.region.width, stroke.region.height) == (diameter, diameter)
    assert np.array_equal(stroke.bits, stroke.bits[::-1, ::-1])
    assert np.array_equal(stroke.bits, stroke.bits.T)


def test_a_thin_line_has_no_gap() -> None:
    trace = Trace(SHAPE)
    trace.to(Dab(2.5, 2.5, 0.5))
    trace.to(Dab(45.5, 19.5, 0.5))
    assert (trace.bits.any(axis=0)[2:46]).all()
    assert trace.bits[10, 21:25].any()


def test_is_empty_again_after_each_gesture() -> None:
    trace = Trace(SHAPE)
    assert trace.finish() is None
    trace.to(Dab(-30, 4, 3))
    assert trace.active
    assert trace.finish() is None
    assert not trace.active
    trace.to(Dab(10, 10, 3))
    first = trace.finish()
    trace.to(Dab(30.5, 30.5, 0.5))
    second = trace.finish()
    assert first is not None
    assert second is not None
    assert second.region == Region(30, 30, 31, 31)
