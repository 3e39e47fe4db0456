"""The standalone program compiles two functions ahead of time: for the arguments with which they are really called."""

from __future__ import annotations

from pathlib import Path

import numba
import numpy as np
import pytest
from PIL import Image

from restorer.imaging.files import jpeg_entropy, read_photograph, write_photograph


@pytest.mark.parametrize("name", ["decode", "encode"])
def test_signatures_are_those_of_the_calls(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    compiled = getattr(jpeg_entropy, name)

    def watched(*arguments: object) -> int:
        seen.append([numba.typeof(argument) for argument in arguments])
        return int(compiled(*arguments))

    monkeypatch.setattr(jpeg_entropy, name, watched)
    picture = np.random.default_rng(1).integers(0, 255, (64, 80, 3), np.uint8)
    Image.fromarray(picture).save(tmp_path / "one.jpg", quality=90)
    photograph = read_photograph(tmp_path / "one.jpg")
    pixels = np.array(photograph.pixels)
    pixels[8:16, 8:24] = 90
    write_photograph(photograph, pixels, tmp_path / "again.jpg")
    promised, _ = numba.core.sigutils.normalize_signature(jpeg_entropy.SIGNATURES[name])
    assert seen
    for arguments in seen:
        # a read-only array is taken, too; what matters is depth, dimensions and order
        assert [str(kind).replace("readonly ", "") for kind in arguments] == [str(kind) for kind in promised]
