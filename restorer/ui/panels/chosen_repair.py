"""What can be done to the repair that is chosen: name, strength, grain, another way to fill it, what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.feather import WIDEST
from restorer.ui.panels.labels import label
from restorer.ui.panels.slider_drag import SliderDrag
from restorer.ui.resting import PATTERNS, Rests, legend_colours
from restorer.ui.sentences import network_in_words

if TYPE_CHECKING:
    from restorer.document.repair import Repair


class _Name(QLineEdit):
    """Esc takes back what has been typed; with nothing typed, it is the window's."""

    def __init__(self) -> None:
        super().__init__()
        self._kept = ""

    def keep(self, text: str) -> None:
        """What it is called."""
        self._kept = text
        if text != self.text():
            self.setText(text)
        self.setModified(False)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._takes_back(event):
            event.accept()  # before it cancels something
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._takes_back(event):
            self.keep(self._kept)
        else:
            super().keyPressEvent(event)

    def _takes_back(self, event: QEvent) -> bool:
        return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape and self.isModified()


class ChosenRepair(QWidget):
    """Tells what is asked for; which repair it is, its owner knows.

    Signals:
        renamed(str), weakened(0..1), feathered(px), grained(0..1), deleted().
        alike(): candidates are wanted.
        again(str): once more, by the weights of that name, "" for those chosen; varied(): with another texture.
        rests(Rests): show what it rests on.
        strength_tried(0..1), feather_tried(px), grain_tried(0..1): a slider is being dragged; let_go(): no longer.
    """

    renamed = Signal(str)
    weakened = Signal(float)
    feathered = Signal(int)
    grained = Signal(float)
    deleted = Signal()
    alike = Signal()
    again = Signal(str)
    varied = Signal()
    rests = Signal(object)
    strength_tried = Signal(float)
    feather_tried = Signal(int)
    grain_tried = Signal(float)
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._repair: Repair | None = None
        self._models: list[str] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        self.name = _Name()
        self.name.setAccessibleName(self.tr("Name of the repair"))
        self.name.setToolTip(self.tr("A name of your own for it"))
        self.name.editingFinished.connect(self.take_name)
        layout.addWidget(self.name)
        self.strength, self._strength_text = self._percent(
            layout, self.tr("Strength"), self.tr("Strength of the repair"), self.weakened, self.strength_tried
        )
        self.strength.setToolTip(self.tr("How much it counts against what was there before."))
        self.feather, self._feather_text = self._slider(
            layout, self.tr("Feather"), self.tr("Feather of the repair"), self.tr("{} px"), WIDEST
        )
        self.feather.setToolTip(self.tr("How far inwards from its rim it passes into what was there before."))
        self.feather.valueChanged.connect(self.feathered)
        self.feather.sliderMoved.connect(self.feather_tried)
        self.grain, self._grain_text = self._percent(
            layout, self.tr("Grain"), self.tr("Grain of the repair"), self.grained, self.grain_tried
        )
        self.grain.setToolTip(
            self.tr("Noise like that of the surroundings, as far as the repair lacks it; 0 % is the bare network.")
        )
        for each in (self.strength, self.feather, self.grain):
            each.sliderReleased.connect(self.let_go)
            SliderDrag(each)
        self._add_showing(layout)
        self._add_buttons(layout)

    def _percent(
        self, layout: QVBoxLayout, words: str, accessible: str, signal: SignalInstance, tried: SignalInstance
    ) -> tuple[QSlider, QLabel]:
        slider, text = self._slider(layout, words, accessible, self.tr("{} %"), 100)
        slider.valueChanged.connect(lambda percent: signal.emit(percent / 100))
        slider.sliderMoved.connect(lambda percent: tried.emit(percent / 100))
        return slider, text

    @staticmethod
    def _slider(layout: QVBoxLayout, words: str, accessible: str, unit: str, most: int) -> tuple[QSlider, QLabel]:
        text = label("", "soft")
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, most)
        slider.setPageStep(most // 10)
        slider.setTracking(False)  # one undo step for one drag
        slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        slider.setAccessibleName(accessible)
        slider.sliderMoved.connect(lambda value: text.setText(unit.format(value)))
        row = QHBoxLayout()
        row.addWidget(label(words), 1)
        row.addWidget(text)
        layout.addLayout(row)
        layout.addWidget(slider)
        return slider, text

    def _add_showing(self, layout: QVBoxLayout) -> None:
        self.showing = QComboBox()
        self.showing.setAccessibleName(self.tr("Show of the repair"))
        self.showing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for rests, words in (
            (Rests.NOTHING, self.tr("the picture")),
            (Rests.SURENESS, self.tr("how sure it is")),
            (Rests.SOURCES, self.tr("what it drew from")),
        ):
            self.showing.addItem(words, rests)
        self.showing.currentIndexChanged.connect(lambda _index: self.rests.emit(self.showing.currentData()))
        row = QHBoxLayout()
        row.addWidget(label(self.tr("Show")))
        row.addWidget(self.showing, 1)
        layout.addLayout(row)
        self.legend = QWidget()
        self._legend = QVBoxLayout(self.legend)
        self._legend.setContentsMargins(0, 0, 0, 0)
        self._legend.setSpacing(2)
        self.legend.hide()
        layout.addWidget(self.legend)

    def _add_buttons(self, layout: QVBoxLayout) -> None:
        self.more = QPushButton(self.tr("More like this…"))
        self.more.setToolTip(self.tr("Three other ways to fill it, side by side"))
        self.more.clicked.connect(self.alike)
        self.delete = QPushButton(self.tr("Delete"))
        self.delete.setToolTip(self.tr("Takes the repair away; undo brings it back"))
        self.delete.clicked.connect(self.deleted)
        self.once_more = QPushButton(self.tr("Again"))
        self.once_more.setToolTip(self.tr("Restores it once more, by another network or as a variant"))
        self.menu = QMenu(self)
        self.once_more.setMenu(self.menu)
        self.menu.aboutToShow.connect(self.fill_menu)
        for button in (self.more, self.delete, self.once_more):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout.addWidget(self.more)
        buttons = QHBoxLayout()
        buttons.addWidget(self.once_more, 1)
        buttons.addWidget(self.delete, 1)
        layout.addLayout(buttons)

    def take_name(self) -> None:
        """What has been typed counts, though the field has the focus still."""
        if self.name.isModified():
            self.name.setModified(False)
            self.renamed.emit(self.name.text().strip())

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_models(self, names: list[str]) -> None:
        self._models = names

    def show_repair(self, repair: Repair | None, called: str) -> None:
        """`called` is what the list calls it."""
        another = repair is None or self._repair is None or repair.number != self._repair.number
        if another:
            self.showing.setCurrentIndex(0)
        self._repair = repair
        self.setVisible(repair is not None)
        if repair is None:
            return
        self.name.setPlaceholderText(called)
        if another or not (self.name.hasFocus() and self.name.isModified()):
            self.name.keep(repair.name)
        amount = 0.0 if repair.grain is None else repair.grain.amount
        for slider, text, unit, value in (
            (self.strength, self._strength_text, self.tr("{} %"), round(repair.strength * 100)),
            (self.feather, self._feather_text, self.tr("{} px"), repair.feather),
            (self.grain, self._grain_text, self.tr("{} %"), round(amount * 100)),
        ):
            if slider.isSliderDown():
                continue  # what the person is choosing counts
            blocked = slider.blockSignals(True)
            slider.setValue(value)
            slider.blockSignals(blocked)
            text.setText(unit.format(value))

    def show_rests(self, rests: Rests) -> None:
        """That is shown of it now."""
        blocked = self.showing.blockSignals(True)
        self.showing.setCurrentIndex(self.showing.findData(rests))
        self.showing.blockSignals(blocked)

    def show_legend(self, lines: list[str]) -> None:
        """A line of words for each colour of the overlay; none hides the legend."""
        while (item := self._legend.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.setParent(None)  # at once: a screen reader would read the old words, too
                widget.deleteLater()
        colours = legend_colours(self.showing.currentData())
        for index, words in enumerate(lines):
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            if index < len(colours):
                swatch = QLabel()
                swatch.setPixmap(_swatch(colours[index], PATTERNS[index]))
                row.addWidget(swatch, 0, Qt.AlignmentFlag.AlignTop)
            text = label(words, "soft")
            text.setWordWrap(True)
            row.addWidget(text, 1)
            self._legend.addWidget(line)
        self.legend.setVisible(bool(lines))

    def fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(self.tr("The same network")).triggered.connect(lambda: self.again.emit(""))
        self.menu.addAction(self.tr("A variant")).triggered.connect(lambda: self.varied.emit())
        made = {} if self._repair is None else self._repair.made
        others = [name for name in self._models if name != made.get("model")]
        if others:
            self.menu.addSeparator()
        for name in others:
            self.menu.addAction(network_in_words(name)).triggered.connect(
                lambda _on=False, name=name: self.again.emit(name)
            )


def _swatch(colour: QColor, pattern: Qt.BrushStyle) -> QPixmap:
    """A piece of the overlay: its colour, and what tells it apart without."""
    size = QSize(20, 14)
    made = QPixmap(size)
    made.fill(QColor(128, 128, 128))  # it is seen through; on grey it looks as it does there
    painter = QPainter(made)
    faint = QColor(colour)
    faint.setAlpha(70)
    painter.fillRect(made.rect(), faint)
    painter.fillRect(made.rect(), QBrush(colour, pattern))
    painter.end()
    return made
