"""Settings of the brush and of healing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

LARGEST_BRUSH = 2000
_STEPS = 200


class ToolsPanel(QWidget):
    """Sliders and switches; they only tell what was set.

    Signals:
        brushSizeChanged(int): diameter in px.
        growChanged(int): px.
        opacityChanged(int): percent.
    """

    brushSizeChanged = Signal(int)  # noqa: N815
    growChanged = Signal(int)  # noqa: N815
    opacityChanged = Signal(int)  # noqa: N815

    def __init__(self, heal: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)

        self._size_text = label("", "soft")
        self.size_slider = self._slider(0, _STEPS)
        self.size_slider.setToolTip(self.tr("Diameter of the brush in pixels of the picture. Keys: [ and ]"))
        self._add(layout, self.tr("Brush size"), self._size_text, self.size_slider)
        self.size_slider.valueChanged.connect(self._size_moved)
        self._size = 0

        self._opacity_text = label("", "soft")
        self.opacity_slider = self._slider(10, 100)
        self.opacity_slider.setToolTip(self.tr("How strongly marks are shown; it changes nothing in the picture."))
        self._add(layout, self.tr("Visibility of marks"), self._opacity_text, self.opacity_slider)
        self.opacity_slider.valueChanged.connect(self._opacity_moved)

        self._grow_text = label("", "soft")
        self.grow_slider = self._slider(0, 20)
        self.grow_slider.setToolTip(
            self.tr("Restores this much around each mark too: damage often reaches a little further.")
        )
        self._add(layout, self.tr("Grow marks by"), self._grow_text, self.grow_slider)
        self.grow_slider.valueChanged.connect(self._grow_moved)

        self.heal = QCheckBox(self.tr("Heal as you paint"))
        self.heal.setToolTip(self.tr("Restores each stroke as soon as you let go. Key: P"))
        self.heal.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.heal.setChecked(heal.isChecked())
        self.heal.toggled.connect(heal.setChecked)
        heal.toggled.connect(self.heal.setChecked)
        layout.addWidget(self.heal)

    def set_brush_size(self, size: int) -> None:
        """Show a size; signalled only if it is new."""
        size = min(max(size, 1), LARGEST_BRUSH)
        if size == self._size:
            return
        self._size = size
        self._size_text.setText(self.tr("{} px").format(size))
        blocked = self.size_slider.blockSignals(True)  # or the slider's coarse steps would round the size
        self.size_slider.setValue(_step_of(size))
        self.size_slider.blockSignals(blocked)
        self.brushSizeChanged.emit(size)

    def set_opacity(self, percent: int) -> None:
        self.opacity_slider.setValue(percent)
        self._opacity_moved(self.opacity_slider.value())

    def set_grow(self, px: int) -> None:
        self.grow_slider.setValue(px)
        self._grow_moved(self.grow_slider.value())

    def step_brush(self, up: bool) -> None:
        """About a tenth larger or smaller, by at least one px."""
        size = self._size
        self.set_brush_size(max(size + 1, round(size * 1.12)) if up else min(size - 1, round(size / 1.12)))

    def _size_moved(self, step: int) -> None:
        self.set_brush_size(_size_of(step))

    def _opacity_moved(self, percent: int) -> None:
        self._opacity_text.setText(self.tr("{} %").format(percent))
        self.opacityChanged.emit(percent)

    def _grow_moved(self, px: int) -> None:
        self._grow_text.setText(self.tr("{} px").format(px))
        self.growChanged.emit(px)

    @staticmethod
    def _slider(least: int, most: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space and the arrows with the picture
        return slider

    @staticmethod
    def _add(layout: QVBoxLayout, name: str, value: QLabel, slider: QSlider) -> None:
        slider.setAccessibleName(name)
        row = QHBoxLayout()
        row.addWidget(label(name), 1)
        row.addWidget(value)
        part = QVBoxLayout()
        part.setSpacing(0)
        part.addLayout(row)
        part.addWidget(slider)
        layout.addLayout(part)


def _size_of(step: int) -> int:
    """Each step of the slider changes the size by the same share."""
    size: float = LARGEST_BRUSH ** (step / _STEPS)
    return max(1, round(size))


def _step_of(size: int) -> int:
    return min(range(_STEPS + 1), key=lambda step: abs(_size_of(step) - size))
