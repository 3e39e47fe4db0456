"""Batches for training: crops of clean photographs, each with damage drawn on it."""

from __future__ import annotations

import math
import queue
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.training.damage import leak, narrow_mask, wide_mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.random import Generator
    from numpy.typing import NDArray

    from restorer.training.pictures import Pictures

SCALES = (0.35, 1.0)
"""Pictures are reduced by a factor in this range: it varies the content's size and removes compression artefacts."""
LEAK_CHANCE = 0.15
GREY_CHANCE = 0.1
OCTAVE_CHANCES = (0.5, 0.35, 0.15)
"""Wide damage is drawn for 1 to so many octaves of coarse to fine, as far as they fit into a crop."""
SMALLEST_CROP = 32
"""Side of a crop, px, that holds damage of one octave; each further octave takes twice the side."""


def octaves_of(size: int) -> int:
    """How many octaves the damage of a crop of `size` px may be wide: 3 from 128 px on."""
    return min(len(OCTAVE_CHANCES), int(math.log2(size / SMALLEST_CROP)) + 1)


@dataclass(frozen=True, eq=False)
class Batch:
    """`image` float32 B×3×S×S in 0..1, damaged rims included; `truth` the same without; `mask` float32 B×1×S×S.

    The first `narrow` crops have narrow damage (filled at native resolution); the others are wide and are filled
    from `octave` octaves down.
    """

    image: NDArray[np.float32]
    truth: NDArray[np.float32]
    mask: NDArray[np.float32]
    narrow: int
    octave: int


@dataclass(frozen=True, eq=False)
class MaskBank:
    """Masks drawn beforehand (drawing one costs more than cropping): bool N×S×S for narrow and for each octave."""

    narrow: NDArray[np.bool_]
    wide: tuple[NDArray[np.bool_], ...]

    @classmethod
    def draw(cls, size: int, count: int, seed: int) -> MaskBank:
        rng = np.random.default_rng((seed, 1))
        narrow = np.stack([narrow_mask(rng, size) for _ in range(count)])
        wide = tuple(
            np.stack([wide_mask(rng, size, octave) for _ in range(max(1, count // 3))])
            for octave in range(1, octaves_of(size) + 1)
        )
        return cls(narrow, wide)


def batches(
    pictures: Pictures, bank: MaskBank, size: int, count: int, wide: int, seed: int, first: int
) -> Iterator[Batch]:
    """Endless batches of `count` crops, `wide` of them with wide damage.

    Batch n depends on `seed` and n alone, so a resumed run (`first` > 0) sees what an unbroken one would have seen.
    """
    step = first
    while True:
        yield one_batch(pictures, bank, size, count, wide, np.random.default_rng((seed, 2, step)))
        step += 1


def one_batch(pictures: Pictures, bank: MaskBank, size: int, count: int, wide: int, rng: Generator) -> Batch:
    chances = np.array(OCTAVE_CHANCES[: len(bank.wide)])
    octave = int(rng.choice(np.arange(1, len(chances) + 1), p=chances / chances.sum()))
    truths, images, masks = [], [], []
    for i in range(count):
        masks_here = bank.narrow if i < count - wide else bank.wide[octave - 1]
        mask = _turned(masks_here[rng.integers(len(masks_here))], rng)
        truth = crop(pictures.arrays[rng.integers(len(pictures))], size, rng)
        truths.append(truth)
        images.append(leak(truth, mask, rng) if rng.random() < LEAK_CHANCE else truth)
        masks.append(mask)
    return Batch(
        image=np.ascontiguousarray(np.stack(images).transpose(0, 3, 1, 2)),
        truth=np.ascontiguousarray(np.stack(truths).transpose(0, 3, 1, 2)),
        mask=np.stack(masks)[:, None].astype(np.float32),
        narrow=count - wide,
        octave=octave,
    )


def crop(picture: NDArray[np.uint8], size: int, rng: Generator) -> NDArray[np.float32]:
    """A random square of a picture (uint8 H×W×3), reduced by a random factor: float32 size×size×3 in 0..1."""
    height, width = picture.shape[:2]
    factor = max(rng.uniform(*SCALES), size / min(height, width))
    side = min(int(np.ceil(size / factor)), height, width)
    y, x = rng.integers(0, height - side + 1), rng.integers(0, width - side + 1)
    method = cv2.INTER_AREA if side >= size else cv2.INTER_CUBIC
    part = cv2.resize(picture[y : y + side, x : x + side], (size, size), interpolation=method)
    square: NDArray[np.float32] = _turned(part, rng).astype(np.float32) / np.float32(255)
    if rng.random() < GREY_CHANCE:
        square = np.repeat(square.mean(2, keepdims=True, dtype=np.float32), 3, axis=2)
    return square


def _turned(square: NDArray[Any], rng: Generator) -> NDArray[Any]:
    flipped = square[:, ::-1] if rng.random() < 0.5 else square
    return np.rot90(flipped, int(rng.integers(4)))


def ahead(source: Iterator[Batch], depth: int = 6) -> Iterator[Batch]:
    """The same batches, made by a thread while the network computes."""
    ready: queue.Queue[Batch | BaseException] = queue.Queue(depth)

    def work() -> None:
        try:
            for batch in source:
                ready.put(batch)
        except BaseException as error:
            ready.put(error)

    threading.Thread(target=work, daemon=True, name="crops").start()
    while True:
        item = ready.get()
        if isinstance(item, BaseException):
            raise item
        yield item
