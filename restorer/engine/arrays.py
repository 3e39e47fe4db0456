"""The engine for arrays: the library's `restorer.fill`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from restorer.engine.restorer import Restorer
from restorer.imaging import mask as masks
from restorer.imaging.errors import RestorerError
from restorer.imaging.job import Job
from restorer.imaging.patch import Whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


def fill(
    image: NDArray[Any],
    mask: NDArray[np.bool_],
    *,
    model: str | None,
    device: str,
    seed: int,
    progress: Callable[[float], None],
) -> NDArray[Any]:
    """See `restorer.fill`."""
    image, mask = np.asarray(image), np.asarray(mask)
    channels = image.shape[2] if image.ndim == 3 else 1
    if image.dtype not in (np.uint8, np.uint16) or image.ndim not in (2, 3) or channels not in (1, 2, 3, 4):
        raise RestorerError(
            f"An image of {image.dtype} {image.shape} cannot be filled: give uint8 or uint16, H×W or H×W×3 or H×W×4."
        )
    if image.ndim == 3 and channels == 1:
        return fill(image[..., 0], mask, model=model, device=device, seed=seed, progress=progress)[..., None]
    if mask.dtype != np.bool_:
        raise RestorerError(f"The mask is {mask.dtype}: give bool, True where the picture is to be restored.")
    masks.check(mask, image.shape)
    job = Job(Whole(image), masks.cropped(mask), mask, seed)
    filled = image.copy()
    for patch in _restorer(model, device).restore(job, progress):
        filled[patch.region.slices][patch.mask] = patch.pixels[patch.mask]
    return filled


@lru_cache(maxsize=2)
def _restorer(model: str | None, device: str) -> Restorer:
    return Restorer(model, device)
