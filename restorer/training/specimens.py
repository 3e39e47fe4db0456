"""Batches for teaching the detector: crops of clean photographs, aged, some of them damaged, with what is damage.

Photographs are reduced as for filling, and some enlarged: a scan finer than its print is soft, and is looked at so.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from restorer.training.crops import SCALES, crop
from restorer.training.defects import specimen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from restorer.training.config import Config
    from restorer.training.crops import Source
    from restorer.training.pictures import Pictures

ENLARGED_CHANCE = 0.25
ENLARGEMENTS = (1.0, 2.2)


@dataclass(frozen=True, eq=False)
class Specimens:
    """`image` float32 B×3×S×S in 0..1; `labels` and `unsure` bool B×4×S×S, in the order of `KINDS`.

    Where it is unsure whether a pixel is damaged (a rim, a change that is hardly visible) nothing is to be learnt.
    """

    image: NDArray[np.float32]
    labels: NDArray[np.bool_]
    unsure: NDArray[np.bool_]


def synthetic(pictures: Pictures, config: Config) -> Source[Specimens]:
    """Specimens drawn on pictures; `config.intact` is the chance of each to be without damage."""

    def source(first: int, rank: int, of: int) -> Iterator[Specimens]:
        for step in itertools.count(first):
            generators = [np.random.default_rng((config.seed, 8, step, i)) for i in range(rank, config.batch, of)]
            drawn = [specimen(_scene(pictures, config.crop, rng), rng, config.intact) for rng in generators]
            arrays = zip(*((one.image, one.labels, one.unsure) for one in drawn), strict=True)
            image, labels, unsure = (np.ascontiguousarray(np.stack(part).transpose(0, 3, 1, 2)) for part in arrays)
            yield Specimens(image, labels, unsure)

    return source


def _scene(pictures: Pictures, size: int, rng: Generator) -> NDArray[np.float32]:
    picture = pictures.arrays[int(rng.integers(len(pictures)))]
    return crop(picture, size, rng, ENLARGEMENTS if rng.random() < ENLARGED_CHANCE else SCALES)
