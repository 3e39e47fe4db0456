"""`restorer models`: which weights there are, and what their cards say."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from restorer.imaging.errors import RestorerError


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser(
        "models", help="list, show or verify the weights", description="List the weights, show a card, or verify."
    )
    parser.add_argument("action", nargs="?", choices=("list", "show", "verify"), default="list")
    parser.add_argument("name", nargs="?", metavar="NAME", help="for `show` and `verify`: the model")
    parser.set_defaults(func=run)


def run(args: argparse.Namespace) -> int:
    from restorer.engine import weights

    if args.action == "show":
        card = dict(weights.find(args.name).card)
        print(json.dumps(card, indent=2, ensure_ascii=False))
        return 0
    if args.action == "verify":
        return _verify(_all() if args.name is None else [args.name])
    if args.name is not None:
        raise RestorerError(f"`list` takes no name: say `restorer models show {args.name}` for its card.")
    for name in _all():
        card = dict(weights.find(name).card)
        print(f"{name}\t{int(card['parameters']) / 1e6:.2f} M parameters\t{card.get('summary', '')}")
    print("patches\tno weights\tcopies pixels of the picture itself; nothing is invented")
    return 0


def _all() -> list[str]:
    """Models that fill, the default first, then those that find damage."""
    from restorer.engine import weights

    return [*weights.available("fills"), *weights.available("finds")]


def _verify(names: list[str]) -> int:
    """Load these weights as restoring would; all are tried, the exit code is 2 if one is bad."""
    from restorer.engine import weights

    if not names:
        raise RestorerError("No weights are installed: install the program again.")
    bad = 0
    for name in names:
        try:
            found = weights.find(name)
            found.network()
        except RestorerError as error:
            print(f"restorer: {error}", file=sys.stderr)
            bad += 1
        else:
            print(f"{name}\tsha256 {found.sha256}\tas its card says")
    return 2 if bad else 0
