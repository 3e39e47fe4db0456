"""JPEG is read exactly; what a picture brings along goes into the other format, or is named."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image
from specimens import (
    HEIGHT,
    ICC,
    IPTC,
    WIDTH,
    XMP,
    all_png_chunks,
    exif_block,
    jpeg_file,
    picture,
    png_bytes,
    png_chunks,
    png_pixels,
    tiff_file,
    tiff_tags,
)

from restorer.imaging.files import Resolution, losses, probe, read_photograph, write_photograph

_XMP_UPRIGHT = XMP.replace(b'Orientation="6"', b'Orientation="1"')


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"progressive": True},
        {"subsampling": 0},
        {"restart_marker_rows": 1},
        {"quality": 30, "subsampling": 2},
    ],
    ids=str,
)
@pytest.mark.parametrize("channels", [1, 3])
def test_jpeg_pixels_are_those_of_pillow(tmp_path: Path, channels: int, how: dict[str, object]) -> None:
    path = tmp_path / "in.jpg"
    jpeg_file(path, picture(channels, "uint8"), **how)
    photograph = read_photograph(path)
    with Image.open(path) as image:
        np.testing.assert_array_equal(photograph.pixels, np.asarray(image))
    assert (photograph.icc, photograph.xmp, photograph.iptc) == (ICC, XMP, IPTC)
    assert photograph.exif == exif_block()
    assert photograph.resolution == Resolution(Fraction(300), Fraction(300), "inch")
    assert (probe(path).width, probe(path).height) == (WIDTH, HEIGHT)


def test_a_large_profile_in_parts(tmp_path: Path) -> None:
    profile = bytes(range(256)) * 600
    jpeg_file(tmp_path / "in.jpg", picture(3, "uint8"), icc_profile=profile)
    assert read_photograph(tmp_path / "in.jpg").icc == profile


def test_jpeg_to_png(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.png"
    jpeg_file(path, picture(3, "uint8"), orientation=6)
    photograph = read_photograph(path)
    write_photograph(photograph, photograph.pixels, target)
    chunks = dict(png_chunks(target.read_bytes()))
    assert chunks[b"eXIf"] == exif_block(1)  # the orientation is patched, the maker's note stays in its place
    assert chunks[b"pHYs"] == struct.pack(">IIB", 11811, 11811, 1)
    assert chunks[b"iTXt"].endswith(_XMP_UPRIGHT)
    with Image.open(target) as image:
        assert image.info["icc_profile"] == ICC
        np.testing.assert_array_equal(np.asarray(image), photograph.pixels)
    said = " ".join(losses(photograph, target))
    assert "IPTC" in said
    assert "Photoshop" in said


def test_jpeg_to_tiff(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.tif"
    jpeg_file(path, picture(3, "uint8"), orientation=8, comment=b"hello", thumbnail=b"\xff\xd8\xff\xd9")
    photograph = read_photograph(path)
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(tifffile.imread(target), photograph.pixels)
    tags = tiff_tags(target)
    assert 274 not in tags
    assert tags[271] == (2, "Leicaoo")
    assert tags[700] == (1, _XMP_UPRIGHT)
    assert tags[33723] == (7, IPTC)
    assert tags[34377][1].startswith(b"8BIM")
    assert tags[34675][1] == ICC
    assert (tags[282][1], tags[283][1], tags[296][1]) == ((300, 1), (300, 1), 2)
    assert tags[34665]["MakerNote"] == b"NOTE\0\x01\x02\x03" * 5
    assert tags[34853]["GPSLatitudeRef"] == "N"
    said = " ".join(losses(photograph, target))
    assert "comment" in said
    assert "preview" in said
    assert "IPTC" not in said


def test_big_endian_exif_makes_a_big_endian_tiff(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.tif"
    jpeg_file(path, picture(3, "uint8"), exif=b"Exif\0\0" + exif_block(6, order=">"))
    photograph = read_photograph(path)
    assert photograph.pixels.shape == (WIDTH, HEIGHT, 3)
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(tifffile.imread(target), photograph.pixels)
    assert tiff_tags(target)[34853]["GPSLatitudeRef"] == "N"


def test_png_to_tiff(tmp_path: Path) -> None:
    path, target = tmp_path / "in.png", tmp_path / "out.tif"
    before, after = all_png_chunks()
    path.write_bytes(png_bytes(picture(3), before=before, after=after))
    photograph = read_photograph(path)
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(tifffile.imread(target), picture(3))
    tags = tiff_tags(target)
    assert (tags[34675][1], tags[700][1], tags[271][1]) == (ICC, _XMP_UPRIGHT, "Leicaoo")
    assert (tags[282][1], tags[296][1]) == ((600, 1), 2)
    said = " ".join(losses(photograph, target))
    for name in ("Author", "Comment", "Late", "gamma", "tIME", "prVt", "primary"):
        assert name in said
    assert "xmp" not in said


@pytest.mark.parametrize("channels", [1, 2, 3, 4])
@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
def test_tiff_to_png_and_back(tmp_path: Path, channels: int, dtype: str) -> None:
    path, target, back = tmp_path / "in.tif", tmp_path / "out.png", tmp_path / "back.tif"
    tiff_file(path, picture(channels, dtype), orientation=6, compression="lzw")
    photograph = read_photograph(path)
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(png_pixels(target), photograph.pixels)
    again = read_photograph(target)
    assert (again.icc, again.xmp, again.orientation) == (ICC, _XMP_UPRIGHT, 1)
    assert again.resolution is not None
    assert again.resolution.dpi == pytest.approx((1200, 600.1), rel=1e-4)  # x and y turned with the picture
    with Image.open(target) as image:
        exif = image.getexif()
        assert (exif[271], exif[315], exif.get_ifd(34665)[36864]) == ("Epson", "Ansel", b"0232")
        assert exif.get_ifd(34853)[1] == "N"
    said = " ".join(losses(photograph, target))
    for name in ("IPTC", "Photoshop", "65000"):
        assert name in said
    write_photograph(again, again.pixels, back)
    np.testing.assert_array_equal(tifffile.imread(back), photograph.pixels)
    assert tiff_tags(back)[34665] == tiff_tags(path)[34665]


def test_extra_channels_that_are_no_alpha_are_named(tmp_path: Path) -> None:
    path = tmp_path / "in.tif"
    tiff_file(path, picture(4), extrasamples=["unspecified"])
    assert "extra channel" in " ".join(losses(read_photograph(path), tmp_path / "out.png"))
    tiff_file(path, picture(4), extrasamples=["assocalpha"])
    assert "premultiplied" in " ".join(losses(read_photograph(path), tmp_path / "out.png"))


@pytest.mark.parametrize(("kind", "suffix"), [("WebP", ".webp"), ("BMP", ".bmp")])
def test_webp_and_bmp_are_read(tmp_path: Path, kind: str, suffix: str) -> None:
    path, target = tmp_path / f"in{suffix}", tmp_path / "out.png"
    pixels = picture(3, "uint8")
    how = {"lossless": True, "icc_profile": ICC, "exif": b"Exif\0\0" + exif_block(3)} if kind == "WebP" else {}
    Image.fromarray(pixels).save(path, **how)
    photograph = read_photograph(path)
    assert photograph.format == probe(path).format == kind
    np.testing.assert_array_equal(photograph.pixels, pixels[::-1, ::-1] if how else pixels)
    write_photograph(photograph, photograph.pixels, target)
    np.testing.assert_array_equal(png_pixels(target), photograph.pixels)
    assert photograph.icc == how.get("icc_profile")


def test_a_nonsense_resolution_is_left_out(tmp_path: Path) -> None:
    path, target = tmp_path / "in.tif", tmp_path / "out.png"
    tifffile.imwrite(path, picture(3), photometric="rgb", resolution=((4_000_000_000, 1), (1, 1)), resolutionunit=2)
    photograph = read_photograph(path)
    write_photograph(photograph, photograph.pixels, target)
    assert b"pHYs" not in dict(png_chunks(target.read_bytes()))


@pytest.mark.parametrize(("x", "y"), [(2835, 2835), (11811, 11811), (11811, 23622), (12345, 54321)])
def test_resolutions_survive_from_metres_to_inches_and_back(x: int, y: int) -> None:
    assert Resolution.of_metre(x, y).per_metre == (x, y)
