"""`restorer train prepare`: training shards of anyone's pictures."""

from __future__ import annotations

import argparse
import math
import os
import sys
from pathlib import Path
from typing import Any

from restorer.cli import arguments
from restorer.cli.progress import percent

DESCRIPTION = """\
Make training shards of all pictures below the FOLDERs, for `restorer train --data DIR`: reduced, without those that are
too small, empty or show the same as another, with a manifest.  The pictures are only read.  Broken off, the same
command goes on.  Exit code 1: made, but some files could not be read and are named.
"""
SOME_UNREADABLE = 1


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "prepare", help="make training shards of folders of pictures", description=DESCRIPTION
    )
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER", help="searched with all that is below it")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR", help="folder to make")
    side = arguments.whole(32, 16383)
    parser.add_argument("--longest", type=side, default=640, metavar="PX", help="longer side, at most (default: 640)")
    parser.add_argument(
        "--smallest", type=side, default=256, metavar="PX", help="shorter side, at least (default: 256)"
    )
    parser.add_argument(
        "--shard-mib", type=arguments.whole(1, 4096), default=16, metavar="N", help="size of a shard (default: 16)"
    )
    parser.add_argument(
        "--validation", type=_share, default=0.0, metavar="SHARE", help="put so much aside in DIR/val (default: 0)"
    )
    parser.add_argument("--licence", default="", metavar="TEXT", help="licence of the pictures, for the manifest")
    parser.add_argument("--seed", type=arguments.seed, default=1, metavar="N", help="of the order (default: 1)")
    parser.add_argument(
        "--workers",
        type=arguments.threads,
        default=min(4, os.cpu_count() or 1),
        metavar="N",
        help="pictures decoded at the same time (default: 4, or as many as there are cores)",
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from restorer.training.prepare import prepare
    from restorer.training.staging import Settings

    settings = Settings(
        longest=args.longest,
        smallest=args.smallest,
        shard_bytes=args.shard_mib * 2**20,
        validation=args.validation,
        seed=args.seed,
        licence=args.licence,
    )
    with percent("Reading pictures") as report:
        done = prepare(
            args.folders,
            args.output,
            settings,
            lambda so_many, of: report(so_many / of),
            lambda sentence: print(f"restorer: {sentence}", file=sys.stderr),
            args.workers,
        )
    print(
        f"{done.folder}: {done.training} pictures to train on, {done.validation} for validation, {done.shards} shards; "
        f"left out: {done.count('duplicate')} duplicates, {done.count('small')} too small, {done.count('flat')} empty, "
        f"{done.count('unreadable')} unreadable"
    )
    return SOME_UNREADABLE if done.count("unreadable") else 0


def _share(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 0.5:
        raise argparse.ArgumentTypeError(f"{text[:30]} is no share from 0 to 0.5")
    return number
