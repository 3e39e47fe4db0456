"""The sentences of the layers below, in the window's language.

What can go wrong with a file or a network is said below the window, in English, for the command line and scripts too.
The window recognises the sentence by its fixed words and says it in its own language; one that it does not know is
shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from restorer.ui.batch_templates import BATCH
from restorer.ui.further_templates import FURTHER
from restorer.ui.sentence_templates import DETAILS
from restorer.ui.sentence_templates import TEMPLATES as FIRST

__all__ = ["DETAILS", "TEMPLATES", "in_own_words", "known"]

TEMPLATES = (*BATCH, *FURTHER, *FIRST)
"""The first that fits counts."""


def in_own_words(sentence: str) -> str:
    """The sentence in the window's language, if it is known; else itself."""
    return _translated(sentence, TEMPLATES) or sentence


def known(sentence: str) -> bool:
    return any(pattern.fullmatch(sentence) for _, pattern in _patterns(TEMPLATES))


def _translated(words: str, templates: tuple[object, ...]) -> str | None:
    for template, pattern in _patterns(templates):
        found = pattern.fullmatch(words)
        if found is not None:
            return QCoreApplication.translate("Sentences", template).format(*map(_detail, found.groups()))
    return None


def _detail(words: str) -> str:
    """A reason, or a list of what cannot be kept; names and numbers stay as they are."""
    whole = _translated(words, DETAILS)
    return whole or ", ".join(_translated(part, DETAILS) or part for part in words.split(", "))


@cache
def _patterns(templates: tuple[object, ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (template, re.compile("(.+?)".join(map(re.escape, template.split("{}"))), re.DOTALL))
        for template in map(str, templates)
    )
