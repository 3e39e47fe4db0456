"""Damaged bytes anywhere: a photograph or a sentence, nothing else."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from specimens import all_png_chunks, jpeg_file, picture, png_bytes, tiff_file

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import Photograph, losses, read_photograph, write_photograph
from restorer.imaging.files.png_chunks import Chunk

_ROUNDS = 40


def _specimen(kind: str, path: Path) -> bytes:
    small = picture(3)[:16, :20].copy()
    eight = (small >> 8).astype(np.uint8)
    match kind:
        case "png":
            before, after = all_png_chunks()
            return png_bytes(small, before=before, after=after)
        case "tiff lzw":
            tiff_file(path, small, compression="lzw", predictor=2, rowsperstrip=5)
        case "tiff zlib tiles":
            tiff_file(path, small, compression="zlib", tile=(16, 16), order=">")
        case "bigtiff packbits":
            tiff_file(path, eight, compression="packbits", bigtiff=True, rowsperstrip=5)
        case "tiff jpeg":
            tiff_file(path, eight, compression="jpeg", tile=(16, 16))
        case "jpeg":
            jpeg_file(path, eight, orientation=6)
        case "progressive jpeg":
            jpeg_file(path, eight, progressive=True)
        case "webp":
            Image.fromarray(eight).save(path, "WEBP", lossless=True)
        case "bmp":
            Image.fromarray(eight).save(path, "BMP")
    return path.read_bytes()


def _repaired(data: bytes) -> bytes:
    """The PNG with its checksums put right, so that a mutation gets past them."""
    out, position = io.BytesIO(), 8
    out.write(data[:8])
    while position + 12 <= len(data):
        length = int.from_bytes(data[position : position + 4], "big")
        body = data[position + 8 : position + 8 + length]
        Chunk(data[position + 4 : position + 8], body).write(out)
        position += 12 + length
    return out.getvalue()


@pytest.mark.parametrize(
    "kind",
    [
        "png",
        "tiff lzw",
        "tiff zlib tiles",
        "bigtiff packbits",
        "tiff jpeg",
        "jpeg",
        "progressive jpeg",
        "webp",
        "bmp",
    ],
)
def test_mutated_bytes(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "in.file"
    whole = _specimen(kind, path)
    rng = np.random.default_rng(sum(kind.encode()))
    opened = 0
    for round_ in range(_ROUNDS):
        data = bytearray(whole)
        # Half of them near the ends, where the headers and directories are.
        for _ in range(int(rng.integers(1, 4))):
            place = int(rng.integers(len(data)))
            if rng.random() < 0.5:
                place = place % 120 if rng.random() < 0.5 else len(data) - 1 - place % 400
            data[place] = int(rng.integers(256))
        path.write_bytes(_repaired(bytes(data)) if kind == "png" and round_ % 2 else data)
        try:
            photograph = read_photograph(path)
        except RestorerError as error:
            assert str(error).endswith(".")  # noqa: PT017 - either outcome is right
            continue
        opened += 1
        assert isinstance(photograph, Photograph)
        for target in (tmp_path / "out.png", tmp_path / "out.tif"):
            losses(photograph, target)
            if photograph.pixels.size < 100_000:
                write_photograph(photograph, photograph.pixels, target)
    assert opened < _ROUNDS
