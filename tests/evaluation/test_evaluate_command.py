"""`restorer evaluate` from pictures to tables, with Telea and a function of the test's own."""

import argparse
import csv
import json
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer.cli import evaluate
from restorer.engine import weights
from restorer.evaluation import peers, worker
from restorer.evaluation.conditions import Conditions
from restorer.evaluation.methods import every_word, find
from restorer.evaluation.results import Results
from restorer.evaluation.scores import Judge
from restorer.imaging.errors import RestorerError

MODULE = """
import numpy as np

def fill(image, mask):
    print("to stdout")
    assert (image[mask] == 255).all()
    return np.full_like(image, 77)

def wrong(image, mask):
    return image[:-1]

def raises(image, mask):
    raise ValueError("no luck")

def dies(image, mask):
    import os
    os._exit(3)
"""
FEW = ["--kinds", "dust", "stain"]


class Difference:
    """Stands in for the perceptual distance."""

    def features(self, picture: np.ndarray) -> object:
        return picture

    def distance(self, reference: object, picture: np.ndarray, mask: np.ndarray) -> tuple[float, float]:
        difference = np.abs(np.asarray(reference, float) - picture) / 255
        return float(difference.mean()), float(difference[mask].mean())


@pytest.fixture(autouse=True)
def _cheap_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "_judge", lambda _threads: Judge(Difference()))


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two smooth pictures, and the module `own` in the path."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    y, x = np.mgrid[:64, :80]
    for i, name in enumerate(("sky_1", "sea_2")):
        picture = np.stack([100 + x, 100 + y + 10 * i, 80 + (x + y) // 2], 2).astype(np.uint8)
        cv2.imwrite(str(folder / f"{name}.png"), picture)
    (tmp_path / "own.py").write_text(MODULE)
    monkeypatch.syspath_prepend(str(tmp_path))
    return folder


def command(*arguments: object) -> int:
    parser = argparse.ArgumentParser()
    evaluate.add_parser(parser.add_subparsers(required=True))
    args = parser.parse_args(["evaluate", *(str(argument) for argument in arguments)])
    result: int = args.func(args)
    return result


def test_end_to_end(pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    methods = ["telea-r5", "own:fill"]
    assert command(pictures, "-o", out, "--methods", *methods, *FEW, "--sheets") == 0
    said = capsys.readouterr()
    assert "results.csv" in said.out
    with (out / "results.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    expected = (
        "method,image,category,kind,hole_share,"
        "psnr_hole,mae_hole,ssim,ssim_near,perc,perc_hole,seconds,cpu_seconds,rss_mb"
    )
    assert ",".join(rows[0]) == expected
    assert len(rows) == 2 * 2 * 2
    mine = next(row for row in rows if (row["method"], row["image"]) == ("own:fill", "sky_1"))
    telea = next(row for row in rows if (row["method"], row["image"]) == ("cv2 Telea r5", "sky_1"))
    assert float(telea["psnr_hole"]) > 30 > float(mine["psnr_hole"])
    assert float(telea["seconds"]) > 0
    # known pixels are put back, the hole is the method's
    filled = worker.read(str(out / "fills/own_fill/sky_1_stain.png"))
    truth = worker.read(str(pictures / "sky_1.png"))
    hole = worker.read(str(out / "inputs/sky_1_stain.mask.png"))[..., 0] > 0
    assert (filled[hole] == 77).all()
    assert np.array_equal(filled[~hole], truth[~hole])
    assert "to stdout" in (out / "fills/own_fill/log.txt").read_text()
    assert "| cv2 Telea r5 | **" in (out / "results.md").read_text()
    assert (out / "sheets/dust-all.webp").stat().st_size > 1000


def test_what_is_done_is_not_done_again(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = (pictures, "-o", out, "--methods", "own:fill", "--kinds", "dust")
    assert command(*arguments, "--no-score") == 0
    assert not (out / "results.csv").exists()
    first, second = out / "fills/own_fill/sky_1_dust.png", out / "fills/own_fill/sea_2_dust.png"
    times = first.stat().st_mtime_ns, second.stat().st_mtime_ns
    assert command(*arguments) == 0
    assert (first.stat().st_mtime_ns, second.stat().st_mtime_ns) == times
    # another picture of the same name is filled and scored anew, its sibling is not
    before = psnr_by_picture(out)
    cv2.imwrite(str(pictures / "sky_1.png"), np.full((64, 80, 3), 90, np.uint8))
    assert command(*arguments) == 0
    assert first.stat().st_mtime_ns != times[0]
    assert second.stat().st_mtime_ns == times[1]
    after = psnr_by_picture(out)
    assert after["sky_1"] != before["sky_1"]
    assert after["sea_2"] == before["sea_2"]
    assert command(*arguments, "--again", "telea-r5") == 0  # another method's
    assert second.stat().st_mtime_ns == times[1]
    assert command(*arguments, "--again", "own:fill") == 0
    assert second.stat().st_mtime_ns != times[1]
    at = second.stat().st_mtime_ns
    assert command(*arguments, "--again") == 0
    assert second.stat().st_mtime_ns != at


def psnr_by_picture(out: Path) -> dict[str, str]:
    with (out / "results.csv").open(newline="") as file:
        return {row["image"]: row["psnr_hole"] for row in csv.DictReader(file)}


def test_failures_are_said_and_are_not_success(
    pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    methods = ["own:raises", "own:wrong", "own:dies", "own:absent", "absent_module:fill"]
    arguments = ("--kinds", "dust", "--limit", 1, "--no-score")
    assert command(pictures, "-o", tmp_path / "out", "--methods", *methods, *arguments) == 1
    said = " ".join(capsys.readouterr().err.split())
    assert "own:raises failed on sea_2_dust: ValueError: no luck." in said
    assert "not uint8 (64, 80, 3)" in said
    assert "own:dies ended early, by status 3" in said
    assert "own:absent was skipped:" in said
    assert "absent_module:fill was skipped: No module named 'absent_module'." in said


def test_a_peer_that_is_missing_is_skipped(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Not asked for by name, it is no failure."""
    if hasattr(cv2, "xphoto"):
        pytest.skip("this OpenCV is the contrib build")
    monkeypatch.setattr(evaluate.known, "every_word", lambda: ["telea-r5", "fsr-fast"])
    arguments = (pictures, "-o", tmp_path / "out", "--kinds", "dust", "--limit", 1, "--no-score")
    assert command(*arguments) == 0
    assert "FSR_FAST was skipped" in " ".join(capsys.readouterr().err.split())
    assert command(*arguments, "--methods", "fsr-fast") == 1


def test_other_conditions_want_another_folder(pictures: Path, tmp_path: Path) -> None:
    Results(tmp_path / "out").claim(Conditions())
    with pytest.raises(RestorerError, match="holds results for strokes False, degrade none"):
        command(pictures, "-o", tmp_path / "out", "--strokes", "--degrade")


def test_peers_run_in_their_own_interpreter(pictures: Path, tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match="no interpreter"):
        command(pictures, "-o", tmp_path / "out", "--peers-python", tmp_path / "python")
    if sys.platform == "win32":
        pytest.skip("the stand-in interpreter is a shell script")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\necho peers >> {tmp_path}/started\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    arguments = ("--kinds", "dust", "--limit", 1, "--no-score", "--peers-python", python)
    assert command(pictures, "-o", tmp_path / "out", "--methods", "telea-r3", "own:fill", *arguments) == 0
    assert (tmp_path / "started").read_text() == "peers\n"  # Telea there, ours here


def test_large_measures_time_and_memory_only(pictures: Path, tmp_path: Path) -> None:
    arguments = (pictures, "-o", tmp_path / "out", "--methods", "telea-r3", "--large", "320x256")
    assert command(*arguments) == 0
    with (tmp_path / "out/large-320x256-1.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["method"], row["kind"], row["status"]) for row in rows] == [
        ("cv2 Telea r3", "scratch", "ok"),
        ("cv2 Telea r3", "stain", "ok"),
    ]
    assert all(float(row["seconds"]) > 0 and 0 < float(row["hole_share"]) < 0.3 for row in rows)


def test_bad_arguments(pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RestorerError, match="no method 'teela'"):
        command(pictures, "-o", tmp_path / "out", "--methods", "teela")
    for wrong in (["--large", "10"], ["--limit", "0"], ["--scale", "-1"], ["--kinds", "rust"]):
        with pytest.raises(SystemExit):
            command(pictures, "-o", tmp_path / "out", *wrong)
    assert "WIDTHxHEIGHT" in capsys.readouterr().err


def test_a_damaged_record_is_one_sentence(pictures: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/run.json").write_text("{")
    with pytest.raises(RestorerError, match="is damaged"):
        command(pictures, "-o", tmp_path / "out")


def test_leaks_are_given_and_painted_pixels_judged(pictures: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert command(pictures, "-o", out, "--methods", "own:fill", "--kinds", "dust", "--strokes", "--grow", 2) == 0
    results = Results(out)
    truth, given = (worker.read(str(file)) for file in (results.truth("sky_1"), results.given("sky_1_dust")))
    mask, judged = (worker.read(str(f))[..., 0] > 0 for f in (results.mask("sky_1_dust"), results.judged("sky_1_dust")))
    leaked = (truth != given).any(2)
    assert leaked.any()
    assert not (leaked & judged).any()
    assert mask[judged].all()
    assert mask.sum() > judged.sum()
    row = next(row for row in results.rows() if row.image == "sky_1")
    expected = np.abs(truth[judged].astype(int) - 77).mean()
    assert row.scores.mae_hole == pytest.approx(expected)
    # what leaked is not held against a method: outside the painted pixels it is judged with the truth's
    distance = np.abs(np.where(judged[..., None], 77.0, truth) - truth).mean() / 255
    assert row.scores.perc == pytest.approx(distance)


def test_categories_follow_the_folders(pictures: Path, tmp_path: Path) -> None:
    (pictures / "portrait").mkdir()
    (pictures / "sky_1.png").rename(pictures / "portrait" / "sky.png")
    arguments = ("--methods", "own:fill", "telea-r3", "--kinds", "dust")
    assert command(pictures, "-o", tmp_path / "out", *arguments) == 0
    text = (tmp_path / "out/results.md").read_text()
    assert "| portrait | 1 |" in text
    assert "| sea | 1 |" in text
    assert [row.category for row in Results(tmp_path / "out").rows()] == ["portrait", "portrait", "sea", "sea"]


def test_models_have_their_own_names_and_results(tmp_path: Path) -> None:
    shape = weights.find().card["shape"]
    other = weights.save(
        tmp_path / "small.safetensors", weights.find().tensors(), {"network": "reweave", "shape": shape}
    )
    default, named, own = find(["restorer", "restorer:reweave", f"restorer:{other.path}"])
    assert (default.name, default.options) == ("restorer", {})
    assert (named.name, named.options) == ("restorer reweave", {"model": "reweave"})
    assert (own.name, own.options) == ("restorer small", {"model": str(other.path)})
    assert len({default.folder, named.folder, own.folder}) == 3
    assert default.version == weights.find().sha256
    assert find(["restorer:fill"])[0].options == {}  # the function
    with pytest.raises(RestorerError, match="no model 'small'"):
        find(["restorer:small"])


def test_other_weights_fill_again(tmp_path: Path) -> None:
    results = Results(tmp_path)
    method = find(["restorer"])[0]
    answer = {"seconds": 1.0, "cpu_seconds": 1.0, "rss_mb": 1.0, "made": 5}
    kept = results.of(method)
    kept.picture("a_dust").parent.mkdir(parents=True)
    kept.picture("a_dust").touch()
    kept.record("a_dust", 3, answer)
    assert results.of(method).has("a_dust", 3)
    assert not results.of(replace(method, version="other")).has("a_dust", 3)


def test_the_default_is_every_method_and_every_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "available", lambda: ["reweave", "context-encoder"])
    assert every_word()[-2:] == ["restorer", "restorer:context-encoder"]
    assert "fsr-fast-padded" in every_word()


def test_fsr_gets_whole_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def blocks_only(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
        seen.append(image.shape)
        return np.where(mask[..., None], np.uint8(9), image)

    monkeypatch.setattr(peers, "fsr_fast", blocks_only)
    image, mask = np.zeros((35, 64, 3), np.uint8), np.zeros((35, 64), bool)
    mask[34, 60:] = True
    filled = peers.fsr_fast_padded(image, mask)
    assert seen == [(48, 64, 3)]
    assert filled.shape == image.shape
    assert np.array_equal(filled[..., 0] == 9, mask)


def test_a_worker_does_not_see_our_file_names(tmp_path: Path) -> None:
    """`masks.py` and the like beside the worker must not hide another package of that name."""
    (tmp_path / "probe.py").write_text("import sys\ndef fill(image, mask):\n    print(sys.path)\n    return image\n")
    job = {"target": f"{tmp_path}/probe.py:fill", "options": {}, "threads": 1, "limit_s": None, "fills": []}
    (tmp_path / "job.json").write_text(json.dumps(job))
    import subprocess

    said = subprocess.run(
        [sys.executable, worker.__file__, str(tmp_path / "job.json")], capture_output=True, text=True, check=True
    )
    assert "[" in said.stderr
    assert str(Path(worker.__file__).parent) not in said.stderr
