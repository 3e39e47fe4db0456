"""What is told of a run while it goes on: a CSV, and scalars and pictures for TensorBoard."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.training.plot import plot

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.training.config import Config

    Pictured = Callable[[int], NDArray[np.float32]]


@dataclass(frozen=True)
class Progress:
    """One step, as it is reported; means over the whole batch, of all processes."""

    step: int
    steps: int
    loss: float  # what is minimised
    measures: Mapping[str, float]  # what the recipe measures; nan where there was nothing to be measured
    rate: float
    seconds: float  # since this process began to train
    terms: Mapping[str, float] = field(default_factory=dict)  # parts of the losses

    @classmethod
    def of(
        cls, means: Mapping[str, float], measures: Collection[str], step: int, config: Config, seconds: float
    ) -> Progress:
        """From means by name; `network` is the network's loss."""
        measured = {name: means[name] for name in measures}
        terms = {name: value for name, value in means.items() if name != "network" and name not in measured}
        return cls(step, config.steps, means["network"], measured, config.rate_at(step), seconds, terms)


class Record:
    """All that is written of a run besides its checkpoints: `log.csv`, at the end `loss.png`, and TensorBoard's log.

    `measures` are the names of what the recipe measures, and what these numbers are.

    Raises:
        RestorerError: TensorBoard is wanted and not installed.
    """

    def __init__(self, folder: Path, measures: Mapping[str, str], step: int, every: int, board: bool) -> None:
        self._folder, self._measures = folder, measures
        self._log = RunLog(folder / "log.csv", measures, step, every)
        self._board = Board(folder, step) if board else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *_more: object) -> None:
        if self._board is not None:
            self._board.close()
        if error is not None:  # it is what has to be told, and not that a full disk takes no curve either
            return
        self._log.close()
        plot(curves(self._folder / "log.csv"), self._measures, self._folder / "loss.png")

    def add(self, progress: Progress) -> None:
        self._log.add(progress)
        if self._board is not None:
            self._board.add(progress)

    def show(self, step: int, count: int, pictured: Pictured) -> None:
        """Some of `count` crops and what was made of them, for TensorBoard."""
        if self._board is not None:
            self._board.show(step, count, pictured)


class RunLog:
    """Means over `every` steps, appended to a CSV: step, loss, the measures, rate, seconds.

    What a CSV that is there says of steps after `step` is taken out: they are about to be done again.
    """

    def __init__(self, path: Path, measures: Collection[str], step: int, every: int = 50) -> None:
        self._path, self._every = path, every
        self._columns = ("step", "loss", *measures, "rate", "seconds")
        self._seen: list[Progress] = []
        if path.exists():
            kept = [row for row in _rows(path)[1] if int(row[0]) <= step]
            text = "".join(",".join(row) + "\n" for row in [self._columns, *kept])
            write_atomically(path, lambda stream: stream.write(text.encode()))

    def add(self, progress: Progress) -> None:
        self._seen.append(progress)
        if len(self._seen) == self._every:
            self.close()

    def close(self) -> None:
        """Write also what is no full line yet."""
        if not self._seen:
            return
        last, new = self._seen[-1], not self._path.exists()
        told = [{"loss": progress.loss, **progress.measures} for progress in self._seen]
        means = [_mean([each[name] for each in told]) for name in self._columns[1:-2]]
        self._seen.clear()
        with self._path.open("a", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if new:
                writer.writerow(self._columns)
            writer.writerow([last.step, *(f"{v:.4f}" for v in means), f"{last.rate:.2e}", f"{last.seconds:.0f}"])


def curves(path: Path) -> dict[str, list[float]]:
    """The columns of a run's CSV; empty where there is none."""
    columns, rows = _rows(path) if path.exists() else ([], [])
    return {name: [float(row[i]) for row in rows] for i, name in enumerate(columns)}


def _rows(path: Path) -> tuple[list[str], list[list[str]]]:
    """The names of the columns, and the rows that are whole: the last may be cut off."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    columns, *rows = [line.split(",") for line in lines] or [[]]
    return columns, [row for row in rows if len(row) == len(columns) and row[0].isdecimal()]


def _mean(values: list[float]) -> float:
    known = [value for value in values if value == value]  # not nan
    return float(np.mean(known)) if known else float("nan")


class Board:
    """TensorBoard's log of a run, in the folder `tensorboard` of it.

    Raises:
        RestorerError: TensorBoard is not installed.
    """

    PICTURES = 4

    def __init__(self, folder: Path, step: int) -> None:
        try:
            from torch.utils.tensorboard import SummaryWriter
        except ImportError:
            raise RestorerError(
                "TensorBoard is not installed: pip install -c constraints.txt tensorboard, or leave out --tensorboard."
            ) from None
        writer: Any = SummaryWriter(str(folder / "tensorboard"), purge_step=step + 1)
        self._writer = writer

    def add(self, progress: Progress) -> None:
        for name, value in {"loss": progress.loss, **progress.measures, "rate": progress.rate}.items():
            if value == value:
                self._writer.add_scalar(name, value, progress.step)
        for name, value in progress.terms.items():
            self._writer.add_scalar(f"terms/{name}", value, progress.step)

    def show(self, step: int, count: int, pictured: Pictured) -> None:
        """A row for each of some of `count` crops, the first and the last."""
        chosen = sorted({round(i * (count - 1) / max(1, self.PICTURES - 1)) for i in range(self.PICTURES)})
        self._writer.add_image("crops", np.concatenate([pictured(i) for i in chosen], 1), step)

    def close(self) -> None:
        self._writer.close()
