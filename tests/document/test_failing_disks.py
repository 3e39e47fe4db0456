"""Every write fails once, in every way: the old file stays, nothing is left behind, and one sentence says why."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from working import heal, picture, pixels_and_marks, worked_on

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.journal import Journal, recover, recoverable
from restorer.document.project import save_project
from restorer.imaging import atomic
from restorer.imaging.errors import RestorerError

FULL = OSError(28, "No space left on device")
PULLED = OSError(5, "Input/output error")
WRITES: dict[str, tuple[str, Callable[[Document, Path], object]]] = {
    "a project": ("work.restorer", lambda document, path: save_project(document.state(), path)),
    "a project with its original": (
        "work.restorer",
        lambda document, path: save_project(document.state(), path, embed=True),
    ),
    "a TIFF": ("out.tif", lambda document, path: export(document, path, overwrite=True)),
    "a PNG": ("out.png", lambda document, path: export(document, path, overwrite=True)),
}


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """No file of this process may grow beyond so many bytes: a real fault, from the real system."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


def failing(error: OSError) -> Callable[..., None]:
    def fail(*_args: object, **_kwargs: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("fault", ["too large", "full", "pulled before the name", "no new file"])
def test_the_old_file_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str, fault: str) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    name, write = WRITES[what]
    target = tmp_path / name
    target.write_bytes(b"old")
    state = pixels_and_marks(document)
    expected = {"too large": "too large", "full": "disk is full"}.get(fault, "reported a fault")
    with monkeypatch.context() as broken, ExitStack() as limits:
        if fault == "too large":
            limits.enter_context(largest_file(1000))
        elif fault == "full":
            broken.setattr(atomic.os, "fsync", failing(FULL))
        elif fault == "no new file":
            broken.setattr(atomic, "_create_beside", failing(PULLED))
        else:
            broken.setattr(atomic.os, "replace", failing(PULLED))
        with pytest.raises(RestorerError, match=expected) as error:
            write(document, target)
    assert target.name in str(error.value)
    assert target.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["print.png", name])
    assert pixels_and_marks(document) == state
    write(document, target)
    assert target.read_bytes() != b"old"


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_disk_that_fails_between_the_files_of_an_export_says_which(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    replace, count = os.replace, 0

    def failing_once(*args: object) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise FULL
        replace(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(atomic.os, "replace", failing_once)
    names = ["out.tif", "out.tif.mask.png", "out.tif.restorer.json"]
    with pytest.raises(RestorerError, match="disk is full") as error:
        export(document, tmp_path / "out.tif", options=Options(manifest=True, mask=True))
    assert f"“{names[at - 1]}”" in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["print.png", *names[: at - 1]])


def test_a_journal_on_a_really_full_disk_loses_nothing_that_was_finished(tmp_path: Path) -> None:
    told: list[str] = []
    document = Document.open(picture(tmp_path))
    journal = Journal.begin(document, tmp_path / "journals", told.append)
    heal(document, (10, 10, 60, 20), 100)
    assert journal.flush(20)
    finished = pixels_and_marks(document)
    assert journal.path is not None
    with largest_file(journal.path.stat().st_size + 100):
        heal(document, (100, 100, 200, 180), 7)
        assert not journal.flush(20)
    assert len(told) == 1
    assert "too large" in told[0]
    journal._file, file = None, journal._file  # the disk stays away: nothing is made up for
    journal.leave()
    assert file is not None
    file.close()
    again, journal = recover(recoverable(tmp_path / "journals")[0])
    assert pixels_and_marks(again) == finished
    journal.close()
