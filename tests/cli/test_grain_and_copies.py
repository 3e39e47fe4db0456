"""Grain of new repairs, places left out and copies, alike in `fill`, `batch` and the document that the window has."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image

from restorer.__main__ import main
from restorer.document.document import Document
from restorer.engine.restorer import Restorer


@pytest.fixture
def grainy(tmp_path: Path) -> tuple[Path, Path]:
    """A 16-bit TIFF with grain, and a mask with a scratch."""
    rng = np.random.default_rng(0)
    y, x = np.mgrid[:96, :160]
    pixels = (20000 + 100 * x + 60 * y)[..., None] + cv2.GaussianBlur(rng.normal(0, 2500, (96, 160, 3)), (0, 0), 0.6)
    mask = np.zeros((96, 160), np.uint8)
    cv2.line(mask, (20, 40), (140, 60), 255, 9)
    for folder in ("scans", "masks"):
        (tmp_path / folder).mkdir()
    scan = tmp_path / "scans" / "print.tif"
    tifffile.imwrite(scan, pixels.clip(0, 65535).astype(np.uint16), photometric="rgb", metadata=None)
    cv2.imwrite(str(tmp_path / "masks" / "print.png"), mask)
    return scan, tmp_path / "masks" / "print.png"


def energy(pixels: np.ndarray, mask: np.ndarray) -> float:
    detail = cv2.Laplacian(pixels.astype(np.float32).mean(2), cv2.CV_32F)
    inner = cv2.erode(mask.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return float((detail[inner] ** 2).mean())


def test_fill_batch_and_the_document_give_equal_grain_and_replay_gives_it_again(
    grainy: tuple[Path, Path], tmp_path: Path
) -> None:
    scan, mask_file = grainy
    fill = ["fill", str(scan), "--mask", str(mask_file), "--device", "cpu"]
    assert main([*fill, "-o", str(tmp_path / "bare.tif")]) == 0
    assert main([*fill, "-o", str(tmp_path / "out.tif"), "--grain", "1", "--manifest"]) == 0
    bare, filled = tifffile.imread(tmp_path / "bare.tif"), tifffile.imread(tmp_path / "out.tif")
    mask = cv2.imread(str(mask_file), 0) > 0
    assert np.array_equal(filled[~mask], bare[~mask])
    before = tifffile.imread(scan)
    assert energy(bare, mask) < 0.4 * energy(before, mask) < energy(filled, mask) * 2
    batch = ["batch", str(scan.parent), "--masks", str(mask_file.parent), "-o", str(tmp_path / "batch")]
    assert main([*batch, "--device", "cpu", "--grain", "1"]) == 0
    assert np.array_equal(tifffile.imread(tmp_path / "batch" / "print.tif"), filled)
    document = Document.open(scan)
    document.grain = 1.0
    document.set_mask(mask)
    job = document.job()
    document.apply(job, Restorer(device="cpu").restore(job), {})
    assert np.array_equal(document.image.read(document.bounds), filled)
    told = json.loads((tmp_path / "out.tif.restorer.json").read_text())
    assert told["repairs"][0]["grain"]["amount"] == 1.0
    again = ["replay", str(scan), str(tmp_path / "out.tif.restorer.json"), "-o", str(tmp_path / "again.tif")]
    assert main(again) == 0
    assert np.array_equal(tifffile.imread(tmp_path / "again.tif"), filled)


def test_fill_and_the_document_give_the_same_feather_and_replay_gives_it_again(
    grainy: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scan, mask_file = grainy
    fill = ["fill", str(scan), "--mask", str(mask_file), "--device", "cpu"]
    assert main([*fill, "-o", str(tmp_path / "bare.tif")]) == 0
    assert main([*fill, "-o", str(tmp_path / "out.tif"), "--feather", "3", "--manifest"]) == 0
    bare, soft = tifffile.imread(tmp_path / "bare.tif"), tifffile.imread(tmp_path / "out.tif")
    mask, before = cv2.imread(str(mask_file), 0) > 0, tifffile.imread(scan)
    rim = mask & ~(cv2.erode(mask.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)
    assert np.array_equal(soft[~mask], before[~mask])
    off_soft, off_bare = (np.abs(each[rim].astype(int) - before[rim]).mean() for each in (soft, bare))
    assert off_soft < 0.5 * off_bare  # a quarter of the repair counts at its rim
    document = Document.open(scan)
    document.feather = 3
    document.set_mask(mask)
    job = document.job()
    document.apply(job, Restorer(device="cpu").restore(job), {})
    assert np.array_equal(document.image.read(document.bounds), soft)
    told = json.loads((tmp_path / "out.tif.restorer.json").read_text())
    assert told["repairs"][0]["feather"] == 3
    again = ["replay", str(scan), str(tmp_path / "out.tif.restorer.json"), "-o", str(tmp_path / "again.tif")]
    assert main(again) == 0
    assert np.array_equal(tifffile.imread(tmp_path / "again.tif"), soft)
    capsys.readouterr()
    assert main([*fill, "-o", str(tmp_path / "no.tif"), "--feather", "51"]) != 0
    assert "51 is no whole number from 0 to 50" in capsys.readouterr().err
    assert not (tmp_path / "no.tif").exists()


def test_where_nothing_can_be_measured_a_repair_has_no_grain(tmp_path: Path) -> None:
    document = Document.open(_png(tmp_path / "small.png", np.full((12, 12), 90, np.uint8)))
    document.grain = 1.0
    mask = np.zeros((12, 12), bool)
    mask[4:7, 4:7] = True
    document.set_mask(mask)
    job = document.job()
    document.apply(job, Restorer(device="cpu").restore(job), {})
    assert document.repairs[0].grain is None


def _png(path: Path, pixels: np.ndarray) -> Path:
    assert cv2.imwrite(str(path), pixels)
    return path


def test_a_batch_leaves_the_place_out_of_every_picture(tmp_path: Path) -> None:
    """Also of one in which nothing is damaged, which is copied byte for byte otherwise."""
    (tmp_path / "scans").mkdir()
    (tmp_path / "masks").mkdir()
    rng = np.random.default_rng(1)
    exif = Image.Exif()
    exif[315] = "A. Archivist"
    exif.get_ifd(34853)[1] = "N"
    exif.get_ifd(34853)[2] = (48.0, 12.0, 0.0)
    for name, marked in (("a", True), ("b", False)):
        pixels = rng.integers(60, 200, (64, 96, 3), np.uint8)
        Image.fromarray(pixels).save(tmp_path / "scans" / f"{name}.jpg", quality=95, exif=exif)
        mask = np.zeros((64, 96), np.uint8)
        mask[20:24, 20:60] = 255 * marked
        cv2.imwrite(str(tmp_path / "masks" / f"{name}.png"), mask)
    call = ["batch", str(tmp_path / "scans"), "--masks", str(tmp_path / "masks"), "--device", "cpu"]
    assert main([*call, "-o", str(tmp_path / "with")]) == 0
    assert main([*call, "-o", str(tmp_path / "out"), "--strip-gps"]) == 0
    for name in ("a", "b"):
        assert _place(tmp_path / "with" / f"{name}.jpg")
        assert not _place(tmp_path / "out" / f"{name}.jpg")
        with Image.open(tmp_path / "out" / f"{name}.jpg") as image:
            assert image.getexif()[315] == "A. Archivist"
    with Image.open(tmp_path / "scans" / "b.jpg") as before, Image.open(tmp_path / "out" / "b.jpg") as after:
        assert np.array_equal(np.asarray(before), np.asarray(after))


def _place(path: Path) -> dict[int, object]:
    with Image.open(path) as image:
        return dict(image.getexif().get_ifd(34853))


def test_copies_of_a_batch_and_of_a_fill(grainy: tuple[Path, Path], tmp_path: Path) -> None:
    scan, mask_file = grainy
    fill = ["fill", str(scan), "--mask", str(mask_file), "--device", "cpu", "-o", str(tmp_path / "out.jpg")]
    assert main(fill) == 2  # a JPEG of a TIFF has to be asked for
    assert not (tmp_path / "out.jpg").exists()
    assert main([*fill, "--jpeg-quality", "80"]) == 0
    batch = ["batch", str(scan.parent), "--masks", str(mask_file.parent), "-o", str(tmp_path / "batch")]
    assert main([*batch, "--device", "cpu", "--suffix", ".jpg", "--jpeg-quality", "80"]) == 0
    one, other = (tmp_path / "out.jpg").read_bytes(), (tmp_path / "batch" / "print.jpg").read_bytes()
    assert _scan(one) == _scan(other)
    assert main([*fill, "--overwrite", "--jpeg-quality", "95"]) == 0
    assert len((tmp_path / "out.jpg").read_bytes()) > len(one)


def _scan(data: bytes) -> bytes:
    """From the tables on: the description tells when it was made."""
    at = 2
    while data[at + 1] != 0xDB:
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    return data[at:]
