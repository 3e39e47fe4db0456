"""Filling without invention: every filled pixel is a copy of a known pixel of the same picture.

From coarse to fine, each hole pixel looks for the known place whose neighbourhood is most like its own (`texture`);
what it takes is that place's pixel itself, not a mixture, so that in the end the picture's own values lie in the hole,
to the last bit.  Copying whole places from coarse to fine is Wexler's idea (CVPR 2004) and PatchMatch's use (Barnes et
al., SIGGRAPH 2009); the search is the one that the texture of wide holes is found with.
"""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch

from restorer import __version__
from restorer.engine import inks
from restorer.engine.pieces import CONTEXT, NARROW, groups
from restorer.engine.prefill import Octave, push_pull
from restorer.engine.reading import halved_at, octave_at, planes
from restorer.engine.texture import NEAR, find_sources
from restorer.engine.tiling import tiles
from restorer.imaging.errors import RestorerError
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.imaging.job import Job

    Floats = NDArray[np.float32]
    Places = tuple[NDArray[np.int64], NDArray[np.int64]]

NAME = "patches"
"""Stands where weights have their name."""
LARGEST = 512
"""Longest side, px, of narrow damage that is searched for together."""
ROUNDS = 2
"""At each coarser octave the search is repeated so often, on what it has copied."""


class Copier:
    """Fills as `Restorer` does, by copies alone.  Has no weights; any thread may use it."""

    def made(self, job: Job) -> dict[str, str]:
        """How the patches of a job come about; see `Restorer.made`."""
        return {
            "model": NAME,
            "copies": "yes",
            "weights_sha256": "",
            "device": "cpu",
            "precision": "float32",
            "threads": "1",
            "seed": str(job.seed),
            "torch": torch.__version__,
            "machine": platform.machine(),
            "restorer": __version__,
        }

    def restore(self, job: Job, progress: Callable[[float], None] = lambda _share: None) -> list[Patch]:
        """Fill the wanted pixels of a job; see `Restorer.restore`.

        Raises:
            Cancelled: the job was cancelled.
            RestorerError: nothing is known near the damage, or there is not enough memory.
        """
        job.check()
        if inks.are_in(job.image):
            pairs = zip(*map(self.restore, inks.parts(job), inks.halves(progress)), strict=True)
            return [inks.joined(job, one, other) for one, other in pairs]
        places = list(_places(job))
        patches = []
        try:
            with torch.inference_mode():
                for number, (wanted, around, octaves) in enumerate(places):
                    patches.append(_taken(job, wanted, around, _sources(job, around, octaves)))
                    progress((number + 1) / len(places))
        except MemoryError as error:
            raise RestorerError(
                "There is not enough memory to restore this at once: mark less of it, or close other programs."
            ) from error
        return [patch for patch in patches if patch.mask.any()]

    def copied_from(self, job: Job) -> list[tuple[Region, NDArray[np.bool_]]]:
        """Which pixels a job's fill is copies of: bool masks and where they lie."""
        if inks.are_in(job.image):
            return [found for part in inks.parts(job) for found in self.copied_from(part)]
        found = []
        with torch.inference_mode():
            for wanted, around, octaves in _places(job):
                sources = _sources(job, around, octaves)
                inner = wanted.region.within(around).slices
                used = np.zeros((around.height, around.width), bool)
                used[sources[0][inner][wanted.mask], sources[1][inner][wanted.mask]] = True
                found.append((around, used))
        return found


def _places(job: Job) -> list[tuple[Patch, Region, int]]:
    """What is filled together: its place and mask (as a patch still to be filled), where it may take from, octaves."""
    bounds, found = Region.of_shape(job.image.shape), []
    for group in groups(job, NARROW, CONTEXT):
        parts = [Region.around(group.wanted)] if group.octaves else tiles(group.wanted, CONTEXT, LARGEST)
        for part in parts:
            place = part.moved(group.region.left, group.region.top)
            mask = group.wanted[part.slices].copy()
            patch = Patch(place, job.image.read(place), mask)
            found.append((patch, place.grown(NEAR << group.octaves) & bounds, group.octaves))
    return found


def _sources(job: Job, around: Region, octaves: int) -> Places:
    """Row and column in `around` of the source of each of its pixels."""
    job.check()
    pyramid: list[Octave] = []
    if octaves:
        pyramid.append(halved_at(job, around))
        for _ in range(1, octaves):
            pyramid.append(pyramid[-1].halved())
    sources: Places | None = None
    for octave in reversed(pyramid):
        job.check()
        sources = _searched(job, octave, sources)
    return _searched(job, octave_at(job, around), sources)


def _searched(job: Job, octave: Octave, coarser: Places | None) -> Places:
    """Row and column of the source of each pixel of an octave, h×w each; a known pixel is its own."""
    hole = (octave.known[0, 0] == 0).numpy()
    if hole.all():
        raise RestorerError("There is nothing to copy from around this: mark less of it.")
    value = planes(octave.value)
    rows, columns = _own(hole)
    nearest = _nearest_known(hole)
    if coarser is None:
        guess = planes(push_pull(octave.value, 1 - octave.known))
    else:
        rows, columns = _twice(coarser, hole.shape)
        bad = hole[rows, columns]
        rows, columns = np.where(bad, nearest[0], rows), np.where(bad, nearest[1], columns)
        guess = value[rows, columns]
    for _ in range(ROUNDS):
        found = find_sources(np.ascontiguousarray(guess, np.float32), hole, job.seed, job.check)
        if found is None:  # too little around to search in
            if coarser is None:
                rows, columns = nearest
            break
        rows, columns = _own(hole)
        rows[found.row, found.column], columns[found.row, found.column] = found.from_row, found.from_column
        bad = (rows < 0) | hole[rows, columns]
        rows, columns = np.where(bad, nearest[0], rows), np.where(bad, nearest[1], columns)
        guess = value[rows, columns]
    return rows, columns


def _twice(coarser: Places, shape: tuple[int, ...]) -> Places:
    """The same sources for the next finer octave: each of the four children takes the child of the same corner."""
    down, right = (np.arange(length) % 2 for length in shape)
    whole = []
    for places, offset, most in ((coarser[0], down[:, None], shape[0]), (coarser[1], right[None], shape[1])):
        large = np.repeat(np.repeat(places, 2, 0), 2, 1)[: shape[0], : shape[1]]
        whole.append(np.minimum(2 * large + offset, most - 1))
    return whole[0], whole[1]


def _own(hole: NDArray[np.bool_]) -> Places:
    """Each pixel's own row and column."""
    rows, columns = np.indices(hole.shape)
    return np.asarray(rows, np.int64), np.asarray(columns, np.int64)


def _nearest_known(hole: NDArray[np.bool_]) -> Places:
    """For each pixel the known one that lies nearest: a copy where nothing better can be found."""
    _, labels = cv2.distanceTransformWithLabels(hole.astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL)
    rows, columns = np.nonzero(~hole)
    at = np.zeros(int(labels.max()) + 1, np.int64)
    at[labels[rows, columns]] = np.arange(len(rows))
    chosen = at[labels]
    return rows[chosen], columns[chosen]


def _taken(job: Job, wanted: Patch, around: Region, sources: Places) -> Patch:
    """The picture's own pixels from there; alpha stays."""
    inner = wanted.region.within(around).slices
    rows, columns = sources[0][inner][wanted.mask], sources[1][inner][wanted.mask]
    offered: NDArray[Any] = job.image.read(around)[rows, columns]
    pixels = wanted.pixels.copy()
    count = 1 if pixels.ndim == 2 else {2: 1, 4: 3}.get(pixels.shape[2], pixels.shape[2])
    if pixels.ndim == 2:
        pixels[wanted.mask] = offered
    else:
        pixels[wanted.mask, :count] = offered[:, :count]
    return Patch(wanted.region, pixels, wanted.mask)
