"""What was drawn with a shape tool, as it can still be changed: its points rather than its pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import atan2, cos, hypot, pi, sin
from typing import TYPE_CHECKING

from restorer.imaging import shapes
from restorer.imaging.brush import band
from restorer.ui.canvas.tools.tool import ToolKind

if TYPE_CHECKING:
    from restorer.imaging.patch import Stroke

    Point = tuple[float, float]

TURN = pi / 12
"""Shift keeps lines at whole multiples of this."""
_ALONG = (ToolKind.LINE, ToolKind.TRACE)
_BOXED = (ToolKind.RECTANGLE, ToolKind.ELLIPSE, ToolKind.LASSO)
_SIDES = ((-1, -1), (0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0))
"""Which sides of its box each grip of a boxed shape moves: left, none or right; top, none or bottom."""


@dataclass(frozen=True)
class Shape:
    """All in picture px.

    Attributes:
        kind: the tool that drew it.
        points: two opposite corners of a rectangle or an ellipse's box; the ends of a line; a scratch's path; the
            corners of a polygon; a lasso's line.
        width: of the band along a line or a scratch.
        erase: does it take marks away?
    """

    kind: ToolKind
    points: tuple[Point, ...]
    width: int = 0
    erase: bool = False

    def stroke(self, picture: tuple[int, int]) -> Stroke | None:
        """Its pixels in a picture of that height and width; None if there are none."""
        if self.kind is ToolKind.RECTANGLE:
            return shapes.rectangle(self.points[0], self.points[1], picture)
        if self.kind is ToolKind.ELLIPSE:
            return shapes.ellipse(self.points[0], self.points[1], picture)
        if self.kind in _ALONG:
            return band(self.points, self.width, picture)
        return shapes.polygon(self.points, picture)

    @property
    def rim(self) -> tuple[Point, ...]:
        """The line that is drawn of it; closed, unless it is a band."""
        if self.kind is ToolKind.RECTANGLE:
            (ax, ay), (bx, by) = self.points
            return (ax, ay), (bx, ay), (bx, by), (ax, by)
        if self.kind is ToolKind.ELLIPSE:
            return tuple(shapes.ellipse_corners(self.points[0], self.points[1]))
        return self.points

    @property
    def closed(self) -> bool:
        return self.kind not in _ALONG

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        across, down = zip(*self.points, strict=True)
        return min(across), min(down), max(across), max(down)

    @property
    def centre(self) -> Point:
        """Where it is taken hold of to be moved."""
        if self.kind is ToolKind.TRACE:
            return self.points[len(self.points) // 2]
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2

    @property
    def grips(self) -> tuple[Point, ...]:
        """What changes its form: corners, ends, or the corners and sides of its box."""
        if self.kind in _ALONG:
            return self.points[0], self.points[-1]
        if self.kind is ToolKind.POLYGON:
            return self.points
        left, top, right, bottom = self.box
        across, down = {-1: left, 0: (left + right) / 2, 1: right}, {-1: top, 0: (top + bottom) / 2, 1: bottom}
        return tuple((across[x], down[y]) for x, y in _SIDES)

    @property
    def corners(self) -> tuple[int, ...]:
        """The numbers of the grips that must be seen however small it is."""
        return (0, 2, 4, 6) if self.kind in _BOXED else tuple(range(len(self.grips)))

    def moved(self, dx: float, dy: float) -> Shape:
        return replace(self, points=tuple((x + dx, y + dy) for x, y in self.points))

    def dragged(self, grip: int, x: float, y: float, *, straight: bool = False) -> Shape:
        """With one of `grips` at another place; `straight` keeps proportions, and lines at steps of 15°."""
        if self.kind in _BOXED:
            return self._boxed(grip, x, y, straight)
        if self.kind is ToolKind.POLYGON:
            return replace(self, points=(*self.points[:grip], (x, y), *self.points[grip + 1 :]))
        still = self.points[-1] if grip == 0 else self.points[0]
        if straight:
            x, y = straightened(still, (x, y))
        return replace(self, points=((x, y), still) if grip == 0 else (still, (x, y)))

    def _boxed(self, grip: int, x: float, y: float, straight: bool) -> Shape:
        left, top, right, bottom = self.box
        width, height = max(right - left, 1e-6), max(bottom - top, 1e-6)
        (across, down), (stays_x, stays_y) = _SIDES[grip], (left, top)
        wide = tall = 1.0
        if across:
            stays_x = right if across < 0 else left
            wide = (x - stays_x) / (width * across)
        if down:
            stays_y = bottom if down < 0 else top
            tall = (y - stays_y) / (height * down)
        if straight and across and down:
            size = max(abs(wide), abs(tall))
            wide, tall = size if wide >= 0 else -size, size if tall >= 0 else -size
        points = ((stays_x + (px - stays_x) * wide, stays_y + (py - stays_y) * tall) for px, py in self.points)
        return replace(self, points=tuple(points))


def straightened(start: Point, end: Point) -> Point:
    """The place nearest to `end` on a line from `start` at a whole multiple of 15°."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    if hypot(dx, dy) == 0:
        return end
    angle = round(atan2(dy, dx) / TURN) * TURN
    length = dx * cos(angle) + dy * sin(angle)
    return start[0] + length * cos(angle), start[1] + length * sin(angle)
