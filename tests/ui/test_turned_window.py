"""Rotate and flip at the window: keys, every view, undo, and the file that comes of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
import tifffile
from acting import FILLED, key, one_box, open_in
from pydicom.data import get_testdata_file
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.imaging.files.orientation import as_shown
from restorer.ui.actions import Actions
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.dialogs.palette import Palette
from restorer.ui.main_window import MainWindow

CTRL, SHIFT, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier(0)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """16 bits, and lying on its side: its tag says so."""
    pixels = np.random.default_rng(2).integers(20000, 60000, (240, 160, 3), np.uint16)
    path = tmp_path / "scan.tif"
    tifffile.imwrite(path, pixels, photometric="rgb", extratags=[(274, 3, 1, 6, True)], metadata=None)
    return path


def drag(window: MainWindow, *places: tuple[float, float]) -> None:
    """With the mouse, over places of the picture as the document counts them."""
    canvas = window.workspace.canvas
    points = [QPointF(*canvas._viewport.to_device(x + 0.5, y + 0.5)) / canvas.devicePixelRatioF() for x, y in places]
    kinds = [QEvent.Type.MouseButtonPress, *[QEvent.Type.MouseMove] * (len(points) - 1), QEvent.Type.MouseButtonRelease]
    for kind, point in zip(kinds, [*points, points[-1]], strict=True):
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
        held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
        QApplication.sendEvent(canvas, QMouseEvent(kind, point, canvas.mapToGlobal(point), button, held, PLAIN))


def test_turned_painted_restored_and_exported(window: MainWindow, scan: Path, tmp_path: Path, qtbot: QtBot) -> None:
    window.actions_.heal.setChecked(False)
    open_in(window, scan, qtbot)
    document, canvas = window.editor.document, window.workspace.canvas
    assert document is not None
    assert document.original.shape == (160, 240, 3)
    key(window, Qt.Key.Key_R, CTRL)
    assert document.photograph.turned == 6
    assert window.isWindowModified()
    assert canvas._viewport.shown.height > canvas._viewport.shown.width
    canvas.brush_size = 9
    drag(window, (100, 40), (160, 40))
    mask = np.asarray(document.mask)
    assert mask[36:45, 100:161].all()
    assert not mask[:30].any()
    key(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not window.editor.working and bool(document.repairs), timeout=30_000)
    original = document.original
    keys = ((Qt.Key.Key_H, SHIFT, 5), (Qt.Key.Key_V, SHIFT, 8), (Qt.Key.Key_R, CTRL | SHIFT, 3))
    for name, held, turned in keys:
        key(window, name, held)
        assert document.photograph.turned == turned
        for view in (canvas, window.workspace.panel.compare.view, window.workspace.panel.navigator):
            assert view._viewport.turned == turned
        if turned == 5:
            window.actions_.side_by_side.trigger()
        if turned == 8:
            assert window.workspace.comparing.original._viewport.turned == 8
            assert window.workspace.comparing.original._viewport.zoom == canvas.zoom
            window.actions_.side_by_side.trigger()
    key(window, Qt.Key.Key_C, CTRL | SHIFT)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().image().width() == 240)
    key(window, Qt.Key.Key_Z, CTRL)
    assert (document.photograph.turned, canvas._viewport.turned) == (8, 8)
    key(window, Qt.Key.Key_E, CTRL)
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.views is not None
    assert dialog.views.after._viewport.turned == 8
    dialog.choose_folder(tmp_path)
    dialog.name.setText("out.tif")
    QTest.mouseClick(dialog.go, LEFT)
    one_box(qtbot)
    assert not window.isWindowModified()
    written = tifffile.imread(tmp_path / "out.tif")
    with tifffile.TiffFile(tmp_path / "out.tif") as tiff:
        assert tiff.pages[0].tags[274].value == 1  # on its side, and turned back
    changed = as_shown((written != tifffile.imread(scan)).any(2), 6)
    assert changed[36:45, 100:161].all()
    assert changed.sum() == (document.image.read(document.bounds) != original).any(2).sum()
    assert (as_shown(written, 6)[changed] == FILLED).all()


def test_undone_the_window_is_as_it_was(opened: MainWindow) -> None:
    before = opened.workspace.canvas._viewport
    assert not opened.actions_.undo.isEnabled()
    key(opened, Qt.Key.Key_V, SHIFT)
    assert opened.actions_.undo.isEnabled()
    assert opened.editor.unsaved
    key(opened, Qt.Key.Key_Z, CTRL)
    assert opened.workspace.canvas._viewport == before
    assert not opened.editor.unsaved
    key(opened, Qt.Key.Key_Y, CTRL)
    assert opened.workspace.canvas._viewport.turned == 4


def test_the_palette_knows_them(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_K, CTRL)
    (palette,) = opened.findChildren(Palette)
    QTest.keyClicks(palette.search, "flip")
    shown = [palette.list.item(row).text() for row in range(palette.list.count())]
    for action in (opened.actions_.flip_across, opened.actions_.flip_down):
        assert any(Actions.words_of(action) in words for words in shown)
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert opened.editor.document is not None
    assert opened.editor.document.photograph.turned in (2, 4)


def test_what_a_format_cannot_tell_is_said(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "slice.dcm"
    shutil.copy(str(get_testdata_file("CT_small.dcm", download=False)), path)
    open_in(window, path, qtbot)
    window.actions_.rotate_left.trigger()
    drag(window, (40, 20), (60, 20))
    key(window, Qt.Key.Key_E, CTRL)
    (dialog,) = window.findChildren(ExportDialog)
    assert "DICOM cannot tell how a picture is turned" in dialog.lost.text()
    dialog.reject()
