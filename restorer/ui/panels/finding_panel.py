"""What a search has found, and how much of it is to be marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.findings import KINDS
from restorer.imaging.infrared import SHOWN
from restorer.ui.keys import in_words
from restorer.ui.panels.labels import label, rule

if TYPE_CHECKING:
    from restorer.imaging.files.infrared_scan import Where
    from restorer.ui.actions import Actions
    from restorer.ui.finding import Finding


class FindingPanel(QWidget):
    """Seen as long as damage is looked for, or there is something to choose from.

    Signals:
        file_wanted(): an infrared scan is to be chosen that is a file of its own.
    """

    file_wanted = Signal()

    def __init__(self, finding: Finding, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding = finding
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(label(self.tr("Find damage"), "heading"))
        self.count = label("")
        self.count.setWordWrap(True)
        self.count.setAccessibleName(self.tr("Damage that was found"))
        layout.addWidget(self.count)
        layout.addLayout(self._infrared())
        layout.addLayout(self._sensitivity())
        layout.addLayout(self._kinds())
        self.single = QCheckBox(self.tr("Only what I click"))
        self.single.setToolTip(self.tr("Nothing is chosen at first; a click on a place of damage chooses it"))
        self.single.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.single.toggled.connect(finding.set_single)
        layout.addWidget(self.single)
        self.buttons = QWidget(self)
        """What ends the choice: for its owner to put where it is always seen."""
        row = QHBoxLayout(self.buttons)
        row.setContentsMargins(0, 0, 0, 0)
        self.apply = QPushButton(self.tr("Mark it"))
        self.apply.setProperty("role", "primary")
        words = self.tr("What is found becomes ordinary marks, which can be edited. Key: {}")
        self.apply.setToolTip(words.format(in_words("Return")))
        self.apply.clicked.connect(finding.apply)
        self.following = QPushButton(self.tr("Next"))
        self.following.clicked.connect(lambda: finding.next())
        self.leave = QPushButton(self.tr("Cancel"))
        self.leave.clicked.connect(finding.cancel)
        for button in (self.apply, self.following, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(button.text())
            row.addWidget(button)
        self._actions = actions
        actions.rebound.connect(self._tell_keys)
        self._tell_keys()
        self.buttons.hide()
        layout.addWidget(rule())
        self.setVisible(False)
        finding.changed.connect(self._show)
        finding.chosen.connect(self._show_count)

    def _tell_keys(self) -> None:
        actions = self._actions
        self.following.setToolTip(actions.next_defect.toolTip())
        keys = actions.keys_of(actions.cancel) or self.tr("none")
        self.leave.setToolTip(self.tr("Nothing is marked. Key: {}").format(keys))

    def _infrared(self) -> QVBoxLayout:
        self.infrared = QComboBox()
        self.infrared.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.infrared.setAccessibleName(self.tr("Infrared scan"))
        self.infrared.setToolTip(self.tr("Film scanners see dust and scratches in infrared; only these are found then"))
        self.infrared.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.infrared.setMinimumContentsLength(12)
        self.infrared.activated.connect(self._choose_infrared)
        column = QVBoxLayout()
        column.setSpacing(4)
        self._of_infrared = label(self.tr("Infrared scan")), self.infrared
        for part in self._of_infrared:
            column.addWidget(part)
        return column

    def _choose_infrared(self, index: int) -> None:
        finding, asked = self._finding, index == self.infrared.count() - 1
        where = self._wheres[index] if not asked else None
        if asked:
            self._show_infrared()  # as long as no file is chosen, nothing is another
            self.file_wanted.emit()
        elif where != finding.infrared:
            self._show_infrared()  # nor as long as it is asked about what was found before
            finding.look_in(where)

    def _show_infrared(self) -> None:
        finding = self._finding
        self._wheres: list[Where | None] = [None, *finding.places]
        if finding.infrared not in self._wheres:
            self._wheres.append(finding.infrared)
        self.infrared.clear()
        for where in self._wheres:
            self.infrared.addItem(self._name(where))
        self.infrared.addItem(self.tr("A file of its own…"))
        self.infrared.setCurrentIndex(self._wheres.index(finding.infrared))

    def _name(self, where: Where | None) -> str:
        if where is None:
            return self.tr("None: look at the picture")
        if isinstance(where, Path):
            return where.name
        return self.tr("Extra channel") if where == "channel" else self.tr("Page {}").format(where)

    def _sensitivity(self) -> QVBoxLayout:
        self.sensitivity = QSlider(Qt.Orientation.Horizontal)
        self.sensitivity.setRange(0, 100)
        self.sensitivity.setValue(round(100 * self._finding.terms.sensitivity))
        self.sensitivity.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.sensitivity.setAccessibleName(self.tr("Sensitivity"))
        self.sensitivity.setToolTip(self.tr("Left: only what is certain. Right: whatever may be damage."))
        self._value = label("", "soft")
        self.sensitivity.valueChanged.connect(self._move)
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Sensitivity")), 1)
        row.addWidget(self._value)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.sensitivity)
        self._value.setText(self.tr("{} %").format(self.sensitivity.value()))
        return column

    def _kinds(self) -> QGridLayout:
        names = {
            "scratch": self.tr("Scratches"), "dust": self.tr("Dust, hairs"), "crack": self.tr("Cracks, folds"),
            "stain": self.tr("Stains"),
        }  # fmt: skip
        self.kinds = {kind: QCheckBox(names[kind]) for kind in KINDS}
        grid = QGridLayout()
        for number, (kind, box) in enumerate(self.kinds.items()):
            box.setChecked(True)
            box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            box.toggled.connect(lambda on, kind=kind: self._finding.set_kind(kind, on))
            grid.addWidget(box, number // 2, number % 2)
        return grid

    def _move(self, percent: int) -> None:
        self._value.setText(self.tr("{} %").format(percent))
        self._finding.set_sensitivity(percent / 100)

    def _show(self) -> None:
        finding = self._finding
        for part in (self, self.buttons):
            part.setVisible(finding.active or finding.searching)
        self._show_infrared()
        for part in self._of_infrared:
            part.setVisible(finding.may_be_film)
        for kind, box in self.kinds.items():
            seen = finding.infrared is None or kind in SHOWN
            box.setEnabled(seen)
            box.setToolTip("" if seen else self.tr("Infrared does not show it: look at the picture as well"))
        blocked = self.single.blockSignals(True)
        self.single.setChecked(finding.terms.taken is not None)
        self.single.blockSignals(blocked)
        self._show_count()

    def _show_count(self) -> None:
        choice = self._finding.choice
        number = 0 if choice is None else choice.count
        self.apply.setEnabled(bool(number))
        self.following.setEnabled(choice is not None and bool(choice.places))
        if self._finding.searching:
            self.count.setText(self.tr("Looking for damage…"))
        elif choice is None:
            self.count.setText(self.tr("One moment…"))
        elif number == 0 and choice.left_out.any():
            self.count.setText(self.tr("Nothing is chosen: click a place of damage to choose it."))
        elif number == 0:
            self.count.setText(self.tr("Nothing is found: raise the sensitivity, or switch on more kinds."))
        else:
            height, width = choice.found.shape
            words = self.tr("%Ln place(s) · {} % of the picture. Click one to leave it out.", "", number)
            share = 100 * int(choice.found.sum()) / (height * width)
            self.count.setText(words.format(QLocale().toString(share, "f", 2)))
