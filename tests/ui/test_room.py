"""Room for words: text twice as large, and a language forty per cent longer; nothing is cut, nothing overlaps."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from acting import FakeRestorer, boxes, open_in, paint, save_photograph
from PySide6.QtCore import QPoint, QRect, Qt, QTranslator
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionViewItem,
    QTabBar,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from restorer.ui import theme
from restorer.ui.card import Card
from restorer.ui.desk import Desk
from restorer.ui.dialogs.candidates_dialog import PICTURE
from restorer.ui.main_window import MainWindow
from restorer.ui.status_bar import Foot

SCREEN = 1366, 768
"""Logical px of the smallest screen that all of it has to fit on, text being as large as usual."""


BUTTONS = QPushButton | QCheckBox | QRadioButton | QToolButton
"""The words of which are seen, apart from those of a card, which shortens its own."""


class Longer(QTranslator):
    """English, forty per cent longer, with letters that show what was not translated."""

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str:
        del disambiguation, n
        if not context[:1].isupper() or context.startswith("Q") or context == "Sentences":
            return None  # type: ignore[return-value]  # so that Qt goes on looking
        return f"[{source}{'~' * round(0.4 * len(source))}]"


@pytest.fixture(params=["text doubled", "words longer"])
def demanding(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[str]:
    """Before any window is made."""
    usual, longer = qapp.font(), Longer(qapp)
    if request.param == "text doubled":
        large = qapp.font()
        large.setPointSizeF(2 * usual.pointSizeF())
        qapp.setFont(large)
        assert theme.text_size() >= 2 * theme.USUAL_TEXT - 2
    else:
        qapp.installTranslator(longer)
    yield request.param
    qapp.setFont(usual)
    qapp.removeTranslator(longer)


def cut(part: QWidget) -> list[str]:
    """What is not wholly seen in a window, a dialog or a panel."""
    found = []
    for widget in part.findChildren(QWidget):
        if widget.isVisible() and widget.window() is part.window():
            words = _cut(widget) or _beyond(widget) or _overlapping(widget)
            if words:
                found.append(f"{type(part).__name__}: {type(widget).__name__} {_words_of(widget)!r}: {words}")
    return found


def _words_of(widget: QWidget) -> str:
    text = getattr(widget, "text", None)
    said = text() if callable(text) else ""
    return said or widget.accessibleName() or widget.objectName()


def _cut(widget: QWidget) -> str:
    if isinstance(widget, Foot):
        return ""  # says itself what it cannot show
    if isinstance(widget, QLabel) and widget.text():
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
            return f"{widget.height()} of {needed} px high" if widget.height() < needed - 1 else ""
        needed = widget.minimumSizeHint()
    elif isinstance(widget, BUTTONS) and widget.text() and widget.property("role") != "card":
        needed = widget.sizeHint()
    elif isinstance(widget, QComboBox | QLineEdit):
        needed = widget.minimumSizeHint()
    elif isinstance(widget, QTabBar):
        needed = widget.sizeHint()
    else:
        return ""
    if widget.width() < needed.width() - 1 or widget.height() < needed.height() - 1:
        return f"{widget.width()}×{widget.height()} of {needed.width()}×{needed.height()} px"
    return ""


def _beyond(widget: QWidget) -> str:
    """Does it stand out of what holds it, where nothing can be scrolled to it?"""
    if not isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
        return ""
    around = widget.parentWidget()
    place = QRect(QPoint(0, 0), widget.size())
    child = widget
    while around is not None and child is not widget.window():
        place.translate(child.pos())
        scrolled = isinstance(around.parentWidget(), QAbstractScrollArea)
        if scrolled:
            return "" if place.left() >= 0 and place.right() < around.width() else "cut at a side"
        if not around.rect().adjusted(-1, -1, 1, 1).contains(place):
            return f"stands out of {type(around).__name__}"
        child, around = around, around.parentWidget()
    return ""


def _overlapping(widget: QWidget) -> str:
    layout = widget.layout()
    if layout is None:
        return ""
    shown = [
        child
        for child in widget.findChildren(QWidget)
        if child.parentWidget() is widget and child.isVisible() and _words_of(child) and layout.indexOf(child) >= 0
    ]
    for index, one in enumerate(shown):
        for other in shown[index + 1 :]:
            if one.geometry().intersects(other.geometry()):
                return f"{_words_of(one)!r} lies over {_words_of(other)!r}"
    return ""


def settled(widget: QWidget) -> QWidget:
    for _ in range(3):
        QApplication.processEvents()
    return widget


def fits(part: QWidget, demanding: str) -> list[str]:
    """Does it fit on a screen, with words or text of that size?"""
    scale = 1.5 if demanding == "text doubled" else 1.0
    if part.width() > scale * SCREEN[0] or part.height() > scale * SCREEN[1]:
        return [f"{type(part).__name__}: {part.width()}×{part.height()} px"]
    return []


def test_before_a_photograph_is_open(demanding: str, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    desk.settings.remember(save_photograph(tmp_path / "album-1931-a-rather-long-name-of-a-scan.png"))
    window = desk.new_window()
    window.resize(1024, 700)
    window.start.tour.show()
    found = cut(settled(window))
    window.opening.show_name("album-1931-a-rather-long-name-of-a-scan.png")
    window._pages.setCurrentWidget(window.opening)
    found += cut(settled(window))
    (tmp_path / "bad.png").write_bytes(b"")
    window.open_all([tmp_path / "bad.png"])
    qtbot.waitUntil(window.trouble.isVisible, timeout=30_000)
    window.notices.tell("The graphics card failed (it was lost): the CPU is used, which takes longer. " * 2)
    found += cut(settled(window))
    assert window.width() == 1024
    assert not found, "\n".join(found)
    del demanding


def test_the_window_and_its_panel(demanding: str, desk: Desk, fake: FakeRestorer, tmp_path: Path, qtbot: QtBot) -> None:
    window = desk.new_window()
    window.resize(1280, 800)
    open_in(window, save_photograph(tmp_path / "a.png"), qtbot)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (150, 100))
    qtbot.waitUntil(lambda: bool(window.editor.document and window.editor.document.repairs), timeout=30_000)
    window.workspace.panel.history.list.setCurrentRow(0)
    for section in window.workspace.panel.sections.values():
        section.heading.setChecked(True)
    histogram = window.workspace.panel.histogram  # which another thread counts
    qtbot.waitUntil(lambda: bool(histogram._high.text()) and histogram._counting is None, timeout=30_000)
    qtbot.waitUntil(lambda: histogram._high.width() >= histogram._high.sizeHint().width(), timeout=5000)
    found = cut(settled(window))
    for name in ("wand", "clone", "polygon"):
        getattr(window.actions_, name).trigger()
        found += cut(settled(window))
    window.workspace.panel.finding.setVisible(True)
    found += cut(settled(window))
    window.workspace.panel.finding.setVisible(False)
    window.tour._stops = window.tour._made()
    for stop in range(5):
        window.tour._show(stop)
        found += cut(settled(window))
        assert window.rect().contains(window.tour.card.geometry())
    window.tour.end()
    fake.hold()
    window.editor.set_mask(np.indices((200, 300)).sum(0) < 60, "A corner")
    window.editor.restore()
    qtbot.waitUntil(window.status.stop.isVisible, timeout=30_000)
    found += cut(settled(window))
    fake.release()
    assert window.width() == 1280
    assert window.workspace.canvas.width() > 500
    assert not found, "\n".join(found)
    del demanding


def test_rows_of_the_repairs_are_seen_whole(
    demanding: str, desk: Desk, fake: FakeRestorer, tmp_path: Path, qtbot: QtBot
) -> None:
    del fake, demanding
    window = desk.new_window()
    window.resize(1024, 720)
    open_in(window, save_photograph(tmp_path / "a.png"), qtbot)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (150, 100))
    qtbot.waitUntil(lambda: bool(window.editor.document and window.editor.document.repairs), timeout=30_000)
    for section in window.workspace.panel.sections.values():
        section.heading.setChecked(True)
    listed = window.workspace.panel.history.list
    window.editor.reworking.rename(1, "The crease from the corner to the horizon")
    settled(window)
    option = QStyleOptionViewItem()
    listed.initViewItemOption(option)
    option.rect.setWidth(listed.viewport().width())
    index = listed.model().index(0, 0)
    needed = listed.itemDelegateForIndex(index).sizeHint(option, index).height()
    place = listed.visualItemRect(listed.item(0))
    assert place.height() >= needed
    assert listed.viewport().rect().contains(place)
    assert not listed.horizontalScrollBar().isVisible()


@pytest.mark.parametrize(
    "name", ["3  A margin 12 px wider", "4  Copied from the surroundings", "4  从周围复制像素来填补"]
)
def test_the_name_of_a_candidate_is_not_shortened(demanding: str, qtbot: QtBot, name: str) -> None:
    del demanding
    card = Card(name, name, PICTURE, lines=2)
    qtbot.addWidget(card)
    assert "…" not in card.text()
    assert card.text().replace("\n", "").replace(" ", "") == name.replace(" ", "")
    lines = card.text().split("\n")
    letters = card.fontMetrics()
    assert all(letters.horizontalAdvance(line) <= PICTURE.width() for line in lines)
    assert card.height() - PICTURE.height() >= 2 * letters.lineSpacing()


def test_the_dialogs(demanding: str, desk: Desk, fake: FakeRestorer, tmp_path: Path, qtbot: QtBot) -> None:
    del fake
    window = desk.new_window()
    window.resize(1280, 800)
    desk.engine.models = ["reweave", "patches"]
    open_in(window, save_photograph(tmp_path / "a.png"), qtbot)
    window.actions_.heal.setChecked(True)
    paint(window, (100, 100), (150, 100))
    qtbot.waitUntil(lambda: bool(window.editor.document and window.editor.document.repairs), timeout=30_000)
    window.workspace.panel.history.list.setCurrentRow(0)
    found: list[str] = []
    untranslated: set[str] = set()

    def look(open_it: object) -> None:
        before = set(window.findChildren(QDialog))
        assert callable(open_it)
        open_it()
        qtbot.wait(60)
        (dialog,) = [each for each in window.findChildren(QDialog) if each not in before and each.isVisible()]
        found.extend(cut(settled(dialog)) + fits(dialog, demanding))
        for button in dialog.findChildren(QPushButton):
            if button.isVisible() and not button.text().startswith("["):
                untranslated.add(button.text())
        dialog.close()
        QApplication.processEvents()

    actions = window.actions_
    for action in (actions.settings, actions.keys, actions.help, actions.palette, actions.adapt, actions.export):
        look(action.trigger)
    look(window.workspace.panel.history.chosen_one.more.click)
    look(window.close)
    look(lambda: window.boxes.trouble("The weights reweave are damaged: install them again."))
    look(window.boxes.about)
    look(lambda: window.boxes.many(12, lambda: None))
    look(lambda: window.boxes.mask_or_picture("a.png", lambda: None, lambda: None))
    look(lambda: window.boxes.overwrite(["a.png"], lambda: None, lambda: None))
    assert not boxes()
    assert not found, "\n".join(found)
    if demanding == "words longer":  # Qt's own, and what a person has named
        assert {text for text in untranslated if not text.startswith(str(tmp_path)[:4])} <= {
            "Close", "&Close", "OK", "Cancel", "&Cancel",
        }  # fmt: skip


def test_the_window_of_a_batch(demanding: str, desk: Desk, window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    batch = desk.show_batch([save_photograph(tmp_path / "album-1931-a-rather-long-name-of-a-scan.png")])
    batch.resize(1180, 760)
    qtbot.waitUntil(lambda: bool(batch.files.rows.rows), timeout=30_000)
    batch.last.show()
    batch.last.words.setText(batch.last.tr("The last batch was not finished. Pictures: {}").format(3))
    found = cut(settled(batch))
    batch.pages.setCurrentWidget(batch.review)
    batch.foot._offer(batch.foot.pause, batch.foot.skip, batch.foot.cancel)
    found += cut(settled(batch)) + fits(batch, demanding)
    assert not found, "\n".join(found)
    del window


def test_what_is_pressed_grows_with_the_letters(demanding: str, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    window = desk.new_window()
    window.resize(*SCREEN)
    open_in(window, save_photograph(tmp_path / "a.png"), qtbot)
    settled(window)
    least = 1.3 if demanding == "text doubled" else 1
    heal = window.workspace.panel.heal
    assert heal.style().pixelMetric(QStyle.PixelMetric.PM_IndicatorWidth, None, heal) >= 16 * least
    for bar in (window.bars.tools, window.bars.view):
        assert bar.iconSize().width() >= 20 * least
        buttons = [bar.widgetForAction(action) for action in bar.actions() if not action.isSeparator()]
        qtbot.waitUntil(lambda buttons=buttons: all(button.isVisible() for button in buttons))  # none drops off


def test_what_ends_a_search_is_seen_at_once(
    demanding: str, desk: Desk, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = desk.new_window()
    window.resize(1366, 700)
    open_in(window, save_photograph(tmp_path / "a.png"), qtbot)
    finding, panel = window.editor.finding, window.workspace.panel
    monkeypatch.setattr(type(finding), "active", property(lambda _self: True))
    finding.changed.emit()
    settled(window)
    for button in (panel.finding.apply, panel.finding.following, panel.finding.leave):
        assert button.visibleRegion().boundingRect() == button.rect()
    assert panel._scroll.height() > 100
    assert not cut(window)
    monkeypatch.undo()
    finding.changed.emit()
    assert not panel.finding.leave.isVisible()
    del demanding


@pytest.mark.parametrize("size", [(1366, 700), (800, 560)])
def test_the_main_switch_is_seen_at_once(
    demanding: str, size: tuple[int, int], desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    """Whatever is unfolded, and wherever the panel has been scrolled to."""
    window = desk.new_window()
    window.resize(*size)
    open_in(window, save_photograph(tmp_path / "a.png"), qtbot)
    panel = window.workspace.panel
    for section in panel.sections.values():
        section.heading.setChecked(True)
    bar = panel._scroll.verticalScrollBar()
    for value in (bar.minimum(), bar.maximum()):
        bar.setValue(value)
        settled(window)
        assert panel.heal.visibleRegion().boundingRect() == panel.heal.rect()
        assert window.rect().contains(QRect(panel.heal.mapTo(window, QPoint(0, 0)), panel.heal.size()))
    assert panel._scroll.height() > 100  # the rest has not been squeezed out
    window.actions_.heal.setChecked(False)
    QTest.mouseClick(panel.heal, Qt.MouseButton.LeftButton, pos=QPoint(8, panel.heal.height() // 2))
    assert window.actions_.heal.isChecked()
    del demanding


def test_words_that_are_cut_would_be_noticed(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    holder.resize(300, 200)
    words, button = QLabel("Words that take some room", holder), QPushButton("Restore", holder)
    holder.show()
    words.setGeometry(0, 0, words.sizeHint().width(), 20)
    button.setGeometry(0, 50, 200, 40)
    assert cut(holder) == []
    words.resize(40, 20)
    assert len(cut(holder)) == 1
    words.resize(words.sizeHint())
    words.move(260, 0)
    assert len(cut(holder)) == 1
    words.move(0, 0)
    button.resize(20, 40)
    assert len(cut(holder)) == 1
