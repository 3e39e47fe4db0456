"""Which pictures a batch takes of what is named, and what it leaves out."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_scans import write_many, write_scan

from restorer.__main__ import main
from restorer.batch.inputs import Found, gather, natural
from restorer.batch.verdicts import Verdicts
from restorer.document.source import file_sha256
from restorer.imaging.errors import RestorerError


def names(found: list[Found]) -> list[str]:
    return [str(one.below / one.path.name) for one in found]


def batch(*arguments: Path | str) -> int:
    return main(["batch", *map(str, arguments), "--device", "cpu"])


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


def test_a_link_that_leads_nowhere_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scans, masks = write_many(tmp_path, 1)
    (scans / "gone.png").symlink_to(tmp_path / "nowhere.png")
    assert batch(scans, "--masks", masks, "-o", tmp_path / "out") == 2
    assert "gone.png" in capsys.readouterr().err
    assert (tmp_path / "out" / "print-1.png").is_file()


def test_a_folder_without_pictures_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RestorerError, match="--recursive"):
        gather([tmp_path])
    scans, masks = write_many(tmp_path, 1)
    (tmp_path / "empty").mkdir()
    assert batch(scans, tmp_path / "empty", "--masks", masks, "-o", tmp_path / "out") == 2
    assert f"There are no pictures in {tmp_path / 'empty'}" in capsys.readouterr().err
    assert (tmp_path / "out" / "print-1.png").is_file()


def test_a_batch_beside_its_originals_can_go_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scans, masks = write_many(tmp_path, 2)
    call = (scans, "--masks", masks, "-o", scans, "--suffix=-restored", "--mask-beside")
    assert batch(*call) == 0
    capsys.readouterr()
    assert batch(*call, "--resume") == 0
    said = capsys.readouterr()
    assert said.out.count("(before)") == 2
    assert "4 files" in said.err
    assert "print-1-restored.png" in said.err
    everything = sorted(scans.glob("*.png"))
    assert batch(*everything, *call[1:], "--resume") == 0  # as a shell's star names them
    assert sorted(scans.glob("*.png")) == everything


def test_results_below_an_input_are_no_originals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scans, masks = write_many(tmp_path, 2)
    assert batch(scans, "--masks", masks, "-o", scans / "out1", "--recursive") == 0
    Verdicts(scans / "out1").reject(scans / "out1" / "print-2.png", file_sha256(scans / "out1" / "print-2.png"), [])
    capsys.readouterr()
    assert batch(scans, "--masks", masks, "-o", scans / "out2", "--recursive") == 0
    said = capsys.readouterr()
    assert said.out.endswith("2 restored, 0 copied, 0 failed, 0 skipped\n")
    assert "2 files" in said.err
    assert sorted(path.name for path in (scans / "out2").rglob("*.png")) == ["print-1.png", "print-2.png"]
    moved = (scans / "out1").rename(scans / "first")
    assert names(gather([scans], recursive=True, leave_out=[scans / "out2"])) == ["print-1.png", "print-2.png"]
    assert names(gather([moved])) == ["print-1.png"]  # whoever names the results gets them
    (tmp_path / "archive").mkdir()
    moved.rename(tmp_path / "archive" / "first")
    with pytest.raises(RestorerError, match="only results"):
        gather([tmp_path / "archive"], recursive=True)


def test_natural_order() -> None:
    assert sorted(["f10", "f9", "F1b", "f1a"], key=natural) == ["f1a", "F1b", "f9", "f10"]
