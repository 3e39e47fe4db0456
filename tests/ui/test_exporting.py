"""Export and masks as files: the proof, and every reason for which nothing is written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import cv2
import numpy as np
import pytest
from acting import FILLED, HEIGHT, WIDTH, activate, boxes, key, one_box, open_in, paint, the_sentence
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from restorer.document import export as exporting
from restorer.imaging import atomic
from restorer.ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def restored(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not opened.editor.working)
    return opened


def choose(window: MainWindow, target: Path, qtbot: QtBot) -> None:
    (dialog,) = window.findChildren(QFileDialog)
    dialog.setDirectory(str(target.parent))
    dialog.selectFile(target.name)
    dialog.accept()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


def test_the_proof_is_shown(restored: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot) -> None:
    before = photograph.read_bytes()
    target = tmp_path / "out.png"
    assert restored.isWindowModified()
    key(restored, Qt.Key.Key_E, CTRL)
    choose(restored, target, qtbot)
    box = one_box(qtbot)
    after, original = cv2.imread(str(target)), cv2.imread(str(photograph))
    changed = (after != original).any(2)
    assert box.text() == f"“out.png”: {changed.sum():,} pixels changed, 0 outside the mask."
    assert (after[changed] == FILLED).all()
    assert not restored.isWindowModified()
    assert photograph.read_bytes() == before


def test_a_name_is_offered_beside_the_original(restored: MainWindow) -> None:
    restored.actions_.export.trigger()
    (dialog,) = restored.findChildren(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "print-0412-restored.png"
    assert dialog.acceptMode() == QFileDialog.AcceptMode.AcceptSave


def test_painting_goes_on_while_it_is_written(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go, real = threading.Event(), exporting.write_photograph

    def slowly(*args: object) -> None:
        assert go.wait(5)
        real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "write_photograph", slowly)
    restored.editor.export(tmp_path / "out.png")
    assert restored.status.work.text() == "Exporting…"
    assert not restored.actions_.export.isEnabled()
    paint(restored, (100, 40), (200, 40))
    key(restored, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not restored.editor.working)
    go.set()
    qtbot.waitUntil(lambda: not restored.editor.exporting)
    written = cv2.imread(str(tmp_path / "out.png"))
    assert (written[100, 150] == FILLED).all()
    assert (written[40, 150] != FILLED).any()
    assert restored.editor.unsaved  # the second repair is in no file


def test_the_original_is_never_overwritten(restored: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    before = photograph.read_bytes()
    restored.export(photograph)
    assert "original" in the_sentence(qtbot)
    assert photograph.read_bytes() == before
    assert restored.editor.unsaved


@pytest.mark.parametrize("reason", ["missing folder", "full disk", "no permission", "unknown format"])
def test_what_cannot_be_written_leaves_nothing_behind(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    target = folder / "out.png"
    target.write_bytes(b"older")

    def fail(number: int) -> None:
        def raising(*_: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(atomic.os, "fsync" if number == errno.ENOSPC else "access", raising)

    match reason:
        case "missing folder":
            target = folder / "nowhere" / "out.png"
        case "full disk":
            fail(errno.ENOSPC)
        case "no permission":
            fail(errno.EACCES)
        case "unknown format":
            target = folder / "out.xyz"
    restored.export(target)
    sentence = the_sentence(qtbot)
    assert {"missing folder": "folder", "full disk": "full", "no permission": "permi", "unknown format": ".xyz"}[
        reason
    ] in sentence.lower()
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("out.png", b"older")]
    assert restored.editor.unsaved
    assert not restored.editor.exporting


def test_what_a_format_cannot_hold_is_said_before(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("restorer.ui.main_window.losses", lambda *_: ("TIFF cannot hold the note “Author”.",))
    target = tmp_path / "out.tif"
    restored.export(target)
    box = one_box(qtbot)
    assert "Author" in box.informativeText()
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.wait(30)
    assert not target.exists()
    restored.export(target)
    one_box(qtbot).button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: bool(boxes()))


def test_a_mask_goes_out_and_comes_back(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert not opened.actions_.export_mask.isEnabled()
    paint(opened, (100, 100), (200, 100))
    document = opened.editor.document
    assert document is not None
    marked = document.mask.copy()
    opened.actions_.export_mask.trigger()
    choose(opened, tmp_path / "mask.png", qtbot)
    qtbot.waitUntil(lambda: "mask.png" in opened.status.text.text())
    opened.actions_.clear_mask.trigger()
    activate(opened, qtbot)
    key(opened, Qt.Key.Key_I, CTRL)
    choose(opened, tmp_path / "mask.png", qtbot)
    qtbot.waitUntil(lambda: document.marked)
    assert (document.mask == marked).all()


def test_a_mask_of_another_size(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "small.png"
    cv2.imwrite(str(path), np.full((HEIGHT // 2, WIDTH), 255, np.uint8))
    opened.editor.import_mask(path)
    sentence = the_sentence(qtbot)
    assert f"{WIDTH} × {HEIGHT // 2}" in sentence
    assert opened.editor.document is not None
    assert not opened.editor.document.marked


def test_sixteen_bits_stay_sixteen_bits(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    import tifffile

    pixels = np.random.default_rng(2).integers(2000, 60000, (HEIGHT, WIDTH), dtype=np.uint16)
    tifffile.imwrite(tmp_path / "scan.tif", pixels, photometric="minisblack")
    window.actions_.heal.setChecked(True)
    open_in(window, tmp_path / "scan.tif", qtbot)
    paint(window, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: window.editor.unsaved and not window.editor.working)
    window.editor.export(tmp_path / "out.tif")
    qtbot.waitUntil(lambda: not window.editor.exporting)
    written = tifffile.imread(tmp_path / "out.tif")
    assert written.dtype == np.uint16
    changed = written != pixels
    assert (written[changed] == FILLED).all()
    assert changed.sum() > 100


def test_the_dialog_opens_beside_the_original(restored: MainWindow, photograph: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    restored._settings.folder = tmp_path / "elsewhere"
    restored.actions_.export.trigger()
    (dialog,) = restored.findChildren(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == photograph.parent


def test_the_export_of_a_sample_does_not_go_beside_it(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    from restorer.ui import opening

    window._settings.folder = tmp_path
    window.open_sample(opening.samples()[0])
    qtbot.waitUntil(lambda: window.editor.document is not None)
    window.actions_.export.trigger()
    (dialog,) = window.findChildren(QFileDialog)
    assert Path(dialog.directory().absolutePath()) == tmp_path
