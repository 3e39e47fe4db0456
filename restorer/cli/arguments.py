"""What the commands' arguments have in common: ranges, and faults in one sentence."""

from __future__ import annotations

import argparse
import math
import os
from collections.abc import Callable, Sequence
from typing import NoReturn

from restorer.imaging.errors import RestorerError

MOST_THREADS = max(16, 4 * (os.cpu_count() or 1))
MOST_SEED = 2**63 - 1
MOST_GROWTH = 200


class Parser(argparse.ArgumentParser):
    """Tells a fault as every other one is told, instead of printing the usage."""

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
