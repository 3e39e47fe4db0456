"""What kills a decoder, or never ends, costs one sentence; the next file is read as if nothing had been."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from specimens import picture

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import native, read_photograph

_BROKEN = """
import ctypes, os, sys, time
import numpy as np
from restorer.imaging.files import decoders, native

def by_name(path):
    match path.stem:
        case "segfault": ctypes.string_at(0)
        case "endless": time.sleep(1000)
        case "abort": os.abort()
        case "quiet": sys.exit(0)
        case "greedy": return np.ones(1 << 42, np.uint8)
        case "hungry": return np.ones(3 << 30, np.uint8)
        case "talkative": os.write(1, b"this is no answer")
        case "other": return np.zeros((9, 9), np.uint8)
    return original(path)

original, decoders.DECODERS["BMP"] = decoders.DECODERS["BMP"], by_name
native.serve()
"""


@pytest.fixture(autouse=True)
def _broken_decoder(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    native._stop()
    monkeypatch.setattr(native, "command", (sys.executable, "-c", _BROKEN))
    yield
    native._stop()


def _bmp(folder: Path, name: str) -> Path:
    path = folder / f"{name}.bmp"
    Image.fromarray(picture(3, "uint8")).save(path)
    return path


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("segfault", "makes its reader fail"),
        ("abort", "makes its reader fail"),
        ("quiet", "makes its reader fail"),
        ("greedy", "not enough memory"),
        ("other", "header is damaged"),
    ],
)
def test_a_decoder_that_fails_costs_one_sentence(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(RestorerError, match=words) as caught:
        read_photograph(_bmp(tmp_path, name))
    assert "\n" not in str(caught.value)
    np.testing.assert_array_equal(read_photograph(_bmp(tmp_path, "good")).pixels, picture(3, "uint8"))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux says how much memory a process has")
def test_a_decoder_may_not_take_much_more_than_the_picture_needs(tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match="not enough memory"):
        read_photograph(_bmp(tmp_path, "hungry"))


def test_a_decoder_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "_PATIENCE", 0.5)
    with pytest.raises(RestorerError, match="takes too long"):
        read_photograph(_bmp(tmp_path, "endless"))
    monkeypatch.setattr(native, "_PATIENCE", 60)
    assert read_photograph(_bmp(tmp_path, "good")).pixels.shape == (37, 53, 3)


def test_one_child_serves_many_files_and_its_chatter_is_no_answer(tmp_path: Path) -> None:
    read_photograph(_bmp(tmp_path, "good"))
    assert native._child is not None
    first = native._child.process.pid
    assert read_photograph(_bmp(tmp_path, "talkative")).pixels.shape == (37, 53, 3)
    assert native._child.process.pid == first


def test_a_child_that_does_not_start_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "command", (sys.executable, "-c", "raise SystemExit(1)"))
    with pytest.raises(RestorerError, match="install it again"):
        read_photograph(_bmp(tmp_path, "good"))


def test_a_frozen_program_that_has_no_child_decodes_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "command", None)
    assert read_photograph(_bmp(tmp_path, "good")).pixels.shape == (37, 53, 3)
    assert native._child is None
