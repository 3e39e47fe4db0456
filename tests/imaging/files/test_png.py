"""PNG files come back with the same pixels, the same kind and the same chunks."""

from __future__ import annotations

import struct
import zlib
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from specimens import (
    HEIGHT,
    ICC,
    WIDTH,
    XMP,
    all_png_chunks,
    chunk,
    picture,
    png_bytes,
    png_chunks,
    png_pixels,
)

from restorer.imaging.files import losses, probe, read_photograph, write_photograph


def _through(path: Path, data: bytes, change: bool = False) -> tuple[np.ndarray, Path]:
    path.write_bytes(data)
    photograph = read_photograph(path)
    pixels = photograph.pixels.copy()
    if change:
        pixels[5, 7] = 0
    target = path.with_name("out.png")
    write_photograph(photograph, pixels, target)
    return photograph.pixels, target


@pytest.mark.parametrize("dtype", ["uint8", "uint16"])
@pytest.mark.parametrize("channels", [1, 2, 3, 4])
def test_same_kind_and_pixels(tmp_path: Path, channels: int, dtype: str) -> None:
    pixels = picture(channels, dtype)
    opened, target = _through(tmp_path / "in.png", png_bytes(pixels))
    assert opened.dtype == pixels.dtype
    assert not opened.flags.writeable
    assert opened.flags.c_contiguous
    np.testing.assert_array_equal(opened, pixels)
    np.testing.assert_array_equal(png_pixels(target), pixels)
    if channels >= 3:
        by_opencv = cv2.imread(str(target), cv2.IMREAD_UNCHANGED)
        np.testing.assert_array_equal(by_opencv[..., [2, 1, 0, 3][:channels]], pixels)
    if dtype == "uint8":
        np.testing.assert_array_equal(np.asarray(Image.open(target)), pixels)


def test_only_the_changed_pixel_changes(tmp_path: Path) -> None:
    pixels = picture(3)
    _, target = _through(tmp_path / "in.png", png_bytes(pixels), change=True)
    assert list(zip(*np.nonzero((png_pixels(target) != pixels).any(axis=2)), strict=True)) == [(5, 7)]


def test_every_chunk_survives_byte_for_byte(tmp_path: Path) -> None:
    before, after = all_png_chunks()
    source = png_bytes(picture(3), before=before, after=after)
    _, target = _through(tmp_path / "in.png", source)

    def around(data: bytes) -> tuple[list[tuple[bytes, bytes]], list[tuple[bytes, bytes]]]:
        chunks = png_chunks(data)
        first = next(i for i, (kind, _) in enumerate(chunks) if kind == b"IDAT")
        rest = [c for c in chunks[first:] if c[0] != b"IDAT"]
        return chunks[:first], rest

    assert around(target.read_bytes()) == around(source)
    assert losses(read_photograph(tmp_path / "in.png"), target) == ()


def test_what_is_known_of_it(tmp_path: Path) -> None:
    before, after = all_png_chunks()
    path = tmp_path / "in.png"
    path.write_bytes(png_bytes(picture(3), before=before, after=after))
    photograph = read_photograph(path)
    assert (photograph.icc, photograph.xmp) == (ICC, XMP)
    assert photograph.resolution is not None
    assert photograph.resolution.dpi == (600, 600)
    assert photograph.exif is not None
    header = probe(path)
    assert (header.width, header.height, header.channels, header.dtype) == (WIDTH, HEIGHT, 3, np.uint16)
    assert header.pixel_bytes == WIDTH * HEIGHT * 6


def test_a_changed_packet_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    before, after = all_png_chunks()
    path, target = tmp_path / "in.png", tmp_path / "out.png"
    path.write_bytes(png_bytes(picture(3), before=before, after=after))
    photograph = replace(read_photograph(path), xmp=b"<new/>")
    write_photograph(photograph, photograph.pixels, target)
    assert read_photograph(target).xmp == b"<new/>"
    assert target.read_bytes().count(b"XML:com.adobe.xmp") == 1
    assert read_photograph(target).icc == ICC


@pytest.mark.parametrize("depth", [1, 2, 4])
def test_packed_greys_open_as_8_bit_and_stay_packed(tmp_path: Path, depth: int) -> None:
    packed = picture(1, "uint8")
    path, target = tmp_path / "in.png", tmp_path / "out.png"
    sbit = chunk(b"sBIT", b"\x01")
    path.write_bytes(png_bytes(packed, colour=0, depth=depth, before=sbit))
    photograph = read_photograph(path)
    shifts = np.arange(8 - depth, -1, -depth)
    levels = ((packed[..., None] >> shifts) & (2**depth - 1)).reshape(HEIGHT, -1)
    step = 255 // (2**depth - 1)
    np.testing.assert_array_equal(photograph.pixels, levels * step)
    assert losses(photograph, target) == (f"Restored pixels are rounded to the {2**depth} levels of the file.",)
    changed = photograph.pixels.copy()
    changed[5, 7:9] = step // 3, 255 - step // 3  # nearest to black, and to white
    write_photograph(photograph, changed, target)
    written = png_chunks(target.read_bytes())
    assert (written[0][1][8], written[1]) == (depth, (b"sBIT", b"\x01"))
    changed[5, 7:9] = 0, 255
    np.testing.assert_array_equal(read_photograph(target).pixels, changed)
    with Image.open(target) as image:
        np.testing.assert_array_equal(np.asarray(image.convert("L")), changed)


def test_stripes_make_one_stream(tmp_path: Path) -> None:
    pixels = np.random.default_rng(3).integers(0, 65536, (700, 500, 3)).astype(np.uint16)  # two megabytes
    path, target = tmp_path / "in.png", tmp_path / "out.png"
    path.write_bytes(png_bytes(pixels))
    write_photograph(read_photograph(path), pixels, target)
    np.testing.assert_array_equal(cv2.imread(str(target), cv2.IMREAD_UNCHANGED)[..., ::-1], pixels)
    kinds = [kind for kind, _ in png_chunks(target.read_bytes())]
    assert kinds.count(b"IDAT") > 3
    assert len(
        zlib.decompress(b"".join(data for kind, data in png_chunks(target.read_bytes()) if kind == b"IDAT"))
    ) == (700 * 3001)


@pytest.mark.parametrize("transparent", [False, True])
def test_palettes_open_as_rgb(tmp_path: Path, transparent: bool) -> None:
    indices = picture(1, "uint8") % 4
    palette = np.array([[1, 2, 3], [40, 50, 60], [70, 80, 90], [255, 0, 9]], np.uint8)
    before = chunk(b"PLTE", palette.tobytes()) + (chunk(b"tRNS", b"\x00\x80") if transparent else b"")
    path = tmp_path / "in.png"
    path.write_bytes(png_bytes(indices, before=before + chunk(b"tEXt", b"a\0b"), colour=3))
    photograph = read_photograph(path)
    np.testing.assert_array_equal(photograph.pixels[..., :3], palette[indices])
    if transparent:
        np.testing.assert_array_equal(photograph.pixels[..., 3], np.array([0, 128, 255, 255])[indices])
    assert photograph.pixels.shape[2] == probe(path).channels == 3 + transparent
    assert "palette" in photograph.remarks[0]
    target = tmp_path / "out.png"
    assert "palette" in losses(photograph, target)[0]
    write_photograph(photograph, photograph.pixels, target)
    assert [kind for kind, _ in png_chunks(target.read_bytes())][:2] == [b"IHDR", b"tEXt"]
    np.testing.assert_array_equal(png_pixels(target), photograph.pixels)


def test_a_transparent_colour_becomes_alpha(tmp_path: Path) -> None:
    pixels = picture(3)
    key = pixels[5, 7]
    path = tmp_path / "in.png"
    path.write_bytes(png_bytes(pixels, before=chunk(b"tRNS", struct.pack(">3H", *key)) + chunk(b"sBIT", b"\x0c" * 3)))
    photograph = read_photograph(path)
    assert photograph.pixels.shape == (HEIGHT, WIDTH, 4)
    assert photograph.pixels[5, 7, 3] == 0
    assert (photograph.pixels[..., 3] == 65535).sum() == HEIGHT * WIDTH - 1
    assert len(photograph.remarks) == 1
    assert any("sBIT" in sentence for sentence in losses(photograph, path))


def test_interlaced(tmp_path: Path) -> None:
    """Adam7 by hand: Pillow and OpenCV do not write it."""
    pixels = picture(3, "uint8")
    raw = b""
    for y, x, dy, dx in [
        (0, 0, 8, 8),
        (0, 4, 8, 8),
        (4, 0, 8, 4),
        (0, 2, 4, 4),
        (2, 0, 4, 2),
        (0, 1, 2, 2),
        (1, 0, 2, 1),
    ]:
        raw += b"".join(b"\0" + row.tobytes() for row in pixels[y::dy, x::dx])
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 1)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")
    opened, target = _through(tmp_path / "in.png", data)
    np.testing.assert_array_equal(opened, pixels)
    np.testing.assert_array_equal(png_pixels(target), pixels)


def test_chunks_that_would_lie_are_left_out_and_named(tmp_path: Path) -> None:
    path, target = tmp_path / "in.png", tmp_path / "out.png"
    animation = chunk(b"acTL", struct.pack(">II", 3, 0))
    path.write_bytes(png_bytes(picture(3), before=animation + chunk(b"caBX", b"credentials")))
    photograph = read_photograph(path)
    said = " ".join(losses(photograph, target))
    assert "caBX" in said
    assert "animation" in said
    assert photograph.pages == 3
    write_photograph(photograph, photograph.pixels, target)
    assert {kind for kind, _ in png_chunks(target.read_bytes())} == {b"IHDR", b"IDAT", b"IEND"}
