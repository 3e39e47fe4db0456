"""Autosave: every finished action goes to a file in the person's state folder, so that no crash loses it."""

from __future__ import annotations

import os
import secrets
import threading
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

import platformdirs

from restorer import __version__
from restorer.document import journal_file as file_
from restorer.document.document import Document
from restorer.document.locking import alone_in, lock
from restorer.document.records import Packer
from restorer.document.state import State
from restorer.imaging.atomic import advice
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.document.document import Event
    from restorer.document.history import Step

SUFFIX = ".journal"
_KIND = {"do": file_.DO, "undo": file_.UNDO, "redo": file_.REDO}


def state_folder() -> Path:
    """Where the journals of this person are."""
    return platformdirs.user_state_path("restorer", appauthor=False) / "journals"


class Journal:
    """Follows a document from a thread of its own; never blocks it and never raises.

    An action counts as finished when it is in the file (`flush` waits for that).  Where nothing can be written, be it
    from the beginning, it says so once, keeps what is to be written, and tries again at the next action.

    Attributes:
        path: the file; None as long as none could be made.
        trouble: why nothing is being kept at present, in one sentence; None if all is well.
        remark: what of the work could not be recovered, in one sentence; None if all was.
    """

    def __init__(self, document: Document, folder: Path, unsaved: int = 0) -> None:
        self.path: Path | None = None
        self.trouble: str | None = None
        self.remark: str | None = None
        self._on_trouble: Callable[[str], None] = lambda _sentence: None
        self._document = document
        self._folder = folder
        self._file: BinaryIO | None = None
        self._packer = Packer()
        self._waiting: SimpleQueue[tuple[str, Any, int]] = SimpleQueue()
        self._unwritten: deque[tuple[str, Any, int]] = deque()
        self._frame: bytes | None = None  # of the first of the unwritten, once it has been packed
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)
        # the document's thread counts actions, in all and since the work was saved, and says what they came to
        self._count, self._unsaved = 0, unsaved
        self._latest = _Latest(0, unsaved, document.state())
        self._covered = 0  # so many actions are in the file, or in a state that is going to be

    @classmethod
    def begin(
        cls,
        document: Document,
        folder: Path | None = None,
        on_trouble: Callable[[str], None] = lambda _sentence: None,
    ) -> Journal:
        """A new journal of a document, which follows it from now on.

        Args:
            document: it may hold work already, as that of a project.
            folder: where journals are kept.
            on_trouble: told, on the journal's thread or this one, when nothing can be kept; once.
        """
        journal = cls(document, folder or state_folder())
        journal._on_trouble = on_trouble
        journal._waiting.put(("begin", document.source, 0))
        if document.history.can_undo or document.history.can_redo or document.repairs or document.marked:
            journal._waiting.put(("state", journal._latest, 0))
        journal._create()
        journal._follow()
        return journal

    @classmethod
    def resumed(cls, document: Document, path: Path, file: BinaryIO, unsaved: int, remark: str | None) -> Journal:
        """The journal that a document was recovered from goes on, in its locked file.

        `unsaved` actions in it no project holds; `remark` is what could not be recovered.
        """
        journal = cls(document, path.parent, unsaved)
        journal.path, journal._file, journal.remark = path, file, remark
        # its packer has met nothing yet, so what comes next stands on a state of its own
        journal._waiting.put(("state", journal._latest, 0))
        journal._follow()
        return journal

    def _create(self) -> None:
        try:
            self.path, self._file = _created(self._folder)
        except OSError as error:
            self._tell(error)

    def _follow(self) -> None:
        self._document.followers.append(self._note)
        self._thread.start()
        threading.Thread(target=self._hash, name="journal-hash", daemon=True).start()

    def _note(self, event: Event, step: Step) -> None:
        self._count += 1
        self._unsaved += 1
        self._latest = _Latest(self._count, self._unsaved, self._document.state())
        self._waiting.put((event, step, self._count))

    def _hash(self) -> None:
        with suppress(RestorerError):
            self._waiting.put(("hash", self._document.source.sha256(), 0))

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all actions so far are in the file; False if they are not (in time)."""
        if not self._thread.is_alive():
            return False
        written = threading.Event()
        self._waiting.put(("flush", written, 0))
        return written.wait(timeout) and self.trouble is None

    def saved(self, project: Path, state: State) -> None:
        """That state is in a project.  If it is still what the document holds, a crash from here on loses nothing."""
        document = self._document
        if state.shown == document.shown and not document.mask.replaced(state.mask):
            self._unsaved = 0
            self._waiting.put(("saved", str(project), self._count))

    def close(self) -> None:
        """The clean end: the file goes away.  What it held is either saved or not wanted."""
        self._end()
        if self._file is not None and self.path is not None:
            with suppress(OSError):
                self.path.unlink()  # while it is locked: nobody takes it for a dead one's
            with suppress(OSError):
                self._file.close()
            with suppress(OSError):
                self.path.unlink(missing_ok=True)  # Windows removes no open file
            self._file = None

    def leave(self) -> None:
        """Stop, but leave the file to be recovered at the next start."""
        self._end()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()
            self._file = None

    def _end(self) -> None:
        with suppress(ValueError):
            self._document.followers.remove(self._note)
        if self._thread.is_alive():
            self._waiting.put(("end", None, 0))
            self._thread.join()

    # --- on the journal's thread -----------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            what, value, number = self._waiting.get()
            if what not in ("flush", "end"):
                self._unwritten.append((what, value, number))
            try:
                self._write_all()
            except Exception as error:  # a journal whose thread has died would lose all that follows
                self._tell(error)
            if what == "end":
                return
            if what == "flush":
                value.set()

    def _write_all(self) -> None:
        if self._file is None and self.path is None:
            self._create()
            if self._file is None:
                self._stand_on_the_latest()  # rather than hold each step for as long as that lasts
                return
        while self._unwritten and self._file is not None:
            if self._frame is None and not self._pack():
                return
            if self._frame is not None:
                file_.add(self._file, self._frame)
                self._frame = None
                self._unwritten.popleft()
                self.trouble = None

    def _pack(self) -> bool:
        """Pack the first of the unwritten, or drop it if it is in what has been written; False if that failed."""
        what, value, number = self._unwritten[0]
        if self._is_covered(what, number):
            self._unwritten.popleft()
            return True
        try:
            self._frame = self._packed(what, value)
        except Exception as error:
            if what in ("do", "state"):
                self._stand_on_the_latest()
            if what != "do":
                self._tell(error)
            return what == "do"  # the state is next
        return True

    def _is_covered(self, what: str, number: int) -> bool:
        """Is it told already by the state that `_stand_on_the_latest` took?"""
        return number < self._covered if what == "saved" else what in _KIND and number <= self._covered

    def _stand_on_the_latest(self) -> None:
        """Put the whole state in place of the steps that lead to it.

        A packer that failed counts as written what is not; what comes next would stand on it.
        """
        self._packer, latest = Packer(), self._latest
        self._covered = latest.number
        others = [one for one in self._unwritten if one[0] != "state" and not self._is_covered(one[0], one[2])]
        begin = [others.pop(0)] if others and others[0][0] == "begin" else []
        self._unwritten = deque([*begin, ("state", latest, 0), *others])

    def _packed(self, what: str, value: Any) -> bytes:
        match what:
            case "begin":
                return file_.packed(file_.BEGIN, _beginning(self._document, value))
            case "hash":
                return file_.packed(file_.HASH, {"sha256": value})
            case "saved":
                return file_.packed(file_.SAVED, {"project": value})
            case "state":
                told = {"unsaved": value.unsaved, "work": self._packer.state(value.state)}
                new, blobs = self._packer.take()
                return file_.packed(file_.STATE, {**told, "new": new}, blobs)
            case "do":
                told = {"step": self._packer.step(value)}
                new, blobs = self._packer.take()
                return file_.packed(file_.DO, {**told, "new": new}, blobs)
        return file_.packed(_KIND[what], {})

    def _tell(self, error: BaseException) -> None:
        if isinstance(error, OSError):
            reason = advice(error)
        elif isinstance(error, MemoryError):
            reason = "there is not enough memory"
        else:
            reason = f"a fault of the program ({type(error).__name__}). Save a project now, and report this"
        first = self.trouble is None
        self.trouble = f"Your work is not being kept against a crash: {reason}."
        if first:
            with suppress(Exception):  # whoever was to be told may be gone
                self._on_trouble(self.trouble)


@dataclass(frozen=True)
class _Latest:
    """A state, the number of actions that led to it, and how many of them no project holds."""

    number: int
    unsaved: int
    state: State


def _beginning(document: Document, source: Any) -> dict[str, Any]:
    return {
        "program": f"restorer {__version__}",
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "original": source.to_json(),
        "page": int(getattr(document.photograph, "page", 1)),
        "shape": list(document.original.shape),
        "dtype": document.original.dtype.name,
    }


def _created(folder: Path) -> tuple[Path, BinaryIO]:
    """A new journal file, locked.  Nobody lists the folder before it is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with alone_in(folder):
        path = folder / f"{secrets.token_hex(8)}{SUFFIX}"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        file = os.fdopen(descriptor, "r+b")
        lock(file)
        try:
            file.write(file_.MAGIC)
            file.flush()
        except OSError:
            file.close()
            path.unlink(missing_ok=True)
            raise
    return path, file
