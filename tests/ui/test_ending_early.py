"""Ctrl+C while the window comes up."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background was told to ignore it
from restorer.__main__ import main
from restorer.ui import app, desk, main_window, self_test

place, name = {
    "desk": (desk.Desk, "__init__"),
    "resizing": (main_window.MainWindow, "resizeEvent"),
    "recovery": (desk.Desk, "offer_recovery"),
    "trial": (self_test._Trial, "begin"),
}[sys.argv[1]]
whole = getattr(place, name)


def pressed(self, *arguments):
    setattr(place, name, whole)
    signal.raise_signal(signal.SIGINT)
    return whole(self, *arguments)


setattr(place, name, pressed)
sys.exit(main(sys.argv[2:]))
"""


@pytest.mark.parametrize(
    ("place", "arguments", "code", "said"),
    [
        ("desk", [], 130, "restorer: stopped.\n"),
        ("resizing", [], 0, ""),  # a method that Qt calls prints what is raised in it, and the window would stay
        ("recovery", [], 0, ""),  # before the event loop runs, quitting it does nothing
        ("trial", ["--self-test"], 130, "restorer: stopped.\n"),
    ],
)
def test_it_ends(tmp_path: Path, place: str, arguments: list[str], code: int, said: str) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, place, *arguments],
        env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (code, said)
