"""Runs the methods, one process each, and scores what they filled.

Each process gets its thread count by the environment before it starts: numeric libraries read it only then.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from restorer.evaluation import worker
from restorer.evaluation.conditions import Conditions
from restorer.evaluation.methods import Method
from restorer.evaluation.pictures import Picture, Source
from restorer.evaluation.results import Results
from restorer.evaluation.scores import Judge, Scores
from restorer.imaging.errors import RestorerError

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS")

Fill = dict[str, str | None]
"""One fill as the worker reads it from its job."""

Report = Callable[[], None]
"""Called after each piece of work, for a progress bar."""


@dataclass(frozen=True)
class Task:
    """One picture with one kind of damage; `Results` knows its files."""

    key: str
    picture_name: str
    given: int
    """Checksum of picture and masks."""


@dataclass
class Outcome:
    """What became of one method's tasks."""

    method: Method
    failed: dict[str, str] = field(default_factory=dict)
    """The reason by key."""
    missing: str | None = None
    """Why the method can't run here."""
    ended: int = 0
    """Exit status of its process: not 0 if it died."""


def prepare(
    source: Source, conditions: Conditions, kinds: tuple[str, ...], results: Results, report: Report
) -> list[Task]:
    """Writes every picture and mask as the methods will get them."""
    tasks = []
    results.keep_categories({name: source.category(name) for name in source.names})
    for name in source.names:
        truth = conditions.degraded(source.read(name))
        checksum = _write_png(results.truth(name), truth.pixels)
        for kind in kinds:
            key = f"{name}_{kind}"
            damaged = conditions.damaged(truth, kind)
            files = [(results.mask(key), damaged.given.astype(np.uint8) * 255)]
            if damaged.picture is not truth.pixels:
                files.append((results.inputs / f"{key}.given.png", damaged.picture))
            if damaged.judged is not damaged.given:
                files.append((results.inputs / f"{key}.judged.png", damaged.judged.astype(np.uint8) * 255))
            given = checksum
            for file, pixels in files:
                given = zlib.crc32(_write_png(file, pixels).to_bytes(4, "big"), given)
            tasks.append(Task(key, name, given))
        report()
    return tasks


def run_method(
    method: Method,
    tasks: list[Task],
    results: Results,
    report: Report,
    *,
    threads: int = 1,
    peers_python: Path | None = None,
    again: bool = False,
) -> Outcome:
    """Lets one method fill the tasks that it has not filled yet."""
    kept = results.of(method)
    if again:
        kept.forget()
    todo = {task.key: task for task in tasks if not kept.has(task.key, task.given)}
    for _ in range(len(tasks) - len(todo)):
        report()
    outcome = Outcome(method)
    if not todo:
        return outcome
    fills: list[Fill] = [
        {
            "key": task.key,
            "picture": str(results.given(task.key)),
            "mask": str(results.mask(task.key)),
            "output": str(kept.picture(task.key)),
        }
        for task in todo.values()
    ]
    process = _Worker(method, fills, kept.folder, threads, peers_python)
    for answer in process.answers():
        if "missing" in answer:
            outcome.missing = answer["missing"]
        elif "failed" in answer:
            outcome.failed[answer["key"]] = answer["failed"]
            report()
        else:
            kept.record(answer["key"], todo[answer["key"]].given, answer)
            report()
    outcome.ended = process.status
    return outcome


def score(tasks: list[Task], results: Results, judge: Judge, report: Report) -> None:
    """Scores every fill of these tasks that has not been scored as it is now."""
    methods = results.methods()
    by_picture: dict[str, list[Task]] = {}
    for task in tasks:
        by_picture.setdefault(task.picture_name, []).append(task)
    for name, mine in by_picture.items():
        truth = worker.read(str(results.truth(name)))
        for method in methods:
            scores: dict[str, Scores] = {}
            for task in mine:
                if method.has(task.key, task.given) and method.score_of(task.key) is None:
                    mask = worker.read(str(results.judged(task.key)))[..., 0] > 127
                    # what is not judged is shown as it was, whatever leaked or was grown
                    filled = np.where(mask[..., None], worker.read(str(method.picture(task.key))), truth)
                    scores[task.key] = judge(name, truth, filled, mask)
            if scores:
                method.keep_scores(scores)
        report()


def measure_large(
    method: Method,
    source: Source,
    kind: str,
    size: tuple[int, int],
    folder: Path,
    *,
    threads: int = 1,
    peers_python: Path | None = None,
    limit_s: int = 120,
) -> dict[str, Any]:
    """Time and memory of one fill of the first picture, enlarged to `size` (width, height), damage and all.

    The answer holds method, kind, hole_share, status, seconds, cpu_seconds and rss_mb.
    """
    folder.mkdir(parents=True, exist_ok=True)
    picture = source.read(source.names[0])
    pixels = np.asarray(cv2.resize(picture.pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)
    mask = Conditions(scale=None).damaged(Picture(picture.name, pixels), kind).judged
    picture_file, mask_file = folder / "large.png", folder / "large.mask.png"
    _write_png(picture_file, pixels)
    _write_png(mask_file, mask.astype(np.uint8) * 255)
    fill: Fill = {"key": kind, "picture": str(picture_file), "mask": str(mask_file), "output": None}
    process = _Worker(method, [fill], folder / method.folder, threads, peers_python, limit_s)
    row: dict[str, Any] = {"method": method.name, "kind": kind, "hole_share": round(float(mask.mean()), 4)}
    row["status"] = ""
    for answer in process.answers():
        if "missing" in answer:
            row["status"] = f"skipped: {answer['missing']}"
        elif "failed" in answer:
            row["status"] = f"failed: {answer['failed']}"
        else:
            row["status"] = "ok"
            row.update({name: answer[name] for name in ("seconds", "cpu_seconds", "rss_mb")})
    if not row["status"]:
        row["status"] = f"ended by status {process.status} (limit {limit_s} CPU s)"
    return row


class _Worker:
    """The process of one method; its exit status once `answers` is exhausted."""

    def __init__(
        self,
        method: Method,
        fills: list[Fill],
        folder: Path,
        threads: int,
        peers_python: Path | None,
        limit_s: int | None = None,
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.status = 0
        self._job, self._log = folder / "job.json", folder / "log.txt"
        job = {
            "target": method.target,
            "options": method.options,
            "threads": threads,
            "limit_s": limit_s,
            "fills": fills,
        }
        self._job.write_text(json.dumps(job), encoding="utf-8")
        self._environment = dict(os.environ)
        self._environment.update(dict.fromkeys(THREAD_VARIABLES, str(threads)))
        if method.peer and peers_python is not None:
            self._python = str(peers_python)
            self._environment.pop("PYTHONPATH", None)  # our packages would hide its own
        else:
            self._python = sys.executable
            places = [os.getcwd(), *(place for place in sys.path if place)]  # noqa: PTH109 - a string is wanted
            self._environment["PYTHONPATH"] = os.pathsep.join(places)

    def answers(self) -> Iterator[dict[str, Any]]:
        """What the process says, as it says it; ends with the process."""
        command = [self._python, worker.__file__, str(self._job)]
        with self._log.open("w", encoding="utf-8") as log:
            try:
                process = subprocess.Popen(
                    command, stdout=subprocess.PIPE, stderr=log, env=self._environment, encoding="utf-8"
                )
            except OSError as error:
                raise RestorerError(f"{self._python} can't be started: give a Python interpreter.") from error
            with process:
                try:
                    for line in process.stdout or ():
                        yield json.loads(line)
                except BaseException:  # also when the person presses Ctrl-C
                    process.kill()
                    raise
        self.status = process.returncode
        self._job.unlink()


def _write_png(path: Path, pixels: NDArray[np.uint8]) -> int:
    """Writes uint8 RGB or grey, quickly rather than small, and gives the checksum of the pixels."""
    bgr = pixels if pixels.ndim == 2 else np.ascontiguousarray(pixels[..., ::-1])
    data = cv2.imencode(".png", bgr, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()
    if not path.exists() or path.read_bytes() != data:  # another run may be reading it
        part = path.with_name(path.name + ".part")
        part.write_bytes(data)
        part.replace(path)
    return zlib.crc32(pixels.tobytes())
