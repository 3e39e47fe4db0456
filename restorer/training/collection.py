"""A person's own photographs, as far as they are used to adapt weights: some to learn from, some to be examined with.

A network restores at native resolution, so it has to see a collection's own grain, blur and screen at native
resolution: of large photographs pieces are cut, besides the whole reduced.  Nothing of a photograph that is put aside,
nor of one that shows the same, is learnt from.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.region import Region
from restorer.training.crops import LEAK_CHANCE, Batch, MaskBank, crop
from restorer.training.damage import leak
from restorer.training.likeness import Seen, fingerprint
from restorer.training.pictures import (
    LONGEST_SIDE,
    SMALLEST_SIDE,
    Pictures,
    picture_files,
    read_picture,
    reduced,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.random import Generator
    from numpy.typing import NDArray

    from restorer.training.config import Config
    from restorer.training.crops import Source

FEWEST = 6
"""With fewer photographs there are too few to learn from, and too few to tell whether anything was learnt."""
MOST = 200
"""Of more files so many are taken: a few minutes are not enough to see more, and all are kept in memory."""
ASIDE = 0.25
"""Share of the photographs, at least two, with which it is measured what was gained."""
PIECE, PIECES = 768, 4
"""Side in px, and number, of the pieces that are cut of a large photograph to learn from."""
EXAMINED, PLACES = 256, 4
"""The same of a photograph that was put aside."""
NATIVE_CHANCE = 0.5
"""Of a crop not being resampled: grain and screen are learnt as they will be met."""
LOOKED_AT = 6
"""Places that are looked at for each piece; the one with the most detail is taken, as sky and backdrops tell little."""


@dataclass(frozen=True, eq=False)
class Collection:
    """What is learnt from, and pieces (uint8 S×S×3) of the photographs that were put aside for measuring."""

    pictures: Pictures
    examined: tuple[NDArray[np.uint8], ...]
    learnt_from: int
    put_aside: int


def gather(
    paths: Sequence[Path],
    seed: int,
    tell: Callable[[str], None] = lambda _sentence: None,
    check: Callable[[float], None] = lambda _share: None,
) -> Collection:
    """Read photographs, and put some aside; which ones is decided by `seed`.

    Args:
        paths: files, and folders that are searched with all that is below them.
        seed: of what is put aside, and of where pieces are cut.
        tell: told a sentence for each photograph that is left out.
        check: called with the share done before each photograph; may raise to stop.

    Raises:
        RestorerError: a path is missing, or there are fewer than `FEWEST` that can be used.
    """
    files = _files(paths)
    rng = np.random.default_rng((seed, 5))
    if len(files) > MOST:
        tell(f"There are {len(files)} files: {MOST} of them are used.")
        files = [files[i] for i in sorted(rng.permutation(len(files))[:MOST])]
    seen = Seen()
    kept: list[tuple[list[NDArray[np.uint8]], list[NDArray[np.uint8]]]] = []
    names: list[str] = []
    for number, path in enumerate(files):
        check(number / len(files))
        try:
            photograph = read_picture(path)
            if min(photograph.shape[:2]) < SMALLEST_SIDE:
                size = f"{photograph.shape[1]} × {photograph.shape[0]} px"
                raise RestorerError(f"It has {size}: take photographs of at least {SMALLEST_SIDE} px a side.")
        except RestorerError as error:
            tell(f"{path} is left out: {error}")
            continue
        whole = reduced(photograph, LONGEST_SIDE, SMALLEST_SIDE)
        mark = fingerprint(whole)
        twin = seen.twin(mark)
        if twin is not None:
            tell(f"{path} is left out: it shows the same as {names[twin]}.")
            continue
        seen.add(mark)
        names.append(str(path))
        # both are cut before it is known which will be used: all photographs at once would not fit into memory
        kept.append(([whole, *_pieces(photograph, rng)], _places(photograph, rng)))
    if len(kept) < FEWEST:
        raise RestorerError(
            f"There are {len(kept)} different photographs that can be used: name at least {FEWEST}, better 20, of the "
            "same collection and without damage."
        )
    order = rng.permutation(len(kept))
    aside = max(2, round(ASIDE * len(kept)))
    return Collection(
        pictures=Pictures(tuple(piece for i in order[aside:] for piece in kept[i][0])),
        examined=tuple(piece for i in order[:aside] for piece in kept[i][1]),
        learnt_from=len(kept) - aside,
        put_aside=aside,
    )


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if not path.exists():
            raise RestorerError(f"There is no file and no folder {path}: name photographs of your collection.")
        files += picture_files(path) if path.is_dir() else [path]
    return list(dict.fromkeys(files))


def _pieces(photograph: NDArray[Any], rng: Generator) -> list[NDArray[np.uint8]]:
    """Pieces at native resolution; none of a photograph that is small enough to be kept whole."""
    if max(photograph.shape) <= LONGEST_SIDE:
        return []
    side = min(PIECE, *photograph.shape[:2])
    return [_most_detailed(photograph, side, rng) for _ in range(PIECES)]


def _places(photograph: NDArray[Any], rng: Generator) -> list[NDArray[np.uint8]]:
    side = min(EXAMINED, *photograph.shape[:2])
    return [_most_detailed(photograph, side, rng) for _ in range(PLACES)]


def _most_detailed(photograph: NDArray[Any], side: int, rng: Generator) -> NDArray[np.uint8]:
    """Of some squares the one in which neighbouring pixels differ most: uint8 S×S×3, at native resolution."""
    found: list[NDArray[np.uint8]] = []
    for _ in range(LOOKED_AT):
        top, left = (int(rng.integers(length - side + 1)) for length in photograph.shape[:2])
        square = photograph[Region(left, top, left + side, top + side).slices]
        found.append(reduced(square, side, side))  # to 8 bits, and a copy: the photograph itself is let go
    return max(found, key=lambda square: float(np.abs(cv2.Laplacian(square, cv2.CV_16S)).mean()))


def native_crops(pictures: Pictures, config: Config) -> Source[Batch]:
    """As `crops.synthetic`, but half of the crops at native resolution."""
    bank = MaskBank.draw(config.crop, config.drawn, config.seed)

    def source(first: int, rank: int, of: int) -> Iterator[Batch]:
        for step in itertools.count(first):
            octave = int(np.random.default_rng((config.seed, 7, step)).integers(len(bank.wide))) + 1
            chosen = range(rank, config.batch, of)
            narrow = config.batch - config.wide
            crops = [
                _crop(
                    pictures,
                    bank.narrow if i < narrow else bank.wide[octave - 1],
                    config.crop,
                    np.random.default_rng((config.seed, 7, step, i)),
                )
                for i in chosen
            ]
            images, truths, masks = (np.stack(arrays) for arrays in zip(*crops, strict=True))
            yield Batch(
                image=np.ascontiguousarray(images.transpose(0, 3, 1, 2)),
                truth=np.ascontiguousarray(truths.transpose(0, 3, 1, 2)),
                mask=masks[:, None].astype(np.float32),
                narrow=sum(i < narrow for i in chosen),
                octave=octave,
            )

    return source


def _crop(
    pictures: Pictures, masks: NDArray[np.bool_], size: int, rng: Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_]]:
    """Image with its damaged rim, truth (S×S×3) and mask (S×S), mirrored and turned at random."""
    picture = pictures.arrays[int(rng.integers(len(pictures)))]
    if rng.random() < NATIVE_CHANCE and min(picture.shape[:2]) >= size:
        top, left = (int(rng.integers(length - size + 1)) for length in picture.shape[:2])
        square = picture[Region(left, top, left + size, top + size).slices]
        turned = np.rot90(square[:, ::-1] if rng.random() < 0.5 else square, int(rng.integers(4)))
        truth = turned.astype(np.float32) / np.float32(255)
    else:
        truth = crop(picture, size, rng)
    mask = np.rot90(masks[int(rng.integers(len(masks)))], int(rng.integers(4)))
    image = leak(truth, mask, rng) if rng.random() < LEAK_CHANCE else truth
    return image, truth, mask
