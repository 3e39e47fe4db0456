"""The sentences of the layers below, in the window's language.

What can go wrong with a file or a network is said below the window, in English, for the command line and scripts too.
The window recognises the sentence by its fixed words and says it in its own language; one that it does not know is
shown as it is.
"""

from __future__ import annotations

import re
from functools import cache

from PySide6.QtCore import QCoreApplication

from restorer.ui.templates.batches import BATCHES
from restorer.ui.templates.details import DETAILS
from restorer.ui.templates.documents import DOCUMENTS
from restorer.ui.templates.files import FILES
from restorer.ui.templates.networks import NETWORKS

__all__ = ["DETAILS", "TEMPLATES", "in_own_words", "known", "network_in_words"]

TEMPLATES = tuple(
    sorted(
        (*FILES, *DOCUMENTS, *NETWORKS, *BATCHES),
        key=lambda template: len(str(template).replace("{}", "")),
        reverse=True,
    )
)
"""The first that fits counts: of several, the one with the most words of its own."""


def in_own_words(sentence: str) -> str:
    """The sentence in the window's language, if it is known; else itself."""
    return _translated(sentence, TEMPLATES) or sentence


def network_in_words(name: str) -> str:
    """What a network is called where it can be chosen: weights by their name, copying by what it does."""
    return QCoreApplication.translate("Networks", "Copying from this picture") if name == "patches" else name


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
