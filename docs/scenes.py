"""The states of the program that make_screenshots.py takes pictures of, each brought about as a person would."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtTest import QTest

from restorer.document.document import Document
from restorer.ui import opening, thumbnails
from restorer.ui.desk import Desk
from restorer.ui.engine import Engine
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QDialog, QWidget

    from restorer.ui.batch.batch_window import BatchWindow

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
LARGE = 6000, 4000
"""Px of the large scan."""


class Stage:
    """A desk with one window, for one state.

    Args:
        engine: shared by all states, so that torch and the weights are loaded once.
        folder: for what this state reads and writes.
        size: of the window, in points.
    """

    def __init__(self, application: QApplication, engine: Engine, folder: Path, size: tuple[int, int]) -> None:
        self.folder = folder
        self.settings = Settings(folder / "restorer.ini")
        self.settings.tour_seen = True
        self.settings.folder = folder
        self.theme = Theme(application, "light")
        self.desk = Desk(self.settings, self.theme, engine)
        self.held = Event()
        """Lets go what a state holds up."""
        self._undo: list[Callable[[], None]] = []
        self.window = self.desk.new_window()
        self.window.resize(*size)
        self.shown: QWidget = self.window
        wait(300)

    def set(self, name: str) -> None:
        SCENES[name](self)
        wait(250)

    def strike(self) -> None:
        """Everything away."""
        for window in self.desk.windows:
            window.editor.cancel()
        self.held.set()
        for undo in self._undo:
            undo()
        if self.desk.batch is not None:
            self.desk.batch.stop()
            self.desk.batch.hide()
            self.desk.batch.deleteLater()
        for window in list(self.desk.windows):
            window._discard()
        self.replace(self.desk.engine, "stop", lambda: None)  # it goes on with the next state
        self.desk.stop()
        self._undo.pop()()
        self.theme.deleteLater()
        wait(50)

    # --- what a person does --------------------------------------------------------------------------------------

    def open_sample(self, name: str = "colosseum") -> None:
        samples = {sample.path.stem: sample for sample in opening.samples()}
        self.window.open_sample(samples[name])
        until(lambda: self.window.editor.document is not None)

    def open_scan(self) -> None:
        self.window.open_all([large_scan(self.folder)])
        until(lambda: self.window.editor.document is not None)

    def restore(self) -> None:
        self.window.editor.restore()
        until(lambda: not self.window.editor.working)

    def restored(self) -> None:
        """The sample, restored; if it is not already."""
        document = self.window.editor.document
        if document is None:
            self.open_sample()
            self.restore()

    def choose_repair(self) -> None:
        """A crack restored by itself, and chosen; the panel shows the repairs alone."""
        window = self.window
        if window.editor.document is not None and len(window.editor.document.repairs) == 2:
            return
        until(lambda: bool(window.editor._engine.models))
        self.restored()
        panel, canvas = window.workspace.panel, window.workspace.canvas
        panel.tools.set_brush_size(22)
        canvas.actual_size()
        window.actions_.heal.setChecked(True)
        self.stroke((-90, 30), (40, -30))
        document = window.editor.document
        until(lambda: not window.editor.working and document is not None and len(document.repairs) == 2)
        for key in ("navigator", "compare", "marking", "photograph"):
            panel.sections[key].heading.setChecked(False)
        panel.history.list.setCurrentRow(0)

    def stroke(self, *places: tuple[int, int]) -> None:
        """With the mouse, through places that are counted from the middle of the canvas."""
        canvas = self.window.workspace.canvas
        middle = canvas.rect().center()
        QTest.mousePress(canvas, LEFT, NONE, middle + QPoint(*places[0]))
        for place in places[1:]:
            QTest.mouseMove(canvas, middle + QPoint(*place))
        QTest.mouseRelease(canvas, LEFT, NONE, middle + QPoint(*places[-1]))

    def find(self) -> None:
        finding = self.window.editor.finding
        until(lambda: finding.possible)
        self.window.actions_.find_damage.trigger()
        until(lambda: finding.active and finding.choice is not None)

    def dialog(self, kind: type[QDialog]) -> QDialog:
        return next(each for each in self.window.findChildren(kind) if each.isVisible())

    def replace(self, owner: object, name: str, value: object) -> None:
        """For the length of this state."""
        before = getattr(owner, name)
        self._undo.append(lambda: setattr(owner, name, before))
        setattr(owner, name, value)


# --- before a photograph is open -----------------------------------------------------------------------------------


def _first_start(stage: Stage) -> None:
    stage.settings.tour_seen = False
    stage.window.start.tour.show()


def _recent(stage: Stage) -> None:
    for number, sample in enumerate(opening.samples()):
        copy = stage.folder / f"album-1931-{number + 1:02}{sample.path.suffix}"
        shutil.copy(sample.path, copy)
        stage.settings.remember(copy)
        thumbnails.keep(copy, Document.open(copy))
    stage.window.show_recent(stage.settings.recent)
    wait(1500)


def _tour(stage: Stage) -> None:
    stage.window.start.tourTaken.emit()
    until(lambda: stage.window.tour.at == 0)
    stage.window.tour.go_on()


def _opening(stage: Stage) -> None:
    scan, real = large_scan(stage.folder), opening.opened

    def slowly(*args: object, **named: object) -> opening.Opened:
        answer = real(*args, **named)  # type: ignore[arg-type]
        stage.held.wait()  # a disk that is slow
        return answer

    stage.replace(opening, "opened", slowly)
    stage.window.open_all([scan])
    until(lambda: stage.window.editor.busy_opening)
    wait(1200)


def _not_opened(stage: Stage) -> None:
    path = stage.folder / "album-1931-07.tif"
    path.write_bytes(large_scan(stage.folder).read_bytes()[:50_000])
    stage.window.open_all([path])
    until(lambda: not stage.window.editor.busy_opening)


def _no_card(stage: Stage) -> None:
    """No graphics card, and a disk that is too full for the journal."""
    stage.open_sample("osprey")
    stage.desk.engine.noticed.emit(
        "No graphics card with a working driver was found: the CPU is used, which takes longer."
    )
    stage.window.editor.keeping.troubled.emit("Your work is not being kept against a crash: No space left on device.")


# --- marking -------------------------------------------------------------------------------------------------------


def _painting(stage: Stage) -> None:
    window = stage.window
    stage.open_sample("tea-gardens")
    window.actions_.heal.setChecked(False)
    window.actions_.clear_mask.trigger()
    window.workspace.panel.tools.set_brush_size(28)
    stage.stroke((-230, 20), (180, -30))
    stage.stroke((-60, -120), (-20, 60))
    canvas = window.workspace.canvas
    QTest.mouseMove(canvas, canvas.rect().center() + QPoint(120, 90))


def _lasso(stage: Stage) -> None:
    window = stage.window
    stage.open_sample("osprey")
    window.actions_.heal.setChecked(False)
    window.actions_.clear_mask.trigger()
    window.actions_.polygon.trigger()
    canvas = window.workspace.canvas
    middle = canvas.rect().center()
    for place in ((60, -150), (170, -170), (230, -60), (140, -20)):
        QTest.mouseClick(canvas, LEFT, NONE, middle + QPoint(*place))
    QTest.mouseMove(canvas, middle + QPoint(80, -60))


def _handles(stage: Stage) -> None:
    """An ellipse over a stain, dragged by one of its handles since."""
    window = stage.window
    stage.open_sample("tea-gardens")
    window.actions_.heal.setChecked(False)
    window.actions_.clear_mask.trigger()
    window.actions_.ellipse.trigger()
    canvas = window.workspace.canvas
    middle = canvas.rect().center()
    stage.stroke((170, -225), (200, -200), (255, -140))
    stage.stroke((255, -140), (260, -135), (275, -118))
    QTest.mouseMove(canvas, middle + QPoint(275, -118))


def _cloning(stage: Stage) -> None:
    window = stage.window
    stage.restored()
    canvas = window.workspace.canvas
    canvas.actual_size()
    window.actions_.heal_brush.trigger()
    window.workspace.panel.tools.set_brush_size(48)
    middle = canvas.rect().center()
    QTest.mouseMove(canvas, middle + QPoint(-160, -90))
    QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.AltModifier, middle + QPoint(-160, -90))
    QTest.mousePress(canvas, LEFT, NONE, middle + QPoint(-60, 40))
    QTest.mouseMove(canvas, middle + QPoint(110, 10))


def _finding(stage: Stage) -> None:
    stage.open_scan()
    finding = stage.window.editor.finding
    until(lambda: finding.possible)
    stage.window.actions_.find_damage.trigger()
    until(lambda: stage.window.status.bar.value() > 150 or not finding.searching)


def _found(stage: Stage) -> None:
    stage.open_sample()
    stage.window.actions_.clear_mask.trigger()
    stage.find()


def _single(stage: Stage) -> None:
    """Two of what was found, and the next one looked at."""
    finding, canvas = stage.window.editor.finding, stage.window.workspace.canvas
    if not finding.active:
        _found(stage)
    stage.window.workspace.panel.finding.single.setChecked(True)
    until(lambda: finding.choice is not None and finding.choice.count == 0)
    for number in (2, 4):
        while finding.here is None or finding.choice is None or finding.here != finding.choice.places[number]:
            stage.window.actions_.next_defect.trigger()
        finding.turn_here()
        until(lambda: finding._choosing is None)
    for _ in range(4):
        canvas.zoom_in()
    stage.window.actions_.next_defect.trigger()


# --- restoring -----------------------------------------------------------------------------------------------------


def _restoring(stage: Stage) -> None:
    stage.open_scan()
    stage.window.editor.set_mask(damage_of_the_scan(), "Damage")
    stage.window.editor.restore()
    status = stage.window.status
    until(lambda: status.bar.maximum() == 1000 and status.bar.value() > 120)
    wait(2500)


def _large(stage: Stage) -> None:
    stage.open_scan()
    stage.window.editor.set_mask(damage_of_the_scan(), "Damage")


def _compared(way: str) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        stage.restored()
        actions = stage.window.actions_
        for action in (actions.divider, actions.side_by_side, actions.blink, actions.loupe, actions.changes):
            action.setChecked(action is getattr(actions, way))

    return scene


def _loupe(stage: Stage) -> None:
    _compared("loupe")(stage)
    canvas = stage.window.workspace.canvas
    for place in ((-140, -70), (-147, -77)):  # on a scratch
        QTest.mouseMove(canvas, canvas.rect().center() + QPoint(*place))


def _candidates(stage: Stage) -> None:
    from restorer.ui.dialogs.candidates_dialog import CandidatesDialog

    stage.choose_repair()
    stage.window.workspace.panel.history.chosen_one.more.click()
    dialog = stage.dialog(CandidatesDialog)
    until(lambda: all(card.isEnabled() for card in dialog.cards))  # type: ignore[attr-defined]


def _rests(index: int) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        stage.choose_repair()
        stage.window.workspace.panel.history.chosen_one.showing.setCurrentIndex(index)
        editor = stage.window.editor
        until(lambda: editor.layers is not None and editor.layers.notes is not None)

    return scene


# --- files and the rest --------------------------------------------------------------------------------------------


def _exporting(stage: Stage) -> None:
    from restorer.ui.dialogs.export_dialog import ExportDialog

    stage.open_sample("tea-gardens")
    stage.restore()
    stage.window.actions_.export.trigger()
    dialog = stage.dialog(ExportDialog)
    format_ = dialog.format  # type: ignore[attr-defined]
    format_.setCurrentIndex(max(0, format_.findText("JPEG")))
    wait(2500)  # for the size


def _exported(stage: Stage) -> None:
    stage.restored()
    stage.window.actions_.changes.setChecked(False)
    stage.window.exporting.export(stage.folder / "colosseum-restored.jpg")
    until(lambda: not stage.window.editor.output.exporting)


def _not_exported(stage: Stage) -> None:
    stage.restored()
    stage.window.exporting.export(stage.folder / "no such folder" / "colosseum-restored.jpg")
    wait(300)


def _closing(stage: Stage) -> None:
    stage.restored()
    stage.window.close()


def _by_action(name: str) -> Callable[[Stage], None]:
    def scene(stage: Stage) -> None:
        stage.open_sample()
        getattr(stage.window.actions_, name).trigger()

    return scene


def _settings(stage: Stage) -> None:
    until(lambda: bool(stage.desk.engine.models))
    stage.settings.theme = "system"
    stage.open_sample()
    stage.window.actions_.settings.trigger()


def _palette(stage: Stage) -> None:
    from restorer.ui.dialogs.palette import Palette

    stage.open_sample()
    stage.window.actions_.palette.trigger()
    stage.dialog(Palette)


def _adapting(stage: Stage) -> None:
    from restorer.ui.dialogs.adapt_dialog import AdaptDialog

    until(lambda: bool(stage.desk.engine.models))
    stage.window.actions_.adapt.trigger()
    dialog = stage.dialog(AdaptDialog)
    scans = [stage.folder / sample.path.name for sample in opening.samples()]
    for sample, scan in zip(opening.samples(), scans, strict=True):
        shutil.copy(sample.path, scan)
    dialog.add_paths(scans)  # type: ignore[attr-defined]


# --- many pictures -------------------------------------------------------------------------------------------------


def _batch_of(stage: Stage, *, masks: bool = True) -> BatchWindow:
    scans, marks = stage.folder / "album", stage.folder / "masks"
    for place in (scans, marks):
        place.mkdir()
    for sample in opening.samples():
        shutil.copy(sample.path, scans)
        shutil.copy(sample.mask, marks)
    batch = stage.desk.show_batch([scans])
    stage.shown = batch
    batch.resize(stage.window.size())
    until(lambda: bool(batch.files.rows.rows))
    if masks:
        batch.form.masks.path = marks
    return batch


def _batch_empty(stage: Stage) -> None:
    batch = stage.desk.show_batch([])
    batch.resize(stage.window.size())
    stage.shown = batch


def _batch_form(stage: Stage) -> None:
    _batch_of(stage)
    wait(800)


def _batch_running(stage: Stage) -> None:
    batch = _batch_of(stage)
    batch.foot.start.click()
    until(lambda: any(row.reviewable for row in batch.files.rows.rows))
    batch._pause_or_go_on()
    until(batch.review.place.isEnabled)
    wait(1500)


def _batch_reviewed(stage: Stage) -> None:
    """The samples in a row, one accepted and the next looked at; after the state in which it pauses."""
    batch = stage.desk.batch
    if batch is None:
        batch = _batch_of(stage)
        batch.foot.start.click()
    else:
        batch._pause_or_go_on()
    until(batch.foot.new.isVisible)
    batch.files.go_to(batch.files.rows.rows[0])
    batch.review.accept.click()
    until(lambda: batch.files.rows.rows[0].verdict is not None)
    until(batch.review.place.isEnabled)


SCENES: dict[str, Callable[[Stage], None]] = {
    "start": _first_start,
    "start-recent": _recent,
    "tour": _tour,
    "opening": _opening,
    "not-opened": _not_opened,
    "no-card": _no_card,
    "scan": _large,
    "marked": lambda stage: stage.open_sample(),
    "painting": _painting,
    "polygon": _lasso,
    "handles": _handles,
    "cloning": _cloning,
    "finding": _finding,
    "found": _found,
    "single": _single,
    "restoring": _restoring,
    "divider": _compared("divider"),
    "side-by-side": _compared("side_by_side"),
    "blink": _compared("blink"),
    "loupe": _loupe,
    "changes": _compared("changes"),
    "exported": _exported,
    "history": Stage.choose_repair,
    "sureness": _rests(1),
    "sources": _rests(2),
    "candidates": _candidates,
    "export": _exporting,
    "not-exported": _not_exported,
    "closing": _closing,
    "settings": _settings,
    "keys": _by_action("keys"),
    "guide": _by_action("help"),
    "palette": _palette,
    "adapt": _adapting,
    "batch-empty": _batch_empty,
    "batch-form": _batch_form,
    "batch-running": _batch_running,
    "batch": _batch_reviewed,
}


GOING_ON = {
    "single",
    "side-by-side",
    "blink",
    "loupe",
    "changes",
    "exported",
    "sureness",
    "sources",
    "candidates",
    "batch",
}
"""States that come about from the one before them, without beginning anew."""


def goes_on(before: str, name: str) -> bool:
    """Can a state come about from that one, with none between them that begins anew?"""
    names = list(SCENES)
    between = names[names.index(before) + 1 : names.index(name) + 1]
    return bool(between) and all(each in GOING_ON for each in between)


def large_scan(folder: Path) -> Path:
    """A sample enlarged to 24 megapixels, with grain and the damage of an old print; one for all states."""
    kept = folder.parent / "scan" / "album-1931-07.tif"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        picture = cv2.imread(str(next(each.path for each in opening.samples() if each.path.stem == "osprey")))
        picture = cv2.resize(picture, LARGE, interpolation=cv2.INTER_CUBIC)
        grain = np.random.default_rng(1).normal(0, 5, (LARGE[1], LARGE[0], 1))
        assert cv2.imwrite(str(kept), np.clip(picture + grain, 0, 255).astype(np.uint8))
    return kept


def damage_of_the_scan() -> np.ndarray:
    """Its marks: the sample's, enlarged."""
    mask = cv2.imread(str(next(each.mask for each in opening.samples() if each.path.stem == "osprey")), 0)
    return cv2.resize(mask, LARGE, interpolation=cv2.INTER_NEAREST) > 127


def wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(condition: Callable[[], object]) -> None:
    for _ in range(15_000):
        if condition():
            return
        wait(20)
    raise TimeoutError
