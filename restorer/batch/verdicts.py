"""What a person says of each result, kept beside the journal: accepted, or rejected and put aside.

An original is never touched, and nothing is deleted: what is rejected goes into a folder of its own, and comes back if
the person thinks better of it.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from restorer.batch.journal import FOLDER
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
    """Of the result whose picture has that SHA-256; `aside`: where its files lie now, if it was rejected."""

    word: Word
    sha256: str
    aside: tuple[tuple[str, str], ...] = ()
    """Pairs: the name that it had, and the path that it has."""


class Verdicts:
    """Those of one output folder.  Belongs to one thread.

    A file of verdicts that cannot be read counts as empty: results are then to be reviewed again.
    """

    def __init__(self, output: Path) -> None:
        self._output = output
        self._path = output / FOLDER / "verdicts.json"
        self._said: dict[str, Verdict] = {}
        with suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            for target, told in json.loads(self._path.read_text(encoding="utf-8")).items():
                aside = tuple((str(name), str(path)) for name, path in told["aside"])
                if told["word"] in ("accepted", "rejected"):
                    self._said[target] = Verdict(told["word"], str(told["sha256"]), aside)

    def of(self, target: Path) -> Verdict | None:
        return self._said.get(str(target))

    def accept(self, target: Path) -> None:
        """The file that lies there now is good, whoever wrote it; a rejected one comes back.

        Raises:
            RestorerError: it is not there, or cannot be brought back.
        """
        if (before := self.of(target)) is not None and before.word == "rejected":
            self._bring_back(target, before)
        self._note(target, Verdict("accepted", file_sha256(target)))

    def reject(self, target: Path, names: Sequence[str]) -> None:
        """Put the files of a result aside.

        Args:
            target: the picture.
            names: of the files that belong together, in its folder; those that are missing are left out.

        Raises:
            RestorerError: the picture is not there, or cannot be moved.
        """
        sha256 = file_sha256(target)
        aside = self._output / ASIDE / _below(target.parent, self._output)
        moved: list[tuple[str, str]] = []
        try:
            aside.mkdir(parents=True, exist_ok=True)
            for name in dict.fromkeys((target.name, *names)):
                here = target.with_name(name)
                if here.exists():
                    there = _free(aside / name)
                    here.rename(there)
                    moved.append((name, str(there)))
        except OSError as error:
            for name, path in moved:
                with suppress(OSError):
                    Path(path).rename(target.with_name(name))
            raise RestorerError(f"“{target.name}” cannot be put aside: {advice(error)}.") from None
        self._note(target, Verdict("rejected", sha256, tuple(moved)))

    def _bring_back(self, target: Path, verdict: Verdict) -> None:
        for name, path in verdict.aside:
            if target.with_name(name).exists():
                raise RestorerError(f"{target.with_name(name)} exists: move it away, then “{name}” can come back.")
            if not Path(path).exists():
                raise RestorerError(f"{path} is gone: restore the picture again.")
        try:
            for name, path in verdict.aside:
                Path(path).rename(target.with_name(name))
        except OSError as error:
            raise RestorerError(f"“{target.name}” cannot be brought back: {advice(error)}.") from None
        with suppress(OSError):  # a folder that is empty now
            Path(verdict.aside[0][1]).parent.rmdir()

    def _note(self, target: Path, verdict: Verdict) -> None:
        self._said[str(target)] = verdict
        told = {name: asdict(one) for name, one in self._said.items()}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        data = json.dumps(told, indent=1).encode()
        write_atomically(self._path, lambda stream: stream.write(data))


def project_of(folder: Path, target: Path) -> Path:
    """The project of a result, in the folder of the journal: in it the repairs can be changed one by one."""
    name = hashlib.sha256(str(target).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return folder / "projects" / f"{name}.restorer"


def _below(folder: Path, output: Path) -> Path:
    relative = os.path.relpath(folder, output)
    return Path() if relative.startswith(os.pardir) else Path(relative)


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
