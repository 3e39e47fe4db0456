"""Medical pictures in the window: window and level by hand, a notice that stays, and no patient outside the file."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import numpy as np
import pytest
from acting import activate, boxes, one_box, open_in, paint
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QFileDialog
from pytestqt.qtbot import QtBot

from restorer.document.export import Options
from restorer.imaging.window_level import Window
from restorer.ui import app, report
from restorer.ui.canvas.picture_view import PictureView
from restorer.ui.desk import Desk
from restorer.ui.dialogs.choosing import Choosing
from restorer.ui.main_window import MainWindow
from restorer.ui.medical import WHOLE

sys.path.insert(0, str(Path(__file__).parents[1] / "imaging" / "files"))
from dicom_specimens import SENTINEL, save, slice_of

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")

NAME = "MUSTERFRAU_ERIKA"
RIGHT, NONE = Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier


def make(folder: Path, **tags: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return save(folder / f"{NAME}.dcm", slice_of((200, 300)), WindowCenter=300, WindowWidth=800, **tags)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    return make(tmp_path / NAME)


@pytest.fixture
def opened(window: MainWindow, scan: Path, qtbot: QtBot) -> MainWindow:
    window.actions_.heal.setChecked(False)
    open_in(window, scan, qtbot)
    return window


def drag(window: MainWindow, right: int, down: int, qtbot: QtBot) -> None:
    canvas = window.workspace.canvas
    start = canvas.rect().center()
    QTest.mousePress(canvas, RIGHT, NONE, start)
    for share in (1, 2, 3, 4):
        QTest.mouseMove(canvas, start + QPoint(right * share // 4, down * share // 4))
    qtbot.wait(20)
    QTest.mouseRelease(canvas, RIGHT, NONE, start + QPoint(right, down))


def grey(view: PictureView) -> int:
    """Of the middle of what a view shows."""
    picture = view.grab().toImage()
    return QColor(picture.pixel(picture.rect().center())).lightness()


def write(text: str, field: QDoubleSpinBox) -> None:
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_the_notice_stays_and_the_name_is_not_in_the_title(opened: MainWindow) -> None:
    bar = opened.workspace.medical.bar
    assert bar.isVisible()
    assert bar.notice.text() == "Not for diagnosis"
    assert (bar.level.value(), bar.width_.value()) == (300, 800)
    assert opened.windowTitle() == "DICOM[*] – Restorer"


def test_a_photograph_has_no_such_bar_and_the_right_button_pans(
    window: MainWindow, photograph: Path, qtbot: QtBot
) -> None:
    open_in(window, photograph, qtbot)
    assert not window.workspace.medical.bar.isVisible()
    window.workspace.canvas.zoom_to(8.0)
    before = window.workspace.canvas.visible_region()
    drag(window, 100, 60, qtbot)
    assert window.workspace.canvas.visible_region() != before


def test_the_right_button_drags_window_and_level(opened: MainWindow, qtbot: QtBot) -> None:
    document, canvas, bar = opened.editor.document, opened.workspace.canvas, opened.workspace.medical.bar
    assert document is not None
    pixels, seen = document.image.read(document.bounds), canvas.visible_region()
    dark = grey(canvas)
    drag(opened, 0, -int(WHOLE) // 4, qtbot)  # up: brighter
    assert (bar.level.value(), bar.width_.value()) == (100, 800)
    assert grey(canvas) > dark + 30
    drag(opened, int(WHOLE), 0, qtbot)  # to the right: twice as wide
    assert (bar.level.value(), bar.width_.value()) == (100, 1600)
    assert document.photograph.window == Window(100, 1600)
    assert canvas.visible_region() == seen  # not panned
    assert (document.image.read(document.bounds) == pixels).all()
    assert not opened.isWindowModified()
    assert not document.history.can_undo
    paint(opened, (50, 50), (80, 50))  # the left button works as ever
    assert document.marked


def test_where_high_values_are_dark_up_is_brighter_too(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.actions_.heal.setChecked(False)
    open_in(window, make(tmp_path, PhotometricInterpretation="MONOCHROME1"), qtbot)
    dark = grey(window.workspace.canvas)
    drag(window, 0, -int(WHOLE) // 4, qtbot)
    assert window.workspace.medical.bar.level.value() == 500
    assert grey(window.workspace.canvas) > dark + 30


def test_every_view_shows_the_new_window(opened: MainWindow, qtbot: QtBot) -> None:
    opened.resize(1500, 900)
    opened.actions_.side_by_side.setChecked(True)
    workspace = opened.workspace
    views: list[PictureView] = [workspace.canvas, workspace.comparing.original, workspace.panel.navigator]
    qtbot.waitUntil(lambda: all(view.isVisible() for view in views))
    before = [grey(view) for view in views]
    write("-700", workspace.medical.bar.level)
    for view, was in zip(views, before, strict=True):
        assert grey(view) > was + 30


def test_repairs_are_seen_through_the_new_window(opened: MainWindow, qtbot: QtBot) -> None:
    """They lie in the same pyramid, which begins anew from the original's."""
    paint(opened, (120, 100), (180, 100))
    opened.editor.restore()
    qtbot.waitUntil(lambda: not opened.editor.working)  # the fake fills with 7
    opened.actions_.clear_mask.trigger()
    write("7", opened.workspace.medical.bar.level)
    write("200", opened.workspace.medical.bar.width_)
    document, layers = opened.editor.document, opened.editor.layers
    assert document is not None
    assert layers is not None
    shown = layers.after.pyramid.read(1, layers.after.pyramid.bounds(1))
    assert abs(int(shown[50, 75]) - 128) < 3
    assert abs(int(layers.before.pyramid.read(1, layers.before.pyramid.bounds(1))[50, 75]) - 128) > 40


def test_numbers_and_the_way_back(opened: MainWindow) -> None:
    bar, document = opened.workspace.medical.bar, opened.editor.document
    assert document is not None
    write("1234.5", bar.level)
    write("10", bar.width_)
    assert document.photograph.window == Window(1234.5, 10)
    QTest.mouseClick(bar.reset, Qt.MouseButton.LeftButton)
    assert document.photograph.window == Window(300, 800)
    assert (bar.level.value(), bar.width_.value()) == (300, 800)
    write("0", bar.width_)  # no window is narrower than one value
    assert document.photograph.window == Window(300, 1)


def test_no_patient_in_anything_that_is_written_or_named(
    desk: Desk,
    scan: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A whole session with every kind of file; the patient's data, and a file and folder that bear her name."""
    log = tmp_path / "log" / "restorer.log"
    handler = report.start_log(log)
    assert handler is not None
    caplog.set_level(logging.DEBUG)
    try:
        window = desk.new_window()
        window.actions_.heal.setChecked(False)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _self: [str(scan)])
        window.actions_.open.trigger()
        (dialog,) = window.findChildren(QFileDialog)
        dialog.done(QDialog.DialogCode.Accepted)
        qtbot.waitUntil(lambda: window.editor.document is not None)
        monkeypatch.undo()
        monkeypatch.setattr("restorer.document.journal.state_folder", lambda: tmp_path / "journals")
        paint(window, (50, 50), (80, 50))
        window.editor.restore()
        qtbot.waitUntil(lambda: not window.editor.working)
        drag(window, 30, 30, qtbot)
        title = window.windowTitle()
        window.editor.output.export(tmp_path / "out" / "a.dcm")  # no such folder: a sentence
        qtbot.waitUntil(lambda: not window.editor.output.exporting)
        one_box(qtbot).close()
        activate(window, qtbot)
        target = tmp_path / "out.dcm"
        asked = window.exporting.choose()
        assert asked is not None
        asked.fill_in(target, Options(manifest=True, mask=True, operator="A. Conservator"))
        asked.accept()
        qtbot.waitUntil(lambda: not window.editor.output.exporting and target.exists())
        for box in boxes():
            box.close()
        window.editor.output.export_mask(tmp_path / "mask.png")
        qtbot.waitUntil(lambda: not window.editor.output.exporting_mask)
        offered = []
        monkeypatch.setattr(QFileDialog, "selectFile", lambda _self, name: offered.append(name))
        window.actions_.save.trigger()
        window.saving.choose_mask()
        for dialog in window.findChildren(QFileDialog):
            dialog.reject()
        try:
            raise KeyError(f"{SENTINEL}NAME^JANE in {scan}")
        except KeyError as error:
            app._show_fault(type(error), error, error.__traceback__)
        for box in boxes():
            box.close()
        window.close()
        for box in boxes():  # asks about what is in no project
            box.close()
        window._discard()
        desk.settings.save()
        report.save_report(desk.settings, tmp_path / "report.txt")
    finally:
        handler.close()
        report.log.removeHandler(handler)
    files = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    kinds = {file.suffix for file in files}
    assert {".dcm", ".png", ".json", ".ini", ".log", ".txt"} <= kinds
    for file, content in files.items():
        assert (SENTINEL.encode() in content) == (file in (scan, target)), file
        assert NAME.encode() not in content, file
        assert file == scan or NAME not in file.name
    assert NAME not in title
    assert len(offered) == 2
    assert not any(NAME in name for name in offered)


def test_the_folder_of_a_medical_picture_is_not_remembered(window: MainWindow, scan: Path, qtbot: QtBot) -> None:
    settings = window._settings
    chosen: list[Path] = []
    Choosing(window, settings).photographs(chosen.extend)
    (dialog,) = window.findChildren(QFileDialog)
    dialog.setDirectory(str(scan.parent))
    dialog.selectFile(scan.name)
    dialog.accept()
    qtbot.waitUntil(lambda: bool(chosen))
    open_in(window, chosen[0], qtbot)
    assert settings.folder is None
    assert settings.recent == []


def test_the_project_of_a_medical_picture_is_not_remembered(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(opened.editor.keeping.saved):
        opened.editor.keeping.save(tmp_path / f"{NAME}.restorer")
    assert opened._settings.recent == []


def test_values_under_the_pointer_are_the_files_own(opened: MainWindow, qtbot: QtBot) -> None:
    document = opened.editor.document
    assert document is not None
    drag(opened, 40, 40, qtbot)
    with qtbot.waitSignal(opened.workspace.pointerSaid) as said:
        opened.workspace._tell_pointer((10.5, 20.5))
    assert said.args[0].split() == ["10,", "20", str(int(np.asarray(document.original)[20, 10]))]
