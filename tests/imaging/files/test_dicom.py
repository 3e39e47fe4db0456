"""DICOM: values as they are stored, all else kept, and saved as a derived object."""

from __future__ import annotations

import logging
import warnings
from pathlib import Path

import numpy as np
import pydicom
import pytest
from dicom_specimens import SENTINEL, save, slice_of
from pydicom.data import get_testdata_file

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import losses, probe, read_back, read_photograph, write_photograph
from restorer.imaging.window_level import Window

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")

MADE_NEW = {
    "SOPInstanceUID", "ImageType", "DerivationDescription", "SourceImageSequence", "PixelData",
    "PhotometricInterpretation", "PlanarConfiguration",
}  # fmt: skip
PEER_READS = (
    "CT_small.dcm", "693_J2KI.dcm", "ExplVR_BigEnd.dcm", "MR_small_RLE.dcm", "MR_small_bigendian.dcm",
    "MR_small_implicit.dcm", "MR_small_jp2klossless.dcm", "J2K_pixelrep_mismatch.dcm", "SC_rgb_rle_16bit_2frame.dcm",
    "SC_rgb_jpeg.dcm", "SC_rgb_dcmtk_+eb+cy+n2.dcm", "SC_jpeg_no_color_transform_2.dcm", "examples_overlay.dcm",
    "SC_rgb_small_odd.dcm", "SC_jpeg_no_color_transform.dcm",
)  # fmt: skip


def bundled(name: str) -> Path:
    path = get_testdata_file(name, download=False)
    assert path is not None
    return Path(str(path))


def painted(pixels: np.ndarray, value: int = 100) -> np.ndarray:
    new = pixels.copy()
    new[1:3, 1:3] = value
    return new


@pytest.mark.parametrize("name", PEER_READS)
def test_values_are_those_that_pydicom_reads(name: str, tmp_path: Path) -> None:
    photograph = read_photograph(bundled(name))
    peer = pydicom.dcmread(bundled(name)).pixel_array
    assert (photograph.pixels == (peer[0] if photograph.pages > 1 else peer)).all()
    target = tmp_path / "out.dcm"
    new = painted(photograph.pixels)
    write_photograph(photograph, new, target)
    written = pydicom.dcmread(target)
    assert not written.file_meta.TransferSyntaxUID.is_compressed
    again = written.pixel_array
    assert (new == (again[0] if photograph.pages > 1 else again)).all()
    assert all((part == new[region.slices]).all() for region, part in read_back(target, photograph))
    if photograph.pages > 1:
        assert (again[1:] == peer[1:]).all()


def test_jpeg_ls_and_lossless_jpeg_agree_with_the_uncompressed_twin() -> None:
    plain = read_photograph(bundled("MR_small.dcm")).pixels
    assert (read_photograph(bundled("MR_small_jpeg_ls_lossless.dcm")).pixels == plain).all()
    assert read_photograph(bundled("SC_rgb_jpeg_gdcm.dcm")).pixels[0, 0].tolist() == [255, 0, 0]
    assert read_photograph(bundled("JPGExtended.dcm")).pixels.max() <= 4095  # 12-bit JPEG


@pytest.mark.parametrize(
    "name", ["CT_small.dcm", "MR_small_implicit.dcm", "ExplVR_BigEnd.dcm", "SC_rgb_rle_2frame.dcm"]
)
def test_a_derived_object_names_its_source_and_keeps_all_else(name: str, tmp_path: Path) -> None:
    photograph, target = read_photograph(bundled(name)), tmp_path / "out.dcm"
    before = bundled(name).read_bytes()
    write_photograph(photograph, painted(photograph.pixels), target)
    old, new = pydicom.dcmread(bundled(name)), pydicom.dcmread(target)
    assert new.SOPInstanceUID != old.SOPInstanceUID
    assert new.SOPInstanceUID == new.file_meta.MediaStorageSOPInstanceUID
    assert new.SOPClassUID == old.SOPClassUID == new.file_meta.MediaStorageSOPClassUID
    assert new.ImageType[0] == "DERIVED"
    assert "Not for diagnosis" in new.DerivationDescription
    source = new.SourceImageSequence[0]
    assert (source.ReferencedSOPClassUID, source.ReferencedSOPInstanceUID) == (old.SOPClassUID, old.SOPInstanceUID)
    assert ("ReferencedFrameNumber" in source) == (photograph.pages > 1)
    same = {element.tag for element in old if element.keyword not in MADE_NEW and element.tag.element}  # no lengths
    assert all(new[tag] == old[tag] for tag in same)
    assert {element.tag for element in new if element.keyword not in MADE_NEW} == same
    if not old.file_meta.TransferSyntaxUID.is_compressed:
        assert new.file_meta.TransferSyntaxUID == old.file_meta.TransferSyntaxUID
    assert bundled(name).read_bytes() == before


def test_another_derivation_keeps_the_earlier_one(tmp_path: Path) -> None:
    first, second, third = (tmp_path / f"{name}.dcm" for name in "abc")
    save(first, slice_of(), DerivationDescription="Smoothed " * 120)
    for path, target in ((first, second), (second, third)):
        photograph = read_photograph(path)
        write_photograph(photograph, painted(photograph.pixels), target)
    dataset = pydicom.dcmread(third)
    assert dataset.DerivationDescription.startswith("Smoothed")
    assert dataset.DerivationDescription.endswith("Not for diagnosis.")
    assert len(dataset.DerivationDescription) <= 1024
    assert [item.ReferencedSOPInstanceUID for item in dataset.SourceImageSequence] == [
        pydicom.dcmread(path).SOPInstanceUID for path in (second, first)
    ]


def test_other_frames_are_kept_byte_for_byte(tmp_path: Path) -> None:
    values = slice_of(frames=3)
    path, target = save(tmp_path / "in.dcm", values, frames=3), tmp_path / "out.dcm"
    assert probe(path, page=3).pages == 3
    photograph = read_photograph(path, page=2)
    assert (photograph.pixels == values[1]).all()
    write_photograph(photograph, painted(photograph.pixels), target)
    size = len(pydicom.dcmread(path).PixelData) // 3
    old, new = pydicom.dcmread(path).PixelData, pydicom.dcmread(target).PixelData
    assert (new[:size], new[2 * size :]) == (old[:size], old[2 * size :])
    assert new[size : 2 * size] != old[size : 2 * size]
    assert pydicom.dcmread(target).SourceImageSequence[0].ReferencedFrameNumber == 2
    with pytest.raises(RestorerError, match="has 3 frames: there is no frame 4"):
        read_photograph(path, page=4)
    save(path, values[:2], frames=2)
    with pytest.raises(RestorerError, match="put the original back"):
        write_photograph(photograph, painted(photograph.pixels), target)


@pytest.mark.parametrize(
    ("stored", "signed", "dtype", "levels"),
    [(8, False, np.uint8, None), (12, False, np.uint16, (0, 4095)), (16, False, np.uint16, None),
     (12, True, np.int16, (-2048, 2047)), (16, True, np.int16, (-32768, 32767)), (8, True, np.int16, (-128, 127))],
)  # fmt: skip
def test_depths(stored: int, signed: bool, dtype: type, levels: tuple[int, int] | None, tmp_path: Path) -> None:
    low, high = (-(1 << stored - 1), (1 << stored - 1) - 1) if signed else (0, (1 << stored) - 1)
    values = slice_of(low=low, high=high)
    photograph = read_photograph(save(tmp_path / "in.dcm", values, stored=stored, signed=signed))
    assert (photograph.pixels.dtype, photograph.levels) == (dtype, levels)
    assert (photograph.pixels == values).all()
    target = tmp_path / "out.dcm"
    for value in (low, high):
        write_photograph(photograph, painted(photograph.pixels, value), target)
        assert (pydicom.dcmread(target).pixel_array == painted(values, value)).all()


def test_bits_that_are_no_pixels_stay(tmp_path: Path) -> None:
    """Old files keep overlays above the high bit."""
    values = slice_of(low=0, high=4095)
    path = save(tmp_path / "in.dcm", values | 0x5000, stored=12, signed=False)
    photograph, target = read_photograph(path), tmp_path / "out.dcm"
    assert (photograph.pixels == values).all()
    write_photograph(photograph, painted(photograph.pixels), target)
    words = np.frombuffer(pydicom.dcmread(target).PixelData, "<u2").reshape(values.shape)
    assert (words == painted(values) | 0x5000).all()


def test_colours_plane_by_plane(tmp_path: Path) -> None:
    values = slice_of((6, 8, 3), low=0, high=255)
    path = tmp_path / "in.dcm"
    save(path, values, stored=8, signed=False, PlanarConfiguration=1)
    dataset = pydicom.dcmread(path)
    dataset.PixelData = values.transpose(2, 0, 1).astype(np.uint8).tobytes()
    dataset.save_as(path)
    photograph, target = read_photograph(path), tmp_path / "out.dcm"
    assert (photograph.pixels == values).all()
    write_photograph(photograph, painted(photograph.pixels), target)
    assert (pydicom.dcmread(target).pixel_array == painted(values)).all()
    assert pydicom.dcmread(target).PlanarConfiguration == 1


def test_display_follows_the_file(tmp_path: Path) -> None:
    """PS3.3, C.11.2.1.2.1 gives the formula; its ends are exact."""
    values = np.array([[-1000, -40, 39, 40, 41, 120, 3000, 0]], np.int32)
    tags = {"RescaleSlope": 2, "RescaleIntercept": -1000, "WindowCenter": 40, "WindowWidth": 400}
    path = save(tmp_path / "in.dcm", values, **tags)
    window = read_photograph(path).window
    assert window == Window(40, 400, "LINEAR", 2, -1000, False)
    pixels = np.array([[419, 420, 520, 619, 620]], np.int16)  # Hounsfield -162, -160, 40, 238, 240
    assert window.applied(pixels).tolist() == [[0, 0, 128, 254, 255]]
    inverted = read_photograph(save(path, values, PhotometricInterpretation="MONOCHROME1", **tags)).window
    assert inverted is not None
    assert (inverted.applied(pixels) == 255 - window.applied(pixels)).all()
    sigmoid = Window(0, 100, "SIGMOID").applied(np.array([[-30000, -50, 0, 50, 30000]], np.int16))
    assert sigmoid.tolist() == [[0, round(255 / (1 + np.e**2)), 128, round(255 / (1 + np.e**-2)), 255]]
    exact = Window(50, 100, "LINEAR_EXACT").applied(np.array([[0, 50, 100, 200]], np.uint8))
    assert exact.tolist() == [[0, 128, 255, 255]]


def test_without_a_window_all_values_but_padding_are_shown(tmp_path: Path) -> None:
    values = slice_of(low=100, high=900)
    values[:5] = -2000
    photograph = read_photograph(save(tmp_path / "in.dcm", values, PixelPaddingValue=-2000))
    assert photograph.padding == (-2000, -2000)
    assert photograph.window is not None
    shown = photograph.window.applied(photograph.pixels)
    assert (shown[5:].min(), shown[5:].max(), shown[0, 0]) == (0, 255, 0)


def test_only_dicom_is_written_of_dicom(tmp_path: Path) -> None:
    photograph = read_photograph(bundled("CT_small.dcm"))
    with pytest.raises(RestorerError, match=r"end its name with \.dcm"):
        losses(photograph, tmp_path / "out.tif")
    assert any("derived" in sentence for sentence in losses(photograph, tmp_path / "out.dcm"))
    compressed = read_photograph(bundled("MR_small_RLE.dcm"))
    assert any("compression is left out" in sentence for sentence in losses(compressed, tmp_path / "out.dcm"))


@pytest.mark.parametrize(
    ("name", "words"),
    [("rtdose.dcm", "32 bits"), ("examples_palette.dcm", "PALETTE COLOR"), ("image_dfl.dcm", "Deflated"),
     ("MR_truncated.dcm", "cut short"), ("rtplan.dcm", "without a picture"), ("badVR.dcm", "damaged")],
)  # fmt: skip
def test_what_is_not_supported_is_a_sentence(name: str, words: str) -> None:
    with pytest.raises(RestorerError, match=words):
        read_photograph(bundled(name))


def test_faults_and_warnings_say_nothing_of_the_patient(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    path = save(tmp_path / "in.dcm", slice_of(), WindowCenter=40)
    data = path.read_bytes()
    where = data.index(b"US\x02\x00", data.index(b"\x28\x00\x10\x00"))
    caplog.clear()  # what making the file said
    capfd.readouterr()
    said = []
    for number in range(60):  # shift lengths about, so that values are read as other elements
        broken = bytearray(data)
        broken[where - number * 6 : where - number * 6 + 2] = SENTINEL[:2].encode()
        path.write_bytes(bytes(broken))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            try:
                write_photograph(photograph := read_photograph(path), photograph.pixels, tmp_path / "out.dcm")
            except RestorerError as error:
                said.append(f"{error} {error.__cause__} {error.__cause__ and error.__cause__.__cause__}")
        said += [str(warning.message) for warning in caught]
    assert any(said)
    heard = "".join((*said, caplog.text, *capfd.readouterr()))
    assert SENTINEL not in heard


def test_mutated_files_are_a_photograph_or_a_sentence(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    sources = [
        save(tmp_path / "a.dcm", slice_of((12, 14))).read_bytes(),
        save(tmp_path / "b.dcm", slice_of((9, 8), frames=3), frames=3).read_bytes(),
        *(
            bundled(name).read_bytes()
            for name in ("SC_rgb_rle_2frame.dcm", "JPEGLSNearLossless_08.dcm", "MR_small_expb.dcm")
        ),
    ]
    path, target, outcomes = tmp_path / "mutant.dcm", tmp_path / "out.dcm", set()
    for number in range(300):
        data = bytearray(sources[number % len(sources)])
        for _ in range(int(rng.integers(1, 4))):
            at = int(rng.integers(132, min(len(data), 2500)))
            match int(rng.integers(4)):
                case 0:
                    data[at] = int(rng.integers(256))
                case 1:
                    data[at : at + 4] = rng.choice([b"\xff\xff\xff\xff", b"\0\0\0\0", b"\xff\x7f\0\0"])
                case 2:
                    del data[at : at + int(rng.integers(1, 30))]
                case 3:
                    other = int(rng.integers(132, len(data)))
                    data[at : at + 8] = data[other : other + 8]
        path.write_bytes(bytes(data))
        try:
            photograph = read_photograph(path, page=1 + number % 2)
            new = photograph.pixels.copy()
            new[:1, :1] = new[-1:, -1:]
            write_photograph(photograph, new, target)
            assert sum(region.area for region, _ in read_back(target, photograph)) == new.shape[0] * new.shape[1]
            outcomes.add("opened")
        except RestorerError as error:
            assert str(error).endswith(".")  # noqa: PT017
            outcomes.add("refused")
    assert outcomes == {"opened", "refused"}
