"""What `restorer batch` refuses, and how it keeps apart what is read and what it wrote."""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest

from restorer.__main__ import main


@pytest.fixture
def scans(tmp_path: Path) -> Path:
    """Two scans in a folder, their masks in another beside it."""
    rng = np.random.default_rng(0)
    for folder in ("scans", "masks"):
        (tmp_path / folder).mkdir()
    for number in (1, 2):
        pixels = cv2.GaussianBlur(rng.integers(0, 65535, (72, 96, 3), np.uint16), (0, 0), 4)
        (tmp_path / "scans" / f"{number}.png").write_bytes(imagecodecs.png_encode(pixels))
        mask = np.zeros((72, 96), np.uint8)
        mask[10 * number : 10 * number + 2, 10:-10] = 255
        cv2.imwrite(str(tmp_path / "masks" / f"{number}.png"), mask)
    return tmp_path / "scans"


def batch(*arguments: Path | str) -> int:
    return main(["batch", *map(str, arguments), "--device", "cpu"])


def test_results_with_their_masks_beside_serve_as_masks(scans: Path, tmp_path: Path) -> None:
    assert batch(scans, "--masks", tmp_path / "masks", "--mask-beside", "-o", tmp_path / "first") == 0
    assert batch(scans, "--masks", tmp_path / "first", "-o", tmp_path / "second") == 0
    for name in ("1.png", "2.png"):
        first, second = (cv2.imread(str(tmp_path / out / name), -1) for out in ("first", "second"))
        assert np.array_equal(first, second)


def test_masks_beside_results_with_names_of_their_own_serve_as_masks(scans: Path, tmp_path: Path) -> None:
    written = ("--mask-beside", "--suffix", "-restored.tif")
    assert batch(scans, "--masks", tmp_path / "masks", *written, "-o", tmp_path / "first") == 0
    assert batch(scans, "--masks", tmp_path / "first", "-o", tmp_path / "second") == 0
    for name in ("1", "2"):
        first, second = tmp_path / "first" / f"{name}-restored.tif", tmp_path / "second" / f"{name}.png"
        assert np.array_equal(cv2.imread(str(first), -1), cv2.imread(str(second), -1))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--model", "spotter"), "spotter does not fill: choose one of reweave"),
        (("--model", "nosuch"), "no model 'nosuch': choose one of reweave"),
        (("--detector", "reweave"), "reweave does not find damage: choose a detector, such as spotter"),
        (("--detector", "nosuch"), "no model 'nosuch': choose one of spotter"),
    ],
)
def test_a_wrong_model_is_told_once_and_before_the_work(
    given: tuple[str, str], said: str, scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch(scans, "--detect", *given, "-o", tmp_path / "out") == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_batch_copies_as_fill_does(scans: Path, tmp_path: Path) -> None:
    masks, alone = tmp_path / "masks", tmp_path / "alone.png"
    assert batch(scans, "--masks", masks, "--model", "patches", "-o", tmp_path / "out") == 0
    fill = ["fill", str(scans / "1.png"), "--mask", str(masks / "1.png"), "--model", "patches", "-o", str(alone)]
    assert main(fill) == 0
    assert np.array_equal(cv2.imread(str(alone), -1), cv2.imread(str(tmp_path / "out" / "1.png"), -1))
    assert batch(scans, "--masks", masks, "-o", tmp_path / "out", "--resume") == 2  # the network's are others


def test_results_alone_are_no_masks(scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(scans, "--masks", tmp_path / "masks", "-o", tmp_path / "first") == 0
    assert batch(scans, "--masks", tmp_path / "first", "-o", tmp_path / "second") == 2
    assert "no mask for “1.png”" in capsys.readouterr().err
    assert not list((tmp_path / "second").glob("*.png"))


@pytest.mark.parametrize("given", ["--masks", "--mask"])
def test_a_photograph_is_no_mask(given: str, scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "masks" / "2.png").write_bytes((scans / "1.png").read_bytes())
    masks = tmp_path / "masks" / ("2.png" if given == "--mask" else "")
    assert batch(scans / "2.png", given, masks, "-o", tmp_path / "out") == 2
    assert "The mask “2.png” holds greys, as a photograph does" in capsys.readouterr().err
    assert not list((tmp_path / "out").glob("*.png"))


@pytest.mark.parametrize("given", ["--masks", "--mask"])
def test_masks_are_never_replaced(given: str, scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    masks = tmp_path / "masks"
    before = {path: path.read_bytes() for path in masks.iterdir()}
    named = masks if given == "--masks" else masks / "1.png"
    assert batch(scans, given, named, "-o", masks, "--overwrite") == 2
    said = capsys.readouterr().err
    assert "one of the masks to read" in said
    assert said.count("\n") == 1
    assert {path: path.read_bytes() for path in masks.iterdir()} == before


def test_a_hair_among_the_frames_is_no_frame(scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "masks" / "1.png").rename(scans / "hair.png")
    assert batch(scans, "--film", "--mask", scans / "hair.png", "-o", tmp_path / "film") == 0
    assert batch(scans, "--mask", scans / "hair.png", "-o", tmp_path / "alone") == 0
    for out in ("film", "alone"):
        assert sorted(path.name for path in (tmp_path / out).glob("*.png")) == ["1.png", "2.png"]
    assert capsys.readouterr().err.count("Left out, as they are masks: 1") == 2


def test_the_output_must_be_a_folder(scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine")
    for output in (tmp_path / "file", tmp_path / "file" / "below"):
        assert batch(scans, "--masks", tmp_path / "masks", "-o", output) == 2
        assert f"{tmp_path / 'file'} is no folder: choose another name" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has such a place")
def test_an_output_where_nothing_can_be_made(scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert batch(scans, "--masks", tmp_path / "masks", "-o", "/proc/x") == 2
    assert "No folder can be made in /proc" in capsys.readouterr().err


def test_names_too_long_are_told_before_the_work(
    scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "x" * 251 + ".png"
    (scans / "1.png").rename(scans / long)
    (tmp_path / "masks" / "1.png").rename(tmp_path / "masks" / long)
    assert batch(scans, "--masks", tmp_path / "masks", "--mask-beside", "-o", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert f"The name “{long}.mask.png” would be too long" in said
    assert "staged" not in said
    assert [path.name for path in (tmp_path / "out").glob("*.png")] != []


@pytest.mark.parametrize("option", ["--sensitivity=0.5", "--kinds=dust", "--detector=spotter", "--infrared=channel"])
def test_how_to_find_without_finding(
    option: str, scans: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert batch(scans, "--masks", tmp_path / "masks", option, "-o", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert f"{option.split('=')[0]} says how damage is found: add --detect" in said
    assert said.count("\n") == 1


def test_a_picture_that_was_marked_all_over_is_told_of_at_the_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An infrared scan that shows a bar of a tenth of the picture, as the edge of a holder, beside one with a speck."""
    tifffile = pytest.importorskip("tifffile")
    rng = np.random.default_rng(1)
    (tmp_path / "film").mkdir()
    for name, width in (("bar", 10), ("speck", 3)):
        colours = cv2.GaussianBlur(rng.integers(0, 65535, (120, 160, 3), np.uint16), (0, 0), 4)
        scan = cv2.GaussianBlur(rng.integers(39000, 41000, (120, 160), np.uint16), (0, 0), 2)
        scan[5 : 115 if width == 10 else 8, 40 : 40 + width] = 3000
        file = tmp_path / "film" / f"{name}.tif"
        pixels = np.dstack([colours, scan])
        tifffile.imwrite(file, pixels, photometric="rgb", extrasamples=[0])
    assert batch(tmp_path / "film", "--detect", "--infrared", "channel", "-o", tmp_path / "out") == 0
    said = capsys.readouterr().err
    assert "the largest piece" in said
    assert said.count("look at it before you keep it") == 1
    assert said.endswith(
        f"Much was marked in 1 of them: look at these before you keep them.\n  {tmp_path}/film/bar.tif\n"
    )
    assert "look at it before you keep it" in (tmp_path / "out" / "report.csv").read_text()
