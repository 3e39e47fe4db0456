"""Every file that cannot be opened or saved gives one sentence that names it and says what to do."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest
import tifffile
from PIL import Image
from specimens import chunk, jpeg_file, picture, png_bytes, tiff_file

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import losses, probe, read_mask, read_photograph, write_photograph


def _refused(path: Path, words: str) -> str:
    with pytest.raises(RestorerError) as caught:
        read_photograph(path)
    sentence = str(caught.value)
    assert path.name in sentence
    assert words in sentence
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def _png(path: Path) -> None:
    path.write_bytes(png_bytes(picture(3)))


def _tiff(path: Path) -> None:
    tiff_file(path, picture(3), compression="lzw", predictor=2, rowsperstrip=8)


def _jpeg(path: Path) -> None:
    jpeg_file(path, picture(3, "uint8"))


def _webp(path: Path) -> None:
    Image.fromarray(picture(3, "uint8")).save(path, "WEBP", lossless=True)


def _bmp(path: Path) -> None:
    Image.fromarray(picture(3, "uint8")).save(path, "BMP")


def test_missing_folder_empty_unknown(tmp_path: Path) -> None:
    _refused(tmp_path / "none.png", "There is no file")
    _refused(tmp_path, "is a folder")
    (tmp_path / "empty.png").touch()
    _refused(tmp_path / "empty.png", "is empty")
    (tmp_path / "text.png").write_text("not a picture at all, but long enough to be one")
    _refused(tmp_path / "text.png", "choose a PNG")


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _png(tmp_path / "locked.png")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    _refused(tmp_path / "locked.png", "may not be read")


@pytest.mark.parametrize("make", [_png, _tiff, _jpeg, _webp, _bmp])
def test_cut_short_anywhere(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "cut.file"
    make(path)
    whole = path.read_bytes()
    pixels = read_photograph(path).pixels
    for length in np.linspace(40, len(whole) - 1, 25).astype(int):
        path.write_bytes(whole[:length])
        try:
            opened = read_photograph(path)
        except RestorerError as error:
            assert path.name in str(error)  # noqa: PT017 - either outcome is right
        else:  # only the end marker is missing
            np.testing.assert_array_equal(opened.pixels, pixels)
            assert length > len(whole) - 64
    path.write_bytes(whole[: len(whole) * 2 // 3])
    _refused(path, "damaged or incomplete")


def test_png_with_a_wrong_checksum(tmp_path: Path) -> None:
    data = bytearray(png_bytes(picture(3)))
    data[data.index(b"IDAT") + 100] ^= 1
    (tmp_path / "bad.png").write_bytes(data)
    _refused(tmp_path / "bad.png", "checksum")


def test_png_with_too_few_pixels(tmp_path: Path) -> None:
    data = png_bytes(picture(3)[:-9])
    head = struct.pack(">IIBBBBB", 53, 37, 16, 2, 0, 0, 0)
    (tmp_path / "bad.png").write_bytes(data[:8] + chunk(b"IHDR", head) + data[33:])
    _refused(tmp_path / "bad.png", "damaged or incomplete")


@pytest.mark.parametrize("compression", [None, "lzw", "zlib", "zstd", "packbits"])
@pytest.mark.parametrize("tile", [None, (16, 16)])
def test_tiff_with_a_short_strip(tmp_path: Path, tile: tuple[int, int] | None, compression: str | None) -> None:
    """The strip ends too early inside a file of full length: nothing may be filled up with grey or black."""
    path = tmp_path / "bad.tif"
    tiff_file(path, picture(3), compression=compression, tile=tile, rowsperstrip=None if tile else 10)
    with tifffile.TiffFile(path) as tiff:
        tag = tiff.pages[0].tags[325 if tile else 279]
        counts, place, kind = list(tag.value), tag.valueoffset, tag.dtype
    counts[1] //= 2
    with path.open("r+b") as file:
        file.seek(place)
        file.write(struct.pack(f"<{len(counts)}{'H' if kind == 3 else 'I'}", *counts))
    _refused(path, "damaged or incomplete")


@pytest.mark.parametrize("how", [{}, {"progressive": True}, {"restart_marker_rows": 1}], ids=str)
def test_jpeg_that_ends_early_but_cleanly(tmp_path: Path, how: dict[str, object]) -> None:
    """With an end marker after half of the data, decoders fill the rest with grey and say nothing."""
    path = tmp_path / "half.jpg"
    jpeg_file(path, picture(3, "uint8"), **how)
    whole = path.read_bytes()
    scan = whole.rindex(b"\xff\xda")
    path.write_bytes(whole[: scan + (len(whole) - scan) // 2] + b"\xff\xd9")
    with Image.open(path) as image:
        image.load()  # Pillow takes it
    _refused(path, "missing")


def test_jpeg_whose_last_restart_intervals_are_missing(tmp_path: Path) -> None:
    """The cut lies exactly between two intervals: the last one that is there is complete."""
    path = tmp_path / "half.jpg"
    jpeg_file(path, picture(3, "uint8"), restart_marker_rows=1)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.rindex(b"\xff\xd1")] + b"\xff\xd9")
    _refused(path, "missing")


def test_progressive_jpeg_without_its_last_scans(tmp_path: Path) -> None:
    """Every pixel is there, only coarser: worth opening, but it is said."""
    path = tmp_path / "coarse.jpg"
    jpeg_file(path, picture(3, "uint8"), progressive=True)
    whole = path.read_bytes()
    assert read_photograph(path).remarks == ()
    # A scan's tables come before it.
    path.write_bytes(whole[: whole.rindex(b"\xff\xc4", 0, whole.rindex(b"\xff\xda"))] + b"\xff\xd9")
    assert "finest details" in read_photograph(path).remarks[0]
    path.write_bytes(whole[: whole.index(b"\xff\xda")] + b"\xff\xd9")
    _refused(path, "no picture")


def test_tiff_without_some_of_its_jpeg_tiles(tmp_path: Path) -> None:
    """Left to itself, tifffile fills them with black."""
    path = tmp_path / "bad.tif"
    tiff_file(path, picture(3, "uint8"), compression="jpeg", tile=(16, 16))
    with tifffile.TiffFile(path) as tiff:
        place = tiff.pages[0].tags[256].valueoffset
    with path.open("r+b") as file:
        file.seek(place)
        file.write(struct.pack("<H", 5300))
    _refused(path, "missing")


def test_jpeg_with_a_hole_between_restarts(tmp_path: Path) -> None:
    path = tmp_path / "hole.jpg"
    jpeg_file(path, picture(3, "uint8"), restart_marker_rows=1)
    whole = path.read_bytes()
    marker = whole.index(b"\xff\xd0")
    path.write_bytes(whole[: marker - 60] + whole[marker:])
    _refused(path, "missing")


def test_bombs_are_refused_before_decoding(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 16, 2, 0, 0, 0)
    data = png_bytes(picture(3))
    (tmp_path / "bomb.png").write_bytes(data[:8] + chunk(b"IHDR", head) + data[33:])
    _refused(tmp_path / "bomb.png", "megapixels at most")
    memory = psutil.virtual_memory()._replace(available=1000)
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    monkeypatch.setattr("imagecodecs.png_decode", lambda *_: pytest.fail("decoded"))
    _png(tmp_path / "large.png")
    _refused(tmp_path / "large.png", "needs")
    assert probe(tmp_path / "large.png").memory > 53 * 37 * 6


def _dng(path: Path) -> None:
    tifffile.imwrite(path, picture(3), photometric="rgb", extratags=[(50706, 1, 4, b"\1\4\0\0", True)])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda p: tifffile.imwrite(p, picture(3).astype("f8"), photometric="rgb"), "floating-point"),
        (lambda p: tifffile.imwrite(p, picture(1).astype("i2")), "16-bit values"),
        (lambda p: tifffile.imwrite(p, picture(1).astype("u4")), "32-bit values"),
        (lambda p: tifffile.imwrite(p, picture(4), photometric="separated"), "CMYK"),
        (lambda p: Image.fromarray(picture(3, "uint8")).convert("P").save(p, "TIFF"), "palette"),
        (_dng, "raw file"),
        (lambda p: tifffile.imwrite(p, np.zeros((16, 16, 16), "u1"), volumetric=True, tile=(16, 16, 16)), "channels"),
        (lambda p: Image.fromarray(picture(4, "uint8")).convert("CMYK").save(p, "JPEG"), "CMYK"),
        (lambda p: p.write_bytes(b"8BPS" + bytes(40)), "Photoshop"),
        (lambda p: p.write_bytes(b"\0\0\0\x18ftypcrx " + bytes(40)), "raw file"),
    ],
)  # fmt: skip
def test_kinds_that_are_not_supported(tmp_path: Path, make: Callable[[Path], object], words: str) -> None:
    make(tmp_path / "other.tif")
    sentence = _refused(tmp_path / "other.tif", words)
    assert "and open that" in sentence
    with pytest.raises(RestorerError):
        probe(tmp_path / "other.tif")


def test_raw_files_that_look_like_tiff(tmp_path: Path) -> None:
    tifffile.imwrite(tmp_path / "DSC_1.NEF", picture(3), photometric="rgb")
    _refused(tmp_path / "DSC_1.NEF", "Develop it")


def test_targets_that_cannot_be_written(tmp_path: Path) -> None:
    _png(tmp_path / "in.png")
    photograph = read_photograph(tmp_path / "in.png")

    def refused(target: Path, words: str) -> None:
        with pytest.raises(RestorerError, match=words) as caught:
            write_photograph(photograph, photograph.pixels, target)
        assert target.name in str(caught.value)

    refused(tmp_path / "out.jpg", r"\.png, \.tif")
    refused(tmp_path / "out", r"\.png, \.tif")
    refused(tmp_path / "none" / "out.png", "folder does not exist")
    refused(tmp_path / "in.png" / "out.png", "folder does not exist")
    (tmp_path / "folder.png").mkdir()
    refused(tmp_path / "folder.png", "a folder has that name")
    with pytest.raises(RestorerError, match="format"):
        losses(photograph, tmp_path / "out.jpg")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder.png", "in.png"]


def test_other_pixels_are_a_fault_of_the_program(tmp_path: Path) -> None:
    _png(tmp_path / "in.png")
    photograph = read_photograph(tmp_path / "in.png")
    with pytest.raises(ValueError, match="photograph's"):
        write_photograph(photograph, photograph.pixels[:-1], tmp_path / "out.png")
    assert not (tmp_path / "out.png").exists()


@pytest.mark.parametrize("make", [_png, _tiff])
def test_a_full_disk_while_saving_over_the_original(
    tmp_path: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"in.{'png' if make is _png else 'tif'}"
    make(path)
    before = path.read_bytes()
    photograph = read_photograph(path)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(RestorerError, match="disk is full"):
        write_photograph(photograph, photograph.pixels, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_a_really_full_disk(tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _png(tmp_path / "in.png")
    photograph = read_photograph(tmp_path / "in.png")

    def onto_the_full_disk(final: Path) -> tuple[Path, object]:
        return final.with_name("never"), Path("/dev/full").open("w+b", buffering=0)

    monkeypatch.setattr("restorer.imaging.atomic._create_beside", onto_the_full_disk)
    with pytest.raises(RestorerError, match="disk is full"):
        write_photograph(photograph, photograph.pixels, tmp_path / f"out{suffix}")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.png"
    os.mkfifo(pipe)
    for read in (probe, read_photograph, lambda path: read_mask(path, (4, 4))):
        with pytest.raises(RestorerError, match=r"“pipe\.png” is a pipe or a device"):
            read(pipe)


@pytest.mark.parametrize("where", ["next page", "sub-directory", "Exif"])
def test_directories_that_go_round_in_a_circle(tmp_path: Path, where: str) -> None:
    """Found among ten thousand mutants: the second page names the first as the next, and reading never ended."""
    path = tmp_path / "in.tif"
    with tifffile.TiffWriter(path) as writer:
        for _ in range(2):
            writer.write(picture(3), photometric="rgb", software="attic", metadata=None)
    data = bytearray(path.read_bytes())
    first = struct.unpack_from("<I", data, 4)[0]
    entries = struct.unpack_from("<H", data, first)[0]
    if where == "next page":
        second = struct.unpack_from("<I", data, first + 2 + 12 * entries)[0]
        assert second
        last = second + 2 + 12 * struct.unpack_from("<H", data, second)[0]
        struct.pack_into("<I", data, last, first)
    else:
        tags = [struct.unpack_from("<H", data, first + 2 + 12 * number)[0] for number in range(entries)]
        place = first + 2 + 12 * tags.index(305)  # the software's name makes room
        struct.pack_into("<HHII", data, place, 330 if where == "sub-directory" else 34665, 4, 1, first)
    path.write_bytes(data)
    command = "import sys; from pathlib import Path; from restorer.imaging.files import *; p = Path(sys.argv[1])\n"
    command += "q = read_photograph(p); write_photograph(q, q.pixels, p.with_name('out.tif'))"
    done = subprocess.run(
        [sys.executable, "-c", command, path], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0 or "RestorerError: “in.tif” is damaged" in done.stderr, done.stderr
    assert (done.returncode != 0) == (where == "next page")
