"""What is seen before a photograph is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from restorer.ui import icons, opening, thumbnails
from restorer.ui.card import Card
from restorer.ui.panels.labels import label
from restorer.ui.theme import roomy
from restorer.ui.tour import offer

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.ui.actions import Actions
    from restorer.ui.opening import Sample
    from restorer.ui.worker import Worker

SAMPLE = QSize(216, 138)
RECENT = QSize(154, 104)
COLUMN = 728
"""Width of what is on the page: three samples and two gaps."""
MOST_RECENT = 4


class StartPage(QScrollArea):
    """Open, try a sample, or go on with a recent file.

    Signals:
        sampleChosen(Sample), recentChosen(Path), recentForgotten(), tourTaken(), tourLeft().
    """

    sampleChosen = Signal(object)  # noqa: N815
    recentChosen = Signal(object)  # noqa: N815
    recentForgotten = Signal()  # noqa: N815
    tourTaken = Signal()  # noqa: N815
    tourLeft = Signal()  # noqa: N815

    def __init__(self, actions: Actions, files: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self.setObjectName("startPage")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(label("Restorer", "title"))
        lead = label(
            self.tr(
                "Brings damaged photographs back. Paint over scratches, stains and tears; everything else stays as it "
                "is, and nothing leaves this computer."
            ),
            "lead",
        )
        lead.setWordWrap(True)
        column.addWidget(lead)
        column.addSpacing(16)
        column.addLayout(self._open_row(actions))
        column.addSpacing(16)
        self.tour = offer(self, self.tourTaken.emit, self.tourLeft.emit)
        self.tour.hide()
        column.addWidget(self.tour)
        column.addSpacing(24)
        samples = opening.samples()[:3]
        if samples:
            column.addWidget(label(self.tr("Try it: the damage is marked already"), "heading"))
            column.addLayout(self._sample_row(samples))
            column.addSpacing(16)
        self._recent = QWidget()
        self._recent_layout = QVBoxLayout(self._recent)
        self._recent_layout.setContentsMargins(0, 0, 0, 0)
        self._recent_layout.setSpacing(8)
        column.addWidget(self._recent)

        page = QWidget()
        page.setMaximumWidth(roomy(COLUMN))
        page.setMinimumWidth(COLUMN)
        page.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        contents = QWidget()
        contents.setObjectName("startContents")
        outer = QVBoxLayout(contents)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        middle = QHBoxLayout()  # an alignment would do, but it ignores that wrapped text needs height for its width
        middle.addStretch(1)
        middle.addWidget(page, 100)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setWidget(contents)

    def show_recent(self, paths: list[Path]) -> None:
        while (item := self._recent_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        shown = paths[:MOST_RECENT]
        self._recent.setVisible(bool(shown))
        if not shown:
            return
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(label(self.tr("Recent"), "heading"), 1)
        forget = QPushButton(self.tr("Forget these files"))
        forget.setProperty("role", "link")
        forget.clicked.connect(self.recentForgotten)
        line.addWidget(forget)
        self._recent_layout.addWidget(head)
        row = QWidget()
        cards = QHBoxLayout(row)
        cards.setContentsMargins(0, 0, 0, 0)
        cards.setSpacing(16)
        for path in shown:
            card = Card(path.name, self.tr("Open {}").format(path.name), RECENT)
            card.setToolTip(str(path))
            card.clicked.connect(partial(self.recentChosen.emit, path))
            self._load(card, thumbnails.path_of(path))
            cards.addWidget(card)
        cards.addStretch(1)
        self._recent_layout.addWidget(row)

    def draw_icons(self) -> None:
        self._open.setIcon(icons.icon_on_accent("open"))
        self._many.setIcon(icons.icon("batch"))
        for card in self.findChildren(Card):
            card.draw_icon()

    def _open_row(self, actions: Actions) -> QVBoxLayout:
        self._open = QPushButton(self.tr("Open a photograph…"))
        self._open.setProperty("role", "primary")
        self._open.setObjectName("openButton")
        self._open.setIcon(icons.icon_on_accent("open"))
        self._open.setIconSize(QSize(20, 20))
        self._open.setAccessibleName(self.tr("Open a photograph"))
        self._open.clicked.connect(actions.open.trigger)
        self._open.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(16)
        self._many = QPushButton(self.tr("Many pictures…"))
        self._many.setObjectName("manyButton")
        self._many.setIcon(icons.icon("batch"))
        self._many.setIconSize(QSize(20, 20))
        self._many.setAccessibleName(self.tr("Restore many pictures"))
        self._many.setToolTip(self.tr("A folder of scans, or the frames of a film, one after the other"))
        self._many.clicked.connect(actions.batch.trigger)
        row.addWidget(self._open)
        row.addWidget(self._many)
        row.addStretch(1)
        hint = label("", "soft")
        hint.setWordWrap(True)

        def tell_keys() -> None:
            words = self.tr("or drop one anywhere in this window, or paste one with {}")
            hint.setText(words.format(actions.way_to(actions.paste)))

        actions.rebound.connect(tell_keys)
        tell_keys()
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(hint)
        return column

    def _sample_row(self, samples: list[Sample]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        names = {
            "colosseum": self.tr("Colosseum"),
            "osprey": self.tr("Osprey"),
            "tea-gardens": self.tr("Tea gardens"),
        }
        for sample in samples:
            name = names.get(sample.path.stem, sample.path.stem)
            card = Card(name, self.tr("Open the sample {}").format(name), SAMPLE)
            card.clicked.connect(partial(self.sampleChosen.emit, sample))
            self._load(card, sample.path)
            row.addWidget(card)
        row.addStretch(1)
        return row

    def _load(self, card: Card, path: Path) -> None:
        side = card.side
        task = self._files.submit(lambda _report: opening.small_picture(path, side))
        task.done.connect(card.show_picture)  # a card that is gone meanwhile is not called
