"""The files of a batch as a list: picture, name, how far each is, and what a person thinks of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage

from restorer.ui.sentences import in_own_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from restorer.batch.outcome import Event, Outcome
    from restorer.batch.verdicts import Word

    Index = QModelIndex | QPersistentModelIndex

ROW = Qt.ItemDataRole.UserRole
_WEIGHTS = {"read": (0.0, 0.1), "restore": (0.1, 0.8), "write": (0.9, 0.1)}
"""Where each step begins, and how much of a file's time it takes, about."""


@dataclass(eq=False)
class Row:
    """One file.

    Attributes:
        number: of its entry, once there is one; else 0.
        state: `waiting`, a step, or the status of its outcome.
        share: of the file, 0..1.
        skipping: a person has said to leave it out; it ends soon.
    """

    path: Path
    number: int = 0
    state: str = "waiting"
    share: float = 0.0
    outcome: Outcome | None = None
    target: Path | None = None
    before: bool = False
    skipping: bool = False
    verdict: Word | None = None
    picture: QImage = field(default_factory=QImage)

    @property
    def reviewable(self) -> bool:
        """Is there a result to look at?"""
        return self.state in ("restored", "copied") and self.target is not None

    @property
    def running(self) -> bool:
        return self.state in _WEIGHTS


class Rows(QAbstractListModel):
    """The model.  Its rows are objects; whoever changes one calls `changed`."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []
        self._by_number: dict[int, Row] = {}

    def show(self, paths: Sequence[Path]) -> None:
        """Other files; those that stay keep their pictures."""
        pictures = {row.path: row.picture for row in self.rows}
        self.beginResetModel()
        self.rows = [Row(path, picture=pictures.get(path, QImage())) for path in paths]
        self._by_number = {}
        self.endResetModel()

    def number(self, numbers: dict[Path, int]) -> None:
        """The batch begins: each file has a number, and waits.  Rows come in the batch's order."""
        self.beginResetModel()
        for row in self.rows:
            row.number, row.state, row.share = numbers.get(row.path, 0), "waiting", 0.0
            row.outcome = row.target = row.verdict = None
            row.before = row.skipping = False
        self.rows.sort(key=lambda row: row.number)
        self._by_number = {row.number: row for row in self.rows}
        self.endResetModel()

    def row(self, number: int) -> Row | None:
        return self._by_number.get(number)

    def hear(self, event: Event) -> Row | None:
        """Something happened to a file; returns its row."""
        row = self._by_number.get(event.number)
        if row is None:
            return None
        if event.outcome is not None:
            row.outcome, row.target, row.before = event.outcome, event.target, event.before
            row.state, row.share = event.outcome.status, 1.0
            row.verdict = "rejected" if event.kind == "rejected" else None
        elif event.kind == "started":
            row.state, row.share = "read", 0.0
        else:
            begin, weight = _WEIGHTS[event.stage]
            row.state, row.share = event.stage, begin + weight * event.share
        self.changed(row)
        return row

    def changed(self, row: Row) -> None:
        index = self.index(self.rows.index(row))
        self.dataChanged.emit(index, index)

    # --- Qt ------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.path.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.path.name}, {self.words(row)}"
            case Qt.ItemDataRole.ToolTipRole:
                told = "" if row.outcome is None else in_own_words(row.outcome.sentence)
                return "\n".join(filter(None, (str(row.path), told)))
            case Qt.ItemDataRole.UserRole:
                return row
        return None

    def words(self, row: Row) -> str:
        """How it stands with a file, in a line."""
        if row.verdict == "accepted":
            return self.tr("Accepted")
        if row.verdict == "rejected":
            return self.tr("Rejected, put aside")
        if row.skipping and row.outcome is None:
            return self.tr("Is being skipped…")
        plain = {
            "waiting": self.tr("Waits"),
            "read": self.tr("Is being read…"),
            "restore": self.tr("Is being restored, {} %").format(round(100 * row.share)),
            "write": self.tr("Is being written…"),
            "copied": self.tr("Nothing to restore: copied"),
            "failed": self.tr("Failed"),
            "skipped": self.tr("Skipped"),
        }
        if row.state != "restored" or row.outcome is None:
            return plain.get(row.state, row.state)
        if row.outcome.doubtful:
            return self.tr("Restored: much was marked, look at it")
        if row.before:
            return self.tr("Restored in an earlier run")
        return self.tr("Restored: %Ln pixel(s) changed", "", row.outcome.changed)
