"""Damage sorted by how it is to be filled: narrow pieces at native resolution, wide ones from coarse to fine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.engine.networks.reweave import octave_of
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.job import Job

CONTEXT = 24
"""Px of surroundings that the network sees around what it fills, at each octave (8 to 48 px fill equally well)."""


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


def groups(job: Job) -> list[Group]:
    """All of a job's wanted pixels, each in exactly one group: first the narrow pieces, then the wide ones.

    "The octave follows the piece's width, not the kind of damage": width is measured on all that is damaged, also
    on what is not wanted now.
    """
    bounds = Region.of_shape(job.damage.shape)
    area = job.wanted.region.grown(CONTEXT) & bounds
    damage = job.damage[area.slices].astype(np.uint8)
    narrow = np.zeros(damage.shape, bool)
    narrow[job.wanted.region.within(area).slices] = job.wanted.bits

    wide = []
    depth = cv2.distanceTransform(damage, cv2.DIST_L2, 3)
    if float(depth.max()) > NARROW:
        labels, boxes = (np.asarray(a, np.int32) for a in cv2.connectedComponentsWithStats(damage, connectivity=8)[1:3])
        deepest = np.zeros(len(boxes), np.float32)
        deep = depth > NARROW
        np.maximum.at(deepest, labels[deep], depth[deep])
        for place, members, octaves in _joined(boxes, deepest):
            inside = place & Region.of_shape(damage.shape)
            bits = _labelled(labels[inside.slices], members) & narrow[inside.slices]
            narrow[inside.slices] &= ~bits
            region = place.moved(area.left, area.top) & bounds
            wanted = np.zeros((region.height, region.width), bool)
            wanted[inside.moved(area.left, area.top).within(region).slices] = bits
            if bits.any():
                wide.append(Group(region, wanted, octaves))
    return [Group(area, narrow, 0), *wide] if narrow.any() else wide


def _labelled(labels: NDArray[np.int32], members: list[int]) -> NDArray[np.bool_]:
    """Where a label is one of `members`; row by row, because an index of the whole takes 8 bytes a pixel."""
    chosen = np.zeros(int(labels.max(initial=0)) + 1, bool)
    chosen[[member for member in members if member < len(chosen)]] = True
    found = np.empty(labels.shape, bool)
    for row, here in zip(found, labels, strict=True):
        row[:] = chosen[here]
    return found


def _joined(boxes: NDArray[np.int32], deepest: NDArray[np.float32]) -> list[tuple[Region, list[int], int]]:
    """Place with context, labels and octaves of the wide pieces; those whose places overlap are joined.

    `boxes` is OpenCV's left, top, width, height for each label; `deepest` the depth of each wide one, else 0.
    """
    joined: list[tuple[Region, list[int], int]] = []
    for label in np.flatnonzero(deepest):
        left, top, width, height = (int(n) for n in boxes[label][:4])
        octaves = octave_of(float(deepest[label]), NARROW)
        place = Region(left, top, left + width, top + height).grown(CONTEXT << octaves)
        members = [int(label)]
        while touching := [other for other in joined if not (other[0] & place).empty]:
            for other in touching:
                joined.remove(other)
                place, members, octaves = place | other[0], members + other[1], max(octaves, other[2])
        joined.append((place, members, octaves))
    return joined
