"""What is not touched is copied; other pages, channels and few bits stay what they are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest
import tifffile
from PIL import Image
from specimens import HEIGHT, WIDTH, picture, tiff_file, tiff_tags

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import (
    differing,
    losses,
    probe,
    reach,
    read_back,
    read_mask,
    read_photograph,
    write_photograph,
)
from restorer.imaging.region import Region


@dataclass(frozen=True)
class _Lazy:
    """Pixels that are read region by region, as a document's are."""

    array: np.ndarray

    @property
    def shape(self) -> tuple[int, ...]:
        return self.array.shape

    @property
    def dtype(self) -> np.dtype:
        return self.array.dtype

    def read(self, region: Region) -> np.ndarray:
        return self.array[region.slices].copy()


def _segments(path: Path, page: int = 0) -> list[bytes]:
    data = path.read_bytes()
    with tifffile.TiffFile(path) as tiff:
        places = zip(tiff.pages[page].dataoffsets, tiff.pages[page].databytecounts, strict=True)
        return [data[offset : offset + count] for offset, count in places]


# --- strips and tiles ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("orientation", [1, 6, 7])
@pytest.mark.parametrize("how", [{"rowsperstrip": 5}, {"tile": (16, 16)}], ids=str)
def test_only_touched_segments_are_compressed_again(tmp_path: Path, how: dict[str, object], orientation: int) -> None:
    """The file is compressed as hard as can be, which we never do: only copies can be the same."""
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    stored = picture(3)
    tiff_file(
        path, stored, orientation=orientation, compression="zlib", compressionargs={"level": 1}, predictor=2, **how
    )
    photograph = read_photograph(path)
    changed = photograph.pixels.copy()
    changed[12, 20] ^= 1
    write_photograph(photograph, _Lazy(changed), target)
    same = [a == b for a, b in zip(_segments(path), _segments(target), strict=True)]
    assert same.count(False) == 1
    np.testing.assert_array_equal(read_photograph(target).pixels, changed)
    assert (tifffile.imread(target) != stored).any(axis=2).sum() == 1


def test_large_uncompressed_strips_are_read_and_written_in_parts(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    pixels = np.random.default_rng(1).integers(0, 65536, (1500, 1000, 3)).astype(np.uint16)  # 9 MB in one strip
    tifffile.imwrite(path, pixels, photometric="rgb", rowsperstrip=1500, metadata=None)
    photograph = read_photograph(path)
    np.testing.assert_array_equal(photograph.pixels, pixels)
    changed = pixels.copy()
    changed[1499, 999] ^= 1
    write_photograph(photograph, changed, target)
    np.testing.assert_array_equal(tifffile.imread(target), changed)
    assert len(_segments(target)) > 1


@pytest.mark.parametrize("orientation", [1, 3, 5, 6, 8])
@pytest.mark.parametrize("how", [{"rowsperstrip": 5}, {"tile": (16, 32)}], ids=str)
def test_what_was_written_is_read_back_in_parts(tmp_path: Path, how: dict[str, object], orientation: int) -> None:
    path = tmp_path / "in.tif"
    tiff_file(path, picture(3), orientation=orientation, compression="lzw", **how)
    photograph = read_photograph(path)
    seen = np.zeros(photograph.pixels.shape[:2], int)
    parts = list(read_back(path, photograph))
    for region, part in parts:
        np.testing.assert_array_equal(part, photograph.pixels[region.slices])
        seen[region.slices] += 1
    assert (seen == 1).all()
    assert len(parts) > 3


def test_pixels_in_a_scratch_file(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    tiff_file(path, picture(3), orientation=6, compression="lzw", rowsperstrip=5)
    photograph = read_photograph(path, scratch=tmp_path / "scratch")
    assert isinstance(photograph.pixels, np.memmap)
    assert not photograph.pixels.flags.writeable
    np.testing.assert_array_equal(photograph.pixels, read_photograph(path).pixels)
    assert (tmp_path / "scratch").stat().st_size == photograph.pixels.nbytes


def test_a_disk_without_room_for_the_scratch_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found out before anything is decoded: writing into a mapped file on a full disk kills the program."""
    path, scratch = tmp_path / "in.tif", tmp_path / "scratch"
    tiff_file(path, picture(3))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "posix_fallocate", full, raising=False)
    with pytest.raises(RestorerError, match="free some space"):
        read_photograph(path, scratch=scratch)
    assert not scratch.exists()


def test_a_result_beyond_four_gigabytes_becomes_a_bigtiff(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is lowered to 20 kB; the file has more than one page, Exif and GPS to move."""
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    tiff_file(path, picture(3), compression="lzw", rowsperstrip=5)
    tifffile.imwrite(path, picture(1), append=True, metadata=None, compression="zlib")
    photograph = read_photograph(path)
    monkeypatch.setattr("restorer.imaging.files.tiff_directory.CLASSIC_END", path.stat().st_size - 4000)
    write_photograph(photograph, photograph.pixels, target)
    monkeypatch.undo()
    with tifffile.TiffFile(target) as tiff:
        assert tiff.is_bigtiff
        np.testing.assert_array_equal(tiff.pages[0].asarray(), picture(3))
        np.testing.assert_array_equal(tiff.pages[1].asarray(), picture(1))
    assert tiff_tags(target)[34853] == tiff_tags(path)[34853]
    assert tiff_tags(target)[34665] == tiff_tags(path)[34665]
    again = read_photograph(target)
    np.testing.assert_array_equal(again.pixels, picture(3))
    write_photograph(again, again.pixels, path)
    with tifffile.TiffFile(path) as tiff:
        assert tiff.is_bigtiff


# --- pages -----------------------------------------------------------------------------------------------------


def _pages(path: Path) -> None:
    with tifffile.TiffWriter(path) as writer:
        writer.write(picture(3), photometric="rgb", metadata=None, compression="lzw")
        writer.write(picture(1), photometric="minisblack", metadata=None, rowsperstrip=9)
        writer.write(picture(1)[::4, ::4].copy(), photometric="minisblack", metadata=None, subfiletype=1)
        writer.write(picture(3, "uint8"), photometric="rgb", metadata=None, compression="jpeg", tile=(16, 16))


def test_a_page_is_chosen_and_the_others_are_kept(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    _pages(path)
    photograph = read_photograph(path, page=2)
    assert (photograph.page, photograph.pages, photograph.remarks) == (2, 3, ("Page 2 of 3 is opened.",))
    np.testing.assert_array_equal(photograph.pixels, picture(1))
    assert (probe(path, page=2).channels, probe(path, page=2).page) == (1, 2)
    assert [sentence.split()[0] for sentence in losses(photograph, target)] == ["Reduced"]
    assert "Only page 2 of 3 is saved." in losses(photograph, tmp_path / "out.png")
    changed = photograph.pixels.copy()
    changed[0, 0] = 7
    write_photograph(photograph, changed, target)
    with tifffile.TiffFile(target) as tiff:
        assert len(tiff.pages) == 3
        np.testing.assert_array_equal(tiff.pages[1].asarray(), changed)
    for old, new in ((0, 0), (3, 2)):
        assert _segments(target, new) == _segments(path, old)
    with pytest.raises(RestorerError, match="has 3 pages: there is no page 4"):
        read_photograph(path, page=4)


def test_a_damaged_page_is_left_out_and_named(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    _pages(path)
    with tifffile.TiffFile(path) as tiff:
        place = tiff.pages[1].tags[273].valueoffset
    data = bytearray(path.read_bytes())
    data[place : place + 4] = b"\xff\xff\xff\x7f"
    path.write_bytes(data)
    photograph = read_photograph(path, page=3)
    assert any("Page 2 is damaged" in sentence for sentence in losses(photograph, target))
    write_photograph(photograph, photograph.pixels, target)
    with tifffile.TiffFile(target) as tiff:
        assert len(tiff.pages) == 2
        np.testing.assert_array_equal(tiff.pages[0].asarray(), picture(3))
    assert all(not differing(part, photograph.pixels[at.slices]).any() for at, part in read_back(target, photograph))


@pytest.mark.parametrize("gone", [True, False])
def test_without_the_original_only_what_is_in_memory_is_saved(tmp_path: Path, gone: bool) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"

    def lose() -> None:
        path.unlink() if gone else path.write_bytes(path.read_bytes() + b"more")

    tiff_file(path, picture(4), orientation=6, compression="lzw", predictor=2, rowsperstrip=5)
    photograph, tags = read_photograph(path), tiff_tags(path)
    lose()
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(tifffile.imread(target), picture(4))
    assert tiff_tags(target) == tags
    target.unlink()
    _pages(path)
    photograph = read_photograph(path)
    lose()
    with pytest.raises(RestorerError, match=r"“in\.tif” was moved or changed since it was opened"):
        write_photograph(photograph, photograph.pixels, target)
    assert not target.exists()
    write_photograph(photograph, photograph.pixels, tmp_path / "out.png")


# --- channels --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("separate", [False, True])
def test_infrared_in_the_extra_channel(tmp_path: Path, separate: bool) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    pixels = picture(4)
    how = {"planarconfig": "separate"} if separate else {}
    stored = pixels.transpose(2, 0, 1) if separate else pixels
    tiff_file(path, stored, orientation=8, photometric="rgb", extrasamples=["unspecified"], compression="lzw", **how)
    assert read_photograph(path).infrared is None
    photograph = read_photograph(path, infrared="channel")
    assert photograph.pixels.shape == (WIDTH, HEIGHT, 3)
    np.testing.assert_array_equal(photograph.infrared, np.rot90(pixels[..., 3]))
    changed = photograph.pixels.copy()
    changed[0, 0] = 1
    write_photograph(photograph, changed, target)
    again = tifffile.imread(target).transpose(1, 2, 0) if separate else tifffile.imread(target)
    np.testing.assert_array_equal(again[..., 3], pixels[..., 3])
    np.testing.assert_array_equal(read_photograph(target).pixels, changed)


def test_infrared_on_a_page_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    _pages(path)
    np.testing.assert_array_equal(read_photograph(path, infrared=2).infrared, picture(1))
    for where, words in (("channel", "no extra channel"), (3, "is no infrared scan of page 1"), (9, "no page 9")):
        with pytest.raises(RestorerError, match=words):
            read_photograph(path, infrared=where)


def test_alpha_is_found_behind_other_channels(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    pixels = np.dstack([picture(4), picture(1)])
    tifffile.imwrite(path, pixels, photometric="rgb", extrasamples=["unspecified", "unassalpha"], metadata=None)
    photograph = read_photograph(path)
    np.testing.assert_array_equal(photograph.pixels, pixels[..., [0, 1, 2, 4]])
    changed = photograph.pixels.copy()
    changed[3, 3] = 9
    write_photograph(photograph, changed, target)
    pixels[3, 3, [0, 1, 2, 4]] = 9
    np.testing.assert_array_equal(tifffile.imread(target), pixels)


def test_inks_only_for_those_who_know_them(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    tiff_file(path, picture(4), photometric="separated", extrasamples=None)
    with pytest.raises(RestorerError, match="CMYK"):
        read_photograph(path)
    photograph = read_photograph(path, inks=True)
    assert photograph.inks
    np.testing.assert_array_equal(photograph.pixels, picture(4))
    with pytest.raises(RestorerError, match="PNG"):
        write_photograph(photograph, photograph.pixels, tmp_path / "out.png")


# --- depths ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "tags", "levels"),
    [
        ((0.2, 0.9), None, (0.0, 1.0)),
        ((-3.0, 50.0), None, (-3.0, 50.0)),
        ((-3.0, 50.0), (0.0, 40.0), (0.0, 40.0)),
        ((-3.0, 50.0), (40.0, 0.0), (-3.0, 50.0)),
        ((7.0, 7.0), None, (7.0, 8.0)),
    ],
)
def test_levels_of_floats(
    tmp_path: Path, values: tuple[float, float], tags: tuple[float, float] | None, levels: tuple[float, float]
) -> None:
    path = tmp_path / "in.tif"
    pixels = np.full((20, 30), values[0], np.float32)
    pixels[5, 5], pixels[6, 6], pixels[7, 7] = values[1], np.nan, np.inf
    extra = [(tag, 11, 1, value, True) for tag, value in zip((340, 341), tags or (), strict=False)]
    tifffile.imwrite(path, pixels, metadata=None, extratags=extra)
    photograph = read_photograph(path)
    assert photograph.levels == levels
    np.testing.assert_array_equal(photograph.pixels.view("u4"), pixels.view("u4"))
    with pytest.raises(RestorerError, match="PNG"):
        write_photograph(photograph, photograph.pixels, tmp_path / "out.png")


@pytest.mark.parametrize("compression", ["group4", "group3", "group3 2D", "tiff_ccitt", None])
def test_black_and_white(tmp_path: Path, compression: str | None) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    bits = picture(1, "uint8") > 90
    if compression == "group3 2D":
        compression = "group3"
        Image.fromarray(bits).save(path, compression=compression, tiffinfo={292: 1})
    else:
        Image.fromarray(bits).save(path, compression=compression)
    photograph = read_photograph(path)
    np.testing.assert_array_equal(photograph.pixels, np.where(bits, 255, 0))
    np.testing.assert_array_equal(read_mask(path, bits.shape), bits)
    said = losses(photograph, target)
    assert "Restored pixels are rounded to the 2 levels of the file." in said
    assert len(said) == (2 if compression == "group3" else 1)
    changed = photograph.pixels.copy()
    changed[4, 5:9] = 0, 127, 128, 255
    write_photograph(photograph, changed, target)
    bits[4, 5:9] = False, False, True, True
    with Image.open(target) as image:
        assert image.mode == "1"
        np.testing.assert_array_equal(np.asarray(image), bits)
        assert image.info["compression"] == {"group3": "group4", None: "raw"}.get(compression, compression)


@pytest.mark.parametrize("bits", [2, 4])
def test_few_levels(tmp_path: Path, bits: int) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    levels = (picture(1, "uint8") >> (8 - bits)).astype(np.uint8)
    tifffile.imwrite(path, levels, photometric="miniswhite", metadata=None, rowsperstrip=7)
    packed = np.packbits(np.unpackbits(levels[..., None], axis=2)[..., 8 - bits :].reshape(HEIGHT, -1), axis=1)
    with tifffile.TiffFile(path) as tiff:  # tifffile cannot write them: the strips and two tags are patched
        page = tiff.pages[0]
        places = list(zip(page.dataoffsets, range(0, HEIGHT, 7), strict=True))
        counts, depth = page.tags[279], page.tags[258]
    data = bytearray(path.read_bytes())
    for offset, top in places:
        strip = packed[top : top + 7].tobytes()
        data[offset : offset + len(strip)] = strip
    data[depth.valueoffset : depth.valueoffset + 2] = bits.to_bytes(2, "little")
    assert counts.count == len(places)
    path.write_bytes(data)
    photograph = read_photograph(path)
    step = 255 // (2**bits - 1)
    np.testing.assert_array_equal(photograph.pixels, 255 - levels * step)
    changed = photograph.pixels.copy()
    changed[1, 1] = step + step // 3
    write_photograph(photograph, changed, target)
    changed[1, 1] = step
    np.testing.assert_array_equal(read_photograph(target).pixels, changed)


def test_a_float_mask(tmp_path: Path) -> None:
    values = np.array([[0.0, 0.49, 0.51, 1.0, np.nan]], np.float32)
    tifffile.imwrite(tmp_path / "mask.tif", values, metadata=None)
    assert read_mask(tmp_path / "mask.tif", (1, 5)).tolist() == [[False, False, True, True, False]]


# --- JPEG inside -----------------------------------------------------------------------------------------------


def _smooth() -> np.ndarray:
    noise = np.random.default_rng(2).integers(0, 256, (150, 200, 3)).astype(np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 4)


@pytest.mark.parametrize("orientation", [1, 6])
@pytest.mark.parametrize(
    "how",
    [
        {"photometric": "ycbcr", "tile": (64, 64), "subsampling": (2, 2)},
        {"photometric": "ycbcr", "rowsperstrip": 32, "subsampling": (2, 1)},
        {"photometric": "rgb", "tile": (64, 64)},
    ],
    ids=str,
)
def test_jpeg_tiles_change_only_where_they_are_touched(
    tmp_path: Path, how: dict[str, object], orientation: int
) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    tifffile.imwrite(
        path, _smooth(), compression="jpeg", compressionargs={"level": 90}, metadata=None,
        extratags=[(274, 3, 1, orientation, True)], **how,
    )  # fmt: skip
    photograph = read_photograph(path)
    changed, marked = photograph.pixels.copy(), np.zeros(photograph.pixels.shape[:2], bool)
    marked[70:75, 80:90] = True
    changed[marked] = 255 - changed[marked]
    assert losses(photograph, target)[0].startswith("Pixels that share or border a block")
    write_photograph(photograph, changed, target)
    same = [a == b for a, b in zip(_segments(path), _segments(target), strict=True)]
    assert 1 <= same.count(False) <= 2
    again = tifffile.imread(target)
    assert tiff_tags(target) == tiff_tags(path)
    back = read_photograph(target).pixels
    assert again.shape == _smooth().shape
    reached = reach(photograph, target)
    assert reached is not None
    whole = Region.of_shape(marked.shape)
    reached.add(whole, marked)
    differs = (back != photograph.pixels).any(axis=2)
    assert (differs & marked).sum() > 30
    assert not (differs & ~reached.within(whole)).any()
    assert np.abs(back[marked].astype(int) - changed[marked]).mean() < 20
    with Image.open(target) as by_libtiff:  # with the same tables it decodes the same blocks
        assert np.abs(np.asarray(by_libtiff).astype(int) - back).mean() < 2  # Pillow turns it, too


def test_a_jpeg_page_whose_original_is_gone_is_stored_without_loss(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    tifffile.imwrite(path, _smooth(), compression="jpeg", photometric="ycbcr", tile=(64, 64), metadata=None)
    photograph = read_photograph(path)
    shutil.move(path, tmp_path / "elsewhere.tif")
    assert reach(photograph, target) is None
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(tifffile.imread(target), photograph.pixels)


ABANDONED = """
import threading
from restorer.imaging.files.tiff_segments import in_order

results = in_order(lambda item: item, range(100))
next(results)
with threading._shutdown_locks_lock:
    results.close()
"""


@pytest.mark.skipif(not hasattr(threading, "_shutdown_locks_lock"), reason="threads of this Python have another lock")
def test_segments_that_nobody_wants_any_more_wait_for_no_thread() -> None:
    """The garbage collector may end them while a thread is being started, whose lock the wait for one needs too: a
    write that had failed then hung for ever.
    """
    subprocess.run([sys.executable, "-c", ABANDONED], check=True, timeout=60)
