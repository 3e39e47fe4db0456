"""White is to be restored, in every kind of file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from specimens import HEIGHT, WIDTH, png_bytes

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_mask, read_mask_with_remarks, write_mask

_SHAPE = (HEIGHT, WIDTH)


def _mask() -> np.ndarray:
    return np.random.default_rng(1).random(_SHAPE) > 0.7


def test_written_and_read(tmp_path: Path) -> None:
    write_mask(tmp_path / "mask.png", _mask())
    with Image.open(tmp_path / "mask.png") as image:
        assert image.mode == "L"
        np.testing.assert_array_equal(np.asarray(image), np.where(_mask(), 255, 0))
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png", _SHAPE), _mask())


@pytest.mark.parametrize("suffix", [".png", ".tif", ".bmp", ".webp"])
@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_other_files(tmp_path: Path, mode: str, suffix: str) -> None:
    image = Image.fromarray(np.where(_mask(), 255, 0).astype(np.uint8)).convert(mode)
    image.save(tmp_path / f"mask{suffix}", **({"lossless": True} if suffix == ".webp" else {}))
    np.testing.assert_array_equal(read_mask(tmp_path / f"mask{suffix}", _SHAPE), _mask())


def test_a_1_bit_png(tmp_path: Path) -> None:
    Image.fromarray(_mask()).save(tmp_path / "mask.png")
    np.testing.assert_array_equal(read_mask(tmp_path / "mask.png", _SHAPE), _mask())


@pytest.mark.parametrize(("dtype", "highest_unmarked"), [("uint8", 127), ("uint16", 32767)])
def test_the_threshold(tmp_path: Path, dtype: str, highest_unmarked: int) -> None:
    values = np.array([[0, highest_unmarked, highest_unmarked + 1, np.iinfo(dtype).max]], dtype)
    (tmp_path / "mask.png").write_bytes(png_bytes(values))
    assert read_mask(tmp_path / "mask.png", (1, 4)).tolist() == [[False, False, True, True]]
    (tmp_path / "mask.png").write_bytes(png_bytes(np.dstack([values] * 3)))
    assert read_mask(tmp_path / "mask.png", (1, 4)).tolist() == [[False, False, True, True]]


def test_a_see_through_pixel_is_not_marked(tmp_path: Path) -> None:
    pixels = np.array([[[255, 255, 255, 0], [255, 255, 255, 255], [0, 0, 0, 255]]], np.uint8)
    (tmp_path / "mask.png").write_bytes(png_bytes(pixels))
    assert read_mask(tmp_path / "mask.png", (1, 3)).tolist() == [[False, True, False]]


@pytest.mark.parametrize("channels", [1, 3, 4])
def test_a_photograph_for_a_mask_is_said_and_soft_edges_are_not(tmp_path: Path, channels: int) -> None:
    rng = np.random.default_rng(0)
    photograph = rng.normal(90, 50, (200, 300)).clip(0, 255)
    soft = np.zeros((200, 300))
    soft[95:105] = np.array([60, 130, 200, 255, 255, 255, 255, 200, 130, 60])[:, None]
    for values, said in ((photograph, 1), (soft, 0), (np.round(photograph / 255) * 255, 0)):
        pixels = values.astype(np.uint8)
        if channels > 1:
            pixels = np.dstack([pixels] * channels)
            pixels[..., 3:] = 255
        (tmp_path / "mask.png").write_bytes(png_bytes(pixels))
        mask, remarks = read_mask_with_remarks(tmp_path / "mask.png", (200, 300))
        assert (mask == (values > 127.5)).mean() > 0.99
        assert len(remarks) == said


def test_another_size_is_named(tmp_path: Path) -> None:
    write_mask(tmp_path / "mask.png", _mask())
    with pytest.raises(RestorerError, match=f"{WIDTH} × {HEIGHT} pixels, the picture 20 × 10"):
        read_mask(tmp_path / "mask.png", (10, 20))


def test_only_png_is_written(tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match=r"\.png"):
        write_mask(tmp_path / "mask.jpg", _mask())
    assert list(tmp_path.iterdir()) == []
