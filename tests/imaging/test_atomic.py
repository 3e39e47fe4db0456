"""A file is replaced whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from restorer.imaging import atomic
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError


def _new(file: BinaryIO) -> None:
    file.write(b"new")


def _raising(number: int) -> Callable[..., None]:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


def test_a_new_file_gets_the_permissions_of_the_umask(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_atomically(tmp_path / "a", _new)
    finally:
        os.umask(old)
    assert (tmp_path / "a").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o640


def test_an_existing_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    target.chmod(0o604)
    write_atomically(target, _new)
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o604


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    real, link = tmp_path / "folder" / "real", tmp_path / "link"
    real.write_bytes(b"old")
    link.symlink_to(real)
    write_atomically(link, _new)
    assert link.is_symlink()
    assert real.read_bytes() == b"new"


@pytest.mark.parametrize("stage", ["write", "fsync", "fchmod", "replace"])
@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "not permitted"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "fault"),
        (errno.EBUSY, "the system says"),
    ],
)
def test_a_failure_at_any_stage(
    tmp_path: Path, stage: str, number: int, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "a"
    target.write_bytes(b"old")
    write: Callable[[BinaryIO], None] = _new
    if stage == "write":

        def write(file: BinaryIO) -> None:
            file.write(b"half")
            _raising(number)()
    else:
        monkeypatch.setattr(os, stage, _raising(number))
    with pytest.raises(RestorerError, match=words) as caught:
        write_atomically(target, write)
    assert "“a”" in str(caught.value)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_other_exceptions_pass_and_leave_nothing(tmp_path: Path) -> None:
    def interrupted(file: BinaryIO) -> None:
        file.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a", interrupted)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_flushed_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", _raising(errno.EINVAL))
    write_atomically(tmp_path / "a", _new)
    assert (tmp_path / "a").read_bytes() == b"new"


def test_missing_folder_folder_and_protected_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(RestorerError, match="folder does not exist"):
        write_atomically(tmp_path / "none" / "a", _new)
    with pytest.raises(RestorerError, match="a folder has that name"):
        write_atomically(tmp_path, _new)
    with pytest.raises(RestorerError, match="too long"):
        write_atomically(tmp_path / ("a" * 300), _new)
    (tmp_path / "a").write_bytes(b"old")
    (tmp_path / "a").chmod(0o444)
    monkeypatch.setattr(os, "access", lambda *_: False)  # the tests may run as root, who may write everywhere
    with pytest.raises(RestorerError, match="not permitted"):
        write_atomically(tmp_path / "a", _new)
    assert (tmp_path / "a").read_bytes() == b"old"


def test_what_a_killed_process_left_is_removed_in_time(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        ended.wait()
    dead = tmp_path / f"{atomic._PREFIX}{ended.pid}-0123.part"
    recent = tmp_path / f"{atomic._PREFIX}{ended.pid}-4567.part"
    living = tmp_path / f"{atomic._PREFIX}{os.getpid()}-0123.part"
    foreign = tmp_path / f".restorer-ffffffff-{ended.pid}-0123.part"
    for path in (dead, recent, living, foreign):
        path.write_bytes(b"half")
        if path != recent:
            os.utime(path, (1, 1))
    write_atomically(tmp_path / "new", lambda file: file.write(b"x"))
    assert not dead.exists()
    assert recent.exists()
    assert living.exists()
    assert foreign.exists()
