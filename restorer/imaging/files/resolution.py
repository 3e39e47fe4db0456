"""How many pixels a length of paper holds, exactly as the formats store it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

INCH_IN_METRES = Fraction(254, 10_000)


@dataclass(frozen=True)
class Resolution:
    """Pixels a unit, across and down.  Without a unit only the ratio means something (non-square pixels)."""

    x: Fraction
    y: Fraction
    unit: Literal["inch", "centimetre", "none"]

    @property
    def dpi(self) -> tuple[float, float] | None:
        """Dots an inch, None where the file gives no unit."""
        if self.unit == "none":
            return None
        factor = Fraction(1) if self.unit == "inch" else Fraction(254, 100)
        return float(self.x * factor), float(self.y * factor)

    @property
    def per_metre(self) -> tuple[int, int] | None:
        """What PNG's pHYs stores: whole pixels a metre, None where the file gives no unit or nonsense."""
        if self.unit == "none":
            return None
        metre = 1 / INCH_IN_METRES if self.unit == "inch" else Fraction(100)
        x, y = round(self.x * metre), round(self.y * metre)
        return (x, y) if 0 < x < 2**31 and 0 < y < 2**31 else None

    @classmethod
    def of_metre(cls, x: int, y: int) -> Resolution:
        """From PNG's pHYs.

        300 dpi can only be stored as 11811 pixels a metre (299.9994 dpi): where a whole number of dots an
        inch would have been rounded to the same value it is what was meant, otherwise centimetres are exact.
        """
        inches = round(x * INCH_IN_METRES), round(y * INCH_IN_METRES)
        if tuple(round(value / INCH_IN_METRES) for value in inches) == (x, y):
            return cls(Fraction(inches[0]), Fraction(inches[1]), "inch")
        return cls(Fraction(x, 100), Fraction(y, 100), "centimetre")

    def turned(self, orientation: int) -> Resolution:
        """The resolution of the picture as shown."""
        return Resolution(self.y, self.x, self.unit) if orientation >= 5 else self
