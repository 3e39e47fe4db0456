"""A photograph turned as a tag only: not a pixel moves, in the document or in any file."""

from __future__ import annotations

import shutil
import struct
import subprocess
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest
import tifffile
from PIL import Image
from pydicom.data import get_testdata_file
from working import all_states, heal, picture, pixels_and_marks, worked_on

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.journal import Journal
from restorer.document.project import open_project, save_project
from restorer.document.recovery import recover, recoverable
from restorer.document.replaying import read_manifest, replayed
from restorer.imaging.files import exif as exif_block
from restorer.imaging.files import losses, read_photograph
from restorer.imaging.files.jpeg_copy import Copying
from restorer.imaging.files.orientation import as_shown, combined, undone

RIGHT, LEFT, ACROSS, DOWN = 6, 8, 2, 4
XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="1"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def stored(dtype: str = "uint8") -> np.ndarray:
    """Smooth, so that a JPEG keeps it, with another value everywhere."""
    y, x, channel = np.mgrid[:96, :160, :3]
    values = 40 + x + 0.5 * y + 8 * channel
    return (values * (1 if dtype == "uint8" else 250)).astype(dtype)


def written(path: Path, orientation: int, *, bare: bool = False) -> Path:
    """A real file that is stored in this orientation; a `bare` one tells nothing of itself."""
    exif = Image.Exif()
    exif[274], exif[270] = orientation, "a print"
    told: dict[str, object] = {} if bare else {"exif": exif, "xmp": XMP}
    if path.suffix == ".tif":
        tags = [] if bare else [(274, 3, 1, orientation, True), (700, 1, len(XMP), XMP, True)]
        tifffile.imwrite(
            path,
            stored("uint16"),
            photometric="rgb",
            compression="zlib",
            rowsperstrip=16,
            extratags=tags,
            metadata=None,
        )
    elif path.suffix == ".png":
        Image.fromarray(stored()).save(path, **({} if bare else {"exif": exif}))
    else:
        Image.fromarray(stored()).save(path, quality=95, subsampling=0, **told)
    return path


def as_stored(path: Path) -> np.ndarray:
    """The pixels as they lie in the file, by another program's decoder."""
    if path.suffix == ".tif":
        return tifffile.imread(path)
    with Image.open(path) as image:
        return np.asarray(image)


def tag(path: Path) -> int:
    """The orientation in the file, by another program."""
    if path.suffix == ".tif":
        with tifffile.TiffFile(path) as tiff:
            return int(tiff.pages[0].tags[274].value)
    with Image.open(path) as image:
        return int(image.getexif().get(274, 0))


def test_two_turns_are_one() -> None:
    pixels = np.arange(12).reshape(3, 4)
    for first in range(1, 9):
        assert combined(first, undone(first)) == 1
        for then in range(1, 9):
            both = as_shown(as_shown(pixels, first), then)
            assert np.array_equal(as_shown(pixels, combined(first, then)), both)


@pytest.mark.parametrize(("orientation", "way"), [(1, RIGHT), (1, DOWN), (6, LEFT), (7, RIGHT), (8, ACROSS)])
@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg"])
def test_the_tag_alone_turns_a_file(tmp_path: Path, suffix: str, orientation: int, way: int) -> None:
    document = Document.open(written(tmp_path / f"in{suffix}", orientation))
    before = document.original.copy()
    heal(document, (40, 20, 60, 30), 7)
    document.turn(way)
    assert np.array_equal(document.original, before)
    target = tmp_path / f"out{suffix}"
    proof = export(document, target, options=Options(manifest=True))
    assert proof.outside == 0 or suffix == ".jpg"
    assert proof.changed >= 199
    assert tag(target) == combined(orientation, way)
    old, new = as_stored(document.source.path), as_stored(target)
    assert old.shape == new.shape
    differs = as_shown((old != new).any(2), orientation)
    assert differs[22:28, 42:58].all()
    differs[8:40, 32:72] = False  # the blocks of a JPEG that the mask touches, and their neighbours
    assert not differs.any()
    shown = read_photograph(target)
    assert shown.pixels.shape[:2] == (as_shown(before, way)).shape[:2]
    seen = as_shown(document.image.read(document.bounds), way)
    assert np.array_equal(shown.pixels, seen) or suffix == ".jpg"
    if suffix != ".png":
        assert f'tiff:Orientation="{combined(orientation, way)}"'.encode() in (shown.xmp or b"")
    again, verdict = replayed(
        document.source.path,
        read_manifest(tmp_path / f"out{suffix}.restorer.json"),
        lambda job, made: (_fill(job), made),
    )
    assert verdict.equal
    assert again.photograph.turned == way
    export(again, tmp_path / f"again{suffix}")
    assert tag(tmp_path / f"again{suffix}") == tag(target)


def _fill(job: object) -> list[object]:
    from working import answer

    return answer(job, 7)  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg"])
def test_a_file_that_told_nothing_gets_a_tag(tmp_path: Path, suffix: str) -> None:
    document = Document.open(written(tmp_path / f"in{suffix}", 1, bare=True))
    document.turn(RIGHT)
    target = tmp_path / f"out{suffix}"
    assert export(document, target).changed == 0
    assert tag(target) == 6
    assert np.array_equal(as_stored(document.source.path), as_stored(target))


def test_turned_back_the_file_is_as_it_was(tmp_path: Path) -> None:
    for suffix in (".tif", ".png", ".jpg"):
        document = Document.open(written(tmp_path / f"in{suffix}", 3))
        export(document, tmp_path / f"plain{suffix}")
        for _ in range(4):
            document.turn(RIGHT)
        assert document.photograph.turned == 1
        export(document, tmp_path / f"turned{suffix}")
        assert (tmp_path / f"plain{suffix}").read_bytes() == (tmp_path / f"turned{suffix}").read_bytes()


def test_another_format_gets_the_tag_too(tmp_path: Path) -> None:
    document = Document.open(written(tmp_path / "in.jpg", 6))
    document.turn(ACROSS)
    for name in ("out.tif", "out.png"):
        target = tmp_path / name
        assert export(document, target).changed == 0
        assert tag(target) == ACROSS
        assert np.array_equal(as_stored(target), document.original)
    scan = Document.open(written(tmp_path / "in.tif", 6))
    scan.turn(DOWN)
    export(scan, tmp_path / "copy.jpg", options=Options(copying=Copying(95)))
    assert tag(tmp_path / "copy.jpg") == DOWN
    assert as_stored(tmp_path / "copy.jpg").shape == scan.original.shape


def test_formats_without_a_tag_say_so_and_stay_as_they_lay(tmp_path: Path) -> None:
    path = tmp_path / "in.jp2"
    path.write_bytes(imagecodecs.jpeg2k_encode(stored(), level=0, codecformat="jp2"))
    document = Document.open(path)
    assert not any("turned" in sentence for sentence in losses(document.photograph, tmp_path / "out.jp2"))
    document.turn(RIGHT)
    (said,) = (sentence for sentence in losses(document.photograph, tmp_path / "out.jp2") if "turned" in sentence)
    assert "stays as it lay" in said
    assert not any("turned" in sentence for sentence in losses(document.photograph, tmp_path / "out.tif"))
    assert export(document, tmp_path / "out.jp2").changed == 0
    assert np.array_equal(read_photograph(tmp_path / "out.jp2").pixels, stored())


def test_a_medical_picture_stays_as_the_patient_lay(tmp_path: Path) -> None:
    path = Path(str(get_testdata_file("CT_small.dcm", download=False)))
    document = Document.open(path)
    heal(document, (40, 20, 60, 30), 7)
    document.turn(LEFT)
    assert any("DICOM cannot tell" in sentence for sentence in losses(document.photograph, tmp_path / "out.dcm"))
    proof = export(document, tmp_path / "out.dcm")
    assert (proof.outside, proof.changed > 100) == (0, True)
    before, after = pydicom.dcmread(path), pydicom.dcmread(tmp_path / "out.dcm")
    assert (before.Rows, before.ImageOrientationPatient) == (after.Rows, after.ImageOrientationPatient)
    assert (before.pixel_array != after.pixel_array).sum() == proof.changed


def test_a_turn_is_a_step_and_is_kept(tmp_path: Path) -> None:
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, tmp_path / "journals")
    document.turn(RIGHT)
    assert document.unsaved
    worked_on(document)
    document.turn(DOWN)
    turned = document.photograph.turned
    assert turned == combined(RIGHT, DOWN)
    save_project(document.state(), tmp_path / "work.restorer")
    assert journal.flush(20)
    journal.leave()
    (item,) = recoverable(tmp_path / "journals")
    recovered, again = recover(item)
    assert again.flush(20)
    again.close()
    for other in (open_project(tmp_path / "work.restorer"), recovered):
        assert other.photograph.turned == turned
        assert pixels_and_marks(other) == pixels_and_marks(document)
        other.undo()
        assert other.photograph.turned == RIGHT
        other.redo()
        assert other.photograph.turned == turned
    reopened = open_project(tmp_path / "work.restorer")
    assert not reopened.unsaved
    reopened.turn(RIGHT)
    assert reopened.unsaved
    reopened.undo()
    assert not reopened.unsaved
    all_states(reopened)
    while reopened.history.can_undo:
        reopened.undo()
    assert reopened.photograph.turned == 1


def test_nothing_moves_in_an_exif_block() -> None:
    """Makers' notes point to places counted from its beginning."""
    for order, magic in (("<", b"II*\0"), (">", b"MM\0*")):
        text = b"a note that stands here\0"
        entry = struct.pack(f"{order}HHII", 270, 2, len(text), 26)
        last = struct.pack(f"{order}I", 50)
        second = struct.pack(f"{order}HHHIII", 1, 513, 4, 1, 99, 0)
        block = magic + struct.pack(f"{order}IH", 8, 1) + entry + last + text + second
        turned = exif_block.oriented(block, 8)
        assert turned is not None
        assert exif_block.orientation_of(turned) == 8
        assert turned[8 : len(block)] == block[8:]
        assert exif_block.has_thumbnail(turned)
        exif = Image.Exif()
        exif.load(b"Exif\0\0" + turned)
        assert (exif[270], exif[274]) == ("a note that stands here", 8)
        assert exif_block.oriented(turned, 3) == exif_block.oriented(turned, 1).replace(  # type: ignore[union-attr]
            struct.pack(f"{order}HHIHH", 274, 3, 1, 1, 0), struct.pack(f"{order}HHIHH", 274, 3, 1, 3, 0)
        )
    assert exif_block.oriented(None, 1) is None
    for broken in (None, b"", b"II*\0\xff\xff\0\0", b"MM\0*\0\0\0\x08\0\0"):
        assert exif_block.orientation_of(exif_block.oriented(broken, 5)) == 5


@pytest.mark.skipif(shutil.which("exiftool") is None, reason="exiftool is not installed")
@pytest.mark.parametrize("suffix", [".tif", ".png", ".jpg"])
def test_exiftool_reads_the_same(tmp_path: Path, suffix: str) -> None:
    for bare in (False, True):
        document = Document.open(written(tmp_path / f"in{bare}{suffix}", 1, bare=bare))
        document.turn(LEFT)
        target = tmp_path / f"out{bare}{suffix}"
        export(document, target)
        command = ["exiftool", "-n", "-s3", "-error", "-IFD0:Orientation", "-XMP-tiff:Orientation", str(target)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")
        xmp = [] if bare or suffix == ".png" else ["8"]
        assert [line for line in said if line] == ["8", *xmp]
