"""The bars of tools and of views: what stands in them, how they fit a low window, and how the keyboard gets there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QToolBar, QToolButton, QWidget

from restorer.ui.theme import roomy

if TYPE_CHECKING:
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMainWindow

    from restorer.ui.actions import Actions
    from restorer.ui.notices import Notices
    from restorer.ui.workspace import Workspace

LARGEST_ICON = 28
"""Logical px, where letters are large; more would not leave room for all tools on a small screen."""


class Bars(QObject):
    """One window's.

    Args:
        centre: what they and notices take room from, the window staying as large.
        tools: what the bar of tools is called.
        view: what the other one is.
    """

    def __init__(self, window: QMainWindow, centre: QWidget, actions: Actions, tools: str, view: str) -> None:
        super().__init__(window)
        self.tools = _tool_bar(window, actions, tools)
        self.view = _view_bar(window, actions, view)
        self._centre = centre
        self._room_wanted = 0
        centre.installEventFilter(self)

    def show(self, on: bool) -> None:
        self.tools.setVisible(on)
        self.view.setVisible(on)

    def go_to_next_part(self, workspace: Workspace, notices: Notices, others: tuple[QWidget, ...] = ()) -> None:
        """The picture, the panel, notices, the bars, in turn: a way out of the picture, where Tab means something else.

        `others` are what else there may be, each a part of its own.
        """
        panel = workspace.panel
        ways: list[tuple[QWidget, QWidget | None]] = [
            (workspace.canvas, workspace.canvas),
            (panel, panel.first),
            *((part, _first_control(part)) for part in (notices, workspace.medical.bar, *others)),
            *((bar, _first_button(bar)) for bar in (self.tools, self.view)),
        ]
        seen = [(part, way) for part, way in ways if part.isVisible() and way is not None and way.isEnabled()]
        focused = QApplication.focusWidget()
        now = next((i for i, (part, _) in enumerate(seen) if focused is not None and _holds(part, focused)), -1)
        if seen:
            seen[(now + 1) % len(seen)][1].setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self._centre:
            self._fit_tools()
        return super().eventFilter(watched, event)

    def _fit_tools(self) -> None:
        """In a low window the tools stand closer together, so that none of them drops off the bar."""
        bar = self.tools
        if not bar.property("compact"):
            self._room_wanted = bar.sizeHint().height()
        compact = self._centre.height() < self._room_wanted
        if bool(bar.property("compact")) == compact:
            return
        bar.setProperty("compact", compact)
        for widget in (*bar.findChildren(QToolButton), bar):
            widget.style().unpolish(widget)
            widget.style().polish(widget)
            QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))  # it measures itself again


def _tool_bar(window: QMainWindow, actions: Actions, name: str) -> QToolBar:
    """The tools, at the left."""
    groups = (
        (actions.hand, actions.brush, actions.eraser, actions.line, actions.trace),
        (actions.lasso, actions.polygon, actions.rectangle, actions.ellipse, actions.wand),
        (actions.clone, actions.heal_brush),
        (actions.subtract, actions.clear_mask),
    )
    return _bar(window, actions, name, "tools", Qt.ToolBarArea.LeftToolBarArea, groups)


def _view_bar(window: QMainWindow, actions: Actions, name: str) -> QToolBar:
    """Undo, zoom and compare, at the top."""
    groups = (
        (actions.undo, actions.redo),
        (actions.find_damage,),
        (actions.fit, actions.actual_size, actions.zoom_out, actions.zoom_in),
        (actions.divider, actions.side_by_side, actions.blink, actions.loupe, actions.changes, actions.original),
        (actions.panels,),
    )
    return _bar(window, actions, name, "viewBar", Qt.ToolBarArea.TopToolBarArea, groups)


def _bar(
    window: QMainWindow,
    actions: Actions,
    name: str,
    object_name: str,
    area: Qt.ToolBarArea,
    groups: tuple[tuple[QAction, ...], ...],
) -> QToolBar:
    bar = QToolBar(name, window)
    bar.setObjectName(object_name)
    bar.setMovable(False)
    side = min(roomy(20), LARGEST_ICON)
    bar.setIconSize(QSize(side, side))
    bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # it would offer to hide the bar for good
    for group in groups:
        if bar.actions():
            bar.addSeparator()
        bar.addActions(list(group))
    for action in bar.actions():
        button = bar.widgetForAction(action)
        if button is not None and not action.isSeparator():
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(actions.words_of(action))
            if isinstance(button, QToolButton):
                _KeysOfPicture(button)
    window.addToolBar(area, bar)
    return bar


class _KeysOfPicture(QObject):
    """Keeps from a button those keys of its action that mean it on the picture only.

    Qt hands them to every widget that has the action, and so Tab would press the button of the side panel instead of
    leaving it.
    """

    def __init__(self, button: QToolButton) -> None:
        super().__init__(button)
        self._button = button
        button.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            action = self._button.defaultAction()
            here = action is not None and action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut
            if here and QKeySequence(QKeyCombination(event.modifiers(), Qt.Key(event.key()))) in action.shortcuts():
                event.accept()  # it is no shortcut then, but goes the way of any key
                return True
        return super().eventFilter(watched, event)


def _first_button(bar: QToolBar) -> QWidget:
    """The first button of a bar that can be pressed."""
    buttons = [bar.widgetForAction(action) for action in bar.actions() if not action.isSeparator()]
    return next((button for button in buttons if button.isEnabled()), bar)


def _first_control(part: QWidget) -> QWidget | None:
    """The first widget of a part that Tab goes to; None if there is none."""
    widgets = part.findChildren(QWidget)
    tab = Qt.FocusPolicy.TabFocus.value
    return next((each for each in widgets if each.isVisible() and each.focusPolicy().value & tab), None)


def _holds(part: QWidget, widget: QWidget) -> bool:
    """Is the widget in this part of the window?"""
    return part is widget or part.isAncestorOf(widget)
