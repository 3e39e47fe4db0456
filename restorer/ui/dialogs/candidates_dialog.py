"""Candidates side by side; a click takes one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialogButtonBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from restorer.imaging.region import Region
from restorer.ui.candidates import Kind
from restorer.ui.card import Card
from restorer.ui.dialogs.fitted import FittedDialog
from restorer.ui.engine import COPIES
from restorer.ui.panels.labels import label
from restorer.ui.sentences import network_in_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.ui.candidates import Candidate, Candidates, Way
    from restorer.ui.canvas.layers import DisplayLayers

PICTURE = QSize(248, 196)
LEAST = 96
"""Px of the picture that are seen at least, from side to side."""


class CandidatesDialog(FittedDialog):
    """As it is, and three candidates; closed by Esc, which keeps it as it is."""

    def __init__(self, candidates: Candidates, layers: DisplayLayers, called: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._candidates = candidates
        self._layers = layers
        self._found: dict[int, Candidate] = {}
        self.setWindowTitle(self.tr("More like this"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(12)
        layout.addWidget(label(called, "heading"))
        words = label(
            self.tr("Choose what takes its place, by a click or by the keys 1 to 4; undo takes it back."), "soft"
        )
        layout.addWidget(words)
        row = QHBoxLayout()
        row.setSpacing(12)
        self.cards: list[Card] = []
        self.words: list[QLabel] = []
        # a larger text, or another language, may need a second one, in which they differ
        wide = max(self.fontMetrics().horizontalAdvance(f"0  {self._name(way)}") for way in candidates.ways)
        self._lines = 1 if wide <= PICTURE.width() else 2
        self._add(row, self.tr("As it is"), self._means(None))
        for way in candidates.ways:
            self._add(row, self._name(way), self.tr("Being restored…"))
        self.cards[0].setEnabled(True)
        layout.addLayout(row)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        candidates.setParent(self)
        candidates.seen.connect(partial(self._show, 0))
        candidates.began.connect(self._on_began)
        candidates.filled.connect(self._on_filled)
        candidates.failed.connect(self._on_failed)
        self.finished.connect(lambda _result: candidates.cancel())
        self.cards[0].setFocus()
        place = _around(candidates.repair.region, layers)
        candidates.begin(place, max(1, max(place.width, place.height) // (2 * self.cards[0].side)))

    def _add(self, row: QHBoxLayout, name: str, below: str) -> None:
        index = len(self.cards)
        card = Card(f"{index + 1}  {name}", name, PICTURE, lines=self._lines)
        card.setEnabled(False)
        card.clicked.connect(partial(self.choose, index))
        QShortcut(QKeySequence(str(index + 1)), self, partial(self.choose, index))
        words = label(below, "soft")
        words.setWordWrap(True)
        words.setFixedWidth(card.width())
        words.setMinimumHeight(3 * words.fontMetrics().height())
        words.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(card)
        column.addWidget(words)
        row.addLayout(column)
        self.cards.append(card)
        self.words.append(words)

    def _name(self, way: Way) -> str:
        return {
            Kind.TEXTURE: self.tr("Another texture"),
            Kind.MARGIN: self.tr("A margin {} px wider").format(way.grow),
            Kind.NETWORK: self.tr("By the network"),
            Kind.OTHER_NETWORK: self.tr("Another network"),
            Kind.COPIES: self.tr("Copied from the surroundings"),
        }[self._candidates.kind(way)]

    def _means(self, candidate: Candidate | None) -> str:
        if candidate is None:
            made = self._candidates.repair.made
            by_hand = {"clone": self.tr("cloned by hand"), "heal": self.tr("healed by hand")}
            return by_hand.get(made.get("hand", "")) or network_in_words(made.get("model", ""))
        if candidate.way.model == COPIES:
            return self.tr("Only pixels of this picture, nothing is invented")
        return candidate.answer.made.get("model", "")

    def _on_began(self, index: int) -> None:
        name = self._name(self._candidates.ways[index])
        self.cards[index + 1].call(f"{index + 2}  {name}", name)
        self.words[index + 1].setText(self.tr("Being restored…"))

    def _on_filled(self, index: int, candidate: Candidate, picture: NDArray[Any]) -> None:
        self._found[index + 1] = candidate
        self._show(index + 1, picture)
        self.cards[index + 1].setEnabled(True)
        self.words[index + 1].setText(self._means(candidate))

    def _on_failed(self, index: int, sentence: str) -> None:
        self.words[index + 1].setText(sentence)

    def choose(self, index: int) -> None:
        """Take the candidate with that number; 0 keeps it as it is."""
        if index == 0:
            self.reject()
        elif index in self._found:
            self.accept()
            self._candidates.use(self._found[index])

    def _show(self, index: int, picture: NDArray[Any]) -> None:
        self.cards[index].show_picture(_image(self._layers.as_seen(picture)))


def _around(region: Region, layers: DisplayLayers) -> Region:
    """What is seen of the picture: the repair with some of its surroundings, in the shape of a card."""
    bounds = layers.after.pyramid.bounds(0)
    shape = PICTURE.width() / PICTURE.height()
    width = round(1.3 * max(region.width, region.height * shape, LEAST / 1.3))
    height = round(width / shape)
    width, height = min(width, bounds.width), min(height, bounds.height)
    left = min(max(0, (region.left + region.right - width) // 2), bounds.width - width)
    top = min(max(0, (region.top + region.bottom - height) // 2), bounds.height - height)
    return Region(left, top, left + width, top + height)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    pixels = np.ascontiguousarray(pixels)
    kind = QImage.Format.Format_Grayscale8 if pixels.ndim == 2 else QImage.Format.Format_RGB888
    return QImage(pixels.data, pixels.shape[1], pixels.shape[0], pixels.strides[0], kind).copy()
