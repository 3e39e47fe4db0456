"""The desk: the windows that lie on it, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication

from restorer.ui import thumbnails
from restorer.ui.dialogs.boxes import tell
from restorer.ui.engine import Engine
from restorer.ui.main_window import MainWindow
from restorer.ui.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from restorer.ui.settings import Settings
    from restorer.ui.theme import Theme

_NEXT_START = "The language changes when Restorer is next started.\n语言将在下次启动时更改。"
PATIENCE = 2.0
"""Seconds to wait, at the end, for a file that is being read: it may lie where nothing answers."""
WARM_UP_AFTER_MS = 200
"""Torch is loaded when the first window has been painted, not while it is being."""


class Desk(QObject):
    """Opens windows, keeps them in step, and ends the workers when all are closed.

    Args:
        engine: another one than the real, for tests.
    """

    def __init__(self, settings: Settings, theme: Theme, engine: Engine | None = None) -> None:
        super().__init__()
        self.settings = settings
        self.theme = theme
        self.engine = engine or Engine()
        self.engine.model = settings.model
        self.files = Worker("files")
        self.saving = Worker("saving")
        self.windows: list[MainWindow] = []
        self._quitting = False
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.timeout.connect(self.engine.warm_up)
        theme.changed.connect(self._draw_icons)
        self.engine.modelsFound.connect(self._show_models)

    def open(self, paths: list[Path]) -> None:
        """A window for each path; an empty one if there are none."""
        if not paths:
            self.new_window()
        for path in paths:
            self.new_window().open_all([path])

    def new_window(self) -> MainWindow:
        window = MainWindow(self.settings, self.engine, self.files, self.saving)
        window.wanted.connect(self.open)
        window.picture_wanted.connect(self._open_picture)
        window.closed.connect(lambda: self._forget_window(window))
        window.editor.opened.connect(self._show_recent)
        window.stayed.connect(self._stay)
        window.actions_.quit.triggered.connect(self.quit)
        menus = window.menus
        menus.recentForgotten.connect(self._forget_recent)
        window.start.recentForgotten.connect(self._forget_recent)
        menus.themeChosen.connect(self._choose_theme)
        menus.languageChosen.connect(self._choose_language)
        menus.modelChosen.connect(self._choose_model)
        menus.show_theme(self.theme.choice)
        menus.show_language(self.settings.language)
        menus.show_models(self.engine.models, self.settings.model)
        window.show_recent(self.settings.recent)
        if self.windows:
            window.move(self.windows[-1].pos() + QPoint(32, 32))
        self.windows.append(window)
        window.show()
        if len(self.windows) == 1:
            self._warm_up.start(WARM_UP_AFTER_MS)
        return window

    def stop(self) -> None:
        """When the event loop has ended."""
        self._warm_up.stop()
        self.engine.stop()
        self.files.stop(PATIENCE)
        self.saving.stop()
        self.settings.save()

    def quit(self) -> None:
        """Close one window after the other; one that asks holds up the rest, one that stays ends it."""
        self._quitting = True
        while self.windows:
            window = self.windows[-1]
            window.close()
            if window in self.windows:
                window.activateWindow()
                return
        self._quitting = False

    def _stay(self) -> None:
        """A window was not closed after all."""
        self._quitting = False

    def _open_picture(self, picture: QImage) -> None:
        self.new_window().open_picture(picture)

    def _forget_window(self, window: MainWindow) -> None:
        self.windows.remove(window)
        window.deleteLater()
        if self._quitting:
            QTimer.singleShot(0, self, self._go_on_quitting)

    def _go_on_quitting(self) -> None:
        if self._quitting:
            self.quit()

    # --- what all windows show alike -------------------------------------------------------------------------

    def _draw_icons(self) -> None:
        for window in self.windows:
            window.draw_icons()

    def _show_recent(self) -> None:
        for window in self.windows:
            window.show_recent(self.settings.recent)

    def _forget_recent(self) -> None:
        self.settings.forget()
        thumbnails.forget()
        self._show_recent()

    def _show_models(self) -> None:
        for window in self.windows:
            window.menus.show_models(self.engine.models, self.settings.model)

    def _choose_theme(self, choice: str) -> None:
        self.settings.theme = choice
        self.theme.choose(choice)
        for window in self.windows:
            window.menus.show_theme(choice)

    def _choose_model(self, name: str) -> None:
        self.settings.model = name
        self.engine.model = name or None
        self.engine.warm_up()
        self._show_models()

    def _choose_language(self, choice: str) -> None:
        self.settings.language = choice
        for window in self.windows:
            window.menus.show_language(choice)
        # in both languages: who chose the wrong one cannot read one of them
        tell(QApplication.activeWindow(), "Restorer", _NEXT_START)
