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
from torch import nn

from restorer.engine.networks.reweave import Reweave
from restorer.engine.prefill import coarse_to_fine, push_pull
from restorer.imaging.errors import RestorerError
from restorer.training.crops import MaskBank, ahead, batches
from restorer.training.losses import laplace_scale, relative_l1

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor

    from restorer.training.crops import Batch
    from restorer.training.pictures import Pictures


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
    narrow: float
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
) -> Path:
    """Train in `folder` until `config.steps`, or for so many `seconds`; goes on from the checkpoint that is there.

    Returns:
        the checkpoint; its `average` holds the weights to export.
    """
    if threads:
        torch.set_num_threads(threads)
    device = torch.device(config.device)
    torch.manual_seed(config.seed)
    network = Reweave(config.channels, config.blocks).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    average = copy.deepcopy(network)
    optimizer = torch.optim.AdamW(
        network.parameters(), config.rate, betas=(0.9, 0.95), weight_decay=config.weight_decay
    )
    checkpoint = folder / "checkpoint.pt"
    folder.mkdir(parents=True, exist_ok=True)
    step = _resume(checkpoint, network, average, optimizer) if checkpoint.exists() else 0
    (folder / "config.json").write_text(json.dumps(dataclasses.asdict(config), indent=1))

    bank = MaskBank.draw(config.crop, config.masks, config.seed)
    source = ahead(batches(pictures, bank, config.crop, config.batch, config.wide, config.seed, step))
    log = RunLog(folder / "log.csv")
    start = saved = time.monotonic()
    while step < config.steps and time.monotonic() - start < seconds:
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
            float(np.mean(shares)),
            *shares,
            config.rate_at(step),
            time.monotonic() - start,
        )
        report(progress)
        log.add(progress)
        if time.monotonic() - saved > config.save_minutes * 60:
            _save(checkpoint, step, config, network, average, optimizer)
            saved = time.monotonic()
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
        relative_l1(refined.image[part], prefill[part], truth[part], mask[part])
        for part in (slice(0, n), slice(n, None))
        if len(mask[part])
    ]
    weights = (n / len(mask), 1 - n / len(mask))
    loss = sum(weight * part for weight, part in zip(weights, losses, strict=False))
    sure = laplace_scale(refined.image, refined.scale, truth, mask)
    shares = (float(losses[0].detach()), float(losses[-1].detach()))
    return loss + config.scale_weight * sure, shares


def _coarse_guess(network: Reweave, image: Tensor, mask: Tensor, octave: int) -> Tensor:
    """What the network starts the finest octave from, after having refined the `octave` coarser ones."""
    if not len(image):
        return image

    def refine(level: int, guess: Tensor, hole: Tensor) -> Tensor:
        return network.refine(guess, hole).image if 1 <= level <= octave else guess

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
    except Exception as error:
        raise RestorerError(f"{path} is not a checkpoint that can be read ({error}): start without it.") from None
    return state


def _resume(path: Path, network: nn.Module, average: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    state = load_checkpoint(path)
    network.load_state_dict(state["network"])
    average.load_state_dict(state["average"])
    optimizer.load_state_dict(state["optimizer"])
    return int(state["step"])


class RunLog:
    """Means over `every` steps, appended to a CSV: step, loss, narrow, wide, rate, seconds."""

    def __init__(self, path: Path, every: int = 50) -> None:
        self._path, self._every = path, every
        self._seen: list[tuple[float, float, float]] = []

    def add(self, progress: Progress) -> None:
        self._seen.append((progress.loss, progress.narrow, progress.wide))
        if len(self._seen) < self._every:
            return
        means = np.mean(self._seen, 0)
        self._seen.clear()
        new = not self._path.exists()
        with self._path.open("a", newline="") as stream:
            writer = csv.writer(stream)
            if new:
                writer.writerow(["step", "loss", "narrow", "wide", "rate", "seconds"])
            row = [progress.step, *(f"{v:.4f}" for v in means), f"{progress.rate:.2e}", f"{progress.seconds:.0f}"]
            writer.writerow(row)
