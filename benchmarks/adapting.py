"""What adapting to a collection gains: `python benchmarks/adapting.py COLLECTION OTHERS --page`.

COLLECTION is a folder of photographs of one collection, OTHERS one of pictures that have nothing to do with it. Some
photographs are given to `restorer train adapt`; the others of the collection are never shown to it, and are filled with
the weights of before and after: the same damage, PSNR in the hole. What stands beside ± is one standard error of the
mean difference. Prints a table, or with --page puts it into docs/adapting.md.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
from pathlib import Path

import numpy as np
from into_page import put
from numpy.typing import NDArray

from restorer.engine import weights
from restorer.training.adapt import Request, adapt
from restorer.training.collection import EXAMINED
from restorer.training.examination import Measured, examine
from restorer.training.pictures import picture_files, read_picture, reduced

PAGE = Path(__file__).resolve().parent.parent / "docs" / "adapting.md"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("collection", type=Path, help="folder of photographs of one collection")
    parser.add_argument("others", type=Path, help="folder of other pictures")
    parser.add_argument("--given", type=int, default=20, metavar="N", help="photographs to adapt to (default: 20)")
    parser.add_argument("--kept", type=int, default=20, metavar="N", help="photographs never shown (default: 20)")
    parser.add_argument("--steps", type=int, default=400, metavar="N", help="to learn (default: 400)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, metavar="N")
    parser.add_argument("--page", action="store_true", help="put the table into docs/adapting.md")
    arguments = parser.parse_args()
    files = picture_files(arguments.collection)
    order = np.random.default_rng((arguments.seed, 10)).permutation(len(files))
    given = tuple(files[i] for i in order[: arguments.given])
    kept = [files[i] for i in order[arguments.given : arguments.given + arguments.kept]]
    others = picture_files(arguments.others)
    others = [others[i] for i in np.linspace(0, len(others) - 1, min(len(others), arguments.kept)).astype(int)]
    if len(kept) < 2 or len(others) < 2:
        parser.error("there are too few photographs: give larger folders, or lower --given and --kept")
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "adapted.safetensors"
        request = Request(
            given, target, steps=arguments.steps, seed=arguments.seed, threads=arguments.threads, anyway=True
        )
        adapted = adapt(request, tell=lambda sentence: print(sentence, file=sys.stderr))
        rows = [
            ("put aside by the command", adapted.put_aside, adapted.before, adapted.after),
            *(
                (name, len(paths), *_before_and_after(paths, target, arguments))
                for name, paths in (("of the collection, never shown", kept), ("other pictures", others))
            ),
        ]
    folders = {str(arguments.collection), str(arguments.others)}
    options = [word for word in sys.argv[1:] if word.rstrip("/") not in folders]
    said = " ".join(["python benchmarks/adapting.py COLLECTION OTHERS", *options])
    lines = [
        f"`{said}`: {len(given)} photographs given, {adapted.steps} steps, {adapted.seconds / 60:.1f} minutes;",
        f"weights sha256 {weights.find(None).sha256[:12]}.\n",
        "| measured on | photographs | narrow damage: before | after | gain | wide: before | after | gain |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, count, before, after in rows:
        cells = [
            cell
            for one, two in ((before.narrow, after.narrow), (before.wide, after.wide))
            for cell in (f"{np.mean(one):.2f}", f"{np.mean(two):.2f}", _gain(one, two))
        ]
        lines.append(f"| {name} | {count} | " + " | ".join(cells) + " |")
    text = "\n".join(lines)
    if arguments.page:
        put(PAGE, "gained", text)
    print(text)
    return 0


def _before_and_after(paths: list[Path], target: Path, arguments: argparse.Namespace) -> tuple[Measured, Measured]:
    pieces = [_piece(path, np.random.default_rng((arguments.seed, 11, i))) for i, path in enumerate(paths)]
    before, after = (
        examine(model, pieces, arguments.seed, threads=arguments.threads)
        for model in (str(weights.find(None).path), str(target))
    )
    return before, after


def _piece(path: Path, rng: np.random.Generator) -> NDArray[np.uint8]:
    """A square at native resolution, uint8 S×S×3."""
    picture = read_picture(path)
    side = min(EXAMINED, *picture.shape[:2])
    top, left = (int(rng.integers(length - side + 1)) for length in picture.shape[:2])
    return reduced(picture[top : top + side, left : left + side], side, side)


def _gain(before: tuple[float, ...], after: tuple[float, ...]) -> str:
    each = np.subtract(after, before)
    return f"{each.mean():+.2f} ± {each.std(ddof=1) / math.sqrt(len(each)):.2f} dB"


if __name__ == "__main__":
    raise SystemExit(main())
