"""How the detector is taught: by the likelihood of what is damage at each pixel, and by the overlap.

The likelihood is not weighted, so that a probability is one, and a threshold can be chosen by what a wrong mark costs.
The overlap (Tversky's index, Salehi et al., MLMI 2017, with a + b = 1) is taken over the whole batch, for each kind
and for damage of any kind: few pixels are damaged, and it keeps them in sight.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import torch
import torch.nn.functional as F

from restorer.engine.networks.spotter import Spotter
from restorer.imaging.findings import KINDS
from restorer.training.recipe import Learner, Measure, Turn, autocast, load

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray
    from torch import Tensor

    from restorer.training.config import Config
    from restorer.training.ranks import Ranks
    from restorer.training.specimens import Specimens


@dataclass(frozen=True, eq=False)
class Labelled:
    """On the device, float32: images B×3×S×S in 0..1; labels and heed B×4×S×S, 1 where damaged and where it is sure."""

    image: Tensor
    labels: Tensor
    heed: Tensor


class SpotterRecipe:
    """A `Recipe`."""

    measures: ClassVar[Mapping[str, str]] = {**dict.fromkeys(KINDS, "F1"), "intact": "% marked"}
    """F1 of pixels at probability 0.5 in the crops taught with; the share marked of crops without any damage."""

    def __init__(self, config: Config, ranks: Ranks, device: torch.device) -> None:
        self._config, self._ranks, self._device = config, ranks, device
        self.network = Spotter().to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        optimizer = torch.optim.AdamW(
            self.network.parameters(), config.rate, betas=(0.9, 0.95), weight_decay=config.weight_decay
        )
        self.learners = {"network": Learner(self.network, optimizer)}

    @staticmethod
    def described(config: Config) -> dict[str, Any]:
        """The card's part that follows from the settings."""
        return {
            "network": "spotter",
            "shape": {},
            "losses": f"cross-entropy of each kind; overlap (Tversky, {config.caution:g} for wrong marks) of each kind "
            f"and of any, weight {config.overlap:g}; rims of 1 px and hardly visible changes are left out",
        }

    def start_from(self, tensors: Mapping[str, Tensor]) -> None:
        load(self.network, tensors)

    def lesson(self, batch: Specimens) -> Labelled:
        image, labels, unsure = (
            torch.from_numpy(a).to(self._device) for a in (batch.image, batch.labels, batch.unsure)
        )
        return Labelled(image, labels.float(), 1 - unsure.float())

    def turns(self, lesson: Labelled) -> Iterator[Turn]:
        with autocast(self._config, self._device):
            logits = self.network(lesson.image)
        labels, heed = lesson.labels, lesson.heed
        each = F.binary_cross_entropy_with_logits(logits, labels, heed, reduction="sum")
        likelihood = each / labels[:, 0].numel()  # of the four kinds of a pixel together
        chance = logits.sigmoid()
        damaged, any_chance = labels.amax(1, keepdim=True), 1 - (1 - chance).prod(1, keepdim=True)
        # where one kind is sure it does not matter that another is not
        any_heed = torch.maximum(heed.amin(1, keepdim=True), damaged)
        missed = self._missed(
            torch.cat([chance, any_chance], 1), torch.cat([labels, damaged], 1), torch.cat([heed, any_heed], 1)
        )
        loss = likelihood + self._config.overlap * missed
        yield Turn("network", loss, {"likelihood": likelihood.detach(), "overlap": missed.detach()}, chance.detach())

    def _missed(self, chance: Tensor, labels: Tensor, heed: Tensor) -> Tensor:
        """1 − Tversky's index over the whole batch, all processes' crops, mean over the channels.

        The index is a quotient of sums; its gradient is that of its linearisation, which is a sum over the processes.
        """
        sums = (0, 2, 3)
        right = (chance * labels * heed).sum(sums)
        wrong = (chance * (1 - labels) * heed).sum(sums)
        caution = self._config.caution
        whole = (1 - caution) * (labels * heed).sum(sums) + caution * (right + wrong) + 1 / self._ranks.of
        all_right, all_whole = self._ranks.mean(right), self._ranks.mean(whole)
        index = all_right / all_whole
        step = (right - index * whole) / all_whole
        there = self._ranks.mean((labels * heed).sum(sums)) > 0  # of a kind that is not there nothing can be missed
        missed = 1 - index - (step - step.detach())
        return (missed * there).sum() / there.sum().clamp(min=1)

    def measured(self, lesson: Labelled, made: Tensor) -> dict[str, Measure]:
        """What is marked at a probability of 0.5; `made` are the probabilities, B×4×S×S."""
        marked, labels = (made > 0.5) * lesson.heed, lesson.labels * lesson.heed
        right, both = (marked * labels).sum((0, 2, 3)), (marked + labels).sum((0, 2, 3))
        intact = lesson.labels.amax((1, 2, 3)) == 0
        on_intact = marked.amax(1)[intact]
        return {
            **{kind: Measure(2 * right[channel], both[channel]) for channel, kind in enumerate(KINDS)},
            "intact": Measure(100 * on_intact.sum(), on_intact.new_tensor(on_intact.numel())),
        }

    def pictured(self, lesson: Labelled, made: Tensor, crop: int) -> NDArray[np.float32]:
        """The crop, then each kind's probability beside what it should be."""
        image = lesson.image[crop].cpu().numpy()
        channels = torch.stack([made[crop], lesson.labels[crop]], 1).flatten(0, 1).cpu().numpy()
        return np.concatenate([image, *(np.broadcast_to(channel, image.shape) for channel in channels)], 2)
