"""What a batch reads of each file, and what its results will be called."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_scans import write_scan, write_scratch

from restorer.batch.entries import plan
from restorer.batch.inputs import gather
from restorer.batch.pairing import paired
from restorer.document.export import Options
from restorer.imaging.errors import RestorerError


def test_names_that_meet_are_faults_of_their_files_alone(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_scan(tmp_path / folder / "Print.png", 1)
    (tmp_path / "b" / "Print.png").rename(tmp_path / "b" / "print.png")
    write_scan(tmp_path / "b" / "other.png", 2)
    apart = plan(gather([tmp_path / "a", tmp_path / "b"]), tmp_path / "out")
    assert {entry.source.name: bool(entry.fault) for entry in apart} == {
        "Print.png": True, "other.png": False, "print.png": True,
    }  # fmt: skip
    assert "--recursive" in apart[0].fault
    assert str(tmp_path / "b" / "print.png") in apart[0].fault
    kept = plan(gather([tmp_path], recursive=True), tmp_path / "out")
    assert [str(entry.target.relative_to(tmp_path / "out")) for entry in kept if entry.source.stem != "other"] == [
        str(Path("a/Print.png")), str(Path("b/print.png")),
    ]  # fmt: skip
    assert not any(entry.fault for entry in kept)


def test_names_that_meet_in_one_folder_are_not_sent_to_recursive(tmp_path: Path) -> None:
    write_scan(tmp_path / "a.png", 1)
    write_scan(tmp_path / "b.png", 1)
    (tmp_path / "a.png").with_suffix(".tif").write_bytes((tmp_path / "a.png").read_bytes())  # a PNG, whatever it says
    first, other, free = sorted(plan(gather([tmp_path]), tmp_path / "out"), key=lambda entry: not entry.fault)
    for entry in (first, other):
        assert "folder of its own" in entry.fault
        assert "--recursive" not in entry.fault
    assert (free.source.name, free.fault) == ("b.png", "")


def test_an_input_is_no_target(tmp_path: Path) -> None:
    write_scan(tmp_path / "a.png", 1)
    with pytest.raises(RestorerError, match="one of the pictures to read"):
        plan(gather([tmp_path / "a.png"]), tmp_path)
    assert plan(gather([tmp_path / "a.png"]), tmp_path, "-restored")[0].target.name == "a-restored.png"


def test_a_mask_is_no_target_and_none_is_written_over_it(tmp_path: Path) -> None:
    write_scan(tmp_path / "in" / "a.png", 1)
    found, masks = gather([tmp_path / "in"]), tmp_path / "masks"
    write_scratch(masks / "a.png", 5)
    with pytest.raises(RestorerError, match="one of the masks to read"):
        plan(paired(found, masks), masks)
    with pytest.raises(RestorerError, match="one of the masks to read"):
        plan(paired(found, None, masks / "a.png"), masks)
    (masks / "a.png").rename(masks / "a.png.mask.png")
    pairs = paired(found, masks)
    assert plan(pairs, masks)[0].target == masks / "a.png"
    with pytest.raises(RestorerError, match="one of the masks to read"):
        plan(pairs, masks, options=Options(mask=True))


def test_the_ending_chooses_the_format_but_not_of_a_copy(tmp_path: Path) -> None:
    write_scan(tmp_path / "a.png", 1)
    (entry,) = plan(gather([tmp_path]), tmp_path / "out", "-r.tif")
    assert (entry.target.name, entry.copy.name) == ("a-r.tif", "a-r.png")
    with pytest.raises(RestorerError, match="no ending"):
        plan(gather([tmp_path]), tmp_path / "out", ".gif")


def test_a_file_that_lies_about_its_format_gets_the_right_ending(tmp_path: Path) -> None:
    write_scan(tmp_path / "a.jpg", 1)  # a PNG
    (entry,) = plan(gather([tmp_path]), tmp_path / "out")
    assert (entry.target.name, entry.copy.name) == ("a.png", "a.jpg")
