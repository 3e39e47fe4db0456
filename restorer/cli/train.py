"""`restorer train`: train the flagship on photographs."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from restorer.training.trainer import Config, Progress

DESCRIPTION = """\
Train the network on clean photographs with synthetic damage.  A run lives in its folder: started again with the same
-o it goes on from the checkpoint there.  Take the weights out of it with `restorer train export`.
"""


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("train", help="train the network", description=DESCRIPTION)
    parser.add_argument("--data", type=Path, required=True, help="folder of training shards (.tar) or of pictures")
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder of the run: checkpoint, log, settings")
    parser.add_argument("--only", nargs="+", default=[], metavar="PART", help="only shards with PART in their name")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="stop after so many minutes")
    parser.add_argument("--threads", type=int, default=None, help="CPU threads (default: all)")
    for name, kind, default in _settings():
        if kind == "bool":
            parser.add_argument(f"--{name}", action=argparse.BooleanOptionalAction, default=default)
        else:
            types = {"int": int, "float": float, "str": str}
            parser.add_argument(f"--{name.replace('_', '-')}", type=types[kind], default=default, help=f"(default: {default})")
    parser.set_defaults(func=run)


def _settings() -> list[tuple[str, str, Any]]:
    from restorer.training.trainer import Config

    return [(f.name, str(f.type), f.default) for f in dataclasses.fields(Config)]


def run(args: argparse.Namespace) -> int:
    import torch
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TextColumn, TimeRemainingColumn

    from restorer.training.pictures import Pictures
    from restorer.training.trainer import Config, train

    if args.threads:
        torch.set_num_threads(args.threads)
    config = Config(**{name: getattr(args, name) for name, _, _ in _settings()})
    pictures = Pictures.load(args.data, args.only)
    columns = (*Bar.get_default_columns()[:-1], TimeRemainingColumn(), TextColumn("{task.fields[said]}"))
    with Bar(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(f"{len(pictures)} pictures", total=config.steps, said="")
        checkpoint = train(
            pictures, config, args.output, lambda p: bar.update(task, completed=p.step, said=_said(p, config)), args.minutes * 60
        )
    print(checkpoint)
    return 0


def _said(progress: Progress, config: Config) -> str:
    del config
    return f"narrow {progress.narrow:.3f} wide {progress.wide:.3f} rate {progress.rate:.1e}"
