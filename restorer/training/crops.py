"""Batches for training: crops of clean photographs, each with damage drawn on it.

Several processes may share a batch: rank r of w draws the crops r, r + w, r + 2w … of it, and no others.
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import cv2
import numpy as np

from restorer.training.config import SMALLEST_CROP
from restorer.training.damage import leak, narrow_mask, wide_mask

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from restorer.training.config import Config
    from restorer.training.pictures import Pictures

SCALES = (0.35, 1.0)
"""Pictures are reduced by a factor in this range: it varies the content's size and removes compression artefacts."""
LEAK_CHANCE = 0.15
GREY_CHANCE = 0.1
OCTAVE_CHANCES = (0.5, 0.35, 0.15)
"""Wide damage is drawn for 1 to so many octaves of coarse to fine, as far as they fit into a crop."""


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


B = TypeVar("B")
Source = Callable[[int, int, int], Iterator[B]]
"""Where batches come from: `source(first, rank, of)` yields without end those of step `first` and of the steps after
it, of each the crops `rank`, `rank + of`, `rank + 2·of` … of the whole batch.  A batch depends on the seed and its
number alone, so a resumed run sees what an unbroken one would have seen, however many processes share it."""


def synthetic(pictures: Pictures, config: Config) -> Source[Batch]:
    """Crops of clean pictures with damage drawn on them."""

    def source(first: int, rank: int, of: int) -> Iterator[Batch]:
        bank = MaskBank.draw(config.crop, config.drawn, config.seed)
        return batches(pictures, bank, config.crop, config.batch, config.wide, config.seed, first, rank, of)

    return source


def batches(
    pictures: Pictures,
    bank: MaskBank,
    size: int,
    count: int,
    wide: int,
    seed: int,
    first: int,
    rank: int = 0,
    of: int = 1,
) -> Iterator[Batch]:
    """Endless batches of `count` crops, `wide` of them with wide damage; a `Source` says what is shared how."""
    step = first
    while True:
        octave = _octave(bank, np.random.default_rng((seed, 2, step)))
        chosen = range(rank, count, of)
        masks = [bank.narrow if i < count - wide else bank.wide[octave - 1] for i in chosen]
        generators = [np.random.default_rng((seed, 3, step, i)) for i in chosen]
        drawn = [_drawn(pictures, bank, size, rng) for bank, rng in zip(masks, generators, strict=True)]
        images, truths, holes = (np.stack(arrays) for arrays in zip(*drawn, strict=True))
        yield Batch(
            image=np.ascontiguousarray(images.transpose(0, 3, 1, 2)),
            truth=np.ascontiguousarray(truths.transpose(0, 3, 1, 2)),
            mask=holes[:, None].astype(np.float32),
            narrow=sum(i < count - wide for i in chosen),
            octave=octave,
        )
        step += 1


def _octave(bank: MaskBank, rng: Generator) -> int:
    chances = np.array(OCTAVE_CHANCES[: len(bank.wide)])
    return int(rng.choice(np.arange(1, len(chances) + 1), p=chances / chances.sum()))


def _drawn(
    pictures: Pictures, masks: NDArray[np.bool_], size: int, rng: Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Image with its damaged rim, truth (S×S×3) and mask (S×S) of one crop."""
    mask = _turned(masks[rng.integers(len(masks))], rng)
    truth = crop(pictures.arrays[rng.integers(len(pictures))], size, rng)
    image = leak(truth, mask, rng) if rng.random() < LEAK_CHANCE else truth
    return image, truth, mask


def crop(
    picture: NDArray[np.uint8], size: int, rng: Generator, scales: tuple[float, float] = SCALES
) -> NDArray[np.float32]:
    """A random square of a picture (uint8 H×W×3), scaled by a random factor: float32 size×size×3 in 0..1."""
    height, width = picture.shape[:2]
    factor = max(rng.uniform(*scales), size / min(height, width))
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


@contextmanager
def ahead(source: Iterator[B], depth: int = 6) -> Iterator[Iterator[B]]:
    """The same batches, made by a thread while the network computes; the thread has ended when the context has.

    A thread that were still drawing while the interpreter shuts down would now and then abort the process: it is
    unwound out of native code that may not be left so.
    """
    ready: queue.Queue[B | BaseException] = queue.Queue(depth)
    ended = threading.Event()

    def put(item: B | BaseException) -> None:
        waiting = True
        while waiting and not ended.is_set():
            with suppress(queue.Full):
                ready.put(item, timeout=0.1)
                waiting = False

    def work() -> None:
        try:
            for batch in source:
                put(batch)
                if ended.is_set():
                    return
        except BaseException as error:
            put(error)

    def taken() -> Iterator[B]:
        while True:
            item = ready.get()
            if isinstance(item, BaseException):
                raise item
            yield item

    thread = threading.Thread(target=work, daemon=True, name="crops")
    thread.start()
    try:
        yield taken()
    finally:
        ended.set()
        thread.join()
