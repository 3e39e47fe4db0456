"""What a paint event draws is bounded, and in the end the view is as if all had been drawn at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from canvas_hands import Hands, MakeDocument, array, settle
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from restorer.document.document import Document
from restorer.imaging.region import Region
from restorer.ui.canvas import backing, rendering
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.effort import Effort
from restorer.ui.canvas.tiles import SIDE

SMALL = 1 << 15
"""A budget so small that every view here takes several events."""


def at_once(canvas: Canvas) -> np.ndarray:
    """The view as `rendering.draw` makes it of the layers in one go, RGB."""
    view = canvas._viewport.view
    image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    rendering.draw(painter, view, canvas._viewport, canvas._layers, canvas._look)
    painter.end()
    return array(image)


def kept(canvas: Canvas) -> np.ndarray:
    image = canvas._backing._image
    assert image is not None
    return array(image)


class Log:
    """Every event of a view: the effort of what it drew in full, and whether that was more than one square."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.efforts: list[float] = []
        self.converted: list[int] = []
        self.single: list[bool] = []
        whole, draw = backing.Backing.brought_up_to_date, backing.draw

        def event(kept_view, viewport, layers, look):  # type: ignore[no-untyped-def]
            self.effort, self.areas = Effort(viewport, layers, look), []
            missing = layers.after.unconverted(viewport.picture)
            image = whole(kept_view, viewport, layers, look)
            self.efforts.append(self.effort.spent)
            self.converted.append(len(missing) - len(layers.after.unconverted(viewport.picture)))
            self.single.append(len(self.areas) == 1 and max(self.areas[0].width, self.areas[0].height) <= 128)
            return image

        def drawing(painter, area, viewport, layers, look):  # type: ignore[no-untyped-def]
            if viewport.zoom == self.effort._viewport.zoom:  # the pixels themselves, not a coarse view
                self.effort.add(area)
                self.areas.append(area)
            draw(painter, area, viewport, layers, look)

        monkeypatch.setattr(backing.Backing, "brought_up_to_date", event)
        monkeypatch.setattr(backing, "draw", drawing)


@pytest.fixture
def deep(make_document: MakeDocument) -> Document:
    """16 bits, so that pixels are converted to be seen."""
    document = make_document(1501, 1203)
    pixels = document.original.astype(np.uint16) * 257
    return Document(replace(document.photograph, pixels=pixels))


ZOOMS = (0.2, 0.25, 0.5, 0.71, 1.0, 1.5, 2.0, 8.0)


def test_the_settled_view_is_what_drawing_at_once_gives(
    deep: Document, make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing, "BUDGET", SMALL)
    hands = make_hands(deep, 640, 480)
    canvas, rng = hands.canvas, np.random.default_rng(3)
    canvas.brush_size = 30
    canvas.divider_at = 0.37
    for turn, zoom in enumerate(ZOOMS):
        canvas.divider, canvas.grow = turn % 3 == 1, turn % 2 * 3
        canvas.zoom_to(zoom, QPointF(300, 200))
        QApplication.processEvents()
        for step in range(6):  # while much is still coarse
            canvas.pan(int(rng.integers(-90, 90)), int(rng.integers(-70, 70)))
            if step % 2:
                QApplication.processEvents()
        hands.drag(*(QPointF(int(rng.integers(640)), int(rng.integers(480))) for _ in range(3)))
        x, y = int(rng.integers(0, 1300)), int(rng.integers(0, 1000))
        hands.repair(Region(x, y, x + 180, y + 150), turn * 4000)
        canvas.set_busy([hands.strokes[-1][0]] if turn % 2 else [])
        settle(canvas)
        assert np.array_equal(kept(canvas), at_once(canvas)), zoom
        canvas.pan(int(rng.integers(-90, 90)), int(rng.integers(-70, 70)))
        canvas.refresh(deep.undo())
        settle(canvas)
        assert np.array_equal(kept(canvas), at_once(canvas)), zoom


@pytest.mark.parametrize("level", [False, True])
def test_a_pan_beside_the_original(deep: Document, make_hands: Callable[..., Hands], level: bool) -> None:
    hands = make_hands(deep, 640, 480)
    canvas = hands.canvas
    hands.repair(Region(0, 0, 1501, 1200), 9000)  # so that the two are nowhere alike
    canvas.divider, canvas.divider_level, canvas.divider_at = True, level, 0.5
    canvas.zoom_to(1.0)
    settle(canvas)
    for dx, dy in ((31, 0), (0, -17), (-45, 23), (300, 200)):
        canvas.pan(dx, dy)
        settle(canvas)
        assert np.array_equal(kept(canvas), at_once(canvas))


def test_no_event_draws_more_than_its_budget(
    deep: Document, make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    budget = 4 * SIDE * SIDE
    monkeypatch.setattr(backing, "BUDGET", budget)
    hands = make_hands(deep, 1200, 900)
    canvas = hands.canvas
    settle(canvas)
    log = Log(monkeypatch)
    assert canvas._layers is not None
    canvas._layers.show_anew(deep)  # nothing that was converted before is kept
    for zoom in (0.2, 0.71, 1.5, 1.0, 3.0):
        canvas.zoom_to(zoom, QPointF(500, 400))
        settle(canvas)
    assert len(log.efforts) > 12  # 1200 × 900 px blended, three times, are more than twelve budgets
    assert sum(log.efforts) > 3 * budget
    for effort, single in zip(log.efforts, log.single, strict=True):
        assert effort <= budget or single
    assert sum(log.converted) >= 24  # squares of 16 bits
    assert max(log.converted) <= 8


def test_at_first_all_is_seen_coarsely(
    deep: Document, make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One event after a zoom the view is everywhere about what it will be, marks included."""
    hands = make_hands(deep, 640, 480)
    canvas = hands.canvas
    canvas.brush_size = 60
    hands.drag(QPointF(200, 200), QPointF(420, 300))
    monkeypatch.setattr(backing, "BUDGET", SMALL)
    for zoom in (0.71, 1.0, 2.0):
        canvas.fit()
        settle(canvas)
        canvas.zoom_to(zoom, QPointF(300, 240))
        canvas.grab()
        assert not canvas.exact
        first, exact = kept(canvas).astype(float), at_once(canvas).astype(float)
        assert not np.array_equal(first, exact)
        means = [picture.reshape(15, 32, 20, 32, 3).mean((1, 3)) for picture in (first, exact)]
        assert np.abs(means[0] - means[1]).max() < 20  # a mark's edge is a px wider, of 4


def test_a_pan_draws_only_what_comes_into_view(
    deep: Document, make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    hands = make_hands(deep, 640, 480)
    canvas = hands.canvas
    canvas.zoom_to(1.0)
    settle(canvas)
    log = Log(monkeypatch)
    canvas.pan(-11, -7)
    settle(canvas)
    assert 0 < sum(area.area for area in log.areas) <= 640 * 7 + 480 * 11


def test_a_hidden_view_is_exact_once_it_is_seen(
    deep: Document, make_hands: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backing, "BUDGET", SMALL)
    canvas = make_hands(deep, 640, 480).canvas
    canvas.zoom_to(0.71)
    QApplication.processEvents()
    canvas.hide()
    QApplication.processEvents()
    canvas.show()
    settle(canvas)
    assert np.array_equal(kept(canvas), at_once(canvas))
