"""Changed pixels into the DCT blocks of a JPEG that they lie in; every other block keeps its coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.errors import RestorerError
from restorer.imaging.files.orientation import as_shown, as_stored, stored_region
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from restorer.imaging.files.jpeg_coefficients import Band, Structure
    from restorer.imaging.files.jpeg_segments import Colour
    from restorer.imaging.files.photograph import Pixels
    from restorer.imaging.files.stored import Stored

_SIDE = 8
_ROWS = 16  # of MCUs that are compared at a time: of a turned picture, narrow strips would cost much
_MOST = 512  # MCUs that are worked on at a time: a few megabytes

_ZIGZAG = np.array(
    sorted(range(64), key=lambda n: (n // 8 + n % 8, n // 8 if (n // 8 + n % 8) % 2 else n % 8))
)  # place in the block, row by row, of each coefficient as it is stored (T.81, figure 5)


def _cosines() -> NDArray[np.float32]:
    """The orthonormal DCT-II, frequency × sample (§ A.3.3)."""
    frequency, sample = np.mgrid[:_SIDE, :_SIDE]
    basis = np.cos((2 * sample + 1) * frequency * np.pi / (2 * _SIDE)) / 2
    basis[0] /= np.sqrt(2)
    cosines: NDArray[np.float32] = basis.astype(np.float32)
    return cosines


_DCT = _cosines()

# RGB to YCbCr (ITU-T T.871, § 7)
_YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168735892, -0.331264108, 0.5], [0.5, -0.418687589, -0.081312411]],
                  np.float32)  # fmt: skip
_LEVEL = 128
_LEAST = np.array([-1024] + [-1023] * 63)  # of quantised coefficients (T.81, tables F.1 and F.2)


def check_sampling(structure: Structure) -> None:
    """Raises RestorerError if one colour's samples do not cover whole pixels."""
    if any(structure.h % part.h or structure.v % part.v for part in structure.components):
        raise RestorerError(
            "This JPEG stores its colours in an uncommon grid, and cannot be saved as JPEG: "
            "end the name with .png, .tif or .tiff."
        )


def cell(structure: Structure) -> tuple[int, int]:
    """Height and width of the pixels that one block of the coarsest component covers."""
    return (
        _SIDE * structure.v // min(part.v for part in structure.components),
        _SIDE * structure.h // min(part.h for part in structure.components),
    )


class Reach:
    """Which pixels of a JPEG may change when marked ones do: those of the blocks that the marks touch.

    Where colours are stored at half the resolution a decoder smooths between their samples, so one pixel around the
    blocks belongs to it (libjpeg's "fancy upsampling").
    """

    def __init__(self, structure: Structure, orientation: int) -> None:
        self._orientation = orientation
        self._stored = structure.width, structure.height
        self._cell = cell(structure)
        self._border = int(max(self._cell) > _SIDE)
        rows, columns = -(-structure.height // self._cell[0]), -(-structure.width // self._cell[1])
        self._touched = np.zeros((rows, columns), bool)

    def add(self, region: Region, bits: NDArray[np.bool_]) -> None:
        """Take in marked pixels: bool of the region's size, as the picture is shown."""
        stored = stored_region(region, self._orientation, self._stored)
        rows, columns = np.nonzero(as_stored(bits, self._orientation))
        self._touched[(rows + stored.top) // self._cell[0], (columns + stored.left) // self._cell[1]] = True

    def within(self, region: Region) -> NDArray[np.bool_]:
        """Bool of the region's size, as the picture is shown: True may change."""
        stored = stored_region(region, self._orientation, self._stored)
        border, (high, wide) = self._border, self._cell
        rows = np.arange(stored.top, stored.bottom)
        columns = np.arange(stored.left, stored.right)
        found = np.zeros((len(rows), len(columns)), bool)
        for down in {-border, 0, border}:
            line = np.clip(rows + down, 0, self._stored[1] - 1) // high
            for right in {-border, 0, border}:
                found |= self._touched[line[:, None], np.clip(columns + right, 0, self._stored[0] - 1) // wide]
        return np.ascontiguousarray(as_shown(found, self._orientation))


def merge(band: Band, before: Stored, after: Stored, colour: Colour) -> bool:
    """Change the coefficients of a band so that they show `after` where it differs from `before`.

    Where pixels are the same the aim is what the old coefficients give, before rounding and clipping, so that they
    change as little as the quantisation allows; blocks without a difference are not touched at all.

    Args:
        band: of the file.
        before: the decoded pixels of all of it, uint8.
        after: what they are to be.
        colour: how the components make pixels.

    Returns whether there is any difference.
    """
    structure = band.structure
    changed = False
    high, wide = _SIDE * structure.v, _SIDE * structure.h
    whole = slice(0, structure.width)
    end = band.first + band.rows
    for first in range(band.first, end, _ROWS):
        rows = slice(first * high, min(min(first + _ROWS, end) * high, structure.height))
        new = after.read(rows, whole)
        differs = (new != before.read(rows, whole)).any(2)
        for row in np.unique(np.flatnonzero(differs.any(1)) // high):
            part = slice(row * high, (row + 1) * high)
            mcus = np.unique(np.flatnonzero(differs[part].any(0)) // wide)
            changed = True
            for start in range(0, len(mcus), _MOST):
                _merge_mcus(band, new[part], differs[part], first + int(row), mcus[start : start + _MOST], colour)
    return changed


def _merge_mcus(
    band: Band, after: Pixels, differs: NDArray[np.bool_], row: int, mcus: NDArray[np.int64], colour: Colour
) -> None:
    structure = band.structure
    high, wide = _SIDE * structure.v, _SIDE * structure.h
    # Pixels beyond the picture's edge repeat the last one, so that no new edge arises in a block.
    down = np.minimum(np.arange(high), len(after) - 1)
    across = np.minimum(mcus[:, None] * wide + np.arange(wide), structure.width - 1)
    wanted = after[down[None, :, None], across[:, None, :]].astype(np.float32)  # n×high×wide[×3]
    changed = differs[down[None, :, None], across[:, None, :]]
    wanted = _components(wanted, colour)
    for index, part in enumerate(structure.components):
        blocks = band.blocks(index)
        below, beside = row * part.v + np.arange(part.v), mcus[:, None] * part.h + np.arange(part.h)
        place = (below - band.first * part.v)[None, :, None], beside[:, None, :]
        old = blocks[place]  # n×v×h×64
        steps = structure.quantisers[part.quantiser].astype(np.float32)
        shown = _samples(old * steps) + _LEVEL
        fy, fx = structure.v // part.v, structure.h // part.h
        difference = np.where(changed, wanted[..., index] - shown.repeat(fy, 1).repeat(fx, 2), np.float32(0))
        count = len(mcus)
        difference = difference.reshape(count, _SIDE * part.v, fy, _SIDE * part.h, fx).mean((2, 4), np.float32)
        new = old + np.rint(_frequencies(difference, part.v, part.h) / steps)
        touched = changed.reshape(count, part.v, -1, part.h, wide // part.h).any((2, 4))
        own_across, own_down = structure.own_blocks[index]  # blocks beyond only fill up the last MCUs
        touched &= (below < own_down)[None, :, None] & (beside < own_across)[:, None, :]
        blocks[place] = np.where(touched[..., None], new.clip(_LEAST, 1023), old).astype(np.int16)


def _components(pixels: NDArray[np.float32], colour: Colour) -> NDArray[np.float32]:
    """What the components are to be for these pixels."""
    if colour.inverted:
        pixels = 255 - pixels
    if colour.transform:
        rgb = 255 - pixels[..., :3] if colour.transform == "YCCK" else pixels
        pixels = np.concatenate([rgb @ _YCBCR.T, pixels[..., 3:]], -1)
        pixels[..., 1:3] += _LEVEL
    return pixels


def _samples(dequantised: NDArray[np.float32]) -> NDArray[np.float32]:
    """n×v×h×64 coefficients in zigzag order as n×8v×8h samples around 0."""
    count, v, h, _ = dequantised.shape
    square = np.empty_like(dequantised)
    square[..., _ZIGZAG] = dequantised
    samples: NDArray[np.float32] = np.matmul(_DCT.T @ square.reshape(count, v, h, _SIDE, _SIDE), _DCT)
    return samples.swapaxes(2, 3).reshape(count, v * _SIDE, h * _SIDE)


def _frequencies(samples: NDArray[np.float32], v: int, h: int) -> NDArray[np.float32]:
    """The inverse of `_samples`."""
    count = len(samples)
    square = samples.reshape(count, v, _SIDE, h, _SIDE).swapaxes(2, 3)
    flat: NDArray[np.float32] = np.matmul(_DCT @ square, _DCT.T).reshape(count, v, h, 64)
    return flat[..., _ZIGZAG]
