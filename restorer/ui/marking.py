"""What changes the marks as a whole, and the magic wand, which has to look for its marks first."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject

from restorer.imaging import mask as masks
from restorer.imaging.errors import Cancelled
from restorer.imaging.wand import similar
from restorer.ui.worker import sentence_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from restorer.imaging.patch import Stroke
    from restorer.ui.editor import Editor
    from restorer.ui.worker import Worker


class Marking(QObject):
    """Works on the editor's document, each call one undo step.

    Args:
        analysis: the worker that looks at pixels.
    """

    def __init__(self, editor: Editor, analysis: Worker) -> None:
        super().__init__(editor)
        self._editor = editor
        self._analysis = analysis
        self._looking: object | None = None
        """Stands for what the wand looks for, if that is still wanted."""
        self.tolerance = 0.1
        """Of the wand: share of the full range, 0..1."""
        self.contiguous = True
        self.step = 2
        """Px by which marks are grown, shrunk or smoothed."""

    def pick(self, x: int, y: int, erase: bool) -> None:
        """Mark what looks like a pixel; a new click supersedes one that is still being looked for."""
        document = self._editor.document
        if document is None:
            return
        self.forget()
        image, tolerance, contiguous = document.image, self.tolerance, self.contiguous
        self._looking = wanted = object()

        def work(_report: object) -> Stroke:
            def check() -> None:
                if self._looking is not wanted:
                    raise Cancelled

            return similar(image, x, y, tolerance=tolerance, contiguous=contiguous, check=check)

        task = self._analysis.submit(work)
        task.done.connect(partial(self._found, wanted, erase))
        task.failed.connect(partial(self._not_found, wanted))

    def forget(self) -> None:
        """Nobody waits any more for what the wand looks for."""
        self._looking = None

    @property
    def looking(self) -> bool:
        return self._looking is not None

    def _found(self, wanted: object, erase: bool, stroke: Stroke) -> None:
        if self._looking is wanted:
            self._looking = None
            self._editor.paint(stroke, erase)

    def _not_found(self, wanted: object, error: Exception) -> None:
        if self._looking is wanted:
            self._looking = None
            self._editor.failed.emit(sentence_of(error))

    # --- all marks ---------------------------------------------------------------------------------------------

    def grow(self) -> None:
        self._change("Grow marks", lambda mask: masks.grown(mask, self.step))

    def shrink(self) -> None:
        self._change("Shrink marks", lambda mask: masks.shrunk(mask, self.step))

    def smooth(self) -> None:
        self._change("Smooth marks", lambda mask: masks.smoothed(mask, self.step))

    def invert(self) -> None:
        self._change("Invert marks", lambda mask: ~mask)

    def _change(self, name: str, changed: Callable[[NDArray[np.bool_]], NDArray[np.bool_]]) -> None:
        document = self._editor.document
        if document is not None:
            self._editor.set_mask(changed(np.asarray(document.mask)).copy(), name)
