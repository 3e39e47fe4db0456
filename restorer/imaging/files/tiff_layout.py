"""How a TIFF file stores its pixels, and the tags that describe the photograph."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from restorer.imaging.files.tiff_directory import Directory
from restorer.imaging.files.tiff_kind import Kind


@dataclass(frozen=True, eq=False)
class Origin:
    """The file that a photograph was read from, to copy from it what is not touched."""

    path: Path
    size: int
    changed: int  # nanoseconds, as the file system tells
    pixels: NDArray[Any]  # as shown, what was decoded from it

    @classmethod
    def of(cls, path: Path, pixels: NDArray[Any]) -> Origin:
        status = path.stat()
        return cls(path.absolute(), status.st_size, status.st_mtime_ns, pixels)

    @property
    def there(self) -> bool:
        """Whether the file is still the one that was read."""
        try:
            status = os.stat(self.path)  # noqa: PTH116 - tests make Path's methods fail, as a locked file would
        except OSError:
            return False
        return (status.st_size, status.st_mtime_ns) == (self.size, self.changed)


@dataclass(frozen=True, eq=False)
class TiffLayout:
    """All that is needed to store pixels of the same size the same way (TIFF 6.0 and its supplements)."""

    directory: Directory  # without the tags that say how the pixels are stored
    kind: Kind
    big: bool = False  # BigTIFF
    compression: int = 8  # of what cannot be copied as it is: 1, 2, 4, 5, 8, 32946, 32773, 34925 or 50000
    predictor: int = 2  # 1 none, 2 horizontal differences, 3 of floating-point bytes
    rows: int | None = None  # in a strip; None: the writer's choice
    tile: tuple[int, int] | None = None  # height, width
    separate: bool = False  # colour planes one after another
    page: int = 1  # which of the file's pages this is
    others: tuple[int, ...] = ()  # the pages that are copied with it
    origin: Origin | None = None
    located: bool = True  # whether the other pages keep the place where they were taken
    dropped: tuple[str, ...] = ()  # sentences about what a TIFF made by us does not keep
    only_tiff: tuple[str, ...] = ()  # sentences about what no other format can hold

    @property
    def extra(self) -> int:
        """What the channel beyond the colours is: 0 there is none, 1 premultiplied alpha, 2 alpha."""
        return self.kind.alpha

    @property
    def written_page(self) -> int:
        """Which page of the new file the picture becomes."""
        return 1 + sum(other < self.page for other in self.others)

    @property
    def needs_origin(self) -> bool:
        """Whether parts of the file are not in memory and have to be copied from it."""
        return bool(self.others or self.kind.spare)
