"""The program with a window, from start to end."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from restorer import __version__, interruption
from restorer.imaging.errors import RestorerError
from restorer.ui import icons, translation
from restorer.ui.collecting import Collecting
from restorer.ui.desk import Desk
from restorer.ui.dialogs.boxes import tell
from restorer.ui.report import anonymous, log, start_log
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from PySide6.QtCore import QObject


def run(files: list[Path]) -> int:
    """Show a window for each file, or an empty one, until all are closed; returns the exit code.

    Raises:
        RestorerError: there is no screen to show them on.
    """
    with interruption.ends_at_once():
        application, desk = started(Settings())
        end_on_interrupt(desk, desk.quit)
    sys.excepthook = _show_fault
    desk.open(files)
    desk.offer_recovery()
    try:
        return application.exec()
    finally:
        desk.stop()


def started(settings: Settings) -> tuple[QApplication, Desk]:
    """The program and its desk, without a window yet.

    Raises:
        RestorerError: there is no screen to show them on.
    """
    _see_that_there_is_a_screen()
    _forget_the_other_qt()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("Restorer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("restorer")
    Collecting(application)
    start_log()
    translation.install(application, settings.language)
    theme = Theme(application, settings.theme)
    application.setWindowIcon(icons.application_icon())
    return application, Desk(settings, theme)


def _forget_the_other_qt() -> None:
    """The opencv-python with windows brings a Qt 5 and points Qt at its plugins, which a Qt 6 cannot load."""
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in os.environ.get(name, ""):
            del os.environ[name]


def _see_that_there_is_a_screen() -> None:
    """Without one Qt ends the whole program, and leaves a dump of its memory."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and (Path(runtime) / "wayland-0").exists():  # where Wayland's clients look if they are told nothing
        return
    raise RestorerError(
        "There is no screen to show a window on: start it on a desktop, or use `restorer fill --help` without a window."
    )


def end_on_interrupt(owner: QObject, end: Callable[[], object]) -> None:
    """Ctrl+C in the terminal calls `end` from the event loop: as `Desk.quit`, it asks about unsaved work as ever.

    Pressed before the loop runs, it waits for it; KeyboardInterrupt would be lost in a method that Qt calls.
    """
    signal.signal(signal.SIGINT, lambda *_: QTimer.singleShot(0, owner, end))
    pulse = QTimer(owner)
    pulse.timeout.connect(lambda: None)  # Python hears of signals only when it runs
    pulse.start(400)


def _show_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program: the window stays, so that the work can be exported."""
    text = "".join(traceback.format_exception(kind, error, trace))
    sys.stderr.write(anonymous(text))  # desktops keep what is written there, too
    log.error("%s", text)
    if QApplication.activeModalWidget() is None:  # a fault that repeats must not pile up dialogs
        words = QCoreApplication.translate(
            "Fault",
            "The program made a mistake ({}). Your original is unharmed: export what you have, and start again.",
        )
        tell(QApplication.activeWindow(), "Restorer", words.format(f"{kind.__name__}: {str(error)[:200]}"))
