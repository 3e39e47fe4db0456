"""`restorer detect`: find the damage of one picture and write it as a mask."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer import interruption
from restorer.cli import arguments
from restorer.cli.progress import notice, percent
from restorer.document.export import check_target
from restorer.imaging import infrared
from restorer.imaging import mask as masks
from restorer.imaging.damage import check_infrared, damage_of, looked_at
from restorer.imaging.files import read_photograph, write_mask
from restorer.imaging.findings import DEFAULT_SENSITIVITY, KINDS
from restorer.imaging.patch import Whole

if TYPE_CHECKING:
    from restorer.engine.detector import Detector
    from restorer.imaging.findings import Findings

DESCRIPTION = """\
Find scratches, dust, cracks and stains in IMAGE and write them as MASK: white is damaged.  The mask can be edited like
any other picture, and `restorer fill --mask` takes it.
"""
DEFAULT_GROWTH = 2


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "detect", help="find the damage of a picture", description=DESCRIPTION
    )
    parser.add_argument("image", type=Path, metavar="IMAGE", help="the picture; it is only read")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="MASK", help="PNG file to write")
    parser.add_argument("--overwrite", action="store_true", help="replace MASK if it exists (never the picture)")
    parser.add_argument(
        "--sensitivity",
        type=arguments.share,
        default=DEFAULT_SENSITIVITY,
        metavar="0..1",
        help=f"0 marks what is certain, 1 whatever may be damage (default: {DEFAULT_SENSITIVITY})",
    )
    parser.add_argument(
        "--kinds",
        type=arguments.some_of(KINDS),
        metavar="KIND,…",
        help=f"what to look for, of {', '.join(KINDS)} (default: all; with --infrared what infrared shows, "
        f"{' and '.join(infrared.SHOWN)})",
    )
    parser.add_argument(
        "--infrared",
        type=arguments.infrared_place,
        metavar="WHERE",
        help="use the infrared scan in a TIFF's extra channel (`channel`) or on a page of its own (its number)",
    )
    parser.add_argument(
        "--grow",
        type=arguments.growth,
        default=DEFAULT_GROWTH,
        metavar="PX",
        help=f"grow what is found by so many px, as damage leaks past its edge (default: {DEFAULT_GROWTH})",
    )
    parser.add_argument("--model", help="bundled detector or a .safetensors file")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda (default: auto)")
    parser.add_argument(
        "--threads", type=arguments.threads, metavar="N", help="CPU threads (default: as many as there are cores)"
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    check_target(args.image, args.output, overwrite=args.overwrite)
    photograph = read_photograph(args.image, infrared=args.infrared, inks=True)
    if args.infrared is not None:
        check_infrared(photograph)
    for remark in photograph.remarks:
        print(f"restorer: {remark}", file=sys.stderr)

    def look() -> Findings:
        detector = _detector(args)
        with percent("Looking for damage") as report:
            return detector.find(looked_at(Whole(photograph.pixels), photograph), report)

    mask = masks.grown(damage_of(photograph, args.sensitivity, args.kinds, look), args.grow)
    write_mask(args.output, mask, overwrite=args.overwrite)
    marked = int(mask.sum())
    if marked:
        print(f"{args.output}: {marked} pixels marked, {100 * marked / mask.size:.2f} % of the picture")
    else:
        print(f"{args.output}: nothing found, the mask is empty")
    return 0


def _detector(args: argparse.Namespace) -> Detector:
    with interruption.waits():
        from restorer.engine.detector import Detector  # loads torch, so only once the picture has been read

    return Detector(args.model, args.device, args.threads, notice)
