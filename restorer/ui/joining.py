"""What the keyboard does bit by bit is one undo step, as a drag of the pointer is."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from restorer.document.document import Document
    from restorer.document.history import Step

PAUSE = 1.0
"""Seconds after which a further press of a key begins a step of its own."""


class Joining:
    """Joins a step to the one before it, if both are of one kind and nothing and no pause came between.

    Args:
        clock: tells the time, in seconds.
    """

    def __init__(self, clock: Callable[[], float] | None = None) -> None:
        self._clock = clock or time.monotonic
        self._step: Step | None = None
        self._kind: Hashable = None
        self._at = 0.0

    def made(self, document: Document, kind: Hashable) -> None:
        """The last step of the document was made just now; `kind` is what it does, and to what."""
        done, now = document.history.done, self._clock()
        follows = len(done) > 1 and done[-2] is self._step and kind == self._kind and now - self._at < PAUSE
        if follows:
            document.join_last()
        self._step, self._kind, self._at = document.history.last, kind, now
