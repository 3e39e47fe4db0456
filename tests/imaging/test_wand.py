from __future__ import annotations

import numpy as np
import pytest

from restorer.imaging.errors import Cancelled
from restorer.imaging.patch import Whole
from restorer.imaging.wand import FIRST, similar


def marked(pixels: np.ndarray, x: int, y: int, tolerance: float, *, contiguous: bool = True) -> np.ndarray:
    stroke = similar(Whole(pixels), x, y, tolerance=tolerance, contiguous=contiguous)
    mask = np.zeros(pixels.shape[:2], bool)
    mask[stroke.region.slices] = stroke.bits
    return mask


def spots(dtype: type, high: int) -> np.ndarray:
    pixels = np.zeros((60, 80, 3), dtype)
    pixels[10:20, 10:30] = high
    pixels[40:50, 50:70] = high
    return pixels


@pytest.mark.parametrize(("dtype", "high"), [(np.uint8, 200), (np.uint16, 51400)])
def test_one_spot_or_all_alike(dtype: type, high: int) -> None:
    pixels = spots(dtype, high)
    one = marked(pixels, 12, 12, 0.1)
    assert one[10:20, 10:30].all()
    assert one.sum() == 200
    both = marked(pixels, 12, 12, 0.1, contiguous=False)
    assert both.sum() == 400
    assert marked(pixels, 0, 0, 0.1).sum() == 60 * 80 - 400
    assert marked(pixels, 0, 0, 0.8).all()


def test_the_tolerance_counts_in_the_file_s_own_depth() -> None:
    ramp = np.broadcast_to(np.arange(0, 60000, 600, dtype=np.uint16), (5, 100)).copy()
    # 1 % of 65535 is 655.35: one step of the ramp more, in each direction
    assert marked(ramp, 50, 2, 0.01).any(axis=0).nonzero()[0].tolist() == [49, 50, 51]
    assert marked(ramp, 50, 2, 0.0).any(axis=0).nonzero()[0].tolist() == [50]


def test_each_channel_counts_and_alpha_does_not() -> None:
    pixels = np.full((9, 9, 4), 100, np.uint8)
    pixels[3, :, 2] = 160  # blue alone: too different
    pixels[6:, :, 3] = 0  # seen through: the same colour
    assert marked(pixels, 0, 0, 0.1).nonzero()[0].max() == 2
    assert marked(pixels, 0, 8, 0.1).nonzero()[0].tolist() == [4] * 9 + [5] * 9 + [6] * 9 + [7] * 9 + [8] * 9


def test_a_spot_larger_than_the_first_look_is_found_whole() -> None:
    size = 4 * FIRST
    pixels = np.zeros((size, size), np.uint8)
    pixels[::2, :] = 255
    pixels[:, 7] = 255  # the stripes hang together at one column only
    assert (marked(pixels, 2 * FIRST, 2 * FIRST, 0.1) == (pixels == 255)).all()


def test_diagonal_neighbours_do_not_hang_together() -> None:
    pixels = np.eye(9, dtype=np.uint8) * 255
    assert marked(pixels, 4, 4, 0.1).sum() == 1


def test_it_can_be_cancelled() -> None:
    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        similar(Whole(np.zeros((9, 9), np.uint8)), 1, 1, tolerance=0, check=check)
