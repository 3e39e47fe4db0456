"""`restorer [FILE ...]` opens the window; `restorer COMMAND ...` runs a command without one."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from restorer import __version__
from restorer.imaging.errors import RestorerError

FAILED = 2
INTERRUPTED = 130


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit code: 0 only if everything that was asked was done."""
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = _parser()
    commands = _commands(parser)
    try:
        if arguments and arguments[0] in commands:
            args = parser.parse_args(arguments)
            return int(args.func(args))
        if arguments and arguments[0].startswith("-"):
            parser.parse_args(arguments)  # --help, --version, or an error that names the option
        return _window([Path(name) for name in arguments])
    except RestorerError as error:
        print(f"restorer: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("restorer: stopped; nothing was written.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="restorer",
        description="Brings damaged photographs back.  Without a command it opens the window on the FILEs named.",
        usage="restorer [FILE ...]\n       restorer COMMAND ...",
    )
    parser.add_argument("--version", action="version", version=f"restorer {__version__}")
    return parser


def _commands(parser: argparse.ArgumentParser) -> set[str]:
    from restorer.cli import evaluate, fill, models, train

    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="restorer")
    for module in (fill, models, train, evaluate):
        module.add_parser(commands)
    return set(commands.choices)


def _window(files: list[Path]) -> int:
    try:
        import PySide6  # noqa: F401
    except ModuleNotFoundError:
        raise RestorerError(
            "The window needs PySide6, which is not installed: pip install -c constraints.txt 'restorer[window]', "
            "or use `restorer fill --help` without a window."
        ) from None
    from restorer.ui.app import run

    return int(run(files))


if __name__ == "__main__":
    sys.exit(main())
