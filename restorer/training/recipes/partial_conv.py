"""How the network of partial convolutions is taught: the loss of Liu et al., ECCV 2018, equations 3 to 7.

The paper takes its perceptual and style losses from VGG-16, whose weights cannot be had as a package; here they are
taken from EfficientNet-Lite0 (`training/features.py`), of unit length at each place.  The weights of the losses are the
paper's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch
import torch.nn.functional as F

from restorer.engine.networks.partial_conv import PartialConvUNet
from restorer.training.features import Features
from restorer.training.recipe import Learner, Turn, autocast, load
from restorer.training.recipes.filling import Crops, Filling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from torch import Tensor

    from restorer.training.config import Config
    from restorer.training.ranks import Ranks


class PartialConvRecipe(Filling):
    """A `Recipe`."""

    def __init__(self, config: Config, _ranks: Ranks, device: torch.device) -> None:
        self._config, self._device = config, device
        self.network = PartialConvUNet(config.channels).to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.learners = {"network": Learner(self.network, torch.optim.Adam(self.network.parameters(), config.rate))}
        self._features = Features().to(device) if config.perceptual > 0 or config.style > 0 else None

    @staticmethod
    def described(config: Config) -> dict[str, Any]:
        """The card's part that follows from the settings."""
        return {
            "network": "partial-conv",
            "shape": {"channels": config.channels},
            "paper": "Liu et al., Image Inpainting for Irregular Holes Using Partial Convolutions, ECCV 2018",
            "losses": "valid, hole, perceptual, style and total variation, weighted as in the paper; features of "
            "EfficientNet-Lite0 in place of VGG-16, whose weights are no package",
        }

    def start_from(self, tensors: Mapping[str, Tensor]) -> None:
        load(self.network, tensors)

    def turns(self, crops: Crops) -> Iterator[Turn]:
        config, truth, mask = self._config, crops.truth, crops.mask
        with autocast(config, self._device):
            image = self.network(crops.image, mask)
            filled = truth + (image - truth) * mask
            error = (image - truth).abs()
            terms = {
                "valid": (error * (1 - mask)).mean(),
                "hole": (error * mask).mean(),
                "variation": variation(filled, mask),
            }
            if self._features is not None:
                with torch.no_grad():
                    wanted = self._features(truth)
                made = [
                    *zip(self._features(image), wanted, strict=True),
                    *zip(self._features(filled), wanted, strict=True),
                ]
                terms["perceptual"] = _sum((one - other).abs().mean() for one, other in made)
                terms["style"] = _sum((gram(one) - gram(other)).abs().mean() for one, other in made)
        loss = _sum(getattr(config, name) * term for name, term in terms.items())
        yield Turn("network", loss, {name: term.detach() for name, term in terms.items()}, filled.detach())


def gram(features: Tensor) -> Tensor:
    """How channels go together, wherever: B×C×C, divided by C·h·w.  Float32."""
    _, channels, height, width = features.shape
    flat = features.flatten(2)
    with torch.autocast(features.device.type, enabled=False):
        return flat @ flat.transpose(1, 2) / (channels * height * width)


def variation(filled: Tensor, mask: Tensor) -> Tensor:
    """Mean step between neighbours, of the hole grown by 1 px: it smooths the hole's edge, too."""
    hole = F.max_pool2d(mask, 3, 1, 1)
    across = (filled[..., 1:] - filled[..., :-1]).abs() * hole[..., 1:] * hole[..., :-1]
    down = (filled[..., 1:, :] - filled[..., :-1, :]).abs() * hole[..., 1:, :] * hole[..., :-1, :]
    return (across.sum() + down.sum()) / filled.numel()


def _sum(terms: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(terms)).sum()
