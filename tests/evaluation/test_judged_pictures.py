"""Pictures, their names and their categories."""

import io
import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer.evaluation.pictures import Source, category_of, spread
from restorer.imaging.errors import RestorerError


def png(value: int = 0, side: int = 40) -> bytes:
    """Red `value`, green 50, blue 90."""
    picture = np.empty((side, side + 8, 3), np.uint8)
    picture[:] = 90, 50, value
    return cv2.imencode(".png", picture)[1].tobytes()


def test_a_tar_gives_category_and_id(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as tar:
        for name in ("old-photo/12.png", "medical/7.png", "medical/notes.txt"):
            data = png(len(name))
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    source = Source(tmp_path / "a.tar")
    assert source.names == ["medical_7", "old-photo_12"]
    picture = source.read("old-photo_12")
    assert source.category("old-photo_12") == "old-photo"
    assert picture.pixels.shape == (40, 48, 3)
    assert picture.pixels[0, 0].tolist() == [16, 50, 90]  # RGB


def test_a_folder_gives_its_pictures_in_order(tmp_path: Path) -> None:
    for name in ("b.png", "a_1.PNG", "c.txt"):
        (tmp_path / name).write_bytes(png())
    assert Source(tmp_path).names == ["a_1", "b"]
    assert category_of("b") == "all"
    assert category_of("portrait_old_9") == "portrait_old"


def test_a_limit_takes_some_of_everything() -> None:
    names = [f"{category}_{i}" for category in "abc" for i in range(4)]
    assert [name[0] for name in spread(names, 3)] == ["a", "b", "c"]
    assert spread(names, 99) == names


def test_bad_sources_are_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match="neither a folder"):
        Source(tmp_path / "absent")
    with pytest.raises(RestorerError, match="holds no PNG"):
        Source(tmp_path)
    (tmp_path / "broken.tar").write_bytes(b"this is no tar")
    with pytest.raises(RestorerError, match=r"readable \.tar"):
        Source(tmp_path / "broken.tar")
    (tmp_path / "a.png").write_bytes(b"this is no picture")
    with pytest.raises(RestorerError, match=r"a\.png can't be decoded"):
        Source(tmp_path).read("a")
    (tmp_path / "a.png").write_bytes(png(side=20))
    with pytest.raises(RestorerError, match="smaller than 32"):
        Source(tmp_path).read("a")
    (tmp_path / "a.jpg").write_bytes(png())
    with pytest.raises(RestorerError, match="both be called a"):
        Source(tmp_path)


def test_categories_come_from_the_manifest_the_folder_or_the_name(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    (folder / "medical").mkdir(parents=True)
    for name in ("medical/7.png", "old_1.png", "b.png"):
        (folder / name).write_bytes(png())
    source = Source(folder)
    assert source.names == ["b", "medical_7", "old_1"]
    assert [source.category(name) for name in source.names] == ["all", "medical", "old"]
    assert source.read("medical_7").pixels.shape == (40, 48, 3)
    (tmp_path / "MANIFEST.csv").write_text("file,category\nb.png,portrait\nmedical/7.png,document\n")
    source = Source(folder)
    assert [source.category(name) for name in source.names] == ["portrait", "document", "old"]
    (folder / "MANIFEST.csv").write_text("file,shard\nb.png,1\n")  # of another kind: says nothing
    assert Source(folder).category("medical_7") == "document"


def test_the_manifest_of_a_shard_lies_beside_its_folder(tmp_path: Path) -> None:
    (tmp_path / "val").mkdir()
    with tarfile.open(tmp_path / "val" / "a.tar", "w") as tar:
        member = tarfile.TarInfo("misc/12.png")
        member.size = len(png())
        tar.addfile(member, io.BytesIO(png()))
    assert Source(tmp_path / "val" / "a.tar").category("misc_12") == "misc"
    (tmp_path / "MANIFEST.csv").write_text("file,category\nmisc/12.png,portrait\n")
    assert Source(tmp_path / "val" / "a.tar").category("misc_12") == "portrait"
