"""Small pictures of recent files, kept so that the start page need not open a 200-megapixel scan."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

import cv2
import numpy as np
import platformdirs

from restorer.imaging.display import displayed
from restorer.imaging.files.orientation import as_shown
from restorer.ui.canvas.colour import ScreenColours

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.document.document import Document

SIDE = 320
MOST = 32


def folder() -> Path:
    return platformdirs.user_cache_path("restorer", appauthor=False) / "thumbnails"


def path_of(photograph: Path) -> Path:
    """Where the thumbnail of a photograph is kept, if there is one."""
    return folder() / f"{hashlib.sha256(str(photograph.absolute()).encode()).hexdigest()[:24]}.png"


def keep(photograph: Path, document: Document) -> None:
    """Write the thumbnail of a photograph that has just been opened.  Not being able to is no reason to complain."""
    bounds, shown = document.bounds, document.photograph
    step = max(1, max(bounds.width, bounds.height) // (2 * SIDE))
    with suppress(OSError, cv2.error):
        few = np.ascontiguousarray(document.original[::step, ::step])
        coarse = displayed(few, shown.levels, inks=shown.inks, icc=shown.icc)
        coarse = ScreenColours(None if shown.inks else shown.icc)(coarse)
        scale = SIDE / max(coarse.shape[:2])
        size = (max(1, round(coarse.shape[1] * scale)), max(1, round(coarse.shape[0] * scale)))
        small = as_shown(cv2.resize(coarse, size, interpolation=cv2.INTER_AREA), shown.turned)
        if small.ndim == 3:
            small = small[..., ::-1]  # OpenCV writes BGR
        good, data = cv2.imencode(".png", np.ascontiguousarray(small))
        if good:
            target = path_of(photograph)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data.tobytes())
            _tidy()


def forget() -> None:
    """Remove all thumbnails."""
    with suppress(OSError):
        for path in folder().glob("*.png"):
            path.unlink(missing_ok=True)


def _tidy() -> None:
    oldest_last = sorted(folder().glob("*.png"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in oldest_last[MOST:]:
        path.unlink(missing_ok=True)
