"""Names, roles, keys and room: what people need who do not see well, or do not use a mouse."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from acting import FakeRestorer, key, paint, save_photograph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from test_theme import contrast

from restorer import bundled
from restorer.ui import theme
from restorer.ui.desk import Desk
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.dialogs.keys_dialog import KeysDialog
from restorer.ui.dialogs.palette import Palette
from restorer.ui.main_window import MainWindow

CONTROLS = (
    QAbstractButton, QAbstractSlider, QAbstractSpinBox, QAbstractItemView, QComboBox, QLineEdit, QKeySequenceEdit,
    QProgressBar,
)  # fmt: skip
ROLES = {
    QAbstractButton: {QAccessible.Role.Button, QAccessible.Role.CheckBox, QAccessible.Role.ButtonMenu,
                      QAccessible.Role.RadioButton},
    QAbstractSlider: {QAccessible.Role.Slider},
    QAbstractSpinBox: {QAccessible.Role.SpinBox},
    QAbstractItemView: {QAccessible.Role.List, QAccessible.Role.Tree, QAccessible.Role.Table},
    QComboBox: {QAccessible.Role.ComboBox, QAccessible.Role.PopupMenu},
    QLineEdit: {QAccessible.Role.EditableText},
    QProgressBar: {QAccessible.Role.ProgressBar},
}  # fmt: skip


def controls(parent: QWidget) -> Iterator[QWidget]:
    """All but the insides of other controls, which Qt makes and names itself."""
    for widget in parent.findChildren(QWidget):
        inside = any(
            isinstance(around, CONTROLS) and around is not widget
            for around in ancestors(widget)
            if around is not parent
        )
        own = not widget.objectName().startswith("qt_") and not isinstance(widget, QScrollBar)
        if isinstance(widget, CONTROLS) and own and not inside:
            yield widget


def ancestors(widget: QWidget) -> Iterator[QWidget]:
    around = widget.parentWidget()
    while around is not None:
        yield around
        around = around.parentWidget()


def examine(parent: QWidget) -> int:
    """Each control has a name and its role, and can be reached by keys; returns how many there are."""
    number = 0
    for control in controls(parent):
        number += 1
        spoken = QAccessible.queryAccessibleInterface(control)
        name = spoken.text(QAccessible.Text.Name)
        assert name.strip(), f"{control} in {control.parent()} has no name"
        for kind, roles in ROLES.items():
            if isinstance(control, kind):
                assert spoken.role() in roles, f"{name}: {spoken.role()}"
        if not isinstance(control, QProgressBar):
            assert control.focusPolicy().value & Qt.FocusPolicy.TabFocus.value, f"{name} cannot be reached by Tab"
    return number


@pytest.fixture
def repaired(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> MainWindow:
    del fake
    opened.actions_.heal.setChecked(True)
    paint(opened, (100, 100), (150, 100))
    qtbot.waitUntil(lambda: bool(opened.editor.document and opened.editor.document.repairs))
    opened.workspace.panel.history.list.setCurrentRow(0)
    return opened


def dialogs(desk: Desk, window: MainWindow) -> list[QWidget]:
    window.actions_.keys.trigger()
    window.actions_.help.trigger()
    window.actions_.palette.trigger()
    made: list[QWidget] = [desk.show_settings(window)]
    for kind in (KeysDialog, HelpDialog, Palette):
        made += window.findChildren(kind)
    assert len(made) == 4
    return made


def test_every_control_has_a_name_a_role_and_a_way_to_it(desk: Desk, repaired: MainWindow) -> None:
    assert examine(repaired) > 50
    assert sum(map(examine, dialogs(desk, repaired))) > 15


def test_a_control_without_a_name_would_be_noticed(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    button = QPushButton(parent)
    with pytest.raises(AssertionError, match="has no name"):
        examine(parent)
    button.setText("Restore")
    assert examine(parent) == 1
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    with pytest.raises(AssertionError, match="reached"):
        examine(parent)


def wandered(window: MainWindow, name: Qt.Key, held: Qt.KeyboardModifier) -> set[QWidget]:
    """What a key goes to, again and again, until it is where it was."""
    window.workspace.panel.first.setFocus()
    passed: list[QWidget] = []
    while True:
        now = QApplication.focusWidget()
        assert now is not None
        if now in passed:
            # back at the beginning, not round and round in a part of it
            assert now is passed[0], f"{passed[-1].accessibleName()} leads back to {now.accessibleName()}"
            return set(passed)
        passed.append(now)
        if now is window.workspace.canvas and name == Qt.Key.Key_Tab:  # there Tab hides the panel
            window.workspace.panel.first.setFocus()
        else:
            QTest.keyClick(now, name, held)


@pytest.mark.parametrize("back", [False, True], ids=["Tab", "Shift+Tab"])
def test_tab_goes_through_everything_and_comes_back(repaired: MainWindow, back: bool) -> None:
    """The bars and the notices, too."""
    repaired.notices.tell("The graphics card failed (it was lost): the CPU is used, which takes longer.", warning=True)
    passed = (
        wandered(repaired, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        if back
        else wandered(repaired, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
    )
    wanted = [
        control
        for control in controls(repaired)
        if control.isVisible() and control.isEnabled() and not isinstance(control, QProgressBar)
    ]
    assert any(repaired.bars.view.isAncestorOf(control) for control in wanted)
    for control in wanted:
        assert control in passed, control.accessibleName() or control
    assert repaired.workspace.panel.isVisible()
    assert repaired.actions_.panels.isChecked()


def test_a_key_that_is_held_on_a_button_of_the_bar_is_held(repaired: MainWindow) -> None:
    """It means the picture's, which the window listens to, and does not press the button over and over."""
    original = repaired.actions_.original
    button = repaired.bars.view.widgetForAction(original)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyPress(button, Qt.Key.Key_X)
    again = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_X, Qt.KeyboardModifier.NoModifier, "x", True)
    QApplication.sendEvent(button, again)
    assert original.isChecked()
    QTest.keyRelease(button, Qt.Key.Key_X)
    assert not original.isChecked()


def test_f6_goes_from_part_to_part(repaired: MainWindow) -> None:
    def parts() -> list[QWidget]:
        repaired.workspace.canvas.setFocus()
        places: list[QWidget] = []
        while (now := QApplication.focusWidget()) not in places:
            assert now is not None
            places.append(now)
            QTest.keyClick(now, Qt.Key.Key_F6)
        assert now is repaired.workspace.canvas
        return places

    places = parts()
    assert len(places) == 4
    for part in (repaired.workspace.panel, repaired.bars.tools, repaired.bars.view):
        assert any(part.isAncestorOf(place) for place in places)
    repaired.notices.tell("Page 1 of 2 is opened.")
    (notice,) = repaired.notices.told
    places = parts()
    assert len(places) == 5
    assert notice.close_ in places
    notice.close_.setFocus()
    QTest.keyClick(notice.close_, Qt.Key.Key_Space)
    assert not repaired.notices.isVisible()
    assert len(parts()) == 4


def test_tab_on_the_picture_hides_the_panel(opened: MainWindow) -> None:
    opened.workspace.canvas.setFocus()
    key(opened, Qt.Key.Key_Tab)
    assert not opened.workspace.panel.isVisible()
    key(opened, Qt.Key.Key_Tab)
    assert opened.workspace.panel.isVisible()


@pytest.mark.parametrize("name", ["light", "dark"])
def test_where_the_focus_is_can_be_seen(desk: Desk, repaired: MainWindow, name: str) -> None:
    desk.theme.choose(name)
    for control in controls(repaired):
        if not control.isVisible() or not control.isEnabled() or isinstance(control, QProgressBar):
            continue
        if not repaired.isActiveWindow():
            repaired.activateWindow()
        control.clearFocus()
        QApplication.processEvents()
        before = control.grab().toImage()
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if not control.hasFocus():  # a view that is folded away
            continue
        after = control.grab().toImage()
        named = control.accessibleName() or control
        assert before.size() == after.size(), named
        assert before != after, f"{named}: the focus cannot be seen"


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_contrast_of_all_that_is_read(colours: theme.Colours) -> None:
    """WCAG 2.2, 1.4.3 and 1.4.11, for each pair of the style sheet."""
    sheet = (bundled.resources() / "theme" / "theme.qss").read_text(encoding="utf-8")
    grounds = {"window", "raised", "base", "hover", "tint"}
    pairs = 0
    for rule in re.findall(r"\{([^}]*)\}", sheet):
        text, ground = re.search(r"(?<!-)color: @(\w+)", rule), re.search(r"background(?:-color)?: @(\w+)", rule)
        if text and text[1] != "faint":  # which is what is disabled
            accent = text[1] == "accent"  # only on the window itself
            for name in {ground[1]} if ground else {"window"} if accent else grounds - {"tint"}:
                pairs += 1
                assert contrast(getattr(colours, text[1]), getattr(colours, name)) >= 4.5, (text[1], name)
    assert pairs > 8
    assert contrast(colours.text, colours.tint) >= 4.5


# --- contrast, as it is rendered ---------------------------------------------------------------------------------


def rendered(part: QWidget) -> NDArray[np.uint32]:
    """A window's pixels: a widget alone has no ground."""
    picture = part.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1)[:, : picture.width()]
    return pixels & 0xFFFFFF


def standing_out(pixels: NDArray[np.uint32]) -> float:
    """The contrast of what stands out most from the ground, the colour that most pixels have."""
    colours, counts = np.unique(pixels, return_counts=True)
    names = [f"#{colour:06x}" for colour in colours.tolist()]
    ground = names[int(counts.argmax())]
    return max(contrast(name, ground) for name in names)


def faint(part: QWidget) -> list[str]:
    """Words with less than 4.5 to 1, and signs with less than 3 to 1."""
    found, pixels = [], rendered(part)
    for widget in part.findChildren(QWidget):
        sign = isinstance(widget, QToolButton) and not widget.icon().isNull()
        worded = isinstance(widget, QLabel | QAbstractButton | QLineEdit) and bool(widget.text().strip())
        if not widget.isVisible() or not widget.isEnabled() or widget.property("role") == "card":
            continue
        if not (worded or sign) or widget.window() is not part or widget.visibleRegion().isEmpty():
            continue
        seen = widget.visibleRegion().boundingRect()
        place = seen.translated(widget.mapTo(part, QPoint(0, 0))).adjusted(3, 3, -3, -3)  # a frame has its own
        if place.width() < 4 or place.height() < 6:
            continue
        ratio = standing_out(pixels[place.top() : place.bottom() + 1, place.left() : place.right() + 1])
        if ratio < (3 if sign else 4.5):
            found.append(f"{type(part).__name__}: {widget.accessibleName() or widget.text()!r} has {ratio:.2f}")
    return found


@pytest.mark.parametrize("name", ["light", "dark"])
def test_all_that_is_read_has_contrast_as_it_is_rendered(
    desk: Desk, repaired: MainWindow, name: str, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.theme.choose(name)
    repaired.resize(1280, 900)
    repaired.notices.tell("The graphics card failed (it was lost): the CPU is used, which takes longer.", warning=True)
    for section in repaired.workspace.panel.sections.values():
        section.heading.setChecked(True)
    early = desk.new_window()
    early.start.tour.show()
    batch = desk.show_batch([save_photograph(tmp_path / "a.png")])
    qtbot.waitUntil(lambda: bool(batch.files.rows.rows), timeout=30_000)
    parts = [repaired, early, batch, *dialogs(desk, repaired)]
    QApplication.processEvents()
    found = [words for part in parts for words in faint(part)]
    (tmp_path / "bad.png").write_bytes(b"")
    early.open_all([tmp_path / "bad.png"])
    qtbot.waitUntil(early.trouble.isVisible, timeout=30_000)
    found += faint(early)
    assert not found, "\n".join(found)


def test_faint_words_would_be_noticed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    words = QLabel("Restored", holder)
    words.setStyleSheet("background: #ffffff; color: #767676")
    words.resize(120, 30)
    holder.show()
    assert faint(holder) == []
    words.setStyleSheet("background: #ffffff; color: #808080")
    assert len(faint(holder)) == 1


def test_an_untranslated_string_would_be_noticed(tmp_path: Path) -> None:
    """The check that CI runs (test_words) on a file with one string more."""
    fresh = tmp_path / "zh.ts"
    source = tmp_path / "new.py"
    source.write_text("class New(QObject):\n    def say(self):\n        return self.tr('Not there yet')\n")
    tool = Path(sys.executable).with_name("pyside6-lupdate")
    arguments = ["-source-language", "en", "-target-language", "zh_CN", "-silent", "-ts", str(fresh)]
    subprocess.run([tool, str(source), *arguments], check=True, capture_output=True)
    (message,) = ElementTree.parse(fresh).getroot().iter("message")
    translation = message.find("translation")
    assert translation is not None
    assert translation.get("type") == "unfinished"
