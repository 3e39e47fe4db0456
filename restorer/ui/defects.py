"""Single defects in a mask: the one under a click, and where all of them lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.findings import KINDS
from restorer.imaging.marks import Marks
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.findings import Findings

    Bits = NDArray[np.bool_]
    Place = tuple[int, int]

LARGE = 16_000_000
"""Px; in a larger mask defects are told apart at half, a quarter… of its size."""
_FIRST = 64
_BAND = 256  # px of height that are read from left to right before the next


@dataclass(frozen=True)
class Terms:
    """What of the findings is to be marked: see `Findings.mask`.

    `left_out` are places of defects that are not; if there are `taken` ones, no others than those are.
    """

    sensitivity: float = 0.5
    kinds: frozenset[str] = frozenset(KINDS)
    left_out: tuple[Place, ...] = ()
    taken: tuple[Place, ...] | None = None


@dataclass(frozen=True, eq=False)
class Choice:
    """What follows from findings and terms.

    `found` is to be marked, `count` defects; `places` are those to go through, in reading order: the same ones, or all
    where single ones are taken.
    """

    found: Marks
    left_out: Marks
    places: tuple[Region, ...]
    count: int


def choose(findings: Findings, terms: Terms) -> Choice:
    mask = findings.mask(terms.sensitivity, terms.kinds)
    pieces, count = Marks(mask.shape), 0
    places = () if terms.taken is None else places_of(mask)
    for x, y in terms.left_out if terms.taken is None else terms.taken:
        piece = piece_at(mask, x, y)
        if piece is not None:
            mask[piece.region.slices] &= ~piece.bits
            add(pieces, Marks.of(piece, mask.shape))
            count += 1
    others = Marks.of_array(mask)
    if terms.taken is not None:
        return Choice(pieces, others, places, count)
    places = places_of(mask)
    return Choice(others, pieces, places, len(places))


def add(marks: Marks, more: Marks) -> None:
    marks.put([(key, after) for key, (_, after) in marks.added(more).items()])


def piece_at(mask: Bits | Marks, x: int, y: int) -> Stroke | None:
    """All that is connected (by sides or corners) to a pixel of a mask; None if it is not marked."""
    bounds, half = Region.of_shape(mask.shape), _FIRST
    if not (0 <= x < bounds.width and 0 <= y < bounds.height) or not mask[y, x]:
        return None
    while True:
        around = Region(x - half, y - half, x + half + 1, y + half + 1) & bounds
        part = np.ascontiguousarray(mask[around.slices])
        labels = cv2.connectedComponents(part.view(np.uint8), connectivity=8)[1]
        bits = labels == labels[y - around.top, x - around.left]
        tight = Region.around(bits)
        cut = (
            (tight.left == 0 and around.left > 0)
            or (tight.top == 0 and around.top > 0)
            or (tight.right == around.width and around.right < bounds.width)
            or (tight.bottom == around.height and around.bottom < bounds.height)
        )
        if not cut:
            return Stroke(tight.moved(around.left, around.top), bits[tight.slices].copy())
        half *= 4


def pixel_of(mask: Bits | Marks, box: Region) -> Place | None:
    """A marked pixel of the defect that fills a box; others may reach into it."""
    part = np.ascontiguousarray(mask[box.slices]).view(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    if count < 2:
        return None
    largest = 1 + int((stats[1:, cv2.CC_STAT_WIDTH] * stats[1:, cv2.CC_STAT_HEIGHT]).argmax())
    y, x = np.unravel_index(int((labels == largest).argmax()), labels.shape)
    return int(x) + box.left, int(y) + box.top


def nearest(mask: Bits | Marks, x: int, y: int, reach: int) -> Place | None:
    """The marked pixel that lies nearest, at most `reach` px away."""
    around = Region(x - reach, y - reach, x + reach + 1, y + reach + 1) & Region.of_shape(mask.shape)
    if around.empty:
        return None
    down, across = np.nonzero(mask[around.slices])
    if not len(down):
        return None
    far = (across + around.left - x) ** 2 + (down + around.top - y) ** 2
    best = int(far.argmin())
    if far[best] > reach * reach:
        return None
    return int(across[best]) + around.left, int(down[best]) + around.top


def places_of(mask: Bits) -> tuple[Region, ...]:
    """The bounding boxes of the connected pieces, in reading order."""
    small, step = mask.view(np.uint8), 1
    while small.size > LARGE:
        height, width = (small.shape[0] + 1) // 2 * 2, (small.shape[1] + 1) // 2 * 2
        padded = np.pad(small, ((0, height - small.shape[0]), (0, width - small.shape[1])))
        small = padded.reshape(height // 2, 2, width // 2, 2).max((1, 3))
        step *= 2
    stats = cv2.connectedComponentsWithStats(np.ascontiguousarray(small), connectivity=8)[2][1:, :4] * step
    bounds = Region.of_shape(mask.shape)
    boxes = (Region(x, y, x + width, y + height) & bounds for x, y, width, height in stats.tolist())
    return tuple(sorted(boxes, key=lambda box: (box.top // _BAND, box.left, box.top)))
