"""The state of a training on disk: all that a run needs to go on as if it had never been broken off."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING, Any

import torch

from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.training.config import Config, flag

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from torch import nn

    from restorer.training.recipe import Learner

FIXED = ("network", "channels", "blocks", "crop", "batch", "wide", "seed", "norm")
"""What must be in a resumed run as it was; the others may be changed on the way."""
_RENAMED = {"masks": "drawn"}
"""Settings that had other names in older checkpoints."""
_EXPORTED = {"step", "config", "average"}
_RESUMED = _EXPORTED | {"learners", "random"}


def save(
    path: Path, step: int, config: Config, learners: Mapping[str, Learner], average: nn.Module, start: Mapping[str, str]
) -> None:
    """Write a checkpoint; `start` names the weights that the run began with, if it did.

    Raises:
        RestorerError: it cannot be written; the old one is intact.
    """
    state = {
        "step": step,
        "config": dataclasses.asdict(config),
        "average": average.state_dict(),
        "learners": {
            name: {"module": learner.module.state_dict(), "optimizer": learner.optimizer.state_dict()}
            for name, learner in learners.items()
        },
        "random": {"cpu": torch.get_rng_state(), "cuda": torch.cuda.get_rng_state_all()},
        "start": dict(start),
    }
    memory = io.BytesIO()  # torch tells of a full disk in words of its own
    torch.save(state, memory)
    try:
        write_atomically(path, lambda stream: stream.write(memory.getbuffer()))
    except RestorerError as error:
        raise RestorerError(f"{str(error).removesuffix('.')}; then start again with the same -o to go on.") from None


def load(path: Path, needed: frozenset[str] | set[str] = frozenset(_EXPORTED)) -> dict[str, Any]:
    """A checkpoint as written by `save`.

    Raises:
        RestorerError: it is damaged, or lacks something that is needed.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        missing = needed - set(state)
        if missing:
            raise ValueError(f"it has no {', '.join(sorted(missing))}")
    except Exception as error:
        why = (str(error).splitlines() or ["unreadable"])[0]
        raise RestorerError(f"{path} is not a checkpoint that can be read ({why}): start without it.") from None
    return state


def config_of(state: Mapping[str, Any], path: Path) -> Config:
    """The settings in a checkpoint."""
    said = {_RENAMED.get(name, name): value for name, value in state["config"].items()}
    try:
        return Config(**said)
    except TypeError as error:
        raise RestorerError(f"{path} has settings of another version ({error}): use that version.") from None


def resume(
    path: Path, config: Config, learners: Mapping[str, Learner], average: nn.Module
) -> tuple[int, dict[str, str]]:
    """Put everything back as it was.

    Returns:
        how many steps were done, and what the run was started from.

    Raises:
        RestorerError: the checkpoint is damaged, or of a run with other settings.
    """
    state = load(path, _RESUMED)
    was = config_of(state, path)
    others = [f"{flag(name)} {getattr(was, name)}" for name in FIXED if getattr(was, name) != getattr(config, name)]
    if others:
        raise RestorerError(f"The run {path.parent} has {', '.join(others)}: say the same, or choose another folder.")
    try:
        average.load_state_dict(state["average"])
        for name, learner in learners.items():
            learner.module.load_state_dict(state["learners"][name]["module"])
            learner.optimizer.load_state_dict(state["learners"][name]["optimizer"])
            for group in learner.optimizer.param_groups:
                group["weight_decay"] = config.weight_decay  # the optimizer's state brings the old one
        torch.set_rng_state(state["random"]["cpu"])
        if len(state["random"]["cuda"]) == torch.cuda.device_count():
            torch.cuda.set_rng_state_all(state["random"]["cuda"])
    except (RuntimeError, ValueError, KeyError, TypeError) as error:
        why = (str(error).splitlines() or ["damaged"])[0]
        raise RestorerError(f"{path} does not fit this network ({why}): choose another folder.") from None
    return int(state["step"]), dict(state.get("start", {}))
