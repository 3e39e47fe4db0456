"""Scratches drawn with a known course over a noisy ground are followed."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from restorer.imaging.patch import Whole
from restorer.imaging.region import Region
from restorer.imaging.scratch_path import scratch_path


def course(x: np.ndarray, width: int, height: int) -> np.ndarray:
    return height / 2 + 0.09 * width * np.sin(x / width * 5) + 0.02 * width * np.sin(x / width * 17)


def scratched(width: int, height: int, light: bool, dtype: type = np.uint8, noise: float = 8) -> np.ndarray:
    rng = np.random.default_rng(5)
    ground = (
        cv2.GaussianBlur(rng.normal(0, 40, (height, width)), (0, 0), 12) + 128 + rng.normal(0, noise, (height, width))
    )
    x = np.arange(width, dtype=float)
    points = np.stack([x, course(x, width, height)], 1)
    line = cv2.polylines(np.zeros((height, width), np.uint8), [np.round(points).astype(np.int32)], False, 1, 2)
    ground[line > 0] += 55 if light else -55
    scale = 257 if dtype is np.uint16 else 1
    return (ground.clip(0, 255) * scale).astype(dtype)


@pytest.mark.parametrize("light", [True, False])
@pytest.mark.parametrize("dtype", [np.uint8, np.uint16])
def test_a_winding_scratch_is_followed(light: bool, dtype: type) -> None:
    pixels = scratched(500, 300, light, dtype)
    start, end = (
        (10.0, float(course(np.array(10.0), 500, 300)) + 2),
        (490.0, float(course(np.array(490.0), 500, 300)) - 2),
    )
    path = np.array(scratch_path(Whole(pixels), start, end))
    far = np.abs(path[:, 1] - course(path[:, 0], 500, 300))
    assert np.percentile(far, 95) < 2.5
    straight = np.abs(np.interp(path[:, 0], [10, 490], [start[1], end[1]]) - course(path[:, 0], 500, 300))
    assert np.percentile(straight, 95) > 20  # what the second half of this test is worth


def test_it_works_in_any_direction_and_colour() -> None:
    grey = scratched(400, 260, True)
    rgb = np.repeat(grey[..., None], 3, axis=2).transpose(1, 0, 2).copy()
    y = [15.0, 380.0]
    ends = [(float(course(np.array(v), 400, 260)), v) for v in y]
    for start, end in (ends, ends[::-1]):
        path = np.array(scratch_path(Whole(rgb), start, end))
        assert np.percentile(np.abs(path[:, 0] - course(path[:, 1], 400, 260)), 95) < 2.5


def test_a_long_scratch_is_followed_in_wider_steps() -> None:
    pixels = scratched(3000, 1200, True)
    x = np.array([20.0, 2980.0])
    ys = course(x, 3000, 1200)
    path = np.array(scratch_path(Whole(pixels), (x[0], ys[0]), (x[1], ys[1])))
    assert len(path) <= 601
    assert np.percentile(np.abs(path[:, 1] - course(path[:, 0], 3000, 1200)), 95) < 6


def test_where_nothing_stands_out_the_way_is_straight() -> None:
    plain = Whole(np.full((100, 100, 3), 90, np.uint8))
    path = np.array(scratch_path(plain, (10, 20), (90, 80)))
    assert np.allclose(path[:, 1], 20 + (path[:, 0] - 10) * 0.75, atol=0.01)
    assert path[0] == pytest.approx((10, 20))
    assert path[-1] == pytest.approx((90, 80))
    assert scratch_path(plain, (5, 5), (6, 6)) == [(5, 5), (6, 6)]


def test_ends_beside_the_picture() -> None:
    class Checked(Whole):
        def read(self, region: Region) -> np.ndarray:
            assert not region.empty
            assert region & Region.of_shape(self.shape) == region
            return super().read(region)

    pixels = scratched(400, 300, True)
    assert len(scratch_path(Checked(pixels), (-30, -20), (420, 290))) > 100
    path = scratch_path(Checked(pixels), (-300, -20), (-40, -90))
    assert path[0] == pytest.approx((-300, -20))
