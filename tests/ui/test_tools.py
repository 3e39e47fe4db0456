"""Each tool with the real mouse, keys and fingers."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import pytest
from acting import HEIGHT, WIDTH, at, key, open_in
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputDevice
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from restorer.imaging.region import Region
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow
from restorer.ui.worker import Task

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
NONE, SHIFT, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
Place = tuple[float, float]


def mask_of(window: MainWindow) -> np.ndarray:
    assert window.editor.document is not None
    return np.asarray(window.editor.document.mask)


def drag(window: MainWindow, *places: Place, held: Qt.KeyboardModifier = NONE) -> None:
    canvas = window.workspace.canvas
    QTest.mousePress(canvas, LEFT, held, at(window, *places[0]))
    for place in places[1:]:
        move(window, place, LEFT, held)
    QTest.mouseRelease(canvas, LEFT, held, at(window, *places[-1]))


def move(
    window: MainWindow, place: Place, down: Qt.MouseButton = Qt.MouseButton.NoButton, held: Qt.KeyboardModifier = NONE
) -> None:
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    canvas, local = window.workspace.canvas, QPointF(at(window, *place))
    event = QMouseEvent(QEvent.Type.MouseMove, local, canvas.mapToGlobal(local), Qt.MouseButton.NoButton, down, held)
    QApplication.sendEvent(canvas, event)


def click(window: MainWindow, place: Place, held: Qt.KeyboardModifier = NONE) -> None:
    move(window, place)
    QTest.mouseClick(window.workspace.canvas, LEFT, held, at(window, *place))


@pytest.mark.parametrize(
    ("name", "held", "kind"),
    [
        (Qt.Key.Key_H, NONE, ToolKind.HAND), (Qt.Key.Key_E, NONE, ToolKind.ERASER), (Qt.Key.Key_U, NONE, ToolKind.LINE),
        (Qt.Key.Key_T, NONE, ToolKind.TRACE), (Qt.Key.Key_L, NONE, ToolKind.LASSO),
        (Qt.Key.Key_L, SHIFT, ToolKind.POLYGON), (Qt.Key.Key_M, NONE, ToolKind.RECTANGLE),
        (Qt.Key.Key_M, SHIFT, ToolKind.ELLIPSE), (Qt.Key.Key_W, NONE, ToolKind.WAND),
        (Qt.Key.Key_S, NONE, ToolKind.CLONE), (Qt.Key.Key_J, NONE, ToolKind.HEAL),
    ],
)  # fmt: skip
def test_each_tool_has_its_key_and_its_hint(
    opened: MainWindow, name: Qt.Key, held: Qt.KeyboardModifier, kind: ToolKind
) -> None:
    before = opened.status.text.text()
    key(opened, name, held)
    assert opened.workspace.canvas.tool is kind
    assert opened.actions_.tools[kind].isChecked()
    assert opened.status.text.text() != before
    assert opened.workspace.panel.tools.size_slider.isVisible() == kind.brushes
    assert opened.workspace.panel.tools.tolerance_slider.isVisible() == (kind is ToolKind.WAND)
    key(opened, Qt.Key.Key_B)
    assert opened.workspace.canvas.tool is ToolKind.BRUSH


def test_a_rectangle_and_with_alt_a_hole_in_it(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_M)
    drag(opened, (50, 40), (150, 120))
    mask = mask_of(opened)
    region = Region.around(mask)
    assert abs(region.left - 50) <= 1
    assert abs(region.bottom - 120) <= 1
    assert mask.sum() == region.area
    drag(opened, (80, 60), (100, 90), held=ALT)
    assert not mask_of(opened)[70, 90]
    assert mask_of(opened)[70, 60]
    key(opened, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert mask_of(opened)[70, 90]


def test_shift_makes_it_square_and_round(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_M, SHIFT)
    drag(opened, (60, 60), (120, 90), held=SHIFT)
    region = Region.around(mask_of(opened))
    assert abs(region.width - region.height) <= 1
    assert region.width > 50
    share = mask_of(opened).sum() / region.area
    assert share == pytest.approx(np.pi / 4, abs=0.02)


def test_the_switch_takes_marks_away_without_a_held_key(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_M)
    drag(opened, (50, 40), (150, 120))
    key(opened, Qt.Key.Key_S, SHIFT)
    drag(opened, (50, 40), (100, 120))
    assert not mask_of(opened)[80, 70]
    assert mask_of(opened)[80, 130]
    key(opened, Qt.Key.Key_B)
    drag(opened, (70, 80), (72, 80))
    assert mask_of(opened)[80, 71]  # the switch is for shapes


def test_a_lasso_marks_what_it_encloses(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_L)
    drag(opened, (100, 50), (150, 100), (100, 150), (50, 100), (99, 51))
    mask = mask_of(opened)
    assert mask[100, 100]
    assert mask[100, 60]
    assert not mask[60, 60]
    assert mask.sum() == pytest.approx(5000, rel=0.05)


def test_a_polygon_corner_by_corner(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    key(opened, Qt.Key.Key_L, SHIFT)
    for place in ((50, 50), (150, 50), (150, 150), (20, 20)):
        click(opened, place)
    assert "Return" in opened.status.text.text()
    QTest.keyClick(canvas, Qt.Key.Key_Backspace)  # the last was a mistake
    click(opened, (50, 150))
    assert not mask_of(opened).any()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert mask_of(opened)[100, 100]
    assert mask_of(opened).sum() == pytest.approx(10000, rel=0.04)
    for place in ((200, 50), (250, 50), (250, 100)):
        click(opened, place)
    click(opened, (201, 50))  # on the first corner
    assert mask_of(opened)[60, 240]
    assert not canvas.active
    for place in ((200, 150), (250, 150), (250, 190)):
        click(opened, place)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.active
    assert not mask_of(opened)[160, 245]


def test_undo_takes_the_last_corner_of_a_polygon_back_before_earlier_steps(opened: MainWindow) -> None:
    assert not opened.actions_.undo.isEnabled()
    key(opened, Qt.Key.Key_L, SHIFT)
    for place in ((50, 50), (150, 50), (150, 150), (20, 20)):
        click(opened, place)
    key(opened, Qt.Key.Key_Z, CTRL)
    click(opened, (50, 150))
    key(opened, Qt.Key.Key_Return)
    assert mask_of(opened).sum() == pytest.approx(10000, rel=0.04)
    click(opened, (200, 50))
    click(opened, (250, 50))
    key(opened, Qt.Key.Key_Z, CTRL)
    assert opened.workspace.canvas.active
    key(opened, Qt.Key.Key_Z, CTRL)
    assert not opened.workspace.canvas.active
    assert mask_of(opened).any()
    key(opened, Qt.Key.Key_Z, CTRL)
    assert not mask_of(opened).any()


def test_undo_in_the_middle_of_a_drag_waits_for_its_end(opened: MainWindow) -> None:
    """There was a line without a start: an exception."""
    canvas = opened.workspace.canvas
    key(opened, Qt.Key.Key_U)
    QTest.mousePress(canvas, LEFT, NONE, at(opened, 50, 50))
    move(opened, (100, 50), LEFT)
    key(opened, Qt.Key.Key_Z, CTRL)
    key(opened, Qt.Key.Key_Backspace)
    move(opened, (150, 50), LEFT)
    QTest.mouseRelease(canvas, LEFT, NONE, at(opened, 150, 50))
    assert mask_of(opened)[50, 60:140].all()


def test_pointing_with_the_keyboard_is_explained(opened: MainWindow) -> None:
    before = opened.status.text.text()
    key(opened, Qt.Key.Key_F2)
    assert opened.status.text.text() == f"Arrows move the pointer, Space presses. {before}"
    key(opened, Qt.Key.Key_M)
    assert "Space presses. Drag from corner to corner" in opened.status.text.text()
    drag(opened, (50, 40), (120, 90))
    assert "handle" not in opened.status.text.text()  # the arrows are the pointer's
    key(opened, Qt.Key.Key_F2)
    assert "handle" in opened.status.text.text()


def test_a_line_by_dragging_and_by_two_clicks(opened: MainWindow) -> None:
    opened.workspace.panel.tools.set_brush_size(6)
    key(opened, Qt.Key.Key_U)
    drag(opened, (50, 50), (150, 60), (250, 50))
    mask = mask_of(opened)
    assert mask[50, 52:248].all()
    assert 5 <= mask[:, 150].sum() <= 8
    click(opened, (50, 100))
    assert opened.workspace.canvas.active
    move(opened, (240, 110))
    click(opened, (250, 104))
    mask = mask_of(opened)
    assert not opened.workspace.canvas.active
    assert mask[102, 150]
    click(opened, (50, 150))
    click(opened, (250, 158), SHIFT)  # nearly level: held at a multiple of 15°
    assert mask_of(opened)[150, 60:240].all()


def test_shift_and_a_click_go_on_from_the_last_stroke(opened: MainWindow) -> None:
    opened.workspace.panel.tools.set_brush_size(8)
    drag(opened, (50, 100), (60, 100))
    QTest.mouseClick(opened.workspace.canvas, LEFT, SHIFT, at(opened, 200, 150))
    mask = mask_of(opened)
    assert mask[125, 130]
    assert mask[150, 200]


def test_alt_makes_the_brush_an_eraser(opened: MainWindow) -> None:
    drag(opened, (50, 100), (200, 100))
    drag(opened, (120, 60), (120, 140), held=ALT)
    assert not mask_of(opened)[100, 120]
    assert mask_of(opened)[100, 60]


@pytest.fixture
def scratched(window: MainWindow, tmp_path: object, qtbot: QtBot) -> MainWindow:
    """A window with a picture through which a bent, light scratch runs."""
    pixels = np.random.default_rng(2).integers(90, 110, (HEIGHT, WIDTH, 3), dtype=np.uint8)
    x = np.arange(20, 280)
    points = np.stack([x, course(x)], 1).round().astype(np.int32)
    cv2.polylines(pixels, [points], False, (200, 200, 200), 2)
    path = tmp_path / "scratch.png"  # type: ignore[operator]
    assert cv2.imwrite(str(path), pixels)
    window.actions_.heal.setChecked(False)
    open_in(window, path, qtbot)
    return window


def course(x: np.ndarray) -> np.ndarray:
    return 100 + 22 * np.sin(x / 40)


def test_a_scratch_is_followed_between_two_clicks(scratched: MainWindow) -> None:
    canvas = scratched.workspace.canvas
    scratched.workspace.panel.tools.set_brush_size(7)
    key(scratched, Qt.Key.Key_T)
    start, end = (25.0, float(course(np.array(25)))), (275.0, float(course(np.array(275))))
    click(scratched, start)
    move(scratched, (150, 90))
    bare = canvas.grab().toImage()
    move(scratched, end)
    assert canvas.grab().toImage() != bare  # it is seen before it is marked
    assert not mask_of(scratched).any()
    click(scratched, end)
    x = np.arange(30, 270)
    assert mask_of(scratched)[course(x).round().astype(int), x].mean() > 0.97
    assert mask_of(scratched).sum() < 270 * 14  # not all the way around it
    assert len(scratched.editor.document.history._done) == 1  # type: ignore[union-attr]


def test_the_wand_marks_what_looks_alike(scratched: MainWindow, qtbot: QtBot) -> None:
    tools = scratched.workspace.panel.tools
    key(scratched, Qt.Key.Key_W)
    tools.tolerance_slider.setValue(15)
    place = (150.5, float(course(np.array(150.5))))
    click(scratched, place)
    qtbot.waitUntil(lambda: bool(mask_of(scratched).any()))
    x = np.arange(30, 270)
    assert mask_of(scratched)[course(x).round().astype(int), x].mean() > 0.9
    assert mask_of(scratched).sum() < 270 * 6
    click(scratched, (150, 20), ALT)  # the ground: nothing of it is marked
    qtbot.waitUntil(lambda: not scratched.editor.marking.looking)
    assert mask_of(scratched).any()
    tools.tolerance_slider.setValue(100)
    tools.contiguous.click()
    click(scratched, (150, 20))
    qtbot.waitUntil(lambda: bool(mask_of(scratched).all()))
    assert scratched._settings.tolerance == 100
    assert not scratched._settings.contiguous
    tools.tolerance_slider.setValue(15)
    tools.contiguous.click()
    click(scratched, place, ALT)  # the scratch is taken away again
    qtbot.waitUntil(lambda: not mask_of(scratched).all())
    assert mask_of(scratched)[course(x).round().astype(int), x].mean() < 0.1
    assert mask_of(scratched)[20, 150]


def test_the_wand_looks_at_once_and_only_for_the_last_click(
    scratched: MainWindow, desk: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where the worker begins before the click has ended, which used to be a fault of the program."""
    submit, go = desk.analysis.submit, threading.Event()

    def submitted(work: Callable[[Any], Any]) -> Task:
        task = submit(work)
        time.sleep(0.05)  # the worker is faster
        return task

    monkeypatch.setattr(desk.analysis, "submit", submitted)
    failed: list[str] = []
    scratched.editor.failed.connect(failed.append)
    key(scratched, Qt.Key.Key_W)
    place = (150.5, float(course(np.array(150.5))))
    click(scratched, place)
    qtbot.waitUntil(lambda: not scratched.editor.marking.looking)
    assert not failed
    assert mask_of(scratched).any()
    scratched.editor.undo()
    submit(lambda _report: go.wait(20))
    click(scratched, (150, 20))
    click(scratched, place)
    go.set()
    qtbot.waitUntil(lambda: not scratched.editor.marking.looking)
    assert mask_of(scratched).any()
    assert not mask_of(scratched)[20, 150]  # of the first click nothing came


def test_the_wand_heals_as_it_marks(scratched: MainWindow, qtbot: QtBot) -> None:
    scratched.actions_.heal.setChecked(True)
    key(scratched, Qt.Key.Key_W)
    click(scratched, (150.5, float(course(np.array(150.5)))))
    qtbot.waitUntil(lambda: bool(scratched.editor.document and scratched.editor.document.repairs))


def test_marks_grow_shrink_smooth_and_turn_round(opened: MainWindow) -> None:
    ctrl = Qt.KeyboardModifier.ControlModifier
    assert not opened.actions_.grow_marks.isEnabled()
    key(opened, Qt.Key.Key_M)
    drag(opened, (100, 50), (150, 100))
    before = mask_of(opened).copy()
    key(opened, Qt.Key.Key_BracketRight, ctrl)
    grown = Region.around(mask_of(opened))
    assert grown == Region.around(before).grown(2)
    key(opened, Qt.Key.Key_BracketLeft, ctrl)
    key(opened, Qt.Key.Key_BracketLeft, ctrl)
    assert Region.around(mask_of(opened)) == Region.around(before).grown(-2)
    key(opened, Qt.Key.Key_Z, ctrl)
    now = mask_of(opened).copy()
    opened.actions_.invert_marks.trigger()
    assert (mask_of(opened) == ~now).all()
    opened.actions_.smooth_marks.trigger()
    assert mask_of(opened)[~now].all()


def test_another_tool_gives_up_what_was_begun(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_U)
    click(opened, (50, 50))
    key(opened, Qt.Key.Key_B)
    assert not opened.workspace.canvas.active
    drag(opened, (200, 150), (210, 150))
    assert not mask_of(opened)[:100].any()


def test_what_is_begun_leaves_nothing_behind_when_it_is_given_up(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    key(opened, Qt.Key.Key_M)
    move(opened, (10, 10))
    canvas.repaint()
    before = canvas.grab().toImage()
    QTest.mousePress(canvas, LEFT, NONE, at(opened, 60, 60))
    move(opened, (200, 150), LEFT)
    assert canvas.grab().toImage() != before
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    move(opened, (10, 10))
    assert canvas.grab().toImage() == before
    assert not mask_of(opened).any()


@pytest.mark.parametrize("name", ["red", "green", "blue", "yellow", "magenta"])
def test_marks_in_any_of_the_colours(opened: MainWindow, name: str) -> None:
    tools, canvas = opened.workspace.panel.tools, opened.workspace.canvas
    tools.set_colour(name)
    tools.opacity_slider.setValue(100)
    key(opened, Qt.Key.Key_M)
    drag(opened, (100, 50), (150, 100))
    assert canvas.grab().toImage().pixelColor(at(opened, 120, 70)) == canvas.mask_colour
    assert opened._settings.mask_colour == name


# --- fingers -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def screen() -> object:
    return QTest.createTouchDevice(QInputDevice.DeviceType.TouchScreen)


def test_one_finger_paints(opened: MainWindow, screen: object) -> None:
    canvas = opened.workspace.canvas
    QTest.touchEvent(canvas, screen).press(0, at(opened, 100, 100), canvas).commit()  # type: ignore[call-overload]
    QTest.touchEvent(canvas, screen).move(0, at(opened, 150, 100), canvas).commit()  # type: ignore[call-overload]
    QTest.touchEvent(canvas, screen).release(0, at(opened, 150, 100), canvas).commit()  # type: ignore[call-overload]
    assert mask_of(opened)[100, 125]
    assert len(opened.editor.document.history._done) == 1  # type: ignore[union-attr]


def test_two_fingers_zoom_and_paint_nothing(opened: MainWindow, screen: object) -> None:
    canvas = opened.workspace.canvas
    zoom = canvas.zoom
    a, b = at(opened, 100, 100), at(opened, 150, 100)
    QTest.touchEvent(canvas, screen).press(0, a, canvas).commit()  # type: ignore[call-overload]
    QTest.touchEvent(canvas, screen).move(0, a, canvas).press(1, b, canvas).commit()  # type: ignore[call-overload]
    for step in range(1, 6):
        out = QPoint(12 * step, 0)
        QTest.touchEvent(canvas, screen).move(0, a - out, canvas).move(1, b + out, canvas).commit()  # type: ignore[call-overload]
    QTest.touchEvent(canvas, screen).release(0, a - out, canvas).move(1, b + out, canvas).commit()  # type: ignore[call-overload]
    QTest.touchEvent(canvas, screen).release(1, b + out, canvas).commit()  # type: ignore[call-overload]
    spread = (b - a).x()
    assert canvas.zoom == pytest.approx(zoom * (spread + 120) / spread, rel=0.05)
    assert not mask_of(opened).any()
    assert not opened.editor.document.history.can_undo  # type: ignore[union-attr]


# --- keys alone --------------------------------------------------------------------------------------------------


def test_everything_can_be_marked_by_keys_alone(opened: MainWindow) -> None:
    canvas = opened.workspace.canvas
    key(opened, Qt.Key.Key_F2)
    key(opened, Qt.Key.Key_M)
    key(opened, Qt.Key.Key_Left, SHIFT)
    at_first = canvas.hovered
    key(opened, Qt.Key.Key_Space)
    for _ in range(3):
        key(opened, Qt.Key.Key_Right, SHIFT)
        key(opened, Qt.Key.Key_Down, SHIFT)
    key(opened, Qt.Key.Key_Space)
    region = Region.around(mask_of(opened))
    assert at_first is not None
    assert region.width == pytest.approx(72 / canvas.zoom, abs=2)
    assert region.height == pytest.approx(72 / canvas.zoom, abs=2)
    key(opened, Qt.Key.Key_L, SHIFT)
    for name in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right):
        key(opened, Qt.Key.Key_Space)
        for _ in range(4):
            key(opened, name, SHIFT)
    marked = mask_of(opened).sum()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert mask_of(opened).sum() > marked
