"""What the left button does."""

from __future__ import annotations

from enum import Enum


class Tool(Enum):
    """What pressing on the picture means."""

    HAND = "hand"
    BRUSH = "brush"
    ERASER = "eraser"
