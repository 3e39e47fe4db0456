"""What the program is told about its own build, and what its self-test compares with."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path


def write(root: Path, target: Path, torch_kind: str) -> Path:
    """Write build.json: commit, whether the tree differed from it, date, platform.

    SOURCE_DATE_EPOCH, if set, is the date, so that a build can be repeated.
    """
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    when = datetime.now(UTC) if seconds is None else datetime.fromtimestamp(int(seconds), UTC)
    from restorer import __version__

    made = {
        "version": __version__,
        "commit": _git(root, "rev-parse", "--short=12", "HEAD") or "unknown",
        "changed": bool(_git(root, "status", "--porcelain", "--untracked-files=no")),
        "date": when.date().isoformat(),
        "platform": f"{platform.system()} {platform.machine()}",
        "torch": torch_kind,
    }
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    return target


def _git(root: Path, *words: str) -> str:
    try:
        return subprocess.run(
            ["git", "-C", str(root), *words], check=True, capture_output=True, text=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def reference(root: Path, target: Path) -> Path:
    """Restore the self-test's sample from source; the bundled program must come to the same pixels."""
    import numpy as np

    import restorer
    from restorer.imaging.files import read_mask, read_photograph
    from restorer.ui.self_test import SAMPLE

    samples = root / "resources" / "samples"
    image = np.array(read_photograph(samples / SAMPLE).pixels)
    mask = read_mask(samples / f"{Path(SAMPLE).stem}-mask.png", image.shape[:2])
    filled = restorer.fill(image, mask, device="cpu")
    from PIL import Image

    Image.fromarray(filled).save(target)
    return target
