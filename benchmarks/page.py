"""Make docs/benchmark.md from what the benchmark commands wrote: `python benchmarks/page.py EVALUATION [WINDOW]`.

restorer evaluate PICTURES -o EVALUATION --peers-python PYTHON
restorer evaluate PICTURES -o EVALUATION --peers-python PYTHON --large 6000x4000
python benchmarks/window.py > WINDOW
python benchmarks/page.py EVALUATION WINDOW
"""

from __future__ import annotations

import argparse
import csv
import platform
import sys
from pathlib import Path

import torch

from restorer import __version__
from restorer.engine import weights

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmark.md"

PREFACE = """\
# Benchmark

Made by `benchmarks/page.py` from what the commands named there wrote, never by hand. Restorer {version}, model
{model} (sha256 {sha256}), torch {torch}, {cores} cores, {machine}.

Six kinds of damage are drawn on pictures that were never trained on; each method fills the same holes in a process of
its own; the known pixels are put back and the hole is scored. PSNR says how near the fill is to what was there, the
perceptual distance (features of EfficientNet-Lite2, which no training sees) how much it looks like it.

`FSR_FAST` is OpenCV contrib's function as it is. It leaves part of the last block of 16 px unfilled where a side of the
picture is no multiple of 16; `FSR_FAST padded` mirrors the picture up to whole blocks first and is the fair opponent.
`prefill` is our push-pull start without the network.

Fills are kept and not done again, so the times of the first tables may come from different runs; the table of the
enlarged picture is one run.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path)
    parser.add_argument("window", type=Path, nargs="?")
    args = parser.parse_args()
    found = weights.find()
    preface = PREFACE.format(
        version=__version__,
        model=found.name,
        sha256=found.sha256[:12],
        torch=torch.__version__,
        cores=torch.get_num_threads(),
        machine=platform.machine(),
    )
    results = (args.evaluation / "results.md").read_text(encoding="utf-8").split("\n", 2)[2]
    parts = [preface, results]
    parts += [_large(path) for path in sorted(args.evaluation.glob("large-*.csv"))]
    if args.window:
        said = args.window.read_text(encoding="utf-8").strip()
        parts.append(f"## The window\n\nBy `benchmarks/window.py`, offscreen:\n\n```\n{said}\n```\n")
    PAGE.write_text("\n".join(parts).rstrip() + "\n", encoding="utf-8")
    print(PAGE)
    return 0


def _large(path: Path) -> str:
    _, size, threads = path.stem.split("-")
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    lines = [
        f"## {size.replace('x', '×')} px, {threads} thread{'s' * (threads != '1')}\n",
        "One picture enlarged, the damage with it; all in one run.\n",
        "| method | damage | status | seconds | CPU seconds | peak MiB |",
        "|---|---|---|--:|--:|--:|",
    ]
    for row in rows:
        columns = ("method", "kind", "status", "seconds", "cpu_seconds", "rss_mb")
        lines.append(f"| {' | '.join(row[column] for column in columns)} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    sys.exit(main())
