"""What several networks are taught by; B is the number of crops, images are B×3×H×W, masks B×1×H×W."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

FLOOR = 3e-3
"""Added to the guess's error, in units of the image, so that a flat crop does not weigh without bound."""


def error_in_hole(image: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Mean absolute error over the hole of each crop: B (images B×3×H×W, mask B×1×H×W)."""
    area = mask.sum((1, 2, 3)) * image.shape[1] + 1
    return ((image - truth).abs() * mask).sum((1, 2, 3)) / area


def square_in_hole(image: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Mean squared error over the hole of each crop: B."""
    area = mask.sum((1, 2, 3)) * image.shape[1] + 1
    return ((image - truth).square() * mask).sum((1, 2, 3)) / area


def relative_l1(image: Tensor, prefill: Tensor, truth: Tensor, mask: Tensor) -> Tensor:
    """Error in the hole over the prefill's error there, of each crop (B): no easy and no huge hole dominates."""
    return error_in_hole(image, truth, mask) / (error_in_hole(prefill, truth, mask) + FLOOR)


def laplace_scale(image: Tensor, scale: Tensor, truth: Tensor, mask: Tensor, area: Tensor) -> Tensor:
    """Negative log-likelihood of the error under a Laplace distribution of the given scale (B×1×H×W), in the hole.

    A sum over the hole, divided by `area`: the hole's pixels, plus 1 for an empty one.
    The image is detached: this teaches the network to know its error, not to make another one.
    Kendall and Gal, "What Uncertainties Do We Need in Bayesian Deep Learning?", NeurIPS 2017, equation 5.
    """
    error = (image.detach() - truth).abs().mean(1, keepdim=True)
    likelihood = error / scale.clamp(min=1e-4) + scale.clamp(min=1e-4).log()
    return (likelihood * mask).sum() / area
