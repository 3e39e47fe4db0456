"""What a tool is: it is told where the pointer goes, and makes strokes of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from restorer.imaging.cloning import Cloning
    from restorer.imaging.patch import Pixels, Stroke
    from restorer.ui.canvas.gestures import Touch
    from restorer.ui.canvas.outline import Outline
    from restorer.ui.canvas.shape import Shape


class ToolKind(Enum):
    """Which tool."""

    HAND = "hand"
    BRUSH = "brush"
    ERASER = "eraser"
    LINE = "line"
    TRACE = "trace"
    LASSO = "lasso"
    POLYGON = "polygon"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    WAND = "wand"
    CLONE = "clone"
    HEAL = "heal"

    @property
    def brushes(self) -> bool:
        """Is what it marks as wide as the brush?"""
        return self.clones or self in (ToolKind.BRUSH, ToolKind.ERASER, ToolKind.LINE, ToolKind.TRACE)

    @property
    def clones(self) -> bool:
        """Does it bring pixels by hand rather than mark damage?"""
        return self in (ToolKind.CLONE, ToolKind.HEAL)


@dataclass(frozen=True)
class Spot:
    """Where the pointer is, and what it means there.

    Attributes:
        x, y: picture px.
        touch: the same in device px, with a pen's pressure.
        erase: are marks taken away: Alt, the pen's eraser end, or the switch?
        shift: is Shift held, which makes lines straight and boxes square?
    """

    x: float
    y: float
    touch: Touch
    erase: bool = False
    shift: bool = False


class Board(Protocol):
    """What tools work on; the canvas is one."""

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width of the picture."""
        ...

    @property
    def zoom(self) -> float: ...

    @property
    def brush_size(self) -> int: ...

    def paint(self, spot: Spot, *, erase: bool) -> None:
        """Draw the stroke of the brush on to there, in the overlay only."""

    def end_stroke(self, *, keep: bool) -> None:
        """End that stroke, and hand it on if it is to be kept."""

    def end_clone(self, cloning: Cloning | None) -> None:
        """End the stroke, and hand it on to be filled so; None gives it up."""

    def lack_source(self) -> None:
        """Say that nobody has chosen where pixels come from."""

    def source_chosen(self) -> None:
        """Say that somebody has."""

    def mark(self, stroke: Stroke | None, shape: Shape) -> None:
        """Hand on a stroke that was not painted, and the shape that it is of."""

    def pick(self, x: int, y: int, *, erase: bool) -> None:
        """Ask for everything that looks like this pixel."""

    def reduced(self, factor: float) -> tuple[Pixels, int]:
        """The picture as it is shown, reduced by 2^k ≤ `factor`; and 2^k."""

    def redraw(self) -> None:
        """The tool's outline may be another."""


class Tool(Protocol):
    """One way to mark."""

    @property
    def active(self) -> bool:
        """Is something begun that is not marked yet?"""
        ...

    def press(self, spot: Spot) -> None: ...

    def drag(self, spot: Spot) -> None:
        """The pointer has moved while it is down."""

    def hover(self, spot: Spot) -> None:
        """The pointer has moved while it is up."""

    def release(self) -> None:
        """The pointer went up where it was last."""

    def finish(self) -> None:
        """Mark what is begun, if it is enough for that; the tool is laid aside, or Return was pressed."""

    def give_up(self) -> None: ...

    def step_back(self) -> None:
        """Take back the last corner, if it has corners."""

    def outline(self) -> Outline | None:
        """What is to be seen of what is begun."""
