"""The tool in hand, and the handles of what was drawn last: which of the two a pointer means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from restorer.ui.canvas.caret import CLICKING
from restorer.ui.canvas.handles import Handles, Stage
from restorer.ui.canvas.tools import tools_for
from restorer.ui.canvas.tools.tool import Spot, ToolKind

if TYPE_CHECKING:
    from restorer.ui.canvas.gestures import Touch
    from restorer.ui.canvas.outline import Outline
    from restorer.ui.canvas.tools.clone import CloneSource
    from restorer.ui.canvas.tools.tool import Tool


class Bench(Stage, Protocol):
    """The canvas, as far as a tool in hand needs it."""

    def begun(self) -> None:
        """A tool begins something."""


class ToolInHand:
    """Touches become spots of the picture, told to the tool that was chosen, or to the handle that lies there."""

    def __init__(self, bench: Bench, source: CloneSource) -> None:
        self.kind = ToolKind.BRUSH
        self.subtract = False
        """Do shapes take marks away?"""
        self.handles = Handles(bench)
        self._bench = bench
        self._tools = tools_for(bench.board, source)
        self._used: Tool | None = None

    @property
    def active(self) -> bool:
        """Has the tool begun something that Return or Esc ends?"""
        return self._used is not None and self._used.active

    def outline(self) -> Outline | None:
        """Of what is begun, or of what was drawn last."""
        drawn = self._used.outline() if self._used is not None else None
        return drawn or self.handles.outline()

    def lay_aside(self) -> None:
        """Another tool is taken; what is begun is given up."""
        if self.active:
            self.give_up_shape()
        self._used = None
        self._bench.redraw()

    # --- the pointer -----------------------------------------------------------------------------------------

    def press(self, touch: Touch) -> None:
        if not self.active and not self._takes_away_instead and self.handles.press(touch):
            return
        self._begin(touch)

    def drag(self, touch: Touch) -> None:
        if self.handles.held:
            self.handles.drag(touch)
        elif self._used is not None:
            self._used.drag(self.spot(touch))

    def hover(self, touch: Touch) -> None:
        if self._used is not None:
            self._used.hover(self.spot(touch))

    def release(self, touch: Touch | None) -> None:
        """The pointer went up there; None if nobody knows where."""
        if self.handles.held:
            if not self.handles.release(touch) and touch is not None and self.kind in CLICKING:
                self._begin(touch)  # it was only clicked, as this tool is
                self.release(touch)
        elif self._used is not None:
            self._used.release()

    def give_up(self) -> None:
        """What goes on while the pointer is down was not meant."""
        if self.handles.held:
            self.handles.give_up()
        else:
            self.give_up_shape()

    def give_up_shape(self) -> None:
        if self._used is not None:
            self._used.give_up()

    def step_back(self) -> None:
        if self._used is not None:
            self._used.step_back()

    def finish(self) -> None:
        if self._used is not None:
            self._used.finish()

    def _begin(self, touch: Touch) -> None:
        if not self.active:
            self._bench.begun()
            # the eraser end of a pen is an eraser, whatever the other end is
            kind = ToolKind.ERASER if touch.eraser and self.kind is ToolKind.BRUSH else self.kind
            self._used = self._tools.get(kind)
        if self._used is not None:
            self._used.press(self.spot(touch))

    # --- what a touch means ----------------------------------------------------------------------------------

    def spot(self, touch: Touch) -> Spot:
        x, y = self._bench.viewport.to_picture(touch.x, touch.y)
        subtract = self.subtract and self.kind is not ToolKind.BRUSH
        if self.kind.clones:
            return Spot(x, y, touch, shift=touch.shift)
        return Spot(x, y, touch, touch.eraser or touch.alt or subtract, touch.shift)

    def over_handle(self, touch: Touch | None) -> bool:
        """Would a press there take hold of a handle, or does one already?"""
        if touch is None or self.active:
            return False
        if self.handles.held:
            return True
        return not (touch.alt or self._takes_away_instead) and self.handles.over(touch) is not None

    def cursor_over(self, touch: Touch | None) -> Qt.CursorShape:
        """Blank where the brush is drawn instead."""
        if self.over_handle(touch):
            return Qt.CursorShape.SizeAllCursor
        return Qt.CursorShape.BlankCursor if self.kind.brushes else Qt.CursorShape.CrossCursor

    @property
    def _takes_away_instead(self) -> bool:
        """Is a hole to be cut into what was drawn last, rather than that changed?"""
        shape = self.handles.shape
        return self.subtract and shape is not None and not shape.erase and self.kind is not ToolKind.BRUSH
