"""What the program remembers between starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_RECENT = 8


class Settings:
    """Typed access to an ini file.

    A file that cannot be read or written only means that nothing is remembered: QSettings keeps the values in memory
    and reports the fault through `status()`, which nobody needs to see.

    Args:
        path: the ini file; the user's configuration folder by default.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or platformdirs.user_config_path("restorer", appauthor=False) / "restorer.ini"
        self._file = QSettings(str(path), QSettings.Format.IniFormat)

    def save(self) -> None:
        self._file.sync()

    # --- look and language: "system" or a choice ------------------------------------------------------------

    @property
    def theme(self) -> str:
        return self._choice("theme", ("system", "light", "dark"))

    @theme.setter
    def theme(self, value: str) -> None:
        self._file.setValue("theme", value)

    @property
    def language(self) -> str:
        return self._choice("language", ("system", "en", "zh_CN"))

    @language.setter
    def language(self, value: str) -> None:
        self._file.setValue("language", value)

    @property
    def model(self) -> str | None:
        """The network's weights by name; None is the engine's default."""
        return self._text("model") or None

    @model.setter
    def model(self, value: str | None) -> None:
        self._file.setValue("model", value or "")

    # --- tools ------------------------------------------------------------------------------------------------

    @property
    def brush_size(self) -> int:
        return self._number("brush_size", 40, 1, 2000)

    @brush_size.setter
    def brush_size(self, value: int) -> None:
        self._file.setValue("brush_size", value)

    @property
    def grow(self) -> int:
        """Px by which marks are grown before they are restored: damage leaks past what a hand paints."""
        return self._number("grow", 2, 0, 20)

    @grow.setter
    def grow(self, value: int) -> None:
        self._file.setValue("grow", value)

    @property
    def mask_opacity(self) -> int:
        """Percent."""
        return self._number("mask_opacity", 50, 10, 100)

    @mask_opacity.setter
    def mask_opacity(self, value: int) -> None:
        self._file.setValue("mask_opacity", value)

    @property
    def heal(self) -> bool:
        return self._text("heal") != "off"

    @heal.setter
    def heal(self, value: bool) -> None:
        self._file.setValue("heal", "on" if value else "off")

    # --- places -----------------------------------------------------------------------------------------------

    @property
    def recent(self) -> list[Path]:
        """Files opened lately, the last one first."""
        stored = self._file.value("recent", [])
        names = [stored] if isinstance(stored, str) else stored if isinstance(stored, list) else []
        return [Path(name) for name in names if isinstance(name, str) and name][:MOST_RECENT]

    def remember(self, path: Path) -> None:
        path = path.absolute()
        self._set_recent([path, *(other for other in self.recent if other != path)])

    def forget(self, path: Path | None = None) -> None:
        """Take one file, or all, from the list."""
        self._set_recent([] if path is None else [other for other in self.recent if other != path])

    def _set_recent(self, paths: Iterable[Path]) -> None:
        self._file.setValue("recent", [str(path) for path in paths][:MOST_RECENT])

    @property
    def folder(self) -> Path | None:
        """Where the last file was opened or exported."""
        text = self._text("folder")
        return Path(text) if text else None

    @folder.setter
    def folder(self, value: Path) -> None:
        self._file.setValue("folder", str(value))

    @property
    def geometry(self) -> QByteArray | None:
        value = self._file.value("geometry")
        return value if isinstance(value, QByteArray) else None

    @geometry.setter
    def geometry(self, value: QByteArray) -> None:
        self._file.setValue("geometry", value)

    # --- a hand-edited or damaged ini file must not stop the program -------------------------------------------

    def _text(self, key: str) -> str:
        value = self._file.value(key, "")
        return value if isinstance(value, str) else ""

    def _choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self._text(key)
        return value if value in choices else choices[0]

    def _number(self, key: str, default: int, least: int, most: int) -> int:
        value = self._file.value(key, default)
        try:
            return min(max(int(value), least), most)  # type: ignore[call-overload, no-any-return]
        except (TypeError, ValueError):
            return default
