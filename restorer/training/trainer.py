"""The trainer, read from top to bottom.

A step takes a batch from its source (`crops.py`), asks the recipe (`recipes/`) for its losses, and lets each learner
learn from its own; an exponential moving average of the network's weights is what is exported.  The learning rate warms
up, stays, and falls over the last `cooldown` steps (Hu et al., "MiniCPM", 2024, section 4): as only the fall depends on
the end, a run can be continued from its last checkpoint with more steps.

Started by `torchrun`, several processes share each batch and average their gradients (Goyal et al., "Accurate, Large
Minibatch SGD", 2017): the run is the same as that of one process with the whole batch, but for rounding.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import shutil
import time
from contextlib import nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any

import torch
from torch import nn

from restorer.engine import device as devices
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.training import checkpoint
from restorer.training.crops import ahead
from restorer.training.ranks import joined
from restorer.training.recipes import recipe as make_recipe
from restorer.training.run_log import Progress, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from torch import Tensor

    from restorer.engine.weights import Weights
    from restorer.training.config import Config
    from restorer.training.crops import Source
    from restorer.training.ranks import Ranks
    from restorer.training.recipe import Learner, Measure, Recipe

FIRST_SAVE_S = 60.0
"""A run that is broken off young has a checkpoint, too."""
CHECKPOINT = "checkpoint.pt"


def train(
    source: Source[Any],
    config: Config,
    folder: Path,
    report: Callable[[Progress], None],
    *,
    init: Weights | None = None,
    seconds: float = float("inf"),
    threads: int | None = None,
    stop: Callable[[], bool] = lambda: False,
    board: bool = False,
) -> Path:
    """Train in `folder` until `config.steps`, for so many `seconds`, or until `stop()`, asked after each step.

    Goes on from the checkpoint that is there.

    Args:
        source: where batches come from.
        config: the settings.
        folder: made if it is not there; holds checkpoint, settings, log and plot.
        report: told of each step, in the first process.
        init: weights to begin with, where there is no checkpoint.
        seconds: of training, at most.
        threads: of torch; None leaves them as they are.
        stop: whether to stop and save.
        board: write for TensorBoard, too.

    Returns:
        the checkpoint; its `average` holds the weights to export.

    Raises:
        RestorerError: CUDA is asked for and missing, the folder cannot be written to or is full, its run had other
            settings, or `init` does not fit.
    """
    device = devices.choose(config.device)
    if threads:
        torch.set_num_threads(threads)
    saved = folder / CHECKPOINT
    with joined(device) as ranks:
        if config.batch % ranks.of:
            raise RestorerError(f"{ranks.of} processes cannot share {config.batch} crops: choose another --batch.")
        torch.manual_seed(config.seed)
        recipe = make_recipe(config, ranks, device)
        network = recipe.learners["network"].module
        average = copy.deepcopy(network)
        step, start = _begin(saved, config, recipe, average, init)
        if ranks.first:
            _prepare(folder, config, recipe)
        batches = source(step, ranks.rank, ranks.of)
        begun = time.monotonic()
        due = begun + min(FIRST_SAVE_S, config.save_minutes * 60)
        with (
            ahead(batches) as ready,
            Record(folder, recipe.measures, step, config.log_every, board) if ranks.first else nullcontext() as record,
        ):
            while step < config.steps and not ranks.any(stop() or time.monotonic() - begun >= seconds):
                lesson = recipe.lesson(next(ready))
                for learner in recipe.learners.values():
                    for group in learner.optimizer.param_groups:
                        group["lr"] = learner.rate * config.rate_at(step)
                terms: dict[str, Tensor] = {}
                made: Tensor | None = None
                for turn in recipe.turns(lesson):
                    _learn(recipe.learners[turn.learner], turn.loss, config.clip, ranks)
                    terms |= {turn.learner: turn.loss.detach(), **turn.terms}
                    made = made if turn.made is None else turn.made
                assert made is not None
                step += 1
                _follow(average, network, min(config.average, step / (step + 10)))

                means = _means(ranks, terms, recipe.measured(lesson, made))
                if record is not None:
                    progress = Progress.of(means, recipe.measures, step, config, time.monotonic() - begun)
                    report(progress)
                    record.add(progress)
                    if time.monotonic() > due or step == config.steps:
                        checkpoint.save(saved, step, config, recipe.learners, average, start)
                        record.show(step, config.batch // ranks.of, partial(recipe.pictured, lesson, made))
                        due = time.monotonic() + config.save_minutes * 60
            if record is not None and step < config.steps:  # stopped
                checkpoint.save(saved, step, config, recipe.learners, average, start)
        return saved


def _begin(
    saved: Path, config: Config, recipe: Recipe[Any, Any], average: nn.Module, init: Weights | None
) -> tuple[int, dict[str, str]]:
    """Where the run stands, and which weights it began with."""
    if saved.exists():
        return checkpoint.resume(saved, config, recipe.learners, average)
    if init is None:
        return 0, {}
    recipe.start_from(init.tensors())
    average.load_state_dict(recipe.learners["network"].module.state_dict())
    return 0, {"name": init.name, "sha256": init.sha256}


def _prepare(folder: Path, config: Config, recipe: Recipe[Any, Any]) -> None:
    """Make the folder, see that checkpoints will fit into it, and write down the settings."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for litter in folder.glob(".restorer-*.part"):  # of a run that was cut off while it saved
            litter.unlink()
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise RestorerError(f"The folder {folder} cannot be made ({error.strerror}): choose another one.") from None
    # weights, two moments of Adam, and the average; twice, because the old checkpoint stays until the new one is whole
    numbers = sum(p.numel() for learner in recipe.learners.values() for p in learner.module.parameters())
    wanted = 2 * 4 * 4 * numbers
    if free < wanted:
        raise RestorerError(
            f"The disk of {folder} has {free / 1e6:.0f} MB free, and the checkpoints take {wanted / 1e6:.0f} MB: "
            "make room, or choose another folder."
        )
    settings = json.dumps(dataclasses.asdict(config), indent=1).encode()
    write_atomically(folder / "config.json", lambda stream: stream.write(settings))


def _learn(learner: Learner, loss: Tensor, clip: float, ranks: Ranks) -> None:
    learner.optimizer.zero_grad()
    loss.backward()  # type: ignore[no-untyped-call]
    ranks.average_gradients(learner.module.parameters())
    norm = nn.utils.clip_grad_norm_(learner.module.parameters(), clip)
    if bool(torch.isfinite(norm)):  # one bad batch must not end a night's run
        learner.optimizer.step()


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, decay: float) -> None:
    for a, b in zip(average.parameters(), network.parameters(), strict=True):
        a.lerp_(b, 1 - decay)


def _means(ranks: Ranks, terms: Mapping[str, Tensor], measures: Mapping[str, Measure]) -> dict[str, float]:
    """Of all processes: the means of the terms, and the measures, nan where there was nothing to be measured."""
    parts = [tensor for measure in measures.values() for tensor in (measure.total, measure.over)]
    numbers = ranks.mean(torch.stack([value.detach().double() for value in [*terms.values(), *parts]])).tolist()
    means = dict(zip(terms, numbers, strict=False))
    totals, overs = numbers[len(terms) :: 2], numbers[len(terms) + 1 :: 2]
    shares = (total / over if over else math.nan for total, over in zip(totals, overs, strict=True))
    return means | dict(zip(measures, shares, strict=True))
