"""Everything a run depends on besides its pictures: said as flags or in a TOML file, and kept in the checkpoint.

Torch is not imported here, so that `restorer train --help` need not load it.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T", int, float, str, bool)

MANY = 10_000_000
CELL = 8
"""Sides of crops are multiples of it, px."""
SMALLEST_CROP = 32
"""Side of a crop, px, that holds damage of one octave; each further octave takes twice the side."""


def setting(default: T, meaning: str, low: float = 0, high: float = MANY, choices: tuple[str, ...] = ()) -> T:
    """A field of `Config`; numbers must lie in low..high, words be one of `choices`."""
    metadata = {"meaning": meaning, "low": low, "high": high, "choices": choices}
    return dataclasses.field(default=default, metadata=metadata)


RECIPES: dict[str, dict[str, Any]] = {
    "reweave": {},
    "context-encoder": {"rate": 2e-4, "batch": 16, "wide": 5, "weight_decay": 0.0},
    "context-encoder-gan": {"rate": 1e-4, "batch": 16, "wide": 5, "weight_decay": 0.0},
    "partial-conv": {"channels": 32, "rate": 1e-3, "batch": 16, "wide": 5, "weight_decay": 0.0},
    "spotter": {"rate": 2e-3, "crop": 160, "batch": 12, "wide": 0},
}
"""What can be trained, and where the defaults of its settings differ from those below.

Context encoders: at a rate of 1e-3 all of their rectifiers died within ten steps; 2e-4 is the paper's.
"""


@dataclass(frozen=True)
class Config:
    """The settings of a run.  Make it with `Config.of`, which knows the defaults of each network."""

    network: str = setting("reweave", "what to train", choices=tuple(RECIPES))
    steps: int = setting(20_000, "steps in all", 1)
    warmup: int = setting(200, "steps over which the learning rate rises")
    cooldown: int = setting(2_000, "steps at the end over which it falls to 0")
    rate: float = setting(1.5e-3, "learning rate", 1e-9, 1)
    weight_decay: float = setting(1e-4, "weight decay", 0, 1)
    crop: int = setting(128, "side of a crop, px", SMALLEST_CROP, 512)
    batch: int = setting(10, "crops a step, of all processes together", 1, 4096)
    wide: int = setting(3, "of them with wide damage", 0, 4096)
    drawn: int = setting(6_000, "masks drawn beforehand", 1)
    average: float = setting(0.999, "decay of the moving average of the weights", 0, 0.999999)
    clip: float = setting(1.0, "largest norm of the gradient", 1e-6, 1e6)
    seed: int = setting(1, "seed of everything random", 0, 2**63 - 1)
    save_minutes: float = setting(4.0, "minutes between checkpoints", 0, 1e6)
    log_every: int = setting(50, "steps that a line of log.csv is the mean of", 1)
    device: str = setting("cpu", "where to compute", choices=("cpu", "cuda"))
    autocast: bool = setting(True, "bfloat16 inside the network, where the device is faster with it")
    channels: int = setting(64, "reweave, partial-conv: width of the network", 8, 512)
    blocks: int = setting(10, "reweave: residual blocks of the network", 1, 64)
    scale_weight: float = setting(0.02, "reweave: weight of the loss that teaches the expected error", 0, 100)
    perceptual_narrow: float = setting(0.0, "reweave: weight of the perceptual loss on narrow damage", 0, 100)
    perceptual_wide: float = setting(0.0, "reweave: weight of the perceptual loss on wide damage", 0, 100)
    norm: str = setting("l2", "context-encoder, -gan: the loss in the hole", choices=("l1", "l2"))
    adversarial: float = setting(0.001, "context-encoder-gan: weight of the adversarial loss", 0, 1)
    valid: float = setting(1.0, "partial-conv: weight of the error where the picture is known", 0, 1000)
    hole: float = setting(6.0, "partial-conv: weight of the error in the hole", 0, 1000)
    perceptual: float = setting(0.05, "partial-conv: weight of the perceptual loss", 0, 1000)
    style: float = setting(120.0, "partial-conv: weight of the style loss", 0, 10_000)
    variation: float = setting(0.1, "partial-conv: weight of the total variation", 0, 1000)
    intact: float = setting(0.4, "spotter: share of crops without damage", 0, 1)
    overlap: float = setting(0.3, "spotter: weight of the loss of overlap", 0, 100)
    caution: float = setting(0.6, "spotter: what a wrong mark costs the overlap, of a wrong mark and a miss", 0, 1)

    def __post_init__(self) -> None:
        """Raises RestorerError for a setting with which no training is possible."""
        for field in dataclasses.fields(self):
            value, said = getattr(self, field.name), flag(field.name)
            choices, low, high = (field.metadata[key] for key in ("choices", "low", "high"))
            if choices:
                if value not in choices:
                    raise RestorerError(f"The setting {said} is {value}: choose {' or '.join(choices)}.")
            elif not low <= value <= high:  # also false for what is not a number
                raise RestorerError(f"The setting {said} is {value}: choose one from {low:g} to {high:g}.")
        if self.crop % CELL:
            raise RestorerError(f"The setting --crop is {self.crop}: choose a multiple of {CELL}.")
        if self.network == "spotter" and self.crop % 32:
            raise RestorerError(f"The setting --crop is {self.crop}: for {self.network} choose a multiple of 32.")
        if self.wide > self.batch:
            raise RestorerError(f"The setting --wide is {self.wide}: choose at most --batch, which is {self.batch}.")

    @classmethod
    def of(cls, table: Mapping[str, object]) -> Config:
        """The settings in `table`; the others get the defaults of its network.

        Raises:
            RestorerError: a name that is no setting, a value of another kind, or one that cannot work.
        """
        kinds = {field.name: type(field.default) for field in dataclasses.fields(cls)}
        values: dict[str, Any] = dict(RECIPES.get(str(table.get("network")), {}))
        for name, value in table.items():
            if name not in kinds:
                near = difflib.get_close_matches(name, kinds, 1)
                advice = f"did you mean {near[0]}?" if near else "see `restorer train --help`."
                raise RestorerError(f"There is no setting {name}: {advice}")
            kind = kinds[name]
            if kind is float and type(value) is int:
                value = float(value)
            if type(value) is not kind:
                wanted = {int: "a whole number", float: "a number", str: "a word", bool: "true or false"}[kind]
                raise RestorerError(f"The setting {name} is {value!r}: give {wanted}.")
            values[name] = value
        return cls(**values)

    def rate_at(self, step: int) -> float:
        """The learning rate of a step: it rises, stays, and falls with a square root."""
        rising: float = min(1.0, (step + 1) / max(1, self.warmup))
        falling: float = min(1.0, max(0.0, (self.steps - step) / max(1, self.cooldown)))
        return self.rate * rising * (1 - math.sqrt(1 - falling))


def read_table(path: Path) -> dict[str, Any]:
    """A TOML file of settings, `-` in names being as good as `_`.

    Raises:
        RestorerError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            table = tomllib.load(stream)
    except OSError as error:
        raise RestorerError(f"The settings {path} cannot be read ({error.strerror}): name a TOML file.") from None
    except ValueError as error:  # also of bytes that are no text
        raise RestorerError(f"The settings {path} are no TOML ({error}): correct the file.") from None
    return {name.replace("-", "_"): value for name, value in table.items()}


def flag(name: str) -> str:
    """How a setting is called on the command line."""
    return "--" + name.replace("_", "-")
