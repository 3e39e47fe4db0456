"""The judge of an adversarial loss: which places of a picture look filled?

Goodfellow et al., "Generative Adversarial Networks", NeurIPS 2014; an answer for each patch instead of one for the
picture, as in Isola et al., "pix2pix", CVPR 2017, because masks lie anywhere and sizes vary; spectral normalisation
(Miyato et al., ICLR 2018) in place of batch normalisation, which would tie the crops of a batch to each other.
"""

from __future__ import annotations

from itertools import pairwise

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import spectral_norm


class Discriminator(nn.Module):
    """B×3×H×W in 0..1 to B×1×H/8×W/8 float32: positive where a place looks untouched."""

    def __init__(self, channels: int = 64) -> None:
        super().__init__()
        widths = (3, channels, 2 * channels, 4 * channels)
        self.body = nn.ModuleList(spectral_norm(nn.Conv2d(a, b, 4, stride=2, padding=1)) for a, b in pairwise(widths))
        self.head = spectral_norm(nn.Conv2d(widths[-1], 1, 3, padding=1))

    def forward(self, image: Tensor) -> Tensor:
        x = (2 * image - 1).contiguous(memory_format=torch.channels_last)
        for layer in self.body:
            x = F.leaky_relu(layer(x), 0.2)
        with torch.autocast(image.device.type, enabled=False):
            return self.head(x.float())  # type: ignore[no-any-return]


def looks_filled(answer: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy of "filled" over the places that the hole touches, of each crop (B); minimal if all are found."""
    return _over_hole(F.softplus(answer), mask)


def looks_untouched(answer: Tensor, mask: Tensor) -> Tensor:
    """The same of "untouched": what the network that fills wants to hear (the paper's non-saturating loss)."""
    return _over_hole(F.softplus(-answer), mask)


def _over_hole(values: Tensor, mask: Tensor) -> Tensor:
    cells = (F.adaptive_max_pool2d(mask, values.shape[2:]) > 0).float()
    return (values * cells).sum((1, 2, 3)) / (cells.sum((1, 2, 3)) + 1)
