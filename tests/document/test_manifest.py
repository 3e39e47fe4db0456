"""What the manifest beside an export says, and what it keeps to itself."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest
import tifffile
from pydicom.data import get_testdata_file
from working import heal

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.source import OriginalChanged
from restorer.imaging.errors import RestorerError


def test_a_medical_picture_s_name_is_nowhere_in_the_manifest(tmp_path: Path) -> None:
    shutil.copy(str(get_testdata_file("CT_small.dcm", download=False)), tmp_path / "DOE_JANE.dcm")
    document = Document.open(tmp_path / "DOE_JANE.dcm")
    heal(document, (5, 5, 20, 9), 77)
    (tmp_path / "out").mkdir()
    export(document, tmp_path / "out" / "DOE_JANE.dcm", options=Options(manifest=True))
    text = (tmp_path / "out" / "DOE_JANE.dcm.restorer.json").read_text()
    assert json.loads(text)["output"]["changed"] > 0
    assert "DOE" not in text


def test_hashes_that_are_not_the_file_s_are_said_to_be_so(tmp_path: Path) -> None:
    """A repair in greys, in a TIFF that knows black and white alone."""
    grey = np.random.default_rng(0).integers(0, 2, (40, 64), np.uint8)
    for name, pixels in (("bits", grey.astype(bool)), ("grey", grey * 255)):
        tifffile.imwrite(tmp_path / f"{name}.tif", pixels, photometric="minisblack")
        document = Document.open(tmp_path / f"{name}.tif")
        heal(document, (5, 5, 20, 9), 77)
        export(document, tmp_path / f"{name}-out.tif", options=Options(manifest=True))
        output = json.loads((tmp_path / f"{name}-out.tif.restorer.json").read_text())["output"]
        assert ("note" in output) == (name == "bits")
        if name == "bits":
            assert output["note"].startswith("59 pixels of the file")  # 15 × 4, without a corner


def rewritten(path: Path, start: int, count: int) -> None:
    """Other bytes, while the file's size and time stay."""
    status, content = path.stat(), bytearray(path.read_bytes())
    content[start : start + count] = bytes(255 - byte for byte in content[start : start + count])
    path.write_bytes(content)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


@pytest.mark.parametrize("compression", [None, "zlib"])
def test_an_original_that_was_rewritten_with_its_time_kept_is_named(tmp_path: Path, compression: str | None) -> None:
    path = tmp_path / "scan.tif"
    pixels = np.random.default_rng(0).integers(0, 65536, (200, 60, 3), np.uint16)
    tifffile.imwrite(path, pixels, photometric="rgb", compression=compression, rowsperstrip=10)
    document = Document.open(path)
    heal(document, (5, 5, 20, 9), 77)
    rewritten(path, path.stat().st_size // 2, 2000)
    with pytest.raises(RestorerError, match=r"“scan.tif” has been changed on the disk"):
        export(document, tmp_path / "out.tif")
    assert [each.name for each in tmp_path.iterdir()] == ["scan.tif"]


def test_another_page_that_was_damaged_since_is_not_copied(tmp_path: Path) -> None:
    path = tmp_path / "pages.tif"
    pixels = np.random.default_rng(0).integers(0, 65536, (2, 80, 60, 3), np.uint16)
    tifffile.imwrite(path, pixels, photometric="rgb")
    document = Document.open(path, page=1)
    document.source.sha256()  # as the journal does in the background
    heal(document, (5, 5, 20, 9), 77)
    export(document, tmp_path / "good.tif")
    assert (tifffile.imread(tmp_path / "good.tif", key=1) == pixels[1]).all()
    rewritten(path, path.stat().st_size - 20000, 100)
    with pytest.raises(OriginalChanged, match=r"“pages.tif” has been changed on the disk"):
        export(document, tmp_path / "out.tif")
    assert not (tmp_path / "out.tif").exists()
