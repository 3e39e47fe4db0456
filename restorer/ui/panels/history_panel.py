"""The repairs of a picture, the last one on top: switch, weaken, delete, restore again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QIcon, QImage, QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from restorer.imaging.files.orientation import as_shown
from restorer.imaging.region import Region
from restorer.ui.canvas.layers import DisplayLayers, Reduced
from restorer.ui.panels.chosen_repair import ChosenRepair
from restorer.ui.panels.labels import label
from restorer.ui.sentences import network_in_words
from restorer.ui.trying import Trial

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.document.repair import Repair

SIDE = 44
"""Of a thumbnail, logical px."""
SEEN = 4
"""Rows that are seen without scrolling."""
_NUMBER = Qt.ItemDataRole.UserRole


class _List(QListWidget):
    """As high as its first rows, wrapped at the width that it has.

    Signals: deleted(): the Delete key.
    """

    deleted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.suit_height()

    def suit_height(self) -> None:
        self.doItemsLayout()
        rows = sum(self.visualItemRect(self.item(row)).height() for row in range(min(SEEN, self.count())))
        self.setFixedHeight(rows + 2 * self.frameWidth() + 2)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and _deletes(event):
            event.accept()  # here the key means a repair, not the window's marks
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _deletes(event):
            self.deleted.emit()
        else:
            super().keyPressEvent(event)


def _deletes(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class HistoryPanel(QWidget):
    """Tells what is asked for; the numbers are those of the repairs.

    Signals:
        switched(number, on), renamed(number, name), weakened(number, strength 0..1), grained(number, amount 0..1),
        feathered(number, px),
        deleted(number).
        alike(number): candidates are wanted; rests(number, Rests): show what it rests on.
        again(number, model): once more, by the weights of that name, "" for those chosen; varied(number).
        sought(Region): show that part of the picture.
        tried(Trial): show what that would come to; let_go(): nothing is tried any more.
    """

    switched = Signal(int, bool)
    weakened = Signal(int, float)
    renamed = Signal(int, str)
    grained = Signal(int, float)
    feathered = Signal(int, int)
    deleted = Signal(int)
    alike = Signal(int)
    rests = Signal(int, object)
    again = Signal(int, str)
    varied = Signal(int)
    sought = Signal(object)
    tried = Signal(object)
    let_go = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document: Document | None = None
        self._layers: DisplayLayers | None = None
        self._shown: tuple[tuple[object, ...], ...] = ()
        self._icons: dict[tuple[int, int], QIcon] = {}
        self._gone: list[int] = []
        """Those that were chosen when they were taken away, the last one at the end: they may come back."""
        self.nothing = label(
            self.tr("What is restored is listed here; each repair can be taken back on its own."), "soft"
        )
        self.nothing.setWordWrap(True)
        self.list = _List()
        self.list.setAccessibleName(self.tr("Repairs"))
        self.list.setIconSize(QSize(SIDE, SIDE))
        self.list.itemChanged.connect(self._on_item)
        self.list.currentItemChanged.connect(lambda *_: self._suit())
        self.list.itemDoubleClicked.connect(lambda *_: self._seek())
        self.list.itemActivated.connect(lambda *_: self._seek())
        self.list.deleted.connect(self._delete)
        self.chosen_one = ChosenRepair()
        self._tell()
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.nothing)
        layout.addWidget(self.list)
        layout.addWidget(self.chosen_one)

    def _tell(self) -> None:
        """With the number of the repair that is meant."""
        one = self.chosen_one
        one.renamed.connect(lambda name: self._of_chosen(self.renamed, name))
        one.weakened.connect(lambda share: self._of_chosen(self.weakened, share))
        one.grained.connect(lambda share: self._of_chosen(self.grained, share))
        one.feathered.connect(lambda px: self._of_chosen(self.feathered, px))
        one.deleted.connect(self._delete)
        one.alike.connect(lambda: self._of_chosen(self.alike))
        one.again.connect(lambda model: self._of_chosen(self.again, model))
        one.varied.connect(lambda: self._of_chosen(self.varied))
        one.rests.connect(lambda what: self._of_chosen(self.rests, what))
        one.strength_tried.connect(lambda share: self._try(strength=share))
        one.feather_tried.connect(lambda px: self._try(feather=px))
        one.grain_tried.connect(lambda share: self._try(grain=share))
        one.let_go.connect(self.let_go)

    def _try(self, **settings: Any) -> None:
        if self.chosen is not None:
            self.tried.emit(Trial(self.chosen, **settings))

    def _of_chosen(self, signal: SignalInstance, *values: object) -> None:
        if self.chosen is not None:
            signal.emit(self.chosen, *values)

    # --- what is shown -----------------------------------------------------------------------------------------

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        self._document, self._layers, self._shown = document, layers, ()
        self._icons.clear()
        self._gone.clear()
        self.refresh()

    def show_models(self, names: list[str]) -> None:
        self.chosen_one.show_models(names)

    def refresh(self) -> None:
        """The repairs have changed, perhaps."""
        document = self._document
        repairs = () if document is None else document.repairs
        shown = tuple((*repair.key, repair.name, document is not None and document.stale(repair)) for repair in repairs)
        if shown != self._shown or not repairs:
            self._shown = shown
            self._fill(repairs)
        self.nothing.setVisible(not repairs)
        self.list.setVisible(bool(repairs))
        self._suit()

    def _fill(self, repairs: tuple[Repair, ...]) -> None:
        current = self._to_choose([repair.number for repair in reversed(repairs)])
        items = [self.list.item(row) for row in range(self.list.count())]
        blocked = self.list.blockSignals(True)
        if [item.data(_NUMBER) for item in items] != [repair.number for repair in reversed(repairs)]:
            self.list.clear()
            items = [QListWidgetItem() for _ in repairs]
        # the others stay: who clicks the box of one is still at work with it while this is called
        for item, repair in zip(items, reversed(repairs), strict=True):
            item.setIcon(self._icon(repair))
            item.setText(self._words(repair))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if repair.on else Qt.CheckState.Unchecked)
            item.setData(_NUMBER, repair.number)
            if item.listWidget() is None:
                self.list.addItem(item)
            if repair.number == current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(blocked)
        self.list.suit_height()

    def _to_choose(self, numbers: list[int]) -> int | None:
        """Of those that are going to be listed: the one that was chosen, or the next one where that is gone.

        One that was chosen when it was taken away is chosen again when it comes back.
        """
        current, row = self.chosen, self.list.currentRow()
        if self._gone and self._gone[-1] in numbers:
            return self._gone.pop()
        if current is None or current in numbers:
            return current
        self._gone.append(current)
        return numbers[min(row, len(numbers) - 1)] if numbers else None

    def _words(self, repair: Repair) -> str:
        region = repair.region
        size = self.tr("{} × {} px").format(region.width, region.height)
        words = f"{self._name(repair)}\n{size} · {self._means(repair)}"
        document = self._document
        if document is not None and document.stale(repair):
            words += "\n" + self.tr("What it was made from has changed")
        return words

    def _name(self, repair: Repair) -> str:
        return repair.name or self.tr("Repair {}").format(repair.number)

    def called(self, number: int) -> str:
        """What the list calls the repair of that number."""
        repairs = () if self._document is None else self._document.repairs
        return next((self._name(repair) for repair in repairs if repair.number == number), "")

    def _means(self, repair: Repair) -> str:
        by_hand = {"clone": self.tr("cloned by hand"), "heal": self.tr("healed by hand")}
        return by_hand.get(repair.made.get("hand", "")) or network_in_words(repair.made.get("model", "?"))

    def _icon(self, repair: Repair) -> QIcon:
        key = repair.number, repair.run
        if key not in self._icons:
            picture = self._thumbnail(repair.region)
            icon = QIcon(picture)
            icon.addPixmap(picture, QIcon.Mode.Selected)  # or Qt tints it
            self._icons[key] = icon
        return self._icons[key]

    def _thumbnail(self, region: Region) -> QPixmap:
        """The restored picture there, in a square."""
        if self._layers is None or self._document is None or region.empty:
            return QPixmap()
        side = max(region.width, region.height, 24)
        x, y = (region.left + region.right) // 2, (region.top + region.bottom) // 2
        square = (
            Region(x - side // 2, y - side // 2, x - side // 2 + side, y - side // 2 + side) & self._document.bounds
        )
        level = self._layers.after.pyramid.level_for(2 * SIDE / side)
        reduced = Reduced(self._layers.after, level)
        by = 1 << level
        part = Region(square.left // by, square.top // by, -(-square.right // by), -(-square.bottom // by))
        pixels = reduced.read(part & Region.of_shape(reduced.shape))
        pixels = np.array(as_shown(pixels, self._document.photograph.turned), order="C")
        kind = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_RGB888
        image = QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], kind).copy()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        return QPixmap.fromImage(image.scaled(QSize(2 * SIDE, 2 * SIDE), keep, smooth))

    def show_turned(self) -> None:
        """The photograph is seen another way round."""
        self._icons.clear()
        self.refresh()

    # --- the chosen one ----------------------------------------------------------------------------------------

    @property
    def chosen(self) -> int | None:
        item = self.list.currentItem()
        return None if item is None else int(item.data(_NUMBER))

    def choose(self, number: int) -> None:
        """Choose the repair of that number, if it is listed."""
        for row in range(self.list.count()):
            if self.list.item(row).data(_NUMBER) == number:
                self.list.setCurrentRow(row)

    def _repair(self) -> Repair | None:
        repairs = () if self._document is None else self._document.repairs
        return next((repair for repair in repairs if repair.number == self.chosen), None)

    def _suit(self) -> None:
        repair = self._repair()
        self.chosen_one.show_repair(repair, "" if repair is None else self._name(repair))

    def _on_item(self, item: QListWidgetItem) -> None:
        self.switched.emit(int(item.data(_NUMBER)), item.checkState() == Qt.CheckState.Checked)

    def _delete(self) -> None:
        if self.chosen is not None:
            self.deleted.emit(self.chosen)

    def _seek(self) -> None:
        repair = self._repair()
        if repair is not None:
            self.sought.emit(repair.region)
