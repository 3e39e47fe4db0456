"""`restorer evaluate`: damage clean pictures, let methods fill them, and compare."""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from restorer.cli import arguments
from restorer.evaluation import methods as known
from restorer.evaluation.conditions import DEGRADATIONS, Conditions
from restorer.evaluation.confidence import measure
from restorer.evaluation.goals import our_method
from restorer.evaluation.masks import KINDS
from restorer.evaluation.methods import Method
from restorer.evaluation.pictures import Source
from restorer.evaluation.results import Results
from restorer.evaluation.runner import Outcome, Task, measure_large, prepare, run_method, score
from restorer.imaging.errors import RestorerError

DESCRIPTION = """\
Draws damage of six kinds on clean pictures, lets each method fill it in a process of its own, puts the known
pixels back and scores the rest.  What is done is kept in OUT_DIR and not done again.  Peers whose packages are
missing are skipped; --peers-python names an interpreter that has them, as OpenCV's contrib build and the plain one
overwrite each other.

The pictures' names seed the damage, so that equal commands give equal masks.  --strokes, --grow, --degrade and
--scale change the conditions; each set of conditions wants an OUT_DIR of its own.
"""
LARGE_KINDS = ("scratch", "stain")
LARGE_COLUMNS = ("method", "kind", "hole_share", "status", "seconds", "cpu_seconds", "rss_mb")


def add_parser(subparsers: Any) -> None:
    """Adds the command; `func` of the parsed arguments is `run`."""
    parser: argparse.ArgumentParser = subparsers.add_parser(
        "evaluate",
        help="compare methods on damaged pictures",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("images", type=Path, metavar="IMAGES", help="folder or .tar of clean PNG, WebP or JPEG pictures")
    add("-o", "--output", type=Path, required=True, metavar="OUT_DIR", help="folder of the results")
    add(
        "--methods",
        nargs="+",
        metavar="METHOD",
        help=f"{', '.join(known.WORDS)}, restorer:MODEL (by name or path), or module:function "
        "(default: all of the named ones, and Restorer with all installed models)",
    )
    add("--kinds", nargs="+", choices=KINDS, metavar="KIND", help=f"of {', '.join(KINDS)} (default: all)")
    add("--limit", type=_positive, metavar="N", help="only N pictures, evenly spread")
    add("--peers-python", type=Path, metavar="PATH", help="interpreter with the peers' packages")
    add("--model", metavar="NAME", help="model that `restorer` uses")
    add("--threads", type=arguments.threads, default=1, metavar="N", help="CPU threads of each method (default: 1)")
    add("--again", nargs="*", metavar="METHOD", help="fill again what these methods (default: all) filled before")
    add("--no-score", action="store_true", help="fill only")
    add("--sheets", action="store_true", help="also write contact sheets of the worst, median and best fills")
    add("--confidence", action="store_true", help="also measure how well Restorer's expected error ranks the real one")
    add(
        "--strokes",
        action="store_true",
        help="masks as people paint them: 1.5 to 3 times the damage's width, damage leaking out by up to 2 px",
    )
    add("--grow", type=_growth, default=0, metavar="PX", help="grow the masks for the methods (default: 0)")
    add(
        "--degrade",
        nargs="?",
        choices=DEGRADATIONS,
        default="none",
        const=DEGRADATIONS[-1],
        help=f"degrade the pictures first: {', '.join(DEGRADATIONS)} (alone: {DEGRADATIONS[-1]})",
    )
    add(
        "--scale",
        type=_factor,
        default=1.0,
        metavar="X",
        help="size of the damage; auto: by the picture's (default: 1)",
    )
    add("--large", type=_size, metavar="WxH", help="instead: time and memory of one enlarged picture")
    add("--timeout", type=_positive, default=120, metavar="S", help="with --large: CPU seconds a fill (120)")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Does what was asked; 0 if all of it was done."""
    if args.peers_python is not None and not args.peers_python.is_file():
        raise RestorerError(f"There is no interpreter {args.peers_python}: give --peers-python the path of one.")
    methods = known.find(_with_model(args.methods or known.every_word(), args.model))
    again = None if args.again is None else known.find(_with_model(args.again, args.model)) or methods
    source = Source(args.images, args.limit)
    console = Console(stderr=True)
    if args.large:
        return _large(args, methods, again or [], source, console)
    judge = None if args.no_score else _judge(args.threads)
    conditions = Conditions(args.strokes, args.grow, args.degrade, args.scale, args.threads)
    results = Results(args.output)
    results.claim(conditions)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
    ) as bars:

        def bar(title: str, total: int) -> Callable[[], None]:
            task = bars.add_task(title, total=total)
            return lambda: bars.advance(task)

        kinds = tuple(kind for kind in KINDS if kind in (args.kinds or KINDS))
        tasks = prepare(source, conditions, kinds, results, bar("damage", len(source.names)))
        outcomes = []
        for method in methods:
            report = bar(method.name, len(tasks))
            outcomes.append(_fill(method, tasks, results, args, method in (again or ()), report))
            if args.confidence and known.is_ours(method.name):
                measure(method, tasks, results, args.threads, bar(f"{method.name}, confidence", len(tasks)))
        if judge is not None:
            score(tasks, results, judge, bar("scores", len(source.names)))
    problems = [sentence for outcome in outcomes for sentence in _problems(outcome)]
    for sentence in problems:
        console.print(sentence, style="yellow", markup=False, highlight=False)
    if judge is not None:
        _report(results, args.sheets)
    skipped = [outcome for outcome in outcomes if outcome.missing is not None]
    everything = not any(outcome.failed or outcome.ended for outcome in outcomes)
    # a peer that isn't installed was not asked for, unless by name
    asked_for = bool(args.methods) or len(skipped) == len(outcomes)
    return 0 if everything and not (skipped and asked_for) else 1


def _fill(
    method: Method,
    tasks: list[Task],
    results: Results,
    args: argparse.Namespace,
    again: bool,
    report: Callable[[], None],
) -> Outcome:
    return run_method(
        method,
        tasks,
        results,
        report,
        threads=args.threads,
        peers_python=args.peers_python,
        again=again,
    )


def _judge(threads: int) -> Any:
    from restorer.evaluation.perceptual import Perceptual
    from restorer.evaluation.scores import Judge

    return Judge(Perceptual(threads))


def _report(results: Results, with_sheets: bool) -> None:
    from restorer.evaluation import report, sheets

    rows = results.rows()
    print(results.write_csv(rows))
    page = results.folder / "results.md"
    page.write_text(report.page(results), encoding="utf-8")
    print(page)
    ours = our_method(rows) if with_sheets else None
    for path in sheets.write(results, rows, ours) if ours else ():
        print(path)


def _with_model(words: list[str], model: str | None) -> list[str]:
    """The methods' words, `restorer` with a model of its own."""
    return words if model is None else [f"restorer:{model}" if word == "restorer" else word for word in words]


def _problems(outcome: Outcome) -> list[str]:
    """Sentences about what was not done."""
    name = outcome.method.name
    if outcome.missing is not None:
        return [f"{name} was skipped: {outcome.missing}."]
    said = [f"{name} failed on {key}: {reason}." for key, reason in outcome.failed.items()]
    if outcome.ended:
        said.append(f"{name} ended early, by status {outcome.ended}: see {outcome.method.folder}/log.txt.")
    return said


def _large(
    args: argparse.Namespace, methods: list[Method], again: list[Method], source: Source, console: Console
) -> int:
    """Rows of `large-WxH.csv`; those that are there and went well are kept."""
    width, height = args.large
    path = args.output / f"large-{width}x{height}-{args.threads}.csv"
    args.output.mkdir(parents=True, exist_ok=True)
    rows: list[dict[str, Any]] = []
    if path.exists():
        forgotten = {method.name for method in again}
        with path.open(newline="", encoding="utf-8") as file:
            rows = [row for row in csv.DictReader(file) if row["status"] == "ok" and row["method"] not in forgotten]
    for method in methods:
        for kind in args.kinds or LARGE_KINDS:
            if any((row["method"], row["kind"]) == (method.name, kind) for row in rows):
                continue
            with console.status(f"{method.name}, {kind}, {width}×{height}"):
                row = measure_large(
                    method,
                    source,
                    kind,
                    (width, height),
                    args.output / "large",
                    threads=args.threads,
                    peers_python=args.peers_python,
                    limit_s=args.timeout,
                )
            rows.append(row)
            console.print_json(json.dumps(row))
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, LARGE_COLUMNS)
                writer.writeheader()
                writer.writerows(rows)
    print(path)
    return 0 if all(row["status"] == "ok" for row in rows) else 1


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _growth(text: str) -> int:
    number = int(text)
    if not 0 <= number <= 50:
        raise argparse.ArgumentTypeError("must be from 0 to 50")
    return number


def _factor(text: str) -> float | None:
    if text == "auto":
        return None
    number = float(text)
    if not 0.1 <= number <= 100:
        raise argparse.ArgumentTypeError("must be between 0.1 and 100, or auto")
    return number


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.lower().partition("x")
    if not (width.isdigit() and height.isdigit() and min(int(width), int(height)) >= 64):
        raise argparse.ArgumentTypeError("must be WIDTHxHEIGHT, as 6000x4000, and at least 64x64")
    return int(width), int(height)
