"""What a fill rests on: which known pixels it drew from.

Found by occlusion (Zeiler and Fergus, ECCV 2014): a part of the surroundings is blanked, the fill is made again, and
what changes tells how much it had drawn from there.  That holds for any network, and for the texture that is copied
beside it, since it asks the whole of the engine and not a model of it.  Parts that matter are cut in four and asked
once more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.engine.pieces import CONTEXT, NARROW, groups
from restorer.imaging.cloning import colour_channels, rounded
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from restorer.engine.filling import Fills
    from restorer.imaging.job import Job
    from restorer.imaging.patch import Pixels

PARTS = 40
"""At most so many parts are asked for first …"""
CUT = 8
"""… and the best so many of them in quarters."""
SMALLEST = 4
"""Px a side of a part."""
BAND = 16
"""Px around narrow damage that are asked for; twice as many for each octave that it is wide."""
WIDEST = 192
MOST = 0.65
"""What a fill rests on most is marked until so much of all influence …"""
SHARE = 0.25
"""… or so much of the surroundings is …"""
TRIALS = 200
"""Places that are looked at for a random counterpart."""
STANDS_OUT = 3.0
"""It rests most only on what counts so many times as much as what is usual equally far away: a wide hole draws on all
of its rim, and to mark all that is near would tell nothing."""


@dataclass(frozen=True)
class Part:
    """A rectangle of the surroundings; `influence` is how much the fill changes without it, in 0..1 per pixel of it."""

    place: Region
    influence: float


@dataclass(frozen=True)
class DrawnFrom:
    """Where a fill came from.

    Attributes:
        most: it rests on these most.
        some: and on these, less.
        asked: all that was asked for.
    """

    most: tuple[Part, ...]
    some: tuple[Part, ...]
    asked: tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class Blanked:
    """A picture without some of its parts: `colour` (one value a channel) stands there; alpha stays."""

    image: Pixels
    parts: tuple[Region, ...]
    colour: NDArray[Any]

    @property
    def shape(self) -> tuple[int, ...]:
        return self.image.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.image.dtype

    def read(self, region: Region) -> NDArray[Any]:
        pixels = self.image.read(region)
        for part in self.parts:
            common = part & region
            if not common.empty:
                own = pixels[..., None] if pixels.ndim == 2 else pixels[..., : len(self.colour)]
                own[common.within(region).slices] = self.colour
        return pixels

    def __getattr__(self, name: str) -> Any:
        """Inks, levels, padding: as the picture has them."""
        if name.startswith("__") or name == "image":
            raise AttributeError(name)
        return getattr(self.image, name)


class Occlusion:
    """Asks what a job's fill owes to parts of its surroundings."""

    def __init__(self, job: Job, fills: Fills) -> None:
        self._job = job
        self._fills = fills
        found = groups(job, NARROW, CONTEXT)
        octaves = max(group.octaves for group in found)
        self.surroundings = job.wanted.region.grown(min(WIDEST, BAND << octaves)) & Region.of_shape(job.image.shape)
        damage = np.asarray(job.damage[self.surroundings.slices])
        far = cv2.distanceTransform((~_placed(job, self.surroundings)).astype(np.uint8), cv2.DIST_L2, 3)
        self._known = ~damage & (far <= min(WIDEST, BAND << octaves))
        self._depth = np.asarray(far, np.float32)
        pixels = self._colours(job.image.read(self.surroundings))
        self._colour = rounded(
            pixels[self._known].mean(0) if self._known.any() else pixels.mean((0, 1)), job.image.dtype
        )
        self._range = float(np.iinfo(job.image.dtype).max) if job.image.dtype.kind in "iu" else 1.0
        self._fill = self._filled(())

    def change(self, parts: Sequence[Region]) -> float:
        """How much the fill changes when these are blanked: mean over its pixels and channels, in 0..1."""
        return float(np.abs(self._filled(tuple(parts)) - self._fill).mean() / self._range)

    def known(self, place: Region) -> int:
        """Known pixels of a place that are asked for."""
        return int(self._known[place.within(self.surroundings).slices].sum())

    def distance(self, place: Region) -> float:
        """Mean px from what is filled to the known pixels of a place."""
        inside = place.within(self.surroundings).slices
        return float(self._depth[inside][self._known[inside]].mean())

    def parts(self, side: int) -> Iterator[Region]:
        """The surroundings in squares of that side, without those in which nothing is known."""
        whole = self.surroundings
        for top in range(whole.top, whole.bottom, side):
            for left in range(whole.left, whole.right, side):
                place = Region(left, top, left + side, top + side) & whole
                if self.known(place) >= 2:
                    yield place

    def side(self) -> int:
        """Of the first parts: the smallest of which there are not too many."""
        side = 2 * SMALLEST
        while len(list(self.parts(side))) > PARTS:
            side += SMALLEST
        return side

    def _filled(self, parts: tuple[Region, ...]) -> NDArray[np.float32]:
        """N×c floats, the job's pixels row by row."""
        job = self._job
        if parts:
            job = replace(job, image=Blanked(job.image, parts, self._colour))
        place = job.wanted.region
        whole = np.zeros((place.height, place.width, len(self._colour)), np.float32)
        for patch in self._fills.restore(job):
            inside = whole[patch.region.within(place).slices]
            inside[patch.mask] = self._colours(patch.pixels)[patch.mask]
        return whole[job.wanted.bits]

    def _colours(self, pixels: NDArray[Any]) -> NDArray[np.float32]:
        count = colour_channels(self._job.image.shape, bool(getattr(self._job.image, "inks", False)))
        return np.asarray(pixels[..., None] if pixels.ndim == 2 else pixels[..., :count], np.float32)


def drawn_from(job: Job, fills: Fills, progress: Callable[[float], None] = lambda _share: None) -> DrawnFrom:
    """Where a job's fill draws from.

    Args:
        job: what was filled; its image is the picture below it.
        fills: what filled it.
        progress: told the share done, 0..1.

    Raises:
        Cancelled, RestorerError: as `fills.restore`.
    """
    asking = Occlusion(job, fills)
    first = list(asking.parts(asking.side()))
    quarters = 4 * min(CUT, len(first))
    asked: list[Part] = []

    def ask(place: Region, done: int) -> Part:
        influence = asking.change([place]) / asking.known(place)
        progress(min(1.0, (done + 1) / (len(first) + quarters)))
        return Part(place, influence)

    for number, place in enumerate(first):
        asked.append(ask(place, number))
    asked.sort(key=lambda part: -part.influence)
    best, rest = asked[:CUT], asked[CUT:]
    for number, part in enumerate(best):
        smaller = [place for place in _quarters(part.place) if asking.known(place) >= 2]
        if part.place.width < 2 * SMALLEST or len(smaller) < 2:
            rest.append(part)
            continue
        rest += [ask(place, len(first) + 4 * number + index) for index, place in enumerate(smaller)]
    progress(1.0)
    return _sorted(rest, asking)


def _sorted(asked: list[Part], asking: Occlusion) -> DrawnFrom:
    asked = sorted(asked, key=lambda part: (-part.influence, part.place))
    size = {part: asking.known(part.place) for part in asked}
    total = sum(part.influence * size[part] for part in asked)
    whole = sum(size.values())
    ring = {part: int(np.log2(max(asking.distance(part.place), 2))) for part in asked}
    usual = {each: float(np.median([p.influence for p in asked if ring[p] == each])) for each in set(ring.values())}
    most: list[Part] = []
    some: list[Part] = []
    influence = area = 0.0
    for part in asked:
        if part.influence <= 0:
            break
        fits = area + size[part] <= SHARE * whole and part.influence >= STANDS_OUT * usual[ring[part]]
        if not most or (influence < MOST * total and fits):
            most.append(part)
        elif influence < 0.85 * total and area < 2.5 * SHARE * whole:
            some.append(part)
        influence += part.influence * size[part]
        area += size[part]
    return DrawnFrom(tuple(most), tuple(some), tuple(asked))


def _quarters(place: Region) -> Iterator[Region]:
    x, y = (place.left + place.right) // 2, (place.top + place.bottom) // 2
    for left, right in ((place.left, x), (x, place.right)):
        for top, bottom in ((place.top, y), (y, place.bottom)):
            if right > left and bottom > top:
                yield Region(left, top, right, bottom)


def _placed(job: Job, place: Region) -> NDArray[np.bool_]:
    bits = np.zeros((place.height, place.width), bool)
    bits[job.wanted.region.within(place).slices] = job.wanted.bits
    return bits


def alike(drawn: DrawnFrom, asking: Occlusion, seed: int) -> list[Region]:
    """A random counterpart of `drawn.most`: for each of its parts another place, as large and as far away.

    For the deletion test: blanking what is said to matter has to change the fill more than blanking these.
    """
    rng = np.random.default_rng(seed)
    taken = [part.place for part in drawn.most]
    whole, chosen = asking.surroundings, list[Region]()
    for part in drawn.most:
        size, far = asking.known(part.place), asking.distance(part.place)
        width = height = ceil(size**0.5)  # what of a place is damage itself counts for nothing
        free: list[tuple[float, Region]] = []
        for _ in range(TRIALS):
            left = whole.left + int(rng.integers(max(1, whole.width - width + 1)))
            top = whole.top + int(rng.integers(max(1, whole.height - height + 1)))
            place = Region(left, top, left + width, top + height)
            known = asking.known(place)
            if known and all((place & other).empty for other in (*taken, *chosen)):
                free.append((abs(asking.distance(place) - far) / 4 + 4 * abs(known - size) / size, place))
        if free:
            close = sorted(free, key=lambda one: one[0])[:4]
            chosen.append(close[int(rng.integers(len(close)))][1])
    return chosen


def known_in(asking: Occlusion, places: Sequence[Region]) -> int:
    """Known pixels of several places."""
    return sum(asking.known(place) for place in places)
