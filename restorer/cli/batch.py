"""`restorer batch`: restore many pictures, or the frames of a film, into a folder."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer.batch.cluster import on_cluster
from restorer.batch.entries import plan
from restorer.batch.film import frames
from restorer.batch.hands import usable_cores
from restorer.batch.inputs import gather
from restorer.batch.journal import FOLDER, WAY_OUT
from restorer.batch.pairing import paired
from restorer.batch.queue import Batch
from restorer.batch.report import NAMES, write_report
from restorer.batch.settings import Settings
from restorer.cli import arguments
from restorer.cli.progress import notice
from restorer.imaging.errors import RestorerError
from restorer.imaging.findings import DEFAULT_SENSITIVITY, KINDS
from restorer.imaging.infrared import SHOWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from restorer.batch.entries import Entry
    from restorer.batch.outcome import Event
    from restorer.document.export import Options

DESCRIPTION = """\
Restore the pictures INPUT (files, or folders of them) and write the results into FOLDER under the same names, with
report.csv and report.json.  Damage is given by masks of the same names, or is found.  Pictures are the same as those of
`restorer fill`.  What is not damaged is copied byte for byte; with --strip-gps it is written without the
place, pixel for pixel.  A bad file is told of and left out.

A mask is NAME.png, or NAME-mask.png or NAME.tif.mask.png, which goes before it.  Masks, and what earlier batches wrote
into FOLDER or into folders below INPUT, are no pictures to restore; a picture to restore is no mask.

Nothing is overwritten.  A batch that was stopped, or killed, goes on with --resume.
"""
FAILED = 2


def add_parser(commands: Any) -> None:
    parser: arguments.Parser = commands.add_parser(
        "batch",
        help="restore many pictures, or a film's frames",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    add = parser.add_argument
    add("inputs", nargs="+", type=Path, metavar="INPUT", help="pictures, and folders of them; they are only read")
    add("-o", "--output", type=Path, required=True, metavar="FOLDER", help="folder to write to; made if missing")
    add("--recursive", action="store_true", help="also the folders below; they come again in FOLDER")
    what = parser.add_argument_group("damage").add_argument
    what(
        "--masks",
        type=Path,
        metavar="FOLDER",
        help="masks of the pictures' names, or these and -mask; white is restored",
    )
    what("--mask", type=Path, metavar="FILE", help="one mask for all, as of a hair in the gate; may be added to others")
    what("--detect", action="store_true", help="find the damage")
    what(
        "--sensitivity",
        type=arguments.share,
        metavar="0..1",
        help=f"of --detect: 0 marks what is certain, 1 whatever may be damage (default: {DEFAULT_SENSITIVITY})",
    )
    what(
        "--kinds",
        type=arguments.some_of(KINDS),
        metavar="KIND,…",
        help=f"of --detect: what to look for, of {', '.join(KINDS)} (default: all; with --infrared what infrared "
        f"shows, {' and '.join(SHOWN)})",
    )
    what(
        "--infrared",
        type=arguments.infrared_place,
        metavar="WHERE",
        help="of --detect: use the infrared scan in each TIFF's extra channel (`channel`) or on a page of its own (its "
        "number)",
    )
    what("--film", action="store_true", help="numbered frames: dust that stands in one only is filled from the others")
    what(
        "--grow",
        type=arguments.growth,
        metavar="PX",
        help=f"grow marks by so many px (default: 0 for masks, {Settings.grow_found} for what is found)",
    )
    how = parser.add_argument_group("work").add_argument
    how("--model", help="bundled model, a .safetensors file, or “patches”, which only copies (see `restorer models`)")
    how("--detector", metavar="MODEL", help="of --detect: bundled detector or a .safetensors file")
    how("--device", default="auto", help="auto, cpu or cuda (default: auto)")
    how("--seed", type=arguments.seed, default=0, metavar="N", help="equal seeds give equal pixels (default: 0)")
    how("--workers", type=arguments.threads, default=1, metavar="N", help="processes that share the cores (default: 1)")
    how("--threads", type=arguments.threads, metavar="N", help="CPU threads of each (default: what cores there are)")
    how(
        "--scheduler",
        metavar="ADDRESS",
        help="let a Dask cluster do it; INPUT and FOLDER must have the same paths on each of its workers",
    )
    how("--resume", action="store_true", help="go on where an earlier run of the same batch ended")
    how("--overwrite", action="store_true", help="replace files in FOLDER (never an original)")
    arguments.add_grain(how)
    out = parser.add_argument_group("what is written").add_argument
    parser.dashed = ("--suffix",)
    out("--suffix", default="", metavar="END", help="end of the names: .tif or .png, -restored, or -restored.tif")
    arguments.add_beside(
        out,
        manifest="also NAME.restorer.json, as of `restorer fill`",
        mask="also NAME.png.mask.png, the mask as it was used",
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    """Returns 0 if everything was done for every file."""
    _check(args)
    options = arguments.export_options(args)
    entries = _entries(args, options)
    _check_reports(args.output, args.resume or args.overwrite)
    settings = Settings(
        model=args.model,
        detector=args.detector,
        device=args.device,
        threads=args.threads or usable_cores(),
        seed=args.seed,
        grain=args.grain,
        **({} if args.grow is None else {"grow": args.grow, "grow_found": args.grow}),
        detect=args.detect,
        sensitivity=DEFAULT_SENSITIVITY if args.sensitivity is None else args.sensitivity,
        kinds=args.kinds,
        infrared=args.infrared,
        film=args.film,
        options=options,
    )
    batch = Batch(
        entries,
        args.output,
        settings,
        resume=args.resume,
        overwrite=args.overwrite,
        workers=args.workers,
        hands=on_cluster(args.scheduler, args.threads) if args.scheduler else None,
    )
    if args.resume and (count := batch.made_otherwise()):
        raise RestorerError(
            f"Results in {args.output} were made with other settings or weights ({count}): give another folder, or "
            "--overwrite to make them anew."
        )
    try:
        with _progress(entries) as told:
            outcomes = batch.run(told)
    finally:
        if batch.begun:
            write_report(batch, args.output)
    _tell_doubtful(batch)
    counts = Counter("rejected" if at in batch.rejected else outcome.status for at, outcome in outcomes.items())
    named = ("restored", "copied", "failed", "skipped", *(["rejected"] if batch.rejected else []))
    print(", ".join(f"{counts[status]} {status}" for status in named))
    return 0 if all(outcome.good for outcome in outcomes.values()) else FAILED


def _check(args: argparse.Namespace) -> None:
    if not (args.masks or args.mask or args.detect or args.film):
        raise RestorerError("Nothing says where the damage is: give --masks FOLDER, --mask FILE, --detect or --film.")
    if args.detect and (args.masks or args.mask or args.film):
        raise RestorerError("--detect finds the damage alone: leave out --masks, --mask and --film, or it.")
    for option in ("infrared", "sensitivity", "kinds", "detector"):
        if getattr(args, option) is not None and not args.detect:
            raise RestorerError(f"--{option} says how damage is found: add --detect, or leave it out.")
    if args.film and args.manifest:
        raise RestorerError("A frame that is filled from its neighbours cannot be replayed: leave out --manifest.")


def _entries(args: argparse.Namespace, options: Options) -> list[Entry]:
    leave_out = [args.output, *([args.masks] if args.masks else [])]
    found = gather(args.inputs, recursive=args.recursive, leave_out=leave_out, notice=notice)
    pairs = paired(found, args.masks, args.mask, needed=not args.film, notice=notice)
    entries = plan(pairs, args.output, args.suffix, options)
    return frames(entries) if args.film else entries


def _tell_doubtful(batch: Batch) -> None:
    """At the end, where it is not lost among hundreds of lines."""
    doubtful = [batch.entry(number).source for number in sorted(batch.outcomes) if batch.outcomes[number].doubtful]
    if doubtful:
        notice(f"Much was marked in {len(doubtful)} of them: look at these before you keep them.")
        for source in doubtful:
            print(f"  {source}", file=sys.stderr)


def _check_reports(output: Path, allowed: bool) -> None:
    """Reports of an earlier batch are replaced; other files of these names are somebody's."""
    for name in NAMES:
        if (output / name).exists() and not allowed and not (output / FOLDER).is_dir():
            raise RestorerError(f"{output / name} exists: choose another folder, or allow replacing (--overwrite).")


@contextmanager
def _progress(entries: list[Entry]) -> Iterator[Callable[[Event], None]]:
    """A line for each file that ends, and a bar where stderr is a terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    sources = {entry.number: entry.source for entry in entries}
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("Restoring", total=len(entries))

        def told(event: Event) -> None:
            if event.kind == "progress" and event.stage == "restore":
                bar.update(task, description=sources[event.number].name)
            if event.outcome is None:
                return
            bar.advance(task)
            source, outcome = sources[event.number], event.outcome
            for remark in outcome.remarks if not event.before else ():
                print(f"restorer: {source.name}: {remark}", file=sys.stderr)
            if event.kind == "rejected":
                print(f"{event.target}: rejected in an earlier review, and put aside", flush=True)
            elif outcome.good:
                again = " (before)" if event.before else ""
                print(f"{event.target}: {outcome.sentence}{again}", flush=True)
            else:
                print(f"restorer: {source}: {_with_switch(outcome.sentence)}", file=sys.stderr)

        yield told


def _with_switch(sentence: str) -> str:
    """What stands in the way is told with the switch that allows it; reports, which the window writes too, lack it."""
    return sentence.replace(f"{WAY_OUT}.", f"{WAY_OUT} (--overwrite).")
