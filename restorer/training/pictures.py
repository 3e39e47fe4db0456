"""Training pictures: tar shards of encoded pictures, decoded once and kept in memory."""

from __future__ import annotations

import sys
import tarfile
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
SUFFIXES = (".webp", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp")


@dataclass(frozen=True, eq=False)
class Pictures:
    """Clean photographs, each uint8 H×W×3 RGB."""

    arrays: tuple[NDArray[np.uint8], ...]

    def __len__(self) -> int:
        return len(self.arrays)

    @classmethod
    def load(cls, folder: Path, only: Sequence[str] = (), limit: int | None = None) -> Pictures:
        """All pictures of `folder`: its tar shards, or, where there are none, the picture files below it.

        Args:
            folder: holds `*.tar` (also in a folder `train` inside), or pictures.
            only: parts of shard names; given, the other shards are left alone (as `free`, for a licence tier).
            limit: stop after so many pictures (for tests and trials).

        Raises:
            RestorerError: the folder is missing or holds no picture that can be used.
        """
        if not folder.is_dir():
            raise RestorerError(f"There is no folder {folder}: name one with training pictures or shards.")
        kept: list[NDArray[np.uint8]] = []
        for name, data in _encoded(folder, only):
            picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
            if picture is None:
                print(f"{name}: not a picture that can be read, left out", file=sys.stderr)
                continue
            if min(picture.shape[:2]) < SMALLEST_SIDE:
                continue
            kept.append(np.ascontiguousarray(picture[..., ::-1]).astype(np.uint8, copy=False))
            if limit is not None and len(kept) >= limit:
                break
        if not kept:
            raise RestorerError(
                f"{folder} holds no picture of at least {SMALLEST_SIDE} px a side: name a folder that does."
            )
        return cls(tuple(kept))


def _encoded(folder: Path, only: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    shards = sorted(folder.glob("*.tar")) or sorted((folder / "train").glob("*.tar"))
    shards = [s for s in shards if not only or any(part in s.name for part in only)]
    for shard in shards:
        with tarfile.open(shard) as tar:
            for member in tar:
                stream = tar.extractfile(member)
                if stream is not None:
                    yield f"{shard.name}:{member.name}", stream.read()
    if not shards:
        for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in SUFFIXES):
            yield str(path), path.read_bytes()
