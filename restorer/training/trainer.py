"""Training of the flagship, read from top to bottom.

A step draws a batch (`crops.py`), fills the coarser octaves of the wide crops without gradient, refines the finest
octave of all crops with gradient, and takes one AdamW step; an exponential moving average of the weights is what is
exported.  The learning rate warms up, stays, and falls over the last `cooldown` steps (Hu et al., "MiniCPM", 2024,
section 4): as only the fall depends on the end, a run can be continued from its last checkpoint with more steps.
"""

from __future__ import annotations

import copy
import csv
import dataclasses
import json
import math
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from restorer.engine import device as devices
from restorer.engine.networks.reweave import CELL, Reweave
from restorer.engine.prefill import coarse_to_fine, push_pull
from restorer.engine.weights import SHAPE
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.training.crops import SMALLEST_CROP, MaskBank, ahead, batches
from restorer.training.losses import laplace_scale, relative_l1

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from restorer.training.crops import Batch
    from restorer.training.pictures import Pictures


FIRST_SAVE_S = 60.0
"""A run that is broken off young has a checkpoint, too."""

_MANY = 10_000_000
_RANGES: dict[str, tuple[float, float]] = {
    **SHAPE,
    "steps": (1, _MANY),
    "warmup": (0, _MANY),
    "cooldown": (0, _MANY),
    "rate": (1e-9, 1),
    "weight_decay": (0, 1),
    "crop": (SMALLEST_CROP, 512),
    "batch": (1, 4096),
    "wide": (0, 4096),
    "masks": (1, _MANY),
    "scale_weight": (0, 100),
    "average": (0, 0.999999),
    "clip": (1e-6, 1e6),
    "seed": (0, 2**63 - 1),
    "save_minutes": (0, 1e6),
}
FIXED = ("channels", "blocks", "crop", "batch", "wide", "seed")
"""What must be in a resumed run as it was; the others may be changed on the way."""


@dataclass(frozen=True)
class Config:
    """Everything a run depends on, besides its pictures."""

    channels: int = 64
    blocks: int = 10
    steps: int = 20_000
    warmup: int = 200  # steps over which the rate rises from 0
    cooldown: int = 2_000  # steps at the end over which it falls to 0
    rate: float = 1.5e-3
    weight_decay: float = 1e-4
    crop: int = 128  # side of a crop, px
    batch: int = 10  # crops a step
    wide: int = 3  # of them with wide damage
    masks: int = 6_000  # narrow masks drawn beforehand
    scale_weight: float = 0.02  # of the loss that teaches the expected error
    average: float = 0.999  # decay of the moving average of the weights
    clip: float = 1.0  # norm of the gradient, at most
    seed: int = 1
    save_minutes: float = 4.0  # between checkpoints
    device: str = "cpu"
    autocast: bool = True  # bfloat16 inside the network

    def __post_init__(self) -> None:
        """Raises RestorerError for a setting with which no training is possible."""
        for name, (low, high) in _RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:  # also false for what is not a number
                raise RestorerError(f"The setting {_flag(name)} is {value}: choose one from {low:g} to {high:g}.")
        if self.crop % CELL:
            raise RestorerError(f"The setting --crop is {self.crop}: choose a multiple of {CELL}.")
        if self.wide > self.batch:
            raise RestorerError(f"The setting --wide is {self.wide}: choose at most --batch, which is {self.batch}.")
        if self.device not in ("cpu", "cuda"):
            raise RestorerError(f"The setting --device is {self.device}: choose cpu or cuda.")

    def rate_at(self, step: int) -> float:
        rising: float = min(1.0, (step + 1) / max(1, self.warmup))
        falling: float = min(1.0, max(0.0, (self.steps - step) / max(1, self.cooldown)))
        return self.rate * rising * (1 - math.sqrt(1 - falling))


@dataclass(frozen=True)
class Progress:
    """One step, as it is reported."""

    step: int
    steps: int
    loss: float  # error relative to the prefill's; 1 is no better than push-pull
    narrow: float  # the same of the narrow crops; nan where a batch has none
    wide: float
    rate: float
    seconds: float  # since this process began to train


def train(
    pictures: Pictures,
    config: Config,
    folder: Path,
    report: Callable[[Progress], None],
    seconds: float = float("inf"),
    threads: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> Path:
    """Train in `folder` until `config.steps`, for so many `seconds`, or until `stop()`, asked after each step.

    Goes on from the checkpoint that is there.

    Returns:
        the checkpoint; its `average` holds the weights to export.

    Raises:
        RestorerError: CUDA is asked for and missing, the folder cannot be written to, or its run had other settings.
    """
    device = devices.choose(config.device)
    if threads:
        torch.set_num_threads(threads)
    torch.manual_seed(config.seed)
    network = Reweave(config.channels, config.blocks).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), config.rate, betas=(0.9, 0.95), weight_decay=config.weight_decay
    )
    checkpoint = folder / "checkpoint.pt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RestorerError(f"The folder {folder} cannot be made ({error.strerror}): choose another one.") from None
    step = _resume(checkpoint, config, network, average, optimizer) if checkpoint.exists() else 0
    settings = json.dumps(dataclasses.asdict(config), indent=1).encode()
    write_atomically(folder / "config.json", lambda stream: stream.write(settings))
    checkpoint.with_suffix(".part").unlink(missing_ok=True)  # of a run that was cut off while it saved

    bank = MaskBank.draw(config.crop, config.masks, config.seed)
    source = ahead(batches(pictures, bank, config.crop, config.batch, config.wide, config.seed, step))
    log = RunLog(folder / "log.csv", step)
    start = time.monotonic()
    due = start + min(FIRST_SAVE_S, config.save_minutes * 60)
    while step < config.steps and time.monotonic() - start < seconds and not stop():
        for group in optimizer.param_groups:
            group["lr"] = config.rate_at(step)
        loss, shares = _loss(network, next(source), config, device)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        norm = nn.utils.clip_grad_norm_(network.parameters(), config.clip)
        if bool(torch.isfinite(norm)):  # one bad batch must not end a night's run
            optimizer.step()
        step += 1
        _follow(average, network, min(config.average, step / (step + 10)))
        progress = Progress(
            step,
            config.steps,
            float(np.nanmean(shares)),
            *shares,
            config.rate_at(step),
            time.monotonic() - start,
        )
        report(progress)
        log.add(progress)
        if time.monotonic() > due:
            _save(checkpoint, step, config, network, average, optimizer)
            due = time.monotonic() + config.save_minutes * 60
    _save(checkpoint, step, config, network, average, optimizer)
    return checkpoint


def _loss(network: Reweave, batch: Batch, config: Config, device: torch.device) -> tuple[Tensor, tuple[float, float]]:
    """The batch's loss, and the errors relative to the prefill's of its narrow and its wide crops."""
    image, truth, mask = (torch.from_numpy(a).to(device) for a in (batch.image, batch.truth, batch.mask))
    n = batch.narrow
    with torch.autocast(device.type, torch.bfloat16, enabled=config.autocast):
        with torch.no_grad():
            prefill = push_pull(image, mask)
            guess = torch.cat([prefill[:n], _coarse_guess(network, image[n:], mask[n:], batch.octave)])
        refined = network.refine(guess, mask)
    losses = [
        relative_l1(refined.image[part], prefill[part], truth[part], mask[part]) if len(mask[part]) else None
        for part in (slice(0, n), slice(n, None))
    ]
    weights = (n / len(mask), 1 - n / len(mask))
    loss = sum(weight * part for weight, part in zip(weights, losses, strict=True) if part is not None)
    sure = laplace_scale(refined.image, refined.scale, truth, mask)
    narrow, wide = (math.nan if part is None else float(part.detach()) for part in losses)
    return loss + config.scale_weight * sure, (narrow, wide)


def _coarse_guess(network: Reweave, image: Tensor, mask: Tensor, octave: int) -> Tensor:
    """What the network starts the finest octave from, after having refined the `octave` coarser ones."""
    if not len(image):
        return image

    def refine(level: int, guess: Tensor, hole: Tensor) -> Tensor:
        if not 1 <= level <= octave:
            return guess
        height, width = hole.shape[-2:]
        pad = (0, -width % CELL, 0, -height % CELL)
        return network.refine(F.pad(guess, pad, "replicate"), F.pad(hole, pad)).image[..., :height, :width]

    return coarse_to_fine(image, mask, refine)


@torch.no_grad()
def _follow(average: nn.Module, network: nn.Module, decay: float) -> None:
    for a, b in zip(average.parameters(), network.parameters(), strict=True):
        a.lerp_(b, 1 - decay)


def _save(
    path: Path, step: int, config: Config, network: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer
) -> None:
    state = {
        "step": step,
        "config": dataclasses.asdict(config),
        "network": network.state_dict(),
        "average": average.state_dict(),
        "optimizer": optimizer.state_dict(),
    }
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as stream:
            torch.save(state, stream)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        why = error.strerror
        raise RestorerError(f"The checkpoint {path} cannot be written ({why}): make room and resume.") from None


def load_checkpoint(path: Path) -> dict[str, Any]:
    """A checkpoint as written by `train`: step, config, network, average, optimizer."""
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        missing = {"step", "config", "network", "average", "optimizer"} - set(state)
        if missing:
            raise ValueError(f"it has no {', '.join(sorted(missing))}")
    except Exception as error:
        why = (str(error).splitlines() or ["unreadable"])[0]
        raise RestorerError(f"{path} is not a checkpoint that can be read ({why}): start without it.") from None
    return state


def config_of(state: dict[str, Any], path: Path) -> Config:
    """The settings in a checkpoint."""
    try:
        return Config(**state["config"])
    except TypeError as error:
        raise RestorerError(f"{path} has settings of another version ({error}): use that version.") from None


def _resume(
    path: Path, config: Config, network: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer
) -> int:
    state = load_checkpoint(path)
    was = config_of(state, path)
    others = [f"{_flag(name)} {getattr(was, name)}" for name in FIXED if getattr(was, name) != getattr(config, name)]
    if others:
        raise RestorerError(f"The run {path.parent} has {', '.join(others)}: say the same, or choose another folder.")
    try:
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
    except (RuntimeError, ValueError, KeyError, TypeError) as error:
        why = (str(error).splitlines() or ["damaged"])[0]
        raise RestorerError(f"{path} does not fit this network ({why}): choose another folder.") from None
    for group in optimizer.param_groups:
        group["weight_decay"] = config.weight_decay  # the optimizer's state brings the old one
    return int(state["step"])


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


class RunLog:
    """Means over `every` steps, appended to a CSV: step, loss, narrow, wide, rate, seconds.

    What a CSV that is there says of steps after `step` is taken out: they are about to be done again.
    """

    COLUMNS = ("step", "loss", "narrow", "wide", "rate", "seconds")

    def __init__(self, path: Path, step: int, every: int = 50) -> None:
        self._path, self._every = path, every
        self._seen: list[tuple[float, float, float]] = []
        if path.exists():
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()[1:]
            rows = [line for line in lines if line.count(",") == len(self.COLUMNS) - 1]  # the last may be cut off
            kept = [row for row in rows if row.split(",")[0].isdecimal() and int(row.split(",")[0]) <= step]
            text = "\n".join([",".join(self.COLUMNS), *kept]) + "\n"
            write_atomically(path, lambda stream: stream.write(text.encode()))

    def add(self, progress: Progress) -> None:
        self._seen.append((progress.loss, progress.narrow, progress.wide))
        if len(self._seen) < self._every:
            return
        means = np.mean(self._seen, 0)
        self._seen.clear()
        new = not self._path.exists()
        with self._path.open("a", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            if new:
                writer.writerow(self.COLUMNS)
            row = [progress.step, *(f"{v:.4f}" for v in means), f"{progress.rate:.2e}", f"{progress.seconds:.0f}"]
            writer.writerow(row)
