"""Zoom, pan, divider, the original while a key is held, files that are dropped."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from canvas_hands import LEFT, NO_BUTTON, Hands, drawn_anew
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from restorer.imaging.region import Region
from restorer.ui.canvas.compare_view import CompareView
from restorer.ui.canvas.tools.tool import ToolKind

NO_KEY = Qt.KeyboardModifier.NoModifier


def under(hands: Hands, x: int, y: int) -> tuple[int, int]:
    px, py = hands.canvas._viewport.to_picture(x + 0.5, y + 0.5)
    return int(px), int(py)


def test_the_wheel_zooms_at_the_pointer(hands: Hands) -> None:
    hands.canvas.zoom_to(1.0)
    seen: list[float] = []
    hands.canvas.zoomChanged.connect(seen.append)
    before = under(hands, 130, 90)
    for _ in range(4):
        hands.wheel(QPointF(130, 90), 1)
        assert under(hands, 130, 90) == before
    hands.wheel(QPointF(130, 90), 0.4)
    hands.wheel(QPointF(130, 90), 0.6)
    assert seen == [1.5, 2.0, 3.0, 4.0, 6.0]
    hands.wheel(QPointF(130, 90), -3)
    assert under(hands, 130, 90) == before
    assert hands.canvas.zoom == 2.0


def test_two_fingers_pan(hands: Hands) -> None:
    hands.canvas.zoom_to(4.0)
    before = under(hands, 100, 100)
    hands.wheel(QPointF(100, 100), 0.3, pixels=QPoint(8, -12))
    assert under(hands, 108, 88) == before
    assert hands.canvas.zoom == 4.0


@pytest.mark.parametrize("button", [Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton])
def test_other_buttons_pan(hands: Hands, button: Qt.MouseButton) -> None:
    hands.canvas.zoom_to(4.0)
    before, views = under(hands, 200, 150), []
    hands.canvas.view_changed.connect(views.append)
    hands.drag(QPointF(200, 150), QPointF(230, 160), QPointF(240, 120), button=button)
    assert under(hands, 240, 120) == before
    assert views[-1] == hands.canvas.visible_region()
    assert not hands.strokes


def test_space_pans_while_it_is_held(hands: Hands) -> None:
    hands.canvas.zoom_to(4.0)
    before = under(hands, 200, 150)
    QTest.mouseMove(hands.canvas, QPoint(200, 150))
    assert hands.canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    QTest.keyPress(hands.canvas, Qt.Key.Key_Space)
    assert hands.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    hands.mouse(QEvent.Type.MouseButtonPress, QPointF(200, 150), LEFT, LEFT)
    assert hands.canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    hands.mouse(QEvent.Type.MouseMove, QPointF(210, 170), LEFT, LEFT)
    hands.mouse(QEvent.Type.MouseButtonRelease, QPointF(210, 170), LEFT, NO_BUTTON)
    QTest.keyRelease(hands.canvas, Qt.Key.Key_Space)
    assert under(hands, 210, 170) == before
    assert hands.canvas.cursor().shape() == Qt.CursorShape.BlankCursor
    hands.drag(QPointF(200, 150))
    assert len(hands.strokes) == 1


def test_the_hand_pans(hands: Hands) -> None:
    hands.canvas.tool = ToolKind.HAND
    hands.canvas.zoom_to(4.0)
    before = under(hands, 200, 150)
    hands.drag(QPointF(200, 150), QPointF(190, 155))
    assert under(hands, 190, 155) == before
    assert not hands.strokes


def test_keys_pan_and_zoom(hands: Hands) -> None:
    hands.canvas.zoom_to(8.0)
    before = under(hands, 200, 150)
    QTest.keyClick(hands.canvas, Qt.Key.Key_Right)
    QTest.keyClick(hands.canvas, Qt.Key.Key_Down)
    assert under(hands, 136, 86) == before
    QTest.keyClick(hands.canvas, Qt.Key.Key_Plus)
    assert hands.canvas.zoom == 12.0
    QTest.keyClick(hands.canvas, Qt.Key.Key_Minus)
    assert hands.canvas.zoom == 8.0


def test_fit_stays_fitted_and_a_zoom_does_not(hands: Hands) -> None:
    hands.canvas.resize(380, 200)
    QApplication.processEvents()
    ratio = hands.canvas.devicePixelRatioF()
    assert hands.canvas._viewport.view == Region(0, 0, round(380 * ratio), round(200 * ratio))
    assert hands.canvas.zoom == hands.canvas._viewport.fit_zoom(round(16 * ratio))
    assert hands.canvas.visible_region() == hands.document.bounds
    hands.canvas.actual_size()
    assert hands.canvas.zoom == 1.0
    hands.canvas.resize(300, 250)
    assert hands.canvas.zoom == 1.0
    hands.canvas.zoom_in()
    hands.canvas.zoom_out()
    assert hands.canvas.zoom == 1.0
    hands.canvas.fit()
    assert hands.canvas.visible_region() == hands.document.bounds


# --- comparing ---------------------------------------------------------------------------------------------


@pytest.fixture
def repaired(hands: Hands) -> Hands:
    """All of the middle replaced by one value; the mask over a corner of it."""
    hands.repair(Region(50, 50, 250, 150), 200)
    hands.canvas.zoom_to(1.0)
    return hands


def device(hands: Hands, region: Region) -> tuple[slice, slice]:
    return hands.canvas._viewport.device_rect(region).slices


def test_the_divider_shows_the_original_on_its_left(repaired: Hands) -> None:
    moved: list[float] = []
    repaired.canvas.dividerMoved.connect(moved.append)
    repaired.canvas.divider = True
    handle = repaired.canvas._divider
    assert handle.isVisible()
    QTest.mousePress(handle, LEFT, NO_KEY, QPoint(handle.width() // 2, 40))
    for x in (4, 6, 8):  # the handle comes along
        QTest.mouseMove(handle, QPoint(handle.width() // 2 + x, 40))
    QTest.mouseRelease(handle, LEFT, NO_KEY, QPoint(handle.width() // 2, 40))
    assert repaired.canvas.divider_at == moved[-1] > 0.5
    shown = drawn_anew(repaired.canvas)
    split = int(repaired.canvas._viewport.to_picture(round(repaired.canvas.divider_at * 400), 0)[0])
    left, right = Region(50, 50, split - 14, 150), Region(split + 14, 50, 250, 150)
    assert left.width > 40
    assert right.width > 20
    assert np.array_equal(shown[device(repaired, left)], repaired.document.original[left.slices])
    assert (shown[device(repaired, right)] == 200).all()


def test_the_divider_moves_by_keys_and_is_a_slider_to_others(repaired: Hands) -> None:
    repaired.canvas.divider = True
    handle = repaired.canvas._divider
    assert handle.accessibleName()
    QTest.keyClick(handle, Qt.Key.Key_Right)
    assert repaired.canvas.divider_at == pytest.approx(0.51)
    QTest.keyClick(handle, Qt.Key.Key_Home)
    assert repaired.canvas.divider_at == 0.0
    shown = drawn_anew(repaired.canvas)
    assert (shown[device(repaired, Region(60, 50, 250, 150))] == 200).all()
    repaired.wheel(QPointF(100, 100), 1)
    assert repaired.canvas.divider_at == 0.0


def test_the_original_alone_while_it_is_asked_for(repaired: Hands) -> None:
    repaired.drag(repaired.over(100, 100), repaired.over(150, 100))
    QApplication.sendEvent(repaired.canvas, QEvent(QEvent.Type.Leave))
    before = drawn_anew(repaired.canvas)
    repaired.canvas.set_showing_original(True)
    bounds = repaired.document.bounds
    assert np.array_equal(drawn_anew(repaired.canvas)[device(repaired, bounds)], repaired.document.original)
    repaired.canvas.set_showing_original(False)
    assert np.array_equal(drawn_anew(repaired.canvas), before)
    assert not np.array_equal(before[device(repaired, bounds)], repaired.document.original)


def test_colour_and_opacity_of_the_mask(hands: Hands) -> None:
    hands.canvas.zoom_to(1.0)
    hands.drag(hands.over(100, 100))
    QApplication.sendEvent(hands.canvas, QEvent(QEvent.Type.Leave))
    hands.canvas.mask_colour = QColor(0, 255, 0)
    hands.canvas.mask_opacity = 1.0
    x, y = device(hands, Region(100, 100, 101, 101))[1].start, device(hands, Region(100, 100, 101, 101))[0].start
    assert (drawn_anew(hands.canvas)[y, x] == [0, 255, 0]).all()
    hands.canvas.mask_opacity = 0.0
    assert (drawn_anew(hands.canvas)[y, x] == hands.document.original[100, 100]).all()


def test_compare_view_shows_both_and_follows(repaired: Hands, qtbot: object) -> None:
    view = CompareView()
    qtbot.addWidget(view)  # type: ignore[attr-defined]
    view.resize(300, 200)
    view.show_document(repaired.document, repaired.canvas._layers)
    view.show()
    assert view.visible_region() == repaired.document.bounds
    view.follow(Region(100, 60, 200, 120))
    assert Region(100, 60, 200, 120) & view.visible_region() == Region(100, 60, 200, 120)
    shown = drawn_anew(view)
    assert (shown[60:140, 170:290] == 200).all()
    assert not (shown[60:140, 10:130] == 200).all(axis=2).any()
    repaired.canvas.refresh(repaired.document.undo())
    view.refresh(Region(50, 50, 250, 150))
    assert not (drawn_anew(view)[60:140, 170:290] == 200).all(axis=2).any()
    view.show_document(None, None)
    drawn_anew(view)


# --- files -------------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Function:DeprecationWarning")  # PySide6 6.12 on the QPoint of the event
def test_files_can_be_dropped(hands: Hands) -> None:
    dropped: list[list[Path]] = []
    hands.canvas.filesDropped.connect(dropped.append)
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/a b.png"), QUrl("https://example.org/c.png")])
    copy = Qt.DropAction.CopyAction
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, LEFT, NO_KEY)
    QApplication.sendEvent(hands.canvas, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(hands.canvas, QDropEvent(QPointF(9, 9), copy, mime, LEFT, NO_KEY))
    assert dropped == [[Path("/tmp/a b.png")]]
    text = QMimeData()
    text.setText("no file")
    enter = QDragEnterEvent(QPoint(9, 9), copy, text, LEFT, NO_KEY)
    QApplication.sendEvent(hands.canvas, enter)
    assert not enter.isAccepted()


def test_names_for_screen_readers(hands: Hands) -> None:
    assert hands.canvas.accessibleName()
    assert hands.canvas.accessibleDescription()
