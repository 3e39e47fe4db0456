"""What the recipes of all networks that fill have in common: what they learn from, and what is told of a step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
import torch

from restorer.engine.prefill import push_pull
from restorer.training.losses import relative_l1
from restorer.training.recipe import Measure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from torch import Tensor

    from restorer.training.crops import Batch


@dataclass(frozen=True, eq=False)
class Crops:
    """A rank's share of a batch, on the device: float32, images B×3×S×S in 0..1, mask B×1×S×S.

    The first `narrow` have narrow damage, the others damage that is wide for `octave` octaves.
    """

    image: Tensor
    truth: Tensor
    mask: Tensor
    prefill: Tensor
    narrow: int
    octave: int


class Filling:
    """The part of a `Recipe` that does not depend on which network fills."""

    measures: ClassVar[Mapping[str, str]] = dict.fromkeys(("narrow", "wide"), "of the prefill's error")
    """Nan where a batch has no such crops; 1 is no better than the prefill."""
    _device: torch.device

    def lesson(self, batch: Batch) -> Crops:
        """A batch on the device, with its prefill."""
        image, truth, mask = (torch.from_numpy(a).to(self._device) for a in (batch.image, batch.truth, batch.mask))
        return Crops(image, truth, mask, push_pull(image, mask), batch.narrow, batch.octave)

    def measured(self, crops: Crops, made: Tensor) -> dict[str, Measure]:
        """The errors of narrow and of wide crops, relative to the prefill's; `made` is B×3×S×S."""
        errors = relative_l1(made, crops.prefill, crops.truth, crops.mask)
        parts = zip(self.measures, (errors[: crops.narrow], errors[crops.narrow :]), strict=True)
        return {name: Measure(part.sum(), part.new_tensor(len(part))) for name, part in parts}

    def pictured(self, crops: Crops, made: Tensor, crop: int) -> NDArray[np.float32]:
        """Damaged, filled, as it was."""
        mask, truth = crops.mask[crop], crops.truth[crop]
        columns = crops.image[crop] * (1 - mask), truth + (made[crop] - truth) * mask, truth
        return np.concatenate([column.float().clamp(0, 1).cpu().numpy() for column in columns], 2)
