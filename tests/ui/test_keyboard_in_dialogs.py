"""With Tab alone through each dialog and the batch window: every control is reached, and it can be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from acting import activate, key
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFileDialog,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from test_accessibility import CONTROLS, controls

from restorer import bundled
from restorer.ui.desk import Desk
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.dialogs.keys_dialog import KeysDialog
from restorer.ui.main_window import MainWindow

FIELDS = QLineEdit | QAbstractSpinBox | QComboBox | QAbstractItemView
CTRL = Qt.KeyboardModifier.ControlModifier


def tabbed_through(window: QWidget) -> list[str]:
    """Presses Tab until it is where it was; returns what is wrong."""
    wrong: list[str] = []
    wanted = [
        control
        for control in controls(window)
        if control.isVisible() and control.isEnabled() and not isinstance(control, QProgressBar)
    ]
    assert wanted
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    passed: list[QWidget] = []
    for _ in range(3 * len(wanted) + 20):
        now = QApplication.focusWidget()
        assert now is not None
        if now in passed:
            break
        passed.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is now and len(wanted) > 1:
            QTest.keyClick(now, Qt.Key.Key_Tab, CTRL)  # the way out of a field that takes tabs
            if QApplication.focusWidget() is now:
                wrong.append(f"{now.accessibleName() or now} is a trap")
                break
    else:
        wrong.append("Tab never comes back")
    for control in wanted:
        name = control.accessibleName() or getattr(control, "text", str)() or str(control)
        if control not in passed and not any(control.isAncestorOf(each) for each in passed):
            if not _of_one_group(control, passed):
                wrong.append(f"{name} is not reached")
            continue
        control.clearFocus()
        QApplication.processEvents()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if control.hasFocus() and control.grab().toImage() == before:
            wrong.append(f"{name}: the focus cannot be seen")
    return wrong


def _of_one_group(control: QWidget, passed: list[QWidget]) -> bool:
    """Radio buttons and the like: arrows go between them."""
    alike = [each for each in passed if type(each) is type(control) and each.parentWidget() is control.parentWidget()]
    return bool(getattr(control, "autoExclusive", lambda: False)()) and bool(alike)


def _export(_desk: Desk, window: MainWindow) -> QWidget:
    key(window, Qt.Key.Key_E, CTRL)
    (dialog,) = window.findChildren(ExportDialog)
    return dialog


def _batch(desk: Desk, _window: MainWindow) -> QWidget:
    """With pictures in it, so that what is done with pictures can be done."""
    desk.engine.detectors = []
    return desk.show_batch([bundled.resources() / "samples"])


def _shown(kind: type[QWidget], action: str) -> Callable[[Desk, MainWindow], QWidget]:
    def show(_desk: Desk, window: MainWindow) -> QWidget:
        getattr(window.actions_, action).trigger()
        (dialog,) = window.findChildren(kind)
        return dialog

    return show


WINDOWS: dict[str, Callable[[Desk, MainWindow], QWidget]] = {
    "settings": lambda desk, window: desk.show_settings(window),
    "keys": _shown(KeysDialog, "keys"),
    "help": _shown(HelpDialog, "help"),
    "adapt": lambda desk, window: desk.show_adapting(window),
    "export": _export,
    "batch": _batch,
}


@pytest.mark.parametrize("name", WINDOWS)
def test_tab_reaches_everything_and_comes_back(
    desk: Desk, opened: MainWindow, photograph: Path, qtbot: QtBot, name: str
) -> None:
    del photograph
    window = WINDOWS[name](desk, opened)
    window.show()
    activate(window, qtbot)
    qtbot.waitExposed(window)
    assert tabbed_through(window) == []
    window.close()


@pytest.mark.parametrize("name", WINDOWS)
def test_return_in_a_field_presses_no_button_by_chance(desk: Desk, opened: MainWindow, qtbot: QtBot, name: str) -> None:
    """Only the one that a dialog was given for it, which the export's has."""
    pressed: list[str] = []
    asked = fields = 0

    def note(*_: object) -> None:
        nonlocal asked
        asked += 1

    while True:  # anew for each, since Return may close it
        activate(opened, qtbot)
        window = WINDOWS[name](desk, opened)
        window.show()
        activate(window, qtbot)
        if isinstance(window, ExportDialog):
            window.chosen.disconnect()
            window.chosen.connect(note)
            window.chosen.connect(window.close)  # as once it is known that it can be written there
        for button in window.findChildren(QAbstractButton):
            button.clicked.connect(lambda _on=False, button=button: pressed.append(button.text()))
        found = [
            field
            for field in window.findChildren(QWidget)
            if isinstance(field, FIELDS) and field.isVisible() and field.isEnabled()
        ]
        if fields == len(found):
            break
        field = found[fields]
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert pressed == (["Export"] if name == "export" else []), field.accessibleName() or field
        assert not [each for each in QApplication.topLevelWidgets() if isinstance(each, QFileDialog)]
        pressed.clear()
        fields += 1
        if name == "export":
            assert asked == 1
            asked = 0
        else:
            window.close()
        if name == "batch":
            qtbot.waitUntil(lambda: desk.batch is None)
        else:
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert fields > 0 or name == "help"
    window.close()


@pytest.mark.parametrize("name", ["settings", "keys", "adapt", "export"])
def test_return_presses_the_button_that_it_is_pressed_on(
    desk: Desk, opened: MainWindow, qtbot: QtBot, name: str
) -> None:
    window = WINDOWS[name](desk, opened)
    window.show()
    activate(window, qtbot)
    closing = window.findChildren(QPushButton)
    button = next(each for each in closing if each.text() in ("Close", "&Close", "Cancel", "&Cancel"))
    pressed: list[str] = []
    for each in closing:
        each.clicked.connect(lambda _on=False, each=each: pressed.append(each.text()))
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == [button.text()]
    assert not window.isVisible()


def test_what_tab_passes_by_would_be_noticed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    buttons = [QPushButton(words) for words in ("one", "two", "three")]
    for button in buttons:
        layout.addWidget(button)
    holder.show()
    activate(holder, qtbot)
    assert tabbed_through(holder) == []
    buttons[1].setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    assert tabbed_through(holder) == ["two is not reached"]
    assert isinstance(buttons[1], CONTROLS)
