"""How long a batch will take still, from how long it took so far."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LEAST = 0.02
"""Nothing is foretold before this share of the work is done."""


class Pace:
    """Files count by what they weigh, so that one large scan among small ones is not taken for one of many.

    Args:
        weights: by number, as the memory that a file takes.
        now: seconds, from any start.
    """

    def __init__(self, weights: Mapping[int, int], now: Callable[[], float] = monotonic) -> None:
        self._weights = {number: max(1, weight) for number, weight in weights.items()}
        self._now = now
        self._shares: dict[int, float] = {}
        self._spared: set[int] = set()
        self._begun = now()
        self._paused: float | None = None
        self._rested = 0.0

    def at(self, number: int, share: float) -> None:
        """So much of a file is done, 0..1."""
        self._shares[number] = max(share, self._shares.get(number, 0.0))

    def spare(self, number: int) -> None:
        """A file that takes no time: it was done before, or is left out."""
        self._spared.add(number)

    def pause(self) -> None:
        if self._paused is None:
            self._paused = self._now()

    def go_on(self) -> None:
        if self._paused is not None:
            self._rested += self._now() - self._paused
            self._paused = None

    @property
    def share(self) -> float:
        """Of all the work, 0..1."""
        whole = sum(self._weights.values())
        done = sum(
            weight * (1.0 if number in self._spared else self._shares.get(number, 0.0))
            for number, weight in self._weights.items()
        )
        return done / whole if whole else 1.0

    @property
    def seconds_left(self) -> float | None:
        """None as long as nobody can know."""
        mine = {number: weight for number, weight in self._weights.items() if number not in self._spared}
        whole = sum(mine.values())
        done = sum(weight * self._shares.get(number, 0.0) for number, weight in mine.items())
        if not whole or done < LEAST * whole:
            return None
        until = self._now() if self._paused is None else self._paused
        return (until - self._begun - self._rested) * (whole - done) / done
