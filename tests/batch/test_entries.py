"""Which files a batch takes, what they are paired with, and what they will be called."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_scans import write_scan, write_scratch

from restorer.batch.entries import gather, natural, plan, with_masks
from restorer.imaging.errors import RestorerError


def names(found: list) -> list[str]:
    return [str(one.below / one.path.name) for one in found]


def test_folders_are_read_in_natural_order_and_only_pictures_of_them(tmp_path: Path) -> None:
    for name in ("a10.png", "a9.png", "notes.txt", ".hidden.png", "below/a1.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    assert names(gather([tmp_path])) == ["a9.png", "a10.png"]
    assert names(gather([tmp_path], recursive=True)) == ["a9.png", "a10.png", str(Path("below/a1.png"))]
    assert names(gather([tmp_path], recursive=True, leave_out=[tmp_path / "below"])) == ["a9.png", "a10.png"]


def test_links_that_lead_back_are_followed_once(tmp_path: Path) -> None:
    write_scan(tmp_path / "in" / "a.png", 1)
    (tmp_path / "in" / "loop").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "same.png").symlink_to(tmp_path / "in" / "a.png")
    assert names(gather([tmp_path / "in"], recursive=True)) == ["a.png"]


def test_a_folder_without_pictures_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match="--recursive"):
        gather([tmp_path])


def test_names_that_meet_are_refused_before_any_work(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_scan(tmp_path / folder / "Print.png", 1)
    (tmp_path / "b" / "Print.png").rename(tmp_path / "b" / "print.png")
    apart = [tmp_path / "a", tmp_path / "b"]
    with pytest.raises(RestorerError, match="would both be written as"):
        plan(gather(apart), tmp_path / "out")
    kept = plan(gather([tmp_path], recursive=True), tmp_path / "out")
    assert [entry.target.relative_to(tmp_path / "out") for entry in kept] == [Path("a/Print.png"), Path("b/print.png")]


def test_an_input_is_no_target(tmp_path: Path) -> None:
    write_scan(tmp_path / "a.png", 1)
    with pytest.raises(RestorerError, match="one of the pictures to read"):
        plan(gather([tmp_path / "a.png"]), tmp_path)
    assert plan(gather([tmp_path / "a.png"]), tmp_path, "-restored")[0].target.name == "a-restored.png"


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


def test_masks_are_paired_by_name_and_faults_are_each_file_s_own(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        write_scan(tmp_path / "in" / f"{name}.png", 1)
    for name in ("a.png", "b-mask.png", "c.png", "c.mask.tif"):
        write_scratch(tmp_path / "masks" / name, 5)
    found = gather([tmp_path / "in"])
    entries = with_masks(plan(found, tmp_path / "out"), found, tmp_path / "masks")
    assert [[mask.name for mask in entry.masks] for entry in entries] == [["a.png"], ["b-mask.png"], [], []]
    assert "several masks" in entries[2].fault
    assert "no mask for “d.png”" in entries[3].fault


def test_natural_order() -> None:
    assert sorted(["f10", "f9", "F1b", "f1a"], key=natural) == ["f1a", "F1b", "f9", "f10"]
