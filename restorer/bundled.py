"""Where the files that come with the program lie."""

from __future__ import annotations

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _bundled(name: str) -> Path:
    # an installed wheel and the frozen program hold the folder in the package, a checkout beside it
    frozen = getattr(sys, "_MEIPASS", None)
    places = [_PACKAGE / name, _PACKAGE.parent / name]
    if frozen is not None:
        places.insert(0, Path(frozen) / name)
    return next((place for place in places if place.is_dir()), places[0])


def models() -> Path:
    """The folder of weights and their cards."""
    return _bundled("models")


def resources() -> Path:
    """The folder of icons, theme, translations and sample photographs."""
    return _bundled("resources")
