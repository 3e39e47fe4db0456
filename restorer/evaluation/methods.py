"""Which methods can be named, and where each is found."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from restorer.imaging.errors import RestorerError

_PEERS = str(Path(__file__).with_name("peers.py"))


@dataclass(frozen=True)
class Method:
    """A `fill(image, mask, **options)` that can be measured."""

    word: str
    """What the command line calls it."""
    name: str
    """What tables call it."""
    target: str
    """Where the worker finds it: `module:function` or `FILE.py:function`."""
    peer: bool = False
    """Whether it is other people's: it then runs in the peers' interpreter, and ours are compared with it."""
    options: dict[str, str] = field(default_factory=dict)
    version: str = ""
    """What decides its pixels besides the code (the weights' sha256): what another version filled is filled again."""

    @property
    def folder(self) -> str:
        """The name of the folder of its results."""
        return re.sub(r"[^A-Za-z0-9.]+", "_", self.name).strip("_")


FSR_FAST = "xphoto FSR_FAST"
FSR_PADDED = "xphoto FSR_FAST padded"
PATCHMATCH = "PyPatchMatch p3"
PEERS = (
    Method("telea-r5", "cv2 Telea r5", f"{_PEERS}:telea_r5", peer=True),
    Method("telea-r3", "cv2 Telea r3", f"{_PEERS}:telea_r3", peer=True),
    Method("ns-r3", "cv2 NS r3", f"{_PEERS}:navier_stokes_r3", peer=True),
    Method("fsr-fast", FSR_FAST, f"{_PEERS}:fsr_fast", peer=True),
    Method("fsr-fast-padded", FSR_PADDED, f"{_PEERS}:fsr_fast_padded", peer=True),
    Method("patchmatch-p3", PATCHMATCH, f"{_PEERS}:patchmatch_p3", peer=True),
)
PREFILL = Method("prefill", "prefill", "restorer.engine.prefill:fill")
RESTORER = "restorer"
"""Restorer with its default weights; `restorer:NAME` for others, by name or path."""
FILL = "restorer:fill"
WORDS = (*(method.word for method in (*PEERS, PREFILL)), RESTORER)
PEER_NAMES = frozenset(method.name for method in PEERS)


def find(words: list[str]) -> list[Method]:
    """The methods of these words, each once.

    `restorer:NAME` stands for bundled weights of that name or weights by the path of their .safetensors file, any
    other `module:function` for a function that can be imported.

    Raises:
        RestorerError: there is no such method, or there are no such weights.
    """
    known = {method.word: method for method in (*PEERS, PREFILL)}
    found = []
    for word in dict.fromkeys(words):
        module, _, function = word.rpartition(":")
        if word in known:
            found.append(known[word])
        elif word == RESTORER:
            found.append(_restorer(word, None))
        elif word.startswith(f"{RESTORER}:") and word != FILL:
            found.append(_restorer(word, word.removeprefix(f"{RESTORER}:")))
        elif module and function.isidentifier():
            found.append(Method(word, word, word))
        else:
            raise RestorerError(
                f"There is no method {word!r}: use {', '.join(WORDS)}, restorer:MODEL "
                "or the import path module:function."
            )
    return found


def every_word() -> list[str]:
    """The named methods, and Restorer with every other installed model that fills."""
    from restorer.engine import weights  # loads torch

    return [*WORDS, *(f"{RESTORER}:{name}" for name in weights.available() if name != weights.DEFAULT)]


def is_ours(name: str) -> bool:
    """Whether the method that tables call so is Restorer with some weights."""
    return name == RESTORER or name.startswith(f"{RESTORER} ")


def _restorer(word: str, model: str | None) -> Method:
    from restorer.engine import weights  # loads torch

    found = weights.find(model)
    if model is None:
        return Method(word, RESTORER, FILL, version=found.sha256)
    if model.endswith(".safetensors"):
        model = str(Path(model).resolve())  # the worker may look from elsewhere
    return Method(word, f"{RESTORER} {found.name}", FILL, options={"model": model}, version=found.sha256)
