"""Clone and heal with the real mouse: Alt chooses, a stroke brings, the preview shows, undo takes back."""

from __future__ import annotations

from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from acting import at, boxes, key, open_in
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.imaging.region import Region
from restorer.ui.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
NONE, ALT, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
Place = tuple[float, float]


def send(
    window: MainWindow, kind: QEvent.Type, place: Place, held: Qt.KeyboardModifier = NONE, down: bool = True
) -> None:
    canvas, local = window.workspace.canvas, QPointF(at(window, *place))
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else LEFT
    buttons = LEFT if down else Qt.MouseButton.NoButton
    QApplication.sendEvent(canvas, QMouseEvent(kind, local, canvas.mapToGlobal(local), button, buttons, held))


def choose(window: MainWindow, place: Place) -> None:
    send(window, QEvent.Type.MouseMove, place, ALT, down=False)
    QTest.mouseClick(window.workspace.canvas, LEFT, ALT, at(window, *place))


def stroke(window: MainWindow, *places: Place, release: bool = True) -> None:
    send(window, QEvent.Type.MouseMove, places[0], down=False)
    send(window, QEvent.Type.MouseButtonPress, places[0])
    for place in places[1:]:
        send(window, QEvent.Type.MouseMove, place)
    if release:
        send(window, QEvent.Type.MouseButtonRelease, places[-1], down=False)


def pixels_of(window: MainWindow) -> np.ndarray:
    assert window.editor.document is not None
    return window.editor.document.image.read(window.editor.document.bounds)


@pytest.fixture
def cloning(opened: MainWindow) -> MainWindow:
    opened.workspace.panel.tools.set_brush_size(16)
    opened.workspace.panel.tools.set_softness(0)
    key(opened, Qt.Key.Key_S)
    return opened


def test_alt_and_a_click_then_a_stroke(cloning: MainWindow) -> None:
    document = cloning.editor.document
    assert document is not None
    assert "Alt" in cloning.status.text.text()
    choose(cloning, (100, 50))
    assert "Paint" in cloning.status.text.text()
    stroke(cloning, (150, 120), (190, 120))
    (repair,) = document.repairs
    assert repair.made["hand"] == "clone"
    dx, dy = int(repair.made["dx"]), int(repair.made["dy"])
    assert abs(dx + 50) <= 1
    assert abs(dy + 70) <= 1
    inside = np.asarray(repair.wanted)
    moved = np.roll(document.original, (-dy, -dx), (0, 1))
    assert (pixels_of(cloning)[inside] == moved[inside]).all()
    assert (pixels_of(cloning)[~inside] == document.original[~inside]).all()
    assert abs(Region.around(inside).width - 56) <= 3
    stroke(cloning, (150, 150), (160, 150))  # aligned: the way stays
    assert (document.repairs[1].made["dx"], document.repairs[1].made["dy"]) == (str(dx), str(dy))
    for _ in range(2):
        key(cloning, Qt.Key.Key_Z, CTRL)
    assert (pixels_of(cloning) == document.original).all()


def test_without_a_source_it_says_so_and_paints_nothing(cloning: MainWindow) -> None:
    stroke(cloning, (150, 120), (190, 120))
    assert cloning.editor.document is not None
    assert cloning.editor.document.repairs == ()
    assert not cloning.editor.document.marked
    assert "Alt" in cloning.status.text.text()
    choose(cloning, (100, 50))
    assert "Paint" in cloning.status.text.text()  # what was lacking is there: no word of it stays


def test_what_lacked_a_source_is_not_said_to_another_tool(cloning: MainWindow) -> None:
    cloning.status.say("The project is saved in work.restorer.")
    stroke(cloning, (150, 120), (190, 120))
    assert "Alt and a click" in cloning.status.text.text()  # though another word was being said
    key(cloning, Qt.Key.Key_B)
    assert "Alt" not in cloning.status.text.text()


def test_what_comes_is_seen_while_it_is_painted(cloning: MainWindow) -> None:
    choose(cloning, (100, 50))
    stroke(cloning, (150, 120), (190, 120), release=False)
    canvas = cloning.workspace.canvas
    assert canvas.source.way is not None
    document = cloning.editor.document
    assert document is not None
    seen = canvas.grab().toImage()
    ratio = seen.width() / canvas.width()
    where = at(cloning, 165.5, 120.5)
    colour = seen.pixelColor(round(where.x() * ratio), round(where.y() * ratio))
    x, y = 165 + canvas.source.way[0], 120 + canvas.source.way[1]
    zoom = canvas.zoom
    if zoom >= 2:  # pixels show as squares
        assert (colour.red(), colour.green(), colour.blue()) == tuple(document.original[y, x])
    else:
        near = document.original[y - 1 : y + 2, x - 1 : x + 2].reshape(-1, 3)
        assert (near.min(0) <= colour.getRgb()[:3]).all()
        assert (near.max(0) >= colour.getRgb()[:3]).all()
    key(cloning, Qt.Key.Key_Escape)
    assert document.repairs == ()
    assert not (canvas._layers.overlay.pyramid.read(0, document.bounds)).any()  # type: ignore[union-attr]
    send(cloning, QEvent.Type.MouseButtonRelease, (190, 120), down=False)
    assert document.repairs == ()


def test_a_source_chosen_during_a_stroke_is_the_next_ones(cloning: MainWindow) -> None:
    choose(cloning, (100, 50))
    stroke(cloning, (150, 120), (190, 120), release=False)
    key(cloning, Qt.Key.Key_A)
    send(cloning, QEvent.Type.MouseButtonRelease, (190, 120), down=False)
    document = cloning.editor.document
    assert document is not None
    assert abs(int(document.repairs[0].made["dx"]) + 50) <= 1
    stroke(cloning, (60, 160), (70, 160))
    assert abs(int(document.repairs[1].made["dx"]) - 130) <= 1


def test_by_keys_alone(cloning: MainWindow) -> None:
    key(cloning, Qt.Key.Key_F2)
    canvas = cloning.workspace.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Right)
    key(cloning, Qt.Key.Key_A)
    assert canvas.source.chosen
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    for _ in range(3):
        QTest.keyClick(canvas, Qt.Key.Key_Right)
    QTest.keyClick(canvas, Qt.Key.Key_Space)
    assert cloning.editor.document is not None
    assert len(cloning.editor.document.repairs) == 1


def test_beyond_the_picture_it_says_so(cloning: MainWindow) -> None:
    choose(cloning, (3, 3))
    stroke(cloning, (290, 190), (295, 195))
    assert cloning.editor.document is not None
    before = len(cloning.editor.document.repairs)
    stroke(cloning, (10, 10), (14, 10))
    assert len(cloning.editor.document.repairs) == before
    assert "beyond" in cloning.status.text.text()
    assert not boxes()
    choose(cloning, (100, 50))
    assert "beyond" not in cloning.status.text.text()


@pytest.mark.parametrize("tool", [Qt.Key.Key_S, Qt.Key.Key_J], ids=["clone", "heal"])
def test_what_was_just_done_by_hand_is_what_is_chosen(cloning: MainWindow, tool: Qt.Key) -> None:
    history = cloning.workspace.panel.history
    key(cloning, tool)
    choose(cloning, (100, 50))
    stroke(cloning, (150, 120), (190, 120))
    assert history.chosen == 1
    stroke(cloning, (150, 150), (160, 150))
    assert history.chosen == 2
    history.choose(1)
    stroke(cloning, (60, 160), (70, 160))
    assert history.chosen == 3
    assert history.chosen_one.name.placeholderText() == "Repair 3"


@pytest.mark.parametrize(
    ("dtype", "channels"), [(np.uint16, 3), (np.uint16, 1), (np.uint8, 1)], ids=["rgb16", "grey16", "grey8"]
)
def test_healing_in_the_files_own_depth(
    window: MainWindow, tmp_path: Path, dtype: type, channels: int, qtbot: QtBot
) -> None:
    """A blot on the dark half is healed with texture of the bright half: no step is left."""
    most = int(np.iinfo(dtype).max)
    rng = np.random.default_rng(4)
    pixels = 0.3 * most + rng.normal(0, 0.01 * most, (200, 300, channels))
    pixels[:, 150:] += 0.3 * most
    pixels[80:120, 60:100] = 0.9 * most
    whole = np.clip(pixels, 0, most).astype(dtype)
    path = tmp_path / "blot.png"
    path.write_bytes(imagecodecs.png_encode(whole if channels == 3 else whole[..., 0]))
    window.actions_.heal.setChecked(False)
    open_in(window, path, qtbot)
    window.workspace.panel.tools.set_brush_size(70)
    window.workspace.panel.tools.set_softness(0)
    key(window, Qt.Key.Key_J)
    choose(window, (230, 100))
    stroke(window, (80, 100))
    document = window.editor.document
    assert document is not None
    assert document.repairs[0].made["hand"] == "heal"
    healed = pixels_of(window)[85:115, 65:95].astype(float)
    assert pixels_of(window).dtype == dtype
    assert abs(healed.mean() - 0.3 * most) < 0.02 * most
    assert 0.005 * most < healed.std() < 0.02 * most  # the texture came along
    key(window, Qt.Key.Key_Z, CTRL)
    assert (pixels_of(window) == document.original).all()


def test_another_photograph_has_no_source(cloning: MainWindow) -> None:
    choose(cloning, (100, 50))
    assert cloning.workspace.canvas.source.chosen
    cloning.editor.draw_anew()
    assert not cloning.workspace.canvas.source.chosen


def test_the_name_of_a_repair_made_by_hand(cloning: MainWindow) -> None:
    choose(cloning, (100, 50))
    stroke(cloning, (150, 120), (190, 120))
    history = cloning.workspace.panel.history
    assert "by hand" in history.list.item(0).text()
