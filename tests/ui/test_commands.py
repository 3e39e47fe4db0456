"""The command palette, keys of one's own, settings, and the report."""

from __future__ import annotations

import logging
import re
from pathlib import Path

import pytest
from acting import activate, boxes, key, one_box
from PySide6.QtCore import Qt, QTranslator
from PySide6.QtGui import QColorSpace, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QMessageBox
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.ui import report
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.desk import Desk
from restorer.ui.dialogs.keys_dialog import KeysDialog
from restorer.ui.dialogs.palette import Palette, match
from restorer.ui.keys import rival
from restorer.ui.main_window import MainWindow
from restorer.ui.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier


def palette_of(window: MainWindow) -> Palette:
    key(window, Qt.Key.Key_K, CTRL)
    (palette,) = window.findChildren(Palette)
    return palette


def test_a_command_is_found_and_done_by_typing(opened: MainWindow, qtbot: QtBot) -> None:
    palette = palette_of(opened)
    qtbot.waitUntil(palette.isVisible)
    everything = palette.list.count()
    assert everything == len(opened.actions_.all) - 1
    QTest.keyClicks(palette.search, "lass")
    assert "Lasso" in palette.list.item(0).text()
    assert palette.list.count() < everything
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert opened.workspace.canvas.tool is ToolKind.LASSO
    qtbot.waitUntil(lambda: not opened.findChildren(Palette))


def test_what_cannot_be_done_now_is_not_done(opened: MainWindow) -> None:
    palette = palette_of(opened)
    QTest.keyClicks(palette.search, "undo")
    assert not palette.list.item(0).flags() & Qt.ItemFlag.ItemIsEnabled
    QTest.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    QTest.keyClicks(palette.search, "qqqq")
    assert palette.list.count() == 0
    assert palette.nothing.isVisible()
    palette.reject()


def test_letters_in_their_order_find_words() -> None:
    assert match("", "Export") == 0
    assert match("zi", "Zoom in") is not None
    assert match("iz", "Zoom in") is None
    exact, far = match("zoom", "Zoom in"), match("zoom", "Zebra of a room")
    assert exact is not None
    assert far is None or exact < far


@pytest.fixture
def keys_dialog(desk: Desk, opened: MainWindow) -> KeysDialog:
    del desk
    opened.actions_.keys.trigger()
    (dialog,) = opened.findChildren(KeysDialog)
    return dialog


def press(dialog: KeysDialog, name: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    dialog.edit.setFocus()
    QTest.keyClick(dialog.edit, name, held)


def test_keys_of_ones_own(
    keys_dialog: KeysDialog, opened: MainWindow, desk: Desk, settings: Settings, qtbot: QtBot
) -> None:
    keys_dialog.choose("lasso")
    press(keys_dialog, Qt.Key.Key_G)
    assert keys_dialog.assign.isEnabled()
    keys_dialog.assign.click()
    assert settings.keys_of("lasso") == ["G"]
    assert "(G)" in opened.actions_.lasso.toolTip()
    keys_dialog.reject()
    activate(opened, qtbot)
    key(opened, Qt.Key.Key_G)
    assert opened.workspace.canvas.tool is ToolKind.LASSO
    assert desk.new_window().actions_.lasso.shortcut() == QKeySequence("G")  # in later windows too
    desk.keys.reset()
    assert opened.actions_.lasso.shortcut() == QKeySequence("L")
    assert settings.keys_of("lasso") is None


def test_a_clash_is_said_and_changes_nothing(keys_dialog: KeysDialog, opened: MainWindow, settings: Settings) -> None:
    keys_dialog.choose("lasso")
    press(keys_dialog, Qt.Key.Key_B)
    assert not keys_dialog.assign.isEnabled()
    assert "Brush" in keys_dialog.said.text()
    press(keys_dialog, Qt.Key.Key_X)  # is held to see the original
    assert not keys_dialog.assign.isEnabled()
    assert settings.keys_of("lasso") is None
    assert rival(opened.actions_, QKeySequence("L"), "lasso") is None
    keys_dialog.reject()


def test_keys_can_be_taken_away_and_put_back(keys_dialog: KeysDialog, opened: MainWindow, qtbot: QtBot) -> None:
    keys_dialog.choose("wand")
    press(keys_dialog, Qt.Key.Key_G)
    assert keys_dialog.assign.text() == "Assign"
    press(keys_dialog, Qt.Key.Key_Delete)
    assert keys_dialog.assign.text() == "Remove"
    QTest.mouseClick(keys_dialog.assign, Qt.MouseButton.LeftButton)
    assert not opened.actions_.wand.shortcuts()
    assert not keys_dialog.assign.isEnabled()  # there is nothing left to be removed
    keys_dialog.choose("lasso")
    press(keys_dialog, Qt.Key.Key_W)
    keys_dialog.assign.click()
    keys_dialog.choose("wand")
    keys_dialog.reset.click()
    assert "Lasso" in keys_dialog.said.text()  # its key has gone to another
    assert not opened.actions_.wand.shortcuts()
    for answer, left in ((QMessageBox.StandardButton.Cancel, QKeySequence()), (QMessageBox.StandardButton.Reset, "W")):
        QTest.mouseClick(keys_dialog.reset_all, Qt.MouseButton.LeftButton)
        box = one_box(qtbot)  # it asks first
        QTest.mouseClick(box.button(answer), Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not boxes())
        assert opened.actions_.wand.shortcut() == QKeySequence(left)
    assert not keys_dialog.reset_all.isEnabled()  # there is nothing left to be reset
    keys_dialog.reject()


@pytest.mark.parametrize("name", [Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab])
def test_what_leaves_the_field_is_no_key_of_a_command(
    keys_dialog: KeysDialog, opened: MainWindow, settings: Settings, qtbot: QtBot, name: Qt.Key
) -> None:
    activate(keys_dialog, qtbot)
    keys_dialog.choose("lasso")
    press(keys_dialog, Qt.Key.Key_G)
    press(keys_dialog, name)
    assert not keys_dialog.edit.hasFocus()
    assert keys_dialog.isVisible()
    assert keys_dialog.edit.keySequence() in (QKeySequence("G"), QKeySequence())
    if name == Qt.Key.Key_Escape:
        assert keys_dialog.edit.keySequence().isEmpty()
        assert keys_dialog.tree.hasFocus()
        QTest.keyClick(keys_dialog.tree, Qt.Key.Key_Escape)
        qtbot.waitUntil(lambda: not opened.findChildren(KeysDialog))
    else:
        keys_dialog.reject()
    assert settings.keys_of("lasso") is None
    assert opened.actions_.lasso.shortcut() == QKeySequence("L")


def test_return_takes_the_keys_and_delete_clears_them(
    keys_dialog: KeysDialog, opened: MainWindow, settings: Settings
) -> None:
    keys_dialog.choose("lasso")
    for name in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
        press(keys_dialog, Qt.Key.Key_G)
        press(keys_dialog, name)
        assert keys_dialog.edit.keySequence().isEmpty()
    press(keys_dialog, Qt.Key.Key_Return)  # nothing is pressed: no wish to take the old ones away
    assert settings.keys_of("lasso") is None
    press(keys_dialog, Qt.Key.Key_B)  # the brush has it
    press(keys_dialog, Qt.Key.Key_Return)
    assert settings.keys_of("lasso") is None
    press(keys_dialog, Qt.Key.Key_G)
    press(keys_dialog, Qt.Key.Key_Return)
    assert settings.keys_of("lasso") == ["G"]
    assert keys_dialog.isVisible()
    keys_dialog.choose("wand")
    press(keys_dialog, Qt.Key.Key_Backspace, CTRL)
    assert keys_dialog.edit.keySequence() == QKeySequence("Ctrl+Backspace")  # with Ctrl it is a key like others
    keys_dialog.reject()
    assert opened.actions_.lasso.shortcut() == QKeySequence("G")


def test_what_moves_the_picture_is_no_key_of_a_command(keys_dialog: KeysDialog, settings: Settings) -> None:
    keys_dialog.choose("lasso")
    for name, held in ((Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_Left, CTRL)):
        press(keys_dialog, name, held)
        assert not keys_dialog.edit.keySequence().isEmpty()
        assert not keys_dialog.assign.isEnabled()
        assert "on the picture itself" in keys_dialog.said.text()
        press(keys_dialog, Qt.Key.Key_Return)
        assert settings.keys_of("lasso") is None
    press(keys_dialog, Qt.Key.Key_Space, CTRL)
    assert keys_dialog.assign.isEnabled()
    keys_dialog.reject()


def test_return_in_the_search_changes_no_keys(keys_dialog: KeysDialog, opened: MainWindow, settings: Settings) -> None:
    before = opened.actions_.open.shortcuts()
    QTest.keyClicks(keys_dialog.search, "brush")
    QTest.keyClick(keys_dialog.search, Qt.Key.Key_Return)
    assert opened.actions_.open.shortcuts() == before != []
    assert settings.keys_of("open") is None
    keys_dialog.reject()


def test_commands_are_searched_by_words_and_keys(keys_dialog: KeysDialog) -> None:
    def found() -> list[str]:
        tree = keys_dialog.tree
        items = [tree.topLevelItem(index) for index in range(tree.topLevelItemCount())]
        return [item.text(0) for item in items if not item.isHidden()]

    assert len(found()) > 45
    QTest.keyClicks(keys_dialog.search, "magic")
    assert len(found()) == 1
    keys_dialog.search.clear()
    QTest.keyClicks(keys_dialog.search, "ctrl+e")
    assert "Export" in found()
    keys_dialog.reject()


def test_a_command_that_is_not_seen_gets_no_keys(
    keys_dialog: KeysDialog, opened: MainWindow, settings: Settings
) -> None:
    keys_dialog.choose("undo")
    assert keys_dialog.heading.text() == "New keys for “Undo”"
    keys_dialog.search.setFocus()
    QTest.keyClicks(keys_dialog.search, "lasso")
    item = keys_dialog.tree.currentItem()
    assert item is not None
    assert item.isSelected()
    assert not item.isHidden()
    assert keys_dialog.heading.text() == "New keys for “Lasso: draw around damage”"
    press(keys_dialog, Qt.Key.Key_F9)
    QTest.mouseClick(keys_dialog.assign, Qt.MouseButton.LeftButton)
    assert settings.keys_of("undo") is None
    assert settings.keys_of("lasso") == ["F9"]
    keys_dialog.search.setFocus()
    QTest.keyClicks(keys_dialog.search, " and no other")
    assert keys_dialog.chosen is None
    assert keys_dialog.heading.text() == "New keys"
    assert not keys_dialog.assign.isEnabled()
    assert not keys_dialog.edit.isEnabled()
    keys_dialog.search.clear()
    assert keys_dialog.chosen is not None
    keys_dialog.reject()
    assert opened.actions_.undo.shortcuts() == opened.actions_.defaults["undo"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_letter_opens_two_lines_of_a_menu(
    desk: Desk, qapp: QApplication, request: pytest.FixtureRequest, language: str
) -> None:
    translator = QTranslator()
    assert translator.load(f"restorer_{language}", str(bundled.resources() / "translations"))
    qapp.installTranslator(translator)
    request.addfinalizer(lambda: qapp.removeTranslator(translator))
    window = desk.new_window()
    assert ("文件" in window.menuBar().actions()[0].text()) == (language == "zh_CN")
    menus = [window.menuBar(), *window.menuBar().findChildren(QMenu)]
    lettered = 0
    for menu in menus:
        texts = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = [found.group(1).upper() for text in texts if (found := re.search(r"(?<!&)&(\w)", text))]
        lettered += len(letters)
        twice = {letter for letter in letters if letters.count(letter) > 1}
        assert not twice, [text for text in texts if any(f"&{each}" in text.upper() for each in twice)]
    assert lettered > 50


def test_settings_count_at_once_and_are_kept(desk: Desk, opened: MainWindow, settings: Settings) -> None:
    dialog = desk.show_settings(opened)
    dialog.device.setCurrentIndex(dialog.device.findData("cpu"))
    dialog.threads.setValue(1)
    assert (desk.engine.choice.device, desk.engine.choice.threads) == ("cpu", 1)
    dialog.memory.setValue(256)
    assert opened.editor.document is not None
    assert opened.editor.document.history.limit == 256 << 20
    dialog.motion.click()
    assert opened.workspace.comparing.still
    assert opened.status.still
    dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
    assert desk.theme.dark
    dialog.autosave.click()
    again = Settings(Path(settings._file.fileName()))
    settings.save()
    assert (again.device, again.threads, again.undo_memory, again.reduced_motion, again.theme, again.autosave) == (
        "cpu", 1, 256, True, "dark", False,
    )  # fmt: skip
    dialog.reject()


def test_the_screen_s_profile_changes_what_is_shown_only(desk: Desk, opened: MainWindow, tmp_path: Path) -> None:
    profile = tmp_path / "screen.icc"
    profile.write_bytes(QColorSpace(QColorSpace.NamedColorSpace.AdobeRgb).iccProfile().data())
    canvas = opened.workspace.canvas
    before = canvas.grab().toImage()
    dialog = desk.show_settings(opened)
    try:
        dialog.set_profile(profile)
        assert canvas.grab().toImage() != before
        assert dialog.profile.text()
        broken = tmp_path / "broken.icc"
        broken.write_bytes(b"no profile")
        dialog.set_profile(broken)
        assert dialog.profile.text() == "not usable"
    finally:
        dialog.set_profile(None)
    assert canvas.grab().toImage() == before
    dialog.reject()


def test_a_report_names_nobody(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "log" / "restorer.log"
    handler = report.start_log(path)
    assert handler is not None
    try:
        settings.remember(tmp_path / "Mrs Example 1912-04-03.tif")
        report.log.error(
            "“Mrs Example 1912-04-03.tif” cannot be read: see C:\\scans\\Example\\a.dcm or /home/annika/b.tif"
        )
        report.log.error(
            "File \"/home/annika/restorer/ui/worker.py\", line 54, in run: KeyError: 'Example' in example.jpg"
        )
        report.log.error(
            "C:\\Users\\Hans Mueller\\scan 1.dcm: broken; /srv/Otto Meier/scan 2.tif is none; Anna Huber.png"
        )
        written = report.report(settings, path)
    finally:
        report.log.removeHandler(handler)
        handler.close()
    assert "cannot be read" in written
    assert "worker.py, line 54" in written
    assert "Qt 6" in written
    for secret in (
        "Example",
        "annika",
        "scans",
        "1912",
        "example.jpg",
        "Hans",
        "Mueller",
        "Meier",
        "Huber",
        str(tmp_path),
    ):
        assert secret not in written, secret
    assert logging.getLogger("restorer") is report.log


def test_a_report_is_written_from_the_menu(opened: MainWindow, tmp_path: Path) -> None:
    opened._save_report(tmp_path / "report.txt")
    assert "Restorer" in (tmp_path / "report.txt").read_text(encoding="utf-8")
    assert "report.txt" in opened.status.text.text()


def test_the_key_that_is_held_can_be_another(keys_dialog: KeysDialog, opened: MainWindow, qtbot: QtBot) -> None:
    keys_dialog.choose("original")
    press(keys_dialog, Qt.Key.Key_G)
    keys_dialog.assign.click()
    keys_dialog.reject()
    activate(opened, qtbot)
    canvas, original = opened.workspace.canvas, opened.actions_.original
    QTest.keyPress(canvas, Qt.Key.Key_X)
    assert not original.isChecked()
    QTest.keyRelease(canvas, Qt.Key.Key_X)
    QTest.keyPress(canvas, Qt.Key.Key_G)
    assert original.isChecked()
    QTest.keyRelease(canvas, Qt.Key.Key_G)
    assert not original.isChecked()


def test_the_key_of_the_panel_works_everywhere_once_it_is_not_tab(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    panel, button = opened.workspace.panel, opened.bars.view.widgetForAction(opened.actions_.panels)
    desk.keys.choose("panels", [QKeySequence("G")])
    activate(opened, qtbot)
    for focused in (opened.workspace.canvas, button, panel.restore):
        for shown in (False, True):
            QTest.keyClick(focused, Qt.Key.Key_G)
            assert panel.isVisible() == shown
    desk.keys.reset()
    QTest.keyClick(button, Qt.Key.Key_G)
    assert panel.isVisible()
    QTest.keyClick(opened.workspace.canvas, Qt.Key.Key_Tab)
    assert not panel.isVisible()


def test_every_command_that_has_a_name_is_listed(keys_dialog: KeysDialog, opened: MainWindow) -> None:
    tree = keys_dialog.tree
    listed = {tree.topLevelItem(index).text(0) for index in range(tree.topLevelItemCount())}
    for action in opened.actions_.all:
        assert opened.actions_.words_of(action) in listed
    pressed = {
        "brush": "B", "eraser": "E", "lasso": "L", "wand": "W", "hand": "H", "smaller": "[", "bigger": "]",
        "original": "X", "panels": "Tab", "undo": "Ctrl+Z", "redo": "Ctrl+Y", "fit": "Ctrl+0", "actual_size": "Ctrl+1",
        "rotate_right": "Ctrl+R", "flip_across": "Shift+H",
    }  # fmt: skip
    for name, keys in pressed.items():
        assert QKeySequence(keys) in opened.actions_.named[name].shortcuts()
