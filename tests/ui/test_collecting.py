"""Garbage that holds Qt's objects is collected on the thread that they belong to."""

from __future__ import annotations

import gc
import threading
import weakref

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot


class Part(QObject):
    """Refers to itself, as an object does that listens to its own signals."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


def test_a_thread_that_allocates_ends_no_object_of_the_window(qtbot: QtBot) -> None:
    ended: list[threading.Thread] = []
    for _ in range(50):
        weakref.finalize(Part(), lambda: ended.append(threading.current_thread()))
    kept = []

    def allocate() -> None:
        kept.extend([number] for number in range(200_000))

    worker = threading.Thread(target=allocate)
    worker.start()
    worker.join()
    assert not ended
    assert not gc.isenabled()
    qtbot.waitUntil(lambda: len(ended) == 50)
    assert {*ended} == {threading.main_thread()}
