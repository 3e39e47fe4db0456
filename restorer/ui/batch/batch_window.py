"""The window of a batch: its files at the left, what is asked or what has come of them at the right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QMessageBox,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from restorer.batch.journal import FOLDER
from restorer.batch.verdicts import project_of
from restorer.ui.batch.files_side import FilesSide
from restorer.ui.batch.foot import Foot
from restorer.ui.batch.last_batch import LastBatch
from restorer.ui.batch.order import Order, pictures_in
from restorer.ui.batch.order_form import OrderForm
from restorer.ui.batch.pace import Pace
from restorer.ui.batch.review_pane import ReviewPane
from restorer.ui.batch.reviewing import Reviewing
from restorer.ui.batch.running import Running, batch_of
from restorer.ui.dialogs.boxes import tell
from restorer.ui.sentences import in_own_words
from restorer.ui.worker import Worker, sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent

    from restorer.batch.hands import Hands
    from restorer.batch.inputs import Found
    from restorer.batch.outcome import Event
    from restorer.batch.queue import Batch
    from restorer.batch.settings import Settings as BatchSettings
    from restorer.batch.verdicts import Word
    from restorer.ui.batch.rows import Row
    from restorer.ui.engine import Engine
    from restorer.ui.settings import Settings


class BatchWindow(QWidget):
    """One batch at a time.  What is chosen and done is kept in `order`, `running` and the rows of `files`.

    Signals:
        editing(list): paths that are to be opened in editors.
        closed(): nothing holds the window any more.
        stayed(): it was to be closed, but is not.

    Args:
        hands: who does the work instead of processes of their own, for tests.
    """

    editing = Signal(list)
    closed = Signal()
    stayed = Signal()

    def __init__(
        self, settings: Settings, engine: Engine, hands: Callable[[BatchSettings], Hands] | None = None
    ) -> None:
        super().__init__()
        self._settings = settings
        self._engine = engine
        self._hands = hands
        self._pictures, self._worker = Worker("batch pictures"), Worker("batch")
        for worker in (self._pictures, self._worker):
            worker.setParent(self)
        self.order = Order()
        self.running: Running | None = None
        self._batch: Batch | None = None
        self._pace: Pace | None = None
        self._paused = self._planning = self._cancelled = self._close_after = False
        self.reviewing = Reviewing(self._worker, self)
        self.setWindowTitle(self.tr("Many pictures – Restorer"))
        self.setAcceptDrops(True)
        self.setMinimumSize(860, 600)
        self.resize(1180, 760)
        self._arrange()
        self._connect()
        room = QGuiApplication.primaryScreen().availableSize().width()
        self.setMinimumWidth(max(860, min(self.minimumSizeHint().width(), room)))  # for large letters
        self._show_order(self.order)

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        self.last = LastBatch(self._settings)
        layout.addWidget(self.last)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(16)
        self.files = FilesSide(self._settings, self._pictures)
        split.addWidget(self.files)
        self.form, self.review = OrderForm(), ReviewPane()
        self.review.still = self._settings.reduced_motion
        self.pages = QStackedWidget()
        self._asked = QScrollArea()  # with large letters the form is higher than the window
        self._asked.setWidget(self.form)
        self._asked.setWidgetResizable(True)
        self._asked.setFrameShape(QFrame.Shape.NoFrame)
        self._asked.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pages.addWidget(self._asked)
        self.pages.addWidget(self.review)
        split.addWidget(self.pages)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([400, 740])
        layout.addWidget(split, 1)
        self.foot = Foot()
        layout.addWidget(self.foot)

    def _connect(self) -> None:
        files, foot, review, reviewing = self.files, self.foot, self.review, self.reviewing
        files.added.connect(self.add_paths)
        files.removed.connect(lambda paths: self._show_order(self.form.filled(self.order).without(paths)))
        files.chosen.connect(self._show_current)
        foot.pause.clicked.connect(self._pause_or_go_on)
        foot.skip.clicked.connect(self._skip)
        foot.cancel.clicked.connect(self._cancel)
        foot.new.clicked.connect(self._new)
        foot.settings.clicked.connect(self._compose_again)
        foot.start.clicked.connect(self.begin)
        self.last.wanted.connect(self._go_on_with)
        self.form.changed.connect(self._show_state)
        self.form.show_detectors(self._engine.detectors)
        self._engine.modelsFound.connect(self._show_detectors)
        review.accepted.connect(lambda: self._judge("accepted"))
        review.rejected.connect(lambda: self._judge("rejected"))
        review.editing.connect(self._edit)
        review.moved.connect(self._move)
        reviewing.compared.connect(review.show_comparison)
        reviewing.judged.connect(self._show_judged)
        reviewing.failed.connect(self._show_trouble)

    def _show_detectors(self, *_: object) -> None:
        self.form.show_detectors(self._engine.detectors)

    # --- pictures ----------------------------------------------------------------------------------------------

    def add_paths(self, paths: list[Path]) -> None:
        """Files, and what lies in folders; read on a worker.  While a batch runs, nothing is added."""
        if self.running is not None or not paths:
            return
        if self._batch is not None:
            self._new()
        order = self.form.filled(self.order)
        leave_out = [one for one in (order.output, order.masks) if one is not None]
        task = self._worker.submit(lambda _report: pictures_in(paths, leave_out))
        task.done.connect(self._added)
        task.failed.connect(lambda error: self._show_trouble(sentence_of(error)))

    def _added(self, found: list[Found]) -> None:
        if self.running is not None:
            return
        order = self.form.filled(self.order).with_more(found)
        if order.output is None:
            first = found[0].path.parent
            order = replace(order, output=first.with_name(f"{first.name or 'pictures'}-restored"))
        self._show_order(order)

    def _show_order(self, order: Order) -> None:
        self.order = order
        self.files.show_files(order.inputs)
        self.form.show_order(order)
        self._show_state()

    # --- the run -------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Look at the head of each file, then start; what an earlier run has finished there is not done again."""
        if self.running is not None or self._planning or self._missing():
            return
        order = self.order = self.form.filled(self.order)
        self._planning = True
        self._show_state()
        task = self._worker.submit(lambda _report: self._plan(order))
        task.done.connect(self._planned)
        task.failed.connect(self._not_planned)

    def _plan(self, order: Order) -> tuple[Batch, int]:
        """The batch, and how many results there were made with other settings; on the worker."""
        batch = batch_of(order, order.entries(), self._settings, self._hands)
        return batch, batch.made_otherwise()

    def _not_planned(self, error: Exception) -> None:
        self._planning = False
        self._show_state()
        self._show_trouble(sentence_of(error))

    def _planned(self, planned: tuple[Batch, int]) -> None:
        batch, otherwise = planned
        if not otherwise:
            self._run(batch)
            return

        def answered(result: int) -> None:
            if QMessageBox.StandardButton(result) == QMessageBox.StandardButton.Yes:
                self._run(batch_of(self.order, batch.entries, self._settings, self._hands, renew=True))
            else:
                self._planning = False
                self._compose_again()

        self.last.ask_to_renew(otherwise).finished.connect(answered)

    def _run(self, batch: Batch) -> None:
        self._planning = self._cancelled = self._paused = False
        order, output, entries = self.order, self.order.output, batch.entries
        assert output is not None
        self._batch, self._pace = batch, Pace({entry.number: entry.memory for entry in entries})
        self.files.show_files([entry.source for entry in entries])  # without those that turned out to be masks
        self.files.rows.number({entry.source: entry.number for entry in entries})
        self.reviewing.begin(output)
        self.last.note(order)
        self.running = Running(batch, output, self)
        self.running.heard.connect(self._hear)
        self.running.ended.connect(self._show_ended)
        self.pages.setCurrentWidget(self.review)
        self._show_current()

    def _hear(self, event: Event) -> None:
        row = self.files.rows.hear(event)
        if row is None or self._pace is None:
            return
        if event.before or row.state in ("failed", "skipped", "copied"):
            self._pace.spare(event.number)
        else:
            self._pace.at(event.number, row.share)
        if event.before:
            self.reviewing.look_up(row)
        current = self.files.current
        if row is current:
            self._show_current()
        elif row.reviewable and current is None:
            self.files.go_to(row)
        self._show_state()

    def _show_ended(self, error: Exception | None) -> None:
        self.running = None
        if not self._cancelled and error is None:
            self.last.note_end()
        if error is not None and self._batch is not None and not self._batch.outcomes:
            self._batch = None
            self.pages.setCurrentWidget(self._asked)
        self._show_state()
        if self._close_after:
            self.close()
        elif error is not None:
            self._show_trouble(sentence_of(error))

    def _pause_or_go_on(self) -> None:
        if self._batch is None or self._pace is None:
            return
        self._paused = not self._paused
        if self._paused:
            self._batch.pause()
            self._pace.pause()
        else:
            self._batch.go_on()
            self._pace.go_on()
        self._show_state()

    def _skip(self) -> None:
        """Those that are chosen, or the one that is being worked on."""
        if self._batch is None:
            return
        rows = self.files.rows
        chosen = [row for row in self.files.selected if row.outcome is None]
        for row in chosen or [row for row in rows.rows if row.running][:1]:
            row.skipping = True
            self._batch.skip(row.number)
            rows.changed(row)

    def _cancel(self) -> None:
        if self._batch is not None and self.running is not None:
            self._cancelled = True
            self._batch.cancel()
            self._show_state()

    def _new(self) -> None:
        self.order = replace(self.form.filled(self.order), inputs=(), below=(), output=None)
        self._compose_again()

    def _compose_again(self) -> None:
        """Back to what is asked, with the same pictures and the same folder."""
        self._batch = self._pace = None
        self.pages.setCurrentWidget(self._asked)
        self.reviewing.show(None)
        self.review.show_comparison(None)
        self._show_order(self.order)

    def _go_on_with(self, order: Order) -> None:
        if self.running is None:
            self._show_order(order)
            self.begin()

    # --- review --------------------------------------------------------------------------------------------------

    def _show_current(self) -> None:
        row = self.files.current
        self.review.show_row(row, "" if row is None else self.files.rows.words(row))
        self.review.show_comparison(None)
        self.reviewing.show(row if self.pages.currentWidget() is self.review else None)
        self._show_state()

    def _judge(self, word: Word) -> None:
        row, output = self.files.current, self.order.output
        if row is not None and row.reviewable and output is not None:
            self.reviewing.judge(row, word, self._batch if self.running is None else None, output)

    def _show_judged(self, row: Row) -> None:
        self.files.rows.changed(row)
        if row is not self.files.current:
            return
        following = [other for other in self.files.after(row) if other.reviewable and other.verdict is None]
        if following and row.verdict is not None:
            self.files.go_to(following[0])
        else:
            self._show_current()

    def _move(self, way: int) -> None:
        row = self.files.current
        results = [one for one in self.files.rows.rows if one.reviewable or one is row]
        if results:
            at = 0 if row is None else results.index(row) + way
            self.files.go_to(results[at % len(results)])

    def _edit(self) -> None:
        """The project that was kept, in which each repair can be changed; else the original."""
        row, output = self.files.current, self.order.output
        if row is None:
            return
        project = None if row.target is None or output is None else project_of(output / FOLDER, row.target)
        self.editing.emit([project if project is not None and project.is_file() else row.path])

    # --- state ---------------------------------------------------------------------------------------------------

    def _missing(self) -> str:
        """What is to be chosen before it can start; empty if nothing is."""
        order = self.form.filled(self.order)
        if not order.inputs:
            return self.tr("Add pictures, or drop them or their folder here.")
        if order.damage == "masks" and order.masks is None:
            return self.tr("Choose the folder of the masks.")
        if order.damage == "find" and order.kinds == ():
            return self.tr("Choose what to look for.")
        if order.output is None:
            return self.tr("Choose a folder for the results.")
        return ""

    def _show_state(self) -> None:
        rows, missing = self.files.rows.rows, self._missing()
        idle = self.running is None and not self._planning
        self.form.setEnabled(not self._planning)
        self.form.hint.setText(missing)
        self.files.allow(adding=idle, removing=idle and self._batch is None)
        if self.running is not None and self._pace is not None:
            self.foot.show_running(rows, self._pace, paused=self._paused, cancelled=self._cancelled)
        elif self._batch is None:
            self.foot.show_composing(ready=not missing, planning=self._planning)
        else:
            self.foot.show_ended(rows, ready=idle)

    def _show_trouble(self, sentence: str) -> None:
        tell(self, self.tr("Restorer"), in_own_words(sentence))

    def draw_icons(self) -> None:
        """The theme has changed."""
        self.review.draw_icons()
        self.files.list.viewport().update()

    # --- Qt --------------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and self.running is None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])

    def sizeHint(self) -> QSize:
        return QSize(1180, 760)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.running is not None:
            event.ignore()
            if not self._close_after:
                self._ask_before_closing()
            return
        event.accept()
        self.stop()
        self.closed.emit()

    def _ask_before_closing(self) -> None:
        self.last.ask_to_stop().finished.connect(self._answered)

    def _answered(self, result: int) -> None:
        if QMessageBox.StandardButton(result) != QMessageBox.StandardButton.Discard:
            self.stayed.emit()
            return
        self._close_after = True
        if self.running is None:  # it ended meanwhile
            self.close()
        else:
            self._cancel()

    def stop(self) -> None:
        """End what runs, at the end of the window or of the program."""
        if self.running is not None and self._batch is not None:
            self._batch.cancel()
            self.running.join(10)
        self._pictures.stop(2)
        self._worker.stop(2)
