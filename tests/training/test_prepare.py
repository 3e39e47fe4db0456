"""`restorer train prepare`: from folders of anyone's pictures to shards, on real files."""

from __future__ import annotations

import csv
import hashlib
import tarfile
from pathlib import Path

import cv2
import imagecodecs
import numpy as np
import pytest

from restorer import bundled
from restorer.__main__ import main
from restorer.imaging.errors import RestorerError
from restorer.training import prepare as preparing
from restorer.training import staging
from restorer.training.likeness import Seen, fingerprint
from restorer.training.pictures import Pictures, decoded, read_picture, reduced
from restorer.training.prepare import prepare
from restorer.training.staging import Settings

PHOTOGRAPH = cv2.imread(str(bundled.resources() / "samples" / "osprey.jpg"))[..., ::-1]
SMALL = Settings(longest=320, smallest=100)


def part(number: int, height: int = 300, width: int = 400) -> np.ndarray:
    """A different piece of a photograph for each of the first numbers: uint8 RGB."""
    rows, columns = PHOTOGRAPH.shape[0] - height, PHOTOGRAPH.shape[1] - width
    y, x = (number * 137) % rows, (number * 283) % columns
    return np.ascontiguousarray(np.rot90(PHOTOGRAPH[y : y + height, x : x + width], number % 4))


def write(path: Path, pixels: np.ndarray) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(imagecodecs.png_encode(pixels, level=1))
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def album(tmp_path: Path) -> Path:
    """Six usable pictures of three kinds, two copies of one of them, and much that is to be left out."""
    folder = tmp_path / "album"
    write(folder / "portraits" / "deep.png", part(0).astype(np.uint16) * 257)
    write(folder / "portraits" / "old" / "grey.png", cv2.cvtColor(part(1), cv2.COLOR_RGB2GRAY))
    write(folder / "views" / "large.png", part(2, 600, 900))
    write(folder / "views" / "opaque.png", np.dstack([part(3), np.full(part(3).shape[:2], 255, np.uint8)]))
    write(folder / "top.png", part(4))
    write(folder / "portraits" / "copy of large.png", part(2, 600, 900))
    smaller = cv2.resize(part(2, 600, 900), None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(folder / "a-smaller-large.jpg"), smaller[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 60])
    see_through = np.dstack([part(5), np.full(part(5).shape[:2], 100, np.uint8)])
    write(folder / "views" / "see-through.png", see_through)
    write(folder / "views" / "tiny.png", part(6)[:90])
    write(folder / "views" / "blank.png", np.full((200, 200, 3), 77, np.uint8))
    (folder / "views" / "broken.jpg").write_bytes(b"no picture")
    (folder / "views" / "notes.txt").write_text("not a picture")
    write(folder / ".thumbnails" / "x.png", part(7))
    return folder


def test_what_is_kept_and_what_is_left_out(album: Path, tmp_path: Path) -> None:
    before = contents(album)
    said: list[str] = []
    target = tmp_path / "shards"
    done = prepare([album], target, Settings(longest=320, smallest=100, licence="CC0 1.0"), tell=said.append)
    assert contents(album) == before
    with (target / "MANIFEST.csv").open(newline="") as stream:
        rows = {row["source_path"]: row for row in csv.DictReader(stream)}
    kept = {"portraits/deep.png": "portraits", "portraits/old/grey.png": "portraits", "views/opaque.png": "views"}
    kept |= {"top.png": "album", "portraits/copy of large.png": "portraits"}
    assert {name: row["category"] for name, row in rows.items()} == kept
    assert {row["licence"] for row in rows.values()} == {"CC0 1.0"}
    assert {row["source"] for row in rows.values()} == {"album"}
    with (target / "LEFT-OUT.csv").open(newline="") as stream:
        left = {row["source_path"]: (row["kind"], row["why"]) for row in csv.DictReader(stream)}
    assert {name: kind for name, (kind, _) in left.items()} == {
        "views/large.png": "duplicate",
        "a-smaller-large.jpg": "duplicate",
        "views/see-through.png": "unreadable",
        "views/tiny.png": "small",
        "views/blank.png": "flat",
        "views/broken.jpg": "unreadable",
    }
    assert "copy of large.png" in left["a-smaller-large.jpg"][1]
    assert len(said) == 2
    assert any("broken.jpg" in sentence for sentence in said)
    assert (done.training, done.validation, done.shards, done.count("duplicate")) == (5, 0, 1, 2)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_the_shards_hold_what_the_manifest_says_and_can_be_trained_on(album: Path, tmp_path: Path) -> None:
    target = tmp_path / "shards"
    prepare([album], target, Settings(longest=320, smallest=100, validation=0.3))
    with (target / "MANIFEST.csv").open(newline="") as stream:
        rows = {(row["shard"], row["file"]): row for row in csv.DictReader(stream)}
    found = set()
    for shard in target.rglob("*.tar"):
        with tarfile.open(shard) as tar:
            for member in tar:
                data = tar.extractfile(member).read()  # type: ignore[union-attr]
                row = rows[shard.name, member.name]
                found.add((shard.name, member.name))
                assert row["sha256"] == hashlib.sha256(data).hexdigest()
                picture = decoded(data)
                assert (str(picture.shape[1]), str(picture.shape[0])) == (row["width"], row["height"])
                assert max(picture.shape) <= 320
                assert min(picture.shape[:2]) >= 100
                true = reduced(read_picture(album / row["source_path"]), 320, 100)
                assert np.abs(picture.astype(int) - true).mean() < 6  # a WebP of it, of the right channels
    assert found == set(rows)
    assert len(Pictures.load(target)) == 3
    assert len(Pictures.load(target / "val")) == 2


def test_the_same_pictures_give_the_same_bytes(album: Path, tmp_path: Path) -> None:
    settings = Settings(longest=320, smallest=100, validation=0.2, seed=3)
    prepare([album], tmp_path / "a", settings, workers=1)
    (tmp_path / "b").mkdir()  # an empty folder may be there
    prepare([album], tmp_path / "b", settings, workers=3)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")
    prepare([album], tmp_path / "c", Settings(longest=320, smallest=100, validation=0.2, seed=4))
    assert contents(tmp_path / "a") != contents(tmp_path / "c")


@pytest.mark.parametrize("cut", [False, True])
def test_what_was_broken_off_goes_on_where_it_was(
    cut: bool, album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare([album], tmp_path / "whole", SMALL)
    target = tmp_path / "shards"

    def pull_the_plug(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare([album], target, SMALL, pull_the_plug)
    assert not target.exists()
    journal = tmp_path / ".shards.preparing" / staging.JOURNAL
    if cut:
        journal.write_text(journal.read_text()[:-20])
    read: list[str] = []
    original = staging.read_picture
    monkeypatch.setattr(staging, "read_picture", lambda path: read.append(path.name) or original(path))
    prepare([album], target, SMALL)
    assert contents(target) == contents(tmp_path / "whole")
    assert ("blank.png" in read) == cut  # the sixth file
    assert "opaque.png" in read
    assert not {"a-smaller-large.jpg", "deep.png", "top.png", "large.png"} & set(read)
    assert not (tmp_path / ".shards.preparing").exists()


def test_other_settings_begin_anew(album: Path, tmp_path: Path) -> None:
    def pull_the_plug(done: int, _total: int) -> None:
        if done == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare([album], tmp_path / "shards", SMALL, pull_the_plug)
    larger = Settings(longest=400, smallest=120)
    prepare([album], tmp_path / "shards", larger)
    prepare([album], tmp_path / "whole", larger)
    assert contents(tmp_path / "shards") == contents(tmp_path / "whole")


def test_shards_are_cut_at_their_size(tmp_path: Path) -> None:
    noise = np.random.default_rng(0)
    for number in range(3):
        write(tmp_path / "in" / f"{number}.png", noise.integers(0, 255, (700, 700, 3), np.uint8))
    done = prepare([tmp_path / "in"], tmp_path / "out", Settings(longest=700, shard_bytes=2**20))
    sizes = [path.stat().st_size for path in sorted((tmp_path / "out").rglob("*.tar"))]
    assert done.shards == len(sizes) > 1
    assert max(sizes) < 2**20 + 64 * 1024
    assert len(Pictures.load(tmp_path / "out")) == 3


def test_what_is_there_is_not_touched(album: Path, tmp_path: Path) -> None:
    target = tmp_path / "shards"
    write(target / "mine.png", part(0))
    with pytest.raises(RestorerError, match="is there already"):
        prepare([album], target, SMALL)
    assert list(target.iterdir()) == [target / "mine.png"]


def test_a_full_disk_leaves_no_half_folder(album: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(preparing.os, "fsync", full)
        with pytest.raises(RestorerError, match="disk is full"):
            prepare([album], tmp_path / "shards", SMALL)
    assert not (tmp_path / "shards").exists()
    with monkeypatch.context() as patch:
        patch.setattr(preparing, "_write_shard", full)
        with pytest.raises(RestorerError, match="No space left"):
            prepare([album], tmp_path / "shards", SMALL)
    assert not (tmp_path / "shards").exists()
    assert prepare([album], tmp_path / "shards", SMALL).training == 5


def test_nothing_to_prepare_is_said(tmp_path: Path) -> None:
    with pytest.raises(RestorerError, match="no folder"):
        prepare([tmp_path / "nowhere"], tmp_path / "out", SMALL)
    (tmp_path / "in").mkdir()
    with pytest.raises(RestorerError, match="There is no picture"):
        prepare([tmp_path / "in"], tmp_path / "out", SMALL)
    (tmp_path / "in" / "bad.png").write_bytes(b"")
    with pytest.raises(RestorerError, match=r"None of the 1 pictures can be used .*bad\.png"):
        prepare([tmp_path / "in"], tmp_path / "out", SMALL)
    assert not (tmp_path / "out").exists()
    for bad in ({"longest": 100}, {"smallest": 4}, {"validation": 0.9}, {"shard_bytes": 5}):
        with pytest.raises(RestorerError):
            Settings(**bad)  # type: ignore[arg-type]


def test_two_folders_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    write(tmp_path / "a" / "scans" / "1.png", part(0))
    write(tmp_path / "b" / "scans" / "1.png", part(1))
    prepare([tmp_path / "a" / "scans", tmp_path / "b" / "scans"], tmp_path / "out", SMALL)
    with (tmp_path / "out" / "MANIFEST.csv").open(newline="") as stream:
        assert {(row["source"], row["source_path"]) for row in csv.DictReader(stream)} == {
            ("scans", "1.png"),
            ("scans-2", "1.png"),
        }


def test_the_same_picture_is_known_again_and_another_one_is_not() -> None:
    seen = Seen()
    for number in range(8):
        assert seen.twin(fingerprint(part(number))) is None
        assert seen.add(fingerprint(part(number))) == number
    picture = part(5)
    jpeg = cv2.imdecode(cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 30])[1], cv2.IMREAD_COLOR)
    grey = np.repeat(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)[..., None], 3, 2)
    brighter = (255 * (picture / 255.0) ** 0.8).astype(np.uint8)
    half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    for changed in (jpeg, grey, brighter, half):
        assert seen.twin(fingerprint(changed)) == 5


def test_many_fingerprints_are_kept() -> None:
    seen = Seen()
    rng = np.random.default_rng(0)
    prints = [fingerprint(rng.integers(0, 255, (40, 40, 3), np.uint8)) for _ in range(600)]
    for one in prints:
        seen.add(one)
    assert [seen.twin(one) for one in prints] == list(range(600))


def test_the_command_names_what_it_could_not_read(
    album: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:

    def call(*words: str) -> int:
        return main(["train", "prepare", *words, "--longest", "320", "--smallest", "100"])

    assert call(str(album), "-o", str(tmp_path / "out")) == 1
    said = capsys.readouterr()
    assert "5 pictures to train on" in said.out
    assert "2 unreadable" in said.out
    assert len(said.err.splitlines()) == 2
    assert str(album / "views" / "broken.jpg") in said.err
    (album / "views" / "broken.jpg").unlink()
    (album / "views" / "see-through.png").unlink()
    assert call(str(album), "-o", str(tmp_path / "again")) == 0
