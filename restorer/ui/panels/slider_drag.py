"""Esc while a slider is being dragged: it was not meant."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSlider


class SliderDrag(QObject):
    """Gives up a drag of a slider that does not track: its value is what it was, and has never been another.

    Esc comes to whatever has the focus, and is taken before it; afterwards the mouse, down still, moves nothing.
    """

    def __init__(self, slider: QSlider) -> None:
        super().__init__(slider)
        self._slider = slider
        self._given_up = False
        slider.sliderPressed.connect(self._begin)
        slider.sliderReleased.connect(self._end)
        slider.installEventFilter(self)

    def _begin(self) -> None:
        self._given_up = False
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _end(self) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        slider, kind = self._slider, event.type()
        if watched is slider and self._given_up:
            if kind is QEvent.Type.MouseButtonRelease:
                self._given_up = False
            return kind is QEvent.Type.MouseMove
        taken = kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if not taken or not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Escape:
            return False
        if not slider.isSliderDown():
            return False
        event.accept()
        if kind is QEvent.Type.KeyPress:
            self._given_up = True
            slider.setSliderPosition(slider.value())
            slider.setSliderDown(False)
        return True
