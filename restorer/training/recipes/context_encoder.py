"""How the context encoder is taught: by the error in the hole, and, if wanted, by a discriminator.

Pathak et al., CVPR 2016, equations 1 to 3: the loss is (1 - a) · reconstruction + a · adversarial, a = 0.001.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import torch

from restorer.engine.networks.context_encoder import ContextEncoder
from restorer.training.discriminator import Discriminator, looks_filled, looks_untouched
from restorer.training.losses import error_in_hole, square_in_hole
from restorer.training.recipe import Learner, Turn, autocast, load
from restorer.training.recipes.filling import Crops, Filling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from torch import Tensor

    from restorer.training.config import Config
    from restorer.training.ranks import Ranks


class ContextEncoderRecipe(Filling):
    """A `Recipe`; with a discriminator for `context-encoder-gan`."""

    def __init__(self, config: Config, _ranks: Ranks, device: torch.device) -> None:
        self._config, self._device = config, device
        self.network = ContextEncoder().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.learners: dict[str, Learner] = {
            "network": Learner(self.network, torch.optim.Adam(self.network.parameters(), config.rate))
        }
        self._judge = None
        if config.network == "context-encoder-gan":
            self._judge = Discriminator().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
            # Radford, Metz, Chintala, "DCGAN", ICLR 2016: a shorter memory steadies the game
            optimizer = torch.optim.Adam(self._judge.parameters(), config.rate, betas=(0.5, 0.999))
            self.learners["discriminator"] = Learner(self._judge, optimizer)

    @staticmethod
    def described(config: Config) -> dict[str, Any]:
        """The card's part that follows from the settings."""
        losses = f"{config.norm.upper()} in the hole"
        if config.network == "context-encoder-gan":
            losses += f"; adversarial, weight {config.adversarial:g}"
        return {
            "network": "context-encoder",
            "shape": {},
            "paper": "Pathak et al., Context Encoders: Feature Learning by Inpainting, CVPR 2016",
            "losses": losses,
        }

    def start_from(self, tensors: Mapping[str, Tensor]) -> None:
        load(self.network, tensors)

    def turns(self, crops: Crops) -> Iterator[Turn]:
        truth, mask, share = crops.truth, crops.mask, self._config.adversarial
        with autocast(self._config, self._device):
            image = self.network(crops.image, mask)
        in_hole = error_in_hole if self._config.norm == "l1" else square_in_hole
        loss = in_hole(image, truth, mask).mean()
        terms = {self._config.norm: loss.detach()}
        filled = truth + (image - truth) * mask
        if self._judge is not None:
            with autocast(self._config, self._device):
                adversarial = looks_untouched(self._judge(filled), mask).mean()
            terms["adversarial"] = adversarial.detach()
            loss = (1 - share) * loss + share * adversarial
        yield Turn("network", loss, terms, filled.detach())
        if self._judge is not None:
            with autocast(self._config, self._device):
                of_filled, of_truth = self._judge(torch.cat([filled.detach(), truth])).chunk(2)
            found = looks_filled(of_filled, mask).mean() + looks_untouched(of_truth, mask).mean()
            yield Turn("discriminator", found, {})
