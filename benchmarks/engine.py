"""How fast the engine is: `python benchmarks/engine.py -o FOLDER`.

Each case is a fill of a picture of 256², 512² or 2048² px or of a scan of 24 megapixels (6000×4000), with scratches and
with stains as `restorer evaluate` draws them, on one and two threads, in float32 (a 16-bit picture) and in bfloat16
(an 8-bit one; where the product takes it, or with `--bfloat16`), in a process of its own.  Told are

- seconds (the best of the repeats) and CPU seconds of all threads;
- the share of the CPU seconds outside the network (reading, tiles, prefill, texture, composite);
- the network's throughput, in 10⁹ multiply-adds a CPU second, beside what the same convolutions reach on their own
  (each shape of tile that the fill used, as often as it did, run right after it in the same process): the share of the
  machine's convolution throughput.  What the network loses is statistics, distances, normalisation and layout;
- peak memory of the process.

Only CPU time is compared within a case, so that the shares hold on a busy machine too; seconds do not.
Cases that FOLDER/engine.json has are not run again (`--again` runs all; `--only TEXT` those whose name holds it).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

SIZES = {"256²": (256, 256), "512²": (512, 512), "2048²": (2048, 2048), "24 megapixels": (6000, 4000)}
KINDS = ("scratch", "stain")
SCAN = "24 megapixels"


@dataclass(frozen=True)
class Case:
    """One fill to be measured."""

    size: str
    kind: str
    threads: int
    precision: str
    """`float32` or `bfloat16`."""

    @property
    def name(self) -> str:
        return f"{self.size} {self.kind} {self.threads} {self.precision}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="where engine.json is kept")
    parser.add_argument(
        "--model", metavar="NAME", help="weights of Reweave, by name or path (default: the default ones)"
    )
    parser.add_argument("--again", action="store_true", help="run every case again")
    parser.add_argument("--only", default="", metavar="TEXT", help="only cases whose name holds this")
    parser.add_argument("--bfloat16", action="store_true", help="measure it although float32 is faster here")
    parser.add_argument("--repeats", type=int, default=3, metavar="N", help="fills of which the best counts (3)")
    parser.add_argument("--case", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.case:
        print(json.dumps(measured(Case(**json.loads(arguments.case)), arguments.model, arguments.repeats)))
        return 0
    path = arguments.output / "engine.json"
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.parent.mkdir(parents=True, exist_ok=True)
    for case in cases(arguments.bfloat16):
        if arguments.only not in case.name or (case.name in held and not arguments.again):
            continue
        held[case.name] = {**asdict(case), **_apart(case, arguments)}
        path.write_text(json.dumps(held, indent=1, ensure_ascii=False), encoding="utf-8")
        print(_line(held[case.name]), flush=True)
    print(path)
    return 0


def cases(bfloat16: bool = False) -> list[Case]:
    """All of them, small ones first; bfloat16 only where the product takes it, unless it is wanted all the same."""
    import torch

    from restorer.engine import device

    precisions = ["float32"]
    if bfloat16 or device.fastest(torch.device("cpu")) == torch.bfloat16:
        precisions.append("bfloat16")
    return [
        Case(size, kind, threads, precision)
        for size in SIZES
        for kind in KINDS
        for threads in (1, 2)
        for precision in precisions
    ]


def _apart(case: Case, arguments: argparse.Namespace) -> dict[str, Any]:
    """The case in a process of its own, whose peak memory is then the fill's."""
    command = [sys.executable, __file__, "-o", str(arguments.output), "--case", json.dumps(asdict(case))]
    command += ["--repeats", str(1 if case.size == SCAN else arguments.repeats)]
    command += [] if arguments.model is None else ["--model", arguments.model]
    done = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, env={**os.environ, "OMP_NUM_THREADS": "1"}
    )
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


class Watched:
    """Stands before a network's `refine`: counts the CPU time in it, and the tiles that it sees."""

    def __init__(self, network: Any) -> None:
        self._refine, self._lock = type(network).refine, threading.Lock()
        self._network = network
        self.seconds, self.shapes = 0.0, Counter[tuple[int, int]]()
        network.refine = self  # the instance's own, before the class's

    def __call__(self, guess: Any, mask: Any) -> Any:
        began = time.thread_time()  # the crew's threads compute whole tiles alone
        answer = self._refine(self._network, guess, mask)
        spent = time.thread_time() - began
        with self._lock:
            self.seconds += spent
            self.shapes[tuple(guess.shape[-2:])] += guess.shape[0]
        return answer


def measured(case: Case, model: str | None, repeats: int) -> dict[str, Any]:
    """The figures of one case, in this process."""
    import numpy as np
    import torch

    from restorer.engine.restorer import Restorer
    from restorer.evaluation.conditions import Conditions
    from restorer.evaluation.pictures import Picture
    from restorer.evaluation.worker import peak_memory_mb
    from restorer.imaging import mask as masks
    from restorer.imaging.job import Job
    from restorer.imaging.patch import Whole

    width, height = SIZES[case.size]
    pixels = _picture(width, height)
    scale = None if case.size == SCAN else 1.0
    mask = Conditions(scale=scale).damaged(Picture("engine", pixels), case.kind).given
    image = pixels.astype(np.uint16) * np.uint16(257) if case.precision == "float32" else pixels
    engine = Restorer(model, device="cpu", threads=case.threads)
    engine._precision = lambda _job: getattr(torch, case.precision)  # type: ignore[method-assign]
    network = engine._placed.network
    job = Job(Whole(image), masks.cropped(mask), mask)
    assert engine.made(job)["precision"] == case.precision
    corner = np.zeros(mask.shape, bool)
    corner[20:24, 20:60] = True
    engine.restore(Job(Whole(image), masks.cropped(corner), corner))  # first calls are not what is timed
    runs = []
    for _ in range(repeats):
        watched = Watched(network)
        wall, cpu = time.perf_counter(), time.process_time()
        engine.restore(job)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        runs.append((cpu, wall, watched))
    memory = peak_memory_mb()
    cpu, _, watched = min(runs, key=lambda run: run[0])
    work = sum(count * _multiply_adds(network, *shape) for shape, count in watched.shapes.items())
    bare = _convolutions(network, watched.shapes, case.precision)
    return {
        "hole_share": float(mask.mean()),
        "seconds": min(wall for _, wall, _ in runs),
        "cpu_seconds": cpu,
        "outside": 1 - watched.seconds / cpu,
        "tiles": sum(watched.shapes.values()),
        "network_gmacs": work / watched.seconds / 1e9,
        "convolution_gmacs": bare / 1e9,
        "peak_mib": memory,
    }


def _layers(network: Any) -> list[Any]:
    import torch

    return [layer for layer in network.modules() if isinstance(layer, torch.nn.Conv2d)]


def _multiply_adds(network: Any, height: int, width: int) -> float:
    """Of the convolutions, for a tile of so many px; they run at half its resolution."""
    return sum(layer.weight.numel() for layer in _layers(network)) * (height // 2) * (width // 2)


def _convolutions(network: Any, shapes: Counter[tuple[int, int]], precision: str) -> float:
    """Multiply-adds a CPU second of the same convolutions on tiles of the same sizes, and nothing else.

    Of many sizes, the commonest dozen stand for all.  As in the network: channels last, and the last layer in float32.
    """
    import torch

    layers = [layer.to(memory_format=torch.channels_last) for layer in _layers(network)]
    work = spent = 0.0
    # inference on one thread, as the crew does it
    torch.set_num_threads(1)
    with torch.inference_mode():
        for (height, width), count in shapes.most_common(12):
            inputs = [
                torch.rand(1, layer.in_channels, height // 2, width // 2).contiguous(memory_format=torch.channels_last)
                for layer in layers
            ]
            times = max(1, min(count, 2_000_000 // (height * width)))
            for first in (True, False):
                began = time.thread_time()
                for _ in range(1 if first else times):
                    for layer, data in zip(layers, inputs, strict=True):
                        wanted = precision == "bfloat16" and layer is not layers[-1]
                        with torch.autocast("cpu", torch.bfloat16, enabled=wanted):
                            layer(data)
                once = (time.thread_time() - began) / (1 if first else times)
            spent += count * once
            work += count * _multiply_adds(network, height, width)
    return work / spent


def _picture(width: int, height: int) -> Any:
    """Smooth shapes with grain, uint8 RGB; what is in it does not change the time."""
    import cv2
    import numpy as np

    generator = np.random.default_rng(0)
    coarse = generator.integers(0, 255, (max(2, height // 100), max(2, width // 100), 3), dtype=np.uint8)
    picture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    grain = generator.integers(0, 12, picture.shape, dtype=np.uint8)
    return np.asarray(cv2.add(picture, grain))


def _line(row: dict[str, Any]) -> str:
    share = row["network_gmacs"] / row["convolution_gmacs"]
    return (
        f"{row['size']:>14} {row['kind']:8} {row['threads']} thread(s) {row['precision']:9}"
        f"{row['seconds']:8.3f} s {row['cpu_seconds']:8.3f} CPU s {100 * row['outside']:5.1f} % outside the network"
        f"{row['network_gmacs']:7.1f} of {row['convolution_gmacs']:6.1f} G/s ({100 * share:3.0f} %)"
        f"{row['peak_mib'] or 0:7.0f} MiB"
    )


if __name__ == "__main__":
    sys.exit(main())
