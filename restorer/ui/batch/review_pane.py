"""One result before and after, and what a person says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from restorer.imaging.region import Region
from restorer.ui import icons
from restorer.ui.canvas.picture_view import NOWHERE
from restorer.ui.canvas.pointed_view import PointedView
from restorer.ui.comparing import BLINK_MS
from restorer.ui.panels.labels import label
from restorer.ui.sentences import in_own_words

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from restorer.batch.outcome import Outcome
    from restorer.ui.batch.comparison import Comparison
    from restorer.ui.batch.rows import Row


class ReviewView(PointedView):
    """Original left of a divider and result right of it, or one of both alone; zooms and pans."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._whole: bool | None = None
        """Is the original (True) or the result (False) shown alone?"""
        super().__init__(parent)
        self._restyle(overlay=False)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Before and after"))
        self.setAccessibleDescription(self.tr("The original left of the divider, the restored picture right of it."))

    def show_alone(self, original: bool | None) -> None:
        """The original or the result alone; None shows both beside the divider."""
        self._whole = original
        self._divider.setVisible(original is None and self._document is not None)
        self._restyle()

    def show_comparison(self, comparison: Comparison | None) -> None:
        if comparison is None:
            self.show_document(None, None)
        else:
            self.show_document(comparison.document, comparison.layers)
        self.show_alone(self._whole)

    def go_to(self, place: Region) -> None:
        """Show a place of the picture, enlarged twice at most."""
        self._fitted = False
        viewport = self._viewport.showing(place)
        self._look_through(viewport)
        if self.zoom > 2 * self.devicePixelRatioF():
            self.zoom_to(2 * self.devicePixelRatioF())

    def _original_area(self) -> Region:
        if self._whole is None:
            return super()._original_area()
        return self._viewport.view if self._whole else NOWHERE


class ReviewPane(QWidget):
    """Signals:
    accepted(), rejected(): of the result that is shown.
    editing(): it is to be opened in an editor.
    moved(int): the next result (1), or the one before (-1).
    """

    accepted = Signal()
    rejected = Signal()
    editing = Signal()
    moved = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.still = False
        """Nothing blinks by itself: what blinks shows the original until it is switched off."""
        self._places: tuple[Region, ...] = ()
        self._place = -1
        self._beat = QTimer(self)
        self._beat.setInterval(BLINK_MS)
        self._beat.timeout.connect(self._blink)
        self._original_now = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self.view = ReviewView()
        layout.addLayout(self._ways())
        layout.addWidget(self.view, 1)
        self.told = label("", "soft")
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.setAccessibleName(self.tr("What was done"))
        layout.addWidget(self.told)
        layout.addLayout(self._verdicts())

    def _ways(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        self.back = self._small("previous", self.tr("Previous"), "PgUp")
        self.back.clicked.connect(lambda: self.moved.emit(-1))
        self.next = self._small("next", self.tr("Next"), "PgDown")
        self.next.clicked.connect(lambda: self.moved.emit(1))
        row.addWidget(self.back)
        row.addWidget(self.next)
        row.addSpacing(4)
        self.name = label("", "heading")
        self.name.setTextFormat(Qt.TextFormat.PlainText)
        row.addWidget(self.name, 1)
        self.blink = self._small("blink", self.tr("Blink between before and after"), "K", checkable=True)
        self.blink.toggled.connect(self._set_blink)
        self.place = self._small("find", self.tr("Next place that has changed"), "N")
        self.place.clicked.connect(self.next_place)
        self.fit = self._small("fit", self.tr("Fit into the window"), "Ctrl+0")
        self.fit.clicked.connect(self.view.fit)
        self.actual = self._small("actual-size", self.tr("Actual size, 100 %"), "Ctrl+1")
        self.actual.clicked.connect(self.view.actual_size)
        for button in (self.blink, self.place, self.fit, self.actual):
            row.addWidget(button)
        return row

    def _verdicts(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        self.edit = self._plain(self.tr("Open in the editor"), "O", self.editing.emit)
        self.reject = self._plain(self.tr("Reject"), "R", self.rejected.emit)
        self.reject.setToolTip(self.tr("Put the result aside; the original stays as it is. Key: R"))
        self.accept = self._plain(self.tr("Accept"), "A", self.accepted.emit)
        self.accept.setProperty("role", "primary")
        row.addWidget(self.edit)
        row.addStretch(1)
        row.addWidget(self.reject)
        row.addWidget(self.accept)
        return row

    def _plain(self, words: str, key: str, pressed: object) -> QPushButton:
        button = QPushButton(words)
        button.setShortcut(key)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}  ({button.shortcut().toString()})")
        button.clicked.connect(pressed)
        button.setAutoDefault(False)
        return button

    def _small(self, icon: str, words: str, key: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "small")
        button.setProperty("icon-name", icon)
        button.setIcon(icons.icon(icon))
        button.setCheckable(checkable)
        button.setShortcut(key)
        button.setAccessibleName(words)
        button.setToolTip(f"{words}  ({button.shortcut().toString()})")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def draw_icons(self) -> None:
        for button in (self.back, self.next, self.blink, self.place, self.fit, self.actual):
            button.setIcon(icons.icon(button.property("icon-name")))

    # --- what is shown -------------------------------------------------------------------------------------

    def show_row(self, row: Row | None, words: str = "") -> None:
        """What is known of a file, before its pixels have been read."""
        self.name.setText("" if row is None else row.path.name)
        told = [words]
        if row is not None and row.outcome is not None:
            told = [self._counted(row.outcome), *map(in_own_words, row.outcome.remarks)]
        self.told.setText("\n".join(told))
        here = row is not None and row.reviewable
        rejected = row is not None and row.verdict == "rejected"
        self.accept.setEnabled(here and row is not None and row.verdict != "accepted")
        self.reject.setEnabled(here and not rejected)
        self.edit.setEnabled(row is not None)

    def _counted(self, outcome: Outcome) -> str:
        """What was done, with its numbers as the language writes them."""
        if outcome.status != "restored":
            return in_own_words(outcome.sentence)
        words = self.tr("%Ln pixel(s) changed, {} outside the mask.", "", outcome.changed)
        return words.format(QLocale().toString(outcome.outside))

    def show_comparison(self, comparison: Comparison | None) -> None:
        self._places = () if comparison is None else comparison.places
        self._place = -1
        self.view.show_comparison(comparison)
        for button in (self.blink, self.fit, self.actual):
            button.setEnabled(comparison is not None)
        self.place.setEnabled(bool(self._places))

    def next_place(self) -> None:
        if self._places:
            self._place = (self._place + 1) % len(self._places)
            self.view.go_to(self._places[self._place])

    def _set_blink(self, on: bool) -> None:
        self._original_now = True
        if not on:
            self._beat.stop()
            self.view.show_alone(None)
            return
        self.view.show_alone(True)
        if not self.still:
            self._beat.start()

    def _blink(self) -> None:
        self._original_now = not self._original_now
        self.view.show_alone(self._original_now)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.view.show_alone(True if self.blink.isChecked() else None)
