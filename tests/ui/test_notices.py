"""What is told at the top of the window, and where the network is."""

from __future__ import annotations

import pytest
from acting import FakeRestorer, paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow
from restorer.ui.notices import MOST


def test_a_graphics_card_that_fails_is_told_until_it_is_closed(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    desk.engine.noticed.emit("The graphics card failed (it was lost): the CPU is used, which takes longer.")
    (notice,) = opened.notices.told
    assert notice.isVisible()
    assert "graphics card failed" in notice.text.text()
    assert "same" in notice.text.text()
    desk.engine.noticed.emit("The graphics card failed (it was lost): the CPU is used, which takes longer.")
    assert len(opened.notices.told) == 1
    qtbot.wait(50)
    QTest.mouseClick(notice.close_, Qt.MouseButton.LeftButton)
    assert not opened.notices.isVisible()
    assert opened.notices.told == []


def test_the_foot_says_where_the_network_is(
    opened: MainWindow, fake: FakeRestorer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = iter(["cuda", "cpu"])
    monkeypatch.setattr(fake, "made", lambda _job: {"model": "fake", "device": next(places)})
    assert not opened.status.device.isVisible()
    opened.actions_.heal.setChecked(True)
    paint(opened, (100, 100), (150, 100))
    qtbot.waitUntil(lambda: opened.status.device.text() == "Graphics card")
    paint(opened, (100, 150), (150, 150))
    qtbot.waitUntil(lambda: opened.status.device.text() == "Processor")  # the card was lost meanwhile
    assert "same network" in opened.status.device.toolTip()
    assert opened.status.device.isVisible()


def test_a_new_window_knows_it_too(desk: Desk, window: MainWindow) -> None:
    desk.engine.place = "cpu"
    assert desk.new_window().status.device.text() == "Processor"
    del window


def test_of_many_notices_the_oldest_gives_way(window: MainWindow) -> None:
    for number in range(MOST + 2):
        window.notices.tell(f"Word {number}.")
    QApplication.processEvents()
    assert [notice.text.text() for notice in window.notices.told] == [f"Word {n}." for n in range(2, MOST + 2)]


def test_work_that_cannot_be_kept_is_told_until_it_is_closed(opened: MainWindow) -> None:
    """The disk of the journal is full, say."""
    opened.editor.keeping.troubled.emit("Your work is not being kept at present (No space left on device).")
    (notice,) = opened.notices.told
    assert "No space left" in notice.text.text()
    assert notice.isVisible()


def test_the_notices_of_one_photograph_do_not_stay_for_the_next(window: MainWindow) -> None:
    window.notices.tell("Page 1 of 2 is opened.")
    window._show_reading("another.png")
    assert window.notices.told == []
