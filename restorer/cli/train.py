"""`restorer train`: train a network, take its weights out of a run, make training shards."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer.cli import arguments, train_adapt, train_calibrate, train_prepare
from restorer.imaging.errors import RestorerError
from restorer.training.config import RECIPES, Config, flag, read_table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from restorer.training.crops import Source
    from restorer.training.run_log import Progress

DESCRIPTION = """\
Train a network on clean photographs with synthetic damage.  A run lives in its folder (-o): started again with the
same folder it goes on from the checkpoint there, also with more --steps.  Pictures are kept in memory at 8 bits a
channel, the longer side at most 1024 px.  Under `torchrun` several processes share each batch.
"""
INTERRUPTED = 130


@dataclass(frozen=True)
class Call:
    """What a training is told besides its settings, by flags or by the file of settings."""

    output: Path
    data: Path | None = None
    images: Path | None = None
    masks: Path | None = None
    damaged: bool = False
    only: tuple[str, ...] = ()
    init: str | None = None
    minutes: float = float("inf")
    threads: int | None = None
    tensorboard: bool = False

    @classmethod
    def of(cls, table: Mapping[str, Any]) -> Call:
        """Raises RestorerError for what is missing or of another kind."""
        if ("data" in table) == ("images" in table) or ("images" in table) != ("masks" in table):
            raise RestorerError("Name the training pictures with --data DIR, or pairs with --images DIR --masks DIR.")
        if "output" not in table:
            raise RestorerError("Name the folder of the run with -o RUN.")
        values: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            if field.name in table:
                read = _READ[field.name]
                try:
                    values[field.name] = read(table[field.name])
                except (TypeError, ValueError, argparse.ArgumentTypeError) as error:
                    raise RestorerError(f"The setting {flag(field.name)} cannot be used ({error}).") from None
        return cls(**values)

    def source(self, config: Config) -> tuple[Source[Any], str]:
        """Where batches come from, and what to say of it."""
        finds = config.network == "spotter"
        if finds and self.images is not None:
            raise RestorerError("spotter learns from damage that is drawn: name whole photographs with --data DIR.")
        if self.images is not None and self.masks is not None:
            from restorer.training.pairs import Pairs, source_of

            pairs = Pairs.load(self.images, self.masks, self.damaged)
            return source_of(pairs, config), f"{len(pairs)} pairs, {pairs.megabytes:.0f} MB"
        from restorer.training import crops, specimens
        from restorer.training.pictures import Pictures

        assert self.data is not None  # `of` has seen to it
        pictures = Pictures.load(self.data, self.only)
        said = f"{len(pictures)} pictures, {pictures.megabytes:.0f} MB"
        return (specimens.synthetic if finds else crops.synthetic)(pictures, config), said


def _parts(value: Any) -> tuple[str, ...]:
    if isinstance(value, str) or not all(isinstance(part, str) for part in value):
        raise ValueError("give a list of words")
    return tuple(value)


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("give true or false")
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "data": Path,
    "images": Path,
    "masks": Path,
    "damaged": _yes,
    "output": Path,
    "only": _parts,
    "init": str,
    "minutes": lambda value: arguments.minutes(str(value)),
    "threads": lambda value: arguments.threads(str(value)),
    "tensorboard": _yes,
}


def add_parser(commands: Any) -> None:
    parser: argparse.ArgumentParser = commands.add_parser("train", help="train a network", description=DESCRIPTION)
    _add_flags(parser)
    parser.set_defaults(func=run)
    # `restorer train --data …` is `restorer train run --data …`
    actions = parser.add_subparsers(metavar="ACTION", title="actions", prog="restorer train")
    _add_flags(actions.add_parser("run", help="train (what is done without an action)", description=DESCRIPTION))
    out = actions.add_parser("export", help="take the weights out of a run", description="Write weights and a card.")
    out.add_argument("folder", type=Path, metavar="RUN", help="folder of the run")
    out.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help=".safetensors file to write")
    out.add_argument("--card", type=Path, metavar="JSON", help="file with what else the card is to say")
    out.add_argument("--half", action="store_true", help="store the numbers as float16, at half the size")
    out.set_defaults(func=export)
    train_prepare.add_parser(actions)
    train_adapt.add_parser(actions)
    train_calibrate.add_parser(actions)


def _add_flags(parser: argparse.ArgumentParser) -> None:
    # what is not given is not in the namespace, so that the file of settings can fill it in
    some: dict[str, Any] = {"default": argparse.SUPPRESS}
    parser.add_argument("--config", type=Path, metavar="FILE", help="TOML file of settings; flags win over it", **some)
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="folder of training shards (.tar) or of pictures", **some
    )
    parser.add_argument(
        "--images", type=Path, metavar="DIR", help="instead of --data: images, each with a mask", **some
    )
    parser.add_argument(
        "--masks", type=Path, metavar="DIR", help="masks of the images' names; white is to be restored", **some
    )
    parser.add_argument(
        "--damaged",
        action=argparse.BooleanOptionalAction,
        help="the images are really damaged under their masks: learn the masks' shapes, never what is under them",
        **some,
    )
    parser.add_argument("-o", "--output", type=Path, metavar="RUN", help="folder of the run", **some)
    parser.add_argument("--only", nargs="+", metavar="PART", help="only shards with PART in their name", **some)
    parser.add_argument(
        "--init", metavar="MODEL", help="begin with these weights: a name or a .safetensors file", **some
    )
    parser.add_argument("--minutes", type=arguments.minutes, help="stop after so many minutes", **some)
    parser.add_argument(
        "--threads", type=arguments.threads, metavar="N", help="CPU threads (default: one a core)", **some
    )
    parser.add_argument(
        "--tensorboard", action=argparse.BooleanOptionalAction, help="write for TensorBoard, too", **some
    )
    for field in dataclasses.fields(Config):
        others = [f"{name} {row[field.name]}" for name, row in RECIPES.items() if field.name in row]
        text = f"{field.metadata['meaning']} (default: {', '.join([str(field.default), *others])})"
        if isinstance(field.default, bool):
            parser.add_argument(flag(field.name), action=argparse.BooleanOptionalAction, help=text, **some)
        else:
            kind, choices = type(field.default), field.metadata["choices"] or None
            parser.add_argument(flag(field.name), type=kind, help=text, metavar=None if choices else "N", **some)


def run(args: argparse.Namespace) -> int:
    given = vars(args)
    table = {**(read_table(args.config) if "config" in given else {}), **given}
    call = Call.of(table)
    names = {field.name for field in dataclasses.fields(Config)}
    known = {*names, *(field.name for field in dataclasses.fields(Call)), "config", "func"}
    config = Config.of({name: value for name, value in table.items() if name in names or name not in known})
    return train(call, config)


def train(call: Call, config: Config) -> int:
    """Train with a bar on stderr, in the way that `call` says."""
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TextColumn, TimeRemainingColumn

    from restorer.engine import weights
    from restorer.training import trainer

    source, said = call.source(config)
    init = None if call.init is None else weights.find(call.init)
    first = os.environ.get("RANK", "0") == "0"
    if first:
        print(f"restorer: {said}", file=sys.stderr)
    columns = (*Bar.get_default_columns()[:-1], TimeRemainingColumn(), TextColumn("{task.fields[said]}"))
    done = 0
    with (
        Bar(*columns, console=Console(stderr=True), disable=not first) as bar,
        _signals(lambda: done > 0) as stop,
    ):
        task = bar.add_task(config.network, total=config.steps, said="")

        def report(progress: Progress) -> None:
            nonlocal done
            done = progress.step
            parts = {"loss": progress.loss, **progress.measures}
            figures = " ".join(f"{name} {value:.3f}" for name, value in parts.items() if value == value)  # not nan
            bar.update(task, completed=progress.step, said=f"{figures} rate {progress.rate:.1e}")

        checkpoint = trainer.train(
            source,
            config,
            call.output,
            report,
            init=init,
            seconds=call.minutes * 60,
            threads=call.threads,
            stop=stop.is_set,
            board=call.tensorboard,
        )
    if stop.is_set() and done < config.steps:
        print(f"restorer: stopped at step {done}; start again with the same -o to go on.", file=sys.stderr)
        return INTERRUPTED
    if first:
        print(checkpoint)
    return 0


def export(args: argparse.Namespace) -> int:
    from restorer.training.export import export as write
    from restorer.training.trainer import CHECKPOINT

    if args.output.suffix != ".safetensors":
        raise RestorerError(f"The weights {args.output} cannot be written: give a name that ends in .safetensors.")
    try:
        more = json.loads(args.card.read_text(encoding="utf-8")) if args.card else {}
        if not isinstance(more, dict):
            raise ValueError("it is no object")
    except (OSError, ValueError) as error:
        raise RestorerError(f"The card {args.card} cannot be read ({error}): give a JSON file.") from None
    saved = write(args.folder / CHECKPOINT, args.output, more, half=args.half)
    print(f"{saved.path}: step {saved.card['steps']}, sha256 {saved.sha256}")
    return 0


@contextmanager
def _signals(begun: Callable[[], bool]) -> Iterator[threading.Event]:
    """An event that is set by Ctrl-C or SIGTERM, so that a step is finished and saved.

    Before the training has begun there is nothing to save, and who asks twice will not wait: then they stop at once.
    """
    stop = threading.Event()

    def handle(_number: int, _frame: FrameType | None) -> None:
        if stop.is_set() or not begun():
            raise KeyboardInterrupt
        stop.set()

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
