"""A person without a plan: random, seeded actions by mouse, pen, keys, commands and files, with the workers running.

`RESTORER_MONKEY=5000 RESTORER_MONKEY_SEED=7 pytest tests/ui/test_monkey.py` takes more actions, and other ones;
`RESTORER_MONKEY_NETWORK=1` lets the real network fill, and `RESTORER_MONKEY_SHRINK=1` looks for fewer actions that
fail, too.  A walk that fails prints its actions; `RESTORER_MONKEY_STEPS=FILE` takes the ones in a file.  With
`RESTORER_MONKEY_BREAKS=1` what is broken on purpose is found by chance instead of by a short walk.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import tifffile
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.errors import HypothesisException
from hypothesis.stateful import initialize, run_state_machine_as_test
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from using_files import UsingFiles
from using_tools import ASKING, COMMANDS, UsingTools
from walking import Place

from restorer import bundled
from restorer.document import journal, own_copies
from restorer.document.history import MaskChange
from restorer.engine.copying import Copier
from restorer.ui import keeping, output, thumbnails
from restorer.ui.actions import Actions
from restorer.ui.desk import Desk
from restorer.ui.engine import Engine
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

# the detector reads what it looks at without writing to it, of which torch warns
pytestmark = pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")

ACTIONS = int(os.environ.get("RESTORER_MONKEY", "1000"))
SEED = int(os.environ.get("RESTORER_MONKEY_SEED", "1"))
STEPS = 50
"""Actions of one walk, which then undoes all."""


class Monkey(UsingTools, UsingFiles):
    """Does anything, once there is something to do it with."""

    @initialize()
    def begin(self) -> None:
        for start in ((30, 40), (60, 55)):
            self.stroke(tool="BRUSH", start=start, way=[(30, 20)], held="", wait=True)


def walk(place: Place, actions: int) -> None:
    """So many actions, or a few more; some walks end early."""
    for number in itertools.count(SEED):
        if place.steps >= actions:
            return
        walk_once(place, -(-(actions - place.steps) // STEPS), number)


def repeat(place: Place, lines: Iterable[str]) -> None:
    """The actions that another walk has noted."""
    monkey = Monkey(place)
    try:
        monkey.repeat(lines)
    finally:
        monkey.teardown()


def walk_once(place: Place, walks: int, number: int) -> None:
    phases = (Phase.generate, Phase.shrink) if os.environ.get("RESTORER_MONKEY_SHRINK") else (Phase.generate,)
    rules = settings(
        max_examples=walks,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(lambda: Monkey(place)), settings=rules)


def pictures(folder: Path) -> list[Path]:
    """The same part of a sample, larger than a tile of the mask, as 8-bit colours, as 16-bit grey, and as a JPEG."""
    part = cv2.imread(str(bundled.resources() / "samples" / "colosseum.jpg"))[300:460, 500:790]
    colour, grey, jpeg = folder / "part.png", folder / "grey.tif", folder / "part.jpg"
    assert cv2.imwrite(str(colour), part)
    tifffile.imwrite(grey, part[..., 1].astype(np.uint16) * 257, photometric="minisblack")
    assert cv2.imwrite(str(jpeg), part, [cv2.IMWRITE_JPEG_QUALITY, 90])
    return [colour, grey, jpeg]


@pytest.fixture
def place(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, qtlog: object
) -> Iterator[Place]:
    def make_desk(folder: Path) -> Desk:
        engine = Engine(None if os.environ.get("RESTORER_MONKEY_NETWORK") else lambda _choice: Copier())
        engine.threads = 1
        return Desk(Settings(folder / "restorer.ini"), Theme(qapp, "light"), engine)

    made = Place(qtbot, qtlog, tmp_path, make_desk, pictures)
    monkeypatch.setattr(thumbnails, "folder", lambda: made.here / "thumbnails")
    monkeypatch.setattr(journal, "state_folder", lambda: made.here / "journals")
    monkeypatch.setattr(own_copies, "cache_folder", lambda: made.here / "cache")
    return made


def test_whatever_is_done_nothing_breaks_and_all_can_be_undone(place: Place) -> None:
    noted = os.environ.get("RESTORER_MONKEY_STEPS")
    if noted is not None:
        repeat(place, Path(noted).read_text(encoding="utf-8").splitlines())
        return
    walk(place, ACTIONS)
    assert place.steps >= ACTIONS
    assert len(place.repaired) > ACTIONS // 20  # it was at work, not only at the menus
    assert place.reworked > ACTIONS // 20


def undo_forgets_a_tile(monkeypatch: pytest.MonkeyPatch) -> None:
    side = MaskChange.side

    def forgetful(change: MaskChange, *, after: bool) -> Iterator[Any]:
        yield from list(side(change, after=after))[0 if after else 1 :]

    monkeypatch.setattr(MaskChange, "side", forgetful)


def an_export_has_a_pixel_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    export = output.export_image

    def careless(photograph: Any, image: Any, target: Path, **named: Any) -> Any:
        proof = export(photograph, image, target, **named)
        if target.suffix == ".png":
            pixels = cv2.imread(str(target), cv2.IMREAD_UNCHANGED)
            pixels[0, 0] ^= 1
            cv2.imwrite(str(target), pixels)
        return proof

    monkeypatch.setattr(output, "export_image", careless)


def a_project_loses_the_last_step(monkeypatch: pytest.MonkeyPatch) -> None:
    save = keeping.save_project

    def careless(state: Any, path: Path, **named: Any) -> bool:
        return save(replace(state, done=state.done[:-1]), path, **named)

    monkeypatch.setattr(keeping, "save_project", careless)


def nothing(_monkeypatch: pytest.MonkeyPatch) -> None:
    """Is broken."""


BREAKS = (nothing, undo_forgets_a_tile, an_export_has_a_pixel_outside, a_project_loses_the_last_step)
SHORT = (
    '["stroke", {"tool": "BRUSH", "start": [40, 40], "way": [[30, 20]], "held": ""}]',
    '["export", {"name": "one", "kind": "PNG", "mask": true, "record": true, "quality": 90, "wait": true}]',
    '["save", {"name": "one", "wait": true}]',
    '["command", {"name": "heal"}]',
    '["stroke", {"tool": "BRUSH", "start": [60, 60], "way": [[20, 20]], "held": ""}]',
)
"""A walk, as it is printed when it fails."""


@pytest.mark.parametrize("what", BREAKS, ids=lambda what: what.__name__)
def test_a_walk_finds_what_is_broken(
    place: Place, monkeypatch: pytest.MonkeyPatch, what: Callable[[pytest.MonkeyPatch], None]
) -> None:
    what(monkeypatch)
    if os.environ.get("RESTORER_MONKEY_BREAKS") and what is not nothing:  # by chance
        with pytest.raises((AssertionError, HypothesisException)):
            walk(place, 1000)
    elif what is nothing:
        repeat(place, SHORT)
    else:
        with pytest.raises(AssertionError):
            repeat(place, SHORT)


@pytest.mark.usefixtures("qapp")
def test_a_walk_may_take_every_command() -> None:
    window = QMainWindow()
    actions = Actions(window)
    tools = [name for name, action in actions.named.items() if action in actions.tools.values()]
    assert sorted([*COMMANDS, *ASKING, *tools]) == sorted(actions.named)
