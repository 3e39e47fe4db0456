"""The program starts without waiting for torch, and survives what goes wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from acting import boxes, the_sentence
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from restorer.ui import app
from restorer.ui.engine import Engine
from restorer.ui.main_window import MainWindow
from restorer.ui.settings import Settings
from restorer.ui.worker import Task

FIRST_SHOW = """
import os, sys
os.environ["QT_QPA_PLATFORM_PLUGIN_PATH"] = "/site-packages/cv2/qt/plugins"
from pathlib import Path
from PySide6.QtCore import QTimer
from restorer.ui import app, desk
seen = []
real = desk.MainWindow.showEvent
def shown(window, event):
    real(window, event)
    if not seen:
        seen.append("torch" in sys.modules)
        QTimer.singleShot(0, look)
def look():
    window = app.QApplication.activeWindow() or app.QApplication.topLevelWidgets()[0]
    if "torch" in sys.modules:
        app.QApplication.closeAllWindows()
    else:
        QTimer.singleShot(20, look)
desk.MainWindow.showEvent = shown
code = app.run([])
print("torch at first show:", seen[0], "later:", "torch" in sys.modules, "code:", code)
print("left:", [name for name in os.environ if name.startswith("QT_QPA_P") and "cv2" in os.environ[name]])
"""


def test_the_window_does_not_wait_for_torch(tmp_path: Path) -> None:
    """The real program, in a process of its own: torch comes after the first window, and it ends cleanly."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", FIRST_SHOW], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.splitlines() == ["torch at first show: False later: True code: 0", "left: []"], done.stderr
    assert "Traceback" not in done.stderr


PAINTED = """
import sys
from restorer import __main__ as program
from restorer.ui import app, desk

def painted(window, event):
    desk.MainWindow.paintEvent = real
    print(*sorted(sys.modules))
    app.QApplication.exit(0)

real = desk.MainWindow.paintEvent
desk.MainWindow.paintEvent = painted
sys.exit(program.main([]))
"""
LATER = {
    # from other projects: each takes tens of milliseconds, torch seconds
    *("torch", "torchvision", "scipy", "numba", "dask", "distributed", "pydicom", "safetensors", "pandas", "tqdm"),
    # our own: wanted by commands, or by what a person opens from the window
    *("restorer.engine", "restorer.batch.queue", "restorer.training", "restorer.evaluation", "restorer.cli"),
    *("restorer.ui.batch.batch_window", "restorer.ui.dialogs.settings_dialog", "restorer.ui.dialogs.adapt_dialog"),
}
"""What the first window must not wait for."""


def test_the_first_window_is_painted_before_what_is_wanted_later_is_loaded(tmp_path: Path) -> None:
    """The seconds of a start are what is loaded; `benchmarks/window.py` measures them."""
    environment = {"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", PAINTED], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert {"PySide6.QtWidgets", "restorer.ui.main_window"} <= loaded
    assert loaded & LATER == set()


def test_a_fault_is_shown_and_the_window_stays(
    window: MainWindow, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _ in range(3):  # one that repeats is shown once
        app._show_fault(ValueError, ValueError("of all things"), None)
    assert "of all things" in the_sentence(qtbot)
    assert "ValueError" in capsys.readouterr().err
    assert window.isVisible()


def test_many_signals_can_be_emitted() -> None:
    """PySide6 6.12.0 takes a reference from True at each emit, and on Python 3.11 the program dies of it."""
    parent = QObject()
    task = Task(lambda _report: None, parent)
    before = sys.getrefcount(True)
    for _ in range(100):
        task.progressed.emit(0.5)
    assert abs(sys.getrefcount(True) - before) < 50 or sys.version_info >= (3, 12)


@pytest.mark.parametrize("fault", ["unknown model", "corrupted weights"])
def test_weights_that_cannot_be_used_are_one_sentence(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the real engine: said when something is to be restored, not at the start."""
    from restorer import bundled
    from restorer.ui import opening

    engine = Engine()
    monkeypatch.setattr(window.editor, "_engine", engine)
    if fault == "unknown model":
        engine.model = "nonesuch"
    else:
        for path in bundled.models().iterdir():
            (tmp_path / path.name).write_bytes(path.read_bytes())
        weights = tmp_path / "reweave.safetensors"
        weights.write_bytes(weights.read_bytes()[:-10] + b"0123456789")
        monkeypatch.setattr(bundled, "models", lambda: tmp_path)
    try:
        engine.warm_up()
        window.open_sample(opening.samples()[0])
        qtbot.waitUntil(lambda: window.editor.document is not None)
        assert not boxes()
        window.editor.restore()
        qtbot.waitUntil(lambda: bool(boxes()), timeout=20_000)
        sentence = the_sentence(qtbot)
        assert ("nonesuch" if fault == "unknown model" else "damaged") in sentence
        document = window.editor.document
        assert document is not None
        assert document.repairs == ()
        assert document.marked
    finally:
        engine.stop()


def test_settings_that_cannot_be_written_or_read_break_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "restorer.ini")  # its folder can never be made
    settings.theme = "dark"
    settings.remember(tmp_path / "a.png")
    settings.save()
    assert settings.theme == "dark"
    spoilt = tmp_path / "spoilt.ini"
    spoilt.write_bytes(b"[General]\ntheme=purple\nbrush_size=many\ngrow=-7\nrecent=@Invalid()\n\xff\xfe%%%")
    read = Settings(spoilt)
    assert (read.theme, read.brush_size, read.grow, read.recent) == ("system", 40, 0, [])


def test_settings_come_back(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "a" / "restorer.ini")
    settings.brush_size, settings.heal, settings.language, settings.model = 12, False, "zh_CN", "other"
    for number in range(12):
        settings.remember(tmp_path / f"{number}.png")
    settings.remember(tmp_path / "5.png")
    settings.save()
    again = Settings(tmp_path / "a" / "restorer.ini")
    assert (again.brush_size, again.heal, again.language, again.model) == (12, False, "zh_CN", "other")
    assert [path.name for path in again.recent] == [f"{number}.png" for number in (5, 11, 10, 9, 8, 7, 6, 4)]


def test_without_a_screen_it_is_said(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "restorer"], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no screen" in done.stderr
