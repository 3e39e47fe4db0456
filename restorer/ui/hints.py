"""What the next click does, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from restorer.ui.canvas.tool import Tool

if TYPE_CHECKING:
    from restorer.ui.editor import Editor


class Hints(QObject):
    """The sentence at the foot of the window."""

    def of(self, editor: Editor, tool: Tool) -> str:
        document = editor.document
        if editor.busy_opening:
            return self.tr("Reading the file…")
        if document is None:
            return self.tr("Open a photograph, drop one here, or try a sample.")
        if tool is Tool.HAND:
            return self.tr("Drag to move the picture. The wheel zooms.")
        if tool is Tool.ERASER:
            return self.tr("Drag over marks to take them away. B goes back to the brush.")
        if document.marked and not editor.working:
            return self.tr("Ctrl+Return restores what is marked. Paint to mark more, E to erase.")
        if editor.heal:
            return self.tr("Paint over the damage: it is restored when you let go.")
        return self.tr("Paint over the damage, then press Ctrl+Return.")

    def work(self, editor: Editor) -> str:
        """What is going on, empty if nothing is."""
        if editor.exporting:
            return self.tr("Exporting…")
        if editor.healing is not None and editor.working:
            waiting = editor.healing.waiting
            return self.tr("Restoring, {} more waiting").format(waiting) if waiting else self.tr("Restoring…")
        return ""
