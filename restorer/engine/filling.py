"""What fills, by its name: weights, or copies of the picture's own pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from restorer.engine import weights
from restorer.engine.copying import NAME, Copier
from restorer.engine.placed import warn
from restorer.engine.restorer import Restorer

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.imaging.job import Job
    from restorer.imaging.patch import Patch


class Fills(Protocol):
    """What window and commands need of it."""

    def restore(self, job: Job, progress: Callable[[float], None] = ...) -> list[Patch]: ...

    def made(self, job: Job) -> dict[str, str]: ...


def filler(
    model: str | None = None,
    device: str = "auto",
    threads: int | None = None,
    notice: Callable[[str], None] = warn,
) -> Fills:
    """The `Copier` for its name, else a `Restorer`, which takes the same and raises as it does."""
    return Copier() if model == NAME else Restorer(model, device, threads, notice)


def available() -> list[str]:
    """Names of all that fills, the default first, copies last."""
    return [*weights.available("fills"), NAME]
