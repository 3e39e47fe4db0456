"""What is seen before a photograph is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QImage, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from restorer.ui import icons, opening, thumbnails
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QAction

    from restorer.ui.opening import Sample
    from restorer.ui.worker import Worker

SAMPLE = QSize(232, 148)
RECENT = QSize(136, 92)
COLUMN = 776
"""Width of what is on the page: three samples and two gaps."""
MOST_RECENT = 5


class StartPage(QScrollArea):
    """Open, try a sample, or go on with a recent file.

    Signals:
        sampleChosen(Sample), recentChosen(Path), recentForgotten().
    """

    sampleChosen = Signal(object)  # noqa: N815
    recentChosen = Signal(object)  # noqa: N815
    recentForgotten = Signal()  # noqa: N815

    def __init__(self, open_action: QAction, files: Worker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._files = files
        self._cards: dict[QToolButton, QSize] = {}
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
        column.addLayout(self._open_row(open_action))
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
        page.setFixedWidth(COLUMN)
        page.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        contents = QWidget()
        contents.setObjectName("startContents")
        outer = QVBoxLayout(contents)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(2)
        middle = QHBoxLayout()  # an alignment would do, but it ignores that wrapped text needs height for its width
        middle.addStretch(1)
        middle.addWidget(page)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(3)
        self.setWidget(contents)

    def show_recent(self, paths: list[Path]) -> None:
        while (item := self._recent_layout.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                self._cards.pop(widget, None)  # type: ignore[call-overload]
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
            card = self._card(path.name, RECENT, self.tr("Open {}").format(path.name))
            card.setToolTip(str(path))
            card.clicked.connect(partial(self.recentChosen.emit, path))
            self._load(card, thumbnails.path_of(path))
            cards.addWidget(card)
        cards.addStretch(1)
        self._recent_layout.addWidget(row)

    def draw_icons(self) -> None:
        self._open.setIcon(icons.icon_on_accent("open"))
        for card in self._cards:
            if card.property("empty"):
                self._show_empty(card)

    def _open_row(self, action: QAction) -> QHBoxLayout:
        self._open = QPushButton(self.tr("Open a photograph…"))
        self._open.setProperty("role", "primary")
        self._open.setObjectName("openButton")
        self._open.setIcon(icons.icon_on_accent("open"))
        self._open.setIconSize(QSize(20, 20))
        self._open.setAccessibleName(self.tr("Open a photograph"))
        self._open.clicked.connect(action.trigger)
        self._open.setDefault(True)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._open)
        hint = label(self.tr("or drop one anywhere in this window, or paste one with Ctrl+V"), "soft")
        row.addWidget(hint, 1)
        return row

    def _sample_row(self, samples: list[Sample]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(16)
        for sample in samples:
            card = self._card(sample.name, SAMPLE, self.tr("Open the sample {}").format(sample.name))
            card.clicked.connect(partial(self.sampleChosen.emit, sample))
            self._load(card, sample.path)
            row.addWidget(card)
        row.addStretch(1)
        return row

    # --- cards -----------------------------------------------------------------------------------------------

    def _card(self, text: str, size: QSize, accessible: str) -> QToolButton:
        card = QToolButton()
        card.setProperty("role", "card")
        card.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        card.setIconSize(size)
        card.setFixedSize(size.width() + 16, size.height() + 44)
        card.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        card.setCursor(Qt.CursorShape.PointingHandCursor)
        elided = card.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, size.width() - 8)
        card.setText(elided.replace("&", "&&"))
        card.setAccessibleName(accessible)
        card.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._cards[card] = size
        self._show_empty(card)
        return card

    def _show_empty(self, card: QToolButton) -> None:
        card.setProperty("empty", True)
        ratio = self.devicePixelRatioF()
        canvas = _blank(self._cards[card], ratio)
        painter = QPainter(canvas)
        size = self._cards[card]
        painter.drawPixmap((size.width() - 40) // 2, (size.height() - 40) // 2, icons.pixmap("picture", 40, ratio))
        painter.end()
        card.setIcon(QIcon(canvas))

    def _load(self, card: QToolButton, path: Path) -> None:
        side = round(max(card.iconSize().width(), card.iconSize().height()) * max(2.0, self.devicePixelRatioF()))
        task = self._files.submit(lambda _report: opening.small_picture(path, side))
        task.done.connect(partial(self._show, card))

    def _show(self, card: QToolButton, picture: QImage) -> None:
        if picture.isNull() or card not in self._cards:
            return
        card.setProperty("empty", False)
        card.setIcon(QIcon(_rounded(picture, self._cards[card], max(2.0, self.devicePixelRatioF()))))


def _blank(size: QSize, ratio: float) -> QPixmap:
    canvas = QPixmap(size * ratio)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    return canvas


def _rounded(picture: QImage, size: QSize, ratio: float) -> QPixmap:
    """The middle of a picture, cut to `size` with round corners."""
    canvas = _blank(size, ratio)
    scaled = picture.scaled(
        size * ratio, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (scaled.width() - size.width() * ratio) / 2, (scaled.height() - size.height() * ratio) / 2
    path = QPainterPath()
    whole = QRectF(0, 0, size.width(), size.height())
    path.addRoundedRect(whole, 5, 5)
    painter = QPainter(canvas)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipPath(path)
    painter.drawImage(whole, scaled, QRectF(left, top, size.width() * ratio, size.height() * ratio))
    painter.end()
    return canvas
