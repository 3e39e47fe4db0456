"""`restorer fill`: restore one picture under a mask."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer import interruption
from restorer.cli import arguments
from restorer.cli.progress import notice, percent
from restorer.document.copying import is_copy
from restorer.document.document import Document
from restorer.document.export import check_export, export
from restorer.imaging import mask as masks
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import jpeg_copy, losses, read_mask_with_remarks

if TYPE_CHECKING:
    from restorer.engine.filling import Fills
    from restorer.imaging.files import Photograph
    from restorer.imaging.files.jpeg_copy import Copying

DESCRIPTION = """\
Restore IMAGE where MASK is white and write the result.  Pixels outside the mask stay as they are; so do depth, colour
profile and metadata.  PNG, TIFF and JPEG 2000 are written as what they were, without loss; a JPEG written as JPEG
keeps every block that the mask does not touch; a DICOM becomes a derived object, which is not for
diagnosis.
"""


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "fill", help="restore a picture under a mask", description=DESCRIPTION
    )
    parser.add_argument("image", type=Path, metavar="IMAGE", help="any picture that the program opens; it is only read")
    parser.add_argument("--mask", type=Path, required=True, help="picture of the same size; white (> 127) is restored")
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT",
        help="file to write: .png or .tif, or the picture's own format (JPEG, JPEG 2000, DICOM)",
    )
    parser.add_argument("--overwrite", action="store_true", help="replace OUT if it exists (never the original)")
    parser.add_argument(
        "--grow", type=arguments.growth, default=0, metavar="PX", help="grow the mask first, by so many px (default: 0)"
    )
    parser.add_argument(
        "--model", help="bundled model, a .safetensors file, or “patches”, which only copies (see `restorer models`)"
    )
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda (default: auto)")
    parser.add_argument(
        "--threads", type=arguments.threads, metavar="N", help="CPU threads (default: as many as there are cores)"
    )
    parser.add_argument(
        "--seed", type=arguments.seed, default=0, metavar="N", help="equal seeds give equal pixels (default: 0)"
    )
    arguments.add_grain(parser.add_argument)
    arguments.add_feather(parser.add_argument)
    parser.add_argument(
        "--frame",
        type=arguments.whole(1, 1 << 24),
        default=1,
        metavar="N",
        help="frame of a DICOM or page of a TIFF, 1, 2, …; the others stay as they are (default: 1)",
    )
    arguments.add_beside(
        parser.add_argument,
        manifest="write OUT.restorer.json beside OUT: what was changed, by what, with hashes; for `restorer replay`",
        mask="write the mask as it was used beside OUT, as OUT.mask.png",
    )
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    options = arguments.export_options(args)
    check_export(args.image, args.output, overwrite=args.overwrite, inputs=[args.mask], options=options)
    document = Document.open(args.image, page=args.frame)
    document.grain, document.feather = args.grain, args.feather
    if document.photograph.page != args.frame:
        raise RestorerError(f"“{args.image.name}” has no frames to choose from: leave out --frame.")
    document.source.sha256()  # of the file as it is now: a change while the network works is noticed
    for sentence in _sentences(document.photograph, args.output, options.copying):
        print(f"restorer: {sentence}", file=sys.stderr)
    mask, of_mask = read_mask_with_remarks(args.mask, document.mask.shape)
    for sentence in of_mask:
        print(f"restorer: {sentence}", file=sys.stderr)
    masks.check(mask, document.mask.shape)
    document.set_mask(mask)
    job = document.job(grow=args.grow, seed=args.seed)
    restorer = _restorer(args)
    with percent("Restoring") as report:
        patches = restorer.restore(job, report)
    document.apply(job, patches, restorer.made(job))
    proof = export(document, args.output, overwrite=args.overwrite, options=options)
    for sentence in proof.remarks:
        print(f"restorer: {sentence}", file=sys.stderr)
    print(f"{args.output}: {proof.sentence}")
    return 0


def _sentences(photograph: Photograph, target: Path, copying: Copying | None) -> list[str]:
    """What is to be said of the file, each thing once: that a page is opened goes without saying if it is saved."""
    anew = copying is not None and is_copy(photograph, target)
    lost = jpeg_copy.losses(photograph) if anew else losses(photograph, target)
    of_several = any("Only page" in sentence or "further pictures" in sentence for sentence in lost)
    remarks = [text for text in photograph.remarks if not (of_several and text.endswith(" is opened."))]
    return list(dict.fromkeys((*remarks, *lost)))


def _restorer(args: argparse.Namespace) -> Fills:
    with interruption.waits():
        from restorer.engine.filling import filler  # loads torch, so only once the input has been seen to be good

    return filler(args.model, args.device, args.threads, notice)
