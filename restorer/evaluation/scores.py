"""How far a filled picture is from the truth.  Everything is measured on 8-bit RGB.

SSIM: Wang, Bovik, Sheikh, Simoncelli, "Image quality assessment: from error visibility to structural
similarity", IEEE TIP 2004, with the window and the constants that scikit-image uses by default, so that
figures can be compared with other people's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]  # H×W×3, RGB
Mask = NDArray[np.bool_]  # H×W, True was filled

WINDOW = 7
"""Side of SSIM's uniform window, px."""

NEAR = 7
"""How far around the hole `ssim_near` looks, px."""


@dataclass(frozen=True)
class Scores:
    """The measures of one fill."""

    hole_share: float
    """Share of the picture that was filled, 0..1."""
    psnr_hole: float
    """Over the hole's pixels only, dB; more is better."""
    mae_hole: float
    """Mean absolute error over the hole's pixels, in 8-bit levels; less is better."""
    ssim: float
    """Of the whole picture, -1..1; more is better."""
    ssim_near: float
    """The same map, averaged over the hole grown by `NEAR` px."""
    perc: float
    """Perceptual distance of the whole picture, 0..4; less is better."""
    perc_hole: float
    """The same over the cells that touch the hole."""


class PerceptualDistance(Protocol):
    """What `perceptual.Perceptual` offers; a test may bring a cheaper one."""

    def features(self, picture: Picture) -> object: ...

    def distance(self, reference: object, picture: Picture, mask: Mask) -> tuple[float, float]: ...


class Judge:
    """Scores fills; keeps the features of the last truth, so ask for one picture's fills in a row."""

    def __init__(self, perceptual: PerceptualDistance) -> None:
        self._perceptual = perceptual
        self._name: str | None = None
        self._features: object = None

    def __call__(self, name: str, truth: Picture, filled: Picture, mask: Mask) -> Scores:
        """The scores of `filled` against `truth`, the picture called `name`."""
        if name != self._name:
            self._name, self._features = name, self._perceptual.features(truth)
        similarity = ssim_map(truth, filled)
        near = cv2.dilate(mask.astype(np.uint8), np.ones((2 * NEAR + 1, 2 * NEAR + 1), np.uint8)) > 0
        perc, perc_hole = self._perceptual.distance(self._features, filled, mask)
        return Scores(
            hole_share=float(mask.mean()),
            psnr_hole=psnr(truth[mask], filled[mask]),
            mae_hole=float(np.abs(truth[mask].astype(np.float64) - filled[mask]).mean()),
            ssim=mean_ssim(similarity),
            ssim_near=float(similarity[near].mean()),
            perc=perc,
            perc_hole=perc_hole,
        )


def psnr(truth: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Peak signal-to-noise ratio in dB of two uint8 arrays of one shape; 148.13 where they are equal."""
    mean_square = float(np.mean((truth.astype(np.float64) - other) ** 2))
    return float(10 * np.log10(255**2 / max(mean_square, 1e-10)))


def ssim_map(truth: Picture, other: Picture) -> NDArray[np.float64]:
    """SSIM at each place and channel, H×W×3, of two uint8 pictures.

    As scikit-image's `structural_similarity(..., channel_axis=2, data_range=255, full=True)`: uniform 7×7
    window, sample covariance, K1 = 0.01, K2 = 0.03, borders mirrored with the edge pixel repeated.
    """
    if min(truth.shape[:2]) < WINDOW:
        raise ValueError(f"SSIM needs pictures of at least {WINDOW}×{WINDOW} px")
    x, y = truth.astype(np.float64), other.astype(np.float64)
    mean_x, mean_y = _window_mean(x), _window_mean(y)
    unbiased = WINDOW**2 / (WINDOW**2 - 1)
    var_x = unbiased * (_window_mean(x * x) - mean_x**2)
    var_y = unbiased * (_window_mean(y * y) - mean_y**2)
    covariance = unbiased * (_window_mean(x * y) - mean_x * mean_y)
    c1, c2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2
    numerator = (2 * mean_x * mean_y + c1) * (2 * covariance + c2)
    result: NDArray[np.float64] = numerator / ((mean_x**2 + mean_y**2 + c1) * (var_x + var_y + c2))
    return result


def mean_ssim(similarity: NDArray[np.float64]) -> float:
    """The one number of an `ssim_map`: its mean without the rim that saw mirrored pixels."""
    rim = WINDOW // 2
    return float(similarity[rim:-rim, rim:-rim].mean())


def _window_mean(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return cv2.blur(values, (WINDOW, WINDOW), borderType=cv2.BORDER_REFLECT).astype(np.float64, copy=False)
