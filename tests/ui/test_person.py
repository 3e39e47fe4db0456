"""A person with a plan, from a scan to a restored file, by mouse, pen and keys; the real networks do the work.

`RESTORER_PERSON=24 pytest tests/ui/test_person.py` takes a scan of 24 megapixels instead of a small one;
with `RESTORER_PERSON_SCAN=FILE` also, one of your own that has damage to be found.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from acting import activate, boxes
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.document import journal
from restorer.imaging.files import read_photograph
from restorer.ui import thumbnails
from restorer.ui.desk import Desk
from restorer.ui.dialogs.export_dialog import ExportDialog
from restorer.ui.engine import Engine
from restorer.ui.main_window import MainWindow
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

# the detector reads what it looks at without writing to it, of which torch warns
pytestmark = pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")

MEGAPIXELS = float(os.environ.get("RESTORER_PERSON", "0.15"))
PATIENCE = 20_000 + round(MEGAPIXELS * 60_000)
"""ms: not what it takes, but when to give up."""
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def scan(path: Path) -> Path:
    """A part of a sample, with its scratches and spots, or the file of one's own, in that many megapixels."""
    own = os.environ.get("RESTORER_PERSON_SCAN")
    sample = cv2.imread(str(bundled.resources() / "samples" / "colosseum.jpg"))
    part = sample[60:400, 500:1010] if own is None else cv2.imread(own)
    scale = (MEGAPIXELS * 1e6 / (part.shape[0] * part.shape[1])) ** 0.5
    way = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    size = round(part.shape[1] * scale), round(part.shape[0] * scale)
    assert cv2.imwrite(str(path), cv2.resize(part, size, interpolation=way))
    return path


class Person:
    """Sees the window, and knows its keys."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.canvas = window.workspace.canvas

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE)

    def presses(self, key: Qt.Key, held: Qt.KeyboardModifier = NONE, on: QWidget | None = None) -> None:
        QTest.keyClick(on or self.canvas, key, held)

    def place(self, x: float, y: float) -> QPoint:
        """Where a pixel of the picture is on the canvas."""
        left, top = self.canvas._viewport.to_device(x + 0.5, y + 0.5)
        ratio = self.canvas.devicePixelRatioF()
        return QPoint(round(left / ratio), round(top / ratio))

    def drags(self, *places: QPoint) -> None:
        QTest.mousePress(self.canvas, LEFT, NONE, places[0])
        for place in places[1:]:
            QTest.mouseMove(self.canvas, place)
        QTest.mouseRelease(self.canvas, LEFT, NONE, places[-1])

    def draws_with_a_pen(self, *places: QPoint) -> None:
        """Pressing harder and harder."""
        able = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        kind = QPointingDevice.PointerType.Pen
        device = QPointingDevice("pen", 78, QInputDevice.DeviceType.Stylus, kind, able, 1, 3)
        move, press, release = QEvent.Type.TabletMove, QEvent.Type.TabletPress, QEvent.Type.TabletRelease
        steps = [(press, places[0]), *((move, place) for place in places[1:]), (release, places[-1])]
        for number, (event, place) in enumerate(steps):
            local, up = QPointF(place), event == release
            acting = Qt.MouseButton.NoButton if event == move else LEFT
            held = Qt.MouseButton.NoButton if up else LEFT
            pressure = 0.0 if up else (number + 1) / len(steps)
            sent = QTabletEvent(
                event, device, local, self.canvas.mapToGlobal(local), pressure, 0.0, 0.0, 0.0, 0.0, 0.0, NONE,
                acting, held,
            )  # fmt: skip
            QApplication.sendEvent(self.canvas, sent)

    def opens(self, path: Path) -> None:
        self.presses(Qt.Key.Key_O, CTRL, on=self.window)
        (dialog,) = self.window.findChildren(QFileDialog)
        dialog.setDirectory(str(path.parent))
        line = dialog.findChild(QLineEdit)
        line.setFocus()
        QTest.keyClicks(line, path.name)
        self.presses(Qt.Key.Key_Return, on=line)
        self.waits(lambda: self.window.editor.document is not None)
        activate(self.window, self.qtbot)


@pytest.fixture
def person(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[Person]:
    monkeypatch.setattr(thumbnails, "folder", lambda: tmp_path / "thumbnails")
    monkeypatch.setattr(journal, "state_folder", lambda: tmp_path / "journals")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, True)
    engine = Engine()
    engine.threads = 1
    desk = Desk(Settings(tmp_path / "restorer.ini"), Theme(qapp, "light"), engine)
    desk.engine.threads = 1
    window = desk.new_window()
    window.resize(1200, 800)
    qtbot.waitExposed(window)
    yield Person(window, qtbot)
    for box in boxes():
        box.close()
    for each in list(desk.windows):
        each._discard()
    desk.stop()
    desk.theme.deleteLater()
    qapp.processEvents()


# what the offscreen platform says of Qt's own dialog
@pytest.mark.qt_log_ignore("does not support (raise|grabbing|propagateSizeHints)")
def test_from_a_damaged_scan_to_a_restored_file(person: Person, tmp_path: Path, qtbot: QtBot) -> None:
    window, canvas = person.window, person.canvas
    actions = window.actions_
    path = scan(tmp_path / "album-1931-07.png")
    before = path.read_bytes()

    person.opens(path)
    document = window.editor.document
    assert document is not None
    height, width = document.bounds.height, document.bounds.width
    assert height * width > 0.95e6 * MEGAPIXELS
    if actions.heal.isChecked():
        person.presses(Qt.Key.Key_P)  # marks first, then restores
    assert not actions.heal.isChecked()

    # finds damage, leaves a place out, takes the rest
    finding = window.editor.finding
    person.waits(lambda: finding.possible)
    person.presses(Qt.Key.Key_F)
    person.waits(lambda: finding.active and finding.choice is not None)
    assert finding.choice is not None
    places = finding.choice.places
    assert places
    largest = max(places, key=lambda region: region.area)
    rows, columns = np.nonzero(np.asarray(finding.choice.found[largest.slices]))
    middle = len(rows) // 2
    click = person.place(largest.left + int(columns[middle]), largest.top + int(rows[middle]))
    found = int(np.asarray(finding.choice.found).sum())
    QTest.mouseClick(canvas, LEFT, NONE, click)
    person.waits(lambda: finding.choice is not None and int(np.asarray(finding.choice.found).sum()) < found)
    QTest.mouseClick(canvas, LEFT, NONE, click)
    person.waits(lambda: finding.choice is not None and int(np.asarray(finding.choice.found).sum()) == found)
    person.presses(Qt.Key.Key_Return)
    person.waits(lambda: document.marked)
    marked = np.asarray(document.mask).copy()
    assert marked.sum() >= found

    # corrects the mask: takes some away with the mouse, adds a stroke with the pen
    person.presses(Qt.Key.Key_E)
    person.drags(click - QPoint(12, 8), click, click + QPoint(12, 8))
    person.presses(Qt.Key.Key_B)
    person.draws_with_a_pen(
        person.place(0.6 * width, 0.8 * height), person.place(0.7 * width, 0.82 * height),
        person.place(0.8 * width, 0.85 * height),
    )  # fmt: skip
    corrected = np.asarray(document.mask).copy()
    assert (corrected & ~marked).any()
    assert (marked & ~corrected).any()

    # heals
    assert not document.repairs
    person.presses(Qt.Key.Key_Return, CTRL)
    person.waits(lambda: document.repairs and not window.editor.working)
    assert not document.marked
    healed = document.image.read(document.bounds)
    asked = cv2.dilate(corrected.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0  # grown by 2 px
    changed = (healed != document.original).any(axis=-1)
    assert changed.any()
    assert not (changed & ~asked).any()

    # compares
    seen = canvas.grab().toImage()
    person.presses(Qt.Key.Key_D)
    assert canvas.divider
    qtbot.waitUntil(lambda: canvas.grab().toImage() != seen, timeout=PATIENCE)
    person.presses(Qt.Key.Key_D)
    person.presses(Qt.Key.Key_Y)
    assert window.workspace.comparing.original.isVisible()
    person.presses(Qt.Key.Key_Y)
    person.presses(Qt.Key.Key_C)
    assert actions.changes.isChecked()
    person.presses(Qt.Key.Key_C)
    QTest.keyPress(canvas, Qt.Key.Key_X)
    assert actions.original.isChecked()
    QTest.keyRelease(canvas, Qt.Key.Key_X)
    assert not actions.original.isChecked()

    # undoes, and thinks better of it
    person.presses(Qt.Key.Key_Z, CTRL)
    assert document.repairs == ()
    assert (np.asarray(document.mask) == corrected).all()
    assert (document.image.read(document.bounds) == document.original).all()
    person.presses(Qt.Key.Key_Y, CTRL)
    assert (document.image.read(document.bounds) == healed).all()

    # exports
    person.presses(Qt.Key.Key_E, CTRL)
    (dialog,) = window.findChildren(ExportDialog)
    dialog.choose_folder(tmp_path)
    dialog.name.selectAll()
    QTest.keyClicks(dialog.name, "restored.png")
    person.presses(Qt.Key.Key_Return, on=dialog.name)
    person.waits(lambda: bool(boxes()))
    (box,) = boxes()
    assert "restored.png" in box.text()
    assert ", 0 outside the mask" in box.text()
    QTest.mouseClick(box.button(QMessageBox.StandardButton.Ok), LEFT)
    written = read_photograph(tmp_path / "restored.png").pixels
    assert (written == healed).all()
    assert path.read_bytes() == before
    assert not window.editor.output.unexported
