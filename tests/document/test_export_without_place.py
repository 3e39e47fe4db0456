"""Exports without the place where a picture was taken: GPS goes, everything else stays."""

from __future__ import annotations

import hashlib
import json
import shutil
import struct
import subprocess
from pathlib import Path

import imagecodecs
import numpy as np
import pytest
import tifffile
from PIL import Image

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.imaging.files import read_photograph
from restorer.imaging.files.jpeg_segments import XMP, XMP_MORE, parse
from restorer.imaging.files.location import UNREADABLE, exif_without_location, xmp_without_location
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

PLACE = Region(20, 10, 30, 14)
WITHOUT = Options(strip_gps=True, history=False)
exiftool = pytest.mark.skipif(shutil.which("exiftool") is None, reason="no exiftool here")
PAIRS = [(".jpg", ".jpg"), (".png", ".png"), (".tif", ".tif"), (".jp2", ".jp2"), (".jpg", ".png"), (".jpg", ".tif"),
         (".tif", ".png"), (".webp", ".png"), (".webp", ".tif"), (".png", ".tif")]  # fmt: skip
PACKET = (
    b'<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    b'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:dji="http://www.dji.com/drone-dji/1.0/" '
    b'xmlns:dc="http://purl.org/dc/elements/1.1/" exif:GPSLatitude=\'48,12.5N\' exif:ISO="100"'
    b' dji:GpsLongitude="16.3">'
    b"<exif:GPSAltitude>171/1</exif:GPSAltitude><exif:GPSTrack rdf:parseType='Resource'/>"
    b"<dc:rights>GPS is a name too</dc:rights></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
)


def scene() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)


def specimen(path: Path) -> Path:
    """A picture that tells a place in Exif and XMP, and more besides."""
    if path.suffix == ".tif":
        with tifffile.TiffWriter(path) as file:
            for _ in range(2):
                file.write(scene(), photometric="rgb", compression="zlib")
    elif path.suffix == ".jp2":
        path.write_bytes(imagecodecs.jpeg2k_encode(scene(), level=0, codecformat="jp2", reversible=True))
    else:
        Image.fromarray(scene()).save(path, quality=95)
    tags = ["-Make=Nobody", "-Artist=A. Archivist", "-ExposureTime=1/125", "-GPSLatitude=48.2", "-GPSLatitudeRef=N",
            "-GPSLongitude=16.3", "-GPSLongitudeRef=E", "-GPSAltitude=171", "-GPSDateStamp=2020:01:02",
            "-XMP-exif:GPSLatitude=48.2", "-XMP-exif:GPSLongitude=16.3", "-XMP-exif:ExposureTime=1/125",
            "-XMP-dc:Rights=whose"]  # fmt: skip
    subprocess.run(["exiftool", "-q", "-overwrite_original", *tags, path], check=True)
    return path


def seen(path: Path) -> dict[str, object]:
    done = subprocess.run(["exiftool", "-j", "-G1", "-a", "-u", "-n", path], capture_output=True, check=True)
    (found,) = json.loads(done.stdout)
    places = ("Offset", "Offsets", "ByteCounts", "Filter", "Warning", "RowsPerStrip")
    about_files = ("So", "System", "ExifTool", "File", "Composite:GPS")
    return {
        name: value for name, value in found.items() if not name.startswith(about_files) and not name.endswith(places)
    }


def repaired(path: Path, *, page: int = 1) -> Document:
    document = Document.open(path, page=page)
    bits = np.ones((PLACE.height, PLACE.width), bool)
    document.mark(Stroke(PLACE, bits))
    patch = Patch(PLACE, np.full((*bits.shape, *document.original.shape[2:]), 200, document.original.dtype), bits)
    document.apply(document.job(), [patch], {})
    return document


@exiftool
@pytest.mark.parametrize(("source", "suffix"), PAIRS)
def test_exiftool_finds_no_place_and_all_the_rest(tmp_path: Path, source: str, suffix: str) -> None:
    path, target = specimen(tmp_path / f"in{source}"), tmp_path / f"out{suffix}"
    document = repaired(path)
    plain = tmp_path / f"plain{suffix}"
    export(document, plain, options=Options(history=False))
    export(document, target, options=WITHOUT)
    with_place, without = seen(plain), seen(target)
    gone = {name for name in with_place if "GPS" in name}
    assert {"GPS:GPSLatitude", "XMP-exif:GPSLatitude"} <= gone
    assert without == {name: value for name, value in with_place.items() if name not in gone}
    assert {"IFD0:Artist", "ExifIFD:ExposureTime", "XMP-exif:ExposureTime", "XMP-dc:Rights"} <= without.keys()
    assert (read_photograph(target).pixels == read_photograph(plain).pixels).all()


@exiftool
def test_no_other_page_tells_the_place(tmp_path: Path) -> None:
    path = specimen(tmp_path / "in.tif")
    document = repaired(path, page=2)
    export(document, tmp_path / "out.tif", options=WITHOUT)
    with tifffile.TiffFile(path) as before, tifffile.TiffFile(tmp_path / "out.tif") as after:
        assert 34853 in before.pages[0].tags
        assert len(after.pages) == 2
        for page in after.pages:
            assert 34853 not in page.tags
        assert after.pages[0].tags["Make"].value == "Nobody"
        assert b"exif:GPS" not in (tmp_path / "out.tif").read_bytes()


@exiftool
def test_manifest_and_history_say_it(tmp_path: Path) -> None:
    path, target = specimen(tmp_path / "in.jpg"), tmp_path / "out.jpg"
    document = repaired(path)
    export(document, target, options=Options(manifest=True, strip_gps=True))
    told = json.loads((tmp_path / "out.jpg.restorer.json").read_text(encoding="utf-8"))
    assert told["output"]["stripped"] == ["GPS"]
    assert "GPS data removed" in str(seen(target)["XMP-xmpMM:HistoryParameters"])
    assert not [name for name in seen(target) if name.rpartition(":")[2].startswith("GPS")]
    export(document, tmp_path / "other.jpg", options=Options(manifest=True))
    told = json.loads((tmp_path / "other.jpg.restorer.json").read_text(encoding="utf-8"))
    assert told["output"]["stripped"] == []
    assert "GPS:GPSLatitude" in seen(tmp_path / "other.jpg")


def block(order: str, *, alone: bool = False) -> bytes:
    """Exif by hand: a text, Exif with a maker's note, GPS with a value of its own, and a second directory."""

    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return struct.pack(f"{order}HHII", tag, kind, count, value)

    def directory(*entries: bytes, following: int = 0) -> bytes:
        return struct.pack(f"{order}H", len(entries)) + b"".join(entries) + struct.pack(f"{order}I", following)

    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    if alone:
        return head + directory(entry(34853, 4, 1, 26)) + directory(entry(2, 5, 3, 44)) + b"\1" * 24
    first = 8 + 2 + 12 * 4 + 4  # Exif's directory, 18 bytes
    gps, note, place, text = first + 18, first + 36, first + 46, first + 70
    return (
        head
        + directory(
            entry(271, 2, 7, text), entry(34665, 4, 1, first), entry(34853, 4, 1, gps), entry(36864, 7, 4, 0x30333230),
            following=text + 8,
        )
        + directory(entry(37500, 7, 10, note))
        + directory(entry(2, 5, 3, place))
        + b"0123456789" + b"\1" * 24 + b"Nobody\0\0" + directory(entry(259, 4, 1, 6))
    )  # fmt: skip


@pytest.mark.parametrize("order", ["<", ">"])
def test_a_block_keeps_its_length_and_what_others_point_to(order: str) -> None:
    before = block(order)
    after = exif_without_location(before)
    assert len(after) == len(before)
    assert b"\1" * 24 not in after
    assert b"0123456789" + bytes(24) + b"Nobody\0\0" in after
    assert struct.unpack_from(f"{order}H", after, 8) == (3,)
    assert struct.unpack_from(f"{order}I", after, 8 + 2 + 36) == struct.unpack_from(f"{order}I", before, 8 + 2 + 48)
    assert exif_without_location(after) == after


def test_bytes_that_another_tag_uses_stay() -> None:
    before = bytearray(block("<"))
    at = 8 + 2 + 12 * 4 + 4 + 18 + 2 + 8  # GPS's value now lies on the maker's text
    struct.pack_into("<I", before, at, before.index(b"Nobody") - 8)
    assert b"Nobody\0\0" in exif_without_location(bytes(before))


def test_a_directory_of_nothing_but_the_place_does_not_become_empty() -> None:
    after = exif_without_location(block(">", alone=True))
    assert struct.unpack_from(">HHHIH", after, 8) == (1, 274, 3, 1, 1)
    assert b"\1" * 24 not in after


@pytest.mark.parametrize("length", [0, 3, 9, 12, 30, 80, 100])
def test_a_damaged_block_does_no_harm(length: int) -> None:
    cut = block("<")[:length]
    assert len(exif_without_location(cut)) == length


def test_only_what_is_named_gps_is_blanked() -> None:
    after = xmp_without_location(PACKET)
    assert after is not None
    assert len(after) == len(PACKET)
    for gone in (b"48,12.5N", b"16.3", b"171/1", b"GPSTrack"):
        assert gone not in after
    for kept in (b'exif:ISO="100"', b"<dc:rights>GPS is a name too</dc:rights>", b'rdf:about=""', b"</rdf:RDF>"):
        assert kept in after


@pytest.mark.parametrize("packet", [PACKET[:-60], PACKET.decode().encode("utf-16")])
def test_a_packet_that_cannot_be_read_is_left_out_and_that_is_said(tmp_path: Path, packet: bytes) -> None:
    assert xmp_without_location(packet) is None
    Image.fromarray(scene()).save(tmp_path / "in.jpg", quality=95, xmp=packet)
    proof = export(repaired(tmp_path / "in.jpg"), tmp_path / "out.jpg", options=WITHOUT)
    assert proof.remarks == (UNREADABLE,)
    assert parse((tmp_path / "out.jpg").read_bytes()).xmp is None


def test_the_second_part_of_a_long_packet_is_searched_across_its_segments(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "plain.jpg", quality=95)
    long = PACKET.replace(b"<dc:rights>", b"<dc:rights>" + b"x" * 500)
    name = hashlib.md5(long, usedforsecurity=False).hexdigest().upper().encode()
    cut = long.index(b"48,12")
    first = PACKET.replace(b"exif:ISO=\"100\"", b'exif:ISO="100" xmlns:xmpNote="http://ns.adobe.com/xmp/note/" '
                           b'xmpNote:HasExtendedXMP="' + name + b'"')  # fmt: skip
    bodies = [XMP + first]
    for start, part in ((cut, long[cut:]), (0, long[:cut])):
        bodies.append(XMP_MORE + struct.pack(">32sII", name, len(long), start) + part)
    segments = b"".join(b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body for body in bodies)
    plain = (tmp_path / "plain.jpg").read_bytes()
    (tmp_path / "in.jpg").write_bytes(plain[:2] + segments + plain[2:])
    export(repaired(tmp_path / "in.jpg"), tmp_path / "out.jpg", options=WITHOUT)
    written = parse((tmp_path / "out.jpg").read_bytes())
    parts = sorted(
        (struct.unpack_from(">32sII", body, len(XMP_MORE)), body[len(XMP_MORE) + 40 :])
        for _, body in written.others
        if body.startswith(XMP_MORE)
    )
    whole = b"".join(part for (_, _, _), part in sorted(parts, key=lambda each: each[0][2]))
    assert len(whole) == len(long)
    assert b"48,12" not in whole
    assert b"GPSAlt" not in whole
    new = hashlib.md5(whole, usedforsecurity=False).hexdigest().upper().encode()
    assert {called for (called, _, _), _ in parts} == {new}
    assert written.xmp is not None
    assert new in written.xmp


def test_profiles_kept_as_text_in_a_png_lose_it_too(tmp_path: Path) -> None:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    digits = (b"Exif\0\0" + block("<")).hex()
    lines = "\n".join(digits[at : at + 72] for at in range(0, len(digits), 72))
    info.add_text("Raw profile type exif", f"\nexif\n{len(digits) // 2:8d}\n{lines}\n", zip=True)
    info.add_text("exif:GPSLatitude", "48/1, 12/1")
    info.add_text("Comment", "stays")
    Image.fromarray(scene()).save(tmp_path / "in.png", pnginfo=info)
    export(repaired(tmp_path / "in.png"), tmp_path / "out.png", options=WITHOUT)
    with Image.open(tmp_path / "out.png") as written:
        text = written.text  # type: ignore[attr-defined]
    assert text["Comment"] == "stays"
    assert "exif:GPSLatitude" not in text
    kept = bytes.fromhex("".join(text["Raw profile type exif"].split("\n")[3:]))
    assert kept == b"Exif\0\0" + exif_without_location(block("<"))
