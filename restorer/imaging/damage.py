"""Where one picture is damaged, as its infrared scan shows it and a network sees it; and what the network is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.imaging import infrared
from restorer.imaging.display import displayed
from restorer.imaging.errors import RestorerError
from restorer.imaging.findings import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from numpy.typing import NDArray

    from restorer.imaging.files import Photograph
    from restorer.imaging.findings import Findings
    from restorer.imaging.patch import Pixels
    from restorer.imaging.region import Region


def looked_at(image: Pixels, photograph: Photograph) -> Pixels:
    """What a detector is shown of `image`, whose values are as those of `photograph`.

    That is the image itself; of inks, of floating-point values and of values that have levels of their own it is what a
    screen shows, in 8 bits.
    """
    own = photograph.inks or photograph.levels is not None or image.dtype.kind != "u"
    return Shown(image, photograph) if own else image


class Shown:
    """An image as a screen shows it, uint8, read region by region."""

    def __init__(self, image: Pixels, photograph: Photograph) -> None:
        self._image, self._photograph = image, photograph
        channels = image.shape[2] if len(image.shape) == 3 else 1
        self.shape: tuple[int, ...] = (*image.shape[:2], 3) if channels > 2 else image.shape[:2]
        self.dtype: np.dtype[Any] = np.dtype(np.uint8)

    def read(self, region: Region) -> NDArray[Any]:
        known = self._photograph
        return displayed(self._image.read(region), known.levels, inks=known.inks, icc=known.icc)


MUCH = 0.1
MUCH_IN_ONE = 0.03
"""Shares of a picture, in all and of one connected piece: what is more may be no damage, but what the picture shows."""


def check_infrared(photograph: Photograph) -> None:
    """Raises RestorerError if an infrared scan was asked for and the file can have none."""
    if photograph.infrared is None:
        name = photograph.path.name
        raise RestorerError(f"“{name}” is no TIFF and has no infrared scan: look for damage without it.")


def damage_of(
    photograph: Photograph,
    sensitivity: float,
    kinds: Collection[str] | None,
    look: Callable[[], Findings],
) -> NDArray[np.bool_]:
    """Scratches and dust as infrared shows them, if it is there; everything else as the network sees it.

    Args:
        photograph: with its infrared scan, if that is to be used.
        sensitivity: 0 marks what is certain, 1 whatever may be damage.
        kinds: of `KINDS`; None is all, or with an infrared scan those that it shows.
        look: asks the network; called if a kind is left for it.

    Returns:
        Bool H×W.

    Raises:
        RestorerError: the infrared scan shows the picture itself; what `look` raises.
    """
    left = set(kinds or (KINDS if photograph.infrared is None else infrared.SHOWN))
    mask = np.zeros(photograph.pixels.shape[:2], np.bool_)
    if photograph.infrared is not None:
        shown = left & set(infrared.SHOWN)
        if shown:
            red = infrared.red_of(photograph.pixels)
            mask |= infrared.find(photograph.infrared, red).mask(sensitivity, shown)
        left -= shown
    if left:
        mask |= look().mask(sensitivity, left)
    return mask


def doubt_of(found: NDArray[np.bool_]) -> str:
    """A sentence if so much was taken for damage that a person should look at the result, else nothing."""
    share = float(found.mean())
    if share <= MUCH_IN_ONE:  # then no piece is larger either
        return ""
    _, _, stats, _ = cv2.connectedComponentsWithStats(found.view(np.uint8), connectivity=8)
    largest = float(stats[1:, cv2.CC_STAT_AREA].max()) / found.size
    if share <= MUCH and largest <= MUCH_IN_ONE:
        return ""
    return (
        f"{100 * share:.1f} % of it was marked as damage, the largest piece {100 * largest:.1f} %: look at it before "
        "you keep it."
    )
