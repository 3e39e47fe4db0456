"""After a crash: the journals that were left behind, and the documents that they bring back."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from restorer.document import journal
from restorer.document import journal_file as file_
from restorer.document.document import Document
from restorer.document.journal import SUFFIX, Journal
from restorer.document.locking import alone_in, lock
from restorer.document.records import Unpacker
from restorer.document.source import found
from restorer.document.state import State
from restorer.imaging.atomic import advice
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable

DAMAGED = ".damaged"


@dataclass(frozen=True)
class Recoverable:
    """A journal that a process left behind."""

    path: Path
    original: Path
    when: datetime
    """The last action, local time."""
    actions: int
    """Finished actions since the work was begun or saved, those that can be read."""
    lost: int = 0
    """Further ones in the file that cannot: it is damaged."""


def recoverable(
    folder: Path | None = None, on_damaged: Callable[[str], None] = lambda _sentence: None
) -> list[Recoverable]:
    """The journals of processes that have ended without closing them, newest first.

    Those of living windows and processes, and of other versions of the program, are left alone.  Those that hold no
    unsaved work are removed.  Those of which nothing can be used get `.damaged` behind their name.

    Args:
        folder: where journals are kept.
        on_damaged: told in one sentence of each that was damaged.
    """
    folder = folder or journal.state_folder()
    found_ = []
    try:
        if not folder.is_dir():
            return []
        with alone_in(folder):
            for path in sorted(folder.glob(f"*{SUFFIX}")):
                with suppress(OSError):
                    item = _looked_at(path, on_damaged)
                    if item is not None:
                        found_.append(item)
    except OSError:
        return []
    return sorted(found_, key=lambda item: item.when, reverse=True)


def _looked_at(path: Path, on_damaged: Callable[[str], None]) -> Recoverable | None:
    with path.open("r+b") as file:
        if not lock(file):
            return None
        version = file_.version_of(file)
        if version not in (None, file_.MAGIC):
            return None
        when, seen = datetime.fromtimestamp(path.stat().st_mtime), None
        if version is not None:
            with suppress(ValueError, KeyError, TypeError):
                seen = file_.survey(file)
                if seen.begin is not None and seen.actions:
                    return Recoverable(path, Path(seen.begin["original"]["path"]), when, seen.actions, seen.lost)
    if seen is not None and not seen.damaged and not seen.actions:
        path.unlink()
        return None
    aside = _free_beside(path)
    path.rename(aside)
    told = f"{when:%Y-%m-%d %H:%M}"
    on_damaged(
        f"The kept work of {told} is damaged and cannot be read: open the picture again. Its file stays as {aside}."
    )
    return None


def _free_beside(path: Path) -> Path:
    """A name for what is damaged."""
    names = (path.with_name(f"{path.name}{number or ''}{DAMAGED}") for number in count())
    return next(name for name in names if not name.exists())


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
        if isinstance(error, (KeyError, ValueError, TypeError, IndexError, AttributeError, StopIteration)):
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
    unpacker, end, repeated = Unpacker(document.original), begin.end, 0
    with suppress(ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration):
        for frame in frames:
            _repeat(document, unpacker, frame)
            end = frame.end
            if frame.kind == file_.STATE:
                repeated = int(frame.json.get("unsaved", repeated))
            repeated = 0 if frame.kind == file_.SAVED else repeated + (frame.kind in file_.ACTIONS)
    remark = _put_aside(item, file, end, repeated)
    file.truncate(end)
    return document, Journal.resumed(document, item.path, file, repeated, remark)


def _put_aside(item: Recoverable, file: BinaryIO, end: int, repeated: int) -> str | None:
    """Copy a damaged journal before it is cut; returns what to tell the person."""
    lost, damaged = file_.behind(file, end)
    if not damaged:
        return None
    copy = _free_beside(item.path)
    try:
        file.seek(0)
        with copy.open("xb") as kept:
            shutil.copyfileobj(file, kept, 1 << 20)
            kept.flush()
            os.fsync(kept.fileno())
    except OSError as error:
        with suppress(OSError):
            copy.unlink(missing_ok=True)
        raise RestorerError(
            f"The kept work on “{item.original.name}” is damaged, and cannot be copied before it is mended: "
            f"{advice(error)}."
        ) from None
    name = item.original.name
    return f"{repeated} of {repeated + lost} actions on “{name}” could be read: look them over; all is kept as {copy}."


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
