"""Training on pairs: images, and masks of the same name that say where each is to be restored.

Two kinds of pairs are understood.

- **The image is whole** (the default, and what the Context Encoder's data are): what lies under the mask is the truth
  that the network is to find again.  The mask is hidden from it in training, and nothing else.
- **The image is really damaged where the mask is white** (`damaged`): what lies under the mask is no truth, a network
  taught with it would paint scratches.  So only the *shapes* of the masks are taken; they are turned and laid over
  places, of any of the images, at which no mask is white.  Real damage is never seen and never asked for.

The mask's edge is where it is painted: as with synthetic damage, some crops get a rim of it on the known side.

Pairs that cannot be used are named in a sentence and left out.
"""

from __future__ import annotations

import itertools
import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.engine.networks.reweave import REACH, octave_of
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_mask
from restorer.training.crops import GREY_CHANCE, LEAK_CHANCE, SCALES, Batch, octaves_of
from restorer.training.damage import leak
from restorer.training.pictures import LONGEST_SIDE, SMALLEST_SIDE, picture_files, read_picture, reduced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.random import Generator
    from numpy.typing import NDArray

    from restorer.training.config import Config

MOST_MASKED = 0.7
"""Share of a crop, at most, that is masked: the network has to see something to go by."""
TRIES = 40


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


@dataclass(frozen=True, eq=False)
class Pair:
    """`image` uint8 H×W×3 RGB, `mask` bool H×W, `white` the mask's flat indices, int64."""

    name: str
    image: NDArray[np.uint8]
    mask: NDArray[np.bool_]
    white: NDArray[np.int64]

    @classmethod
    def of(cls, name: str, image: NDArray[np.uint8], mask: NDArray[np.bool_]) -> Pair:
        return cls(name, image, mask, np.flatnonzero(mask))


@dataclass(frozen=True, eq=False)
class Pairs:
    """Images and masks; `damaged` says that the images are really damaged under their masks."""

    pairs: tuple[Pair, ...]
    damaged: bool = False

    def __len__(self) -> int:
        return len(self.pairs)

    @property
    def megabytes(self) -> float:
        """The memory that they take."""
        return sum(pair.image.nbytes + pair.mask.nbytes + pair.white.nbytes for pair in self.pairs) / 2**20

    @classmethod
    def load(cls, images: Path, masks: Path, damaged: bool = False, tell: Callable[[str], None] = _say) -> Pairs:
        """The pairs of the files below `images` and those of the same name, whatever their suffix, below `masks`.

        Both are reduced like other training pictures; a reduced mask is white wherever anything of it was.

        Args:
            images: pictures, also in folders.
            masks: pictures of the same size in folders of the same names; white (> 127) is to be restored.
            damaged: the images are really damaged under their masks, see above.
            tell: told one sentence for each file that is left out.

        Raises:
            RestorerError: a folder is missing or empty, or no pair can be used.
        """
        of_images, of_masks = _by_name(images, "images", tell), _by_name(masks, "masks", tell)
        pairs: list[Pair] = []
        for name, path in of_images.items():
            if name not in of_masks:
                tell(f"{path} is left out: there is no mask of that name in {masks}.")
                continue
            try:
                pairs.append(_read(name, path, of_masks[name]))
            except RestorerError as error:
                tell(f"{path} is left out: {error}")
        for name, path in of_masks.items():
            if name not in of_images:
                tell(f"{path} is left out: there is no image of that name in {images}.")
        if not pairs:
            raise RestorerError(
                f"No image in {images} has a mask in {masks} that can be used: "
                "give each image a mask of its name and size."
            )
        return cls(tuple(pairs), damaged)

    def crop(self, size: int, rng: Generator) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        """A random square with damage in it: the truth, float32 S×S×3 in 0..1, and its mask, bool S×S.

        Raises:
            RestorerError: such a square cannot be found in any of the pairs.
        """
        for _ in range(TRIES):
            masked = self._any(rng)
            square = _masked_square(masked, size, rng)
            if square is None:
                continue
            turned = _turning(rng)
            mask = turned(_mask_at(masked, square, size))
            if not self.damaged:
                return turned(_picture_at(masked, square, size)), mask
            for _ in range(TRIES):
                other = self._any(rng)
                square = _random_square(other, size, rng)
                if not other.mask[square].any():
                    return _turning(rng)(_picture_at(other, square, size)), mask
        raise RestorerError(
            f"No square of {size} px was found in the pairs with something masked and enough that is not"
            f"{', and one without any damage' if self.damaged else ''}: take smaller crops (--crop), or other pairs."
        )

    def _any(self, rng: Generator) -> Pair:
        return self.pairs[int(rng.integers(len(self.pairs)))]


def _by_name(folder: Path, what: str, tell: Callable[[str], None]) -> dict[str, Path]:
    """Files by their path below `folder` without the suffix; of several of a name the first."""
    if not folder.is_dir():
        raise RestorerError(f"There is no folder {folder}: name the one with the {what}.")
    found: dict[str, Path] = {}
    for path in picture_files(folder):
        first = found.setdefault(path.relative_to(folder).with_suffix("").as_posix(), path)
        if first is not path:
            tell(f"{path} is left out: {first.name} has the same name.")
    if not found:
        raise RestorerError(f"The folder {folder} holds no picture: name the one with the {what}.")
    return found


def _read(name: str, image: Path, mask: Path) -> Pair:
    whole = read_picture(image)
    height, width = whole.shape[:2]
    white = read_mask(mask, (height, width))
    if min(height, width) < SMALLEST_SIDE:
        raise RestorerError(f"It has {width} × {height} pixels: take images of at least {SMALLEST_SIDE} px a side.")
    if not white.any():
        raise RestorerError(f"The mask {mask} marks nothing: paint white what is to be restored.")
    if white.all():
        raise RestorerError(f"The mask {mask} marks everything: leave black what is known.")
    picture = reduced(whole, LONGEST_SIDE, SMALLEST_SIDE)
    return Pair.of(name, picture, _resized(white, picture.shape[0], picture.shape[1]))


def _resized(mask: NDArray[np.bool_], height: int, width: int) -> NDArray[np.bool_]:
    """At another size; reduced, it is True wherever any of it was."""
    if mask.shape == (height, width):
        return mask
    method = cv2.INTER_AREA if mask.shape[0] > height else cv2.INTER_NEAREST
    share: NDArray[np.bool_] = cv2.resize(mask.astype(np.float32), (width, height), interpolation=method) > 0
    return share


Square = tuple[slice, slice]


def _side(pair: Pair, size: int, rng: Generator) -> int:
    """How much of a pair a crop shows, px."""
    height, width = pair.mask.shape
    factor = max(float(rng.uniform(*SCALES)), size / min(height, width))
    side: int = min(math.ceil(size / factor), height, width)
    return side


def _random_square(pair: Pair, size: int, rng: Generator) -> Square:
    side = _side(pair, size, rng)
    top, left = (int(rng.integers(length - side + 1)) for length in pair.mask.shape)
    return slice(top, top + side), slice(left, left + side)


def _masked_square(pair: Pair, size: int, rng: Generator) -> Square | None:
    """A square around one of the masked pixels, not masked by more than `MOST_MASKED`; None if none was found."""
    for _ in range(TRIES):
        side = _side(pair, size, rng)
        pixel = divmod(int(pair.white[rng.integers(len(pair.white))]), pair.mask.shape[1])
        top, left = (
            int(np.clip(at - rng.integers(side), 0, length - side))
            for at, length in zip(pixel, pair.mask.shape, strict=True)
        )
        square = slice(top, top + side), slice(left, left + side)
        if _mask_at(pair, square, size).mean() <= MOST_MASKED:
            return square
    return None


def _picture_at(pair: Pair, square: Square, size: int) -> NDArray[np.float32]:
    part = pair.image[square]
    method = cv2.INTER_AREA if part.shape[0] >= size else cv2.INTER_CUBIC
    return cv2.resize(part, (size, size), interpolation=method).astype(np.float32) / np.float32(255)


def _mask_at(pair: Pair, square: Square, size: int) -> NDArray[np.bool_]:
    return _resized(pair.mask[square], size, size)


def _turning(rng: Generator) -> Callable[[NDArray[Any]], NDArray[Any]]:
    """Mirrors and turns every square in the same, random way."""
    mirrored, turns = rng.random() < 0.5, int(rng.integers(4))
    return lambda square: np.rot90(square[:, ::-1] if mirrored else square, turns)


def source_of(pairs: Pairs, config: Config) -> Callable[[int, int, int], Iterator[Batch]]:
    """The batches of a run on pairs: `source(first, rank, of)` gives this rank's crops of step `first`, `first` + 1, ….

    How many crops are wide is up to the masks (`config.wide` has no part in it); each batch is filled from the octave
    that its deepest crop needs.  Batch n depends on the seed and n alone.
    """

    def batches(first: int, rank: int, of: int) -> Iterator[Batch]:
        for step in itertools.count(first):
            yield _batch(pairs, config, np.random.default_rng((config.seed, 4, step)), slice(rank, None, of))

    return batches


def _batch(pairs: Pairs, config: Config, rng: Generator, mine: slice) -> Batch:
    """All crops are drawn on every rank: which come first, and the octave, depend on all of them."""
    crops = []
    for _ in range(config.batch):
        truth, mask = pairs.crop(config.crop, rng)
        if rng.random() < GREY_CHANCE:
            truth = np.repeat(truth.mean(2, keepdims=True, dtype=np.float32), 3, axis=2)
        image = leak(truth, mask, rng) if rng.random() < LEAK_CHANCE else truth
        crops.append((_octave(mask), image, truth, mask))
    crops.sort(key=lambda crop: crop[0] > 0)  # stable: only the narrow ones come first
    octave = min(max(1, *(crop[0] for crop in crops)), octaves_of(config.crop))
    part = crops[mine]
    return Batch(
        image=np.ascontiguousarray(np.stack([image for _, image, _, _ in part]).transpose(0, 3, 1, 2)),
        truth=np.ascontiguousarray(np.stack([truth for _, _, truth, _ in part]).transpose(0, 3, 1, 2)),
        mask=np.stack([mask for _, _, _, mask in part])[:, None].astype(np.float32),
        narrow=sum(crop[0] == 0 for crop in part),
        octave=octave,
    )


def _octave(mask: NDArray[np.bool_]) -> int:
    """How many octaves down the mask is narrow; beyond the crop's edge it is taken to go on."""
    padded = np.pad(mask, 1, mode="edge").astype(np.uint8)
    return octave_of(float(cv2.distanceTransform(padded, cv2.DIST_L2, 3).max()), REACH + 1)
