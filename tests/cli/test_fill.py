"""`restorer fill`, as a person or a script calls it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest
import tifffile

from restorer import bundled
from restorer.__main__ import main
from restorer.imaging.job import Job

SAMPLES = bundled.resources() / "samples"


@pytest.fixture
def print_(tmp_path: Path) -> tuple[Path, Path, np.ndarray, np.ndarray]:
    """A 16-bit RGB PNG and its mask."""
    rng = np.random.default_rng(0)
    pixels = cv2.GaussianBlur(rng.integers(0, 65535, (90, 120, 3), np.uint16), (0, 0), 4)
    mask = np.zeros((90, 120), bool)
    mask[40:44, 10:110] = True
    image, mask_file = tmp_path / "print.png", tmp_path / "mask.png"
    image.write_bytes(imagecodecs.png_encode(pixels))
    cv2.imwrite(str(mask_file), mask.astype(np.uint8) * 255)
    return image, mask_file, pixels, mask


def test_sixteen_bits_in_and_out(print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    image, mask_file, pixels, mask = print_
    before = hashlib.sha256(image.read_bytes()).hexdigest()
    target = tmp_path / "out.png"
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(target)]) == 0
    written = cv2.imread(str(target), cv2.IMREAD_UNCHANGED)[..., ::-1]
    assert written.dtype == np.uint16
    assert (written[~mask] == pixels[~mask]).all()
    assert (written[mask] != pixels[mask]).mean() > 0.9
    assert "0 outside the mask" in capsys.readouterr().out
    assert hashlib.sha256(image.read_bytes()).hexdigest() == before


def test_a_photograph_given_as_the_mask_is_said(
    print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image, mask_file, _, mask = print_
    grey = np.where(mask, 200, np.linspace(20, 120, 120)[None, :].astype(int)).astype(np.uint8)
    cv2.imwrite(str(mask_file), grey)
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(tmp_path / "out.png")]) == 0
    assert "“mask.png” holds greys, as a photograph does" in capsys.readouterr().err


def test_equal_calls_write_equal_bytes(print_: tuple, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")  # the history in the file says when
    image, mask_file, _, _ = print_
    files = [tmp_path / "a.tif", tmp_path / "b.tif"]
    for file in files:
        assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(file)]) == 0
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_library_and_the_command_give_equal_pixels(print_: tuple, tmp_path: Path) -> None:
    import restorer

    image, mask_file, pixels, mask = print_
    target = tmp_path / "out.tif"
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(target)]) == 0
    assert (tifffile.imread(target) == restorer.fill(pixels, mask)).all()


def test_a_jpeg_becomes_a_png(tmp_path: Path) -> None:
    target = tmp_path / "osprey.png"
    sample = SAMPLES / "osprey.jpg"
    assert (
        main(["fill", str(sample), "--mask", str(SAMPLES / "osprey-mask.png"), "-o", str(target), "--grow", "1"]) == 0
    )
    mask = cv2.dilate(cv2.imread(str(SAMPLES / "osprey-mask.png"), 0), np.ones((3, 3), np.uint8)) > 127
    from PIL import Image

    before, after = np.asarray(Image.open(sample)), np.asarray(Image.open(target))
    assert (before[~mask] == after[~mask]).all()


def test_an_existing_file_is_replaced_only_when_allowed(print_: tuple, tmp_path: Path) -> None:
    image, mask_file, _, _ = print_
    target = tmp_path / "out.png"
    target.write_bytes(b"mine")
    call = ["fill", str(image), "--mask", str(mask_file), "-o", str(target)]
    assert main(call) == 2
    assert target.read_bytes() == b"mine"
    assert main([*call, "--overwrite"]) == 0
    assert target.read_bytes() != b"mine"
    original = image.read_bytes()
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(image), "--overwrite"]) == 2
    assert image.read_bytes() == original


def bad(folder: Path, case: str, image: Path, mask: Path) -> tuple[list[str], str]:
    """Arguments of a call that must fail, and a word of its sentence."""
    out = folder / "out.png"
    if case == "missing image":
        return [str(folder / "nope.png"), "--mask", str(mask), "-o", str(out)], "nope.png"
    if case == "missing mask":
        return [str(image), "--mask", str(folder / "nope.png"), "-o", str(out)], "nope.png"
    if case == "mask of another size":
        cv2.imwrite(str(folder / "m.png"), np.full((91, 120), 255, np.uint8))
        return [str(image), "--mask", str(folder / "m.png"), "-o", str(out)], "120 × 91"
    if case == "empty mask":
        cv2.imwrite(str(folder / "m.png"), np.zeros((90, 120), np.uint8))
        return [str(image), "--mask", str(folder / "m.png"), "-o", str(out)], "empty"
    if case == "mask of everything":
        cv2.imwrite(str(folder / "m.png"), np.full((90, 120), 255, np.uint8))
        return [str(image), "--mask", str(folder / "m.png"), "-o", str(out)], "whole picture"
    if case == "truncated image":
        (folder / "t.png").write_bytes(image.read_bytes()[:3000])
        return [str(folder / "t.png"), "--mask", str(mask), "-o", str(out)], "t.png"
    if case == "not a picture":
        (folder / "t.png").write_text("hello")
        return [str(folder / "t.png"), "--mask", str(mask), "-o", str(out)], "t.png"
    if case == "huge picture":
        header = bytearray(image.read_bytes())
        header[16:24] = (200_000).to_bytes(4, "big") * 2
        import zlib

        header[29:33] = zlib.crc32(bytes(header[12:29])).to_bytes(4, "big")
        (folder / "h.png").write_bytes(header)
        return [str(folder / "h.png"), "--mask", str(mask), "-o", str(out)], "h.png"
    if case == "missing folder":
        return [str(image), "--mask", str(mask), "-o", str(folder / "no" / "out.png")], "no folder"
    if case == "unknown suffix":
        return [str(image), "--mask", str(mask), "-o", str(folder / "out.doc")], ".doc"
    if case == "unknown model":
        return [str(image), "--mask", str(mask), "-o", str(out), "--model", "lama"], "'lama'"
    if case == "unknown device":
        return [str(image), "--mask", str(mask), "-o", str(out), "--device", "tpu"], "'tpu'"
    if case == "corrupted weights":
        import shutil

        for suffix in (".json", ".safetensors"):
            shutil.copy(bundled.models() / f"reweave{suffix}", folder)
        with (folder / "reweave.safetensors").open("r+b") as stream:
            stream.seek(5000)
            stream.write(b"xxxx")
        weights = str(folder / "reweave.safetensors")
        return [str(image), "--mask", str(mask), "-o", str(out), "--model", weights], "damaged"
    if case == "model without a name":
        return [str(image), "--mask", str(mask), "-o", str(out), "--model", ""], "no model ''"
    if case == "model by a path without suffix":
        return [str(image), "--mask", str(mask), "-o", str(out), "--model", "../models/reweave"], "../models/reweave"
    if case == "negative grow":
        return [str(image), "--mask", str(mask), "-o", str(out), "--grow", "-1"], "--grow"
    raise AssertionError(case)


CASES = [
    "missing image",
    "missing mask",
    "mask of another size",
    "empty mask",
    "mask of everything",
    "truncated image",
    "not a picture",
    "huge picture",
    "missing folder",
    "unknown suffix",
    "unknown model",
    "unknown device",
    "corrupted weights",
    "model without a name",
    "model by a path without suffix",
    "negative grow",
]


@pytest.mark.parametrize("case", CASES)
def test_bad_input_gets_one_sentence_and_leaves_no_trace(
    case: str, print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image, mask_file, _, _ = print_
    arguments, word = bad(tmp_path, case, image, mask_file)
    files = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["fill", *arguments]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert len(said.err.strip().splitlines()) == 1
    assert said.err.startswith("restorer: ")
    assert word in said.err
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == files


def test_a_full_disk_leaves_the_folder_as_it_was(
    print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    image, mask_file, _, _ = print_
    before = sorted(tmp_path.iterdir())

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(tmp_path / "out.png")]) == 2
    assert "disk is full" in capsys.readouterr().err
    assert sorted(tmp_path.iterdir()) == before


WITHOUT_QT = """
import sys
for name in ("PySide6", "shiboken6"):
    sys.modules[name] = None
from restorer.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


def test_it_needs_no_qt_and_the_window_says_what_is_missing(print_: tuple, tmp_path: Path) -> None:
    image, mask_file, _, _ = print_
    call = [sys.executable, "-c", WITHOUT_QT]
    done = subprocess.run(
        [*call, "fill", str(image), "--mask", str(mask_file), "-o", str(tmp_path / "o.png")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    window = subprocess.run([*call, str(image)], capture_output=True, text=True)
    assert window.returncode == 2
    assert "PySide6" in window.stderr
    assert "Traceback" not in window.stderr


def test_help_does_not_load_torch() -> None:
    code = """
import sys
from restorer.__main__ import main
try:
    main(["fill", "--help"])
finally:
    assert "torch" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--mask" in done.stdout


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="there is no folder that permits and refuses")
@pytest.mark.parametrize("command", ["fill", "detect"])
def test_a_folder_that_refuses_is_noticed_before_the_network_is_loaded(
    print_: tuple, command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its permissions say that root may write there."""
    for name in ("fill", "detect"):
        for loads in ("_restorer", "_detector"):
            monkeypatch.setattr(f"restorer.cli.{name}.{loads}", None, raising=False)
    mask = ["--mask", str(print_[1])] if command == "fill" else []
    assert main([command, str(print_[0]), *mask, "-o", "/proc/out.png"]) == 2
    assert "/proc cannot be written to: choose another folder" in capsys.readouterr().err


def test_the_mask_is_grown_by_as_much_as_is_said(print_: tuple, tmp_path: Path) -> None:
    image, mask_file, pixels, mask = print_
    target = tmp_path / "out.png"
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(target), "--grow", "3"]) == 0
    changed = (cv2.imread(str(target), cv2.IMREAD_UNCHANGED)[..., ::-1] != pixels).any(2)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))
    rim = cv2.dilate(mask.astype(np.uint8), disc).astype(bool) & ~mask
    assert changed[rim].mean() > 0.9
    far = cv2.dilate(mask.astype(np.uint8), np.ones((7, 7), np.uint8)) == 0
    assert not changed[far].any()


def test_the_engine_is_told_model_device_threads_and_seed(
    print_: tuple, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from restorer.engine import filling

    made: list[dict[str, str]] = []

    class Telling(filling.Restorer):
        def made(self, job: Job) -> dict[str, str]:
            made.append(super().made(job))
            return made[-1]

    monkeypatch.setattr(filling, "Restorer", Telling)
    image, mask_file, _, _ = print_
    for threads in ("1", "3"):
        target = str(tmp_path / f"{threads}.png")
        call = ["fill", str(image), "--mask", str(mask_file), "-o", target, "--device", "cpu", "--seed", "7"]
        assert main([*call, "--model", "reweave", "--threads", threads]) == 0
    assert [how["threads"] for how in made] == ["1", "3"]
    assert {(how["model"], how["device"], how["seed"]) for how in made} == {("reweave", "cpu", "7")}


def test_nothing_is_said_twice(print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, mask_file, pixels, _ = print_
    image = tmp_path / "pages.tif"
    with tifffile.TiffWriter(image) as file:
        for _ in range(2):
            file.write(pixels, photometric="rgb")
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(tmp_path / "out.tif")]) == 0
    assert capsys.readouterr().err == "restorer: Page 1 of 2 is opened.\n"


def test_a_palette_is_remarked_once(print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from PIL import Image

    _, mask_file, pixels, _ = print_
    image = tmp_path / "palette.png"
    Image.fromarray((pixels >> 8).astype(np.uint8)).convert("P", palette=Image.Palette.ADAPTIVE).save(image)
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(tmp_path / "out.png")]) == 0
    said = capsys.readouterr().err.splitlines()
    assert len(said) == len(set(said)) == 1
    assert "palette" in said[0]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
@pytest.mark.parametrize("which", ["image", "mask"])
def test_a_pipe_is_not_waited_for(
    which: str, print_: tuple, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    names = {"image": str(print_[0]), "mask": str(print_[1]), which: str(pipe)}
    assert main(["fill", names["image"], "--mask", names["mask"], "-o", str(tmp_path / "out.png")]) == 2
    assert "is a pipe or a device" in capsys.readouterr().err


def test_the_mask_is_never_replaced(print_: tuple, capsys: pytest.CaptureFixture[str]) -> None:
    image, mask_file, _, _ = print_
    before = mask_file.read_bytes()
    assert main(["fill", str(image), "--mask", str(mask_file), "-o", str(mask_file), "--overwrite"]) == 2
    assert "mask.png" in capsys.readouterr().err
    assert mask_file.read_bytes() == before
