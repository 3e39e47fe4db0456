"""Nothing is lost: projects, recovery after a crash, and an original that changes on the disk."""

from __future__ import annotations

import os
import shutil
import threading
import zipfile
from pathlib import Path

import numpy as np
import pytest
from acting import FILLED, activate, boxes, key, one_box, open_in, paint, save_photograph, the_sentence
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from restorer.document import journal_file, own_copies
from restorer.document.project import open_project
from restorer.ui import opening
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow

CTRL = Qt.KeyboardModifier.ControlModifier


def repair(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (200, 100))
    qtbot.waitUntil(lambda: bool(window.editor.document and window.editor.document.repairs))


def test_what_is_done_while_a_project_is_written_is_not_in_it(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    repair(opened, qtbot)
    document, journal = opened.editor.document, opened.editor.keeping._journal
    assert document is not None
    assert journal is not None
    go = threading.Event()
    desk.saving.submit(lambda _report: go.wait(20))
    opened.editor.keeping.save(tmp_path / "work.restorer")
    paint(opened, (100, 40), (200, 40))
    qtbot.waitUntil(lambda: len(document.repairs) == 2 and not opened.editor.working)
    go.set()
    qtbot.waitUntil(lambda: not opened.editor.keeping.writing)
    assert opened.editor.unsaved
    assert opened.isWindowModified()
    assert journal.flush(20)
    assert journal._unsaved  # after a crash it is offered
    assert len(open_project(tmp_path / "work.restorer").repairs) == 1


@pytest.mark.parametrize("name", ["work.restorer", "copy.restorer"])
def test_saving_again_while_a_project_is_written_is_done_next(
    name: str, desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    repair(opened, qtbot)
    document, go = opened.editor.document, threading.Event()
    assert document is not None
    desk.saving.submit(lambda _report: go.wait(20))
    opened.editor.keeping.save(tmp_path / "work.restorer")
    paint(opened, (100, 40), (200, 40))
    qtbot.waitUntil(lambda: len(document.repairs) == 2 and not opened.editor.working)
    opened.editor.keeping.save(tmp_path / name)
    go.set()
    qtbot.waitUntil(lambda: not opened.editor.keeping.writing)
    assert not opened.editor.unsaved
    assert opened.editor.keeping.project == tmp_path / name
    assert len(open_project(tmp_path / name).repairs) == 2


def test_a_project_holds_the_work_and_closing_asks_nothing(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    repair(opened, qtbot)
    opened.actions_.heal.setChecked(False)
    paint(opened, (20, 20), (40, 20))
    assert opened.isWindowModified()
    target = tmp_path / "work.restorer"
    opened.editor.keeping.save(target)
    qtbot.waitUntil(lambda: not opened.editor.unsaved)
    assert not opened.isWindowModified()
    assert opened.editor.document is not None
    marks, image = np.asarray(opened.editor.document.mask), opened.editor.document.image
    other = desk.new_window()
    open_in(other, target, qtbot)
    document = other.editor.document
    assert document is not None
    assert (np.asarray(document.mask) == marks).all()
    assert (document.image.read(document.bounds) == image.read(document.bounds)).all()
    assert not other.isWindowModified()
    assert other.workspace.panel.history.list.count() == 1
    activate(other, qtbot)
    other.workspace.canvas.setFocus()
    key(other, Qt.Key.Key_Z, CTRL)  # its history came along
    assert not np.asarray(document.mask).any()
    stamp = target.stat().st_mtime_ns
    key(other, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: target.stat().st_mtime_ns != stamp and not other.editor.unsaved)
    other.close()
    opened.close()
    assert not desk.windows


def test_work_left_by_a_crash_is_offered_and_gone_on_with(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    repair(opened, qtbot)
    keeping = opened.editor.keeping
    assert keeping._journal is not None
    keeping._journal.flush(10)
    keeping._journal.leave()  # the process is gone: its lock with it
    keeping._journal = None
    opened._discard()
    assert not desk.windows
    window = desk.new_window()
    desk.offer_recovery()
    box = one_box(qtbot)
    assert "print-0412.png" in box.text()
    box.button(QMessageBox.StandardButton.Open).click()
    qtbot.waitUntil(lambda: window.editor.document is not None)
    document = window.editor.document
    assert document is not None
    assert (document.image.read(document.bounds)[100, 150] == FILLED).all()
    assert window.editor.unsaved
    window._discard()
    desk.new_window()
    desk.offer_recovery()
    qtbot.wait(100)
    assert not [
        box for box in desk.windows[0].findChildren(QMessageBox) if box.isVisible()
    ]  # given up: not asked again


def test_an_original_that_changes_on_the_disk_is_told_once(opened: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    opened.editor.keeping.look()
    qtbot.wait(50)
    save_photograph(photograph, (50, 60, 3))
    os.utime(photograph, ns=(1, 1))
    opened.editor.keeping.look()
    box = one_box(qtbot)
    assert "another program" in box.text()
    box.button(QMessageBox.StandardButton.Ok).click()
    opened.editor.keeping.look()
    qtbot.wait(100)
    assert not [box for box in opened.findChildren(QMessageBox) if box.isVisible()]


def test_a_project_that_cannot_be_written_is_one_sentence(opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    opened.editor.keeping.save(tmp_path / "nowhere" / "work.restorer")
    assert "folder" in the_sentence(qtbot)
    assert opened.editor.keeping.project is None


def moved_away(opened: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot) -> tuple[Path, Path]:
    """A project, and where its photograph is now."""
    repair(opened, qtbot)
    target = tmp_path / "work.restorer"
    opened.editor.keeping.save(target)
    qtbot.waitUntil(lambda: not opened.editor.unsaved)
    opened.close()
    (tmp_path / "attic").mkdir()
    return target, photograph.rename(tmp_path / "attic" / "another name.png")


def choose(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    one_box(qtbot).button(QMessageBox.StandardButton.Open).click()
    (dialog,) = window.findChildren(QFileDialog)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(path.name)
    dialog.accept()
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


def test_a_project_whose_photograph_is_gone_asks_where_it_is(
    desk: Desk, opened: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    project, place = moved_away(opened, photograph, tmp_path, qtbot)
    window = desk.new_window()
    window.open_all([project])
    assert "print-0412.png" in one_box(qtbot).text()
    assert window.editor.free
    choose(window, save_photograph(tmp_path / "wrong.png", (50, 60, 3)), qtbot)
    qtbot.waitUntil(lambda: not window.editor.busy_opening)
    choose(window, place, qtbot)  # asked again: that was another picture
    qtbot.waitUntil(lambda: window.editor.document is not None)
    document = window.editor.document
    assert document is not None
    assert (document.image.read(document.bounds)[100, 150] == FILLED).all()


def test_a_photograph_that_nobody_finds_leaves_the_window_free(
    desk: Desk, opened: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    project, _ = moved_away(opened, photograph, tmp_path, qtbot)
    window = desk.new_window()
    window.open_all([project])
    one_box(qtbot).button(QMessageBox.StandardButton.Cancel).click()
    open_in(window, save_photograph(tmp_path / "other.png"), qtbot)


def test_a_damaged_journal_says_how_much_of_it_came_back(
    desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    repair(opened, qtbot)
    document, journal = opened.editor.document, opened.editor.keeping._journal
    assert document is not None
    assert journal is not None
    document.set_strength(document.repairs[0], 0.5)
    document.rename(document.repairs[0], "crease")
    assert journal.path is not None
    journal.flush(10)
    journal.leave()
    opened.editor.keeping._journal = None
    actions = len(document.history.done)
    opened._discard()
    with journal.path.open("rb") as file:
        last = [frame for frame in journal_file.frames(file) if frame.kind == journal_file.DO][-1]
    content = bytearray(journal.path.read_bytes())
    content[last.end - 1] ^= 1
    journal.path.write_bytes(content)
    (tmp_path / "journals" / f"{'0' * 16}.journal").write_bytes(b"nothing that anybody can read")
    window = desk.new_window()
    desk.offer_recovery()
    box = one_box(qtbot)
    assert f"only {actions - 1} of {actions} actions can be read" in box.text()
    (notice,) = window.notices.told
    assert notice.text.text().startswith("The kept work of ")
    box.button(QMessageBox.StandardButton.Open).click()
    qtbot.waitUntil(lambda: window.editor.document is not None)
    (notice,) = window.notices.told
    assert notice.text.text().startswith(f"{actions - 1} of {actions} actions on “print-0412.png” could be read")
    assert len(list((tmp_path / "journals").glob("*.damaged"))) == 2


def test_recovered_work_asks_where_its_photograph_is(
    desk: Desk, opened: MainWindow, photograph: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    repair(opened, qtbot)
    keeping = opened.editor.keeping
    assert keeping._journal is not None
    keeping._journal.flush(10)
    keeping._journal.leave()
    keeping._journal = None
    opened._discard()
    place = photograph.rename(tmp_path / "moved.png")
    window = desk.new_window()
    desk.offer_recovery()
    one_box(qtbot).button(QMessageBox.StandardButton.Open).click()
    qtbot.waitUntil(lambda: not window.editor.busy_opening)
    choose(window, place, qtbot)
    qtbot.waitUntil(lambda: window.editor.document is not None)
    assert window.editor.unsaved


def test_a_sample_goes_into_its_project(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """Its own file belongs to the program, and may be gone with the next version."""
    window.open_sample(opening.samples()[0])
    qtbot.waitUntil(lambda: window.editor.document is not None)
    target = tmp_path / "work.restorer"
    window.editor.keeping.save(target)
    qtbot.waitUntil(lambda: window.editor.keeping.project == target)
    with zipfile.ZipFile(target) as archive:
        assert any(info.file_size == opening.samples()[0].path.stat().st_size for info in archive.infolist())


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(own_copies, "cache_folder", lambda: tmp_path / "cache" / "originals")
    return tmp_path / "cache"


def paste(window: MainWindow, photograph: Path, qtbot: QtBot) -> None:
    """The picture, not its file, by way of the clipboard and Ctrl+V."""
    QGuiApplication.clipboard().setImage(QImage(str(photograph)))
    activate(window, qtbot)
    window.setFocus()
    QTest.keyClick(window, Qt.Key.Key_V, CTRL)
    qtbot.waitUntil(lambda: window.editor.document is not None)


def test_a_pasted_picture_stays_in_its_project_when_that_is_saved_again(
    desk: Desk, window: MainWindow, photograph: Path, tmp_path: Path, cache: Path, qtbot: QtBot
) -> None:
    paste(window, photograph, qtbot)
    target = tmp_path / "work.restorer"
    window.editor.keeping.save(target)
    qtbot.waitUntil(lambda: window.editor.keeping.project == target)
    window.close()
    other = desk.new_window()
    open_in(other, target, qtbot)
    assert desk.settings.recent == [target]  # and nothing in the cache
    activate(other, qtbot)
    repair(other, qtbot)
    other.workspace.canvas.setFocus()
    key(other, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not other.editor.unsaved)
    document = other.editor.document
    assert document is not None
    picture = document.image.read(document.bounds)
    other.close()
    shutil.rmtree(cache)
    again = open_project(target)
    assert (again.image.read(again.bounds) == picture).all()


def crash(window: MainWindow) -> None:
    """What is left when the process is gone: its files, without its locks."""
    keeping = window.editor.keeping
    assert keeping._journal is not None
    assert keeping._journal.flush(10)
    keeping._journal.leave()
    keeping._journal = None
    copy = window.editor._copy
    assert copy is not None
    copy.leave()
    window.editor._copy = None
    window._discard()


@pytest.mark.parametrize("what", ["pasted", "sample"])
def test_work_on_a_picture_without_a_file_survives_a_crash(
    desk: Desk, window: MainWindow, photograph: Path, qtbot: QtBot, what: str
) -> None:
    if what == "pasted":
        paste(window, photograph, qtbot)
    else:
        window.open_sample(opening.samples()[0])
        qtbot.waitUntil(lambda: window.editor.document is not None)
    repair(window, qtbot)
    document = window.editor.document
    assert document is not None
    picture, place = document.image.read(document.bounds), document.source.path
    crash(window)
    next_ = desk.new_window()
    desk.offer_recovery()
    box = one_box(qtbot)
    assert place.name in box.text()
    box.button(QMessageBox.StandardButton.Open).click()
    qtbot.waitUntil(lambda: next_.editor.document is not None)
    document = next_.editor.document
    assert document is not None
    assert (document.image.read(document.bounds) == picture).all()
    assert not next_.editor.named
    assert desk.settings.recent == []
    own_copies.sweep()  # as another process does when it starts
    assert place.exists()
    next_._discard()
    assert not place.parent.exists()  # given up, so nothing of it stays


def test_a_pasted_picture_that_is_thrown_away_leaves_no_file(
    desk: Desk, window: MainWindow, photograph: Path, qtbot: QtBot
) -> None:
    paste(window, photograph, qtbot)
    repair(window, qtbot)
    assert window.editor.document is not None
    place = window.editor.document.source.path
    crash(window)
    own_copies.sweep()
    assert place.exists()  # its journal needs it
    desk.new_window()
    desk.offer_recovery()
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: not place.parent.exists())


@pytest.fixture
def two_on_one(desk: Desk, opened: MainWindow, tmp_path: Path, qtbot: QtBot) -> tuple[MainWindow, MainWindow, Path]:
    """Two windows with work of their own on the same project; the first has saved its."""
    target = tmp_path / "work.restorer"
    opened.editor.keeping.save(target)
    qtbot.waitUntil(target.exists)
    second = desk.new_window()
    second.actions_.heal.setChecked(False)
    open_in(second, target, qtbot)
    for window, row in ((opened, 40), (second, 120)):
        activate(window, qtbot)
        paint(window, (20, row), (60, row))
        window.workspace.canvas.setFocus()
    activate(opened, qtbot)
    key(opened, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: not opened.editor.unsaved)
    activate(second, qtbot)
    return opened, second, target


def marks(source: Path | MainWindow) -> list[bool]:
    """Is the first window's stroke there, and the second's?"""
    document = open_project(source) if isinstance(source, Path) else source.editor.document
    assert document is not None
    mask = np.asarray(document.mask)
    return [bool(mask[row, 40]) for row in (40, 120)]


@pytest.mark.parametrize("answer", ["replace", "cancel", "another name"])
def test_a_project_that_another_window_has_saved_is_not_replaced_unasked(
    two_on_one: tuple[MainWindow, MainWindow, Path], tmp_path: Path, qtbot: QtBot, answer: str
) -> None:
    _, second, target = two_on_one
    key(second, Qt.Key.Key_S, CTRL)
    box = one_box(qtbot)
    assert "work.restorer" in box.text()
    assert marks(target) == [True, False]
    button = QMessageBox.StandardButton
    chosen = {"replace": button.Apply, "cancel": button.Cancel, "another name": button.Save}[answer]
    box.button(chosen).click()
    if answer == "replace":
        qtbot.waitUntil(lambda: not second.editor.unsaved)
        assert marks(target) == [False, True]
        activate(second, qtbot)
        paint(second, (100, 40), (140, 40))
        key(second, Qt.Key.Key_S, CTRL)  # it is this window's own now
        qtbot.waitUntil(lambda: not second.editor.unsaved)
    elif answer == "cancel":
        qtbot.wait(50)
        assert second.editor.unsaved
        assert marks(target) == [True, False]
    else:
        (dialog,) = second.findChildren(QFileDialog)
        dialog.setDirectory(str(tmp_path))
        dialog.selectFile("other.restorer")
        dialog.accept()
        qtbot.waitUntil(lambda: not second.editor.unsaved)
        assert marks(target) == [True, False]
        assert marks(tmp_path / "other.restorer") == [False, True]


def test_closing_with_a_project_that_another_window_has_saved_asks_and_stays(
    desk: Desk, two_on_one: tuple[MainWindow, MainWindow, Path], qtbot: QtBot
) -> None:
    _, second, target = two_on_one
    second.close()
    one_box(qtbot).button(QMessageBox.StandardButton.SaveAll).click()
    qtbot.waitUntil(lambda: any("work.restorer" in box.text() for box in boxes()))
    one_box(qtbot).button(QMessageBox.StandardButton.Cancel).click()
    qtbot.wait(50)
    assert second in desk.windows
    assert marks(target) == [True, False]
    second.close()
    one_box(qtbot).button(QMessageBox.StandardButton.SaveAll).click()
    qtbot.waitUntil(lambda: any("work.restorer" in box.text() for box in boxes()))
    one_box(qtbot).button(QMessageBox.StandardButton.Apply).click()
    qtbot.waitUntil(lambda: second not in desk.windows)
    assert marks(target) == [False, True]


def test_without_autosave_there_is_no_journal(desk: Desk, photograph: Path, tmp_path: Path, qtbot: QtBot) -> None:
    desk.settings.autosave = False
    window = desk.new_window()
    open_in(window, photograph, qtbot)
    repair(window, qtbot)
    assert window.editor.keeping._journal is None
    assert not list((tmp_path / "journals").rglob("*"))
