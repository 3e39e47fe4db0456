"""Photographs whose only file is a copy of the program's own: pasted pictures, samples, originals out of projects.

A picture that is pasted has no file, and a sample's belongs to the program; each gets a copy beside the journals, which
lives as long as its window, or as a journal that needs it.  An original that came out of a project lies in the cache.
"""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

from restorer.document import journal, journal_file
from restorer.document.locking import alone_in, lock

if TYPE_CHECKING:
    from typing import BinaryIO

_HELD = ".held"
"""Locked by the window that the copy belongs to."""


def cache_folder() -> Path:
    """Where originals lie that came out of projects; any of them may be removed at any time."""
    return platformdirs.user_cache_path("restorer", appauthor=False) / "originals"


def pictures_folder() -> Path:
    """Where pasted pictures and samples lie while they are worked on."""
    return journal.state_folder().parent / "pictures"


def is_own(path: Path) -> bool:
    """Does the file belong to the program rather than to the person?"""
    place = _absolute(path)
    return any(place.is_relative_to(_absolute(folder)) for folder in (cache_folder(), pictures_folder()))


class OwnCopy:
    """The folder of one pasted picture or sample, held by one window of one process.  Callable on any thread.

    Attributes:
        folder: where the picture's file is to be written, or is.
    """

    def __init__(self, folder: Path, held: BinaryIO) -> None:
        self.folder = folder
        self._held: BinaryIO | None = held

    @classmethod
    def new(cls) -> OwnCopy:
        """An empty folder; a temporary one where the state folder cannot be written to, as then no journal is either.

        Raises:
            OSError: neither can be made.
        """
        root = pictures_folder()
        try:
            root.mkdir(parents=True, exist_ok=True, mode=0o700)
            with alone_in(root):  # nobody sees it before it is held
                folder = root / secrets.token_hex(8)
                folder.mkdir(mode=0o700)
                held = _hold(folder)
        except OSError:
            folder = Path(tempfile.mkdtemp(prefix="restorer-"))
            held = _hold(folder)
        if held is None:
            raise FileExistsError(f"{folder} is held")
        return cls(folder, held)

    @classmethod
    def of(cls, path: Path) -> OwnCopy | None:
        """The folder of a file that a crash has left behind; None if there is none, or another window holds it."""
        folder = _absolute(path).parent
        if folder.parent != _absolute(pictures_folder()):
            return None
        try:
            held = _hold(folder)
        except OSError:
            return None
        return None if held is None else cls(folder, held)

    def leave(self) -> None:
        """Let go of it; what is in it stays, for the journal that needs it."""
        if self._held is not None:
            self._held.close()
            self._held = None

    def remove(self) -> None:
        """Nobody needs it any more."""
        if self._held is not None:
            _remove(self.folder)
            self.leave()
            shutil.rmtree(self.folder, ignore_errors=True)  # Windows removes no open file


def sweep() -> None:
    """Remove the copies that no window holds and no journal needs; none as long as a journal cannot be read."""
    root = pictures_folder()
    if not root.is_dir():
        return
    with suppress(OSError), alone_in(root):
        needed = _needed()
        for folder in root.iterdir():
            if folder.is_dir() and _absolute(folder) not in needed:
                copy = OwnCopy.of(folder / "picture")
                if copy is not None:
                    copy.remove()


def _needed() -> set[Path]:
    """The folders of the originals that the journals name, of living windows and of dead ones.

    Raises:
        OSError: one of them does not say: it is damaged, or another version's.
    """
    needed = set()
    for path in journal.state_folder().glob(f"*{journal.SUFFIX}*"):
        try:
            with path.open("rb") as file:
                begin = next(journal_file.frames(file))
            needed.add(_absolute(Path(begin.json["original"]["path"])).parent)
        except FileNotFoundError:  # closed meanwhile
            continue
        except (StopIteration, ValueError, KeyError, TypeError, zlib.error) as error:
            raise OSError(f"{path} cannot be read") from error
    return needed


def _hold(folder: Path) -> BinaryIO | None:
    held = os.fdopen(os.open(folder / _HELD, os.O_RDWR | os.O_CREAT, 0o600), "r+b")
    if lock(held):
        return held
    held.close()
    return None


def _remove(folder: Path) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            if path.name != _HELD:
                path.unlink()
    shutil.rmtree(folder, ignore_errors=True)


def _absolute(path: Path) -> Path:
    return Path(os.path.realpath(path))
