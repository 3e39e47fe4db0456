"""What the next click does, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.keys import in_words

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.ui.actions import Actions
    from restorer.ui.editor import Editor


class Hints(QObject):
    """The sentence at the foot of the window."""

    def __init__(self, actions: Actions, parent: QObject) -> None:
        super().__init__(parent)
        self._actions = actions

    def of(
        self,
        editor: Editor,
        tool: ToolKind,
        *,
        active: bool = False,
        sourced: bool = False,
        adjustable: bool = False,
        pointing: bool = False,
        troubled: bool = False,
    ) -> str:
        """What to do next.

        `active`: has the tool begun a shape?  `sourced`: has it been told where to take pixels from?  `adjustable`:
        has what was drawn last with this tool its handles?  `pointing`: is the keyboard the pointer?  `troubled`: could
        a file not be opened?
        """
        document = editor.document
        if editor.busy_opening:
            return self.tr("Reading the file…")
        if troubled:
            return self.tr("Try again, or open another photograph.")
        if document is None:
            return self.tr("Open a photograph, drop one here, or try a sample.")
        if pointing:  # the arrows move no handles then
            pressing = self._pressing(editor, document, tool, active=active, sourced=sourced, adjustable=False)
            return self.tr("Arrows move the pointer, Space presses. {}").format(pressing)
        return self._pressing(editor, document, tool, active=active, sourced=sourced, adjustable=adjustable)

    def _pressing(
        self, editor: Editor, document: Document, tool: ToolKind, *, active: bool, sourced: bool, adjustable: bool
    ) -> str:
        """What a press on the picture does."""
        actions, way_to = self._actions, self._actions.way_to
        if editor.finding.active:
            return self.tr(
                "Click a place (or {}, then {}) to choose it or leave it out. {} marks what is chosen, {} cancels."
            ).format(way_to(actions.next_defect), in_words("Delete"), in_words("Return"), way_to(actions.cancel))
        if tool.clones:
            return self._cloning(tool, sourced)
        if active:
            return self._going_on(tool)
        if adjustable:
            return self.tr(
                "Drag a handle, or press arrows (Ctrl: its end), to adjust it. {} keeps it as it is, {} deletes it."
            ).format(in_words("Return"), in_words("Delete"))
        if tool is ToolKind.HAND:
            return self.tr("Drag to move the picture. The wheel zooms.")
        if tool is ToolKind.ERASER:
            return self.tr("Drag over marks to take them away. {} goes back to the brush.").format(
                way_to(actions.brush)
            )
        if tool is not ToolKind.BRUSH:
            return self._beginning(tool)
        if editor.finding.searching:
            return self.tr("Damage is being looked for; you can go on painting. {} gives the search up.").format(
                way_to(actions.cancel)
            )
        if document.marked and not editor.working:
            return self.tr("{} restores what is marked. Paint to mark more, {} to erase.").format(
                way_to(actions.restore), way_to(actions.eraser)
            )
        if editor.heal:
            return self.tr("Paint over the damage: it is restored when you let go.")
        return self.tr("Paint over the damage, then press {}.").format(way_to(actions.restore))

    def _cloning(self, tool: ToolKind, sourced: bool) -> str:
        if not sourced:
            return self.tr("Alt and a click (or {}) choose where the pixels come from.").format(
                self._actions.way_to(self._actions.clone_source)
            )
        if tool is ToolKind.HEAL:
            return self.tr("Paint: texture comes from the circle, colours fit the rim. Alt and a click choose anew.")
        return self.tr("Paint: pixels come from the circle. Alt and a click choose another place.")

    def _beginning(self, tool: ToolKind) -> str:
        return {
            ToolKind.LINE: self.tr("Drag from end to end, or click both ends. Alt takes marks away."),
            ToolKind.TRACE: self.tr("Click one end of the scratch, then the other: the line follows it."),
            ToolKind.LASSO: self.tr("Draw around the damage. Alt takes marks away."),
            ToolKind.POLYGON: self.tr("Click corner after corner around the damage. Alt takes marks away."),
            ToolKind.RECTANGLE: self.tr("Drag from corner to corner; Shift makes a square, Alt takes marks away."),
            ToolKind.ELLIPSE: self.tr("Drag from corner to corner; Shift makes a circle, Alt takes marks away."),
            ToolKind.WAND: self.tr("Click damage: what looks like it is marked. Alt takes marks away."),
        }[tool]

    def _going_on(self, tool: ToolKind) -> str:
        if tool is ToolKind.POLYGON:
            return self.tr("Click the next corner. {} closes, {} takes a corner back, Esc gives up.").format(
                in_words("Return"), in_words("Backspace")
            )
        if tool is ToolKind.LINE:
            return self.tr("The other end. Shift keeps the line at steps of 15°, Esc gives up.")
        if tool is ToolKind.TRACE:
            return self.tr("The other end. Esc gives up.")
        return self.tr("Let go to mark it. Esc gives up.")

    def work(self, editor: Editor) -> str:
        """What is going on, empty if nothing is."""
        if editor.output.exporting:
            return self.tr("Exporting…")
        if editor.finding.searching:
            return self.tr("Looking for damage…")
        if editor.resting.searching:
            return self.tr("Asking what the repair rests on…")
        if editor.healing is not None and editor.working:
            waiting = editor.healing.waiting
            return self.tr("Restoring, {} more waiting").format(waiting) if waiting else self.tr("Restoring…")
        return ""
