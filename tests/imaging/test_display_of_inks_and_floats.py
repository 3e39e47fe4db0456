"""Inks are shown through their profile, floating-point values through their levels."""

from __future__ import annotations

import struct
from itertools import product

import numpy as np

from restorer.imaging.display import displayed


def _profile() -> bytes:
    """A CMYK profile by hand (ICC.1:2001, lut8Type): light fades with ink, and full cyan alone is a plain red."""
    nodes = bytearray()
    for c, m, y, k in product((0, 1), repeat=4):
        lightness = 0 if k else 255 - 60 * (c + m + y)
        red = (c, m, y, k) == (1, 0, 0, 0)
        nodes += bytes([lightness, 128 + 100 * red, 128 + 90 * red])
    identity = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    lut += identity * 4 + bytes(nodes) + identity * 3
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    count, start = 2, 128 + 4 + 2 * 12
    table = struct.pack(">I", count)
    table += struct.pack(">4sII", b"A2B0", start, len(lut)) + struct.pack(
        ">4sII", b"wtpt", start + len(lut), len(white)
    )
    body = table + lut + white
    head = struct.pack(
        ">I4sI4s4s4s12s4s", 128 + len(body), bytes(4), 0x02400000, b"prtr", b"CMYK", b"Lab ", bytes(12), b"acsp"
    )
    head = head.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + body


def test_inks_through_their_profile() -> None:
    inks = np.array([[[0, 0, 0, 0], [0, 0, 0, 255], [255, 0, 0, 0]]], np.uint8)
    white, black, cyan = displayed(inks, inks=True, icc=_profile())[0].astype(int)
    assert (white >= 253).all()
    assert (black <= 3).all()
    assert cyan[0] > cyan[1] + 100  # red: as this profile says, and no formula does
    deep = (inks.astype(np.uint16) << 8) | inks
    np.testing.assert_array_equal(displayed(deep, inks=True, icc=_profile())[0], [white, black, cyan])


def test_inks_without_a_profile_or_with_a_broken_one() -> None:
    inks = np.array([[[0, 0, 0, 0], [255, 0, 0, 0], [0, 0, 255, 128]]], np.uint8)
    expected = [[[255, 255, 255], [0, 255, 255], [127, 127, 0]]]
    assert displayed(inks, inks=True, icc=None).tolist() == expected
    assert displayed(inks, inks=True, icc=b"no profile at all").tolist() == expected
    clear = np.dstack([inks, np.array([[0, 255, 255]], np.uint8)])
    assert displayed(clear, inks=True, icc=None)[0, 0].tolist() == [128] * 3


def test_floats_between_their_levels() -> None:
    values = np.array([[-5.0, 10.0, 60.0, 110.0, 1e9, np.nan]], np.float32)
    assert displayed(values, (10.0, 110.0)).tolist() == [[0, 0, 128, 255, 255, 0]]
    assert displayed(values / 110).tolist() == [[0, 23, 139, 255, 255, 0]]
    half_clear = np.array([[[110.0, 110.0, 110.0, 0.0]]], np.float32)
    assert displayed(half_clear, (10.0, 110.0)).tolist() == [[[128] * 3]]
