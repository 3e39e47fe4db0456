"""The classical start of every fill: push-pull interpolation on a pyramid.

Gortler, Grzeszczuk, Szeliski, Cohen, "The Lumigraph", SIGGRAPH 1996, section 3.3: averages of the known pixels are
pushed down a pyramid, and what is unknown is pulled up from the next coarser octave.  It costs almost nothing, is
differentiable, and is right in colour everywhere, but has no edges and no texture: those are the network's part.

Tensors here are float32.  `image` is B×C×H×W in 0..1, `mask` is B×1×H×W, 1 where the picture is to be restored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
import torch.nn.functional as F

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from torch import Tensor

    from restorer.imaging.region import Region

SMALLEST = 2
"""An octave with a side of this many px or fewer is not halved again."""


@dataclass(frozen=True, eq=False)
class Octave:
    """One level of the pyramid: `value` B×C×H×W, zero in the holes; `known` B×1×H×W, 0 or 1."""

    value: Tensor
    known: Tensor

    def halved(self) -> Octave:
        """The next coarser octave: a pixel is known if any of its four is, and is the mean of those that are."""
        value, known = self.value, self.known
        pad = (0, known.shape[-1] % 2, 0, known.shape[-2] % 2)
        if any(pad):  # otherwise it would be a copy
            value, known = F.pad(value, pad), F.pad(known, pad)
        weight = F.avg_pool2d(known, 2)
        value = F.avg_pool2d(value, 2) / weight.clamp(min=0.25)
        return Octave(value, (weight > 0).to(value.dtype))

    @staticmethod
    def stacked(octaves: Sequence[Octave]) -> Octave:
        """Octaves of one size as a batch."""
        return Octave(torch.cat([octave.value for octave in octaves]), torch.cat([octave.known for octave in octaves]))

    def part(self, region: Region) -> Octave:
        rows, columns = region.slices
        return Octave(self.value[..., rows, columns], self.known[..., rows, columns])

    def completed(self, coarser: Tensor) -> Tensor:
        """Known pixels as they are, the others enlarged from the filled `coarser` octave."""
        height, width = self.known.shape[-2:]
        return torch.where(self.known > 0, self.value, enlarged(coarser, height, width))


def octaves(image: Tensor, mask: Tensor) -> list[Octave]:
    """The pyramid, finest first, down to the first octave without a hole or to a few pixels."""
    known = 1 - mask
    pyramid = [Octave(image * known, known)]
    while min(pyramid[-1].known.shape[-2:]) > SMALLEST and not bool(pyramid[-1].known.all()):
        pyramid.append(pyramid[-1].halved())
    return pyramid


def enlarged(coarser: Tensor, height: int, width: int) -> Tensor:
    """`coarser` at twice its size, bilinear, cut to `height`×`width` px (its double, or one less)."""
    twice = F.interpolate(coarser, scale_factor=2, mode="bilinear", align_corners=False)
    return twice[..., :height, :width]


def coarsest(octave: Octave) -> Tensor:
    """The last octave, filled: what is still unknown there gets the mean of what is known."""
    total = octave.known.sum((2, 3), keepdim=True)
    mean = octave.value.sum((2, 3), keepdim=True) / total.clamp(min=1)
    return torch.where(octave.known > 0, octave.value, mean)


def coarse_to_fine(image: Tensor, mask: Tensor, refine: Callable[[int, Tensor, Tensor], Tensor]) -> Tensor:
    """Fill from the coarsest octave up.  `refine(level, guess, hole)` may better each one; level 0 is the finest."""
    pyramid = octaves(image, mask)
    filled = coarsest(pyramid[-1])
    for level in range(len(pyramid) - 2, -1, -1):
        octave = pyramid[level]
        filled = refine(level, octave.completed(filled), 1 - octave.known)
    return filled


def push_pull(image: Tensor, mask: Tensor) -> Tensor:
    """Push-pull alone: B×C×H×W, equal to `image` where `mask` is 0."""
    return coarse_to_fine(image, mask, lambda _level, guess, _hole: guess)


def fill(image: NDArray[np.uint8], mask: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Push-pull as a method of the benchmark: uint8 H×W×3 and bool H×W to uint8 H×W×3."""
    pixels = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)[None].float() / 255
    hole = torch.from_numpy(np.ascontiguousarray(mask))[None, None].float()
    filled = push_pull(pixels, hole)[0].permute(1, 2, 0).clamp(0, 1).mul(255).round().to(torch.uint8).numpy()
    return np.where(mask[..., None], filled, image)
