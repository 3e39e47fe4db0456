"""The same on a Dask cluster: a scheduler and two worker processes on loopback, one of which is killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("distributed")

import numpy as np
from batch_scans import read_back, write_many

import restorer.batch.cluster as cluster_module
from restorer import bundled
from restorer.batch.cluster import on_cluster
from restorer.batch.entries import Entry, plan
from restorer.batch.inputs import gather
from restorer.batch.journal import FOLDER
from restorer.batch.outcome import Event
from restorer.batch.pairing import paired
from restorer.batch.queue import Batch
from restorer.batch.settings import Settings
from restorer.imaging.errors import RestorerError

SETTINGS = Settings(device="cpu")


def planned(folder: Path, out: str) -> list[Entry]:
    found = gather([folder / "scans"])
    return plan(paired(found, folder / "masks"), folder / out)


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler with so many workers, and all their processes, the scheduler's first."""
    told = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    running = [subprocess.Popen([*command, "--no-dashboard", "--scheduler-file", str(told)], **quiet)]
    try:
        for number in range(workers):
            work = folder / f"worker-{number}"
            work.mkdir()
            command = [sys.executable, "-m", "distributed.cli.dask_worker", "--scheduler-file", str(told)]
            options = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(work)]
            running.append(subprocess.Popen([*command, *options, "--host", "127.0.0.1"], cwd=work, **quiet))
        from distributed import Client

        until = time.monotonic() + 120
        while not told.exists() and time.monotonic() < until:
            time.sleep(0.1)
        with Client(scheduler_file=str(told), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=120)
            address = client.scheduler.address
        yield address, running
    finally:
        for process in reversed(running):
            process.kill()
            process.wait()


@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_loses_nothing_and_nothing_is_done_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_many(tmp_path, 6)
    monkeypatch.chdir(tmp_path)  # the workers are not in this folder
    here = Batch(planned(tmp_path, "here"), tmp_path / "here", SETTINGS).run()
    assert {one.status for one in here.values()} == {"restored"}
    events: list[Event] = []
    with cluster(tmp_path, 2) as (address, (scheduler, *workers)):

        def told(event: Event) -> None:
            events.append(event)
            if event.kind == "done" and workers[0].poll() is None:
                os.kill(workers[0].pid, signal.SIGKILL)

        batch = Batch(planned(tmp_path, "there"), Path("there"), SETTINGS, hands=on_cluster(address))
        there = batch.run(told)
        assert "restored" in {one.status for one in there.values()}, there
        assert workers[0].wait(60) == -signal.SIGKILL
        # a path that the workers do not see
        (entry,) = batch.entries[:1]
        gone = tmp_path / "gone" / entry.target.name
        entries = [replace(entry, target=gone, copy=gone)]
        (tmp_path / "scans" / "print-1.png").rename(tmp_path / "elsewhere.png")
        (lost,) = Batch(entries, tmp_path / "gone", SETTINGS, hands=on_cluster(address)).run().values()
        # a scheduler that dies: each file has an outcome all the same
        monkeypatch.setattr(cluster_module, "PATIENCE", 5)  # until it is given up
        rest = planned(tmp_path, "headless")

        def kill(event: Event) -> None:
            if event.kind == "started" and scheduler.poll() is None:
                os.kill(scheduler.pid, signal.SIGKILL)

        headless = Batch(rest, tmp_path / "headless", SETTINGS, hands=on_cluster(address)).run(kill)
    assert {one.status for one in there.values()} == {"restored"}
    assert set(Counter(event.number for event in events if event.kind == "done").values()) == {1}
    for number in range(1, 7):
        name = f"print-{number}.png"
        assert np.array_equal(read_back(tmp_path / "here" / name), read_back(tmp_path / "there" / name))
    lines = (tmp_path / "there" / FOLDER / "journal.jsonl").read_text().splitlines()
    assert len(lines) == 6
    assert not list((tmp_path / "there" / FOLDER).glob("staged-*"))
    assert "same paths" in lost.sentence
    assert sorted(headless) == [entry.number for entry in rest]
    assert any("scheduler is gone" in one.sentence for one in headless.values())


@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 1)
    write_many(tmp_path, 1)
    with pytest.raises(RestorerError, match="does not answer"):
        Batch(planned(tmp_path, "out"), tmp_path / "out", SETTINGS, hands=on_cluster("tcp://127.0.0.1:9")).run()


def test_a_worker_with_other_weights_or_another_program_does_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("distributed.get_worker", lambda: SimpleNamespace(address="tcp://elsewhere"))
    write_many(tmp_path, 1)
    (entry,) = planned(tmp_path, "out")
    staged = tmp_path / "out" / "staged"
    staged.mkdir(parents=True)
    same = cluster_module._same(SETTINGS)
    for what in ("Restorer", "torch", "model weights"):
        outcome, place = cluster_module.one_file(entry, SETTINGS, staged, same | {what: "another"})
        assert (outcome.status, place) == ("failed", staged)
        assert f"{what} {same[what]} instead of another" in outcome.sentence
    gone = replace(SETTINGS, model=str(tmp_path / "not-here.safetensors"))
    assert "cannot do it" in cluster_module.one_file(entry, gone, staged, same)[0].sentence
    assert cluster_module.one_file(entry, SETTINGS, staged, same)[0].status == "restored"


def test_weights_by_a_relative_path_are_found_by_workers_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in bundled.models().glob("reweave.*"):
        shutil.copy(path, tmp_path / f"mine{path.suffix}")
    monkeypatch.chdir(tmp_path)
    anchored = cluster_module._anchored(replace(SETTINGS, model="mine.safetensors"))
    assert anchored.model == str(tmp_path / "mine.safetensors")
    assert cluster_module._anchored(replace(SETTINGS, model="reweave")).model == "reweave"


def test_without_dask_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(RestorerError, match=r"restorer\[cluster\]"):
        on_cluster("tcp://127.0.0.1:9")
