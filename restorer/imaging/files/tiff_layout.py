"""How a TIFF file stores its pixels, and the tags that describe the photograph."""

from __future__ import annotations

from dataclasses import dataclass

from restorer.imaging.files.tiff_directory import Directory


@dataclass(frozen=True)
class TiffLayout:
    """All that is needed to store pixels of the same size the same way (TIFF 6.0 and its supplements)."""

    directory: Directory  # without the tags that say how the pixels are stored
    big: bool = False  # BigTIFF
    compression: int = 8  # as it will be written: 1, 5, 8, 32946, 32773, 34925 or 50000
    predictor: int = 2  # 1 none, 2 horizontal differences
    inverted: bool = False  # MinIsWhite
    rows: int | None = None  # in a strip; None: the writer's choice
    tile: tuple[int, int] | None = None  # height, width
    extra: int = 2  # what a channel beyond the colours is: 0 unsaid, 1 premultiplied alpha, 2 alpha
    dropped: tuple[str, ...] = ()  # sentences about what was not kept
