"""The chosen repair: name, grain, candidates, and what it rests on; with the real network where it is asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from acting import FILLED, FakeRestorer, activate, boxes, key, one_box, open_in, paint
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.document import journal
from restorer.document.repair import Image, same_pixels
from restorer.engine.copying import Copier
from restorer.imaging.region import Region
from restorer.ui import candidates, thumbnails
from restorer.ui.candidates import Kind
from restorer.ui.desk import Desk
from restorer.ui.dialogs.candidates_dialog import CandidatesDialog
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.engine import Engine
from restorer.ui.main_window import MainWindow
from restorer.ui.resting import Rests
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

CTRL = Qt.KeyboardModifier.ControlModifier


def restore(window: MainWindow, qtbot: QtBot, *places: tuple[float, float]) -> None:
    paint(window, *places)
    key(window, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: not window.editor.working, timeout=60000)


@pytest.fixture
def repaired(opened: MainWindow, qtbot: QtBot) -> MainWindow:
    engine = opened.editor._engine
    qtbot.waitUntil(lambda: engine.detectors is not None)  # from now on it leaves `models` as tests set them
    restore(opened, qtbot, (100, 100), (200, 100))
    opened.workspace.panel.history.list.setCurrentRow(0)
    return opened


@pytest.fixture
def real(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[MainWindow]:
    """A window with the real network, and a part of a sample with one repair."""
    monkeypatch.setattr(thumbnails, "folder", lambda: tmp_path / "thumbnails")
    monkeypatch.setattr(journal, "state_folder", lambda: tmp_path / "journals")
    part = cv2.imread(str(bundled.resources() / "samples" / "colosseum.jpg"))[300:500, 500:800]
    path = tmp_path / "part.png"
    assert cv2.imwrite(str(path), part)
    engine = Engine()
    engine.threads = 1
    desk = Desk(Settings(tmp_path / "restorer.ini"), Theme(qapp, "light"), engine)
    window = desk.new_window()
    window.actions_.heal.setChecked(False)
    open_in(window, path, qtbot)
    qtbot.waitUntil(lambda: bool(engine.models), timeout=60000)
    window.workspace.panel.tools.set_brush_size(6)
    restore(window, qtbot, (130, 110), (170, 130))
    window.workspace.panel.history.list.setCurrentRow(0)
    yield window
    for each in list(desk.windows):
        each._discard()
    desk.stop()
    desk.theme.deleteLater()
    qapp.processEvents()


def pixels_of(window: MainWindow) -> np.ndarray:
    assert window.editor.document is not None
    return window.editor.document.image.read(window.editor.document.bounds)


# --- name and grain ----------------------------------------------------------------------------------------------


def test_a_name_of_its_own(repaired: MainWindow) -> None:
    history = repaired.workspace.panel.history
    name = history.chosen_one.name
    assert name.placeholderText() == "Repair 1"
    name.setFocus()
    QTest.keyClicks(name, "crease")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert history.list.item(0).text().startswith("crease\n")
    assert repaired.editor.document is not None
    assert repaired.editor.document.repairs[0].name == "crease"
    key(repaired, Qt.Key.Key_Z, CTRL)
    assert history.list.item(0).text().startswith("Repair 1\n")
    name.setFocus()
    repaired.workspace.canvas.setFocus()  # nothing typed, nothing said
    assert repaired.editor.document.repairs[0].name == ""


def named(window: MainWindow) -> str:
    document = window.editor.document
    assert document is not None
    return document.repairs[0].name


@pytest.mark.parametrize("way", ["Ctrl+S", "Ctrl+E", "menu", "close"])
def test_a_name_that_is_being_typed_counts(
    desk: Desk, repaired: MainWindow, tmp_path: Path, qtbot: QtBot, way: str
) -> None:
    name, project = repaired.workspace.panel.history.chosen_one.name, tmp_path / "work.restorer"
    repaired.editor.keeping.save(project)
    qtbot.waitUntil(lambda: not repaired.editor.keeping.writing)
    activate(repaired, qtbot)
    name.setFocus()
    QTest.keyClicks(name, "Tear at the left")
    assert named(repaired) == ""
    if way == "Ctrl+S":
        QTest.keyClick(name, Qt.Key.Key_S, CTRL)
    elif way == "Ctrl+E":
        QTest.keyClick(name, Qt.Key.Key_E, CTRL)
        repaired.findChildren(ExportDialog)[0].reject()
    elif way == "menu":
        repaired.actions_.save.trigger()
    else:
        repaired.close()
        one_box(qtbot).button(QMessageBox.StandardButton.SaveAll).click()
        qtbot.waitUntil(lambda: desk.windows == [])
    if way != "close":
        assert named(repaired) == "Tear at the left"
        qtbot.waitUntil(lambda: not repaired.editor.keeping.writing)
    if way != "Ctrl+E":
        again = desk.new_window()
        open_in(again, project, qtbot)
        assert named(again) == "Tear at the left"


def test_esc_takes_back_what_was_typed(repaired: MainWindow, qtbot: QtBot) -> None:
    name = repaired.workspace.panel.history.chosen_one.name
    activate(repaired, qtbot)
    name.setFocus()
    QTest.keyClicks(name, "Gamma")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == ""
    QTest.keyClicks(name, "Beta")
    QTest.keyClick(name, Qt.Key.Key_Return)
    QTest.keyClicks(name, "x")
    QTest.keyClick(name, Qt.Key.Key_Escape)
    assert name.text() == "Beta"
    repaired.workspace.canvas.setFocus()
    assert named(repaired) == "Beta"


def test_undo_is_seen_in_the_field_that_has_the_focus(repaired: MainWindow, qtbot: QtBot) -> None:
    name = repaired.workspace.panel.history.chosen_one.name
    activate(repaired, qtbot)
    name.setFocus()
    QTest.keyClicks(name, "Beta")
    QTest.keyClick(name, Qt.Key.Key_Return)
    repaired.actions_.undo.trigger()  # as its button does, which leaves the focus where it is
    assert name.hasFocus()
    assert name.text() == named(repaired) == ""
    QTest.keyClicks(name, "x")
    QTest.keyClick(name, Qt.Key.Key_Return)
    assert named(repaired) == "x"


def test_after_one_is_deleted_the_next_is_chosen(repaired: MainWindow, qtbot: QtBot) -> None:
    restore(repaired, qtbot, (100, 50), (200, 50))
    restore(repaired, qtbot, (100, 20), (200, 20))
    history = repaired.workspace.panel.history
    history.choose(2)
    for left, gone in ((1, 2), (3, 1), (None, 3)):
        assert history.chosen == gone
        QTest.keyClick(history.list, Qt.Key.Key_Delete)
        assert history.chosen == left
        assert history.chosen_one.isVisibleTo(history) == (left is not None)
    for back in (3, 1, 2):
        key(repaired, Qt.Key.Key_Z, CTRL)
        assert history.chosen == back
        assert history.chosen_one.name.placeholderText() == f"Repair {back}"


def test_grain_is_a_step_and_its_slider_shows_it(repaired: MainWindow) -> None:
    one = repaired.workspace.panel.history.chosen_one
    bare = pixels_of(repaired)
    one.grain.setValue(100)
    grainy = pixels_of(repaired)
    document = repaired.editor.document
    assert document is not None
    inside = np.asarray(document.repairs[0].wanted)
    assert (grainy[~inside] == bare[~inside]).all()
    assert grainy[inside].std() > 10  # around it is noise from 60 to 200
    key(repaired, Qt.Key.Key_Z, CTRL)
    assert one.grain.value() == 0
    assert (pixels_of(repaired) == bare).all()
    assert (bare[inside] == FILLED).all()


def test_feather_is_a_step_and_its_slider_shows_it(repaired: MainWindow) -> None:
    panel = repaired.workspace.panel
    one, bare, document = panel.history.chosen_one, pixels_of(repaired), repaired.editor.document
    assert document is not None
    inside = np.asarray(document.repairs[0].wanted)
    one.feather.setFocus()
    for _ in range(3):
        QTest.keyClick(one.feather, Qt.Key.Key_Right)
    soft = pixels_of(repaired)
    assert document.repairs[0].feather == 3
    assert (soft[~inside] == bare[~inside]).all()
    assert (soft[inside] != bare[inside]).any()
    assert (soft[inside] == FILLED).any()  # its middle
    key(repaired, Qt.Key.Key_Z, CTRL)
    assert one.feather.value() == 0
    assert (pixels_of(repaired) == bare).all()
    panel.tools.feather_slider.setValue(2)  # of those to come
    assert document.repairs[0].feather == 0
    assert document.feather == 2
    assert repaired._settings.feather == 2


@pytest.mark.parametrize("slider", ["feather", "strength", "grain"])
def test_presses_of_a_key_in_a_row_are_one_step(
    repaired: MainWindow, monkeypatch: pytest.MonkeyPatch, slider: str
) -> None:
    now = [100.0]
    monkeypatch.setattr(repaired.editor.reworking._joining, "_clock", lambda: now[0])
    document, one = repaired.editor.document, repaired.workspace.panel.history.chosen_one
    assert document is not None
    field = {"feather": one.feather, "strength": one.strength, "grain": one.grain}[slider]
    begun, was = len(document.history.done), field.value()
    way, by = (Qt.Key.Key_Left, -1) if slider == "strength" else (Qt.Key.Key_Right, 1)
    for _ in range(5):
        now[0] += 0.3
        QTest.keyClick(field, way)
    assert field.value() == was + 5 * by
    assert len(document.history.done) == begun + 1
    now[0] += 2.0
    QTest.keyClick(field, way)
    assert len(document.history.done) == begun + 2
    for value in (was + 5 * by, was):
        key(repaired, Qt.Key.Key_Z, CTRL)
        assert field.value() == value


def test_where_grain_cannot_be_told_the_slider_goes_back(opened: MainWindow, qtbot: QtBot) -> None:
    document = opened.editor.document
    assert document is not None
    everywhere = np.ones(document.mask.shape, bool)
    everywhere[:3] = False  # hardly anything is known
    document.set_mask(everywhere)
    opened.editor.restore()
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    opened.workspace.panel.history.list.setCurrentRow(0)
    one = opened.workspace.panel.history.chosen_one
    one.grain.setValue(50)
    assert one.grain.value() == 0
    assert "too little" in opened.status.text.text()
    assert not boxes()


# --- more like this ----------------------------------------------------------------------------------------------


def ask(window: MainWindow, qtbot: QtBot) -> CandidatesDialog:
    QTest.mouseClick(window.workspace.panel.history.chosen_one.more, Qt.MouseButton.LeftButton)
    dialogs = window.findChildren(CandidatesDialog)
    assert len(dialogs) == 1
    qtbot.waitUntil(lambda: all(card.isEnabled() for card in dialogs[0].cards), timeout=120000)
    return dialogs[0]


def test_three_candidates_and_one_takes_its_place_in_one_step(real: MainWindow, qtbot: QtBot) -> None:
    document = real.editor.document
    assert document is not None
    before = pixels_of(real)
    steps = len(document.history.done)
    dialog = ask(real, qtbot)
    assert len(dialog.cards) == 4
    assert not any(card.empty for card in dialog.cards)
    pictures = [card.icon().pixmap(248, 196).toImage() for card in dialog.cards]
    for index, one in enumerate(pictures):
        for other in pictures[index + 1 :]:
            assert one != other  # they are choices
    assert "nothing is invented" in dialog.words[3].text()
    assert [card.accessibleName() for card in dialog.cards] == [
        "As it is",
        "A margin 4 px wider",  # a narrow line has no texture: another seed gave the same
        "A margin 2 px wider",
        "Copied from the surroundings",
    ]
    assert [card.text()[:3] for card in dialog.cards] == ["1  ", "2  ", "3  ", "4  "]
    assert [words.text() for words in dialog.words[:3]] == ["reweave"] * 3
    QTest.keyClick(dialog, Qt.Key.Key_4)
    qtbot.waitUntil(lambda: not real.findChildren(CandidatesDialog))
    assert len(document.history.done) == steps + 1
    assert [(repair.number, repair.run) for repair in document.repairs] == [(1, 2)]
    assert document.repairs[0].made["model"] == "patches"
    inside = np.asarray(document.repairs[0].wanted)
    known = {tuple(value) for value in document.original[~inside].tolist()}
    assert {tuple(value) for value in pixels_of(real)[inside].tolist()} <= known
    activate(real, qtbot)
    key(real, Qt.Key.Key_Z, CTRL)
    assert (pixels_of(real) == before).all()


@pytest.fixture
def album(real: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> str:
    """Weights of a person's own: the real ones, a little changed, under another name."""
    from restorer.engine import weights

    bundled_ones = weights.find()
    tensors = bundled_ones.tensors()
    name = next(name for name in reversed(tensors) if name.endswith("bias"))
    tensors[name] += 0.05
    own = tmp_path / "own"
    own.mkdir()
    monkeypatch.setattr(weights, "own_folder", lambda: own)
    weights.save(own / "album.safetensors", tensors, bundled_ones.card)
    real.editor._engine.look_for_models()
    qtbot.waitUntil(lambda: "album" in real.editor._engine.models)
    return "album"


def test_own_weights_are_the_other_network(real: MainWindow, album: str, qtbot: QtBot) -> None:
    before = pixels_of(real)
    dialog = ask(real, qtbot)
    assert [card.accessibleName() for card in dialog.cards[1:]] == [
        "A margin 2 px wider",
        "Another network",
        "Copied from the surroundings",
    ]
    assert dialog.words[2].text() == album
    QTest.keyClick(dialog, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: not real.findChildren(CandidatesDialog))
    document = real.editor.document
    assert document is not None
    (repair,) = document.repairs
    assert repair.made["model"] == album
    inside = np.asarray(repair.wanted)
    assert (pixels_of(real)[inside] != before[inside]).any()
    real.editor._engine.model = album  # chosen for all: what was made by it gets the bundled ones beside it
    dialog = ask(real, qtbot)
    assert [(way.model, dialog._candidates.kind(way)) for way in dialog._candidates.ways] == [
        (None, Kind.MARGIN),
        ("reweave", Kind.OTHER_NETWORK),
        ("patches", Kind.COPIES),
    ]
    dialog.reject()


def test_a_candidate_is_seen_as_it_will_be(real: MainWindow, qtbot: QtBot) -> None:
    """With the grain and the feather of the repair whose place it takes, and under the repairs that lie over it."""
    document = real.editor.document
    assert document is not None
    there = document.repairs[0].region
    over = np.zeros(document.mask.shape, bool)
    over[there.moved(0, there.height // 2).slices] = True
    document.set_mask(over)
    job = document.job()
    document.apply(job, Copier().restore(job), {"model": "patches"})
    real.editor.reworking.set_feather(1, 2)
    assert document.repairs[0].grain is not None
    pictures: dict[int, np.ndarray] = {}
    QTest.mouseClick(real.workspace.panel.history.chosen_one.more, Qt.MouseButton.LeftButton)
    (dialog,) = real.findChildren(CandidatesDialog)
    dialog._candidates.filled.connect(lambda index, _candidate, picture: pictures.update({index: picture}))
    qtbot.waitUntil(lambda: all(card.isEnabled() for card in dialog.cards))
    place, step = dialog._candidates._place, dialog._candidates._step
    QTest.keyClick(dialog, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: not real.findChildren(CandidatesDialog))
    made = document.repairs[0]
    assert made.run == 2
    assert made.grain is not None
    assert made.feather == 2
    assert len(document.repairs) == 2
    assert (document.image.read(place)[::step, ::step] == pictures[0]).all()


def test_no_candidate_is_what_is_there(repaired: MainWindow, qtbot: QtBot) -> None:
    """Own weights are chosen, and the only others are those that the repair was made by."""
    engine, document = repaired.editor._engine, repaired.editor.document
    assert document is not None
    engine.models, engine.model = ["fake", "album", "patches"], "album"
    dialog = ask(repaired, qtbot)
    ways = dialog._candidates.ways
    assert [(way.model, way.seed, way.grow) for way in ways] == [(None, 0, 2), ("fake", 1, 2), ("patches", 0, 2)]
    dialog.reject()
    qtbot.waitUntil(lambda: not repaired.findChildren(CandidatesDialog))
    engine.models, engine.model = ["fake", "album", "patches"], "patches"  # which one candidate is anyhow
    dialog = ask(repaired, qtbot)
    assert [way.model for way in dialog._candidates.ways] == ["fake", "album", "patches"]


def test_a_wide_repair_is_compared_and_read_beside_the_window(
    opened: MainWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    document = opened.editor.document
    assert document is not None
    wide = np.zeros(document.mask.shape, bool)
    wide[20:180, 20:280] = True
    document.set_mask(wide)
    opened.editor.restore()
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    opened.workspace.panel.history.list.setCurrentRow(0)
    qtbot.wait(200)  # the panel has its height, and the canvas is painted
    monkeypatch.setattr("restorer.document.repair.STRIP", 3000)  # a few rows
    compared: list[str] = []
    read: list[tuple[str, int]] = []

    def same(*args: object) -> bool:
        compared.append(threading.current_thread().name)
        return same_pixels(*args)  # type: ignore[arg-type]

    def reading(image: Image, region: Region, _read: object = Image.read) -> np.ndarray:
        read.append((threading.current_thread().name, region.area))
        return _read(image, region)  # type: ignore[operator, no-any-return]

    monkeypatch.setattr(candidates, "same_pixels", same)
    monkeypatch.setattr(Image, "read", reading)
    dialog = ask(opened, qtbot)
    assert not any(card.empty for card in dialog.cards)
    assert compared == ["analysis"] * 2  # the one with a margin differs anyhow
    assert {name for name, _ in read} <= {"analysis", "engine"}
    assert all(area <= 3000 for name, area in read if name == "analysis")
    dialog.reject()


def test_kept_as_it_is_nothing_happens(repaired: MainWindow, qtbot: QtBot) -> None:
    before, document = pixels_of(repaired), repaired.editor.document
    assert document is not None
    steps = len(document.history.done)
    for close in (lambda dialog: QTest.keyClick(dialog, Qt.Key.Key_Escape), lambda dialog: dialog.cards[0].click()):
        dialog = ask(repaired, qtbot)
        close(dialog)
        qtbot.waitUntil(lambda: not repaired.findChildren(CandidatesDialog))
    assert (pixels_of(repaired) == before).all()
    assert len(document.history.done) == steps


def test_closed_early_the_engine_is_left_in_peace(repaired: MainWindow, fake: FakeRestorer, qtbot: QtBot) -> None:
    fake.hold()
    jobs = len(fake.jobs)
    repaired.workspace.panel.history.chosen_one.more.click()
    qtbot.waitUntil(fake.begun.is_set)
    (dialog,) = repaired.findChildren(CandidatesDialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    fake.release()
    qtbot.wait(80)
    assert len(fake.jobs) == jobs + 1  # those that waited never began
    assert fake.jobs[-1].cancelled.is_set()


def test_each_network_there_is_can_be_had(repaired: MainWindow, qtbot: QtBot) -> None:
    engine = repaired.editor._engine
    engine.models = ["reweave", "context-encoder", "partial-conv", "patches"]
    dialog = ask(repaired, qtbot)
    assert [way.model for way in dialog._candidates.ways] == [None, "context-encoder", "patches"]
    dialog.reject()
    one = repaired.workspace.panel.history.chosen_one
    one.show_models(engine.models)
    one.fill_menu()
    names = [action.text() for action in one.menu.actions() if not action.isSeparator()]
    assert names == ["The same network", "A variant", *engine.models[:-1], "Copying from this picture"]


def test_a_candidate_of_a_repair_that_is_gone_is_one_sentence(repaired: MainWindow, qtbot: QtBot) -> None:
    dialog = ask(repaired, qtbot)
    repaired.editor.reworking.delete(1)
    before = pixels_of(repaired)
    dialog.choose(1)
    qtbot.waitUntil(lambda: bool(boxes()))
    assert (pixels_of(repaired) == before).all()
    boxes()[0].close()


# --- what it rests on --------------------------------------------------------------------------------------------


def show(window: MainWindow, rests: Rests) -> None:
    showing = window.workspace.panel.history.chosen_one.showing
    showing.setCurrentIndex(showing.findData(rests))


def notes(window: MainWindow) -> np.ndarray | None:
    assert window.editor.document is not None
    layers = window.editor.layers
    assert layers is not None
    return None if layers.notes is None else layers.notes.read(0, window.editor.document.bounds)


def legend(window: MainWindow) -> list[str]:
    one = window.workspace.panel.history.chosen_one
    return [text.text() for text in one.legend.findChildren(QLabel) if text.text()]


def test_how_sure_it_is(real: MainWindow, qtbot: QtBot) -> None:
    before = real.workspace.canvas.grab().toImage()
    show(real, Rests.SURENESS)
    qtbot.waitUntil(lambda: notes(real) is not None, timeout=60000)
    document, values = real.editor.document, notes(real)
    assert document is not None
    assert values is not None
    inside = np.asarray(document.repairs[0].wanted)
    assert ((values > 0) == inside).all()
    assert len(set(values[inside].tolist())) >= 2
    assert len(legend(real)) == 3
    assert "guess" in legend(real)[2]
    assert real.workspace.canvas.grab().toImage() != before
    show(real, Rests.NOTHING)
    assert notes(real) is None
    qtbot.waitUntil(lambda: not legend(real))
    assert real.workspace.canvas.grab().toImage() == before


def test_what_it_drew_from(real: MainWindow, qtbot: QtBot) -> None:
    show(real, Rests.SOURCES)
    assert real.editor.resting.searching
    assert "rests" in real.status.work.text()
    qtbot.waitUntil(lambda: notes(real) is not None, timeout=120000)
    document, values = real.editor.document, notes(real)
    assert document is not None
    assert values is not None
    inside = np.asarray(document.repairs[0].wanted)
    assert (values[inside] <= 1).all()  # sources lie beside it
    assert (values[~inside] == 3).any()
    assert "most" in legend(real)[2]
    real.editor.reworking.delete(1)  # what is shown goes with its repair
    assert notes(real) is None


def test_the_choice_says_what_is_shown(real: MainWindow, qtbot: QtBot) -> None:
    history = real.workspace.panel.history
    showing = history.chosen_one.showing
    show(real, Rests.SURENESS)
    qtbot.waitUntil(lambda: notes(real) is not None, timeout=60000)
    assert showing.currentData() is Rests.SURENESS
    history.list.item(0).setCheckState(Qt.CheckState.Unchecked)
    assert notes(real) is None
    assert showing.currentData() is Rests.NOTHING
    history.list.item(0).setCheckState(Qt.CheckState.Checked)
    show(real, Rests.SURENESS)  # so it can be asked for again
    qtbot.waitUntil(lambda: notes(real) is not None, timeout=60000)
    real.editor.reworking.restore_again(1, "patches")
    qtbot.waitUntil(lambda: not real.editor.working, timeout=60000)
    show(real, Rests.SURENESS)
    qtbot.waitUntil(lambda: not real.editor.resting.searching, timeout=60000)
    assert notes(real) is None
    assert showing.currentData() is Rests.NOTHING


@pytest.mark.parametrize("early", [False, True], ids=["shown", "searching"])
def test_another_row_and_nothing_of_the_first_is_shown(real: MainWindow, qtbot: QtBot, early: bool) -> None:
    restore(real, qtbot, (60, 60), (90, 60))
    history = real.workspace.panel.history
    history.list.setCurrentRow(1)
    show(real, Rests.SOURCES if early else Rests.SURENESS)
    if early:
        assert real.editor.resting.searching
    else:
        qtbot.waitUntil(lambda: notes(real) is not None, timeout=60000)
    row = history.list.visualItemRect(history.list.item(0)).center()
    QTest.mouseClick(history.list.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert history.chosen == 2
    assert not real.editor.resting.searching
    assert notes(real) is None
    assert history.chosen_one.showing.currentData() is Rests.NOTHING
    assert not legend(real)


def test_asking_can_be_cancelled(real: MainWindow, qtbot: QtBot) -> None:
    show(real, Rests.SOURCES)
    assert real.actions_.cancel.isEnabled()
    key(real, Qt.Key.Key_Escape)
    assert not real.editor.resting.searching
    assert real.workspace.panel.history.chosen_one.showing.currentData() is Rests.NOTHING
    qtbot.wait(50)
    assert notes(real) is None
    assert not legend(real)


def test_copies_show_where_they_were_copied_from(real: MainWindow, qtbot: QtBot) -> None:
    real.editor.reworking.restore_again(1, "patches")
    qtbot.waitUntil(
        lambda: real.editor.document is not None and real.editor.document.repairs[0].run == 2, timeout=60000
    )
    show(real, Rests.SURENESS)
    qtbot.waitUntil(lambda: not real.editor.resting.searching, timeout=60000)
    assert notes(real) is None
    assert "copied" in real.status.text.text()
    show(real, Rests.SOURCES)
    qtbot.waitUntil(lambda: notes(real) is not None, timeout=60000)
    document, values = real.editor.document, notes(real)
    assert document is not None
    assert values is not None
    inside = np.asarray(document.repairs[0].wanted)
    taken = {tuple(value) for value in pixels_of(real)[inside].tolist()}
    told = {tuple(value) for value in document.original[values == 3].tolist()}
    assert taken == told


def test_by_hand_the_place_that_was_chosen_is_shown(repaired: MainWindow) -> None:
    from restorer.imaging.cloning import Cloning
    from restorer.imaging.patch import Stroke
    from restorer.imaging.region import Region

    stroke = Stroke(Region(20, 20, 40, 30), np.ones((10, 20), bool))
    repaired.editor.clone(stroke, Cloning(50, 60))
    repaired.workspace.panel.history.list.setCurrentRow(0)
    show(repaired, Rests.SOURCES)
    values = notes(repaired)
    assert values is not None
    assert (values[80:90, 70:90] == 3).all()
    assert (values == 3).sum() == 200
    show(repaired, Rests.SURENESS)
    assert notes(repaired) is None
    assert "by hand" in repaired.status.text.text()
