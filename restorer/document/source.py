"""The file that a document was opened from: which one it was, and whether it still is that."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import read_photograph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from restorer.imaging.files.photograph import Infrared, Photograph

Change = Literal["changed", "missing"]

CHUNK = 1 << 20


class OriginalChanged(RestorerError):  # noqa: N818 - what is so, not what failed
    """The file is not any more what was opened."""


class Source:
    """A file's path and fingerprint: size and time of change at once, SHA-256 when it is first asked for.

    Callable on any thread.

    Args:
        path: the file; it is only read.
        size: bytes, when it was opened.
        modified: nanoseconds since 1970, when it was opened.
        sha256: its hash in hexadecimal digits, if it is known.
    """

    def __init__(self, path: Path, size: int, modified: int, sha256: str | None = None) -> None:
        self.path = path
        self.size = size
        self.modified = modified
        self._sha256 = sha256

    @classmethod
    def of(cls, path: Path) -> Source:
        """The file as it is now.

        Raises:
            RestorerError: there is no such file, or it may not be looked at.
        """
        try:
            status = path.stat()
        except OSError as error:
            raise RestorerError(
                f"“{path.name}” cannot be read ({error.strerror}): check its name and folder."
            ) from None
        return cls(path, status.st_size, status.st_mtime_ns)

    @property
    def known_sha256(self) -> str | None:
        """The hash if it has been worked out."""
        return self._sha256

    def sha256(self) -> str:
        """The hash of the file as it was opened; reads all of it, the first time.

        Raises:
            OriginalChanged: it has changed since, so that nobody can tell any more.
            RestorerError: it cannot be read.
        """
        if self._sha256 is None:
            if self._stat_differs() is None:
                digest = file_sha256(self.path)
                if self._stat_differs() is None:
                    self._sha256 = digest
            if self._sha256 is None:
                raise OriginalChanged(self._sentence())
        return self._sha256

    def change(self) -> Change | None:
        """Has the file been changed or taken away since it was opened?

        Equal size and time are believed; otherwise the content decides, if its hash had been worked out before.
        """
        differs = self._stat_differs()
        if differs != "changed" or self._sha256 is None:
            return differs
        try:
            same = file_sha256(self.path) == self._sha256
        except RestorerError:
            return "missing"
        if same:  # copied back, or touched
            status = self.path.stat()
            self.size, self.modified = status.st_size, status.st_mtime_ns
        return None if same else "changed"

    def check(self, *, content: bool = False) -> None:
        """See that the file still is what was opened; a missing one is no harm.

        Args:
            content: compare what it holds, if its hash had been worked out before, whatever size and time say.

        Raises:
            OriginalChanged: it holds something else.
        """
        change = self.change()
        if content and change is None and self._sha256 is not None and file_sha256(self.path) != self._sha256:
            change = "changed"
        if change == "changed":
            raise OriginalChanged(self._sentence())

    def to_json(self) -> dict[str, Any]:
        return {"path": str(self.path), "size": self.size, "modified": self.modified, "sha256": self._sha256}

    def _stat_differs(self) -> Change | None:
        try:
            status = self.path.stat()
        except OSError:
            return "missing"
        return None if (status.st_size, status.st_mtime_ns) == (self.size, self.modified) else "changed"

    def _sentence(self) -> str:
        name = self.path.name
        if self._stat_differs() == "missing":
            return f"“{name}” is not there any more, and its hash is not known yet: put it back where it was."
        return changed_on_disk(name)


def changed_on_disk(name: str) -> str:
    """The sentence about an original that is another file now."""
    return f"“{name}” has been changed on the disk since it was opened: save your work, and open it again."


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits.

    Raises:
        RestorerError: it cannot be read.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
    except OSError as error:
        raise RestorerError(
            f"“{path.name}” cannot be read ({error.strerror or error}): check the disk it is on."
        ) from None
    return digest.hexdigest()


class OriginalMissing(RestorerError):  # noqa: N818
    """The file that work belongs to is not where it was; `name` is what it is called."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


def found(candidates: Sequence[Path], name: str, size: int, sha256: str | None, modified: int | None = None) -> Source:
    """The first file that holds what was opened.

    Equal size and time are believed, if a time is known; otherwise the hash decides, and without one the size.

    Raises:
        OriginalMissing: none of them is it.
    """
    other = False
    for path in candidates:
        try:
            source = Source.of(path)
        except RestorerError:
            continue
        untouched = sha256 is None if modified is None else source.modified == modified
        if source.size == size and untouched:
            return Source(path, source.size, source.modified, sha256)
        if sha256 is not None and source.size == size and source.sha256() == sha256:
            return source
        other = True
    if other:
        raise OriginalMissing(
            name, f"“{name}” is not the file any more that this work belongs to: find that file, and choose it."
        )
    raise OriginalMissing(name, f"The original “{name}” is not there: put it beside this file, or choose where it is.")


def read_unchanged(path: Path, *, page: int, infrared: Infrared | None) -> tuple[Photograph, Source]:
    """Read a photograph, and see that nobody has written to its file meanwhile.

    Raises:
        RestorerError: it cannot be read; the sentence says why and what to do.
    """
    before = _before_reading(path)
    photograph = read_photograph(path, page=page, infrared=infrared, inks=True)
    now = Source.of(path)
    if before is not None and (now.size, now.modified) != (before.size, before.modified):
        raise OriginalChanged(f"“{path.name}” was changed while it was being read: open it again.")
    return photograph, now


def _before_reading(path: Path) -> Source | None:
    """None for what the reader has a better sentence about."""
    try:
        return Source.of(path)
    except RestorerError:
        return None
