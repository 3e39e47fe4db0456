"""Runs in real processes: killed in the middle, shared by two, on a full disk."""

from __future__ import annotations

import csv
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch

from restorer.training import checkpoint as checkpoints

FLAGS = [
    *("--channels=8", "--blocks=2", "--warmup=1", "--cooldown=2", "--crop=32", "--batch=4", "--wide=1", "--drawn=6"),
    *("--no-autocast", "--threads=1", "--log-every=1"),
]
START = [sys.executable, "-m", "restorer", "train"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictures")
    noise = np.random.default_rng(0).integers(0, 255, (200, 220, 3), np.uint8)
    cv2.imwrite(str(folder / "a.png"), cv2.GaussianBlur(noise, (0, 0), 2))
    return folder


def call(folder: Path, run: Path, *more: str) -> list[str]:
    return ["--data", str(folder), "-o", str(run), *FLAGS, *more]


def finished(command: list[str]) -> str:
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stderr


def curve(run: Path) -> list[tuple[float, ...]]:
    rows = csv.DictReader((run / "log.csv").read_text().splitlines())
    return [tuple(float(value) for name, value in row.items() if name not in ("rate", "seconds")) for row in rows]


def test_a_killed_run_ends_at_the_weights_of_an_unbroken_one(folder: Path, tmp_path: Path) -> None:
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    # so many steps that it is still running when its first checkpoint is seen; one a step is saved
    with subprocess.Popen([*START, *call(folder, killed, "--steps=2000", "--save-minutes=0")]) as process:
        while not (killed / "checkpoint.pt").exists():
            assert process.poll() is None
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    done = checkpoints.load(killed / "checkpoint.pt")["step"]
    assert 1 <= done < 2000
    steps, flat = f"--steps={done + 4}", "--cooldown=0"  # the first run's end, to which its rate falls, was far off
    finished([*START, *call(folder, killed, steps, flat)])
    finished([*START, *call(folder, whole, steps, flat)])
    ends = [checkpoints.load(run / "checkpoint.pt") for run in (killed, whole)]
    assert [end["step"] for end in ends] == [done + 4] * 2
    assert all(torch.equal(tensor, ends[1]["average"][name]) for name, tensor in ends[0]["average"].items())
    assert curve(killed) == curve(whole)
    assert not list(killed.glob(".restorer-*"))


@pytest.mark.parametrize("network", ["reweave", "partial-conv", "spotter"])
def test_two_processes_train_as_one_does_with_the_whole_batch(folder: Path, tmp_path: Path, network: str) -> None:
    more = [f"--network={network}", "--steps=6", "--perceptual=0", "--style=0"]
    one, two, other = (tmp_path / name for name in ("one", "two", "other"))
    finished([*START, *call(folder, one, *more)])
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2", "-m"]
    finished([*torchrun, "restorer", "train", *call(folder, two, *more)])
    finished([*START, *call(folder, other, *more, "--batch=2")])
    assert len(curve(one)) == len(curve(two)) == 6
    assert np.allclose(curve(one), curve(two), rtol=2e-3, atol=2e-4, equal_nan=True)
    assert not np.allclose(curve(one), curve(other), rtol=2e-3, atol=2e-4, equal_nan=True)
    a, b = (checkpoints.load(run / "checkpoint.pt")["average"] for run in (one, two))
    assert all(torch.allclose(tensor, b[name], atol=2e-4) for name, tensor in a.items())


def test_a_disk_without_room_is_one_sentence_and_the_old_checkpoint_stays(folder: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    finished([*START, *call(folder, run, "--steps=1")])
    before = (run / "checkpoint.pt").read_bytes()

    def small() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write beyond the limit fails with EFBIG instead
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, len(before) // 2))

    done = subprocess.run(
        [*START, *call(folder, run, "--steps=3")], capture_output=True, text=True, preexec_fn=small, check=False
    )
    assert done.returncode == 2
    said = [line for line in done.stderr.splitlines() if line.startswith("restorer: ") and "pictures" not in line]
    assert len(said) == 1
    assert "checkpoint.pt" in said[0]
    assert said[0].endswith("then start again with the same -o to go on.")
    assert "Traceback" not in done.stderr
    assert (run / "checkpoint.pt").read_bytes() == before
    assert not list(run.glob(".restorer-*"))


def test_processes_that_cannot_share_the_batch_are_told(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from restorer.__main__ import main

    monkeypatch.setenv("WORLD_SIZE", "two")
    assert main(["train", *call(folder, tmp_path / "run")]) == 2
    assert "start with `torchrun`" in capsys.readouterr().err
