"""How far an export is, and whether it is still wanted."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from restorer.imaging.errors import Cancelled

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from restorer.imaging.patch import Pixels
    from restorer.imaging.region import Region

WRITING = 0.6
"""Share of the time that writing takes; the rest goes to reading back and comparing."""


class Watch:
    """Follows one export from outside.

    Args:
        progress: told the share that is done, 0..1, never less than before; called on whichever thread works.
        wanted: asked now and then whether to go on; on those threads, too.
    """

    def __init__(
        self, progress: Callable[[float], object] = lambda _share: None, wanted: Callable[[], bool] = lambda: True
    ) -> None:
        self._progress = progress
        self._wanted = wanted

    def check(self) -> None:
        """Raises Cancelled if the export is not wanted any more."""
        if not self._wanted():
            raise Cancelled

    def of_writing(self, pixels: Pixels) -> Pixels:
        """The same pixels; who reads them to write them is watched."""
        return _Watched(pixels, self)

    def written(self, share: float) -> None:
        """So much of the picture has been written."""
        self._progress(WRITING * share)

    def compared(self, share: float) -> None:
        """So much of it has been read back and compared."""
        self._progress(WRITING + (1 - WRITING) * share)


UNWATCHED = Watch()


@dataclass(frozen=True, eq=False)
class _Watched:
    """Pixels, and how much of them has been read.  Writers ask for some parts twice, and on several threads."""

    pixels: Pixels
    watch: Watch
    _seen: set[tuple[int, int, int, int]] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _read: list[int] = field(default_factory=lambda: [0])

    @property
    def shape(self) -> tuple[int, ...]:
        return self.pixels.shape

    @property
    def dtype(self) -> np.dtype[Any]:
        return self.pixels.dtype

    def read(self, region: Region) -> NDArray[Any]:
        self.watch.check()
        part = self.pixels.read(region)
        corners = region.left, region.top, region.right, region.bottom
        with self._lock:
            if corners not in self._seen:
                self._seen.add(corners)
                self._read[0] += region.area
                self.watch.written(min(1.0, self._read[0] / (self.shape[0] * self.shape[1])))
        return part
