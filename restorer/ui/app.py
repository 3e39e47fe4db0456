"""The program with a window, from start to end."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtWidgets import QApplication

from restorer import __version__
from restorer.ui import icons, translation
from restorer.ui.desk import Desk
from restorer.ui.dialogs.boxes import tell
from restorer.ui.settings import Settings
from restorer.ui.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType


def run(files: list[Path]) -> int:
    """Show a window for each file, or an empty one, until all are closed; returns the exit code."""
    _forget_the_other_qt()
    application = QApplication([sys.argv[0]])
    application.setApplicationName("Restorer")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("restorer")
    settings = Settings()
    translation.install(application, settings.language)
    theme = Theme(application, settings.theme)
    application.setWindowIcon(icons.application_icon())
    sys.excepthook = _show_fault
    desk = Desk(settings, theme)
    desk.open(files)
    _close_on_interrupt(desk)
    try:
        return application.exec()
    finally:
        desk.stop()


def _forget_the_other_qt() -> None:
    """The opencv-python with windows brings a Qt 5 and points Qt at its plugins, which a Qt 6 cannot load."""
    for name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
        if "cv2" in os.environ.get(name, ""):
            del os.environ[name]


def _close_on_interrupt(parent: QObject) -> None:
    """Ctrl+C in the terminal closes the windows, which ask about unsaved work as ever."""
    signal.signal(signal.SIGINT, lambda *_: QApplication.closeAllWindows())
    pulse = QTimer(parent)
    pulse.timeout.connect(lambda: None)  # Python hears of signals only when it runs
    pulse.start(400)


def _show_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """A fault of the program: the window stays, so that the work can be exported."""
    traceback.print_exception(kind, error, trace)
    if QApplication.activeModalWidget() is None:  # a fault that repeats must not pile up dialogs
        words = QCoreApplication.translate(
            "Fault",
            "The program made a mistake ({}). Your original is unharmed: export what you have, and start again.",
        )
        tell(QApplication.activeWindow(), "Restorer", words.format(f"{kind.__name__}: {str(error)[:200]}"))
