"""What is looked for in each picture of a batch, and how sure it has to be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from restorer.imaging.findings import KINDS
from restorer.imaging.infrared import SHOWN
from restorer.ui.panels.labels import label


class DamageChoice(QWidget):
    """The sensitivity, with its number, and the kinds of damage.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, ...] = KINDS
        self.sensitivity = QSlider(Qt.Orientation.Horizontal)
        self.sensitivity.setRange(0, 100)
        self.sensitivity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sensitivity.setAccessibleName(self.tr("Sensitivity"))
        self.sensitivity.setToolTip(self.tr("To the left: what is certain. To the right: whatever may be damage."))
        self.sensitivity.valueChanged.connect(self._moved)
        self.value = label("", "soft")
        heading = QHBoxLayout()
        heading.addWidget(label(self.tr("Sensitivity")), 1)
        heading.addWidget(self.value)
        names = {
            "scratch": self.tr("Scratches"), "dust": self.tr("Dust, hairs"), "crack": self.tr("Cracks, folds"),
            "stain": self.tr("Stains"),
        }  # fmt: skip
        self.boxes = {kind: QCheckBox(names[kind]) for kind in KINDS}
        grid = QGridLayout()
        for number, box in enumerate(self.boxes.values()):
            box.setChecked(True)
            box.toggled.connect(self.changed)
            grid.addWidget(box, number // 2, number % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(heading)
        column.addWidget(self.sensitivity)
        column.addLayout(grid)
        self._moved(self.sensitivity.value())

    @property
    def kinds(self) -> tuple[str, ...] | None:
        """Those that are ticked; None if it is all that can be seen, empty if it is none."""
        ticked = tuple(kind for kind in self._shown if self.boxes[kind].isChecked())
        return None if ticked == self._shown else ticked

    def show_kinds(self, kinds: tuple[str, ...] | None) -> None:
        for kind, box in self.boxes.items():
            box.setChecked(kinds is None or kind in kinds)

    def show_infrared(self, used: bool) -> None:
        """An infrared scan shows some kinds only; the others cannot be looked for in it."""
        self._shown = tuple(kind for kind in KINDS if not used or kind in SHOWN)
        for kind, box in self.boxes.items():
            box.setEnabled(kind in self._shown)

    def _moved(self, percent: int) -> None:
        self.value.setText(self.tr("{} %").format(percent))
        self.changed.emit()
