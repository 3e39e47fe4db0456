"""Weights on disk: a safetensors file and a card of the same name beside it, nothing that can run code.

The card (JSON) says what the numbers are: network and its shape, sha256 of the safetensors file, parameters, licence,
data, steps, hardware, scores.  A file whose hash differs from its card is not loaded.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safetensors import SafetensorError
from safetensors import torch as safetensors

from restorer import bundled
from restorer.engine.networks.reweave import Reweave
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torch import Tensor

DEFAULT = "reweave"
AGAIN = "install them again"


@dataclass(frozen=True, eq=False)
class Weights:
    """A card and where its numbers lie."""

    path: Path
    card: Mapping[str, Any]

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def sha256(self) -> str:
        return str(self.card["sha256"])

    def tensors(self) -> dict[str, Tensor]:
        """Read the numbers.

        Raises:
            RestorerError: the file is missing, or is not the one that the card describes.
        """
        try:
            data = self.path.read_bytes()
        except OSError as error:
            raise RestorerError(f"The weights {self.path} cannot be read ({error.strerror}): {AGAIN}.") from None
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise RestorerError(f"The weights {self.path} are damaged (their sha256 is not the card's): {AGAIN}.")
        try:
            return safetensors.load(data)
        except SafetensorError as error:
            raise RestorerError(f"The weights {self.path} are not a safetensors file ({error}): {AGAIN}.") from None

    def network(self) -> Reweave:
        """The network that the card names, with these weights, ready to restore.

        Raises:
            RestorerError: as `tensors`, or the weights are not of the network the card names.
        """
        if self.card.get("network") != "reweave":
            needed = self.card.get("network")
            raise RestorerError(f"{self.name} needs the network {needed!r}, which this version lacks: update it.")
        try:
            network = Reweave(**self.card["shape"])
            network.load_state_dict(self.tensors())
        except (RuntimeError, TypeError, KeyError) as error:
            raise RestorerError(f"The weights {self.path} do not fit their card ({error}): {AGAIN}.") from None
        return network.eval()


def available() -> list[str]:
    """Names of the bundled weights, the default first."""
    names = sorted(path.stem for path in bundled.models().glob("*.json"))
    return sorted(names, key=lambda name: name != DEFAULT)


def find(name: str | None = None) -> Weights:
    """Bundled weights by name (`DEFAULT` if None), or others by the path of their .safetensors file.

    Raises:
        RestorerError: there are none of that name, or their card cannot be read.
    """
    name = name or DEFAULT
    path = Path(name) if name.endswith(".safetensors") else bundled.models() / f"{name}.safetensors"
    card = path.with_suffix(".json")
    if not card.is_file():
        known = ", ".join(available()) or "none is installed"
        raise RestorerError(
            f"There is no model {name!r}: choose one of {known}, or name a .safetensors file with its card."
        )
    try:
        content = json.loads(card.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("sha256"), str):
            raise ValueError("it has no sha256")
    except (OSError, ValueError) as error:
        raise RestorerError(f"The card {card} cannot be read ({error}): install the weights again.") from None
    return Weights(path, content)


def save(path: Path, tensors: dict[str, Tensor], card: Mapping[str, Any]) -> Weights:
    """Write weights and, after them, their card (completed with sha256 and the number of parameters)."""
    data = safetensors.save({name: tensor.detach().cpu().contiguous() for name, tensor in tensors.items()})
    complete = {
        **card,
        "parameters": sum(tensor.numel() for tensor in tensors.values()),
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    write_atomically(path, lambda stream: stream.write(data))
    text = json.dumps(complete, indent=1, ensure_ascii=False) + "\n"
    write_atomically(path.with_suffix(".json"), lambda stream: stream.write(text.encode()))
    return Weights(path, complete)
