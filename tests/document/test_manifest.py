"""What the manifest beside an export says, and what it keeps to itself."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from pydicom.data import get_testdata_file
from working import heal

from restorer.document.document import Document
from restorer.document.export import Options, export


def test_a_medical_picture_s_name_is_nowhere_in_the_manifest(tmp_path: Path) -> None:
    shutil.copy(str(get_testdata_file("CT_small.dcm", download=False)), tmp_path / "DOE_JANE.dcm")
    document = Document.open(tmp_path / "DOE_JANE.dcm")
    heal(document, (5, 5, 20, 9), 77)
    (tmp_path / "out").mkdir()
    export(document, tmp_path / "out" / "DOE_JANE.dcm", options=Options(manifest=True))
    text = (tmp_path / "out" / "DOE_JANE.dcm.restorer.json").read_text()
    assert json.loads(text)["output"]["changed"] > 0
    assert "DOE" not in text
