"""From press to release: what the pointer is doing, whichever device it belongs to.  No Qt events in here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import floor
from typing import Protocol

from restorer.imaging.brush import Dab

LIGHTEST = 0.2
"""Share of the brush's size that a pen leaves at no pressure."""


class Gesture(Enum):
    """What goes on while a button or the pen is down."""

    NONE = 0
    TOOL = 1
    PAN = 2


@dataclass(frozen=True)
class Touch:
    """Where a pointer is.

    Attributes:
        x, y: device px.  A mouse points at the middle of a device pixel, a pen anywhere.
        pressure: 0..1 of a pen, None of a mouse.
        eraser: is it the pen's eraser end?
        shift, alt: the keys that are held.
    """

    x: float
    y: float
    pressure: float | None = None
    eraser: bool = False
    shift: bool = False
    alt: bool = False

    @property
    def pixel(self) -> tuple[int, int]:
        """The device pixel under it."""
        return floor(self.x), floor(self.y)


def dab_at(x: float, y: float, size: int, pressure: float | None) -> Dab:
    """A dab of a brush of `size` px across at a place of the picture.

    A mouse's dab lies on whole pixels, so a brush of n px marks n in a row, wherever in the pixel the pointer is.
    A pen's changes its size all the time and lies where it lies.
    """
    if pressure is None:
        diameter = float(size)
    else:
        diameter = max(1.0, size * (LIGHTEST + (1 - LIGHTEST) * min(max(pressure, 0.0), 1.0)))
    if pressure is None or diameter < 2:
        odd = round(diameter) % 2 == 1
        x, y = (floor(x) + 0.5, floor(y) + 0.5) if odd else (floor(x + 0.5), floor(y + 0.5))
    return Dab(x, y, diameter / 2)


class Hands(Protocol):
    """Whoever carries out what the pointer says."""

    def tool_press(self, touch: Touch) -> None: ...
    def tool_drag(self, touch: Touch) -> None: ...
    def tool_release(self) -> None: ...
    def tool_give_up(self) -> None: ...
    def pan(self, dx: int, dy: int) -> None: ...


class Pointer:
    """One gesture at a time: what another button or device does meanwhile is not listened to."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands
        self._last = (0, 0)
        self.gesture = Gesture.NONE
        self.held: object = None
        """The button, or whatever else `press` was told, that began the gesture."""

    def press(self, touch: Touch, gesture: Gesture, held: object) -> None:
        if self.gesture is not Gesture.NONE:
            return
        self.gesture, self.held, self._last = gesture, held, touch.pixel
        if gesture is Gesture.TOOL:
            self._hands.tool_press(touch)

    def move(self, touch: Touch) -> None:
        if self.gesture is Gesture.TOOL:
            self._hands.tool_drag(touch)
        elif self.gesture is Gesture.PAN:
            (x, y), (before_x, before_y) = touch.pixel, self._last
            self._hands.pan(x - before_x, y - before_y)
        self._last = touch.pixel

    def begin_anew(self, touch: Touch) -> None:
        """End what the tool draws, and begin again here with the same button."""
        if self.gesture is Gesture.TOOL:
            self._hands.tool_release()
            self._last = touch.pixel
            self._hands.tool_press(touch)

    def release(self, held: object) -> None:
        """A button went up; any but the one that began the gesture changes nothing."""
        if held == self.held:
            self.end()

    def end(self, *, keep: bool = True) -> None:
        """End what goes on, if anything; what was drawn is kept or dropped.  Later moves of the pointer only hover."""
        gesture, self.gesture, self.held = self.gesture, Gesture.NONE, None
        if gesture is Gesture.TOOL:
            if keep:
                self._hands.tool_release()
            else:
                self._hands.tool_give_up()
