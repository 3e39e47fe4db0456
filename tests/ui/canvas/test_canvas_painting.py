"""Mouse, pen and keys on the canvas, and the strokes that come of them."""

from __future__ import annotations

import os
from collections.abc import Callable

import numpy as np
import pytest
from canvas_hands import LEFT, NO_BUTTON, Hands, MakeDocument, drawn_anew, on_screen
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from restorer.imaging.region import Region
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.layers import DisplayLayers
from restorer.ui.canvas.tools.tool import ToolKind

PRESS, MOVE, RELEASE = QEvent.Type.MouseButtonPress, QEvent.Type.MouseMove, QEvent.Type.MouseButtonRelease
MakeHands = Callable[..., Hands]


def marked(hands: Hands) -> list[tuple[int, int]]:
    ys, xs = np.nonzero(hands.document.mask)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


@pytest.mark.parametrize("zoom", [8.0, 3.0, 2.0, 1.0, 1.5, 12.7])
def test_the_smallest_brush_marks_the_pixel_under_the_pointer(hands: Hands, zoom: float) -> None:
    hands.canvas.brush_size = 1
    hands.canvas.zoom_to(zoom, QPointF(123, 77))
    rng = np.random.default_rng(4)
    told: list[object] = []
    hands.canvas.pointerMoved.connect(told.append)
    visible = hands.canvas.visible_region()
    for _ in range(12):
        x = int(rng.integers(visible.left + 1, visible.right - 1))
        y = int(rng.integers(visible.top + 1, visible.bottom - 1))
        device = hands.canvas._viewport.device_rect(Region(x, y, x + 1, y + 1))
        for place in (QPoint(device.left, device.top), QPoint(device.right - 1, device.bottom - 1)):
            QTest.mouseClick(hands.canvas, LEFT, Qt.KeyboardModifier.NoModifier, place)
            assert marked(hands) == [(x, y)]
            assert told[-1] == (x, y)
            hands.canvas.refresh(hands.document.undo())


@pytest.mark.parametrize("size", [(301, 203), (1999, 1333), (777, 2001)])
def test_what_is_painted_at_fit_is_what_lies_under_the_pointer(
    make_document: MakeDocument, make_hands: MakeHands, size: tuple[int, int]
) -> None:
    hands = make_hands(make_document(*size))
    hands.canvas.brush_size = 1
    viewport = hands.canvas._viewport
    for x, y in ((viewport.shown.left, viewport.shown.top), (200, 150), (viewport.shown.right - 1, 149)):
        QTest.mouseClick(hands.canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(x, y))
        expected = viewport.to_picture(x + 0.5, y + 0.5)
        assert marked(hands) == [(int(expected[0]), int(expected[1]))]
        hands.canvas.refresh(hands.document.undo())
    QTest.mouseClick(hands.canvas, LEFT, Qt.KeyboardModifier.NoModifier, QPoint(viewport.shown.left - 1, 149))
    assert not marked(hands)


@pytest.mark.parametrize("zoom", [8.0, 2.0, 1.0, 0.6])
def test_what_is_painted_on_a_fine_screen(hands: Hands, zoom: float) -> None:
    """In device px, whatever their number to a logical px (another test runs this one with 2 and 1.5)."""
    ratio = hands.canvas.devicePixelRatioF()
    assert ratio == float(os.environ.get("QT_SCALE_FACTOR", "1"))
    assert hands.canvas._viewport.view == Region(0, 0, round(400 * ratio), round(300 * ratio))
    hands.canvas.brush_size = 1
    hands.canvas.mask_opacity = 1.0
    hands.canvas.zoom_to(zoom, QPointF(123, 77))
    viewport = hands.canvas._viewport
    shown_at = viewport.shown
    for x, y in (
        (shown_at.left + 9, shown_at.top + 5),
        (shown_at.right - 8, shown_at.bottom - 21),
        (shown_at.left + 90, shown_at.top + 77),
    ):
        hands.drag(QPointF(x / ratio, y / ratio))
        px, py = viewport.to_picture(x + 0.5, y + 0.5)
        assert marked(hands) == [(int(px), int(py))]
        QApplication.sendEvent(hands.canvas, QEvent(QEvent.Type.Leave))
        shown = drawn_anew(hands.canvas)
        rect = viewport.device_rect(Region(int(px), int(py), int(px) + 1, int(py) + 1)) & viewport.view
        assert (shown[rect.slices] == [255, 45, 85]).all()
        if zoom >= 1:
            assert (shown == [255, 45, 85]).all(axis=2).sum() == rect.area
        hands.canvas.refresh(hands.document.undo())


def test_a_drag_paints_without_gaps_and_once(hands: Hands) -> None:
    hands.canvas.brush_size = 6
    hands.drag(hands.over(20, 30), hands.over(150, 90), hands.over(280, 40))
    assert len(hands.strokes) == 1
    stroke, erase = hands.strokes[0]
    assert not erase
    assert stroke.bits.any(axis=0).all()
    assert hands.document.mask[90, 150]
    assert hands.document.mask[60, 85]
    assert len(hands.document.history._done) == 1


def test_eraser_takes_away(hands: Hands) -> None:
    hands.canvas.brush_size = 20
    hands.drag(hands.over(20, 100), hands.over(280, 100))
    hands.canvas.tool = ToolKind.ERASER
    hands.drag(hands.over(150, 50), hands.over(150, 150))
    assert hands.strokes[1][1]
    assert not hands.document.mask[:, 145:156].any()
    assert hands.document.mask[100, 130]


def test_the_picture_shows_the_stroke_while_it_is_painted(hands: Hands) -> None:
    hands.canvas.mask_opacity = 1.0
    hands.canvas.zoom_to(2.0)
    place = hands.over(150, 100)
    hands.mouse(PRESS, place, LEFT, LEFT)
    at = place.toPoint() + QPoint(8, 0)
    colour = hands.canvas.grab().toImage().pixelColor(at)
    assert colour == hands.canvas.mask_colour
    assert not hands.document.marked
    hands.mouse(RELEASE, place, LEFT, NO_BUTTON)
    assert hands.document.marked


@pytest.mark.parametrize("zoom", [0.4, 2.0])
def test_a_stroke_nobody_marks_disappears(make_document: MakeDocument, make_hands: MakeHands, zoom: float) -> None:
    hands = make_hands(make_document(801, 603))
    hands.canvas.strokeFinished.disconnect(hands.on_stroke)
    hands.canvas.zoom_to(zoom)
    before = on_screen(hands.canvas)
    hands.mouse(PRESS, QPointF(200, 150), LEFT, LEFT)
    hands.mouse(MOVE, QPointF(320, 150), LEFT, LEFT)
    assert not np.array_equal(on_screen(hands.canvas), before)
    hands.mouse(RELEASE, QPointF(320, 150), LEFT, NO_BUTTON)
    QApplication.sendEvent(hands.canvas, QEvent(QEvent.Type.Leave))
    assert np.array_equal(on_screen(hands.canvas), before)
    assert np.array_equal(drawn_anew(hands.canvas), before)


@pytest.mark.parametrize("zoom", [0.4, 2.0])
def test_strokes_being_healed_show_until_they_are_done(
    make_document: MakeDocument, make_hands: MakeHands, zoom: float
) -> None:
    hands = make_hands(make_document(801, 603))
    hands.canvas.zoom_to(zoom)
    hands.drag(QPointF(200, 150), QPointF(220, 160))
    QApplication.sendEvent(hands.canvas, QEvent(QEvent.Type.Leave))
    before = on_screen(hands.canvas)
    hands.canvas.set_busy([hands.strokes[0][0]])
    busy = on_screen(hands.canvas)
    assert not np.array_equal(busy, before)
    assert np.array_equal(busy, drawn_anew(hands.canvas))
    hands.canvas.set_busy([])
    assert np.array_equal(on_screen(hands.canvas), before)


def test_brush_size(hands: Hands) -> None:
    sizes: list[int] = []
    hands.canvas.brushSizeChanged.connect(sizes.append)
    hands.canvas.brush_size = 9
    hands.drag(hands.over(100, 100))
    assert hands.strokes[0][0].region == Region(96, 96, 105, 105)
    hands.wheel(QPointF(200, 150), 1, Qt.KeyboardModifier.ShiftModifier)
    hands.wheel(QPointF(200, 150), -2, Qt.KeyboardModifier.ShiftModifier)
    hands.canvas.brush_size = 0
    hands.canvas.brush_size = 99999
    assert sizes == [9, 10, 9, 8, 1, 2000]
    assert hands.canvas.zoom == hands.canvas._viewport.fit_zoom(16)


# --- strokes that do not end as they should ---------------------------------------------------------------


def start(hands: Hands) -> None:
    hands.mouse(PRESS, hands.over(100, 100), LEFT, LEFT)
    hands.mouse(MOVE, hands.over(140, 100), LEFT, LEFT)


def go_on(hands: Hands) -> None:
    hands.mouse(MOVE, hands.over(140, 180), LEFT, LEFT)
    hands.mouse(RELEASE, hands.over(140, 180), LEFT, NO_BUTTON)


def test_escape_drops_the_stroke(hands: Hands) -> None:
    before = hands.canvas._layers.overlay.pyramid.read(0, hands.document.bounds).copy()  # type: ignore[union-attr]
    start(hands)
    QTest.keyClick(hands.canvas, Qt.Key.Key_Escape)
    go_on(hands)
    assert not hands.strokes
    after = hands.canvas._layers.overlay.pyramid.read(0, hands.document.bounds)  # type: ignore[union-attr]
    assert np.array_equal(before, after)
    start(hands)
    go_on(hands)
    assert len(hands.strokes) == 1


def lose_focus(canvas: Canvas) -> None:
    canvas.clearFocus()


def disable(canvas: Canvas) -> None:
    canvas.setEnabled(False)
    canvas.setEnabled(True)


def take_another_tool(canvas: Canvas) -> None:
    canvas.tool = ToolKind.ERASER


@pytest.mark.parametrize("interrupt", [lose_focus, QWidget.hide, disable, take_another_tool])
def test_an_interrupted_stroke_is_kept_and_ends(hands: Hands, interrupt: Callable[[Canvas], None]) -> None:
    hands.canvas.brush_size = 10
    hands.canvas.setFocus()
    hands.canvas.activateWindow()
    QApplication.processEvents()
    start(hands)
    interrupt(hands.canvas)
    assert len(hands.strokes) == 1
    go_on(hands)
    assert len(hands.strokes) == 1
    assert hands.document.mask[100, 120]
    assert not hands.document.mask[150:].any()


def test_a_release_that_went_elsewhere_ends_the_stroke(hands: Hands) -> None:
    start(hands)
    hands.mouse(MOVE, hands.over(140, 180), NO_BUTTON, NO_BUTTON)
    assert len(hands.strokes) == 1
    assert not hands.document.mask[170:].any()


def test_another_document_drops_the_stroke(hands: Hands) -> None:
    start(hands)
    hands.canvas.show_document(None, None)
    go_on(hands)
    hands.wheel(QPointF(5, 5), 3)
    QTest.keyClick(hands.canvas, Qt.Key.Key_Right)
    hands.canvas.grab()
    assert not hands.strokes
    assert hands.canvas.visible_region().empty
    hands.canvas.show_document(hands.document, DisplayLayers.of(hands.document))
    start(hands)
    hands.canvas.show_document(hands.document, DisplayLayers.of(hands.document))
    go_on(hands)
    assert not hands.strokes


def test_undo_while_painting(hands: Hands) -> None:
    hands.drag(hands.over(60, 50), hands.over(90, 50))
    start(hands)
    hands.canvas.refresh(hands.document.undo())
    go_on(hands)
    assert not hands.document.mask[50, 60]
    assert hands.document.mask[100, 120]


def test_a_stroke_goes_on_outside_and_over_the_edges(hands: Hands) -> None:
    hands.drag(QPointF(-50, -40), QPointF(200, 150), QPointF(900, 400))
    assert len(hands.strokes) == 1
    assert hands.document.mask[0, 0] or hands.document.mask[:40, :60].any()
    hands.drag(QPointF(-500, -400), QPointF(-600, -400))
    assert len(hands.strokes) == 1


def test_other_buttons_do_not_disturb_a_stroke(hands: Hands) -> None:
    start(hands)
    both = LEFT | Qt.MouseButton.RightButton
    hands.mouse(PRESS, hands.over(140, 100), Qt.MouseButton.RightButton, both)
    hands.mouse(MOVE, hands.over(160, 100), NO_BUTTON, both)
    hands.mouse(RELEASE, hands.over(160, 100), Qt.MouseButton.RightButton, LEFT)
    assert not hands.strokes
    go_on(hands)
    assert len(hands.strokes) == 1
    assert hands.document.mask[170, 140]


# --- pens --------------------------------------------------------------------------------------------------


def pen(hands: Hands, kind: QEvent.Type, place: QPointF, pressure: float, *, eraser: bool = False) -> bool:
    ends = QPointingDevice.PointerType
    device = QPointingDevice(
        "pen",
        7,
        QInputDevice.DeviceType.Stylus,
        ends.Eraser if eraser else ends.Pen,
        QInputDevice.Capability.Position | QInputDevice.Capability.Pressure,
        1,
        3,
    )
    down = kind != QEvent.Type.TabletRelease and pressure > 0
    event = QTabletEvent(
        kind,
        device,
        place,
        hands.canvas.mapToGlobal(place),
        pressure,
        0.0,
        0.0,
        0.0,
        0.0,
        0.0,
        Qt.KeyboardModifier.NoModifier,
        NO_BUTTON if kind == QEvent.Type.TabletMove else LEFT,
        LEFT if down else NO_BUTTON,
    )
    QApplication.sendEvent(hands.canvas, event)
    return event.isAccepted()


TP, TM, TR = QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease


def test_pressure_makes_the_line_wider(hands: Hands) -> None:
    hands.canvas.brush_size = 40
    assert pen(hands, TP, hands.over(50, 100), 0.01)
    for step in range(21):
        assert pen(hands, TM, hands.over(50 + step * 10, 100), step / 20 or 0.01)
    assert pen(hands, TR, hands.over(250, 100), 0.0)
    assert len(hands.strokes) == 1
    widths = hands.document.mask.sum(axis=0)
    assert widths[50] == pytest.approx(40 * 0.2, abs=3)
    assert widths[150] == pytest.approx(40 * 0.6, abs=3)
    assert widths[249] == pytest.approx(40, abs=3)
    assert not hands.strokes[0][1]


def test_the_eraser_end_erases_whatever_the_tool(hands: Hands) -> None:
    hands.canvas.brush_size = 30
    hands.drag(hands.over(50, 100), hands.over(250, 100))
    pen(hands, TP, hands.over(150, 100), 1.0, eraser=True)
    pen(hands, TR, hands.over(150, 100), 0.0, eraser=True)
    assert hands.strokes[1][1]
    assert not hands.document.mask[100, 150]


def test_a_pen_above_the_tablet_only_shows_the_brush(hands: Hands) -> None:
    assert pen(hands, TM, hands.over(150, 100), 0.0)
    assert hands.canvas._cursor is not None
    assert not hands.strokes
    assert not hands.canvas._layers.overlay.painting  # type: ignore[union-attr]
