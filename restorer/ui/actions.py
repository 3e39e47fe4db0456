"""Every action of the window, with its words, keys and icon."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from restorer.ui import icons
from restorer.ui.canvas.tools.tool import ToolKind
from restorer.ui.keys import in_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMainWindow

    from restorer.ui.editor import Editor


_TAB = QKeySequence("Tab")


class Actions(QObject):
    """What a person can ask for; the window connects each to what does it.

    Signals: rebound(): some have other keys, and what tells of keys is to be said anew.
    """

    rebound = Signal()

    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._icons: dict[QAction, str] = {}
        self._always: set[QAction] = set()
        self._held: set[QAction] = set()
        self._file_actions()
        self._edit_actions()
        self._tool_actions()
        self._view_actions()
        self._help_actions()
        self.named = {name: child for name, child in vars(self).items() if isinstance(child, QAction)}
        self.defaults = {name: action.shortcuts() for name, action in self.named.items()}
        """The keys as they come."""
        self.draw_icons()

    def _file_actions(self) -> None:
        self.open = self._new(self.tr("&Open…"), "open", "Ctrl+O", always=True)
        self.page = self._new(self.tr("Open another pa&ge…"), "", "Ctrl+G")
        self.paste = self._new(self.tr("&Paste as new picture"), "paste", "Ctrl+V", always=True)
        self.batch = self._new(self.tr("Restore man&y pictures…"), "batch", "Ctrl+Shift+B", always=True)
        self.import_mask = self._new(self.tr("&Import mask…"), "mask-import", "Ctrl+I")
        self.export_mask = self._new(self.tr("Export &mask…"), "mask-export", "Ctrl+Shift+I")
        self.export = self._new(self.tr("&Export…"), "export", "Ctrl+E")
        self.copy = self._new(self.tr("&Copy the restored picture"), "copy", "Ctrl+Shift+C")
        self.save = self._new(self.tr("&Save project"), "save", "Ctrl+S")
        self.save_as = self._new(self.tr("Save project &as…"), "", "Ctrl+Shift+S")
        self.close = self._new(self.tr("&Close window"), "", "Ctrl+W", always=True)
        self.quit = self._new(self.tr("&Quit"), "", "Ctrl+Q", always=True)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)

    def _edit_actions(self) -> None:
        self.undo = self._new(self.tr("&Undo"), "undo", "Ctrl+Z")
        self.redo = self._new(self.tr("&Redo"), "redo", "Ctrl+Shift+Z", "Ctrl+Y")
        self.clear_mask = self._new(self.tr("Clear &all marks"), "clear", "Ctrl+Shift+D", "Delete")
        self.grow_marks = self._new(self.tr("&Grow marks"), "grow", "Ctrl+]")
        self.shrink_marks = self._new(self.tr("&Shrink marks"), "shrink", "Ctrl+[")
        self.smooth_marks = self._new(self.tr("S&mooth marks"), "smooth", "Ctrl+Shift+M")
        self.invert_marks = self._new(self.tr("&Invert marks"), "invert", "Ctrl+Shift+N")
        self.rotate_right = self._new(self.tr("Rotate to the rig&ht"), "rotate-right", "Ctrl+R")
        self.rotate_left = self._new(self.tr("Rotate to the &left"), "rotate-left", "Ctrl+Shift+R")
        self.flip_across = self._new(self.tr("&Flip horizontally"), "flip-across", "Shift+H")
        self.flip_down = self._new(self.tr("Flip &vertically"), "flip-down", "Shift+V")
        self.turns = {self.rotate_right: 6, self.rotate_left: 8, self.flip_across: 2, self.flip_down: 4}
        """What each does to the orientation of what is seen (TIFF 6.0, tag 274)."""
        self.settings = self._new(self.tr("Se&ttings…"), "settings", "Ctrl+,", always=True)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)

    def _tool_actions(self) -> None:
        self.hand = self._new(self.tr("&Hand: move the picture"), "hand", "H", checkable=True)
        self.brush = self._new(self.tr("&Brush: mark damage"), "brush", "B", checkable=True)
        self.eraser = self._new(self.tr("&Eraser: take marks away"), "eraser", "E", checkable=True)
        self.line = self._new(self.tr("&Line: straight, from end to end"), "line", "U", checkable=True)
        self.trace = self._new(self.tr("&Scratch: follow it from end to end"), "trace", "T", checkable=True)
        self.lasso = self._new(self.tr("L&asso: draw around damage"), "lasso", "L", checkable=True)
        self.polygon = self._new(self.tr("&Polygon: corner by corner"), "polygon", "Shift+L", checkable=True)
        self.rectangle = self._new(self.tr("&Rectangle"), "rectangle", "M", checkable=True)
        self.ellipse = self._new(self.tr("Ell&ipse"), "ellipse", "Shift+M", checkable=True)
        self.wand = self._new(self.tr("Magic &wand: mark what looks alike"), "wand", "W", checkable=True)
        self.clone = self._new(self.tr("&Clone: bring pixels from another place"), "clone", "S", checkable=True)
        self.heal_brush = self._new(
            self.tr("Heal by han&d: clone, and fit the colour"), "heal-brush", "J", checkable=True
        )
        self.clone_source = self._new(self.tr("Clone from under the poin&ter"), "", "A")
        self.subtract = self._new(self.tr("Shapes take marks awa&y"), "subtract", "Shift+S", checkable=True)
        self.bigger = self._new(self.tr("Bi&gger brush"), "bigger", "]")
        self.smaller = self._new(self.tr("S&maller brush"), "smaller", "[")
        self.heal = self._new(self.tr("Heal as you &paint"), "heal", "P", checkable=True)
        self.restore = self._new(self.tr("&Restore what is marked"), "restore", "Ctrl+Return", "Ctrl+Enter")
        self.cancel = self._new(self.tr("Cancel"), "cancel", "Esc")
        self.find_damage = self._new(self.tr("&Find damage"), "find", "F")
        self.find_infrared = self._new(self.tr("Find damage in an &infrared scan…"), "", "Shift+F")
        self.next_defect = self._new(self.tr("&Next place of damage"), "", "N")
        self.previous_defect = self._new(self.tr("Pre&vious place of damage"), "", "Shift+N")
        self.adapt = self._new(self.tr("Adapt to my &collection…"), "", always=True)
        self.tools = {
            ToolKind.HAND: self.hand, ToolKind.BRUSH: self.brush, ToolKind.ERASER: self.eraser,
            ToolKind.LINE: self.line, ToolKind.TRACE: self.trace, ToolKind.LASSO: self.lasso,
            ToolKind.POLYGON: self.polygon, ToolKind.RECTANGLE: self.rectangle, ToolKind.ELLIPSE: self.ellipse,
            ToolKind.WAND: self.wand, ToolKind.CLONE: self.clone, ToolKind.HEAL: self.heal_brush,
        }  # fmt: skip
        self._tools = QActionGroup(self)
        for action in self.tools.values():
            self._tools.addAction(action)
        self.brush.setChecked(True)

    def _view_actions(self) -> None:
        self.fit = self._new(self.tr("&Fit into the window"), "fit", "Ctrl+0")
        self.actual_size = self._new(self.tr("&Actual size, 100 %"), "actual-size", "Ctrl+1")
        self.zoom_in = self._new(self.tr("Zoom &in"), "zoom-in", "Ctrl++", "Ctrl+=")
        self.zoom_out = self._new(self.tr("Zoom &out"), "zoom-out", "Ctrl+-")
        self.divider = self._new(self.tr("&Divider: before and after"), "divider", "D", checkable=True)
        self.divider_level = self._new(
            self.tr("Divider lying &horizontally"), "divider-level", "Shift+D", checkable=True
        )
        self.side_by_side = self._new(self.tr("&Side by side"), "side-by-side", "Y", checkable=True)
        self.blink = self._new(self.tr("&Blink between before and after"), "blink", "K", checkable=True)
        self.loupe = self._new(self.tr("Lo&upe: both, enlarged"), "loupe", "Q", checkable=True)
        self.changes = self._new(self.tr("Show what has &changed"), "changes", "C", checkable=True)
        # its keys are held down, so the window listens to them itself (`HeldKeys`); the menu can only switch it
        self.original = self._new(self.tr("See the ori&ginal (hold)"), "original", "X", "\\", checkable=True, held=True)
        self.panels = self._new(self.tr("Side &panel"), "panels", "Tab", checkable=True)
        self.panels.setChecked(True)
        self.next_part = self._new(self.tr("Go to the next part of the &window"), "", "F6")
        self.caret = self._new(self.tr("Point with the &keyboard"), "caret", "F2", checkable=True)

    def _help_actions(self) -> None:
        self.palette = self._new(self.tr("&Find a command…"), "", "Ctrl+K", "Ctrl+Shift+P", always=True)
        self.tour = self._new(self.tr("&Take the tour"), "", always=True)
        self.help = self._new(self.tr("&Help and keys"), "help", "F1", always=True)
        self.keys = self._new(self.tr("&Keyboard shortcuts…"), "", always=True)
        self.report = self._new(self.tr("&Save a report…"), "", always=True)
        self.about = self._new(self.tr("&About Restorer"), "", always=True)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)

    @property
    def all(self) -> list[QAction]:
        return list(self.named.values())

    @staticmethod
    def keys_of(action: QAction) -> str:
        """Its keys as they are shown, empty if it has none."""
        return " / ".join(dict.fromkeys(map(in_words, action.shortcuts())))

    @staticmethod
    def words_of(action: QAction) -> str:
        """Its text without the mark of its mnemonic, which in Chinese stands in brackets behind it."""
        return re.sub(r"\(&\w\)|&", "", action.text()).rstrip("…")

    def way_to(self, action: QAction) -> str:
        """How a sentence names what is to be pressed: by the first of its keys, or by its name in the menus."""
        return self.keys_of(action).split(" / ")[0] or self.tr("“{}”").format(
            re.split("[:：]", self.words_of(action))[0]
        )

    def set_keys(self, action: QAction, keys: list[QKeySequence]) -> None:
        action.setShortcuts(keys)
        # elsewhere than on the picture, Tab goes to the next control
        here = action in self._held or _TAB in keys
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut if here else Qt.ShortcutContext.WindowShortcut)
        shown, plain = self.keys_of(action), self.words_of(action)
        action.setToolTip(f"{plain}  ({shown})" if shown else plain)

    def draw_icons(self) -> None:
        """Again, in the colours of the theme."""
        for action, name in self._icons.items():
            action.setIcon(icons.icon(name))

    def suit(self, editor: Editor, *, begun: bool = False) -> None:
        """Enable what can be done now; `begun`: has a tool begun a shape, of which something can be undone?"""
        document = editor.document
        for action in self.named.values():
            action.setEnabled(action in self._always or document is not None)
        self.page.setEnabled(document is not None and document.photograph.paged)
        marked = document is not None and document.marked
        self.export.setEnabled(document is not None and not editor.output.exporting)
        for action in (self.export_mask, self.clear_mask, self.grow_marks, self.shrink_marks, self.smooth_marks):
            action.setEnabled(marked)
        finding = editor.finding
        self.undo.setEnabled(document is not None and (begun or document.history.can_undo or finding.can_undo))
        self.redo.setEnabled(document is not None and (document.history.can_redo or finding.can_redo))
        self.cancel.setEnabled(
            editor.working or finding.searching or finding.active or editor.resting.searching or editor.output.exporting
        )
        self.find_damage.setEnabled(document is not None and finding.possible and not finding.searching)
        self.find_damage.setToolTip(self._tip_of_finding(editor))
        self.find_infrared.setEnabled(document is not None and finding.may_be_film and not finding.searching)
        for action in (self.next_defect, self.previous_defect):
            action.setEnabled(finding.active)
        self.restore.setEnabled(document is not None and not finding.searching)

    def _tip_of_finding(self, editor: Editor) -> str:
        """Why it cannot be done is said too."""
        if not editor.finding.known:
            return self.tr("Find damage: the networks are still being loaded")
        if not editor.finding.possible:
            return self.tr("Find damage: the weights for it are not installed")
        self.set_keys(self.find_damage, self.find_damage.shortcuts())
        return self.find_damage.toolTip()

    def _new(
        self, text: str, icon: str, *keys: str, checkable: bool = False, always: bool = False, held: bool = False
    ) -> QAction:
        action = QAction(text, self)
        action.setCheckable(checkable)
        if held:
            self._held.add(action)
        self.set_keys(action, [QKeySequence(key) for key in keys])
        if icon:
            self._icons[action] = icon
        if always:
            self._always.add(action)
        self._window.addAction(action)  # its keys work though its menu is closed
        return action
