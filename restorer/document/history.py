"""Undo and redo, as a list of frozen steps."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.document.repair import Repair
    from restorer.imaging.region import Region


@dataclass(frozen=True, eq=False)
class MaskChange:
    """A region of the mask before and after, each as packed bits."""

    region: Region
    before: NDArray[np.uint8]
    after: NDArray[np.uint8]

    @classmethod
    def between(cls, region: Region, before: NDArray[np.bool_], after: NDArray[np.bool_]) -> MaskChange:
        return cls(region, np.packbits(before), np.packbits(after))

    def bits(self, *, after: bool) -> NDArray[np.bool_]:
        """Bool h×w of the region."""
        height, width = self.region.height, self.region.width
        packed = self.after if after else self.before
        return np.unpackbits(packed, count=height * width).reshape(height, width).astype(bool)


@dataclass(frozen=True, eq=False)
class Step:
    """What one undo takes back: a change of the mask, of the repairs, or of both."""

    name: str
    mask: MaskChange | None
    before: tuple[Repair, ...]
    after: tuple[Repair, ...]

    @cached_property
    def nbytes(self) -> int:
        """What forgetting the step would free: its mask, and repairs that it took away."""
        mask = self.mask.before.nbytes + self.mask.after.nbytes if self.mask else 0
        return mask + sum(repair.nbytes for repair in set(self.before) - set(self.after))


class History:
    """Steps done and undone; the oldest are forgotten when together they hold more than `limit` bytes."""

    def __init__(self, limit: int = 1 << 30) -> None:
        self.limit = limit
        self._done: deque[Step] = deque()
        self._held = 0
        self._undone: list[Step] = []

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def last(self) -> Step | None:
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Step | None:
        return self._undone[-1] if self._undone else None

    def add(self, step: Step) -> None:
        self._undone.clear()
        self._done.append(step)
        self._held += step.nbytes
        while self._held > self.limit and len(self._done) > 1:
            self._held -= self._done.popleft().nbytes

    def undo(self) -> Step | None:
        """Moves the last step to those undone and returns it."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        self._held -= self._undone[-1].nbytes
        return self._undone[-1]

    def redo(self) -> Step | None:
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        self._held += self._done[-1].nbytes
        return self._done[-1]
