"""How fast the window is: `python benchmarks/window.py [--only start stroke heal]`.

The real program, the real network and real mouse events, on the offscreen platform.

- start: the time from process start to the first painted window, and the memory held then, before torch is loaded.
- stroke: a 16-bit TIFF of 24 and of 100 megapixels in a window of 1920 × 1080 points, on screens of 1 and of 2 pixels a
  point.  At five zooms the brush, 20 and 200 points wide, paints strokes; each paint event of the canvas while the
  button is down is measured, and so is what a mouse move does before it (`move`).
- heal: a stroke of 200×30 px on 24 megapixels, from the release of the button to restored pixels on the canvas.

CPU is the time of the window's thread, which other programs on the computer hardly disturb; wall time they do.
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
from typing import TYPE_CHECKING

import cv2
import numpy as np
from document import make_picture

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    parts = ("start", "stroke", "heal")
    parser.add_argument("--only", nargs="+", choices=parts, default=parts, help="measure only these (default: all)")
    parser.add_argument("--starts", type=int, default=7, help="how often the program is started (default: 7)")
    parser.add_argument("--strokes", type=int, default=40, help="how many strokes are healed (default: 40)")
    parser.add_argument("--megapixels", nargs="+", type=float, default=[24, 100], help="painted on (default: 24 100)")
    parser.add_argument("--ratios", nargs="+", type=float, default=[1, 2], help="px a point (default: 1 2)")
    parser.add_argument("--folder", type=Path, help="where pictures are made for the time being")
    parser.add_argument("--picture", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments.picture is not None:
        paint(arguments.picture)
        return 0
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores", flush=True)
    if "start" in arguments.only:
        start(arguments.starts)
    if "stroke" in arguments.only:
        stroke(arguments.megapixels, arguments.ratios, arguments.folder)
    if "heal" in arguments.only:
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


def stroke(sizes: list[float], ratios: list[float], folder: Path | None) -> None:
    """Each size and ratio in a process of its own: a ratio is chosen before the first window."""
    for megapixels in sizes:
        with tempfile.TemporaryDirectory(dir=folder) as made:
            picture = Path(made) / "scan.tif"
            make_picture(picture, megapixels)
            for ratio in ratios:
                environment = {**os.environ, "QT_SCALE_FACTOR": f"{ratio:g}"}
                subprocess.run([sys.executable, __file__, "--picture", str(picture)], env=environment, check=True)


def paint(path: Path) -> None:
    """Stroke, and print what the paint events took."""
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from restorer.ui.canvas.canvas import Canvas
    from restorer.ui.desk import Desk
    from restorer.ui.settings import Settings
    from restorer.ui.theme import Theme

    events: list[tuple[float, float]] = []
    real = Canvas.paintEvent

    def timed(canvas: Canvas, event: object) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        real(canvas, event)  # type: ignore[arg-type]
        events.append(((time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000))

    Canvas.paintEvent = timed  # type: ignore[method-assign, assignment]
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = folder
        desk = Desk(Settings(Path(folder) / "restorer.ini"), Theme(application))
        window = desk.new_window()
        window.resize(1920, 1080)
        window.editor.open(path)
        while window.editor.document is None or not desk.engine.models:
            _wait(20)
        _wait(300)
        canvas = window.workspace.canvas
        window.actions_.heal.setChecked(False)
        document, ratio = window.editor.document, canvas.devicePixelRatioF()
        print(
            f"strokes on {document.mask.shape[1]} × {document.mask.shape[0]}, {ratio:g} px a point, canvas "
            f"{canvas.width() * ratio:.0f} × {canvas.height() * ratio:.0f} px"
        )
        left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        every: list[tuple[float, float]] = []
        moves: list[float] = []
        for zoom in (0.0, 0.33, 0.71, 1.0, 4.0):
            canvas.fit()
            if zoom:
                canvas.zoom_to(zoom, QPointF(canvas.rect().center()))
            for points in (20, 200):
                canvas.brush_size = round(points * ratio / canvas.zoom)
                here: list[tuple[float, float]] = []
                for number in range(4):
                    at = QPoint(canvas.width() // 5, canvas.height() * (number + 1) // 6)
                    QTest.mouseMove(canvas, at)
                    application.processEvents()
                    while not canvas.exact:
                        application.processEvents()
                    events.clear()
                    QTest.mousePress(canvas, left, none, at)
                    for step in range(1, 41):
                        cpu = time.thread_time()
                        QTest.mouseMove(canvas, at + QPoint(15 * step, (7 * step) % 90))
                        moves.append((time.thread_time() - cpu) * 1000)
                        application.processEvents()
                    here += events
                    QTest.mouseRelease(canvas, left, none, at + QPoint(600, 10))
                    application.processEvents()
                print(
                    f"  zoom {f'{zoom:.0%}' if zoom else 'all':>4}   brush {points:3} points   {_told(here)}",
                    flush=True,
                )
                every += here
        print(f"  all of them                   {_told(every)}")
        print(f"  move                          CPU p50 {_share(moves, 0.5):4.1f}   p95 {_share(moves, 0.95):4.1f} ms")
        window._discard()
        desk.stop()


def _told(events: list[tuple[float, float]]) -> str:
    wall, cpu = zip(*events, strict=True)
    return (
        f"{len(events):5} paint events   CPU p50 {_share(cpu, 0.5):4.1f}   p95 {_share(cpu, 0.95):4.1f}   "
        f"most {max(cpu):4.1f} ms   wall p95 {_share(wall, 0.95):5.1f} ms"
    )


def _share(times: Sequence[float], share: float) -> float:
    return sorted(times)[min(int(share * len(times)), len(times) - 1)]


def _wait(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def heal(strokes: int) -> None:
    from PySide6.QtCore import QEventLoop, QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from restorer.ui.desk import Desk
    from restorer.ui.settings import Settings
    from restorer.ui.theme import Theme

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
            _wait(5)
        print(
            f"opening 24 megapixels (PNG)     {(time.perf_counter() - began) * 1000:10.0f} ms, torch loading meanwhile"
        )
        while not desk.engine.models:
            _wait(50)
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
