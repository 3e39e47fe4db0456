"""A desk with a window on it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from acting import FakeRestorer, boxes, open_in, save_photograph
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from restorer.document import journal
from restorer.ui import thumbnails, translation
from restorer.ui.collecting import Collecting
from restorer.ui.desk import Desk
from restorer.ui.engine import Engine
from restorer.ui.main_window import MainWindow
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

PATIENCE_MS = 60_000


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            # the offscreen platform says so of each dialog that has a least size
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))


@pytest.fixture(autouse=True, scope="session")
def english(qapp: QApplication) -> None:
    """With its plural forms."""
    translation.install(qapp, "en")


@pytest.fixture(autouse=True, scope="session")
def collecting(qapp: QApplication) -> Iterator[Collecting]:
    """As in the program: desks and windows of earlier tests must not be collected on a worker's thread."""
    made = Collecting(qapp)
    yield made
    made.stop()


@pytest.fixture
def qtbot(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QtBot:
    """Waits end as soon as what they wait for has happened; how long it may take is the machine's affair.

    The first test of a process has torch imported on the engine's thread, which takes the 5 s of pytest-qt by itself
    where other programs want the processor.
    """
    monkeypatch.setattr(qtbot, "waitUntil", partial(qtbot.waitUntil, timeout=PATIENCE_MS))
    return qtbot


@pytest.fixture
def fake() -> FakeRestorer:
    return FakeRestorer()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(tmp_path / "settings" / "restorer.ini")
    made.grain = 0  # or a fill would not have the value that it is known by
    return made


@pytest.fixture
def desk(
    qapp: QApplication, settings: Settings, fake: FakeRestorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    monkeypatch.setattr(thumbnails, "folder", lambda: tmp_path / "thumbnails")
    monkeypatch.setattr(journal, "state_folder", lambda: tmp_path / "journals")

    def make(choice: object) -> FakeRestorer:
        del choice
        return fake

    theme = Theme(qapp, "light")
    made = Desk(settings, theme, Engine(make))
    yield made
    fake.release()
    for box in boxes():
        box.close()
    for window in list(made.windows):
        window._discard()
    made.stop()
    if made.batch is not None:  # a window that stays would take the pointer of the next test
        made.batch.hide()
        made.batch.deleteLater()
    theme.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(desk: Desk, qtbot: QtBot) -> MainWindow:
    made = desk.new_window()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def photograph(tmp_path: Path) -> Path:
    """A small 8-bit RGB PNG, no pixel of which has the value of a fill."""
    return save_photograph(tmp_path / "print-0412.png")


@pytest.fixture
def opened(window: MainWindow, photograph: Path, qtbot: QtBot) -> MainWindow:
    """A window with the photograph in it, healing switched off."""
    window.actions_.heal.setChecked(False)
    open_in(window, photograph, qtbot)
    return window
