"""How well damage is found, and what finding it is worth."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

TOLERANCE = 2
"""Px by which a mark may miss the damage and still count."""


@dataclass(frozen=True)
class Counts:
    """Pixels, of one picture or summed over several."""

    marked: int = 0
    right: int = 0  # of the marked ones, within the tolerance of damage
    damaged: int = 0
    found: int = 0  # of the damaged ones, within the tolerance of a mark

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.marked + other.marked,
            self.right + other.right,
            self.damaged + other.damaged,
            self.found + other.found,
        )

    @property
    def precision(self) -> float:
        """1 where nothing is marked: nothing is marked wrongly."""
        return self.right / self.marked if self.marked else 1.0

    @property
    def recall(self) -> float:
        return self.found / self.damaged if self.damaged else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0..1."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def counted(marked: Mask, truth: Mask, tolerance: int = TOLERANCE) -> Counts:
    """Compare two masks, bool H×W.  Distances are Euclidean, as in boundary benchmarks (Martin et al., PAMI 2004)."""
    return Counts(
        marked=int(marked.sum()),
        right=int((marked & _near(truth, tolerance)).sum()),
        damaged=int(truth.sum()),
        found=int((truth & _near(marked, tolerance)).sum()),
    )


def mean_f1(counts: Sequence[Counts]) -> float:
    """The mean over pictures: one large stain must not outvote a hundred specks elsewhere."""
    return float(np.mean([one.f1 for one in counts])) if counts else float("nan")


def _near(mask: Mask, tolerance: int) -> Mask:
    y, x = np.mgrid[-tolerance : tolerance + 1, -tolerance : tolerance + 1]
    disc = (x * x + y * y <= tolerance * tolerance).astype(np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), disc) > 0)
