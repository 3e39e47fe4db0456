"""Where the actions stand: the menu bar and the tool bar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from restorer.ui.sentences import network_in_words
from restorer.ui.translation import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QMainWindow

    from restorer.ui.actions import Actions


class Menus(QObject):
    """The menu bar; its choices that are no actions of their own are told by signals.

    Signals:
        recentChosen(Path), recentForgotten(): from the menu of recent files.
        themeChosen(str), languageChosen(str), modelChosen(str): from their menus; "" is the default model.
    """

    recentChosen = Signal(object)  # noqa: N815
    recentForgotten = Signal()  # noqa: N815
    themeChosen = Signal(str)  # noqa: N815
    languageChosen = Signal(str)  # noqa: N815
    modelChosen = Signal(str)  # noqa: N815

    def __init__(self, window: QMainWindow, actions: Actions) -> None:
        super().__init__(window)
        bar = window.menuBar()

        file = bar.addMenu(self.tr("&File"))
        file.addAction(actions.open)
        self.recent = file.addMenu(self.tr("Open &recent"))
        file.addActions([actions.page, actions.paste, actions.batch])
        file.addSeparator()
        file.addActions([actions.import_mask, actions.export_mask])
        file.addSeparator()
        file.addActions([actions.save, actions.save_as, actions.export])
        file.addSeparator()
        file.addActions([actions.close, actions.quit])

        edit = bar.addMenu(self.tr("&Edit"))
        edit.addActions([actions.undo, actions.redo])
        edit.addSeparator()
        edit.addAction(actions.copy)
        edit.addSeparator()
        edit.addActions([actions.grow_marks, actions.shrink_marks, actions.smooth_marks, actions.invert_marks])
        edit.addAction(actions.clear_mask)
        edit.addSeparator()
        edit.addActions(list(actions.turns))
        edit.addSeparator()
        edit.addAction(actions.settings)

        tools = bar.addMenu(self.tr("&Tools"))
        tools.addActions([actions.hand, actions.brush, actions.eraser, actions.line, actions.trace])
        tools.addSeparator()
        tools.addActions([actions.lasso, actions.polygon, actions.rectangle, actions.ellipse, actions.wand])
        tools.addSeparator()
        tools.addActions([actions.clone, actions.heal_brush, actions.clone_source])
        tools.addSeparator()
        tools.addActions([actions.bigger, actions.smaller, actions.subtract, actions.caret])

        restore = bar.addMenu(self.tr("&Restore"))
        restore.addActions([actions.find_damage, actions.find_infrared])
        restore.addActions([actions.next_defect, actions.previous_defect])
        restore.addSeparator()
        restore.addActions([actions.restore, actions.cancel])
        restore.addSeparator()
        restore.addAction(actions.heal)
        self._models = restore.addMenu(self.tr("Net&work"))
        self._models.menuAction().setVisible(False)
        restore.addAction(actions.adapt)

        view = bar.addMenu(self.tr("&View"))
        view.addActions([actions.fit, actions.actual_size, actions.zoom_in, actions.zoom_out])
        view.addSeparator()
        view.addActions([actions.divider, actions.divider_level, actions.side_by_side, actions.blink])
        view.addActions([actions.loupe, actions.changes, actions.original])
        view.addSeparator()
        view.addActions([actions.panels, actions.next_part])
        view.addSeparator()
        self._themes = view.addMenu(self.tr("&Theme"))
        self._languages = view.addMenu("&Language / 语言")

        about = bar.addMenu(self.tr("&Help"))
        about.addActions([actions.palette, actions.tour, actions.help, actions.keys])
        about.addSeparator()
        about.addActions([actions.report, actions.about])

    def show_recent(self, paths: list[Path]) -> None:
        self.recent.clear()
        self.recent.setEnabled(bool(paths))
        for path in paths:
            name = path.name.replace("&", "&&")
            action = self.recent.addAction(f"{name}    {path.parent}")
            action.triggered.connect(lambda _on=False, path=path: self.recentChosen.emit(path))
        if paths:
            self.recent.addSeparator()
            self.recent.addAction(self.tr("Forget these files")).triggered.connect(lambda: self.recentForgotten.emit())

    def show_theme(self, current: str) -> None:
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        _offer(self._themes, names, current, self.themeChosen)

    def show_language(self, current: str) -> None:
        names = {"system": self.tr("As the system"), **LANGUAGES}
        _offer(self._languages, names, current, self.languageChosen)

    def show_models(self, names: list[str], current: str | None) -> None:
        chosen = current or (names[0] if names else "")
        unknown = [chosen] if chosen and chosen not in names else []  # a choice that is gone can be seen, and left
        _offer(self._models, {name: network_in_words(name) for name in (*names, *unknown)}, chosen, self.modelChosen)
        self._models.menuAction().setVisible(len(names) + len(unknown) > 1)


def _offer(menu: QMenu, names: dict[str, str], current: str, chosen: SignalInstance) -> None:
    """Fill a menu with a choice of one."""
    menu.clear()
    group = QActionGroup(menu)
    for value, name in names.items():
        action = QAction(name, menu)
        action.setCheckable(True)
        action.setChecked(value == current)
        action.triggered.connect(lambda _on=False, value=value: chosen.emit(value))
        group.addAction(action)
        menu.addAction(action)
