"""How fast a large scan is seen and painted on: `python benchmarks/large.py [--megapixels 24 50 200] [--turned]`.

The real window, 1920 × 1080 logical px, offscreen, with a 16-bit RGB TIFF of that size.  At each zoom from all of the
picture to 3200 %, it is panned by the middle button, painted on with the brush, and zoomed by the wheel; each paint
event of the canvas is measured, those that make a coarse view exact after a step of the zoom included, in wall time
and in the CPU time of its thread, which other programs on the computer do not disturb.  At the end stands the memory
that the process held at its peak, the window's pyramids, Python and torch included.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
from document import make_picture

if TYPE_CHECKING:
    from restorer.ui.main_window import MainWindow

ZOOMS = (0.0, 0.125, 0.2, 0.25, 0.5, 0.71, 1.0, 1.5, 2.0, 4.0, 8.0, 32.0)
"""Device px for a px of the picture; 0 is all of it."""
STEPS = 40


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megapixels", nargs="+", type=float, default=[24, 50, 200])
    parser.add_argument("--folder", type=Path, help="where the picture is made for the time being")
    parser.add_argument("--turned", action="store_true", help="the picture is seen turned to the right")
    parser.add_argument("--picture", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if arguments.picture is not None:
        measure(arguments.picture, turned=arguments.turned)
        return 0
    for megapixels in arguments.megapixels:
        with tempfile.TemporaryDirectory(dir=arguments.folder) as folder:
            picture = Path(folder) / "scan.tif"
            make_picture(picture, megapixels)
            turned = ["--turned"] if arguments.turned else []
            subprocess.run([sys.executable, __file__, "--picture", str(picture), *turned], check=True)
    return 0


def measure(path: Path, *, turned: bool) -> None:
    from PySide6.QtCore import QPoint, QPointF, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from restorer.ui.canvas.canvas import Canvas
    from restorer.ui.desk import Desk
    from restorer.ui.settings import Settings
    from restorer.ui.theme import Theme

    times: list[tuple[float, float]] = []
    paint = Canvas.paintEvent

    def timed(canvas: Canvas, event: object) -> None:
        wall, cpu = time.perf_counter(), time.thread_time()
        paint(canvas, event)  # type: ignore[arg-type]
        times.append(((time.perf_counter() - wall) * 1000, (time.thread_time() - cpu) * 1000))

    Canvas.paintEvent = timed  # type: ignore[method-assign, assignment]
    application = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = os.environ["XDG_CACHE_HOME"] = folder
        desk = Desk(Settings(Path(folder) / "restorer.ini"), Theme(application))
        window = desk.new_window()
        window.resize(1920, 1080)
        while not desk.engine.models:
            _wait(20)
        begun = time.perf_counter()
        window.editor.open(path)
        while window.editor.document is None:
            _wait(5)
        document = window.editor.document
        _wait(200)
        height, width = document.mask.shape
        print(
            f"{width} × {height} ({width * height / 1e6:.0f} megapixels, {document.original.nbytes >> 20} MiB), seen "
            f"after {time.perf_counter() - begun:.1f} s; canvas {window.workspace.canvas.width()} × "
            f"{window.workspace.canvas.height()}; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
            flush=True,
        )
        print("| zoom | paint events | p50 ms wall / CPU | p95 | most |\n|---|---|---|---|---|", flush=True)
        window.actions_.heal.setChecked(False)
        if turned:
            window.actions_.rotate_right.trigger()
        canvas = window.workspace.canvas
        middle, none = canvas.rect().center(), Qt.KeyboardModifier.NoModifier
        canvas.brush_size = 60
        every: list[tuple[float, float]] = []
        settled: list[tuple[int, float]] = []

        def painted() -> None:
            application.processEvents()

        for zoom in ZOOMS:
            canvas.fit()
            if zoom:
                canvas.zoom_to(zoom, QPointF(middle))
            painted()
            times.clear()
            QTest.mousePress(canvas, Qt.MouseButton.MiddleButton, none, middle)
            for step in range(STEPS):  # over ground that was not seen yet
                QTest.mouseMove(canvas, middle + QPoint(-11 * step, -7 * step))
                painted()
            QTest.mouseRelease(canvas, Qt.MouseButton.MiddleButton, none, middle)
            QTest.mousePress(canvas, Qt.MouseButton.LeftButton, none, middle)
            for step in range(STEPS):
                QTest.mouseMove(canvas, middle + QPoint(9 * step, (5 * step) % 90))
                painted()
            QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, none, middle)
            painted()
            for step in range(12):
                (canvas.zoom_in if step % 4 < 2 else canvas.zoom_out)()
                before, cpu = len(times), time.thread_time()
                painted()
                while not canvas.exact:
                    painted()
                settled.append((len(times) - before, (time.thread_time() - cpu) * 1000))
            every += times
            print(f"| {f'{canvas.zoom:.0%}' if zoom else 'all'} | {_told(times)} |", flush=True)
        print(f"| all of them | {_told(every)} |")
        events, cpu = zip(*settled, strict=True)
        print(
            f"exact after a step of the zoom: {statistics.median(events):.0f} paint events, {max(events)} at most; "
            f"{statistics.median(cpu):.1f} ms CPU of the window's thread, {max(cpu):.1f} at most",
            flush=True,
        )
        _heal(window)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        held = psutil.Process().memory_info().rss
        size = document.original.nbytes
        print(
            f"peak {peak >> 20} MiB ({peak / size:.2f} × the pixels), now {held >> 20} MiB; "
            f"load {os.getloadavg()[0]:.1f}",
            flush=True,
        )
        window._discard()
        desk.stop()


def _heal(window: MainWindow) -> None:
    """A stroke is healed by the real network and the picture exported, so that the peak holds all of it."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest

    canvas, editor = window.workspace.canvas, window.editor
    document = editor.document
    assert document is not None
    window.actions_.clear_mask.trigger()
    window.actions_.actual_size.trigger()
    window.actions_.heal.setChecked(True)
    middle, none = canvas.rect().center(), Qt.KeyboardModifier.NoModifier
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, none, middle)
    QTest.mouseMove(canvas, middle + QPoint(200, 0))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, none, middle + QPoint(200, 0))
    while not document.repairs:
        _wait(20)
    editor.output.export(document.photograph.path.with_name("out.tif"))
    while editor.output.exporting:
        _wait(20)


def _told(times: list[tuple[float, float]]) -> str:
    parts = [str(len(times))]
    for share in (0.5, 0.95, 1.0):
        values = [sorted(kind)[min(int(share * len(times)), len(times) - 1)] for kind in zip(*times, strict=True)]
        if share == 0.5:
            values = [statistics.median(kind) for kind in zip(*times, strict=True)]
        parts.append(" / ".join(f"{value:.1f}" for value in values))
    return " | ".join(parts)


def _wait(milliseconds: int) -> None:
    from PySide6.QtCore import QEventLoop, QTimer

    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
