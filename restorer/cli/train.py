"""`restorer train`: train the network, and take its weights out of a run."""

from __future__ import annotations

import argparse
import dataclasses
import json
import signal
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer.cli import arguments
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

    from restorer.training.trainer import Progress

DESCRIPTION = """\
Train the network on clean photographs with synthetic damage.  A run lives in its folder (-o): started again with the
same folder it goes on from the checkpoint there, also with more --steps.  `restorer train export RUN -o FILE` takes
the weights out of it.  Pictures are kept in memory at 8 bits a channel, the longer side at most 1024 px.
"""
INTERRUPTED = 130

# the settings of trainer.Config, said here again so that --help does not have to load torch; a test holds them equal
SETTINGS: dict[str, tuple[Any, str]] = {
    "channels": (64, "width of the network"),
    "blocks": (10, "residual blocks of the network"),
    "steps": (20_000, "steps in all"),
    "warmup": (200, "steps over which the learning rate rises"),
    "cooldown": (2_000, "steps at the end over which it falls to 0"),
    "rate": (1.5e-3, "learning rate"),
    "weight_decay": (1e-4, "weight decay"),
    "crop": (128, "side of a crop, px"),
    "batch": (10, "crops a step"),
    "wide": (3, "of them with wide damage"),
    "masks": (6_000, "masks drawn beforehand"),
    "scale_weight": (0.02, "weight of the loss that teaches the expected error"),
    "average": (0.999, "decay of the moving average of the weights"),
    "clip": (1.0, "largest norm of the gradient"),
    "seed": (1, "seed of everything random"),
    "save_minutes": (4.0, "minutes between checkpoints"),
    "device": ("cpu", "cpu or cuda"),
    "autocast": (True, "bfloat16 inside the network"),
}


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("train", help="train the network", description=DESCRIPTION)
    parser.add_argument("action", nargs="?", choices=("run", "export"), default="run", help="(default: run)")
    parser.add_argument("folder", nargs="?", type=Path, metavar="RUN", help="for `export`: the folder of the run")
    parser.add_argument("--data", type=Path, help="folder of training shards (.tar) or of pictures")
    parser.add_argument(
        "-o", "--output", type=Path, required=True, help="folder of the run; for `export`, a .safetensors file"
    )
    parser.add_argument("--only", nargs="+", default=[], metavar="PART", help="only shards with PART in their name")
    parser.add_argument("--minutes", type=arguments.minutes, default=float("inf"), help="stop after so many minutes")
    parser.add_argument(
        "--threads", type=arguments.threads, metavar="N", help="CPU threads (default: as many as there are cores)"
    )
    parser.add_argument("--card", type=Path, help="for `export`: JSON file with what else the card is to say")
    for name, (default, meaning) in SETTINGS.items():
        flag = "--" + name.replace("_", "-")
        text = f"{meaning} (default: {default})"
        if isinstance(default, bool):
            parser.add_argument(flag, action=argparse.BooleanOptionalAction, default=default, help=text)
        else:
            parser.add_argument(flag, type=type(default), default=default, help=text)
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    return _export(args) if args.action == "export" else _train(args)


def _train(args: argparse.Namespace) -> int:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TextColumn, TimeRemainingColumn

    from restorer.training.pictures import Pictures
    from restorer.training.trainer import Config, train

    if args.data is None:
        raise RestorerError("Name the training pictures with --data DIR.")
    if args.folder is not None:
        raise RestorerError(f"`run` takes no folder {args.folder}: name the folder of the run with -o.")
    config = Config(**{name: getattr(args, name) for name in SETTINGS})
    pictures = Pictures.load(args.data, args.only)
    said = f"{len(pictures)} pictures, {pictures.megabytes:.0f} MB"
    print(f"restorer: {said}", file=sys.stderr)
    columns = (*Bar.get_default_columns()[:-1], TimeRemainingColumn(), TextColumn("{task.fields[said]}"))
    done = 0
    with Bar(*columns, console=Console(stderr=True)) as bar, _signals(lambda: done > 0) as stop:
        task = bar.add_task(said, total=config.steps, said="")

        def report(progress: Progress) -> None:
            nonlocal done
            done = progress.step
            parts = {"narrow": progress.narrow, "wide": progress.wide}
            errors = " ".join(f"{name} {share:.3f}" for name, share in parts.items() if share == share)  # not nan
            bar.update(task, completed=progress.step, said=f"{errors} rate {progress.rate:.1e}")

        checkpoint = train(pictures, config, args.output, report, args.minutes * 60, args.threads, stop.is_set)
    if stop.is_set() and done < config.steps:
        print(f"restorer: stopped at step {done}; start again with the same -o to go on.", file=sys.stderr)
        return INTERRUPTED
    print(checkpoint)
    return 0


@contextmanager
def _signals(begun: Callable[[], bool]) -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C or SIGTERM, so that a step is finished and saved.

    Before the training has begun there is nothing to save, and who asks twice will not wait: then they stop at once.
    """
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set() or not begun():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _export(args: argparse.Namespace) -> int:
    from restorer.engine import weights
    from restorer.training.trainer import config_of, load_checkpoint

    if args.folder is None or args.output.suffix != ".safetensors":
        raise RestorerError("Say `restorer train export RUN -o NAME.safetensors`.")
    checkpoint = args.folder / "checkpoint.pt"
    state = load_checkpoint(checkpoint)
    config = config_of(state, checkpoint)
    try:
        more = json.loads(args.card.read_text(encoding="utf-8")) if args.card else {}
        if not isinstance(more, dict):
            raise ValueError("it is no object")
    except (OSError, ValueError) as error:
        raise RestorerError(f"The card {args.card} cannot be read ({error}): give a JSON file.") from None
    card = {
        "network": "reweave",
        "shape": {"channels": config.channels, "blocks": config.blocks},
        **more,
        "steps": state["step"],
        "settings": dataclasses.asdict(config),
    }
    saved = weights.save(args.output, state["average"], card)
    print(f"{saved.path}: step {state['step']}, sha256 {saved.sha256}")
    return 0
