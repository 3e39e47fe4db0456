"""What a batch has finished, kept so that a killed one can go on: never trusted without looking at the files.

A picture is written to a staging folder first.  Its line, with size and hash, is flushed to the disk, and only then is
it moved to its name.  So a file under a final name always has a line, and whatever else lies there is somebody else's.

Lines tell paths relative to the folder, which may be moved or renamed; an older one tells whole paths.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from restorer.batch.outcome import Outcome
from restorer.document.locking import lock
from restorer.document.source import file_sha256
from restorer.imaging.atomic import advice
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from restorer.batch.entries import Entry

FOLDER = ".restorer-batch"

WAY_OUT = "allow it to be replaced"
"""What a sentence about a file that is in the way ends in."""


@dataclass(frozen=True)
class Finished:
    """A line: what was done to a file, and how to know it again."""

    source: Path
    size: int
    modified: int
    settings: str
    beside: tuple[str, ...]
    staged: Path
    target: Path
    outcome: Outcome


class Journal:
    """The lines of a folder, locked for one batch at a time.

    Raises:
        RestorerError: another batch writes into that folder, or nothing can be written there.
    """

    def __init__(self, output: Path) -> None:
        self._output = Path(os.path.abspath(output))  # noqa: PTH100 - as the targets of `plan`
        self.folder = self._output / FOLDER
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._file = (self.folder / "journal.jsonl").open("a+b")
        except OSError as error:
            raise RestorerError(_no_folder(output, error)) from None
        if not lock(self._file):
            self._file.close()
            raise RestorerError(f"Another batch is writing into {output}: wait for its end, or choose another folder.")
        self._file.seek(0)
        content = self._file.read()
        if content and not content.endswith(b"\n"):  # a line that a kill cut off
            self._file.write(b"\n")
        self._finished = _lines(content, self._output)

    @property
    def lines(self) -> dict[Path, Finished]:
        """The last of each target."""
        return dict(self._finished)

    def stage(self) -> Path:
        """A folder of its own for one attempt; nothing else is ever written to it."""
        place = self.folder / f"staged-{os.getpid()}-{os.urandom(6).hex()}"
        place.mkdir()
        return place

    def clear(self) -> None:
        """Remove what unfinished attempts have left."""
        kept = {one.staged.name for one in self._finished.values() if not one.target.exists()}
        for place in self.folder.glob("staged-*"):
            if place.name not in kept:
                shutil.rmtree(place, ignore_errors=True)

    def finish(self, entry: Entry, settings: str, outcome: Outcome, staged: Path, *, overwrite: bool) -> Path:
        """Note what was done and move it to its name; returns the picture's.

        Raises:
            RestorerError: there is a file of that name and it may not be replaced, or the disk refuses.
        """
        target = entry.copy if outcome.status == "copied" else entry.target
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            for name, _, _ in outcome.files:
                place = target.with_name(name)
                if place.exists() and not overwrite:
                    raise RestorerError(_exists(place))
            status = entry.source.stat()
            one = Finished(
                entry.source,
                status.st_size,
                status.st_mtime_ns,
                settings,
                tuple(map(str, entry.beside)),
                staged,
                target,
                outcome,
            )
            self._file.write(json.dumps(_to_json(one, self._output)).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
            self._finished[target] = one
            _move(one, overwrite=overwrite)
        except OSError as error:
            raise RestorerError(f"“{target.name}” cannot be saved: {advice(error)}.") from None
        return target

    def noted(self, entry: Entry, settings: str) -> Finished | None:
        """What was done for that entry before, whatever has become of its files."""
        one = self._finished.get(entry.target) or self._finished.get(entry.copy)
        return one if one is not None and one.settings == settings and _same_files(one, entry) else None

    def may_be_renewed(self, entry: Entry) -> bool:
        """Is whatever lies under the names of that entry an earlier result of it, as it was written?"""
        return all(
            not place.exists()
            or ((one := self._finished.get(place)) is not None and one.source == entry.source and _whole(one))
            for place in {entry.target, entry.copy}
        )

    def finished(self, entry: Entry, settings: str) -> Finished | None:
        """What was done for that entry before, if its files are all there with the right content.

        A picture that was noted but not moved is moved now.

        Raises:
            RestorerError: it can be seen that it was done, but moving it fails.
        """
        one = self.noted(entry, settings)
        if one is None:
            return None
        if _whole(one):
            return one
        moved = [_holds(one.target.with_name(name), size, digest) for name, size, digest in one.outcome.files]
        for done, (name, size, digest) in zip(moved, one.outcome.files, strict=True):
            if not done and (one.target.with_name(name).exists() or not _holds(one.staged / name, size, digest)):
                return None
        try:
            _move(one, overwrite=False)
        except OSError as error:
            raise RestorerError(f"“{one.target.name}” cannot be saved: {advice(error)}.") from None
        return one

    def close(self) -> None:
        self._file.close()


def _no_folder(output: Path, error: OSError) -> str:
    there = next(place for place in (output.absolute(), *output.absolute().parents) if os.path.lexists(place))
    if not there.is_dir():
        return f"{there} is no folder: choose another name for the output."
    if isinstance(error, FileNotFoundError):  # as in /proc
        return f"No folder can be made in {there}: choose another one for the output."
    return f"{output} cannot be written to: {advice(error)}."


def _exists(target: Path) -> str:
    return f"{target} exists: choose another folder, or {WAY_OUT}."


def refusal(entry: Entry, *, overwrite: bool) -> str | None:
    """Why nothing can be written for an entry, seen before long work; None if nothing is in the way."""
    for target in dict.fromkeys((entry.target, entry.copy)):
        if target.is_dir():
            return f"{target} is a folder: choose another folder for the output."
        if target.exists() and not overwrite:
            return _exists(target)
    return None


def noted_in(output: Path) -> dict[Path, Finished]:
    """What a folder's journal tells, by target, without locking it; empty if there is none.

    Raises:
        RestorerError: there is one, but it cannot be read.
    """
    place = Path(os.path.abspath(output))  # noqa: PTH100
    try:
        return _lines((place / FOLDER / "journal.jsonl").read_bytes(), place)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise RestorerError(f"The journal of {output} cannot be read: {advice(error)}.") from None


def _lines(content: bytes, output: Path) -> dict[Path, Finished]:
    finished = {}
    for line in content.split(b"\n"):
        with suppress(ValueError, KeyError, TypeError):
            one = _of_json(json.loads(line), output)
            finished[one.target] = one
    return finished


def there(one: Finished) -> bool:
    """Is its picture there, as long as it was?  What lies in it is not read."""
    try:
        return one.target.is_file() and one.target.stat().st_size == one.outcome.files[0][1]
    except OSError:
        return False


def relative(path: Path, output: Path) -> str:
    """A path as it is kept: relative to the folder, so that this may be moved; one elsewhere stays whole."""
    return path.relative_to(output).as_posix() if path.is_relative_to(output) else str(path)


def _same_files(one: Finished, entry: Entry) -> bool:
    """Was the same asked for, of files that are unchanged?  Those that are named alike elsewhere are compared."""
    if one.source.name != entry.source.name or [Path(name).name for name in one.beside] != [
        path.name for path in entry.beside
    ]:
        return False
    try:
        status = entry.source.stat()
        if (entry.source, status.st_size, status.st_mtime_ns) != (one.source, one.size, one.modified) and (
            status.st_size != one.size or file_sha256(entry.source) != one.outcome.input_sha256
        ):
            return False
        return one.outcome.mask_sha256 == sha256_of_all(entry.beside)
    except (OSError, RestorerError):
        return False


def sha256_of_all(paths: tuple[Path, ...]) -> str:
    """The hashes of files one after the other, with a blank between; empty for none.

    Raises:
        RestorerError: one of them cannot be read.
    """
    return " ".join(file_sha256(path) for path in paths)


def _holds(path: Path, size: int, digest: str) -> bool:
    """Is it that file, whole?"""
    try:
        return path.is_file() and path.stat().st_size == size and file_sha256(path) == digest
    except (OSError, RestorerError):
        return False


def _whole(one: Finished) -> bool:
    return all(_holds(one.target.with_name(name), size, digest) for name, size, digest in one.outcome.files)


def _move(one: Finished, *, overwrite: bool) -> None:
    """The files beside the picture first, so that where the picture is the rest is, too."""
    for name, size, digest in reversed(one.outcome.files):
        staged, target = one.staged / name, one.target.with_name(name)
        if _holds(target, size, digest):  # moved by a run that was killed right then
            continue
        if overwrite:
            os.replace(staged, target)  # noqa: PTH105
            continue
        try:
            os.link(staged, target)  # unlike renaming, it never replaces
        except FileExistsError:
            raise RestorerError(_exists(target)) from None
        except OSError:  # a disk that knows no links
            if target.exists():
                raise RestorerError(_exists(target)) from None
            os.replace(staged, target)  # noqa: PTH105
    with suppress(OSError):
        shutil.rmtree(one.staged)


def _to_json(one: Finished, output: Path) -> dict[str, Any]:
    return {
        "source": str(one.source),
        "size": one.size,
        "modified": one.modified,
        "settings": one.settings,
        "beside": one.beside,
        "staged": relative(one.staged, output),
        "target": relative(one.target, output),
        "outcome": one.outcome.to_json(),
    }


def _of_json(told: dict[str, Any], output: Path) -> Finished:
    staged, target = Path(told["staged"]), Path(told["target"])
    if target.is_absolute() and not target.is_relative_to(output):  # an older line, in a folder that was moved since
        before = staged.parent.parent
        if staged.parent.name == FOLDER and target.is_relative_to(before):
            target = target.relative_to(before)
    return Finished(
        Path(told["source"]),
        int(told["size"]),
        int(told["modified"]),
        str(told["settings"]),
        tuple(told["beside"]),
        output / FOLDER / staged.name,
        output / target,
        Outcome.of_json(told["outcome"]),
    )
