"""Where the files that come with the program lie."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from restorer import __version__

_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    # an installed wheel and the frozen program hold the folder in the package, a checkout beside it
    frozen = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / name, _PACKAGE.parent / name]
    if frozen is not None:
        places.insert(0, Path(frozen) / name)
    return next((place for place in places if place.is_dir()), places[0])


def standalone() -> bool:
    """Whether this is the standalone program, which is built without some commands."""
    return bool(getattr(sys, "frozen", False))


def models() -> Path:
    """The folder of weights and their cards."""
    return _bundled("models")


def resources() -> Path:
    """The folder of icons, theme, translations and sample photographs."""
    return _bundled("resources")


def guide() -> Path:
    """The folder of README, changes and what is written about each part; a wheel has none."""
    return _bundled("docs")


def beside(name: str) -> Path | None:
    """A file that only the standalone program has."""
    frozen = getattr(sys, "_MEIPASS", None)
    path = None if frozen is None else Path(frozen) / name
    return path if path is not None and path.is_file() else None


def build() -> dict[str, Any]:
    """What the standalone program knows of its build (`packaging/edition.py`); empty when run from source."""
    path = beside("build.json")
    told = {} if path is None else json.loads(path.read_text(encoding="utf-8"))
    return told if isinstance(told, dict) else {}


def version() -> str:
    """The version, the build, and the weights that are bundled, a line each; torch is not loaded for it."""
    told = build()
    if told:
        changed = ", with changes" if told.get("changed") else ""
        made = f"build {told.get('commit')}{changed} of {told.get('date')} for {told.get('platform')}, standalone"
        if told.get("torch") != "cpu":
            made += f" ({told['torch']})"
    else:
        made = "run from source"
    lines = [f"restorer {__version__}", made]
    for card in sorted(models().glob("*.json")):
        try:
            sha256 = json.loads(card.read_text(encoding="utf-8"))["sha256"]
        except (OSError, ValueError, KeyError, TypeError):
            sha256 = "unknown: its card cannot be read"
        lines.append(f"weights {card.stem} sha256 {sha256}")
    return "\n".join(lines)
