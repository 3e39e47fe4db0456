"""Weights and their card out of a run."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from restorer.engine import weights
from restorer.training import checkpoint
from restorer.training.recipes import described

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from restorer.engine.weights import Weights


def export(saved: Path, target: Path, more: Mapping[str, Any] | None = None) -> Weights:
    """Write the averaged weights of a checkpoint as safetensors, with a card that also says `more`.

    Raises:
        RestorerError: the checkpoint cannot be read, or the weights cannot be written.
    """
    state = checkpoint.load(saved)
    config = checkpoint.config_of(state, saved)
    card = {**described(config), **(more or {}), "steps": state["step"], "settings": dataclasses.asdict(config)}
    if state.get("start"):
        card["started_from"] = state["start"]
    return weights.save(target, state["average"], card)
