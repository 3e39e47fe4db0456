"""Window and level: from the values of a medical picture to the grey of a screen.

DICOM PS3.3, C.11.1 (modality: rescale slope and intercept) and C.11.2.1.2 and .3 (value of interest: window centre and
width, and the function between them).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FUNCTIONS = ("LINEAR", "LINEAR_EXACT", "SIGMOID")
_NARROWEST = {"LINEAR": 1.0, "LINEAR_EXACT": 1e-6, "SIGMOID": 1e-6}


@dataclass(frozen=True)
class Window:
    """Which values are shown, from black to white; the values themselves stay what they are.

    Attributes:
        centre, width: in the values of the modality (Hounsfield units of a CT).
        function: LINEAR, LINEAR_EXACT or SIGMOID.
        slope, intercept: a stored value v is slope·v + intercept of the modality.
        inverted: high values are dark (MONOCHROME1).
    """

    centre: float
    width: float
    function: str = "LINEAR"
    slope: float = 1.0
    intercept: float = 0.0
    inverted: bool = False

    @classmethod
    def over(cls, low: float, high: float, *, slope: float = 1.0, intercept: float = 0.0, inverted: bool) -> Window:
        """All stored values from `low` to `high`."""
        ends = slope * low + intercept, slope * high + intercept
        width = abs(ends[1] - ends[0]) or 1.0
        return cls(sum(ends) / 2, width, "LINEAR_EXACT", slope, intercept, inverted)

    def moved(self, brighter: float, wider: float) -> Window:
        """The level lowered by `brighter` and the width grown by `wider` times the width, as a mouse drags them.

        To the eye the picture becomes brighter, also where high values are dark.
        """
        down = -self.width * brighter * (-1 if self.inverted else 1)
        return self.at(self.centre + down, self.width * 2.0**wider)

    def at(self, centre: float, width: float) -> Window:
        """Another window of the same picture; a width too small for its function is the smallest there is."""
        width = min(max(width, _NARROWEST[self.function]), 1e9)
        return replace(self, centre=min(max(centre, -1e9), 1e9), width=width)

    def applied(self, pixels: NDArray[Any]) -> NDArray[np.uint8]:
        """Stored values (uint8, uint16 or int16, H×W) as grey of a screen, uint8."""
        table = self._table_of_bytes if pixels.dtype.itemsize == 1 else self._tables[pixels.dtype.kind]
        shown: NDArray[np.uint8] = table[pixels.view(f"u{pixels.dtype.itemsize}")]
        return shown

    @cached_property
    def _table_of_bytes(self) -> NDArray[np.uint8]:
        return self._shown(np.arange(256))

    @cached_property
    def _tables(self) -> dict[str, NDArray[np.uint8]]:
        """For unsigned and for signed values, indexed by their bits."""
        every = np.arange(1 << 16)
        return {"u": self._shown(every), "i": self._shown(np.where(every < 1 << 15, every, every - (1 << 16)))}

    def _shown(self, stored: NDArray[Any]) -> NDArray[np.uint8]:
        x = self.slope * stored.astype(np.float64) + self.intercept
        match self.function:
            case "SIGMOID":
                share = 1 / (1 + np.exp(np.clip(-4 * (x - self.centre) / self.width, -700, 700)))
            case "LINEAR_EXACT":
                share = (x - self.centre) / self.width + 0.5
            case _ if self.width <= 1:
                share = (x > self.centre - 0.5).astype(np.float64)
            case _:
                share = (x - (self.centre - 0.5)) / (self.width - 1) + 0.5
        share = np.clip(share, 0, 1)
        return np.rint((1 - share if self.inverted else share) * 255).astype(np.uint8)
