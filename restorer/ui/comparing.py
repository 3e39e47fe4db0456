"""Ways to compare: divider, side by side, blink, loupe, and what has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QActionGroup

from restorer.ui.canvas.panes import Loupe, OriginalView

if TYPE_CHECKING:
    from restorer.document.document import Document
    from restorer.imaging.region import Region
    from restorer.ui.actions import Actions
    from restorer.ui.canvas.canvas import Canvas
    from restorer.ui.canvas.layers import DisplayLayers

BLINK_MS = 700
"""Slower than three flashes a second (WCAG 2.3.1), with time to see."""


class Comparing(QObject):
    """Owns the views beside and on the canvas that show the original."""

    def __init__(self, canvas: Canvas, actions: Actions) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._actions = actions
        self._linking = False
        self.still = False
        """Nothing blinks by itself: what blinks shows the original until it is switched off."""
        self.original = OriginalView()
        self.original.hide()
        self.loupe = Loupe(canvas)
        self._beat = QTimer(self)
        self._beat.setInterval(BLINK_MS)
        self._beat.timeout.connect(self._blink_on)
        self._original_now = False
        self._ways = QActionGroup(self)
        self._ways.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        for action in (actions.divider, actions.side_by_side, actions.blink):
            self._ways.addAction(action)
        actions.divider.toggled.connect(lambda on: setattr(canvas, "divider", on))
        actions.divider_level.toggled.connect(self._turn_divider)
        actions.side_by_side.toggled.connect(self._set_side_by_side)
        actions.blink.toggled.connect(self._set_blink)
        actions.loupe.toggled.connect(lambda *_: self._move_loupe())
        actions.changes.toggled.connect(lambda on: setattr(canvas, "changes", on))
        actions.original.toggled.connect(canvas.set_showing_original)
        canvas.strokeBegun.connect(self._show_work)
        canvas.pointerMoved.connect(lambda *_: self._move_loupe())
        canvas.view_changed.connect(lambda *_: self._link(canvas, self.original))
        canvas.view_changed.connect(lambda *_: self._move_loupe())
        self.original.view_changed.connect(lambda *_: self._link(self.original, canvas))

    def show_document(self, document: Document | None, layers: DisplayLayers | None) -> None:
        self.original.show_document(document, layers)
        self.loupe.show_document(document, layers)

    def refresh(self, region: Region) -> None:
        self.loupe.refresh(region)

    def look_again(self, region: Region) -> None:
        """Nothing has changed there but what is shown of it."""
        self.loupe.look_again(region)

    def show_turned(self) -> None:
        self.original.show_turned()
        self.loupe.show_turned()

    def show_anew(self) -> None:
        """The same pixels look different everywhere."""
        self.original.show_anew()
        self.loupe.show_anew()

    def _show_work(self) -> None:
        """A stroke begins: it has to be seen."""
        self._actions.original.setChecked(False)
        self._actions.blink.setChecked(False)

    def _turn_divider(self, level: bool) -> None:
        self._canvas.divider_level = level
        self._actions.divider.setChecked(True)

    # --- side by side ------------------------------------------------------------------------------------------

    def _set_side_by_side(self, on: bool) -> None:
        self.original.setVisible(on)

    def _link(self, moved: Canvas | OriginalView, other: Canvas | OriginalView) -> None:
        if self._linking or not self.original.isVisible():
            return
        self._linking = True
        try:
            other.look_like(moved)
        finally:
            self._linking = False

    # --- blink -------------------------------------------------------------------------------------------------

    def _set_blink(self, on: bool) -> None:
        self._original_now = False
        if on and self.still:
            self._canvas.set_showing_original(True)
        elif on:
            self._beat.start()
            self._canvas.set_bare(True)
        else:
            self._beat.stop()
            self._canvas.set_showing_original(self._actions.original.isChecked())

    def _blink_on(self) -> None:
        self._original_now = not self._original_now
        self._canvas.set_showing_original(self._original_now)
        if not self._original_now:
            self._canvas.set_bare(True)

    # --- loupe -------------------------------------------------------------------------------------------------

    def _move_loupe(self) -> None:
        place = self._canvas.pointed
        on = self._actions.loupe.isChecked() and place is not None
        if on and place is not None:
            (x, y), (left, top) = place
            self.loupe.look_at(x, y, self._canvas.zoom, (left, top))
        self.loupe.setVisible(on)
