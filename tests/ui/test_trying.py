"""A slider of the chosen repair is dragged: the canvas follows, and one step is made when it is let go."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from acting import FakeRestorer, key, open_in, paint, save_photograph
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSlider, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot

from restorer.document.document import Document
from restorer.imaging.region import Region
from restorer.ui import trying
from restorer.ui.canvas import sketch
from restorer.ui.main_window import MainWindow

LEFT, CTRL, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


def document_of(window: MainWindow) -> Document:
    assert window.editor.document is not None
    return window.editor.document


def seen(window: MainWindow, qtbot: QtBot) -> QImage:
    """The canvas, all of it drawn."""
    canvas = window.workspace.canvas
    canvas.grab()
    qtbot.waitUntil(lambda: canvas.exact)
    return canvas.grab().toImage()


def handle(slider: QSlider, value: int | None = None) -> QPoint:
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    if value is not None:
        option.sliderPosition = value
    style = slider.style()
    return style.subControlRect(
        QStyle.ComplexControl.CC_Slider, option, QStyle.SubControl.SC_SliderHandle, slider
    ).center()


def drag(slider: QSlider, *values: int) -> None:
    """With the mouse, which stays down."""
    QTest.mousePress(slider, LEFT, NONE, handle(slider))
    assert slider.isSliderDown()
    for value in values:
        QTest.mouseMove(slider, handle(slider, value))


def let_go(slider: QSlider) -> None:
    QTest.mouseRelease(slider, LEFT, NONE, handle(slider))


@pytest.fixture
def repaired(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    opened.workspace.panel.tools.set_brush_size(40)
    paint(opened, (100, 100), (200, 100))
    key(opened, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: bool(document_of(opened).repairs) and not opened.editor.working)
    opened.workspace.panel.history.list.setCurrentRow(0)
    QTest.mouseMove(opened.workspace.canvas, QPoint(1, 1))
    return opened


@pytest.mark.parametrize(("name", "value"), [("strength", 40), ("feather", 12), ("grain", 80)])
def test_the_canvas_follows_and_shows_what_comes_of_it(
    repaired: MainWindow, name: str, value: int, qtbot: QtBot
) -> None:
    document, slider = document_of(repaired), getattr(repaired.workspace.panel.history.chosen_one, name)
    before, steps = seen(repaired, qtbot), len(document.history.done)
    drag(slider, (slider.value() + value) // 2, value)
    qtbot.waitUntil(lambda: repaired.workspace.trying._task is None)
    tried = seen(repaired, qtbot)
    assert tried != before
    assert len(document.history.done) == steps  # nothing is done yet
    let_go(slider)
    assert slider.value() == slider.sliderPosition()
    assert len(document.history.done) == steps + 1
    made = document.repairs[0]
    there = {"strength": made.strength * 100, "feather": made.feather, "grain": made.grain and made.grain.amount * 100}
    assert there[name] == pytest.approx(slider.value())
    assert seen(repaired, qtbot) == tried  # to the last bit
    key(repaired, Qt.Key.Key_Z, CTRL)
    assert seen(repaired, qtbot) == before


def test_dragged_back_it_is_as_it_was(repaired: MainWindow, qtbot: QtBot) -> None:
    document, slider = document_of(repaired), repaired.workspace.panel.history.chosen_one.strength
    before, steps, grip = seen(repaired, qtbot), len(document.history.done), handle(slider)
    drag(slider, 50)
    qtbot.waitUntil(lambda: repaired.workspace.trying._task is None)
    assert seen(repaired, qtbot) != before
    QTest.mouseMove(slider, grip + QPoint(20, 0))
    assert slider.sliderPosition() == 100
    let_go(slider)
    assert len(document.history.done) == steps
    assert seen(repaired, qtbot) == before
    qtbot.wait(80)  # what was still being made is shown to nobody
    assert seen(repaired, qtbot) == before


@pytest.mark.parametrize(("name", "value"), [("strength", 40), ("feather", 12), ("grain", 80)])
def test_esc_gives_a_drag_up(repaired: MainWindow, name: str, value: int, qtbot: QtBot) -> None:
    document, chosen = document_of(repaired), repaired.workspace.panel.history.chosen_one
    slider, text = getattr(chosen, name), getattr(chosen, f"_{name}_text")
    before, steps, was, words = seen(repaired, qtbot), len(document.history.done), slider.value(), text.text()
    drag(slider, value)
    qtbot.waitUntil(lambda: repaired.workspace.trying._task is None)
    assert seen(repaired, qtbot) != before
    repaired.workspace.canvas.setFocus()
    key(repaired, Qt.Key.Key_Escape)
    assert (slider.value(), slider.sliderPosition(), text.text()) == (was, was, words)
    QTest.mouseMove(slider, handle(slider, value))  # the button is down still
    let_go(slider)
    assert (slider.value(), slider.sliderPosition(), text.text()) == (was, was, words)
    assert seen(repaired, qtbot) == before
    assert len(document.history.done) == steps
    drag(slider, value)  # the next drag is one again
    let_go(slider)
    assert slider.value() != was
    assert len(document.history.done) == steps + 1


def test_undone_meanwhile_nothing_of_it_stays(repaired: MainWindow, qtbot: QtBot) -> None:
    slider = repaired.workspace.panel.history.chosen_one.strength
    drag(slider, 50)
    qtbot.waitUntil(lambda: repaired.workspace.trying._task is None)
    repaired.editor.undo()  # of the repair itself
    assert repaired.editor.layers is not None
    assert repaired.editor.layers.after.sketch is None
    document = document_of(repaired)
    assert (repaired.editor.layers.after.read(0, document.bounds) == document.original).all()


def test_of_many_moves_one_is_made_at_a_time_and_the_last_is_shown(
    repaired: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    go, real, made = threading.Event(), trying.sketched, list[tuple[str, float]]()

    def slowly(image: object, repair: object, *args: object) -> object:
        made.append((threading.current_thread().name, repair.strength))  # type: ignore[attr-defined]
        assert go.wait(60)
        return real(image, repair, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(trying, "sketched", slowly)
    slider = repaired.workspace.panel.history.chosen_one.strength
    drag(slider, *range(95, 20, -5))
    go.set()
    qtbot.waitUntil(lambda: repaired.workspace.trying._task is None)
    assert [name for name, _ in made] == ["analysis"] * 2  # the first, and the one that was asked for last
    assert made[-1][1] == pytest.approx(slider.sliderPosition() / 100)
    let_go(slider)


@pytest.mark.parametrize("most", [4 << 20, 1 << 16], ids=["each pixel", "some pixels"])
@pytest.mark.parametrize(("name", "value"), [("strength", 30), ("feather", 50), ("grain", 100)])
def test_a_wide_repair_is_sketched_from_as_many_pixels_as_it_takes(
    window: MainWindow, tmp_path: Path, most: int, name: str, value: int, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    """Zoomed out, about what the pyramid will show; never more than so many pixels of the picture are read for it."""
    monkeypatch.setattr(sketch, "MOST", most)
    window.actions_.heal.setChecked(False)
    open_in(window, save_photograph(tmp_path / "wide.png", (1501, 2203, 3)), qtbot)
    document, layers = document_of(window), window.editor.layers
    assert layers is not None
    wide = np.zeros(document.mask.shape, bool)
    wide[101:1399, 203:2001] = True
    document.set_mask(wide)
    window.editor.restore()
    qtbot.waitUntil(lambda: bool(document.repairs))
    window.workspace.panel.history.list.setCurrentRow(0)
    slider = getattr(window.workspace.panel.history.chosen_one, name)
    read: list[int] = []
    real = sketch.thinned

    def thinned(image: object, area: Region, step: int) -> np.ndarray:
        made = real(image, area, step)  # type: ignore[arg-type]
        read.append(made.shape[0] * made.shape[1])
        return made

    monkeypatch.setattr(sketch, "thinned", thinned)
    drag(slider, value)
    qtbot.waitUntil(lambda: layers.after.sketch is not None)
    level = layers.after.pyramid.level_for(window.workspace.canvas.zoom)
    assert level >= 1
    bounds = layers.after.pyramid.bounds(level)
    tried = layers.after.read(level, bounds).astype(int)
    assert read
    assert max(read) <= max(most, 2 * bounds.area)
    let_go(slider)
    qtbot.waitUntil(lambda: layers.after.sketch is None)
    made = layers.after.read(level, bounds).astype(int)
    off = np.abs(tried - made).max(2)
    inside = slice(101 // 2**level + 2, 1399 // 2**level - 2), slice(203 // 2**level + 2, 2001 // 2**level - 2)
    outside = np.ones(off.shape, bool)
    outside[inside[0].start - 4 : inside[0].stop + 4, inside[1].start - 4 : inside[1].stop + 4] = False
    assert (off[outside] == 0).all()
    if most > 1 << 20:
        assert off[inside].max() <= 2  # rounded once instead of at each level
    elif name != "grain":
        assert abs(float((tried[inside] - made[inside]).mean())) < 1.5  # of 255
    else:
        assert 0.5 < tried[inside].std() / made[inside].std() < 2


def test_without_known_surroundings_grain_is_not_shown(opened: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    del fake
    document = document_of(opened)
    everywhere = np.ones(document.mask.shape, bool)
    everywhere[:3] = False
    document.set_mask(everywhere)
    opened.editor.restore()
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    opened.workspace.panel.history.list.setCurrentRow(0)
    slider = opened.workspace.panel.history.chosen_one.grain
    drag(slider, 50)
    qtbot.waitUntil(lambda: opened.workspace.trying._task is None)
    assert opened.editor.layers is not None
    assert opened.editor.layers.after.sketch is None
    let_go(slider)
    assert slider.value() == 0
    assert "too little" in opened.status.text.text()


def test_a_changed_repair_is_reduced_once(repaired: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was and as it is it lies at the same place."""
    layers, reduced = repaired.editor.layers, list[Region]()
    assert layers is not None
    real = layers.after.update
    monkeypatch.setattr(layers.after, "update", lambda region: (reduced.append(region), real(region)))
    repaired.editor.reworking.set_strength(1, 0.5)
    assert reduced == [document_of(repaired).repairs[0].region]
