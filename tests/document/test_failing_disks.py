"""Every write fails once, in every way: the old file stays, nothing is left behind, and one sentence says why."""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import imagecodecs
import numpy as np
import pydicom
import pytest
from pydicom.data import get_testdata_file
from working import heal, picture, pixels_and_marks, stroke, worked_on

from restorer.document.document import Document
from restorer.document.export import Options, export
from restorer.document.journal import Journal
from restorer.document.project import save_project
from restorer.document.recovery import recover, recoverable
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


NAMES = ["out.tif", "out.tif.mask.png", "out.tif.restorer.json"]


def break_names(monkeypatch: pytest.MonkeyPatch, at: int, *, links: bool) -> None:
    """No file but the first `at` gets its name; without `links` the file system knows no hard links."""
    replace, link, count = os.replace, os.link, 0

    def failing_later(*args: object) -> None:
        nonlocal count
        count += 1
        if count > at:
            raise FULL
        (link if links and not Path(str(args[1])).exists() else replace)(*args)  # type: ignore[operator]

    unknown = failing(OSError(95, "Operation not supported"))
    monkeypatch.setattr(atomic.os, "link", failing_later if links else unknown)
    monkeypatch.setattr(atomic.os, "replace", failing(FULL) if links else failing_later)


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_disk_that_fails_between_the_names_of_an_export_leaves_none_of_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, links: bool
) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    options = Options(manifest=True, mask=True)
    with monkeypatch.context() as broken:
        break_names(broken, at, links=links)
        with pytest.raises(RestorerError, match="disk is full") as error:
            export(document, tmp_path / "out.tif", options=options)
    assert "“out.tif”" in str(error.value)
    assert [path.name for path in tmp_path.iterdir()] == ["print.png"]
    export(document, tmp_path / "out.tif", options=options)  # not refused as existing
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["print.png", *NAMES])


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_disk_that_fails_between_the_names_of_an_export_brings_the_old_files_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    for name in NAMES:
        (tmp_path / name).write_text(f"old {name}")
    replace, count = os.replace, 0

    def failing_once(*args: object) -> None:
        nonlocal count
        count += 1
        if count == at + 1:
            raise FULL
        replace(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(atomic.os, "replace", failing_once)
    with pytest.raises(RestorerError, match="disk is full"):
        export(document, tmp_path / "out.tif", overwrite=True, options=Options(manifest=True, mask=True))
    assert {path.name: path.read_text() for path in tmp_path.glob("*out*")} == {name: f"old {name}" for name in NAMES}
    assert len(list(tmp_path.iterdir())) == 4


def test_a_disk_with_room_for_the_picture_only_is_left_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    options = Options(manifest=True)
    write = atomic.Together.write

    def small_disk(files: atomic.Together, target: Path, *rest: object) -> None:
        with largest_file(100 if target.suffix == ".json" else 1 << 30):
            write(files, target, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(atomic.Together, "write", small_disk)
    with pytest.raises(RestorerError, match=r"“out.tif” \+ “out.tif.restorer.json” cannot be saved: the file is too"):
        export(document, tmp_path / "out.tif", options=options)
    assert [path.name for path in tmp_path.iterdir()] == ["print.png"]


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("late", NAMES)
def test_a_file_that_comes_up_meanwhile_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, late: str, links: bool
) -> None:
    """Somebody saves under that name after it was seen to be free."""
    document = worked_on(Document.open(picture(tmp_path)))
    place = atomic.Together.place

    def later(files: atomic.Together) -> None:
        (tmp_path / late).write_text("theirs")
        place(files)

    monkeypatch.setattr(atomic.Together, "place", later)
    if not links:
        monkeypatch.setattr(atomic.os, "link", failing(OSError(95, "Operation not supported")))
    with pytest.raises(RestorerError, match="has come up meanwhile"):
        export(document, tmp_path / "out.tif", options=Options(manifest=True, mask=True))
    assert (tmp_path / late).read_text() == "theirs"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["print.png", late])


def test_an_original_that_is_gone_is_said_before_anything_is_written(tmp_path: Path) -> None:
    document = worked_on(Document.open(picture(tmp_path)))
    (tmp_path / "print.png").unlink()
    with pytest.raises(RestorerError, match=r"“print\.png” is not there any more"):
        export(document, tmp_path / "out.tif", options=Options(manifest=True, mask=True))
    assert not list(tmp_path.iterdir())


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


@pytest.mark.parametrize("what", [*WRITES, "a JPEG", "a JPEG 2000", "a DICOM", "a manifest", "a mask"])
def test_a_write_that_fails_anywhere_in_the_file(tmp_path: Path, what: str) -> None:
    """The disk is full after so many bytes, for real, at forty places from the first byte to the last."""
    make, suffix = {
        "a JPEG": (jpeg, ".jpg"), "a JPEG 2000": (jpeg2000, ".jp2"), "a DICOM": (dicom, ".dcm"),
    }.get(what, (picture, ".tif"))  # fmt: skip
    document = worked_on(Document.open(make(tmp_path)))
    beside = {"a manifest": ".restorer.json", "a mask": ".mask.png"}.get(what, "")
    name, write = WRITES.get(what, (f"out{suffix}", _export_with_all_beside if beside else _export))
    target = tmp_path / f"{name}{beside}"
    write(document, tmp_path / name)
    whole = target.stat().st_size
    if beside:
        (tmp_path / name).unlink()  # larger than what lies beside it: it may fail as well
    target.write_bytes(b"old")
    files, state, refused = sorted(tmp_path.iterdir()), pixels_and_marks(document), 0
    for share in range(40):
        with largest_file(share * (whole - 64) // 40):
            try:
                write(document, tmp_path / name)
            except RestorerError as error:
                assert "too large" in str(error)  # noqa: PT017
                refused += 1
        if not beside:
            assert target.read_bytes() == b"old"
            assert sorted(tmp_path.iterdir()) == files
        else:
            assert target.read_bytes() == b"old"
            (tmp_path / name).unlink(missing_ok=True)
    assert refused == 40
    assert pixels_and_marks(document) == state
    write(document, tmp_path / name)
    assert target.stat().st_size > whole // 2


def _export(document: Document, path: Path) -> None:
    export(document, path, overwrite=True)


def _export_with_all_beside(document: Document, path: Path) -> None:
    export(document, path, overwrite=True, options=Options(manifest=True, mask=True))


def jpeg(folder: Path) -> Path:
    path = folder / "print.jpg"
    path.write_bytes(imagecodecs.jpeg8_encode(_pixels().astype(np.uint8), level=90))
    return path


def jpeg2000(folder: Path) -> Path:
    path = folder / "print.jp2"
    path.write_bytes(imagecodecs.jpeg2k_encode(_pixels().astype(np.uint8), level=0, codecformat="jp2"))
    return path


def dicom(folder: Path) -> Path:
    dataset = pydicom.dcmread(str(get_testdata_file("CT_small.dcm", download=False)))
    dataset.Rows, dataset.Columns = 300, 420
    dataset.PixelData = _pixels()[..., 0].astype("<i2").tobytes()
    dataset.save_as(folder / "print.dcm")
    return folder / "print.dcm"


def _pixels() -> np.ndarray:
    y, x, channel = np.mgrid[:300, :420, :3]
    return 128 + 90 * np.sin(x / (9 + channel)) * np.cos(y / 11)


def test_a_journal_that_fails_anywhere_keeps_what_was_finished(tmp_path: Path) -> None:
    """Twelve actions, and a disk that is full after each of many bytes: what came back is what was said to be kept."""
    kept_at = set()
    for share in range(16):
        folder = tmp_path / str(share)
        folder.mkdir()
        document = Document.open(picture(folder))
        states = [pixels_and_marks(document)]
        journal = Journal.begin(document, folder / "journals")
        assert journal.flush(20)
        assert journal.path is not None
        kept = 0
        with largest_file(journal.path.stat().st_size + 150 * share):
            for number in range(12):
                if number % 3 == 2:
                    document.undo()
                else:
                    document.mark(stroke(10 * number, 10, 10 * number + 8, 20 + number))
                states.append(pixels_and_marks(document))
                if not journal.flush(20):
                    break
                kept = len(states) - 1
            journal._file, file = None, journal._file  # the disk stays away
            journal.leave()
        if file is not None:
            file.close()
        kept_at.add(kept)
        offered = recoverable(folder / "journals")
        if not offered:
            assert kept == 0
            continue
        again, journal = recover(offered[0])
        assert pixels_and_marks(again) in states[kept : kept + 2]  # the original's hash may be what did not fit
        journal.close()
    assert len(kept_at) > 4
