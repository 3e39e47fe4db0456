"""Settings of the brush and of marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSlider, QVBoxLayout, QWidget

from restorer.imaging.feather import WIDEST
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.panels.labels import label
from restorer.ui.settings import MASK_COLOURS

if TYPE_CHECKING:
    from restorer.ui.actions import Actions

LARGEST_BRUSH = 2000
_STEPS = 200


class ToolsPanel(QWidget):
    """Sliders and switches; they only tell what was set.

    Signals:
        brushSizeChanged(int): diameter in px.
        growChanged(int): px.
        featherChanged(int): px.
        opacityChanged(int): percent.
        colourChanged(str): one of `MASK_COLOURS`.
        toleranceChanged(int): percent.
        contiguousChanged(bool).
        softnessChanged(int): percent.
    """

    brushSizeChanged = Signal(int)  # noqa: N815
    growChanged = Signal(int)  # noqa: N815
    featherChanged = Signal(int)  # noqa: N815
    opacityChanged = Signal(int)  # noqa: N815
    colourChanged = Signal(str)  # noqa: N815
    toleranceChanged = Signal(int)  # noqa: N815
    contiguousChanged = Signal(bool)  # noqa: N815
    softnessChanged = Signal(int)  # noqa: N815

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)

        self._size_text = label("", "soft")
        self.size_slider = self._slider(0, _STEPS)
        self._brush = self._add(layout, self.tr("Brush size"), self._size_text, self.size_slider)
        self.size_slider.valueChanged.connect(self._size_moved)
        self._size = 0
        self._actions = actions
        actions.rebound.connect(self._tell_keys)
        self._tell_keys()
        self._wand = self._wand_options(layout)
        self._softness_text = label("", "soft")
        self.softness_slider = self._slider(0, 100)
        self.softness_slider.setToolTip(self.tr("How far inside the stroke the cloned pixels set in."))
        self._soft = self._add(layout, self.tr("Softness of the rim"), self._softness_text, self.softness_slider)
        self.softness_slider.valueChanged.connect(self._softness_moved)

        self._opacity_text = label("", "soft")
        self.opacity_slider = self._slider(10, 100)
        self.opacity_slider.setToolTip(self.tr("How strongly marks are shown; it changes nothing in the picture."))
        self._add(layout, self.tr("Visibility of marks"), self._opacity_text, self.opacity_slider)
        self.opacity_slider.valueChanged.connect(self._opacity_moved)

        layout.addLayout(self._colour_row())

        self._grow_text = label("", "soft")
        self.grow_slider = self._slider(0, 20)
        self.grow_slider.setToolTip(
            self.tr("Restores this much around each mark too: damage often reaches a little further.")
        )
        self._add(layout, self.tr("Grow marks by"), self._grow_text, self.grow_slider)
        self.grow_slider.valueChanged.connect(self._grow_moved)

        self._feather_text = label("", "soft")
        self.feather_slider = self._slider(0, WIDEST)
        self.feather_slider.setToolTip(
            self.tr(
                "From the rim of each mark inwards, new repairs pass little by little into what was there. 0 px for "
                "narrow damage."
            )
        )
        self._add(layout, self.tr("Feather repairs by"), self._feather_text, self.feather_slider)
        self.feather_slider.valueChanged.connect(self._feather_moved)

    def _tell_keys(self) -> None:
        actions, none = self._actions, self.tr("none")
        self.size_slider.setToolTip(
            self.tr("Diameter of the brush in pixels of the picture. Keys: smaller {}, larger {}").format(
                actions.keys_of(actions.smaller) or none, actions.keys_of(actions.bigger) or none
            )
        )

    def _wand_options(self, layout: QVBoxLayout) -> QWidget:
        box = QWidget()
        inner = QVBoxLayout(box)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(8)
        self._tolerance_text = label("", "soft")
        self.tolerance_slider = self._slider(0, 100)
        self.tolerance_slider.setToolTip(self.tr("How far a pixel may differ from the one that is clicked."))
        self._add(inner, self.tr("Tolerance"), self._tolerance_text, self.tolerance_slider)
        self.tolerance_slider.valueChanged.connect(self._tolerance_moved)
        self.contiguous = QCheckBox(self.tr("Contiguous only"))
        self.contiguous.setToolTip(self.tr("Otherwise everything alike is marked, anywhere in the picture."))
        self.contiguous.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.contiguous.setChecked(True)
        self.contiguous.toggled.connect(self.contiguousChanged)
        inner.addWidget(self.contiguous)
        layout.addWidget(box)
        return box

    def _colour_row(self) -> QHBoxLayout:
        self.colour = QComboBox()
        names = {
            "red": self.tr("Red"), "green": self.tr("Green"), "blue": self.tr("Blue"), "yellow": self.tr("Yellow"),
            "magenta": self.tr("Magenta"),
        }  # fmt: skip
        for value, code in MASK_COLOURS.items():
            swatch = QPixmap(32, 32)
            swatch.fill(QColor(code))
            self.colour.addItem(QIcon(swatch), names[value], value)
        self.colour.setAccessibleName(self.tr("Colour of marks"))
        self.colour.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.colour.currentIndexChanged.connect(lambda: self.colourChanged.emit(self.colour.currentData()))
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Colour of marks")), 1)
        row.addWidget(self.colour)
        return row

    def show_tool(self, kind: ToolKind) -> None:
        """Only what matters for this tool."""
        self._brush.setVisible(kind.brushes)
        self._wand.setVisible(kind is ToolKind.WAND)
        self._soft.setVisible(kind.clones)

    def set_colour(self, value: str) -> None:
        self.colour.setCurrentIndex(max(0, self.colour.findData(value)))

    def set_tolerance(self, percent: int) -> None:
        self.tolerance_slider.setValue(percent)
        self._tolerance_moved(self.tolerance_slider.value())

    def set_softness(self, percent: int) -> None:
        self.softness_slider.setValue(percent)
        self._softness_moved(self.softness_slider.value())

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

    def set_feather(self, px: int) -> None:
        self.feather_slider.setValue(px)
        self._feather_moved(self.feather_slider.value())

    def step_brush(self, up: bool) -> None:
        """About a tenth larger or smaller, by at least one px."""
        size = self._size
        self.set_brush_size(max(size + 1, round(size * 1.12)) if up else min(size - 1, round(size / 1.12)))

    def _size_moved(self, step: int) -> None:
        self.set_brush_size(_size_of(step))

    def _opacity_moved(self, percent: int) -> None:
        self._opacity_text.setText(self.tr("{} %").format(percent))
        self.opacityChanged.emit(percent)

    def _tolerance_moved(self, percent: int) -> None:
        self._tolerance_text.setText(self.tr("{} %").format(percent))
        self.toleranceChanged.emit(percent)

    def _softness_moved(self, percent: int) -> None:
        self._softness_text.setText(self.tr("{} %").format(percent))
        self.softnessChanged.emit(percent)

    def _grow_moved(self, px: int) -> None:
        self._grow_text.setText(self.tr("{} px").format(px))
        self.growChanged.emit(px)

    def _feather_moved(self, px: int) -> None:
        self._feather_text.setText(self.tr("{} px").format(px))
        self.featherChanged.emit(px)

    @staticmethod
    def _slider(least: int, most: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves Space and the arrows with the picture
        return slider

    @staticmethod
    def _add(layout: QVBoxLayout, name: str, value: QLabel, slider: QSlider) -> QWidget:
        slider.setAccessibleName(name)
        box = QWidget()
        part = QVBoxLayout(box)
        part.setContentsMargins(0, 0, 0, 0)
        part.setSpacing(0)
        row = QHBoxLayout()
        row.addWidget(label(name), 1)
        row.addWidget(value)
        part.addLayout(row)
        part.addWidget(slider)
        layout.addWidget(box)
        return box


def _size_of(step: int) -> int:
    """Each step of the slider changes the size by the same share."""
    size: float = LARGEST_BRUSH ** (step / _STEPS)
    return max(1, round(size))


def _step_of(size: int) -> int:
    return min(range(_STEPS + 1), key=lambda step: abs(_size_of(step) - size))
