"""Message boxes.  None of them starts an event loop of its own: each answers by a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from restorer import __version__
from restorer.ui.sentences import in_own_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from restorer.document.export import Proof


def tell(
    parent: QWidget | None, title: str, sentence: str, icon: QMessageBox.Icon = QMessageBox.Icon.Warning
) -> QMessageBox:
    """One sentence, one button."""
    box = QMessageBox(icon, title, sentence, QMessageBox.StandardButton.Ok, parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


class Boxes(QObject):
    """The boxes of one window, with their words."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def trouble(self, sentence: str) -> None:
        tell(self._window, self.tr("Restorer"), in_own_words(sentence))

    def about(self) -> None:
        words = self.tr(
            "Restorer {} brings damaged photographs back, on your own computer.\n\nIt is free software under the "
            "Apache License 2.0."
        )
        tell(self._window, self.tr("About Restorer"), words.format(__version__), QMessageBox.Icon.NoIcon)

    def unsaved(self, name: str, *, repaired: bool, export: Callable[[], None], discard: Callable[[], None]) -> None:
        """Asks before a window with unsaved work is closed."""
        if repaired:
            sentence = self.tr("The restored picture “{}” has not been exported.").format(name)
        else:
            sentence = self.tr("The marks in “{}” have not been restored.").format(name)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Close without exporting?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("The original is unchanged in any case."))
        box.setStandardButtons(
            QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Discard | QMessageBox.StandardButton.Cancel
        )
        box.button(QMessageBox.StandardButton.Save).setText(self.tr("Export…"))
        box.button(QMessageBox.StandardButton.Discard).setText(self.tr("Close without exporting"))
        box.setDefaultButton(QMessageBox.StandardButton.Save)
        chosen = {QMessageBox.StandardButton.Save: export, QMessageBox.StandardButton.Discard: discard}
        self._ask(box, chosen)

    def losses(self, sentences: tuple[str, ...], go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Says what the chosen format cannot hold, before it is written."""
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Export"),
            self.tr("Some of the file cannot be kept:"),
            parent=self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText("\n".join(f"•  {sentence}" for sentence in sentences))
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Ok).setText(self.tr("Export all the same"))
        self._ask(box, {QMessageBox.StandardButton.Ok: go_on, QMessageBox.StandardButton.Cancel: give_up})

    def exported(self, target: Path, proof: Proof) -> None:
        """The proof, counted on the file that was written."""
        box = QMessageBox(
            QMessageBox.Icon.Information, self.tr("Exported"), self.proof_of(target, proof), parent=self._window
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("The file was read back and compared with the original, pixel by pixel."))
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Open)
        box.button(QMessageBox.StandardButton.Open).setText(self.tr("Show the folder"))
        box.setDefaultButton(QMessageBox.StandardButton.Ok)
        folder = QUrl.fromLocalFile(str(target.parent))
        self._ask(box, {QMessageBox.StandardButton.Open: lambda: QDesktopServices.openUrl(folder)})

    def proof_of(self, target: Path, proof: Proof) -> str:
        words = self.tr("“{}”: {:,} pixels changed, {:,} outside the mask.")
        return words.format(target.name, proof.changed, proof.outside)

    @staticmethod
    def _ask(box: QMessageBox, chosen: Mapping[QMessageBox.StandardButton, Callable[[], object]]) -> None:
        def answered(result: int) -> None:
            action = chosen.get(QMessageBox.StandardButton(result))
            if action is not None:
                action()

        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(answered)
        box.open()
