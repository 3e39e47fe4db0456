"""The window is closed, or the program quit, before it is warm: it ends as ever, with nothing printed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """
import sys
from PySide6.QtCore import QTimer
from restorer.__main__ import main
from restorer.ui import app, desk

end, moment = sys.argv[1:]
state = []


def leave(made):
    window = made.windows[0]
    state.append(("torch" in sys.modules, bool(made.engine.models)))
    ways = {
        "close": window.close,
        "quit": window.actions_.quit.trigger,
        "exit": lambda: app.QApplication.exit(0),  # the event loop is ended from elsewhere: the window is still open
    }
    ways[end]()


def come(made):
    loading, known = "torch" in sys.modules, bool(made.engine.models)
    warming = loading and "restorer.engine.filling" in sys.modules  # which is named there before it imports torch
    if (moment == "loading" and loading) or (moment == "warming" and warming) or (moment == "known" and known):
        timer.stop()
        leave(made)


class Seen(desk.Desk):
    def new_window(self):
        global timer
        window = super().new_window()
        if moment == "shown":
            QTimer.singleShot(0, self, lambda: leave(self))
        elif moment == "asked":  # torch is about to be imported
            warm_up = self.engine.warm_up
            self._warm_up.timeout.disconnect()
            self._warm_up.timeout.connect(lambda: (warm_up(), leave(self)))
        else:
            timer = QTimer(self)
            timer.timeout.connect(lambda: come(self))
            timer.start(1)
        return window


app.Desk = Seen
code = main([])
print(state)
sys.exit(code)
"""


@pytest.mark.parametrize(
    ("end", "moment"),
    [
        ("close", "shown"),
        ("quit", "shown"),
        ("quit", "asked"),
        ("close", "loading"),
        ("quit", "warming"),
        ("close", "known"),
        ("exit", "shown"),
        ("exit", "loading"),
    ],
)
def test_it_ends_cleanly(tmp_path: Path, end: str, moment: str) -> None:
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-X", "faulthandler", "-c", SCRIPT, end, moment],
        env=environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    torch, known = {
        "shown": (False, False),
        "asked": (False, False),
        "loading": (True, False),
        "warming": (True, False),
        "known": (True, True),
    }[moment]
    if moment != "asked":  # the thread may have been quicker than this one
        assert done.stdout == f"[({torch}, {known})]\n"
