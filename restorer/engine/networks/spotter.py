"""Spotter, the network that finds damage: a probability for each kind at each pixel.

Named after spotting, the retoucher's word for going over a print for dust and scratches.  A U-Net (Ronneberger,
Fischer, Brox, MICCAI 2015) of residual blocks (He et al., CVPR 2016) on pixel-unshuffled input (Shi et al., CVPR 2016):
thin damage is decided at half the resolution, stains at a thirty-second of it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from restorer.imaging.findings import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

STRIDE = 32
"""Input sides are multiples of it, px: the coarsest level lies at a thirty-second."""

WIDTHS = (32, 48, 64, 96, 96)
"""Channels at a half, a quarter, … a thirty-second of the input."""
DEPTHS = (1, 2, 2, 2)
"""Residual blocks of each level but the coarsest, on the way down and again on the way up."""

_LOCAL = 15
_STRIP = 128
"""Rows of the finest level that are computed at once on a CPU; even."""
_SEEN_FIRST, _SEEN_LAST = 8, 4
"""Rows of it beside each that are needed: three convolutions and half of `_LOCAL` px, and three convolutions."""


class Residual(nn.Module):
    """x + conv(relu(conv(relu(x)))); starts close to the identity."""

    def __init__(self, channels: int, dilation: int = 1) -> None:
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
        changed: Tensor = self.b(F.relu(self.a(F.relu(x)), inplace=True))
        return changed.add_(x)


def _level(channels: int, depth: int) -> nn.Sequential:
    return nn.Sequential(*(Residual(channels) for _ in range(depth)))


class Spotter(nn.Module):
    """B×3×H×W in 0..1 to logits B×4×H×W, in the order of `KINDS`.  H and W are multiples of `STRIDE`.

    Args:
        widths: channels of the levels, finest first.
        depths: residual blocks of the levels but the coarsest, each way; one at the finest.
    """

    def __init__(self, widths: tuple[int, ...] = WIDTHS, depths: tuple[int, ...] = DEPTHS) -> None:
        super().__init__()
        self.stem = nn.Conv2d(6 * 4, widths[0], 3, padding=1)
        self.down = nn.ModuleList(_level(*level) for level in zip(widths[:-1], depths, strict=True))
        self.shrink = nn.ModuleList(nn.Conv2d(fine, coarse, 2, stride=2) for fine, coarse in pairwise(widths))
        self.bottom = nn.Sequential(*(Residual(widths[-1], dilation) for dilation in (1, 2, 4)))
        self.widen = nn.ModuleList(nn.Conv2d(coarse, fine, 1) for fine, coarse in pairwise(widths))
        self.up = nn.ModuleList(_level(*level) for level in zip(widths[:-1], depths, strict=True))
        self.head = nn.Conv2d(widths[0], 4 * len(KINDS), 3, padding=1)
        nn.init.normal_(self.head.weight, std=0.01)
        nn.init.constant_(self.head.bias, -4.0)  # type: ignore[arg-type]  # most of a photograph is not damaged

    def forward(self, image: Tensor) -> Tensor:
        """The body may run in bfloat16 under autocast; input contrast and the output are float32."""
        finest = self._in_strips(lambda top, bottom: self._first(image[:, :, 2 * top : 2 * bottom]), image, _SEEN_FIRST)
        fine, x = [finest], self.shrink[0](finest)
        for block, shrink in zip(self.down[1:], self.shrink[1:], strict=True):
            x = block(x)
            fine.append(x)
            x = shrink(x)
        x = self.bottom(x)
        for block, widen in zip(reversed(self.up[1:]), reversed(self.widen[1:]), strict=True):
            x = block(F.interpolate(widen(x), scale_factor=2, mode="nearest").add_(fine.pop()))
        coarse = self.widen[0](x)

        def last(top: int, bottom: int) -> Tensor:
            return self._last(finest[:, :, top:bottom], coarse[:, :, top // 2 : bottom // 2])

        return self._in_strips(last, image, _SEEN_LAST)

    def _first(self, image: Tensor) -> Tensor:
        """The finest level on the way down, from the picture."""
        with torch.autocast(image.device.type, enabled=False):
            inputs = F.pixel_unshuffle(torch.cat([image.float() - 0.5, contrast(image.float())], 1), 2)
            x = inputs.contiguous(memory_format=torch.channels_last)
        return self.down[0](self.stem(x))  # type: ignore[no-any-return]

    def _last(self, finest: Tensor, coarse: Tensor) -> Tensor:
        """The finest level on the way up, to logits."""
        x = self.up[0](F.interpolate(coarse, scale_factor=2, mode="nearest").add_(finest))
        with torch.autocast(x.device.type, enabled=False):
            head = F.conv2d(x.float(), self.head.weight.float(), self.head.bias.float(), padding=1)  # type: ignore[union-attr]
            return F.pixel_shuffle(head, 2)

    @staticmethod
    def _in_strips(layers: Callable[[int, int], Tensor], image: Tensor, seen: int) -> Tensor:
        """The same as `layers` of all rows at once, some rows at a time where that is faster.

        At the finest level a tile's values do not fit into a CPU's caches, and take a third of the time to move about.

        Args:
            layers: answers for rows, from the first to before the last, of the finest level.
            image: what the network looks at.
            seen: how many rows beside a row its answer depends on; even.
        """
        height = image.shape[2] // 2
        if torch.is_grad_enabled() or image.device.type != "cpu":
            return layers(0, height)
        strips = []
        for top in range(0, height, _STRIP):
            start, end = max(0, top - seen), min(height, top + _STRIP + seen)
            strip = layers(start, end)
            factor = strip.shape[2] // (end - start)
            strips.append(strip[:, :, (top - start) * factor : (min(height, top + _STRIP) - start) * factor])
        return torch.cat(strips, 2)


def contrast(image: Tensor) -> Tensor:
    """Each channel minus its mean over 15×15 px, over the deviation there: faint scratches look as strong ones do."""
    mean, square = _local_mean(image), _local_mean((image * image).mean(1, keepdim=True))
    variance = square - (mean * mean).mean(1, keepdim=True)
    return (image - mean) / (variance.clamp(min=0).sqrt() + 0.02) * 0.5


def _local_mean(image: Tensor) -> Tensor:
    """Along rows, then along columns, of what lies inside; torch's own mean takes twice as long along them, and several
    times as long over a square.
    """
    half = _LOCAL // 2
    for axis in (3, 2):
        size = image.shape[axis]
        place = torch.arange(size, device=image.device)
        count = ((place + half).clamp(max=size - 1) - (place - half).clamp(min=0) + 1).to(image.dtype)
        padded = F.pad(image, (half, half) if axis == 3 else (0, 0, half, half))
        image = _sums(padded, axis, size) / (count if axis == 3 else count[:, None])
    return image


def _sums(x: Tensor, axis: int, size: int) -> Tensor:
    """Sums of each `_LOCAL` (15 = 8 + 4 + 2 + 1) values in a row: of two, of four, of eight."""
    single, length = x, x.shape[axis]
    two = x.narrow(axis, 0, length - 1) + x.narrow(axis, 1, length - 1)
    four = two.narrow(axis, 0, length - 3) + two.narrow(axis, 2, length - 3)
    eight = four.narrow(axis, 0, length - 7) + four.narrow(axis, 4, length - 7)
    shifted = ((eight, 0), (four, 8), (two, 12), (single, 14))
    parts = [part.narrow(axis, start, size) for part, start in shifted]
    return parts[0] + parts[1] + parts[2] + parts[3]
