"""Light and dark can be read, and follow the choice."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from acting import boxes
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QProxyStyle, QStyle, QWidget
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.ui import icons, theme
from restorer.ui.desk import Desk
from restorer.ui.dialogs.palette import Palette
from restorer.ui.main_window import MainWindow


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance."""

    def luminance(name: str) -> float:
        colour = QColor(name)
        parts = (colour.redF(), colour.greenF(), colour.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_text_can_be_read(colours: theme.Colours) -> None:
    for text in (colours.text, colours.soft):
        for ground in (colours.window, colours.raised, colours.base, colours.hover):
            assert contrast(text, ground) >= 4.5, (text, ground)
    assert contrast(colours.onAccent, colours.accent) >= 4.5
    assert contrast(colours.onAccent, colours.accentHover) >= 4.5
    for ground in (colours.window, colours.raised, colours.base):
        assert contrast(colours.faint, ground) >= 3, ground  # the borders of controls
    for ground in (colours.window, colours.raised, colours.tint):
        assert contrast(colours.accent, ground) >= 3, ground  # focus rings, sliders, icons


@pytest.mark.parametrize("colours", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_all_around_a_picture_is_neutral(colours: theme.Colours) -> None:
    for name in (colours.window, colours.surround, colours.base, colours.border):
        colour = QColor(name)
        assert colour.red() == colour.green() == colour.blue()


def test_the_choice_changes_all_windows_at_once(desk: Desk, window: MainWindow) -> None:
    light = window.actions_.brush.icon().pixmap(24).toImage()
    window.menus.themeChosen.emit("dark")
    assert desk.theme.dark
    assert desk.settings.theme == "dark"
    assert QApplication.palette().color(QPalette.ColorRole.Window) == QColor(theme.DARK.window)
    assert window.actions_.brush.icon().pixmap(24).toImage() != light
    window.menus.themeChosen.emit("light")
    assert window.actions_.brush.icon().pixmap(24).toImage() == light


def test_icons_in_an_open_dialog_follow_the_theme(window: MainWindow) -> None:
    window.actions_.palette.trigger()
    (dialog,) = window.findChildren(Palette)

    def ink() -> int:
        """How light the lines of the first icon are, 0..255."""
        picture = dialog.list.item(0).icon().pixmap(20).toImage()
        places = [(x, y) for x in range(20) for y in range(20)]
        opaque = [picture.pixelColor(x, y) for x, y in places if picture.pixelColor(x, y).alpha() > 200]
        return round(sum(colour.lightness() for colour in opaque) / len(opaque))

    assert ink() < 60
    window.menus.themeChosen.emit("dark")
    assert ink() > 200
    window.menus.themeChosen.emit("light")


def test_each_word_of_the_style_sheet_is_known(desk: Desk) -> None:
    assert desk.theme
    sheet = QApplication.instance().styleSheet()  # type: ignore[union-attr]
    assert not re.findall(r"@\w+", sheet)
    assert Path(re.findall(r'url\("([^"]+)"\)', sheet)[0]).is_file()
    assert theme.LIGHT.accent in sheet


def test_each_icon_is_drawn_and_used(window: MainWindow) -> None:
    names = {path.stem for path in (bundled.resources() / "icons").glob("*.svg")}
    elsewhere = {"restorer", "picture", "cancel", "info", "warning", "close", "previous", "next"}
    used = set(window.actions_._icons.values()) | elsewhere
    assert names == used
    for name in names - {"restorer"}:
        drawn = icons.icon(name).pixmap(24).toImage()
        ink = sum(drawn.pixelColor(x, y).alpha() > 128 for x in range(24) for y in range(24))
        assert 15 < ink < 300, name


@pytest.mark.parametrize("name", ["light", "dark"])
def test_a_checked_tool_can_be_told(desk: Desk, opened: MainWindow, name: str) -> None:
    desk.theme.choose(name)
    button = opened.bars.tools.widgetForAction(opened.actions_.brush)
    assert opened.actions_.brush.isChecked()
    edge = button.grab().toImage().pixelColor(0, button.height() // 2)
    assert contrast(edge.name(), desk.theme.colours.window) >= 3


def test_the_sign_of_a_box_follows_the_theme(desk: Desk, window: MainWindow) -> None:
    desk.theme.choose("light")
    window.boxes.trouble("The weights reweave are damaged: install them again.")
    (box,) = boxes()
    light = box.iconPixmap().toImage()
    desk.theme.choose("dark")
    QApplication.processEvents()
    assert box.iconPixmap().toImage() != light
    box.close()


@pytest.mark.parametrize("height", [600, 720, 750, 780, 900])
def test_no_tool_drops_off_the_bar(opened: MainWindow, qtbot: QtBot, height: int) -> None:
    opened.resize(800, height)
    opened.notices.tell("Page 1 of 2 is opened.")
    buttons = [opened.bars.tools.widgetForAction(a) for a in opened.bars.tools.actions() if not a.isSeparator()]
    qtbot.waitUntil(lambda: all(button.isVisible() for button in buttons))


class StockIcons(QProxyStyle):
    """As on the desktops that have icons on the buttons of dialogs."""

    def styleHint(self, hint: QStyle.StyleHint, option: Any = None, widget: Any = None, data: Any = None) -> int:
        if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 1
        return super().styleHint(hint, option, widget, data)


@pytest.mark.parametrize("dressed", [True, False])
def test_no_box_has_icons_of_another_family(desk: Desk, opened: MainWindow, qapp: QApplication, dressed: bool) -> None:
    style = StockIcons("Fusion")
    qapp.setStyle(style)
    if not dressed:  # they would be seen otherwise
        qapp.setStyleSheet("")
    try:
        opened.boxes.recovery(["a.tif"], lambda: None, lambda: None, lambda: None)
        shown: list[QWidget] = [*boxes(), desk.show_settings(opened)]
        icons_of = [
            not button.icon().isNull() for part in shown for button in part.findChildren(QDialogButtonBox)[0].buttons()
        ]
        assert len(icons_of) == 4
        assert any(icons_of) == (not dressed)
        for part in shown:
            part.close()
    finally:
        qapp.setStyle("Fusion")
