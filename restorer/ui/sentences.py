"""The sentences of the layers below, in the window's language.

What can go wrong with a file or a network is said below the window, in English, for the command line and scripts too.
The window recognises the sentence by its fixed words and says it in its own language; one that it does not know is
shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

TEMPLATES = (
    QT_TRANSLATE_NOOP("Sentences", "There is no file “{}”: check its name and folder."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is a folder: choose a picture in it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is empty: copy or scan it again."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” may not be read: ask its owner for permission, or copy it."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be read ({}): check the disk it is on."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” is damaged or incomplete ({}): copy or scan it again."),
    QT_TRANSLATE_NOOP(
        "Sentences", "“{}” is no picture that can be opened: choose a PNG, TIFF, JPEG, WebP or BMP file."
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” has {} × {} pixels; {} megapixels at most can be opened: cut it into parts."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” has {} × {} pixels and needs {} of memory, but only {} are free: close other programs, or use a computer "
        "with more memory.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "There is not enough memory to open “{}”: close other programs, or open it on a computer with more memory.",
    ),
    QT_TRANSLATE_NOOP(
        "Sentences", "The mask “{}” has {} × {} pixels, the picture {} × {}: use a mask of the picture's size."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The mask is empty: mark what is to be restored (white, in a mask file)."),
    QT_TRANSLATE_NOOP("Sentences", "The mask covers the whole picture: leave some of it unmarked to restore from."),
    QT_TRANSLATE_NOOP("Sentences", "{} is the original: choose another name, it is never overwritten."),
    QT_TRANSLATE_NOOP("Sentences", "There is no folder {}: make it first, or choose another one."),
    QT_TRANSLATE_NOOP("Sentences", "{} cannot be written as a {}: choose one of {}."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the disk is full. Free some space or choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: writing there is not permitted. Choose another folder or change the permissions.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved: the disk is read-only. Choose another folder."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "“{}” cannot be saved: its folder does not exist. Create the folder or choose another one.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory to save “{}”: close other programs."),
    QT_TRANSLATE_NOOP("Sentences", "“{}” cannot be saved in that format: end its name with {}."),
    QT_TRANSLATE_NOOP("Sentences", "There is not enough memory for this: close other programs, and try again."),
    QT_TRANSLATE_NOOP(
        "Sentences", "There is no model {}: choose one of {}, or name a .safetensors file with its card."
    ),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} are damaged (their sha256 is not the card's): {}."),
    QT_TRANSLATE_NOOP("Sentences", "The weights {} cannot be read ({}): {}."),
    QT_TRANSLATE_NOOP("Sentences", "Torch cannot be loaded ({}): install Restorer again."),
    QT_TRANSLATE_NOOP("Sentences", "The program made a mistake ({}); your picture is as it was."),
    QT_TRANSLATE_NOOP(
        "Sentences",
        "The picture on the clipboard cannot be kept in the temporary folder: free some space there.",
    ),
    QT_TRANSLATE_NOOP("Sentences", "Page 1 of {} is opened."),
)


def in_own_words(sentence: str) -> str:
    """The sentence in the window's language, if it is known; else itself."""
    for template, pattern in _patterns():
        found = pattern.fullmatch(sentence)
        if found is not None:
            return QCoreApplication.translate("Sentences", template).format(*found.groups())
    return sentence


def known(sentence: str) -> bool:
    return any(pattern.fullmatch(sentence) for _, pattern in _patterns())


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (template, re.compile("(.+?)".join(map(re.escape, template.split("{}"))), re.DOTALL))
        for template in map(str, TEMPLATES)
    )
