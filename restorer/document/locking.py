"""Locks on open files, which the system takes back when their process ends, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_FAR = 1 << 62
"""On Windows a locked byte cannot be read, so it is one that no file has."""


def lock(file: BinaryIO, *, wait: bool = False) -> bool:
    """Lock an open file for this handle alone, also against other handles of the same process.

    Returns False if another one holds it.  A file system that knows no locks counts as unlocked.
    """
    if sys.platform == "win32":
        import msvcrt

        at = file.tell()
        try:
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        finally:
            file.seek(at)
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """One at a time, over all processes, may make and list files in a folder."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        lock(file, wait=True)
        try:
            yield
        finally:
            if sys.platform == "win32":
                import msvcrt

                with suppress(OSError):
                    file.seek(_FAR)
                    msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
