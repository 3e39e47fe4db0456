"""Weights on disk: a safetensors file and a card of the same name beside it, nothing that can run code.

The card (JSON) says what the numbers are: network and its shape, sha256 of the safetensors file, parameters, licence,
data, steps, hardware, scores.  A file whose hash differs from its card is not loaded.  Weights are found, and cards
read, without torch.
"""

from __future__ import annotations

import hashlib
import json
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs

from restorer import bundled
from restorer.engine.networks.table import NETWORKS
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from torch import Tensor, nn

    from restorer.engine.networks.table import Entry

DEFAULT = "reweave"
_CANNOT = {
    "fills": "{} does not fill: choose one of {} as the model.",
    "finds": "{} does not find damage: choose a detector, such as {}.",
}
"""What is said of weights of which it is asked in vain."""


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
        return str(self.card["sha256"]).strip().lower()

    def tensors(self) -> dict[str, Tensor]:
        """Read the numbers.

        Raises:
            RestorerError: the file is missing, or is not the one that the card describes.
        """
        try:
            if not stat.S_ISREG(self.path.stat().st_mode):  # opening a pipe would wait for its other end
                raise OSError(0, "no regular file")
            data = self.path.read_bytes()
        except OSError as error:
            raise self._bad(f"cannot be read ({error.strerror})") from None
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise self._bad("are damaged (their sha256 is not the card's)")
        from safetensors import SafetensorError
        from safetensors import torch as safetensors

        try:
            return safetensors.load(data)
        except SafetensorError as error:
            raise self._bad(f"are not a safetensors file ({' '.join(str(error).split())})") from None

    def network(self) -> nn.Module:
        """The network that the card names, with these weights, ready to restore.

        Raises:
            RestorerError: as `tensors`, or the weights are not of the network the card names.
        """
        named = self.card.get("network")
        if not isinstance(named, str) or named not in NETWORKS:
            raise RestorerError(f"{self.name} needs the network {named!r}, which this version lacks: update it.")
        entry = NETWORKS[named]
        shape = self._shape(entry)
        tensors = self.tensors()
        import torch

        from restorer.engine.networks.undrawn import Undrawn

        with torch.device("meta"), Undrawn():  # takes no memory
            wanted = {name: tuple(tensor.shape) for name, tensor in entry.make(**shape).state_dict().items()}
        for name in sorted({*wanted, *tensors}):
            if name not in wanted or name not in tensors:
                raise self._bad(f"do not fit their card ({name} is {'missing' if name in wanted else 'unknown'})")
            if tuple(tensors[name].shape) != wanted[name]:
                raise self._bad(
                    f"do not fit their card ({name} is {_by(tensors[name].shape)}, not {_by(wanted[name])})"
                )
        network = entry.make(**shape)
        network.load_state_dict(tensors)
        return network.eval()

    def _shape(self, entry: Entry) -> dict[str, int]:
        shape = self.card.get("shape")
        if not isinstance(shape, dict) or set(shape) != set(entry.shape):
            what = f"name {' and '.join(entry.shape)}" if entry.shape else "stay empty"
            raise self._bad(f"do not fit their card (its shape does not {what})")
        for name, (low, high) in entry.shape.items():
            if type(shape[name]) is not int or not low <= shape[name] <= high:
                raise self._bad(f"do not fit their card (its {name} are no number from {low} to {high})")
        return shape

    def _bad(self, what: str) -> RestorerError:
        advice = "install them again" if self.path.parent == bundled.models() else "copy or export them again"
        return RestorerError(f"The weights {self.path} {what}: {advice}.")


def _by(shape: Iterable[int]) -> str:
    return "×".join(map(str, shape))


def own_folder() -> Path:
    """Where a person's own weights lie, besides the bundled ones; it need not exist."""
    return platformdirs.user_data_path("restorer", appauthor=False) / "models"


def _cards() -> dict[str, Path]:
    """The cards by the names of their weights: a person's own and the bundled ones, which win where names clash."""
    return {path.stem: path for folder in (own_folder(), bundled.models()) for path in folder.glob("*.json")}


def available(does: str = "fills") -> list[str]:
    """Names of the bundled and own weights whose network `does` so (see `networks/table.py`), the default first.

    A card that cannot be read, or of a network that is not known, counts as one that fills: whoever takes the
    weights tells the fault.
    """
    names = sorted(name for name, path in _cards().items() if _does(path) == does)
    return sorted(names, key=lambda name: name != DEFAULT)


def _does(card: Path) -> str:
    try:
        named = json.loads(card.read_text(encoding="utf-8"))["network"]
        return NETWORKS[named].does
    except (OSError, ValueError, RecursionError, KeyError, TypeError):
        return "fills"


def find(name: str | None = None, does: str | None = None) -> Weights:
    """Bundled or own weights by name (`DEFAULT` if None), or others by the path of their .safetensors file.

    Args:
        name: of the weights, or a path.
        does: what their network has to do (see `networks/table.py`); None takes any.

    Raises:
        RestorerError: there are none of that name, their card cannot be read, or their network does something else.
    """
    name = DEFAULT if name is None else name
    own = name.endswith(".safetensors")
    cards = _cards()
    path = Path(name) if own else cards.get(name, bundled.models()).parent / f"{name}.safetensors"
    card = path.with_suffix(".json")
    if not (card.is_file() if own else name in cards):
        known = _choice(does)
        raise RestorerError(
            f"There is no model {name!r}: choose one of {known}, or name a .safetensors file with its card."
        )
    try:
        content = json.loads(card.read_text(encoding="utf-8"))
        if not isinstance(content, dict) or not isinstance(content.get("sha256"), str):
            raise ValueError("it has no sha256")
    except (OSError, ValueError, RecursionError) as error:
        advice = "copy or export it again" if own else "install the weights again"
        raise RestorerError(f"The card {card} cannot be read ({error}): {advice}.") from None
    named = content.get("network")
    if does is not None and isinstance(named, str) and named in NETWORKS and NETWORKS[named].does != does:
        raise RestorerError(_CANNOT[does].format(path.stem, _choice(does)))
    return Weights(path, content)


def _choice(does: str | None) -> str:
    names = [name for one in _CANNOT if does in (None, one) for name in available(one)]
    return ", ".join(names) or "none is installed"


def save(path: Path, tensors: dict[str, Tensor], card: Mapping[str, Any]) -> Weights:
    """Write weights and, after them, their card (completed with sha256 and the number of parameters)."""
    from safetensors import torch as safetensors

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
