"""How a batch goes, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from restorer.ui.batch.pace import Pace
    from restorer.ui.batch.rows import Row


class Foot(QWidget):
    """A bar, a line, and the buttons of a batch; the window connects these."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(6)
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("How much is done"))
        self.said = label("", "soft")
        self.said.setAccessibleName(self.tr("How it goes"))
        told.addStretch(1)
        told.addWidget(self.bar)
        told.addWidget(self.said)
        told.addStretch(1)
        row.addLayout(told, 1)
        row.addSpacing(8)
        self.pause = QPushButton(self.tr("Pause"))
        self.skip = QPushButton(self.tr("Skip"))
        self.skip.setToolTip(self.tr("Leave out the chosen pictures, or the one that is being restored"))
        self.cancel = QPushButton(self.tr("Stop"))
        self.cancel.setToolTip(self.tr("What is finished stays; the batch can go on later"))
        self.new = QPushButton(self.tr("New batch"))
        self.settings = QPushButton(self.tr("Other settings"))
        self.settings.setToolTip(self.tr("The same pictures once more; what to look for can be changed"))
        self.start = QPushButton(self.tr("Start"))
        self.start.setProperty("role", "primary")
        for button in (self.pause, self.skip, self.cancel, self.new, self.settings, self.start):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            row.addWidget(button)

    def show_composing(self, *, ready: bool, planning: bool) -> None:
        """Before the start."""
        self._offer(self.start)
        self._name(self.start, self.tr("Start"))
        self.start.setEnabled(ready and not planning)
        self.bar.hide()
        self.said.setText(self.tr("Looking at the files…") if planning else "")

    def show_running(self, rows: Sequence[Row], pace: Pace, *, paused: bool, cancelled: bool) -> None:
        self._offer(self.pause, self.skip, self.cancel)
        self._name(self.pause, self.tr("Go on") if paused else self.tr("Pause"))
        for button in (self.pause, self.skip, self.cancel):
            button.setEnabled(not cancelled)
        self.bar.show()
        self.bar.setValue(round(1000 * pace.share))
        done = sum(row.outcome is not None for row in rows)
        words, more = self.tr("{} of {} done").format(done, len(rows)), ""
        left = pace.seconds_left
        if cancelled:
            more = self.tr("stopping…")
        elif paused:
            more = self.tr("paused; what has been begun is finished")
        elif left is not None:
            more = self._words_of_time(left)
        self.said.setText(f"{words} · {more}" if more else words)

    def show_ended(self, rows: Sequence[Row], *, ready: bool) -> None:
        rest = [row for row in rows if row.state in ("waiting", "failed", "skipped")]
        self._offer(self.new, self.settings, *([self.start] if rest else []))
        self._name(self.start, self.tr("Try the rest again"))
        self.start.setEnabled(ready)
        self.bar.show()
        self.bar.setValue(round(1000 * (1 - len(rest) / max(1, len(rows)))))
        self.said.setText(self._words_of_end(rows))

    def _words_of_time(self, seconds: float) -> str:
        if seconds < 60:
            return self.tr("less than a minute left")
        minutes = round(seconds / 60)
        if minutes < 100:
            return self.tr("about {} min left").format(minutes)
        return self.tr("about {} h left").format(round(minutes / 60))

    def _words_of_end(self, rows: Sequence[Row]) -> str:
        def count(*states: str) -> int:
            return sum(row.state in states for row in rows if row.verdict != "rejected")

        parts = [self.tr("{} restored").format(count("restored"))]
        rejected = sum(row.verdict == "rejected" for row in rows)
        much = sum(row.outcome is not None and row.outcome.doubtful and row.verdict is None for row in rows)
        if much:
            parts.append(self.tr("{} to look at, as much was marked").format(much))
        if count("copied"):
            parts.append(self.tr("{} copied, as nothing was to be restored").format(count("copied")))
        if count("failed"):
            parts.append(self.tr("{} failed").format(count("failed")))
        if count("skipped", "waiting"):
            parts.append(self.tr("{} skipped").format(count("skipped", "waiting")))
        if rejected:
            parts.append(self.tr("{} rejected").format(rejected))
        return " · ".join(parts)

    def _offer(self, *shown: QPushButton) -> None:
        for button in (self.pause, self.skip, self.cancel, self.new, self.settings, self.start):
            button.setVisible(button in shown)

    def _name(self, button: QPushButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(words)
