"""Dust and scratches in infrared scans, made as film makes them: dyes let infrared pass, dust stops it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile

from restorer import bundled
from restorer.__main__ import main
from restorer.imaging import infrared
from restorer.imaging.errors import RestorerError

HEIGHT, WIDTH = 420, 600


def film(crosstalk: float = 0.08, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Colours uint16 H×W×3, infrared uint16 H×W, and bool masks of specks and of a scratch."""
    rng = np.random.default_rng(seed)
    picture = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
    colours = picture[200 : 200 + HEIGHT, 50 : 50 + WIDTH].astype(np.float64) / 255
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    lamp = 0.85 - 0.15 * np.hypot(y / HEIGHT - 0.5, x / WIDTH - 0.5)  # brighter in the middle
    light = lamp * np.maximum(colours[..., 0], 0.02) ** crosstalk
    specks, scratch = np.zeros((HEIGHT, WIDTH), np.uint8), np.zeros((HEIGHT, WIDTH), np.uint8)
    for _ in range(25):
        cv2.circle(specks, (int(rng.integers(10, WIDTH - 10)), int(rng.integers(60, HEIGHT - 10))), 2, 1, -1)
    cv2.line(scratch, (20, 30), (WIDTH - 30, 45), 1, 2)
    light *= 1 - 0.5 * np.maximum(specks, scratch)
    light *= 1 + rng.normal(0, 0.01, light.shape)
    scan = np.rint(np.clip(light, 0, 1) * 65535).astype(np.uint16)
    return np.rint(colours * 65535).astype(np.uint16), scan, specks > 0, scratch > 0


def test_specks_and_scratches_are_found_and_the_picture_is_not() -> None:
    colours, scan, specks, scratch = film()
    findings = infrared.find(scan, infrared.red_of(colours))
    damage = specks | scratch
    mask = findings.mask()
    assert mask[damage].mean() > 0.97
    beside = cv2.dilate(damage.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert mask[~beside].mean() < 1e-4
    assert findings.mask(kinds=["scratch"])[scratch & ~specks].mean() > 0.95
    assert not findings.mask(kinds=["scratch"])[specks & ~beside].any()
    assert findings.mask(kinds=["dust"])[specks & ~scratch].mean() > 0.9
    assert not findings.mask(kinds=["crack", "stain"]).any()
    assert findings.mask(1.0).sum() >= mask.sum() >= findings.mask(0.0).sum() > 0


def test_a_faint_trace_of_the_picture_is_taken_off() -> None:
    """Without it, edges of the picture would pass for dust."""
    colours, scan, specks, scratch = film(crosstalk=0.2)
    mask = infrared.find(scan, infrared.red_of(colours)).mask()
    damage = specks | scratch
    beside = cv2.dilate(damage.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert mask[damage].mean() > 0.95
    assert mask[~beside].mean() < 5e-4


def test_silver_is_told() -> None:
    colours, _scan, _specks, _scratch = film()
    with pytest.raises(RestorerError, match="shows the picture itself"):
        infrared.find(colours.mean(2).astype(np.uint16), infrared.red_of(colours))
    with pytest.raises(RestorerError, match="another size"):
        infrared.find(colours[:-1, :, 1], infrared.red_of(colours))


def _write(path: Path, colours: np.ndarray, scan: np.ndarray, where: str) -> None:
    if where == "channel":
        stored = np.dstack([colours, scan])
        tifffile.imwrite(path, stored, photometric="rgb", extrasamples=["unspecified"], metadata=None)
    else:
        with tifffile.TiffWriter(path) as tiff:
            tiff.write(colours, photometric="rgb", metadata=None)
            tiff.write(scan, photometric="minisblack", metadata=None)


@pytest.mark.parametrize("where", ["channel", "2"])
def test_the_command_takes_the_channel_or_the_page_that_is_chosen(
    tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    colours, scan, specks, scratch = film()
    path, mask = tmp_path / "scan.tif", tmp_path / "mask.png"
    _write(path, colours, scan, where)
    assert main(["detect", str(path), "-o", str(mask), "--infrared", where, "--grow", "0"]) == 0
    found = np.asarray(cv2.imread(str(mask), cv2.IMREAD_UNCHANGED)) > 127
    assert (found == infrared.find(scan, infrared.red_of(colours)).mask()).all()
    assert found[specks | scratch].mean() > 0.97
    assert main(["detect", str(path), "-o", str(mask), "--overwrite", "--infrared", where, "--kinds", "dust"]) == 0
    assert main(["detect", str(path), "-o", str(mask), "--overwrite", "--infrared", "five"]) == 2
    assert "neither `channel` nor the number of a page" in capsys.readouterr().err


@pytest.mark.parametrize("where", ["channel", "2"])
def test_a_batch_uses_it_and_finds_what_detect_finds(
    tmp_path: Path, where: str, capsys: pytest.CaptureFixture[str]
) -> None:
    scans, out, mask = tmp_path / "scans", tmp_path / "out", tmp_path / "mask.png"
    scans.mkdir()
    colours, scan, _specks, _scratch = film()
    _write(scans / "a.tif", colours, scan, where)
    cv2.imwrite(str(scans / "b.png"), np.zeros((40, 40), np.uint8))
    asked = ["batch", str(scans), "-o", str(out), "--device", "cpu", "--mask-beside", "--infrared", where]
    assert main([*asked, "--mask", str(mask)]) == 2
    assert "add --detect" in capsys.readouterr().err
    assert main([*asked, "--detect"]) == 2  # for b.png
    assert "b.png: “b.png” is no TIFF and has no infrared scan" in capsys.readouterr().err
    assert main(["detect", str(scans / "a.tif"), "-o", str(mask), "--infrared", where]) == 0
    used, found = (cv2.imread(str(path), cv2.IMREAD_UNCHANGED) > 127 for path in (out / "a.tif.mask.png", mask))
    assert found.any()
    assert np.array_equal(used, found)
    assert not (out / "b.png").exists()


def test_a_picture_without_infrared_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), np.zeros((40, 40), np.uint8))
    assert main(["detect", str(tmp_path / "a.png"), "-o", str(tmp_path / "m.png"), "--infrared", "channel"]) == 2
    assert "has no infrared scan" in capsys.readouterr().err
    assert not (tmp_path / "m.png").exists()


def test_floats_are_told() -> None:
    colours, scan = film()[:2]
    with pytest.raises(RestorerError, match="8 or 16 bits"):
        infrared.find(scan, infrared.red_of(colours).astype(np.float32) / 65535)
