"""A graphics card that fails when it is told to.  None is needed: what it would compute is computed on the CPU."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

CUDA = torch.device("cuda")
LOST = (
    "CUDA error: unspecified launch failure\nCUDA kernel errors might be asynchronously reported at some other API call"
)


def lost() -> Exception:
    """What torch raises when the card is gone."""
    return torch.AcceleratorError(LOST)


class Card:
    """A graphics card whose calls fail as often as it is told, each with what `fault` makes."""

    def __init__(self) -> None:
        self.fault: Callable[[], Exception] | None = None
        self.faults = 0
        self.good = 0
        """Calls that go well before it fails."""
        self.areas: list[int] = []
        """Pixels of each tile that was sent to it."""

    def called(self, tensor: torch.Tensor) -> None:
        self.areas.append(tensor.shape[-1] * tensor.shape[-2])
        if self.good:
            self.good -= 1
        elif self.fault is not None and self.faults:
            self.faults -= 1
            raise self.fault()


def put_in(monkeypatch: pytest.MonkeyPatch) -> Card:
    """As if such a card were in this computer."""
    card, to = Card(), torch.Tensor.to

    def moved(tensor: torch.Tensor, *args: object, **options: object) -> torch.Tensor:
        if args and args[0] == CUDA:
            if tensor.dim() == 4 and tensor.shape[1] == 3 and not isinstance(tensor, torch.nn.Parameter):
                card.called(tensor)
            return tensor
        return to(tensor, *args, **options)

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda: False)
    monkeypatch.setattr(torch.cuda, "empty_cache", lambda: None)
    monkeypatch.setattr(torch.Tensor, "to", moved)
    monkeypatch.setattr(torch.nn.Module, "to", lambda module, *_args, **_options: module)
    return card
