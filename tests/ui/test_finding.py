"""Finding damage: searched by the real detector, chosen by slider, switches and clicks, marked in one step."""

from __future__ import annotations

import threading
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
import torch
from acting import HEIGHT, WIDTH, activate, at, key, one_box, open_in, paint, the_sentence
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from restorer.__main__ import main
from restorer.engine import detector, weights
from restorer.engine.networks.spotter import Spotter
from restorer.imaging import infrared
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.imaging.region import Region
from restorer.ui.canvas.overlay import FOUND, LEFT_OUT
from restorer.ui.defects import nearest, piece_at, pixel_of, places_of
from restorer.ui.desk import Desk
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.main_window import MainWindow

# the detector reads what it looks at without writing to it, of which torch warns
pytestmark = pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")

GAIN, OFF = 60.0, -30.0
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier


def spotter_of_extremes() -> Spotter:
    """Weights by hand: what is brighter than 0.9 is a scratch, what is darker than 0.1 is dust."""
    network = Spotter()
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.zero_()
        network.head.bias.fill_(OFF)
        for sub in range(4):  # the four px that share a place at half the resolution
            network.stem.weight[sub, sub, 1, 1] = 1  # red - 0.5
            for kind, sign in enumerate((1, -1)):
                network.head.weight[4 * kind + sub, sub, 1, 1] = sign * GAIN
                network.head.bias[4 * kind + sub] = -0.4 * GAIN
    return network


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which these weights are the detector's."""
    folder = tmp_path / "models"
    folder.mkdir()
    monkeypatch.setattr(weights, "own_folder", lambda: folder)
    monkeypatch.setattr(weights.bundled, "models", lambda: folder)
    card = {"network": "spotter", "shape": {}}
    weights.save(folder / f"{detector.DEFAULT}.safetensors", spotter_of_extremes().state_dict(), card)
    return folder


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """Grey, with a bright scratch, two bright dots, a dim one, and a dark one."""
    pixels = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    cv2.line(pixels, (40, 40), (260, 60), (255,) * 3, 3)
    for centre, value in (((60, 120), 255), ((150, 150), 255), ((220, 120), 227), ((100, 170), 0)):
        cv2.circle(pixels, centre, 5, (value,) * 3, -1)
    path = tmp_path / "scan.png"
    assert cv2.imwrite(str(path), pixels)
    return path


@pytest.fixture
def ready(installed: Path, window: MainWindow, damaged: Path, qtbot: QtBot) -> MainWindow:
    del installed
    window.actions_.heal.setChecked(False)
    open_in(window, damaged, qtbot)
    qtbot.waitUntil(window.actions_.find_damage.isEnabled, timeout=30000)
    activate(window, qtbot)
    window.workspace.canvas.setFocus()
    return window


@pytest.fixture
def found(ready: MainWindow, qtbot: QtBot) -> MainWindow:
    key(ready, Qt.Key.Key_F)
    settled(ready, qtbot)
    return ready


def settled(window: MainWindow, qtbot: QtBot) -> None:
    finding = window.editor.finding
    qtbot.waitUntil(lambda: finding.choice is not None and finding._choosing is None, timeout=30000)


def chosen(window: MainWindow, x: int, y: int) -> bool:
    choice = window.editor.finding.choice
    assert choice is not None
    return bool(choice.found[y, x])


def overlay(window: MainWindow, x: int, y: int) -> int:
    """What the canvas draws over a pixel."""
    layers = window.editor.layers
    assert layers is not None
    return int(layers.overlay.pyramid.read(0, Region(x, y, x + 1, y + 1))[0, 0])


def marked(window: MainWindow) -> np.ndarray:
    document = window.editor.document
    assert document is not None
    return np.asarray(document.mask)


def click(window: MainWindow, x: int, y: int, qtbot: QtBot) -> None:
    QTest.mouseClick(window.workspace.canvas, LEFT, NONE, at(window, x, y))
    settled(window, qtbot)


@pytest.fixture
def no_detector(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stands before the window, which looks for one when it is made."""
    monkeypatch.setattr(weights, "own_folder", lambda: tmp_path)
    monkeypatch.setattr(weights.bundled, "models", lambda: tmp_path)


@pytest.mark.usefixtures("no_detector")
def test_without_weights_it_cannot_be_done_and_the_reason_is_said(
    window: MainWindow, damaged: Path, qtbot: QtBot
) -> None:
    open_in(window, damaged, qtbot)
    action = window.actions_.find_damage
    assert not action.isEnabled()
    qtbot.waitUntil(lambda: "not installed" in action.toolTip(), timeout=30000)
    assert not action.isEnabled()
    key(window, Qt.Key.Key_F)
    assert not window.editor.finding.searching


def test_what_is_found_is_seen_and_becomes_marks_in_one_step(found: MainWindow) -> None:
    assert chosen(found, 150, 50)
    assert chosen(found, 60, 120)
    assert chosen(found, 100, 170)
    assert not chosen(found, 220, 120)
    assert not chosen(found, 150, 100)
    assert overlay(found, 60, 120) == FOUND
    panel = found.workspace.panel.finding
    assert panel.isVisible()
    assert panel.count.text().startswith("4 places ")
    assert not marked(found).any()
    key(found, Qt.Key.Key_Return)
    assert marked(found)[50, 150]
    assert marked(found)[120, 60]
    assert not panel.isVisible()
    assert overlay(found, 60, 120) != FOUND
    assert not found.workspace.canvas.choosing
    key(found, Qt.Key.Key_Z, CTRL)
    assert not marked(found).any()
    key(found, Qt.Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert marked(found)[50, 150]


def test_esc_leaves_everything_as_it_was(found: MainWindow) -> None:
    key(found, Qt.Key.Key_Escape)
    assert not marked(found).any()
    assert not found.editor.finding.active
    assert overlay(found, 60, 120) == 0
    assert not found.editor.unsaved
    assert found.editor.document is not None
    assert not found.editor.document.history.can_undo


def test_sensitivity_and_kinds_choose_without_searching_again(
    found: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def searched_again(*_: object) -> None:
        raise AssertionError("the picture was looked at again")

    monkeypatch.setattr(detector.Detector, "find", searched_again)
    panel = found.workspace.panel.finding
    panel.sensitivity.setFocus()
    before = found.editor.finding.choice
    QTest.keyClick(panel.sensitivity, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: found.editor.finding.choice is not before)
    settled(found, qtbot)
    assert chosen(found, 220, 120)  # the dim one
    box = panel.kinds["scratch"]
    QTest.mouseClick(box, LEFT, NONE, QPoint(8, box.height() // 2))
    settled(found, qtbot)
    assert not chosen(found, 150, 50)
    assert chosen(found, 100, 170)  # dust
    assert overlay(found, 150, 50) == 0
    for other in panel.kinds.values():
        other.setChecked(False)
    settled(found, qtbot)
    assert "Nothing is found" in panel.count.text()
    assert not panel.apply.isEnabled()


def test_a_click_leaves_a_defect_out_and_takes_it_back(found: MainWindow, qtbot: QtBot) -> None:
    click(found, 50, 41, qtbot)  # the whole scratch, by one end
    assert not chosen(found, 255, 59)
    assert overlay(found, 255, 59) == LEFT_OUT
    assert chosen(found, 60, 120)
    panel = found.workspace.panel.finding
    panel.sensitivity.setValue(60)
    settled(found, qtbot)
    assert not chosen(found, 255, 59)  # it stays out
    click(found, 200, 55, qtbot)  # taken back, by another place of it
    assert chosen(found, 50, 41)
    click(found, 60, 120, qtbot)
    QTest.mouseClick(panel.apply, LEFT)
    assert marked(found)[41, 50]
    assert not marked(found)[120, 60]


def test_a_click_beside_a_defect_means_it_and_far_away_nothing(found: MainWindow, qtbot: QtBot) -> None:
    click(found, 60, 127, qtbot)  # 2 px below the dot
    assert not chosen(found, 60, 120)
    before = found.editor.finding.choice
    click(found, 280, 180, qtbot)
    assert found.editor.finding.choice is before


def test_n_goes_from_place_to_place(found: MainWindow) -> None:
    canvas = found.workspace.canvas
    key(found, Qt.Key.Key_1, CTRL)
    for _ in range(12):
        canvas.zoom_in()

    def middle() -> tuple[float, float]:
        seen = canvas.visible_region()
        return (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2

    shift = Qt.KeyboardModifier.ShiftModifier
    visited = []
    for modifier in (NONE, NONE, NONE, NONE, NONE, shift):
        key(found, Qt.Key.Key_N, modifier)
        visited.append(middle())
    wanted = [(150, 50), (60, 120), (100, 170), (150, 150), (150, 50), (150, 150)]
    for (x, y), (wanted_x, wanted_y) in zip(visited, wanted, strict=True):
        assert abs(x - wanted_x) < 12, visited
        assert abs(y - wanted_y) < 12, visited


def test_what_is_looked_at_has_a_frame_and_delete_leaves_it_out(found: MainWindow, qtbot: QtBot) -> None:
    canvas, finding = found.workspace.canvas, found.editor.finding
    seen = canvas.visible_region()
    bare = canvas.grab().toImage()
    key(found, Qt.Key.Key_N)
    assert canvas.visible_region() == seen  # it could be seen: nothing moves
    assert canvas.grab().toImage() != bare
    for _ in range(2):
        key(found, Qt.Key.Key_N)
    assert finding.here is not None
    assert finding.here.left <= 100 < finding.here.right  # the dark dot
    key(found, Qt.Key.Key_Delete)
    settled(found, qtbot)
    assert not chosen(found, 100, 170)
    assert finding.here.left <= 100 < finding.here.right
    assert chosen(found, 60, 120)
    key(found, Qt.Key.Key_Backspace)
    settled(found, qtbot)
    assert chosen(found, 100, 170)
    key(found, Qt.Key.Key_Delete)
    settled(found, qtbot)
    key(found, Qt.Key.Key_N)  # the one that comes after it
    assert finding.here.left <= 150 < finding.here.right
    assert finding.here.top > 100
    key(found, Qt.Key.Key_Return)
    assert marked(found)[120, 60]
    assert not marked(found)[170, 100]
    assert finding.here is None
    key(found, Qt.Key.Key_Delete)  # means all marks again
    assert not marked(found).any()


def test_far_out_the_next_place_is_brought_near(found: MainWindow) -> None:
    canvas = found.workspace.canvas
    canvas.zoom_to(0.1)
    key(found, Qt.Key.Key_N)
    here = found.editor.finding.here
    assert here is not None
    assert canvas.zoom == 1
    assert here & canvas.visible_region() == here


def test_single_defects_are_chosen_by_clicks(found: MainWindow, qtbot: QtBot) -> None:
    panel = found.workspace.panel.finding
    QTest.mouseClick(panel.single, LEFT, NONE, QPoint(8, panel.single.height() // 2))
    settled(found, qtbot)
    assert not chosen(found, 150, 50)
    assert overlay(found, 150, 50) == LEFT_OUT
    assert panel.count.text().startswith("Nothing is chosen")
    assert not panel.apply.isEnabled()
    key(found, Qt.Key.Key_N)  # goes through all of them
    assert found.editor.finding.here is not None
    key(found, Qt.Key.Key_Delete)
    settled(found, qtbot)
    assert chosen(found, 150, 50)  # the scratch
    click(found, 60, 120, qtbot)
    assert panel.count.text().startswith("2 places")
    click(found, 200, 55, qtbot)  # the scratch again, by another place of it
    assert not chosen(found, 150, 50)
    assert panel.count.text().startswith("1 place ")
    panel.sensitivity.setValue(60)
    settled(found, qtbot)
    key(found, Qt.Key.Key_Return)
    assert marked(found)[120, 60]
    assert not marked(found)[50, 150]
    assert not marked(found)[170, 100]
    key(found, Qt.Key.Key_F)
    settled(found, qtbot)
    assert not panel.single.isChecked()  # another search begins anew
    assert chosen(found, 150, 50)


def test_of_pieces_that_share_a_box_the_one_that_fills_it_is_meant() -> None:
    mask = np.zeros((60, 60), bool)
    mask[20, 20:40] = mask[20:40, 20] = True  # an angle, and a dot within its box
    mask[30:33, 30:33] = True
    boxes = {(box.width, box.height): pixel_of(mask, box) for box in places_of(mask)}
    assert boxes.keys() == {(20, 20), (3, 3)}
    x, y = boxes[20, 20] or (0, 0)
    assert mask[y, x]
    assert x == 20 or y == 20
    assert boxes[3, 3] == (30, 30)
    assert pixel_of(mask, Region(45, 45, 50, 50)) is None


def test_a_search_can_be_cancelled(ready: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    go, real = threading.Event(), detector.Detector.find
    begun = threading.Event()

    def slowly(self: detector.Detector, picture: object, progress: object, check: object) -> object:
        begun.set()
        assert go.wait(20)
        return real(self, picture, progress, check)  # type: ignore[arg-type]

    monkeypatch.setattr(detector.Detector, "find", slowly)
    key(ready, Qt.Key.Key_F)
    qtbot.waitUntil(begun.is_set, timeout=20000)
    assert ready.status.work.text() == "Looking for damage…"
    assert "go on painting" in ready.status.text.text()
    assert ready.status.stop.isVisible()
    key(ready, Qt.Key.Key_Escape)
    assert not ready.editor.finding.searching
    go.set()
    qtbot.wait(100)
    assert not ready.editor.finding.active
    monkeypatch.setattr(detector.Detector, "find", real)
    key(ready, Qt.Key.Key_F)
    settled(ready, qtbot)
    assert chosen(ready, 60, 120)


def test_a_search_that_fails_is_one_sentence(ready: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RestorerError("There is not enough memory to look for damage: close other programs.")

    monkeypatch.setattr(detector.Detector, "find", fail)
    key(ready, Qt.Key.Key_F)
    assert "memory" in the_sentence(qtbot)
    assert not ready.editor.finding.searching


def test_closing_ends_a_search(desk: Desk, ready: MainWindow, qtbot: QtBot) -> None:
    key(ready, Qt.Key.Key_F)
    ready.close()
    assert desk.windows == []
    qtbot.wait(50)


def test_restoring_marks_what_is_found_first(found: MainWindow, qtbot: QtBot) -> None:
    key(found, Qt.Key.Key_Return, CTRL)
    document = found.editor.document
    assert document is not None
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    assert document.image.read(document.bounds)[120, 60, 0] != 255


def test_restoring_waits_for_what_is_being_chosen(found: MainWindow, qtbot: QtBot) -> None:
    """Right after the slider moved it is not known yet what is chosen; there is no error, and it is restored."""
    document = found.editor.document
    assert document is not None
    failures: list[str] = []
    found.editor.failed.connect(failures.append)
    found.workspace.panel.finding.sensitivity.setValue(60)
    key(found, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    assert not failures
    assert not document.marked


def test_pieces_of_a_mask() -> None:
    mask = np.zeros((400, 500), bool)
    mask[10, 5:480] = mask[300:310, 20] = True  # longer than the first window of the search
    mask[11, 480] = True  # corner to corner
    piece = piece_at(mask, 6, 10)
    assert piece is not None
    assert int(piece.bits.sum()) == 476
    assert piece_at(mask, 6, 11) is None
    assert piece_at(mask, -1, 0) is None
    assert nearest(mask, 100, 14, 5) == (100, 10)
    assert nearest(mask, 100, 16, 5) is None
    assert [(box.left, box.top, box.right, box.bottom) for box in places_of(mask)] == [
        (5, 10, 481, 12),
        (20, 300, 21, 310),
    ]


def test_places_in_a_very_large_mask_are_found_in_a_reduced_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("restorer.ui.defects.LARGE", 30_000)
    mask = np.zeros((401, 503), bool)
    mask[400, 502] = mask[100:110, 7] = True
    boxes = places_of(mask)
    assert len(boxes) == 2
    assert boxes[0].left <= 7 < boxes[0].right
    assert boxes[1].bottom == 401
    assert boxes[1].right == 503


def film(path: Path, where: str) -> Path:
    """Colours with a scratch and specks, and their infrared scan in the file, or in another one beside it."""
    rng = np.random.default_rng(3)
    colours = cv2.GaussianBlur(rng.integers(0, 65535, (HEIGHT, WIDTH, 3), np.uint16), (0, 0), 4)
    scan = np.full((HEIGHT, WIDTH), 50000, np.uint16) + rng.integers(0, 500, (HEIGHT, WIDTH), np.uint16)
    for centre in ((60, 120), (150, 150), (220, 120)):
        cv2.circle(scan, centre, 4, 20000, -1)
    cv2.line(scan, (40, 40), (260, 60), 15000, 3)
    if where == "channel":
        both = np.dstack([colours, scan])
        tifffile.imwrite(path, both, photometric="rgb", extrasamples=["unspecified"], metadata=None)
        return path
    with tifffile.TiffWriter(path) as tiff:
        tiff.write(colours, photometric="rgb", metadata=None)
        if where == "2":
            tiff.write(colours[:50], photometric="rgb", metadata=None)  # of another size: no infrared scan
            tiff.write(scan, photometric="minisblack", metadata=None)
    other = path.with_name("infrared.tif")
    tifffile.imwrite(other, scan, photometric="minisblack", metadata=None)
    return other


def opened_film(window: MainWindow, path: Path, qtbot: QtBot, places: tuple[object, ...]) -> None:
    window.actions_.heal.setChecked(False)
    open_in(window, path, qtbot)
    qtbot.waitUntil(window.actions_.find_damage.isEnabled, timeout=30000)
    qtbot.waitUntil(lambda: window.editor.finding.places == places)
    activate(window, qtbot)


@pytest.mark.usefixtures("installed")
@pytest.mark.parametrize(("where", "places", "at_place"), [("channel", ("channel",), "channel"), ("2", (3,), "3")])
def test_infrared_finds_what_the_command_finds(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, where: str, places: tuple[object, ...], at_place: str
) -> None:
    path = tmp_path / "film.tif"
    other = film(path, where)
    opened_film(window, path, qtbot, places)
    key(window, Qt.Key.Key_F)
    settled(window, qtbot)
    panel, finding = window.workspace.panel.finding, window.editor.finding
    assert [panel.infrared.itemText(k) for k in range(panel.infrared.count())] == [
        "None: look at the picture",
        "Extra channel" if where == "channel" else "Page 3",
        "A file of its own…",
    ]
    shares: list[float] = []
    finding.progressed.connect(shares.append)
    panel.infrared.setFocus()
    QTest.keyClick(panel.infrared, Qt.Key.Key_Down)
    assert finding.searching
    assert panel.isVisible()
    settled(window, qtbot)
    assert shares
    assert shares == sorted(shares)
    assert panel.infrared.hasFocus()
    assert panel.infrared.currentIndex() == 1
    assert not panel.kinds["stain"].isEnabled()
    assert finding.choice is not None
    seen = np.asarray(finding.choice.found)
    mask = tmp_path / "mask.png"
    assert main(["detect", str(path), "-o", str(mask), "--infrared", at_place, "--grow", "0"]) == 0
    assert np.array_equal(seen, cv2.imread(str(mask), cv2.IMREAD_GRAYSCALE) > 0)
    assert seen[120, 60]
    assert seen[50, 150]
    assert 500 < seen.sum() < 3000
    # the scan as a file of its own is the same scan
    if where != "channel":
        finding.look_in(other)
        settled(window, qtbot)
        assert panel.infrared.currentText() == "infrared.tif"
        assert np.array_equal(np.asarray(finding.choice.found), seen)
    # the sliders go on working, and what is restored is not found again
    box = panel.kinds["scratch"]
    QTest.mouseClick(box, LEFT, NONE, QPoint(8, box.height() // 2))
    settled(window, qtbot)
    assert not chosen(window, 150, 50)
    assert chosen(window, 60, 120)
    key(window, Qt.Key.Key_Return, CTRL)
    document = window.editor.document
    assert document is not None
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    box.setChecked(True)
    key(window, Qt.Key.Key_F)
    settled(window, qtbot)
    assert chosen(window, 150, 50)
    assert not chosen(window, 60, 120)


@pytest.mark.usefixtures("no_detector")
def test_infrared_can_be_chosen_before_any_search_and_needs_no_weights(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "film.tif"
    film(path, "channel")
    window.actions_.heal.setChecked(False)
    open_in(window, path, qtbot)
    qtbot.waitUntil(lambda: window.editor.finding.places == ("channel",))
    activate(window, qtbot)
    assert not window.actions_.find_damage.isEnabled()
    key(window, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    assert window.editor.finding.infrared == "channel"
    settled(window, qtbot)
    assert chosen(window, 60, 120)


@pytest.mark.usefixtures("installed")
def test_a_file_without_infrared_asks_for_one_beside_it(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "film.tif"
    other = film(path, "none")
    opened_film(window, path, qtbot, ())
    key(window, Qt.Key.Key_F, Qt.KeyboardModifier.ShiftModifier)
    (dialog,) = window.findChildren(QFileDialog)
    assert not window.editor.finding.searching
    dialog.selectFile(str(other))
    dialog.accept()
    qtbot.waitUntil(lambda: window.editor.finding.infrared == other)
    settled(window, qtbot)
    assert chosen(window, 60, 120)


@pytest.mark.usefixtures("installed")
def test_an_infrared_scan_of_its_own_is_chosen_by_a_dialog(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "film.tif"
    other = film(path, "none")
    opened_film(window, path, qtbot, ())
    key(window, Qt.Key.Key_F)
    settled(window, qtbot)
    panel = window.workspace.panel.finding
    panel.infrared.setFocus()
    QTest.keyClick(panel.infrared, Qt.Key.Key_End)
    dialogs = window.findChildren(QFileDialog)
    assert len(dialogs) == 1
    assert panel.infrared.currentIndex() == 0
    dialogs[0].selectFile(str(other))
    dialogs[0].accept()
    settled_in = window.editor.finding
    qtbot.waitUntil(lambda: settled_in.infrared == other)
    settled(window, qtbot)
    assert chosen(window, 60, 120)
    # and one that does not fit is told
    wrong = tmp_path / "wrong.png"
    assert cv2.imwrite(str(wrong), np.zeros((10, 10), np.uint8))
    settled_in.look_in(wrong)
    assert "another size" in the_sentence(qtbot)
    assert settled_in.infrared is None
    assert not panel.isVisible()


@pytest.mark.usefixtures("installed")
def test_a_search_in_infrared_can_be_cancelled(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.tif"
    film(path, "channel")
    opened_film(window, path, qtbot, ("channel",))
    go, begun, real, ended = threading.Event(), threading.Event(), infrared.find, threading.Event()

    def slowly(scan: np.ndarray, red: np.ndarray, progress: object, check: object) -> object:
        begun.set()
        assert go.wait(20)
        try:
            return real(scan, red, progress, check)  # type: ignore[arg-type]
        except Cancelled:
            ended.set()
            raise

    monkeypatch.setattr(infrared, "find", slowly)
    finding = window.editor.finding
    finding.look_in("channel")
    qtbot.waitUntil(begun.is_set, timeout=20000)
    assert window.status.stop.isVisible()
    key(window, Qt.Key.Key_Escape)
    assert not finding.searching
    finding.look_in(None)  # the window does not wait for the other to end
    settled(window, qtbot)
    go.set()
    qtbot.waitUntil(ended.is_set, timeout=20000)
    assert finding.infrared is None


# --- corrections are work ------------------------------------------------------------------------------------


def press(window: MainWindow, name: Qt.Key, qtbot: QtBot, held: Qt.KeyboardModifier = NONE) -> None:
    activate(window, qtbot)  # it may have been asked something
    key(window, name, held)
    settled(window, qtbot)


def test_closing_asks_about_corrections(desk: Desk, found: MainWindow, qtbot: QtBot) -> None:
    click(found, 60, 120, qtbot)
    assert found.isWindowModified()
    key(found, Qt.Key.Key_W, CTRL)
    box = one_box(qtbot)
    assert box.text() == "What was found in “scan.png” has been corrected, but has not been marked."
    assert desk.windows == [found]
    box.button(QMessageBox.StandardButton.Cancel).click()
    assert found.editor.finding.active
    assert not chosen(found, 60, 120)
    activate(found, qtbot)
    key(found, Qt.Key.Key_W, CTRL)
    one_box(qtbot).button(QMessageBox.StandardButton.Apply).click()
    assert desk.windows == [found]
    assert marked(found)[170, 100]
    assert not marked(found)[120, 60]
    found.editor.undo()
    press(found, Qt.Key.Key_F, qtbot)
    click(found, 60, 120, qtbot)
    key(found, Qt.Key.Key_W, CTRL)
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    assert desk.windows == []


def test_esc_asks_about_corrections(found: MainWindow, qtbot: QtBot) -> None:
    press(found, Qt.Key.Key_N, qtbot)
    press(found, Qt.Key.Key_Delete, qtbot)
    key(found, Qt.Key.Key_Escape)
    box = one_box(qtbot)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert found.editor.finding.active
    assert not chosen(found, 150, 50)
    QTest.mouseClick(found.workspace.panel.finding.leave, LEFT)  # the button means the same
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    assert not found.editor.finding.active
    assert not marked(found).any()
    assert not found.editor.unsaved
    press(found, Qt.Key.Key_F, qtbot)
    assert chosen(found, 150, 50)  # forgotten
    press(found, Qt.Key.Key_N, qtbot)
    press(found, Qt.Key.Key_Delete, qtbot)
    key(found, Qt.Key.Key_Escape)
    one_box(qtbot).button(QMessageBox.StandardButton.Apply).click()
    assert marked(found)[120, 60]
    assert not marked(found)[50, 150]


def test_looking_again_and_another_way_to_choose_keep_corrections(found: MainWindow, qtbot: QtBot) -> None:
    single = found.workspace.panel.finding.single

    def turn() -> None:
        QTest.mouseClick(single, LEFT, NONE, QPoint(8, single.height() // 2))
        settled(found, qtbot)

    click(found, 60, 120, qtbot)
    press(found, Qt.Key.Key_F, qtbot)
    assert not chosen(found, 60, 120)
    assert "as you corrected it" in found.status.text.text()
    turn()
    assert not chosen(found, 100, 170)
    click(found, 150, 150, qtbot)
    assert chosen(found, 150, 150)
    turn()
    assert not chosen(found, 60, 120)
    assert chosen(found, 100, 170)
    turn()
    assert chosen(found, 150, 150)
    assert not chosen(found, 100, 170)
    assert found.editor.unsaved


@pytest.mark.usefixtures("installed")
def test_looking_elsewhere_asks_about_corrections(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "film.tif"
    film(path, "channel")
    opened_film(window, path, qtbot, ("channel",))
    finding, panel = window.editor.finding, window.workspace.panel.finding
    press(window, Qt.Key.Key_F, qtbot, Qt.KeyboardModifier.ShiftModifier)
    click(window, 60, 120, qtbot)
    panel.infrared.setFocus()
    for answer in (QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Apply):
        activate(window, qtbot)
        QTest.keyClick(panel.infrared, Qt.Key.Key_Up)
        box = one_box(qtbot)
        assert panel.infrared.currentIndex() == 1
        assert not chosen(window, 60, 120)
        box.button(answer).click()
    assert marked(window)[150, 150]
    assert not marked(window)[120, 60]
    settled(window, qtbot)
    assert finding.infrared is None
    assert panel.infrared.currentIndex() == 0
    assert not finding.has_corrections


def test_undo_takes_back_the_last_correction_before_earlier_steps(ready: MainWindow, qtbot: QtBot) -> None:
    paint(ready, (250, 180), (270, 180))
    press(ready, Qt.Key.Key_F, qtbot)
    single = ready.workspace.panel.finding.single
    click(ready, 60, 120, qtbot)
    QTest.mouseClick(single, LEFT, NONE, QPoint(8, single.height() // 2))
    settled(ready, qtbot)
    click(ready, 150, 150, qtbot)
    press(ready, Qt.Key.Key_Z, qtbot, CTRL)
    assert single.isChecked()
    assert not chosen(ready, 150, 150)
    press(ready, Qt.Key.Key_Z, qtbot, CTRL)  # which was done the other way
    assert not single.isChecked()
    assert chosen(ready, 60, 120)
    assert not ready.editor.finding.has_corrections
    assert marked(ready)[180, 260]
    press(ready, Qt.Key.Key_Z, qtbot, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert not chosen(ready, 60, 120)
    press(ready, Qt.Key.Key_Z, qtbot, CTRL)
    press(ready, Qt.Key.Key_Z, qtbot, CTRL)
    assert not marked(ready).any()  # the earlier step


def test_undo_is_there_for_a_correction_alone(found: MainWindow, qtbot: QtBot) -> None:
    assert not found.actions_.undo.isEnabled()
    click(found, 60, 120, qtbot)
    press(found, Qt.Key.Key_Z, qtbot, CTRL)
    assert chosen(found, 60, 120)
    assert not found.actions_.undo.isEnabled()
    assert found.actions_.redo.isEnabled()


def test_exporting_tells_of_corrections_that_are_not_marked(found: MainWindow, qtbot: QtBot) -> None:
    def asked() -> ExportDialog:
        activate(found, qtbot)
        key(found, Qt.Key.Key_E, CTRL)
        return found.findChildren(ExportDialog)[-1]

    dialog = asked()
    assert not dialog.unrestored.isVisible()
    dialog.reject()
    click(found, 60, 120, qtbot)
    dialog = asked()
    assert dialog.unrestored.isVisible()
    assert dialog.unrestored.words.text().startswith("What was found and corrected")
    QTest.mouseClick(dialog.unrestored.go_back, LEFT)
    document = found.editor.document
    assert document is not None
    qtbot.waitUntil(lambda: len(document.repairs) == 1)
    assert not document.marked
