"""What the program remembers between starts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_RECENT = 8
USUAL_QUALITY = 92
"""As `jpeg_copy.USUAL`, which is not imported here: the settings are read before anything else is loaded."""
WIDEST_FEATHER = 50
"""As `feather.WIDEST`; px."""
MASK_COLOURS = {"red": "#ff2d55", "green": "#00d26a", "blue": "#2f7bff", "yellow": "#ffd60a", "magenta": "#e346ff"}
"""In which marks can be shown: one of them stands out from any photograph."""


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

    # --- the computer ------------------------------------------------------------------------------------------

    @property
    def device(self) -> str:
        return self._choice("device", ("auto", "cpu", "cuda"))

    @device.setter
    def device(self, value: str) -> None:
        self._file.setValue("device", value)

    @property
    def threads(self) -> int:
        """Of the engine; 0 leaves it to the program."""
        return self._number("threads", 0, 0, 256)

    @threads.setter
    def threads(self, value: int) -> None:
        self._file.setValue("threads", value)

    @property
    def undo_memory(self) -> int:
        """MiB that the history of a picture may hold."""
        return self._number("undo_memory", 1024, 64, 65536)

    @undo_memory.setter
    def undo_memory(self, value: int) -> None:
        self._file.setValue("undo_memory", value)

    @property
    def autosave(self) -> bool:
        return self._text("autosave") != "off"

    @autosave.setter
    def autosave(self, value: bool) -> None:
        self._file.setValue("autosave", "on" if value else "off")

    @property
    def monitor_profile(self) -> Path | None:
        """An ICC profile of the screen; None takes it for sRGB."""
        text = self._text("monitor_profile")
        return Path(text) if text else None

    @monitor_profile.setter
    def monitor_profile(self, value: Path | None) -> None:
        self._file.setValue("monitor_profile", "" if value is None else str(value))

    @property
    def reduced_motion(self) -> bool:
        """Nothing moves by itself."""
        return self._text("reduced_motion") == "on"

    @reduced_motion.setter
    def reduced_motion(self, value: bool) -> None:
        self._file.setValue("reduced_motion", "on" if value else "off")

    @property
    def tour_seen(self) -> bool:
        """Has the tour been offered, and taken or left?"""
        return self._text("tour") == "seen"

    @tour_seen.setter
    def tour_seen(self, value: bool) -> None:
        self._file.setValue("tour", "seen" if value else "")

    # --- export ------------------------------------------------------------------------------------------------

    @property
    def export_manifest(self) -> bool:
        """Is a record written beside the picture?"""
        return self._text("export_manifest") == "on"

    @export_manifest.setter
    def export_manifest(self, value: bool) -> None:
        self._file.setValue("export_manifest", "on" if value else "off")

    @property
    def export_mask(self) -> bool:
        """Is the mask written beside the picture?"""
        return self._text("export_mask") == "on"

    @export_mask.setter
    def export_mask(self, value: bool) -> None:
        self._file.setValue("export_mask", "on" if value else "off")

    @property
    def strip_gps(self) -> bool:
        """Is the place where a picture was taken left out of exports?"""
        return self._text("strip_gps") == "on"

    @strip_gps.setter
    def strip_gps(self, value: bool) -> None:
        self._file.setValue("strip_gps", "on" if value else "off")

    @property
    def jpeg_quality(self) -> int:
        """Of JPEGs that are made anew, 1..100."""
        text = self._text("jpeg_quality") or ""
        return min(max(int(text), 1), 100) if text.isdigit() else USUAL_QUALITY

    @jpeg_quality.setter
    def jpeg_quality(self, value: int) -> None:
        self._file.setValue("jpeg_quality", str(value))

    @property
    def export_srgb(self) -> bool:
        """Are the colours of such JPEGs converted to sRGB?"""
        return self._text("export_srgb") == "on"

    @export_srgb.setter
    def export_srgb(self, value: bool) -> None:
        self._file.setValue("export_srgb", "on" if value else "off")

    @property
    def operator(self) -> str:
        """Who restores, as it is noted in what is exported."""
        return self._text("operator") or ""

    @operator.setter
    def operator(self, value: str) -> None:
        self._file.setValue("operator", value)

    # --- many pictures -----------------------------------------------------------------------------------------

    @property
    def batch(self) -> str:
        """The last batch, as `Order.to_json` writes it; empty for none."""
        return self._text("batch/order")

    @batch.setter
    def batch(self, value: str) -> None:
        self._file.setValue("batch/order", value)

    @property
    def batch_unfinished(self) -> bool:
        """Was it stopped, or cut off?"""
        return self._text("batch/unfinished") == "on"

    @batch_unfinished.setter
    def batch_unfinished(self, value: bool) -> None:
        self._file.setValue("batch/unfinished", "on" if value else "off")

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
    def mask_colour(self) -> str:
        """One of `MASK_COLOURS`."""
        return self._choice("mask_colour", tuple(MASK_COLOURS))

    @mask_colour.setter
    def mask_colour(self, value: str) -> None:
        self._file.setValue("mask_colour", value)

    @property
    def tolerance(self) -> int:
        """Of the magic wand, percent."""
        return self._number("tolerance", 10, 0, 100)

    @tolerance.setter
    def tolerance(self, value: int) -> None:
        self._file.setValue("tolerance", value)

    @property
    def softness(self) -> int:
        """Of the rim of what is cloned, percent."""
        return self._number("softness", 20, 0, 100)

    @softness.setter
    def softness(self, value: int) -> None:
        self._file.setValue("softness", value)

    @property
    def feather(self) -> int:
        """Of new repairs, px."""
        return self._number("feather", 0, 0, WIDEST_FEATHER)

    @feather.setter
    def feather(self, value: int) -> None:
        self._file.setValue("feather", value)

    @property
    def grain(self) -> int:
        """Of the grain that new repairs lack, percent."""
        return self._number("grain", 100, 0, 100)

    @grain.setter
    def grain(self, value: int) -> None:
        self._file.setValue("grain", value)

    @property
    def contiguous(self) -> bool:
        return self._text("contiguous") != "off"

    @contiguous.setter
    def contiguous(self, value: bool) -> None:
        self._file.setValue("contiguous", "on" if value else "off")

    @property
    def heal(self) -> bool:
        return self._text("heal") != "off"

    @heal.setter
    def heal(self, value: bool) -> None:
        self._file.setValue("heal", "on" if value else "off")

    def is_open(self, section: str, default: bool) -> bool:
        """Is a section of the side panel open?"""
        return {"on": True, "off": False}.get(self._text(f"sections/{section}"), default)

    def set_open(self, section: str, value: bool) -> None:
        self._file.setValue(f"sections/{section}", "on" if value else "off")

    # --- keys -------------------------------------------------------------------------------------------------

    def keys_of(self, action: str) -> list[str] | None:
        """The keys chosen for an action, as portable text; None if they are as they come."""
        value = self._file.value(f"keys/{action}")
        if value is None:
            return None
        return [text for text in str(value).split("\n") if text]

    def set_keys(self, action: str, keys: list[str]) -> None:
        self._file.setValue(f"keys/{action}", "\n".join(keys))

    def forget_keys(self, action: str | None = None) -> None:
        """Of one action, or of all."""
        self._file.remove("keys" if action is None else f"keys/{action}")

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
