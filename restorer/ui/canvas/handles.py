"""The handles of what was drawn last: taken hold of by the pointer, or moved by the keys."""

from __future__ import annotations

from dataclasses import replace
from math import hypot
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import Qt

from restorer.ui.canvas.outline import Outline
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.canvas.tools.two_ends import traced

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from restorer.ui.canvas.gestures import Touch
    from restorer.ui.canvas.shape import Shape
    from restorer.ui.canvas.tools.tool import Board
    from restorer.ui.canvas.viewport import Viewport

REACH = 9.0
"""Logical px around a handle that are it."""
APART = 30.0
"""Logical px of a shape's box below which the handles between its corners would lie on each other."""
STILL = 3.0
"""Logical px: who moves less between press and release has clicked, and means what lies below."""
STEP, LARGE = 1, 10
"""Picture px an arrow moves the shape, without and with Shift."""
_ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_DELETING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
_ENDING = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
CENTRE = -1


class Stage(Protocol):
    """The canvas, as far as handles need it."""

    @property
    def board(self) -> Board: ...
    @property
    def viewport(self) -> Viewport: ...
    def devicePixelRatioF(self) -> float: ...
    def redraw(self) -> None: ...
    def lifted(self, on: bool) -> None: ...
    def adjusted(self, shape: Shape, *, nudged: bool) -> None: ...
    def shape_deleted(self) -> None: ...
    def laid_aside(self) -> None: ...


class Handles:
    """Shows a `Shape` until somebody says otherwise; a change is told when the pointer, or the key, is let go."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._shape: Shape | None = None
        self._changed: Shape | None = None
        """As it is being dragged."""
        self._held: int | None = None
        self._from: Touch | None = None
        self._at = (0.0, 0.0)
        self._of_end = False
        """Have the keys moved an end, rather than all of it?"""

    @property
    def shape(self) -> Shape | None:
        return self._shape

    @property
    def held(self) -> bool:
        """Is a handle being dragged?"""
        return self._held is not None

    def show(self, shape: Shape | None) -> None:
        if shape != self._shape:
            self._alter(None)
            self._shape, self._held = shape, None
            self._stage.redraw()

    def over(self, touch: Touch) -> int | None:
        """The handle there: its number, CENTRE, or None."""
        shape, reach = self._shape, REACH * self._stage.devicePixelRatioF()
        if shape is None:
            return None
        places = {number: shape.grips[number] for number in self._seen(shape)}
        if self._roomy(shape):
            places[CENTRE] = shape.centre
        device = {number: self._stage.viewport.to_device(*place) for number, place in places.items()}
        apart = {number: hypot(x - touch.x, y - touch.y) for number, (x, y) in device.items()}
        nearest = min(apart, key=apart.__getitem__)
        return nearest if apart[nearest] <= reach else None

    # --- the pointer -----------------------------------------------------------------------------------------

    def press(self, touch: Touch) -> bool:
        """Take hold of the handle there; False if there is none, or Alt says that something new begins."""
        self._held = None if touch.alt else self.over(touch)
        self._from = touch
        if self._held is None or self._shape is None:
            return False
        self._at = self._shape.centre if self._held == CENTRE else self._shape.grips[self._held]
        return True

    def drag(self, touch: Touch) -> None:
        if self._shape is None or self._held is None or self._from is None:
            return
        viewport = self._stage.viewport
        x, y = viewport.to_picture(touch.x, touch.y)
        from_x, from_y = viewport.to_picture(self._from.x, self._from.y)
        dx, dy = x - from_x, y - from_y
        if self._held == CENTRE:
            self._alter(self._shape.moved(round(dx), round(dy)))  # its pixels stay what they are
        else:
            place = self._at[0] + dx, self._at[1] + dy
            self._alter(self._traced(self._shape.dragged(self._held, *place, straight=touch.shift), final=False))
        self._stage.redraw()

    def release(self, touch: Touch | None) -> bool:
        """Let go; False if the handle was only clicked, and what lies below it was meant."""
        held, self._held = self._held, None
        if held is None:
            return True
        if self._from is not None and (touch is None or self._changed is None or self._near(touch, self._from)):
            self._alter(None)
            self._stage.redraw()
            return touch is None
        self._tell(retrace=held != CENTRE, nudged=False)
        return True

    def give_up(self) -> None:
        """As it was before it was taken hold of."""
        self._held = None
        self._alter(None)
        self._stage.redraw()

    # --- keys ------------------------------------------------------------------------------------------------

    def listens_to(self, event: QKeyEvent) -> bool:
        """Is that a key of the handles?"""
        if self._shape is None:
            return False
        arrow = Qt.Key(event.key()) in _ARROWS
        held = event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if arrow:
            return held in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)
        return event.key() in (*_ENDING, *_DELETING) and held == Qt.KeyboardModifier.NoModifier

    def pressed(self, event: QKeyEvent) -> bool:
        """The arrows move the shape as it is seen, with Ctrl its last corner or end; Return and Esc lay it aside.

        Delete takes its marks away.
        """
        if not self.listens_to(event):
            return False
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None:
            deletes, was_held = event.key() in _DELETING, self.held
            if was_held or deletes:
                self.give_up()
            if deletes:
                self._stage.shape_deleted()
            elif not was_held:
                self._stage.laid_aside()
            return True
        shape = self._changed or self._shape
        assert shape is not None
        by = LARGE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
        dx, dy = self._as_seen(arrow[0] * by, arrow[1] * by)
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            x, y = shape.grips[self._last(shape)]
            self._alter(self._traced(shape.dragged(self._last(shape), x + dx, y + dy), final=False))
        else:
            self._alter(shape.moved(dx, dy))
        self._of_end = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        self._stage.redraw()
        return True

    def let_go_key(self, event: QKeyEvent) -> bool:
        """An arrow is let go: what it has moved is marked now, in one step."""
        if self._changed is None or self.held or event.isAutoRepeat() or Qt.Key(event.key()) not in _ARROWS:
            return False
        self._tell(retrace=self._of_end, nudged=True)
        return True

    def settle(self) -> None:
        """No key will be let go any more."""
        if self._changed is not None and not self.held:
            self._tell(retrace=self._of_end, nudged=True)

    # --- what is seen ----------------------------------------------------------------------------------------

    def outline(self) -> Outline | None:
        shape = self._changed or self._shape
        if shape is None:
            return None
        width = shape.width if self._changed is not None else 0
        grips = tuple(shape.grips[number] for number in self._seen(shape))
        centre = shape.centre if self._roomy(shape) else None
        return Outline(shape.rim, shape.closed, width, grips, shape.erase, centre)

    def _seen(self, shape: Shape) -> tuple[int, ...]:
        """The grips that there is room for."""
        return tuple(range(len(shape.grips))) if self._roomy(shape) else shape.corners

    def _roomy(self, shape: Shape) -> bool:
        left, top, right, bottom = shape.box
        size = max(right - left, bottom - top) * self._stage.viewport.zoom / self._stage.devicePixelRatioF()
        return size >= APART

    # --- what changes ----------------------------------------------------------------------------------------

    def _alter(self, changed: Shape | None) -> None:
        """Show it as it would be; while that is so, its marks are not where they were."""
        lifted = (changed is not None) != (self._changed is not None)
        self._changed = changed
        if lifted:
            self._stage.lifted(changed is not None)

    def _tell(self, *, retrace: bool, nudged: bool) -> None:
        changed = self._changed
        if changed is None:
            return
        self._alter(None)
        if retrace:
            changed = self._traced(changed, final=True)
        self._shape = changed
        self._stage.adjusted(changed, nudged=nudged)
        self._stage.redraw()

    def _traced(self, shape: Shape, *, final: bool) -> Shape:
        """A scratch is followed anew between its ends."""
        if shape.kind is not ToolKind.TRACE:
            return shape
        return replace(shape, points=traced(self._stage.board, shape.points[0], shape.points[-1], final=final))

    def _as_seen(self, across: float, down: float) -> tuple[float, float]:
        """Picture px of a way that is seen, in picture px."""
        viewport = self._stage.viewport
        x, y = viewport.to_picture(0, 0)
        end_x, end_y = viewport.to_picture(across * viewport.zoom, down * viewport.zoom)
        return end_x - x, end_y - y

    def _last(self, shape: Shape) -> int:
        """The corner that is seen at the bottom right, or the last end."""
        if shape.kind in (ToolKind.LINE, ToolKind.TRACE):
            return len(shape.grips) - 1
        places = [self._stage.viewport.to_device(*shape.grips[number]) for number in shape.corners]
        return shape.corners[max(range(len(places)), key=lambda number: sum(places[number]))]

    def _near(self, one: Touch, other: Touch) -> bool:
        return hypot(one.x - other.x, one.y - other.y) <= STILL * self._stage.devicePixelRatioF()
