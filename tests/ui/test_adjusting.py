"""The handles of what was drawn last, with the real mouse and keys."""

from __future__ import annotations

from itertools import count

import numpy as np
import pytest
from acting import FILLED, FakeRestorer, key
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.imaging.region import Region
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.picture_view import PictureView
from restorer.ui.canvas.shape import Shape
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NONE, SHIFT, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
Place = tuple[float, float]


def canvas_of(window: MainWindow) -> Canvas:
    return window.workspace.canvas


def mask_of(window: MainWindow) -> np.ndarray:
    assert window.editor.document is not None
    return np.asarray(window.editor.document.mask)


def send(window: MainWindow, kind: QEvent.Type, place: Place, held: Qt.KeyboardModifier) -> None:
    canvas = canvas_of(window)
    x, y = canvas._viewport.to_device(*place)
    local = QPointF(x, y) / canvas.devicePixelRatioF()
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    down = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else LEFT
    QApplication.sendEvent(canvas, QMouseEvent(kind, local, canvas.mapToGlobal(local), button, down, held))


def drag(window: MainWindow, *places: Place, held: Qt.KeyboardModifier = NONE) -> None:
    """Over places of the picture, picture px."""
    send(window, QEvent.Type.MouseButtonPress, places[0], held)
    for place in places[1:]:
        send(window, QEvent.Type.MouseMove, place, held)
    send(window, QEvent.Type.MouseButtonRelease, places[-1], held)


def box(window: MainWindow) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is marked."""
    rows, columns = np.nonzero(mask_of(window))
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


def shape(window: MainWindow) -> Shape:
    shown = canvas_of(window).shape_shown
    assert shown is not None
    return shown


@pytest.fixture
def boxed(opened: MainWindow) -> MainWindow:
    """A rectangle from 60, 50 to 120, 100."""
    key(opened, Qt.Key.Key_M)
    drag(opened, (60, 50), (120, 100))
    assert box(opened) == (60, 50, 120, 100)
    return opened


def test_a_corner_a_side_and_the_middle(boxed: MainWindow) -> None:
    drag(boxed, (120, 100), (150, 130), (160, 140))
    assert box(boxed) == (60, 50, 160, 140)
    drag(boxed, (60, 95), (80, 20))
    assert box(boxed) == (80, 50, 160, 140)
    drag(boxed, shape(boxed).centre, (100, 100), (130, 105))
    assert box(boxed) == (90, 60, 170, 150)
    assert mask_of(boxed).sum() == 80 * 90
    for before in ((80, 50, 160, 140), (60, 50, 160, 140), (60, 50, 120, 100)):
        key(boxed, Qt.Key.Key_Z, CTRL)
        assert box(boxed) == before
        assert shape(boxed).box == pytest.approx(before, abs=0.6)
    key(boxed, Qt.Key.Key_Z, CTRL)
    assert not mask_of(boxed).any()
    assert canvas_of(boxed).shape_shown is None
    key(boxed, Qt.Key.Key_Y, CTRL)
    key(boxed, Qt.Key.Key_Y, CTRL)
    assert box(boxed) == (60, 50, 160, 140)
    drag(boxed, (160, 140), (150, 130), held=SHIFT)
    left, top, right, bottom = shape(boxed).box
    assert (right - left) / (bottom - top) == pytest.approx(100 / 90, rel=0.02)


def test_what_was_marked_before_stays_marked(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_M)
    drag(opened, (20, 20), (80, 80))
    drag(opened, (60, 60), (140, 120), held=ALT)  # a hole in it
    assert mask_of(opened).sum() == 60 * 60 - 20 * 20
    drag(opened, (140, 120), (160, 150))  # the hole's corner
    assert mask_of(opened).sum() == 60 * 60 - 20 * 20
    drag(opened, (60, 60), (70, 70))
    assert mask_of(opened).sum() == 60 * 60 - 10 * 10
    drag(opened, (40, 100), (100, 180))
    drag(opened, (40, 100), (90, 150))
    assert mask_of(opened).sum() == 60 * 60 - 10 * 10 + 10 * 30


@pytest.mark.parametrize("tool", [ToolKind.LINE, ToolKind.LASSO, ToolKind.POLYGON, ToolKind.ELLIPSE, ToolKind.TRACE])
@pytest.mark.parametrize("way", [1, 6, 2])
def test_every_shape_has_handles_also_turned(opened: MainWindow, tool: ToolKind, way: int) -> None:
    if way != 1:
        opened.editor.turn(way)
    opened.actions_.tools[tool].trigger()
    canvas_of(opened).brush_size = 7
    if tool is ToolKind.POLYGON:
        for place in ((60, 50), (150, 60), (100, 140)):
            drag(opened, place)
        key(opened, Qt.Key.Key_Return)
    else:
        drag(opened, (60, 50), (150, 60), (140, 120), (100, 140))
    first, mask = shape(opened), mask_of(opened)
    assert mask.any()
    drag(opened, first.centre, (first.centre[0] + 20, first.centre[1] + 15))
    moved = mask_of(opened)
    assert np.array_equal(moved[15:, 20:], mask[:-15, :-20])
    grip = shape(opened).grips[-1]
    drag(opened, grip, (grip[0] - 8, grip[1] + 20))
    changed = mask_of(opened)
    assert changed.any()
    assert not np.array_equal(changed, moved)
    if tool in (ToolKind.LINE, ToolKind.TRACE):
        x, y = (round(place) for place in shape(opened).grips[-1])
        assert max(abs(x - grip[0] + 8), abs(y - grip[1] - 20)) <= (1 if tool is ToolKind.LINE else 10)  # snaps to it
        assert changed[y - 3 : y + 4, x - 3 : x + 4].mean() > 0.7
    for _ in range(2):
        key(opened, Qt.Key.Key_Z, CTRL)
    assert np.array_equal(mask_of(opened), mask)


def test_the_keys(boxed: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boxed.workspace.adjusting._joining, "_clock", count(0, 10).__next__)  # each press on its own
    key(boxed, Qt.Key.Key_Right)
    assert box(boxed) == (61, 50, 121, 100)
    key(boxed, Qt.Key.Key_Down, SHIFT)
    assert box(boxed) == (61, 60, 121, 110)
    key(boxed, Qt.Key.Key_Left, CTRL | SHIFT)
    key(boxed, Qt.Key.Key_Up, CTRL)
    assert box(boxed) == (61, 60, 111, 109)
    boxed.actions_.rotate_right.trigger()
    key(boxed, Qt.Key.Key_Right, SHIFT)  # as it is seen: to the top of the file's picture
    assert box(boxed) == (61, 50, 111, 99)
    canvas = canvas_of(boxed)
    before = canvas._viewport
    QTest.keyPress(canvas, Qt.Key.Key_Left)
    QTest.keyPress(canvas, Qt.Key.Key_Left)
    assert box(boxed) == (61, 50, 111, 99)  # held down: one step when it is let go
    QTest.keyRelease(canvas, Qt.Key.Key_Left)
    assert box(boxed) == (61, 52, 111, 101)
    key(boxed, Qt.Key.Key_Z, CTRL)
    assert box(boxed) == (61, 50, 111, 99)
    assert canvas._viewport == before
    key(boxed, Qt.Key.Key_Return)
    assert canvas.shape_shown is None
    key(boxed, Qt.Key.Key_Left)
    assert canvas._viewport == before.panned(64, 0)
    assert box(boxed) == (61, 50, 111, 99)


def test_what_is_moved_is_seen_in_one_place_only(opened: MainWindow) -> None:
    canvas_of(opened).brush_size = 11
    drag(opened, (100, 60), (100, 90))  # marked before, and below the rectangle
    before = mask_of(opened).copy()
    key(opened, Qt.Key.Key_M)
    drag(opened, (60, 50), (120, 100))
    layers = opened.editor.layers
    assert layers is not None
    bounds, marked = layers.overlay.pyramid.bounds(0), mask_of(opened).copy()
    assert before.sum() < marked.sum()

    def shown() -> np.ndarray:
        return np.asarray(layers.overlay.pyramid.read(0, bounds)) > 0

    assert shown()[51, 61]
    send(opened, QEvent.Type.MouseButtonPress, (120, 100), NONE)
    assert shown()[51, 61]  # nothing has moved yet
    send(opened, QEvent.Type.MouseMove, (150, 130), NONE)
    assert (shown() == before).all()
    assert (mask_of(opened) == marked).all()
    key(opened, Qt.Key.Key_Escape)
    assert (shown() == marked).all()
    send(opened, QEvent.Type.MouseButtonRelease, (150, 130), NONE)
    key(opened, Qt.Key.Key_Z, CTRL)
    key(opened, Qt.Key.Key_Y, CTRL)
    drag(opened, (120, 100), (150, 130))
    assert (shown() == mask_of(opened)).all()
    assert shown()[129, 149]


def test_esc_gives_a_drag_up_then_the_handles(boxed: MainWindow) -> None:
    send(boxed, QEvent.Type.MouseButtonPress, (120, 100), NONE)
    send(boxed, QEvent.Type.MouseMove, (150, 150), NONE)
    key(boxed, Qt.Key.Key_Escape)
    send(boxed, QEvent.Type.MouseMove, (160, 160), NONE)
    send(boxed, QEvent.Type.MouseButtonRelease, (160, 160), NONE)
    assert box(boxed) == (60, 50, 120, 100)
    assert shape(boxed).box == pytest.approx((60, 50, 120, 100), abs=0.6)
    key(boxed, Qt.Key.Key_Escape)
    assert canvas_of(boxed).shape_shown is None
    assert box(boxed) == (60, 50, 120, 100)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (Qt.Key.Key_H, "move the picture"),
        (Qt.Key.Key_B, "Paint"),
        (Qt.Key.Key_E, "take them away"),
        (Qt.Key.Key_W, "Click damage"),
    ],
)
def test_with_another_tool_the_hint_is_that_tools(boxed: MainWindow, name: Qt.Key, words: str) -> None:
    key(boxed, name)
    assert canvas_of(boxed).shape_shown is not None
    assert words in boxed.status.text.text()
    assert "handle" not in boxed.status.text.text()
    key(boxed, Qt.Key.Key_M)
    assert "handle" in boxed.status.text.text()


def test_the_next_thing_that_is_drawn_ends_them(boxed: MainWindow) -> None:
    hint = boxed.status.text.text()
    assert "handle" in hint
    key(boxed, Qt.Key.Key_B)
    assert canvas_of(boxed).shape_shown is not None
    drag(boxed, (200, 150), (220, 150))
    assert canvas_of(boxed).shape_shown is None
    key(boxed, Qt.Key.Key_Z, CTRL)
    assert canvas_of(boxed).shape_shown is None
    assert "handle" not in boxed.status.text.text()


def test_a_click_on_a_handle_begins_what_is_clicked(opened: MainWindow) -> None:
    """Lines that go on from each other's ends."""
    key(opened, Qt.Key.Key_U)
    canvas_of(opened).brush_size = 5
    drag(opened, (40, 40), (100, 40))
    drag(opened, (100, 40))
    drag(opened, (100, 120))
    mask = mask_of(opened)
    assert mask[40, 40:100].all()
    assert mask[40:120, 100].all()
    key(opened, Qt.Key.Key_M)
    marked = mask_of(opened).sum()
    drag(opened, (100, 120))  # a rectangle is not clicked
    assert mask_of(opened).sum() == marked


def test_small_shapes_keep_only_their_corners(opened: MainWindow) -> None:
    key(opened, Qt.Key.Key_M)
    drag(opened, (60, 50), (66, 55))
    canvas = canvas_of(opened)
    assert canvas._outline is not None
    assert (len(canvas._outline.handles), canvas._outline.centre) == (4, None)
    canvas.zoom_to(16.0)
    canvas.redraw()
    assert canvas._outline.centre is not None
    assert len(canvas._outline.handles) == 8


def test_what_was_healed_is_healed_anew(opened: MainWindow, qtbot: QtBot) -> None:
    document = opened.editor.document
    assert document is not None
    opened.actions_.heal.setChecked(True)
    key(opened, Qt.Key.Key_M)
    drag(opened, (60, 50), (120, 100))
    qtbot.waitUntil(lambda: len(document.repairs) == 1 and not opened.editor.working, timeout=30_000)
    assert shape(opened).box == pytest.approx((60, 50, 120, 100), abs=0.6)
    drag(opened, shape(opened).centre, (130, 105))
    qtbot.waitUntil(lambda: len(document.repairs) == 1 and document.repairs[0].number == 2, timeout=30_000)
    filled = (document.image.read(document.bounds) == FILLED).all(2)
    assert filled[82:128, 102:158].all()
    assert not filled[:75].any()
    assert not document.marked
    key(opened, Qt.Key.Key_Z, CTRL)
    key(opened, Qt.Key.Key_Z, CTRL)
    assert [repair.number for repair in document.repairs] == [1]
    assert not document.marked
    filled = (document.image.read(document.bounds) == FILLED).all(2)
    assert filled[52:98, 62:118].all()
    assert not filled[105:].any()
    key(opened, Qt.Key.Key_Z, CTRL)
    key(opened, Qt.Key.Key_Z, CTRL)
    assert np.array_equal(document.image.read(document.bounds), document.original)


def test_what_was_healed_is_not_seen_where_it_no_longer_is(opened: MainWindow, qtbot: QtBot) -> None:
    """While a handle is dragged the picture is as if nothing had been drawn, in every view of it."""
    document, layers = opened.editor.document, opened.editor.layers
    assert document is not None
    assert layers is not None
    opened.actions_.heal.setChecked(True)
    opened.actions_.changes.setChecked(True)
    key(opened, Qt.Key.Key_M)
    drag(opened, (200, 150), (240, 180))
    qtbot.waitUntil(lambda: len(document.repairs) == 1 and not opened.editor.working)
    drag(opened, (60, 50), (120, 100))
    qtbot.waitUntil(lambda: len(document.repairs) == 2 and not opened.editor.working)
    views = canvas_of(opened), opened.workspace.panel.compare.view, opened.workspace.panel.navigator
    views[1].divider_at = 0.0  # all of it is the image

    def pictures() -> list[QImage]:
        """What each view shows, which is all that it would show if it were drawn anew."""
        seen = [drawn(view) for view in views]
        for view in views:
            view.show_anew()
        assert [drawn(view) for view in views] == seen
        return seen

    def drawn(view: PictureView) -> QImage:
        image = view.grab().toImage()
        while not view.exact:  # the rest comes with the next events
            image = view.grab().toImage()
        return image

    def shown() -> np.ndarray:
        return layers.after.read(0, document.bounds)

    healed, seen = shown().copy(), pictures()
    send(opened, QEvent.Type.MouseButtonPress, shape(opened).centre, NONE)
    assert (shown() == healed).all()  # nothing has moved yet
    send(opened, QEvent.Type.MouseMove, (220, 80), NONE)
    assert (shown()[45:105, 55:125] == document.original[45:105, 55:125]).all()
    assert (shown()[152:178, 202:238] == FILLED).all()  # another repair stays
    assert layers.changes is not None
    assert not layers.changes.read(0, Region(55, 45, 125, 105)).any()
    for before, now in zip(seen, pictures(), strict=True):
        assert before != now
    assert len(document.repairs) == 2  # it is only seen so
    key(opened, Qt.Key.Key_Escape)
    send(opened, QEvent.Type.MouseButtonRelease, (220, 80), NONE)
    assert (shown() == healed).all()
    assert layers.changes.read(0, Region(62, 52, 118, 98)).all()
    assert pictures() == seen
    drag(opened, shape(opened).centre, (220, 80))
    qtbot.waitUntil(lambda: document.repairs[-1].number == 3 and not opened.editor.working)
    assert (shown() == document.image.read(document.bounds)).all()
    assert (shown()[50:100, 60:120] == document.original[50:100, 60:120]).all()


def test_a_shape_that_is_being_healed_is_not_healed_twice(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    document = opened.editor.document
    assert document is not None
    opened.actions_.heal.setChecked(True)
    fake.hold()
    key(opened, Qt.Key.Key_M)
    drag(opened, (60, 50), (120, 100))
    qtbot.waitUntil(fake.begun.is_set, timeout=30_000)
    drag(opened, shape(opened).centre, (130, 105))
    fake.release()
    qtbot.waitUntil(lambda: bool(document.repairs) and not opened.editor.working, timeout=30_000)
    assert len(document.repairs) == 1
    region = document.repairs[0].wanted.region
    assert (region.left, region.top) == (98, 78)


def test_a_repair_of_more_than_the_shape_stays(boxed: MainWindow, qtbot: QtBot) -> None:
    document = boxed.editor.document
    assert document is not None
    key(boxed, Qt.Key.Key_B)
    drag(boxed, (200, 150), (220, 150))
    key(boxed, Qt.Key.Key_M)
    drag(boxed, (20, 20), (50, 40))
    key(boxed, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(document.repairs) and not boxed.editor.working, timeout=30_000)
    assert canvas_of(boxed).shape_shown is None


def test_they_are_seen_on_black_and_on_white(opened: MainWindow) -> None:
    """At least 3:1 (WCAG 2.2, 1.4.11) against both."""
    canvas = canvas_of(opened)
    key(opened, Qt.Key.Key_M)
    drag(opened, (60, 50), (120, 100))
    assert canvas._outline is not None
    x, y = canvas._viewport.to_device(120, 100)
    shown = canvas.grab().toImage()
    around = [shown.pixelColor(int(x) + dx, int(y) + dy).lightnessF() for dx in range(-7, 8) for dy in range(-7, 8)]
    assert max(around) > 0.9
    assert min(around) < 0.45


def steps(window: MainWindow) -> int:
    assert window.editor.document is not None
    return len(window.editor.document.history.done)


def test_nudges_in_a_row_are_one_step(boxed: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(boxed.workspace.adjusting._joining, "_clock", lambda: now[0])
    begun = steps(boxed)
    for _ in range(10):
        now[0] += 0.3
        key(boxed, Qt.Key.Key_Right)
    assert steps(boxed) == begun + 1
    assert box(boxed) == (70, 50, 130, 100)
    now[0] += 2.0
    key(boxed, Qt.Key.Key_Right)
    assert steps(boxed) == begun + 2
    drag(boxed, shape(boxed).centre, (120, 100), (111, 75))  # a drag is a step of its own
    assert steps(boxed) == begun + 3
    dragged = box(boxed)
    for expected in ((71, 50, 131, 100), (70, 50, 130, 100), (60, 50, 120, 100)):
        key(boxed, Qt.Key.Key_Z, CTRL)
        assert box(boxed) == expected
        assert shape(boxed).box == pytest.approx(expected, abs=0.6)
    for _ in range(3):
        key(boxed, Qt.Key.Key_Y, CTRL)
    assert box(boxed) == dragged


def test_delete_takes_the_shape_away_and_leaves_other_marks(boxed: MainWindow) -> None:
    drag(boxed, (200, 50), (240, 90))
    key(boxed, Qt.Key.Key_Right)
    assert mask_of(boxed)[60, 220]
    key(boxed, Qt.Key.Key_Delete)
    assert box(boxed) == (60, 50, 120, 100)
    assert mask_of(boxed).sum() == 60 * 50
    assert canvas_of(boxed).shape_shown is None
    key(boxed, Qt.Key.Key_Z, CTRL)
    assert box(boxed) == (60, 50, 241, 100)
    assert canvas_of(boxed).shape_shown is not None
    key(boxed, Qt.Key.Key_Y, CTRL)
    key(boxed, Qt.Key.Key_Delete)  # with no handles it means all marks, as the menu says
    assert not mask_of(boxed).any()
