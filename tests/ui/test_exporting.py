"""Export and masks as files: the proof, and every reason for which nothing is written."""

from __future__ import annotations

import errno
import json
import os
import re
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from acting import (
    FILLED,
    HEIGHT,
    WIDTH,
    FakeRestorer,
    activate,
    boxes,
    key,
    one_box,
    open_in,
    paint,
    save_photograph,
    the_sentence,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QMessageBox, QSlider, QSpinBox
from pytestqt.qtbot import QtBot

from restorer.document import export as exporting
from restorer.document.export import Options
from restorer.document.watch import WRITING, Watch
from restorer.imaging import atomic
from restorer.imaging.files import jpeg_copy
from restorer.imaging.files.jpeg_copy import Copying
from restorer.imaging.region import Region
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.dialogs.export_encoding import PAUSE, size_in_words
from restorer.ui.main_window import MainWindow
from restorer.ui.settings import USUAL_QUALITY

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


def asked(window: MainWindow, qtbot: QtBot) -> ExportDialog:
    """Ctrl+E, and the dialog that it brings."""
    key(window, Qt.Key.Key_E, CTRL)
    (dialog,) = window.findChildren(ExportDialog)
    qtbot.waitExposed(dialog)
    return dialog


def write(text: str, field: QLineEdit) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)


def press(dialog: ExportDialog) -> None:
    QTest.mouseClick(dialog.go, Qt.MouseButton.LeftButton)


def test_the_proof_is_shown(restored: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot) -> None:
    before = photograph.read_bytes()
    target = tmp_path / "out.png"
    assert restored.isWindowModified()
    dialog = asked(restored, qtbot)
    write("out.png", dialog.name)
    press(dialog)
    box = one_box(qtbot)
    after, original = cv2.imread(str(target)), cv2.imread(str(photograph))
    changed = (after != original).any(2)
    assert box.text() == f"“out.png”: {changed.sum():,} pixels changed, 0 outside the mask."
    assert "JPEG" not in box.informativeText()
    assert (after[changed] == FILLED).all()
    assert not restored.isWindowModified()
    assert photograph.read_bytes() == before


def test_esc_closes_the_proof(restored: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    restored.exporting.export(tmp_path / "out.png")
    box = one_box(qtbot)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert not boxes()


def test_marks_that_are_not_restored_are_told_of_and_can_be_first(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    dialog = asked(restored, qtbot)
    assert not dialog.unrestored.isVisible()  # nothing is marked any more
    dialog.reject()
    qtbot.waitUntil(lambda: not restored.findChildren(ExportDialog))
    activate(restored, qtbot)
    paint(restored, (60, 150), (120, 150))
    dialog = asked(restored, qtbot)
    assert dialog.unrestored.isVisible()
    assert "have not been restored" in dialog.unrestored.words.text()
    QTest.mouseClick(dialog.unrestored.go_back, Qt.MouseButton.LeftButton)
    document = restored.editor.document
    assert document is not None
    qtbot.waitUntil(lambda: len(document.repairs) == 2 and not document.marked)
    qtbot.waitUntil(lambda: not restored.findChildren(ExportDialog))
    assert not list(tmp_path.glob("*-restored*"))


def test_marks_that_are_not_restored_keep_nobody_from_exporting(
    opened: MainWindow, fake: FakeRestorer, tmp_path: Path, qtbot: QtBot
) -> None:
    fake.hold(0.5)
    paint(opened, (100, 100), (200, 100))
    opened.editor.restore()
    qtbot.waitUntil(fake.begun.is_set)
    paint(opened, (60, 150), (120, 150))
    dialog = asked(opened, qtbot)
    assert dialog.unrestored.isVisible()
    fake.release()
    document = opened.editor.document
    assert document is not None
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    assert dialog.unrestored.isVisible()  # of the second stroke
    opened.editor.restore()
    qtbot.waitUntil(lambda: not document.marked)
    assert not dialog.unrestored.isVisible()  # while it is open, too
    opened.editor.undo()
    assert dialog.unrestored.isVisible()
    dialog.choose_folder(tmp_path)
    write("out.png", dialog.name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Return)  # exports, and does not go back
    one_box(qtbot).reject()  # that it is written
    assert (tmp_path / "out.png").exists()
    assert len(document.repairs) == 1


def test_a_name_is_offered_beside_the_original(restored: MainWindow) -> None:
    restored.actions_.export.trigger()
    (dialog,) = restored.findChildren(ExportDialog)
    assert dialog.name.text() == "print-0412-restored.png"
    assert dialog.name.selectedText() == "print-0412-restored"


def test_painting_goes_on_while_it_is_written(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go, real = threading.Event(), exporting.write_photograph

    def slowly(*args: object, **named: object) -> None:
        assert go.wait(5)
        real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "write_photograph", slowly)
    restored.editor.output.export(tmp_path / "out.png")
    assert restored.status.work.text() == "Exporting…"
    assert not restored.actions_.export.isEnabled()
    paint(restored, (100, 40), (200, 40))
    key(restored, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not restored.editor.working)
    go.set()
    qtbot.waitUntil(lambda: not restored.editor.output.exporting)
    written = cv2.imread(str(tmp_path / "out.png"))
    assert (written[100, 150] == FILLED).all()
    assert (written[40, 150] != FILLED).any()
    assert restored.editor.unsaved  # the second repair is in no file


def test_the_original_is_never_overwritten(restored: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    before = photograph.read_bytes()
    restored.exporting.export(photograph)
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

    def fail(number: int, place: object, name: str) -> None:
        def raising(*_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(place, name, raising)

    match reason:
        case "missing folder":
            target = folder / "nowhere" / "out.png"
        case "full disk":
            fail(errno.ENOSPC, atomic.os, "fsync")
        case "no permission":
            fail(errno.EACCES, atomic.tempfile, "TemporaryFile")  # as the folder is tried
        case "unknown format":
            target = folder / "out.xyz"
    restored.exporting.export(target)
    if reason == "full disk":
        one_box(qtbot).button(QMessageBox.StandardButton.Ok).click()  # it may be replaced
        qtbot.waitUntil(lambda: not restored.editor.output.exporting)
    sentence = the_sentence(qtbot)
    assert {"missing folder": "folder", "full disk": "full", "no permission": "permi", "unknown format": ".xyz"}[
        reason
    ] in sentence.lower()
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("out.png", b"older")]
    assert restored.editor.unsaved
    assert not restored.editor.output.exporting


def test_what_a_format_cannot_hold_is_said_before(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "scan.tif"
    pixels = np.random.default_rng(2).integers(60, 200, (HEIGHT, WIDTH), np.uint8)
    tifffile.imwrite(path, pixels, photometric="minisblack", extratags=[(40000, "I", 1, 7, False)])
    open_in(window, path, qtbot)
    dialog = asked(window, qtbot)
    assert dialog.format.currentText() == "TIFF"
    assert dialog.lost.text() == "Nothing is lost by this format."
    dialog.format.setCurrentIndex(dialog.format.findText("PNG"))
    assert dialog.name.text() == "scan-restored.png"
    assert "40000" in dialog.lost.text()
    write("again.tiff", dialog.name)
    assert dialog.format.currentText() == "TIFF"
    assert dialog.target == tmp_path / "again.tiff"
    write("again", dialog.name)
    assert dialog.target == tmp_path / "again.tif"
    write("", dialog.name)
    QTest.keyClick(dialog.name, Qt.Key.Key_Backspace)
    assert not dialog.go.isEnabled()


def test_a_jpeg_stays_a_jpeg(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """By merging blocks: what the mask does not touch keeps its values exactly."""
    path = tmp_path / "print.jpg"
    smooth = cv2.GaussianBlur(np.random.default_rng(3).integers(0, 255, (HEIGHT, WIDTH, 3), np.uint8), (0, 0), 5)
    assert cv2.imwrite(str(path), smooth, [cv2.IMWRITE_JPEG_QUALITY, 90])
    open_in(window, path, qtbot)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (140, 100))
    qtbot.waitUntil(lambda: window.editor.output.unexported)
    activate(window, qtbot)
    window.workspace.canvas.setFocus()
    dialog = asked(window, qtbot)
    assert dialog.format.currentText() == "JPEG"
    assert "no quality to choose" in dialog.lost.text()
    assert not dialog.encoding.isVisible()
    assert dialog.views is not None
    qtbot.waitUntil(lambda: "blocks at the rim of the mask" in dialog.views.check.text())
    told = re.search(r"up to ([\d,]+) more pixels", dialog.views.check.text())
    assert told is not None
    most = int(told.group(1).replace(",", ""))
    press(dialog)
    # the first JPEG of a new installation has its merging compiled
    qtbot.waitUntil(lambda: bool(boxes()), timeout=60000)
    box = one_box(qtbot)
    assert "pixels changed" in box.text()
    assert ", 0 outside" not in box.text()
    outside = re.search(r", ([\d,]+) outside", box.text())
    assert outside is not None
    # the count was told before: nearly all of these pixels change a little
    assert 0.3 * most < int(outside.group(1).replace(",", "")) <= most
    assert "share or border a block of the JPEG" in box.informativeText()  # why there are any
    before, after = cv2.imread(str(path)), cv2.imread(str(tmp_path / "print-restored.jpg"))
    assert (after != before).any()
    assert (after[:48] == before[:48]).all()
    assert (after[:, 200:] == before[:, 200:]).all()


def test_a_mask_and_a_record_are_written_beside_it(restored: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(restored, qtbot)
    write("out.png", dialog.name)
    QTest.mouseClick(dialog.with_mask, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.with_mask.height() // 2))
    QTest.mouseClick(dialog.with_record, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.with_record.height() // 2))
    write("A. Archivist", dialog.operator)
    write("on loan", dialog.reason)
    press(dialog)
    box = one_box(qtbot)
    assert "out.png.mask.png, out.png.restorer.json" in box.informativeText()
    box.button(QMessageBox.StandardButton.Ok).click()
    mask = cv2.imread(str(tmp_path / "out.png.mask.png"), cv2.IMREAD_UNCHANGED)
    assert mask[100, 150] == 255
    assert mask[10, 10] == 0
    record = (tmp_path / "out.png.restorer.json").read_text(encoding="utf-8")
    assert json.loads(record)
    assert "A. Archivist" in record
    assert "on loan" in record
    activate(restored, qtbot)
    restored.workspace.canvas.setFocus()
    again = asked(restored, qtbot)  # the choice is remembered, the reason was that picture's
    assert (again.with_mask.isChecked(), again.with_record.isChecked()) == (True, True)
    assert (again.operator.text(), again.reason.text()) == ("A. Archivist", "")


def test_before_and_after_are_seen_and_counted(restored: MainWindow, qtbot: QtBot) -> None:
    dialog = asked(restored, qtbot)
    views, document = dialog.views, restored.editor.document
    assert views is not None
    assert document is not None
    qtbot.waitUntil(lambda: "outside" in views.check.text())
    changed = (document.image.read(document.bounds) != document.original).any(2)
    assert views.check.text().startswith(f"{changed.sum():,} pixels changed, 0 outside the mask.")
    before, after = (view.grab().toImage() for view in (views.before, views.after))
    assert before.size() == after.size()
    assert before != after
    zoom = views.before.zoom
    views.before.setFocus()
    QTest.keyClick(views.before, Qt.Key.Key_Plus)
    assert views.before.zoom > zoom
    assert views.after.zoom == views.before.zoom
    middle = views.after.rect().center()
    QTest.mousePress(views.after, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(views.after, middle + QPoint(25, 10))
    QTest.mouseRelease(views.after, Qt.MouseButton.LeftButton, pos=middle + QPoint(25, 10))
    assert views.before.visible_region() == views.after.visible_region()


def test_a_pixel_that_changed_outside_the_mask_is_counted(
    restored: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = restored.editor.document
    assert document is not None
    right = type(document.image).read

    def wrong(image: object, region: Region) -> np.ndarray:
        pixels = np.array(right(image, region))  # type: ignore[arg-type]
        if region.top == 0 and region.width == WIDTH:
            pixels[2, 3] ^= 1
        return pixels

    monkeypatch.setattr(type(document.image), "read", wrong)
    dialog = asked(restored, qtbot)
    assert dialog.views is not None
    views = dialog.views
    qtbot.waitUntil(lambda: "1 outside the mask" in views.check.text())


def test_the_size_follows_the_quality(restored: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(restored, qtbot)
    fields = dialog.encoding
    assert not fields.isVisible()
    dialog.resize(dialog.minimumSizeHint())
    dialog.format.setCurrentIndex(dialog.format.findText("JPEG"))
    assert fields.isVisible()
    needed = dialog.layout().totalHeightForWidth
    qtbot.waitUntil(lambda: dialog.height() >= needed(dialog.width()))  # nothing is squeezed
    for kind in (QSlider, QSpinBox, QComboBox):
        assert all(control.accessibleName() for control in fields.findChildren(kind))
    assert dialog.target.suffix == ".jpg"
    assert "copy to pass on" in dialog.lost.text()
    assert dialog.views is not None
    qtbot.waitUntil(lambda: "before the JPEG is made" in dialog.views.check.text())
    qtbot.waitUntil(lambda: fields.file_size.text().startswith("about"))
    usual = fields.file_size.text()
    assert fields.quality.value() == USUAL_QUALITY == jpeg_copy.USUAL
    fields.quality.setFocus()
    fields.quality.selectAll()
    QTest.keyClicks(fields.quality, "30")
    assert fields.slider.value() == 30
    assert not fields.file_size.text().startswith("about")
    qtbot.waitUntil(lambda: fields.file_size.text().startswith("about") and fields.file_size.text() != usual)
    fields.slider.setFocus()
    QTest.keyClick(fields.slider, Qt.Key.Key_Right)
    assert fields.quality.value() == 31
    qtbot.waitUntil(lambda: fields.file_size.text().startswith("about"))
    shown = fields.file_size.text()
    write("out.jpg", dialog.name)
    press(dialog)
    box = one_box(qtbot)
    assert "made anew" in box.informativeText() + box.text()
    written = tmp_path / "out.jpg"
    document = restored.editor.document
    assert document is not None
    made = len(jpeg_copy.encoded(document.photograph, document.image, Copying(31)))
    assert shown == f"about {size_in_words(made)}"
    assert made <= written.stat().st_size < made + 2000  # the history comes on top
    assert restored._settings.jpeg_quality == 31


def test_a_dialog_that_is_closed_waits_for_no_size(restored: MainWindow, qtbot: QtBot) -> None:
    dialog = asked(restored, qtbot)
    dialog.format.setCurrentIndex(dialog.format.findText("JPEG"))
    qtbot.wait(PAUSE + 10)
    dialog.reject()
    qtbot.waitUntil(lambda: not restored.findChildren(ExportDialog))
    qtbot.wait(100)


def test_the_place_is_left_out_if_that_is_asked_for(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    from PIL import Image

    exif = Image.Exif()
    exif[271] = "Nobody"
    exif.get_ifd(34853).update({1: "N", 2: (48.0, 12.0, 0.0)})
    Image.new("RGB", (WIDTH, HEIGHT), (90, 80, 70)).save(tmp_path / "in.png", exif=exif)
    open_in(window, tmp_path / "in.png", qtbot)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (140, 100))
    qtbot.waitUntil(lambda: window.editor.output.unexported)
    for name, on in (("with", False), ("without", True)):
        activate(window, qtbot)
        window.workspace.canvas.setFocus()
        dialog = asked(window, qtbot)
        assert not dialog.strip_gps.isChecked()
        write(f"{name}.png", dialog.name)
        if on:
            QTest.mouseClick(dialog.strip_gps, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.strip_gps.height() // 2))
        press(dialog)
        one_box(qtbot).button(QMessageBox.StandardButton.Ok).click()
        with Image.open(tmp_path / f"{name}.png") as file:
            written = file.getexif()
        assert written[271] == "Nobody"
        assert (34853 in written) is not on
    activate(window, qtbot)
    window.workspace.canvas.setFocus()
    assert asked(window, qtbot).strip_gps.isChecked()  # the choice is remembered


def test_what_is_there_is_replaced_only_if_it_may_be(restored: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    target, record = tmp_path / "out.png", tmp_path / "out.png.restorer.json"
    record.write_text("another's")
    options = Options(manifest=True)
    restored.exporting.export(target, options)
    box = one_box(qtbot)
    assert box.text() == "Replace what is there already: out.png.restorer.json?"
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.wait(30)
    assert not target.exists()
    assert record.read_text() == "another's"
    restored.exporting.export(target, options)
    one_box(qtbot).button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: not restored.editor.output.exporting)
    assert json.loads(record.read_text(encoding="utf-8"))


@pytest.mark.parametrize("accept", [True, False])
def test_an_original_that_is_another_now_is_asked_about(
    restored: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot, accept: bool
) -> None:
    save_photograph(photograph, (50, 60, 3))
    os.utime(photograph, ns=(1, 1))
    target = tmp_path / "out.png"
    restored.exporting.export(target)
    box = one_box(qtbot)
    assert "no longer the file that was opened" in box.text()
    button = QMessageBox.StandardButton.Ok if accept else QMessageBox.StandardButton.Cancel
    box.button(button).click()
    if accept:
        qtbot.waitUntil(target.exists)
        assert cv2.imread(str(target)).shape == (HEIGHT, WIDTH, 3)
        assert "0 outside" in one_box(qtbot).text()
    else:
        qtbot.wait(50)
        assert not target.exists()
        assert restored.editor.unsaved


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
    pixels = np.random.default_rng(2).integers(2000, 60000, (HEIGHT, WIDTH), dtype=np.uint16)
    tifffile.imwrite(tmp_path / "scan.tif", pixels, photometric="minisblack")
    window.actions_.heal.setChecked(True)
    open_in(window, tmp_path / "scan.tif", qtbot)
    paint(window, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: window.editor.unsaved and not window.editor.working)
    window.editor.output.export(tmp_path / "out.tif")
    qtbot.waitUntil(lambda: not window.editor.output.exporting)
    written = tifffile.imread(tmp_path / "out.tif")
    assert written.dtype == np.uint16
    changed = written != pixels
    assert (written[changed] == FILLED).all()
    assert changed.sum() > 100


def test_the_dialog_opens_beside_the_original(restored: MainWindow, photograph: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    restored._settings.folder = tmp_path / "elsewhere"
    restored.actions_.export.trigger()
    (dialog,) = restored.findChildren(ExportDialog)
    assert dialog.target.parent == photograph.parent


def test_the_export_of_a_sample_does_not_go_beside_it(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    from restorer.ui import opening

    window._settings.folder = tmp_path
    window.open_sample(opening.samples()[0])
    qtbot.waitUntil(lambda: window.editor.document is not None)
    window.actions_.export.trigger()
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.target.parent == tmp_path


def test_a_repair_that_lands_meanwhile_is_shown_counted_and_written(
    opened: MainWindow, fake: FakeRestorer, tmp_path: Path, qtbot: QtBot
) -> None:
    document = opened.editor.document
    assert document is not None
    fake.hold()
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(fake.begun.is_set, timeout=30_000)
    dialog = asked(opened, qtbot)
    assert dialog.views is not None
    qtbot.waitUntil(lambda: "outside" in dialog.views.check.text())
    assert dialog.views.check.text().startswith("0 pixels changed")
    dialog.format.setCurrentIndex(dialog.format.findText("JPEG"))
    qtbot.waitUntil(lambda: "about" in dialog.encoding.file_size.text(), timeout=30_000)
    before = dialog.views.after.grab().toImage()
    fake.release()
    qtbot.waitUntil(lambda: bool(document.repairs), timeout=30_000)
    assert "about" not in dialog.encoding.file_size.text()  # worked out anew
    qtbot.waitUntil(lambda: not dialog.views.check.text().startswith(("0 ", "Comp")))
    changed = (document.image.read(document.bounds) != document.original).any(2).sum()
    assert dialog.views.check.text().startswith(f"{changed:,} pixels changed, 0 outside")
    qtbot.waitUntil(lambda: dialog.views.after.grab().toImage() != before)
    dialog.format.setCurrentIndex(dialog.format.findText("PNG"))
    write("out.png", dialog.name)
    press(dialog)
    one_box(qtbot)
    written = cv2.imread(str(tmp_path / "out.png"))[..., ::-1]
    assert np.array_equal(written, document.image.read(document.bounds))
    qtbot.wait(50)  # the dialog is gone: nothing is told to it any more
    paint(opened, (100, 150), (120, 150))


def test_an_export_shows_its_progress_and_can_be_given_up(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go, real, told = threading.Event(), Watch.written, list[float]()

    def waits(watch: Watch, share: float) -> None:
        real(watch, share)
        told.append(share)
        assert go.wait(20)

    monkeypatch.setattr(Watch, "written", waits)
    folder = tmp_path / "results"
    folder.mkdir()
    target = folder / "out.tif"
    target.write_bytes(b"older")
    restored.editor.output.export(target)
    bar, status = restored.status.bar, restored.status
    qtbot.waitUntil(lambda: bar.value() > 0)
    assert bar.isVisible()
    assert bar.value() == round(1000 * WRITING * told[0])
    assert status.stop.isVisible()
    restored.editor.healing.progressed.emit(0.9)  # type: ignore[union-attr]
    assert bar.value() < 900  # one bar, one thing
    QTest.mouseClick(status.stop, Qt.MouseButton.LeftButton)
    go.set()
    qtbot.waitUntil(lambda: not restored.editor.output.exporting)
    assert "out.tif" in status.text.text()
    assert not bar.isVisible()
    assert not boxes()
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [("out.tif", b"older")]
    assert restored.editor.unsaved
    assert restored.actions_.export.isEnabled()


def test_a_window_that_waited_for_an_export_stays_if_that_is_given_up(
    restored: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import threading

    go, real = threading.Event(), Watch.written

    def waits(watch: Watch, share: float) -> None:
        real(watch, share)
        assert go.wait(20)

    monkeypatch.setattr(Watch, "written", waits)
    restored.editor.output.export(tmp_path / "out.tif")
    restored.close()
    key(restored, Qt.Key.Key_Escape)
    go.set()
    qtbot.waitUntil(lambda: not restored.editor.output.exporting)
    assert restored.isVisible()
    assert not restored.closing.go_on()
    assert not (tmp_path / "out.tif").exists()


def test_a_dot_in_a_name_is_no_format(restored: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = asked(restored, qtbot)
    write("St. Peter 1931", dialog.name)
    assert dialog.format.currentText() == "PNG"
    press(dialog)
    assert "pixels changed" in one_box(qtbot).text()
    assert (tmp_path / "St. Peter 1931.png").exists()


def test_a_format_chosen_later_takes_nothing_from_a_name_with_a_dot(restored: MainWindow, qtbot: QtBot) -> None:
    dialog = asked(restored, qtbot)
    write("St. John .j", dialog.name)
    dialog.format.setFocus()
    QTest.keyClicks(dialog.format, "T")
    assert dialog.format.currentText() == "TIFF"
    assert dialog.name.text() == "St. John .j.tif"


@pytest.mark.parametrize("reason", ["missing folder", "declined", "full disk", "another original"])
def test_what_was_typed_outlives_an_export_that_comes_to_nothing(
    restored: MainWindow,
    photograph: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
) -> None:
    folder = tmp_path / "results"
    folder.mkdir()
    remembered = restored._settings.folder
    dialog = asked(restored, qtbot)
    dialog.choose_folder(folder)
    dialog.format.setCurrentIndex(dialog.format.findText("JPEG"))
    dialog.encoding.quality.setValue(41)
    write("St. Peter 1931", dialog.name)
    write("on loan", dialog.reason)
    write("A. Archivist", dialog.operator)
    QTest.mouseClick(dialog.with_mask, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.with_mask.height() // 2))
    QTest.mouseClick(dialog.history, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.history.height() // 2))
    QTest.mouseClick(dialog.with_record, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.with_record.height() // 2))
    mended = []
    match reason:
        case "missing folder":
            folder.rmdir()
            mended.append(folder.mkdir)
        case "declined":
            (folder / "St. Peter 1931.jpg").write_bytes(b"older")
        case "full disk":

            def raising(*_: object) -> None:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

            with_room = atomic.os.fsync
            monkeypatch.setattr(atomic.os, "fsync", raising)
            mended.append(lambda: monkeypatch.setattr(atomic.os, "fsync", with_room))
        case "another original":
            save_photograph(photograph, (50, 60, 3))
            os.utime(photograph, ns=(1, 1))
    press(dialog)
    box = one_box(qtbot)
    refused = reason in ("declined", "another original")
    QTest.mouseClick(
        box.button(QMessageBox.StandardButton.Cancel if refused else QMessageBox.StandardButton.Ok),
        Qt.MouseButton.LeftButton,
    )
    qtbot.waitUntil(lambda: not boxes())
    there = lambda: [each for each in restored.findChildren(ExportDialog) if each.isVisible()]  # noqa: E731
    qtbot.waitUntil(lambda: len(there()) == 1)
    (again,) = there()
    assert again.target == folder / "St. Peter 1931.jpg"
    assert again.format.currentText() == "JPEG"
    assert again.encoding.quality.value() == 41
    assert (again.reason.text(), again.operator.text()) == ("on loan", "A. Archivist")
    assert (again.with_mask.isChecked(), again.history.isChecked(), again.with_record.isChecked()) == (
        True,
        False,
        True,
    )
    assert restored._settings.folder == remembered
    if reason == "another original":
        return
    for mend in mended:
        mend()
    write("second.jpg", again.name)
    press(again)
    assert "“second.jpg”" in one_box(qtbot).text()
    assert restored._settings.folder == folder
    qtbot.waitUntil(lambda: not restored.findChildren(ExportDialog))
