"""What the trainer asks of a recipe: the way in which one network is taught."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar

import numpy as np
import torch

from restorer.engine import device as devices
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from torch import Tensor, nn
    from torch.optim import Optimizer

    from restorer.training.config import Config
    from restorer.training.ranks import Ranks

B = TypeVar("B", contravariant=True)
"""A batch as it comes from its source."""
L = TypeVar("L")
"""A lesson: a batch, or a rank's share of it, on the device and with all that losses and measures need."""


@dataclass(frozen=True, eq=False)
class Learner:
    """A module that learns, by an optimizer of its own; its rate is `rate` times what the settings say."""

    module: nn.Module
    optimizer: Optimizer
    rate: float = 1.0


@dataclass(frozen=True, eq=False)
class Turn:
    """One loss, and who is to learn from it.

    Args:
        learner: its name in `Recipe.learners`.
        loss: the mean over this rank's crops.
        terms: parts of the loss, by name, each of one value, for the log.
        made: without gradient, what the network makes of the lesson; given by one turn of each batch.
    """

    learner: str
    loss: Tensor
    terms: Mapping[str, Tensor]
    made: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Measure:
    """A quotient of two sums over this rank's share of a batch, so that it can be taken over all ranks'."""

    total: Tensor
    over: Tensor


class Recipe(Protocol[B, L]):
    """A network, and how it is taught."""

    measures: ClassVar[Mapping[str, str]]
    """What is told of each step besides the losses: names, which are columns of the log, and what the numbers are."""

    def __init__(self, config: Config, ranks: Ranks, device: torch.device, /) -> None:
        """Make network and optimizers, with the random numbers of torch as they are set."""

    @property
    def learners(self) -> Mapping[str, Learner]:
        """`network` is what is averaged and exported; another one may be a discriminator."""

    @staticmethod
    def described(config: Config) -> dict[str, Any]:
        """What a card says of weights that were taught so: `network`, `shape`, `losses`, …"""

    def start_from(self, tensors: Mapping[str, Tensor]) -> None:
        """Begin with exported weights.  Raises RestorerError if they are not of this network."""

    def lesson(self, batch: B) -> L:
        """A batch on the device."""

    def turns(self, lesson: L) -> Iterator[Turn]:
        """The losses of one batch, one after the other: when the next is asked for, the last has been learnt from."""

    def measured(self, lesson: L, made: Tensor) -> Mapping[str, Measure]:
        """What `measures` names."""

    def pictured(self, lesson: L, made: Tensor, crop: int) -> NDArray[np.float32]:
        """Crop number `crop` beside what was made of it, 3×S×W in 0..1, to be looked at."""


def autocast(config: Config, device: torch.device) -> torch.autocast:
    """A context in which a network is computed in bfloat16, where the settings allow and the device is faster so."""
    return devices.autocast(device, devices.fastest(device) if config.autocast else torch.float32)


def load(module: nn.Module, tensors: Mapping[str, Tensor]) -> None:
    """Put exported weights into a module.  Raises RestorerError if they are of another shape."""
    try:
        module.load_state_dict(tensors)
    except RuntimeError as error:
        why = str(error).splitlines()[-1].strip()
        raise RestorerError(f"These weights do not fit the network to train ({why}): choose others.") from None
