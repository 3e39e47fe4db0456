"""Light and dark: one neutral grey family, because a tinted surround changes how a photograph's colours look."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from restorer import bundled
from restorer.ui import icons


@dataclass(frozen=True)
class Colours:
    """Text on window, raised and base has a contrast of 4.5:1 or more (WCAG 2.2, AA).

    `accent`, and `faint`, of which the borders of controls are, have 3:1 or more.
    """

    window: str
    raised: str
    base: str
    hover: str
    border: str
    text: str
    soft: str
    faint: str
    accent: str
    accentHover: str  # noqa: N815 - the words of theme.qss
    onAccent: str  # noqa: N815
    tint: str
    surround: str


LIGHT = Colours(
    window="#f5f5f5", raised="#ffffff", base="#ffffff", hover="#e9e9e9", border="#d4d4d4", text="#1c1c1c",
    soft="#5a5a5a", faint="#858585", accent="#0f6b75", accentHover="#0b565e", onAccent="#ffffff", tint="#d3e8ea",
    surround="#8a8a8a",
)  # fmt: skip
DARK = Colours(
    window="#262626", raised="#313131", base="#1d1d1d", hover="#3b3b3b", border="#454545", text="#ededed",
    soft="#b0b0b0", faint="#7d7d7d", accent="#56b8c1", accentHover="#74cbd2", onAccent="#06282c", tint="#24474b",
    surround="#3a3a3a",
)  # fmt: skip


_SIZES = {"titleSize": 2.6, "stateSize": 1.55, "leadSize": 1.15}
"""Of larger text, as shares of the usual, which a person may have set to anything."""
USUAL_TEXT = 13
"""px: at this size of text the measures of the window are what is written in the code."""


def text_size() -> int:
    """Of the application's text, in logical px."""
    return QFontInfo(QApplication.font()).pixelSize()


def roomy(length: int) -> int:
    """A width or height of something that holds text: larger where text is larger, never smaller."""
    return round(length * max(1.0, text_size() / USUAL_TEXT))


class Theme(QObject):
    """Dresses the application, and again when the system or the choice changes.

    Signals:
        changed(): colours and icons are new.
    """

    changed = Signal()

    def __init__(self, application: QApplication, choice: str = "system") -> None:
        super().__init__(application)
        self._application = application
        self._choice = choice
        self.colours = LIGHT
        application.setStyle(QStyleFactory.create("Fusion"))
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._follow)
        self.choose(choice)

    @property
    def dark(self) -> bool:
        return self.colours is DARK

    @property
    def choice(self) -> str:
        """`system`, `light` or `dark`."""
        return self._choice

    def choose(self, choice: str) -> None:
        self._choice = choice
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(choice, Qt.ColorScheme.Unknown)
        QGuiApplication.styleHints().setColorScheme(scheme)  # for title bars and native dialogs
        self._dress()

    def _follow(self) -> None:
        if self._choice == "system":
            self._dress()

    def _dress(self) -> None:
        system_is_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = self._choice == "dark" or (self._choice == "system" and system_is_dark)
        self.colours = DARK if dark else LIGHT
        icons.use(self.colours.text, self.colours.faint, self.colours.accent, self.colours.onAccent)
        self._application.setPalette(_palette(self.colours))
        self._application.setStyleSheet(_style_sheet(self.colours))
        self.changed.emit()


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for target, colour in (
        (role.Window, colours.window), (role.Base, colours.base), (role.AlternateBase, colours.window),
        (role.Button, colours.raised), (role.ToolTipBase, colours.raised), (role.Light, colours.raised),
        (role.Midlight, colours.hover), (role.Mid, colours.border), (role.Dark, colours.surround),
        (role.WindowText, colours.text), (role.Text, colours.text), (role.ButtonText, colours.text),
        (role.ToolTipText, colours.text), (role.BrightText, colours.onAccent), (role.PlaceholderText, colours.soft),
        (role.Highlight, colours.accent), (role.HighlightedText, colours.onAccent), (role.Accent, colours.accent),
        (role.Link, colours.accent), (role.LinkVisited, colours.accent),
    ):  # fmt: skip
        palette.setColor(target, QColor(colour))
    for target in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, target, QColor(colours.faint))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Highlight, QColor(colours.border))
    return palette


def _style_sheet(colours: Colours) -> str:
    name = "dark" if colours is DARK else "light"
    template = (bundled.resources() / "theme" / "theme.qss").read_text(encoding="utf-8")
    words = asdict(colours)
    usual = text_size()
    for word, share in _SIZES.items():
        words[word] = f"{round(share * usual)}px"
    # a least height in a style sheet is taken for one that holds the text, too
    words["lineHeight"] = f"{max(18, QFontMetrics(QApplication.font()).height())}px"
    words["leadHeight"] = f"{max(24, round(_SIZES['leadSize'] * QFontMetrics(QApplication.font()).height()))}px"
    box = roomy(16) // 2 * 2
    words["box"], words["dot"], words["ring"] = f"{box}px", f"{box // 2}px", f"{(box + 2 - box // 2) // 2}px"
    words["round"] = f"{box // 2 + 1}px"
    words["check"] = (bundled.resources() / "theme" / f"check-{name}.svg").as_posix()
    words["down"] = (bundled.resources() / "theme" / f"down-{name}.svg").as_posix()
    words["up"] = (bundled.resources() / "theme" / f"up-{name}.svg").as_posix()
    words["more"] = (bundled.resources() / "theme" / f"more-{name}.svg").as_posix()
    return re.sub(r"@(\w+)", lambda found: words[found[1]], template.split("*/", 1)[1])
