"""Closing loses nothing unless it is told to, and ends cleanly."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tifffile
from acting import FakeRestorer, boxes, key, one_box, open_in, paint
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from restorer.document import export as exporting
from restorer.imaging.files import infrared_scan
from restorer.ui import keeping, output
from restorer.ui.desk import Desk
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.main_window import MainWindow
from restorer.ui.trying import Trial

CTRL = Qt.KeyboardModifier.ControlModifier


def test_without_work_it_just_closes(desk: Desk, opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_W, CTRL)
    assert desk.windows == []
    assert not boxes()


def test_closing_while_an_infrared_scan_is_looked_for(
    desk: Desk, window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is found comes when the window is gone; it used to speak through it (an exception fails the test)."""
    go, looked = threading.Event(), threading.Event()

    def slowly(_photograph: object) -> tuple[()]:
        assert go.wait(20)
        looked.set()
        return ()

    monkeypatch.setattr(infrared_scan, "places", slowly)
    path = tmp_path / "scan.tif"
    tifffile.imwrite(path, np.full((60, 80), 128, np.uint8), photometric="minisblack")
    open_in(window, path, qtbot)
    window.close()
    assert not desk.windows
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    go.set()
    qtbot.waitUntil(looked.is_set)
    qtbot.wait(50)


def _copied(window: MainWindow) -> None:
    window.actions_.copy.trigger()


def _tried(window: MainWindow) -> None:
    window.workspace.trying.show(Trial(1, strength=0.5))


def _offered(window: MainWindow) -> None:
    assert window.workspace._offer_candidates(1) is not None


@pytest.mark.parametrize("begin", [_copied, _tried, _offered])
def test_what_is_on_its_way_when_a_window_closes_comes_to_nobody(
    desk: Desk, opened: MainWindow, qtbot: QtBot, begin: Callable[[MainWindow], None]
) -> None:
    """It used to speak through the window (an exception fails the test).  A copy is made all the same."""
    opened.actions_.heal.setChecked(True)
    paint(opened, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: bool(opened.editor.document and opened.editor.document.repairs))
    QGuiApplication.clipboard().clear()
    go, ended = threading.Event(), list[object]()
    desk.analysis.submit(lambda _report: go.wait(20))
    begin(opened)
    opened._discard()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not desk.windows
    go.set()
    desk.analysis.submit(lambda _report: 1).done.connect(ended.append)
    qtbot.waitUntil(lambda: bool(ended))
    qtbot.wait(50)
    assert QGuiApplication.clipboard().image().isNull() == (begin is not _copied)


def test_cancel_keeps_the_window(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    paint(opened, (100, 100), (200, 100))
    opened.close()
    box = one_box(qtbot)
    assert "print-0412.png" in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert opened.isVisible()
    assert desk.windows == [opened]
    opened.close()  # it asks again
    one_box(qtbot)


def test_only_a_turn_is_called_that(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    editor, cancel = opened.editor, QMessageBox.StandardButton.Cancel

    def asked() -> str:
        opened.close()
        box = one_box(qtbot)
        text = box.text()
        box.button(cancel).click()
        return text

    editor.turn(6)
    assert asked() == "How “print-0412.png” is turned has not been exported."
    paint(opened, (100, 100), (140, 100))
    assert "is turned has not been exported, and some marks" in asked()
    editor.restore()
    qtbot.waitUntil(lambda: bool(editor.document and editor.document.repairs))
    assert asked() == "The restored picture “print-0412.png” has not been exported."
    editor.output.export(tmp_path / "out.png")
    one_box(qtbot).reject()  # that it is written
    assert not editor.unsaved
    editor.turn(2)
    assert asked() == "How “print-0412.png” is turned has not been exported."


def test_discard_closes(desk: Desk, opened: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    before = photograph.read_bytes()
    paint(opened, (100, 100), (200, 100))
    opened.close()
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    assert desk.windows == []
    assert photograph.read_bytes() == before


@pytest.mark.parametrize("go_through", [True, False])
def test_save_exports_and_then_closes(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot, go_through: bool
) -> None:
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not opened.editor.working)
    opened.close()
    one_box(qtbot).button(QMessageBox.StandardButton.Save).click()
    (dialog,) = opened.findChildren(ExportDialog)
    if go_through:
        dialog.choose_folder(tmp_path)
        dialog.name.setText("out.png")
        dialog.accept()
        qtbot.waitUntil(lambda: desk.windows == [])
        assert (tmp_path / "out.png").exists()
    else:
        dialog.reject()
        opened.editor.output.export(tmp_path / "later.png")  # an export asked for later does not close the window
        qtbot.waitUntil(lambda: bool(boxes()))
        assert desk.windows == [opened]


def test_a_failed_export_keeps_the_window(desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not opened.editor.working)
    opened.close()
    one_box(qtbot).button(QMessageBox.StandardButton.Save).click()
    (dialog,) = opened.findChildren(ExportDialog)
    dialog.reject()
    opened.closing._after_export = True
    opened.exporting.export(tmp_path / "nowhere" / "out.png")
    one_box(qtbot)
    assert desk.windows == [opened]
    assert not opened.closing._after_export


def test_while_an_export_is_written_the_window_waits_for_it(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go, real = threading.Event(), exporting.write_photograph

    def slowly(*args: object, **named: object) -> None:
        assert go.wait(5)
        real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "write_photograph", slowly)
    opened.editor.output.export(tmp_path / "out.png")
    opened.close()
    assert desk.windows == [opened]
    assert "as soon as the export is written" in opened.status.text.text()
    go.set()
    qtbot.waitUntil(lambda: desk.windows == [])
    assert (tmp_path / "out.png").exists()


def test_what_the_window_waits_for_is_named(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project, and a mask after it: each in its turn."""
    paint(opened, (100, 100), (200, 100))
    gates = {name: threading.Event() for name in ("save_project", "write_mask")}

    def held(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def slowly(*args: object, **named: object) -> Any:
            assert gates[name].wait(60)
            return real(*args, **named)

        return slowly

    monkeypatch.setattr(keeping, "save_project", held("save_project", keeping.save_project))
    monkeypatch.setattr(output, "write_mask", held("write_mask", output.write_mask))
    opened.editor.keeping.save(tmp_path / "work.restorer")
    opened.editor.output.export_mask(tmp_path / "mask.png")
    opened.close()
    assert "as soon as the project is written" in opened.status.text.text()
    gates["save_project"].set()
    qtbot.waitUntil(lambda: "as soon as the mask is written" in opened.status.text.text())
    assert desk.windows == [opened]
    gates["write_mask"].set()
    qtbot.waitUntil(lambda: desk.windows == [])
    assert (tmp_path / "work.restorer").exists()
    assert (tmp_path / "mask.png").exists()


def test_closing_while_the_engine_works_cancels_its_job(
    desk: Desk, opened: MainWindow, fake: FakeRestorer, qtbot: QtBot
) -> None:
    fake.hold(0.5)
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(fake.begun.is_set)
    opened.close()
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    assert fake.jobs[0].cancelled.is_set()
    assert desk.windows == []
    fake.release()
    qtbot.wait(50)  # its answer comes to nobody


def test_a_closed_window_holds_no_picture(desk: Desk, photograph: Path, qtbot: QtBot) -> None:
    """Pictures take gigabytes; a window that is closed gives them back."""
    desk.new_window()
    open_in(desk.windows[0], photograph, qtbot)
    paint(desk.windows[0], (100, 100), (200, 100))  # and heals it
    qtbot.waitUntil(lambda: not desk.windows[0].editor.working)
    document = weakref.ref(desk.windows[0].editor.document)
    desk.windows[0]._discard()
    qtbot.wait(50)
    gc.collect()
    assert document() is None


def test_quitting_asks_in_each_window(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    paint(opened, (100, 100), (200, 100))
    desk.new_window()
    opened.actions_.quit.trigger()
    assert one_box(qtbot).parent() is opened
    assert opened in desk.windows


def test_closed_while_a_file_is_read(desk: Desk, window: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    window.open_all([photograph])
    window.close()
    desk.files.submit(lambda _report: None)
    qtbot.wait(100)
    QApplication.processEvents()
    assert desk.windows == []


def restored(window: MainWindow, qtbot: QtBot, y: int = 100) -> None:
    paint(window, (100, y), (200, y))
    window.editor.restore()
    qtbot.waitUntil(lambda: not window.editor.working)


def test_a_cancelled_question_leaves_later_exports_alone(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    restored(opened, qtbot)
    opened.closing._after_export = True
    opened.editor.output.export(tmp_path / "a.png")
    paint(opened, (100, 40), (200, 40))
    box = one_box(qtbot)  # the marks: asked once the export is written
    assert "have not been restored" in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    opened.editor.output.export(tmp_path / "b.png")
    qtbot.waitUntil(lambda: bool(boxes()))
    assert "0 outside" in boxes()[0].text()
    assert desk.windows == [opened]


def test_the_question_says_what_would_be_lost(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    def asked() -> QMessageBox:
        opened.close()
        return one_box(qtbot)

    paint(opened, (100, 40), (200, 40))
    box = asked()
    assert "marks" in box.text()
    assert box.button(QMessageBox.StandardButton.Save) is None
    box.button(QMessageBox.StandardButton.Apply).click()  # restores, and stays
    qtbot.waitUntil(lambda: opened.editor.output.unexported)
    box = asked()
    assert box.text() == "The restored picture “print-0412.png” has not been exported."
    box.button(QMessageBox.StandardButton.Cancel).click()
    opened.editor.output.export(tmp_path / "a.png")
    one_box(qtbot).button(QMessageBox.StandardButton.Ok).click()
    paint(opened, (100, 120), (200, 120))
    box = asked()
    assert "marks" in box.text()
    assert "exported" not in box.text()
    box.button(QMessageBox.StandardButton.Apply).click()
    qtbot.waitUntil(lambda: opened.editor.output.unexported)
    assert "since the last export" in asked().text()
    opened.close()
    one_box(qtbot)  # it does not ask twice at once


def test_closing_waits_for_a_mask(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr("restorer.ui.output.write_mask", lambda *_: go.wait(5))
    paint(opened, (100, 40), (200, 40))
    opened.editor.output.export_mask(tmp_path / "mask.png")
    opened.close()
    assert not boxes()
    assert desk.windows == [opened]
    go.set()
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    assert desk.windows == []


def test_quitting_goes_on_with_the_next_window(desk: Desk, opened: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    other = desk.new_window()
    open_in(other, photograph, qtbot)
    for window in (opened, other):
        paint(window, (100, 40), (200, 40))
    opened.actions_.quit.trigger()
    assert one_box(qtbot).parent() is other
    boxes()[0].button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: bool(boxes()) and boxes()[0].parent() is opened)
    boxes()[0].button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: desk.windows == [])


def test_the_place_of_the_window_is_remembered(desk: Desk, opened: MainWindow) -> None:
    opened.resize(800, 711)
    opened.close()
    assert desk.new_window().size().toTuple() == (800, 711)


@pytest.mark.parametrize("go_through", [True, False])
def test_work_can_be_saved_as_a_project_before_closing(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot, go_through: bool
) -> None:
    restored(opened, qtbot)
    opened.close()
    one_box(qtbot).button(QMessageBox.StandardButton.SaveAll).click()
    (dialog,) = opened.findChildren(QFileDialog)
    target = tmp_path / "work.restorer"
    if not go_through:
        dialog.reject()
        opened.editor.keeping.save(target)  # saved later: it does not close the window
        qtbot.waitUntil(lambda: not opened.editor.keeping.writing)
        assert desk.windows == [opened]
        return
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(target.name)
    dialog.accept()
    qtbot.waitUntil(lambda: desk.windows == [])
    assert target.exists()


def test_marks_can_be_saved_as_a_project_before_closing(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    opened.editor.keeping.save(tmp_path / "work.restorer")
    qtbot.waitUntil(lambda: opened.editor.keeping.project is not None)
    paint(opened, (100, 40), (200, 40))
    opened.close()
    one_box(qtbot).button(QMessageBox.StandardButton.SaveAll).click()  # where, is known
    qtbot.waitUntil(lambda: desk.windows == [])
