"""What a person says of each result, kept beside the journal: accepted, or rejected and put aside.

An original is never touched, and nothing is deleted: what is rejected goes into a folder of its own, and comes back if
the person thinks better of it.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from restorer.batch.journal import FOLDER, relative
from restorer.document.source import file_sha256
from restorer.imaging.atomic import advice, write_atomically
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Sequence

ASIDE = "rejected"
"""The folder, in that of the output, in which rejected results lie."""

Word = Literal["accepted", "rejected"]


@dataclass(frozen=True)
class Verdict:
    """What was said of one result.

    Attributes:
        word: what.
        sha256: of the picture that was judged; one that the editor has written over the result is another.
        made: SHA-256 of the picture as the batch had made it.
        aside: where its files lie now, if it was rejected; pairs of the name that each had, and its path.
    """

    word: Word
    sha256: str
    made: str
    aside: tuple[tuple[str, Path], ...] = ()


class Verdicts:
    """Those of one output folder, whose paths are kept relative to it.  Belongs to one thread.

    The file is read again before each judgement.  One whose content is damaged is kept beside the new one.

    Raises:
        RestorerError: there is a file of verdicts, but it cannot be read now.
    """

    def __init__(self, output: Path) -> None:
        self._output = Path(os.path.abspath(output))  # noqa: PTH100 - links keep the names that people gave them
        self._path = self._output / FOLDER / "verdicts.json"
        self._damaged = False
        self._said = self._read()

    def of(self, target: Path, sha256: str) -> Verdict | None:
        """What was said of the result `sha256`, as it was made or as it was judged; of others under its name, nothing.

        A rejected one that lies under its name again, put there by whatever hand, is as if nothing had been said.
        """
        verdict = self._said.get(target)
        if verdict is None or sha256 not in (verdict.sha256, verdict.made):
            return None
        return None if verdict.word == "rejected" and target.exists() else verdict

    def accept(self, target: Path, made: str) -> None:
        """The file that lies there now is good, whoever wrote it; the result `made`, if it was rejected, comes back.

        Raises:
            RestorerError: it is not there, or cannot be brought back.
        """
        self._said = self._read()
        before = self._said.get(target)
        if before is not None and before.word == "rejected" and made in (before.sha256, before.made):
            self._bring_back(target, before)
        self._note(target, Verdict("accepted", file_sha256(target), made))

    def reject(self, target: Path, made: str, names: Sequence[str]) -> None:
        """Put the files of the result `made` aside.

        Args:
            target: the picture.
            made: its SHA-256 as the batch had made it.
            names: of the files that belong together, in its folder; those that are missing are left out.

        Raises:
            RestorerError: the picture is not there, or cannot be moved.
        """
        self._said = self._read()
        sha256 = file_sha256(target)
        aside = self._output / ASIDE / _below(target.parent, self._output)
        moved: list[tuple[str, Path]] = []
        try:
            aside.mkdir(parents=True, exist_ok=True)
            for name in dict.fromkeys((target.name, *names)):
                here = target.with_name(name)
                if here.exists():
                    there = _free(aside / name)
                    here.rename(there)
                    moved.append((name, there))
            self._note(target, Verdict("rejected", sha256, made, tuple(moved)))
        except (OSError, RestorerError) as error:
            for name, path in moved:
                with suppress(OSError):
                    path.rename(target.with_name(name))
            if isinstance(error, RestorerError):
                raise
            raise RestorerError(f"“{target.name}” cannot be put aside: {advice(error)}.") from None

    def _bring_back(self, target: Path, verdict: Verdict) -> None:
        if target.is_file() and file_sha256(target) == verdict.sha256:  # somebody has done it by hand
            return
        for name, path in verdict.aside:
            if target.with_name(name).exists():
                raise RestorerError(f"{target.with_name(name)} exists: move it away, then “{name}” can come back.")
            if not path.exists():
                raise RestorerError(f"{path} is gone: restore the picture again.")
        try:
            for name, path in verdict.aside:
                path.rename(target.with_name(name))
        except OSError as error:
            raise RestorerError(f"“{target.name}” cannot be brought back: {advice(error)}.") from None
        with suppress(OSError):  # a folder that is empty now
            verdict.aside[0][1].parent.rmdir()

    def _read(self) -> dict[Path, Verdict]:
        try:
            content = self._path.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except OSError as error:
            raise RestorerError(
                f"What was said of the results cannot be read ({self._path}): {advice(error)}."
            ) from None
        said: dict[Path, Verdict] = {}
        self._damaged = False
        try:
            told = dict(json.loads(content))
        except (ValueError, TypeError):
            told, self._damaged = {}, True
        for target, one in told.items():
            try:
                said[self._output / target] = self._of_json(one)
            except (ValueError, KeyError, TypeError):
                self._damaged = True
        return said

    def _of_json(self, told: dict[str, Any]) -> Verdict:
        if told["word"] not in ("accepted", "rejected"):
            raise ValueError(told["word"])
        aside = tuple((str(name), self._output / path) for name, path in told["aside"])
        return Verdict(told["word"], str(told["sha256"]), str(told.get("made", told["sha256"])), aside)

    def _to_json(self, verdict: Verdict) -> dict[str, Any]:
        aside = [(name, relative(path, self._output)) for name, path in verdict.aside]
        return {"word": verdict.word, "sha256": verdict.sha256, "made": verdict.made, "aside": aside}

    def _note(self, target: Path, verdict: Verdict) -> None:
        said = {**self._said, target: verdict}
        told = {relative(place, self._output): self._to_json(one) for place, one in said.items()}
        data = json.dumps(told, indent=1).encode()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._damaged:
                self._path.rename(_free(self._path.with_name("verdicts-damaged.json")))
        except OSError as error:
            raise RestorerError(f"{self._path} cannot be written to: {advice(error)}.") from None
        write_atomically(self._path, lambda stream: stream.write(data))
        self._said, self._damaged = said, False


def project_of(folder: Path, target: Path) -> Path:
    """The project of a result, in the folder of the journal: in it the repairs can be changed one by one."""
    output = Path(os.path.abspath(folder)).parent  # noqa: PTH100
    places = [
        folder / "projects" / f"{hashlib.sha256(os.fsencode(name)).hexdigest()[:16]}.restorer"
        for name in (relative(target, output), str(target))  # under its whole path, as it was kept once
    ]
    return places[1] if places[1].exists() else places[0]


def _below(folder: Path, output: Path) -> Path:
    return folder.relative_to(output) if folder.is_relative_to(output) else Path()


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
