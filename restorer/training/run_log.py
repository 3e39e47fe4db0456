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
    from collections.abc import Mapping
    from pathlib import Path

    from torch import Tensor

    from restorer.training.config import Config
    from restorer.training.recipe import Crops


@dataclass(frozen=True)
class Progress:
    """One step, as it is reported; means over the whole batch, of all processes."""

    step: int
    steps: int
    loss: float  # what is minimised
    narrow: float  # error of the narrow crops relative to the prefill's, 1 is no better; nan where there are none
    wide: float  # the same of the wide crops
    rate: float
    seconds: float  # since this process began to train
    terms: Mapping[str, float] = field(default_factory=dict)  # parts of the losses

    @classmethod
    def of(cls, means: Mapping[str, float], step: int, config: Config, seconds: float) -> Progress:
        """From means by name; `network` is the network's loss."""
        terms = {name: value for name, value in means.items() if name not in ("network", "narrow", "wide")}
        rate = config.rate_at(step)
        return cls(step, config.steps, means["network"], means["narrow"], means["wide"], rate, seconds, terms)


class Record:
    """All that is written of a run besides its checkpoints: `log.csv`, at the end `loss.png`, and TensorBoard's log.

    Raises:
        RestorerError: TensorBoard is wanted and not installed.
    """

    def __init__(self, folder: Path, step: int, every: int, board: bool) -> None:
        self._folder = folder
        self._log = RunLog(folder / "log.csv", step, every)
        self._board = Board(folder, step) if board else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, error: object, *_more: object) -> None:
        if self._board is not None:
            self._board.close()
        if error is not None:  # it is what has to be told, and not that a full disk takes no curve either
            return
        self._log.close()
        plot(curves(self._folder / "log.csv"), self._folder / "loss.png")

    def add(self, progress: Progress) -> None:
        self._log.add(progress)
        if self._board is not None:
            self._board.add(progress)

    def show(self, step: int, crops: Crops, filled: Tensor) -> None:
        """Before and after, for TensorBoard."""
        if self._board is not None:
            self._board.show(step, crops, filled)


class RunLog:
    """Means over `every` steps, appended to a CSV: step, loss, narrow, wide, rate, seconds.

    What a CSV that is there says of steps after `step` is taken out: they are about to be done again.
    """

    COLUMNS = ("step", "loss", "narrow", "wide", "rate", "seconds")

    def __init__(self, path: Path, step: int, every: int = 50) -> None:
        self._path, self._every = path, every
        self._seen: list[Progress] = []
        if path.exists():
            kept = [row for row in _rows(path) if int(row[0]) <= step]
            text = "".join(",".join(row) + "\n" for row in [self.COLUMNS, *kept])
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
        means = [_mean([getattr(p, name) for p in self._seen]) for name in ("loss", "narrow", "wide")]
        self._seen.clear()
        with self._path.open("a", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if new:
                writer.writerow(self.COLUMNS)
            writer.writerow([last.step, *(f"{v:.4f}" for v in means), f"{last.rate:.2e}", f"{last.seconds:.0f}"])


def curves(path: Path) -> dict[str, list[float]]:
    """The columns of a run's CSV; empty where there is none."""
    rows = _rows(path) if path.exists() else []
    return {name: [float(row[i]) for row in rows] for i, name in enumerate(RunLog.COLUMNS)}


def _rows(path: Path) -> list[list[str]]:
    """The rows that are whole: the last may be cut off."""
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
    rows = [line.split(",") for line in lines]
    return [row for row in rows if len(row) == len(RunLog.COLUMNS) and row[0].isdecimal()]


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
        for name in ("loss", "narrow", "wide", "rate"):
            value = getattr(progress, name)
            if value == value:
                self._writer.add_scalar(name, value, progress.step)
        for name, value in progress.terms.items():
            self._writer.add_scalar(f"terms/{name}", value, progress.step)

    def show(self, step: int, crops: Crops, filled: Tensor) -> None:
        """A row for each of some crops, the first and the last: damaged, filled, as it was."""
        count = len(crops.mask)
        chosen = sorted({round(i * (count - 1) / max(1, self.PICTURES - 1)) for i in range(self.PICTURES)})
        rows = []
        for i in chosen:
            mask = crops.mask[i]
            columns = crops.image[i] * (1 - mask), crops.truth[i] + (filled[i] - crops.truth[i]) * mask, crops.truth[i]
            rows.append(np.concatenate([c.float().clamp(0, 1).cpu().numpy() for c in columns], 2))
        self._writer.add_image("damaged, filled, as it was", np.concatenate(rows, 1), step)

    def close(self) -> None:
        self._writer.close()
