"""Ways to compare, the overview, the histogram and the list of repairs, as a person works with them."""

from __future__ import annotations

import numpy as np
import pytest
from acting import FILLED, FakeRestorer, at, key, paint
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from restorer.imaging.region import Region
from restorer.ui import comparing
from restorer.ui.main_window import MainWindow

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def repaired(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    """Two repairs, a wide and a narrow one."""
    window = opened
    window.workspace.panel.tools.set_brush_size(20)
    window.actions_.heal.setChecked(True)
    for number, places in enumerate((((100, 100), (200, 100)), ((60, 40), (70, 40))), start=1):
        paint(window, *places)
        qtbot.waitUntil(lambda number=number: len(window.editor.document.repairs) == number)  # type: ignore[misc, union-attr]
    return window


def seen(window: MainWindow, x: float, y: float) -> QColor:
    return window.workspace.canvas.grab().toImage().pixelColor(at(window, x, y))


def filled(colour: QColor) -> bool:
    return colour.red() == colour.green() == colour.blue() == FILLED


def test_the_divider_lies_level_too(repaired: MainWindow) -> None:
    key(repaired, Qt.Key.Key_D)
    assert filled(seen(repaired, 190, 100))
    assert not filled(seen(repaired, 110, 100))
    key(repaired, Qt.Key.Key_D, SHIFT)
    canvas = repaired.workspace.canvas
    assert canvas.divider_level
    divider = canvas._divider
    assert divider.width() == canvas.width()
    canvas.divider_at = 0.9
    assert not filled(seen(repaired, 190, 100))
    whole = canvas.grab().toImage()
    QTest.mousePress(divider, LEFT, NONE, divider.rect().center())
    QTest.mouseMove(divider, divider.rect().center() - QPoint(0, round(canvas.height() * 0.8)))
    QTest.mouseRelease(divider, LEFT, NONE, divider.rect().center())
    assert canvas.divider_at == pytest.approx(0.1, abs=0.03)
    assert filled(seen(repaired, 190, 100))
    assert canvas.grab().toImage() != whole
    divider.setFocus()
    QTest.keyClick(divider, Qt.Key.Key_Down)
    assert canvas.divider_at > 0.1


def test_side_by_side_moves_together(repaired: MainWindow, qtbot: QtBot) -> None:
    key(repaired, Qt.Key.Key_Y)
    canvas, original = repaired.workspace.canvas, repaired.workspace.comparing.original
    qtbot.waitUntil(original.isVisible)
    qtbot.waitUntil(lambda: abs(original.width() - canvas.width()) <= 2)
    key(repaired, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(10)
    assert original.zoom == canvas.zoom == 1
    canvas.pan(-30, 10)
    assert original._viewport.left == pytest.approx(canvas._viewport.left, abs=1)  # an odd width cannot be halved
    assert original._viewport.top == canvas._viewport.top
    middle = original.rect().center()
    QTest.mousePress(original, LEFT, NONE, middle)
    QTest.mouseMove(original, middle + QPoint(25, 5))
    QTest.mouseRelease(original, LEFT, NONE, middle + QPoint(25, 5))
    assert original._viewport.left == pytest.approx(canvas._viewport.left, abs=1)  # an odd width cannot be halved
    assert original._viewport.top == canvas._viewport.top
    x, y = (round(v) for v in canvas._viewport.to_device(150.5, 100.5))
    ratio = canvas.devicePixelRatioF()
    place = QPoint(round(x / ratio), round(y / ratio))
    assert filled(canvas.grab().toImage().pixelColor(place))
    assert not filled(original.grab().toImage().pixelColor(place))
    key(repaired, Qt.Key.Key_D)  # one way at a time
    assert not original.isVisible()


def test_blink_shows_both_without_marks(repaired: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "BLINK_MS", 1)
    repaired.workspace.comparing._beat.setInterval(15)
    key(repaired, Qt.Key.Key_K)
    qtbot.waitUntil(lambda: filled(seen(repaired, 150, 100)))
    qtbot.waitUntil(lambda: not filled(seen(repaired, 150, 100)))
    paint(repaired, (20, 20), (25, 20))  # work ends it
    assert not repaired.actions_.blink.isChecked()
    assert filled(seen(repaired, 150, 100))


def test_nothing_blinks_where_nothing_is_to_move(repaired: MainWindow, qtbot: QtBot) -> None:
    repaired.set_still(True)
    key(repaired, Qt.Key.Key_K)
    qtbot.wait(30)
    assert not repaired.workspace.comparing._beat.isActive()
    assert not filled(seen(repaired, 150, 100))
    key(repaired, Qt.Key.Key_K)
    assert filled(seen(repaired, 150, 100))


def test_the_loupe_shows_before_and_after_of_one_place(repaired: MainWindow) -> None:
    loupe = repaired.workspace.comparing.loupe
    key(repaired, Qt.Key.Key_Q)
    QTest.mouseMove(repaired.workspace.canvas, at(repaired, 150, 100))
    assert loupe.isVisible()
    before, after = (pane.grab().toImage() for pane in (loupe.before, loupe.after))
    middle = loupe.before.rect().center()
    assert filled(after.pixelColor(middle))
    assert not filled(before.pixelColor(middle))
    left = loupe.x()
    QTest.mouseMove(repaired.workspace.canvas, QPoint(20, 20))
    assert loupe.x() > left  # out of the way
    key(repaired, Qt.Key.Key_Q)
    assert not loupe.isVisible()


def test_what_has_changed_is_exactly_what_is_shown_as_changed(repaired: MainWindow) -> None:
    key(repaired, Qt.Key.Key_C)
    document, layers = repaired.editor.document, repaired.workspace.canvas._layers
    assert document is not None
    assert layers is not None
    assert layers.changes is not None
    changed = (document.image.read(document.bounds) != document.original).any(axis=2)
    assert changed.any()
    assert (layers.changes.read(0, document.bounds).astype(bool) == changed).all()
    assert not filled(seen(repaired, 150, 100))
    coarse = layers.changes.read(1, layers.changes.bounds(1)).astype(bool)
    key(repaired, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert (layers.changes.read(1, layers.changes.bounds(1)).astype(bool) != coarse).any()
    key(repaired, Qt.Key.Key_C)
    assert filled(seen(repaired, 150, 100))


def test_the_overview_moves_the_picture(repaired: MainWindow) -> None:
    canvas, overview = repaired.workspace.canvas, repaired.workspace.panel.navigator
    canvas.zoom_to(8)
    middle, scale = overview.rect().center(), min(overview.width() / 300, overview.height() / 200)
    for x, y in ((110, 120), (150, 100), (180, 90)):
        QTest.mouseClick(overview, LEFT, NONE, middle + QPoint(round((x - 150) * scale), round((y - 100) * scale)))
        region = canvas.visible_region()
        assert (region.left + region.right) / 2 == pytest.approx(x, abs=4)
        assert (region.top + region.bottom) / 2 == pytest.approx(y, abs=4)
    assert overview._frame == region


def test_the_histogram_is_of_the_picture_as_it_is_now(repaired: MainWindow, qtbot: QtBot) -> None:
    panel = repaired.workspace.panel
    document = repaired.editor.document
    assert document is not None
    QTest.mouseClick(panel.sections["histogram"].heading, LEFT)
    qtbot.waitUntil(lambda: panel.histogram.curves.shown is not None)
    shown = panel.histogram.curves.shown
    assert shown is not None
    pixels = document.image.read(document.bounds)
    assert shown.counts[0, FILLED] == (pixels[..., 0] == FILLED).sum() > 0
    assert shown.least[0] == FILLED
    key(repaired, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: panel.histogram.curves.shown is not shown)


def test_a_changed_pixel_is_read_out_before_and_after(repaired: MainWindow) -> None:
    document = repaired.editor.document
    assert document is not None
    QTest.mouseMove(repaired.workspace.canvas, at(repaired, 150.5, 100.5))
    red = document.original[100, 150, 0]
    assert f"R {red}→{FILLED}" in repaired.status.pointer.text()


# --- the list of repairs -----------------------------------------------------------------------------------------


def test_a_repair_is_switched_weakened_and_deleted_alone(repaired: MainWindow) -> None:
    history, document = repaired.workspace.panel.history, repaired.editor.document
    assert document is not None
    assert history.list.count() == 2
    assert not history.list.item(0).icon().isNull()
    history.list.setCurrentRow(1)  # the first repair: the last is on top
    history.list.setFocus()
    QTest.keyClick(history.list, Qt.Key.Key_Space)
    assert (document.image.read(document.bounds)[100, 150] == document.original[100, 150]).all()
    assert (document.image.read(document.bounds)[40, 65] == FILLED).all()
    assert not filled(seen(repaired, 150, 100))
    QTest.keyClick(history.list, Qt.Key.Key_Space)
    history.chosen_one.strength.setValue(50)
    mixed = document.image.read(Region(150, 100, 151, 101))[0, 0].astype(int)
    assert np.abs(mixed - (document.original[100, 150].astype(int) + FILLED) / 2).max() <= 1
    marks = np.zeros(document.mask.shape, bool)
    marks[10:20, 10:20] = True
    repaired.editor.set_mask(marks, "Marked")  # the window's own Delete would clear it
    repaired.activateWindow()
    history.list.setFocus()
    QTest.keyClick(repaired.windowHandle(), Qt.Key.Key_Delete)  # as it comes from the system: shortcuts see it first
    assert history.list.count() == 1
    assert document.marked
    for _ in range(5):
        key(repaired, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert history.list.count() == 2
    assert filled(seen(repaired, 150, 100))


def test_a_repair_is_made_again_by_another_network(repaired: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    history, document = repaired.workspace.panel.history, repaired.editor.document
    assert document is not None
    history.show_models(["fake", "context-encoder"])
    history.list.setCurrentRow(1)
    history.chosen_one.fill_menu()
    names = [action.text() for action in history.chosen_one.menu.actions() if not action.isSeparator()]
    assert names == ["The same network", "A variant", "context-encoder"]
    jobs = len(fake.jobs)
    history.chosen_one.menu.actions()[-1].trigger()
    qtbot.waitUntil(lambda: len(fake.jobs) == jobs + 1 and not repaired.editor.working)
    assert [(repair.number, repair.run) for repair in document.repairs] == [(1, 2), (2, 1)]
    history.chosen_one.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: len(fake.jobs) == jobs + 2 and not repaired.editor.working)
    assert fake.jobs[-1].seed == 1
