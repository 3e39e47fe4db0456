"""Journals that a disk, another version or a lack of memory has spoilt: no work goes without a word."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from working import all_states, heal, picture, pixels_and_marks, stroke

from restorer.document import journal_file
from restorer.document.document import Document
from restorer.document.journal import Journal
from restorer.document.project import save_project
from restorer.document.records import Packer
from restorer.document.recovery import recover, recoverable
from restorer.imaging.errors import RestorerError

ACTIONS = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journals"


@pytest.fixture
def left(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The journal of twelve actions, whose process has died; without the original's hash, which comes at any time."""
    monkeypatch.setattr(Journal, "_hash", lambda _journal: None)
    document = Document.open(picture(tmp_path, height=60, width=420))
    journal = Journal.begin(document, folder)
    assert journal.flush(20)
    for number in range(ACTIONS):
        document.mark(stroke(10 + 30 * number, 10, 30 + 30 * number, 30))
    assert journal.flush(20)
    journal.leave()
    assert journal.path is not None
    return journal.path


def flip(path: Path, at: int) -> bytes:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)
    return bytes(content)


def ends(path: Path) -> list[int]:
    """Where the n-th action ends; of 0, where the first begins."""
    with path.open("rb") as file:
        return [frame.end for frame in journal_file.frames(file)]


@pytest.mark.parametrize("at", [3, len(journal_file.MAGIC), len(journal_file.MAGIC) + 5, len(journal_file.MAGIC) + 40])
def test_one_that_is_damaged_at_its_beginning_stays_and_is_told_of(left: Path, folder: Path, at: int) -> None:
    content, told = flip(left, at), list[str]()
    assert recoverable(folder, told.append) == []
    assert left.with_name(f"{left.name}.damaged").read_bytes() == content
    assert not left.exists()
    assert len(told) == 1
    assert str(left) in told[0]
    shutil.copyfile(left.with_name(f"{left.name}.damaged"), left)
    assert recoverable(folder, told.append) == []  # another one of that name
    assert len(list(folder.glob("*.damaged"))) == 2
    assert recoverable(folder, told.append) == []
    assert len(told) == 2


def test_that_of_another_version_is_left_alone(left: Path, folder: Path) -> None:
    content = left.read_bytes().replace(b"journal 1\n", b"journal 12\n", 1)
    left.write_bytes(content)
    told: list[str] = []
    assert recoverable(folder, told.append) == []
    assert left.read_bytes() == content
    assert told == []


@pytest.mark.parametrize("length", [0, 7, len(journal_file.MAGIC), len(journal_file.MAGIC) + 20])
def test_one_that_was_only_begun_goes_away(left: Path, folder: Path, length: int) -> None:
    left.write_bytes(left.read_bytes()[:length])
    told: list[str] = []
    assert recoverable(folder, told.append) == []
    assert not list(folder.glob("*.journal*"))
    assert told == []


@pytest.mark.parametrize("where", ["kind", "length", "far length", "checksum", "content"])
def test_what_lies_behind_damage_is_counted_copied_and_told_of(left: Path, folder: Path, where: str) -> None:
    offset = {"kind": 0, "length": 1, "far length": 8, "checksum": 9, "content": 30}[where]
    content = flip(left, ends(left)[5] + offset)
    (item,) = recoverable(folder)
    assert (item.actions, item.lost) == (5, ACTIONS - 5)
    document, journal = recover(item)
    assert len(document.history.done) == 5
    (copy,) = folder.glob("*.damaged")
    assert copy.read_bytes() == content
    assert journal.remark is not None
    assert journal.remark.startswith("5 of 12 actions on “print.png” could be read")
    assert str(copy) in journal.remark
    document.mark(stroke(1, 40, 20, 50))
    assert journal.flush(20)
    journal.leave()
    (item,) = recoverable(folder)
    assert (item.actions, item.lost) == (6, 0)
    again, journal = recover(item)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert journal.remark is None
    journal.close()


def test_damage_before_the_first_action_loses_no_file(left: Path, folder: Path) -> None:
    content = flip(left, ends(left)[0] + 30)
    told: list[str] = []
    assert recoverable(folder, told.append) == []
    assert left.with_name(f"{left.name}.damaged").read_bytes() == content
    assert len(told) == 1


def test_without_room_for_a_copy_a_damaged_one_stays_whole(
    left: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = flip(left, ends(left)[5] + 30)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(shutil, "copyfileobj", full)
        with pytest.raises(RestorerError, match=r"damaged, and cannot be copied.* the disk is full"):
            recover(recoverable(folder)[0])
    assert left.read_bytes() == content
    assert not list(folder.glob("*.damaged"))
    recover(recoverable(folder)[0])[1].close()


@pytest.mark.parametrize(("zeros_from", "zeros"), [(0, 0), (0, 300), (1, 0), (40, 0)])
def test_one_that_was_only_cut_off_is_not_damaged(left: Path, folder: Path, zeros_from: int, zeros: int) -> None:
    """As a kill leaves it, or a power cut: longer than what was written."""
    left.write_bytes(left.read_bytes()[:-7])
    left.write_bytes(left.read_bytes()[: ends(left)[-1] + zeros_from] + bytes(zeros))
    (item,) = recoverable(folder)
    assert (item.actions, item.lost) == (ACTIONS - 1, 0)
    journal = recover(item)[1]
    assert journal.remark is None
    assert not list(folder.glob("*.damaged"))
    journal.close()


class Failing:
    """Raises instead of being called, at the calls of those numbers."""

    def __init__(self, real: Any, at: set[int], error: BaseException) -> None:
        self.real, self.at, self.error, self.calls = real, at, error, 0

    def __call__(self, *args: Any) -> Any:
        self.calls += 1
        if self.calls - 1 in self.at:
            raise self.error
        return self.real(*args)


@pytest.mark.parametrize("error", [MemoryError(), ValueError("a fault")])
@pytest.mark.parametrize("part", ["_patch", "take", "packed"])
def test_an_action_that_cannot_be_packed_once_spoils_none_of_those_that_follow(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, part: str, error: Exception
) -> None:
    told: list[str] = []
    monkeypatch.setattr(Journal, "_hash", lambda _journal: None)
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder, told.append)
    heal(document, (10, 10, 30, 20), 1)
    assert journal.flush(20)
    if part == "packed":
        monkeypatch.setattr(journal_file, "packed", Failing(journal_file.packed, {1}, error))
    else:
        failing, real = Failing(lambda: None, {0 if part == "_patch" else 1}, error), getattr(Packer, part)

        def once(packer: Packer, *args: Any) -> Any:
            failing()
            return real(packer, *args)

        monkeypatch.setattr(Packer, part, once)
    for number in range(1, 8):
        heal(document, (10 + 40 * number, 10, 30 + 40 * number, 20), 1000 * number)
    assert journal.flush(20)
    assert told == []
    journal.leave()
    (item,) = recoverable(folder)
    assert (item.actions, item.lost) == (16, 0)
    again, journal = recover(item)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert all_states(again) == all_states(document)
    journal.close()


def test_a_lasting_lack_of_memory_is_told_once_and_made_up_for(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder, told.append)
    assert journal.flush(20)
    with monkeypatch.context() as broken:
        broken.setattr(Packer, "take", Failing(None, set(range(99)), MemoryError()))
        heal(document, (10, 10, 30, 20), 1)
        assert not journal.flush(20)
        document.undo()
        heal(document, (50, 10, 70, 20), 2)
        assert not journal.flush(20)
    assert told == ["Your work is not being kept against a crash: there is not enough memory."]
    save_project(document.state(), tmp_path / "work.restorer")
    journal.saved(tmp_path / "work.restorer", document.state())
    heal(document, (90, 10, 120, 20), 3)
    assert journal.flush(20)
    assert journal.trouble is None
    journal.leave()
    (item,) = recoverable(folder)
    assert item.actions == 2  # since it was saved
    again, journal = recover(item)
    assert all_states(again) == all_states(document)
    journal.close()


def test_a_journal_that_could_not_be_made_at_first_is_made_later(tmp_path: Path, folder: Path) -> None:
    told: list[str] = []
    folder.write_text("in the way")
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder, told.append)
    heal(document, (10, 10, 30, 20), 1)
    assert not journal.flush(20)
    assert len(told) == 1
    folder.unlink()
    heal(document, (50, 10, 70, 20), 2)
    assert journal.flush(20)
    assert journal.trouble is None
    journal.leave()
    (item,) = recoverable(folder)
    assert item.actions == 4
    again, journal = recover(item)
    assert all_states(again) == all_states(document)
    journal.close()
    assert not list(folder.glob("*.journal"))


def test_a_fault_on_the_journals_thread_is_told_and_does_not_end_it(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder, told.append)
    assert journal.flush(20)
    with monkeypatch.context() as broken:
        broken.setattr(journal_file, "add", Failing(None, set(range(99)), RuntimeError("a fault")))
        heal(document, (10, 10, 30, 20), 1)
        assert not journal.flush(20)
    assert told == [
        "Your work is not being kept against a crash: a fault of the program (RuntimeError). "
        "Save a project now, and report this."
    ]
    heal(document, (50, 10, 70, 20), 2)
    assert journal.flush(20)
    journal.leave()
    again, journal = recover(recoverable(folder)[0])
    assert all_states(again) == all_states(document)
    journal.close()
