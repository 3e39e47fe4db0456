"""The line at the foot: what the next click does, what is going on, and where the pointer is."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QStatusBar, QToolButton, QWidget

from restorer.ui import icons
from restorer.ui.theme import USUAL_TEXT, text_size

WORD_MS = 7000
"""How long a word stays before the hint comes back."""
WORTH_SAYING = 3.0
"""Seconds; a shorter rest is not announced."""
LONG = 100.0
"""Seconds; a longer one is told in minutes."""


class Foot(QLabel):
    """A sentence in one line, or in two where text is large; what has no room is seen when pointed at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 12)

    @property
    def lines(self) -> int:
        return 1 if text_size() < 1.4 * USUAL_TEXT else 2

    def sizeHint(self) -> QSize:
        return QSize(0, self.lines * self.fontMetrics().lineSpacing() + 4)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        room, text = self.contentsRect().adjusted(4, 0, -4, 0), self.text()
        rows: list[str] = []
        metrics = self.fontMetrics()
        while text and len(rows) < self.lines:
            last = len(rows) == self.lines - 1
            row = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()) if last else text
            while not last and metrics.horizontalAdvance(row) > room.width() and " " in row:
                row = row.rpartition(" ")[0]
            rows.append(row)
            text = text[len(row) :].lstrip()
        self.setToolTip(self.text() if rows and rows[-1].endswith("…") and not self.text().endswith("…") else "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, "\n".join(rows))


class StatusBar(QStatusBar):
    """Signals: cancelled(): the button beside the progress bar was pressed."""

    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._hint = ""
        self.still = False
        """Does nothing run along while it is not known how much there is to do?"""
        self._began: float | None = None
        self.text = Foot()
        self.work = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(120)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop = QToolButton()
        self.stop.setProperty("role", "small")
        self.stop.setAccessibleName(self.tr("Cancel"))
        self.stop.clicked.connect(self.cancelled)
        self.pointer = QLabel()
        self.pointer.setAccessibleName(self.tr("Pixel under the pointer"))
        self.zoom = QLabel()
        self.zoom.setAccessibleName(self.tr("Zoom"))
        self.zoom.setMinimumWidth(64)
        self.zoom.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.device = QLabel()
        self.addWidget(self.text, 1)
        for widget in (self.work, self.bar, self.stop, self.pointer, self.zoom, self.device):
            self.addPermanentWidget(widget)
        self._silence = QTimer(self)
        self._silence.setSingleShot(True)
        self._silence.timeout.connect(lambda: self.text.setText(self._hint))
        self.draw_icons()
        self.show_device("")
        self.show_idle()

    def draw_icons(self) -> None:
        self.stop.setIcon(icons.icon("cancel"))

    def set_hint(self, text: str) -> None:
        """What the next click does; a word that is being said is not interrupted."""
        self._hint = text
        if not self._silence.isActive():
            self.text.setText(text)

    def remind(self) -> None:
        """The hint matters now: it takes the place of a word that is being said."""
        self._silence.stop()
        self.text.setText(self._hint)

    def say(self, text: str) -> None:
        """A word on what has just happened."""
        self.text.setText(text)
        self._silence.start(WORD_MS)

    # --- work ------------------------------------------------------------------------------------------------

    def show_working(self, text: str, *, cancellable: bool) -> None:
        self.work.setText(text)
        self.stop.setVisible(cancellable)
        if not self.bar.isVisibleTo(self):
            self._show_unknown()  # how much there is to do is not known before the first report
            self.bar.show()
        self.work.show()

    def show_idle(self) -> None:
        self._began = None
        for widget in (self.work, self.bar, self.stop):
            widget.hide()
        self._show_unknown()

    def show_way_to_cancel(self, words: str) -> None:
        """What the button is called, and the key that does the same."""
        self.stop.setToolTip(words)

    def restart(self) -> None:
        """The next job begins: its time left is its own."""
        self._began = None
        self._show_unknown()

    def _show_unknown(self) -> None:
        self.bar.setRange(0, 1 if self.still else 0)
        self.bar.setValue(0)

    def show_progress(self, share: float) -> None:
        now = monotonic()
        if self._began is None or share <= 0:
            self._began = now
        self.bar.setRange(0, 1000)
        self.bar.setValue(round(share * 1000))
        left = (now - self._began) * (1 - share) / share if share > 0.02 else 0.0
        if left > LONG:
            self.work.setText(self.tr("about {} min left").format(round(left / 60)))
        elif left > WORTH_SAYING:
            self.work.setText(self.tr("about {} s left").format(round(left)))

    def show_device(self, device: str) -> None:
        """Where the network is: "cpu", "cuda", or empty while that is not known."""
        names = {
            "cpu": (self.tr("Processor"), self.tr("The network runs on the processor; no graphics card is in use.")),
            "cuda": (self.tr("Graphics card"), self.tr("The network runs on the graphics card.")),
        }
        name, words = names.get(device, ("", ""))
        same = self.tr("It is the same network on either, and restores as well; a graphics card is only faster.")
        self.device.setText(name)
        self.device.setToolTip(f"{words}\n{same}" if name else "")
        self.device.setAccessibleName(words)
        self.device.setVisible(bool(name))

    # --- the picture -----------------------------------------------------------------------------------------

    def show_zoom(self, zoom: float | None) -> None:
        self.zoom.setText("" if zoom is None else f"{zoom * 100:.3g} %" if zoom < 1 else f"{zoom * 100:.0f} %")

    def show_pointer(self, text: str) -> None:
        self.pointer.setText(text)
