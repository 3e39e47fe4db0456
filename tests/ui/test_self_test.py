"""`restorer --self-test`, from source: exit codes, and that an error in a slot ends it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SLOT = """
import sys
from PySide6.QtCore import QTimer
from restorer.ui import self_test
def begin(trial):
    QTimer.singleShot(0, trial, lambda: 1 / 0)
self_test._Trial.begin = begin
sys.exit(self_test.run(30))
"""
LATE = """
import sys
from restorer.ui import self_test
self_test._Trial.begin = lambda trial: None
sys.exit(self_test.run(0.2))
"""


@pytest.mark.parametrize(("script", "code", "said"), [(SLOT, 4, "ZeroDivisionError"), (LATE, 5, "not ready after 0.2")])
def test_it_ends_and_does_not_hang(tmp_path: Path, script: str, code: int, said: str) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
