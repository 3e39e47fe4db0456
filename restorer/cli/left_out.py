"""The standalone program's `train` and `evaluate`: what it can do of them, and a sentence for the rest.

It is built without full training, evaluation and TensorBoard (`packaging/left_out.py`); adapting is bundled.
"""

from __future__ import annotations

import argparse
from typing import Any

from restorer import bundled
from restorer.cli import train_adapt
from restorer.imaging.errors import RestorerError


def _from_source() -> str:
    return f"install Restorer from its source for that ({bundled.guide() / 'README.md'} says how)"


def add_parsers(commands: Any) -> None:
    """Adds `train`, of which only `adapt` works, and `evaluate`, which is there to be found in the help."""
    needs = "needs an installation from source"
    train: argparse.ArgumentParser = commands.add_parser(
        "train",
        help=f"adapt weights to your own photographs; the rest {needs}",
        description="The standalone program adapts weights to a collection; training from the start is not in it.",
    )
    actions = train.add_subparsers(metavar="ACTION", title="actions", prog="restorer train", required=True)
    train_adapt.add_parser(actions)
    commands.add_parser("evaluate", help=needs, description=f"Comparing methods {needs}.")


def check(arguments: list[str]) -> None:
    """Raises RestorerError if these ask for what is left out; its many options are then not even looked at."""
    if {"-h", "--help"} & set(arguments):
        return
    if arguments[:1] == ["evaluate"]:
        raise RestorerError(f"This standalone program is built without evaluation: {_from_source()}.")
    if arguments[:1] == ["train"] and arguments[1:2] != ["adapt"]:
        raise RestorerError(
            f"This standalone program is built without full training and TensorBoard: {_from_source()}; "
            "`restorer train adapt` works here."
        )
