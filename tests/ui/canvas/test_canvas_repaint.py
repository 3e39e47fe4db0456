"""Only what changed is painted, and the screen is as if all had been."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from canvas_hands import LEFT, NO_BUTTON, Hands, MakeDocument, drawn_anew, on_screen
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication

from restorer.imaging.region import Region
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.tools.tool import ToolKind


def act(hands: Hands, rng: np.random.Generator) -> None:
    """Something a user does, drawn by lot."""
    canvas, document = hands.canvas, hands.document

    def place() -> QPointF:
        return QPointF(int(rng.integers(-20, canvas.width() + 20)), int(rng.integers(-20, canvas.height() + 20)))

    def paint() -> None:
        canvas.brush_size = int(rng.choice([1, 2, 7, 30, 90]))
        canvas.tool = ToolKind.ERASER if rng.random() < 0.3 else ToolKind.BRUSH
        hands.drag(*(place() for _ in range(int(rng.integers(1, 5)))))

    def repair() -> None:
        x, y = int(rng.integers(0, 600)), int(rng.integers(0, 500))
        width, height = int(rng.integers(1, 90)), int(rng.integers(1, 70))
        hands.repair(Region(x, y, x + width, y + height), int(rng.integers(0, 256)))

    def begin() -> None:
        hands.mouse(QEvent.Type.MouseButtonPress, place(), LEFT, LEFT)
        hands.mouse(QEvent.Type.MouseMove, place(), NO_BUTTON, LEFT)

    def hover() -> None:
        hands.mouse(QEvent.Type.MouseMove, place(), NO_BUTTON, NO_BUTTON)

    def busy() -> None:
        canvas.set_busy([stroke for stroke, _ in hands.strokes[-2:]] if rng.random() < 0.7 else [])

    def divide() -> None:
        canvas.divider = bool(rng.random() < 0.6)
        canvas.divider_at = float(rng.random())

    actions: list[Callable[[], object]] = [
        paint,
        paint,
        begin,
        hover,
        repair,
        busy,
        divide,
        lambda: canvas.refresh(document.undo()),
        lambda: canvas.refresh(document.redo()),
        lambda: canvas.zoom_to(float(rng.choice([0.3, 0.5, 0.71, 1, 1.5, 2, 3, 8])), place()),
        lambda: canvas.pan(int(rng.integers(-60, 60)), int(rng.integers(-60, 60))),
        canvas.fit,
    ]
    actions[int(rng.integers(len(actions)))]()


@pytest.mark.parametrize("seed", range(6))
def test_the_screen_is_as_if_painted_whole(
    make_document: MakeDocument, make_hands: Callable[..., Hands], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    hands = make_hands(make_document(701, 583), 380, 290)
    hands.canvas.grow = seed % 3
    for _ in range(25):
        act(hands, rng)
        kept = on_screen(hands.canvas)
        height, width = kept.shape[:2]
        assert (height, width) == (290, 380)
        assert np.array_equal(kept, drawn_anew(hands.canvas)[:height, :width])


def test_a_large_brush_leaves_no_trace_of_its_circle(hands: Hands) -> None:
    hands.canvas.resize(380, 290)
    hands.canvas.zoom_to(4.0)
    hands.canvas.brush_size = 100
    for x, y in ((100, 90), (160, 110), (165, 190), (300, 20), (301, 20), (5, 280), (200, 140)):
        hands.mouse(QEvent.Type.MouseMove, QPointF(x, y), NO_BUTTON, NO_BUTTON)
        kept = on_screen(hands.canvas)
        assert np.array_equal(kept, drawn_anew(hands.canvas)[: kept.shape[0], : kept.shape[1]])


class Watched(Canvas):
    """Notes how many px each painting covers."""

    def __init__(self) -> None:
        super().__init__()
        self.painted: list[int] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.append(sum(r.width() * r.height() for r in event.region()))  # type: ignore[attr-defined]


def test_a_dab_paints_only_its_surroundings(
    make_document: MakeDocument, make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("conftest.Canvas", Watched, raising=False)
    hands = make_hands(make_document(701, 583), 380, 290)
    canvas = hands.canvas
    assert isinstance(canvas, Watched)
    canvas.brush_size = 20
    QApplication.processEvents()
    hands.mouse(QEvent.Type.MouseButtonPress, QPointF(190, 140), LEFT, LEFT)
    QApplication.processEvents()
    canvas.painted.clear()
    hands.mouse(QEvent.Type.MouseMove, QPointF(196, 143), NO_BUTTON, LEFT)
    QApplication.processEvents()
    assert len(canvas.painted) == 1
    assert 50 < canvas.painted[0] < 40 * 40
    hands.mouse(QEvent.Type.MouseButtonRelease, QPointF(196, 143), LEFT, NO_BUTTON)
    QApplication.processEvents()
    assert max(canvas.painted) < 40 * 40


@pytest.mark.parametrize("ratio", ["2", "1.5"])
def test_the_same_on_a_finer_screen(ratio: str) -> None:
    """Painting, zooming and repainting, with more device px to a logical px."""
    if os.environ.get("QT_SCALE_FACTOR"):
        pytest.skip("this is the finer screen")
    here = Path(__file__).parent
    chosen = [
        f"{here / 'test_canvas_painting.py'}::test_what_is_painted_on_a_fine_screen",
        f"{here / 'test_canvas_painting.py'}::test_pressure_makes_the_line_wider",
        f"{here / 'test_canvas_repaint.py'}::test_the_screen_is_as_if_painted_whole",
    ]
    if ratio != "2":
        chosen = chosen[:2]  # Qt itself does not repaint to the pixel where px are no whole numbers
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *chosen],
        env={**os.environ, "QT_SCALE_FACTOR": ratio, "QT_SCALE_FACTOR_ROUNDING_POLICY": "PassThrough"},
        capture_output=True,
        text=True,
        cwd=here.parents[2],
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
