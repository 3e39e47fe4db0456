"""CMYK files and floating-point files in the window: shown as they are meant, worked on as they are."""

from __future__ import annotations

import struct
from itertools import product
from pathlib import Path

import cv2
import numpy as np
import tifffile
from acting import FILLED, HEIGHT, WIDTH, open_in, paint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from restorer.ui import thumbnails
from restorer.ui.main_window import MainWindow

RED_FOR_CYAN = (255, 0, 0)


def strange_profile() -> bytes:
    """A CMYK profile (ICC.1:2001, lut8Type) in which full cyan is a plain red: nothing else shows it as that."""
    nodes = bytearray()
    for c, m, y, k in product((0, 1), repeat=4):
        red = (c, m, y, k) == (1, 0, 0, 0)
        nodes += bytes([0 if k else 255 - 60 * (c + m + y), 128 + 100 * red, 128 + 90 * red])
    identity = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + struct.pack(">9i", *(65536 * (n % 4 == 0) for n in range(9)))
    lut += identity * 4 + bytes(nodes) + identity * 3
    point = struct.pack(">3i", 63190, 65536, 54061)
    white, start = b"XYZ " + bytes(4) + point, 128 + 4 + 2 * 12
    table = struct.pack(">I4sII4sII", 2, b"A2B0", start, len(lut), b"wtpt", start + len(lut), len(white))
    body = table + lut + white
    head = struct.pack(">I4sI4s4s4s", 128 + len(body), bytes(4), 0x02400000, b"prtr", b"CMYK", b"Lab ")
    head = (head.ljust(36, b"\0") + b"acsp").ljust(68, b"\0") + point
    return head.ljust(128, b"\0") + body


def inks_file(path: Path, profile: bytes | None) -> Path:
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    pixels[..., 0] = 255
    tifffile.imwrite(path, pixels, photometric="separated", iccprofile=profile)
    return path


def seen(window: MainWindow) -> QColor:
    canvas = window.workspace.canvas
    return canvas.grab().toImage().pixelColor(canvas.rect().center())


def near(colour: QColor, wanted: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(colour.getRgb()[:3], wanted, strict=True)) < 60


def test_inks_are_seen_through_their_profile(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = inks_file(tmp_path / "print.tif", strange_profile())
    open_in(window, path, qtbot)
    assert near(seen(window), RED_FOR_CYAN), seen(window).name()
    small = cv2.imread(str(thumbnails.path_of(path)))
    assert small is not None
    assert near(QColor(*small[small.shape[0] // 2, small.shape[1] // 2, ::-1].tolist()), RED_FOR_CYAN)


def test_inks_without_a_profile_are_cyan(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    open_in(window, inks_file(tmp_path / "print.tif", None), qtbot)
    assert near(seen(window), (0, 255, 255)), seen(window).name()


def test_inks_are_healed_counted_and_exported_as_inks(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    open_in(window, inks_file(tmp_path / "print.tif", strange_profile()), qtbot)
    window.workspace.panel.sections["histogram"].heading.setChecked(True)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: window.editor.output.unexported)
    curves = window.workspace.panel.histogram.curves
    qtbot.waitUntil(lambda: curves.shown is not None and curves.shown.counts[1][FILLED] > 0)
    curves.grab()
    window.editor.output.export(tmp_path / "out.tif")
    qtbot.waitUntil(lambda: not window.editor.output.exporting)
    with tifffile.TiffFile(tmp_path / "out.tif") as file:
        page = file.pages.first
        written = page.asarray()
        assert page.photometric == tifffile.PHOTOMETRIC.SEPARATED
        assert page.iccprofile == strange_profile()
    assert (written[100, 150] == FILLED).all()
    assert written[0, 0].tolist() == [255, 0, 0, 0]


def test_floats_are_seen_between_their_levels(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    pixels = np.full((HEIGHT, WIDTH), 500.0, np.float32)
    pixels[:20], pixels[-20:] = 0.0, 1000.0
    path = tmp_path / "scan.tif"
    tifffile.imwrite(path, pixels, photometric="minisblack")
    open_in(window, path, qtbot)
    assert near(seen(window), (128, 128, 128)), seen(window).name()
    small = cv2.imread(str(thumbnails.path_of(path)))
    assert small is not None
    assert 100 < int(small[small.shape[0] // 2, small.shape[1] // 2, 0]) < 155
