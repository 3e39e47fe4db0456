"""Other keys: whatever tells of a key tells the one that it is now, or says what the command is called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from acting import key, paint
from PySide6.QtCore import QLibraryInfo, Qt, QTranslator
from PySide6.QtGui import QKeySequence, QTextDocument
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTextBrowser, QWidget
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.ui.actions import Actions
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.desk import Desk
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.dialogs.palette import Palette
from restorer.ui.hints import Hints
from restorer.ui.main_window import MainWindow
from restorer.ui.panels.finding_panel import FindingPanel

KEY = re.compile(r"(?<![\w+])((?:Ctrl\+|Shift\+|Alt\+)*(?:[A-Z]|F\d\d?|Esc|Return|Enter|Del|Tab|[][\\=]))(?![\w+’'])")
"""What looks like a key in a text."""
FIXED = {"Alt", "Shift", "Ctrl", "Return", "Enter", "Del", "Tab", "Esc", "I", "A", "R", "G", "B", "K"}
"""Keys of the picture itself and of fields, and letters that are words or channels: looked at one by one below."""


def texts(parent: QWidget) -> Iterator[str]:
    """Everything that a part of the window says or shows when pointed at."""
    for widget in (parent, *parent.findChildren(QWidget)):
        yield widget.toolTip()
        yield widget.statusTip()
        yield widget.accessibleDescription()
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text()
        if isinstance(widget, QTextBrowser):
            yield widget.toPlainText()


def rebind(desk: Desk, *, to: str) -> dict[str, str]:
    """Gives every command a key of its own of the form `to`, or none if that is empty; returns what they are."""
    given: dict[str, str] = {}
    for number, name in enumerate(desk.windows[0].actions_.named):
        # F13 and on are on no keyboard, so no text has them by chance
        given[name] = to.format(13 + number % 20, "Ctrl+" * (number // 20 % 2) + "Alt+" * (number // 40)) if to else ""
        desk.settings.set_keys(name, [given[name]] if to else [])
    desk.keys.changed.emit()
    return given


def old_keys(actions: Actions) -> set[str]:
    """The keys that commands had, but for those that mean something else in a sentence, too."""
    text = QKeySequence.SequenceFormat.NativeText
    return {each.toString(text) for keys in actions.defaults.values() for each in keys} - FIXED


def hints(window: MainWindow) -> list[str]:
    """The sentence at the foot in the states that tell of keys, and with each of the tools."""
    said, actions = [], window.actions_
    for action in actions.tools.values():
        action.trigger()
        said.append(window.status._hint)
    actions.brush.trigger()
    actions.heal.setChecked(False)
    said.append(window.status._hint)
    paint(window, (100, 100), (150, 100))
    QTest.keyClick(window.workspace.canvas, Qt.Key.Key_Return)
    said.append(window.status._hint)
    for active in (True, False):
        finding = SimpleNamespace(active=active, searching=True)
        editor: Any = SimpleNamespace(busy_opening=False, document=window.editor.document, finding=finding)
        said.append(window._hints.of(editor, ToolKind.BRUSH))
    return said


@pytest.mark.parametrize("to", ["{1}F{0}", ""], ids=["others", "none"])
def test_no_text_tells_of_a_key_that_is_another_now(desk: Desk, opened: MainWindow, to: str) -> None:
    opened.actions_.help.trigger()
    (helping,) = opened.findChildren(HelpDialog)
    early = desk.new_window()
    parts: list[QWidget] = [opened, early, helping]
    old = old_keys(opened.actions_)
    before = [text for part in parts for text in texts(part)] + hints(opened)
    found = {each for text in before for each in KEY.findall(text)} & old
    assert found >= {"Ctrl+V", "Ctrl+Return", "E", "P", "[", "]", "F6", "N"}  # it sees them
    opened.editor.clear_mask()
    given = rebind(desk, to=to)
    hinted = hints(opened)
    for text in [text for part in parts for text in texts(part)] + hinted:
        assert not set(KEY.findall(text)) & old, text
    for names, said in (
        (("restore", "eraser", "brush", "clone_source", "next_defect", "cancel"), hinted),
        (("smaller", "bigger", "heal", "cancel", "next_defect", "export", "find_damage", "divider"), texts(opened)),
        (("paste",), texts(early)),
        (tuple(given), texts(helping)),
    ):
        everything = "\n".join(said)
        for name in names if to else ():
            native = QKeySequence(given[name]).toString(QKeySequence.SequenceFormat.NativeText)
            assert native in everything, name
    helping.reject()


def test_what_has_no_key_is_called_by_its_name(desk: Desk, opened: MainWindow) -> None:
    assert opened.status._hint == "Paint over the damage, then press Ctrl+Return."
    desk.keys.choose("restore", [])
    assert opened.status._hint == "Paint over the damage, then press “Restore what is marked”."
    desk.keys.choose("restore", [QKeySequence("Ctrl+F9")])
    assert opened.status._hint == "Paint over the damage, then press Ctrl+F9."
    tip = opened.workspace.panel.heal
    assert tip.toolTip().endswith("Key: P")
    desk.keys.choose("heal", [])
    assert tip.toolTip().endswith("Key: none")
    key(opened, Qt.Key.Key_E)
    desk.keys.choose("brush", [])
    assert opened.status._hint == "Drag over marks to take them away. “Brush” goes back to the brush."


def test_the_tour_and_the_foot_follow(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.actions_.tour.trigger()
    qtbot.waitUntil(lambda: window.tour.at == 0)
    window.tour.go_on()
    assert "Ctrl+Return" in window.tour.card.words.text()
    desk.keys.choose("restore", [QKeySequence("F9")])
    assert "or F9." in window.tour.card.words.text()
    assert "F9" in window.workspace.panel.restore.toolTip()
    desk.keys.choose("cancel", [QKeySequence("F10")])
    assert window.status.stop.toolTip() == "Cancel  (F10)"
    assert window.workspace.panel.finding.leave.toolTip().endswith("Key: F10")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_key_of_the_guide_is_one_that_can_follow(window: MainWindow, language: str) -> None:
    written = (bundled.resources() / "guide" / f"guide-{language}.md").read_text(encoding="utf-8")
    marked = set(re.findall(r"`([^`]+)`", written)) - {"restorer replay"}
    defaults = [each for keys in window.actions_.defaults.values() for each in keys]
    assert len(marked) > 15
    assert all(QKeySequence(each) in defaults for each in marked)
    prose = QTextDocument()
    prose.setMarkdown(re.sub(r"`[^`]+`", "", written))
    assert not re.findall(r"Ctrl\+\w|\bF\d", prose.toPlainText())


def test_the_lists_of_commands_tell_the_keys_of_now(desk: Desk, opened: MainWindow) -> None:
    desk.keys.choose("lasso", [QKeySequence("F9")])
    opened.actions_.palette.trigger()
    (palette,) = opened.findChildren(Palette)
    rows = [palette.list.item(row) for row in range(palette.list.count())]
    assert any("Lasso" in row.text() and row.data(Qt.ItemDataRole.UserRole + 1) == "F9" for row in rows)
    palette.reject()
    assert "(F9)" in opened.bars.tools.widgetForAction(opened.actions_.lasso).toolTip()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_sentences_name_a_key_as_the_menus_do(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, opened: MainWindow, language: str
) -> None:
    known: list[QTranslator] = []
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"restorer_{language}", str(bundled.resources() / "translations")),
    ):
        translator = QTranslator(qapp)
        if translator.load(name, folder):
            qapp.installTranslator(translator)
            known.append(translator)
    try:
        actions = opened.actions_
        shown = actions.keys_of(actions.restore).split(" / ")[0].removeprefix("Ctrl+")
        delete = actions.keys_of(actions.clear_mask).split(" / ")[-1]
        assert shown == {"en": "Return", "zh_CN": "回车"}[language]
        hints, editor = Hints(actions, opened), opened.editor
        handles = hints.of(editor, ToolKind.RECTANGLE, adjustable=True)
        corner = hints.of(editor, ToolKind.POLYGON, active=True)
        monkeypatch.setattr(type(editor.finding), "active", property(lambda _self: True))
        found = hints.of(editor, ToolKind.BRUSH)
        tip = FindingPanel(editor.finding, actions).apply.toolTip()
        for sentence in (handles, corner, found, tip):
            assert shown in sentence
            assert language == "en" or not re.search("Return|Backspace|Delete", sentence)
        assert delete in handles
        assert delete in found
    finally:
        for translator in known:
            qapp.removeTranslator(translator)
