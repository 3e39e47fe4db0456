"""The version resource of restorer.exe, which Windows shows among its properties (untested)."""

from __future__ import annotations

from typing import Any


def resource(version: str) -> Any:
    """For PyInstaller's EXE."""
    from PyInstaller.utils.win32 import versioninfo as win

    numbers = tuple(int(part) for part in (*version.split(".")[:3], "0"))
    table = win.StringTable(
        "040904B0",
        [
            win.StringStruct("ProductName", "Restorer"),
            win.StringStruct("FileDescription", "Restorer: brings damaged photographs back"),
            win.StringStruct("FileVersion", version),
            win.StringStruct("ProductVersion", version),
            win.StringStruct("OriginalFilename", "restorer.exe"),
            win.StringStruct("LegalCopyright", "Apache License 2.0"),
        ],
    )
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[win.StringFileInfo([table]), win.VarFileInfo([win.VarStruct("Translation", [0x409, 1200])])],
    )
