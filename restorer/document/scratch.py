"""A file for what does not have to be in memory: written once, read through the page cache."""

from __future__ import annotations

import mmap
import tempfile
import weakref
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np
import platformdirs

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

_GRAIN = mmap.ALLOCATIONGRANULARITY
_ALIGNED = 64


class Scratch:
    """Arrays moved out of memory.  The file has no name and is gone with the process, however that ends.

    Args:
        folder: where; by default the person's cache folder, because /tmp is memory on some systems.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._file: BinaryIO | None = None
        self.nbytes = 0

    def keep(self, arrays: Sequence[NDArray[Any]]) -> list[NDArray[Any]]:
        """The same arrays, read-only, in the file.  All of one call share one mapping; systems limit their number.

        Raises:
            OSError: they could not be written; nothing changed.
        """
        if not arrays:
            return []
        if self._file is None:
            self._file = self._new()
            weakref.finalize(self, self._file.close)  # what is mapped stays
        start = -(-self.nbytes // _GRAIN) * _GRAIN
        self._file.seek(start)
        offsets = []
        for array in arrays:
            self._file.write(b"\0" * (-self._file.tell() % _ALIGNED))
            offsets.append(self._file.tell() - start)
            self._file.write(np.ascontiguousarray(array).data.cast("B") if array.size else b"")
        self._file.flush()
        end = self._file.tell()
        if end == start:
            return list(arrays)
        mapped = mmap.mmap(self._file.fileno(), end - start, access=mmap.ACCESS_READ, offset=start)
        self.nbytes = end
        return [
            np.frombuffer(mapped, array.dtype, array.size, offset).reshape(array.shape)
            for array, offset in zip(arrays, offsets, strict=True)
        ]

    def _new(self) -> BinaryIO:
        folder = self._folder or platformdirs.user_cache_path("restorer", appauthor=False)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return tempfile.TemporaryFile(dir=folder)
        except OSError:
            return tempfile.TemporaryFile()
