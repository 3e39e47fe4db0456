"""Where something lies in a picture."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, order=True)
class Region:
    """A rectangle of whole pixels; `right` and `bottom` are excluded.

    Only `slices` turns x, y into row, column.
    """

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def area(self) -> int:
        return max(0, self.width) * max(0, self.height)

    @property
    def empty(self) -> bool:
        return self.width <= 0 or self.height <= 0

    @property
    def slices(self) -> tuple[slice, slice]:
        """Rows and columns, to index an array of H×W or H×W×C."""
        return slice(self.top, self.bottom), slice(self.left, self.right)

    def grown(self, margin: int) -> Region:
        """The region with `margin` px more on each side (less, if negative)."""
        return Region(self.left - margin, self.top - margin, self.right + margin, self.bottom + margin)

    def moved(self, dx: int, dy: int) -> Region:
        return Region(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def within(self, outer: Region) -> Region:
        """The same place in the coordinates of `outer`."""
        return self.moved(-outer.left, -outer.top)

    def __and__(self, other: Region) -> Region:
        """The part both share; may be `empty`."""
        return Region(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def __or__(self, other: Region) -> Region:
        """The smallest region that holds both; an empty one counts for nothing."""
        if self.empty:
            return other
        if other.empty:
            return self
        return Region(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    @classmethod
    def of_shape(cls, shape: tuple[int, ...]) -> Region:
        """The whole of an array of H×W or H×W×C."""
        return cls(0, 0, shape[1], shape[0])

    @classmethod
    def around(cls, mask: NDArray[np.bool_]) -> Region:
        """The bounding box of the True pixels of an H×W mask; `empty` if there are none."""
        rows = np.flatnonzero(mask.any(axis=1))
        if not len(rows):
            return cls(0, 0, 0, 0)
        columns = np.flatnonzero(mask[rows[0] : rows[-1] + 1].any(axis=0))
        return cls(int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1)
