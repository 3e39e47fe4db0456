"""One process reads, computes and writes different files at the same time."""

from __future__ import annotations

import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from batch_scans import write_many, write_scratch

import restorer.batch.pipeline as pipeline_module
from restorer.batch.entries import Entry, plan
from restorer.batch.inputs import gather
from restorer.batch.one_file import Networks, read, restore, write
from restorer.batch.outcome import Outcome
from restorer.batch.pairing import paired
from restorer.batch.pipeline import AHEAD, Pipeline
from restorer.batch.settings import Settings
from restorer.imaging.errors import RestorerError

LONG = 60
"""Seconds after which something that should happen does not."""


def entry(number: int) -> Entry:
    path = Path(f"{number}.png")
    return Entry(number, path, path, path)


def test_three_files_are_each_at_another_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """No step ends before all three are at work, which only happens if they overlap."""
    together = threading.Barrier(AHEAD, timeout=LONG)
    met: list[tuple[str, int]] = []

    def step(name: str, number: int, when: int) -> None:
        if number == when:
            together.wait()
            met.append((name, number))

    def read(one: Entry, flag: object, _infrared: object) -> SimpleNamespace:
        step("read", one.number, 3)
        return SimpleNamespace(entry=one, flag=flag)

    def restore(work: SimpleNamespace, *_: object) -> None:
        step("restore", work.entry.number, 2)

    def write(work: SimpleNamespace, *_: object) -> Outcome:
        step("write", work.entry.number, 1)
        return Outcome("restored", "Done.")

    for name, function in (("read", read), ("restore", restore), ("write", write)):
        monkeypatch.setattr(pipeline_module, name, function)
    done: list[int] = []
    pipeline = Pipeline(Settings(), lambda *_: None, lambda number, _outcome: done.append(number))
    for number in (1, 2, 3):
        pipeline.give(entry(number), Path())
    pipeline.close()
    assert sorted(met) == [("read", 3), ("restore", 2), ("write", 1)]
    assert done == [1, 2, 3]


def test_a_fault_of_one_step_is_that_file_s_outcome_only(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(one: Entry, flag: object, _infrared: object) -> SimpleNamespace:
        if one.number == 2:
            raise ZeroDivisionError("of all things")
        return SimpleNamespace(entry=one, flag=flag)

    monkeypatch.setattr(pipeline_module, "read", read)
    monkeypatch.setattr(pipeline_module, "restore", lambda *_: None)
    monkeypatch.setattr(pipeline_module, "write", lambda *_: Outcome("restored", "Done."))
    told: dict[int, Outcome] = {}
    pipeline = Pipeline(Settings(), lambda *_: None, told.__setitem__)
    for number in (1, 2, 3):
        pipeline.give(entry(number), Path())
    pipeline.close()
    assert [told[number].status for number in (1, 2, 3)] == ["restored", "failed", "restored"]
    assert "ZeroDivisionError" in told[2].sentence


def test_a_copy_is_compared_with_what_was_read(tmp_path: Path) -> None:
    """The scan is written over between reading and copying, as by a scanner that is still at it."""
    write_many(tmp_path, 1)
    write_scratch(tmp_path / "masks" / "print-1.png", None)
    found = gather([tmp_path / "scans"])
    (one,) = plan(paired(found, tmp_path / "masks"), tmp_path / "out")
    settings = Settings(device="cpu")
    work = read(one, threading.Event())
    restore(work, settings, Networks(settings), lambda _share: None)
    scan = bytearray(one.source.read_bytes())
    scan[-20] ^= 1
    one.source.write_bytes(scan)
    (tmp_path / "staged").mkdir()
    with pytest.raises(RestorerError, match="changed while it was being copied"):
        write(work, settings, tmp_path / "staged")
