"""A batch window as a person uses it, and hands that work in this process."""

from __future__ import annotations

from multiprocessing import connection, get_context
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.batch.hands import Message
from restorer.batch.pipeline import AHEAD, Pipeline

if TYPE_CHECKING:
    from restorer.batch.entries import Entry
    from restorer.batch.settings import Settings
    from restorer.ui.batch.batch_window import BatchWindow
    from restorer.ui.batch.rows import Row


class HandsHere:
    """The pipeline of a worker process, in this one: real reading, restoring and writing, without the start of one.

    With `gate` cleared, files wait before their end, but a cancelled one.
    """

    def __init__(self, settings: Settings, gate: Event) -> None:
        self._gate = gate
        self._said: SimpleQueue[Message] = SimpleQueue()
        self._rung, self._bell = get_context("spawn").Pipe(duplex=False)
        self._numbers: set[int] = set()
        self._cancelled: set[int] = set()
        self._pipeline = Pipeline(settings, self._tell, self._finish)

    def _tell(self, number: int, stage: Any, share: float) -> None:
        while stage == "write" and not self._gate.wait(0.01) and number not in self._cancelled:
            pass
        self._say(Message("at", number, stage, share))

    def _finish(self, number: int, outcome: Any) -> None:
        self._say(Message("finished", number, "write", 1.0, outcome))

    def _say(self, message: Message) -> None:
        self._said.put(message)
        self._bell.send_bytes(b"!")

    @property
    def room(self) -> int:
        return AHEAD - len(self._numbers)

    def give(self, entry: Entry, staged: Path) -> None:
        self._numbers.add(entry.number)
        self._pipeline.give(entry, staged)

    def cancel(self, number: int) -> None:
        self._cancelled.add(number)
        self._pipeline.cancel(number)

    def wait(self, wake: connection.Connection) -> list[Message]:
        connection.wait([wake, self._rung])
        said: list[Message] = []
        while self._rung.poll():
            self._rung.recv_bytes()
        while True:
            try:
                message = self._said.get_nowait()
            except Empty:
                return said
            if message.kind == "finished":
                self._numbers.discard(message.number)
            said.append(message)

    def close(self, *, kill: bool) -> None:
        del kill
        self._pipeline.close()


def write_album(folder: Path, count: int) -> None:
    """Scans 1, 2, … and their masks, each with a scratch; the last mask is empty."""
    for name in ("scans", "masks"):
        (folder / name).mkdir(parents=True)
    for number in range(1, count + 1):
        noise = np.random.default_rng(number).integers(0, 255, (72, 96, 3), np.uint8)
        pixels = cv2.GaussianBlur(noise, (0, 0), 3)
        mask = np.zeros((72, 96), np.uint8)
        if number < count:
            mask[10 + number : 13 + number, 10:-10] = 255
        pixels[mask > 0] = 255
        cv2.imwrite(str(folder / "scans" / f"{number}.png"), pixels)
        cv2.imwrite(str(folder / "masks" / f"{number}.png"), mask)


def drop(window: BatchWindow, *paths: Path) -> None:
    """By a real event."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), copy, data, left, none)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, data, left, none))


def filled(window: BatchWindow, album: Path, qtbot: QtBot) -> None:
    """The album's scans dropped, its masks and a folder for the results chosen."""
    drop(window, album / "scans")
    qtbot.waitUntil(lambda: bool(window.files.rows.rows), timeout=30000)
    window.form.masks.line.setText(str(album / "masks"))
    window.form.output.line.setText(str(album / "out"))


def ended(window: BatchWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(
        lambda: window.running is None and not window._planning and window._batch is not None, timeout=120000
    )


def row_of(window: BatchWindow, name: str) -> Row:
    return next(row for row in window.files.rows.rows if row.path.name == name)


def shown(window: BatchWindow, name: str, qtbot: QtBot) -> None:
    """Go to a row, as a click does, and wait until its pictures are there."""
    window.files.go_to(row_of(window, name))
    qtbot.waitUntil(lambda: window.review.view._document is not None, timeout=30000)
