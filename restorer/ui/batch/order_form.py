"""What is asked before a batch: where the damage is, and where the results go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.files.jpeg_copy import BEST, USUAL
from restorer.ui.batch.damage_choice import DamageChoice
from restorer.ui.panels.labels import label, padded, rule

if TYPE_CHECKING:
    from restorer.ui.batch.order import Damage, Order

ENDINGS = ("", ".tif", ".png", ".jpg")


class PathField(QWidget):
    """A line with the path of a folder, or of a picture, and a button that asks for it.

    Signals: changed().
    """

    changed = Signal()

    def __init__(self, words: str, *, picture: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._picture = picture
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.line = QLineEdit()
        self.line.setAccessibleName(words)
        self.line.textChanged.connect(self.changed)
        self.choose = QPushButton(self.tr("Choose…"))
        self.choose.setAccessibleName(self.tr("{}: choose").format(words))
        self.choose.setAutoDefault(False)
        self.choose.clicked.connect(self._ask)
        row.addWidget(self.line, 1)
        row.addWidget(self.choose)
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path | None:
        text = self.line.text().strip()
        return Path(text).expanduser().absolute() if text else None

    @path.setter
    def path(self, value: Path | None) -> None:
        self.line.setText("" if value is None else str(value))

    def _ask(self) -> None:
        dialog = QFileDialog(self.window(), self._words, str(self.path or Path.home()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self._picture:
            dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        else:
            dialog.setFileMode(QFileDialog.FileMode.Directory)
            dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.accepted.connect(lambda: setattr(self, "path", Path(dialog.selectedFiles()[0])))
        dialog.open()


class OrderForm(QWidget):
    """Signals: changed(): something was chosen."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._can_find: bool | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(self.tr("Where the damage is"), "heading"))
        self.damage: dict[Damage, QRadioButton] = {
            "masks": QRadioButton(self.tr("Masks of the same names")),
            "find": QRadioButton(self.tr("Find it")),
            "film": QRadioButton(self.tr("Frames of a film: find dust")),
        }
        self.damage["masks"].setToolTip(
            self.tr("Pictures in a folder, named as these; what is white in them is restored")
        )
        self.damage["find"].setToolTip(self.tr("Scratches, dust, cracks and stains are looked for in each picture"))
        self.damage["film"].setToolTip(
            self.tr("What stands in one frame only is dust, and is filled from its neighbours")
        )
        group = QButtonGroup(self)
        self.masks = PathField(self.tr("Folder of the masks"))
        self.common_mask = PathField(self.tr("One mask for all frames, as of a hair in the gate"), picture=True)
        self.common_mask.line.setPlaceholderText(
            self.tr("One mask for all frames, as of a hair in the gate (may stay empty)")
        )
        self.frame_masks = PathField(self.tr("Folder of the frames' own masks"))
        self.frame_masks.line.setPlaceholderText(self.tr("Masks of the frames' names (may stay empty)"))
        self.infrared = QComboBox()
        for words, where in (
            (self.tr("Without an infrared scan"), None),
            (self.tr("Infrared in the extra channel of TIFFs"), "channel"),
            *((self.tr("Infrared on page {} of TIFFs").format(page), page) for page in (2, 3, 4)),
        ):
            self.infrared.addItem(words, where)
        self.infrared.setAccessibleName(self.tr("Infrared scan"))
        self.infrared.setToolTip(self.tr("Film scanners see dust and scratches in infrared; only these are found then"))
        self.finding = DamageChoice()
        self.sensitivity = self.finding.sensitivity
        under: dict[str, tuple[QWidget, ...]] = {
            "masks": (self.masks,),
            "find": (self.finding, self.infrared),
            "film": (self.common_mask, self.frame_masks),
        }
        for damage, button in self.damage.items():
            group.addButton(button)
            button.toggled.connect(self._show)
            layout.addWidget(button)
            for field in under[damage]:
                row = QHBoxLayout()
                row.addSpacing(24)
                row.addWidget(field)
                layout.addLayout(row)
        self.no_detector = label("", "soft")
        self.no_detector.setWordWrap(True)
        layout.insertWidget(layout.indexOf(self.damage["film"]), self.no_detector)
        layout.addSpacing(4)
        layout.addWidget(rule())
        layout.addSpacing(4)
        layout.addWidget(label(self.tr("What is written"), "heading"))
        self.output = PathField(self.tr("Folder for the results"))
        self.ending = QComboBox()
        for ending in ENDINGS:
            self.ending.addItem(ending[1:].upper().replace("TIF", "TIFF").replace("JPG", "JPEG") if ending else
                                self.tr("As the originals"), ending)  # fmt: skip
        self.ending.setAccessibleName(self.tr("Format"))
        self.anew = QCheckBox(self.tr("Other formats too"))
        self.anew.setToolTip(
            self.tr(
                "Made anew: copies to pass on, every pixel of which may change a little. JPEGs keep their own blocks."
            )
        )
        self.quality, self.grain = padded(QSpinBox()), padded(QSpinBox())
        self.quality.setRange(1, BEST)
        self.quality.setValue(USUAL)
        self.quality.setAccessibleName(self.tr("JPEG quality"))
        self.grain.setRange(0, 100)
        self.grain.setSuffix(self.tr(" %"))
        self.grain.setAccessibleName(self.tr("Grain"))
        self.grain.setToolTip(
            self.tr("How much of the grain around it a new repair gets, so that it does not show as a smooth place.")
        )
        quality = QHBoxLayout()
        quality.addWidget(self.anew, 1)
        quality.addWidget(self.quality)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        asked: QWidget
        for words, asked in (
            (self.tr("Folder"), self.output), (self.tr("Format"), self.ending), (self.tr("Grain"), self.grain)
        ):  # fmt: skip
            heading = label(words)
            heading.setBuddy(asked)
            form.addRow(heading, asked)
        form.insertRow(2, label(self.tr("JPEG quality")), quality)
        layout.addLayout(form)
        self.manifest = QCheckBox(self.tr("Also a record of what was done (JSON)"))
        self.mask_beside = QCheckBox(self.tr("Also the mask that was used (PNG)"))
        self.overwrite = QCheckBox(self.tr("Replace files that are there"))
        self.strip_gps = QCheckBox(self.tr("Leave out where they were taken (GPS)"))
        for box in (self.manifest, self.mask_beside, self.strip_gps, self.overwrite):
            layout.addWidget(box)
            box.toggled.connect(self.changed)
        self.masks.changed.connect(self.changed)
        self.common_mask.changed.connect(self.changed)
        self.frame_masks.changed.connect(self.changed)
        self.infrared.currentIndexChanged.connect(self._show)
        self.output.changed.connect(self.changed)
        self.finding.changed.connect(self.changed)
        self.ending.currentIndexChanged.connect(self._show)
        self.anew.toggled.connect(self._show)
        self.quality.valueChanged.connect(self.changed)
        self.grain.valueChanged.connect(self.changed)
        self.hint = label("", "soft")
        self.hint.setWordWrap(True)
        self.hint.setAccessibleName(self.tr("What is missing"))
        layout.addStretch(1)
        layout.addWidget(self.hint)
        self.damage["masks"].setChecked(True)

    def show_order(self, order: Order) -> None:
        self.damage[order.damage].setChecked(True)
        self.masks.path = order.masks if order.damage != "film" else None
        self.frame_masks.path = order.masks if order.damage == "film" else None
        self.common_mask.path, self.output.path = order.mask, order.output
        if isinstance(order.infrared, int) and self.infrared.findData(order.infrared) < 0:  # of an order made elsewhere
            self.infrared.addItem(self.tr("Infrared on page {} of TIFFs").format(order.infrared), order.infrared)
        self.infrared.setCurrentIndex(max(0, self.infrared.findData(order.infrared)))
        self.sensitivity.setValue(round(100 * order.sensitivity))
        self.finding.show_kinds(order.kinds)
        self.ending.setCurrentIndex(max(0, self.ending.findData(order.ending)))
        self.manifest.setChecked(order.manifest)
        self.mask_beside.setChecked(order.mask_beside)
        self.overwrite.setChecked(order.overwrite)
        self.strip_gps.setChecked(order.strip_gps)
        self.anew.setChecked(order.jpeg_quality is not None)
        self.quality.setValue(USUAL if order.jpeg_quality is None else order.jpeg_quality)
        self.grain.setValue(round(100 * order.grain))

    def filled(self, order: Order) -> Order:
        """The order with what is chosen here."""
        damage = next(damage for damage, button in self.damage.items() if button.isChecked())
        return replace(
            order,
            damage=damage,
            masks=self.masks.path if damage == "masks" else self.frame_masks.path if damage == "film" else None,
            infrared=self.infrared.currentData() if damage == "find" else None,
            mask=self.common_mask.path if damage == "film" else None,
            output=self.output.path,
            sensitivity=self.sensitivity.value() / 100,
            kinds=self.finding.kinds if damage == "find" else None,
            ending=self.ending.currentData(),
            manifest=self.manifest.isChecked(),
            mask_beside=self.mask_beside.isChecked(),
            overwrite=self.overwrite.isChecked(),
            strip_gps=self.strip_gps.isChecked(),
            jpeg_quality=self.quality.value() if self._made_anew else None,
            grain=self.grain.value() / 100,
        )

    @property
    def _made_anew(self) -> bool:
        """Are JPEGs made of pictures that are none?"""
        return self.ending.currentData() == ".jpg" and self.anew.isChecked()

    def show_detectors(self, known: list[str] | None) -> None:
        """Weights that find damage; None as long as they are not known."""
        self._can_find = None if known is None else bool(known)
        if known is None:
            self.no_detector.setText(self.tr("The networks are still being loaded."))
        else:
            self.no_detector.setText(self.tr("The weights that find damage are not installed."))
        if known == [] and self.damage["find"].isChecked():
            self.damage["masks"].setChecked(True)
        self._show()

    def _show(self) -> None:
        self.damage["find"].setEnabled(bool(self._can_find))
        self.no_detector.setVisible(not self._can_find)
        self.masks.setEnabled(self.damage["masks"].isChecked())
        self.common_mask.setEnabled(self.damage["film"].isChecked())
        self.finding.setVisible(bool(self._can_find))
        self.finding.setEnabled(self.damage["find"].isChecked())
        self.finding.show_infrared(self.infrared.currentData() is not None)
        self.infrared.setVisible(bool(self._can_find))
        self.infrared.setEnabled(self.damage["find"].isChecked())
        self.frame_masks.setEnabled(self.damage["film"].isChecked())
        jpeg = self.ending.currentData() == ".jpg"
        self.anew.setEnabled(jpeg)
        self.quality.setEnabled(self._made_anew)
        self.manifest.setEnabled(not self.damage["film"].isChecked())
        self.changed.emit()
