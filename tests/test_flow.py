"""DESIGN's way through the house, from file to file, with the real parts: real files, the real network."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile

from restorer import bundled
from restorer.document.document import Document
from restorer.document.export import Proof, check_target, export
from restorer.engine.restorer import Restorer
from restorer.imaging.brush import Dab, Trace
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_mask

SAMPLES = bundled.resources() / "samples"


def painted(document: Document, *dabs: Dab) -> None:
    trace = Trace(document.mask.shape)
    for dab in dabs:
        trace.to(dab)
    stroke = trace.finish()
    assert stroke is not None
    document.mark(stroke)


def test_a_sixteen_bit_scan_comes_back_restored_and_otherwise_untouched(tmp_path: Path) -> None:
    original = (SAMPLES / "tea-gardens.tif").read_bytes()
    document = Document.open(SAMPLES / "tea-gardens.tif")
    document.set_mask(read_mask(SAMPLES / "tea-gardens-mask.png", document.mask.shape))
    marked = document.mask.copy()

    restorer = Restorer()
    job = document.job()
    patches = restorer.restore(job)
    document.apply(job, patches, restorer.made(job))
    target = tmp_path / "restored.tif"
    proof = export(document, target)

    assert proof.outside == 0
    assert 0.9 * marked.sum() < proof.changed <= marked.sum()
    before, after = tifffile.imread(SAMPLES / "tea-gardens.tif"), tifffile.imread(target)
    assert after.dtype == np.uint16
    assert (before[~marked] == after[~marked]).all()
    assert (SAMPLES / "tea-gardens.tif").read_bytes() == original
    with tifffile.TiffFile(target) as written:
        assert written.pages[0].tags["XResolution"].value == (300, 1)

    document.undo()
    assert (document.mask == marked).all()
    assert (document.image.read(document.bounds) == before).all()


def test_the_scratch_is_gone(tmp_path: Path) -> None:
    """A white line over a real photograph: after the repair the picture is much nearer to what it was."""
    truth = cv2.imread(str(SAMPLES / "osprey.jpg"))[400:700, 100:500]
    damaged = truth.copy()
    cv2.line(damaged, (20, 30), (380, 270), (255, 255, 255), 3)
    path = tmp_path / "print.png"
    cv2.imwrite(str(path), damaged)

    document = Document.open(path)
    painted(document, Dab(20.5, 30.5, 4), Dab(380.5, 270.5, 4))
    assert document.mask[(damaged != truth).any(2)].all()
    job = document.job(grow=2)
    restorer = Restorer()
    document.apply(job, restorer.restore(job), restorer.made(job))
    export(document, tmp_path / "restored.png")
    restored = cv2.imread(str(tmp_path / "restored.png"))
    line = (damaged != truth).any(2)
    far, near = (np.abs(a[line].astype(float) - truth[line]).mean() for a in (damaged, restored))
    assert near < far / 6


def test_a_file_that_differs_where_nothing_was_marked_is_not_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof reads the new file back, and must notice a writer that changes what it should not."""
    from restorer.document import export as exporting

    path = tmp_path / "print.png"
    cv2.imwrite(str(path), np.full((20, 30), 100, np.uint8))
    document = Document.open(path)
    assert export(document, tmp_path / "same.png") == Proof(0, 0)
    old = (tmp_path / "same.png").read_bytes()
    write = exporting.write_photograph

    def careless(photograph, pixels, target, verify, **named):  # type: ignore[no-untyped-def]
        spoilt = pixels.read(document.bounds)
        spoilt[3:5, 4:7] ^= 1
        write(photograph, spoilt, target, verify, **named)

    monkeypatch.setattr(exporting, "write_photograph", careless)
    with pytest.raises(RestorerError, match="6 pixels outside the mask"):
        export(document, tmp_path / "same.png", overwrite=True)
    assert (tmp_path / "same.png").read_bytes() == old
    assert sorted(p.name for p in tmp_path.iterdir()) == ["print.png", "same.png"]


def test_what_is_read_is_not_written_over(tmp_path: Path) -> None:
    image, mask = tmp_path / "print.png", tmp_path / "mask.png"
    for path in (image, mask):
        cv2.imwrite(str(path), np.full((20, 30), 100, np.uint8))
    with pytest.raises(RestorerError, match="is read as well"):
        check_target(image, mask, overwrite=True, inputs=[mask])
    with pytest.raises(RestorerError, match="cannot be written"):
        check_target(image, tmp_path / ("x" * 300 + ".png"), overwrite=True)


@pytest.mark.parametrize("name", ["print.png", "elsewhere/x.png", "x.xyz"])
def test_a_target_that_cannot_be_is_refused_before_the_work(tmp_path: Path, name: str) -> None:
    path = tmp_path / "print.png"
    cv2.imwrite(str(path), np.full((20, 30), 100, np.uint8))
    before = path.read_bytes()
    with pytest.raises(RestorerError):
        export(Document.open(path), tmp_path / name, overwrite=True)
    assert path.read_bytes() == before
