"""A graphics card that fails under the window: the window says so, and the CPU goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
import torch
from acting import key, open_in
from failing_card import Card, lost
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.document import journal
from restorer.engine.detector import Detector
from restorer.engine.restorer import Restorer
from restorer.imaging.findings import KINDS
from restorer.imaging.patch import Whole
from restorer.ui import thumbnails
from restorer.ui.desk import Desk
from restorer.ui.engine import Engine
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

# the detector reads what it looks at without writing to it, of which torch warns
pytestmark = pytest.mark.filterwarnings("ignore:The given NumPy array is not writable")


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def real_desk(
    qapp: QApplication, settings: Settings, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A desk with the real engine."""
    monkeypatch.setattr(thumbnails, "folder", lambda: tmp_path / "thumbnails")
    monkeypatch.setattr(journal, "state_folder", lambda: tmp_path / "journals")
    theme = Theme(qapp, "light")
    desk = Desk(settings, theme, engine)
    yield desk
    for window in list(desk.windows):
        window._discard()
    desk.stop()
    theme.deleteLater()
    qapp.processEvents()


@pytest.mark.parametrize(
    ("fault", "faults", "said"),
    [
        (lost, 1, "The graphics card failed (CUDA error: unspecified launch failure)"),
        (torch.OutOfMemoryError, 2, "The graphics card has too little memory for this"),
    ],
)
def test_a_fill(
    real_desk: Desk, card: Card, photograph: Path, qtbot: QtBot, fault: Callable[[], Exception], faults: int, said: str
) -> None:
    window = real_desk.new_window()
    window.actions_.heal.setChecked(False)
    open_in(window, photograph, qtbot)
    document = window.editor.document
    assert document is not None
    mask = np.zeros(document.mask.shape, bool)
    mask[60:64, 40:200] = True
    document.set_mask(mask)
    window.editor.grow = 0
    qtbot.waitUntil(lambda: bool(card.areas), timeout=60_000)  # it has warmed up, on the card
    qtbot.waitUntil(lambda: window.actions_.restore.isEnabled(), timeout=60_000)
    card.fault, card.faults = fault, faults
    job = document.job(seed=0)
    key(window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(said in notice.text.text() for notice in window.notices.told), timeout=60_000)
    qtbot.waitUntil(lambda: not window.editor.working, timeout=60_000)
    assert len(document.repairs) == 1
    assert document.repairs[0].made["device"] == "cpu"
    restored = document.image.read(document.bounds)
    for patch in Restorer(device="cpu").restore(job):
        np.testing.assert_array_equal(restored[patch.region.slices][patch.mask], patch.pixels[patch.mask])


def test_a_search(real_desk: Desk, card: Card, tmp_path: Path, qtbot: QtBot) -> None:
    pixels = np.full((200, 300, 3), 120, np.uint8)
    cv2.line(pixels, (40, 30), (220, 170), (250, 250, 250), 3, cv2.LINE_AA)
    photograph = tmp_path / "scan.png"
    assert cv2.imwrite(str(photograph), pixels)
    window = real_desk.new_window()
    open_in(window, photograph, qtbot)
    qtbot.waitUntil(window.actions_.find_damage.isEnabled, timeout=60_000)
    card.fault, card.faults = lost, 1
    window.actions_.find_damage.trigger()
    qtbot.waitUntil(
        lambda: any("The graphics card failed" in notice.text.text() for notice in window.notices.told), timeout=60_000
    )
    qtbot.waitUntil(lambda: window.editor.finding.active, timeout=60_000)
    assert window.editor.document is not None
    expected = Detector(device="cpu").find(Whole(window.editor.document.original))
    found = window.editor.finding._findings
    assert found is not None
    assert expected.mask(1.0, set(KINDS)).any()
    for sensitivity in (0.2, 0.5, 1.0):
        np.testing.assert_array_equal(found.mask(sensitivity, set(KINDS)), expected.mask(sensitivity, set(KINDS)))
