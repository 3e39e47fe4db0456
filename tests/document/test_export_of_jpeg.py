"""An exported JPEG: what shares a block with the mask is counted, and anything else that changed is refused."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from restorer.document.document import Document
from restorer.document.export import export, most_at_rim
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import jpeg_saving, read_photograph
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

PLACE = Region(70, 30, 90, 34)


def _scene() -> np.ndarray:
    rng = np.random.default_rng(3)
    y, x = np.mgrid[:120, :150]
    planes = [128 + 60 * np.sin(x / (9 + n)) + 40 * np.cos(y / 7) + rng.normal(0, 8, y.shape) for n in range(3)]
    return np.stack(planes, -1).clip(0, 255).astype(np.uint8)


@pytest.fixture
def document(tmp_path: Path) -> Document:
    Image.fromarray(_scene()).save(tmp_path / "in.jpg", quality=85)
    document = Document.open(tmp_path / "in.jpg")
    bits = np.ones((PLACE.height, PLACE.width), bool)
    document.mark(Stroke(PLACE, bits))
    job = document.job()
    document.apply(job, [Patch(PLACE, np.full((*bits.shape, 3), 200, np.uint8), bits)], {})
    return document


def test_pixels_that_share_a_block_are_counted(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "out.jpg"
    proof = export(document, target)
    differs = (read_photograph(target).pixels != document.original).any(2)
    assert proof.changed == int(differs.sum())
    marked = np.zeros(differs.shape, bool)
    marked[PLACE.slices] = True
    assert proof.outside == int((differs & ~marked).sum()) > 0
    blocks = np.zeros(differs.shape, bool)
    blocks[16:48, 64:96] = True  # 16 × 16 each, as colours are stored at half the resolution
    blocks = np.pad(blocks, 1)
    blocks = blocks[2:, 1:-1] | blocks[:-2, 1:-1] | blocks[1:-1, 2:] | blocks[1:-1, :-2] | blocks[1:-1, 1:-1]
    assert not (differs & ~blocks).any()
    # known before anything is written, too
    most = most_at_rim(document.photograph, document.image, target)
    assert most == 34 * 34 - int(marked.sum()) >= proof.outside
    assert most_at_rim(document.photograph, document.image, tmp_path / "out.png") == 0


def test_a_change_in_a_block_that_no_mark_touches_is_refused(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = jpeg_saving.write

    def wrong(photograph, pixels, file):  # type: ignore[no-untyped-def]
        changed = np.array(pixels if isinstance(pixels, np.ndarray) else pixels.read(Region.of_shape(pixels.shape)))
        changed[100, 20] ^= 0x40
        right(photograph, changed, file)

    monkeypatch.setattr("restorer.imaging.files.jpeg_saving.write", wrong)
    with pytest.raises(RestorerError, match="outside the mask would have changed"):
        export(document, tmp_path / "out.jpg")
    assert not (tmp_path / "out.jpg").exists()


def test_a_picture_that_is_coded_anew_is_refused(
    document: Document, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anew(_, pixels, file):  # type: ignore[no-untyped-def]
        stream = io.BytesIO()
        whole = np.asarray(pixels if isinstance(pixels, np.ndarray) else pixels.read(Region.of_shape(pixels.shape)))
        Image.fromarray(whole).save(stream, "JPEG", quality=85)
        file.write(stream.getvalue())

    monkeypatch.setattr("restorer.imaging.files.jpeg_saving.write", anew)
    with pytest.raises(RestorerError, match="outside the mask would have changed"):
        export(document, tmp_path / "out.jpg")


def test_nothing_restored_is_the_same_file(tmp_path: Path) -> None:
    Image.fromarray(_scene()).save(tmp_path / "in.jpg", quality=85, progressive=True)
    export(Document.open(tmp_path / "in.jpg"), tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == (tmp_path / "in.jpg").read_bytes()
