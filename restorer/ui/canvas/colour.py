"""From the colours of a file to those of a screen, by their ICC profiles."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QColorSpace, QImage

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

_PROBE = 17
"""Values a channel in the trial that tells whether a profile differs from sRGB."""


_SRGB = QColorSpace(QColorSpace.NamedColorSpace.SRgb)


class _Screen:
    """Qt knows no profile of a monitor, so it is a setting."""

    space = _SRGB


def use_screen(space: QColorSpace | None) -> bool:
    """The screen's own colour space, sRGB if None, for what is made from now on; tells whether it is another."""
    space = space or _SRGB
    other, _Screen.space = space != _Screen.space, space
    return other


def monitor_space(path: Path | None) -> QColorSpace | None:
    """The colour space of a profile; None if there is none that a picture can be converted to."""
    if path is None:
        return None
    try:
        icc = path.read_bytes()
    except OSError:
        return None
    if icc[36:40] != b"acsp" or int.from_bytes(icc[:4]) > len(icc) or icc[16:20] != b"RGB ":
        return None
    space = QColorSpace.fromIccProfile(icc)
    return space if space.isValid() and space.isValidTarget() else None


class ScreenColours:
    """Callable on uint8 H×W or H×W×3; the same array comes back where nothing is to be converted.

    A profile that Qt cannot use is left aside: the picture is shown as it is.  May be made and called on any thread.
    """

    def __init__(self, icc: bytes | None) -> None:
        self._space = _space(icc)
        self._grey: NDArray[np.uint8] | None = None
        if self._space is None:
            return
        ramp = np.linspace(0, 255, _PROBE).round().astype(np.uint8)
        red, green, blue = np.meshgrid(ramp, ramp, ramp)
        cube = np.dstack([red.ravel(), green.ravel(), blue.ravel()])
        cube = np.ascontiguousarray(cube.reshape(_PROBE, _PROBE * _PROBE, 3))
        shown = _converted(cube, self._space)
        levels = np.arange(256, dtype=np.uint8)[None]
        grey = _converted(levels, self._space)
        if grey is not None and not _alike(grey, levels):
            self._grey = grey[0]
        if shown is None or _alike(shown, cube):
            self._space = None

    @property
    def needed(self) -> bool:
        return self._space is not None or self._grey is not None

    def __call__(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if pixels.ndim == 2:
            return pixels if self._grey is None else self._grey[pixels]
        if self._space is None:
            return pixels
        shown = _converted(np.ascontiguousarray(pixels), self._space)
        return pixels if shown is None else shown


def _space(icc: bytes | None) -> QColorSpace | None:
    """What the pixels are in; None if they can be shown as they are."""
    if not icc or icc[36:40] != b"acsp" or int.from_bytes(icc[:4]) > len(icc):  # Qt would warn on stderr
        return None if _Screen.space == _SRGB else _SRGB
    space = QColorSpace.fromIccProfile(icc)
    if not space.isValid():
        space = _SRGB
    return None if space == _Screen.space else space


def _alike(a: NDArray[np.uint8], b: NDArray[np.uint8]) -> bool:
    """Equal but for rounding: profiles of sRGB differ in their last digits."""
    return int(np.abs(a.astype(np.int16) - b).max()) <= 1


def _converted(pixels: NDArray[np.uint8], space: QColorSpace) -> NDArray[np.uint8] | None:
    """None if the profile does not go with such pixels."""
    grey = pixels.ndim == 2
    kind = QImage.Format.Format_Grayscale8 if grey else QImage.Format.Format_RGB888
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], kind)
    image.setColorSpace(space)
    if image.colorSpace() != space:
        return None
    shown = image.convertedToColorSpace(_Screen.space, kind)
    if shown.isNull():
        return None
    rows = np.frombuffer(shown.constBits(), np.uint8).reshape(height, shown.bytesPerLine())
    return rows[:, :width].copy() if grey else rows[:, : width * 3].reshape(height, width, 3).copy()
