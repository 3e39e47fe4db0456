from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from restorer.imaging.region import Region

regions = st.builds(
    lambda x, y, w, h: Region(x, y, x + w, y + h),
    st.integers(-20, 20),
    st.integers(-20, 20),
    st.integers(1, 30),
    st.integers(1, 30),
)


def test_slices_turn_x_and_y_into_row_and_column() -> None:
    grid = np.arange(6 * 8).reshape(6, 8)
    assert grid[Region(2, 1, 5, 3).slices].tolist() == [[10, 11, 12], [18, 19, 20]]


@given(regions, regions)
def test_intersection_and_union_are_what_the_pixels_say(a: Region, b: Region) -> None:
    pixels = lambda r: {(x, y) for x in range(r.left, r.right) for y in range(r.top, r.bottom)}  # noqa: E731
    assert pixels(a & b) == pixels(a) & pixels(b)
    assert pixels(a | b) >= pixels(a) | pixels(b)
    assert (a | b) & a == a


@given(regions, st.integers(-5, 5), st.integers(-5, 5))
def test_within_and_moved_are_inverse(region: Region, dx: int, dy: int) -> None:
    outer = Region(dx, dy, dx + 1, dy + 1)
    assert region.within(outer).moved(dx, dy) == region


def test_an_empty_region_counts_for_nothing_in_a_union() -> None:
    assert Region(0, 0, 0, 0) | Region(3, 4, 5, 6) == Region(3, 4, 5, 6)


@given(arrays.arrays(bool, arrays.array_shapes(min_dims=2, max_dims=2, max_side=12)))
def test_around_is_the_tightest_box(mask: np.ndarray) -> None:
    region = Region.around(mask)
    assert mask[region.slices].sum() == mask.sum()
    if mask.any():
        inside = mask[region.slices]
        assert inside[0].any()
        assert inside[-1].any()
        assert inside[:, 0].any()
        assert inside[:, -1].any()
    else:
        assert region.empty
