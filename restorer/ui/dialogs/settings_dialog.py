"""The settings, as a form; each choice counts at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psutil  # type: ignore[import-untyped]
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from restorer.ui.canvas.colour import monitor_space
from restorer.ui.dialogs.fitted import FittedDialog
from restorer.ui.panels.labels import label, padded, rule
from restorer.ui.sentences import network_in_words
from restorer.ui.theme import roomy
from restorer.ui.translation import LANGUAGES

if TYPE_CHECKING:
    from restorer.ui.settings import Settings


class SettingsDialog(FittedDialog):
    """Signals:
    themeChosen(str), languageChosen(str), modelChosen(str): as of the menus.
    engineChanged(): device or threads.
    viewChanged(): monitor profile or motion.
    memoryChanged(): of the history.
    grainChanged(): of new repairs.
    """

    themeChosen = Signal(str)  # noqa: N815 - named as Qt names its own
    languageChosen = Signal(str)  # noqa: N815
    modelChosen = Signal(str)  # noqa: N815
    engineChanged = Signal()  # noqa: N815
    viewChanged = Signal()  # noqa: N815
    memoryChanged = Signal()  # noqa: N815
    grainChanged = Signal()  # noqa: N815

    def __init__(self, settings: Settings, models: list[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._names: list[QLabel] = []
        self.setWindowTitle(self.tr("Settings"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        self._look(self._part(layout, self.tr("Look")))
        layout.addWidget(rule())
        self._restoring(self._part(layout, self.tr("Restoring")), models)
        layout.addWidget(rule())
        self._safety(self._part(layout, self.tr("Memory and safety")))
        widest = max(name.sizeHint().width() for name in self._names)
        for name in self._names:
            name.setMinimumWidth(widest)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(460, 0))

    @staticmethod
    def _part(layout: QVBoxLayout, name: str) -> QFormLayout:
        layout.addWidget(label(name, "heading"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        layout.addLayout(form)
        return form

    def _look(self, form: QFormLayout) -> None:
        settings = self._settings
        self.theme = _choice(
            {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}, settings.theme
        )
        self.theme.currentIndexChanged.connect(lambda: self.themeChosen.emit(self.theme.currentData()))
        self._row(form, self.tr("Theme"), self.theme)
        self.language = _choice({"system": self.tr("As the system"), **LANGUAGES}, settings.language)
        self.language.currentIndexChanged.connect(lambda: self.languageChosen.emit(self.language.currentData()))
        self._row(form, "Language / 语言", self.language)
        self.motion = QCheckBox(self.tr("Reduce motion"))
        self.motion.setToolTip(self.tr("Switches off what blinks and what runs along, for eyes that it tires."))
        self.motion.setChecked(settings.reduced_motion)
        self.motion.toggled.connect(self._set_motion)
        form.addRow("", self.motion)
        self.profile = QPushButton()
        self.profile.setAccessibleName(self.tr("Profile of the screen"))
        self.profile.clicked.connect(self._ask_profile)
        self.no_profile = QPushButton(self.tr("sRGB"))
        self.no_profile.setToolTip(self.tr("Take the screen for an sRGB screen, as most are"))
        self.no_profile.clicked.connect(lambda: self.set_profile(None))
        row = QHBoxLayout()
        row.addWidget(self.profile, 1)
        row.addWidget(self.no_profile)
        form.addRow(self._name(self.tr("Profile of the screen"), self.profile), row)
        self._show_profile()

    def _restoring(self, form: QFormLayout, models: list[str]) -> None:
        settings = self._settings
        chosen = settings.model or (models[0] if models else "")
        names = [*models, *([chosen] if chosen and chosen not in models else [])]
        self.model = _choice({name: network_in_words(name) for name in names}, chosen)
        self.model.setEnabled(len(names) > 1)
        self.model.currentIndexChanged.connect(lambda: self.modelChosen.emit(self.model.currentData()))
        self._row(form, self.tr("Network"), self.model)
        self.device = _choice(
            {
                "auto": self.tr("Automatic: the fastest"),
                "cpu": self.tr("Processor"),
                "cuda": self.tr("CUDA graphics card"),
            },
            settings.device,
        )
        self.device.currentIndexChanged.connect(self._set_device)
        self._row(form, self.tr("Compute on"), self.device)
        self.threads = _number(0, psutil.cpu_count() or 1, settings.threads)
        self.threads.setSpecialValueText(self.tr("Automatic"))
        self.threads.valueChanged.connect(self._set_threads)
        self._row(form, self.tr("Processor threads"), self.threads)

        self.grain = _number(0, 100, settings.grain)
        self.grain.setSuffix(self.tr(" %"))
        self.grain.setToolTip(
            self.tr("How much of the grain around it a new repair gets, so that it does not show as a smooth place.")
        )
        self.grain.valueChanged.connect(self._set_grain)
        self._row(form, self.tr("Grain of new repairs"), self.grain)

    def _safety(self, form: QFormLayout) -> None:
        settings = self._settings
        total = psutil.virtual_memory().total >> 20
        self.memory = _number(64, max(1024, min(65536, total // 2)), settings.undo_memory)
        self.memory.setSingleStep(128)
        self.memory.setSuffix(self.tr(" MiB"))
        self.memory.valueChanged.connect(self._set_memory)
        self._row(form, self.tr("For undo, at most"), self.memory)
        self.autosave = QCheckBox(self.tr("Keep the work safe after each step"))
        self.autosave.setToolTip(
            self.tr("After a crash or a power cut it can be gone on with. The original stays as it is.")
        )
        self.autosave.setChecked(settings.autosave)
        self.autosave.toggled.connect(lambda on: setattr(settings, "autosave", on))
        form.addRow("", self.autosave)

    def _row(self, form: QFormLayout, name: str, field: QWidget) -> None:
        field.setAccessibleName(name)
        form.addRow(self._name(name, field), field)

    def _name(self, name: str, field: QWidget) -> QLabel:
        heading = label(name)
        heading.setBuddy(field)
        self._names.append(heading)
        return heading

    # --- what was chosen ---------------------------------------------------------------------------------------

    def _set_motion(self, on: bool) -> None:
        self._settings.reduced_motion = on
        self.viewChanged.emit()

    def _set_device(self) -> None:
        self._settings.device = self.device.currentData()
        self.engineChanged.emit()

    def _set_threads(self, number: int) -> None:
        self._settings.threads = number
        self.engineChanged.emit()

    def _set_grain(self, percent: int) -> None:
        self._settings.grain = percent
        self.grainChanged.emit()

    def _set_memory(self, mib: int) -> None:
        self._settings.undo_memory = mib
        self.memoryChanged.emit()

    def _ask_profile(self) -> None:
        dialog = QFileDialog(self, self.tr("Profile of the screen"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([self.tr("Colour profiles (*.icc *.icm *.ICC *.ICM)")])
        dialog.accepted.connect(lambda: self.set_profile(Path(dialog.selectedFiles()[0])))
        dialog.open()

    def set_profile(self, path: Path | None) -> None:
        self._settings.monitor_profile = path
        self._show_profile()
        self.viewChanged.emit()

    def _show_profile(self) -> None:
        path = self._settings.monitor_profile
        if path is None:
            self.profile.setText(self.tr("sRGB; choose another…"))
        else:
            space = monitor_space(path)
            self.profile.setText(self.tr("not usable") if space is None else space.description() or path.stem)
            self.profile.setToolTip(str(path))
        self.no_profile.setEnabled(path is not None)


def _choice(names: dict[str, str], current: str) -> QComboBox:
    box = QComboBox()
    for value, name in names.items():
        box.addItem(name, value)
    box.setCurrentIndex(max(0, box.findData(current)))
    return box


def _number(least: int, most: int, value: int) -> QSpinBox:
    box = padded(QSpinBox())
    box.setRange(least, most)
    box.setValue(value)
    box.setMinimumHeight(roomy(30))
    return box
