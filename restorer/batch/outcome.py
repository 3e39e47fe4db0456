"""What became of one file, and what is told while a batch runs."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal

Status = Literal["restored", "copied", "failed", "skipped"]
Stage = Literal["read", "restore", "write"]


@dataclass(frozen=True)
class Outcome:
    """What became of one file.

    Attributes:
        status: `copied` if nothing was found or marked: byte for byte; `skipped` if a person said so.
        sentence: for a person: what was done, or what went wrong and what to do.
        marked, changed, outside: pixels asked for (grown), pixels that differ now, and those of them not asked for.
        seconds: reading, restoring and writing; waiting is left out.
        files: what was written, the picture first, as (name, bytes, SHA-256).
        input_sha256, mask_sha256: of the files that were read, as far as they were.
        made: the networks: see `Restorer.made`, and `detector…` for what found the damage.
        remarks: further sentences about the file.
        doubtful: so much was taken for damage that a person should look; one of the remarks says how much.
    """

    status: Status
    sentence: str
    marked: int = 0
    changed: int = 0
    outside: int = 0
    seconds: float = 0.0
    files: tuple[tuple[str, int, str], ...] = ()
    input_sha256: str = ""
    mask_sha256: str = ""
    made: dict[str, str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    doubtful: bool = False

    @property
    def good(self) -> bool:
        """Was everything done that was asked for this file?"""
        return self.status in ("restored", "copied")

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> Outcome:
        """The inverse of `to_json`.  Raises KeyError, TypeError or ValueError for anything else."""
        values = {"doubtful": False, **told}  # earlier journals do not say
        values = {one.name: values[one.name] for one in fields(cls)}
        values["files"] = tuple((str(name), int(size), str(digest)) for name, size, digest in values["files"])
        values["remarks"] = tuple(values["remarks"])
        return cls(**values)


@dataclass(frozen=True)
class Event:
    """Something that happened to the entry of that number; `outcome` comes with the last four kinds.

    `rejected`: it had been finished in an earlier run, and a person has put the result aside.
    """

    kind: Literal["started", "progress", "done", "failed", "skipped", "rejected"]
    number: int
    stage: Stage = "read"
    share: float = 0.0
    outcome: Outcome | None = None
    target: Path | None = None
    """Where the picture lies now, of `done`; of `rejected`, where it would lie."""
    before: bool = False
    """It had been finished in an earlier run, and was believed."""
