"""Reweave, Restorer's own network: push-pull whose every octave is refined where the damage is narrow in it.

Named after invisible mending, in which cloth is rewoven with threads of its own surroundings.  It rests on

- push-pull interpolation as the skeleton (Gortler et al., SIGGRAPH 1996; see `engine/prefill.py`);
- a residual network at high resolution without a deep encoder (Lim et al., "EDSR", CVPRW 2017), on pixel-unshuffled
  input (Shi et al., CVPR 2016), with dilated convolutions (Yu and Koltun, ICLR 2016) for context;
- normalisation by the statistics of the known neighbourhood, so that one network serves faint and strong contrast,
  dark and light, 8 and 16 bit alike;
- a Laplace scale for each pixel as its own expected error (Kendall and Gal, NeurIPS 2017).

The same weights work at every octave: a hole that is wide at native resolution is narrow a few octaves down, and
what is filled there is the guess that the next finer octave starts from.
"""

from __future__ import annotations

from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from restorer.engine.prefill import coarse_to_fine

REACH = 7
"""Farthest a hole pixel may lie from a known one, in px, at the coarsest octave that is refined."""

CELL = 8
"""Side of the cells, in px, on which the neighbourhood's statistics are gathered; input sides are multiples of it."""


class Refined(NamedTuple):
    """What the network says of one octave."""

    image: Tensor
    """B×3×H×W float32; equal to the guess where the mask is 0."""
    scale: Tensor
    """B×1×H×W float32, > 0: the expected absolute error of a pixel (Laplace), in units of the image."""


class Block(nn.Module):
    """x + conv(relu(dilated conv(x))); starts close to the identity.  ReLU: a GELU cost a sixth of the forward pass."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.a = nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation)
        self.b = nn.Conv2d(channels, channels, 3, padding=1)
        nn.init.kaiming_normal_(self.a.weight, nonlinearity="relu")
        nn.init.kaiming_normal_(self.b.weight, nonlinearity="linear")
        nn.init.zeros_(self.a.bias)  # type: ignore[arg-type]
        nn.init.zeros_(self.b.bias)  # type: ignore[arg-type]
        with torch.no_grad():
            self.b.weight.mul_(0.3)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.b(F.relu(self.a(x)))  # type: ignore[no-any-return]


class Reweave(nn.Module):
    """Refines one octave with `refine`; `forward` fills from coarse to fine.

    Args:
        channels: width of the body, at half the resolution of the input.
        blocks: number of residual blocks; their dilations go 1, 2, 4, 1, 2, 4, …
    """

    DILATIONS = (1, 2, 4)

    def __init__(self, channels: int = 64, blocks: int = 10) -> None:
        super().__init__()
        self.stem = nn.Conv2d(5 * 4, channels, 3, padding=1)
        self.body = nn.Sequential(*(Block(channels, self.DILATIONS[i % 3]) for i in range(blocks)))
        self.head = nn.Conv2d(channels, 4 * 4, 3, padding=1)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    def refine(self, guess: Tensor, mask: Tensor) -> Refined:
        """Better `guess` (B×3×H×W, 0..1) where `mask` (B×1×H×W) is 1.  H and W are multiples of `CELL`.

        The body may run in bfloat16 under autocast; statistics, head and sum are always float32, because a
        bfloat16 result has fewer than 200 distinct levels.
        """
        device = guess.device.type
        with torch.autocast(device, enabled=False):
            guess, mask = guess.float(), mask.float()
            mean, spread = neighbourhood(guess, 1 - mask)
            inputs = torch.cat([(guess - mean) / spread, mask, depth(mask) / REACH], 1)
            inputs = F.pixel_unshuffle(inputs, 2).contiguous(memory_format=torch.channels_last)
        features = self.body(self.stem(inputs))
        with torch.autocast(device, enabled=False):
            answer = F.pixel_shuffle(self.head(features.float()), 2)
            image = guess + mask * spread * answer[:, :3]
            scale = spread * answer[:, 3:].clamp(-8, 4).exp()
        return Refined(image, scale)

    def forward(self, image: Tensor, mask: Tensor) -> Tensor:
        """Fill a whole picture (B×3×H×W in 0..1) where `mask` (B×1×H×W) is 1, whatever its size."""
        levels = octave_of(float(distance(mask).max()))

        def refine(level: int, guess: Tensor, hole: Tensor) -> Tensor:
            if level > levels:
                return guess
            height, width = hole.shape[-2:]
            pad = (0, -width % CELL, 0, -height % CELL)
            guess = F.pad(guess, pad, mode="replicate") if min(height, width) >= CELL else F.pad(guess, pad)
            return self.refine(guess, F.pad(hole, pad)).image[..., :height, :width]

        return coarse_to_fine(image, mask, refine)


def octave_of(depth_px: float, reach: float = REACH) -> int:
    """The coarsest octave to refine for damage whose deepest pixel lies `depth_px` from a known one."""
    level = 0
    while depth_px > reach:
        depth_px /= 2
        level += 1
    return level


def depth(mask: Tensor) -> Tensor:
    """Steps (chessboard, in px) from each hole pixel to a known one, at most `REACH` + 1; 0 where known."""
    total, rest = mask, mask
    for _ in range(REACH):
        rest = 1 - F.max_pool2d(1 - rest, 3, 1, 1)
        total = total + rest
    return total


def distance(mask: Tensor) -> Tensor:
    """Steps (chessboard, in px) from each hole pixel to a known one, exact, for any hole."""
    total, rest = mask, mask
    while bool(rest.any()) and not bool(rest.all()):
        rest = 1 - F.max_pool2d(1 - rest, 3, 1, 1)
        total = total + rest
    return total


def neighbourhood(guess: Tensor, known: Tensor) -> tuple[Tensor, Tensor]:
    """Mean (B×3×H×W) and standard deviation (B×1×H×W) of the known pixels around each pixel.

    Gathered on cells of `CELL` px, over 5×5 cells; where these hold little that is known, coarser cells take over,
    each with a hundredth of the weight.  On cells it costs a few per cent of the network; as a 33×33 pooling at
    full size it would cost more than the network.
    """
    square = (guess * guess).mean(1, keepdim=True)
    moments = F.avg_pool2d(torch.cat([known, guess * known, square * known], 1), CELL)
    size = moments.shape[-2:]
    total = _blurred(moments)
    weight = 1.0
    while max(moments.shape[-2:]) > 1:
        moments = F.avg_pool2d(moments, 2, ceil_mode=True, count_include_pad=False)
        weight *= 0.01
        total = total + weight * F.interpolate(_blurred(moments), size=size, mode="bilinear", align_corners=False)
    total = F.interpolate(total, scale_factor=CELL, mode="bilinear", align_corners=False)
    share = total[:, :1] + 1e-9
    mean = total[:, 1:4] / share
    variance = total[:, 4:] / share - (mean * mean).mean(1, keepdim=True)
    return mean, variance.clamp(min=1e-4).sqrt()


def _blurred(moments: Tensor) -> Tensor:
    return F.avg_pool2d(moments, 5, 1, 2, count_include_pad=False)
