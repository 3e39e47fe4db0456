"""Restore, heal as you paint, cancel: the window goes on while the engine works, and only good answers count."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from acting import FILLED, FakeRestorer, at, boxes, key, one_box, paint, the_sentence
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from restorer.document import answers
from restorer.document.document import Document
from restorer.imaging.errors import RestorerError
from restorer.imaging.grain import Grain
from restorer.imaging.job import Job
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region
from restorer.ui.canvas.rendering import BUSY_COLOUR
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def document_of(window: MainWindow) -> Document:
    assert window.editor.document is not None
    return window.editor.document


def pixels_of(window: MainWindow) -> np.ndarray:
    return document_of(window).image.read(document_of(window).bounds)


def idle(window: MainWindow) -> bool:
    return not window.editor.working


def restore(window: MainWindow) -> None:
    key(window, Qt.Key.Key_Return, CTRL)


@pytest.fixture
def healing(opened: MainWindow) -> MainWindow:
    opened.actions_.heal.setChecked(True)
    return opened


def test_one_key_fills_what_is_marked_and_nothing_else(opened: MainWindow, qtbot: QtBot) -> None:
    opened.workspace.panel.tools.grow_slider.setValue(0)
    paint(opened, (100, 100), (200, 100))
    marked = document_of(opened).mask.copy()
    restore(opened)
    qtbot.waitUntil(lambda: idle(opened))
    assert (pixels_of(opened)[marked] == FILLED).all()
    assert (pixels_of(opened)[~marked] == document_of(opened).original[~marked]).all()
    assert not document_of(opened).marked
    key(opened, Qt.Key.Key_Z, CTRL)  # one step takes the repair back and brings the marks again
    assert (document_of(opened).mask == marked).all()
    assert (pixels_of(opened) == document_of(opened).original).all()


def test_grain_is_measured_on_the_engines_thread(
    healing: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes longer than a paint event may; of a stroke that is healed, and of a repair that is made again."""
    threads: list[str] = []

    def measured(*given: Any, **more: Any) -> Grain | None:
        threads.append(threading.current_thread().name)
        return real(*given, **more)

    real = answers.measured
    monkeypatch.setattr(answers, "measured", measured)
    healing.editor.grain = 0.5
    paint(healing, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: idle(healing) and len(document_of(healing).repairs) == 1)
    grain = document_of(healing).repairs[0].grain
    assert grain is not None
    assert grain.amount == 0.5
    assert threads == ["engine"]
    healing.editor.reworking.restore_again(1, None)
    qtbot.waitUntil(lambda: idle(healing) and document_of(healing).repairs[0].run == 2)
    assert document_of(healing).repairs[0].grain == grain
    assert threads == ["engine"] * 2


def test_marks_are_grown(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    opened.workspace.panel.tools.grow_slider.setValue(3)
    paint(opened, (100, 100), (200, 100))
    marked = Region.around(document_of(opened).mask)
    restore(opened)
    qtbot.waitUntil(lambda: idle(opened))
    assert fake.jobs[0].wanted.region == marked.grown(3)


def test_progress_is_shown_with_the_time_left(
    opened: MainWindow, fake: FakeRestorer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [100.0]
    monkeypatch.setattr("restorer.ui.status_bar.monotonic", lambda: clock[0])
    paint(opened, (100, 100), (200, 100))
    fake.hold(0.5)
    restore(opened)
    assert opened.status.bar.isVisible()
    qtbot.waitUntil(lambda: opened.status.bar.value() == 500)
    assert opened.status.stop.isVisible()
    clock[0] += 20
    opened.status.show_progress(0.5)
    assert opened.status.work.text() == "about 20 s left"
    fake.release()
    qtbot.waitUntil(lambda: idle(opened))
    assert not opened.status.bar.isVisible()
    assert not opened.actions_.cancel.isEnabled()


@pytest.mark.parametrize("way", ["key", "button"])
def test_cancelled_in_the_middle(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot, way: str) -> None:
    paint(opened, (100, 100), (200, 100))
    marked = document_of(opened).mask.copy()
    fake.hold(0.5)
    restore(opened)
    qtbot.waitUntil(fake.begun.is_set)
    if way == "key":
        key(opened, Qt.Key.Key_Escape)
    else:
        opened.status.stop.click()
    assert idle(opened)
    assert fake.jobs[0].cancelled.is_set()
    fake.release()
    qtbot.wait(50)
    assert document_of(opened).repairs == ()
    assert (document_of(opened).mask == marked).all()
    assert not boxes()
    assert "Cancelled" in opened.status.text.text()
    restore(opened)  # and the next one works
    qtbot.waitUntil(lambda: len(document_of(opened).repairs) == 1)


def test_cancelled_before_it_starts(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold()
    fake.deaf = True  # or the second might begin at once
    paint(opened, (50, 50), (80, 50))
    restore(opened)
    qtbot.waitUntil(fake.begun.is_set)
    key(opened, Qt.Key.Key_Escape)
    restore(opened)
    second = opened.editor.healing._running.job  # type: ignore[union-attr]
    key(opened, Qt.Key.Key_Escape)
    fake.release()
    qtbot.wait(50)
    assert second.cancelled.is_set()
    assert second not in fake.jobs
    assert document_of(opened).repairs == ()


def test_an_error_of_the_engine_is_one_sentence_and_the_document_is_unharmed(
    opened: MainWindow, fake: FakeRestorer, qtbot: QtBot
) -> None:
    paint(opened, (100, 100), (200, 100))
    marked = document_of(opened).mask.copy()
    fake.error = RestorerError("The weights reweave are damaged: install them again.")
    restore(opened)
    assert the_sentence(qtbot) == "The weights reweave are damaged: install them again."
    assert idle(opened)
    assert (document_of(opened).mask == marked).all()
    assert (pixels_of(opened) == document_of(opened).original).all()
    fake.error = None
    restore(opened)
    qtbot.waitUntil(lambda: len(document_of(opened).repairs) == 1)


def test_a_fault_of_the_engine_is_one_sentence_too(
    opened: MainWindow, fake: FakeRestorer, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    paint(opened, (100, 100), (200, 100))
    fake.error = ZeroDivisionError("division by zero")
    restore(opened)
    assert "ZeroDivisionError" in the_sentence(qtbot)
    assert "Traceback" in capfd.readouterr().err


def test_an_answer_that_is_refused_ends_the_work(
    opened: MainWindow, fake: FakeRestorer, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a network that fills beside what was wanted."""
    real = fake.restore

    def beside(job: Job, progress: Callable[[float], None]) -> list[Patch]:
        return [replace(patch, region=patch.region.moved(1, 0)) for patch in real(job, progress)]

    monkeypatch.setattr(fake, "restore", beside)
    paint(opened, (100, 100), (200, 100))
    restore(opened)
    assert "outside" in the_sentence(qtbot)
    assert not opened.editor.working
    assert not opened.status.work.isVisible()
    assert document_of(opened).marked
    assert not document_of(opened).repairs


def test_a_failing_queue_says_so_once(healing: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold()
    for y in (40, 80, 120):
        paint(healing, (100, y), (200, y))
    fake.error = RestorerError("It cannot be done.")
    fake.release()
    one_box(qtbot)
    assert len(fake.jobs) == 1
    assert healing.editor.healing is not None
    assert healing.editor.healing.waiting == 0


def test_an_empty_mask(opened: MainWindow, qtbot: QtBot) -> None:
    restore(opened)
    assert "empty" in the_sentence(qtbot)


def test_a_mask_of_the_whole_picture(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    document = document_of(opened)
    document.set_mask(np.ones_like(document.mask))
    restore(opened)
    assert "whole picture" in the_sentence(qtbot)
    assert fake.jobs == []


def test_strokes_are_healed_on_release_and_queue_up(healing: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold()
    for y in (40, 80, 120):
        paint(healing, (100, y), (200, y))
    assert healing.editor.healing is not None
    assert healing.editor.healing.waiting == 2
    assert len(healing.editor.healing.strokes) == 3
    assert "2 more" in healing.status.work.text()
    assert document_of(healing).mask[120, 150]
    fake.release()
    qtbot.waitUntil(lambda: idle(healing))
    assert len(document_of(healing).repairs) == 3
    assert not document_of(healing).marked
    # each saw what the ones before it had made
    assert [len(job.image.repairs) for job in fake.jobs] == [0, 1, 2]  # type: ignore[attr-defined]


def test_a_stroke_undone_while_it_is_healed_is_dropped(healing: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold(0.5)
    paint(healing, (100, 100), (200, 100))
    qtbot.waitUntil(fake.begun.is_set)
    key(healing, Qt.Key.Key_Z, CTRL)
    assert idle(healing)
    assert fake.jobs[0].cancelled.is_set()
    fake.release()
    qtbot.wait(50)
    assert document_of(healing).repairs == ()
    assert not document_of(healing).marked


def test_a_stroke_undone_while_it_waits_is_dropped(healing: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold(0.5)
    paint(healing, (100, 40), (200, 40))
    paint(healing, (100, 120), (200, 120))
    key(healing, Qt.Key.Key_Z, CTRL)
    fake.release()
    qtbot.waitUntil(lambda: idle(healing))
    assert len(fake.jobs) == 1
    assert (pixels_of(healing)[120, 150] != FILLED).any()
    assert (pixels_of(healing)[40, 150] == FILLED).all()


def test_what_is_left_of_an_erased_stroke_is_tried_again(healing: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    healing.workspace.panel.tools.grow_slider.setValue(0)
    fake.hold(0.5)
    paint(healing, (100, 100), (200, 100))
    qtbot.waitUntil(fake.begun.is_set)
    key(healing, Qt.Key.Key_E)
    paint(healing, (150, 60), (150, 140))
    left = document_of(healing).mask.copy()
    fake.release()
    qtbot.waitUntil(lambda: idle(healing))
    assert fake.jobs[0].cancelled.is_set()
    assert ((pixels_of(healing) == FILLED).all(2) == left).all()


def test_an_answer_that_read_from_a_repair_taken_back_is_made_again(
    healing: MainWindow, fake: FakeRestorer, qtbot: QtBot
) -> None:
    paint(healing, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: len(document_of(healing).repairs) == 1)
    fake.hold(0.5)
    paint(healing, (150, 60), (150, 140))
    qtbot.waitUntil(fake.begun.is_set)
    document = document_of(healing)
    document.repairs = ()  # as a switch of repairs will do; undo would take the stroke first
    fake.release()
    qtbot.waitUntil(lambda: idle(healing))
    assert len(fake.jobs) == 3
    assert fake.jobs[2].image.repairs == ()  # type: ignore[attr-defined]
    assert (pixels_of(healing)[70, 150] == FILLED).all()


def test_painting_during_a_restore_keeps_the_new_marks(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold(0.5)
    paint(opened, (100, 40), (200, 40))
    restore(opened)
    qtbot.waitUntil(fake.begun.is_set)
    paint(opened, (100, 120), (200, 120))
    fake.release()
    qtbot.waitUntil(lambda: idle(opened))
    assert (pixels_of(opened)[40, 150] == FILLED).all()
    assert document_of(opened).mask[120, 150]
    assert not document_of(opened).mask[40, 150]


def test_the_window_stays_alive_while_the_engine_works(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    paint(opened, (100, 100), (200, 100))
    ticks: list[float] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    fake.hold(0.5)
    restore(opened)
    timer.start()
    qtbot.wait(700)
    timer.stop()
    assert not idle(opened)
    gaps = np.diff(ticks)
    assert len(gaps) > 20
    assert gaps.max() < 0.25


def test_the_next_job_begins_with_an_empty_bar(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold()
    paint(opened, (100, 100), (200, 100))
    opened.editor.restore()
    qtbot.waitUntil(fake.begun.is_set)
    opened.status.show_progress(0.9)
    assert opened.status.bar.maximum() > 0
    assert opened.editor.healing is not None
    opened.editor.healing._start(None)  # while the bar is still shown, as from stroke to stroke
    assert opened.status.bar.maximum() == 0  # nothing is known of it yet
    assert opened.status._began is None
    fake.release()


def test_stripes_are_seen_on_what_is_being_restored(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    canvas = opened.workspace.canvas
    canvas.mask_opacity = 1.0
    fake.hold()
    opened.actions_.heal.setChecked(True)
    paint(opened, (100, 100), (200, 100))
    qtbot.waitUntil(fake.begun.is_set)
    drawn = canvas.grab().toImage()
    left, right = at(opened, 110, 100), at(opened, 135, 100)  # beside the pointer
    colours = {drawn.pixel(x, left.y()) for x in range(left.x(), right.x())}
    assert BUSY_COLOUR.rgb() in colours
    assert len(colours) > 1
    fake.release()
    qtbot.waitUntil(lambda: not opened.editor.working)
    after = canvas.grab().toImage()
    assert BUSY_COLOUR.rgb() not in {after.pixel(x, left.y()) for x in range(left.x(), right.x())}


def test_what_the_engine_notices_is_said_in_the_window(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    """Told on the engine's thread, such as that the graphics card failed."""
    sentence = "The graphics card has too little memory for this: the CPU is used, which takes longer."
    desk.engine.noticed.emit(sentence)
    qtbot.waitUntil(lambda: [notice.text.text().startswith(sentence) for notice in window.notices.told] == [True])
