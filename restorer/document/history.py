"""Undo and redo, as a list of frozen steps."""

from __future__ import annotations

from dataclasses import dataclass
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

    @property
    def nbytes(self) -> int:
        mask = self.mask.before.nbytes + self.mask.after.nbytes if self.mask else 0
        known = set(map(id, self.before))
        return mask + sum(r.nbytes for r in self.after if id(r) not in known)


class History:
    """Steps done and undone; the oldest are forgotten when together they hold more than `limit` bytes."""

    def __init__(self, limit: int = 1 << 30) -> None:
        self.limit = limit
        self._done: list[Step] = []
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
        held = sum(s.nbytes for s in self._done)
        while held > self.limit and len(self._done) > 1:
            held -= self._done.pop(0).nbytes

    def undo(self) -> Step | None:
        """Moves the last step to those undone and returns it."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        return self._undone[-1]

    def redo(self) -> Step | None:
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        return self._done[-1]
