"""A medical picture from file to file: restored in its own values, and nothing of the patient anywhere but in it."""

from __future__ import annotations

import logging
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pydicom
import pytest
from dicom_specimens import SENTINEL, save, slice_of

from restorer.__main__ import main
from restorer.document import journal_file
from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.journal import Journal
from restorer.document.project import open_project, save_project
from restorer.engine.reading import octave_at, put
from restorer.engine.restorer import Restorer
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import write_mask
from restorer.imaging.histogram import histogram
from restorer.imaging.region import Region

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")


def scratch(shape: tuple[int, int] = (80, 96)) -> np.ndarray:
    mask = np.zeros(shape, bool)
    mask[20:60, 40:44] = True
    return mask


@pytest.mark.parametrize(("stored", "signed", "low", "high"), [(12, False, 0, 4095), (16, True, -1000, 3000)])
def test_fill_of_a_frame(
    stored: int, signed: bool, low: int, high: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values, mask = slice_of(frames=2, low=low, high=high), scratch()
    damaged = values.copy()
    damaged[1][mask] = high
    path = save(
        tmp_path / "slice.dcm", damaged, stored=stored, signed=signed, frames=2, RescaleSlope=1, RescaleIntercept=-24
    )
    target, mask_file = tmp_path / "out.dcm", tmp_path / "mask.png"
    cv2.imwrite(str(mask_file), mask.astype(np.uint8) * 255)
    assert main(["fill", str(path), "--mask", str(mask_file), "-o", str(target), "--frame", "2"]) == 0
    assert "0 outside the mask" in capsys.readouterr().out
    written = pydicom.dcmread(target)
    pixels = written.pixel_array
    assert (pixels[0] == damaged[0]).all()
    assert (pixels[1][~mask] == damaged[1][~mask]).all()
    assert np.abs(pixels[1][mask] - values[1][mask].astype(int)).mean() < 0.02 * (high - low)
    assert pixels.min() >= low
    assert pixels.max() <= high
    assert (written.RescaleSlope, written.RescaleIntercept) == (1, -24)
    assert main(["fill", str(path), "--mask", str(mask_file), "-o", str(path), "--overwrite"]) != 0
    assert main(["fill", str(path), "--mask", str(mask_file), "-o", str(tmp_path / "out.png")]) != 0
    assert main(["fill", str(path), "--mask", str(mask_file), "-o", str(target), "--overwrite", "--frame", "3"]) != 0


def test_padding_is_no_source_and_values_stay_in_their_range(tmp_path: Path) -> None:
    values = slice_of(low=1000, high=1200)
    values[:, 44:] = -2000  # beyond the scanner's circle, right beside the damage
    mask = np.zeros(values.shape, bool)
    mask[30:50, 38:44] = True
    document = Document.open(save(tmp_path / "in.dcm", values, PixelPaddingValue=-2000))
    document.set_mask(mask)
    job = document.job()
    known = octave_at(job, Region.of_shape(values.shape)).known[0, 0].numpy() > 0
    assert (known == ((values != -2000) & ~mask)).all()
    restorer = Restorer()
    document.apply(job, restorer.restore(job), restorer.made(job))
    filled = document.image.read(document.bounds)[mask]
    assert filled.min() > 900
    assert filled.max() < 1300


def test_whole_numbers_are_scaled_by_their_levels() -> None:
    import torch

    pixels = np.zeros((1, 3), np.int16)
    put(pixels, np.ones((1, 3), bool), torch.tensor([[[-1.0, 0.5, 2.0]]]).expand(3, -1, -1), (-2048.0, 2047.0))
    assert pixels.tolist() == [[-2048, 0, 2047]]  # -0.5 is rounded to even


def test_histogram_of_signed_values(tmp_path: Path) -> None:
    values = slice_of(low=-1000, high=2000)
    document = Document.open(save(tmp_path / "in.dcm", values, stored=12))
    counted = histogram(document.image, levels=document.photograph.levels)
    assert (counted.low, counted.high) == (-2048, 2048)
    assert counted.counts.sum() == values.size
    assert counted.counts[0].tolist() == np.histogram(values, 256, (-2048, 2048))[0].tolist()
    assert (counted.least, counted.most) == ((float(values.min()),), (float(values.max()),))


def test_nothing_of_the_patient_leaves_the_file(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Open, mark, restore, export with all that can lie beside, project, journal; then look into every file."""
    caplog.set_level(logging.DEBUG)
    path = save(tmp_path / "slice.dcm", slice_of(), WindowCenter=300, WindowWidth=900)
    assert SENTINEL.encode() in path.read_bytes()
    caplog.clear()
    document = Document.open(path)
    folder = tmp_path / "journals"
    journal = Journal.begin(document, folder)
    document.set_mask(scratch())
    job = document.job(grow=1)
    restorer = Restorer()
    document.apply(job, restorer.restore(job), restorer.made(job))
    target = tmp_path / "out.dcm"
    options = Options(manifest=True, mask=True, operator="A. Conservator", reason="scratch")
    proof = export(document, target, options=options)
    assert (proof.outside, len(proof.also)) == (0, 2)
    project = tmp_path / "work.restorer"
    save_project(document.state(), project)
    with pytest.raises(RestorerError, match="holds a patient's data"):
        save_project(document.state(), tmp_path / "embedded.restorer", embed=True)
    write_mask(tmp_path / "mask.png", scratch())
    assert journal.flush(10)
    assert journal.path is not None
    journal.leave()
    with journal.path.open("rb") as file:
        frames = [(frame.json, frame.blobs) for frame in journal_file.frames(file)]
    with zipfile.ZipFile(project) as archive:
        inside = [archive.read(name) for name in archive.namelist()]
    found = {file.name: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    assert {"out.dcm.restorer.json", "out.dcm.mask.png", "work.restorer", journal.path.name} <= found.keys()
    assert not (tmp_path / "embedded.restorer").exists()
    for name, content in found.items():
        assert (SENTINEL.encode() in content) == (name in ("slice.dcm", "out.dcm")), name
    assert "slice.dcm" not in found["out.dcm.restorer.json"].decode()
    heard = "".join((repr(frames), repr(inside), caplog.text, *capfd.readouterr()))
    assert len(frames) > 2
    assert SENTINEL not in heard
    assert (open_project(project).image.read(document.bounds) == document.image.read(document.bounds)).all()


def test_a_replay_is_equal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, mask = save(tmp_path / "slice.dcm", slice_of()), tmp_path / "mask.png"
    write_mask(mask, scratch())
    target, again = tmp_path / "out.dcm", tmp_path / "again.dcm"
    assert main(["fill", str(path), "--mask", str(mask), "-o", str(target), "--manifest"]) == 0
    assert main(["replay", str(path), str(tmp_path / "out.dcm.restorer.json"), "-o", str(again)]) == 0
    assert "equal: every pixel" in capsys.readouterr().out
    assert pydicom.dcmread(again).PixelData == pydicom.dcmread(target).PixelData
