"""A JPEG made anew of another format: asked for, told, and never in place of an exact export."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tifffile
from PIL import Image, ImageCms

from restorer.document.document import Document
from restorer.document.export import ANEW, Options, export
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import jpeg_copy, read_photograph
from restorer.imaging.files.jpeg_copy import Copying
from restorer.imaging.files.resolution import Resolution
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

PLACE = Region(20, 10, 30, 14)


def scene() -> np.ndarray:
    y, x = np.mgrid[:48, :64]
    return np.stack([2 * x + 60, 3 * y + 40, 200 - x - y], -1).astype(np.uint8)


def swapped_profile() -> bytes:
    """SRGB with its red and green primaries exchanged."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    for number in range(int.from_bytes(profile[128:132], "big")):
        at = 132 + 12 * number
        name = bytes(profile[at : at + 4])
        if name in (b"rXYZ", b"gXYZ"):
            profile[at : at + 4] = b"gXYZ" if name == b"rXYZ" else b"rXYZ"
    return bytes(profile)


def repaired(path: Path) -> Document:
    document = Document.open(path)
    bits = np.ones((PLACE.height, PLACE.width), bool)
    document.mark(Stroke(PLACE, bits))
    patch = Patch(PLACE, np.full((*bits.shape, *document.original.shape[2:]), 20, document.original.dtype), bits)
    document.apply(document.job(), [patch], {})
    return document


@pytest.fixture
def document(tmp_path: Path) -> Document:
    exif = Image.Exif()
    exif[271] = "Nobody"
    exif[274] = 6
    Image.fromarray(scene()).save(tmp_path / "in.png", exif=exif, icc_profile=swapped_profile(), dpi=(300, 300))
    return repaired(tmp_path / "in.png")


def test_without_being_asked_for_it_is_refused(document: Document, tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match="would change every pixel"):
        export(document, tmp_path / "out.jpg")
    assert not (tmp_path / "out.jpg").exists()


def test_the_proof_and_the_manifest_tell_what_it_did(document: Document, tmp_path: Path) -> None:
    target = tmp_path / "out.jpg"
    proof = export(document, target, options=Options(manifest=True, copying=Copying(75)))
    written = read_photograph(target).pixels
    differs = (written != document.original).any(2)
    assert proof.changed == int(differs.sum())
    marked = np.zeros(differs.shape, bool)
    marked[PLACE.slices] = True
    assert proof.outside == int((differs & ~marked).sum()) > 100
    assert ANEW in proof.remarks
    told = json.loads((tmp_path / "out.jpg.restorer.json").read_text(encoding="utf-8"))["output"]
    assert told["encoding"] == {"quality": 75, "srgb": False}
    assert (told["changed"], told["outside"]) == (proof.changed, proof.outside)
    assert np.abs(written.astype(int) - np.asarray(document.image.read(document.bounds))).mean() < 3


def test_what_the_picture_says_of_itself_comes_along(document: Document, tmp_path: Path) -> None:
    export(document, tmp_path / "out.jpg", options=Options(copying=Copying()))
    with Image.open(tmp_path / "out.jpg") as file:
        assert file.size == (48, 64)  # as shown
        assert (file.getexif()[271], file.getexif()[274]) == ("Nobody", 1)
        assert file.info["icc_profile"] == swapped_profile()
        assert file.info["dpi"] == (300, 300)
    assert b"softwareAgent" in (read_photograph(tmp_path / "out.jpg").xmp or b"")


def test_iptc_comes_along_and_too_long_a_description_is_refused(document: Document) -> None:
    photograph = replace(document.photograph, iptc=b"\x1c\x02\x05\0\x05Title")
    (made,) = [jpeg_copy.encoded(photograph, document.image, Copying())]
    assert b"8BIM\x04\x04" in made
    assert b"\x1c\x02\x05\0\x05Title" in made
    with pytest.raises(RestorerError, match="too long"):
        jpeg_copy.encoded(replace(photograph, xmp=b"<" * 70000), document.image, Copying())


def test_srgb_is_converted_and_embedded(document: Document, tmp_path: Path) -> None:
    export(document, tmp_path / "as-is.jpg", options=Options(copying=Copying(100)))
    export(document, tmp_path / "srgb.jpg", options=Options(copying=Copying(100, srgb=True)))
    with Image.open(tmp_path / "as-is.jpg") as plain, Image.open(tmp_path / "srgb.jpg") as converted:
        before, after = np.asarray(plain).astype(int), np.asarray(converted).astype(int)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(converted.info["icc_profile"]))
        assert "sRGB" in ImageCms.getProfileDescription(profile)
    assert np.abs(before[..., [1, 0, 2]] - after).mean() < 3
    assert np.abs(before - after).mean() > 10


def test_less_quality_makes_a_smaller_file(document: Document) -> None:
    sizes = [len(jpeg_copy.encoded(document.photograph, document.image, Copying(q))) for q in (20, 60, 95)]
    assert sizes == sorted(set(sizes))
    with pytest.raises(ValueError, match="quality"):
        Copying(101)


@pytest.mark.parametrize(
    ("pixels", "said"),
    [
        (np.full((20, 30), 40000, np.uint16), ["8 bits"]),
        (np.full((20, 30, 4), 200, np.uint8), ["grey"]),
        (np.full((20, 30), 0.5, np.float32), ["8 bits"]),
        (np.full((20, 30, 3), 200, np.uint8), []),
    ],
)
def test_what_a_copy_does_not_hold_is_said(tmp_path: Path, pixels: np.ndarray, said: list[str]) -> None:
    kind = "minisblack" if pixels.ndim == 2 else "rgb"
    extra = ["unassalpha"] if pixels.ndim == 3 and pixels.shape[2] == 4 else None
    tifffile.imwrite(tmp_path / "in.tif", pixels, photometric=kind, extrasamples=extra)
    photograph = read_photograph(tmp_path / "in.tif")
    first, *others = jpeg_copy.losses(photograph)
    assert "copy to pass on" in first
    assert len(others) == len(said)
    assert all(word in sentence for word, sentence in zip(said, others, strict=True))
    with Image.open(io.BytesIO(jpeg_copy.encoded(photograph, photograph.pixels, Copying()))) as made:
        assert made.mode == ("L" if pixels.ndim == 2 else "RGB")


def test_of_a_jpeg_none_is_made_anew(tmp_path: Path) -> None:
    Image.fromarray(scene()).save(tmp_path / "in.jpg", quality=90)
    document = repaired(tmp_path / "in.jpg")
    assert not jpeg_copy.possible(document.photograph)
    proof = export(document, tmp_path / "out.jpg", options=Options(copying=Copying(10)))
    assert ANEW not in proof.remarks
    written = read_photograph(tmp_path / "out.jpg").pixels
    assert (written[32:] == document.original[32:]).all()


def test_a_photograph_without_resolution(document: Document) -> None:
    odd = replace(document.photograph, resolution=Resolution.of_metre(11811, 5906))
    with Image.open(io.BytesIO(jpeg_copy.encoded(odd, document.image, Copying()))) as made:
        assert made.info["dpi"] == (150, 300)  # turned by the orientation
    none = replace(document.photograph, resolution=None)
    with Image.open(io.BytesIO(jpeg_copy.encoded(none, document.image, Copying()))) as made:
        assert made.size == (48, 64)


def test_noise_at_the_best_quality_can_be_encoded(tmp_path: Path) -> None:
    """Of noise such a file is larger than the pixels' count, for which some encoders set no room aside."""
    noise = np.random.default_rng(1).integers(0, 256, (300, 400, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "in.png")
    photograph = read_photograph(tmp_path / "in.png")
    with Image.open(io.BytesIO(jpeg_copy.encoded(photograph, noise, Copying(100)))) as made:
        assert np.abs(np.asarray(made).astype(int) - noise).mean() < 2
