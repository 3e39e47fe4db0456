"""The libraries that a CUDA build of torch is linked to, which its `nvidia-…` wheels bring on Linux (not tried)."""

from __future__ import annotations

from importlib.metadata import distributions
from pathlib import Path


def installed() -> list[tuple[str, str]]:
    """Each library's path, and its folder in the bundle: torch looks for them where their wheels put them."""
    found = set()
    for wheel in distributions():
        if not (wheel.metadata["Name"] or "").lower().replace("_", "-").startswith("nvidia-"):
            continue
        for file in wheel.files or ():
            if file.name.endswith(".so") or ".so." in file.name:
                found.add((str(wheel.locate_file(file)), str(Path(str(file)).parent)))
    return sorted(found)
