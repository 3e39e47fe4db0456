"""How well a model fills damage that a seed draws on given pieces: the same before it is taught more, and after."""

from __future__ import annotations

import math
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from restorer.engine.restorer import Restorer
from restorer.imaging.job import Job
from restorer.imaging.patch import Stroke, Whole
from restorer.imaging.region import Region
from restorer.training.damage import narrow_mask, wide_mask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

WIDE_OCTAVE = 2
"""Octaves by which the wide damage of the examination is wide."""


@dataclass(frozen=True)
class Measured:
    """PSNR in the hole (dB) of each examined piece, with narrow and with wide damage."""

    narrow: tuple[float, ...]
    wide: tuple[float, ...]


def examine(
    model: str,
    pieces: Sequence[NDArray[np.uint8]],
    seed: int = 1,
    device: str = "auto",
    threads: int | None = None,
    check: Callable[[float], None] = lambda _share: None,
    tell: Callable[[str], None] = lambda _sentence: None,
    cancelled: Event | None = None,
) -> Measured:
    """Draw damage on pieces, the same each time for a seed, and fill it with a model.

    Args:
        model: weights by name, or a .safetensors file.
        pieces: uint8 S×S×3, without damage.
        seed: of the damage.
        device: `auto`, `cpu` or `cuda`.
        threads: on the CPU; None is torch's number.
        check: called with the share done before each fill; may raise to stop.
        tell: told a sentence should the graphics card fail.
        cancelled: set, it ends the fill at work.

    Raises:
        Cancelled: as `cancelled` asked for.
        RestorerError: there is no such model, or it does not fill.
    """
    restorer = Restorer(model, device, threads, tell)
    cancelled = Event() if cancelled is None else cancelled
    results: dict[bool, list[float]] = {False: [], True: []}
    for number, piece in enumerate(pieces):
        for wide in (False, True):
            check((2 * number + wide) / (2 * len(pieces)))
            rng = np.random.default_rng((seed, 6, number, wide))
            mask = wide_mask(rng, len(piece), WIDE_OCTAVE) if wide else narrow_mask(rng, len(piece))
            results[wide].append(_psnr(restorer, piece, mask, seed, cancelled))
    return Measured(tuple(results[False]), tuple(results[True]))


def _psnr(restorer: Restorer, piece: NDArray[np.uint8], mask: NDArray[np.bool_], seed: int, cancelled: Event) -> float:
    """Of the filled pixels, in dB."""
    stroke = Stroke(Region.of_shape(mask.shape), mask)
    job = Job(Whole(np.where(mask[..., None], 0, piece)), stroke, mask, seed, cancelled)
    filled = piece.copy()
    for patch in restorer.restore(job):
        filled[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
    error = float(((filled[mask].astype(np.float64) - piece[mask]) ** 2).mean())
    return 10 * math.log10(255**2 / max(error, 1e-2))
