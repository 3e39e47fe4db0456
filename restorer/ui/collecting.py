"""Where garbage is collected: on the window's thread."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

EVERY_MS = 1000


class Collecting(QObject):
    """Python's cycle collector, called by a timer while the program runs.

    By itself it runs on whichever thread happens to allocate.  There it would end windows' objects while their own
    thread delivers events to them, which ends the program with a bus error.

    Args:
        application: it lives as long; `stop` gives collecting back to Python.
    """

    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._collect)
        self._timer.start(EVERY_MS)

    def _collect(self) -> None:
        """As much as Python would have collected by now; all of it, which may take a tenth of a second, not within a
        stroke.
        """
        oldest = 1 if QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton else 2
        due = [at for at in range(oldest + 1) if gc.get_count()[at] > gc.get_threshold()[at]]
        if due:
            gc.collect(due[-1])

    def stop(self) -> None:
        self._timer.stop()
        gc.enable()
