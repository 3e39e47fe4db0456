"""Shapes against the definition: a pixel belongs to a shape if its middle lies inside."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restorer.imaging import shapes
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

SHAPE = (60, 80, 3)


def whole(stroke: Stroke | None) -> np.ndarray:
    mask = np.zeros(SHAPE[:2], bool)
    if stroke is not None:
        assert stroke.bits.shape == (stroke.region.height, stroke.region.width)
        mask[stroke.region.slices] = stroke.bits
    return mask


def inside(corners: list[tuple[float, float]]) -> np.ndarray:
    """Even-odd, by another program, of the middles of all pixels."""
    mask = np.zeros(SHAPE[:2], bool)
    contour = np.array(corners)
    ends = np.roll(contour, -1, axis=0)
    for y in range(SHAPE[0]):
        for x in range(SHAPE[1]):
            px, py = x + 0.5, y + 0.5
            crossed = False
            for (ax, ay), (bx, by) in zip(contour, ends, strict=True):
                if (ay > py) != (by > py) and px < ax + (py - ay) / (by - ay) * (bx - ax):
                    crossed = not crossed
            mask[y, x] = crossed
    return mask


@pytest.mark.parametrize("seed", range(4))
def test_a_polygon_holds_the_pixels_whose_middle_is_inside(seed: int) -> None:
    rng = np.random.default_rng(seed)
    corners = [(float(x), float(y)) for x, y in rng.uniform((-10, -10), (90, 70), (7, 2))]  # crosses itself and edges
    mask = whole(shapes.polygon(corners, SHAPE))
    assert mask.any()
    assert (mask == inside(corners)).all()
    assert (whole(shapes.polygon(corners[::-1], SHAPE)) == mask).all()


def test_a_polygon_is_not_larger_than_it_was_drawn() -> None:
    square = [(10.0, 10.0), (20.0, 10.0), (20.0, 20.0), (10.0, 20.0)]
    stroke = shapes.polygon(square, SHAPE)
    assert stroke is not None
    assert stroke.region == Region(10, 10, 20, 20)
    assert stroke.bits.all()
    filled = cv2.fillPoly(np.zeros(SHAPE[:2], np.uint8), [np.array(square, np.int32)], 1)
    assert filled.sum() > stroke.bits.sum()  # what this is for


@pytest.mark.parametrize(
    "corners", [[], [(1.0, 1.0), (9.0, 9.0)], [(-9.0, -9.0), (-5.0, -9.0), (-5.0, -3.0)], [(4.1, 4.1)] * 5]
)
def test_nothing_inside_is_no_stroke(corners: list[tuple[float, float]]) -> None:
    assert shapes.polygon(corners, SHAPE) is None


def test_a_rectangle_from_any_corner_cut_at_the_border() -> None:
    stroke = shapes.rectangle((30.4, 40.6), (-5, 12.5), SHAPE)
    assert stroke is not None
    assert stroke.region == Region(0, 12, 30, 41)
    assert stroke.bits.all()
    assert shapes.rectangle((5, 5), (5.3, 30), SHAPE) is None
    assert shapes.rectangle((-9, -9), (-2, 30), SHAPE) is None


def test_an_ellipse_holds_the_pixels_whose_middle_is_inside() -> None:
    mask = whole(shapes.ellipse((50, 45), (10, 15), SHAPE))
    y, x = np.mgrid[: SHAPE[0], : SHAPE[1]] + 0.5
    assert (mask == (((x - 30) / 20) ** 2 + ((y - 30) / 15) ** 2 < 1)).all()
    assert shapes.ellipse((5, 5), (5, 30), SHAPE) is None
    rim = shapes.ellipse_corners((50, 45), (10, 15), 8)
    assert rim[0] == (50, 30)
    assert rim[2] == pytest.approx((30, 45))
    assert whole(shapes.ellipse((-20, -20), (20, 20), SHAPE))[0, 0]
