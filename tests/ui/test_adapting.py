"""Weights adapted to a collection, asked for in the window; how they learn is tested with the training."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from acting import activate, boxes, key, one_box, open_in, paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from restorer.engine import weights
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.training import adapt as adapting
from restorer.training.adapt import Adapted, Measured, Progress, Request
from restorer.ui.desk import Desk
from restorer.ui.dialogs.adapt_dialog import AdaptDialog
from restorer.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
DISCARD, CANCEL = QMessageBox.StandardButton.Discard, QMessageBox.StandardButton.Cancel


class FakeTeacher:
    """Stands in for `adapt`: reports, and waits until it may go on."""

    def __init__(self) -> None:
        self.request: Request | None = None
        self.gate = threading.Event()
        self.gains = True
        self.error: Exception | None = None

    def __call__(self, request: Request, report: Callable[[Progress], None], tell: Callable[[str], None]) -> Adapted:
        self.request = request
        tell(f"{request.photographs[0]} is left out: It has 8 × 9 px: take photographs of at least 96 px a side.")
        report(Progress("learning", 0.5, 130.0))
        while not self.gate.wait(0.005):
            if request.cancelled.is_set():
                raise Cancelled
        if self.error is not None:
            raise self.error
        made = None
        if self.gains:
            made = weights.save(request.target, {"a": torch.zeros(1)}, {"network": "reweave"})
        return Adapted(made, Measured((30.0,), (20.0,)), Measured((30.5,), (20.25,)), 6, 2, 100, 60.0)


@pytest.fixture
def teacher(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeTeacher:
    made = FakeTeacher()
    monkeypatch.setattr(adapting, "adapt", made)
    monkeypatch.setattr(weights, "own_folder", lambda: tmp_path / "own")
    (tmp_path / "own").mkdir()
    return made


@pytest.fixture
def dialog(desk: Desk, window: MainWindow, teacher: FakeTeacher, tmp_path: Path, qtbot: QtBot) -> AdaptDialog:
    del teacher
    qtbot.waitUntil(lambda: desk.engine.detectors is not None, timeout=30000)
    desk.engine._real = True  # for what weights there are
    window.actions_.adapt.trigger()
    (made,) = window.findChildren(AdaptDialog)
    qtbot.waitExposed(made)
    assert not made.go.isEnabled()  # of what should it learn?
    made.add_paths([tmp_path / "one.png", tmp_path / "album", tmp_path / "one.png"])
    assert made.photographs == [tmp_path / "one.png", tmp_path / "album"]
    made.name.selectAll()
    QTest.keyClicks(made.name, "Studio 1920")
    return made


def start(dialog: AdaptDialog, qtbot: QtBot) -> None:
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: dialog.text.text().startswith("Learning"))


def test_it_is_taught_and_can_be_chosen(
    desk: Desk, window: MainWindow, dialog: AdaptDialog, teacher: FakeTeacher, qtbot: QtBot
) -> None:
    dialog.minutes.setValue(7)
    start(dialog, qtbot)
    assert dialog.text.text() == "Learning…  about 2 min left"
    assert dialog.bar.value() == 500
    assert not dialog.go.isEnabled()
    assert dialog.stop.text() == "Cancel"
    assert dialog.list.item(0).toolTip() == "It has 8 × 9 px: take photographs of at least 96 px a side."
    request = teacher.request
    assert request is not None
    assert request.photographs == tuple(dialog.photographs)
    assert (request.target.name, request.minutes, request.anyway) == ("Studio 1920.safetensors", 7.0, False)
    teacher.gate.set()
    qtbot.waitUntil(lambda: "+0.50 dB" in dialog.text.text())
    assert "+0.25 dB" in dialog.text.text()
    assert "“Studio 1920” can be chosen" in dialog.text.text()
    qtbot.waitUntil(lambda: "Studio 1920" in desk.engine.models)
    assert "Studio 1920" in [action.text() for action in window.menus._models.actions()]
    QTest.mouseClick(dialog.stop, LEFT)
    qtbot.waitUntil(lambda: not window.findChildren(AdaptDialog))


def test_cancelled_it_keeps_nothing_and_can_begin_again(
    dialog: AdaptDialog, teacher: FakeTeacher, tmp_path: Path, qtbot: QtBot
) -> None:
    start(dialog, qtbot)
    QTest.mouseClick(dialog.stop, LEFT)
    one_box(qtbot).button(DISCARD).click()
    qtbot.waitUntil(lambda: dialog.text.text() == "Cancelled; nothing was kept.")
    assert list((tmp_path / "own").iterdir()) == []
    assert dialog.go.isEnabled()
    assert teacher.request is not None
    start(dialog, qtbot)
    teacher.gate.set()
    qtbot.waitUntil(lambda: "can be chosen" in dialog.text.text())


@pytest.mark.parametrize("way", ["Esc", "close", "Cancel"])
def test_what_runs_is_not_thrown_away_without_a_question(
    dialog: AdaptDialog, teacher: FakeTeacher, window: MainWindow, qtbot: QtBot, way: str
) -> None:
    start(dialog, qtbot)
    request = teacher.request
    assert request is not None

    def leave() -> QMessageBox:
        if way == "Esc":
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
        elif way == "close":
            dialog.close()
        else:
            QTest.mouseClick(dialog.stop, LEFT)
        return one_box(qtbot)

    for answer in (Qt.Key.Key_Return, Qt.Key.Key_Escape):  # what is pressed without reading keeps it
        box = leave()
        assert "would be lost" in box.informativeText()
        QTest.keyClick(box, answer)
        qtbot.waitUntil(lambda: not boxes())
        assert dialog.isVisible()
        assert not request.cancelled.is_set()
    leave().button(DISCARD).click()
    assert request.cancelled.is_set()
    if way != "Cancel":
        qtbot.waitUntil(lambda: not window.findChildren(AdaptDialog))


def test_without_work_the_dialog_just_closes(dialog: AdaptDialog, window: MainWindow, qtbot: QtBot) -> None:
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not boxes()
    qtbot.waitUntil(lambda: not window.findChildren(AdaptDialog))
    window.close()
    assert not boxes()
    assert not window.isVisible()


def test_the_window_does_not_close_over_what_runs(
    desk: Desk, dialog: AdaptDialog, teacher: FakeTeacher, window: MainWindow, qtbot: QtBot
) -> None:
    start(dialog, qtbot)
    request = teacher.request
    assert request is not None
    for _ in range(2):
        window.close()
        box = one_box(qtbot)
        assert "being adapted" in box.text()
        box.button(CANCEL).click()
        assert desk.windows == [window]
        assert not request.cancelled.is_set()
    window.actions_.quit.trigger()
    window.close()  # is asked already
    one_box(qtbot).button(DISCARD).click()
    assert request.cancelled.is_set()
    qtbot.waitUntil(lambda: desk.windows == [])


def test_what_is_not_exported_is_asked_about_too(
    desk: Desk, dialog: AdaptDialog, window: MainWindow, photograph: Path, qtbot: QtBot
) -> None:
    start(dialog, qtbot)
    open_in(window, photograph, qtbot)
    window.actions_.heal.setChecked(False)
    paint(window, (100, 100), (200, 100))
    window.close()
    one_box(qtbot).button(DISCARD).click()
    box = one_box(qtbot)
    assert "marks" in box.text()
    box.button(CANCEL).click()
    assert desk.windows == [window]


def test_a_question_is_withdrawn_once_there_is_nothing_to_stop(
    desk: Desk, dialog: AdaptDialog, teacher: FakeTeacher, window: MainWindow, qtbot: QtBot
) -> None:
    start(dialog, qtbot)
    window.close()
    one_box(qtbot)
    teacher.gate.set()
    qtbot.waitUntil(lambda: "can be chosen" in dialog.text.text())
    assert not boxes()
    assert desk.windows == [window]  # who asked to close it had not seen what was gained
    assert dialog.isVisible()
    window.close()
    assert desk.windows == []


def test_it_runs_again_and_the_window_still_asks(
    dialog: AdaptDialog, teacher: FakeTeacher, window: MainWindow, qtbot: QtBot
) -> None:
    teacher.gate.set()
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "can be chosen" in dialog.text.text())
    teacher.gate.clear()
    dialog.name.setText("Another")
    start(dialog, qtbot)
    window.close()
    one_box(qtbot).button(CANCEL).click()
    assert window.isVisible()


def test_there_is_one_dialog(desk: Desk, dialog: AdaptDialog, window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.adapt.trigger()
    desk.new_window().actions_.adapt.trigger()
    assert [one for each in desk.windows for one in each.findChildren(AdaptDialog)] == [dialog]
    del qtbot


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_takes_what_is_chosen_from_the_list(
    dialog: AdaptDialog, tmp_path: Path, qtbot: QtBot, pressed: Qt.Key
) -> None:
    activate(dialog, qtbot)
    dialog.list.setFocus()
    one, more, last = (tmp_path / name for name in ("one.png", "more", "last.png"))
    dialog.add_paths([more, last])
    dialog.list.setCurrentRow(1)
    dialog.list.item(2).setSelected(True)
    QTest.keyClick(dialog.list, pressed)
    assert dialog.photographs == [one, last]
    assert [item.text() for item in dialog.list.selectedItems()] == [str(last)]
    QTest.keyClick(dialog.list, pressed)
    assert dialog.photographs == [one]
    QTest.keyClick(dialog.list, pressed)
    assert dialog.photographs == []
    assert not dialog.go.isEnabled()
    QTest.keyClick(dialog.list, pressed)
    dialog.name.setFocus()
    dialog.name.setText("ab")
    QTest.keyClick(dialog.name, Qt.Key.Key_Backspace)
    assert dialog.name.text() == "a"


def test_the_end_of_the_program_ends_it(desk: Desk, dialog: AdaptDialog, teacher: FakeTeacher, qtbot: QtBot) -> None:
    start(dialog, qtbot)
    desk.engine.stop()  # returns, since it has cancelled what runs
    assert teacher.request is not None
    assert teacher.request.cancelled.is_set()


@pytest.mark.parametrize("way", ["no gain", "an error", "a bad name"])
def test_what_comes_to_nothing_says_so(
    dialog: AdaptDialog, teacher: FakeTeacher, tmp_path: Path, qtbot: QtBot, way: str
) -> None:
    teacher.gains = False
    teacher.gate.set()
    if way == "an error":
        teacher.error = RestorerError(
            f"There is no file and no folder {tmp_path}: name photographs of your collection."
        )
    if way == "a bad name":
        dialog.name.setText("a/b")
    QTest.mouseClick(dialog.go, LEFT)
    said = {"no gain": "nothing was kept", "an error": "no folder", "a bad name": "cannot be the name"}[way]
    qtbot.waitUntil(lambda: said in dialog.text.text())
    assert dialog.go.isEnabled()
    assert list((tmp_path / "own").iterdir()) == []


def test_restoring_goes_on_afterwards(
    window: MainWindow, dialog: AdaptDialog, teacher: FakeTeacher, photograph: Path, qtbot: QtBot
) -> None:
    teacher.gate.set()
    QTest.mouseClick(dialog.go, LEFT)
    qtbot.waitUntil(lambda: "can be chosen" in dialog.text.text())
    open_in(window, photograph, qtbot)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: window.editor.output.unexported)
    key(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
