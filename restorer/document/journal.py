"""Autosave: every finished action goes to a file in the person's state folder, so that no crash loses it."""

from __future__ import annotations

import os
import secrets
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, BinaryIO

import platformdirs

from restorer import __version__
from restorer.document import journal_file as file_
from restorer.document.document import Document, State
from restorer.document.locking import alone_in, lock
from restorer.document.records import Packer, Unpacker
from restorer.document.source import found
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

    An action counts as finished when it is in the file (`flush` waits for that).  Where nothing can be written it says
    so once, keeps what is to be written, and tries again at the next action.

    Attributes:
        path: the file; None if none could be made.
        trouble: why nothing is being kept at present, in one sentence; None if all is well.
    """

    def __init__(self, document: Document, path: Path | None, file: BinaryIO | None, packer: Packer) -> None:
        self.path = path
        self.trouble: str | None = None
        self._on_trouble: Callable[[str], None] = lambda _sentence: None
        self._document = document
        self._file = file
        self._packer = packer
        self._waiting: SimpleQueue[tuple[str, Any]] = SimpleQueue()
        self._unwritten: list[tuple[str, Any]] = []
        self._frame: bytes | None = None  # of the first of the unwritten, once it has been packed
        self._thread = threading.Thread(target=self._work, name="journal", daemon=True)

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
        folder = folder or state_folder()
        journal = cls(document, None, None, Packer())
        journal._on_trouble = on_trouble
        try:
            journal.path, journal._file = _created(folder)
        except OSError as error:
            journal._tell(error)
            return journal
        journal._waiting.put(("begin", document.source))
        if document.history.can_undo or document.history.can_redo or document.repairs or document.marked:
            journal._waiting.put(("state", document.state()))
        journal._follow()
        return journal

    def _follow(self) -> None:
        self._document.followers.append(self._note)
        self._thread.start()
        threading.Thread(target=self._hash, name="journal-hash", daemon=True).start()

    def _note(self, event: Event, step: Step) -> None:
        self._waiting.put((event, step))

    def _hash(self) -> None:
        with suppress(RestorerError):
            self._waiting.put(("hash", self._document.source.sha256()))

    def flush(self, timeout: float | None = None) -> bool:
        """Wait until all actions so far are in the file; False if they are not (in time)."""
        if not self._thread.is_alive():
            return False
        written = threading.Event()
        self._waiting.put(("flush", written))
        return written.wait(timeout) and self.trouble is None

    def saved(self, project: Path, state: State) -> None:
        """That state is in a project.  If it is still what the document holds, a crash from here on loses nothing."""
        document = self._document
        if state.repairs == document.repairs and not document.mask.replaced(state.mask):
            self._waiting.put(("saved", str(project)))

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
            self._waiting.put(("end", None))
            self._thread.join()

    # --- on the journal's thread -----------------------------------------------------------------------------

    def _work(self) -> None:
        while True:
            what, value = self._waiting.get()
            if what in ("flush", "end"):
                self._write_all()
                if what == "end":
                    return
                value.set()
                continue
            self._unwritten.append((what, value))
            self._write_all()

    def _write_all(self) -> None:
        while self._unwritten and self._file is not None:
            try:
                if self._frame is None:
                    self._frame = self._packed(*self._unwritten[0])
                file_.add(self._file, self._frame)
            except (OSError, MemoryError) as error:
                self._tell(error)
                return
            self._frame = None
            self._unwritten.pop(0)
            self.trouble = None

    def _packed(self, what: str, value: Any) -> bytes:
        match what:
            case "begin":
                return file_.packed(file_.BEGIN, _beginning(self._document, value))
            case "hash":
                return file_.packed(file_.HASH, {"sha256": value})
            case "saved":
                return file_.packed(file_.SAVED, {"project": value})
            case "state":
                told = {"work": self._packer.state(value)}
                new, blobs = self._packer.take()
                return file_.packed(file_.STATE, {**told, "new": new}, blobs)
            case "do":
                told = {"step": self._packer.step(value)}
                new, blobs = self._packer.take()
                return file_.packed(file_.DO, {**told, "new": new}, blobs)
        return file_.packed(_KIND[what], {})

    def _tell(self, error: BaseException) -> None:
        reason = advice(error) if isinstance(error, OSError) else "there is not enough memory"
        first = self.trouble is None
        self.trouble = f"Your work is not being kept against a crash: {reason}."
        if first:
            self._on_trouble(self.trouble)


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


# --- after a crash -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Recoverable:
    """A journal that a process left behind."""

    path: Path
    original: Path
    when: datetime
    """The last action, local time."""
    actions: int
    """Finished actions since the work was begun or saved."""


def recoverable(folder: Path | None = None) -> list[Recoverable]:
    """The journals of processes that have ended without closing them, newest first.

    Those of living windows and processes are left alone; those that hold no unsaved work are removed.
    """
    folder = folder or state_folder()
    found_ = []
    try:
        if not folder.is_dir():
            return []
        with alone_in(folder):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                with suppress(OSError):
                    item = _looked_at(path)
                    if item is not None:
                        found_.append(item)
    except OSError:
        return []
    return sorted(found_, key=lambda item: item.when, reverse=True)


def _looked_at(path: Path) -> Recoverable | None:
    with path.open("r+b") as file:
        if not lock(file):
            return None
        first = next(_readable(file), None)
        actions = 0
        for kind in file_.heads(file) if first is not None else ():
            actions = 0 if kind == file_.SAVED else actions + (kind in file_.ACTIONS)
        when = datetime.fromtimestamp(path.stat().st_mtime)
    if first is not None and actions:
        with suppress(KeyError, TypeError, ValueError):
            return Recoverable(path, Path(first.json["original"]["path"]), when, actions)
    path.unlink()
    return None


def _readable(file: BinaryIO) -> Any:
    """The frames, as long as they can be read."""
    with suppress(ValueError, KeyError, TypeError, ArithmeticError):
        yield from file_.frames(file)


def discard(item: Recoverable) -> None:
    """Forget a journal that nobody wants."""
    with suppress(OSError):
        item.path.unlink(missing_ok=True)


def recover(item: Recoverable, original: Path | None = None) -> tuple[Document, Journal]:
    """The document with everything up to the last finished action, and its journal, which goes on.

    Args:
        item: one of `recoverable()`.
        original: where the photograph is now, if the person has said so.

    Raises:
        OriginalMissing: the photograph is not where it was, or is another one; call again with `original`.
        RestorerError: another window has taken the journal, or it cannot be read.
    """
    try:
        file = item.path.open("r+b")
    except OSError as error:
        raise RestorerError(f"The kept work on “{item.original.name}” is gone ({error.strerror}).") from None
    try:
        if not lock(file):
            raise RestorerError(f"Another window has taken up the work on “{item.original.name}”: go on there.")
        return _recovered(item, file, original)
    except BaseException as error:
        file.close()
        if isinstance(error, (KeyError, ValueError, TypeError, IndexError, AttributeError)):
            raise RestorerError(
                f"The kept work on “{item.original.name}” is damaged from its beginning: open the picture again."
            ) from error
        raise


def _recovered(item: Recoverable, file: BinaryIO, original: Path | None) -> tuple[Document, Journal]:
    frames = file_.frames(file)
    begin = next(frames)
    told = begin.json["original"]
    sha256 = told["sha256"] or _hash_in(item.path)
    where = [original] if original is not None else [Path(told["path"])]
    source = found(where, Path(told["path"]).name, told["size"], sha256, None if original else told["modified"])
    document = Document.open(source.path, page=begin.json["page"])
    if list(document.original.shape) != begin.json["shape"] or document.original.dtype.name != begin.json["dtype"]:
        raise RestorerError(f"“{source.path.name}” is another picture than the one that was worked on: choose that.")
    if source.known_sha256 is not None:
        document.source = source
    unpacker, end = Unpacker(document.original), begin.end
    with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration):
        for frame in frames:
            _repeat(document, unpacker, frame)
            end = frame.end
    file.truncate(end)
    journal = Journal(document, item.path, file, Packer())
    # its packer has met nothing yet, so what comes next stands on a state of its own
    journal._waiting.put(("state", document.state()))
    journal._follow()
    return document, journal


def _hash_in(path: Path) -> str | None:
    with path.open("rb") as file:
        return next((str(frame.json["sha256"]) for frame in _readable(file) if frame.kind == file_.HASH), None)


def _repeat(document: Document, unpacker: Unpacker, frame: file_.Frame) -> None:
    if frame.kind in (file_.STATE, file_.DO):

        def blob(number: int, _size: int) -> bytes:
            return frame.blobs[number]

        if frame.kind == file_.STATE:
            unpacker.forget()
        unpacker.add(frame.json["new"], blob)
    if frame.kind == file_.STATE:
        document.resume(unpacker.state(frame.json["work"], partial(State, document.photograph, document.source)))
    elif frame.kind == file_.DO:
        document.repeat(unpacker.step(frame.json["step"], document.repairs))
    elif frame.kind == file_.UNDO:
        document.undo()
    elif frame.kind == file_.REDO:
        document.redo()
