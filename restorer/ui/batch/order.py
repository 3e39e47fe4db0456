"""What a person asks of a batch, before any file is looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from restorer.batch.entries import plan
from restorer.batch.film import frames
from restorer.batch.inputs import Found, gather
from restorer.batch.pairing import paired
from restorer.batch.settings import Settings
from restorer.document.export import Options
from restorer.imaging.files.jpeg_copy import BEST, Copying
from restorer.imaging.findings import DEFAULT_SENSITIVITY, KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from restorer.batch.entries import Entry
    from restorer.imaging.files.photograph import Infrared

Damage = Literal["masks", "find", "film"]
DAMAGES: tuple[Damage, ...] = ("masks", "find", "film")


@dataclass(frozen=True)
class Order:
    """Kept between starts, so that a batch can go on.

    Attributes:
        inputs: pictures; folders have been replaced by what lies in them.
        below: of each, its folder below the one that was added.
        output: the folder to write to.
        damage: where it comes from: a folder of masks, found, or found by comparing frames.
        masks: the folder of masks; of a film, of those frames that have one, besides the dust that is found.
        mask: of a film, one picture whose white is restored in all frames, as a hair in the gate; or None.
        infrared: where TIFFs keep the infrared scan by which damage is found; None: it is not used.
        sensitivity: of finding, 0..1.
        kinds: what is looked for, of `findings.KINDS`; None is all, or with `infrared` what that shows.
        ending: of the names that are written, as `.tif` or `-restored`.
        overwrite: replace what is there?
        strip_gps: leave out where pictures were taken?
        jpeg_quality: of JPEGs that are made anew of pictures that are none, 1..100; None: none are made.
        grain: of the grain that repairs lack, 0..1; a medical picture's get none.
    """

    inputs: tuple[Path, ...] = ()
    below: tuple[Path, ...] = ()
    output: Path | None = None
    damage: Damage = "masks"
    masks: Path | None = None
    mask: Path | None = None
    sensitivity: float = DEFAULT_SENSITIVITY
    ending: str = ""
    manifest: bool = False
    mask_beside: bool = False
    overwrite: bool = False
    strip_gps: bool = False
    infrared: Infrared | None = None
    jpeg_quality: int | None = None
    grain: float = 0.0
    kinds: tuple[str, ...] | None = None

    def to_json(self) -> str:
        told = {
            **vars(self),
            "inputs": [str(path) for path in self.inputs],
            "below": [str(path) for path in self.below],
            "output": None if self.output is None else str(self.output),
            "masks": None if self.masks is None else str(self.masks),
            "mask": None if self.mask is None else str(self.mask),
        }
        return json.dumps(told)

    @classmethod
    def of_json(cls, text: str) -> Order | None:
        """The inverse; None for anything else."""
        try:
            told: dict[str, Any] = json.loads(text)
            if told["damage"] not in DAMAGES or len(told["inputs"]) != len(told["below"]):
                return None
            return cls(
                tuple(Path(path) for path in told["inputs"]),
                tuple(Path(path) for path in told["below"]),
                None if told["output"] is None else Path(told["output"]),
                told["damage"],
                None if told["masks"] is None else Path(told["masks"]),
                None if told["mask"] is None else Path(told["mask"]),
                float(told["sensitivity"]),
                str(told["ending"]),
                bool(told["manifest"]),
                bool(told["mask_beside"]),
                bool(told["overwrite"]),
                bool(told.get("strip_gps", False)),
                _infrared(told.get("infrared")),
                _quality(told.get("jpeg_quality")),
                _share(told.get("grain", 0.0)),
                _kinds(told.get("kinds")),
            )
        except (ValueError, KeyError, TypeError):
            return None

    def entries(self) -> list[Entry]:
        """Files with masks and targets.  Reads the head of each.

        Raises:
            RestorerError: as `paired`, `plan` and `frames`.
        """
        assert self.output is not None
        film = self.damage == "film"
        masks = None if self.damage == "find" else self.masks
        pairs = paired(self.found, masks, self.mask if film else None, needed=not film)
        entries = plan(pairs, self.output, self.ending, self._options(""))
        return frames(entries) if film else entries

    @property
    def found(self) -> list[Found]:
        """The pictures as `plan` takes them."""
        return [Found(path, below) for path, below in zip(self.inputs, self.below, strict=True)]

    def settings(self, model: str | None, device: str, threads: int, grow_found: int, operator: str) -> Settings:
        """As the command line makes them, so that pixels are the same."""
        return Settings(
            model=model,
            device=device,
            threads=threads,
            grow_found=grow_found,
            detect=self.damage == "find",
            sensitivity=self.sensitivity,
            kinds=self.kinds if self.damage == "find" else None,
            infrared=self.infrared if self.damage == "find" else None,
            film=self.damage == "film",
            projects=True,
            grain=self.grain,
            options=self._options(operator),
        )

    def _options(self, operator: str) -> Options:
        return Options(
            manifest=self.manifest and self.damage != "film",  # a frame that its neighbours fill cannot be replayed
            mask=self.mask_beside,
            operator=operator,
            strip_gps=self.strip_gps,
            copying=None if self.jpeg_quality is None else Copying(self.jpeg_quality),
        )

    def with_more(self, found: Sequence[Found]) -> Order:
        """The same with more pictures, each once."""
        known = set(self.inputs)
        new = [one for one in found if one.path not in known]
        return replace(
            self,
            inputs=(*self.inputs, *(one.path for one in new)),
            below=(*self.below, *(one.below for one in new)),
        )

    def without(self, paths: Sequence[Path]) -> Order:
        """The same without some pictures."""
        gone = set(paths)
        kept = [(path, below) for path, below in zip(self.inputs, self.below, strict=True) if path not in gone]
        return replace(self, inputs=tuple(path for path, _ in kept), below=tuple(below for _, below in kept))


def _infrared(told: object) -> Infrared | None:
    """Raises ValueError for anything else."""
    if told is None or told == "channel":
        return told
    if isinstance(told, int) and told > 0:
        return told
    raise ValueError(told)


def _quality(told: object) -> int | None:
    """Raises ValueError for anything else."""
    if told is None or (isinstance(told, int) and 1 <= told <= BEST):
        return told
    raise ValueError(told)


def _share(told: object) -> float:
    """Raises ValueError for anything else."""
    if isinstance(told, int | float) and 0 <= told <= 1:
        return float(told)
    raise ValueError(told)


def _kinds(told: object) -> tuple[str, ...] | None:
    """Raises ValueError for anything else."""
    if told is None:
        return None
    if isinstance(told, list) and told and set(told) <= set(KINDS):
        return tuple(kind for kind in KINDS if kind in told)
    raise ValueError(told)


def pictures_in(paths: Sequence[Path], leave_out: Sequence[Path]) -> list[Found]:
    """What is added by a dialog or dropped: files, and all pictures of folders and of the folders below.

    Raises:
        RestorerError: there is none.
    """
    return [one for one in gather(paths, recursive=True, leave_out=leave_out) if not one.fault]
