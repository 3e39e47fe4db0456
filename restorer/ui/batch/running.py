"""A batch on a thread of its own, which tells the main thread what happens."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from restorer.batch.report import write_report
from restorer.batch.verdicts import Verdicts
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.batch.outcome import Event
    from restorer.batch.queue import Batch

STEP = 0.02
"""Progress is told in steps of this share."""


class Running(QObject):
    """Signals, on the main thread:
    heard(Event): something happened to a file.
    ended(object): all files have an outcome; or the exception because of which they have not.
    """

    heard = Signal(object)
    ended = Signal(object)
    _said = Signal(object)
    _over = Signal(object)

    def __init__(self, batch: Batch, output: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.batch = batch
        self._output = output
        self._shares: dict[int, float] = {}
        # emitted on the batch's thread; delivered on this one
        self._said.connect(self.heard, Qt.ConnectionType.QueuedConnection)
        self._over.connect(self.ended, Qt.ConnectionType.QueuedConnection)
        self._thread = Thread(target=self._run, name="batch", daemon=True)
        self._thread.start()

    def join(self, seconds: float | None = None) -> None:
        """Wait for its end; `batch.cancel` brings it near."""
        self._thread.join(seconds)

    def _run(self) -> None:
        error: Exception | None = None
        try:
            self.batch.run(self._tell)
        except Exception as fault:
            if not isinstance(fault, RestorerError):
                logging.getLogger("restorer").exception("a batch ended")
            error = fault
        try:
            if self.batch.outcomes:
                write_report(self.batch, self._output, Verdicts(self._output))
        except RestorerError as fault:
            error = error or fault
        self._over.emit(error)

    def _tell(self, event: Event) -> None:
        if event.kind == "progress" and 0 < event.share < 1:
            if event.share - self._shares.get(event.number, 0.0) < STEP:
                return
            self._shares[event.number] = event.share
        self._said.emit(event)
