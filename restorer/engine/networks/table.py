"""The networks that a card may name.  They are loaded, and torch with them, when one is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import nn


@dataclass(frozen=True)
class Entry:
    """A network: what makes it, what a card's shape says of it (from what to what), and what it does."""

    make: Callable[..., nn.Module]
    shape: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    does: str = "fills"


def _reweave(**shape: int) -> nn.Module:
    from restorer.engine.networks.reweave import Reweave

    return Reweave(**shape)


def _context_encoder() -> nn.Module:
    from restorer.engine.networks.context_encoder import ContextEncoder

    return ContextEncoder()


def _partial_conv(**shape: int) -> nn.Module:
    from restorer.engine.networks.partial_conv import PartialConvUNet

    return PartialConvUNet(**shape)


def _spotter() -> nn.Module:
    from restorer.engine.networks.spotter import Spotter

    return Spotter()


NETWORKS = {
    # ranges, because a card may come from anywhere, and memory is taken by what it says
    "reweave": Entry(_reweave, {"channels": (8, 512), "blocks": (1, 64)}),
    "context-encoder": Entry(_context_encoder),
    "partial-conv": Entry(_partial_conv, {"channels": (8, 128)}),
    "spotter": Entry(_spotter, does="finds"),
}
