"""A network on a device, which moves to the CPU when the device fails."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, TypeVar

import torch

from restorer.engine import device as devices
from restorer.engine.crew import Crew
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import nn

Answer = TypeVar("Answer")


def warn(sentence: str) -> None:
    """Tell a program that uses the library."""
    warnings.warn(sentence, RuntimeWarning, stacklevel=2)


def takes_over(error: Exception) -> str:
    """What a person is told when the CPU goes on with the work of a graphics card that failed so."""
    if devices.is_full(error):
        return "The graphics card has too little memory for this: the CPU is used, which takes longer."
    return f"The graphics card failed ({devices.reason(error)}): the CPU is used, which takes longer."


class Placed:
    """A network with its weights on a device, and the crew that computes there.  Belongs to one thread.

    Args:
        make: gives the network, with its weights; asked again when the device has lost it.
        choice: `auto`, `cpu` or `cuda`.
        threads: of the crew on a CPU.
        notice: told one sentence when the CPU takes over.

    Raises:
        RestorerError: no such device, or CUDA is asked for and cannot be used; what `make` raises.
    """

    def __init__(
        self, make: Callable[[], nn.Module], choice: str, threads: int | None, notice: Callable[[str], None] = warn
    ) -> None:
        self._make, self._threads, self._notice = make, threads, notice
        self.cramped = False
        """Has its memory run out once?  Then smaller tiles are to be given to it."""
        device = devices.choose(choice)
        if choice == "auto" and device.type == "cpu" and devices.lacks_its_driver():
            notice("No graphics card with a working driver was found: the CPU is used, which takes longer.")
        network = make()
        try:
            self._settle(network, device)
        except Exception as error:
            if not devices.has_failed(device, error):
                raise
            if choice != "auto":
                raise RestorerError(
                    f"CUDA cannot be used ({devices.reason(error)}): choose the device cpu, or see to its driver."
                ) from error
            self._take_over(error)

    def _settle(self, network: nn.Module, device: torch.device) -> None:
        self.network = network.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.device = device
        self.crew = Crew(self._threads if device.type == "cpu" else 1)

    def work(self, work: Callable[[], Answer]) -> Answer:
        """What `work` answers; it is begun again where the device failed: in a CUDA that ran out of memory once more
        with smaller tiles, then, as after every other fault of it, on the CPU.
        """
        while True:
            try:
                return work()
            except Exception as error:
                if not devices.has_failed(self.device, error):
                    raise
                full = devices.is_full(error)
                failure = error
            # outside of the clause above, whose exception keeps what the device holds alive
            if full and not self.cramped:
                self.cramped = True
                torch.cuda.empty_cache()
            else:
                self._take_over(failure)

    def _take_over(self, error: Exception) -> None:
        self._settle(self._make(), torch.device("cpu"))  # from the file: a card that is lost gives nothing back
        self._notice(takes_over(error))
