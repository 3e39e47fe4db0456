"""What the commands' arguments have in common: ranges, and faults in one sentence."""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from restorer.document.export import Options
from restorer.imaging.errors import RestorerError
from restorer.imaging.feather import WIDEST
from restorer.imaging.files import jpeg_copy

if TYPE_CHECKING:
    from restorer.imaging.files.photograph import Infrared

MOST_THREADS = max(16, 4 * (os.cpu_count() or 1))
MOST_SEED = 2**63 - 1
MOST_GROWTH = 200


class Parser(argparse.ArgumentParser):
    """Tells a fault as every other one is told, instead of printing the usage.

    Attributes:
        dashed: options whose value may begin with a dash, as `--suffix -restored`.
    """

    dashed: tuple[str, ...] = ()

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse's, which would take a value that begins with a dash for another option."""
        words = list(sys.argv[1:] if args is None else args)
        joined: list[str] = []
        while words:
            word = words.pop(0)
            value = word in self.dashed and bool(words) and words[0] not in self._option_string_actions
            joined.append(f"{word}={words.pop(0)}" if value else word)
        return super().parse_known_args(joined, namespace)

    def error(self, message: str) -> NoReturn:
        """Raises RestorerError with argparse's message as a sentence."""
        raise RestorerError(f"{' '.join(message.split())}; see `{self.prog} --help`.")


def whole(low: int, high: int) -> Callable[[str], int]:
    """A type of arguments: whole numbers from `low` to `high`."""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            number = low - 1
        if not low <= number <= high:
            raise argparse.ArgumentTypeError(f"{_short(text)} is no whole number from {low} to {high}")
        return number

    return read


def add_grain(add: Callable[..., object]) -> None:
    add(
        "--grain",
        type=share,
        default=0.0,
        metavar="0..1",
        help="how much of the grain around them repairs get that lack it; not of a DICOM (default: 0, the window's: 1)",
    )


def add_feather(add: Callable[..., object]) -> None:
    add(
        "--feather",
        type=whole(0, WIDEST),
        default=0,
        metavar="PX",
        help="how far inwards from its rim a repair passes into what was there (default: 0)",
    )


def add_jpeg_quality(add: Callable[..., object]) -> None:
    add(
        "--jpeg-quality",
        type=whole(1, jpeg_copy.BEST),
        metavar="1..100",
        help="write .jpg of pictures that are none, anew: a copy to pass on, every pixel of which may change a little",
    )


def add_beside(add: Callable[..., object], manifest: str, mask: str) -> None:
    """What is written besides a picture, and what it tells of itself; `export_options` reads it."""
    add("--manifest", action="store_true", help=manifest)
    add("--mask-beside", action="store_true", help=mask)
    add("--strip-gps", action="store_true", help="leave out where pictures were taken (Exif's and XMP's GPS tags)")
    add_jpeg_quality(add)
    add("--operator", default="", metavar="NAME", help="for history and manifest: who does this")
    add("--reason", default="", metavar="TEXT", help="for history and manifest: why")


def export_options(args: argparse.Namespace) -> Options:
    """Of what `add_beside` has asked for."""
    return Options(
        args.manifest,
        args.mask_beside,
        operator=args.operator,
        reason=args.reason,
        strip_gps=args.strip_gps,
        copying=None if args.jpeg_quality is None else jpeg_copy.Copying(args.jpeg_quality),
    )


def share(text: str) -> float:
    """A type of arguments: a number from 0 to 1."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"{_short(text)} is no number from 0 to 1")
    return number


def some_of(words: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """A type of arguments: one or several of `words`, with commas between them."""

    def read(text: str) -> tuple[str, ...]:
        chosen = tuple(dict.fromkeys(word.strip() for word in text.split(",")))
        for word in chosen:
            if word not in words:
                raise argparse.ArgumentTypeError(f"{_short(word) or 'nothing'} is none of {', '.join(words)}")
        return chosen

    return read


def minutes(text: str) -> float:
    """A type of arguments: a time above 0, also `inf`."""
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not number > 0:
        raise argparse.ArgumentTypeError(f"{_short(text)} is no number of minutes above 0")
    return number


threads = whole(1, MOST_THREADS)
seed = whole(0, MOST_SEED)
growth = whole(0, MOST_GROWTH)


def _short(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:27]}…"


def infrared_place(text: str) -> Infrared:
    """Where a TIFF keeps its infrared scan."""
    if text == "channel":
        return "channel"
    if text.isdecimal() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text} is neither `channel` nor the number of a page")
