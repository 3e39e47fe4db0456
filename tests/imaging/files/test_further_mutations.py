"""Damaged bytes anywhere in files of every format that has a decoder of its own: a photograph or a sentence."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from further_specimens import every_format

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import Photograph, losses, read_photograph, write_photograph

_ROUNDS = int(os.environ.get("RESTORER_MUTATIONS", "20"))
"""Of each format; more on demand."""


def mutated(whole: bytes, rng: np.random.Generator) -> bytes:
    """Some bytes changed, most near the ends where headers are; or a piece cut out, doubled or cut off."""
    data = bytearray(whole)
    way = rng.random()
    if way < 0.7:
        for _ in range(int(rng.integers(1, 6))):
            place = int(rng.integers(len(data)))
            if rng.random() < 0.6:
                place = place % 200 if rng.random() < 0.7 else len(data) - 1 - place % 400
            data[place % len(data)] = int(rng.choice([0, 255, 127, 128, int(rng.integers(256))]))
    elif way < 0.8:
        del data[int(rng.integers(len(data))) :]
    else:
        start = int(rng.integers(len(data)))
        length = int(rng.integers(1, 64))
        data[start : start + length] = data[start : start + length] * 2 if way < 0.9 else b""
    return bytes(data)


@pytest.fixture(scope="module")
def specimens(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return every_format(tmp_path_factory.mktemp("specimens") / "file")


@pytest.mark.parametrize(
    "kind",
    ["jp2", "j2k codestream", "jxl", "jxl packed", "jxl codestream", "avif", "avif 12 bit", "webp", "webp lossy", "bmp",
     "gif", "pam", "ppm", "plain pgm", "jpeg with restarts", "progressive jpeg", "cmyk jpeg"],
)  # fmt: skip
def test_mutated_bytes(tmp_path: Path, kind: str, specimens: dict[str, bytes]) -> None:
    path = tmp_path / "in.file"
    rng = np.random.default_rng(sum(kind.encode()))
    path.write_bytes(specimens[kind])
    assert read_photograph(path, inks=True).pixels.size  # the undamaged one opens
    for _ in range(_ROUNDS):
        path.write_bytes(mutated(specimens[kind], rng))
        try:
            photograph = read_photograph(path, inks=True)
        except RestorerError as error:
            assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
            continue
        assert isinstance(photograph, Photograph)
        if photograph.pixels.size > 100_000:
            continue
        for target in (tmp_path / "out.tif", tmp_path / "out.jpg"):
            try:
                losses(photograph, target)
                _try_to_change(photograph, target)
            except RestorerError as error:
                assert str(error).endswith(".")  # noqa: PT017


def _try_to_change(photograph: Photograph, target: Path) -> None:
    changed = photograph.pixels.copy()
    changed[2:5, 3:6] = 77
    write_photograph(photograph, changed, target)
