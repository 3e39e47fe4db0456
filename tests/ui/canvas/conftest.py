"""A small document, and a canvas that shows it as a user's hands find it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from restorer.document.document import Document
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.layers import DisplayLayers

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton


def picture(width: int, height: int, seed: int = 1) -> NDArray[np.uint8]:
    """RGB in which neighbours differ, so that a shift by one pixel shows."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (height // 16 + 2, width // 16 + 2, 3), np.uint8)
    smooth = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    noise = rng.integers(-24, 25, (height, width, 3))
    return np.clip(smooth + noise, 0, 255).astype(np.uint8)


MakeDocument = Callable[..., Document]


@pytest.fixture
def make_document(tmp_path: Path) -> MakeDocument:
    def make(width: int = 301, height: int = 203) -> Document:
        path = tmp_path / f"{width}x{height}.png"
        assert cv2.imwrite(str(path), picture(width, height)[..., ::-1])
        return Document.open(path)

    return make


@pytest.fixture
def document(make_document: MakeDocument) -> Document:
    return make_document()


class Hands:
    """A canvas, its document as the window would keep it, and what it has signalled."""

    def __init__(self, canvas: Canvas, document: Document) -> None:
        self.canvas, self.document = canvas, document
        self.strokes: list[tuple[Stroke, bool]] = []
        canvas.strokeFinished.connect(self.on_stroke)

    def on_stroke(self, stroke: Stroke, erase: bool) -> None:
        self.strokes.append((stroke, erase))
        self.canvas.refresh(self.document.mark(stroke, erase=erase))

    def repair(self, region: Region, value: int) -> None:
        """Lay a patch of one value over a region, as the engine would."""
        bits = np.ones((region.height, region.width), bool)
        job = self.document.job(Stroke(region, bits))
        pixels = np.full((region.height, region.width, *self.document.original.shape[2:]), value, np.uint8)
        self.canvas.refresh(self.document.apply(job, [Patch(region, pixels, bits)], {}))

    def over(self, x: float, y: float) -> QPointF:
        """The middle of picture pixel x, y on the canvas (logical px)."""
        place = self.canvas._viewport.to_device(x + 0.5, y + 0.5)
        ratio = self.canvas.devicePixelRatioF()
        return QPointF(place[0] / ratio, place[1] / ratio)

    def mouse(self, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton, buttons: Qt.MouseButton) -> None:
        """One event at a place that need not be a whole number."""
        move = kind == QEvent.Type.MouseMove
        event = QMouseEvent(
            kind,
            place,
            self.canvas.mapToGlobal(place),
            NO_BUTTON if move else button,
            buttons,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.canvas, event)

    def drag(self, *places: QPointF, button: Qt.MouseButton = LEFT) -> None:
        self.mouse(QEvent.Type.MouseButtonPress, places[0], button, button)
        for place in places[1:]:
            self.mouse(QEvent.Type.MouseMove, place, button, button)
        self.mouse(QEvent.Type.MouseButtonRelease, places[-1], button, NO_BUTTON)

    def wheel(
        self,
        place: QPointF,
        notches: float,
        keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
        pixels: QPoint | None = None,
    ) -> None:
        event = QWheelEvent(
            place,
            self.canvas.mapToGlobal(place),
            pixels or QPoint(),
            QPoint(0, round(120 * notches)),
            NO_BUTTON,
            keys,
            Qt.ScrollPhase.ScrollUpdate if pixels else Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.canvas, event)


@pytest.fixture
def make_hands(qtbot: object) -> Callable[..., Hands]:
    def make(document: Document, width: int = 400, height: int = 300) -> Hands:
        canvas = Canvas()
        qtbot.addWidget(canvas)  # type: ignore[attr-defined]
        canvas.resize(width, height)
        canvas.show_document(document, DisplayLayers.of(document))
        canvas.show()
        QTest.qWaitForWindowExposed(canvas)
        return Hands(canvas, document)

    return make


@pytest.fixture
def hands(make_hands: Callable[..., Hands], document: Document) -> Hands:
    return make_hands(document)


def array(image: QImage) -> NDArray[np.uint8]:
    """RGB of an image, h×w×3, in its device px."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


@pytest.fixture
def drawn_anew() -> Callable[[QWidget], NDArray[np.uint8]]:
    """The widget, painted whole."""
    return lambda widget: array(widget.grab().toImage())


@pytest.fixture
def on_screen() -> Callable[[QWidget], NDArray[np.uint8]]:
    """The widget as it stands on the (offscreen) screen, put together from all that was painted so far."""

    def grab(widget: QWidget) -> NDArray[np.uint8]:
        QApplication.processEvents()
        return array(widget.screen().grabWindow(widget.winId()).toImage())

    return grab
