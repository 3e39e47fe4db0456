"""What hands do at the picture and the side panel, without a plan."""

from __future__ import annotations

from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QMouseEvent, QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from walking import Walk, does

from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.dialogs.candidates_dialog import CandidatesDialog

NONE = Qt.KeyboardModifier.NoModifier
HELD = {"": NONE, "shift": Qt.KeyboardModifier.ShiftModifier, "alt": Qt.KeyboardModifier.AltModifier}
BUTTONS = {"left": Qt.MouseButton.LeftButton, "middle": Qt.MouseButton.MiddleButton}
ASKING = ("open", "paste", "import_mask", "export_mask", "export", "save", "save_as", "close", "quit", "report",
          "adapt", "tour", "batch", "panels", "copy")  # fmt: skip
"""Commands that ask for files, leave the window, or hide what the walk holds on to; some are actions of their own."""
COMMANDS = (
    "undo", "redo", "clear_mask", "grow_marks", "shrink_marks", "smooth_marks", "invert_marks", "rotate_right",
    "rotate_left", "flip_across", "flip_down", "settings", "clone_source", "subtract", "bigger", "smaller", "heal",
    "restore", "cancel", "find_damage", "find_infrared", "next_defect", "previous_defect", "fit", "actual_size",
    "zoom_in", "zoom_out", "divider", "divider_level", "side_by_side", "blink", "loupe", "changes", "original",
    "next_part", "caret", "palette", "help", "keys", "about", "page",
)  # fmt: skip
KEYS = ("Left", "Up", "Right", "Down", "Space", "Escape", "Return", "Backspace", "Delete", "Plus", "Minus", "X", "F6")

held = st.sampled_from(["", "", "", "shift", "alt"])
place = st.tuples(st.integers(-1, 101), st.integers(-1, 101))
"""On the canvas, in hundredths of it, or a little beside."""
way = st.lists(st.tuples(st.integers(-60, 60), st.integers(-60, 60)), max_size=4)
"""Of a pointer that is down, px from event to event."""
percent = st.integers(0, 100)


class UsingTools(Walk):
    """Pointer, pen, wheel, keys, commands, sliders, the list of repairs, and what was found."""

    # --- the pointer -------------------------------------------------------------------------------------------

    def _at(self, part: tuple[int, int]) -> QPoint:
        canvas = self.window.workspace.canvas
        return QPoint(round(part[0] * canvas.width() / 100), round(part[1] * canvas.height() / 100))

    def _send(self, kind: QEvent.Type, at: QPoint, held: str, button: Qt.MouseButton) -> None:
        canvas, local = self.window.workspace.canvas, QPointF(at)
        moving, up = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
        pressed = Qt.MouseButton.NoButton if up else button
        acting = Qt.MouseButton.NoButton if moving else button
        QApplication.sendEvent(canvas, QMouseEvent(kind, local, canvas.mapToGlobal(local), acting, pressed, HELD[held]))

    def _drag(self, start: tuple[int, int], way: list[tuple[int, int]], held: str, button: str, meanwhile: str) -> None:
        at, pressed = self._at(start), BUTTONS[button]
        self._send(QEvent.Type.MouseMove, at, held, Qt.MouseButton.NoButton)
        self._send(QEvent.Type.MouseButtonPress, at, held, pressed)
        for x, y in way:
            at = at + QPoint(x, y)
            self._send(QEvent.Type.MouseMove, at, held, pressed)
        if meanwhile:
            self._command(meanwhile)
        self._send(QEvent.Type.MouseButtonRelease, at, held, pressed)

    @does(
        12, tool=st.sampled_from(["BRUSH", "LINE", "RECTANGLE", *(kind.name for kind in ToolKind)]), start=place,
        way=way, held=held, wait=st.booleans(),
    )  # fmt: skip
    def stroke(
        self, tool: str, start: tuple[int, int], way: list[tuple[int, int]], held: str, wait: bool = False
    ) -> None:
        """Perhaps not among what was found, and waiting for what comes of it."""
        if wait and self.window.editor.finding.active:
            self.window.workspace.panel.finding.leave.click()
        self.window.actions_.tools[ToolKind[tool]].trigger()
        self._drag(start, way, held, "left", "")
        if wait:
            self.waits(lambda: not self.window.editor.working)

    @does(4, start=place, way=way, held=held)
    def another_stroke(self, start: tuple[int, int], way: list[tuple[int, int]], held: str) -> None:
        """With the same tool, or the handles of what was drawn last."""
        self._drag(start, way, held, "left", "")

    @does(
        start=place, way=way, button=st.sampled_from(["left", "middle"]), twice=st.booleans(),
        meanwhile=st.sampled_from(["", *COMMANDS]),
    )  # fmt: skip
    def odd_stroke(
        self, start: tuple[int, int], way: list[tuple[int, int]], button: str, twice: bool, meanwhile: str
    ) -> None:
        """During which something else is asked for, or with another button, or ended by a double click."""
        self._drag(start, way, "", button, meanwhile)
        if twice:
            QTest.mouseDClick(self.window.workspace.canvas, BUTTONS["left"], NONE, self._at(start))

    @does(start=place, way=way, eraser=st.booleans())
    def pen(self, start: tuple[int, int], way: list[tuple[int, int]], eraser: bool) -> None:
        """Pressing harder and harder."""
        canvas, at = self.window.workspace.canvas, self._at(start)
        end = QPointingDevice.PointerType.Eraser if eraser else QPointingDevice.PointerType.Pen
        able = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        device = QPointingDevice("pen", 78, QInputDevice.DeviceType.Stylus, end, able, 1, 3)
        move, press, release = QEvent.Type.TabletMove, QEvent.Type.TabletPress, QEvent.Type.TabletRelease
        kinds = [press, *[move] * len(way), release]
        for number, kind in enumerate(kinds):
            at = at + QPoint(*way[number - 1]) if kind == move else at
            local, up = QPointF(at), kind == release
            acting = Qt.MouseButton.NoButton if kind == move else BUTTONS["left"]
            pressed = Qt.MouseButton.NoButton if up else BUTTONS["left"]
            force = 0.0 if up else (number + 1) / len(kinds)
            sent = QTabletEvent(
                kind, device, local, canvas.mapToGlobal(local), force, 0.0, 0.0, 0.0, 0.0, 0.0, NONE, acting, pressed
            )
            QApplication.sendEvent(canvas, sent)

    @does(at=place)
    def hover(self, at: tuple[int, int]) -> None:
        self._send(QEvent.Type.MouseMove, self._at(at), "", Qt.MouseButton.NoButton)

    @does(at=place, turn=st.sampled_from([-240, -120, 120, 240]), held=held)
    def wheel(self, at: tuple[int, int], turn: int, held: str) -> None:
        canvas, local = self.window.workspace.canvas, QPointF(self._at(at))
        event = QWheelEvent(
            local, canvas.mapToGlobal(local), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, HELD[held],
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)

    # --- keys and commands -------------------------------------------------------------------------------------

    @does(key=st.sampled_from(KEYS), held=held)
    def key(self, key: str, held: str) -> None:
        QTest.keyClick(self.window.workspace.canvas, Qt.Key[f"Key_{key}"], HELD[held])

    def _command(self, name: str) -> None:
        action = self.window.actions_.named[name]
        if action.isEnabled():
            action.trigger()

    @does(4)
    def restore(self) -> None:
        self._command("restore")
        self.waits(lambda: not self.window.editor.working)

    @does(5, name=st.sampled_from(COMMANDS))
    def command(self, name: str) -> None:
        self._command(name)

    @does(name=st.sampled_from(COMMANDS))
    def shortcut(self, name: str) -> None:
        """By its keys, wherever the keyboard is; those of a disabled command go to whoever else wants them."""
        shortcuts = self.window.actions_.named[name].shortcuts()
        if shortcuts:
            QTest.keySequence(QApplication.focusWidget() or self.window, shortcuts[0])

    @does(2, ways=st.lists(st.booleans(), min_size=1, max_size=6))
    def undo(self, ways: list[bool]) -> None:
        for back in ways:
            (self.window.actions_.undo if back else self.window.actions_.redo).trigger()

    @does(ms=st.integers(0, 60))
    def wait(self, ms: int) -> None:
        self.qtbot.wait(ms)

    # --- the side panel ----------------------------------------------------------------------------------------

    @does(2, which=st.integers(0, 5), value=percent)
    def slider(self, which: int, value: int) -> None:
        tools = self.window.workspace.panel.tools
        slider = (
            tools.size_slider, tools.opacity_slider, tools.grow_slider, tools.tolerance_slider, tools.softness_slider,
            tools.feather_slider,
        )[which]  # fmt: skip
        slider.setValue(slider.minimum() + value * (slider.maximum() - slider.minimum()) // 100)
        if tools._size > 60:
            tools.set_brush_size(1 + value % 60)

    @does(colour=st.integers(0, 4), contiguous=st.booleans())
    def marks_look(self, colour: int, contiguous: bool) -> None:
        tools = self.window.workspace.panel.tools
        tools.colour.setCurrentIndex(colour)
        tools.contiguous.setChecked(contiguous)

    @does(
        8, row=percent, what=st.sampled_from(["switch", "strength", "feather", "grain", "rename", "delete", "again",
        "varied", "rests"]), value=percent, text=st.sampled_from(["a", "left crease", ""]),
    )  # fmt: skip
    def repair(self, row: int, what: str, value: int, text: str) -> None:
        history = self.window.workspace.panel.history
        if not history.list.count():
            return
        self.place.reworked += 1
        history.list.setCurrentRow(row % history.list.count())
        one, item = history.chosen_one, history.list.currentItem()
        match what:
            case "switch":
                on = item.checkState() == Qt.CheckState.Checked
                item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
            case "strength" | "grain":
                (one.strength if what == "strength" else one.grain).setValue(value)
            case "feather":
                one.feather.setValue(value % (one.feather.maximum() + 1))
            case "rename":
                one.name.setFocus()
                one.name.selectAll()
                QTest.keyClicks(one.name, text)
                QTest.keyClick(one.name, Qt.Key.Key_Return)
                self.window.workspace.canvas.setFocus()
            case "delete":
                if value < 40:
                    one.delete.click()
            case "again":
                one.again.emit("patches" if value < 50 else "")
            case "varied":
                one.varied.emit()
            case _:
                one.showing.setCurrentIndex(value % 3)

    @does(2, row=percent, wait=st.integers(0, 300), which=st.integers(0, 3))
    def candidates(self, row: int, wait: int, which: int) -> None:
        history = self.window.workspace.panel.history
        if not history.list.count():
            return
        history.list.setCurrentRow(row % history.list.count())
        history.chosen_one.more.click()
        for dialog in [each for each in self.window.findChildren(CandidatesDialog) if each.isVisible()]:
            self.qtbot.wait(wait)
            dialog.choose(which)

    @does(
        2, sensitivity=percent, kinds=st.lists(st.booleans(), min_size=4, max_size=4), single=st.booleans(),
        clicks=st.lists(place, max_size=3), end=st.sampled_from(["mark", "restore", "leave", "stay", "at once"]),
    )  # fmt: skip
    def find(self, sensitivity: int, kinds: list[bool], single: bool, clicks: list[tuple[int, int]], end: str) -> None:
        """Damage, and choose what of it is to be marked."""
        window = self.window
        finding, panel, actions = window.editor.finding, window.workspace.panel.finding, window.actions_
        actions.find_damage.trigger()
        if end != "at once":
            self.waits(lambda: not finding.searching)
        panel.sensitivity.setValue(sensitivity)
        for box, on in zip(panel.kinds.values(), kinds, strict=True):
            box.setChecked(on)
        panel.single.setChecked(single)
        for at in clicks:
            self._drag(at, [], "", "left", "next_defect")
        match end:
            case "mark":
                panel.apply.click()
            case "restore":
                actions.restore.trigger()
            case "leave":
                panel.leave.click()
