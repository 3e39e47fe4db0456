"""Several processes that train one network (`torchrun`): who is who, and what they have to agree on.

Each process ("rank") sees its share of every batch.  Losses are means over crops, so that the mean of the ranks'
gradients is the gradient of the whole batch.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor
from torch import distributed as dist

from restorer.imaging.errors import RestorerError


@dataclass(frozen=True)
class Ranks:
    """Which process it is: number `rank` of `of`."""

    rank: int = 0
    of: int = 1

    @property
    def first(self) -> bool:
        """Is this the process that reports and saves?"""
        return self.rank == 0

    def mean(self, values: Tensor) -> Tensor:
        """The mean over the ranks, without gradient."""
        values = values.detach().clone()
        if self.of > 1:
            dist.all_reduce(values)
            values /= self.of
        return values

    def any(self, mine: bool) -> bool:
        """Whether any of the ranks says so; all get the same answer."""
        return bool(self.mean(torch.tensor(float(mine))) > 0) if self.of > 1 else mine

    @torch.no_grad()
    def average_gradients(self, parameters: Iterable[Tensor]) -> None:
        """Give every rank the mean of all gradients, in one message."""
        if self.of == 1:
            return
        gradients = [p.grad for p in parameters if p.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        dist.all_reduce(flat)
        flat /= self.of
        for gradient, part in zip(gradients, torch.split(flat, [g.numel() for g in gradients]), strict=True):
            gradient.copy_(part.view_as(gradient))


@contextmanager
def joined(device: torch.device) -> Iterator[Ranks]:
    """The processes that `torchrun` started, as its environment variables say; this one alone where there are none.

    Raises:
        RestorerError: the variables make no sense, or the others cannot be reached.
    """
    try:
        of = int(os.environ.get("WORLD_SIZE", "1"))
        local = int(os.environ.get("LOCAL_RANK", "0"))
    except ValueError:
        raise RestorerError("WORLD_SIZE and LOCAL_RANK are no numbers: start with `torchrun`.") from None
    if of == 1:
        yield Ranks()
        return
    try:
        if device.type == "cuda":
            torch.cuda.set_device(local)
        dist.init_process_group("cpu:gloo,cuda:nccl" if device.type == "cuda" else "gloo")
    except (ValueError, RuntimeError) as error:
        why = (str(error).splitlines() or ["unreachable"])[0]
        raise RestorerError(f"The processes cannot be joined ({why}): start them with `torchrun`.") from None
    try:
        yield Ranks(dist.get_rank(), of)
    finally:
        dist.destroy_process_group()
