"""A file is replaced whole or not at all.

The bytes go to a new file beside the target, are flushed to the disk, and only then take the target's name
(`os.replace` is atomic on POSIX and on Windows within one folder).  Whatever fails before that leaves the old
target as it was and no other file behind.  Where nothing may be replaced the name is taken by a hard link, which fails
if somebody was quicker; several files take their names `Together`, or none does.
"""

from __future__ import annotations

import errno
import hashlib
import os
import platform
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from restorer.imaging.errors import RestorerError

_PREFIX = f".restorer-{hashlib.blake2b(platform.node().encode(), digest_size=4).hexdigest()}-"
"""Of files that are being written; it tells this computer's from those of another one that uses the same disk."""

_ABANDONED_S = 600
"""Process numbers mean nothing in another container, so a file must also have rested for so many seconds."""

_ADVICE = {
    errno.ENOSPC: "the disk is full. Free some space or choose another folder",
    errno.EDQUOT: "your quota on this disk is used up. Free some space or choose another folder",
    errno.EFBIG: "the file is too large for this disk. Choose another folder",
    errno.EACCES: "writing there is not permitted. Choose another folder or change the permissions",
    errno.EPERM: "writing there is not permitted. Choose another folder or change the permissions",
    errno.EROFS: "the disk is read-only. Choose another folder",
    errno.ENOENT: "its folder does not exist. Create the folder or choose another one",
    errno.ENOTDIR: "its folder does not exist. Create the folder or choose another one",
    errno.EISDIR: "a folder has that name. Choose another name",
    errno.ENAMETOOLONG: "the name is too long. Choose a shorter one",
    errno.ELOOP: "its link points to itself. Choose another name",
    errno.EEXIST: "a file of that name has come up meanwhile. Choose another name",
    errno.EIO: "the disk reported a fault. Choose another disk, and check this one",
}


class Together:
    """Files that are written one after the other and take their names together, or none does.

    A context: what has not been placed when it ends is removed.

    Args:
        overwrite: existing files may be replaced; if not, one that comes up meanwhile stays too.
    """

    def __init__(self, *, overwrite: bool = True) -> None:
        self._overwrite = overwrite
        self._waiting: list[tuple[Path, Path, Path]] = []  # as it was named, its place, the new file

    def __enter__(self) -> Together:
        return self

    def __exit__(self, *_: object) -> None:
        for *_others, temporary in self._waiting:
            with suppress(OSError):
                temporary.unlink()
        self._waiting.clear()

    def write(
        self, target: Path, write: Callable[[BinaryIO], object], verify: Callable[[Path], object] | None = None
    ) -> None:
        """As `write_atomically`, but the new file gets its name when `place` is called."""
        try:
            final = Path(os.path.realpath(target))
            mode = _mode_of_existing(final)
            temporary, file = _create_beside(final)
            self._waiting.append((target, final, temporary))
            with file:
                write(file)
                file.flush()
                if mode is not None and hasattr(os, "fchmod"):
                    os.fchmod(file.fileno(), mode)
                os.fsync(file.fileno())
            if verify is not None:
                verify(temporary)
        except OSError as error:
            raise self._refusal(target, error) from error

    def place(self) -> None:
        """Give all files their names, the first one last; if one cannot have it, what was there before is there again.

        Raises:
            RestorerError: for every OSError.
        """
        undo: list[Callable[[], object]] = []
        backups: list[Path] = []
        target = self._waiting[0][0]
        try:
            for target, final, temporary in reversed(self._waiting):  # noqa: B007 - for the sentence
                last = len(undo) == len(self._waiting) - 1
                back = None if last else _way_back(final, backups if self._overwrite else None)
                _take_name(temporary, final, overwrite=self._overwrite)
                if back is not None:
                    undo.append(back)
        except BaseException as error:
            for step in undo:
                with suppress(OSError):
                    step()
            if isinstance(error, OSError):
                raise self._refusal(target, error) from error
            raise
        finally:
            for backup in backups:
                with suppress(OSError):
                    backup.unlink()
        folders = {final.parent for _, final, _temporary in self._waiting}
        self._waiting.clear()
        for folder in folders:
            _flush_folder(folder)

    def _refusal(self, target: Path, error: OSError) -> RestorerError:
        first = self._waiting[0][0] if self._waiting else target
        names = first.name if first == target else f"{first.name}” + “{target.name}"
        return RestorerError(f"“{names}” cannot be saved: {advice(error)}.")


def write_atomically(
    target: Path,
    write: Callable[[BinaryIO], object],
    verify: Callable[[Path], object] | None = None,
    *,
    overwrite: bool = True,
    together: Together | None = None,
) -> None:
    """Let `write` fill a new file (open for reading, writing and seeking), then give it the name `target`.

    `verify` is given the finished new file before it takes the name; if it raises, the old target stays.
    Without `overwrite` an old target stays in any case, and that is an error.  With `together` the name is left to it.

    A symbolic link stays a link: the file it points to is replaced.  An existing file keeps its permissions.

    Raises RestorerError for every OSError on the way; what `write` raises otherwise passes through.  In both
    cases the old target is intact and the new file is gone.
    """
    if together is not None:
        together.write(target, write, verify)
        return
    with Together(overwrite=overwrite) as alone:
        alone.write(target, write, verify)
        alone.place()


def can_be_written(folder: Path) -> bool:
    """Whether a file can be made in a folder: tried, as permissions do not tell all; nothing is left there."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _take_name(temporary: Path, final: Path, *, overwrite: bool) -> None:
    """Rename; without `overwrite` an existing file is never replaced, even one of a moment ago."""
    if not overwrite:
        try:
            os.link(temporary, final)
        except FileExistsError:
            if not temporary.samefile(final):  # some network disks say so of what they have just done
                raise
        except OSError:  # a file system without hard links: an empty file keeps the name for us
            final.touch(exist_ok=False)
            try:
                os.replace(temporary, final)  # noqa: PTH105
            except BaseException:
                with suppress(OSError):
                    final.unlink()
                raise
            return
        with suppress(OSError):
            temporary.unlink()
        return
    os.replace(temporary, final)  # noqa: PTH105 - one name for both systems, and the tests break it here


def _way_back(final: Path, backups: list[Path] | None) -> Callable[[], object]:
    """What brings back the state of `final` as it is now; an old file is kept under a name that joins `backups`."""
    if backups is None or not final.exists():
        return final.unlink
    backup, file = _create_beside(final)
    backups.append(backup)
    with file, final.open("rb") as old:
        shutil.copyfileobj(old, file)
    shutil.copystat(final, backup)
    return lambda: os.replace(backup, final)  # noqa: PTH105


def _mode_of_existing(final: Path) -> int | None:
    """The permission bits of the file to be replaced, None if there is none yet.

    `os.replace` asks only for permission on the folder, so a write-protected file has to be noticed here.
    """
    try:
        status = final.stat()
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if not os.access(final, os.W_OK):
        raise PermissionError(errno.EACCES, "is write-protected")
    return stat.S_IMODE(status.st_mode)


def _create_beside(final: Path) -> tuple[Path, BinaryIO]:
    """A new file in the folder of `final`; `mkstemp` is not used, it would ignore the user's umask."""
    _sweep(final.parent)
    temporary = final.with_name(f"{_PREFIX}{os.getpid()}-{secrets.token_hex(8)}.part")
    return temporary, temporary.open("x+b")


def _sweep(folder: Path) -> None:
    """Remove what a process of this computer that was killed while writing has left here."""
    import psutil  # type: ignore[import-untyped]  # 15 ms that the first window need not wait for

    with suppress(OSError):
        for left in folder.glob(f"{_PREFIX}*.part"):
            process = left.name.removeprefix(_PREFIX).split("-")[0]
            with suppress(OSError):
                idle = time.time() - left.stat().st_mtime
                if process.isdigit() and idle > _ABANDONED_S and not psutil.pid_exists(int(process)):
                    left.unlink()


def _flush_folder(folder: Path) -> None:
    """Make the new name survive a power cut.

    The file is whole and in its place already; systems that cannot flush a folder (Windows, some network
    disks) are no reason to report a failed save.
    """
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def advice(error: OSError) -> str:
    """What went wrong and what to do, as the end of a sentence without its full stop."""
    if error.errno in _ADVICE:
        return _ADVICE[error.errno]
    return f"the system says “{error.strerror or error}”. Try another folder"
