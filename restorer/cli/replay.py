"""`restorer replay`: make an export again from the original and its manifest, and compare."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer import interruption
from restorer.cli import arguments
from restorer.cli.progress import notice, percent
from restorer.document.export import check_target, export
from restorer.document.replaying import TOLERANCE_EACH, TOLERANCE_MEAN, TOLERANCE_SHARE, read_manifest, replayed
from restorer.document.source import file_sha256
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import losses

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from restorer.document.export import Proof
    from restorer.document.replaying import Json, Restore, Verdict
    from restorer.engine.filling import Fills
    from restorer.imaging.job import Job
    from restorer.imaging.patch import Patch

DESCRIPTION = f"""\
Do the repairs of MANIFEST (as `restorer fill --manifest` or the window writes it beside an export) on ORIGINAL again,
write OUT and compare.  Under the recorded settings every pixel must be equal.  On another device, precision or version
each repair, and the picture inside the mask, may differ by {TOLERANCE_MEAN:.1%} of the range on average, and
{TOLERANCE_SHARE:.0%} of the values by at most {TOLERANCE_EACH:.0%}; that is said.  The export itself is compared with
its hash if it lies beside MANIFEST.  Exit code 0: equal, or within that tolerance, and all that MANIFEST says of it is
so; 1: not.
"""
DIFFERENT = 1


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "replay", help="make an export again from its manifest, and compare", description=DESCRIPTION
    )
    parser.add_argument("original", type=Path, metavar="ORIGINAL", help="the file that was restored; it is only read")
    parser.add_argument("manifest", type=Path, metavar="MANIFEST", help="the .restorer.json beside the export")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help="file to write")
    parser.add_argument("--overwrite", action="store_true", help="replace OUT if it exists (never the original)")
    parser.add_argument("--model", help="weights to use for all repairs, where the recorded name is not known here")
    parser.add_argument("--device", help="auto, cpu or cuda (default: as recorded, or the CPU where there is none)")
    parser.add_argument("--threads", type=arguments.threads, metavar="N", help="CPU threads (default: as recorded)")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    told = read_manifest(args.manifest)
    check_target(args.original, args.output, overwrite=args.overwrite, inputs=[args.manifest])
    with percent("Restoring") as report:
        document, verdict = replayed(args.original, told, _restoring(args, told, report))
    for sentence in losses(document.photograph, args.output):
        print(f"restorer: {sentence}", file=sys.stderr)
    proof = export(document, args.output, overwrite=args.overwrite)
    print(f"{args.output}: {proof.sentence}")
    untrue = (
        *verdict.untrue,
        *_untrue_of_file(args.manifest, told),
        *_untrue_counts(args.output, told, verdict, proof),
    )
    return _said(replace(verdict, untrue=untrue))


def _untrue_of_file(manifest: Path, told: Json) -> list[str]:
    """The export's own hash, if the file still lies beside the manifest: a new one has another history in it."""
    written = manifest.with_name(manifest.name.removesuffix(".restorer.json"))
    if written == manifest or not written.is_file():
        print("restorer: The export does not lie beside its manifest: its file was not compared.", file=sys.stderr)
        return []
    same = file_sha256(written) == told["output"].get("file_sha256")
    return [] if same else [f"“{written.name}” beside it is not the file that was exported"]


def _untrue_counts(target: Path, told: Json, verdict: Verdict, proof: Proof) -> list[str]:
    """The counts depend on the format, so only an equal picture in the same one is counted alike."""
    output = told["output"]
    before = Path(str(output.get("name", ""))).suffix.lower()  # left out of a DICOM's manifest, which stays one
    alike = before in ("", target.suffix.lower()) and "encoding" not in output
    if (
        not verdict.equal
        or not alike
        or (output.get("changed"), output.get("outside")) == (proof.changed, proof.outside)
    ):
        return []
    return [f"it says {output.get('changed')} pixels changed, {output.get('outside')} outside the mask"]


def _said(verdict: Verdict) -> int:
    for each in verdict.differences:
        if not each.equal:
            settings = f" ({'; '.join(each.settings)})" if each.settings else ""
            print(
                f"repair {each.number}: not equal, {each.mean:.4%} of the range on average, "
                f"{each.close:.2%} of its values within {TOLERANCE_EACH:.0%}{settings}"
            )
    for sentence in verdict.untrue:
        print(f"the manifest is not true: {sentence}")
    if verdict.equal and verdict.within:
        print("equal: every pixel is that of the export")
        return 0
    if verdict.within:
        print("within the tolerance: the pixels outside the mask are equal, the repairs nearly so")
        return 0
    if not verdict.outside_equal:
        what = "pixels outside the mask differ by more than the tolerance"
    elif verdict.equal:
        what = "the pixels are those of the export, but the manifest says other things that are not so"
    elif all(each.equal for each in verdict.differences):
        what = "the repairs are equal, but the picture made of them is not"
    elif all(each.within for each in verdict.differences) and verdict.shown is not None and not verdict.shown.within:
        what = "the picture made of the repairs differs by more than the tolerance"
    elif verdict.untrue:
        what = "the manifest says other things that are not so"
    else:
        what = "the repairs differ by more than the tolerance"
    print(f"different: {what}")
    return DIFFERENT


def _restoring(args: argparse.Namespace, told: Json, report: Callable[[float], None]) -> Restore:
    made: dict[tuple[str, str, str], Fills] = {}
    total = max(1, len({(each["number"], each["run"]) for each in told["repairs"]}))
    done = 0

    def restore(job: Job, recorded: Mapping[str, str]) -> tuple[Sequence[Patch], Mapping[str, str]]:
        nonlocal done
        key = (args.model or recorded["model"], recorded["device"], recorded["threads"])
        if key not in made:
            made[key] = _restorer(args, recorded)
        restorer = made[key]
        settings = restorer.made(job)
        if settings["weights_sha256"] != recorded["weights_sha256"]:
            raise RestorerError(
                f"The weights “{key[0]}” are not the ones of the manifest (sha256 {recorded['weights_sha256'][:12]}…): "
                "give their file with --model."
            )
        patches = restorer.restore(job, lambda share: report((done + share) / total))
        done += 1
        return patches, settings

    return restore


def _restorer(args: argparse.Namespace, recorded: Mapping[str, str]) -> Fills:
    with interruption.waits():
        from restorer.engine.filling import filler  # loads torch, so only once the input has been seen to be good

    threads = args.threads or min(max(1, int(recorded["threads"])), arguments.MOST_THREADS)
    model = args.model or recorded["model"]
    if args.device is not None:
        return filler(model, args.device, threads, notice)
    try:
        return filler(model, recorded["device"], threads, notice)
    except RestorerError:
        if recorded["device"] == "cpu":
            raise
        print(f"restorer: There is no {recorded['device']} here: the CPU is used.", file=sys.stderr)
        return filler(model, "cpu", threads, notice)
