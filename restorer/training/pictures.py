"""Training pictures: tar shards of encoded pictures, decoded once and kept in memory.

They are kept at 8 bits a channel, also those that have 16, and reduced to `LONGEST_SIDE`: a thousand photographs of 24
megapixels would take 72 GB, and crops are made of reduced pictures anyway.
"""

from __future__ import annotations

import lzma
import sys
import tarfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

SMALLEST_SIDE = 160
"""A picture with a shorter side (px) teaches nothing but its own enlargement."""
LONGEST_SIDE = 1024
"""Larger pictures are reduced to it (px), but never below `SMALLEST_SIDE`."""
SUFFIXES = (".webp", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


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

    @classmethod
    def load(cls, folder: Path, only: Sequence[str] = (), limit: int | None = None) -> Pictures:
        """All pictures of `folder`: its tar shards, or, where there are none, the picture files below it.

        Args:
            folder: holds `*.tar` (also in a folder `train` inside), or pictures.
            only: parts of shard names; given, the other shards are left alone (as `free`, for a licence tier).
            limit: stop after so many pictures (for tests and trials).

        Raises:
            RestorerError: the folder is missing or holds no picture that can be used, a shard is damaged, or `only`
                fits none.
        """
        if not folder.is_dir():
            raise RestorerError(f"There is no folder {folder}: name one with training pictures or shards.")
        kept: list[NDArray[np.uint8]] = []
        for name, data in _encoded(folder, only):
            picture = _decoded(data)
            if picture is None:
                print(f"{name}: not a picture that can be read, left out", file=sys.stderr)
                continue
            if min(picture.shape[:2]) < SMALLEST_SIDE:
                continue
            kept.append(_reduced(picture))
            if limit is not None and len(kept) >= limit:
                break
        if not kept:
            raise RestorerError(
                f"{folder} holds no picture of at least {SMALLEST_SIDE} px a side: name a folder that does."
            )
        return cls(tuple(kept))


def _decoded(data: bytes) -> NDArray[np.uint8] | None:
    """BGR, 8 bit; None if it cannot be read."""
    try:
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:  # an empty file, or one that claims to be gigantic
        return None
    return None if picture is None else picture.astype(np.uint8, copy=False)


def _reduced(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """RGB of a BGR picture, not larger than is of use."""
    height, width = picture.shape[:2]
    factor = max(LONGEST_SIDE / max(height, width), SMALLEST_SIDE / min(height, width))
    if factor < 1:
        size = round(width * factor), round(height * factor)
        picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    return np.ascontiguousarray(picture[..., ::-1])


def _encoded(folder: Path, only: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    every = sorted(folder.glob("*.tar")) or sorted((folder / "train").glob("*.tar"))
    if not every and not only:
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file()):
            yield str(path), _bytes(path)
        return
    for part in only:
        if not any(part in shard.name for shard in every):
            known = ", ".join(shard.name for shard in every) or "no shard at all"
            raise RestorerError(f"No shard in {folder} has “{part}” in its name (--only); there is {known}.")
    for shard in every:
        if not only or any(part in shard.name for part in only):
            yield from _members(shard)


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


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise RestorerError(f"{path} cannot be read ({error.strerror}): take it out of the folder.") from None
