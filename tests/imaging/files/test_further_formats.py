"""JPEG 2000, JPEG XL, AVIF, HEIC, WebP, BMP, GIF and PNM: pixels in their own depth, and what they bring along."""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from further_specimens import HEIC, box, jp2, jxl, pam, ppm
from PIL import Image
from specimens import ICC, IPTC, XMP, exif_block, picture, png_pixels, tiff_file

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import Photograph, jp2_boxes, losses, probe, read_photograph, write_photograph
from restorer.imaging.files.depth import narrowed, widened
from restorer.imaging.files.orientation import as_shown

_UPRIGHT = XMP.replace(b'Orientation="6"', b'Orientation="1"')


def opened(path: Path, data: bytes) -> Photograph:
    path.write_bytes(data)
    header, photograph = probe(path), read_photograph(path)
    assert photograph.pixels.shape[:2] == (header.height, header.width)
    assert (photograph.pixels.dtype, photograph.format) == (header.dtype, header.format)
    assert not photograph.pixels.flags.writeable
    return photograph


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_pixels_of_lossless_files(tmp_path: Path, channels: int, dtype: str) -> None:
    pixels = picture(channels, dtype)
    np.testing.assert_array_equal(opened(tmp_path / "a.jp2", jp2(pixels)).pixels, pixels)
    np.testing.assert_array_equal(opened(tmp_path / "a.jxl", jxl(pixels)).pixels, pixels)
    if dtype == "uint16":
        np.testing.assert_array_equal(opened(tmp_path / "a.pam", pam(pixels)).pixels, pixels)


@pytest.mark.parametrize("bits", [9, 10, 12, 14, 15])
def test_depths_between_eight_and_sixteen_are_widened_without_loss(tmp_path: Path, bits: int) -> None:
    pixels = picture(3) >> (16 - bits)
    files = {
        "a.jp2": imagecodecs.jpeg2k_encode(pixels, level=0, bitspersample=bits),
        "a.jxl": jxl(pixels, bitspersample=bits),
    }
    if bits in (10, 12):
        files["a.avif"] = imagecodecs.avif_encode(pixels, level=100, bitspersample=bits)
    for name, data in files.items():
        photograph = opened(tmp_path / name, data)
        assert f"{bits}-bit" in photograph.remarks[0]
        assert (photograph.pixels.min(), photograph.pixels.max()) == (0, 65535)
        np.testing.assert_array_equal(narrowed(photograph.pixels, bits), pixels)


@pytest.mark.parametrize("bits", range(9, 16))
def test_every_value_survives_widening(bits: int) -> None:
    values = np.arange(1 << bits, dtype=np.uint16)
    wide = widened(values, bits)
    np.testing.assert_array_equal(narrowed(wide, bits), values)
    assert np.abs(wide - values * (65535 / (len(values) - 1))).max() <= 1


def test_what_a_jp2_brings_along_goes_into_a_tiff(tmp_path: Path) -> None:
    photograph = opened(tmp_path / "a.jp2", jp2(picture(3)))
    assert (photograph.icc, photograph.xmp, photograph.iptc) == (ICC, XMP, IPTC)
    assert photograph.exif == exif_block()
    assert photograph.resolution is not None
    assert photograph.resolution.dpi == pytest.approx((300, 300), rel=1e-6)
    write_photograph(photograph, photograph.pixels, tmp_path / "out.tif")
    again = read_photograph(tmp_path / "out.tif")
    np.testing.assert_array_equal(again.pixels, picture(3))
    assert (again.icc, again.iptc, again.xmp) == (ICC, IPTC, _UPRIGHT)
    assert "IPTC" in " ".join(losses(photograph, tmp_path / "out.png"))
    assert losses(photograph, tmp_path / "out.tif") == ()
    data = jp2(picture(3)) + box(b"xml ", b"<a/>") + box(b"uuid", bytes.fromhex("b14bf8bd083d4b43a5ae8cd7d5a6ce03"))
    said = " ".join(losses(opened(tmp_path / "a.jp2", data), tmp_path / "out.tif"))
    assert "“xml”" in said
    assert "GeoJP2" in said


@pytest.mark.parametrize("packed", [False, True])
def test_what_a_jxl_brings_along(tmp_path: Path, packed: bool) -> None:
    photograph = opened(tmp_path / "a.jxl", jxl(picture(3, "uint8"), packed=packed))
    assert (photograph.exif, photograph.xmp, photograph.remarks) == (exif_block(), _UPRIGHT, ())


def test_a_jxl_in_other_colours_is_said(tmp_path: Path) -> None:
    assert "not sRGB" in opened(tmp_path / "a.jxl", jxl(picture(3))).remarks[0]  # 16 bit: linear, says the encoder


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize(
    ("suffix", "how"), [(".webp", {"lossless": True}), (".avif", {"quality": 100, "subsampling": "4:4:4"})]
)
def test_webp_and_avif_are_shown_upright(tmp_path: Path, suffix: str, how: dict[str, object], orientation: int) -> None:
    path, pixels = tmp_path / f"a{suffix}", picture(3, "uint8")
    exif = b"Exif\0\0" + exif_block(orientation)
    Image.fromarray(pixels).save(path, icc_profile=ICC, exif=exif, xmp=XMP, **how)
    photograph = opened(path, path.read_bytes())
    assert np.abs(photograph.pixels.astype(int) - as_shown(pixels, orientation)).mean() < 1.5
    assert photograph.icc == ICC
    write_photograph(photograph, photograph.pixels, tmp_path / "out.png")
    again = read_photograph(tmp_path / "out.png")
    np.testing.assert_array_equal(again.pixels, photograph.pixels)
    assert (again.orientation, again.xmp, again.icc) == (1, _UPRIGHT, ICC)
    assert again.exif is not None
    assert b"Leicaoo" in again.exif


def test_avif_in_other_colours_is_said(tmp_path: Path) -> None:
    for primaries, words in (
        (1, ()),
        (9, ("Its colours are not sRGB and it has no ICC profile: they will look different.",)),
    ):
        data = imagecodecs.avif_encode(picture(3, "uint8"), level=90, primaries=primaries, transfer=13, matrix=1)
        assert opened(tmp_path / "a.avif", data).remarks == words


@pytest.mark.parametrize("channels", [1, 4])
def test_grey_and_see_through_avif(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "a.avif"
    pixels = picture(channels, "uint8")
    Image.fromarray(pixels).save(path, quality=100, subsampling="4:0:0" if channels == 1 else "4:4:4")
    assert probe(path).channels == channels
    assert np.abs(opened(path, path.read_bytes()).pixels.astype(int) - pixels).mean() < 1.5


def test_heic_with_its_package(tmp_path: Path) -> None:
    pytest.importorskip("pi_heif")
    photograph = opened(tmp_path / "a.heic", HEIC)
    assert photograph.format == "HEIC"
    assert np.abs(photograph.pixels.astype(int) - picture(3, "uint8")).mean() < 12


def test_heic_without_its_package_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "restorer.imaging.files.heif.find_spec", lambda name: None if name == "pi_heif" else found(name)
    )
    (tmp_path / "a.heic").write_bytes(HEIC)
    with pytest.raises(RestorerError, match=r"restorer\[heic\]"):
        read_photograph(tmp_path / "a.heic")


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_bmp(tmp_path: Path, mode: str) -> None:
    path = tmp_path / "a.bmp"
    image = Image.fromarray(picture(3, "uint8")).convert(mode)
    image.save(path, dpi=(300, 150))
    photograph = read_photograph(path)
    wanted = np.asarray(image.convert("L" if mode in "1L" else "RGB"))
    np.testing.assert_array_equal(photograph.pixels, wanted)
    assert photograph.resolution is not None
    assert photograph.resolution.dpi == pytest.approx((300, 150))
    assert bool(photograph.remarks) == (mode != "RGB")


def test_gif_opens_its_first_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    first = Image.fromarray(picture(3, "uint8")).quantize(64)
    first.save(path, save_all=True, append_images=[first.rotate(180)], comment=b"hello")
    photograph = read_photograph(path)
    np.testing.assert_array_equal(photograph.pixels, np.asarray(first.convert("RGB")))
    assert (photograph.pages, probe(path).pages) == (2, 2)
    said = " ".join(photograph.remarks)
    for words in ("palette", "first picture", "comment"):
        assert words in said
    assert "animation" in " ".join(losses(photograph, tmp_path / "out.png"))
    first.save(path, transparency=3)
    assert probe(path).channels == 4
    alpha = read_photograph(path).pixels[..., 3]
    np.testing.assert_array_equal(alpha == 0, np.asarray(first) == 3)


@pytest.mark.parametrize("highest", [1, 100, 255, 1000, 4095, 65535])
def test_pnm_values_fill_the_range(tmp_path: Path, highest: int) -> None:
    pixels = (picture(3).astype(np.uint32) * highest // 65535).astype(np.uint16)
    opened_pixels = opened(tmp_path / "a.ppm", ppm(pixels, highest)).pixels
    full = 65535 if highest > 255 else 255
    assert opened_pixels.max() == full
    np.testing.assert_array_equal((opened_pixels.astype(np.uint64) * highest + full // 2) // full, pixels)


def test_plain_pnm_and_bitmaps(tmp_path: Path) -> None:
    grey = opened(tmp_path / "a.pgm", b"P2 # plain\n3 2 # size\n15\n0 1 2\n13 # last\n14 15\n")
    np.testing.assert_array_equal(grey.pixels, np.array([[0, 17, 34], [221, 238, 255]]))
    for data in (b"P1\n10 2\n1010101010\n0000000001", b"P4\n10 2\n\xaa\x80\x00\x40"):
        bits = opened(tmp_path / "a.pbm", data).pixels
        np.testing.assert_array_equal(bits, 255 * (1 - np.array([[1, 0] * 5, [0] * 9 + [1]])))
    for data in (b"P2 3 2 15\n0 1 2 13 14", b"P2 3 2 15\n0 1 2 13 14 16", b"P5 3 2 70000\n", b"P6 3 2 255\nabc"):
        (tmp_path / "bad.pgm").write_bytes(data)
        with pytest.raises(RestorerError, match="damaged"):
            read_photograph(tmp_path / "bad.pgm")


def _tiff_of_a_sensor(path: Path, tag: int, kind: int, value: int, order: str = "<") -> None:
    """A camera's TIFF: a small RGB preview first, the sensor's values in a directory below it."""
    mark = b"II*\0" if order == "<" else b"MM\0*"
    below = struct.pack(f"{order}H", 1) + struct.pack(f"{order}HHIHH", tag, kind, 1, value, 0) + bytes(4)
    top = struct.pack(f"{order}H", 1) + struct.pack(f"{order}HHII", 330, 4, 1, 26) + bytes(4)
    path.write_bytes(mark + struct.pack(f"{order}I", 8) + top + below)


@pytest.mark.parametrize(
    "head",
    [
        b"II*\0\x10\0\0\0CR\2\0" + bytes(40), b"\0\0\0\x18ftypcrx " + bytes(40), b"FUJIFILMCCD-RAW 0201" + bytes(40),
        b"IIU\0\x18\0\0\0" + bytes(40), b"IIRO\x08\0\0\0" + bytes(40), b"FOVb" + bytes(40), b"\0MRM" + bytes(40),
        b"II\x1a\0\0\0HEAPCCDR" + bytes(40),
    ],
)  # fmt: skip
def test_raw_files_are_to_be_developed_first_whatever_their_name(tmp_path: Path, head: bytes) -> None:
    path = tmp_path / "picture.tif"
    path.write_bytes(head)
    with pytest.raises(RestorerError, match=r"raw file\. Develop it"):
        read_photograph(path)


@pytest.mark.parametrize(("tag", "kind", "value"), [(262, 3, 32803), (262, 3, 34892), (259, 3, 34713)])
@pytest.mark.parametrize("order", ["<", ">"])
def test_a_raw_file_that_begins_as_a_tiff_is_not_opened_as_its_preview(
    tmp_path: Path, tag: int, kind: int, value: int, order: str
) -> None:
    _tiff_of_a_sensor(tmp_path / "a.tif", tag, kind, value, order)
    with pytest.raises(RestorerError, match=r"raw file\. Develop it"):
        read_photograph(tmp_path / "a.tif")
    tiff_file(tmp_path / "b.nef", picture(3))
    with pytest.raises(RestorerError, match=r"raw file\. Develop it"):
        read_photograph(tmp_path / "b.nef")
    with tifffile.TiffWriter(tmp_path / "b.tif") as tiff:  # a smaller page below a page is no sensor
        tiff.write(picture(3), photometric="rgb", subifds=1)
        tiff.write(picture(3)[::2, ::2], photometric="rgb", subfiletype=1)
    assert read_photograph(tmp_path / "b.tif").pixels.shape == picture(3).shape


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (jp2(picture(1)).replace(b"\0\0\0\x11", b"\0\0\0\x0c"), "CMYK"),
        (b"\xff\x0a" + bytes(30), "damaged"),
        (b"PF\n3 2\n-1.0\n" + bytes(100), "floating-point"),
    ],
)
def test_kinds_that_are_not_opened(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "a.file").write_bytes(data)
    with pytest.raises(RestorerError, match=words):
        read_photograph(tmp_path / "a.file")


@pytest.mark.parametrize("make", [jp2, jxl, pam])
def test_cut_short_anywhere(tmp_path: Path, make: object) -> None:
    assert callable(make)
    whole, path = make(picture(3)), tmp_path / "cut.file"
    for length in np.linspace(3, len(whole) - 1, 20).astype(int):
        path.write_bytes(whole[:length])
        try:
            photograph = read_photograph(path)
        except RestorerError as error:
            assert path.name in str(error)  # noqa: PT017 - either outcome is right
        else:
            np.testing.assert_array_equal(photograph.pixels, picture(3))


def test_png_made_of_them_reads_back(tmp_path: Path) -> None:
    photograph = opened(tmp_path / "a.jp2", jp2(picture(4)))
    write_photograph(photograph, photograph.pixels, tmp_path / "out.png")
    np.testing.assert_array_equal(png_pixels(tmp_path / "out.png"), picture(4))


@pytest.mark.parametrize("bits", [8, 12, 16])
@pytest.mark.parametrize("bare", [False, True])
def test_jpeg_2000_is_saved_as_that_again(tmp_path: Path, bits: int, bare: bool) -> None:
    path, target = tmp_path / "a.jp2", tmp_path / "out.jp2"
    pixels = picture(3, "uint8") if bits == 8 else picture(3) >> (16 - bits)
    data = jp2(pixels, bitspersample=bits)
    photograph = opened(path, data[data.index(b"jp2c") + 4 :] if bare else data)
    photograph = photograph if bare else replace(photograph, xmp=XMP + b"<!-- new -->")
    changed = photograph.pixels.copy()
    changed[3:6, 8:12] = changed[20:23, 30:34]
    write_photograph(photograph, changed, target)
    again = read_photograph(target)
    np.testing.assert_array_equal(again.pixels, changed)
    for name in ("icc", "exif", "xmp", "iptc", "resolution"):
        assert getattr(again, name) == getattr(photograph, name)
    with Image.open(target) as image:  # another OpenJPEG
        assert image.size == (53, 37)
        if bits == 8:
            assert np.abs(np.asarray(image).astype(int) - changed).max() <= 2  # Pillow converts by the profile
    said = losses(photograph, target)
    assert "without loss" in said[0]
    assert (len(said) > 1) == (bits == 12)


def test_jpeg_2000_is_not_made_of_other_formats(tmp_path: Path) -> None:
    photograph = opened(tmp_path / "a.pam", pam(picture(3)))
    with pytest.raises(RestorerError, match="only be made of a JPEG 2000"):
        write_photograph(photograph, photograph.pixels, tmp_path / "out.jp2")


def test_a_packet_behind_the_pixels_of_a_jp2_is_not_doubled(tmp_path: Path) -> None:
    plain = imagecodecs.jpeg2k_encode(np.zeros((8, 9, 3), np.uint8), level=0, codecformat="jp2", reversible=True)
    path, target = tmp_path / "in.jp2", tmp_path / "out.jp2"
    path.write_bytes(plain + box(b"uuid", jp2_boxes.XMP + b"<x/>"))
    photograph = read_photograph(path)
    write_photograph(replace(photograph, xmp=b"<y/>"), photograph.pixels, target)
    written = target.read_bytes()
    assert written.count(jp2_boxes.XMP) == 1
    assert written.endswith(jp2_boxes.XMP + b"<y/>")
