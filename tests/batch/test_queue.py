"""A batch as the window and the command line run it: real files, real network, real processes."""

from __future__ import annotations

import hashlib
import json
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest
from batch_scans import read_back, write_many, write_scan, write_scratch

from restorer.__main__ import main
from restorer.batch.entries import Entry, plan
from restorer.batch.hands import Message
from restorer.batch.inputs import gather
from restorer.batch.journal import FOLDER, Journal
from restorer.batch.outcome import Event, Outcome
from restorer.batch.pairing import paired
from restorer.batch.queue import DIED, Batch
from restorer.batch.report import write_report
from restorer.batch.settings import Settings
from restorer.batch.verdicts import Verdicts
from restorer.imaging.errors import RestorerError

SETTINGS = Settings(device="cpu")


def planned(folder: Path, out: str = "out") -> list[Entry]:
    found = gather([folder / "scans"])
    return plan(paired(found, folder / "masks"), folder / out)


def test_pixels_are_those_of_fill_and_bad_files_do_not_stop_it(tmp_path: Path) -> None:
    write_many(tmp_path, 2)
    write_scan(tmp_path / "scans" / "clean.png", 9)
    write_scratch(tmp_path / "masks" / "clean.png", None)
    (tmp_path / "scans" / "broken.png").write_bytes((tmp_path / "scans" / "clean.png").read_bytes()[:300])
    write_scratch(tmp_path / "masks" / "broken.png", 5)
    write_scan(tmp_path / "scans" / "lonely.png", 3)
    events: list[Event] = []
    batch = Batch(planned(tmp_path), tmp_path / "out", SETTINGS, workers=2)
    outcomes = batch.run(events.append)
    by_name = {entry.source.stem: outcomes[entry.number] for entry in batch.entries}
    assert {name: one.status for name, one in by_name.items()} == {
        "print-1": "restored", "print-2": "restored", "clean": "copied", "broken": "failed", "lonely": "failed",
    }  # fmt: skip
    for name in ("print-1", "print-2"):
        alone = tmp_path / f"{name}.png"
        mask = tmp_path / "masks" / f"{name}.png"
        assert main(["fill", str(tmp_path / "scans" / f"{name}.png"), "--mask", str(mask), "-o", str(alone)]) == 0
        assert np.array_equal(read_back(alone), read_back(tmp_path / "out" / f"{name}.png"))
        assert by_name[name].marked == 3 * 76
        assert by_name[name].outside == 0 < by_name[name].changed
    assert (tmp_path / "out" / "clean.png").read_bytes() == (tmp_path / "scans" / "clean.png").read_bytes()
    assert not (tmp_path / "out" / "broken.png").exists()
    assert [event.number for event in events if event.kind == "done"].__len__() == 3
    assert not list((tmp_path / "out" / FOLDER).glob("staged-*"))
    write_report(batch, tmp_path / "out")
    told = json.loads((tmp_path / "out" / "report.json").read_text())
    assert told["counts"] == {"copied": 1, "failed": 2, "restored": 2}
    assert {row["target"] for row in told["files"] if row["status"] == "failed"} == {""}
    assert all(len(row["weights_sha256"]) == 64 for row in told["files"] if row["status"] == "restored")
    assert (tmp_path / "out" / "report.csv").read_text().count("\n") == 6


def test_resume_believes_whole_files_only(tmp_path: Path) -> None:
    write_many(tmp_path, 3)
    Batch(planned(tmp_path), tmp_path / "out", SETTINGS).run()
    first, second, third = (tmp_path / "out" / f"print-{number}.png" for number in (1, 2, 3))
    kept = first.read_bytes(), first.stat().st_mtime_ns
    second.unlink()
    write_scratch(tmp_path / "masks" / "print-3.png", 40)  # other marks: the old result does not count
    changed = third.read_bytes()
    events: list[Event] = []
    batch = Batch(planned(tmp_path), tmp_path / "out", SETTINGS, resume=True)
    outcomes = batch.run(events.append)
    assert [event.number for event in events if event.kind == "started"] == [2]
    assert [event.number for event in events if event.before] == [1]
    assert (first.read_bytes(), first.stat().st_mtime_ns) == kept
    assert second.is_file()
    assert "exists" in outcomes[3].sentence
    assert third.read_bytes() == changed
    # a file cut short is not believed
    first.write_bytes(kept[0][:100])
    outcomes = Batch(planned(tmp_path)[:1], tmp_path / "out", SETTINGS, resume=True, overwrite=True).run()
    assert outcomes[1].status == "restored"
    assert np.array_equal(read_back(first).shape, (72, 96, 3))
    # nor are other settings
    other = Batch(planned(tmp_path)[:1], tmp_path / "out", replace(SETTINGS, grow=1), resume=True, overwrite=True)
    assert other.run()[1].marked > outcomes[1].marked


def test_what_a_person_has_accepted_or_rejected_is_left_alone(tmp_path: Path) -> None:
    write_many(tmp_path, 2)
    first, second = (tmp_path / "out" / f"print-{number}.png" for number in (1, 2))
    made = [one.files[0][2] for one in Batch(planned(tmp_path), tmp_path / "out", SETTINGS).run().values()]
    write_scan(first, 50)  # exported over it from the editor
    by_hand = first.read_bytes()
    verdicts = Verdicts(tmp_path / "out")
    verdicts.reject(second, made[1], [])
    untold = Batch(planned(tmp_path)[:1], tmp_path / "out", SETTINGS, resume=True).run()
    assert "exists" in untold[1].sentence
    verdicts.accept(first, made[0])
    events: list[Event] = []
    batch = Batch(planned(tmp_path), tmp_path / "out", SETTINGS, resume=True)
    outcomes = batch.run(events.append)
    assert [event.kind for event in events] == ["done", "rejected"]
    assert all(one.good for one in outcomes.values())
    assert batch.rejected == {2}
    assert events[1].target == second  # to which it can come back
    assert first.read_bytes() == by_hand
    assert not second.exists()
    write_report(batch, tmp_path / "out", verdicts)
    told = json.loads((tmp_path / "out" / "report.json").read_text())["files"]
    assert [row["review"] for row in told] == ["accepted", "rejected"]
    assert [row["status"] for row in told] == ["restored", "rejected"]
    assert told[0]["output_sha256"] == hashlib.sha256(by_hand).hexdigest() != made[0]
    assert "by hand" in told[0]["remarks"]
    assert (told[1]["target"], told[1]["output_sha256"]) == (str(second), made[1])
    # other settings are other work: what was rejected is tried again
    again = Batch(planned(tmp_path)[1:], tmp_path / "out", replace(SETTINGS, grow=1), resume=True).run()
    assert again[2].status == "restored"


def test_what_was_noted_and_not_moved_is_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between the journal's line and the name."""
    write_many(tmp_path, 1)
    import restorer.batch.journal as journal

    batch = Batch(planned(tmp_path), tmp_path / "out", SETTINGS)
    with monkeypatch.context() as broken:
        broken.setattr(journal, "_move", lambda *_args, **_how: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            batch.run()
    assert not (tmp_path / "out" / "print-1.png").exists()
    events: list[Event] = []
    outcomes = Batch(planned(tmp_path), tmp_path / "out", SETTINGS, resume=True).run(events.append)
    assert [event.kind for event in events] == ["done"]
    assert outcomes[1].status == "restored"
    assert read_back(tmp_path / "out" / "print-1.png").shape == (72, 96, 3)


def kill_workers() -> list[int]:
    """Returns their numbers."""
    children = [one.pid for one in psutil.Process().children() if "spawn_main" in " ".join(one.cmdline())]
    for number in children:
        os.kill(number, signal.SIGKILL)
    return children


def test_a_worker_that_dies_takes_no_file_with_it(tmp_path: Path) -> None:
    write_many(tmp_path, 3)
    killed: list[int] = []

    def told(event: Event) -> None:
        if event.kind == "progress" and not killed:
            killed.extend(kill_workers())

    outcomes = Batch(planned(tmp_path), tmp_path / "out", SETTINGS).run(told)
    assert killed
    assert [one.status for one in outcomes.values()] == ["restored"] * 3


def test_a_file_that_kills_its_worker_is_tried_twice_and_the_others_live(tmp_path: Path) -> None:
    """The second time it is alone, and so is each that was beside it: nobody knows whose fault it was."""
    write_many(tmp_path, 4)
    running: set[int] = set()
    begun: list[int] = []
    alone: list[int] = []
    deadly = False

    def told(event: Event) -> None:
        nonlocal deadly
        if event.kind == "started":
            again = event.number in begun
            assert not (running if again else running & set(alone)), (event, running)
            alone.extend([event.number] if again else [])
            begun.append(event.number)
            running.add(event.number)
            deadly = deadly or event.number == 2
        elif event.kind == "progress" and event.number == 2 and deadly:
            deadly = False
            running.clear()
            kill_workers()
        elif event.outcome is not None:
            running.discard(event.number)

    outcomes = Batch(planned(tmp_path), tmp_path / "out", SETTINGS).run(told)
    assert {number: one.status for number, one in outcomes.items()} == {
        1: "restored", 2: "failed", 3: "restored", 4: "restored"
    }  # fmt: skip
    assert outcomes[2].sentence == DIED
    assert begun.count(2) == 2
    assert 2 in alone


class HandsThatEnd:
    """Takes one file at a time and answers as `script` says, a list for each file; keeps what it was given."""

    def __init__(self, settings: Settings, script: Callable[[Entry], list[Message]], workers: int = 1) -> None:
        self.settings, self.workers = settings, workers
        self._script = script
        self._said: list[Message] = []

    @property
    def room(self) -> int:
        return 1 - len(self._said)

    def give(self, entry: Entry, staged: Path) -> None:
        del staged
        self._said += self._script(entry)

    def cancel(self, number: int) -> None: ...

    def wait(self, wake: object) -> list[Message]:
        del wake
        said, self._said = self._said, []
        return said

    def close(self, *, kill: bool) -> None: ...


def test_a_file_that_was_skipped_is_not_tried_again_when_its_process_dies(tmp_path: Path) -> None:
    write_many(tmp_path, 1)
    begun: list[int] = []

    def script(entry: Entry) -> list[Message]:
        begun.append(entry.number)
        batch.skip(entry.number)
        return [Message("at", entry.number)] if len(begun) == 1 else [Message("lost", entry.number)]

    class Hands(HandsThatEnd):
        def cancel(self, number: int) -> None:
            self._said.append(Message("lost", number))

    batch = Batch(planned(tmp_path), tmp_path / "out", SETTINGS, hands=lambda settings: Hands(settings, script))
    assert batch.run()[1].sentence == "Skipped."
    assert begun == [1]


@pytest.mark.parametrize(("workers", "threads", "expected"), [(2, 4, (2, 2)), (1, 4, (1, 4)), (64, 4, (4, 1))])
def test_workers_see_their_share_of_the_cores(
    workers: int, threads: int, expected: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(tmp_path, 1)
    monkeypatch.setattr("restorer.batch.hands.usable_cores", lambda: 4)
    made: list[HandsThatEnd] = []

    def local(settings: Settings, count: int) -> HandsThatEnd:
        done = [Message("finished", 1, "write", 1.0, Outcome("failed", "As asked."))]
        made.append(HandsThatEnd(settings, lambda _entry: done, count))
        return made[-1]

    monkeypatch.setattr("restorer.batch.queue.LocalHands", local)
    Batch(planned(tmp_path), tmp_path / "out", Settings(device="cpu", threads=threads), workers=workers).run()
    assert [(hands.workers, hands.settings.threads) for hands in made] == [expected]


def test_skip_pause_and_cancel(tmp_path: Path) -> None:
    write_many(tmp_path, 6)
    batch = Batch(planned(tmp_path), tmp_path / "out", SETTINGS)
    batch.skip(5)
    order: list[tuple[str, int]] = []

    def told(event: Event) -> None:
        order.append((event.kind, event.number))
        if event.kind == "started" and event.number == 1:
            batch.pause()
        if event.kind == "done" and event.number == 1:
            batch.skip(6)
            batch.go_on()
        if event.kind == "done" and event.number == 2:
            batch.cancel()

    outcomes = batch.run(told)
    assert order[0] == ("skipped", 5)
    assert order.index(("started", 2)) > order.index(("done", 1))  # the pause held it back
    assert outcomes[6].sentence == "Skipped."
    assert {outcomes[1].status, outcomes[2].status} == {"restored"}
    assert outcomes[4].status == "skipped" or outcomes[4].status == "restored"
    assert sorted(outcomes) == [1, 2, 3, 4, 5, 6]
    after = Batch(planned(tmp_path), tmp_path / "out", SETTINGS, resume=True).run()
    assert {one.status for one in after.values()} == {"restored"}


def test_memory_is_looked_at_before_a_file_is_begun(tmp_path: Path) -> None:
    """Each alone fits; together they do not, so they go one by one."""
    write_many(tmp_path, 3)
    entries = [replace(entry, memory=1 << 60) for entry in planned(tmp_path)]
    running, most = set(), 0

    def told(event: Event) -> None:
        nonlocal most
        if event.kind == "started":
            running.add(event.number)
        running.difference_update({event.number} if event.outcome else ())
        most = max(most, len(running))

    outcomes = Batch(entries, tmp_path / "out", SETTINGS).run(told)
    assert [one.status for one in outcomes.values()] == ["restored"] * 3
    assert most == 1


def test_two_batches_do_not_share_a_folder(tmp_path: Path) -> None:
    write_many(tmp_path, 1)
    journal = Journal(tmp_path / "out")
    with pytest.raises(RestorerError, match="Another batch"):
        Batch(planned(tmp_path), tmp_path / "out", SETTINGS).run()
    journal.close()


def test_cores_are_shared(monkeypatch: pytest.MonkeyPatch) -> None:
    import restorer.batch.hands as hands

    for cores in (1, 2, 7, 16):
        monkeypatch.setattr(hands, "usable_cores", lambda cores=cores: cores)
        for workers in (1, 2, 3, 64):
            count, threads = hands.share_cores(workers, None)
            assert 1 <= count * threads <= cores
        assert hands.share_cores(1, None) == (1, cores)
