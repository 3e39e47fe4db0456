"""Without Python, network, home, graphics card and much memory, from a read-only folder: everything works, the same."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from cell import CORES, Cell, interrupt
from conftest import SAMPLES
from PIL import Image

from restorer import __version__, interruption
from restorer.imaging.files import read_photograph

Source = Callable[..., subprocess.CompletedProcess[str]]


def pixels(path: Path) -> np.ndarray:
    return np.asarray(read_photograph(path).pixels)


def good(done: subprocess.CompletedProcess[str], cell: Cell) -> str:
    assert done.returncode == 0, f"{done.returncode}: {done.stdout}{done.stderr}"
    assert "Traceback" not in done.stderr
    assert cell.killed_for_memory == 0
    return done.stdout


def test_the_cell_has_its_walls(cell: Cell) -> None:
    """What cannot be shut in here is said; nothing is quietly left open."""
    if cell.missing:
        pytest.skip(f"this computer does not permit {' and '.join(cell.missing)}")


PRISONER = """#!/bin/sh
[ "$1" = eat ] && /usr/bin/head -c 2500M /dev/zero | exec /usr/bin/tail -c 2500M | /usr/bin/wc -c && exit
(echo > "${0%/*}/written") 2> /dev/null && echo "its folder can be written"
command -v python3 && echo "there is Python"
/bin/grep -v -e '|' -e ' lo:' /proc/net/dev && echo "there is a network"
echo "cores: $(/usr/bin/nproc)"
"""


def test_the_walls_hold(tmp_path: Path) -> None:
    """A program that tries to get out."""
    (tmp_path / "bundle").mkdir()
    program = tmp_path / "bundle/restorer"
    program.write_text(PRISONER)
    program.chmod(0o755)
    (tmp_path / "home").mkdir()
    with Cell(tmp_path / "bundle", tmp_path / "home") as cell:
        if cell.missing:
            pytest.skip(f"this computer does not permit {' and '.join(cell.missing)}")
        assert cell.run().stdout == f"cores: {min(CORES, len(os.sched_getaffinity(0)))}\n"
        assert cell.killed_for_memory == 0
        assert cell.run("eat").stdout == "0\n"
        assert cell.killed_for_memory > 0


def test_version_names_build_and_weights(cell: Cell) -> None:
    first, build, *weights = good(cell.run("--version"), cell).splitlines()
    assert first == f"restorer {__version__}"
    assert build.startswith("build ")
    assert build.endswith("standalone")
    assert any(line.startswith("weights reweave sha256 ") for line in weights)


FAR = "the sample's restored pixels are {} of 255 from the reference, at most {}."


def test_self_test(cell: Cell, pictures: Path) -> None:
    """The window opens, a sample is restored there, and the pixels are those of the source."""
    said = good(cell.run("--self-test", cell.home / "窗 window.png"), cell)
    assert said == f"restorer: As it should be: {FAR.format('0.000', 0)}\n"
    shutil.copy(cell.home / "窗 window.png", pictures / "offscreen.png")


@pytest.mark.parametrize(("ending", "more"), [("png", ()), ("jpg", ()), ("png", ("--grain", "1"))])
def test_fill(cell: Cell, from_source: Source, tmp_path: Path, ending: str, more: tuple[str, ...]) -> None:
    ours, theirs = cell.home / f"修复 ours.{ending}", tmp_path / f"theirs.{ending}"
    mask = SAMPLES / "colosseum-mask.png"
    arguments = ("fill", SAMPLES / "colosseum.jpg", "--mask", mask, "--seed", "3", *more, "-o")
    good(cell.run(*arguments, ours), cell)
    from_source(*arguments, theirs)
    np.testing.assert_array_equal(pixels(ours), pixels(theirs))


def test_detect(cell: Cell, from_source: Source, tmp_path: Path) -> None:
    arguments = ("detect", SAMPLES / "colosseum.jpg", "-o")
    good(cell.run(*arguments, cell.home / "ours.png"), cell)
    from_source(*arguments, tmp_path / "theirs.png")
    theirs = pixels(tmp_path / "theirs.png")
    assert 0 < np.count_nonzero(theirs) < theirs.size
    np.testing.assert_array_equal(pixels(cell.home / "ours.png"), theirs)


def test_batch(cell: Cell, from_source: Source, tmp_path: Path) -> None:
    """Two processes, each the program again."""
    scans, masks = cell.home / "scans 扫描", cell.home / "masks"
    for folder, names in (
        (scans, ("colosseum.jpg", "tea-gardens.tif")),
        (masks, ("colosseum-mask.png", "tea-gardens-mask.png")),
    ):
        folder.mkdir()
        for name in names:
            shutil.copy(SAMPLES / name, folder)
    inputs = [scans / "colosseum.jpg", scans / "tea-gardens.tif"]
    arguments = ("batch", *inputs, "--masks", masks, "--workers", "2", "-o")
    good(cell.run(*arguments, cell.home / "ours"), cell)
    from_source(*arguments, tmp_path / "theirs")
    for path in inputs:
        np.testing.assert_array_equal(pixels(cell.home / "ours" / path.name), pixels(tmp_path / "theirs" / path.name))


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("evaluate", "x", "-o", "y"), "built without evaluation"),
        (("train", "--data", "x", "-o", "y"), "built without full training and TensorBoard"),
        (("train", "run", "--tensorboard"), "built without full training and TensorBoard"),
    ],
)
def test_what_is_left_out_says_so(cell: Cell, arguments: tuple[str, ...], said: str) -> None:
    done = cell.run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    (guide,) = re.findall(r"\((/.*) says how\)", done.stderr)
    assert "pip install" in Path(guide).read_text(encoding="utf-8")


@pytest.mark.parametrize("window", [False, True])
@pytest.mark.parametrize("seconds", [0.1, 0.4, 1.0, 2.5])
def test_ctrl_c_while_it_loads(cell: Cell, seconds: float, window: bool) -> None:
    """Whatever it is doing by then, it ends, and nothing half-done is left."""
    target = cell.home / "out.png"
    fill = ("fill", SAMPLES / "colosseum.jpg", "--mask", SAMPLES / "colosseum-mask.png", "-o", target)
    process = cell.start(*(() if window else fill))
    time.sleep(seconds)
    assert process.poll() is None, "it ended by itself: choose a longer task"
    code = interrupt(process)
    assert process.stderr is not None
    said = process.stderr.read()
    if "pyiboot" not in said and "pyimod" not in said:  # PyInstaller's loader, which runs before anything of ours
        assert code in (-signal.SIGINT, interruption.CODE) or (window and code == 0)
        assert said in ("", "restorer: stopped.\n")
    assert code != 0 or window
    assert not list(cell.home.glob("*.png*"))


def _copy_of(bundle: Path, folder: Path) -> Path:
    """The program once more, in links: what is replaced in it is replaced there only."""
    subprocess.run(["cp", "-al", str(bundle), str(folder)], check=True)
    return folder


@pytest.mark.parametrize("fault", ["missing", pytest.param("damaged", marks=pytest.mark.long)])
def test_a_build_without_its_weights_fails(bundle: Path, cell: Cell, fault: str) -> None:
    copy = _copy_of(bundle, bundle.parent / f"{bundle.name}-{fault}-weights-{os.getpid()}")
    try:
        weights = copy / "_internal/models/reweave.safetensors"
        whole = weights.read_bytes()
        weights.unlink()
        if fault == "damaged":
            weights.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        with Cell(copy, cell.home) as broken:
            done = broken.run("--self-test")
            assert done.returncode == 4, done.stderr
            assert "reweave" in done.stderr
            target = cell.home / "out.png"
            mask = SAMPLES / "colosseum-mask.png"
            done = broken.run("fill", SAMPLES / "colosseum.jpg", "--mask", mask, "-o", target)
            assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
            assert not target.exists()
            assert broken.run("models", "verify").returncode != 0
    finally:
        shutil.rmtree(copy)


def test_a_fault_in_a_slot_ends_the_self_test(bundle: Path, cell: Cell) -> None:
    """The window's event loop would go on for ever."""
    copy = _copy_of(bundle, bundle.parent / f"{bundle.name}-without-sample-{os.getpid()}")
    try:
        (copy / "_internal/resources/samples/colosseum.jpg").unlink()
        with Cell(copy, cell.home) as broken:
            done = broken.run("--self-test")
        assert done.returncode == 4, done.stderr
        assert "The sample colosseum.jpg is missing" in done.stderr
    finally:
        shutil.rmtree(copy)


@pytest.mark.parametrize("reference", ["another", "a level off", "missing"])
def test_the_self_test_compares_with_its_reference(bundle: Path, cell: Cell, reference: str) -> None:
    """Other pixels fail it, one that is one level off is told, and without a reference it does not pass."""
    copy = _copy_of(bundle, bundle.parent / f"{bundle.name}-{reference.replace(' ', '-')}-{os.getpid()}")
    try:
        path = copy / "_internal/self-test.png"
        pixel = np.asarray(Image.open(path)).copy()
        path.unlink()
        marked = np.argwhere(np.asarray(Image.open(SAMPLES / "colosseum-mask.png").convert("L")) > 127)[0]
        if reference == "a level off":
            pixel[tuple(marked)] ^= 1
            Image.fromarray(pixel).save(path)
        elif reference == "another":
            Image.open(SAMPLES / "colosseum.jpg").save(path)
        with Cell(copy, cell.home) as broken:
            done = broken.run("--self-test")
        code, said = {
            "another": (3, "Not as it should be: the sample's restored pixels are"),
            "a level off": (0, f"As it should be: {FAR.format('0.000', 1)}"),
            "missing": (3, "self-test.png is missing: install the program again."),
        }[reference]
        assert (done.returncode, said in done.stdout + done.stderr) == (code, True), done.stdout + done.stderr
    finally:
        shutil.rmtree(copy)


def test_the_self_test_without_a_screen(cell: Cell) -> None:
    done = cell.run("--self-test", QT_QPA_PLATFORM="")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr


def test_words_too_many(cell: Cell) -> None:
    for words in (("--version", "extra"), ("--self-test", "a.png", "extra"), ("--self-test", "extra")):
        done = cell.run(*words)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1), words


@pytest.mark.parametrize(
    "arguments",
    [
        ("fill", SAMPLES / "colosseum.jpg", "--mask", SAMPLES / "colosseum-mask.png", "-o", "/proc/out.png"),
        ("detect", SAMPLES / "colosseum.jpg", "-o", "/proc/out.png"),
        ("train", "adapt", SAMPLES, "-o", "/proc/mine.safetensors", "--steps", "1000"),
    ],
)
def test_a_folder_that_refuses_is_noticed_first(cell: Cell, arguments: tuple[str | Path, ...]) -> None:
    done = cell.run(*arguments)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1), done.stderr
    assert re.search("cannot be written to.*choose another folder", done.stderr)


def test_models(cell: Cell) -> None:
    listed = good(cell.run("models"), cell).splitlines()
    assert [line.split("\t")[0] for line in listed] == ["reweave", "spotter", "patches"]
    assert len(good(cell.run("models", "verify"), cell).splitlines()) == 2


@pytest.mark.long
def test_the_self_test_tolerates_bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    """A CPU that computes in bfloat16 meets a reference made in float32, the largest difference there is."""
    import torch

    import restorer
    from restorer.engine import device
    from restorer.imaging.files import read_mask
    from restorer.ui.self_test import LARGEST, LARGEST_MEAN, SAMPLE

    image = pixels(SAMPLES / SAMPLE)
    mask = read_mask(SAMPLES / f"{Path(SAMPLE).stem}-mask.png", image.shape[:2])
    filled = []
    for precision in (torch.float32, torch.bfloat16):
        monkeypatch.setattr(device, "fastest", lambda _device, precision=precision: precision)
        filled.append(restorer.fill(image, mask, device="cpu")[mask].astype(int))
    far = np.abs(filled[0] - filled[1])
    print(f"float32 and bfloat16: {far.mean():.3f} of 255 apart on average, at most {far.max()}")
    assert 0 < far.mean() < LARGEST_MEAN
    assert far.max() < LARGEST


@pytest.mark.long
def test_decoders_in_their_own_process(cell: Cell, from_source: Source, tmp_path: Path) -> None:
    """JPEG 2000 and JPEG XL are decoded by the program as its own child."""
    import imagecodecs

    image = pixels(SAMPLES / "colosseum.jpg")
    for name, data in {
        "a.jp2": imagecodecs.jpeg2k_encode(image, level=0, reversible=True, codecformat="jp2"),
        "b.jxl": imagecodecs.jpegxl_encode(image, lossless=True),
        "c.avif": imagecodecs.avif_encode(image, level=90),
    }.items():
        (cell.home / name).write_bytes(data)
        arguments = ("fill", cell.home / name, "--mask", SAMPLES / "colosseum-mask.png", "-o")
        good(cell.run(*arguments, cell.home / f"{name}.png"), cell)
        from_source(*arguments, tmp_path / f"{name}.png")
        np.testing.assert_array_equal(pixels(cell.home / f"{name}.png"), pixels(tmp_path / f"{name}.png"))


@pytest.mark.long
def test_twenty_four_megapixels_in_two_gigabytes(cell: Cell) -> None:
    """A TIFF of 6000×4000 at 16 bits, with a scratch from corner to corner."""
    import cv2
    import tifffile

    small = pixels(SAMPLES / "colosseum.jpg")
    image = cv2.resize(small, (6000, 4000), interpolation=cv2.INTER_CUBIC).astype(np.uint16) * 257
    tifffile.imwrite(cell.home / "large.tif", image, photometric="rgb")
    mask = np.zeros((4000, 6000), np.uint8)
    cv2.line(mask, (100, 100), (5900, 3900), 255, 7)
    cv2.imwrite(str(cell.home / "mask.png"), mask)
    good(cell.run("fill", cell.home / "large.tif", "--mask", cell.home / "mask.png", "-o", cell.home / "out.tif"), cell)
    restored = pixels(cell.home / "out.tif")
    assert np.array_equal(restored[mask == 0], image[mask == 0])
    assert not np.array_equal(restored, image)


@pytest.mark.long
def test_adapt(cell: Cell) -> None:
    """The fine-tuning path: a few steps, and the weights it writes restore."""
    folder = cell.home / "collection"
    folder.mkdir()
    whole = Image.open(SAMPLES / "osprey.jpg").convert("RGB")
    for number in range(8):
        turned = whole.rotate(90 * number, expand=True)
        turned.crop((40 * number, 30 * number, turned.width - 200, turned.height - 160)).save(folder / f"{number}.png")
    weights = cell.home / "mine.safetensors"
    said = good(cell.run("train", "adapt", folder, "-o", weights, "--steps", "3", "--anyway"), cell)
    assert "learnt from" in said
    arguments = ("fill", SAMPLES / "colosseum.jpg", "--mask", SAMPLES / "colosseum-mask.png", "-o")
    good(cell.run(*arguments, cell.home / "out.png", "--model", weights), cell)
