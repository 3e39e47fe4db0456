"""Between the picture's own pixels and the float octaves that the network works on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np
import torch

from restorer.engine.prefill import Octave
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from torch import Tensor

    from restorer.engine.texture import Gather
    from restorer.imaging.job import Job
    from restorer.imaging.patch import Pixels

STRIPE = 256
"""Rows of the picture that are read at once where all of a large region is needed."""

_MEASURED: WeakKeyDictionary[Pixels, tuple[float, float]] = WeakKeyDictionary()


def levels(image: Pixels) -> tuple[float, float]:
    """The values that the network sees as 0 and 1.

    Pictures may say it themselves (`levels`).  Otherwise whole numbers have those of their type; of floating-point
    ones the lowest and the highest number is taken, or 0 and 1 if they lie within.
    """
    stated: tuple[float, float] | None = getattr(image, "levels", None)
    if stated is not None:
        return stated
    if image.dtype.kind != "f":
        return 0.0, float(np.iinfo(image.dtype).max)
    if image not in _MEASURED:
        low, high = 0.0, 1.0
        height, width = image.shape[:2]
        for top in range(0, height, STRIPE):
            pixels = image.read(Region(0, top, width, min(top + STRIPE, height)))
            numbers = pixels[np.isfinite(pixels)]
            if len(numbers):
                low, high = min(low, float(numbers.min())), max(high, float(numbers.max()))
        _MEASURED[image] = low, high
    return _MEASURED[image]


def planes(octave: Tensor) -> NDArray[np.float32]:
    """1×3×h×w as an array h×w×3."""
    array: NDArray[np.float32] = octave[0].permute(1, 2, 0).numpy()
    return array


def gather_octave(octave: Octave) -> Gather:
    """Colours of an octave, and which of them are known."""
    colours, known = planes(octave.value), (octave.known[0, 0] > 0).numpy()

    def gather(
        row: NDArray[np.integer[Any]], column: NDArray[np.integer[Any]]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        inside = (row < known.shape[0]) & (column < known.shape[1])
        row, column = np.where(inside, row, 0), np.where(inside, column, 0)
        return colours[row, column], known[row, column] & inside

    return gather


def gather_pixels(job: Job, place: Region) -> Gather:
    """The same of the picture itself, in the coordinates of `place`, read a stripe at a time."""
    damage = job.damage[place.slices]
    black_white, padding = levels(job.image), _padding(job.image)

    def gather(
        row: NDArray[np.integer[Any]], column: NDArray[np.integer[Any]]
    ) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
        known = (row < place.height) & (column < place.width)
        known[known] = ~damage[row[known], column[known]]
        colours = np.zeros((len(row), 3), np.float32)
        for top in range(0, place.height, STRIPE):
            at = np.flatnonzero(known & (row >= top) & (row < top + STRIPE))
            if len(at):
                stripe = Region(0, top, place.width, min(top + STRIPE, place.height))
                pixels = job.image.read(stripe.moved(place.left, place.top))
                chosen = pixels[row[at] - top, column[at]]
                colours[at] = _colours(chosen, pixels.ndim == 2, black_white)
                known[at] = _opaque(chosen, pixels.ndim == 2, padding)
        return colours, known

    return gather


def _colours(pixels: NDArray[Any], grey: bool, black_white: tuple[float, float]) -> NDArray[np.float32]:
    """Pixels (…×C, or … if grey) as …×1 or …×3 in 0..1; alpha is carried along, not shown to the network."""
    colour = pixels[..., None] if grey else pixels
    if colour.shape[-1] in (2, 4):
        colour = colour[..., :-1]
    low, high = black_white
    scaled: NDArray[np.float32] = colour.astype(np.float32)
    if low:
        scaled -= np.float32(low)
    scaled /= np.float32(high - low)
    if pixels.dtype.kind == "f":
        scaled[~np.isfinite(scaled)] = 0
    return scaled


def _padding(image: Pixels) -> tuple[int, int] | None:
    """From the first to the last, the values that stand for no pixel at all."""
    padding: tuple[int, int] | None = getattr(image, "padding", None)
    return padding


def _opaque(pixels: NDArray[Any], grey: bool, padding: tuple[int, int] | None = None) -> NDArray[np.bool_]:
    """Where a pixel can be seen: what is fully transparent has a colour that nobody chose, NaN and padding are none."""
    if padding is not None and grey:
        return np.asarray((pixels < padding[0]) | (pixels > padding[1]))
    if pixels.dtype.kind == "f" and not np.isfinite(pixels).all():
        finite = np.isfinite(pixels)
        seen = finite if grey else finite.all(-1)
        return np.asarray(seen & _opaque(np.where(finite, pixels, 0).astype(pixels.dtype), grey))
    if not grey and pixels.shape[-1] in (2, 4):
        return np.asarray(pixels[..., -1] > 0)
    return np.ones(pixels.shape if grey else pixels.shape[:-1], bool)


def neutral(octave: Octave) -> bool:
    """Is all that is known grey?  A fill of a grey scan saved as RGB must not get a tint."""
    red, green, blue = octave.value[0]
    return bool((red == green).all() and (green == blue).all())


def octave_at(job: Job, place: Region) -> Octave:
    """Known pixels of a place of the picture, as 3 channels in 0..1; what is damaged is not even looked at."""
    pixels = job.image.read(place)
    scaled = torch.from_numpy(_colours(pixels, pixels.ndim == 2, levels(job.image))).permute(2, 0, 1)[None]
    seen = ~job.damage[place.slices] & _opaque(pixels, pixels.ndim == 2, _padding(job.image))
    known = torch.from_numpy(seen.astype(np.float32))[None, None]
    return Octave(torch.where(known > 0, scaled, 0.0).expand(-1, 3, -1, -1), known)


def halved_at(job: Job, region: Region) -> Octave:
    """The picture's region at half its size, read a stripe at a time, so that no full float copy is made."""
    values, known = [], []
    for top in range(region.top, region.bottom, STRIPE):
        job.check()
        stripe = Region(region.left, top, region.right, min(top + STRIPE, region.bottom))
        part = octave_at(job, stripe).halved()
        values.append(part.value)
        known.append(part.known)
    return Octave(torch.cat(values, 2), torch.cat(known, 2))


def put(
    pixels: NDArray[Any], mask: NDArray[np.bool_], filled: Tensor, black_white: tuple[float, float] | None = None
) -> None:
    """Round `filled` (3×h×w in 0..1), once, into the masked pixels; alpha stays.

    Args:
        pixels: h×w[×c], changed in place.
        mask: bool h×w.
        filled: what the network gave.
        black_white: the `levels` of the picture; by default those of its type.  Floats are not rounded.
    """
    answer = filled.permute(1, 2, 0).numpy()[mask]
    if pixels.ndim == 2 or pixels.shape[2] == 2:
        answer = answer.mean(1, keepdims=True)
    low, high = black_white or (0.0, 1.0 if pixels.dtype.kind == "f" else float(np.iinfo(pixels.dtype).max))
    final = np.clip(answer, 0, 1) * np.float32(high - low) + np.float32(low)
    if pixels.dtype.kind != "f":
        final = np.rint(final).astype(pixels.dtype)
    if pixels.ndim == 2:
        pixels[mask] = final[:, 0]
    else:
        pixels[mask, : final.shape[1]] = final
