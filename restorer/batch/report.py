"""What became of each file, as a table for people and as JSON for programs."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer import __version__
from restorer.batch.journal import there
from restorer.batch.queue import NOT_BEGUN
from restorer.batch.verdicts import Verdicts
from restorer.document.source import file_sha256
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from restorer.batch.entries import Entry
    from restorer.batch.journal import Finished
    from restorer.batch.outcome import Outcome
    from restorer.batch.queue import Batch

NAMES = ("report.csv", "report.json")
COLUMNS = (
    "source", "status", "sentence", "target", "pixels_marked", "pixels_changed", "pixels_outside", "seconds",
    "input_sha256", "output_sha256", "mask_sha256", "model", "weights_sha256", "detector", "detector_sha256",
    "from_neighbours", "review", "remarks",
)  # fmt: skip

GONE = "It does not lie there any more."
CHANGED = "What lies there now is another file."
BY_HAND = "Changed by hand before it was judged."


def rows(batch: Batch, folder: Path, verdicts: Verdicts) -> list[dict[str, Any]]:
    """One a result or file; the keys are `COLUMNS`.  First the entries in their order, then those of earlier runs.

    What was refused or skipped now, but had been finished before and lies there still, is told as it was finished.  A
    rejected result has the status `rejected`.
    """
    earlier = _earlier(folder)
    told = [_of_entry(batch, entry, earlier, verdicts) for entry in batch.entries]
    mine = {(place, entry.source) for entry in batch.entries for place in (entry.target, entry.copy)}
    written = {row["target"] for row in told}
    told += [
        _of_line(one, verdicts)
        for target, one in batch.lines.items()
        if (target, one.source) not in mine and str(target) not in written
    ]
    known = {*(row["source"] for row in told), *map(_result, told)} - {None}
    return told + [row for source, row in earlier.items() if not {source, _result(row)} & known]


def _result(row: dict[str, Any]) -> tuple[str, str] | None:
    """What tells a result from others also where everything has been moved."""
    return (Path(row["source"]).name, row["output_sha256"]) if row["output_sha256"] else None


def _of_entry(batch: Batch, entry: Entry, earlier: Mapping[str, dict[str, Any]], verdicts: Verdicts) -> dict[str, Any]:
    outcome = batch.outcomes.get(entry.number, NOT_BEGUN)
    if outcome.good:
        return _row(str(entry.source), outcome, batch.targets[entry.number], verdicts)
    left = f"Left as it was: {outcome.sentence}"
    line = batch.lines.get(entry.target) or batch.lines.get(entry.copy)
    if line is not None and line.source == entry.source:
        verdict = verdicts.of(line.target, line.outcome.files[0][2])
        if there(line) or verdict is not None:
            return _of_line(line, verdicts, left)
    row = earlier.get(str(entry.source))
    if line is None and row is not None and _is_there(row):  # the journal has been deleted
        return row
    return _row(str(entry.source), outcome, None, verdicts)


def _of_line(one: Finished, verdicts: Verdicts, remark: str = "") -> dict[str, Any]:
    """Of a result that an earlier run, or an earlier try of this one, has finished."""
    row = _row(str(one.source), one.outcome, one.target, verdicts, remark)
    if not row["review"] and not there(one):
        row["remarks"] = f"{row['remarks']} {CHANGED if one.target.exists() else GONE}".strip()
    return row


def _row(source: str, outcome: Outcome, target: Path | None, verdicts: Verdicts, remark: str = "") -> dict[str, Any]:
    made = outcome.made
    output = outcome.files[0][2] if outcome.files else ""
    verdict = verdicts.of(target, output) if target is not None and output else None
    rejected = verdict is not None and verdict.word == "rejected"
    by_hand = verdict is not None and verdict.sha256 != output
    return {
        "source": source,
        "status": "rejected" if rejected else outcome.status,
        "sentence": outcome.sentence,
        "target": "" if target is None else str(target),
        "pixels_marked": outcome.marked,
        "pixels_changed": outcome.changed,
        "pixels_outside": outcome.outside,
        "seconds": outcome.seconds,
        "input_sha256": outcome.input_sha256,
        "output_sha256": output if verdict is None else verdict.sha256,
        "mask_sha256": outcome.mask_sha256,
        **{name: made.get(name, "") for name in COLUMNS[11:16]},
        "review": "" if verdict is None else verdict.word,
        "remarks": " ".join(filter(None, (*outcome.remarks, BY_HAND if by_hand else "", remark))),
    }


def _earlier(folder: Path) -> dict[str, dict[str, Any]]:
    """By source, what the report that lies there tells; nothing if it is none."""
    try:
        told = json.loads((folder / NAMES[1]).read_bytes())["files"]
        return {str(row["source"]): {name: row[name] for name in COLUMNS} for row in told}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _is_there(row: dict[str, Any]) -> bool:
    """Is a file with that content under the name that a row tells?"""
    try:
        return bool(row["target"]) and file_sha256(Path(row["target"])) == row["output_sha256"]
    except RestorerError:
        return False


def write_report(batch: Batch, folder: Path, verdicts: Verdicts | None = None) -> None:
    """Write both files, from the folder's journal and verdicts, this run, and the report that lies there.

    Args:
        batch: after its run, however that ended.
        folder: its output.
        verdicts: what a person has said of the results; if they are not at hand, they are read.

    Raises:
        RestorerError: the disk refuses.
    """
    told = rows(batch, folder, Verdicts(folder) if verdicts is None else verdicts)
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
