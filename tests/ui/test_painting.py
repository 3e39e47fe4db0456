"""Brush, eraser, undo: real mouse and keys."""

from __future__ import annotations

from acting import HEIGHT, WIDTH, activate, at, key, paint
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.document.document import Document
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def document_of(window: MainWindow) -> Document:
    assert window.editor.document is not None
    return window.editor.document


def test_a_stroke_marks_what_it_passes(opened: MainWindow) -> None:
    opened.workspace.panel.tools.set_brush_size(10)
    paint(opened, (100, 100), (150, 100), (200, 100))
    mask = document_of(opened).mask
    assert mask[100, 100:200].all()
    assert not mask[:90].any()
    assert not mask[111:].any()
    assert opened.isWindowModified()


def test_the_eraser_takes_marks_away(opened: MainWindow) -> None:
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_E)
    assert opened.workspace.canvas.tool is ToolKind.ERASER
    paint(opened, (150, 60), (150, 140))
    mask = document_of(opened).mask
    assert not mask[100, 150]
    assert mask[100, 105]
    assert mask[100, 195]


def test_undo_and_redo_by_keys(opened: MainWindow) -> None:
    document = document_of(opened)
    assert not opened.actions_.undo.isEnabled()
    paint(opened, (100, 100), (200, 100))
    marked = document.mask.copy()
    key(opened, Qt.Key.Key_Z, CTRL)
    assert not document.mask.any()
    assert not opened.actions_.undo.isEnabled()
    key(opened, Qt.Key.Key_Z, CTRL | SHIFT)
    assert (document.mask == marked).all()
    key(opened, Qt.Key.Key_Z, CTRL)
    key(opened, Qt.Key.Key_Y, CTRL)
    assert (document.mask == marked).all()


def test_clearing_is_one_undo_step(opened: MainWindow) -> None:
    paint(opened, (100, 100), (200, 100))
    paint(opened, (100, 60), (200, 60))
    marked = document_of(opened).mask.copy()
    key(opened, Qt.Key.Key_Delete)
    assert not document_of(opened).marked
    assert not opened.actions_.clear_mask.isEnabled()
    key(opened, Qt.Key.Key_Z, CTRL)
    assert (document_of(opened).mask == marked).all()


def test_the_size_follows_keys_slider_and_wheel(opened: MainWindow) -> None:
    canvas, tools = opened.workspace.canvas, opened.workspace.panel.tools
    tools.set_brush_size(40)
    key(opened, Qt.Key.Key_BracketRight)
    assert canvas.brush_size == 45
    key(opened, Qt.Key.Key_BracketLeft)
    assert canvas.brush_size == 40
    tools.size_slider.setValue(tools.size_slider.maximum())
    assert canvas.brush_size == 2000
    tools.size_slider.setValue(0)
    assert canvas.brush_size == 1
    key(opened, Qt.Key.Key_BracketRight)
    assert canvas.brush_size == 2  # a share of one px would stick
    turn(opened, SHIFT)
    assert canvas.brush_size == 3
    assert tools._size_text.text() == "3 px"


def turn(window: MainWindow, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    canvas = window.workspace.canvas
    place = QPointF(canvas.rect().center())
    event = QWheelEvent(
        place, canvas.mapToGlobal(place), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def test_zoom_is_shown(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_1, CTRL)
    assert opened.workspace.canvas.zoom == 1
    assert opened.status.zoom.text() == "100 %"
    turn(opened)
    assert opened.workspace.canvas.zoom > 1
    key(opened, Qt.Key.Key_0, CTRL)
    fitted = opened.workspace.canvas.zoom
    key(opened, Qt.Key.Key_Minus, CTRL)
    assert opened.workspace.canvas.zoom < fitted


def test_a_pen_paints_and_its_other_end_erases(opened: MainWindow) -> None:
    pen(opened, QPointingDevice.PointerType.Pen, (100, 100), (200, 100))
    assert document_of(opened).mask[100, 150]
    pen(opened, QPointingDevice.PointerType.Eraser, (150, 60), (150, 140))
    assert not document_of(opened).mask[100, 150]
    assert opened.workspace.canvas.tool is ToolKind.BRUSH


def pen(window: MainWindow, kind: QPointingDevice.PointerType, *places: tuple[float, float]) -> None:
    canvas = window.workspace.canvas
    capability = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
    device = QPointingDevice("pen", 77, QInputDevice.DeviceType.Stylus, kind, capability, 1, 3)
    move, press, release = QEvent.Type.TabletMove, QEvent.Type.TabletPress, QEvent.Type.TabletRelease
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    events = [(press, places[0]), *((move, place) for place in places[1:]), (release, places[-1])]
    for kind_of_event, place in events:
        local = QPointF(at(window, *place))
        tablet = QTabletEvent(
            kind_of_event, device, local, canvas.mapToGlobal(local), 0.0 if kind_of_event == release else 1.0,
            0.0, 0.0, 0.0, 0.0, 0.0, Qt.KeyboardModifier.NoModifier, none if kind_of_event == move else left,
            none if kind_of_event == release else left,
        )  # fmt: skip
        QApplication.sendEvent(canvas, tablet)


def test_the_original_is_seen_while_the_key_is_held(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    paint(opened, (100, 100), (200, 100))
    marked = canvas.grab().toImage().pixelColor(at(opened, 150, 100))
    for held in (Qt.Key.Key_X, Qt.Key.Key_Backslash):
        QTest.keyPress(canvas, held)
        assert opened.actions_.original.isChecked()
        assert canvas.grab().toImage().pixelColor(at(opened, 150, 100)) != marked
        QTest.keyRelease(canvas, held)
        assert canvas.grab().toImage().pixelColor(at(opened, 150, 100)) == marked


def test_a_key_that_is_let_go_of_elsewhere_is_held_no_longer(desk: Desk, opened: MainWindow, qtbot: QtBot) -> None:
    """Of X and of Space: the release goes to the window that has the focus by then."""
    canvas = opened.workspace.canvas
    activate(opened, qtbot)
    canvas.setFocus()
    QTest.keyPress(canvas, Qt.Key.Key_X)
    QTest.keyPress(canvas, Qt.Key.Key_Space)
    assert opened.actions_.original.isChecked()
    assert canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    other = desk.new_window()
    activate(other, qtbot)
    QTest.keyRelease(other, Qt.Key.Key_X)
    QTest.keyRelease(other, Qt.Key.Key_Space)
    assert not opened.actions_.original.isChecked()
    activate(opened, qtbot)
    assert not opened.actions_.original.isChecked()
    canvas.setFocus()
    paint(opened, (100, 100), (150, 100))  # with the brush, not the hand
    assert document_of(opened).marked


def test_a_key_that_is_held_stays_so_within_the_window(opened: MainWindow, qtbot: QtBot) -> None:
    activate(opened, qtbot)
    opened.workspace.canvas.setFocus()
    QTest.keyPress(opened.workspace.canvas, Qt.Key.Key_X)
    opened.workspace.panel.first.setFocus()
    assert opened.actions_.original.isChecked()
    QTest.keyRelease(opened.workspace.panel.first, Qt.Key.Key_X)
    assert not opened.actions_.original.isChecked()


def test_the_divider_is_switched_by_its_key(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_D)
    assert opened.workspace.canvas.divider
    key(opened, Qt.Key.Key_D)
    assert not opened.workspace.canvas.divider


def test_the_status_says_where_the_pointer_is_and_what_is_there(opened: MainWindow) -> None:
    QTest.mouseMove(opened.workspace.canvas, at(opened, 20.5, 30.5))
    red, green, blue = document_of(opened).original[30, 20]
    assert opened.status.pointer.text() == f"20, 30   R {red}  G {green}  B {blue}"
    QTest.mouseMove(opened.workspace.canvas, QPoint(1, 1))
    assert opened.status.pointer.text() == ""


def test_the_hint_says_what_the_next_click_does(opened: MainWindow) -> None:
    assert "Ctrl+Return" in opened.status.text.text()
    opened.actions_.heal.setChecked(True)
    assert "let go" in opened.status.text.text()
    key(opened, Qt.Key.Key_H)
    assert "move" in opened.status.text.text()
    key(opened, Qt.Key.Key_E)
    assert "take them away" in opened.status.text.text()


def test_settings_of_the_tools_are_kept(opened: MainWindow) -> None:
    tools = opened.workspace.panel.tools
    tools.set_brush_size(77)
    tools.grow_slider.setValue(5)
    tools.opacity_slider.setValue(80)
    settings = opened._settings
    assert (settings.brush_size, settings.grow, settings.mask_opacity, settings.heal) == (77, 5, 80, False)
    assert opened.workspace.canvas.mask_opacity == 0.8
    assert opened.workspace.canvas.grow == 5
    assert opened.editor.grow == 5


def test_the_picture_fits_when_it_opens(opened: MainWindow) -> None:
    seen = opened.workspace.canvas.visible_region()
    assert seen.width == WIDTH
    assert seen.height == HEIGHT


def test_what_is_painted_left_of_the_divider_is_seen(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    opened.actions_.divider.setChecked(True)
    canvas.divider_at = 0.9
    before = canvas.grab().toImage().pixelColor(at(opened, 60, 100))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(opened, 50, 100))
    QTest.mouseMove(canvas, at(opened, 100, 100))
    assert canvas.grab().toImage().pixelColor(at(opened, 60, 100)) != before
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(opened, 100, 100))
    assert canvas.grab().toImage().pixelColor(at(opened, 60, 100)) != before


def test_a_stroke_ends_the_look_at_the_original(opened: MainWindow) -> None:
    opened.actions_.original.setChecked(True)
    paint(opened, (50, 100), (100, 100))
    assert not opened.actions_.original.isChecked()


def test_a_key_that_moves_the_view_draws_no_line(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    opened.workspace.panel.tools.set_brush_size(4)
    place = at(opened, 100, 100)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)
    key(opened, Qt.Key.Key_Right, SHIFT)
    QTest.mouseMove(canvas, place + QPoint(1, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place + QPoint(1, 0))
    columns = document_of(opened).mask.any(axis=0)
    assert columns[100]
    moved = 256 / canvas.zoom
    assert moved > 20
    assert not columns[105 : int(100 + moved) - 5].any()
    assert columns[int(100 + moved)]


def test_the_brush_is_drawn_as_a_circle_of_its_size(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    canvas.brush_size = 40
    middle = at(opened, 150, 100)
    QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
    bare = canvas.grab().toImage()
    QTest.mouseMove(canvas, middle + QPoint(3, 3))
    QTest.mouseMove(canvas, middle)
    drawn = canvas.grab().toImage()
    radius = round(20 * canvas.zoom)
    for dx, dy in ((radius, 0), (-radius, 0), (0, radius), (0, -radius)):
        near = [middle + QPoint(dx + i, dy + j) for i in range(-3, 4) for j in range(-3, 4)]
        assert any(drawn.pixel(place) != bare.pixel(place) for place in near)
    assert drawn.pixel(middle) == bare.pixel(middle)
