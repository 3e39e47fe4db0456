"""A picture is shown the right way up, and stored the way it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image
from specimens import (
    chunk,
    exif_block,
    jpeg_file,
    picture,
    png_bytes,
    png_chunks,
    png_pixels,
    tiff_file,
    tiff_tags,
)

from restorer.imaging.files import probe, read_photograph, write_photograph

# Where the first stored pixel is seen (TIFF 6.0, tag 274: "the 0th row represents the visual top/left-hand side").
_FIRST_PIXEL_AT = {
    1: (0, 0),
    2: (0, -1),
    3: (-1, -1),
    4: (-1, 0),
    5: (0, 0),
    6: (0, -1),
    7: (-1, -1),
    8: (-1, 0),
}
_BY_PILLOW = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # the Transpose that ImageOps.exif_transpose uses


def _expected(stored: np.ndarray, orientation: int) -> np.ndarray:
    """Through Pillow, one channel of 8 bits at a time."""
    if orientation == 1:
        return stored
    channels = np.atleast_3d(stored)
    turned = [np.asarray(Image.fromarray((channels[..., k] >> s).astype(np.uint8)).transpose(_BY_PILLOW[orientation]))
              for s in (8, 0) for k in range(channels.shape[2])]  # fmt: skip
    count = channels.shape[2]
    high, low = np.dstack(turned[:count]).astype(np.uint16), np.dstack(turned[count:]).astype(np.uint16)
    result = (high << 8 | low).astype(stored.dtype)
    return result[..., 0] if stored.ndim == 2 else result


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg"])
def test_shown_right_and_stored_as_it_was(tmp_path: Path, suffix: str, orientation: int) -> None:
    path, target = tmp_path / f"in{suffix}", tmp_path / f"out{suffix}"
    stored = picture(3, "uint8" if suffix == ".jpg" else "uint16")
    if suffix == ".png":
        path.write_bytes(png_bytes(stored, before=chunk(b"eXIf", exif_block(orientation))))
    elif suffix == ".tif":
        tiff_file(path, stored, orientation=orientation, compression="zlib", predictor=2, rowsperstrip=10)
    else:
        jpeg_file(path, stored, orientation=orientation)
        with Image.open(path) as image:
            stored = np.asarray(image)
    photograph = read_photograph(path)
    assert photograph.orientation == orientation
    np.testing.assert_array_equal(photograph.pixels[_FIRST_PIXEL_AT[orientation]], stored[0, 0])
    np.testing.assert_array_equal(photograph.pixels, _expected(stored, orientation))
    assert photograph.pixels.flags.c_contiguous
    assert (probe(path).height, probe(path).width) == photograph.pixels.shape[:2]
    changed = photograph.pixels.copy()
    changed[3, 4] = 0
    if suffix == ".jpg":
        write_photograph(photograph, changed, tmp_path / "out.png")
        np.testing.assert_array_equal(read_photograph(tmp_path / "out.png").pixels, changed)
        return
    write_photograph(photograph, changed, target)
    np.testing.assert_array_equal(read_photograph(target).pixels, changed)
    again = png_pixels(target) if suffix == ".png" else tifffile.imread(target)
    assert (again != stored).any(axis=2).sum() == 1  # turned back: every other pixel is where it was in the file
    if suffix == ".png":
        assert dict(png_chunks(target.read_bytes()))[b"eXIf"] == exif_block(orientation)
    else:
        assert tiff_tags(target)[274] == (3, orientation)


@pytest.mark.parametrize("value", [0, 9, 65535])
def test_a_nonsense_orientation_is_ignored(tmp_path: Path, value: int) -> None:
    path = tmp_path / "in.png"
    path.write_bytes(png_bytes(picture(3), before=chunk(b"eXIf", exif_block(value))))
    assert read_photograph(path).orientation == 1
