"""The picture and its side panel: connects the editor, the canvas and the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from restorer.imaging.region import Region
from restorer.ui.adjusting import Adjusting
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.rendering import overlay_colours
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.comparing import Comparing
from restorer.ui.dialogs.candidates_dialog import CandidatesDialog
from restorer.ui.medical import Medical
from restorer.ui.panels.side_panel import SidePanel
from restorer.ui.settings import MASK_COLOURS
from restorer.ui.trying import Trying

if TYPE_CHECKING:
    from restorer.ui.actions import Actions
    from restorer.ui.editor import Editor
    from restorer.ui.settings import Settings
    from restorer.ui.worker import Worker

_CHANNELS = {1: ("",), 2: ("", "A"), 3: ("R", "G", "B"), 4: ("R", "G", "B", "A")}
_INKS = {4: ("C", "M", "Y", "K"), 5: ("C", "M", "Y", "K", "A")}


class Workspace(QWidget):
    """Signals: pointerSaid(str): what is under the pointer, in the file's own values."""

    pointerSaid = Signal(str)  # noqa: N815

    def __init__(
        self, editor: Editor, actions: Actions, settings: Settings, analysis: Worker, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._editor = editor
        self._settings = settings
        self.canvas = Canvas()
        self.panel = SidePanel(actions, editor.finding, analysis, settings)
        self.comparing = Comparing(self.canvas, actions)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        pictures = QHBoxLayout()
        pictures.setSpacing(2)
        pictures.addWidget(self.comparing.original, 1)
        pictures.addWidget(self.canvas, 1)
        self.medical = Medical(editor, self.canvas, self)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(self.medical.bar)
        column.addLayout(pictures, 1)
        layout.addLayout(column, 1)
        layout.addWidget(self.panel)
        self.adjusting = Adjusting(editor, self.canvas)
        self.adjusting.reshown.connect(self._refresh_views)
        self.trying = Trying(editor, self.canvas, analysis)
        self.trying.shown.connect(self._look_again)
        self._connect_canvas()
        self._connect_tools(actions)
        self._connect_view(actions)
        self._connect_history()
        self._connect_finding(actions)

    def _connect_canvas(self) -> None:
        editor, canvas, panel = self._editor, self.canvas, self.panel
        editor.opened.connect(self._show_document)
        editor.redrawn.connect(self._show_document)
        editor.refreshed.connect(self._refresh)
        editor.turned.connect(self._show_turned)
        self.medical.shown_anew.connect(self._show_anew)
        editor.work_changed.connect(self._show_busy)
        canvas.strokeFinished.connect(editor.paint)
        canvas.picked.connect(editor.marking.pick)
        canvas.cloned.connect(editor.clone)
        canvas.pointerMoved.connect(self._tell_pointer)
        canvas.view_changed.connect(lambda *_: panel.compare.view.follow(canvas.visible_region()))
        canvas.view_changed.connect(lambda *_: panel.navigator.follow(canvas.visible_region()))
        panel.navigator.wanted.connect(canvas.centre_on)

    def _connect_tools(self, actions: Actions) -> None:
        canvas, tools, settings, marking = self.canvas, self.panel.tools, self._settings, self._editor.marking
        for tool, action in actions.tools.items():
            action.toggled.connect(lambda on, tool=tool: self._use(tool) if on else None)
        self._use(ToolKind.BRUSH)
        actions.clone_source.triggered.connect(canvas.choose_source)
        tools.softnessChanged.connect(self._set_softness)
        tools.set_softness(settings.softness)
        actions.subtract.toggled.connect(lambda on: setattr(canvas, "subtract", on))
        tools.brushSizeChanged.connect(self._set_brush_size)
        canvas.brushSizeChanged.connect(tools.set_brush_size)
        tools.opacityChanged.connect(self._set_opacity)
        tools.colourChanged.connect(self._set_colour)
        tools.growChanged.connect(self._set_grow)
        tools.featherChanged.connect(self._set_feather)
        tools.toleranceChanged.connect(self._set_tolerance)
        tools.contiguousChanged.connect(self._set_contiguous)
        tools.set_brush_size(settings.brush_size)
        tools.set_opacity(settings.mask_opacity)
        tools.set_colour(settings.mask_colour)
        self._set_colour(settings.mask_colour)
        tools.set_grow(settings.grow)
        tools.set_feather(settings.feather)
        tools.set_tolerance(settings.tolerance)
        tools.contiguous.setChecked(settings.contiguous)
        actions.bigger.triggered.connect(lambda: tools.step_brush(True))
        actions.smaller.triggered.connect(lambda: tools.step_brush(False))
        actions.grow_marks.triggered.connect(marking.grow)
        actions.shrink_marks.triggered.connect(marking.shrink)
        actions.smooth_marks.triggered.connect(marking.smooth)
        actions.invert_marks.triggered.connect(marking.invert)
        actions.heal.toggled.connect(self._set_heal)
        actions.heal.setChecked(settings.heal)
        self._set_heal(settings.heal)

    def _connect_view(self, actions: Actions) -> None:
        canvas = self.canvas
        actions.fit.triggered.connect(canvas.fit)
        actions.actual_size.triggered.connect(canvas.actual_size)
        actions.zoom_in.triggered.connect(canvas.zoom_in)
        actions.zoom_out.triggered.connect(canvas.zoom_out)
        actions.panels.toggled.connect(self.panel.setVisible)
        actions.caret.toggled.connect(self._set_caret)
        canvas.addAction(actions.panels)

    def _connect_history(self) -> None:
        history, editor = self.panel.history, self._editor
        history.switched.connect(editor.reworking.switch)
        history.weakened.connect(editor.reworking.set_strength)
        history.deleted.connect(editor.reworking.delete)
        history.renamed.connect(editor.reworking.rename)
        history.feathered.connect(editor.reworking.set_feather)
        history.grained.connect(
            lambda number, share: editor.reworking.set_grain(number, share, self.trying.lacking(number))
        )
        history.tried.connect(self.trying.show)
        history.let_go.connect(self.trying.end)
        history.alike.connect(self._offer_candidates)
        history.rests.connect(editor.resting.show)
        editor.made_by_hand.connect(history.choose)
        editor.resting.turned_to.connect(history.chosen_one.show_rests)
        editor.resting.shown.connect(self.canvas.show_notes)
        editor.resting.told.connect(history.chosen_one.show_legend)
        history.again.connect(lambda number, model: editor.reworking.restore_again(number, model or None))
        history.varied.connect(lambda number: editor.reworking.restore_again(number, None, varied=True))
        history.sought.connect(self.canvas.seek)

    def forget(self) -> None:
        """The window closes: nothing that is still being worked out for it is shown."""
        self.panel.histogram.forget()
        self.trying.end()
        for dialog in self.findChildren(CandidatesDialog):
            dialog.reject()

    def _offer_candidates(self, number: int) -> CandidatesDialog | None:
        candidates, layers = self._editor.reworking.candidates(number, self), self._editor.layers
        if candidates is None or layers is None:
            return None
        dialog = CandidatesDialog(candidates, layers, self.panel.history.called(number), self)
        dialog.open()
        return dialog

    def _connect_finding(self, actions: Actions) -> None:
        finding, canvas = self._editor.finding, self.canvas

        def show() -> None:
            canvas.choosing = finding.active
            if finding.active:
                actions.panels.setChecked(True)

        def show_choice() -> None:
            choice = finding.choice
            if choice is None:
                canvas.show_found(None, None)
            else:
                canvas.show_found(choice.found, choice.left_out)

        finding.changed.connect(show)
        finding.chosen.connect(show_choice)
        finding.sought.connect(canvas.show_frame)
        self._editor.redrawn.connect(show_choice)
        canvas.defectClicked.connect(finding.click)
        canvas.accepted.connect(finding.apply)
        canvas.turned.connect(finding.turn_here)

    def _set_caret(self, on: bool) -> None:
        self.canvas.caret.on = on
        if on:
            self.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _set_colour(self, name: str) -> None:
        self.canvas.mask_colour = QColor(MASK_COLOURS[name])
        self._show_marks_as()
        self._settings.mask_colour = name

    def _show_marks_as(self) -> None:
        self.panel.navigator.show_mask_as(overlay_colours(self.canvas.mask_colour, 0.8))

    def _set_tolerance(self, percent: int) -> None:
        self._editor.marking.tolerance = percent / 100
        self._settings.tolerance = percent

    def _set_contiguous(self, on: bool) -> None:
        self._editor.marking.contiguous = on
        self._settings.contiguous = on

    def _use(self, tool: ToolKind) -> None:
        self.canvas.tool = tool
        self.panel.tools.show_tool(tool)

    def _set_brush_size(self, size: int) -> None:
        self.canvas.brush_size = size
        self._settings.brush_size = size

    def _set_softness(self, percent: int) -> None:
        self.canvas.source.softness = percent / 100
        self._settings.softness = percent

    def _set_opacity(self, percent: int) -> None:
        self.canvas.mask_opacity = percent / 100
        self._settings.mask_opacity = percent

    def _set_grow(self, px: int) -> None:
        self._editor.grow = px
        self.canvas.grow = px
        self._settings.grow = px

    def _set_feather(self, px: int) -> None:
        self._editor.feather = px
        self._settings.feather = px

    def _set_heal(self, on: bool) -> None:
        self._editor.heal = on
        self._settings.heal = on

    # --- the document ----------------------------------------------------------------------------------------

    def _show_document(self) -> None:
        document, layers = self._editor.document, self._editor.layers
        assert document is not None
        self.canvas.show_document(document, layers)
        self.panel.compare.view.show_document(document, layers)
        self.panel.navigator.show_document(document, layers)
        self.panel.histogram.show_document(document)
        self.panel.history.show_document(document, layers)
        self.comparing.show_document(document, layers)
        self.panel.info.show_photograph(document.photograph, named=self._editor.named)

    def _refresh(self, region: Region) -> None:
        self._refresh_views(region)
        self.panel.histogram.changed()
        self.panel.history.refresh()
        self._editor.resting.refresh()

    def _refresh_views(self, region: Region) -> None:
        self.canvas.refresh(region)
        self.panel.compare.view.refresh(region)
        self.panel.navigator.refresh(region)
        self.comparing.refresh(region)

    def _look_again(self, region: Region) -> None:
        """Where nothing has changed but what is shown of it."""
        self.canvas.look_again(region)
        self.panel.compare.view.look_again(region)
        self.panel.navigator.look_again(region)
        self.comparing.look_again(region)

    def _show_turned(self) -> None:
        for view in (self.canvas, self.panel.compare.view, self.panel.navigator, self.comparing):
            view.show_turned()
        self.panel.history.show_turned()
        if self._editor.document is not None:
            self.panel.info.show_turned(self._editor.document.photograph)

    def _show_anew(self) -> None:
        for view in (self.canvas, self.panel.compare.view, self.panel.navigator, self.comparing):
            view.show_anew()

    def _show_busy(self) -> None:
        healing = self._editor.healing
        self.canvas.set_busy(healing.strokes if healing is not None else [])

    def _tell_pointer(self, at: tuple[float, float] | None) -> None:
        document = self._editor.document
        if at is None or document is None:
            self.pointerSaid.emit("")
            return
        x, y = int(at[0]), int(at[1])
        pixel = Region(x, y, x + 1, y + 1)
        if (pixel & document.bounds).empty:
            self.pointerSaid.emit("")
            return
        values = document.image.read(pixel).reshape(-1).tolist()
        before = document.original[pixel.slices].reshape(-1).tolist()
        names = (_INKS if document.photograph.inks else _CHANNELS)[len(values)]
        # both, where the picture has changed: the values of the file, not of the screen
        pairs = zip(names, before, values, strict=True)
        shown = "  ".join(
            f"{name} {_value(was)}→{_value(now)}" if was != now else f"{name} {_value(now)}" for name, was, now in pairs
        )
        self.pointerSaid.emit(f"{x}, {y}   {shown}")


def _value(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.4g}"
