"""The journal: what was finished before a crash comes back, and nobody else's work is touched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from working import all_states, heal, picture, pixels_and_marks, stroke, worked_on

from restorer.document import journal_file
from restorer.document.document import Document
from restorer.document.journal import Journal
from restorer.document.project import open_project, save_project
from restorer.document.recovery import discard, recover, recoverable
from restorer.document.source import OriginalMissing
from restorer.imaging.errors import RestorerError
from restorer.imaging.marks import Marks


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "journals"


def crashed(document: Document, folder: Path) -> Journal:
    """A journal whose process has died after the work."""
    journal = Journal.begin(document, folder)
    worked_on(document)
    assert journal.flush(20)
    journal.leave()
    return journal


def test_everything_comes_back_with_its_undo(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path))
    crashed(document, folder)
    (item,) = recoverable(folder)
    assert (item.original, item.actions) == (document.source.path, 18)
    again, journal = recover(item)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert all_states(again) == all_states(document)
    assert journal.flush(20)
    journal.close()
    assert recoverable(folder) == []
    assert not list(folder.glob("*.journal"))


def test_steps_that_were_joined_come_back_as_one(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder)
    heal(document, (10, 10, 60, 20), 100)
    before, steps = pixels_and_marks(document), len(document.history.done)
    # over several tiles of the mask, some of them in one of the two only
    for place in ((250, 200, 270, 280), (5, 250, 400, 290)):
        document.adjust(Marks.of(stroke(*place), document.mask.shape), None)
    after = pixels_and_marks(document)
    document.join_last()
    assert len(document.history.done) == steps + 1
    assert not document.history.can_redo
    assert pixels_and_marks(document) == after
    document.undo()
    assert pixels_and_marks(document) == before
    document.redo()
    assert journal.flush(20)
    journal.leave()
    again, journal = recover(recoverable(folder)[0])
    assert pixels_and_marks(again) == after
    assert all_states(again) == all_states(document)
    journal.close()


def test_what_is_done_after_a_recovery_is_kept_as_well(tmp_path: Path, folder: Path) -> None:
    crashed(Document.open(picture(tmp_path)), folder)
    for value in (7, 8):
        document, journal = recover(recoverable(folder)[0])
        heal(document, (100, 100, 130, 110), value)
        assert journal.flush(20)
        journal.leave()
    again, journal = recover(recoverable(folder)[0])
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert all_states(again) == all_states(document)
    numbers = [repair.number for repair in again.repairs]
    assert len(set(numbers)) == len(numbers)
    journal.close()


def test_a_journal_cut_off_anywhere_gives_the_work_up_to_there(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path, height=60, width=80))
    journal = Journal.begin(document, folder)
    states = [pixels_and_marks(document)]
    document.followers.append(lambda _event, _step: states.append(pixels_and_marks(document)))
    document.mark(stroke(1, 1, 20, 20))
    heal(document, (5, 5, 30, 9), 50)
    document.undo()
    document.redo()
    assert journal.flush(20)
    journal.leave()
    assert journal.path is not None
    whole = journal.path.read_bytes()
    with journal.path.open("rb") as file:
        frames = list(journal_file.frames(file))
    edges = [frame.end for frame in frames if frame.kind in journal_file.ACTIONS]
    assert len(edges) == len(states) - 1 == 5
    for length in sorted({*edges, *(edge - 1 for edge in edges), *range(frames[0].end, len(whole), 97)}):
        journal.path.write_bytes(whole[:length])
        finished = sum(edge <= length for edge in edges)
        items = recoverable(folder)
        assert [item.actions for item in items] == ([finished] if finished else [])
        if items:
            again, other = recover(items[0])
            assert pixels_and_marks(again) == states[finished]
            other.leave()


def test_a_flipped_bit_ends_the_journal_there(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path, height=60, width=80))
    journal = Journal.begin(document, folder)
    document.mark(stroke(1, 1, 20, 20))
    first = pixels_and_marks(document)
    document.mark(stroke(30, 1, 50, 20))
    assert journal.flush(20)
    journal.leave()
    assert journal.path is not None
    with journal.path.open("rb") as file:
        last = [frame for frame in journal_file.frames(file) if frame.kind == journal_file.DO][-1]
    content = bytearray(journal.path.read_bytes())
    content[last.end - 1] ^= 1
    journal.path.write_bytes(bytes(content))
    again, journal = recover(recoverable(folder)[0])
    assert pixels_and_marks(again) == first
    journal.close()


def test_a_living_window_keeps_its_journal_to_itself(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path))
    journal, rival = Journal.begin(document, folder), Journal.begin(document, folder)
    assert journal.path != rival.path
    document.mark(stroke(1, 1, 20, 20))
    assert journal.flush(20)
    assert recoverable(folder) == []
    assert journal.path is not None
    assert journal.path.exists()
    journal.leave()
    (item,) = recoverable(folder)
    taken = recover(item)[1]
    with pytest.raises(RestorerError, match="Another window"):
        recover(item)
    assert recoverable(folder) == []
    for each in (taken, rival):
        each.close()


def test_another_process_that_was_killed_leaves_its_journal_to_us(tmp_path: Path, folder: Path) -> None:
    path = picture(tmp_path)
    program = f"""
import sys, time; sys.path[:0] = {sys.path!r}
from pathlib import Path
from working import *
from restorer.document.journal import Journal
document = Document.open(Path({str(path)!r}))
journal = Journal.begin(document, Path({str(folder)!r}))
document.mark(stroke(1, 1, 20, 20)); assert journal.flush(20)
print("ready", flush=True); time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n"
        assert recoverable(folder) == []
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    (item,) = recoverable(folder)
    again, journal = recover(item)
    assert int(again.mask.sum()) == 19 * 19 - 1
    journal.close()


def test_saved_work_is_not_offered_again_and_later_work_is(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder)
    worked_on(document)
    state = document.state()
    save_project(state, tmp_path / "work.restorer")
    document.saved(state)
    journal.saved(tmp_path / "work.restorer", state)
    assert journal.flush(20)
    journal.leave()
    assert recoverable(folder) == []
    assert not list(folder.glob("*.journal"))

    document = open_project(tmp_path / "work.restorer")
    journal = Journal.begin(document, folder)
    document.mark(stroke(1, 1, 20, 20))
    state = document.state()
    document.mark(stroke(100, 1, 120, 20))  # while the project is being written
    journal.saved(tmp_path / "work.restorer", state)
    assert journal.flush(20)
    journal.leave()
    (item,) = recoverable(folder)
    again, journal = recover(item)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert all_states(again) == all_states(document)
    journal.close()


def test_a_moved_original_is_asked_for_and_a_changed_one_refused(tmp_path: Path, folder: Path) -> None:
    document = Document.open(picture(tmp_path))
    document.source.sha256()
    crashed(document, folder)
    moved = document.source.path.rename(tmp_path / "elsewhere.png")
    (item,) = recoverable(folder)
    with pytest.raises(OriginalMissing):
        recover(item)
    picture(tmp_path, width=430)
    with pytest.raises(OriginalMissing, match="not the file any more"):
        recover(item)
    again, journal = recover(item, moved)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    journal.leave()
    discard(recoverable(folder)[0])
    assert recoverable(folder) == []


def test_a_crash_before_the_hash_was_known_still_lets_the_person_show_the_file(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Journal, "_hash", lambda _journal: None)
    document = Document.open(picture(tmp_path))
    crashed(document, folder)
    os.utime(document.source.path, ns=(1, 1))
    (item,) = recoverable(folder)
    with pytest.raises(OriginalMissing):
        recover(item)
    with pytest.raises(OriginalMissing):
        recover(item, picture(tmp_path, "other.png", width=421))
    again, journal = recover(item, document.source.path)
    assert pixels_and_marks(again) == pixels_and_marks(document)
    journal.close()


def test_without_a_place_for_it_work_goes_on_and_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    told: list[str] = []
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, tmp_path / "file" / "journals", told.append)
    worked_on(document)
    assert not journal.flush(1)
    assert len(told) == 1
    assert "not being kept" in told[0]
    journal.close()


def test_a_full_disk_is_told_once_and_made_up_for(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, folder, told.append)
    assert journal.flush(20)
    write, full = os.write, True

    def writing(descriptor: int, content: bytes) -> int:
        if full:
            write(descriptor, bytes(content[:5]))  # a part of it still fits
            raise OSError(28, "No space left on device")
        return write(descriptor, content)

    monkeypatch.setattr(journal_file.os, "write", writing)
    heal(document, (10, 10, 60, 20), 100)
    assert not journal.flush(20)
    document.undo()
    assert not journal.flush(20)
    assert len(told) == 1
    assert "the disk is full" in told[0]
    full = False
    document.redo()
    assert journal.flush(20)
    journal.leave()
    again, journal = recover(recoverable(folder)[0])
    assert pixels_and_marks(again) == pixels_and_marks(document)
    assert np.asarray(again.original).shape == document.original.shape
    journal.close()
