"""The window's language."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from restorer import bundled

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
"""Each in its own words: who cannot read the window's language must find their own."""


_HAN = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")
"""Fonts with the Chinese forms of characters; left to itself a system may take the Japanese ones."""


_language = ["en"]


def current() -> str:
    """The language that was installed last, one of `LANGUAGES`."""
    return _language[0]


def install(application: QApplication, choice: str) -> str:
    """Translate the application; `choice` is "system" or one of `LANGUAGES`.  Returns the language.

    Must come before the first widget, whose texts are made when it is.
    """
    language = choice if choice in LANGUAGES else _of_system()
    QLocale.setDefault(QLocale(language) if choice in LANGUAGES else QLocale.system())
    _language[0] = language
    for name, folder in (
        (f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)),
        (f"restorer_{language}", str(bundled.resources() / "translations")),  # English: plural forms only
    ):
        translator = QTranslator(application)
        if translator.load(name, folder):
            application.installTranslator(translator)
    if language == "en":
        return language
    font = application.font()
    known = set(QFontDatabase.families())
    font.setFamilies([*font.families(), *(name for name in _HAN if name in known)])
    application.setFont(font)
    return language


def _of_system() -> str:
    for name in QLocale.system().uiLanguages():
        parts = name.replace("_", "-").split("-")
        if parts[0] == "en":
            return "en"
        if parts[0] == "zh" and not {"TW", "HK", "MO", "Hant"} & set(parts):
            return "zh_CN"
    return "en"
