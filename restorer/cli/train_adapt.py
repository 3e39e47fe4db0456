"""`restorer train adapt`: weights taught a little more by one's own photographs."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer.cli import arguments
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from restorer.training.adapt import Adapted, Request

DESCRIPTION = """\
Teach weights a little more by about 20 undamaged photographs of one's own collection, in minutes.  A quarter of them is
put aside; what does not gain on these is not kept.  With --name the new weights are then chosen as `--model NAME`.
"""
NOTHING_GAINED = 1


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "adapt", help="teach weights by one's own photographs", description=DESCRIPTION
    )
    parser.add_argument(
        "photographs", nargs="+", type=Path, metavar="PHOTOGRAPH", help="files or folders, without damage; only read"
    )
    to = parser.add_mutually_exclusive_group(required=True)
    to.add_argument("--name", help="what to call the new weights, for --model and the window")
    to.add_argument("-o", "--output", type=Path, metavar="WEIGHTS", help="or a .safetensors file to write")
    parser.add_argument("--model", help="what to start from (default: the default model)")
    parser.add_argument(
        "--minutes", type=arguments.minutes, default=5.0, metavar="N", help="about how long it may take (default: 5)"
    )
    parser.add_argument(
        "--steps", type=arguments.whole(1, 10**6), metavar="N", help="so many steps instead, however long they take"
    )
    parser.add_argument("--anyway", action="store_true", help="keep the weights even if they do not gain")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda (default: auto)")
    parser.add_argument(
        "--threads", type=arguments.threads, metavar="N", help="CPU threads (default: as many as there are cores)"
    )
    parser.add_argument("--seed", type=arguments.seed, default=1, metavar="N", help="of everything random (default: 1)")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    if args.minutes == float("inf"):
        raise RestorerError("The time --minutes is without end: say how many minutes it may take.")
    from restorer.training.adapt import Request, own_target

    request = Request(
        photographs=tuple(args.photographs),
        target=args.output if args.name is None else own_target(args.name),
        model=args.model,
        minutes=args.minutes,
        steps=args.steps,
        anyway=args.anyway,
        device=args.device,
        threads=args.threads,
        seed=args.seed,
    )
    adapted = _adapted(request)
    print(_said(adapted))
    if adapted.weights is None:
        print(
            "restorer: That is no gain, and nothing was written: give more photographs or more --minutes, or keep the "
            "weights with --anyway.",
            file=sys.stderr,
        )
        return NOTHING_GAINED
    chosen = args.name if args.name is not None else os.fspath(adapted.weights.path)
    print(f"{adapted.weights.path}: choose it with --model {chosen!r}")
    return 0


def _adapted(request: Request) -> Adapted:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TextColumn

    from restorer.training.adapt import Progress, adapt

    console = Console(stderr=True)
    columns = (*Bar.get_default_columns()[:-1], TextColumn("{task.fields[left]}"))
    with Bar(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=1.0, left="")
        said: list[str] = []

        def report(progress: Progress) -> None:
            left = f"{progress.seconds_left / 60:.1f} min left"
            bar.update(task, completed=progress.share, description=progress.stage.capitalize(), left=left)
            if not console.is_terminal and said[-1:] != [progress.stage]:  # a line for each stage, in a log
                said.append(progress.stage)
                print(f"restorer: {progress.stage.capitalize()} …", file=sys.stderr)

        return adapt(request, report, lambda sentence: bar.console.print(f"restorer: {sentence}", highlight=False))


def _said(adapted: Adapted) -> str:
    kinds = (
        ("narrow", adapted.before.narrow, adapted.after.narrow, adapted.narrow_gain),
        ("wide", adapted.before.wide, adapted.after.wide, adapted.wide_gain),
    )
    parts = [
        f"{kind} damage {sum(before) / len(before):.2f} → {sum(after) / len(after):.2f} dB ({gain:+.2f})"
        for kind, before, after, gain in kinds
    ]
    return (
        f"On {adapted.put_aside} photographs put aside: {', '.join(parts)}; learnt from {adapted.learnt_from} in "
        f"{adapted.steps} steps, {adapted.seconds / 60:.1f} minutes."
    )
