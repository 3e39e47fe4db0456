"""What a person says of results: kept, and what is rejected is put aside and can come back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from restorer.batch.journal import FOLDER
from restorer.batch.verdicts import ASIDE, Verdicts
from restorer.imaging.errors import RestorerError


@pytest.fixture
def result(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.png").write_bytes(b"picture")
    (tmp_path / "below" / "a.png.mask.png").write_bytes(b"mask")
    return tmp_path / "below" / "a.png"


def test_rejected_and_brought_back(tmp_path: Path, result: Path) -> None:
    names = ["a.png", "a.png.mask.png", "a.png.restorer.json"]
    Verdicts(tmp_path).reject(result, names)
    assert list(result.parent.iterdir()) == []
    assert (tmp_path / ASIDE / "below" / "a.png").read_bytes() == b"picture"
    said = Verdicts(tmp_path).of(result)  # as the next start reads it
    assert said is not None
    assert said.word == "rejected"
    Verdicts(tmp_path).accept(result)
    assert result.read_bytes() == b"picture"
    assert result.with_name("a.png.mask.png").read_bytes() == b"mask"
    assert not (tmp_path / ASIDE / "below").exists()


def test_nothing_is_replaced_on_either_way(tmp_path: Path, result: Path) -> None:
    verdicts = Verdicts(tmp_path)
    verdicts.reject(result, [])
    result.write_bytes(b"another")
    with pytest.raises(RestorerError, match="exists: move it away"):
        verdicts.accept(result)
    assert result.read_bytes() == b"another"
    verdicts.reject(result, [])
    assert sorted(path.name for path in (tmp_path / ASIDE / "below").iterdir()) == ["a-2.png", "a.png"]
    assert (tmp_path / ASIDE / "below" / "a.png").read_bytes() == b"picture"
    (tmp_path / ASIDE / "below" / "a-2.png").unlink()
    with pytest.raises(RestorerError, match="is gone"):
        verdicts.accept(result)


def test_what_is_not_there_cannot_be_judged_and_a_damaged_file_counts_as_empty(tmp_path: Path, result: Path) -> None:
    with pytest.raises(RestorerError):
        Verdicts(tmp_path).reject(result.with_name("nobody.png"), [])
    with pytest.raises(RestorerError):
        Verdicts(tmp_path).accept(result.with_name("nobody.png"))
    Verdicts(tmp_path).accept(result)
    kept = tmp_path / FOLDER / "verdicts.json"
    for bad in ("", "[1]", "{", json.dumps({str(result): {"word": "maybe", "sha256": "", "aside": []}})):
        kept.write_text(bad)
        assert Verdicts(tmp_path).of(result) is None
