"""The way from the work of one window to a project: where it is saved, and what is asked when it cannot simply be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from pathlib import Path

    from restorer.ui.closing import Closing
    from restorer.ui.dialogs.boxes import Boxes
    from restorer.ui.dialogs.choosing import Choosing
    from restorer.ui.editor import Editor
    from restorer.ui.settings import Settings


class Saving(QObject):
    """One window's projects and masks.

    Signals:
        said(str): where it is saved.
    """

    said = Signal(str)

    def __init__(self, editor: Editor, boxes: Boxes, choosing: Choosing, settings: Settings) -> None:
        super().__init__(boxes)
        self._editor = editor
        self._boxes = boxes
        self._choosing = choosing
        self._settings = settings
        self.closing: Closing | None = None
        """The end of the window, which may wait for a project."""
        editor.keeping.saved.connect(self._show_saved)
        editor.keeping.project_changed.connect(self._ask_about_project)
        editor.keeping.original_changed.connect(self._show_original_changed)

    def save(self) -> None:
        """Into the project that there is, or a new one."""
        project = self._editor.keeping.project
        if project is None:
            self.choose()
        else:
            self._editor.keeping.save(project)

    def choose(self) -> None:
        """A new project."""
        if self._editor.document is not None:
            self._choosing.project_target(
                self._editor.document.photograph,
                self._editor.keeping.save,
                self._stay,
                beside=self._editor.named,
            )

    def choose_mask(self) -> None:
        """A file for the marks alone."""
        if self._editor.document is not None:
            self._choosing.mask_target(
                self._editor.document.photograph, self._editor.output.export_mask, beside=self._editor.named
            )

    def _show_saved(self, path: Path) -> None:
        if self._editor.document is not None and not self._editor.document.photograph.medical:
            self._settings.remember(path)
        self.said.emit(self.tr("The project is saved in {}.").format(path.name))
        if self.closing is not None:
            self.closing.go_on()

    def _ask_about_project(self, project: Path, sentence: str) -> None:
        self._boxes.project_changed(
            sentence,
            save_as=self.choose,
            replace=lambda: self._editor.keeping.save(project, replace=True),
            give_up=self._stay,
        )

    def _show_original_changed(self, change: str) -> None:
        if self._editor.document is not None:
            self._boxes.original_changed(self._editor.document.photograph.path.name, change)

    def _stay(self) -> None:
        """Nothing is saved: the window does not close."""
        if self.closing is not None:
            self.closing.stay()
