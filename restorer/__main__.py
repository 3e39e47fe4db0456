"""`restorer [FILE ...]` opens the window; `restorer COMMAND ...` runs a command without one."""

from __future__ import annotations

import argparse
import difflib
import gc
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from restorer import bundled, interruption
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from restorer.cli.arguments import Parser

FAILED = 2
COMMANDS = ("fill", "detect", "batch", "models", "replay", "train", "evaluate")
"""Known by name here, so that a window comes up without loading what only they need."""
_ALONE = {"--version": 0, "--self-test": 1}
"""Options that are the whole command line, and how many words may follow them."""


def main(arguments: list[str] | None = None) -> int:
    """Run the program; returns its exit code: 0 only if everything that was asked was done."""
    arguments = sys.argv[1:] if arguments is None else arguments
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="surrogateescape")  # the name of a file need not be UTF-8
    try:
        if arguments and arguments[0] in COMMANDS:
            return _run(arguments)
        if arguments and arguments[0].startswith("-"):
            if arguments[0] in _ALONE and len(arguments) > 1 + _ALONE[arguments[0]]:
                further = arguments[1 + _ALONE[arguments[0]]]
                raise RestorerError(f"{arguments[0]} takes nothing further: leave out “{further}”.")
            if arguments[0] == "--version":
                print(bundled.version())
                return 0
            if arguments[0] == "--self-test":
                return _self_test([Path(name) for name in arguments[1:]])
            if arguments[0] in ("-h", "--help"):
                _parser().parse_args(arguments)
            raise RestorerError(f"there is no option {arguments[0]}; see `restorer --help`.")
        if arguments:
            _see_that_it_is_a_file(arguments[0])
        return _window([Path(name) for name in arguments])
    except RestorerError as error:
        print(f"restorer: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print("restorer: stopped.", file=sys.stderr)
        return interruption.CODE
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    except OSError as error:
        where = f" of {error.filename}" if error.filename else ""
        print(
            f"restorer: The system says “{error.strerror or error}”{where}: check the name and the disk.",
            file=sys.stderr,
        )
        return FAILED
    except Exception as error:
        if not _out_of_memory(error):
            raise
        print(
            "restorer: There is not enough memory: close other programs, or use a computer with more of it.",
            file=sys.stderr,
        )
        return FAILED


def _out_of_memory(error: Exception) -> bool:
    """Whether it is Python's, numpy's, torch's or OpenCV's way of saying so; torch is not loaded to ask."""
    said = str(error).lower()
    phrases = ("can't allocate memory", "not enough memory", "out of memory", "insufficient memory")
    return isinstance(error, MemoryError) or any(phrase in said for phrase in phrases)


def _see_that_it_is_a_file(word: str) -> None:
    """Raises RestorerError for what was meant as a command; what looks like a file is left to the window."""
    path = Path(word)
    if path.exists() or path.suffix or any(separator in word for separator in "/\\"):
        return
    near = difflib.get_close_matches(word, sorted(COMMANDS), 1)
    advice = f"did you mean `restorer {near[0]}`?" if near else "see `restorer --help`."
    raise RestorerError(f"There is no command and no file “{word}”: {advice}")


def _run(arguments: list[str]) -> int:
    with interruption.ends_at_once():
        parser = _parser()
    if bundled.standalone():
        from restorer.cli import left_out

        left_out.check(arguments)
    args = parser.parse_args(arguments)
    return int(args.func(args))


def _parser() -> Parser:
    from restorer.cli import batch, detect, fill, models, replay
    from restorer.cli.arguments import Parser

    parser = Parser(
        prog="restorer",
        description="Brings damaged photographs back.  Without a command it opens the window on the FILEs named.",
        usage="restorer [FILE ...]\n       restorer COMMAND ...",
    )
    parser.add_argument(
        "--version", action="store_true", default=argparse.SUPPRESS, help="name the version, the build and the weights"
    )
    parser.add_argument(
        "--self-test",
        nargs="?",
        metavar="PICTURE",
        default=argparse.SUPPRESS,
        help="restore a sample in the window, compare, and end; PICTURE, a PNG, shows the window then",
    )
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, prog="restorer")
    for module in (fill, detect, batch, models, replay):
        module.add_parser(commands)
    if bundled.standalone():
        from restorer.cli import left_out

        left_out.add_parsers(commands)
    else:
        from restorer.cli import evaluate, train

        train.add_parser(commands)
        evaluate.add_parser(commands)
    return parser


def _window(files: list[Path]) -> int:
    gc.disable()  # what is loaded now stays: no use in looking through it for garbage, now or ever
    with interruption.ends_at_once():
        _see_that_qt_is_there()
        from restorer.ui.app import run
    gc.freeze()
    gc.enable()
    return int(run(files))


def _self_test(picture: list[Path]) -> int:
    from restorer.imaging import atomic

    for path in picture:  # said before a minute's work, not after it
        if path.suffix.lower() != ".png":
            raise RestorerError(f"“{path}” is not the name of a PNG, which shows the window: end it with .png.")
        if not atomic.can_be_written(path.parent):
            raise RestorerError(f"{path.parent} cannot be written to: choose another folder.")
    with interruption.ends_at_once():
        _see_that_qt_is_there()
        from restorer.ui.self_test import run

    return int(run(*picture))


def _see_that_qt_is_there() -> None:
    try:
        import PySide6  # noqa: F401
    except ModuleNotFoundError:
        raise RestorerError(
            "The window needs PySide6, which is not installed: pip install -c constraints.txt 'restorer[window]', "
            "or use `restorer fill --help` without a window."
        ) from None


if __name__ == "__main__":
    sys.exit(main())
