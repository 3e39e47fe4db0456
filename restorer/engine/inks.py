"""CMYK pictures: the three coloured inks through the network as colours, the black one as grey.

The network has seen photographs, where high values are bright; so it is shown how much of each ink is missing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.imaging.patch import Patch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from restorer.imaging.job import Job
    from restorer.imaging.patch import Pixels
    from restorer.imaging.region import Region

_BLACK = 3


def are_in(image: Pixels) -> bool:
    """Are the picture's channels inks (cyan, magenta, yellow, black, and alpha if there is a fifth)?"""
    return bool(getattr(image, "inks", False))


@dataclass(frozen=True, eq=False)
class _Part:
    """Some of a picture's inks as light, with its alpha."""

    image: Pixels
    channels: slice

    @property
    def levels(self) -> tuple[float, float] | None:
        levels: tuple[float, float] | None = getattr(self.image, "levels", None)
        return levels

    @property
    def _alpha(self) -> bool:
        return self.image.shape[2] > _BLACK + 1

    @property
    def shape(self) -> tuple[int, ...]:
        channels = self.channels.stop - self.channels.start + self._alpha
        return self.image.shape[:2] if channels == 1 else (*self.image.shape[:2], channels)

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.image.dtype

    def read(self, region: Region) -> NDArray[Any]:
        pixels = self.image.read(region)
        light = self.turned(pixels[..., self.channels])
        if self._alpha:
            light = np.concatenate([light, pixels[..., -1:]], axis=2)
        return light[..., 0] if light.shape[2] == 1 else light

    def turned(self, pixels: NDArray[Any]) -> NDArray[Any]:
        """Ink as light, light as ink."""
        if self.dtype.kind != "f":
            return np.asarray(np.iinfo(self.dtype).max - pixels)
        low, high = self.levels or (0.0, 1.0)
        return np.asarray(np.float32(low + high) - pixels)


def parts(job: Job) -> tuple[Job, Job]:
    """The job for the coloured inks, and the one for black."""
    coloured, black = _Part(job.image, slice(0, _BLACK)), _Part(job.image, slice(_BLACK, _BLACK + 1))
    return replace(job, image=coloured), replace(job, image=black)


def joined(job: Job, coloured: Patch, black: Patch) -> Patch:
    """Both jobs' answers for the same place as one, in inks again."""
    assert coloured.region == black.region
    part = _Part(job.image, slice(0, _BLACK))
    pixels = job.image.read(coloured.region)
    grey = black.pixels[..., np.newaxis] if black.pixels.ndim == 2 else black.pixels[..., :1]
    light = np.concatenate([coloured.pixels[..., :_BLACK], grey], axis=2)
    pixels[coloured.mask, : _BLACK + 1] = part.turned(light)[coloured.mask]
    return Patch(coloured.region, pixels, coloured.mask)


def halves(progress: Callable[[float], None]) -> Sequence[Callable[[float], None]]:
    """Progress of the first job, and of the second."""
    return (lambda share: progress(share / 2)), (lambda share: progress(0.5 + share / 2))
