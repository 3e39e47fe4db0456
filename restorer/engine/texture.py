"""Texture for wide holes, re-used from the surroundings.

A network that is taught to be right on average is smooth in the middle of a wide hole.  What it leaves out there is
texture, and texture is all around.  For each hole pixel of an octave we look for the known pixel whose neighbourhood
looks most like its own, and copy what that pixel has in the next finer octave beyond its enlargement.  As both
neighbourhoods are seen at the same octave, a smooth place is not drawn to smooth places, and what an octave gets is
what the next one is matched by.  What a network leaves out is more than the finest octave, though: so a place also
looks for a source about as rough as the known rim tells that it should be itself.

Multiresolution sampling is De Bonet's (SIGGRAPH 1997), the preference for coherent sources Ashikhmin's (I3D 2001), and
that the aggregated residual is copied while the structure is computed is HiFill's idea (Yi et al., CVPR 2020).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch

from restorer.engine.prefill import push_pull
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Ints = NDArray[np.integer[Any]]
    Gather = Callable[[Ints, Ints], tuple[Floats, NDArray[np.bool_]]]

RADIUS = 2
"""Neighbourhoods are (2·RADIUS + 1)² px of the coarser octave."""
NEAR = 64
"""Sources lie at most so far from the hole, in px of the coarser octave."""
CANDIDATES = 6000
"""At most so many sources are compared, drawn at random …"""
COMPARISONS = 150_000_000
"""… and fewer where the hole is large, so that a fill stays a matter of seconds."""
COHERENCE = 1.0
"""How much worse (in squared distance) the source beside a neighbour's source may be and still be taken."""
ROUGHNESS = 1.0
"""Weight of the difference in roughness, as a share of the weight of the whole neighbourhood's colours."""
FADE = 3.0
"""Px of the finer octave over which texture sets in from the rim, where the network itself is exact …"""
NATIVE_FADE = 6.0
"""… and at native resolution: longer, for pieces that are hardly wide are the network's own."""
STRENGTH = 1.0
NATIVE_STRENGTH = 0.75
CARRIED = 0.8
"""What of an octave's texture is handed on to the next finer one; the less, the safer is the structure."""
STEP = 3
"""Sources are searched for every third pixel; between them texture spreads in pieces."""
SUBSETS = 4
"""Neighbouring places choose from different candidates: one source copied side by side would show as a lattice."""
SWEEPS = 3
BLOCK = 8192
"""Pixels that are compared at once."""
_SIDES = ((0, 1), (1, 0), (0, -1), (-1, 0))


@dataclass(frozen=True, eq=False)
class Sources:
    """Hole pixels of an octave (`row`, `column`) and the known ones they take after (`from_row`, `from_column`)."""

    row: Ints
    column: Ints
    from_row: Ints
    from_column: Ints


@dataclass(frozen=True, eq=False)
class Texture:
    """What the hole pixels of an octave (`row`, `column`) bring to the next finer one.

    `detail` is float32 N×2×2×3: for each pixel's four children, what is added to the enlargement.
    """

    row: Ints
    column: Ints
    detail: Floats

    def laid_out(self, region: Region) -> Floats:
        """h×w×3 for a region of the finer octave, zero where there is no source."""
        # a pixel more on each side than the region has, so that its odd borders need no care
        top, left = region.top // 2, region.left // 2
        rows, columns = (region.bottom + 1) // 2 - top, (region.right + 1) // 2 - left
        here = (self.row >= top) & (self.row < top + rows) & (self.column >= left) & (self.column < left + columns)
        laid = np.zeros((rows, columns, 2, 2, 3), np.float32)
        laid[self.row[here] - top, self.column[here] - left] = self.detail[here]
        children = laid.transpose(0, 2, 1, 3, 4).reshape(2 * rows, 2 * columns, 3)
        return children[region.within(Region(2 * left, 2 * top, 2 * (left + columns), 2 * (top + rows))).slices]


def find_sources(
    coarse: Floats, hole: NDArray[np.bool_], seed: int, check: Callable[[], None] = lambda: None
) -> Sources | None:
    """The source of each hole pixel.

    Args:
        coarse: an octave as filled, h×w×3 in 0..1.
        hole: bool h×w, what of it was filled.
        seed: draws the candidates.
        check: called again and again; may raise to end the search.

    Returns:
        None where there is too little around the hole to take texture from.
    """
    unusable = _touching(hole)
    far = cv2.distanceTransform((~hole).astype(np.uint8), cv2.DIST_L2, 3) > NEAR
    rows, columns = np.nonzero(~(unusable | far))
    if len(rows) < 16 or not hole.any():
        return None
    count = min(CANDIDATES, max(800, SUBSETS * COMPARISONS // int(hole.sum())))
    if len(rows) > count:
        drawn = np.sort(np.random.default_rng(seed).choice(len(rows), count, replace=False))
        rows, columns = rows[drawn], columns[drawn]
    looks = _Looks(coarse, hole)
    search = _Search(looks, hole, unusable, check)
    offered = _Offered(rows, columns, torch.from_numpy(looks.at(rows, columns)))
    for subset in range(SUBSETS):
        search.match(_nodes(hole, subset), offered.part(subset))
    search.spread(SWEEPS)
    search.match(hole & (search.from_row < 0), offered)  # pieces too small to hold a node
    search.spread(1)
    return search.sources()


def copied(sources: Sources, coarse: Floats, gather: Gather) -> Texture:
    """What the sources have in the next finer octave beyond the enlargement of `coarse`.

    Args:
        sources: of `coarse`.
        coarse: the coarser octave as filled, h×w×3 in 0..1.
        gather: for N rows and columns of the finer octave, its colours (N×3 in 0..1) and which of them are known
            (N); what is not, or lies outside, has no detail to give.
    """
    detail = np.empty((len(sources.row), 2, 2, 3), np.float32)
    for down in (0, 1):
        for right in (0, 1):
            colours, known = gather(2 * sources.from_row + down, 2 * sources.from_column + right)
            low = _enlarged_at(coarse, sources.from_row, sources.from_column, down, right)
            detail[:, down, right] = np.where(known[:, None], colours - low, 0)
    return Texture(sources.row, sources.column, detail)


def fade(hole: NDArray[np.bool_], native: bool) -> Floats:
    """How much texture is added, h×w×1: 0 where known, rising to `STRENGTH` at `FADE` px inside the hole."""
    length, strength = (NATIVE_FADE, NATIVE_STRENGTH) if native else (FADE, STRENGTH)
    depth = cv2.distanceTransform(hole.astype(np.uint8), cv2.DIST_L2, 3)
    return np.asarray(np.clip(depth / length, 0, 1)[..., None] * strength, np.float32)


def _touching(hole: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Pixels whose neighbourhood holds a hole pixel or leaves the picture."""
    side = 2 * RADIUS + 1
    touching = cv2.dilate(hole.astype(np.uint8), np.ones((side, side), np.uint8)) > 0
    touching[:RADIUS] = touching[-RADIUS:] = True
    touching[:, :RADIUS] = touching[:, -RADIUS:] = True
    return touching


def _neighbourhoods(coarse: Floats) -> NDArray[np.float32]:
    """A view h×w×k×3k of the pixels around each pixel; what is copied of it at once lies together."""
    side = 2 * RADIUS + 1
    padded = np.pad(coarse, ((RADIUS, RADIUS), (RADIUS, RADIUS), (0, 0)), mode="edge")
    rows = padded.reshape(len(padded), -1)
    return np.lib.stride_tricks.sliding_window_view(rows, (side, 3 * side))[:, ::3]


def _roughness(coarse: Floats, hole: NDArray[np.bool_]) -> Floats:
    """Root mean square of the finest texture around each pixel, h×w; in the hole, what the rim promises."""
    fine = cv2.subtract(coarse, cv2.blur(coarse, (3, 3)))
    cv2.multiply(fine, fine, fine)
    known = (cv2.dilate(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) == 0).astype(np.float32)
    energy = cv2.blur(fine.mean(2) * known, (5, 5)) / np.maximum(cv2.blur(known, (5, 5)), 1e-6)
    rough = torch.from_numpy(np.sqrt(np.maximum(energy, 0)))[None, None]
    filled: Floats = push_pull(rough, 1 - torch.from_numpy(known)[None, None])[0, 0].numpy()
    return filled


class _Looks:
    """What places are compared by: the colours around them and their roughness."""

    def __init__(self, coarse: Floats, hole: NDArray[np.bool_]) -> None:
        self._around = _neighbourhoods(coarse)
        self._roughness = _roughness(coarse, hole)
        self._weight = np.float32(ROUGHNESS * np.sqrt(3) * (2 * RADIUS + 1))

    def at(self, row: Ints, column: Ints) -> Floats:
        """N×F; squared differences of these are the distance of two places."""
        looks = np.empty((len(row), self._around.shape[2] * self._around.shape[3] + 1), np.float32)
        looks[:, :-1] = self._around[row, column].reshape(len(row), -1)
        np.multiply(self._weight, self._roughness[row, column], out=looks[:, -1])
        return looks


@dataclass(frozen=True, eq=False)
class _Offered:
    """Places to take texture from, and their looks N×F."""

    row: Ints
    column: Ints
    looks: torch.Tensor

    def part(self, subset: int) -> _Offered:
        every = slice(subset, None, SUBSETS)
        return _Offered(self.row[every], self.column[every], self.looks[every].contiguous())


def _nodes(hole: NDArray[np.bool_], subset: int) -> NDArray[np.bool_]:
    """Every `STEP`th hole pixel of every `STEP`th row, in a chequer of `SUBSETS`."""
    row, column = np.ogrid[: hole.shape[0], : hole.shape[1]]
    on_grid = (row % STEP == 0) & (column % STEP == 0)
    return np.asarray(hole & on_grid & (row // STEP % 2 * 2 + column // STEP % 2 == subset))


class _Search:
    """Sources of the hole pixels of one octave, while they are looked for; -1 where there is none yet."""

    def __init__(
        self, looks: _Looks, hole: NDArray[np.bool_], unusable: NDArray[np.bool_], check: Callable[[], None]
    ) -> None:
        self._looks, self._unusable, self._check = looks, unusable, check
        self._row, self._column = np.nonzero(hole)
        self.from_row = np.full(hole.shape, -1, np.int32)
        self.from_column = np.full(hole.shape, -1, np.int32)
        self._cost = np.full(hole.shape, np.inf, np.float32)

    def match(self, wanted: NDArray[np.bool_], offered: _Offered) -> None:
        """Give each wanted pixel the offered one whose neighbourhood is nearest to its own."""
        rows, columns = np.nonzero(wanted)
        if not len(rows):
            return
        choices = offered.looks
        squares = (choices * choices).sum(1)
        for start in range(0, len(rows), BLOCK):
            self._check()
            row, column = rows[start : start + BLOCK], columns[start : start + BLOCK]
            part = torch.from_numpy(self._looks.at(row, column))
            # the squared distance but for a pixel's own square, which is the same for all
            least, at = torch.addmm(squares, part, choices.T, alpha=-2).min(1)
            self._cost[row, column] = (least + (part * part).sum(1)).clamp(min=0).numpy()
            self.from_row[row, column] = offered.row[at.numpy()]
            self.from_column[row, column] = offered.column[at.numpy()]

    def spread(self, sweeps: int) -> None:
        """Let pixels take the source beside their neighbour's, where it is hardly worse: texture comes in pieces."""
        height, width = self._unusable.shape
        for down, right in _SIDES * sweeps:
            self._check()
            beside_row, beside_column = self._row - down, self._column - right
            at = (beside_row >= 0) & (beside_row < height) & (beside_column >= 0) & (beside_column < width)
            row, column, beside_row, beside_column = (
                array[at] for array in (self._row, self._column, beside_row, beside_column)
            )
            new_row, new_column = self.from_row[beside_row, beside_column], self.from_column[beside_row, beside_column]
            found = new_row >= 0
            new_row, new_column = new_row + np.int32(down), new_column + np.int32(right)
            # most have that source already: they are of one piece
            found &= (new_row != self.from_row[row, column]) | (new_column != self.from_column[row, column])
            found &= (new_row >= 0) & (new_row < height) & (new_column >= 0) & (new_column < width)
            row, column, new_row, new_column = row[found], column[found], new_row[found], new_column[found]
            fits = ~self._unusable[new_row, new_column]
            row, column, new_row, new_column = row[fits], column[fits], new_row[fits], new_column[fits]
            cost = _distances(self._looks, (row, column), (new_row, new_column))
            better = cost <= self._cost[row, column] * (1 + COHERENCE)
            row, column = row[better], column[better]
            self.from_row[row, column], self.from_column[row, column] = new_row[better], new_column[better]
            self._cost[row, column] = np.minimum(self._cost[row, column], cost[better])

    def sources(self) -> Sources:
        row, column = self._row, self._column
        return Sources(row, column, self.from_row[row, column], self.from_column[row, column])


def _distances(looks: _Looks, first: tuple[Ints, Ints], second: tuple[Ints, Ints]) -> Floats:
    """Squared distances of N pairs of neighbourhoods, a block at a time: together they would take 76 floats a pixel."""
    found = np.empty(len(first[0]), np.float32)
    for start in range(0, len(found), BLOCK):
        part = slice(start, start + BLOCK)
        difference = looks.at(first[0][part], first[1][part]) - looks.at(second[0][part], second[1][part])
        np.einsum("nf,nf->n", difference, difference, out=found[part])
    return found


def _enlarged_at(coarse: Floats, row: Ints, column: Ints, down: int, right: int) -> Floats:
    """The bilinear enlargement of `coarse` at the child (`down`, `right`) of each pixel: N×3."""
    height, width = coarse.shape[:2]
    other_row = np.clip(row + (1 if down else -1), 0, height - 1)
    other_column = np.clip(column + (1 if right else -1), 0, width - 1)
    near, far = coarse[row, column], coarse[other_row, other_column]
    return np.asarray(
        0.5625 * near + 0.1875 * (coarse[other_row, column] + coarse[row, other_column]) + 0.0625 * far, np.float32
    )
