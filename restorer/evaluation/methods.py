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

    @property
    def folder(self) -> str:
        """The name of the folder of its results."""
        return re.sub(r"[^A-Za-z0-9.]+", "_", self.name).strip("_")


PEERS = (
    Method("telea-r5", "cv2 Telea r5", f"{_PEERS}:telea_r5", peer=True),
    Method("telea-r3", "cv2 Telea r3", f"{_PEERS}:telea_r3", peer=True),
    Method("ns-r3", "cv2 NS r3", f"{_PEERS}:navier_stokes_r3", peer=True),
    Method("fsr-fast", "xphoto FSR_FAST", f"{_PEERS}:fsr_fast", peer=True),
    Method("fsr-fast-padded", "xphoto FSR_FAST padded", f"{_PEERS}:fsr_fast_padded", peer=True),
    Method("patchmatch-p3", "PyPatchMatch p3", f"{_PEERS}:patchmatch_p3", peer=True),
)
PREFILL = Method("prefill", "prefill", "restorer.engine.prefill:fill")
RESTORER = Method("restorer", "restorer", "restorer:fill")
WORDS = tuple(method.word for method in (*PEERS, PREFILL, RESTORER))
PEER_NAMES = frozenset(method.name for method in PEERS)


def find(words: list[str], model: str | None = None) -> list[Method]:
    """The methods of these words; `module:function` stands for any function that can be imported.

    `model` is the name of the network that `restorer` uses; None is its default.
    """
    known = {method.word: method for method in (*PEERS, PREFILL, RESTORER)}
    if model is not None:
        known["restorer"] = Method("restorer", f"restorer {model}", RESTORER.target, options={"model": model})
    found = []
    for word in dict.fromkeys(words):
        module, _, function = word.rpartition(":")
        if word in known:
            found.append(known[word])
        elif module and function.isidentifier():
            found.append(Method(word, word, word))
        else:
            raise RestorerError(
                f"There is no method {word!r}: use {', '.join(WORDS)} or the import path module:function."
            )
    return found
