"""Networks that fill a hole at one go, at one octave, where the flagship refines every octave from a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch

from restorer.engine.networks.reweave import REACH, Refined, depth, neighbourhood

if TYPE_CHECKING:
    from torch import Tensor, nn


def filled_at_once(network: nn.Module | None, guess: Tensor, mask: Tensor) -> Refined:
    """What `network` makes of the hole, or without one the guess as it is; sizes and meaning as `Reweave.refine`.

    These networks say nothing of their error; it is put at the contrast of the known neighbourhood, less near known
    pixels.
    """
    image = guess if network is None else torch.where(mask > 0, network(guess, mask).float(), guess)
    with torch.autocast(guess.device.type, enabled=False):
        contrast = neighbourhood(guess, 1 - mask)[1]
        return Refined(image, contrast * (depth(mask) / (REACH + 1)).clamp(min=0.1))
