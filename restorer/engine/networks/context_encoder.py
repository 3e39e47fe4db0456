"""Context encoder: an encoder and a decoder that fill a hole from what lies around it.

Pathak, Krähenbühl, Donahue, Darrell, Efros, "Context Encoders: Feature Learning by Inpainting", CVPR 2016; here fully
convolutional (without the paper's layer that joins all places of a picture of one size), so that it takes any size.  As
in the paper, the hole is painted with a constant and the network is not told where it is.
"""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn

STRIDE = 4


class ContextEncoder(nn.Module):
    """B×3×H×W in 0..1 and its mask B×1×H×W to B×3×H×W in 0..1, of any size; what is known is drawn anew, too."""

    REACH = 56.0
    """Depth, px, of the deepest damage in the crops of 128 px that it is taught on."""
    CONTEXT = 36
    """What it sees of the surroundings, px: an output pixel depends on 34 px to each side."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = nn.ModuleList(
            [
                nn.Conv2d(3, 64, 5, padding=2),
                nn.Conv2d(64, 128, 3, stride=2, padding=1),
                nn.Conv2d(128, 128, 3, padding=1),
                nn.Conv2d(128, 256, 3, stride=2, padding=1),
                nn.Conv2d(256, 256, 3, padding=1),
                nn.Conv2d(256, 256, 3, padding=1),
            ]
        )
        self.decoder = nn.ModuleList(
            [
                nn.ConvTranspose2d(256, 256, 3, padding=1),
                nn.ConvTranspose2d(256, 256, 3, padding=1),
                nn.ConvTranspose2d(256, 256, 3, stride=2, padding=1, output_padding=1),
                nn.ConvTranspose2d(256, 128, 3, padding=1),
                nn.ConvTranspose2d(128, 128, 3, stride=2, padding=1, output_padding=1),
                nn.ConvTranspose2d(128, 64, 5, padding=2),
            ]
        )
        self.head = nn.Conv2d(64, 3, 3, padding=1)
        for layer in [*self.encoder, *self.decoder]:
            _start(layer)

    def forward(self, image: Tensor, mask: Tensor) -> Tensor:
        """The body may run in bfloat16 under autocast; the last layer is float32."""
        height, width = image.shape[-2:]
        x = torch.where(mask > 0, 0.5, image)
        x = F.pad(x, (0, -width % STRIDE, 0, -height % STRIDE), mode="replicate")
        x = x.contiguous(memory_format=torch.channels_last)
        for layer in [*self.encoder, *self.decoder]:
            x = F.relu(layer(x))
        with torch.autocast(image.device.type, enabled=False):
            return torch.sigmoid(self.head(x.float()))[..., :height, :width]


def _start(layer: nn.Module) -> None:
    """He et al., "Delving Deep into Rectifiers", ICCV 2015: signals keep their size through the layers."""
    assert isinstance(layer, nn.Conv2d | nn.ConvTranspose2d)
    # of a stride-s transposed convolution, each output is reached by 1/s² of the kernel only
    taps = layer.weight[0, 0].numel() * layer.in_channels
    reached = taps / layer.stride[0] ** 2 if isinstance(layer, nn.ConvTranspose2d) else taps
    nn.init.normal_(layer.weight, std=(2 / reached) ** 0.5)
    assert layer.bias is not None
    nn.init.zeros_(layer.bias)
