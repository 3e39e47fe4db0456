"""The report is the record of a folder: a later run adds to it, and what a run did not do takes nothing from it."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_scans import write_many, write_scan, write_scratch

from restorer.batch.entries import Entry, plan
from restorer.batch.inputs import gather
from restorer.batch.journal import FOLDER
from restorer.batch.outcome import Event
from restorer.batch.pairing import paired
from restorer.batch.queue import Batch
from restorer.batch.report import write_report
from restorer.batch.settings import Settings
from restorer.batch.verdicts import Verdicts

SETTINGS = Settings(device="cpu")
OTHERS = replace(SETTINGS, grow=3)


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Three scans; the first has a scratch, the others are copied, which needs no network."""
    write_many(tmp_path, 3)
    for number in (2, 3):
        write_scratch(tmp_path / "masks" / f"print-{number}.png", None)
    return tmp_path


def planned(album: Path, *names: str, out: str = "out") -> list[Entry]:
    found = gather([album / "scans" / name for name in names] or [album / "scans"])
    return plan(paired(found, album / "masks"), album / out)


def run(album: Path, *names: str, settings: Settings = SETTINGS, out: str = "out", **how: Any) -> list[dict[str, Any]]:
    """Returns the report's rows; both files tell the same."""
    batch = Batch(planned(album, *names, out=out), album / out, settings, **how)
    batch.run()
    write_report(batch, album / out)
    rows = told(album, out)
    with (album / out / "report.csv").open(newline="") as table:
        assert list(csv.DictReader(table)) == [{name: str(value) for name, value in row.items()} for row in rows]
    return rows


def told(album: Path, out: str = "out") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((album / out / "report.json").read_text())["files"]
    return rows


def test_a_refusal_does_not_write_over_what_was_finished(album: Path) -> None:
    first = run(album)
    assert [row["status"] for row in first] == ["restored", "copied", "copied"]
    for settings, how in ((SETTINGS, {}), (OTHERS, {}), (OTHERS, {"resume": True})):
        again = run(album, settings=settings, **how)
        for before, after in zip(first, again, strict=True):
            remark = after.pop("remarks")
            assert "Left as it was: " in remark
            assert "exists" in remark
            assert "--" not in remark
            assert after == {name: value for name, value in before.items() if name != "remarks"}
    # a picture that somebody has put in its place is not that result
    write_scan(album / "out" / "print-1.png", 9)
    assert [row["status"] for row in run(album)] == ["failed", "copied", "copied"]
    # without the journal, which may be deleted, the report itself is what is known
    shutil.rmtree(album / "out" / FOLDER)
    assert [row["status"] for row in run(album)] == ["failed", "copied", "copied"]


def test_a_second_batch_adds_to_the_report(album: Path) -> None:
    (album / "scans" / "bad.png").write_bytes(b"no picture")
    (first,) = run(album, "print-1.png")
    (second,) = [row for row in run(album, "print-2.png") if row != first]
    third = run(album, "bad.png")
    assert third[1:] == [first, second]
    assert third[0]["status"] == "failed"
    fourth = run(album, "print-3.png")  # a failure is no line of the journal, and is not forgotten
    assert [Path(row["source"]).name for row in fourth] == ["print-3.png", "print-1.png", "print-2.png", "bad.png"]
    assert fourth[1:] == [first, second, third[0]]
    # another file of the same name is refused, and leaves the first one's row
    write_scan(album / "others" / "print-1.png", 8)
    found = gather([album / "others"])
    batch = Batch(plan(paired(found, album / "masks"), album / "out"), album / "out", SETTINGS)
    batch.run()
    write_report(batch, album / "out")
    assert [row["status"] for row in told(album)] == ["failed", "restored", "copied", "copied", "failed"]
    assert told(album)[1] == first
    (album / "out" / "print-2.png").unlink()
    assert "not lie there any more" in run(album, "print-3.png", resume=True)[2]["remarks"]
    (album / "scans" / "bad.png").unlink()


def test_files_that_were_not_begun_are_told_of(album: Path) -> None:
    batch = Batch(planned(album), album / "out", SETTINGS)

    def stop(event: Event) -> None:
        if event.kind == "done":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        batch.run(stop)
    write_report(batch, album / "out")
    rows = told(album)
    assert len(rows) == 3
    assert sum(row["status"] == "skipped" and "Not begun" in row["sentence"] for row in rows) == 2


def test_a_verdict_of_an_older_result_is_not_laid_on_a_new_one(album: Path) -> None:
    (before,) = run(album, "print-1.png")
    verdicts = Verdicts(album / "out")
    verdicts.reject(album / "out" / "print-1.png", before["output_sha256"], [])
    (rejected,) = run(album, "print-1.png", resume=True)
    assert (rejected["status"], rejected["review"]) == ("rejected", "rejected")
    assert rejected["pixels_changed"] == before["pixels_changed"]
    (anew,) = run(album, "print-1.png", settings=OTHERS, resume=True)
    assert (anew["status"], anew["review"]) == ("restored", "")
    assert anew["output_sha256"] != before["output_sha256"]
    # and at the next start it is a result like any other
    events: list[Event] = []
    batch = Batch(planned(album, "print-1.png"), album / "out", OTHERS, resume=True)
    batch.run(events.append)
    assert [(event.kind, event.before) for event in events] == [("done", True)]


def test_a_folder_that_was_moved_is_resumed(album: Path) -> None:
    """Also one whose journal tells whole paths, as older ones do."""
    before = run(album)
    shutil.copytree(album / "out", album / "moved")
    journal = album / "out" / FOLDER / "journal.jsonl"
    lines = [json.loads(line) for line in journal.read_text().splitlines()]
    for line in lines:
        assert not Path(line["target"]).is_absolute()
        line["target"], line["staged"] = str(album / "out" / line["target"]), str(album / "out" / line["staged"])
    journal.write_text("".join(json.dumps(line) + "\n" for line in lines))
    shutil.copytree(album / "out", album / "older")
    for out in ("out", "moved", "older"):
        rows = run(album, out=out, resume=True)
        assert [row["target"] for row in rows] == [str(album / out / Path(row["target"]).name) for row in before]
        assert [row["output_sha256"] for row in rows] == [row["output_sha256"] for row in before]
        assert [row["seconds"] for row in rows] == [row["seconds"] for row in before]  # not done again
    # so are the scans with their masks, if they are the same
    shutil.copytree(album, album / "elsewhere", ignore=shutil.ignore_patterns("moved", "older", "elsewhere"))
    rows = run(album / "elsewhere", resume=True)
    assert [row["seconds"] for row in rows] == [row["seconds"] for row in before]
    assert [row["status"] for row in rows] == ["restored", "copied", "copied"]


def test_results_of_other_settings_are_counted_and_renewed_where_wanted(album: Path) -> None:
    run(album)
    write_scan(album / "out" / "print-3.png", 9)  # somebody's, who is not asked
    theirs = (album / "out" / "print-3.png").read_bytes()
    assert Batch(planned(album), album / "out", SETTINGS, resume=True).made_otherwise() == 0
    other = Batch(planned(album), album / "out", OTHERS, resume=True)
    assert other.made_otherwise() == 2
    assert not other.begun
    rows = run(album, settings=OTHERS, resume=True, renew=True)
    assert [row["status"] for row in rows] == ["restored", "copied", "failed"]
    assert rows[0]["pixels_marked"] > 3 * 76
    assert (album / "out" / "print-3.png").read_bytes() == theirs
