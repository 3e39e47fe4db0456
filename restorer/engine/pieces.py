"""Damage sorted by how it is to be filled: narrow pieces at native resolution, wide ones from coarse to fine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.engine.networks.reweave import octave_of
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from restorer.imaging.job import Job

CONTEXT = 12
"""Px of surroundings that the network sees around what it fills, at each octave of wide damage …"""

NARROW_CONTEXT = 8
"""… and around narrow damage: 12 gain 0.03 to 0.07 dB, and make thousands of specks half as dear again."""

CELL = 16
"""Px of the grid on which neighbouring wide pieces are joined."""


NARROW = 5.0
"""A piece whose deepest pixel lies no farther from a known one (px) is filled at native resolution alone.

Less than the network can reach: from there on an octave more, with its texture, is better to look at (cracks: 0.94 of
the perceptual distance for 0.09 dB, on pictures that were neither trained on nor are in the benchmark).
"""


@dataclass(frozen=True, eq=False)
class Group:
    """Damage that is filled together.

    `region` holds the damage and the context it needs; `wanted` bool h×w says what of it is to be filled;
    `octaves` is how many octaves down it becomes narrow (0: it is narrow as it stands).
    """

    region: Region
    wanted: NDArray[np.bool_]
    octaves: int


def groups(job: Job, reach: float = NARROW, context: int = CONTEXT) -> list[Group]:
    """All of a job's wanted pixels, each in exactly one group: first the narrow pieces, then the wide ones.

    `reach` and `context` belong to the network: the depth, px, up to which a piece counts as narrow, and what it sees.

    "The octave follows the piece's width, not the kind of damage": width is measured on all that is damaged, also
    on what is not wanted now.
    """
    bounds = Region.of_shape(job.damage.shape)
    area, damage, depth = _measured(job, bounds, reach, context)
    narrow = np.zeros(damage.shape, bool)
    narrow[job.wanted.region.within(area).slices] = job.wanted.bits

    wide = []
    if float(depth.max()) > reach:
        labels, boxes = (np.asarray(a, np.int32) for a in cv2.connectedComponentsWithStats(damage, connectivity=8)[1:3])
        deepest = np.zeros(len(boxes), np.float32)
        deep = depth > reach
        np.maximum.at(deepest, labels[deep], depth[deep])
        for place, members, octaves in _joined(boxes, deepest, damage.shape, reach, context):
            inside = place & Region.of_shape(damage.shape)
            bits = _labelled(labels[inside.slices], members) & narrow[inside.slices]
            narrow[inside.slices] &= ~bits
            region = place.moved(area.left, area.top) & bounds
            wanted = np.zeros((region.height, region.width), bool)
            wanted[inside.moved(area.left, area.top).within(region).slices] = bits
            if bits.any():
                wide.append(Group(region, wanted, octaves))
    return [Group(area, narrow, 0), *wide] if narrow.any() else wide


def _measured(
    job: Job, bounds: Region, reach: float, context: int
) -> tuple[Region, NDArray[np.uint8], NDArray[np.float32]]:
    """An area around what is wanted, its damage, and how deep each damaged pixel lies (px to the nearest known one).

    The area grows until no wide damage reaches over its border: cut there, its depth would not be known.
    """
    margin = context
    while True:
        area = job.wanted.region.grown(margin) & bounds
        damage = job.damage[area.slices].astype(np.uint8)
        depth = np.asarray(cv2.distanceTransform(damage, cv2.DIST_L2, 3), np.float32)
        if area == bounds or not _cut_off(depth, area, bounds, reach):
            # OpenCV knows no bound where nothing is known at all
            return area, damage, np.minimum(depth, max(damage.shape)).astype(np.float32)
        margin *= 4


def _cut_off(depth: NDArray[np.float32], area: Region, bounds: Region, reach: float) -> bool:
    sides = (
        (depth[0], area.top > bounds.top),
        (depth[-1], area.bottom < bounds.bottom),
        (depth[:, 0], area.left > bounds.left),
        (depth[:, -1], area.right < bounds.right),
    )
    return any(inner and float(side.max()) > reach for side, inner in sides)


def _labelled(labels: NDArray[np.int32], members: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Where a label is one of `members`; row by row, because an index of the whole takes 8 bytes a pixel."""
    chosen = np.zeros(max(int(labels.max(initial=0)), int(members.max())) + 1, bool)
    chosen[members] = True
    found = np.empty(labels.shape, bool)
    for row, here in zip(found, labels, strict=True):
        row[:] = chosen[here]
    return found


def _joined(
    boxes: NDArray[np.int32], deepest: NDArray[np.float32], shape: tuple[int, ...], reach: float, context: int
) -> Iterator[tuple[Region, NDArray[np.int64], int]]:
    """Place with context, labels and octaves of the wide pieces; those whose places overlap are joined.

    `boxes` is OpenCV's left, top, width, height for each label; `deepest` the depth of each wide one, else 0.
    Overlap is seen on a grid of `CELL` px, on which thousands of pieces are joined at once.
    """
    wide = np.flatnonzero(deepest)
    places, octaves = [], []
    grid = np.zeros((shape[0] // CELL + 1, shape[1] // CELL + 1), np.uint8)
    for label in wide:
        left, top, width, height = (int(n) for n in boxes[label][:4])
        octaves.append(octave_of(float(deepest[label]), reach))
        place = Region(left, top, left + width, top + height).grown(context << octaves[-1])
        places.append(place)
        inside = place & Region.of_shape(shape)
        corner = ((inside.right - 1) // CELL, (inside.bottom - 1) // CELL)
        cv2.rectangle(grid, (inside.left // CELL, inside.top // CELL), corner, 1, -1)
    _, islands = cv2.connectedComponents(grid, connectivity=4)
    island = islands[[(boxes[label][1]) // CELL for label in wide], [(boxes[label][0]) // CELL for label in wide]]
    for number in np.unique(island):
        members = np.flatnonzero(island == number)
        place = places[members[0]]
        for member in members[1:]:
            place = place | places[member]
        yield place, wide[members], max(octaves[member] for member in members)
