"""How the flagship is taught.

The coarser octaves of the wide crops are filled without gradient; the finest octave of all crops is refined with
gradient.  The loss of a crop is its error in the hole relative to the prefill's, plus, if wanted, its perceptual
distance relative to the prefill's; what the network says of its own error is taught beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F

from restorer.engine.networks.reweave import CELL, Reweave
from restorer.engine.prefill import coarse_to_fine
from restorer.training.features import Features, relative_distance
from restorer.training.losses import laplace_scale, relative_l1
from restorer.training.recipe import Learner, Turn, autocast, load
from restorer.training.recipes.filling import Crops, Filling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from torch import Tensor

    from restorer.training.config import Config
    from restorer.training.ranks import Ranks


class ReweaveRecipe(Filling):
    """A `Recipe`."""

    def __init__(self, config: Config, ranks: Ranks, device: torch.device) -> None:
        self._config, self._ranks, self._device = config, ranks, device
        self.network = Reweave(config.channels, config.blocks).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        optimizer = torch.optim.AdamW(
            self.network.parameters(), config.rate, betas=(0.9, 0.95), weight_decay=config.weight_decay
        )
        self.learners = {"network": Learner(self.network, optimizer)}
        looks = config.perceptual_narrow > 0 or config.perceptual_wide > 0
        self._features = Features().to(device) if looks else None

    @staticmethod
    def described(config: Config) -> dict[str, Any]:
        """The card's part that follows from the settings."""
        losses = "L1 relative to the prefill's"
        if config.perceptual_narrow > 0 or config.perceptual_wide > 0:
            losses += "; EfficientNet-Lite0 features relative to the prefill's (no VGG: its weights are no package)"
        return {
            "network": "reweave",
            "shape": {"channels": config.channels, "blocks": config.blocks},
            "losses": losses,
        }

    def start_from(self, tensors: Mapping[str, Tensor]) -> None:
        """Blocks that the weights lack are put in behind theirs, and change nothing at first."""
        load(self.network, deepened(self.network, tensors))

    def turns(self, crops: Crops) -> Iterator[Turn]:
        config, n = self._config, crops.narrow
        truth, prefill, mask = crops.truth, crops.prefill, crops.mask
        with autocast(config, self._device):
            with torch.no_grad():
                coarse = coarse_guess(self.network, crops.image[n:], mask[n:], crops.octave)
                guess = torch.cat([prefill[:n], coarse])
            refined = self.network.refine(guess, mask)
            losses = relative_l1(refined.image, prefill, truth, mask)
            terms = {"relative l1": losses.mean().detach()}
            if self._features is not None:
                seen = relative_distance(self._features, refined.image, prefill, truth, mask)
                weights = [config.perceptual_narrow] * n + [config.perceptual_wide] * (len(mask) - n)
                losses = losses + seen.new_tensor(weights) * seen
                terms["relative perceptual"] = seen.mean().detach()
        # of the whole batch's hole, so that it does not matter how many processes share it
        area = self._ranks.mean(mask.sum()) + 1 / self._ranks.of
        sure = laplace_scale(refined.image, refined.scale, truth, mask, area)
        terms["scale"] = sure.detach()
        loss = losses.mean() + config.scale_weight * sure
        yield Turn("network", loss, terms, refined.image.detach())


def coarse_guess(network: Reweave, image: Tensor, mask: Tensor, octave: int) -> Tensor:
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


def deepened(network: Reweave, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """`tensors` with the blocks that `network` has beyond theirs, each starting as the identity: its last layer is 0.

    As in Goyal et al., "Accurate, Large Minibatch SGD", 2017, section 5.1, for the last norm of a residual block.
    """
    have = {name.split(".")[1] for name in tensors if name.startswith("body.")}
    added = dict(tensors)
    for name, tensor in network.state_dict().items():
        if name.startswith("body.") and name.split(".")[1] not in have:
            added[name] = tensor.clone() if name.endswith("a.weight") else torch.zeros_like(tensor)
    return added
