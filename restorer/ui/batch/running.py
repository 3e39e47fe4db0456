"""A batch on a thread of its own, which tells the main thread what happens."""

from __future__ import annotations

import logging
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from restorer.batch.hands import usable_cores
from restorer.batch.queue import Batch
from restorer.batch.report import write_report
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from restorer.batch.entries import Entry
    from restorer.batch.hands import Hands
    from restorer.batch.outcome import Event
    from restorer.batch.settings import Settings as BatchSettings
    from restorer.ui.batch.order import Order
    from restorer.ui.settings import Settings

STEP = 0.02
"""Progress is told in steps of this share."""


def batch_of(
    order: Order,
    entries: Sequence[Entry],
    settings: Settings,
    hands: Callable[[BatchSettings], Hands] | None,
    *,
    renew: bool = False,
) -> Batch:
    """What is asked, with the program's settings; what an earlier run has finished there is not done again."""
    assert order.output is not None
    threads = settings.threads or max(1, usable_cores() - 1)  # a core is left to the window
    wanted = order.settings(settings.model, settings.device, threads, settings.grow, settings.operator)
    return Batch(entries, order.output, wanted, resume=True, overwrite=order.overwrite, renew=renew, hands=hands)


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
            if self.batch.begun:
                write_report(self.batch, self._output)
        except RestorerError as fault:
            error = error or fault
        self._over.emit(error)

    def _tell(self, event: Event) -> None:
        if event.kind == "progress" and 0 < event.share < 1:
            if event.share - self._shares.get(event.number, 0.0) < STEP:
                return
            self._shares[event.number] = event.share
        self._said.emit(event)
