"""The picture and its side panel: connects the editor, the canvas and the panels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from restorer.imaging.region import Region
from restorer.ui.canvas.canvas import Canvas
from restorer.ui.canvas.tool import Tool
from restorer.ui.panels.side_panel import SidePanel

if TYPE_CHECKING:
    from restorer.ui.actions import Actions
    from restorer.ui.editor import Editor
    from restorer.ui.settings import Settings

_CHANNELS = {1: ("",), 2: ("", "A"), 3: ("R", "G", "B"), 4: ("R", "G", "B", "A")}


class Workspace(QWidget):
    """Signals: pointerSaid(str): what is under the pointer, in the file's own values."""

    pointerSaid = Signal(str)  # noqa: N815

    def __init__(self, editor: Editor, actions: Actions, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._settings = settings
        self.canvas = Canvas()
        self.panel = SidePanel(actions)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.canvas, 1)
        layout.addWidget(self.panel)
        self._connect_canvas()
        self._connect_tools(actions)

    def _connect_canvas(self) -> None:
        editor, canvas, compare = self._editor, self.canvas, self.panel.compare.view
        editor.opened.connect(self._show_document)
        editor.refreshed.connect(self._refresh)
        editor.work_changed.connect(self._show_busy)
        canvas.strokeFinished.connect(editor.paint)
        canvas.pointerMoved.connect(self._tell_pointer)
        canvas.view_changed.connect(lambda *_: compare.follow(canvas.visible_region()))

    def _connect_tools(self, actions: Actions) -> None:
        canvas, tools, settings = self.canvas, self.panel.tools, self._settings
        for tool, action in actions.tools.items():
            action.toggled.connect(lambda on, tool=tool: self._use(tool) if on else None)
        self._use(Tool.BRUSH)
        tools.brushSizeChanged.connect(self._set_brush_size)
        canvas.brushSizeChanged.connect(tools.set_brush_size)
        tools.opacityChanged.connect(self._set_opacity)
        tools.growChanged.connect(self._set_grow)
        tools.set_brush_size(settings.brush_size)
        tools.set_opacity(settings.mask_opacity)
        tools.set_grow(settings.grow)
        actions.bigger.triggered.connect(lambda: tools.step_brush(True))
        actions.smaller.triggered.connect(lambda: tools.step_brush(False))
        actions.heal.toggled.connect(self._set_heal)
        actions.heal.setChecked(settings.heal)
        self._set_heal(settings.heal)
        actions.fit.triggered.connect(canvas.fit)
        actions.actual_size.triggered.connect(canvas.actual_size)
        actions.zoom_in.triggered.connect(canvas.zoom_in)
        actions.zoom_out.triggered.connect(canvas.zoom_out)
        actions.divider.toggled.connect(lambda on: setattr(canvas, "divider", on))
        actions.original.toggled.connect(canvas.set_showing_original)
        canvas.strokeBegun.connect(lambda: actions.original.setChecked(False))  # or it would not be seen

    def _use(self, tool: Tool) -> None:
        self.canvas.tool = tool

    def _set_brush_size(self, size: int) -> None:
        self.canvas.brush_size = size
        self._settings.brush_size = size

    def _set_opacity(self, percent: int) -> None:
        self.canvas.mask_opacity = percent / 100
        self._settings.mask_opacity = percent

    def _set_grow(self, px: int) -> None:
        self._editor.grow = px
        self.canvas.grow = px
        self._settings.grow = px

    def _set_heal(self, on: bool) -> None:
        self._editor.heal = on
        self._settings.heal = on

    # --- the document ----------------------------------------------------------------------------------------

    def _show_document(self) -> None:
        document, layers = self._editor.document, self._editor.layers
        assert document is not None
        self.canvas.show_document(document, layers)
        self.panel.compare.view.show_document(document, layers)
        self.panel.info.show_photograph(document.photograph, named=self._editor.named)

    def _refresh(self, region: Region) -> None:
        self.canvas.refresh(region)
        self.panel.compare.view.refresh(region)

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
        values = document.image.read(pixel).reshape(-1)
        shown = "  ".join(f"{name} {value}" for name, value in zip(_CHANNELS[len(values)], values, strict=True))
        self.pointerSaid.emit(f"{x}, {y}   {shown}")
