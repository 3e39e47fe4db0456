"""Training pictures: tar shards of encoded pictures, or a folder of files, decoded once and kept in memory.

They are kept at 8 bits a channel, also those that have 16, and reduced to `LONGEST_SIDE`: a thousand photographs of 24
megapixels would take 72 GB, and crops are made of reduced pictures anyway.
"""

from __future__ import annotations

import lzma
import sys
import tarfile
import zlib
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import READABLE_SUFFIXES, read_photograph

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

SMALLEST_SIDE = 160
"""A picture with a shorter side (px) teaches nothing but its own enlargement."""
LONGEST_SIDE = 1024
"""Larger pictures are reduced to it (px), but never below `SMALLEST_SIDE`."""


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr)


@dataclass(frozen=True, eq=False)
class Pictures:
    """Clean photographs, each uint8 H×W×3 RGB."""

    arrays: tuple[NDArray[np.uint8], ...]

    def __len__(self) -> int:
        return len(self.arrays)

    @property
    def megabytes(self) -> float:
        """The memory that they take."""
        return sum(array.nbytes for array in self.arrays) / 2**20

    def spread(self, count: int) -> Pictures:
        """`count` of them, evenly spaced; all if there are no more."""
        places = np.linspace(0, len(self) - 1, min(count, len(self))).round().astype(int)
        return Pictures(tuple(self.arrays[place] for place in places))

    @classmethod
    def load(
        cls, folder: Path, only: Sequence[str] = (), limit: int | None = None, tell: Callable[[str], None] = _say
    ) -> Pictures:
        """All pictures of `folder`: its tar shards, or, where there are none, the picture files below it.

        Args:
            folder: holds `*.tar` (also in a folder `train` inside), or pictures.
            only: parts of shard names; given, the other shards are left alone (as `free`, for a licence tier).
            limit: stop after so many pictures (for tests and trials).
            tell: told one sentence for each picture that cannot be read; the others are loaded.

        Raises:
            RestorerError: the folder is missing or holds no picture that can be used, a shard is damaged, or `only`
                fits none.
        """
        if not folder.is_dir():
            raise RestorerError(f"There is no folder {folder}: name one with training pictures or shards.")
        kept: list[NDArray[np.uint8]] = []
        for name, decode in _sources(folder, only):
            try:
                picture = decode()
            except RestorerError as error:
                tell(f"{name}: not a picture that can be read, left out ({error})")
                continue
            if min(picture.shape[:2]) < SMALLEST_SIDE:
                continue
            kept.append(reduced(picture, LONGEST_SIDE, SMALLEST_SIDE))
            if limit is not None and len(kept) >= limit:
                break
        if not kept:
            raise RestorerError(
                f"{folder} holds no picture of at least {SMALLEST_SIDE} px a side: name a folder that does."
            )
        return cls(tuple(kept))


def picture_files(folder: Path) -> list[Path]:
    """The files below `folder` that are pictures by their suffix, in the order of their names; none that is hidden.

    What begins with a dot is a file system's or a photo program's own (thumbnails, `._IMG.jpg`).
    """
    found = []
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.suffix.lower() in READABLE_SUFFIXES and not hidden and not path.is_dir():
            found.append(path)
    return sorted(found)


def read_picture(path: Path) -> NDArray[np.uint8] | NDArray[np.uint16]:
    """A picture file as H×W×3 RGB, as it is shown, in its own depth (8 or 16 bit); grey is repeated.

    Values stay in the file's own encoding, as the network sees them when it restores.

    Raises:
        RestorerError: it cannot be opened, is see-through in parts, or has values of another kind.
    """
    pixels: NDArray[Any] = read_photograph(path).pixels
    if pixels.dtype not in (np.uint8, np.uint16):
        raise RestorerError(f"“{path.name}” has {pixels.dtype} values: save it with 8 or 16 bits a channel.")
    if pixels.ndim == 3 and pixels.shape[2] in (2, 4):
        if pixels[..., -1].min() < np.iinfo(pixels.dtype).max:
            raise RestorerError(f"“{path.name}” is see-through in parts: flatten it onto its background.")
        pixels = pixels[..., :-1]
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        pixels = np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return pixels


def reduced(picture: NDArray[Any], longest: int, smallest: int) -> NDArray[np.uint8]:
    """`picture` (uint8 or uint16, H×W×3) at 8 bits, its longer side at most `longest` px.

    The shorter side is not reduced below `smallest` for it, and nothing is enlarged.
    """
    height, width = picture.shape[:2]
    factor = max(longest / max(height, width), smallest / min(height, width))
    if factor < 1:
        size = max(1, round(width * factor)), max(1, round(height * factor))
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    if picture.dtype == np.uint16:
        picture = (picture.astype(np.uint32) + 128) // 257  # 65535 / 255, rounded
    return np.ascontiguousarray(picture, np.uint8)


def decoded(data: bytes) -> NDArray[np.uint8]:
    """A picture of a shard: uint8 H×W×3 RGB.

    Raises:
        RestorerError: it cannot be decoded.
    """
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # an empty file, or one that claims to be gigantic
        picture = None
    if picture is None:
        raise RestorerError("It is damaged or of another kind: pack the shard again.")
    return np.ascontiguousarray(picture[..., ::-1], np.uint8)


def _sources(folder: Path, only: Sequence[str]) -> Iterator[tuple[str, Callable[[], NDArray[Any]]]]:
    """Names of pictures and what decodes each."""
    every = sorted(folder.glob("*.tar")) or sorted((folder / "train").glob("*.tar"))
    if not every and not only:
        for path in picture_files(folder):
            yield str(path), partial(read_picture, path)
        return
    for part in only:
        if not any(part in shard.name for shard in every):
            known = ", ".join(shard.name for shard in every) or "no shard at all"
            raise RestorerError(f"No shard in {folder} has “{part}” in its name (--only); there is {known}.")
    for shard in every:
        if not only or any(part in shard.name for part in only):
            for name, data in _members(shard):
                yield name, partial(decoded, data)


def _members(shard: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if not shard.is_file():
            raise tarfile.ReadError("no regular file")
        with tarfile.open(shard) as tar:
            for member in tar:
                stream = tar.extractfile(member)
                if stream is not None:
                    yield f"{shard.name}:{member.name}", stream.read()
    except (tarfile.TarError, EOFError, OSError, zlib.error, lzma.LZMAError) as error:
        raise RestorerError(f"The shard {shard} cannot be read ({error}): copy or pack it again.") from None
