"""Pictures and the conditions they are damaged under."""

import io
import tarfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from restorer.evaluation.pictures import Conditions, Picture, Source, category_of, spread
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
    assert picture.category == "old-photo"
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


def test_degradations_are_seeded_and_of_their_size() -> None:
    grey = Picture("a", np.full((64, 80, 3), 128, np.uint8))
    assert Conditions().degraded(grey) is grey
    grainy = Conditions(degrade="grain").degraded(grey).pixels
    assert grainy.std() == pytest.approx(8, abs=0.3)
    assert (grainy[..., 0] == grainy[..., 2]).all()  # grain has no colour
    assert np.array_equal(grainy, Conditions(degrade="grain").degraded(grey).pixels)
    noise = np.random.default_rng(0).integers(0, 256, (64, 80, 3), np.uint8)
    compressed = Conditions(degrade="jpeg").degraded(Picture("a", noise)).pixels
    assert compressed.shape == noise.shape
    assert 5 < np.abs(compressed.astype(int) - noise).mean() < 60


def test_styles_and_scale_change_the_mask() -> None:
    picture = Picture("a", np.zeros((200, 300, 3), np.uint8))
    exact, fat = Conditions().mask(picture, "scratch"), Conditions(mask_style="fat").mask(picture, "scratch")
    assert fat[exact].all()
    assert 1.5 < fat.sum() / exact.sum() < 4
    assert not np.array_equal(exact, Conditions(scale=2).mask(picture, "scratch"))
