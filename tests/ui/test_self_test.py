"""`restorer --self-test`, from source: exit codes, and that an error in a slot ends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

SLOT = """
import sys
from PySide6.QtCore import QTimer
from restorer.ui import self_test
def begin(trial):
    QTimer.singleShot(0, trial, lambda: 1 / 0)
self_test._Trial.begin = begin
sys.exit(self_test.run(patience=30))
"""
LATE = """
import sys
from restorer.ui import self_test
self_test._Trial.begin = lambda trial: None
sys.exit(self_test.run(patience=0.2))
"""
WHOLE = """
import sys
from pathlib import Path
root, target = map(Path, sys.argv[1:])
sys.path.insert(0, str(root / "packaging"))
import edition
from restorer import bundled
edition.reference(root, target)
bundled.beside = lambda name: target
from restorer.ui import self_test
sys.exit(self_test.run(target.with_name("window.png"), patience=240))
"""


@pytest.mark.parametrize(("script", "code", "said"), [(SLOT, 4, "ZeroDivisionError"), (LATE, 5, "not ready after 0.2")])
def test_it_ends_and_does_not_hang(tmp_path: Path, script: str, code: int, said: str) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr


def test_the_window_restores_as_the_reference_is_made(tmp_path: Path) -> None:
    """What the window does by default and `restorer.fill` does not, such as grain, must not tell them apart."""
    root = Path(__file__).parents[2]
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-c", WHOLE, str(root), str(tmp_path / "reference.png")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, "0.000 of 255 from the reference" in done.stdout) == (0, True), done.stderr
    seen = np.asarray(Image.open(tmp_path / "window.png").convert("RGB"))
    assert len(np.unique(seen.reshape(-1, 3), axis=0)) > 1000  # the sample is among it


def test_a_picture_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "restorer", "--self-test", str(tmp_path / "missing" / "window.png")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot be written" in done.stderr
