"""What a window does for medical pictures: a notice that stays, and the window and level of their display."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from restorer.ui.panels.labels import label, padded

if TYPE_CHECKING:
    from PySide6.QtCore import QPointF

    from restorer.imaging.files import Photograph
    from restorer.imaging.window_level import Window
    from restorer.ui.canvas.canvas import Canvas
    from restorer.ui.editor import Editor

WHOLE = 400.0
"""Logical px that a drag goes to move the level by the window's width, or to double the width."""


def stem_of(photograph: Photograph) -> str:
    """What a new file's name begins with; the names of medical files often are their patients'."""
    return "DICOM" if photograph.medical else photograph.path.stem


class MedicalBar(QWidget):
    """Above the picture, as long as a medical one is open.

    Signals:
        chosen(Window): the person wants to see these values.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own: Window | None = None
        self._window: Window | None = None
        self.notice = label(self.tr("Not for diagnosis"), "notice")
        self.level, self.width_ = self._field(-1e9), self._field(0)
        self.reset = QPushButton(self.tr("As in the file"))
        self.reset.setToolTip(self.tr("Show the values that the file itself wants to be seen"))
        self.reset.clicked.connect(lambda: self._want(self._own))
        self._fields = QWidget()
        fields = QHBoxLayout(self._fields)
        fields.setContentsMargins(0, 0, 0, 0)
        for words, field in ((self.tr("Level"), self.level), (self.tr("Width"), self.width_)):
            name = QLabel(words)
            name.setBuddy(field)
            field.setAccessibleName(words)
            field.setToolTip(self.tr("Or drag with the right button: up is brighter, to the right is softer"))
            field.editingFinished.connect(self._edited)
            fields.addWidget(name)
            fields.addWidget(field)
        fields.addWidget(self.reset)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addWidget(self.notice)
        layout.addStretch(1)
        layout.addWidget(self._fields)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_photograph(self, photograph: Photograph) -> None:
        self.setVisible(photograph.medical)
        self._own = photograph.window
        self._fields.setVisible(photograph.window is not None)
        self.show_window(photograph.window)

    def show_window(self, window: Window | None) -> None:
        self._window = window
        if window is not None:
            for field, value in ((self.level, window.centre), (self.width_, window.width)):
                field.blockSignals(True)
                field.setValue(value)
                field.blockSignals(False)

    def _edited(self) -> None:
        if self._window is not None:
            self._want(self._window.at(self.level.value(), self.width_.value()))

    def _want(self, window: Window | None) -> None:
        if window is not None and window != self._window:
            self.chosen.emit(window)

    @staticmethod
    def _field(least: float) -> QDoubleSpinBox:
        field = padded(QDoubleSpinBox())
        field.setRange(least, 1e9)
        field.setDecimals(1)
        field.setKeyboardTracking(False)
        field.setMinimumWidth(96)
        return field


class Medical(QObject):
    """Window and level of one window's picture: the right button drags them, the bar has them as numbers.

    Signals:
        shown_anew(): the whole picture looks different; its values are the same.
    """

    shown_anew = Signal()

    def __init__(self, editor: Editor, canvas: Canvas, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._canvas = canvas
        self.bar = MedicalBar()
        self.bar.chosen.connect(self.show_window)
        self._from: tuple[QPointF, Window] | None = None
        self._next: Window | None = None
        self._soon = QTimer(self)  # several moves of the mouse that wait are one
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._apply)
        canvas.installEventFilter(self)
        editor.opened.connect(self._show_photograph)

    @property
    def window(self) -> Window | None:
        """Which values are shown; None if no grey medical picture is open."""
        document = self._editor.document
        return None if document is None else document.photograph.window

    def show_window(self, window: Window) -> None:
        """Show other values."""
        document, layers = self._editor.document, self._editor.layers
        if document is None or layers is None or document.photograph.window in (None, window):
            return
        document.photograph = replace(document.photograph, window=window)
        layers.show_anew(document)
        self.bar.show_window(window)
        self.shown_anew.emit()

    def _show_photograph(self) -> None:
        self._from = self._next = None
        if self._editor.document is not None:
            self.bar.show_photograph(self._editor.document.photograph)

    def _apply(self) -> None:
        if self._next is not None:
            self.show_window(self._next)

    # --- Qt ------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QMouseEvent) or self.window is None:
            return super().eventFilter(watched, event)
        kind = event.type()
        if kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            if event.button() == Qt.MouseButton.RightButton:
                self._from = (event.position(), self.window)
                return True
        elif kind == QEvent.Type.MouseMove and self._from is not None:
            if event.buttons() & Qt.MouseButton.RightButton:
                start, window = self._from
                moved = event.position() - start
                self._next = window.moved(-moved.y() / WHOLE, moved.x() / WHOLE)
                self._soon.start(0)
                return True
            self._from = None  # the release went to somebody else
        elif kind == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.RightButton:
            self._from = None
            return True
        return super().eventFilter(watched, event)
