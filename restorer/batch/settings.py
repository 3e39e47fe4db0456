"""What is asked of a batch, alike for each of its files."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from restorer.document.export import Options
from restorer.imaging.findings import DEFAULT_SENSITIVITY
from restorer.imaging.infrared import SHOWN

if TYPE_CHECKING:
    from restorer.imaging.files.photograph import Infrared


@dataclass(frozen=True)
class Settings:
    """How each file is restored; crosses to other processes and computers.

    Attributes:
        model: weights that fill, by name or path, or `patches`, which copies; None is the default.
        detector: weights that find damage; None is the default.
        device: `auto`, `cpu` or `cuda`.
        threads: CPU threads of one worker.  Pixels do not depend on it.
        seed: equal seeds give equal pixels.
        grain: of what repairs lack of the grain around them, they get so much, 0..1.
        grow: px by which masks are grown that were given.
        grow_found: px by which what was found is grown: damage leaks past its edge.
        detect: find the damage, where a file has no mask.
        sensitivity: of finding, 0..1.
        kinds: what is looked for, of `findings.KINDS`; None is all, or with `infrared` what that shows.
        infrared: where a TIFF keeps the infrared scan by which damage is found; None: it is not used.
        film: the files are frames: find dust by comparing neighbours, and fill it from them.
        projects: keep a project of each, so that its repairs can be changed in the window.
        options: what is written beside the pictures, and their history.
    """

    model: str | None = None
    detector: str | None = None
    device: str = "auto"
    threads: int = 1
    seed: int = 0
    grain: float = 0.0
    grow: int = 0
    grow_found: int = 2
    detect: bool = False
    sensitivity: float = DEFAULT_SENSITIVITY
    kinds: tuple[str, ...] | None = None
    infrared: Infrared | None = None
    film: bool = False
    projects: bool = False
    options: Options = field(default_factory=Options)

    @property
    def asks_detector(self) -> bool:
        """Is a network needed to find damage, or does infrared show all that is looked for?"""
        return self.infrared is None or bool(set(self.kinds or ()) - set(SHOWN))

    def fingerprint(self, weights: dict[str, str]) -> str:
        """Equal for settings that give equal files; `weights` are the hashes of the networks used, however named."""
        decisive = {**asdict(replace(self, threads=1, projects=False, model="", detector="")), "weights": weights}
        text = json.dumps(decisive, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()
