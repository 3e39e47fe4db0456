"""Message boxes.  None of them starts an event loop of its own: each answers by a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox

from restorer import __version__
from restorer.document.export import ANEW
from restorer.imaging.files.jpeg_segments import BLOCKS
from restorer.ui import icons
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
    dress(box)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


_SIGNS = {
    QMessageBox.Icon.Question: "help",
    QMessageBox.Icon.Warning: "warning",
    QMessageBox.Icon.Information: "info",
}


def dress(box: QMessageBox) -> None:
    """Give a box the sign of its kind in the family of icons that the window has."""
    sign = _SIGNS.get(box.icon())
    if sign is not None:
        box.installEventFilter(_Sign(sign, box))


class _Sign(QObject):
    """Draws the sign of a box, and again in the colours of another theme."""

    def __init__(self, name: str, box: QMessageBox) -> None:
        super().__init__(box)
        self._name = name
        self._box = box
        self._draw()

    def _draw(self) -> None:
        self._box.setIconPixmap(icons.pixmap(self._name, 32, self._box.devicePixelRatioF(), bold=True))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()
        return super().eventFilter(watched, event)


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

    def unsaved(
        self,
        sentence: str,
        *,
        export: Callable[[], None],
        save: Callable[[], None],
        discard: Callable[[], None],
        stay: Callable[[], None],
    ) -> None:
        """Asks before a window with repairs that are in no file is closed."""
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Close without exporting?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("The original is unchanged in any case."))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Save | button.SaveAll | button.Discard | button.Cancel)
        box.button(button.Save).setText(self.tr("Export…"))
        box.button(button.SaveAll).setText(self.tr("Save project"))
        box.button(button.Discard).setText(self.tr("Close without exporting"))
        box.setDefaultButton(button.Save)
        self._ask(box, {button.Save: export, button.SaveAll: save, button.Discard: discard, button.Cancel: stay})

    def unrestored(
        self,
        sentence: str,
        *,
        restore: Callable[[], None],
        save: Callable[[], None],
        discard: Callable[[], None],
        stay: Callable[[], None],
    ) -> None:
        """Asks before a window is closed in which something is marked, but nothing is to be exported."""
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Close without restoring?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("The original is unchanged in any case."))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Apply | button.SaveAll | button.Discard | button.Cancel)
        box.button(button.SaveAll).setText(self.tr("Save project"))
        box.button(button.Apply).setText(self.tr("Restore"))
        box.button(button.Discard).setText(self.tr("Close without restoring"))
        box.setDefaultButton(button.Cancel)
        self._ask(box, {button.Apply: restore, button.SaveAll: save, button.Discard: discard, button.Cancel: stay})

    def unmarked(
        self, sentence: str, *, mark: Callable[[], None], discard: Callable[[], None], stay: Callable[[], None]
    ) -> None:
        """Asks before a window is closed in which found damage has been corrected, but not marked."""
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Close without marking?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("The original is unchanged in any case."))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Apply | button.Discard | button.Cancel)
        box.button(button.Apply).setText(self.tr("Mark it"))
        box.button(button.Discard).setText(self.tr("Close without marking"))
        box.setDefaultButton(button.Cancel)
        self._ask(box, {button.Apply: mark, button.Discard: discard, button.Cancel: stay})

    def corrected(self, mark: Callable[[], None], discard: Callable[[], None]) -> None:
        """Asks before found damage that has been corrected is forgotten."""
        sentence = self.tr("What was found has been corrected, but has not been marked.")
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Forget what was found?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Apply | button.Discard | button.Cancel)
        box.button(button.Apply).setText(self.tr("Mark it"))
        box.button(button.Discard).setText(self.tr("Forget it"))
        box.button(button.Cancel).setText(self.tr("Go on choosing"))
        box.setDefaultButton(button.Cancel)
        self._ask(box, {button.Apply: mark, button.Discard: discard})

    def recovery(
        self, names: list[str], go_on: Callable[[], None], discard: Callable[[], None], later: Callable[[], None]
    ) -> None:
        """Asks what is to become of work that was left behind."""
        sentence = self.tr("Restorer ended unexpectedly. The work on this is safe: {}").format(", ".join(names))
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Go on with your work?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Open | button.Discard | button.Cancel)
        box.button(button.Open).setText(self.tr("Go on"))
        box.button(button.Discard).setText(self.tr("Discard it"))
        box.button(button.Cancel).setText(self.tr("Ask again later"))
        box.setDefaultButton(button.Open)
        self._ask(box, {button.Open: go_on, button.Discard: discard, button.Cancel: later})

    def stop_adapting(self, stop: Callable[[], None], go_on: Callable[[], None]) -> QMessageBox:
        """Asks before weights are given up that are being taught."""
        box = QMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Stop adapting?"),
            self.tr("A network is being adapted to your collection."),
            parent=self._window,
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(
            self.tr("It cannot be gone on with later: what was learnt so far would be lost. Your photographs are safe.")
        )
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Discard | button.Cancel)
        box.button(button.Discard).setText(self.tr("Stop, and lose it"))
        box.button(button.Cancel).setText(self.tr("Keep adapting"))
        box.setDefaultButton(button.Cancel)
        self._ask(box, {button.Discard: stop, button.Cancel: go_on})
        return box

    def original_changed(self, name: str, change: str) -> None:
        """Says that the file on the disk is another one than was opened."""
        if change == "missing":
            words = self.tr("“{}” is no longer where it was: your work goes on, but put it back before you close.")
        else:
            words = self.tr("“{}” was changed by another program: your work goes on with what was opened.")
        tell(self._window, self.tr("Restorer"), words.format(name), QMessageBox.Icon.Information)

    def project_changed(
        self,
        sentence: str,
        *,
        save_as: Callable[[], None],
        replace: Callable[[], None],
        give_up: Callable[[], None],
    ) -> None:
        """Asks where work is to go whose project holds something else by now."""
        box = QMessageBox(
            QMessageBox.Icon.Warning, self.tr("The project has changed"), in_own_words(sentence), parent=self._window
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("What it holds now is lost if you replace it."))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Save | button.Apply | button.Cancel)
        box.button(button.Save).setText(self.tr("Save under another name…"))
        box.button(button.Apply).setText(self.tr("Replace"))
        box.setDefaultButton(button.Save)
        self._ask(box, {button.Save: save_as, button.Apply: replace, button.Cancel: give_up})

    def many(self, number: int, go_on: Callable[[], None]) -> None:
        """Asks before very many windows are opened at once."""
        sentence = self.tr("Open %Ln picture(s), each in a window of its own?", "", number)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Open photographs"), sentence, parent=self._window)
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Ok).setText(self.tr("Open all"))
        self._ask(box, {QMessageBox.StandardButton.Ok: go_on})

    def mask_or_picture(self, name: str, use: Callable[[], None], open_: Callable[[], None]) -> None:
        """Asks what a dropped picture is that may well be a mask."""
        sentence = self.tr("“{}” is as large as this picture, and grey: is it a mask?").format(name)
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("A mask?"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(self.tr("As a mask, white is what is to be restored."))
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Apply | button.Open | button.Cancel)
        box.button(button.Apply).setText(self.tr("Use it as the mask"))
        box.button(button.Open).setText(self.tr("Open it as a picture"))
        box.setDefaultButton(button.Apply)
        self._ask(box, {button.Apply: use, button.Open: open_})

    def overwrite(self, names: list[str], go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Asks before other files are replaced; the original never is."""
        sentence = self.tr("Replace what is there already: {}?").format(", ".join(names))
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Export"), sentence, parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Ok | button.Cancel)
        box.button(button.Ok).setText(self.tr("Replace"))
        box.setDefaultButton(button.Cancel)
        self._ask(box, {button.Ok: go_on, button.Cancel: give_up})

    def export_all_the_same(self, name: str, go_on: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Asks what is to be written if the original's file is not what was opened."""
        sentence = self.tr("“{}” is no longer the file that was opened: export what was opened, with your repairs?")
        box = QMessageBox(QMessageBox.Icon.Question, self.tr("Export"), sentence.format(name), parent=self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Ok | button.Cancel)
        box.button(button.Ok).setText(self.tr("Export all the same"))
        box.setDefaultButton(button.Cancel)
        self._ask(box, {button.Ok: go_on, button.Cancel: give_up})

    def missing(self, sentence: str, choose: Callable[[], None], give_up: Callable[[], None]) -> None:
        """Asks where the photograph is that work belongs to."""
        box = QMessageBox(
            QMessageBox.Icon.Question, self.tr("Where is it?"), in_own_words(sentence), parent=self._window
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        button = QMessageBox.StandardButton
        box.setStandardButtons(button.Open | button.Cancel)
        box.button(button.Open).setText(self.tr("Choose it…"))
        box.setDefaultButton(button.Open)
        self._ask(box, {button.Open: choose, button.Cancel: give_up})

    def exported(self, target: Path, proof: Proof) -> None:
        """The proof, counted on the file that was written."""
        box = QMessageBox(
            QMessageBox.Icon.Information, self.tr("Exported"), self.proof_of(target, proof), parent=self._window
        )
        box.setTextFormat(Qt.TextFormat.PlainText)
        words = [self.tr("The file was read back and compared with the original, pixel by pixel.")]
        if proof.outside and ANEW not in proof.remarks:
            words.append(in_own_words(BLOCKS))
        if proof.also:
            words.append(self.tr("Written beside it: {}").format(", ".join(path.name for path in proof.also)))
        box.setInformativeText("\n".join([*words, *map(in_own_words, proof.remarks)]))
        box.setStandardButtons(QMessageBox.StandardButton.Ok | QMessageBox.StandardButton.Open)
        box.button(QMessageBox.StandardButton.Open).setText(self.tr("Show the folder"))
        box.setDefaultButton(QMessageBox.StandardButton.Ok)
        box.setEscapeButton(QMessageBox.StandardButton.Ok)  # of two buttons Qt takes none for it
        folder = QUrl.fromLocalFile(str(target.parent))
        self._ask(box, {QMessageBox.StandardButton.Open: lambda: QDesktopServices.openUrl(folder)})

    def proof_of(self, target: Path, proof: Proof) -> str:
        words = self.tr("“{}”: %Ln pixel(s) changed, {} outside the mask.", "", proof.changed)
        return words.format(target.name, QLocale().toString(proof.outside))

    @staticmethod
    def _ask(box: QMessageBox, chosen: Mapping[QMessageBox.StandardButton, Callable[[], object]]) -> None:
        def answered(result: int) -> None:
            action = chosen.get(QMessageBox.StandardButton(result), chosen.get(QMessageBox.StandardButton.Cancel))
            if action is not None:
                action()

        dress(box)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.finished.connect(answered)
        box.open()
