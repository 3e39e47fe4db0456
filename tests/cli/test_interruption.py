"""Ctrl+C while the program loads: where Python would lose a KeyboardInterrupt, the program stops all the same."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from restorer import bundled, interruption

SAMPLES = bundled.resources() / "samples"
PRESSED_IN_AN_IMPORT = """
import signal, sys, weakref
from importlib.abc import MetaPathFinder

signal.signal(signal.SIGINT, signal.default_int_handler)  # what runs in the background was told to ignore it


class Something:
    pass


def lost(_reference):
    signal.raise_signal(signal.SIGINT)  # what is raised in such a callback is printed, and that is all


class Press(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name == sys.argv[1]:
            sys.meta_path.remove(self)
            something = Something()
            reference = weakref.ref(something, lost)
            del something


sys.meta_path.insert(0, Press())
from restorer.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


def pressed_in(module: str, *arguments: str | Path, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(home), "PATH": "/usr/bin:/bin"}
    return subprocess.run(
        [sys.executable, "-c", PRESSED_IN_AN_IMPORT, module, *map(str, arguments)],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("module", ["restorer.cli.fill", "restorer.imaging.files.native", "torch"])
def test_a_command_stops(tmp_path: Path, module: str) -> None:
    """In the program's own modules at once, in torch (where files are open already) when that is loaded."""
    arguments = ("fill", SAMPLES / "colosseum.jpg", "--mask", SAMPLES / "colosseum-mask.png", "-o", tmp_path / "o.png")
    done = pressed_in(module, *arguments, home=tmp_path)
    assert (done.returncode, done.stderr) == (interruption.CODE, "restorer: stopped.\n")
    assert list(tmp_path.iterdir()) == []


def test_only_ones_own_handler_is_replaced() -> None:
    before = signal.getsignal(signal.SIGINT)
    try:
        for handler in (signal.SIG_IGN, lambda *_: None):
            signal.signal(signal.SIGINT, handler)
            with interruption.ends_at_once(), interruption.waits():
                assert signal.getsignal(signal.SIGINT) is handler
        signal.signal(signal.SIGINT, signal.default_int_handler)
        with interruption.ends_at_once():
            assert signal.getsignal(signal.SIGINT) is not signal.default_int_handler
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
        with interruption.ends_at_once():
            signal.signal(signal.SIGINT, handler)  # for good, as the window does
        assert signal.getsignal(signal.SIGINT) is handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_what_was_pressed_meanwhile_is_raised() -> None:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    done = []

    def work() -> None:
        with interruption.waits():
            signal.raise_signal(signal.SIGINT)
            done.append("all of it")

    try:
        with pytest.raises(KeyboardInterrupt):
            work()
        assert done == ["all of it"]
        with interruption.waits():
            pass
    finally:
        signal.signal(signal.SIGINT, before)
