"""A small picture, and hands that work on a canvas as a user does."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from restorer.document.document import Document
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region
from restorer.ui.canvas.backing import Backing
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.picture_view import PictureView

LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
MakeDocument = Callable[..., Document]


def picture(width: int, height: int, seed: int = 1) -> NDArray[np.uint8]:
    """RGB in which neighbours differ, so that a shift by one pixel shows."""
    rng = np.random.default_rng(seed)
    coarse = rng.integers(0, 256, (height // 16 + 2, width // 16 + 2, 3), np.uint8)
    smooth = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    noise = rng.integers(-24, 25, (height, width, 3))
    return np.clip(smooth + noise, 0, 255).astype(np.uint8)


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
        self.document.mark(Stroke(region, bits))
        job = self.document.job(Stroke(region, bits))
        original = self.document.original
        pixels = np.full((region.height, region.width, *original.shape[2:]), value, original.dtype)
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


def array(image: QImage) -> NDArray[np.uint8]:
    """RGB of an image, h×w×3, in its device px."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).copy()


def settle(view: PictureView) -> None:
    """Let the view draw until nothing of it is coarse."""
    QApplication.processEvents()
    for _ in range(500):
        if view.exact:
            return
        QApplication.processEvents()
    raise AssertionError("the view never becomes exact")


def drawn_anew(view: PictureView) -> NDArray[np.uint8]:
    """The view, with nothing kept of what was drawn before."""
    kept, view._backing = view._backing, Backing()
    try:
        shown = view.grab().toImage()
        while not view.exact:
            shown = view.grab().toImage()
        return array(shown)
    finally:
        view._backing = kept


def on_screen(view: PictureView) -> NDArray[np.uint8]:
    """The view as it stands on the (offscreen) screen, put together from all that was painted so far.

    On a fine screen only its top left part: the offscreen platform grabs as many device px as there are logical px.
    """
    settle(view)
    return array(view.screen().grabWindow(view.winId()).toImage())
