"""The program's window on a real X server: what is seen, and work that outlives a kill."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from cell import Cell, interrupt
from conftest import SAMPLES

pytestmark = pytest.mark.long


def _windows(screen: str) -> list[str]:
    said = subprocess.run(
        ["xdotool", "search", "--onlyvisible", "--name", "."],
        env={"DISPLAY": screen}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return said.stdout.split()


def _until(what: str, true: object, patience: float = 90) -> None:
    end = time.monotonic() + patience
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, f"waited in vain until {what}"
        time.sleep(0.5)


def _act(screen: str, *words: str | int) -> None:
    subprocess.run(["xdotool", *map(str, words)], env={"DISPLAY": screen}, check=True)


def _seen(screen: str, target: Path) -> np.ndarray:
    """The whole screen, saved as a picture."""
    subprocess.run(["import", "-window", "root", "-display", screen, str(target)], check=True)
    from PIL import Image

    return np.asarray(Image.open(target).convert("RGB"))


def _settled(process: subprocess.Popen[str], screen: str, target: Path, patience: float = 600) -> np.ndarray:
    """The screen when the program has had nothing to do, and nothing has moved, for some seconds."""
    end, quiet, last = time.monotonic() + patience, 0, _seen(screen, target)
    used = _processor_time(process)
    while quiet < 3:
        assert time.monotonic() < end, "the program does not come to rest"
        time.sleep(2)
        now, by_now = _seen(screen, target), _processor_time(process)
        quiet = quiet + 1 if np.array_equal(now, last) and by_now - used < 0.05 else 0
        last, used = now, by_now
    return last


def _processor_time(process: subprocess.Popen[str]) -> float:
    """Seconds that it has computed so far."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_work_outlives_a_kill(cell: Cell, screen: str, pictures: Path) -> None:
    """Open, paint, kill -9; the next start offers the work, and it is there again."""
    if shutil.which("xdotool") is None or shutil.which("import") is None:
        pytest.skip("there is no xdotool or no ImageMagick")
    photograph = cell.home / "照片 photo.jpg"
    shutil.copy(SAMPLES / "colosseum.jpg", photograph)
    more = {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    first = cell.start(**more)
    _until("a window is there", lambda: _windows(screen))
    start = _settled(first, screen, pictures / "start.png")
    assert len(np.unique(start.reshape(-1, 3), axis=0)) > 50, "the screen is all but empty"
    assert interrupt(first) == 0

    second = cell.start(photograph, **more)
    _until("a window is there", lambda: _windows(screen))
    opened = _settled(second, screen, pictures / "opened.png")
    x, y = 560, 420
    _act(screen, "mousemove", x, y, "mousedown", 1)
    for step in range(1, 12):
        _act(screen, "mousemove", x + 12 * step, y + 4 * step)
    _act(screen, "mouseup", 1)
    journals = cell.home / ".local/state/restorer/journals"
    _until("the stroke is kept", lambda: any(path.stat().st_size > 0 for path in journals.glob("*")))
    painted = _settled(second, screen, pictures / "painted.png")
    stroke = np.s_[y : y + 50, x : x + 100]  # without its end, where the brush still stands
    assert not np.array_equal(painted[stroke], opened[stroke]), "nothing was restored where it was painted"
    second.kill()
    second.wait()
    _until("it is gone", lambda: not _windows(screen))

    third = cell.start(**more)
    _until("it asks what is to become of the work", lambda: len(_windows(screen)) >= 2)
    asked = _settled(third, screen, pictures / "recovery.png")
    _act(screen, "key", "Return")
    _until("the question is answered", lambda: not np.array_equal(_seen(screen, pictures / "recovered.png"), asked))
    recovered = _settled(third, screen, pictures / "recovered.png")
    np.testing.assert_array_equal(recovered[stroke], painted[stroke])
    assert third.poll() is None


def test_dark_and_light_in_chinese(cell: Cell, screen: str, pictures: Path) -> None:
    """The settings of a home are obeyed: theme and language, with the translations of the bundle."""
    if shutil.which("xdotool") is None or shutil.which("import") is None:
        pytest.skip("there is no xdotool or no ImageMagick")
    settings = cell.home / ".config/restorer/restorer.ini"
    settings.parent.mkdir(parents=True)
    shutil.copy(SAMPLES / "osprey.jpg", cell.home / "鱼鹰.jpg")
    seen = {}
    for theme in ("light", "dark"):
        settings.write_text(f"[General]\ntheme={theme}\nlanguage=zh_CN\n", encoding="utf-8")
        running = cell.start(cell.home / "鱼鹰.jpg", DISPLAY=screen, QT_QPA_PLATFORM="xcb")
        _until("a window is there", lambda: _windows(screen))
        seen[theme] = _settled(running, screen, pictures / f"{theme}-zh.png")
        named = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "鱼鹰"],
            env={"DISPLAY": screen, "LANG": "C.UTF-8"}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert named.stdout.split(), "the window's title does not name the photograph"
        assert interrupt(running) == 0
        _until("it is gone", lambda: not _windows(screen))
    panel = np.s_[120:690, 985:1270]
    assert seen["dark"][panel].mean() + 60 < seen["light"][panel].mean()


def test_two_at_once_and_a_folder_of_settings_that_cannot_be_written(bundle: Path, cell: Cell, screen: str) -> None:
    """All windows stay, and end at Ctrl+C; a home that cannot be written stops nothing."""
    if shutil.which("xdotool") is None:
        pytest.skip("there is no xdotool")
    more = {"DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"}
    with Cell(bundle, cell.home, home_is_read_only=True) as barred:
        running = [cell.start(**more), cell.start(**more), barred.start(**more)]
        _until("three windows are there", lambda: len(_windows(screen)) >= 3)
        time.sleep(10)
        assert [process.poll() for process in running] == [None] * 3
        assert [interrupt(process) for process in running] == [0] * 3
        for process in running:
            assert "Traceback" not in (process.stderr.read() if process.stderr else "")
        done = barred.run("--self-test")
        assert done.returncode == 0, done.stderr
