"""The first minutes: the tour, walked and skipped; the guide; the picture on the clipboard."""

from __future__ import annotations

import re

import numpy as np
import pytest
from acting import FILLED, boxes, key, paint
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.ui import translation
from restorer.ui.desk import Desk
from restorer.ui.dialogs.help_dialog import HelpDialog
from restorer.ui.main_window import MainWindow
from restorer.ui.settings import Settings

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def inside(window: MainWindow, widget: QWidget) -> bool:
    return window.rect().contains(QRect(widget.mapTo(window, widget.rect().topLeft()), widget.size()))


def test_walked_by_doing_what_it_says(window: MainWindow, settings: Settings, qtbot: QtBot) -> None:
    offer = window.start.tour
    assert offer.isVisible()
    window.start.tourTaken.emit()
    qtbot.waitUntil(lambda: window.tour.at == 0, timeout=20000)
    tour = window.tour
    assert not offer.isVisible()
    assert settings.tour_seen
    assert inside(window, tour.card)
    QTest.mouseClick(tour.card.next, LEFT)
    assert tour.at == 1
    assert tour.frame.isVisible()
    window.workspace.canvas.setFocus()
    key(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: tour.at == 2, timeout=20000)
    key(window, Qt.Key.Key_D)
    assert tour.at == 3
    document = window.editor.document
    assert document is not None
    assert len(document.repairs) == 1
    canvas = window.workspace.canvas
    QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.NoModifier, canvas.rect().center())
    qtbot.waitUntil(lambda: tour.at == 4, timeout=20000)
    assert inside(window, tour.card)
    assert tour.card.next.text() == "Done"
    QTest.mouseClick(tour.card.next, LEFT)
    assert tour.at == -1
    assert not tour.card.isVisible()
    assert not tour.frame.isVisible()


def test_the_colour_of_marks_is_called_what_it_is(window: MainWindow, qtbot: QtBot) -> None:
    colour = window.workspace.panel.tools.colour
    colour.setCurrentIndex(colour.findData("green"))
    window.tour.start()
    qtbot.waitUntil(lambda: window.tour.at == 0, timeout=20000)
    words = window.tour.card.words
    assert "sample, green lies" in words.text()
    QTest.mouseClick(window.tour.card.next, LEFT)
    assert "what is green is filled" in words.text()
    colour.setFocus()
    QTest.keyClick(colour, Qt.Key.Key_Down)  # blue, while it is being told of
    assert "what is blue is filled" in words.text()
    assert "what is blue is filled" in window.tour.card.accessibleName()
    assert colour.hasFocus()


def test_skipped_it_is_gone_for_good(desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    window.start.tourLeft.emit()
    assert not window.start.tour.isVisible()
    other = desk.new_window()
    assert not other.start.tour.isVisible()
    other.actions_.tour.trigger()  # but Help has it
    qtbot.waitUntil(lambda: other.tour.at == 0, timeout=20000)
    QTest.mouseClick(other.tour.card.skip, LEFT)
    assert other.tour.at == -1
    assert other.editor.document is not None  # the sample stays, to be tried


def test_from_a_window_with_a_photograph_it_opens_another(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    opened.actions_.tour.trigger()
    assert len(desk.windows) == 2
    qtbot.waitUntil(lambda: desk.windows[1].tour.at == 0, timeout=20000)
    assert opened.tour.at == -1


@pytest.mark.parametrize("size", [(800, 560), (1280, 820)])
def test_each_step_lies_in_the_window(window: MainWindow, size: tuple[int, int], qtbot: QtBot) -> None:
    window.resize(*size)
    window.tour.start()
    qtbot.waitUntil(lambda: window.tour.at == 0, timeout=20000)
    for step in range(5):
        assert window.tour.at == step
        QApplication.processEvents()
        assert inside(window, window.tour.card)
        words = window.tour.card.words
        assert words.height() >= words.heightForWidth(words.width())
        window.tour.go_on()
    assert window.tour.at == -1


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_guide_is_there_in_both_languages_with_its_pictures(
    window: MainWindow, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translation, "_language", [language])
    window.actions_.help.trigger()
    (dialog,) = window.findChildren(HelpDialog)
    text = dialog.guide.toPlainText()
    assert len(text) > 800
    assert bool(re.search("[\u4e00-\u9fff]", text)) == (language == "zh_CN")
    pictures = re.findall(r"!\[[^]]*\]\(([^)]+)\)", dialog.guide.toMarkdown())
    assert pictures
    for name in pictures:
        picture = QImage(str(bundled.resources() / "guide" / name))
        assert not picture.isNull(), name
        assert picture.width() <= 760  # it has room in the dialog
    assert "http" not in dialog.guide.toMarkdown()
    dialog.reject()


def test_the_guides_say_the_same() -> None:
    folder = bundled.resources() / "guide"
    english, chinese = ((folder / f"guide-{each}.md").read_text(encoding="utf-8") for each in ("en", "zh_CN"))
    shape = re.compile(r"^(#+|-|\d\.|!)", re.MULTILINE)
    assert shape.findall(english) == shape.findall(chinese)


def test_the_restored_picture_on_the_clipboard(opened: MainWindow, qtbot: QtBot) -> None:
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not opened.editor.working)
    QGuiApplication.clipboard().clear()
    key(opened, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    document = opened.editor.document
    assert document is not None
    copied = QGuiApplication.clipboard().image().convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(copied.constBits(), np.uint8).reshape(copied.height(), copied.bytesPerLine())
    seen = rows[:, : 3 * copied.width()].reshape(copied.height(), copied.width(), 3)
    assert (seen == document.image.read(document.bounds)).all()
    assert (seen[100, 150] == FILLED).all()
    assert "clipboard" in opened.status.text.text()


def test_a_copy_with_marks_that_are_not_restored_is_said_to_be_one(opened: MainWindow, qtbot: QtBot) -> None:
    paint(opened, (100, 100), (200, 100))
    QGuiApplication.clipboard().clear()
    key(opened, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: not QGuiApplication.clipboard().image().isNull())
    assert "have not been restored" in opened.status.text.text()


def test_a_picture_that_is_too_large_is_not_copied(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr("restorer.ui.exporting.COPIED", 100)
    opened.actions_.copy.trigger()
    qtbot.waitUntil(lambda: bool(boxes()))
    assert "export" in boxes()[0].text()
    boxes()[0].close()
