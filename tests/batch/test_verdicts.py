"""What a person says of results: kept, and what is rejected is put aside and can come back."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from restorer.batch.journal import FOLDER
from restorer.batch.verdicts import ASIDE, Verdicts
from restorer.imaging.errors import RestorerError

MADE = hashlib.sha256(b"picture").hexdigest()


@pytest.fixture
def result(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "a.png").write_bytes(b"picture")
    (tmp_path / "below" / "a.png.mask.png").write_bytes(b"mask")
    return tmp_path / "below" / "a.png"


def test_rejected_and_brought_back(tmp_path: Path, result: Path) -> None:
    names = ["a.png", "a.png.mask.png", "a.png.restorer.json"]
    Verdicts(tmp_path).reject(result, MADE, names)
    assert list(result.parent.iterdir()) == []
    assert (tmp_path / ASIDE / "below" / "a.png").read_bytes() == b"picture"
    said = Verdicts(tmp_path).of(result, MADE)  # as the next start reads it
    assert said is not None
    assert said.word == "rejected"
    Verdicts(tmp_path).accept(result, MADE)
    assert result.read_bytes() == b"picture"
    assert result.with_name("a.png.mask.png").read_bytes() == b"mask"
    assert not (tmp_path / ASIDE / "below").exists()


def test_nothing_is_replaced_on_either_way(tmp_path: Path, result: Path) -> None:
    verdicts = Verdicts(tmp_path)
    verdicts.reject(result, MADE, [])
    result.write_bytes(b"another")
    with pytest.raises(RestorerError, match="exists: move it away"):
        verdicts.accept(result, MADE)
    assert result.read_bytes() == b"another"
    verdicts.reject(result, MADE, [])
    assert sorted(path.name for path in (tmp_path / ASIDE / "below").iterdir()) == ["a-2.png", "a.png"]
    assert (tmp_path / ASIDE / "below" / "a.png").read_bytes() == b"picture"
    (tmp_path / ASIDE / "below" / "a-2.png").unlink()
    with pytest.raises(RestorerError, match="is gone"):
        verdicts.accept(result, MADE)


def test_what_is_not_there_cannot_be_judged(tmp_path: Path, result: Path) -> None:
    del result
    with pytest.raises(RestorerError):
        Verdicts(tmp_path).reject(tmp_path / "below" / "nobody.png", MADE, [])
    with pytest.raises(RestorerError):
        Verdicts(tmp_path).accept(tmp_path / "below" / "nobody.png", MADE)


def test_a_verdict_is_of_one_result_only(tmp_path: Path, result: Path) -> None:
    """Another picture under the same name has not been judged, and judging it is not judging the other."""
    verdicts = Verdicts(tmp_path)
    verdicts.reject(result, MADE, [])
    result.write_bytes(b"made anew")
    anew = hashlib.sha256(b"made anew").hexdigest()
    assert Verdicts(tmp_path).of(result, anew) is None
    Verdicts(tmp_path).accept(result, anew)  # the rejected one does not want to come back
    assert result.read_bytes() == b"made anew"
    assert (tmp_path / ASIDE / "below" / "a.png").read_bytes() == b"picture"
    assert Verdicts(tmp_path).of(result, MADE) is None


def test_what_the_editor_wrote_over_a_result_is_judged_with_it(tmp_path: Path, result: Path) -> None:
    result.write_bytes(b"by hand")
    by_hand = hashlib.sha256(b"by hand").hexdigest()
    Verdicts(tmp_path).reject(result, MADE, [])
    for known in (MADE, by_hand):
        said = Verdicts(tmp_path).of(result, known)
        assert said is not None
        assert (said.word, said.sha256) == ("rejected", by_hand)
    # brought back by hand, it is as if nothing had been said, and can be accepted
    (tmp_path / ASIDE / "below" / "a.png").rename(result)
    assert Verdicts(tmp_path).of(result, MADE) is None
    Verdicts(tmp_path).accept(result, MADE)
    assert Verdicts(tmp_path).of(result, MADE).word == "accepted"  # type: ignore[union-attr]


def test_what_cannot_be_read_for_a_moment_is_not_written_over(
    tmp_path: Path, result: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = result.with_name("b.png")
    other.write_bytes(b"other")
    verdicts = Verdicts(tmp_path)
    Verdicts(tmp_path).accept(other, "other")  # by another window: the judgements to come must not lose it
    kept = tmp_path / FOLDER / "verdicts.json"
    before = kept.read_bytes()
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path == kept:
            raise PermissionError(13, "Permission denied")
        return read(path)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "read_bytes", refuse)
        for judge in (lambda: verdicts.accept(result, MADE), lambda: verdicts.reject(result, MADE, [])):
            with pytest.raises(RestorerError, match="cannot be read"):
                judge()
        with pytest.raises(RestorerError, match="cannot be read"):
            Verdicts(tmp_path)
    assert kept.read_bytes() == before
    assert result.exists()
    verdicts.accept(result, MADE)
    assert Verdicts(tmp_path).of(other, "other") is not None
    assert Verdicts(tmp_path).of(result, MADE) is not None


def test_a_verdict_that_cannot_be_kept_moves_nothing(tmp_path: Path, result: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(RestorerError):
        Verdicts(tmp_path).reject(result, MADE, ["a.png.mask.png"])
    assert result.read_bytes() == b"picture"
    assert result.with_name("a.png.mask.png").exists()


def test_a_damaged_file_is_kept_beside_the_new_one(tmp_path: Path, result: Path) -> None:
    Verdicts(tmp_path).accept(result, MADE)
    kept = tmp_path / FOLDER / "verdicts.json"
    for bad in ("", "[1]", "{", json.dumps({"below/a.png": {"word": "maybe", "sha256": "", "aside": []}})):
        kept.write_text(bad)
        assert Verdicts(tmp_path).of(result, MADE) is None
        Verdicts(tmp_path).accept(result, MADE)
        assert Verdicts(tmp_path).of(result, MADE) is not None
    assert sorted(path.read_text() for path in kept.parent.glob("verdicts-damaged*"))[:3] == ["", "[1]", "{"]


def test_a_folder_may_be_moved_and_older_files_tell_whole_paths(tmp_path: Path, result: Path) -> None:
    Verdicts(tmp_path).reject(result, MADE, [])
    kept = tmp_path / FOLDER / "verdicts.json"
    told = json.loads(kept.read_text())
    (one,) = told.values()
    del one["made"]
    one["aside"] = [[name, str(tmp_path / path)] for name, path in one["aside"]]
    shutil.copytree(tmp_path, tmp_path.with_name("moved"))
    kept.write_text(json.dumps({str(result): one}))
    Verdicts(tmp_path).accept(result, MADE)
    assert result.read_bytes() == b"picture"
    moved = tmp_path.with_name("moved") / "below" / "a.png"
    Verdicts(tmp_path.with_name("moved")).accept(moved, MADE)
    assert moved.read_bytes() == b"picture"
