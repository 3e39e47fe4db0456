"""What a person does at the window, and a Restorer that does what the test says."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from restorer.imaging.job import Job
from restorer.imaging.patch import Patch
from restorer.ui.main_window import MainWindow
from restorer.ui.sentences import known

WIDTH, HEIGHT = 300, 200
FILLED = 7
ALSO_SAID = (
    "There is no picture on the clipboard: copy one first, then paste it here.",
    "The weights reweave are damaged: install them again.",
    "The program made a mistake (ValueError: of all things). Your original is unharmed: export what you have, and "
    "start again.",
)
"""Said by the window itself, or by the fake Restorer."""
WARM_UP = 64
"""The side of the picture with which an engine warms up."""


class FakeRestorer:
    """Fills with `FILLED`, in ten steps, when it is let."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.jobs: list[Job] = []
        self.begun = threading.Event()
        self.error: Exception | None = None
        self.stop_at = 0.0
        """Wait for the gate after this share."""
        self.deaf = False
        """Does it not notice, while it waits, that a job is cancelled?  The next job then stays in the queue."""

    def hold(self, share: float = 0.0) -> None:
        self.stop_at = share
        self.gate.clear()
        self.begun.clear()

    def release(self) -> None:
        self.gate.set()

    def restore(self, job: Job, progress: Callable[[float], None] = lambda _share: None) -> list[Patch]:
        if job.image.shape[0] == WARM_UP:
            return []
        self.jobs.append(job)
        for step in range(11):
            share = step / 10
            progress(share)
            if share >= self.stop_at:
                self.begun.set()
                while not self.gate.wait(0.005):
                    if not self.deaf:
                        job.check()
            job.check()
        if self.error is not None:
            raise self.error
        region = job.wanted.region
        pixels = job.image.read(region)
        pixels[job.wanted.bits] = FILLED
        return [Patch(region, pixels, job.wanted.bits.copy())]

    def made(self, job: Job) -> dict[str, str]:
        return {"model": "fake", "seed": str(job.seed)}


def save_photograph(path: Path, shape: tuple[int, ...] = (HEIGHT, WIDTH, 3)) -> Path:
    pixels = np.random.default_rng(1).integers(60, 200, shape, dtype=np.uint8)
    assert cv2.imwrite(str(path), pixels)
    return path


def open_in(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.open_all([path])
    qtbot.waitUntil(lambda: window.editor.document is not None)


def at(window: MainWindow, x: float, y: float) -> QPoint:
    """Where a place of the fitted picture lies on the canvas."""
    canvas = window.workspace.canvas
    zoom = canvas.zoom / canvas.devicePixelRatioF()
    return QPoint(
        round(canvas.width() / 2 + (x - WIDTH / 2) * zoom), round(canvas.height() / 2 + (y - HEIGHT / 2) * zoom)
    )


def paint(window: MainWindow, *places: tuple[float, float]) -> None:
    """A stroke with the real mouse through these places of the picture."""
    canvas = window.workspace.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(window, *places[0]))
    for place in places[1:]:
        QTest.mouseMove(canvas, at(window, *place))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at(window, *places[-1]))


def key(window: MainWindow, name: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(window.workspace.canvas, name, modifiers)


def boxes() -> list[QMessageBox]:
    """The message boxes that are seen."""
    return [
        widget for widget in QApplication.topLevelWidgets() if isinstance(widget, QMessageBox) and widget.isVisible()
    ]


def one_box(qtbot: QtBot) -> QMessageBox:
    qtbot.waitUntil(lambda: bool(boxes()))
    qtbot.wait(30)  # a second one would be there by now
    assert len(boxes()) == 1
    return boxes()[0]


def the_sentence(qtbot: QtBot) -> str:
    """What the one dialog says, which is then closed; it must be one sentence, or a clause and what to do."""
    box = one_box(qtbot)
    text = box.text()
    assert text
    assert text == text.strip()
    assert "Traceback" not in text
    assert text.endswith("."), text
    assert text[:-1].count(". ") <= 1
    assert known(text) or text in ALSO_SAID, "restorer/ui/sentences.py does not know it in Chinese"
    window = box.parentWidget()
    box.button(QMessageBox.StandardButton.Ok).click()
    qtbot.waitUntil(lambda: not boxes())
    activate(window, qtbot)
    return text


def the_trouble(window: MainWindow, qtbot: QtBot) -> str:
    """What the page says of a file that cannot be opened, which is then left."""
    qtbot.waitUntil(window.trouble.isVisible)
    assert not boxes()
    text = window.trouble.words.text()
    assert "Traceback" not in text
    assert text.endswith("."), text
    assert known(text), "restorer/ui/sentences.py does not know it in Chinese"
    assert window.trouble.other.hasFocus()
    QTest.mouseClick(window.trouble.back, Qt.MouseButton.LeftButton)
    assert not window.trouble.isVisible()
    return text


def activate(window: QWidget, qtbot: QtBot) -> None:
    """After a dialog; window systems do so by themselves, the offscreen one does not."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
