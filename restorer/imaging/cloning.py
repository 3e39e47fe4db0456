"""Clone and heal by hand: pixels of one place of the picture laid over another.

Healing adds to what is cloned the membrane that is, on the rim of the stroke, the difference of the two places (Pérez,
Gangnet and Blake, "Poisson image editing", SIGGRAPH 2003): the texture is the source's, the colours fit where it lies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.job import Job

LARGEST = 64_000_000
"""Px of the rectangle around a stroke that can be healed at once: the membrane takes some 30 bytes for each."""
SWEEPS = 40
"""Relaxations at each octave of the membrane."""


@dataclass(frozen=True)
class Cloning:
    """How a stroke is filled by hand.

    Attributes:
        dx, dy: px from the stroke to where its pixels come from.
        heals: are the colours made to fit on the rim?
        soft: px inside the stroke over which it sets in.
    """

    dx: int
    dy: int
    heals: bool = False
    soft: int = 0

    @property
    def settings(self) -> dict[str, str]:
        """As it is recorded."""
        return {
            "hand": "heal" if self.heals else "clone",
            "dx": str(self.dx),
            "dy": str(self.dy),
            "soft": str(self.soft),
        }

    @classmethod
    def of(cls, settings: Mapping[str, str]) -> Cloning | None:
        """As it was recorded; None if that was not done by hand.

        Raises:
            ValueError: what was recorded cannot be.
        """
        if "hand" not in settings:
            return None
        if settings["hand"] not in ("clone", "heal"):
            raise ValueError(f"work by hand of a kind {settings['hand'][:20]!r}")
        dx, dy, soft = (int(settings.get(name, "0")) for name in ("dx", "dy", "soft"))
        if max(abs(dx), abs(dy), abs(soft)) > 1 << 20 or soft < 0:
            raise ValueError("a distance that no picture has")
        return cls(dx, dy, settings["hand"] == "heal", soft)

    def reached(self, stroke: Stroke, shape: tuple[int, ...]) -> Stroke | None:
        """The part of a stroke whose source lies in a picture of `shape`; None if there is none."""
        place = stroke.region & Region.of_shape(shape).moved(-self.dx, -self.dy)
        if place.empty:
            return None
        bits = stroke.bits[place.within(stroke.region).slices]
        tight = Region.around(bits)
        if tight.empty:
            return None
        return Stroke(tight.moved(place.left, place.top), bits[tight.slices].copy())

    def read(self, place: Region) -> Region:
        """What is looked at to fill `place`."""
        return place.grown(1) | place.moved(self.dx, self.dy).grown(1)


def laid(job: Job, cloning: Cloning, *, inks: bool = False) -> Patch:
    """Fill a job by hand; alpha stays as it is.

    Args:
        job: its wanted pixels all have their source in the picture (`Cloning.reached`); what else is damaged is no
            colour to be matched.
        cloning: from where, and how.
        inks: are the channels inks (and alpha)?

    Raises:
        RestorerError: it is too large to be healed at once.
    """
    bounds = Region.of_shape(job.image.shape)
    place, bits = job.wanted.region, job.wanted.bits
    if cloning.heals and place.area > LARGEST:
        raise RestorerError("The stroke is too long to be healed at once: paint shorter ones.")
    around = place.grown(1) & bounds & bounds.moved(-cloning.dx, -cloning.dy)
    below = job.image.read(around)
    source = job.image.read(around.moved(cloning.dx, cloning.dy))
    inner = place.within(around).slices
    count = colour_channels(job.image.shape, inks)
    mixed = _planes(source, count).astype(np.float32)
    if cloning.heals:
        hole = np.zeros(below.shape[:2], bool)
        hole[inner] = bits
        known = ~hole & ~job.damage[around.slices]
        mixed += membrane(_planes(below, count).astype(np.float32) - mixed, hole, known)
    mixed = mixed[inner]
    pixels = below[inner].copy()
    own = _planes(pixels, count)
    if cloning.soft:
        padded = np.pad(bits, 1).astype(np.uint8)  # beyond the stroke's rectangle nothing was painted
        depth = cv2.distanceTransform(padded, cv2.DIST_L2, 3)[1:-1, 1:-1]
        share = np.minimum(1, depth / (cloning.soft + 1))[..., None].astype(np.float32)
        mixed = own + share * (mixed - own)
    own[bits] = rounded(mixed[bits], pixels.dtype)
    return Patch(place, pixels, bits.copy())


def colour_channels(shape: tuple[int, ...], inks: bool) -> int:
    """How many of the channels of H×W[×C] are no alpha."""
    channels = shape[2] if len(shape) > 2 else 1
    return {2: 1, 4: 4 if inks else 3, 5: 4}.get(channels, channels)


def rounded(values: NDArray[np.floating[Any]], dtype: np.dtype[Any]) -> NDArray[Any]:
    """Floats as numbers of the picture's type, to the nearest it has; floats stay what they are."""
    if dtype.kind == "f":
        return values.astype(dtype)
    limits = np.iinfo(dtype)
    whole: NDArray[Any] = np.clip(np.rint(values), limits.min, limits.max).astype(dtype)
    return whole


def membrane(values: NDArray[np.float32], hole: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """The smoothest surface over a hole (Laplace's equation) that has the known values beside it.

    Args:
        values: h×w×c; what is neither `known` nor beside the hole does not matter.
        hole: bool h×w.
        known: bool h×w, no pixel of the hole.

    Returns:
        h×w×c, 0 outside the hole, and where nothing known is beside it.
    """
    rim = known & (cv2.dilate(hole.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    found = np.zeros_like(values)
    if rim.any():
        found[hole] = _relaxed(np.where(rim[..., None], values, 0), hole, rim)[hole]
    return found


def _relaxed(values: NDArray[np.float32], hole: NDArray[np.bool_], known: NDArray[np.bool_]) -> NDArray[np.float32]:
    """From the coarsest octave up; `values` are 0 where nothing is known, and are written to."""
    if max(hole.shape) > 3:
        weight = _halved(known[..., None].astype(np.float32))
        coarse = np.asarray(_halved(values) / np.maximum(weight, 1e-6), np.float32)
        coarse_known = weight[..., 0] > 0
        coarse_hole = (_halved(hole[..., None].astype(np.float32))[..., 0] > 0) & ~coarse_known
        coarse = _relaxed(coarse, coarse_hole, coarse_known)
        values[hole] = np.repeat(np.repeat(coarse, 2, 0), 2, 1)[: hole.shape[0], : hole.shape[1]][hole]
    elif known.any():
        values[hole] = values[known].mean(0)
    rows, columns = np.nonzero(hole)
    if not len(rows):
        return values
    inside = np.pad(hole | known, 1)
    padded = np.pad(values, ((1, 1), (1, 1), (0, 0)))
    neighbours = ((0, 1), (2, 1), (1, 0), (1, 2))
    weights = [inside[rows + down, columns + right, None].astype(np.float32) for down, right in neighbours]
    total = np.maximum(sum(weights), 1)
    for _ in range(SWEEPS):
        gathered = sum(
            weight * padded[rows + down, columns + right]
            for weight, (down, right) in zip(weights, neighbours, strict=True)
        )
        padded[rows + 1, columns + 1] = gathered / total
    return np.asarray(padded[1:-1, 1:-1], np.float32)


def _halved(array: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sums of 2×2 pixels."""
    height, width = array.shape[:2]
    even = np.pad(array, ((0, height % 2), (0, width % 2), (0, 0)))
    return np.asarray(even[0::2, 0::2] + even[0::2, 1::2] + even[1::2, 0::2] + even[1::2, 1::2], np.float32)


def _planes(pixels: NDArray[Any], count: int) -> NDArray[Any]:
    """A view h×w×count of the channels that are no alpha."""
    return pixels[..., None] if pixels.ndim == 2 else pixels[..., :count]
