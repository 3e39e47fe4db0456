"""The clean pictures that are damaged.

A picture is judged in 8-bit RGB.  Its name seeds its masks: the file name without its ending, behind the name of
its folder and `_` if it lies in one, so that a .tar with one folder a category and the same files unpacked give the
same masks.

Its category is what `MANIFEST.csv` says of its file (columns `file` and `category`; it lies in the folder or beside
the .tar or its folder), else its folder, else the part of its name before the last `_`.
"""

from __future__ import annotations

import csv
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
from numpy.typing import NDArray

from restorer.imaging.errors import RestorerError

ENDINGS = (".png", ".webp", ".jpg", ".jpeg")
MANIFEST = "MANIFEST.csv"

SMALLEST = 32
"""Shortest side of a picture, px: the coarsest cell of the perceptual distance."""


@dataclass(frozen=True, eq=False)
class Picture:
    """One clean picture: `pixels` is uint8 RGB, H×W×3."""

    name: str
    pixels: NDArray[np.uint8]


def category_of(name: str) -> str:
    """What the name of a picture says before its last `_`; "all" if it has none."""
    return name.rpartition("_")[0] or "all"


class Source:
    """A folder or a .tar of PNG, WebP and JPEG pictures, in the order of their names."""

    def __init__(self, path: Path, limit: int | None = None) -> None:
        self._path = path
        self._tar = path.is_file() and path.suffix == ".tar"
        if not self._tar and not path.is_dir():
            raise RestorerError(f"{path} is neither a folder of pictures nor a .tar file: give one.")
        found = sorted((_name_of(file), str(file)) for file in self._members() if file.suffix.lower() in ENDINGS)
        if not found:
            raise RestorerError(f"{path} holds no PNG, WebP or JPEG pictures: give one that does.")
        self._files: dict[str, str] = {}
        for name, file_name in found:
            if name in self._files:
                raise RestorerError(
                    f"{self._files[name]} and {file_name} would both be called {name}: rename one of them."
                )
            self._files[name] = file_name
        self.names = spread(list(self._files), limit)
        self._categories = self._manifest()

    def category(self, name: str) -> str:
        """What the picture of that name shows."""
        file = PurePosixPath(self._files[name])
        folder = file.parts[0] if len(file.parts) > 1 else None
        return self._categories.get(str(file)) or folder or category_of(name)

    def read(self, name: str) -> Picture:
        """The picture of that name, decoded."""
        file = self._files[name]
        if not self._tar:
            data = (self._path / file).read_bytes()
        else:
            with tarfile.open(self._path) as tar:
                member = tar.extractfile(file)
                data = member.read() if member else b""
        picture = Picture(name, decoded(np.frombuffer(data, np.uint8), file))
        if min(picture.pixels.shape[:2]) < SMALLEST:
            raise RestorerError(f"{file} is smaller than {SMALLEST} px: remove it or give a larger one.")
        return picture

    def _members(self) -> list[PurePosixPath]:
        """The files, relative to the folder or the .tar: those of the folder itself and of the folders in it."""
        if not self._tar:
            files = (*self._path.glob("*"), *self._path.glob("*/*"))
            return [PurePosixPath(file.relative_to(self._path).as_posix()) for file in files if file.is_file()]
        try:
            with tarfile.open(self._path) as tar:
                return [PurePosixPath(member.name) for member in tar if member.isfile()]
        except tarfile.TarError as error:
            raise RestorerError(f"{self._path} is no readable .tar file: make it again.") from error

    def _manifest(self) -> dict[str, str]:
        """Categories by file; empty without a manifest."""
        places = (self._path.parent, self._path.parent.parent) if self._tar else (self._path, self._path.parent)
        for place in places:
            if (place / MANIFEST).is_file():
                with (place / MANIFEST).open(newline="", encoding="utf-8") as stream:
                    lines = csv.DictReader(stream)
                    if {"file", "category"} <= set(lines.fieldnames or ()):
                        return {line["file"]: line["category"] for line in lines}
        return {}


def _name_of(file: PurePosixPath) -> str:
    return str(file.with_suffix("")).replace("/", "_")


def spread(names: list[str], limit: int | None) -> list[str]:
    """At most `limit` of the names, evenly spread, so that every category has its share."""
    if limit is None or limit >= len(names):
        return names
    return [names[i * len(names) // limit] for i in range(limit)]


def decoded(data: NDArray[np.uint8], file: str) -> NDArray[np.uint8]:
    """An encoded picture as uint8 RGB, H×W×3."""
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if bgr is None:
        raise RestorerError(f"{file} can't be decoded as a picture: remove or replace it.")
    return np.ascontiguousarray(bgr[..., ::-1], np.uint8)
