"""A person without a plan: random, seeded actions by mouse, keys and commands, with the workers running.

`RESTORER_MONKEY=3000 RESTORER_MONKEY_SEED=7 pytest tests/ui/test_monkey.py` walks longer, and another way;
`RESTORER_MONKEY_NETWORK=1` lets the real network fill.
"""

from __future__ import annotations

import hashlib
import os
import random
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from acting import boxes, open_in
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.qtbot import QtBot

from restorer import bundled
from restorer.document import journal
from restorer.document.manifest import asked_for
from restorer.engine.copying import Copier
from restorer.ui import thumbnails
from restorer.ui.canvas.overlay import MASK
from restorer.ui.desk import Desk
from restorer.ui.dialogs.candidates_dialog import CandidatesDialog
from restorer.ui.engine import Engine
from restorer.ui.main_window import MainWindow
from restorer.ui.sentences import known
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

LENGTH = int(os.environ.get("RESTORER_MONKEY", "250"))
SEED = int(os.environ.get("RESTORER_MONKEY_SEED", "1"))
LOOK = 25
"""Every so many actions all pixels are looked at."""
LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
HELD = (NONE, NONE, NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier)
ASKING = ("open", "paste", "import_mask", "export_mask", "export", "save", "save_as", "close", "quit", "report",
          "adapt", "tour", "batch", "panels")  # fmt: skip
"""Commands that ask for files, leave the window, or hide what the monkey holds on to."""
KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape,
        Qt.Key.Key_Return, Qt.Key.Key_Backspace, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_X)  # fmt: skip


class Monkey:
    """Acts on one window; `walk` tells what it has done when something is wrong."""

    def __init__(self, window: MainWindow, qtbot: QtBot, seed: int) -> None:
        self.window, self.qtbot, self.chance = window, qtbot, random.Random(seed)
        self.done: deque[str] = deque(maxlen=25)
        document = window.editor.document
        assert document is not None
        self.document = document
        self.original = hashlib.sha256(document.original.tobytes()).hexdigest()
        self.said: set[str] = set()
        self.ways: list[Callable[[], str]] = [
            *[self.stroke] * 8, *[self.command] * 6, *[self.repair] * 4, self.key, self.wheel, self.wait, self.undo,
            self.slider, self.candidates, self.hover,
        ]  # fmt: skip

    def walk(self, length: int) -> None:
        for step in range(length):
            way = self.chance.choice(self.ways)
            self.done.append(way.__name__)
            try:
                self.done[-1] = f"{step} {way.__name__} {way()}"
                self.close_dialogs()
                self.check(everything=step % LOOK == LOOK - 1)
            except BaseException:
                print("\n".join(self.done))
                raise

    # --- what it does ----------------------------------------------------------------------------------------

    def place(self) -> QPoint:
        """On the canvas, or a little beside."""
        canvas = self.window.workspace.canvas
        return QPoint(self.chance.randint(-5, canvas.width() + 5), self.chance.randint(-5, canvas.height() + 5))

    def send(self, kind: QEvent.Type, place: QPoint, held: Qt.KeyboardModifier, button: Qt.MouseButton = LEFT) -> None:
        canvas, local = self.window.workspace.canvas, QPointF(place)
        moving, up = kind == QEvent.Type.MouseMove, kind == QEvent.Type.MouseButtonRelease
        pressed = Qt.MouseButton.NoButton if up else button
        acting = Qt.MouseButton.NoButton if moving else button
        QApplication.sendEvent(canvas, QMouseEvent(kind, local, canvas.mapToGlobal(local), acting, pressed, held))

    def stroke(self) -> str:
        held = self.chance.choice(HELD)
        button = self.chance.choice((LEFT, LEFT, LEFT, LEFT, Qt.MouseButton.MiddleButton))
        start = self.place()
        self.send(QEvent.Type.MouseMove, start, held, Qt.MouseButton.NoButton)
        self.send(QEvent.Type.MouseButtonPress, start, held, button)
        for _ in range(self.chance.randint(0, 4)):
            step = QPoint(self.chance.randint(-60, 60), self.chance.randint(-60, 60))
            start = start + step if self.chance.random() < 0.9 else self.place()
            self.send(QEvent.Type.MouseMove, start, held, button)
            if self.chance.random() < 0.05:
                self.command()
        self.send(QEvent.Type.MouseButtonRelease, start, held, button)
        if self.chance.random() < 0.1:
            QTest.mouseDClick(self.window.workspace.canvas, LEFT, held, start)
        return f"{self.window.workspace.canvas.tool} {held} {button}"

    def hover(self) -> str:
        self.send(QEvent.Type.MouseMove, self.place(), NONE, Qt.MouseButton.NoButton)
        return ""

    def command(self) -> str:
        named = self.window.actions_.named
        tools = [name for name, action in named.items() if action in self.window.actions_.tools.values()]
        others = [name for name in named if name not in (*ASKING, *tools)]
        name = self.chance.choice(tools if self.chance.random() < 0.5 else others)
        if named[name].isEnabled():
            named[name].trigger()
        return name

    def undo(self) -> str:
        times = self.chance.randint(1, 6)
        for _ in range(times):
            self.chance.choice((self.window.actions_.undo, self.window.actions_.redo)).trigger()
        return str(times)

    def key(self) -> str:
        key, held = self.chance.choice(KEYS), self.chance.choice(HELD)
        QTest.keyClick(self.window.workspace.canvas, key, held)
        return f"{key} {held}"

    def wheel(self) -> str:
        canvas, place = self.window.workspace.canvas, QPointF(self.place())
        turn, held = self.chance.choice((-240, -120, 120, 240)), self.chance.choice(HELD)
        event = QWheelEvent(
            place, canvas.mapToGlobal(place), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton, held,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)
        return f"{turn}"

    def wait(self) -> str:
        self.qtbot.wait(self.chance.randint(0, 30))
        return ""

    def slider(self) -> str:
        tools = self.window.workspace.panel.tools
        slider = self.chance.choice(
            (tools.size_slider, tools.opacity_slider, tools.grow_slider, tools.tolerance_slider, tools.softness_slider)
        )
        slider.setValue(self.chance.randint(slider.minimum(), slider.maximum()))
        if tools._size > 60:
            tools.set_brush_size(self.chance.randint(1, 60))
        return f"{slider.accessibleName()} {slider.value()}"

    def repair(self) -> str:
        history = self.window.workspace.panel.history
        if not history.list.count():
            return "none"
        history.list.setCurrentRow(self.chance.randrange(history.list.count()))
        one = history.chosen_one
        what = self.chance.choice(("switch", "strength", "grain", "rename", "delete", "again", "varied", "rests"))
        if what == "switch":
            item = history.list.currentItem()
            on = item.checkState() == Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        elif what in ("strength", "grain"):
            (one.strength if what == "strength" else one.grain).setValue(self.chance.randint(0, 100))
        elif what == "rename":
            one.name.setFocus()
            QTest.keyClicks(one.name, self.chance.choice(("a", "left crease", "")))
            QTest.keyClick(one.name, Qt.Key.Key_Return)
            self.window.workspace.canvas.setFocus()
        elif what == "delete" and self.chance.random() < 0.4:
            one.delete.click()
        elif what == "again":
            one.again.emit(self.chance.choice(("", "patches")))
        elif what == "varied":
            one.varied.emit()
        else:
            one.showing.setCurrentIndex(self.chance.randrange(3))
        return what

    def candidates(self) -> str:
        one = self.window.workspace.panel.history.chosen_one
        if not one.isVisible():
            return "none"
        one.more.click()
        for dialog in [each for each in self.window.findChildren(CandidatesDialog) if each.isVisible()]:
            if self.chance.random() < 0.7:
                self.qtbot.wait(self.chance.randint(0, 200))
            dialog.choose(self.chance.randrange(4))
        return ""

    # --- what always holds -----------------------------------------------------------------------------------

    def close_dialogs(self) -> None:
        for box in boxes():
            text = box.text()
            assert known(text) or text.startswith("Restorer "), text
            self.said.add(text)
            box.close()
        for dialog in QApplication.topLevelWidgets():
            if isinstance(dialog, QDialog | QMenu) and dialog.isVisible():
                dialog.close()

    def check(self, *, everything: bool) -> None:
        document, window = self.document, self.window
        assert window.editor.document is document
        assert window.actions_.undo.isEnabled() == document.history.can_undo
        numbers = [repair.number for repair in document.repairs]
        assert len(numbers) == len(set(numbers))
        assert window.workspace.panel.history.list.count() == len(numbers)
        if not everything:
            return
        mask = np.asarray(document.mask)
        assert mask.sum() == document.mask.sum()
        assert document.marked == bool(mask.any())
        pixels = document.image.read(document.bounds)
        outside = ~np.asarray(asked_for(document.repairs, document.mask.shape))
        assert (pixels[outside] == document.original[outside]).all()
        layers = window.editor.layers
        assert layers is not None
        assert (layers.after.read(0, document.bounds) == layers.as_seen(pixels)).all()
        if not window.editor.working and not window.editor.finding.active and not layers.overlay.painting:
            assert ((layers.overlay.pyramid.read(0, document.bounds) == MASK) == mask).all()
        assert hashlib.sha256(document.original.tobytes()).hexdigest() == self.original


@pytest.fixture
def jungle(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[MainWindow]:
    monkeypatch.setattr(thumbnails, "folder", lambda: tmp_path / "thumbnails")
    monkeypatch.setattr(journal, "state_folder", lambda: tmp_path / "journals")
    part = cv2.imread(str(bundled.resources() / "samples" / "colosseum.jpg"))[300:460, 500:720]
    path = tmp_path / "part.png"
    assert cv2.imwrite(str(path), part)
    engine = Engine(None if os.environ.get("RESTORER_MONKEY_NETWORK") else lambda _choice: Copier())
    engine.threads = 1
    desk = Desk(Settings(tmp_path / "restorer.ini"), Theme(qapp, "light"), engine)
    window = desk.new_window()
    window.resize(900, 620)
    open_in(window, path, qtbot)
    window.workspace.panel.tools.set_brush_size(8)
    yield window
    for each in list(desk.windows):
        each._discard()
    desk.stop()
    desk.theme.deleteLater()
    qapp.processEvents()


def test_whatever_is_done_nothing_breaks_and_all_can_be_undone(jungle: MainWindow, qtbot: QtBot) -> None:
    monkey = Monkey(jungle, qtbot, SEED)
    monkey.walk(LENGTH)
    jungle.actions_.cancel.trigger()
    qtbot.waitUntil(lambda: not jungle.editor.working, timeout=60000)
    jungle.workspace.canvas._pointer.end()
    monkey.close_dialogs()
    monkey.check(everything=True)
    document = monkey.document
    assert document.history.can_undo
    final, marks = document.image.read(document.bounds), np.asarray(document.mask).copy()
    steps = 0
    while document.history.can_undo:
        jungle.editor.undo()
        steps += 1
        if jungle.editor.working:
            jungle.editor.cancel()
    monkey.check(everything=True)
    assert (document.image.read(document.bounds) == document.original).all()
    assert not document.marked
    assert document.repairs == ()
    for _ in range(steps):
        jungle.editor.redo()
    assert (document.image.read(document.bounds) == final).all()
    assert (np.asarray(document.mask) == marks).all()
