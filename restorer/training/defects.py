"""Damage with an appearance, for teaching the detector: what scratches, dust, cracks and stains look like on a print.

A photograph is first aged (grain, halftone, fading, compression) and may get thin things that are no damage (wires,
fences, grass, hair, lettering, stars); only then is it damaged.  So damage differs from the scene as it does on a real
scan: it does not share the picture's blur and grain.  What is labelled is what visibly changed; rims of 1 px, and
changes that are hardly visible, are unsure.

The judge's generators are never imported here.  Everything is seeded by the generator passed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.findings import KINDS
from restorer.training.ageing import aged, scanned
from restorer.training.appearances import DAMAGE
from restorer.training.lookalikes import LOOKALIKES

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Drawing = Callable[[Floats, Generator], Floats]

VISIBLE = 0.04
"""A change of at least so much in any channel (of 0..1) is damage: ten levels of 8 bits."""
FAINT = 0.012
"""A change of less is none; between this and `VISIBLE` nobody can say."""
CONFOUNDED_CHANCE = 0.5
CHANCES = (0.6, 0.5, 0.5, 0.5)
"""Of each kind, in the order of `KINDS`, on a crop that is not left intact."""
MOST = 3
"""Times that a kind is drawn at most: a crop in which more is damaged teaches more."""


@dataclass(frozen=True, eq=False)
class Specimen:
    """`image` float32 S×S×3 in 0..1; `labels` and `unsure` bool S×S×4 in the order of `KINDS`."""

    image: Floats
    labels: NDArray[np.bool_]
    unsure: NDArray[np.bool_]


def specimen(clean: Floats, rng: Generator, intact: float = 0.4) -> Specimen:
    """A square photograph (float32 S×S×3 in 0..1), aged and, but for a chance of `intact`, damaged."""
    scene = clean.copy()
    if rng.random() < CONFOUNDED_CHANCE:
        for _ in range(int(rng.integers(1, 3))):
            scene = LOOKALIKES[rng.integers(len(LOOKALIKES))](scene, rng)
    image = np.clip(aged(scene, rng), 0, 1)
    change = np.zeros((*image.shape[:2], len(KINDS)), np.float32)
    if rng.random() >= intact:
        for kind in rng.permutation(len(KINDS)):
            if rng.random() < CHANCES[kind]:
                before = image
                drawings = DAMAGE[KINDS[kind]]
                for _ in range(int(rng.integers(1, MOST + 1))):
                    image = np.clip(drawings[rng.integers(len(drawings))](image, rng), 0, 1)
                change[..., kind] = np.abs(image - before).max(2)
    labels = change > VISIBLE
    rim = cv2.dilate(labels.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(np.bool_)
    return Specimen(scanned(image, rng), labels, (rim | (change > FAINT)) & ~labels)
