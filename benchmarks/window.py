"""How fast the window is: `python benchmarks/window.py`.

Prints the time from process start to the first painted window, the memory held then (before torch is loaded), and how
long a stroke of 200×30 px on a picture of 24 megapixels takes from the release of the button to restored pixels on
the canvas: the real program, the real network, real mouse events, on the offscreen platform.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import cv2
import numpy as np

FIRST_WINDOW = """
import time

def painted(window, event):
    import psutil, sys
    cpu = time.process_time()
    desk.MainWindow.paintEvent = real
    print(time.time(), cpu, psutil.Process().memory_info().rss, "torch" in sys.modules, flush=True)
    app.QApplication.exit(0)

def watched(files):
    global app, desk, real
    import gc
    gc.disable()  # as the program itself does while it loads the same
    from restorer.ui import app, desk
    real = desk.MainWindow.paintEvent
    desk.MainWindow.paintEvent = painted
    return window(files)

from restorer import __main__ as program
window, program._window = program._window, watched
program.main([])
"""
WIDTH, HEIGHT = 6000, 4000
LENGTH, THICKNESS = 200, 30


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--starts", type=int, default=7, help="how often the program is started (default: 7)")
    parser.add_argument("--strokes", type=int, default=40, help="how many strokes are healed (default: 40)")
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    start(arguments.starts)
    heal(arguments.strokes)
    return 0


def start(times: int) -> None:
    """`restorer` without arguments, as a person starts it; once before, unmeasured, so that its bytecode is there."""
    starts, seconds, memory = [], [], []
    with tempfile.TemporaryDirectory() as compiled:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installation has its bytecode
        for number in range(times + 1):
            began = time.time()
            command = [sys.executable, "-c", FIRST_WINDOW]
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
            at, cpu, held, torch = done.stdout.split()
            assert torch == "False"
            if number:
                starts.append((float(at) - began) * 1000)
                seconds.append(float(cpu) * 1000)
                memory.append(int(held) / 2**20)
    print(f"process start to first window   p50 {statistics.median(starts):6.0f} ms   worst {max(starts):6.0f} ms")
    print(f"CPU of it                       p50 {statistics.median(seconds):6.0f} ms   worst {max(seconds):6.0f} ms")
    print(f"memory then, before torch       p50 {statistics.median(memory):6.0f} MB")


def heal(strokes: int) -> None:
    from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from restorer.ui.desk import Desk
    from restorer.ui.settings import Settings
    from restorer.ui.theme import Theme

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "24-megapixels.png"
        cv2.imwrite(str(path), _picture(), [cv2.IMWRITE_PNG_COMPRESSION, 1])
        desk = Desk(Settings(Path(folder) / "restorer.ini"), Theme(application))
        window = desk.new_window()
        window.resize(1400, 900)
        began = time.perf_counter()
        window.editor.open(path)
        while window.editor.document is None:
            wait(5)
        print(
            f"opening 24 megapixels (PNG)     {(time.perf_counter() - began) * 1000:10.0f} ms, torch loading meanwhile"
        )
        while not desk.engine.models:
            wait(50)
        canvas = window.workspace.canvas
        window.actions_.actual_size.trigger()
        window.workspace.panel.tools.set_brush_size(THICKNESS)
        document = window.editor.document
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        times = []
        generator = np.random.default_rng(0)
        for number in range(strokes):
            middle = canvas.rect().center()
            left = middle + QPoint(int(generator.integers(-350, 150)), int(generator.integers(-300, 300)))
            QTest.mousePress(canvas, button, none, left)
            for step in range(10, LENGTH - THICKNESS + 1, 10):
                QTest.mouseMove(canvas, left + QPoint(step, 0))
            done = QEventLoop()
            window.editor.healing.applied.connect(done.quit)  # type: ignore[union-attr]
            began = time.perf_counter()
            QTest.mouseRelease(canvas, button, none, left + QPoint(LENGTH - THICKNESS, 0))
            done.exec()
            canvas.repaint()
            times.append((time.perf_counter() - began) * 1000)
            window.editor.healing.applied.disconnect(done.quit)  # type: ignore[union-attr]
            assert len(document.repairs) == number + 1
        first, rest = times[0], sorted(times[1:])
        p50, p95 = statistics.median(rest), rest[int(0.95 * len(rest))]
        print(f"release to restored pixels      p50 {p50:6.0f} ms   p95 {p95:6.0f} ms   first {first:6.0f} ms")
        window._discard()
        desk.stop()


def _picture() -> np.ndarray:
    """Smooth shapes with grain; what is in it does not change the time."""
    generator = np.random.default_rng(0)
    coarse = generator.integers(0, 255, (HEIGHT // 100, WIDTH // 100, 3), dtype=np.uint8)
    picture = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC)
    grain = generator.integers(0, 12, picture.shape, dtype=np.uint8)
    return cv2.add(picture, grain)


if __name__ == "__main__":
    sys.exit(main())
