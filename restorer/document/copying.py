"""Copies to pass on: a JPEG made anew, and what can be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from restorer.document.manifest import asked_for
from restorer.document.source import file_sha256
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import jpeg_copy, read_photograph
from restorer.imaging.files.orientation import as_stored
from restorer.imaging.files.reading_back import differing
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.document.repair import Image
    from restorer.document.watch import Watch
    from restorer.imaging.atomic import Together
    from restorer.imaging.files import Photograph
    from restorer.imaging.files.jpeg_copy import Copying


def is_copy(photograph: Photograph, target: Path) -> bool:
    """Whether the target's format can only be made anew."""
    return target.suffix.lower() in jpeg_copy.SUFFIXES and jpeg_copy.possible(photograph)


def write_copy(
    photograph: Photograph,
    written_as: Photograph,
    image: Image,
    target: Path,
    copying: Copying,
    *,
    hashed: bool,
    together: Together,
    watch: Watch,
) -> tuple[int, int, str]:
    """Write a JPEG and read it back before it takes its name, which is left to `together`.

    Returns:
        How many pixels differ from the original in the copy's own depth and colours, how many of them lie outside the
        mask, and the file's hash if it is wanted.

    Raises:
        Cancelled: `watch` does not want it any more.
        RestorerError: it cannot be made or written, or came out in another size.
    """
    bounds = Region.of_shape(image.shape)
    data = jpeg_copy.encoded(written_as, watch.of_writing(image), copying)
    done: list[tuple[int, int, str]] = []

    def verify(file: Path) -> None:
        watch.check()
        copy = as_stored(read_photograph(file).pixels, photograph.turned)
        before = jpeg_copy.in_colours_of(photograph, copying, image.original)
        if copy.shape != before.shape:
            raise RestorerError(
                f"{target.name} was not saved: it came out as {copy.dtype} {copy.shape}. Try another format."
            )
        differs = differing(copy, before)
        outside = differs & ~asked_for(image.repairs, image.shape).read(bounds)
        done.append((int(differs.sum()), int(np.count_nonzero(outside)), file_sha256(file) if hashed else ""))

    write_atomically(target, lambda file: file.write(data), verify, together=together)
    return done[0]
