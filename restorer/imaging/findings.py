"""Damage that was found: a probability for each kind at each pixel, and the mask that follows from it.

A mask is made anew for each sensitivity and each choice of kinds without looking at the picture again.  Only the places
where something may be damaged are kept, so what was found on a large, clean scan takes little memory.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from numpy.typing import NDArray

    Bits = NDArray[np.bool_]
    Labels = NDArray[np.int32]

KINDS = ("scratch", "dust", "crack", "stain")
"""Scratches; dust and hairs; cracks, folds and lost emulsion; stains and blotches."""

TILE = 1024
"""Side of the squares, px, in which findings are kept."""

DEFAULT_SENSITIVITY = 0.5
LEAST = 5
"""A probability below `LEAST`/255 is not kept: no sensitivity reaches it."""

_SPAN = 7.0  # by how much the logit of the threshold changes from sensitivity 0 to 1
_WEAK = 1.2  # logits below the threshold that still belong to damage which somewhere passes it
_SMALLEST = 3  # px; smaller pieces are noise


@dataclass(frozen=True, eq=False)
class FoundTile:
    """`probability` uint8 h×w×4 (0 to 255 is 0 to 1), in the order of `KINDS`, at `region`."""

    region: Region
    probability: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Findings:
    """What a detector says of a picture of `shape` (H, W).

    `tiles` lie on a grid of `TILE`; the missing ones hold no damage.  `thresholds` are the probabilities, by kind,
    that count as damage at `DEFAULT_SENSITIVITY`.
    """

    shape: tuple[int, int]
    tiles: tuple[FoundTile, ...]
    thresholds: Mapping[str, float]

    def mask(self, sensitivity: float = DEFAULT_SENSITIVITY, kinds: Collection[str] = KINDS) -> Bits:
        """Bool H×W, True is damage of one of `kinds`.

        A pixel belongs to it if its probability passes the threshold, or nearly does and is connected to one that
        passes (hysteresis: Canny, PAMI 1986).  Pieces of fewer than 3 px are left out.

        Args:
            sensitivity: 0 marks only what is certain, 1 whatever may be damage.
            kinds: of `KINDS`.

        Raises:
            ValueError: a sensitivity outside 0..1, or no such kind.
        """
        if not 0 <= sensitivity <= 1:
            raise ValueError(f"sensitivity {sensitivity} is not in 0..1")
        unknown = set(kinds) - set(KINDS)
        if unknown:
            raise ValueError(f"no such kind of damage: {', '.join(sorted(unknown))}")
        mask = np.zeros(self.shape, np.bool_)
        pieces = _Pieces()
        for tile in self.tiles:
            strong, weak = self._passing(tile, sensitivity, kinds)
            pieces.add(tile.region, strong, weak)
        for region, bits in pieces.kept():
            mask[region.slices] = bits
        return mask

    def _passing(self, tile: FoundTile, sensitivity: float, kinds: Collection[str]) -> tuple[Bits, Bits]:
        strong = np.zeros(tile.probability.shape[:2], np.bool_)
        weak = np.zeros_like(strong)
        for channel, kind in enumerate(KINDS):
            if kind in kinds:
                logit = _logit(self.thresholds[kind]) + (DEFAULT_SENSITIVITY - sensitivity) * _SPAN
                probability = tile.probability[..., channel]
                strong |= probability >= max(LEAST, 255 * _probability(logit))
                weak |= probability >= max(LEAST, 255 * _probability(logit - _WEAK))
        return strong, weak


def kinds_at(findings: Findings, region: Region) -> dict[str, float]:
    """The highest probability of each kind in a region, 0..1: what a click on a defect says of it."""
    highest = dict.fromkeys(KINDS, 0.0)
    for tile in findings.tiles:
        part = tile.region & region
        if part.area:
            found = tile.probability[part.within(tile.region).slices].reshape(-1, len(KINDS)).max(0) / 255
            highest = {kind: max(highest[kind], float(value)) for kind, value in zip(KINDS, found, strict=True)}
    return highest


class _Pieces:
    """Connected pieces over tiles, each labelled alone: a picture of labels would take four bytes a pixel."""

    def __init__(self) -> None:
        self._labels: dict[tuple[int, int], tuple[Region, Labels]] = {}
        self._parent: list[int] = [0]
        self._strong: list[bool] = [False]
        self._area: list[int] = [0]

    def add(self, region: Region, strong: Bits, weak: Bits) -> None:
        count, labels, stats = cv2.connectedComponentsWithStats(weak.astype(np.uint8), connectivity=8)[:3]
        first = len(self._parent)
        hit = np.bincount(labels[strong], minlength=count)[1:] > 0
        self._parent += range(first, first + count - 1)
        self._strong += hit.tolist()
        self._area += stats[1:, cv2.CC_STAT_AREA].tolist()
        numbered = np.where(labels > 0, labels + np.int32(first - 1), np.int32(0)).astype(np.int32)
        place = region.top // TILE, region.left // TILE
        self._labels[place] = region, numbered

    def kept(self) -> Iterator[tuple[Region, Bits]]:
        """Each tile's pixels of the pieces that pass somewhere and are large enough."""
        self._join()
        roots = np.array([self._root(label) for label in range(len(self._parent))])
        strong = np.bincount(roots, np.array(self._strong), len(roots)) > 0
        large = np.bincount(roots, np.array(self._area), len(roots)) >= _SMALLEST
        good = (strong & large)[roots]
        good[0] = False
        for region, labels in self._labels.values():
            yield region, good[labels]

    def _join(self) -> None:
        for (row, column), (_, labels) in self._labels.items():
            right, below = self._edges(row, column + 1), self._edges(row + 1, column)
            if right is not None:
                self._touch(labels[:, -1], right[:, 0])
            if below is not None:
                self._touch(labels[-1], below[0])
            for beside, corner, other in ((column + 1, -1, 0), (column - 1, 0, -1)):
                across = self._edges(row + 1, beside)
                if across is not None:
                    self._touch(labels[-1:, corner], across[:1, other])

    def _edges(self, row: int, column: int) -> Labels | None:
        found = self._labels.get((row, column))
        return None if found is None else found[1]

    def _touch(self, first: Labels, second: Labels) -> None:
        """Two edges that lie against each other, corners included."""
        pairs: set[tuple[int, int]] = set()
        for shift in (-1, 0, 1):
            a = first[max(0, shift) : len(first) + min(0, shift)]
            b = second[max(0, -shift) : len(second) + min(0, -shift)]
            both = (a > 0) & (b > 0)
            pairs.update(zip(a[both].tolist(), b[both].tolist(), strict=True))
        for a_label, b_label in pairs:
            self._parent[self._root(a_label)] = self._root(b_label)

    def _root(self, label: int) -> int:
        while self._parent[label] != label:
            self._parent[label] = self._parent[self._parent[label]]
            label = self._parent[label]
        return label


def _logit(probability: float) -> float:
    return math.log(probability / (1 - probability))


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))
