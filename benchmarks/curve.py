"""Quality over training samples, for networks of several sizes: `python benchmarks/curve.py -o FOLDER --data DIR`.

Each size (channels × blocks of Reweave) is taught at a steady rate; at 50, 100, 200 … steps a copy of it goes on for a
quarter as many with the rate falling to 0, as a run that was planned to end there would.  What is measured of the copy
is the error in the hole relative to the prefill's, on crops of pictures that no run sees (`--held`), the same for all.
Through the points of a size goes a + b·n^-c, n being the crops it was taught on: c from a grid, a ≥ 0 and b by least
squares.  What that promises for ten and a hundred times the crops is told with the range that leaving out one point
gives.  Sizes are taught side by side, each in a process with one thread, from the same pictures in memory.

Exported weights of Reweave can be measured on the same crops: `--through FILE` adds a point that the fit goes through
(weights taught from the start by the same loss to a falling end), `--beside FILE` one that is only shown.  Each point
is kept in FOLDER as JSON, and what is there is not done again.  `--page` writes the table and the plot to docs/.
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import shutil
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from restorer.engine import weights
from restorer.engine.networks.reweave import Reweave
from restorer.engine.prefill import push_pull
from restorer.training import checkpoint
from restorer.training.config import Config
from restorer.training.crops import Batch, MaskBank, batches
from restorer.training.losses import relative_l1
from restorer.training.pictures import Pictures
from restorer.training.recipes.reweave import coarse_guess
from restorer.training.trainer import CHECKPOINT, train

DOCS = Path(__file__).resolve().parent.parent / "docs"
STEPS = tuple(50 * 2**i for i in range(8))
COOLING = 4
"""A run falls over a quarter of the steps that it had at the full rate."""
HELD_SEED, HELD_BATCHES = 987_654, 40
MEASURES = ("narrow", "wide")
PLOT = (900, 470)
COLOURS = ("#1f6fb2", "#c4551b", "#3a8f4d", "#7a4fa3", "#8a8a20")


PREFACE = """\
# Quality over training samples

Made by `python benchmarks/curve.py -o FOLDER --data DIR --through WEIGHTS --beside WEIGHTS --page`, which says how. The
error in the hole is given in shares of the prefill's, on 400 crops of pictures of the `likely` tier, which no run sees;
less is better. Weights named by their sha256 are those of the long run (docs/training-runs.md). In brackets: what fits
without one of the points promise. docs/training-runs.md says what can be read from it, and what cannot.

![Errors over the crops that a network was taught on](curve.png)

"""


@dataclass(frozen=True)
class Point:
    """Weights that were taught on so many crops, and their error on the held-out ones relative to the prefill's."""

    channels: int
    blocks: int
    samples: int
    narrow: float
    wide: float
    source: str
    counts: bool = True
    """Whether the curve of its size goes through it."""

    @property
    def size(self) -> str:
        return f"{self.channels}x{self.blocks}"


@dataclass(frozen=True)
class Fit:
    """error = a + b·n^-c."""

    a: float
    b: float
    c: float

    def at(self, samples: float) -> float:
        return self.a + self.b * samples**-self.c


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help="runs and curve.json")
    parser.add_argument("--data", type=Path, metavar="DIR", help="training shards or pictures (without: no training)")
    parser.add_argument("--only", nargs="+", default=["free"], metavar="PART", help="shards to train on (free)")
    parser.add_argument("--held", nargs="+", default=["likely"], metavar="PART", help="shards to measure on (likely)")
    parser.add_argument("--sizes", nargs="+", default=["16x6", "32x8", "64x10"], metavar="CxB")
    parser.add_argument("--minutes", type=float, default=20, help="of the clock, for each size (20)")
    parser.add_argument("--through", nargs="*", type=Path, default=[], metavar="FILE", help="weights for the fit, too")
    parser.add_argument("--beside", nargs="*", type=Path, default=[], metavar="FILE", help="weights to be shown, too")
    parser.add_argument("--page", action="store_true", help="write docs/curve.md and docs/curve.png")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    if arguments.data is not None:
        torch.set_num_threads(1)
        held = held_out(Pictures.load(arguments.data, arguments.held))
        for path in [*arguments.through, *arguments.beside]:
            keep(arguments.output, of_weights(path, held, counts=path in arguments.through))
        if arguments.minutes > 0:
            pictures = Pictures.load(arguments.data, arguments.only)
            fork = multiprocessing.get_context("fork")  # the pictures are shared, not copied
            runs = [
                fork.Process(target=taught, args=(size, arguments.output, arguments.minutes, pictures, held))
                for size in arguments.sizes
            ]
            for run in runs:
                run.start()
            for run in runs:
                run.join()
    points = [read(path) for path in sorted(arguments.output.glob("*.json"))]
    text = page(points)
    print(text)
    if arguments.page:
        (DOCS / "curve.md").write_text(PREFACE + text, encoding="utf-8")
        plot(points).save(DOCS / "curve.png", optimize=True)
    return 0


def held_out(pictures: Pictures) -> list[Batch]:
    """The crops that every network is measured on."""
    config = Config()
    bank = MaskBank.draw(config.crop, 600, HELD_SEED)
    drawn = batches(pictures, bank, config.crop, config.batch, config.wide, HELD_SEED, 0)
    return [next(drawn) for _ in range(HELD_BATCHES)]


def error(network: Reweave, held: Sequence[Batch]) -> dict[str, float]:
    """Mean error in the hole relative to the prefill's, of the narrow and of the wide crops."""
    found: dict[str, list[float]] = {name: [] for name in MEASURES}
    with torch.inference_mode():
        for batch in held:
            image, truth, mask = (torch.from_numpy(array) for array in (batch.image, batch.truth, batch.mask))
            prefill, n = push_pull(image, mask), batch.narrow
            guess = torch.cat([prefill[:n], coarse_guess(network, image[n:], mask[n:], batch.octave)])
            errors = relative_l1(network.refine(guess, mask).image, prefill, truth, mask).tolist()
            found["narrow"] += errors[:n]
            found["wide"] += errors[n:]
    return {name: float(np.mean(values)) for name, values in found.items()}


def taught(size: str, folder: Path, minutes: float, pictures: Pictures, held: Sequence[Batch]) -> None:
    """Teach one size, milestone by milestone, until the time is over."""
    torch.set_num_threads(1)
    channels, blocks = map(int, size.split("x"))
    common: dict[str, Any] = {"channels": channels, "blocks": blocks, "warmup": 50, "save_minutes": 1e6}
    first = Config.of(common)
    bank = MaskBank.draw(first.crop, 2000, first.seed)
    end = time.monotonic() + 60 * minutes
    steady = folder / size / "steady"

    def source(step: int, rank: int, of: int) -> Any:
        return batches(pictures, bank, first.crop, first.batch, first.wide, first.seed, step, rank, of)

    for steps in STEPS:
        cooled = folder / size / f"{steps}"
        measured = folder / f"{size}-{steps}.json"
        if measured.exists():
            continue
        config = Config.of({**common, "steps": steps, "cooldown": 0})
        train(source, config, steady, lambda _progress: None, seconds=max(0.0, end - time.monotonic()))
        if int(checkpoint.load(steady / CHECKPOINT)["step"]) < steps:
            break
        if not (cooled / CHECKPOINT).exists():
            cooled.mkdir(parents=True, exist_ok=True)
            shutil.copy(steady / CHECKPOINT, cooled / CHECKPOINT)
        whole = steps + steps // COOLING
        config = Config.of({**common, "steps": whole, "cooldown": steps // COOLING})
        train(source, config, cooled, lambda _progress: None, seconds=max(0.0, end - time.monotonic()))
        state = checkpoint.load(cooled / CHECKPOINT)
        if int(state["step"]) < whole:
            break
        network = Reweave(channels, blocks)
        network.load_state_dict(state["average"])
        network.eval().to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        point = Point(channels, blocks, whole * first.batch, **error(network, held), source="this run")
        keep(folder, point, measured.stem)
        print(point, flush=True)


def of_weights(path: Path, held: Sequence[Batch], counts: bool) -> Point:
    """Exported weights on the same crops; they were taught ten crops a step."""
    found = weights.find(str(path))
    network = found.network()
    assert isinstance(network, Reweave), f"{path} is not of Reweave"
    network.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    shape, samples = found.card["shape"], int(found.card["steps"]) * Config().batch
    source = f"weights {found.sha256[:8]}"
    return Point(shape["channels"], shape["blocks"], samples, **error(network, held), source=source, counts=counts)


def keep(folder: Path, point: Point, name: str | None = None) -> None:
    path = folder / f"{name or point.source.replace(' ', '-')}.json"
    path.write_text(json.dumps(asdict(point), indent=1), encoding="utf-8")


def read(path: Path) -> Point:
    return Point(**json.loads(path.read_text(encoding="utf-8")))


def fitted(samples: Sequence[float], errors: Sequence[float]) -> Fit:
    """The curve with the least squared error; of three points or more."""
    n, e = np.asarray(samples, float), np.asarray(errors, float)
    best, least = Fit(float(e.mean()), 0.0, 1.0), math.inf
    for c in np.arange(0.02, 1.5, 0.005):
        falls = n**-c
        design = np.stack([np.ones_like(n), falls], 1)
        (a, b), *_ = np.linalg.lstsq(design, e, rcond=None)
        if a < 0:
            a, b = 0.0, float((falls * e).sum() / (falls * falls).sum())
        rest = float(((a + b * falls - e) ** 2).sum())
        if rest < least:
            best, least = Fit(float(a), float(b), float(c)), rest
    return best


def promised(points: Sequence[tuple[float, float]], samples: float) -> tuple[float, float, float]:
    """What the fit says at `samples`, and the least and most that fits without one of the points say."""
    told = fitted(*zip(*points, strict=True)).at(samples)
    others = [
        fitted(*zip(*points[:i], *points[i + 1 :], strict=True)).at(samples)
        for i in range(len(points))
        if len(points) > 3
    ]
    return told, min([told, *others]), max([told, *others])


def by_size(points: Sequence[Point]) -> dict[str, list[Point]]:
    found: dict[str, list[Point]] = defaultdict(list)
    for point in sorted(points, key=lambda p: (p.channels * p.channels * p.blocks, p.samples)):
        found[point.size].append(point)
    return found


def page(points: Sequence[Point]) -> str:
    """Markdown: the points, the fits, and what they promise."""
    lines = ["| size | crops | narrow | wide | |", "|---|--:|--:|--:|---|"]
    for size, row in by_size(points).items():
        lines += [
            f"| {_named(size)} | {p.samples:,} | {p.narrow:.3f} | {p.wide:.3f} | "
            f"{'' if p.source == 'this run' else p.source}{'' if p.counts else ', not in the fit'} |"
            for p in row
        ]
    lines += ["", "| size | measure | fit | 10 times the crops | 100 times |", "|---|---|---|--:|--:|"]
    for size, row in by_size(points).items():
        counted = [p for p in row if p.counts]
        if len(counted) < 3:
            continue
        most = counted[-1].samples
        for name in MEASURES:
            pairs = [(p.samples, getattr(p, name)) for p in counted]
            fit = fitted(*zip(*pairs, strict=True))
            told = []
            for times in (10, 100):
                value, low, high = promised(pairs, times * most)
                told.append(f"{value:.3f} ({low:.3f} to {high:.3f})")
            lines.append(
                f"| {_named(size)} | {name} | {fit.a:.3f} + {fit.b:.3g}·n^−{fit.c:.3f} | "
                f"{told[0]} at {10 * most:,} | {told[1]} at {100 * most:,} |"
            )
    return "\n".join(lines) + "\n"


def _named(size: str) -> str:
    channels, blocks = map(int, size.split("x"))
    count = sum(p.numel() for p in Reweave(channels, blocks).parameters())
    return f"{channels} × {blocks} ({count / 1e6:.2f} M)"


def plot(points: Sequence[Point]) -> Image.Image:
    """Errors over crops, the crops on a logarithmic axis; narrow left, wide right."""
    image = Image.new("RGB", PLOT, "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(13)
    sizes = by_size(points)
    for panel, name in enumerate(MEASURES):
        left, right, top, bottom = 60 + panel * 445, 425 + panel * 445, 50, 410
        low = min(getattr(p, name) for p in points) - 0.06
        high = max(getattr(p, name) for p in points) + 0.02
        first = math.floor(math.log10(min(p.samples for p in points)))
        last = math.ceil(math.log10(max(p.samples for p in points))) + 1

        def place(samples: float, value: float, span: Any = (left, right, top, bottom, low, high, first, last)) -> Any:
            x0, x1, y0, y1, v0, v1, n0, n1 = span
            x = x0 + (math.log10(samples) - n0) / (n1 - n0) * (x1 - x0)
            return x, y1 - (value - v0) / (v1 - v0) * (y1 - y0)

        draw.text((left, 28), f"{name} damage: error over the prefill's", "#333333", font)
        for value in np.arange(math.ceil(low * 20) / 20, high, 0.05):
            y = place(10**first, value)[1]
            draw.line([(left, y), (right, y)], "#e6e6e6")
            draw.text((left - 6, y), f"{value:.2f}", "#444444", font, anchor="rm")
        for power in range(first, last + 1):
            x = place(10**power, low)[0]
            draw.line([(x, bottom), (x, bottom + 5)], "#444444")
            draw.text((x, bottom + 8), _short(10**power), "#444444", font, anchor="ma")
        draw.line([(left, top), (left, bottom), (right, bottom)], "#444444")
        for row, colour in zip(sizes.values(), COLOURS, strict=False):
            counted = [p for p in row if p.counts]
            if len(counted) > 2:
                fit = fitted([p.samples for p in counted], [getattr(p, name) for p in counted])
                at: NDArray[np.float64] = np.logspace(math.log10(counted[0].samples), last, 60)
                draw.line([place(n, fit.at(n)) for n in at if low < fit.at(n) < high], colour, 2, "curve")
            for point in row:
                x, y = place(point.samples, getattr(point, name))
                draw.circle((x, y), 4, colour if point.counts else "white", colour, 2)
    x = 60.0
    for size, colour in zip(sizes, COLOURS, strict=False):
        name = _named(size).replace("×", "x")  # Pillow's own font has no ×
        draw.text((x, 6), name, colour, font)
        x += draw.textlength(name, font) + 24
    draw.text((PLOT[0] - 30, PLOT[1] - 26), "crops taught on", "#444444", font, anchor="ra")
    return image


def _short(count: int) -> str:
    return f"{count // 1_000_000} M" if count >= 1_000_000 else f"{count:,}"


if __name__ == "__main__":
    sys.exit(main())
