"""What became of each file, as a table for people and as JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from restorer import __version__
from restorer.imaging.atomic import write_atomically

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.batch.queue import Batch
    from restorer.batch.verdicts import Verdicts

NAMES = ("report.csv", "report.json")
COLUMNS = (
    "source", "status", "sentence", "target", "pixels_marked", "pixels_changed", "pixels_outside", "seconds",
    "input_sha256", "output_sha256", "mask_sha256", "model", "weights_sha256", "detector", "detector_sha256",
    "from_neighbours", "review", "remarks",
)  # fmt: skip


def rows(batch: Batch, verdicts: Verdicts | None = None) -> list[dict[str, Any]]:
    """One a file that has an outcome, in the entries' order; the keys are `COLUMNS`."""
    return [_row(batch, number, verdicts) for number in sorted(batch.outcomes)]


def _row(batch: Batch, number: int, verdicts: Verdicts | None) -> dict[str, Any]:
    outcome, made = batch.outcomes[number], batch.outcomes[number].made
    target = batch.targets.get(number)
    verdict = None if verdicts is None or target is None else verdicts.of(target)
    return {
        "source": str(batch.entry(number).source),
        "status": outcome.status,
        "sentence": outcome.sentence,
        "target": "" if target is None else str(target),
        "pixels_marked": outcome.marked,
        "pixels_changed": outcome.changed,
        "pixels_outside": outcome.outside,
        "seconds": outcome.seconds,
        "input_sha256": outcome.input_sha256,
        "output_sha256": outcome.files[0][2] if outcome.files else "",
        "mask_sha256": outcome.mask_sha256,
        **{name: made.get(name, "") for name in COLUMNS[11:16]},
        "review": "" if verdict is None else verdict.word,
        "remarks": " ".join(outcome.remarks),
    }


def write_report(batch: Batch, folder: Path, verdicts: Verdicts | None = None) -> None:
    """Write both files; those of an earlier run are replaced.  `verdicts`: what a person has said of the results.

    Raises:
        RestorerError: the disk refuses.
    """
    told = rows(batch, verdicts)
    table = io.StringIO(newline="")
    writer = csv.DictWriter(table, COLUMNS)
    writer.writeheader()
    writer.writerows(told)
    counts = Counter(row["status"] for row in told)
    content = {"restorer": __version__, "counts": dict(sorted(counts.items())), "files": told}
    document = json.dumps(content, indent=1, ensure_ascii=True) + "\n"
    # names that are no Unicode, as Linux allows them, are told with their bytes
    for name, text in zip(NAMES, (table.getvalue(), document), strict=True):
        data = text.encode("utf-8", "backslashreplace")
        write_atomically(folder / name, lambda stream, data=data: stream.write(data))  # type: ignore[misc]
