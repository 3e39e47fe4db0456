"""The networks that a card may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from torch import nn

from restorer.engine.networks.context_encoder import ContextEncoder
from restorer.engine.networks.partial_conv import PartialConvUNet
from restorer.engine.networks.reweave import Reweave
from restorer.engine.networks.spotter import Spotter


@dataclass(frozen=True)
class Entry:
    """A network: what makes it, what a card's shape says of it (from what to what), and what it does."""

    make: type[nn.Module]
    shape: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    does: str = "fills"


NETWORKS = {
    # ranges, because a card may come from anywhere, and memory is taken by what it says
    "reweave": Entry(Reweave, {"channels": (8, 512), "blocks": (1, 64)}),
    "context-encoder": Entry(ContextEncoder),
    "partial-conv": Entry(PartialConvUNet, {"channels": (8, 128)}),
    "spotter": Entry(Spotter, does="finds"),
}
