"""Pixels as a screen shows them."""

from __future__ import annotations

import numpy as np

from restorer.imaging.display import BACKDROP, displayed


def test_eight_bits_without_alpha_are_not_copied() -> None:
    for shape in ((4, 5), (4, 5, 3)):
        pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
        assert displayed(pixels) is pixels


def test_sixteen_bits_show_their_upper_eight() -> None:
    pixels = np.array([[0, 255, 256, 65535]], np.uint16)
    assert displayed(pixels).tolist() == [[0, 0, 1, 255]]
    assert displayed(pixels).dtype == np.uint8


def test_alpha_lies_over_grey() -> None:
    pixels = np.array([[[200, 10, 90, 255], [200, 10, 90, 0], [200, 10, 90, 128]]], np.uint8)
    shown = displayed(pixels)
    assert shown.shape == (1, 3, 3)
    assert shown[0, 0].tolist() == [200, 10, 90]
    assert shown[0, 1].tolist() == [BACKDROP] * 3
    assert np.abs(shown[0, 2].astype(int) - [164, 69, 109]).max() <= 1
    grey = displayed(np.array([[[200, 0], [200, 255]]], np.uint8))
    assert grey.tolist() == [[BACKDROP, 200]]


def test_alpha_of_sixteen_bits() -> None:
    pixels = np.array([[[65535, 0, 65535], [0, 65535, 0]]], np.uint16)
    rgba = np.dstack([pixels, np.array([[65535, 0]], np.uint16)])
    assert displayed(rgba).tolist() == [[[255, 0, 255], [BACKDROP] * 3]]
