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


def export(saved: Path, target: Path, more: Mapping[str, Any] | None = None, *, half: bool = False) -> Weights:
    """Write the averaged weights of a checkpoint as safetensors, with a card that also says `more`.

    Args:
        saved: the checkpoint.
        target: the .safetensors file; its card gets the same name.
        more: what the card is to say besides what follows from the run.
        half: store float16, at half the size; the network still computes in float32.

    Raises:
        RestorerError: the checkpoint cannot be read, or the weights cannot be written.
    """
    state = checkpoint.load(saved)
    config = checkpoint.config_of(state, saved)
    card = {**described(config), **(more or {}), "steps": state["step"], "settings": dataclasses.asdict(config)}
    if state.get("start"):
        card["started_from"] = state["start"]
    tensors = state["average"]
    if half:
        card["stored_as"] = "float16"
        tensors = {name: tensor.half() for name, tensor in tensors.items()}
    return weights.save(target, tensors, card)
