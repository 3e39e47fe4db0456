"""Results are read, judged and put aside on a worker; the window hears of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from restorer.batch.report import write_report
from restorer.batch.verdicts import Verdicts
from restorer.ui.batch.comparison import Comparison, compared
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.batch.queue import Batch
    from restorer.batch.verdicts import Word
    from restorer.ui.batch.rows import Row
    from restorer.ui.worker import Task, Worker


class Reviewing(QObject):
    """One output folder's.

    Signals:
        compared(Comparison): of the row that was asked for last.
        judged(Row): its verdict is another one.
        failed(str): why something was not possible.
    """

    compared = Signal(object)
    judged = Signal(object)
    failed = Signal(str)

    def __init__(self, worker: Worker, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._shown: Row | None = None
        self._reading: Task | None = None
        self._verdicts: Verdicts | None = None  # the worker's thread only

    def begin(self, output: Path) -> None:
        """Another batch begins; what was said of its results before is remembered."""
        self._shown = None

        def read(_report: object) -> None:
            self._verdicts = Verdicts(output)

        self._worker.submit(read)

    def look_up(self, row: Row) -> None:
        """What was said before of a result that an earlier run has made."""
        target, outcome = row.target, row.outcome
        if target is None or outcome is None:
            return
        made = outcome.files[0][2]

        def read(_report: object) -> Word | None:
            verdict = None if self._verdicts is None else self._verdicts.of(target, made)
            return None if verdict is None else verdict.word

        def known(word: Word | None) -> None:
            if word is not None:
                row.verdict = word
                self.judged.emit(row)

        self._worker.submit(read).done.connect(known)

    def show(self, row: Row | None) -> None:
        """Read a result and its original; what was asked for before is dropped."""
        if self._reading is not None:
            self._reading.wanted = False
            self._reading = None
        self._shown = row
        if row is None or not row.reviewable or row.verdict == "rejected" or row.target is None:
            return
        source, target = row.path, row.target
        task = self._worker.submit(lambda _report: compared(source, target))
        self._reading = task

        def done(comparison: Comparison) -> None:
            if self._reading is task:
                self._reading = None
                self.compared.emit(comparison)

        def failed(error: Exception) -> None:
            if self._reading is task:
                self._reading = None
                self.failed.emit(sentence_of(error))

        task.done.connect(done)
        task.failed.connect(failed)

    def judge(self, row: Row, word: Word, batch: Batch | None, output: Path) -> None:
        """Accept or reject a result.

        Args:
            row: the file.
            word: what is said of it.
            batch: whose report is to be written anew; None while it runs, which writes it itself at its end.
            output: the batch's folder.
        """
        target, outcome = row.target, row.outcome
        if target is None or outcome is None:
            return
        names, made = [name for name, _, _ in outcome.files], outcome.files[0][2]

        def work(_report: object) -> None:
            verdicts = self._verdicts = self._verdicts or Verdicts(output)
            if word == "accepted":
                verdicts.accept(target, made)
            else:
                verdicts.reject(target, made, names)
            if batch is not None:
                write_report(batch, output, verdicts)

        def done(_nothing: object) -> None:
            row.verdict = word
            self.judged.emit(row)

        task = self._worker.submit(work)
        task.done.connect(done)
        task.failed.connect(lambda error: self.failed.emit(sentence_of(error)))
