"""The clean pictures that are damaged, and the conditions under which it is done.

A picture is judged in 8-bit RGB.  Its name seeds its masks: the file name without its ending, or, from a .tar
with one folder a category, `category_name`.  The part before the last `_` is its category.
"""

from __future__ import annotations

import tarfile
import zlib
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

import cv2
import numpy as np
from numpy.typing import NDArray

from restorer.evaluation.masks import fat_mask, mask_for
from restorer.imaging.errors import RestorerError

ENDINGS = (".png", ".webp", ".jpg", ".jpeg")
MASK_STYLES = ("exact", "fat")
DEGRADATIONS = ("none", "grain", "jpeg")

SMALLEST = 32
"""Shortest side of a picture, px: the coarsest cell of the perceptual distance."""

GRAIN = 8.0
"""Standard deviation of the added grain, in 8-bit levels: a fast film, scanned."""

JPEG_QUALITY = 60


@dataclass(frozen=True, eq=False)
class Picture:
    """One clean picture: `pixels` is uint8 RGB, H×W×3."""

    name: str
    pixels: NDArray[np.uint8]

    @property
    def category(self) -> str:
        return category_of(self.name)


@dataclass(frozen=True)
class Conditions:
    """What is done to every picture; results under different conditions are never mixed."""

    mask_style: str = "exact"
    """`exact`: the mask is the damage; `fat`: it covers more, as people paint."""
    degrade: str = "none"
    """`grain` or `jpeg`: the whole picture is degraded first, and so is the truth it is judged against."""
    scale: float = 1.0
    """Multiplies the sizes of the damage."""
    threads: int = 1

    def degraded(self, picture: Picture) -> Picture:
        if self.degrade == "grain":
            rng = np.random.default_rng(zlib.crc32(f"grain:{picture.name}".encode()))
            noise = cv2.GaussianBlur(rng.normal(size=picture.pixels.shape[:2]), (0, 0), 0.7)
            grainy = picture.pixels + (noise * (GRAIN / max(float(noise.std()), 1e-6)))[..., None]
            return replace(picture, pixels=np.clip(np.round(grainy), 0, 255).astype(np.uint8))
        if self.degrade == "jpeg":
            bgr = np.ascontiguousarray(picture.pixels[..., ::-1])
            data = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
            return replace(picture, pixels=_decoded(data, picture.name))
        return picture

    def mask(self, picture: Picture, kind: str) -> NDArray[np.bool_]:
        """Bool H×W, True is to be filled."""
        height, width = picture.pixels.shape[:2]
        mask = mask_for(picture.name, kind, height, width, scale=self.scale)
        if self.mask_style == "exact":
            return mask
        seed = zlib.crc32(f"fat:{kind}:{picture.name}".encode())
        return fat_mask(mask, seed, limit=12.0 * self.scale)


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
        found = self._members()
        if not found:
            raise RestorerError(f"{path} holds no PNG, WebP or JPEG pictures: give one that does.")
        self._files: dict[str, str] = {}
        for name, file in sorted(found):
            if name in self._files:
                raise RestorerError(f"{self._files[name]} and {file} would both be called {name}: rename one of them.")
            self._files[name] = file
        self.names = spread(list(self._files), limit)

    def read(self, name: str) -> Picture:
        """The picture of that name, decoded."""
        file = self._files[name]
        if not self._tar:
            data = (self._path / file).read_bytes()
        else:
            with tarfile.open(self._path) as tar:
                member = tar.extractfile(file)
                data = member.read() if member else b""
        picture = Picture(name, _decoded(np.frombuffer(data, np.uint8), file))
        if min(picture.pixels.shape[:2]) < SMALLEST:
            raise RestorerError(f"{file} is smaller than {SMALLEST} px: remove it or give a larger one.")
        return picture

    def _members(self) -> list[tuple[str, str]]:
        """Name and file of each picture."""
        if not self._tar:
            return [(f.stem, f.name) for f in self._path.iterdir() if f.suffix.lower() in ENDINGS]
        try:
            with tarfile.open(self._path) as tar:
                members = [member.name for member in tar if member.isfile()]
        except tarfile.TarError as error:
            raise RestorerError(f"{self._path} is no readable .tar file: make it again.") from error
        files = [PurePosixPath(member) for member in members]
        return [
            (str(file.with_suffix("")).replace("/", "_"), str(file)) for file in files if file.suffix.lower() in ENDINGS
        ]


def spread(names: list[str], limit: int | None) -> list[str]:
    """At most `limit` of the names, evenly spread, so that every category has its share."""
    if limit is None or limit >= len(names):
        return names
    return [names[i * len(names) // limit] for i in range(limit)]


def _decoded(data: NDArray[np.uint8], file: str) -> NDArray[np.uint8]:
    bgr = cv2.imdecode(data, cv2.IMREAD_COLOR) if data.size else None
    if bgr is None:
        raise RestorerError(f"{file} can't be decoded as a picture: remove or replace it.")
    return np.ascontiguousarray(bgr[..., ::-1], np.uint8)
