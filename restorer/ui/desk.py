"""The desk: the windows that lie on it, and what they share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QPoint, QTimer
from PySide6.QtWidgets import QApplication

from restorer.document import own_copies
from restorer.document.recovery import discard, recoverable
from restorer.ui import thumbnails
from restorer.ui.canvas.colour import monitor_space, use_screen
from restorer.ui.dialogs.boxes import tell
from restorer.ui.engine import Engine
from restorer.ui.keys import Keys
from restorer.ui.main_window import MainWindow
from restorer.ui.sentences import in_own_words
from restorer.ui.worker import Worker

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from restorer.document.recovery import Recoverable
    from restorer.ui.batch.batch_window import BatchWindow
    from restorer.ui.dialogs.adapt_dialog import AdaptDialog
    from restorer.ui.dialogs.settings_dialog import SettingsDialog
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
        self.engine.device, self.engine.threads = settings.device, settings.threads
        self.keys = Keys(settings, self)
        self.keys.changed.connect(self._give_keys)
        use_screen(monitor_space(settings.monitor_profile))
        self.files = Worker("files")
        self.saving = Worker("saving")
        self.analysis = Worker("analysis")
        self.windows: list[MainWindow] = []
        self.batch: BatchWindow | None = None
        self._quitting = False
        self._warm_up = QTimer(self)
        self._warm_up.setSingleShot(True)
        self._warm_up.timeout.connect(self.engine.warm_up)
        theme.changed.connect(self._draw_icons)
        self.engine.modelsFound.connect(self._show_models)
        self.engine.noticed.connect(self._tell_of_device)
        self.engine.placed.connect(self._show_device)

    def open(self, paths: list[Path]) -> None:
        """A window for each path; an empty one if there are none."""
        if not paths:
            self.new_window()
        for path in paths:
            self.new_window().open_all([path])

    def offer_recovery(self) -> None:
        """Ask about work that was left behind by a crash, if there is any."""
        damaged: list[str] = []

        def work(_report: object) -> list[Recoverable]:
            items = recoverable(on_damaged=damaged.append)
            own_copies.sweep()
            return items

        def ask(items: list[Recoverable]) -> None:
            for sentence in damaged:
                self._tell(sentence)
            self._ask_about_recovery(items)

        self.files.submit(work).done.connect(ask)

    def _ask_about_recovery(self, items: list[Recoverable]) -> None:
        if not items or not self.windows:
            return

        def go_on() -> None:
            for item in items:
                free = next((window for window in self.windows if window.editor.free), None)
                (free or self.new_window()).editor.recover(item)

        def throw_away() -> None:
            for item in items:
                discard(item)
            self.files.submit(lambda _report: own_copies.sweep())

        names = [f"{item.original.name} ({item.when:%Y-%m-%d %H:%M}{self._lost(item)})" for item in items]
        self.windows[0].boxes.recovery(names, go_on, throw_away, lambda: None)

    def _lost(self, item: Recoverable) -> str:
        if not item.lost:
            return ""
        there = item.actions + item.lost
        return self.tr("; only {} of %Ln action(s) can be read", "", there).format(QLocale().toString(item.actions))

    def new_window(self) -> MainWindow:
        window = MainWindow(self.settings, self.engine, self.files, self.saving, self.analysis)
        window.wanted.connect(self.open)
        window.batch_wanted.connect(self.show_batch)
        window.actions_.batch.triggered.connect(lambda: self.show_batch([]))
        window.picture_wanted.connect(self._open_picture)
        window.page_wanted.connect(lambda path, page: self.new_window().open_page(path, page))
        window.closed.connect(lambda: self._forget_window(window))
        window.editor.opened.connect(self._show_recent)
        window.stayed.connect(self._stay)
        window.actions_.quit.triggered.connect(self.quit)
        window.editor.opened.connect(self._limit_memory)
        window.actions_.settings.triggered.connect(lambda: self.show_settings(window))
        window.actions_.adapt.triggered.connect(lambda: self.show_adapting(window))
        window.actions_.keys.triggered.connect(lambda: self.show_keys(window))
        window.actions_.tour.triggered.connect(lambda: self._take_tour(window))
        window.start.tourTaken.connect(lambda: self._take_tour(window))
        window.start.tourLeft.connect(self._leave_tour)
        window.start.tour.setVisible(not self.settings.tour_seen)
        self.keys.give(window.actions_)
        window.set_still(self.settings.reduced_motion)
        window.editor.autosave = self.settings.autosave
        window.editor.grain = self.settings.grain / 100
        menus = window.menus
        menus.recentForgotten.connect(self._forget_recent)
        window.start.recentForgotten.connect(self._forget_recent)
        menus.themeChosen.connect(self._choose_theme)
        menus.languageChosen.connect(self._choose_language)
        menus.modelChosen.connect(self._choose_model)
        menus.show_theme(self.theme.choice)
        menus.show_language(self.settings.language)
        self._offer_models(window)
        window.show_recent(self.settings.recent)
        window.show_device(self.engine.place)
        if self.windows:
            window.move(self.windows[-1].pos() + QPoint(32, 32))
        self.windows.append(window)
        window.show()
        if len(self.windows) == 1:
            self._warm_up.start(WARM_UP_AFTER_MS)
        return window

    def _take_tour(self, window: MainWindow) -> None:
        self._leave_tour()
        (window if window.editor.free else self.new_window()).tour.start()

    def _leave_tour(self) -> None:
        """It is not offered again; the Help menu has it."""
        self.settings.tour_seen = True
        for window in self.windows:
            window.start.tour.hide()

    def stop(self) -> None:
        """When the event loop has ended."""
        if self.batch is not None:
            self.batch.stop()
        self._warm_up.stop()
        self.engine.stop()
        self.files.stop(PATIENCE)
        self.saving.stop()
        self.analysis.stop(PATIENCE)
        self.settings.save()
        self._take_down()

    def _take_down(self) -> None:
        """Windows that are still open, as where the event loop was ended otherwise than by closing them.

        Left to the end of the process they outlive the QApplication, and Qt crashes.  Work that is not saved keeps its
        journal, as after a crash.
        """
        left = [*self.windows, *([] if self.batch is None else [self.batch])]
        self.windows, self.batch = [], None
        for window in left:
            window.hide()
            window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def quit(self) -> None:
        """Close one window after the other; one that asks holds up the rest, one that stays ends it."""
        self._quitting = True
        while self.windows:
            window = self.windows[-1]
            window.close()
            if window in self.windows:
                window.activateWindow()
                return
        if self.batch is not None:
            self.batch.close()
            if self.batch is not None:
                self.batch.activateWindow()
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

    def _tell(self, sentence: str) -> None:
        for window in self.windows:
            window.notices.tell(in_own_words(sentence), warning=True)

    def _tell_of_device(self, sentence: str) -> None:
        same = self.tr("The network is the same, and so is the quality of what it restores.")
        for window in self.windows:
            window.notices.tell(f"{in_own_words(sentence)} {same}")

    def _show_device(self, device: str) -> None:
        for window in self.windows:
            window.show_device(device)

    def show_batch(self, paths: list[Path]) -> BatchWindow:
        """The window of the batch, of which there is one; `paths` are added to its pictures."""
        from restorer.ui.batch.batch_window import BatchWindow  # the first window need not wait for it

        if self.batch is None:
            window = self.batch = BatchWindow(self.settings, self.engine)
            window.editing.connect(self.open)
            window.closed.connect(lambda: self._forget_batch(window))  # which holds it until Qt is done with it
            window.stayed.connect(self._stay)
            if self.engine.detectors is None:
                self.engine.look_for_models()
        self.batch.show()
        self.batch.activateWindow()
        self.batch.add_paths(paths)
        return self.batch

    def _forget_batch(self, window: BatchWindow) -> None:
        self.batch = None
        window.deleteLater()
        if self._quitting:
            QTimer.singleShot(0, self, self._go_on_quitting)

    # --- settings --------------------------------------------------------------------------------------------
    # each dialog is loaded when it is first wanted: the first window does not wait for them

    def show_settings(self, window: MainWindow) -> SettingsDialog:
        from restorer.ui.dialogs.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.settings, self.engine.models, window)
        dialog.themeChosen.connect(self._choose_theme)
        dialog.languageChosen.connect(self._choose_language)
        dialog.modelChosen.connect(self._choose_model)
        dialog.engineChanged.connect(self._choose_engine)
        dialog.viewChanged.connect(self._choose_view)
        dialog.memoryChanged.connect(self._limit_memory)
        dialog.grainChanged.connect(self._set_grain)
        dialog.show()
        return dialog

    def show_keys(self, window: MainWindow) -> None:
        from restorer.ui.dialogs.keys_dialog import KeysDialog

        KeysDialog(window.actions_, self.keys, window).show()

    def show_adapting(self, window: MainWindow) -> AdaptDialog:
        """The dialog, of which there is one: the engine teaches one network at a time."""
        from restorer.ui.dialogs.adapt_dialog import AdaptDialog

        shown = (one for each in self.windows for one in each.findChildren(AdaptDialog) if one.isVisible())
        dialog = next(shown, None)
        if dialog is None:
            dialog = AdaptDialog(self.engine, self.settings.folder, window)
            window.closing.running = dialog
            dialog.finished.connect(window.closing.forget_running)
        dialog.show()
        dialog.activateWindow()
        return dialog

    def _choose_engine(self) -> None:
        self.engine.device, self.engine.threads = self.settings.device, self.settings.threads

    def _choose_view(self) -> None:
        screen = monitor_space(self.settings.monitor_profile)
        other = use_screen(screen)
        if self.batch is not None:
            self.batch.review.still = self.settings.reduced_motion
        for window in self.windows:
            window.set_still(self.settings.reduced_motion)
            if other:
                window.editor.draw_anew()

    def _set_grain(self) -> None:
        for window in self.windows:
            window.editor.grain = self.settings.grain / 100

    def _limit_memory(self) -> None:
        for window in self.windows:
            if window.editor.document is not None:
                window.editor.document.history.limit = self.settings.undo_memory << 20

    def _give_keys(self) -> None:
        for window in self.windows:
            self.keys.give(window.actions_)

    # --- what all windows show alike -------------------------------------------------------------------------

    def _draw_icons(self) -> None:
        for window in self.windows:
            window.draw_icons()
        if self.batch is not None:
            self.batch.draw_icons()

    def _show_recent(self) -> None:
        for window in self.windows:
            window.show_recent(self.settings.recent)

    def _forget_recent(self) -> None:
        self.settings.forget()
        thumbnails.forget()
        self._show_recent()

    def _show_models(self) -> None:
        for window in self.windows:
            self._offer_models(window)

    def _offer_models(self, window: MainWindow) -> None:
        window.menus.show_models(self.engine.models, self.settings.model)
        window.workspace.panel.history.show_models(self.engine.models)
        window.actions_.suit(window.editor)

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
