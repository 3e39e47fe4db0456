"""A picture that is seen turned: what is seen, and what a hand hits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from canvas_hands import LEFT, Hands, MakeDocument, array, drawn_anew, on_screen, settle
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from restorer.document.document import Document
from restorer.imaging.files.orientation import as_shown
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.compare_view import CompareView
from restorer.ui.canvas.layers import DisplayLayers
from restorer.ui.canvas.panes import Loupe, NavigatorView
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.canvas.viewport import Viewport

ALL = range(1, 9)
WAYS = (2, 3, 4, 5, 6, 7, 8)
MakeHands = Callable[..., Hands]


def turn(hands: Hands, way: int) -> None:
    hands.document.turn(way)
    hands.canvas.show_turned()


def seen(hands: Hands) -> np.ndarray:
    """The part of the canvas that the picture covers."""
    shown = hands.canvas._viewport.shown
    return on_screen(hands.canvas)[shown.slices]


@pytest.mark.parametrize("turned", ALL)
def test_the_two_coordinates_lead_back_and_forth(turned: int) -> None:
    viewport = replace(Viewport(Region(0, 0, 400, 300), Region(0, 0, 301, 203)), zoom=1.5, turned=turned)
    viewport = viewport.centred(100, 60)
    x, y = viewport.to_device(100, 60)
    assert (abs(x - 200) <= 1, abs(y - 150) <= 1) == (True, True)
    pixels = np.arange(301 * 203).reshape(203, 301)
    lying = as_shown(pixels, turned)
    for at in ((3, 5), (200, 17), (299, 201)):
        across, down = viewport.to_device(at[0] + 0.5, at[1] + 0.5)
        assert viewport.to_picture(across, down) == pytest.approx((at[0] + 0.5, at[1] + 0.5))
        column, row = int((across - viewport.left) / 1.5), int((down - viewport.top) / 1.5)
        assert lying[row, column] == pixels[at[1], at[0]]
    part = Region(10, 20, 60, 40)
    area = viewport.device_rect(part)
    assert (viewport.under(area) & part) == part
    assert viewport.under(area).grown(-2) & part == viewport.under(area).grown(-2)
    for step in (viewport.zoomed(3.0, 50, 70), viewport.zoomed(1.0, 50, 70)):
        before, after = viewport.to_picture(50.5, 70.5), step.to_picture(50.5, 70.5)
        assert max(abs(before[0] - after[0]), abs(before[1] - after[1])) <= 0.5 / step.zoom + 0.01
    fitted = viewport.fitted()
    assert fitted.visible == viewport.picture
    assert viewport.showing(part).visible & part == part


@pytest.mark.parametrize("way", WAYS)
def test_what_is_seen_is_the_picture_turned(hands: Hands, way: int) -> None:
    hands.canvas.actual_size()
    turn(hands, way)
    assert np.array_equal(seen(hands), as_shown(hands.document.original, way)[visible(hands).slices])
    hands.canvas.zoom_to(3.0)
    times = np.kron(as_shown(hands.document.original, way), np.ones((3, 3, 1), np.uint8))
    viewport = hands.canvas._viewport
    view = Region(-viewport.left, -viewport.top, 400 - viewport.left, 300 - viewport.top)
    assert np.array_equal(on_screen(hands.canvas), times[view.slices])


def visible(hands: Hands) -> Region:
    """The part of the turned picture, its px counted as it is seen, that is on a canvas at 100 %."""
    viewport, shown = hands.canvas._viewport, hands.canvas._viewport.shown
    return shown.moved(-viewport.left, -viewport.top)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("zoom", [0.37, 1.0, 2.6])
def test_parts_that_change_are_drawn_as_in_the_whole(hands: Hands, way: int, zoom: float) -> None:
    hands.canvas.grow = 3
    turn(hands, way)
    hands.canvas.zoom_to(zoom)
    settle(hands.canvas)
    hands.on_stroke(Stroke(Region(100, 90, 150, 100), np.eye(10, 50, dtype=bool)), False)
    hands.repair(Region(160, 60, 190, 121), 7)
    hands.canvas.set_busy([Stroke(Region(120, 40, 140, 80), np.ones((40, 20), bool))])
    hands.canvas.pan(5, -3)
    assert np.array_equal(on_screen(hands.canvas), drawn_anew(hands.canvas))
    hands.canvas.divider = hands.canvas.changes = True
    assert np.array_equal(on_screen(hands.canvas), drawn_anew(hands.canvas))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("tool", [ToolKind.RECTANGLE, ToolKind.LASSO, ToolKind.LINE])
def test_a_shape_marks_what_it_is_drawn_over(hands: Hands, way: int, tool: ToolKind) -> None:
    turn(hands, way)
    hands.canvas.tool, hands.canvas.brush_size = tool, 5
    hands.drag(hands.over(60, 40), hands.over(100, 40), hands.over(140, 110), hands.over(140, 112))
    (stroke, _) = hands.strokes[-1]
    assert stroke.region.left in range(56, 63)
    assert stroke.region.bottom in range(109, 118)
    assert tool is not ToolKind.RECTANGLE or stroke.bits.all()


@pytest.mark.parametrize("way", WAYS)
def test_the_brush_marks_what_is_under_the_pointer(hands: Hands, way: int) -> None:
    turn(hands, way)
    hands.canvas.zoom_to(4.0)
    hands.canvas.brush_size = 3
    pointed: list[object] = []
    hands.canvas.pointerMoved.connect(pointed.append)
    hands.drag(hands.over(150, 100), hands.over(156, 100))
    assert pointed[-1] == (156, 100)
    mask = np.asarray(hands.document.mask)
    assert mask[99:102, 149:158].sum() == mask.sum() > 20
    assert mask[100, 150:157].all()
    # and what was painted is seen under the pointer
    place = hands.over(153, 100)
    colour = on_screen(hands.canvas)[int(place.y()), int(place.x())]
    hands.canvas.mask_opacity = 0
    assert not np.array_equal(colour, on_screen(hands.canvas)[int(place.y()), int(place.x())])


@pytest.mark.parametrize("way", WAYS)
def test_a_wand_and_a_found_defect_are_hit(hands: Hands, way: int) -> None:
    turn(hands, way)
    hands.canvas.zoom_to(2.0)
    picked: list[tuple[int, int]] = []
    hands.canvas.picked.connect(lambda x, y, _erase: picked.append((x, y)))
    hands.canvas.defectClicked.connect(lambda x, y, _reach: picked.append((x, y)))
    hands.canvas.tool = ToolKind.WAND
    hands.drag(hands.over(170, 90))
    hands.canvas.choosing = True
    hands.drag(hands.over(120, 77))
    assert picked == [(170, 90), (120, 77)]


@pytest.mark.parametrize("way", WAYS)
def test_cloned_pixels_are_seen_where_they_come_to(hands: Hands, way: int) -> None:
    turn(hands, way)
    hands.canvas.zoom_to(2.0)
    hands.canvas.tool, hands.canvas.brush_size = ToolKind.CLONE, 9
    hands.canvas.source.choose(120.5, 80.5)
    place = hands.over(160, 110)
    QTest.mousePress(hands.canvas, LEFT, Qt.KeyboardModifier.NoModifier, place.toPoint())
    shown = on_screen(hands.canvas)
    QTest.mouseMove(hands.canvas, QPointF(place.x(), place.y() + 100).toPoint())
    # not where the circle of the cursor is drawn
    expected = hands.document.original[80, 120]
    assert np.array_equal(shown[int(place.y()), int(place.x())], expected)


def test_what_is_in_the_middle_stays_there(hands: Hands) -> None:
    hands.canvas.zoom_to(4.0)
    hands.canvas.centre_on(200, 50)
    for way in WAYS:
        turn(hands, way)
        x, y = hands.canvas._viewport.to_picture(200, 150)
        assert max(abs(x - 200), abs(y - 50)) < 1
    hands.canvas.fit()
    assert hands.canvas.visible_region() == hands.document.bounds
    turn(hands, 6)
    assert hands.canvas.visible_region() == hands.document.bounds


def test_a_turn_under_a_brush_that_is_down_draws_no_line(hands: Hands) -> None:
    hands.canvas.zoom_to(3.0)
    hands.canvas.brush_size = 5
    QTest.mousePress(hands.canvas, LEFT, Qt.KeyboardModifier.NoModifier, hands.over(120, 80).toPoint())
    turn(hands, 6)
    QTest.mouseRelease(hands.canvas, LEFT, Qt.KeyboardModifier.NoModifier, hands.over(150, 100).toPoint())
    assert all(max(stroke.region.width, stroke.region.height) <= 12 for stroke, _ in hands.strokes)


@pytest.mark.parametrize("way", [2, 6, 7])
def test_the_views_beside_it(make_document: MakeDocument, way: int, qtbot: QtBot) -> None:
    document: Document = make_document()
    document.turn(way)
    layers = DisplayLayers.of(document)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    canvas.resize(500, 400)
    canvas.show()
    turned = as_shown(document.original, way)
    navigator, compare, loupe = NavigatorView(), CompareView(), Loupe(canvas)
    for view in (navigator, compare):
        qtbot.addWidget(view)
        view.resize(turned.shape[1], turned.shape[0])  # at 100 %
        view.show_document(document, layers)
        view.show()
        QTest.qWaitForWindowExposed(view)
    assert np.array_equal(array(navigator.grab().toImage()), turned)
    wanted: list[tuple[float, float]] = []
    navigator.wanted.connect(lambda x, y: wanted.append((x, y)))
    across, down = navigator._viewport.to_device(30.5, 20.5)
    QTest.mouseClick(navigator, LEFT, Qt.KeyboardModifier.NoModifier, QPointF(across, down).toPoint())
    assert wanted == [pytest.approx((30.5, 20.5), abs=1)]
    loupe.show_document(document, layers)
    loupe.look_at(150.5, 100.5, 1.0, (300.0, 300.0))
    for pane in (loupe.before, loupe.after):
        half = array(pane.grab().toImage())
        assert np.array_equal(half[88, 88], document.original[100, 150])
    compare.follow(Region(50, 50, 90, 70))
    assert compare.visible_region() & Region(50, 50, 90, 70) == Region(50, 50, 90, 70)
