"""`restorer replay`, after `restorer fill --manifest`: real network, real files."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cv2
import imagecodecs
import numpy as np
import pytest

from restorer.__main__ import main
from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.engine.restorer import Restorer
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with print.png, mask.png, out.tif and what lies beside it."""
    folder = tmp_path_factory.mktemp("exported")
    rng = np.random.default_rng(0)
    pixels = cv2.GaussianBlur(rng.integers(0, 65535, (90, 120, 3), np.uint16), (0, 0), 4)
    mask = np.zeros((90, 120), np.uint8)
    mask[40:44, 10:110] = 255
    cv2.circle(mask, (60, 70), 12, 255, -1)
    (folder / "print.png").write_bytes(imagecodecs.png_encode(pixels))
    cv2.imwrite(str(folder / "mask.png"), mask)
    call = ["fill", folder / "print.png", "--mask", folder / "mask.png", "-o", folder / "out.tif", "--grow", "1"]
    more = ["--manifest", "--mask-beside", "--operator", "N. N.", "--reason", "<scratch> & stain", "--seed", "5"]
    assert main([*map(str, call), *more]) == 0
    return folder


def manifest_in(folder: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((folder / "out.tif.restorer.json").read_text())
    return told


def replay(folder: Path, tmp_path: Path, told: dict[str, Any] | None = None, *more: str) -> int:
    manifest = folder / "out.tif.restorer.json"
    if told is not None:
        manifest = tmp_path / "changed.json"
        manifest.write_text(json.dumps(told))
    return main(["replay", str(folder / "print.png"), str(manifest), "-o", str(tmp_path / "again.tif"), *more])


def test_the_manifest_says_what_was_done_and_its_hashes_are_true(exported: Path) -> None:
    told = manifest_in(exported)
    before = cv2.imread(str(exported / "print.png"), cv2.IMREAD_UNCHANGED)[..., ::-1]
    after = cv2.imread(str(exported / "out.tif"), cv2.IMREAD_UNCHANGED)[..., ::-1]
    mask = cv2.imread(str(exported / "out.tif.mask.png"), cv2.IMREAD_UNCHANGED) > 0
    given = cv2.imread(str(exported / "mask.png"), cv2.IMREAD_UNCHANGED) > 0
    assert mask.sum() > given.sum()  # grown
    assert mask[given].all()

    def sha256(content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    assert told["input"]["file_sha256"] == sha256((exported / "print.png").read_bytes())
    assert told["output"]["file_sha256"] == sha256((exported / "out.tif").read_bytes())
    assert told["output"]["pixels_sha256"] == sha256(np.ascontiguousarray(after).tobytes())
    assert told["input"]["outside_sha256"] == sha256(before[~mask].tobytes())
    assert told["output"]["outside_sha256"] == sha256(after[~mask].tobytes())
    assert told["output"]["outside"] == 0
    assert told["output"]["changed"] == int((before != after).any(2).sum())
    assert (told["operator"], told["reason"]) == ("N. N.", "<scratch> & stain")
    (repair,) = told["repairs"]
    assert repair["pixels"] == int(mask.sum())
    assert repair["settings"]["seed"] == "5"
    assert len(repair["settings"]["weights_sha256"]) == 64

    # the mask as its documentation says, read without the program
    left, top, right, bottom = told["mask"]["region"]
    lengths = np.frombuffer(zlib.decompress(base64.b64decode(told["mask"]["runs"])), "<u4")
    bits = np.repeat(np.arange(len(lengths)) % 2 == 1, lengths).reshape(bottom - top, right - left)
    assert (bits == mask[top:bottom, left:right]).all()


def test_a_replay_is_equal(exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert replay(exported, tmp_path) == 0
    assert "equal: every pixel" in capsys.readouterr().out
    written, again = (cv2.imread(str(p), cv2.IMREAD_UNCHANGED) for p in (exported / "out.tif", tmp_path / "again.tif"))
    assert (written == again).all()


def test_a_replay_of_switched_weakened_stale_and_repeated_repairs_is_equal(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second repair read from the first as it was before it was run again and switched off."""
    document = Document.open(exported / "print.png")
    restorer = Restorer(threads=1)
    for left, top, right, bottom in ((10, 10, 60, 14), (20, 16, 70, 19), (80, 20, 100, 60)):
        stroke = Stroke(Region(left, top, right, bottom), np.ones((bottom - top, right - left), bool))
        document.mark(stroke)
        job = document.job(stroke, grow=1)
        document.apply(job, restorer.restore(job), restorer.made(job))
    first = document.repairs[0]
    job = document.job_again(first, seed=4)
    document.apply(job, restorer.restore(job), restorer.made(job), instead_of=first)
    document.switch(document.repairs[0], False)
    document.set_strength(document.repairs[2], 0.6)
    assert document.stale(document.repairs[1])
    export(document, tmp_path / "out.tif", options=Options(manifest=True))
    call = ["replay", exported / "print.png", tmp_path / "out.tif.restorer.json", "-o", tmp_path / "again.tif"]
    assert main([*map(str, call)]) == 0
    assert "equal: every pixel" in capsys.readouterr().out


def test_pixels_that_are_other_ones_are_noticed(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = manifest_in(exported)
    told["repairs"][0]["settings"]["seed"] = "6"
    told["repairs"][0]["result_sha256"] = told["output"]["pixels_sha256"] = "0" * 64
    values = np.frombuffer(base64.b64decode(told["repairs"][0]["witnesses"]["values"]), "<u2")
    assert told["repairs"][0]["settings"]["torch"]
    told["repairs"][0]["settings"]["torch"] = "1.0"
    for change, code, word in ((300, 0, "within the tolerance"), (9000, 1, "different: the repairs")):
        moved = np.where(values < 30000, values + change, values - change).astype("<u2")
        told["repairs"][0]["witnesses"]["values"] = base64.b64encode(moved.tobytes()).decode()
        assert replay(exported, tmp_path, told, "--overwrite") == code
        assert word in capsys.readouterr().out
    told = manifest_in(exported)
    told["output"]["outside_sha256"] = told["output"]["pixels_sha256"] = "0" * 64
    assert replay(exported, tmp_path, told, "--overwrite") == 1
    assert "outside the mask differ" in capsys.readouterr().out


def blended(told: dict[str, Any]) -> None:
    told["repairs"][0]["strength"] = 0.1


def no_pixels(told: dict[str, Any]) -> None:
    told["output"]["pixels_sha256"] = "0" * 64


def on_another_device(told: dict[str, Any]) -> None:
    """Other repairs are excused there, another strength is not."""
    told["repairs"][0]["result_sha256"] = "0" * 64
    told["repairs"][0]["settings"]["torch"] = "1.0"
    blended(told)


def counts(told: dict[str, Any]) -> None:
    told["output"]["changed"] = 3


def other_mask(told: dict[str, Any]) -> None:
    told["mask"]["region"][0] += 1
    told["mask"]["region"][2] += 1


def other_original(told: dict[str, Any]) -> None:
    told["input"]["outside_sha256"] = "0" * 64


@pytest.mark.parametrize(
    ("lie", "word"),
    [
        (blended, "the picture made of them is not"),
        (no_pixels, "the picture made of them is not"),
        (on_another_device, "the picture made of the repairs differs"),
        (counts, "it says 3 pixels changed"),
        (other_mask, "its mask is not that of its repairs"),
        (other_original, "have another hash"),
    ],
)
def test_a_manifest_that_says_what_is_not_so_is_different(
    exported: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    lie: Callable[[dict[str, Any]], None],
    word: str,
) -> None:
    told = manifest_in(exported)
    lie(told)
    assert replay(exported, tmp_path, told) == 1
    said = capsys.readouterr().out
    assert word in said
    assert "different: " in said
    assert "equal: every" not in said


def test_the_export_beside_the_manifest_is_compared_with_its_hash(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("print.png", "out.tif", "out.tif.restorer.json"):
        (tmp_path / name).write_bytes((exported / name).read_bytes())
    with (tmp_path / "out.tif").open("ab") as file:
        file.write(b"more")
    assert replay(tmp_path, tmp_path) == 1
    assert "“out.tif” beside it is not the file" in capsys.readouterr().out
    (tmp_path / "out.tif").unlink()
    assert replay(tmp_path, tmp_path, None, "--overwrite") == 0
    assert "its file was not compared" in capsys.readouterr().err


def lied(told: dict[str, Any], case: str) -> str:
    """Spoil a manifest; returns a word of the sentence that it must be refused with."""
    repair = told["repairs"][0]
    match case:
        case "newer":
            told["version"] = 2
            return "newer program"
        case "another original":
            told["input"]["file_sha256"] = "0" * 64
            return "is not the file"
        case "other weights":
            repair["settings"]["weights_sha256"] = "0" * 64
            return "not the ones of the manifest"
        case "bomb":
            repair["wanted"]["runs"] = base64.b64encode(zlib.compress(bytes(50_000_000))).decode()
        case "beyond":
            repair["wanted"]["region"] = [0, 0, 10**9, 10**9]
        case "no order":
            told["order"] = [7]
        case "a loop":
            repair["under"] = [0]
        case "nothing":
            told["repairs"] = None
    return "damaged"


@pytest.mark.parametrize(
    "case", ["newer", "another original", "other weights", "bomb", "beyond", "no order", "a loop", "nothing"]
)
def test_a_manifest_that_cannot_be_is_refused_in_one_sentence(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: str
) -> None:
    told = manifest_in(exported)
    word = lied(told, case)
    assert replay(exported, tmp_path, told) == 2
    said = capsys.readouterr().err
    assert word in said
    assert said.count("\n") == 1
    assert not (tmp_path / "again.tif").exists()


def test_files_that_exist_are_not_replaced_unasked(exported: Path, tmp_path: Path) -> None:
    call = ["fill", exported / "print.png", "--mask", exported / "mask.png", "-o", tmp_path / "new.png"]
    mine = tmp_path / "new.png.restorer.json"
    mine.write_text("mine")
    assert main([*map(str, call), "--manifest"]) == 2
    assert mine.read_text() == "mine"
    assert not (tmp_path / "new.png").exists()
