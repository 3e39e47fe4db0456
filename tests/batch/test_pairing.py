"""Which masks belong to which pictures, and that a picture is never taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from batch_scans import write_scan, write_scratch

from restorer.batch.inputs import Found, gather
from restorer.batch.pairing import paired
from restorer.imaging.errors import RestorerError


def masks_of(pairs: list[Found]) -> dict[str, list[str]]:
    return {one.path.name: [mask.name for mask in one.masks] for one in pairs}


def test_masks_are_paired_by_name_and_faults_are_each_file_s_own(tmp_path: Path) -> None:
    for name in ("a", "b", "c", "d"):
        write_scan(tmp_path / "in" / f"{name}.png", 1)
    for name in ("a.png", "b-mask.png", "c-mask.png", "c.mask.tif"):
        write_scratch(tmp_path / "masks" / name, 5)
    pairs = paired(gather([tmp_path / "in"]), tmp_path / "masks")
    assert masks_of(pairs) == {"a.png": ["a.png"], "b.png": ["b-mask.png"], "c.png": [], "d.png": []}
    assert "several masks" in pairs[2].fault
    assert "no mask for “d.png”" in pairs[3].fault


def test_what_ends_in_mask_goes_before_a_plain_name(tmp_path: Path) -> None:
    for name in ("a.png", "b.png"):
        write_scan(tmp_path / "in" / name, 1)
        write_scan(tmp_path / "results" / name, 2)
    write_scratch(tmp_path / "results" / "a.png.mask.png", 5)
    write_scratch(tmp_path / "results" / "b-mask.png", 5)
    pairs = paired(gather([tmp_path / "in"]), tmp_path / "results")
    assert masks_of(pairs) == {"a.png": ["a.png.mask.png"], "b.png": ["b-mask.png"]}


def test_a_picture_is_not_its_own_mask(tmp_path: Path) -> None:
    write_scan(tmp_path / "a.png", 1)
    (one,) = paired(gather([tmp_path]), tmp_path)
    assert not one.masks
    assert "no mask for “a.png”" in one.fault
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "a.png").symlink_to(tmp_path / "a.png")
    assert "no mask for “a.png”" in paired(gather([tmp_path]), tmp_path / "links")[0].fault


def test_masks_beside_the_pictures_are_no_pictures(tmp_path: Path) -> None:
    write_scan(tmp_path / "tea-gardens.png", 1)
    write_scratch(tmp_path / "tea-gardens-mask.png", 5)
    said: list[str] = []
    pairs = paired(gather([tmp_path]), tmp_path, notice=said.append)
    assert masks_of(pairs) == {"tea-gardens.png": ["tea-gardens-mask.png"]}
    assert not pairs[0].fault
    assert len(said) == 1
    assert "tea-gardens-mask.png" in said[0]


def test_one_mask_for_all_is_none_of_the_pictures(tmp_path: Path) -> None:
    write_scan(tmp_path / "f1.png", 1)
    write_scratch(tmp_path / "hair.png", 5)
    assert masks_of(paired(gather([tmp_path]), None, tmp_path / "hair.png")) == {"f1.png": ["hair.png"]}
    with pytest.raises(RestorerError, match="only masks"):
        paired(gather([tmp_path / "hair.png"]), None, tmp_path / "hair.png")


def test_frames_need_no_masks(tmp_path: Path) -> None:
    for name in ("f1.png", "f2.png"):
        write_scan(tmp_path / name, 1)
    write_scratch(tmp_path / "f1-mask.png", 5)
    pairs = paired(gather([tmp_path]), tmp_path, needed=False)
    assert masks_of(pairs) == {"f1.png": ["f1-mask.png"], "f2.png": []}
    assert not any(one.fault for one in pairs)


def test_a_mask_in_the_same_folder_below_goes_first(tmp_path: Path) -> None:
    for name in ("x/a.png", "y/a.png"):
        write_scan(tmp_path / "in" / name, 1)
    for name in ("a.png", "x/a.png"):
        write_scratch(tmp_path / "masks" / name, 5)
    pairs = paired(gather([tmp_path / "in"], recursive=True), tmp_path / "masks")
    assert [one.masks for one in pairs] == [(tmp_path / "masks/x/a.png",), (tmp_path / "masks/a.png",)]
