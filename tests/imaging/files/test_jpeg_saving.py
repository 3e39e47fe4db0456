"""A JPEG saved again: what no repair touches stays as it is, down to the coefficients and the bytes."""

from __future__ import annotations

import io
import json
import shutil
import struct
import subprocess
from dataclasses import replace
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
from PIL import Image
from specimens import ICC, IPTC, XMP, jpeg_file

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import (
    jpeg_coefficients,
    losses,
    reach,
    read_photograph,
    writable_suffixes,
    write_photograph,
)
from restorer.imaging.files.jpeg_coefficients import bands, structure_of
from restorer.imaging.files.jpeg_rewriting import optimal
from restorer.imaging.region import Region

HEIGHT, WIDTH = 93, 118  # no multiples of 8 or 16


def scene(channels: int = 3) -> np.ndarray:
    """Waves and grain: every coefficient is used."""
    rng = np.random.default_rng(7)
    y, x = np.mgrid[:HEIGHT, :WIDTH]
    planes = [
        128 + 70 * np.sin(x / (9 + n)) * np.cos(y / (13 + n)) + rng.normal(0, 9, y.shape) for n in range(channels)
    ]
    pixels = np.stack(planes, -1).clip(0, 255).astype(np.uint8)
    return pixels[..., 0] if channels == 1 else pixels


def grey(**how: object) -> bytes:
    return _pillow(scene(1), **how)


def colour(**how: object) -> bytes:
    return _pillow(scene(3), **how)


def _pillow(pixels: np.ndarray, **how: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", **({"quality": 88} | how))
    return stream.getvalue()


def inks(**how: object) -> bytes:
    stream = io.BytesIO()
    Image.frombytes("CMYK", (WIDTH, HEIGHT), scene(4).tobytes()).save(stream, "JPEG", **({"quality": 88} | how))
    return stream.getvalue()


def ycck() -> bytes:
    data = bytearray(inks())
    data[data.index(b"Adobe") + 11] = 2
    return bytes(data)


def sampled(sampling: str) -> bytes:
    return bytes(imagecodecs.jpeg8_encode(scene(3), level=88, subsampling=sampling))


def in_rgb() -> bytes:
    return bytes(imagecodecs.jpeg8_encode(scene(3), level=88, colorspace="RGB", outcolorspace="RGB"))


KINDS = {
    "grey": grey(), "grey, progressive": grey(progressive=True), "4:4:4": colour(subsampling=0),
    "4:2:2": colour(subsampling=1), "4:2:0": colour(subsampling=2), "4:4:0": sampled("440"), "4:1:1": sampled("411"),
    "progressive 4:2:0": colour(progressive=True), "progressive 4:4:4": colour(progressive=True, subsampling=0),
    "restarts": colour(restart_marker_blocks=3),
    "progressive, restarts": colour(progressive=True, restart_marker_rows=1),
    "coarse steps": colour(quality=8, optimize=True), "finest steps": colour(quality=100, progressive=True),
    "RGB": in_rgb(), "CMYK": inks(), "CMYK, progressive": inks(progressive=True), "YCCK": ycck(),
}  # fmt: skip


@pytest.fixture(params=KINDS)
def jpeg(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "in.jpg"
    path.write_bytes(KINDS[request.param])
    return path


def blocks(data: bytes) -> list[np.ndarray]:
    structure = structure_of(data)
    found = list(bands(data, structure))
    return [np.concatenate([band.blocks(n) for band in found]) for n in range(len(structure.components))]


def test_without_changes_every_byte_comes_back(jpeg: Path, tmp_path: Path) -> None:
    photograph = read_photograph(jpeg, inks=True)
    write_photograph(photograph, photograph.pixels.copy(), tmp_path / "out.jpg")
    assert (tmp_path / "out.jpg").read_bytes() == jpeg.read_bytes()


@pytest.mark.parametrize("most", [1, 70])
def test_row_by_row_makes_the_same_file(jpeg: Path, tmp_path: Path, most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Large pictures are never in memory as coefficients; here a band is one row of MCUs, or a few."""
    photograph = read_photograph(jpeg, inks=True)
    wanted = photograph.pixels.copy()
    wanted[33:60, 17:60] = np.roll(photograph.pixels, 11, 1)[33:60, 17:60]
    wanted[-3:, -9:] = 255
    whole = list(bands(jpeg.read_bytes(), structure_of(jpeg.read_bytes())))
    assert len(whole) == 1
    write_photograph(photograph, wanted, tmp_path / "whole.jpg")
    monkeypatch.setattr(jpeg_coefficients, "_BLOCKS", most)
    parts = list(bands(jpeg.read_bytes(), structure_of(jpeg.read_bytes())))
    with Image.open(jpeg) as image:
        assert (len(parts) > 1) == (not image.info.get("progressive"))
    for number in range(len(whole[0].structure.components)):
        assert (np.concatenate([band.blocks(number) for band in parts]) == whole[0].blocks(number)).all()
    write_photograph(photograph, wanted, tmp_path / "parts.jpg")
    assert (tmp_path / "parts.jpg").read_bytes() == (tmp_path / "whole.jpg").read_bytes()
    write_photograph(photograph, photograph.pixels.copy(), tmp_path / "same.jpg")
    assert (tmp_path / "same.jpg").read_bytes() == jpeg.read_bytes()


def test_a_change_stays_in_its_blocks(jpeg: Path, tmp_path: Path) -> None:
    photograph = read_photograph(jpeg, inks=True)
    mask = np.zeros((HEIGHT, WIDTH), bool)
    mask[33:40, 17:60] = True
    mask[-3:, -9:] = True  # in the last, incomplete block
    wanted = photograph.pixels.copy()
    wanted[mask] = np.roll(photograph.pixels, 11, 1)[mask]
    target = tmp_path / "out.jpg"
    write_photograph(photograph, wanted, target)

    structure = structure_of(jpeg.read_bytes())
    for part, old, new in zip(
        structure.components, blocks(jpeg.read_bytes()), blocks(target.read_bytes()), strict=True
    ):
        high, wide = 8 * structure.v // part.v, 8 * structure.h // part.h
        rows, columns = np.nonzero(mask)
        touched = set(zip((rows // high).tolist(), (columns // wide).tolist(), strict=True))
        differs = set(zip(*(axis.tolist() for axis in np.nonzero((old != new).any(2))), strict=True))
        assert differs <= touched
        assert differs or part != structure.components[0]

    reached = reach(photograph, target)
    assert reached is not None
    reached.add(Region(0, 0, WIDTH, HEIGHT), mask)
    allowed = reached.within(Region(0, 0, WIDTH, HEIGHT))
    assert allowed[mask].all()
    assert not allowed.all()
    with Image.open(jpeg) as one, Image.open(target) as other:
        before, after = np.asarray(one).astype(int), np.asarray(other).astype(int)
    differs = (before != after).reshape(HEIGHT, WIDTH, -1).any(2)
    assert not (differs & ~allowed).any()
    step = max(int(table.mean()) for table in structure.quantisers.values())
    assert np.abs(after[mask] - wanted[mask]).mean() < 6 + step
    assert np.abs(after[mask] - wanted[mask]).mean() < np.abs(before[mask] - wanted[mask]).mean() / 2


def test_a_burnt_out_scratch_goes_altogether(tmp_path: Path) -> None:
    """Where light is clipped, coefficients hold more than pixels show: the difference of pixels would not be enough."""
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    burnt = np.full((64, 64), 90, np.uint8)
    burnt[:, 16:40] = np.random.default_rng(1).choice([0, 255], (64, 24))
    path.write_bytes(_pillow(burnt, quality=60))
    photograph = read_photograph(path)
    wanted = photograph.pixels.copy()
    wanted[:, 16:40] = 90
    write_photograph(photograph, wanted, target)
    assert np.abs(read_photograph(target).pixels.astype(int) - 90)[:, 16:40].max() <= 2


@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_stays_and_pixels_are_not_turned(tmp_path: Path, orientation: int) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    jpeg_file(path, scene(), orientation=orientation)
    photograph = read_photograph(path)
    height, width = photograph.pixels.shape[:2]
    mask = np.zeros((height, width), bool)
    mask[20:25, 3:40] = True
    wanted = photograph.pixels.copy()
    wanted[mask] = 20
    write_photograph(photograph, wanted, target)
    written = read_photograph(target)
    assert written.orientation == orientation
    assert np.abs(written.pixels.astype(int) - wanted)[21:24, 6:37].mean() < 12
    reached = reach(photograph, target)
    assert reached is not None
    reached.add(Region(3, 20, 40, 25), mask[20:25, 3:40])
    for part in (Region(0, 0, width, height), Region(5, 7, 33, 60)):
        differs = (written.pixels != photograph.pixels).any(2)[part.slices]
        assert not (differs & ~reached.within(part)).any()


def segments(data: bytes) -> list[tuple[int, bytes]]:
    """The marker segments up to the first scan, read by hand."""
    found, position = [], 2
    while data[position + 1] != 0xDA:
        length = struct.unpack_from(">H", data, position + 2)[0]
        found.append((data[position + 1], data[position + 4 : position + 2 + length]))
        position += 2 + length
    return found


def _with_segments(path: Path, *more: tuple[int, bytes], tail: bytes = b"") -> None:
    data = path.read_bytes()
    new = b"".join(bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body for marker, body in more)
    path.write_bytes(data[:2] + new + data[2:] + tail)


def test_every_segment_stays(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    jpeg_file(path, scene(), icc_profile=bytes(range(256)) * 600, comment=b"from the attic")
    guid = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32 + struct.pack(">II", 9, 0) + b"long rest"
    _with_segments(path, (0xE1, guid), (0xE3, b"Meta\0\0 private"), (0xEB, b"JP\0\1 credentials"), (0xEC, b"Ducky\0"))
    photograph = read_photograph(path)
    changed = photograph.pixels.copy()
    changed[40:44, 40:60] = 0
    write_photograph(photograph, changed, target)
    assert segments(target.read_bytes()) == segments(path.read_bytes())
    assert "C2PA" in " ".join(losses(photograph, target))


def test_previews_show_the_new_picture_and_further_pictures_go(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    small = scene()[:90, :114][::2, ::2]
    preview = _pillow(np.full_like(small, 255), quality=95)
    large = np.kron(scene()[:90, :114], np.ones((4, 4, 1), np.uint8))
    jpeg_file(path, large, thumbnail=preview + b"\xff\xff" * 3000)
    second = b"8BIM\x04\x0c\0\0" + struct.pack(">I", 30) + bytes(28) + b"\xff\xd8"
    data = path.read_bytes()
    at = data.index(b"Photoshop 3.0\0") + 14
    length = struct.unpack_from(">H", data, at - 16)[0]
    path.write_bytes(
        data[: at - 16] + struct.pack(">H", length + len(second)) + data[at - 14 : at] + second + data[at:]
    )
    _with_segments(path, (0xE2, b"MPF\0II*\0"), tail=b"\xff\xd8 another picture \xff\xd9")
    photograph = read_photograph(path)
    changed = photograph.pixels.copy()
    changed[:200] = 10
    write_photograph(photograph, changed, target)
    assert "further pictures" in " ".join(losses(photograph, target))
    written = read_photograph(target)
    assert written.exif is not None
    with Image.open(target) as image:
        shown = Image.open(io.BytesIO(image.getexif().get_ifd(0x8769) and _thumbnail(written.exif)))
        assert shown.size == (57, 45)
        assert np.abs(np.asarray(shown).astype(int)[:20] - 10).mean() < 12
    markers = [body for _, body in segments(target.read_bytes())]
    assert not any(body.startswith(b"MPF") or b"\x04\x0c\0\0" in body for body in markers)
    assert target.read_bytes().endswith(b"\xff\xd9")
    assert b"another picture" not in target.read_bytes()
    assert (written.iptc, written.xmp, written.icc) == (IPTC, XMP, ICC)


def _thumbnail(block: bytes) -> bytes:
    return block[block.index(b"\xff\xd8\xff") :]


def test_a_preview_of_other_proportions_is_taken_away(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    jpeg_file(path, scene(), thumbnail=_pillow(np.zeros((30, 80, 3), np.uint8)))
    photograph = read_photograph(path)
    assert photograph.exif is not None
    assert b"\xff\xd8\xff" in photograph.exif
    write_photograph(photograph, photograph.pixels.copy(), target)
    assert read_photograph(target).exif == photograph.exif  # nothing changed: it stays
    changed = photograph.pixels.copy()
    changed[:9] = 0
    write_photograph(photograph, changed, target)
    written = read_photograph(target).exif
    assert written is not None
    assert b"\xff\xd8\xff" not in written
    assert written[:60].startswith(photograph.exif[:56])


def test_new_descriptions_take_the_place_of_the_old(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    jpeg_file(path, scene())
    new = {
        "xmp": XMP.replace(b"title", b"history"),
        "iptc": IPTC + b"\x1c\x02\x78\x00\x03New",
        "icc": ICC + bytes(70_000),
    }
    photograph = replace(read_photograph(path), **new)
    write_photograph(photograph, photograph.pixels, target)
    written = read_photograph(target)
    assert {name: getattr(written, name) for name in new} == new
    assert target.read_bytes().count(b"http://ns.adobe.com/xap") == 1
    assert written.exif == photograph.exif
    with pytest.raises(RestorerError, match="too long"):
        write_photograph(replace(photograph, xmp=XMP + b" " * 70_000), photograph.pixels, target)


def test_descriptions_where_there_were_none(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    path.write_bytes(colour())
    photograph = replace(read_photograph(path), xmp=XMP, iptc=IPTC, icc=ICC)
    write_photograph(photograph, photograph.pixels, target)
    written = read_photograph(target)
    assert (written.xmp, written.iptc, written.icc) == (XMP, IPTC, ICC)
    assert segments(target.read_bytes())[0][1].startswith(b"JFIF")


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="no exiftool here")
def test_exiftool_sees_the_same_before_and_after(tmp_path: Path) -> None:
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    jpeg_file(path, scene(), orientation=6, comment=b"hello", progressive=True)
    photograph = read_photograph(path)
    changed = photograph.pixels.copy()
    changed[30:33] = 255
    write_photograph(photograph, changed, target)

    def seen(file: Path) -> dict[str, object]:
        done = subprocess.run(["exiftool", "-j", "-G1", "-a", "-u", "-n", file], capture_output=True, check=True)
        return {
            name: value for name, value in json.loads(done.stdout)[0].items() if not name.startswith(("System", "So"))
        }

    assert seen(target) == seen(path)
    assert seen(target)["GPS:GPSLatitudeRef"] == "N"


def test_formats_that_jpeg_cannot_be_made_of_are_refused(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "in.png")
    photograph = read_photograph(tmp_path / "in.png")
    with pytest.raises(RestorerError, match=r"would change every pixel.*\.png"):
        write_photograph(photograph, photograph.pixels, tmp_path / "out.jpg")
    assert ".jpg" not in writable_suffixes(photograph)
    (tmp_path / "in.jpg").write_bytes(colour())
    assert writable_suffixes(read_photograph(tmp_path / "in.jpg"))[0] == ".jpg"


def test_a_jpeg_whose_last_scans_are_missing_is_saved_as_something_else(tmp_path: Path) -> None:
    data = colour(progressive=True)
    last = data.rindex(b"\xff\xda")
    tables = data.rindex(b"\xff\xc4", 0, last)
    (tmp_path / "in.jpg").write_bytes(data[:tables] + b"\xff\xd9")
    photograph = read_photograph(tmp_path / "in.jpg")
    with pytest.raises(RestorerError, match="choose PNG or TIFF"):
        write_photograph(photograph, photograph.pixels, tmp_path / "out.jpg")


def test_a_table_without_the_code_that_a_change_needs_is_renewed(tmp_path: Path) -> None:
    """A flat picture with tables of its own knows no code for anything but flat."""
    path, target = tmp_path / "in.jpg", tmp_path / "out.jpg"
    for progressive in (False, True):
        path.write_bytes(_pillow(np.full((64, 64, 3), 100, np.uint8), optimize=True, progressive=progressive))
        photograph = read_photograph(path)
        changed = photograph.pixels.copy()
        changed[8:40, 8:40] = scene()[8:40, 8:40]
        write_photograph(photograph, changed, target)
        with Image.open(target) as image:
            assert np.abs(np.asarray(image).astype(int) - changed)[8:40, 8:40].mean() < 12


def test_the_best_table_is_a_prefix_code_of_at_most_sixteen_bits() -> None:
    uses = np.zeros(256, np.int64)
    uses[:60] = [2 ** min(n, 50) for n in range(60)]  # would need 59 bits
    counts, values = optimal(uses)
    assert sorted(values) == list(range(60))
    assert sum(counts) == 60
    assert sum(count / 2 ** (length + 1) for length, count in enumerate(counts)) < 1  # all ones stays free
    uses = np.zeros(256, np.int64)
    uses[5] = 3
    assert optimal(uses) == (b"\1" + bytes(15), b"\5")
