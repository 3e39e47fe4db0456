"""A batch that was not finished: it is remembered, offered again, and not ended without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QPushButton, QWidget

from restorer.ui.batch.order import Order
from restorer.ui.dialogs.boxes import dress
from restorer.ui.panels.labels import label

if TYPE_CHECKING:
    from restorer.ui.settings import Settings


class LastBatch(QWidget):
    """A line above the files, seen if the last batch was stopped, or cut off.

    Signals: wanted(Order): it is to go on.
    """

    wanted = Signal(object)

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self.words = label("")
        self.words.setWordWrap(True)
        row.addWidget(self.words, 1)
        self.go_on, self.forget = QPushButton(self.tr("Go on with it")), QPushButton(self.tr("Forget it"))
        self.go_on.clicked.connect(self._go_on)
        self.forget.clicked.connect(self._forget)
        for button in (self.go_on, self.forget):
            button.setAutoDefault(False)
            button.setAccessibleName(button.text())
            row.addWidget(button)
        last = Order.of_json(settings.batch) if settings.batch_unfinished else None
        self.setVisible(last is not None)
        if last is not None:
            self.words.setText(self.tr("The last batch was not finished. Pictures: {}").format(len(last.inputs)))

    def note(self, order: Order) -> None:
        """A batch begins; until its end it is one that was not finished."""
        self._settings.batch, self._settings.batch_unfinished = order.to_json(), True
        self._settings.save()
        self.hide()

    def note_end(self) -> None:
        self._settings.batch_unfinished = False
        self._settings.save()

    def _go_on(self) -> None:
        self.hide()
        last = Order.of_json(self._settings.batch)
        if last is not None:
            self.wanted.emit(last)

    def _forget(self) -> None:
        self.note_end()
        self.hide()

    def ask_to_stop(self) -> QMessageBox:
        """Asks before the window of a batch that runs is closed; `Discard` stops it."""
        box = self._question(
            self.tr("Stop the batch?"),
            self.tr("A batch is running."),
            self.tr("What is finished stays, and the batch can go on later."),
            (QMessageBox.StandardButton.Discard, self.tr("Stop and close")),
        )
        box.button(QMessageBox.StandardButton.Cancel).setText(self.tr("Let it run"))
        return box

    def ask_to_renew(self, count: int) -> QMessageBox:
        """Asks before results are made anew that an earlier run has made with other settings; `Yes` replaces them."""
        return self._question(
            self.tr("Replace results?"),
            self.tr("%Ln result(s) there were made with other settings.", "", count),
            self.tr("They can be made anew, or you choose another folder for the results."),
            (QMessageBox.StandardButton.Yes, self.tr("Make them anew")),
        )

    def _question(
        self, title: str, sentence: str, means: str, doing: tuple[QMessageBox.StandardButton, str]
    ) -> QMessageBox:
        """A box that is open, with a button that does it, and `Cancel`, which is what Return means."""
        box = QMessageBox(QMessageBox.Icon.Question, title, sentence, parent=self.window())
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(means)
        button, words = doing
        box.setStandardButtons(button | QMessageBox.StandardButton.Cancel)
        box.button(button).setText(words)
        box.setDefaultButton(QMessageBox.StandardButton.Cancel)
        dress(box)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()
        return box
