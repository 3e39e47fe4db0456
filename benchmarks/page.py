"""Make docs/benchmark.md from what the benchmark commands left in folders; nothing in it is typed.

restorer evaluate PICTURES -o MAIN --peers-python PYTHON --confidence --sheets
restorer evaluate PICTURES -o MAIN --peers-python PYTHON --large 6000x4000
restorer evaluate PICTURES -o STROKES --peers-python PYTHON --strokes
restorer evaluate PICTURES -o DEGRADED --peers-python PYTHON --degrade
restorer evaluate LARGE_PICTURES -o LARGE --peers-python PYTHON --scale auto
python benchmarks/engine.py -o ENGINE
python benchmarks/window.py > WINDOW
python benchmarks/page.py MAIN --variants STROKES DEGRADED LARGE --engine ENGINE --window WINDOW

The variants are any folders of results under other conditions; each shows its goals and its tables by kind of damage.
Fills and scores lie in the folders, so that the page is made again in seconds.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import sys
from pathlib import Path
from typing import Any

import torch

from restorer import __version__
from restorer.engine import weights
from restorer.evaluation import confidence, report
from restorer.evaluation.conditions import Conditions
from restorer.evaluation.methods import is_ours
from restorer.evaluation.results import Results
from restorer.evaluation.tables import head, line
from restorer.imaging.errors import RestorerError

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmark.md"
OUTSIDE = 0.2
"""Of a fill's time at most so much is to lie outside the network."""

PREFACE = """\
# Benchmark

Made by `benchmarks/page.py` from what the commands named there left, never by hand. Restorer {version}, {models}, torch
{torch}, {cores} cores, {machine}.

Six kinds of damage are drawn on pictures that were never trained on; each method fills the same holes in a process of
its own; the known pixels are put back and the hole is scored. PSNR says how near the fill is to what was there, the
perceptual distance (features of EfficientNet-Lite2, which no training sees) how much it looks like it.

`xphoto FSR_FAST` is OpenCV contrib's function as anyone gets it. It leaves part of the last block of 16 px unfilled
where a side of the picture is no multiple of 16; `xphoto FSR_FAST padded` mirrors the picture up to whole blocks first,
and is what its algorithm can do. Goals are computed against both. `prefill` is our push-pull start without the network.

Fills are kept and not done again, so the times of the first tables may come from different runs; the table of the
enlarged picture is one run.
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("evaluation", type=Path, metavar="MAIN")
    parser.add_argument("--variants", type=Path, nargs="*", default=[], metavar="FOLDER")
    parser.add_argument("--engine", type=Path, metavar="FOLDER")
    parser.add_argument("--window", type=Path, metavar="FILE")
    parser.add_argument("-o", "--output", type=Path, default=PAGE, metavar="FILE", help="default: docs/benchmark.md")
    args = parser.parse_args()
    try:
        parts = [*_evaluation(Results(args.evaluation)), *(_variant(Results(folder)) for folder in args.variants)]
    except RestorerError as error:
        print(f"page.py: {error}", file=sys.stderr)
        return 2
    parts += [_large(path) for path in sorted(args.evaluation.glob("large-*.csv"))]
    if args.engine:
        parts.append(_engine(json.loads((args.engine / "engine.json").read_text(encoding="utf-8"))))
    if args.window:
        said = args.window.read_text(encoding="utf-8").strip()
        parts.append(f"## The window\n\nBy `benchmarks/window.py`, offscreen:\n\n```\n{said}\n```\n")
    args.output.write_text("\n".join(part for part in parts if part).rstrip() + "\n", encoding="utf-8")
    print(args.output)
    return 0


def _evaluation(results: Results) -> list[str]:
    used = [f"{m.name} (weights sha256 {m.version[:12]})" for m in results.methods() if is_ours(m.name) and m.version]
    preface = PREFACE.format(
        version=__version__,
        models=", ".join(used) or weights.find().name,
        torch=torch.__version__,
        cores=torch.get_num_threads(),
        machine=platform.machine(),
    )
    return [preface, report.sections(results.rows(), results.conditions()), confidence.table(results)]


def _variant(results: Results) -> str:
    """Goals and tables of other conditions, one level further down."""
    text = report.sections(results.rows(), results.conditions(), categories=False) + "\n" + confidence.table(results)
    under = "\n".join(f"#{row}" if row.startswith("##") else row for row in text.split("\n"))
    return f"## {_title(results.conditions())}\n\n{under}"


def _title(conditions: Conditions) -> str:
    said = []
    if conditions.strokes:
        said.append("masks as people paint them")
    if conditions.grow:
        said.append(f"grown by {conditions.grow} px")
    if conditions.degrade != "none":
        said.append(f"with {conditions.degrade.replace('+', ' and ').replace('jpeg', 'JPEG')}")
    if conditions.scale != 1:
        said.append(
            "damage scaled up with the picture" if conditions.scale is None else f"damage × {conditions.scale:g}"
        )
    title = ", ".join(said) or "other pictures"
    return f"{title[0].upper()}{title[1:]}"


def _large(path: Path) -> str:
    _, size, threads = path.stem.split("-")
    with path.open(newline="", encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    text = [
        f"## {size.replace('x', '×')} px, {threads} thread{'s' * (threads != '1')}\n",
        "One picture enlarged, the damage with it; all in one run.\n",
        *head(("method", "damage", "status", "seconds", "CPU seconds", "peak MiB"), left=3),
    ]
    for row in rows:
        costs = (
            f"{float(row[c]):.{n}f}" if row[c] else "–" for c, n in (("seconds", 2), ("cpu_seconds", 2), ("rss_mb", 0))
        )
        text.append(line((row["method"], row["kind"], row["status"], *costs)))
    return "\n".join([*text, ""])


def _engine(held: dict[str, dict[str, Any]]) -> str:
    """The cases of `benchmarks/engine.py` in their order."""
    within = [row for row in held.values() if row["outside"] < OUTSIDE]
    text = [
        "## The engine\n",
        "Fills of whole pictures by `benchmarks/engine.py`. Shares are of CPU seconds. The machine's throughput is "
        "what the network's own convolutions reach alone, right after the fill, on the same tiles.\n",
        f"Less than {100 * OUTSIDE:.0f} % outside the network: {len(within)} of {len(held)} cases.\n",
        *head(
            (
                "picture",
                "damage",
                "precision",
                "threads",
                "seconds",
                "CPU seconds",
                f"outside the network (goal: below {100 * OUTSIDE:.0f} %)",
                "10⁹ multiply-adds a CPU second",
                "the machine's",
                "share",
                "peak MiB",
            ),
            left=3,
        ),
    ]
    for row in held.values():
        outside = f"{100 * row['outside']:.0f} % {'**yes**' if row['outside'] < OUTSIDE else 'no'}"
        reached, possible = row["network_gmacs"], row["convolution_gmacs"]
        memory = "–" if row["peak_mib"] is None else f"{row['peak_mib']:.0f}"
        cells = (
            *(row["size"], row["kind"], row["precision"], str(row["threads"])),
            *(f"{row['seconds']:.2f}", f"{row['cpu_seconds']:.2f}", outside),
            *(f"{reached:.0f}", f"{possible:.0f}", f"{100 * reached / possible:.0f} %", memory),
        )
        text.append(line(cells))
    return "\n".join([*text, ""])


if __name__ == "__main__":
    sys.exit(main())
