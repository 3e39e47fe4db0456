"""Weights adapted to one collection: a short fine-tuning on a person's own photographs, measured before it is kept.

Prints of one studio, one film or one scanner have much in common, and weights that were taught by everything can be
taught a little more by these.  Part of the photographs is put aside; damage is drawn on pieces of them, the same before
and after, and filled by the very engine that restores.  What does not gain there is not kept.

Nothing here knows the window or the command line: they call `adapt` on a thread of their own.
"""

from __future__ import annotations

import dataclasses
import math
import re
import shutil
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from restorer.engine import device as devices
from restorer.engine import weights
from restorer.engine.placed import takes_over
from restorer.imaging.atomic import can_be_written
from restorer.imaging.errors import Cancelled, RestorerError
from restorer.training import checkpoint
from restorer.training.collection import Collection, gather, native_crops
from restorer.training.config import RECIPES, Config
from restorer.training.examination import Measured, examine
from restorer.training.trainer import CHECKPOINT, train

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from restorer.engine.weights import Weights
    from restorer.training.run_log import Progress as TrainingProgress

SETTINGS: dict[str, Any] = {"crop": 128, "batch": 8, "wide": 2, "drawn": 300, "warmup": 20, "average": 0.99}
"""Small batches and a quick average: there are only a few hundred steps."""
RATE = 2e-4
"""Less than a seventh of the rate at which the bundled weights were taught: they are to be bent, not taught anew."""
LEAST_S = 10.0
"""It learns for so many seconds at least, however little time was given."""
STEADY = 0.4
"""Share of the time for learning at the full rate; how far that gets says over how many steps the rate can fall."""
LEAST_GAIN_DB = 0.05
READING, MEASURING, LEARNING = "reading", "measuring", "learning"


@dataclass(frozen=True)
class Progress:
    """Where it is: one of the three stages, the share of the whole that is done, and about how long it still takes."""

    stage: str
    share: float
    seconds_left: float


@dataclass(frozen=True)
class Request:
    """What is asked for."""

    photographs: tuple[Path, ...]
    """Files and folders; without damage, as they are what is learnt."""
    target: Path
    """The .safetensors file to write, with its card beside it; neither may exist."""
    model: str | None = None
    """What to start from: bundled or own weights by name, or a .safetensors file."""
    minutes: float = 5.0
    """About how long it may take in all."""
    steps: int | None = None
    """Learn for exactly so many steps, however long they take; the answer then depends on the seed alone."""
    anyway: bool = False
    """Keep the weights even if they do not gain."""
    device: str = "auto"
    threads: int | None = None
    seed: int = 1
    cancelled: Event = field(default_factory=Event, compare=False)

    def cancel(self) -> None:
        """Ask for the end; `adapt` then raises Cancelled and writes nothing.  From any thread."""
        self.cancelled.set()


@dataclass(frozen=True)
class Adapted:
    """What came of it; `weights` is None if nothing was gained, and nothing written."""

    weights: Weights | None
    before: Measured
    after: Measured
    learnt_from: int
    put_aside: int
    steps: int
    seconds: float

    @property
    def narrow_gain(self) -> float:
        """Mean gain on narrow damage, dB."""
        return float(np.mean(self.after.narrow) - np.mean(self.before.narrow))

    @property
    def wide_gain(self) -> float:
        return float(np.mean(self.after.wide) - np.mean(self.before.wide))

    @property
    def gains(self) -> bool:
        """Whether the mean gain is worth having, and more than chance between the pieces would bring."""
        each = np.subtract([*self.after.narrow, *self.after.wide], [*self.before.narrow, *self.before.wide])
        chance = float(each.std(ddof=1)) / math.sqrt(len(each))
        return float(each.mean()) >= max(LEAST_GAIN_DB, chance)


def own_target(name: str) -> Path:
    """Where weights of that name belong, so that `--model NAME` and the window find them.

    Raises:
        RestorerError: the name cannot be that of a file, or there are weights of that name.
    """
    if not re.fullmatch(r"\w[\w .-]{0,60}", name) or name.endswith((".safetensors", ".json", ".", " ")):
        raise RestorerError(f"“{name}” cannot be the name of weights: use letters, digits, spaces and hyphens.")
    target = weights.own_folder() / f"{name}.safetensors"
    if name in weights.available() or target.exists():
        raise RestorerError(f"There are weights of the name “{name}” already: choose another name.")
    return target


def adapt(
    request: Request,
    report: Callable[[Progress], None] = lambda _progress: None,
    tell: Callable[[str], None] = lambda _sentence: None,
) -> Adapted:
    """Adapt weights to photographs, and save them if they gain.

    Args:
        request: what is asked for.
        report: told now and then how far it is.
        tell: told a sentence for each photograph that is left out, and should the graphics card fail; the CPU then
            goes on, from the beginning.

    Raises:
        Cancelled: the request was cancelled; nothing has been written.
        RestorerError: the target exists or cannot be written, there are too few photographs, or the model cannot be
            taught.
    """
    clock = _Clock(request, report)

    def reading(share: float) -> None:
        clock.check()
        clock.tell(READING, share)

    base = weights.find(request.model, "fills")
    config = _config(base, request)
    _see_that_it_is_free(request.target)
    _see_that_it_can_be_written(request.target)
    collection = gather(request.photographs, request.seed, tell, reading)
    with tempfile.TemporaryDirectory(prefix="restorer-adapt-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        begun = time.monotonic()
        before = _measured(base.path, collection, request, clock, tell)
        clock.keep_for_the_end(time.monotonic() - begun)
        config = _learn_on_what_works(base, config, collection, folder, request, clock, tell)
        state = checkpoint.load(folder / "run" / CHECKPOINT)
        candidate = weights.save(folder / "candidate.safetensors", state["average"], dict(base.card))
        after = _measured(candidate.path, collection, request, clock, tell)
    adapted = Adapted(
        None, before, after, collection.learnt_from, collection.put_aside, int(state["step"]), clock.seconds
    )
    clock.check()
    if not adapted.gains and not request.anyway:
        return adapted
    try:
        request.target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        where = request.target.parent
        raise RestorerError(f"The folder {where} cannot be made ({error.strerror}): choose another one.") from None
    _see_that_it_is_free(request.target)
    saved = weights.save(request.target, state["average"], _card(base, adapted, config, request))
    clock.tell(MEASURING, 1.0, done=True)
    return dataclasses.replace(adapted, weights=saved)


class _Clock:
    """Tells how far it is, by the time that was given, and stops what was cancelled."""

    def __init__(self, request: Request, report: Callable[[Progress], None]) -> None:
        self._request, self._report = request, report
        self._start = time.monotonic()
        self._end_s: float | None = None
        self._share = 0.0
        self._stage, self._since = "", self._start
        self.total = request.minutes * 60

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._start

    def check(self) -> None:
        if self._request.cancelled.is_set():
            raise Cancelled

    def keep_for_the_end(self, seconds: float) -> None:
        """So long the last measuring will take."""
        self._end_s = seconds

    @property
    def to_learn(self) -> float:
        """Seconds that there are for learning."""
        return max(LEAST_S, self.total - self.seconds - (self._end_s or 0.0))

    def tell(self, stage: str, share: float, done: bool = False) -> None:
        """`share` of the stage is done; the whole goes on by the clock, and never back."""
        left = self._left(stage, share)
        passed = self.seconds / max(self.seconds + left, 1e-9)
        if self._request.steps is not None:  # no time was given: by the stages instead
            first, width = {READING: (0.0, 0.1), MEASURING: (0.1, 0.1), LEARNING: (0.2, 0.8)}[stage]
            passed = first + width * share
        self._share = 1.0 if done else max(self._share, min(0.99, passed))
        if self._request.steps is not None:
            left = self.seconds * (1 - self._share) / max(self._share, 1e-3)
        self._report(Progress(stage, self._share, 0.0 if done else left))

    def _left(self, stage: str, share: float) -> float:
        """Seconds: of those that were given, or more where measuring alone takes longer."""
        if stage != self._stage:
            self._stage, self._since = stage, time.monotonic()
        given, passed = max(0.0, self.total - self.seconds), time.monotonic() - self._since
        if stage == LEARNING or share <= 0:
            return max(given, self._end_s or 0.0)
        rest = passed * (1 - share) / share
        if self._end_s is not None:  # it is measured for the last time
            return rest
        return max(given, rest + LEAST_S + (passed / share if stage == MEASURING else 0.0))


def _config(base: Weights, request: Request) -> Config:
    """The settings to go on from `base` with.  Raises RestorerError if there is no recipe for its network."""
    name, shape = base.card.get("network"), base.card.get("shape")
    if name not in RECIPES or not isinstance(shape, dict):
        raise RestorerError(f"The model {base.name} cannot be adapted: choose one of the networks that restore.")
    device = devices.choose(request.device)
    table = {
        **SETTINGS,
        **shape,
        "network": name,
        "rate": RATE,
        "seed": request.seed,
        "device": device.type,
        "save_minutes": 1e6,
    }
    if request.steps is not None:
        table |= {"steps": request.steps, "cooldown": max(1, request.steps * 3 // 4)}
    return Config.of(table)


def _see_that_it_is_free(target: Path) -> None:
    if target.suffix != ".safetensors":
        raise RestorerError(f"The weights {target.name} need another name: end it with .safetensors.")
    for path in (target, target.with_suffix(".json")):
        if path.exists():
            raise RestorerError(f"{path} is there already: choose another name.")


def _see_that_it_can_be_written(target: Path) -> None:
    """Before minutes of work.  Folders that are missing are made afterwards, where there is one that permits it."""
    folder = next(place for place in target.absolute().parents if place.exists())
    if not folder.is_dir() or not can_be_written(folder):
        raise RestorerError(f"The weights {target.name} cannot be written to {folder}: choose another folder.")


def _learn_on_what_works(
    base: Weights,
    config: Config,
    collection: Collection,
    folder: Path,
    request: Request,
    clock: _Clock,
    tell: Callable[[str], None],
) -> Config:
    """`_learn`; once more on the CPU, in the time that is left, if the graphics card fails."""
    try:
        return _learn(base, config, collection, folder, request, clock)
    except Exception as error:
        if not devices.has_failed(torch.device(config.device), error):
            raise
        sentence = takes_over(error)
    # outside of the clause above, whose exception keeps what the device holds alive
    tell(sentence)
    shutil.rmtree(folder / "run", ignore_errors=True)
    return _learn(base, dataclasses.replace(config, device="cpu"), collection, folder, request, clock)


def _learn(
    base: Weights, config: Config, collection: Collection, folder: Path, request: Request, clock: _Clock
) -> Config:
    """Train in `folder`/run; returns the settings with which it ended.

    How many steps there is time for is only known after some of them, and other programs may come and go: the rate
    falls over the steps that are left by then, and the time ends it.
    """
    source = native_crops(collection.pictures, config)
    steps: list[int] = []

    def report(progress: TrainingProgress) -> None:
        steps.append(progress.step)
        clock.tell(LEARNING, progress.step / progress.steps)

    def go_on(config: Config, seconds: float) -> None:
        run = folder / "run"
        train(source, config, run, report, init=base, seconds=seconds, threads=request.threads, stop=stop)

    stop = request.cancelled.is_set
    if request.steps is None:
        begun = time.monotonic()
        go_on(config, STEADY * clock.to_learn)
        clock.check()
        done, left = len(steps), clock.to_learn
        rest = max(1, round(done * left / max(time.monotonic() - begun, 1e-3)))
        config = dataclasses.replace(config, steps=done + rest, cooldown=rest)
        go_on(config, left)
    else:
        go_on(config, math.inf)
    clock.check()
    return config


def _measured(
    path: Path, collection: Collection, request: Request, clock: _Clock, tell: Callable[[str], None]
) -> Measured:
    """`examine` the pieces that were put aside with the weights at `path`."""

    def check(share: float) -> None:
        clock.check()
        clock.tell(MEASURING, share)

    return examine(
        str(path), collection.examined, request.seed, request.device, request.threads, check, tell, request.cancelled
    )


def _card(base: Weights, adapted: Adapted, config: Config, request: Request) -> dict[str, Any]:
    """What the new weights say of themselves; names and places of the photographs are nobody's business."""
    card = {key: base.card[key] for key in ("network", "shape", "licence", "paper") if key in base.card}
    return {
        **card,
        "summary": f"{base.name}, adapted to {adapted.learnt_from} photographs of one collection.",
        "base": {"name": base.name, "sha256": base.sha256},
        "data": f"{adapted.learnt_from} photographs of its owner, on top of those of {base.name}",
        "damage": "synthetic, drawn by restorer/training/damage.py",
        "gain": {
            "on": f"{len(adapted.before.narrow)} pieces of {adapted.put_aside} photographs that were put aside",
            "psnr_hole_db": {
                "narrow": _figures(adapted.before.narrow, adapted.after.narrow),
                "wide": _figures(adapted.before.wide, adapted.after.wide),
            },
        },
        "steps": adapted.steps,
        "minutes": round(adapted.seconds / 60, 2),
        "seed": request.seed,
        "settings": dataclasses.asdict(config),
    }


def _figures(before: Sequence[float], after: Sequence[float]) -> dict[str, float]:
    return {"before": round(float(np.mean(before)), 2), "after": round(float(np.mean(after)), 2)}
