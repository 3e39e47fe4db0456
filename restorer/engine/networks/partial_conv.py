"""A U-Net of partial convolutions: each looks at known pixels only, and its mask says where it knew any.

Liu, Reda, Shih, Wang, Tao, Catanzaro, "Image Inpainting for Irregular Holes Using Partial Convolutions", ECCV 2018.
Differences: fewer channels (the paper's network has 33 million parameters); six halvings, as it is taught on small
crops; no batch normalisation, because batches are small, pictures come in tiles of any size, and regression does as
well without (Lim et al., "EDSR", CVPRW 2017).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Part(NamedTuple):
    """Features, and where they are known."""

    x: Tensor
    """B×C×H×W."""
    known: Tensor
    """B×1×H×W float32, 0 or 1."""


class PartialConv2d(nn.Conv2d):
    """A convolution over the known pixels of several parts, whose channels are joined (the paper's equations 1 and 2).

    What the padding adds counts as unknown, as a hole does.
    """

    def __init__(self, channels: int, out: int, size: int, stride: int = 1, slope: float = 0.0) -> None:
        super().__init__(channels, out, size, stride, size // 2)
        # He et al., ICCV 2015, for a leaky rectifier of that slope
        nn.init.kaiming_normal_(self.weight, a=slope, nonlinearity="leaky_relu" if slope else "relu")
        assert self.bias is not None
        nn.init.zeros_(self.bias)

    def fill(self, parts: Sequence[Part]) -> Part:
        """Features at the stride of the layer; known where the window held any known pixel."""
        assert self.bias is not None
        size, stride, padding = self.kernel_size[0], self.stride[0], self.padding[0]
        counts = [
            part.x.shape[1] * F.avg_pool2d(part.known, size, stride, int(padding), divisor_override=1) for part in parts
        ]
        count = torch.stack(counts).sum(0)
        known = (count > 0).to(count.dtype)
        share = known * (self.in_channels * size * size) / count.clamp(min=1)
        x = torch.cat([part.x * part.known.to(part.x.dtype) for part in parts], 1)
        x = F.conv2d(x, self.weight, None, stride, int(padding))
        x = x * share.to(x.dtype) + self.bias.to(x.dtype)[:, None, None] * known.to(x.dtype)
        return Part(x, known)


class PartialConvUNet(nn.Module):
    """B×3×H×W in 0..1 and its mask B×1×H×W to B×3×H×W, of any size; what is known is drawn anew, too.

    Args:
        channels: width of the first level; the next have 2, 4, 7, 7 and 7 times as many.
    """

    REACH = 56.0
    """Depth, px, of the deepest damage in the crops of 128 px that it is taught on."""
    CONTEXT = 64
    """Px of surroundings that are given to it: half of such a crop."""
    SIZES = (7, 5, 5, 3, 3, 3)
    SLOPE = 0.2

    def __init__(self, channels: int = 32) -> None:
        super().__init__()
        widths = [3, *(channels * times for times in (1, 2, 4, 7, 7, 7))]
        self.down = nn.ModuleList(
            PartialConv2d(fine, coarse, size, stride=2)
            for fine, coarse, size in zip(widths, widths[1:], self.SIZES, strict=False)
        )
        self.up = nn.ModuleList(
            PartialConv2d(coarse + fine, fine, 3, slope=self.SLOPE)
            for coarse, fine in zip(widths[:0:-1], widths[-2:0:-1], strict=False)
        )
        self.head = PartialConv2d(widths[1] + 3, 3, 3, slope=1.0)
        with torch.no_grad():
            self.head.weight.mul_(0.1)  # begins near black rather than far outside of 0..1

    def forward(self, image: Tensor, mask: Tensor) -> Tensor:
        """The body may run in bfloat16 under autocast; counts and the last layer are float32."""
        height, width = image.shape[-2:]
        stride = 2 ** len(self.down)
        pad = (0, -width % stride, 0, -height % stride)  # zeros, and unknown
        known = F.pad((1 - mask).float(), pad)
        x = F.pad(image.float(), pad).contiguous(memory_format=torch.channels_last)
        finer = [Part(x, known)]
        part = finer[0]
        for layer in self.down:
            assert isinstance(layer, PartialConv2d)
            part = _activated(layer.fill([part]), 0.0)
            finer.append(part)
        finer.pop()
        for layer in self.up:
            assert isinstance(layer, PartialConv2d)
            part = _activated(layer.fill([_enlarged(part), finer.pop()]), self.SLOPE)
        with torch.autocast(image.device.type, enabled=False):
            part = _enlarged(part)
            answer = self.head.fill([Part(part.x.float(), part.known), finer.pop()])
        return answer.x[..., :height, :width]


def _activated(part: Part, slope: float) -> Part:
    return Part(F.leaky_relu(part.x, slope) if slope else F.relu(part.x), part.known)


def _enlarged(part: Part) -> Part:
    """Twice the size, nearest, as in the paper."""
    x, known = (F.interpolate(t, scale_factor=2, mode="nearest") for t in part)
    return Part(x, known)
