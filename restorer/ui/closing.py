"""What is asked before a window closes, and what it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Callable

    from restorer.ui.dialogs.boxes import Boxes
    from restorer.ui.editor import Editor


class Running(Protocol):
    """Work that belongs to a window without being the editor's, and would end with it."""

    @property
    def running(self) -> bool: ...

    def ask_to_stop(self, then: Callable[[], None], stay: Callable[[], None]) -> None:
        """Ask whether it may be given up: `then` is called if it has been, `stay` if not."""


class Closing(QObject):
    """One window's end.

    Signals:
        stayed(): it was to be closed, but is not.
        said(str): what it waits for.

    Args:
        close: closes the window, which asks here again.
        export: chooses a file to export to.
        save: saves the project, or chooses where.
    """

    stayed = Signal()
    said = Signal(str)

    def __init__(
        self,
        editor: Editor,
        boxes: Boxes,
        close: Callable[[], object],
        export: Callable[[], object],
        save: Callable[[], None],
    ) -> None:
        super().__init__(boxes)
        self._editor = editor
        self._boxes = boxes
        self._close = close
        self._export = export
        self._save = save
        self._now = False
        self._asking = False
        self._after_export = False
        self.running: Running | None = None
        """What else runs for this window."""

    def may(self) -> bool:
        """May the window close at once?  If not, it is asked why, or waits."""
        if self._editor.writing:
            self._after_export = True
            self.said.emit(self._awaited())
            return False
        if self.running is not None and self.running.running:
            if not self._asking:
                self._asking = True
                self.running.ask_to_stop(self._go_on_closing, self.stay)
            return False
        if self._editor.unsaved and not self._now:
            if not self._asking:
                self._asking = True
                self._ask()
            return False
        return True

    def _awaited(self) -> str:
        """Of several files the one that is told of first; the next is told when that is written."""
        if self._editor.output.exporting:
            return self.tr("The window closes as soon as the export is written.")
        if self._editor.keeping.writing:
            return self.tr("The window closes as soon as the project is written.")
        return self.tr("The window closes as soon as the mask is written.")

    def go_on(self) -> bool:
        """The file that closing was waiting for is written; False if it was not waiting."""
        waited, self._after_export = self._after_export, False
        if waited:
            self._close()  # which may ask about what is left
        return waited

    def stay(self) -> None:
        """Closing, or the export that it was waiting for, has been given up."""
        self._after_export = False
        self._asking = False
        self.stayed.emit()

    def discard(self) -> None:
        self._asking = False
        self._now = True
        self._close()

    def forget_running(self) -> None:
        self.running = None

    def _go_on_closing(self) -> None:
        self._asking = False
        self._close()  # which may ask about what is left

    def _ask(self) -> None:
        editor, document = self._editor, self._editor.document
        assert document is not None
        name = document.photograph.path.name
        if editor.finding.has_corrections:
            sentence = self.tr("What was found in “{}” has been corrected, but has not been marked.")
            self._boxes.unmarked(sentence.format(name), mark=self._mark, discard=self._leave, stay=self.stay)
            return
        if not editor.output.unexported:
            sentence = self.tr("Some marks in “{}” have not been restored.").format(name)
            self._boxes.unrestored(
                sentence, restore=self._restore, save=self._save_then_close, discard=self.discard, stay=self.stay
            )
            return
        if editor.output.only_turned and editor.unrestored:
            sentence = self.tr("How “{}” is turned has not been exported, and some marks have not been restored.")
        elif editor.output.only_turned:
            sentence = self.tr("How “{}” is turned has not been exported.")
        elif editor.output.exported_before:
            sentence = self.tr("What was restored in “{}” since the last export has not been exported.")
        elif editor.unrestored:
            sentence = self.tr(
                "The restored picture “{}” has not been exported, and some marks have not been restored."
            )
        else:
            sentence = self.tr("The restored picture “{}” has not been exported.")
        self._boxes.unsaved(
            sentence.format(name),
            export=self._export_then_close,
            save=self._save_then_close,
            discard=self.discard,
            stay=self.stay,
        )

    def _mark(self) -> None:
        self.stay()
        self._editor.finding.apply()

    def _leave(self) -> None:
        self._asking = False
        self._editor.finding.leave()
        self._close()  # which may ask about what is left

    def _restore(self) -> None:
        self.stay()
        self._editor.restore()

    def _export_then_close(self) -> None:
        self._asking = False
        self._after_export = True
        self._export()

    def _save_then_close(self) -> None:
        self._asking = False
        self._after_export = True
        self._save()
