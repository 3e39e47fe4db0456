"""Weights taught a little more by a person's own photographs: what to learn from, how long, and what was gained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.errors import Cancelled
from restorer.imaging.files import READABLE_SUFFIXES
from restorer.ui.dialogs.boxes import Boxes
from restorer.ui.dialogs.fitted import FittedDialog
from restorer.ui.engine import Wish
from restorer.ui.panels.labels import label, padded, rule
from restorer.ui.sentences import in_own_words
from restorer.ui.theme import roomy
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.training.adapt import Adapted, Progress
    from restorer.ui.engine import Engine

_MINUTES = 5
_LEFT_OUT = " is left out: "


class AdaptDialog(FittedDialog):
    """One adaptation at a time.  It cannot be gone on with later, so a question comes before it is cancelled."""

    _heard = Signal(object)
    _told = Signal(str)

    def __init__(self, engine: Engine, folder: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._engine = engine
        self._place = folder
        self._running: Wish | None = None
        self._asking: QMessageBox | None = None
        self.boxes = Boxes(self)
        self.setWindowTitle(self.tr("Adapt to my collection"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        lead = label(
            self.tr(
                "Teaches a network a little more by about 20 undamaged photographs of one collection. A quarter of "
                "them is put aside to measure the gain; without one nothing is kept. They are only read."
            )
        )
        lead.setWordWrap(True)
        layout.addWidget(lead)
        layout.addLayout(self._photographs(), 1)
        layout.addLayout(self._terms())
        layout.addWidget(rule())
        layout.addLayout(self._work())
        # heard on the engine's thread
        self._heard.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._show_left_out, Qt.ConnectionType.QueuedConnection)
        self._suit()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(540, 0)) + QSize(0, 72)

    def _photographs(self) -> QVBoxLayout:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Photographs and folders"))
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setMinimumHeight(72)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # it yields to all others
        self.add = QPushButton(self.tr("Add photographs…"))
        self.add_folder = QPushButton(self.tr("Add a folder…"))
        self.remove = QPushButton(self.tr("Remove"))
        self.remove.setToolTip(self.tr("Take the chosen ones from the list; the files stay. Key: Del"))
        self.add.clicked.connect(lambda: self._ask(folders=False))
        self.add_folder.clicked.connect(lambda: self._ask(folders=True))
        self.remove.clicked.connect(self._remove)
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            shortcut = QShortcut(QKeySequence(key), self.list, self.remove.click)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        self.list.itemSelectionChanged.connect(self._suit)
        row = QHBoxLayout()
        for button in (self.add, self.add_folder, self.remove):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout()
        column.addWidget(self.list, 1)
        column.addLayout(row)
        return column

    def _terms(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.base = QComboBox()
        for name in self._engine.models:
            self.base.addItem(name, name)
        self.base.setCurrentIndex(max(0, self.base.findData(self._engine.model)))
        self.name = QLineEdit(self.tr("My collection"))
        self.name.textEdited.connect(self._suit)
        self.minutes = padded(QSpinBox())
        self.minutes.setRange(1, 600)
        self.minutes.setValue(_MINUTES)
        self.minutes.setSuffix(self.tr(" min"))
        self.minutes.setMinimumHeight(roomy(30))
        self.anyway = QCheckBox(self.tr("Keep the weights even if nothing is gained"))
        for words, field in (
            (self.tr("Start from"), self.base),
            (self.tr("Call it"), self.name),
            (self.tr("Time"), self.minutes),
        ):
            field.setAccessibleName(words)
            heading = label(words)
            heading.setBuddy(field)
            form.addRow(heading, field)
        form.addRow("", self.anyway)
        return form

    def _work(self) -> QVBoxLayout:
        self.text = label(
            self.tr(
                "Expect little: 20 portraits of one archive gained 0.06 dB on narrow damage, in 400 steps. What yours "
                "gain is measured at the end, on the photographs put aside. Restoring waits meanwhile."
            ),
            "soft",
        )
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)
        self.text.setMinimumHeight(3 * self.text.fontMetrics().lineSpacing() + 8)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.go = QPushButton(self.tr("Start"))
        self.go.setProperty("role", "primary")
        self.go.clicked.connect(self.start)
        self.stop = QPushButton(self.tr("Close"))
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stop)
        row.addWidget(self.go)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self.text)
        column.addWidget(self.bar)
        column.addLayout(row)
        return column

    # --- what is asked for -------------------------------------------------------------------------------------

    @property
    def photographs(self) -> list[Path]:
        return [Path(self.list.item(row).text()) for row in range(self.list.count())]

    def add_paths(self, paths: list[Path]) -> None:
        known = self.photographs
        self.list.addItems([str(path) for path in dict.fromkeys(paths) if path not in known])
        self._suit()

    def _remove(self) -> None:
        gone = sorted(self.list.row(item) for item in self.list.selectedItems())
        for row in reversed(gone):
            self.list.takeItem(row)
        self.list.setCurrentRow(min(gone[0], self.list.count() - 1))  # the next one, or the last
        if self.list.count() == 0:
            self.add.setFocus()
        self._suit()

    def _ask(self, *, folders: bool) -> None:
        dialog = QFileDialog(self, self.tr("Add a folder") if folders else self.tr("Add photographs"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._place is not None:
            dialog.setDirectory(str(self._place))
        if folders:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        else:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
            patterns = " ".join(f"*{suffix} *{suffix.upper()}" for suffix in READABLE_SUFFIXES)
            dialog.setNameFilters([self.tr("Pictures ({})").format(patterns), self.tr("All files (*)")])
        dialog.accepted.connect(lambda: self.add_paths([Path(name) for name in dialog.selectedFiles()]))
        dialog.open()

    def _suit(self) -> None:
        idle = self._running is None
        for field in (self.list, self.add, self.add_folder, self.base, self.name, self.minutes, self.anyway):
            field.setEnabled(idle)
        self.remove.setEnabled(idle and bool(self.list.selectedItems()))
        self.go.setEnabled(idle and self.list.count() > 0 and bool(self.name.text().strip()))
        self.stop.setText(self.tr("Close") if idle else self.tr("Cancel"))

    # --- the work ----------------------------------------------------------------------------------------------

    def start(self) -> None:
        wish = Wish(
            tuple(self.photographs),
            self.name.text().strip(),
            self.base.currentData(),
            float(self.minutes.value()),
            self.anyway.isChecked(),
        )
        self._running = wish
        self.bar.setValue(0)
        self.text.setText(self.tr("Waiting for the engine…"))
        task = self._engine.adapt(wish, self._heard.emit, self._told.emit)
        task.done.connect(self._done)
        task.failed.connect(self._failed)
        self._suit()

    @property
    def running(self) -> bool:
        """Would something be lost if the dialog went away?"""
        return self._running is not None and not self._running.cancelled.is_set()

    def ask_to_stop(self, then: Callable[[], None], stay: Callable[[], None] = lambda: None) -> None:
        """Ask whether what runs may be thrown away.

        Args:
            then: called when it has been stopped.
            stay: called when it is to go on, when it has ended by itself meanwhile, and when it is being asked already.
        """
        if self._asking is not None:
            stay()
            return

        def stop() -> None:
            self._asking = None
            if self._running is not None:
                self._running.cancelled.set()
                self.stop.setEnabled(False)
            then()

        def go_on() -> None:
            self._asking = None
            stay()

        self._asking = self.boxes.stop_adapting(stop, go_on)

    def _stop(self) -> None:
        if self.running:
            self.ask_to_stop(lambda: None)
        else:
            self.reject()

    def reject(self) -> None:
        """Esc, and what the window system has for closing."""
        if self.running:
            self.ask_to_stop(super().reject)
        else:
            super().reject()

    def done(self, result: int) -> None:
        """Nobody waits for the weights any more."""
        if self._running is not None:
            self._running.cancelled.set()
            self._running = None
        super().done(result)

    def _show_progress(self, progress: Progress) -> None:
        if self._running is None:
            return
        stages = {
            "reading": self.tr("Reading the photographs…"),
            "measuring": self.tr("Measuring…"),
            "learning": self.tr("Learning…"),
        }
        left = self.tr("about {} min left").format(max(1, round(progress.seconds_left / 60)))
        self.bar.setValue(round(1000 * progress.share))
        self.text.setText(f"{stages[progress.stage]}  {left}")

    def _show_left_out(self, sentence: str) -> None:
        """A photograph that cannot be used is said in the list."""
        path, between, why = sentence.partition(_LEFT_OUT)
        for row in range(self.list.count()) if between else ():
            item = self.list.item(row)
            if item.text() == path:
                item.setToolTip(in_own_words(why))

    def _done(self, adapted: Adapted) -> None:
        self._finish()
        self.bar.setValue(1000)
        gains = self.tr(
            "Narrow damage {:+.2f} dB, wide damage {:+.2f} dB, on %Ln photograph(s) put aside.", "", adapted.put_aside
        ).format(adapted.narrow_gain, adapted.wide_gain)
        if adapted.weights is None:
            kept = self.tr("That is no gain, so nothing was kept: give more photographs, or more time.")
        else:
            kept = self.tr("“{}” can be chosen as the network now.").format(adapted.weights.name)
            self._engine.look_for_models()
        self.text.setText(f"{gains}\n{kept}")

    def _failed(self, error: Exception) -> None:
        self._finish()
        self.bar.setValue(0)
        words = self.tr("Cancelled; nothing was kept.")
        self.text.setText(words if isinstance(error, Cancelled) else in_own_words(sentence_of(error)))

    def _finish(self) -> None:
        self._running = None
        if self._asking is not None:
            self._asking.reject()  # there is nothing left to be stopped
        self.stop.setEnabled(True)
        self._suit()
