"""An export tells how far it is, and can be given up at any time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import tifffile

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.manifest import beside
from restorer.document.watch import WRITING, Watch
from restorer.imaging.errors import Cancelled
from restorer.imaging.files.jpeg_copy import Copying
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

EVERYTHING = Options(manifest=True, mask=True, copying=Copying(quality=80))


def scan(path: Path, height: int, width: int) -> Document:
    """16 bits a channel, strip by strip, with a repair."""
    rows, columns = np.mgrid[:height, :width].astype(np.uint16)
    pixels = np.stack((rows * 16, columns * 10, rows + columns), axis=2)
    tifffile.imwrite(path, pixels, photometric="rgb", rowsperstrip=64)
    opened = Document.open(path)
    region = Region(100, 50, 400, height - 50)
    opened.mark(Stroke(region, np.ones((region.height, region.width), bool)))
    black = np.zeros((region.height, region.width, 3), np.uint16)
    opened.apply(opened.job(), [Patch(region, black, np.ones(black.shape[:2], bool))], {"model": "none"})
    return opened


@pytest.fixture
def document(tmp_path: Path, suffix: str) -> Iterator[Document]:
    """Large if a TIFF is to be made of it; other formats are written and read as a whole."""
    path = tmp_path / "album.tif"
    yield scan(path, 2000, 3000) if suffix == ".tif" else scan(path, 400, 600)
    path.unlink()


@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg"])
def test_it_tells_how_far_it_is(document: Document, tmp_path: Path, suffix: str) -> None:
    told: list[float] = []
    proof = export(document, tmp_path / f"out{suffix}", options=EVERYTHING, watch=Watch(told.append))
    assert told == sorted(told)
    assert told[-1] <= 1
    assert WRITING in told
    if suffix == ".tif":
        assert len([share for share in told if share < WRITING]) > 20
        assert len([share for share in told if share > WRITING]) > 20
        assert told[-1] == 1
        assert (proof.changed, proof.outside) == (300 * 1900, 0)
    assert all(path.exists() for path in beside(tmp_path / f"out{suffix}"))


@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_given_up_it_leaves_what_was_there(document: Document, tmp_path: Path, suffix: str, share: float) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    target = folder / f"out{suffix}"
    target.write_bytes(b"of last year")
    told = [0.0]
    watch = Watch(told.append, lambda: max(told) < share)
    if share > WRITING and suffix != ".tif":
        watch = Watch(told.append, lambda: max(told) < WRITING)  # these are read back as a whole
    with pytest.raises(Cancelled):
        export(document, target, overwrite=True, options=EVERYTHING, watch=watch)
    assert max(told) < 1
    assert [(path.name, path.read_bytes()) for path in folder.iterdir()] == [(target.name, b"of last year")]
    assert document.unsaved
