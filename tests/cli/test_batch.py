"""`restorer batch`, as a person or a script calls it."""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest

from restorer.__main__ import main
from restorer.batch.verdicts import Verdicts


@pytest.fixture
def scans(tmp_path: Path) -> list[str]:
    """Arguments for four scans with masks."""
    rng = np.random.default_rng(0)
    for folder in ("scans", "masks"):
        (tmp_path / folder).mkdir()
    for number in range(1, 5):
        pixels = cv2.GaussianBlur(rng.integers(0, 65535, (72, 96, 3), np.uint16), (0, 0), 4)
        (tmp_path / "scans" / f"{number}.png").write_bytes(imagecodecs.png_encode(pixels))
        mask = np.zeros((72, 96), np.uint8)
        mask[10 * number : 10 * number + 2, 10:-10] = 255
        cv2.imwrite(str(tmp_path / "masks" / f"{number}.png"), mask)
    folders = [str(tmp_path / "scans"), "--masks", str(tmp_path / "masks"), "-o", str(tmp_path / "out")]
    return ["batch", *folders, "--device", "cpu"]


def test_killed_and_resumed(scans: list[str], tmp_path: Path) -> None:
    """The command dies by kill -9 once the first file is done; what it finished is not touched again."""
    child = subprocess.Popen([sys.executable, "-m", "restorer", *scans], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    assert "pixels changed" in child.stdout.readline()
    os.kill(child.pid, signal.SIGKILL)
    child.wait()
    child.stdout.close()
    out = tmp_path / "out"
    before = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.glob("*.png")}
    assert before
    assert main(scans) == 2  # without --resume, nothing is replaced
    assert main([*scans, "--resume"]) == 0
    after = {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in out.glob("*.png")}
    assert sorted(after) == ["1.png", "2.png", "3.png", "4.png"]
    assert {name: after[name] for name in before} == before
    with (out / "report.csv").open(newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["status"] for row in rows] == ["restored"] * 4
    assert all(row["pixels_outside"] == "0" for row in rows)


def test_a_bad_file_is_told_of_and_the_exit_code_says_so(
    scans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "scans" / "2.png").write_bytes(b"no picture")
    (tmp_path / "masks" / "3.png").unlink()
    assert main(scans) == 2
    said = capsys.readouterr()
    assert "2.png” is no picture" in said.err
    assert "no mask for “3.png”" in said.err
    assert said.out.endswith("2 restored, 0 copied, 2 failed, 0 skipped\n")
    assert sorted(path.name for path in (tmp_path / "out").glob("*.png")) == ["1.png", "4.png"]


def test_another_format_by_the_ending(scans: list[str], tmp_path: Path) -> None:
    assert main([*scans, "--suffix", "-r.tif", "--mask-beside"]) == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir() if path.name.startswith("1"))
    assert names == ["1-r.tif", "1-r.tif.mask.png"]


@pytest.mark.parametrize(
    ("more", "word"),
    [
        (["-o", "OUT"], "where the damage is"),
        (["-o", "OUT", "--detect", "--film"], "leave out"),
        (["-o", "OUT", "--mask", "nowhere.png"], "nowhere.png"),
        (["-o", "OUT", "--film", "--manifest"], "replayed"),
        (["-o", "IN", "--film"], "would be|to read"),
        (["-o", "OUT", "--film", "--model", "nobody"], "nobody"),
        (["-o", "OUT", "--masks", "IN", "--workers", "0"], "whole number"),
    ],
)
def test_bad_calls_write_nothing(
    more: list[str], word: str, scans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import re

    names = {"OUT": str(tmp_path / "out"), "IN": str(tmp_path / "scans")}
    before = sorted((tmp_path / "scans").iterdir())
    assert main(["batch", scans[1], *(names.get(one, one) for one in more)]) == 2
    said = capsys.readouterr().err
    assert re.search(word, said), said
    assert said.count("\n") == 1
    assert not list((tmp_path / "out").glob("*.png"))
    assert sorted((tmp_path / "scans").iterdir()) == before


def test_without_a_detector_one_sentence_says_so(
    scans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from restorer.engine import weights

    monkeypatch.setattr(weights, "available", lambda does="fills": ["reweave"] if does == "fills" else [])
    assert main(["batch", scans[1], "-o", str(tmp_path / "found"), "--detect", "--device", "cpu"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "not installed: name a detector" in said
    assert not list((tmp_path / "found").glob("*"))


def test_metadata_profiles_and_depth_come_through(tmp_path: Path) -> None:
    """As in a single export, whose formats have tests of their own: here only that nothing is lost on this way."""
    from PIL import Image, ImageCms

    (tmp_path / "scans").mkdir()
    (tmp_path / "masks").mkdir()
    rng = np.random.default_rng(3)
    smooth = cv2.GaussianBlur(rng.integers(0, 65535, (80, 96, 3), np.uint16), (0, 0), 3)
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tifffile = pytest.importorskip("tifffile")
    tifffile.imwrite(
        tmp_path / "scans" / "deep.tif", smooth, photometric="rgb", resolution=(600, 600), resolutionunit=2,
        description="album 7", extratags=[(34675, 7, len(icc), icc, True)],
    )  # fmt: skip
    photograph = Image.fromarray((smooth >> 8).astype(np.uint8))
    exif = Image.Exif()
    exif[0x010E] = "album 8"
    photograph.save(tmp_path / "scans" / "soft.jpg", quality=90, dpi=(300, 300), exif=exif, icc_profile=icc)
    mask = np.zeros((80, 96), np.uint8)
    mask[20:23, 20:40] = 255
    for name in ("deep", "soft"):
        cv2.imwrite(str(tmp_path / "masks" / f"{name}.png"), mask)
    call = ["batch", str(tmp_path / "scans"), "--masks", str(tmp_path / "masks"), "-o", str(tmp_path / "out")]
    assert main([*call, "--device", "cpu"]) == 0
    with tifffile.TiffFile(tmp_path / "out" / "deep.tif") as file:
        page = file.pages[0]
        after = page.asarray()
        assert after.dtype == np.uint16
        assert page.tags[34675].value == icc
        assert page.tags["XResolution"].value == (600, 1)
        assert page.description == "album 7"
    assert np.array_equal(after[mask == 0], smooth[mask == 0])
    assert not np.array_equal(after[mask > 0], smooth[mask > 0])
    before, jpeg = (Image.open(tmp_path / name / "soft.jpg") for name in ("scans", "out"))
    assert jpeg.info["icc_profile"] == icc
    assert jpeg.info["dpi"] == (300, 300)
    assert jpeg.getexif()[0x010E] == "album 8"
    # blocks (16 px with halved colours) that no mark touches keep their coefficients, and so their pixels
    differs = (np.asarray(before) != np.asarray(jpeg)).any(2)
    assert differs[16:32, 16:48].any()
    differs[14:34, 14:50] = False
    assert not differs.any()


def test_reports_of_somebody_else_stay(scans: list[str], tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "report.csv").write_text("mine")
    assert main(scans) == 2
    assert (tmp_path / "out" / "report.csv").read_text() == "mine"


def rows_of(out: Path) -> dict[str, dict[str, str]]:
    with (out / "report.csv").open(newline="") as table:
        return {Path(row["source"]).name: row for row in csv.DictReader(table)}


def test_a_reviewed_batch_stays_reviewed_and_ends_well(
    scans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for mask in (tmp_path / "masks").iterdir():
        cv2.imwrite(str(mask), np.zeros((72, 96), np.uint8))
    assert main(scans) == 0
    out = tmp_path / "out"
    made = {name: row["output_sha256"] for name, row in rows_of(out).items()}
    verdicts = Verdicts(out)
    verdicts.accept(out / "1.png", made["1.png"])
    verdicts.reject(out / "2.png", made["2.png"], [])
    for _ in range(2):
        capsys.readouterr()
        assert main([*scans, "--resume"]) == 0
        assert capsys.readouterr().out.endswith("3 copied, 0 failed, 0 skipped, 1 rejected\n")
        assert {name: row["review"] for name, row in rows_of(out).items()} == {
            "1.png": "accepted", "2.png": "rejected", "3.png": "", "4.png": ""
        }  # fmt: skip
        assert rows_of(out)["2.png"]["status"] == "rejected"
    assert not (out / "2.png").exists()


def test_other_settings_are_told_of_before_the_run(
    scans: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in (1, 2, 3):
        cv2.imwrite(str(tmp_path / "masks" / f"{number}.png"), np.zeros((72, 96), np.uint8))
    (tmp_path / "masks" / "4.png").unlink()
    assert main(scans) == 2
    before = {path: path.read_bytes() for path in (tmp_path / "out").glob("*.[pcj]*")}
    capsys.readouterr()
    assert main([*scans, "--resume", "--grow", "5"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "made with other settings or weights (3)" in said.err
    assert "--overwrite" in said.err
    assert {path: path.read_bytes() for path in (tmp_path / "out").glob("*.[pcj]*")} == before
    assert main([*scans, "--resume", "--grow", "5", "--overwrite"]) == 2
    assert capsys.readouterr().out.endswith("0 restored, 3 copied, 1 failed, 0 skipped\n")
    # and a file that is in the way is told with the switch, here only
    assert main(scans) == 2
    assert capsys.readouterr().err.count("allow it to be replaced (--overwrite).") == 3
    assert "--overwrite" not in (tmp_path / "out" / "report.csv").read_text()
