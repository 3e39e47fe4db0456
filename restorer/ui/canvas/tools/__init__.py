"""One file a tool, or two that differ in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from restorer.ui.canvas.tools.box import EllipseTool, RectangleTool
from restorer.ui.canvas.tools.brush import BrushTool
from restorer.ui.canvas.tools.clone import CloneSource, CloneTool
from restorer.ui.canvas.tools.free import LassoTool, PolygonTool
from restorer.ui.canvas.tools.tool import Board, ToolKind
from restorer.ui.canvas.tools.two_ends import LineTool, TraceTool
from restorer.ui.canvas.tools.wand import WandTool

if TYPE_CHECKING:
    from restorer.ui.canvas.tools.tool import Tool


def tools_for(board: Board, source: CloneSource) -> dict[ToolKind, Tool]:
    """One of each; the hand is none of them, for it does nothing to the mask."""
    return {
        ToolKind.BRUSH: BrushTool(board),
        ToolKind.ERASER: BrushTool(board, erases=True),
        ToolKind.LINE: LineTool(board),
        ToolKind.TRACE: TraceTool(board),
        ToolKind.LASSO: LassoTool(board),
        ToolKind.POLYGON: PolygonTool(board),
        ToolKind.RECTANGLE: RectangleTool(board),
        ToolKind.ELLIPSE: EllipseTool(board),
        ToolKind.WAND: WandTool(board),
        ToolKind.CLONE: CloneTool(board, source, heals=False),
        ToolKind.HEAL: CloneTool(board, source, heals=True),
    }
