"""One method in one process: `python worker.py JOB.json` fills what the job lists and measures what it costs.

The file runs as it is in any interpreter with NumPy and OpenCV; it imports nothing of Restorer, so that a
peer's memory and start are its own.  The job:

    target   "module:function" or "FILE.py:function", a `fill(image, mask, **options)`
    options  keyword arguments for it
    threads  CPU threads that it may use
    limit_s  CPU seconds after which the process ends, or null
    fills    a list of {key, picture, mask, output}: paths of PNG files; output may be null

For each fill one line of JSON goes to stdout: {key, seconds, cpu_seconds, rss_mb, made}, where `made` is a
checksum of the output file, or {key, failed}.  If the method can't be loaded there is only one: {missing}.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import sys
import time
import zlib
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    # Python puts a script's folder first in its path, where our file names would hide other people's modules.
    sys.path.remove(str(Path(__file__).resolve().parent))

import cv2
import numpy as np
from numpy.typing import NDArray


def main(job_file: str) -> None:
    job = json.loads(Path(job_file).read_text(encoding="utf-8"))
    if job["limit_s"]:
        _limit_cpu_seconds(job["limit_s"])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a method prints goes to the log, not between the answers

    def answer(**values: Any) -> None:
        print(json.dumps(values), file=answers, flush=True)

    try:
        fill = load(job["target"])
        cv2.setNumThreads(job["threads"])
        if "torch" in sys.modules:
            sys.modules["torch"].set_num_threads(job["threads"])
        warm_up(fill, job["options"])
    except (ImportError, AttributeError) as error:
        answer(missing=str(error))
        return
    for task in job["fills"]:
        try:
            filled, cost = timed(fill, read(task["picture"]), read(task["mask"]), job["options"])
        except Exception as error:
            answer(key=task["key"], failed=f"{type(error).__name__}: {error}")
            continue
        made = None if task["output"] is None else write(task["output"], filled)
        answer(key=task["key"], made=made, **cost)


def load(target: str) -> Any:
    """The function that `target` names."""
    place, _, name = target.rpartition(":")
    if not place.endswith(".py"):
        return getattr(importlib.import_module(place), name)
    spec = importlib.util.spec_from_file_location("method", place)
    if spec is None or spec.loader is None:
        raise ImportError(f"{place} can't be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


def warm_up(fill: Any, options: dict[str, Any]) -> None:
    """Imports and first calls are not what is timed.  Only what makes the method unusable is raised."""
    mask = np.zeros((64, 64), bool)
    mask[20:24, 10:50] = True
    try:
        fill(np.full((64, 64, 3), 90, np.uint8), mask, **options)
    except (ImportError, AttributeError):
        raise
    except Exception as error:  # the fills themselves will say so
        print(f"warm-up: {type(error).__name__}: {error}", file=sys.stderr)


def timed(
    fill: Any, picture: NDArray[np.uint8], mask: NDArray[np.uint8], options: dict[str, Any]
) -> tuple[NDArray[np.uint8], dict[str, float | None]]:
    """The filled picture with its known pixels put back, and what it cost: seconds and MiB."""
    hole = mask[..., 0] > 127
    damaged = picture.copy()
    damaged[hole] = 255
    # restarts the kernel's peak-memory mark (Linux); elsewhere the peak is that of all fills so far
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    wall, cpu = time.perf_counter(), cpu_seconds()
    answer = fill(damaged, hole.copy(), **options)
    wall, cpu = time.perf_counter() - wall, cpu_seconds() - cpu
    filled = np.array(answer)
    if filled.shape != picture.shape or filled.dtype != np.uint8:
        raise ValueError(f"the method gave {filled.dtype} {filled.shape}, not uint8 {picture.shape}")
    filled[~hole] = picture[~hole]
    return filled, {"seconds": round(wall, 5), "cpu_seconds": round(cpu, 5), "rss_mb": peak_memory_mb()}


def cpu_seconds() -> float:
    """CPU time of this process and of its ended children so far."""
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def peak_memory_mb() -> float | None:
    """Peak resident memory of this process in MiB; None where the system doesn't tell."""
    with contextlib.suppress(OSError):
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
            if line.startswith("VmHWM"):
                return round(int(line.split()[1]) / 1024, 1)
    with contextlib.suppress(ImportError):
        import resource

        return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, 1)  # bytes on macOS
    return None


def read(path: str) -> NDArray[np.uint8]:
    """A PNG file as uint8 RGB, H×W×3."""
    data = np.frombuffer(Path(path).read_bytes(), np.uint8)
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR)
    if bgr is None:
        raise ValueError(f"{path} can't be decoded")
    return np.ascontiguousarray(bgr[..., ::-1], np.uint8)


def write(path: str, picture: NDArray[np.uint8]) -> int:
    """Writes uint8 RGB as PNG, whole or not at all, and gives the file's checksum."""
    data = cv2.imencode(".png", np.ascontiguousarray(picture[..., ::-1]))[1].tobytes()
    part = Path(path + ".part")
    part.write_bytes(data)
    part.replace(path)
    return zlib.crc32(data)


def _limit_cpu_seconds(seconds: int) -> None:
    with contextlib.suppress(ImportError):  # not on Windows
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))


if __name__ == "__main__":
    main(sys.argv[1])
