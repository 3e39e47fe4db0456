"""TIFF files come back with the same pixels, storage and tags; tifffile is the witness."""

from __future__ import annotations

import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from specimens import HEIGHT, ICC, IPTC, MAKER_NOTE, WIDTH, XMP, picture, tiff_file, tiff_tags

from restorer.imaging.files import losses, probe, read_photograph, write_photograph


def _through(path: Path) -> Path:
    photograph = read_photograph(path)
    target = path.with_name("out.tif")
    write_photograph(photograph, photograph.pixels, target)
    return target


def _storage(path: Path) -> tuple[object, ...]:
    with tifffile.TiffFile(path) as tiff:
        page = tiff.pages[0]
        strips = (page.tilelength, page.tilewidth) if page.is_tiled else page.rowsperstrip
        return (
            tiff.byteorder, tiff.is_bigtiff, page.compression, page.predictor, page.photometric, page.extrasamples,
            page.bitspersample, page.samplesperpixel, strips, len(tiff.pages),
        )  # fmt: skip


def _check(path: Path, pixels: np.ndarray) -> None:
    np.testing.assert_array_equal(read_photograph(path).pixels, pixels)
    target = _through(path)
    np.testing.assert_array_equal(tifffile.imread(target), pixels)
    assert _storage(target) == _storage(path)
    assert tiff_tags(target) == tiff_tags(path)
    assert losses(read_photograph(path), target) == ()


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("compression", [None, "lzw", "zlib", "zstd", "packbits"])
def test_same_pixels_storage_and_tags(tmp_path: Path, compression: str | None, channels: int, dtype: str) -> None:
    pixels = picture(channels, dtype)
    predictor = 2 if compression in ("lzw", "zlib", "zstd") else None
    tiff_file(tmp_path / "in.tif", pixels, compression=compression, predictor=predictor, rowsperstrip=10)
    _check(tmp_path / "in.tif", pixels)


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize(
    "how",
    [
        {"compression": "lzw", "predictor": 2, "rowsperstrip": 7},
        {"compression": "zlib", "tile": (16, 32)},
        {"compression": "zlib", "predictor": 2, "tile": (32, 16)},
        {"tile": (16, 16)},
        {"rowsperstrip": 37},
        {"compression": "lzma", "rowsperstrip": 16},
        {"compression": 32946, "predictor": 2, "rowsperstrip": 16},
    ],
    ids=str,
)
def test_byte_orders_and_grids(tmp_path: Path, how: dict[str, object], big: bool, order: str) -> None:
    pixels = picture(3)
    tiff_file(tmp_path / "in.tif", pixels, order=order, bigtiff=big, **how)
    _check(tmp_path / "in.tif", pixels)


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_min_is_white_is_shown_right_and_stays(tmp_path: Path, dtype: str) -> None:
    stored = picture(1, dtype)
    tiff_file(tmp_path / "in.tif", stored, photometric="miniswhite", compression="lzw", rowsperstrip=10)
    photograph = read_photograph(tmp_path / "in.tif")
    np.testing.assert_array_equal(photograph.pixels, np.iinfo(dtype).max - stored)
    target = _through(tmp_path / "in.tif")
    np.testing.assert_array_equal(tifffile.imread(target), stored)
    assert _storage(target) == _storage(tmp_path / "in.tif")


def test_separate_planes_stay_separate(tmp_path: Path) -> None:
    pixels = picture(3)
    for how in ({"rowsperstrip": 10}, {"tile": (16, 16)}):
        path = tmp_path / "in.tif"
        tiff_file(path, pixels.transpose(2, 0, 1), planarconfig="separate", compression="zlib", predictor=2, **how)
        photograph = read_photograph(path)
        np.testing.assert_array_equal(photograph.pixels, pixels)
        changed = pixels.copy()
        changed[5, 7, 1] ^= 1
        target = tmp_path / "out.tif"
        write_photograph(photograph, changed, target)
        np.testing.assert_array_equal(tifffile.imread(target).transpose(1, 2, 0), changed)
        np.testing.assert_array_equal(read_photograph(target).pixels, changed)
        assert _storage(target) == _storage(path)
        assert losses(photograph, target) == ()


def test_what_is_known_of_it(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    tiff_file(path, picture(3), orientation=6)
    photograph = read_photograph(path)
    assert (photograph.icc, photograph.xmp, photograph.iptc) == (ICC, XMP, IPTC)
    assert photograph.resolution is not None
    assert photograph.resolution.dpi == pytest.approx((600.1, 1200))
    header = probe(path)
    assert (header.width, header.height, header.orientation) == (HEIGHT, WIDTH, 6)


def test_a_changed_value_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.tif"
    tiff_file(path, picture(3))
    photograph = replace(read_photograph(path), xmp=b"<new/>", iptc=None)
    write_photograph(photograph, photograph.pixels, target)
    tags = tiff_tags(target)
    assert tags[700] == (1, b"<new/>")
    assert 33723 not in tags
    assert tags[34675] == tiff_tags(path)[34675]


def test_a_pyramid_is_one_page_and_its_copies_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    with tifffile.TiffWriter(path) as writer:
        writer.write(picture(3), photometric="rgb", subifds=1, metadata=None)
        writer.write(picture(3)[::2, ::2].copy(), photometric="rgb", subfiletype=1, metadata=None)
    photograph = read_photograph(path)
    assert (photograph.pages, photograph.remarks) == (1, ())
    assert "previews" in losses(photograph, path)[0]
    with tifffile.TiffFile(_through(path)) as tiff:
        assert 330 not in tiff.pages[0].tags


def test_photoshop_layers_do_not_hide_the_restoration(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    tifffile.imwrite(
        path, picture(3), photometric="rgb", metadata=None, extratags=[(37724, 7, 12, b"old pixels!!", True)]
    )
    assert "layers" in losses(read_photograph(path), path)[0]
    assert 37724 not in tiff_tags(_through(path))


def test_the_last_strip_may_be_filled_up(tmp_path: Path) -> None:
    """Some writers give the last strip all its rows; the file is patched to be such a one."""
    path, pixels = tmp_path / "in.tif", picture(1)
    tall = np.concatenate([pixels, pixels[:3]])
    tifffile.imwrite(path, tall, compression="zlib", predictor=2, rowsperstrip=20, metadata=None)
    with tifffile.TiffFile(path) as tiff:
        place = tiff.pages[0].tags[257].valueoffset
    with path.open("r+b") as file:
        file.seek(place)
        file.write(HEIGHT.to_bytes(2, "little"))
    np.testing.assert_array_equal(read_photograph(path).pixels, pixels)


@pytest.mark.skipif(shutil.which("tiffinfo") is None, reason="tiffinfo is not installed")
def test_libtiff_has_no_complaint(tmp_path: Path) -> None:
    tiff_file(tmp_path / "in.tif", picture(4), compression="lzw", predictor=2, rowsperstrip=10)
    done = subprocess.run(["tiffinfo", "-d", _through(tmp_path / "in.tif")], capture_output=True, text=True, check=True)
    assert "rror" not in done.stderr


def test_pillow_reads_it_too(tmp_path: Path) -> None:
    """Libtiff inside Pillow, as a second witness where it can be one: 8 bit."""
    from PIL import Image

    pixels = picture(3, "uint8")
    tiff_file(tmp_path / "in.tif", pixels, orientation=1, compression="lzw", predictor=2, rowsperstrip=10)
    with Image.open(_through(tmp_path / "in.tif")) as image:
        np.testing.assert_array_equal(np.asarray(image), pixels)
        assert image.info["icc_profile"] == ICC
        assert image.getexif().get_ifd(34853)[1] == "N"


def raw_tags(path: Path) -> list[list[tuple[int, int, int, bytes]]]:
    """Tag, type, count and value of each entry of each page, by hand: other readers hide what stands there twice."""
    data = path.read_bytes()
    pages, place = [], struct.unpack_from("<I", data, 4)[0]
    while place:
        entries = []
        (count,) = struct.unpack_from("<H", data, place)
        for start in range(place + 2, place + 2 + 12 * count, 12):
            tag, kind, number = struct.unpack_from("<HHI", data, start)
            length = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1}.get(kind, 0) * number
            at = start + 8 if length <= 4 else struct.unpack_from("<I", data, start + 8)[0]
            entries.append((tag, kind, number, data[at : at + length]))
        pages.append(entries)
        place = struct.unpack_from("<I", data, place + 2 + 12 * count)[0]
    return pages


def test_a_tag_that_stands_there_twice(tmp_path: Path) -> None:
    """Against TIFF 6.0, but usual: tifffile keeps what it knows of the shape in a second description."""
    path = tmp_path / "in.tif"
    with tifffile.TiffWriter(path) as writer:
        for number in range(2):
            writer.write(picture(3), photometric="rgb", description=f"plate {number}", compression="zlib")
    before = [[entry[3] for entry in page if entry[0] == 270] for page in raw_tags(path)]
    assert [len(texts) for texts in before] == [2, 2]
    assert before[0][0] == b"plate 0\0"
    after = raw_tags(_through(path))
    assert [[entry[3] for entry in page if entry[0] == 270] for page in after] == before
    assert all([entry[0] for entry in page] == sorted(entry[0] for entry in page) for page in after)
    photograph = read_photograph(path)
    assert losses(photograph, path) == ()
    assert "a second tag 270" in " ".join(losses(photograph, path.with_suffix(".png")))


@pytest.mark.parametrize("fault", ["type", "place"])
def test_a_tag_that_cannot_be_read_is_named_before_it_is_lost(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "in.tif"
    tifffile.imwrite(
        path, picture(3), photometric="rgb", metadata=None, extratags=[(65001, 2, 0, "a longer text", True)]
    )
    with tifffile.TiffFile(path) as tiff:
        place = tiff.pages[0].tags[65001].offset
    with path.open("r+b") as file:
        file.seek(place + (2 if fault == "type" else 8))
        file.write(struct.pack("<H", 99) if fault == "type" else struct.pack("<I", 2**30))
    photograph = read_photograph(path)
    assert losses(photograph, path) == ("Tag 65001 is left out: its type is unknown, or its value is not in the file.",)
    assert 65001 not in tiff_tags(_through(path))


def test_a_makers_note_that_counts_from_elsewhere_is_said_to_move(tmp_path: Path) -> None:
    """As Canon's: a directory without a head of its own, whose places count from the beginning of the Exif block."""
    note = struct.pack("<HHHIIHHII", 2, 1, 3, 46, 900, 6, 2, 20, 1000) + bytes(4) + b"Canon EOS 5D\0" * 3
    for path, told in ((tmp_path / "canon.tif", True), (tmp_path / "own.tif", False)):
        tiff_file(path, picture(3))
        data = path.read_bytes()
        assert data.count(MAKER_NOTE) == 1
        path.write_bytes(data.replace(MAKER_NOTE, note[: len(MAKER_NOTE)] if told else MAKER_NOTE))
        said = " ".join(losses(read_photograph(path), path))
        assert ("maker's own notes" in said) == told, said
