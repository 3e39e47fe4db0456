"""`restorer train calibrate`: from which probability on a detector marks, into its card."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from restorer.cli import arguments
from restorer.cli.progress import percent
from restorer.imaging.errors import RestorerError

DESCRIPTION = """\
Choose a detector's thresholds, one for each kind of damage, on clean photographs that it was not taught with: the best
F1 on drawn damage, as long as no more than a share of the clean photographs is marked.  Writes the weights again, with
the thresholds in their card.
"""


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "calibrate", help="choose a detector's thresholds", description=DESCRIPTION
    )
    parser.add_argument("model", metavar="MODEL", help="a detector: bundled or a .safetensors file")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR", help="folder of shards or of pictures")
    parser.add_argument("--only", nargs="+", default=(), metavar="PART", help="only shards with PART in their name")
    parser.add_argument(
        "--pictures", type=arguments.whole(1, 100_000), default=40, metavar="N", help="take so many (default: 40)"
    )
    parser.add_argument(
        "--clean", type=arguments.share, metavar="0..1", help="share of clean pictures that may be marked (0.001)"
    )
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=".safetensors file to write")
    parser.add_argument("--threads", type=arguments.threads, metavar="N", help="CPU threads (default: one a core)")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from restorer.engine import weights
    from restorer.engine.detector import Detector
    from restorer.training.pictures import Pictures
    from restorer.training.thresholds import CLEAN_SHARE, choose

    if args.output.suffix != ".safetensors":
        raise RestorerError(f"The weights {args.output} cannot be written: give a name that ends in .safetensors.")
    if not args.output.parent.is_dir():  # said before the minutes that choosing takes
        raise RestorerError(f"The folder {args.output.parent} does not exist: create it, or choose another one.")
    found = weights.find(args.model, "finds")
    detector = Detector(args.model, "cpu", args.threads)
    pictures = Pictures.load(args.data, args.only).spread(args.pictures)
    share = CLEAN_SHARE if args.clean is None else args.clean
    with percent("Choosing thresholds") as report:
        chosen = choose(detector, pictures, share, report=report)
    thresholds = {kind: one.threshold for kind, one in chosen.items()}
    weights.save(args.output, found.tensors(), {**found.card, "thresholds": thresholds})
    for kind, one in chosen.items():
        print(f"{kind}: from {one.threshold:.3f}, F1 {one.f1:.3f}, {100 * one.clean:.4f} % of clean pictures marked")
    return 0
