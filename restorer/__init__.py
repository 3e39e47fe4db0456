"""Restorer brings damaged photographs back.

import restorer
repaired = restorer.fill(image, mask)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

__all__ = ["__version__", "fill"]
__version__ = "0.1.0"


def fill(
    image: NDArray[Any],
    mask: NDArray[np.bool_],
    *,
    model: str | None = None,
    device: str = "auto",
    seed: int = 0,
    progress: Callable[[float], None] = lambda _share: None,
) -> NDArray[Any]:
    """Restore what `mask` marks and leave everything else as it is.

    Args:
        image: uint8 or uint16, H×W (grey), H×W×3 (RGB) or H×W×4 (RGB and alpha, which is kept); not changed.
        mask: bool H×W; True is to be restored.  The pixels under it never influence the answer.
        model: name of bundled weights (`restorer models` lists them) or path of a .safetensors file.
        device: `auto`, `cpu` or `cuda`.
        seed: equal calls with an equal seed give equal pixels.
        progress: told the share done, 0..1.

    Returns:
        A new array of the same shape and dtype.

    Raises:
        RestorerError: the arrays do not fit, the mask is empty or covers everything, there is no such model or device.
    """
    from restorer.engine.arrays import fill as fill_arrays  # loads torch: `import restorer` stays light

    return fill_arrays(image, mask, model=model, device=device, seed=seed, progress=progress)
