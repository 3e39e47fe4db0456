"""A tour of five steps on a sample: each points at what it speaks of, and goes on when it has been done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from restorer.ui import opening
from restorer.ui.panels.labels import label
from restorer.ui.theme import roomy

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.ui.main_window import MainWindow

SAMPLE = "colosseum"
WIDTH, MARGIN = 320, 16


@dataclass(frozen=True, eq=False)
class Stop:
    """One step: what it says, and what it points at."""

    heading: str
    words: str
    target: QWidget


class Frame(QWidget):
    """A line around what is spoken of; the pointer goes through it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around = self.rect().adjusted(2, 2, -2, -2)
        for colour, width in ((QColor(0, 0, 0, 140), 4.0), (self.palette().highlight().color(), 2.4)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(around, 6, 6)


class TourCard(QFrame):
    """The words of a step.  Signals: went_on(), skipped()."""

    went_on = Signal()
    skipped = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tourCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.heading = label("", "heading")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.count = label("", "soft")
        self.skip = QPushButton(self.tr("End the tour"))
        self.skip.setProperty("role", "link")
        self.next = QPushButton(self.tr("Next"))
        self.next.setProperty("role", "primary")
        self.skip.clicked.connect(self.skipped)
        self.next.clicked.connect(self.went_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(self.heading)
        layout.addWidget(self.words)
        row = QHBoxLayout()
        row.addWidget(self.count, 1)
        row.addWidget(self.skip)
        row.addWidget(self.next)
        layout.addLayout(row)
        self.hide()


class Tour(QObject):
    """One window's tour.  Signals: ended(): it was walked through, or skipped."""

    ended = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._stops: list[Stop] = []
        self._at = -1
        self._waiting = False
        self.frame = Frame(window)
        self.card = TourCard(window)
        self.card.went_on.connect(self.go_on)
        self.card.skipped.connect(self.end)
        window.installEventFilter(self)
        window.editor.opened.connect(self._on_opened)
        window.editor.not_opened.connect(lambda _sentence: self.end())
        window.editor.refreshed.connect(lambda _region: self._look())
        window.actions_.divider.toggled.connect(lambda on: self._done(2) if on else None)
        window.actions_.export.triggered.connect(lambda: self._done(4))
        window.actions_.rebound.connect(self._tell_anew)
        window.workspace.panel.tools.colourChanged.connect(lambda _name: self._tell_anew())

    @property
    def at(self) -> int:
        """The step, 0 to 4; -1 if none is shown."""
        return self._at

    def start(self) -> None:
        """Open the sample, and begin; the window must be free."""
        sample = next((each for each in opening.samples() if each.path.stem == SAMPLE), None)
        if sample is None or not self._window.editor.free:
            return
        self._waiting = True
        self._window.open_sample(sample)

    def go_on(self) -> None:
        """To the next step, or to the end."""
        if self._at + 1 < len(self._stops):
            self._show(self._at + 1)
        else:
            self.end()

    def end(self) -> None:
        if self._at >= 0 or self._waiting:
            self._waiting, self._at = False, -1
            self.card.hide()
            self.frame.hide()
            self._window.workspace.canvas.setFocus()
            self.ended.emit()

    def _on_opened(self) -> None:
        if self._waiting:
            self._waiting = False
            self._stops = self._made()
            self._show(0)

    def _made(self) -> list[Stop]:
        workspace, actions = self._window.workspace, self._window.actions_

        panel, colour = workspace.panel, self._colour()
        return [
            Stop(
                self.tr("The damage is marked"),
                self.tr(
                    "In this sample, {} lies on every scratch and spot. In a photograph of yours you paint it."
                ).format(colour),
                workspace.canvas,
            ),
            Stop(
                self.tr("Restore it"),
                self.tr("Press Restore, or {}. Only what is {} is filled; the rest stays as it is.").format(
                    actions.way_to(actions.restore), colour
                ),
                panel.restore,
            ),
            Stop(
                self.tr("Compare"),
                self.tr("Press {} and move the line: before at its left, after at its right.").format(
                    actions.way_to(actions.divider)
                ),
                self._window.bars.view.widgetForAction(actions.divider),
            ),
            Stop(
                self.tr("Paint"),
                self.tr(
                    "Is something left? Paint over it with the brush: it is restored when you let go. {} takes it back."
                ).format(actions.way_to(actions.undo)),
                workspace.canvas,
            ),
            Stop(
                self.tr("Export"),
                self.tr("{} writes a new file. Your original is never written to.").format(
                    actions.way_to(actions.export)
                ),
                panel.export,
            ),
        ]

    def _colour(self) -> str:
        """In which marks are shown now, in the middle of a sentence."""
        return {
            "red": self.tr("red"), "green": self.tr("green"), "blue": self.tr("blue"), "yellow": self.tr("yellow"),
            "magenta": self.tr("magenta"),
        }[self._window.workspace.panel.tools.colour.currentData()]  # fmt: skip

    def _tell_anew(self) -> None:
        """Marks have another colour now."""
        if self._at >= 0:
            self._stops = self._made()
            self._tell(self._stops[self._at])
            self._place()

    def _tell(self, stop: Stop) -> None:
        self.card.heading.setText(stop.heading)
        self.card.words.setText(stop.words)
        self.card.setAccessibleName(f"{stop.heading}. {stop.words}")

    def _show(self, index: int) -> None:
        self._at = index
        self._tell(self._stops[index])
        self.card.count.setText(self.tr("{} of {}").format(index + 1, len(self._stops)))
        last = index + 1 == len(self._stops)
        self.card.next.setText(self.tr("Done") if last else self.tr("Next"))
        self.card.skip.setVisible(not last)
        self._place()
        self.card.show()
        self.card.raise_()
        self.card.next.setFocus()

    def _place(self) -> None:
        """The card beside what it speaks of, both inside of the window."""
        if self._at < 0:
            return
        window, target = self._window, self._stops[self._at].target
        width = max(roomy(WIDTH), self.card.minimumSizeHint().width())
        self.card.setFixedWidth(width)
        self.card.setFixedHeight(self.card.heightForWidth(width))
        corner = target.mapTo(window, QPoint(0, 0))
        around = QRect(corner, target.size())
        self.frame.setGeometry(around.adjusted(-4, -4, 4, 4) & window.rect())
        self.frame.setVisible(target.isVisible())
        self.frame.raise_()
        if target is window.workspace.canvas:
            place = QPoint(around.left() + MARGIN, around.bottom() - self.card.height() - MARGIN)
        elif around.left() > width + 2 * MARGIN:
            place = QPoint(around.left() - width - MARGIN, around.top())
        else:
            place = QPoint(around.left(), around.bottom() + MARGIN)
        most_x, most_y = window.width() - width - MARGIN, window.status.geometry().top() - self.card.height() - MARGIN
        self.card.move(min(max(MARGIN, place.x()), most_x), min(max(MARGIN, place.y()), most_y))

    def _look(self) -> None:
        """Has what the step asks for been done?"""
        document = self._window.editor.document
        if document is None:
            return
        restored, painted = document.repairs and not document.marked, len(document.repairs) > 1
        if (self._at == 1 and restored) or (self._at == 3 and painted):
            self.go_on()

    def _done(self, index: int) -> None:
        if self._at == index:
            self.go_on()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._place()
        return super().eventFilter(watched, event)


def offer(parent: QWidget, take: Callable[[], None], leave: Callable[[], None]) -> QFrame:
    """A line on the start page for who is here for the first time."""
    return _Offer(parent, take, leave)


class _Offer(QFrame):
    def __init__(self, parent: QWidget, take: Callable[[], None], leave: Callable[[], None]) -> None:
        super().__init__(parent)
        self.setObjectName("tourOffer")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = label(self.tr("New here? Five steps on a sample show how it works."))
        words.setWordWrap(True)
        go, leave_it = QPushButton(self.tr("Take the tour")), QPushButton(self.tr("Not now"))
        leave_it.setProperty("role", "link")
        go.clicked.connect(take)
        leave_it.clicked.connect(leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 10, 10)
        row.addWidget(words, 1)
        row.addWidget(leave_it)
        row.addWidget(go)
