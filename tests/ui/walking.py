"""A walk through the program by one action after the other: each is noted, and much must hold after each."""

from __future__ import annotations

import functools
import hashlib
import itertools
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from acting import boxes
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule
from hypothesis.strategies import SearchStrategy
from judging import Work, is_exported, is_marked, is_saved, original_of, same, work_of
from PySide6.QtWidgets import QApplication, QDialog, QMenu
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from restorer.document.document import Document
from restorer.ui.canvas.overlay import MASK
from restorer.ui.desk import Desk
from restorer.ui.main_window import MainWindow
from restorer.ui.sentences import known

LOOK = 10
"""After so many actions all pixels are looked at."""
PATIENCE_MS = 60_000
SAID = (
    "Nothing is marked",
    "The mask is empty",
    "The mask covers the whole picture",
    "Nothing around the damage is known",
    "Too little is known around this repair",
    "The stroke is too large to be healed at once",
    "The picture changed while it was being restored",
    "Restorer ",
)
"""How the sentences begin that this picture and these actions may bring about; any other is a fault."""


@dataclass
class Place:
    """Where walks take place: the test's fixtures, and a folder for each walk."""

    qtbot: QtBot
    messages: Any
    """What Qt says; pytest-qt's `qtlog`."""
    folder: Path
    make_desk: Callable[[Path], Desk]
    make_pictures: Callable[[Path], list[Path]]
    steps: int = 0
    """Actions of all walks."""
    repaired: set[tuple[str, int, int]] = field(default_factory=set)
    """Repairs that have been there: walk, document, number."""
    reworked: int = 0
    """How often one was chosen and changed."""
    numbers: Iterator[int] = field(default_factory=itertools.count)
    here: Path = Path()
    """The folder of the walk that goes on."""


@dataclass(eq=False)
class Seat:
    """One window, its document, and what was written of it when it was."""

    window: MainWindow
    document: Document
    original: str
    saving: Work | None = None
    exporting: Work | None = None
    exporting_mask: Work | None = None


def does(often: int = 1, **choices: SearchStrategy[Any]) -> Callable[[Callable[..., object]], Callable[..., None]]:
    """An action that is noted with what was chosen for it, and after which all must hold.

    It is taken so much more `often` than others.  What is chosen must not depend on what has happened: threads are at
    work, and the walk could not be repeated.
    """

    def made(act: Callable[..., object]) -> Callable[..., None]:
        @functools.wraps(act)
        def step(walk: Walk, **chosen: object) -> None:
            walk.take(act, chosen)

        step.often, step.choices = often, st.fixed_dictionaries(choices)  # type: ignore[attr-defined]
        return step

    return made


class Walk(RuleBasedStateMachine):
    """The state of a walk, and what always holds; the actions are its subclasses'."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place, self.qtbot = place, place.qtbot
        self.folder = place.here = place.folder / f"walk-{next(place.numbers)}"
        self.folder.mkdir()
        self.steps: list[str] = []
        self.broken = False
        self.written: list[Callable[[], None]] = []
        """Checks of files that have been written since the last action."""
        self.projects: dict[Path, Work] = {}
        """What each saved project must hold."""
        self.expected: set[str] = set()
        """How further sentences begin that this action may bring about."""
        self._exceptions = capture_exceptions()
        self.exceptions = self._exceptions.__enter__()
        self.logged: list[str] = []
        self._log = logging.Handler(logging.ERROR)
        self._log.emit = lambda record: self.logged.append(record.getMessage())  # type: ignore[method-assign]
        logging.getLogger("restorer").addHandler(self._log)
        self.pictures = place.make_pictures(self.folder)
        self.desk = place.make_desk(self.folder)
        self.seats: list[Seat] = []
        self.desk.new_window().open_all([self.pictures[0]])
        self.sit_down()

    @rule(data=st.data())
    def act(self, data: st.DataObject) -> None:
        """One rule for all: of several, hypothesis would leave out most in each walk, and take the others alike."""
        acts = {name: each for name in dir(type(self)) if hasattr(each := getattr(type(self), name), "often")}
        often = [name for name, each in acts.items() for _ in range(each.often)]
        name = data.draw(st.sampled_from(sorted(often, key=lambda name: -acts[name].often)))
        getattr(self, name)(**data.draw(acts[name].choices))

    # --- one action --------------------------------------------------------------------------------------------

    def take(self, act: Callable[..., object], chosen: dict[str, object]) -> None:
        self.steps.append(json.dumps([act.__name__, chosen], ensure_ascii=False))
        self.place.steps += 1
        try:
            act(self, **chosen)
            self.finish(everything=len(self.steps) % LOOK == 0)
        except BaseException:
            self.broken = True
            print("To repeat it: write these lines to a file, and run pytest with RESTORER_MONKEY_STEPS=FILE")
            print("\n".join(self.steps))
            raise

    def repeat(self, lines: Iterable[str]) -> None:
        """The noted actions of another walk."""
        for line in lines:
            name, chosen = json.loads(line)
            getattr(self, name)(**chosen)

    def waits(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def finish(self, *, everything: bool) -> None:
        self.close_dialogs()
        self.expected = set()
        while self.written:
            self.written.pop(0)()
        bad = [
            each.message for each in self.place.messages.records if each.matches_level("WARNING") and not each.ignored
        ]
        assert not bad
        assert not self.exceptions, self.exceptions
        assert not self.logged, self.logged
        for seat in self.seats:
            self.check(seat, everything=everything)

    def close_dialogs(self) -> None:
        for box in boxes():
            text = box.text()
            box.close()
            assert not box.isVisible(), text
            self.hear(text)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QDialog | QMenu) and widget.isVisible():
                widget.close()

    def hear(self, text: str) -> None:
        """A sentence in a box is one that may be, and the window can say it in Chinese."""
        assert text.startswith((*SAID, *self.expected)), text
        assert known(text) or text.startswith("Restorer ") or text.startswith(tuple(self.expected)), text

    # --- windows -----------------------------------------------------------------------------------------------

    @property
    def seat(self) -> Seat:
        """The window that is used."""
        return self.seats[-1]

    @property
    def window(self) -> MainWindow:
        return self.seat.window

    @property
    def document(self) -> Document:
        return self.seat.document

    def sit_down(self) -> Seat:
        """At the window that was opened last, as soon as its picture is there."""
        window = self.desk.windows[-1]
        self.waits(lambda: window.editor.document is not None)
        document = window.editor.document
        assert document is not None
        window.resize(900, 620)
        window.workspace.panel.tools.set_brush_size(8)
        seat = Seat(window, document, hashlib.sha256(document.original.tobytes()).hexdigest())
        keeping, output = window.editor.keeping, window.editor.output
        keeping.changed.connect(lambda: self._saving(seat))
        keeping.saved.connect(lambda path: self._saved(seat, path))
        output.changed.connect(lambda: self._exporting(seat))
        output.exported.connect(lambda path, proof: self._exported(seat, path, proof))
        output.mask_exported.connect(lambda path: self._mask_exported(seat, path))
        self.seats.append(seat)
        window.actions_.heal.setChecked(len(self.seats) % 2 == 1)
        window.activateWindow()
        window.workspace.canvas.setFocus()
        return seat

    def stand_up(self) -> None:
        """From windows that are closed."""
        self.seats = [seat for seat in self.seats if seat.window in self.desk.windows]

    def _saving(self, seat: Seat) -> None:
        if seat.window.editor.keeping.writing:
            seat.saving = work_of(seat.document)

    def _saved(self, seat: Seat, path: Path) -> None:
        work = seat.saving
        assert work is not None
        self.projects[path] = work
        self.written.append(lambda: self._replaced(path, work) or is_saved(path, work))

    def _replaced(self, path: Path, work: Work) -> bool:
        """Has it been saved again meanwhile, or is it just being?"""
        return self.projects[path] is not work or any(seat.window.editor.keeping.writing for seat in self.seats)

    def _exporting(self, seat: Seat) -> None:
        output = seat.window.editor.output
        if output.exporting and seat.exporting is None:
            seat.exporting = work_of(seat.document)
        if output.exporting_mask and seat.exporting_mask is None:
            seat.exporting_mask = work_of(seat.document)

    def _exported(self, seat: Seat, path: Path, proof: Any) -> None:
        work, seat.exporting = seat.exporting, None
        assert work is not None
        self.written.append(lambda: is_exported(path, work, proof))

    def _mask_exported(self, seat: Seat, path: Path) -> None:
        work, seat.exporting_mask = seat.exporting_mask, None
        assert work is not None
        self.written.append(lambda: is_marked(path, work.marks))

    # --- what always holds -------------------------------------------------------------------------------------

    def check(self, seat: Seat, *, everything: bool) -> None:
        document, window = seat.document, seat.window
        assert window.editor.document is document
        finding, begun = window.editor.finding, window.workspace.canvas.active
        assert window.actions_.undo.isEnabled() == (begun or finding.can_undo or document.history.can_undo)
        assert window.actions_.redo.isEnabled() == (finding.can_redo or document.history.can_redo)
        numbers = [repair.number for repair in document.repairs]
        self.place.repaired |= {(self.folder.name, id(document), number) for number in numbers}
        assert len(numbers) == len(set(numbers))
        assert window.workspace.panel.history.list.count() == len(numbers)
        assert window.isWindowModified() == window.editor.unsaved
        if not everything:
            return
        work = work_of(document)
        assert document.mask.sum() == work.marks.sum()
        assert document.marked == bool(work.marks.any())
        assert (work.pixels[~work.asked] == document.original[~work.asked]).all()
        assert hashlib.sha256(document.original.tobytes()).hexdigest() == seat.original
        layers = window.editor.layers
        assert layers is not None
        assert (layers.after.read(0, document.bounds) == layers.as_seen(work.pixels)).all()
        if not window.editor.working and not window.editor.finding.active and not layers.overlay.painting:
            assert ((layers.overlay.pyramid.read(0, document.bounds) == MASK) == work.marks).all()

    def settle(self, seat: Seat) -> None:
        """Until nothing is at work any more, and nothing half drawn."""
        editor = seat.window.editor
        seat.window.workspace.canvas._pointer.end()
        editor.cancel()
        self.waits(lambda: not editor.working and not editor.writing)
        self.finish(everything=True)

    def undo_all(self, seat: Seat) -> None:
        """Back to the original, and forth again."""
        self.settle(seat)
        editor, document = seat.window.editor, seat.document
        work, steps = work_of(document), 0
        while document.history.can_undo:
            editor.undo()
            editor.cancel()
            steps += 1
        self.check(seat, everything=True)
        assert (document.image.read(document.bounds) == original_of(document.source.path)).all()
        assert not document.marked
        assert document.repairs == ()
        assert document.photograph.turned == 1
        for _ in range(steps):
            editor.redo()
        assert same(work_of(document), work, steps=False)
        self.check(seat, everything=True)

    def teardown(self) -> None:
        try:
            if not self.broken:
                for seat in self.seats:
                    self.undo_all(seat)
                for path, work in self.projects.items():
                    is_saved(path, work)
        finally:
            for box in boxes():
                box.close()
            for window in list(self.desk.windows):
                self.waits(lambda window=window: not window.editor.writing)
                window._discard()
            self.desk.stop()
            self.desk.theme.deleteLater()
            QApplication.processEvents()
            logging.getLogger("restorer").removeHandler(self._log)
            self._exceptions.__exit__(None, None, None)
