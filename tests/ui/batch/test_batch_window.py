"""The window of a batch: real files, the real network, real events."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest
import tifffile
from acting import activate, boxes, key, one_box
from batch_acting import HandsHere, drop, ended, filled, row_of, shown, write_album
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from test_accessibility import controls, examine
from test_room import Longer

from restorer.__main__ import main
from restorer.ui.batch.batch_window import BatchWindow
from restorer.ui.batch.order import Order
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow
from restorer.ui.sentences import known

# torch warns of pixels that it only reads
pytestmark = pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def gate() -> Event:
    """Set: nothing waits."""
    made = Event()
    made.set()
    return made


@pytest.fixture
def batch(desk: Desk, gate: Event, qtbot: QtBot) -> Iterator[BatchWindow]:
    desk.engine.detectors = []
    window = desk.show_batch([])
    window._hands = lambda settings: HandsHere(settings, gate)
    qtbot.waitExposed(window)
    yield window
    gate.set()


@pytest.fixture
def album(tmp_path: Path) -> Path:
    write_album(tmp_path / "album", 4)
    return tmp_path / "album"


@pytest.fixture
def done(batch: BatchWindow, album: Path, qtbot: QtBot) -> BatchWindow:
    filled(batch, album, qtbot)
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    return batch


def states(window: BatchWindow) -> list[str]:
    return [row.state for row in window.files.rows.rows]


def test_dropped_restored_reviewed_and_the_same_pixels_as_fill(done: BatchWindow, album: Path, qtbot: QtBot) -> None:
    assert states(done) == ["restored", "restored", "restored", "copied"]
    assert "3 restored · 1 copied" in done.foot.said.text()
    assert main(["fill", str(album / "scans" / "1.png"), "--mask", str(album / "masks" / "1.png"),
                 "-o", str(album / "alone.png")]) == 0  # fmt: skip
    alone, here = (cv2.imread(str(path), -1) for path in (album / "alone.png", album / "out" / "1.png"))
    assert np.array_equal(alone, here)
    assert (album / "out" / "4.png").read_bytes() == (album / "scans" / "4.png").read_bytes()
    originals = {path: path.read_bytes() for path in (album / "scans").iterdir()}

    shown(done, "1.png", qtbot)
    assert known(row_of(done, "1.png").outcome.sentence)  # type: ignore[union-attr]
    activate(done, qtbot)
    done.review.view.setFocus()
    QTest.keyClick(done.review.view, Qt.Key.Key_A)  # and it goes on to the next
    qtbot.waitUntil(lambda: row_of(done, "1.png").verdict == "accepted", timeout=10000)
    qtbot.waitUntil(lambda: done.files.current is row_of(done, "2.png"), timeout=10000)
    qtbot.waitUntil(lambda: done.review.view._document is not None, timeout=10000)
    QTest.mouseClick(done.review.reject, LEFT)
    qtbot.waitUntil(lambda: row_of(done, "2.png").verdict == "rejected", timeout=10000)
    assert not (album / "out" / "2.png").exists()
    assert (album / "out" / "rejected" / "2.png").exists()
    assert {path: path.read_bytes() for path in (album / "scans").iterdir()} == originals
    with (album / "out" / "report.csv").open(newline="") as table:
        said = {Path(row["source"]).name: row["review"] for row in csv.DictReader(table)}
    assert said == {"1.png": "accepted", "2.png": "rejected", "3.png": "", "4.png": ""}
    # thought better of
    done.files.go_to(row_of(done, "2.png"))
    assert not done.review.reject.isEnabled()
    QTest.mouseClick(done.review.accept, LEFT)
    qtbot.waitUntil(lambda: row_of(done, "2.png").verdict == "accepted", timeout=10000)
    assert (album / "out" / "2.png").exists()
    assert not (album / "out" / "rejected").exists()


def test_before_and_after_are_those_pictures(done: BatchWindow, album: Path, qtbot: QtBot) -> None:
    shown(done, "1.png", qtbot)
    view = done.review.view
    QTest.mouseClick(done.review.place, LEFT)
    before, after = (cv2.imread(str(album / name / "1.png"))[11, 48, ::-1] for name in ("scans", "out"))
    assert not np.array_equal(before, after)

    def seen() -> list[int]:
        QApplication.processEvents()
        x, y = view._viewport.to_device(48.5, 11.5) if hasattr(view._viewport, "to_device") else _device(view, 48, 11)
        ratio = view.devicePixelRatioF()
        colour = view.grab().toImage().pixelColor(round(x / ratio), round(y / ratio))
        return [colour.red(), colour.green(), colour.blue()]

    done.review.still = True
    QTest.mouseClick(done.review.blink, LEFT)
    assert seen() == before.tolist()
    view.show_alone(False)
    assert seen() == after.tolist()
    QTest.mouseClick(done.review.blink, LEFT)
    assert view._divider.isVisible()


def _device(view: object, x: int, y: int) -> tuple[float, float]:
    from restorer.imaging.region import Region

    rect = view._viewport.device_rect(Region(x, y, x + 1, y + 1))  # type: ignore[attr-defined]
    return (rect.left + rect.right) / 2, (rect.top + rect.bottom) / 2


def test_opened_in_the_editor_with_its_repairs(
    done: BatchWindow, window: MainWindow, album: Path, qtbot: QtBot
) -> None:
    shown(done, "1.png", qtbot)
    before = (album / "scans" / "1.png").read_bytes()
    with qtbot.waitSignal(done.editing):
        QTest.mouseClick(done.review.edit, LEFT)
    qtbot.waitUntil(
        lambda: any(one.editor.document is not None for one in QApplication.topLevelWidgets()
                    if isinstance(one, MainWindow)), timeout=20000
    )  # fmt: skip
    (editor,) = [
        one.editor
        for one in QApplication.topLevelWidgets()
        if isinstance(one, MainWindow) and one.editor.document is not None
    ]
    document = editor.document
    assert document is not None
    assert document.photograph.path.samefile(album / "scans" / "1.png")
    assert len(document.repairs) == 1
    out = cv2.imread(str(album / "out" / "1.png"))[..., ::-1]
    assert np.array_equal(document.image.read(document.bounds), out)
    assert (album / "scans" / "1.png").read_bytes() == before
    del window


def test_pause_skip_and_stop_and_going_on(
    batch: BatchWindow, album: Path, desk: Desk, gate: Event, qtbot: QtBot
) -> None:
    gate.clear()
    filled(batch, album, qtbot)
    QTest.mouseClick(batch.foot.start, LEFT)
    qtbot.waitUntil(lambda: "restore" in states(batch) or "write" in states(batch), timeout=60000)
    QTest.mouseClick(batch.foot.pause, LEFT)
    assert "paused" in batch.foot.said.text()
    batch.files.go_to(row_of(batch, "4.png"))
    QTest.mouseClick(batch.foot.skip, LEFT)
    qtbot.waitUntil(lambda: row_of(batch, "4.png").state == "skipped", timeout=20000)
    QTest.mouseClick(batch.foot.pause, LEFT)
    assert "paused" not in batch.foot.said.text()
    # closing asks; the answer first is to let it run
    batch.close()
    box = one_box(qtbot)
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.waitUntil(lambda: not boxes())
    assert batch.running is not None
    batch.close()
    one_box(qtbot).button(QMessageBox.StandardButton.Discard).click()
    qtbot.waitUntil(lambda: desk.batch is None, timeout=60000)
    assert not (album / "out" / "3.png").exists()
    # the next time it is offered to go on
    gate.set()
    again = desk.show_batch([])
    again._hands = lambda settings: HandsHere(settings, gate)
    assert again.last.isVisible()
    QTest.mouseClick(again.last.go_on, LEFT)
    ended(again, qtbot)
    assert states(again) == ["restored", "restored", "restored", "copied"]
    assert not again.last.isVisible()
    assert not again._settings.batch_unfinished


def test_what_was_done_is_not_done_again_and_verdicts_are_remembered(
    done: BatchWindow, album: Path, desk: Desk, gate: Event, qtbot: QtBot
) -> None:
    for name, button in (("1.png", done.review.accept), ("2.png", done.review.reject)):
        shown(done, name, qtbot)
        QTest.mouseClick(button, LEFT)
        qtbot.waitUntil(lambda name=name: row_of(done, name).verdict is not None, timeout=10000)
    written = {path: path.stat().st_mtime_ns for path in (album / "out").glob("*.png")}
    done.close()
    qtbot.waitUntil(lambda: desk.batch is None)
    again = desk.show_batch([])
    again._hands = lambda settings: HandsHere(settings, gate)
    filled(again, album, qtbot)
    QTest.mouseClick(again.foot.start, LEFT)
    ended(again, qtbot)
    assert states(again) == ["restored", "restored", "restored", "copied"]
    assert row_of(again, "1.png").before
    assert not again.foot.start.isVisible()  # nothing is left to be tried again
    assert "1 rejected" in again.foot.said.text()
    qtbot.waitUntil(lambda: row_of(again, "1.png").verdict == "accepted", timeout=10000)
    assert {path: path.stat().st_mtime_ns for path in (album / "out").glob("*.png")} == written
    # thought better of, a start later
    again.files.go_to(row_of(again, "2.png"))
    assert again.files.rows.words(row_of(again, "2.png")) == "Rejected, put aside"
    QTest.mouseClick(again.review.accept, LEFT)
    qtbot.waitUntil(lambda: row_of(again, "2.png").verdict == "accepted", timeout=10000)
    assert (album / "out" / "2.png").exists()
    assert review_of(album) == {"1.png": "accepted", "2.png": "accepted", "3.png": "", "4.png": ""}


def review_of(album: Path) -> dict[str, str]:
    with (album / "out" / "report.csv").open(newline="") as table:
        return {Path(row["source"]).name: row["review"] for row in csv.DictReader(table)}


def test_other_settings_ask_first_and_no_old_verdict_is_laid_on_the_new_result(
    done: BatchWindow, album: Path, desk: Desk, gate: Event, qtbot: QtBot
) -> None:
    shown(done, "2.png", qtbot)
    QTest.mouseClick(done.review.reject, LEFT)
    qtbot.waitUntil(lambda: row_of(done, "2.png").verdict == "rejected", timeout=10000)
    first = (album / "out" / "1.png").read_bytes()
    QTest.mouseClick(done.foot.settings, LEFT)
    assert [row.path.name for row in done.files.rows.rows] == ["1.png", "2.png", "3.png", "4.png"]
    assert done.form.output.path == album / "out"
    done.form.grain.setValue(60)
    QTest.mouseClick(done.foot.start, LEFT)
    box = one_box(qtbot)
    assert "3 results there were made with other settings" in box.text()
    box.button(QMessageBox.StandardButton.Cancel).click()
    qtbot.waitUntil(lambda: not boxes())
    assert done.foot.start.isVisible()
    assert (album / "out" / "1.png").read_bytes() == first
    QTest.mouseClick(done.foot.start, LEFT)
    one_box(qtbot).button(QMessageBox.StandardButton.Yes).click()
    ended(done, qtbot)
    assert states(done) == ["restored", "restored", "restored", "copied"]
    assert (album / "out" / "1.png").read_bytes() != first
    assert not row_of(done, "2.png").before
    assert review_of(album)["2.png"] == ""
    done.close()
    qtbot.waitUntil(lambda: desk.batch is None)
    again = desk.show_batch([])
    again._hands = lambda settings: HandsHere(settings, gate)
    filled(again, album, qtbot)
    again.form.grain.setValue(60)
    QTest.mouseClick(again.foot.start, LEFT)
    ended(again, qtbot)
    shown(again, "2.png", qtbot)  # it can be looked at, and judged
    assert again.files.rows.words(row_of(again, "2.png")) == "Restored in an earlier run"
    QTest.mouseClick(again.review.accept, LEFT)
    qtbot.waitUntil(lambda: row_of(again, "2.png").verdict == "accepted", timeout=10000)


def test_what_to_look_for_is_chosen(batch: BatchWindow, album: Path, qtbot: QtBot) -> None:
    filled(batch, album, qtbot)
    form = batch.form
    form.show_detectors(["spotter"])
    QTest.mouseClick(form.damage["find"], LEFT, pos=QPoint(10, form.damage["find"].height() // 2))
    assert form.finding.value.text() == f"{form.sensitivity.value()} %"
    form.sensitivity.setFocus()
    QTest.keyClick(form.sensitivity, Qt.Key.Key_Right)
    assert form.finding.value.text() == f"{form.sensitivity.value()} %" != "50 %"
    assert form.filled(Order()).kinds is None
    boxes_of = form.finding.boxes
    QTest.mouseClick(boxes_of["stain"], LEFT, pos=QPoint(10, boxes_of["stain"].height() // 2))
    order = form.filled(Order())
    assert order.kinds == ("scratch", "dust", "crack")
    assert order.settings(None, "cpu", 1, 2, "").kinds == order.kinds
    assert Order.of_json(order.to_json()) == order
    assert Order.of_json(order.to_json().replace('"crack"', '"rain"')) is None
    form.show_order(Order())
    assert form.filled(Order()).kinds is None
    form.show_order(order)
    for kind in order.kinds:
        boxes_of[kind].click()
    assert "what to look for" in form.hint.text()
    assert not batch.foot.start.isEnabled()
    # infrared shows dust and scratches only
    form.infrared.setCurrentIndex(1)
    assert not boxes_of["stain"].isEnabled()
    boxes_of["dust"].click()
    assert form.filled(Order()).kinds == ("dust",)
    boxes_of["scratch"].click()
    assert form.filled(Order()).kinds is None


def test_a_batch_that_is_to_be_forgotten_is_forgotten_at_once(
    batch: BatchWindow, album: Path, desk: Desk, qtbot: QtBot
) -> None:
    """The program may crash right after it."""
    batch.last.note(Order((album / "scans" / "1.png",), (Path(),), album / "out"))
    batch.close()
    qtbot.waitUntil(lambda: desk.batch is None)
    again = desk.show_batch([])
    qtbot.waitExposed(again)
    QTest.mouseClick(again.last.forget, LEFT)
    assert not again.last.isVisible()
    kept = Path(again._settings._file.fileName()).read_text()
    assert [line for line in kept.splitlines() if line.startswith("unfinished=")] == ["unfinished=off"], kept


def test_a_bad_file_is_told_of_in_the_list_and_the_rest_goes_on(batch: BatchWindow, album: Path, qtbot: QtBot) -> None:
    (album / "scans" / "2.png").write_bytes(b"no picture")
    (album / "masks" / "3.png").unlink()
    filled(batch, album, qtbot)
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    assert states(batch) == ["restored", "failed", "failed", "copied"]
    assert "2 failed" in batch.foot.said.text()
    for name in ("2.png", "3.png"):
        batch.files.go_to(row_of(batch, name))
        assert name in batch.review.told.text()
        assert known(row_of(batch, name).outcome.sentence)  # type: ignore[union-attr]
        assert not batch.review.accept.isEnabled()
    # mended, the rest can be tried again
    cv2.imwrite(str(album / "masks" / "3.png"), np.zeros((72, 96), np.uint8))
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    assert states(batch) == ["restored", "failed", "copied", "copied"]
    assert row_of(batch, "1.png").before


def test_a_film_with_a_hair_in_the_gate(batch: BatchWindow, album: Path, qtbot: QtBot) -> None:
    """Frames of one still picture, with a hair in all of them and a speck in one."""
    still = cv2.GaussianBlur(np.random.default_rng(5).integers(0, 255, (72, 96, 3), np.uint8), (0, 0), 4)
    hair = np.zeros((72, 96), np.uint8)
    hair[30:50, 60:62] = 255
    scratch = np.zeros((72, 96), np.uint8)
    scratch[60:62, 10:80] = 255
    (album / "own").mkdir()
    for number in range(1, 5):
        frame = still.copy()
        frame[hair > 0] = 0
        frame[scratch > 0] = 0
        cv2.imwrite(str(album / "own" / f"{number}.png"), scratch)
        if number == 2:
            cv2.circle(frame, (20, 20), 3, (255, 255, 255), -1)
        cv2.imwrite(str(album / "scans" / f"{number}.png"), frame)
    cv2.imwrite(str(album / "hair.png"), hair)
    drop(batch, album / "scans")
    qtbot.waitUntil(lambda: len(batch.files.rows.rows) == 4)
    QTest.mouseClick(batch.form.damage["film"], LEFT, pos=QPoint(10, batch.form.damage["film"].height() // 2))
    assert not batch.form.masks.isEnabled()
    batch.form.common_mask.line.setText(str(album / "hair.png"))
    batch.form.frame_masks.line.setText(str(album / "own"))
    batch.form.output.line.setText(str(album / "out"))
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    assert states(batch) == ["restored"] * 4
    for number in range(1, 5):
        frame = cv2.imread(str(album / "out" / f"{number}.png")).astype(int)
        assert np.abs(frame - still)[hair > 0].mean() < 15
        assert np.abs(frame - still)[scratch > 0].mean() < 15
    second = cv2.imread(str(album / "out" / "2.png")).astype(int)
    assert np.abs(second - still)[17:24, 17:24].mean() < 3  # from its neighbours, which know it
    same = ["batch", str(album / "scans"), "-o", str(album / "again"), "--device", "cpu", "--film"]
    assert main([*same, "--mask", str(album / "hair.png"), "--masks", str(album / "own")]) == 0
    for number in range(1, 5):
        pair = [cv2.imread(str(album / folder / f"{number}.png")) for folder in ("out", "again")]
        assert np.array_equal(*pair), number


def write_with_infrared(path: Path, radius: int) -> NDArray[np.uint16]:
    """120×160, three round specks in it, its infrared scan on the second page; returns the colours."""
    rng = np.random.default_rng(3)
    colours = cv2.GaussianBlur(rng.integers(0, 65535, (120, 160, 3), np.uint16), (0, 0), 4)
    infrared = np.full((120, 160), 50000, np.uint16) + rng.integers(0, 500, (120, 160), np.uint16)
    for at in ((30, 40), (80, 100), (60, 20)):
        cv2.circle(infrared, at[::-1], radius, 20000, -1)
        cv2.circle(colours, at[::-1], radius, (60000, 60000, 60000), -1)
    path.parent.mkdir(exist_ok=True)
    with tifffile.TiffWriter(path) as tiff:
        tiff.write(colours, photometric="rgb", metadata=None)
        tiff.write(infrared, photometric="minisblack", metadata=None)
    return colours


def test_where_much_was_marked_the_list_and_the_end_say_so(batch: BatchWindow, tmp_path: Path, qtbot: QtBot) -> None:
    write_with_infrared(tmp_path / "film" / "1.tif", 3)
    write_with_infrared(tmp_path / "film" / "2.tif", 16)
    drop(batch, tmp_path / "film")
    qtbot.waitUntil(lambda: len(batch.files.rows.rows) == 2)
    batch.form.show_detectors(["spotter"])
    QTest.mouseClick(batch.form.damage["find"], LEFT, pos=QPoint(10, batch.form.damage["find"].height() // 2))
    batch.form.infrared.setCurrentIndex(2)
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    words = [batch.files.rows.words(row_of(batch, name)) for name in ("1.tif", "2.tif")]
    assert words[0].endswith("pixels changed")
    assert words[1] == "Restored: much was marked, look at it"
    assert "1 to look at, as much was marked" in batch.foot.said.text()
    shown(batch, "2.tif", qtbot)
    assert "of it was marked as damage" in batch.review.told.text()
    QTest.mouseClick(batch.review.accept, LEFT)
    qtbot.waitUntil(lambda: row_of(batch, "2.tif").verdict == "accepted", timeout=10000)
    assert "to look at" not in batch.foot.said.text()


def test_infrared_where_chosen(batch: BatchWindow, tmp_path: Path, qtbot: QtBot) -> None:
    """The same pixels as those of the command line; and the choice is kept."""
    colours = write_with_infrared(tmp_path / "film" / "1.tif", 3)
    drop(batch, tmp_path / "film")
    qtbot.waitUntil(lambda: len(batch.files.rows.rows) == 1)
    batch.form.show_detectors(["spotter"])
    QTest.mouseClick(batch.form.damage["find"], LEFT, pos=QPoint(10, batch.form.damage["find"].height() // 2))
    batch.form.infrared.setCurrentIndex(2)
    batch.form.output.line.setText(str(tmp_path / "out"))
    order = batch.form.filled(Order())
    assert order.infrared == 2
    assert Order.of_json(order.to_json()) == order
    assert Order.of_json(order.to_json().replace('"infrared": 2', '"infrared": "sun"')) is None
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    assert states(batch) == ["restored"]
    asked = ["batch", str(tmp_path / "film"), "-o", str(tmp_path / "again"), "--device", "cpu"]
    assert main([*asked, "--detect", "--infrared", "2"]) == 0
    pair = [tifffile.imread(tmp_path / folder / "1.tif") for folder in ("out", "again")]
    assert np.array_equal(*pair)
    assert (pair[0] != colours).any()


def test_jpegs_made_anew_with_grain_as_chosen(batch: BatchWindow, album: Path, qtbot: QtBot) -> None:
    """The same files as those of the command line; and the choice is kept."""
    filled(batch, album, qtbot)
    form = batch.form
    assert not form.anew.isEnabled()
    assert form.filled(Order()).jpeg_quality is None
    form.ending.setCurrentIndex(form.ending.findData(".jpg"))
    assert not form.quality.isEnabled()
    form.anew.setChecked(True)
    assert form.quality.isEnabled()
    form.quality.setValue(81)
    form.grain.setValue(70)
    order = form.filled(Order())
    assert (order.jpeg_quality, order.grain) == (81, 0.7)
    assert Order.of_json(order.to_json()) == order
    for bad in ('"jpeg_quality": 0', '"jpeg_quality": "best"', '"grain": 7'):
        name = bad.split(":")[0]
        told = order.to_json().replace(f"{name}: {81 if 'jpeg' in name else 0.7}", bad)
        assert told != order.to_json()
        assert Order.of_json(told) is None
    form.show_order(Order())
    assert (form.anew.isChecked(), form.grain.value()) == (False, 0)
    form.show_order(order)
    QTest.mouseClick(batch.foot.start, LEFT)
    ended(batch, qtbot)
    asked = ["batch", str(album / "scans"), "--masks", str(album / "masks"), "-o", str(album / "again")]
    assert main([*asked, "--device", "cpu", "--suffix", ".jpg", "--jpeg-quality", "81", "--grain", "0.7"]) == 0
    for number in (1, 2, 3):
        pair = [cv2.imread(str(album / folder / f"{number}.jpg")) for folder in ("out", "again")]
        assert np.array_equal(*pair), number


def test_nothing_starts_before_all_is_chosen(batch: BatchWindow, album: Path, qtbot: QtBot) -> None:
    assert not batch.foot.start.isEnabled()
    assert "drop" in batch.form.hint.text()
    drop(batch, album / "scans")
    qtbot.waitUntil(lambda: len(batch.files.rows.rows) == 4)
    qtbot.waitUntil(lambda: all(not row.picture.isNull() for row in batch.files.rows.rows))
    assert "masks" in batch.form.hint.text()
    assert not batch.foot.start.isEnabled()
    batch.form.masks.line.setText(str(album / "nowhere"))
    QTest.mouseClick(batch.foot.start, LEFT)
    box = one_box(qtbot)
    assert known(box.text())
    box.button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: not boxes())
    assert not (album / "scans-restored").exists()
    batch.files.list.selectAll()
    QTest.mouseClick(batch.files.remove, LEFT)
    assert batch.files.rows.rows == []


def test_without_a_detector_it_is_said(batch: BatchWindow) -> None:
    assert not batch.form.damage["find"].isEnabled()
    assert batch.form.no_detector.isVisible()
    batch.form.show_detectors(["spotter"])
    assert batch.form.damage["find"].isEnabled()
    assert not batch.form.no_detector.isVisible()


def test_ways_to_it(window: MainWindow, desk: Desk, album: Path, qtbot: QtBot) -> None:
    activate(window, qtbot)
    QTest.mouseClick(window.start._many, LEFT)
    assert desk.batch is not None
    desk.batch.close()
    assert desk.batch is None
    activate(window, qtbot)
    key(window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert desk.batch is not None
    window.drop([album / "scans"])
    qtbot.waitUntil(lambda: len(desk.batch.files.rows.rows) == 4)  # type: ignore[union-attr]
    desk.batch.close()


def test_every_control_can_be_reached_and_named(done: BatchWindow, qtbot: QtBot) -> None:
    assert examine(done) > 20
    shown(done, "1.png", qtbot)
    activate(done, qtbot)
    done.files.add.setFocus()
    reached = set()
    for _ in range(60):
        now = QApplication.focusWidget()
        assert now is not None
        reached.add(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    for control in controls(done):
        if control.isVisible() and control.isEnabled() and control.focusPolicy() != Qt.FocusPolicy.NoFocus:
            assert control in reached, control.accessibleName()
    spoken = done.files.rows.data(done.files.rows.index(0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("1.png, Restored")


def test_longer_words_have_room(qapp: QApplication, desk: Desk, qtbot: QtBot) -> None:
    longer = Longer(qapp)
    qapp.installTranslator(longer)
    try:
        desk.engine.detectors = []
        window = desk.show_batch([])
        window.resize(1024, 700)
        QApplication.processEvents()
        for control in controls(window):
            if control.isVisible() and hasattr(control, "text") and control.text():
                assert control.width() >= control.minimumSizeHint().width() - 1, control.text()
        assert window.width() <= 1100
        window.close()
    finally:
        qapp.removeTranslator(longer)
    del qtbot


def test_an_order_survives_its_text() -> None:
    order = Order(
        (Path("/a/1.png"),), (Path(),), Path("/out"), "film", None, Path("/hair.png"), 0.3, ".tif", True, True, True
    )
    assert Order.of_json(order.to_json()) == order
    for bad in ("", "{}", "[]", '{"damage": "x"}', order.to_json().replace('"film"', '"rain"')):
        assert Order.of_json(bad) is None
