"""Image and mask in, patches out."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F

from restorer import __version__
from restorer.engine import device as devices
from restorer.engine import weights
from restorer.engine.networks.reweave import CELL
from restorer.engine.pieces import CONTEXT, groups
from restorer.engine.prefill import Octave, push_pull
from restorer.engine.texture import Sources, copied, fade, find_sources
from restorer.engine.tiling import tiles
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from torch import Tensor

    from restorer.engine.pieces import Group
    from restorer.imaging.job import Job
    from restorer.imaging.patch import Pixels

LARGEST = 512
"""Longest side, in px, of a tile without its context: bounds the memory of one call of the network."""
STRIPE = 1024
"""Rows of the picture that are read at once when its coarser octaves are made."""


@dataclass(frozen=True, eq=False)
class Coarser:
    """A filled octave (1×3×h×w) and where its holes take the texture of the next finer one from."""

    filled: Tensor
    sources: Sources | None

    def texture(self, finer: Octave, place: Region, read: Callable[[Region], NDArray[np.float32]]) -> Tensor:
        """What to add to `finer`, which lies at `place` of the next finer octave: 1×3×h×w, zero where it is known."""
        if self.sources is None:
            return torch.zeros_like(finer.value)
        detail = copied(self.sources, _planes(self.filled), read, place)
        detail *= fade((finer.known[0, 0] == 0).numpy())
        return torch.from_numpy(detail).permute(2, 0, 1)[None]


class Restorer:
    """A network with its weights on a device.  Belongs to one thread; any thread may make it.

    Args:
        model: bundled weights by name, or the path of a .safetensors file; None is the default.
        device: `auto`, `cpu` or `cuda`.
        threads: CPU threads for the network; None leaves torch's setting as it is.

    Raises:
        RestorerError: no such model or device, or the weights are damaged.
    """

    def __init__(self, model: str | None = None, device: str = "auto", threads: int | None = None) -> None:
        self._device = devices.choose(device)
        self._weights = weights.find(model)
        self._network = self._weights.network().to(self._device, memory_format=torch.channels_last)  # type: ignore[call-overload]
        if threads is not None:
            torch.set_num_threads(threads)

    def made(self, job: Job) -> dict[str, str]:
        """How the patches of a job come about: everything that decides their pixels besides image and mask."""
        return {
            "model": self._weights.name,
            "weights_sha256": self._weights.sha256,
            "device": self._device.type,
            "precision": str(self._precision(job)).removeprefix("torch."),
            "threads": str(torch.get_num_threads()),
            "seed": str(job.seed),
            "torch": torch.__version__,
            "machine": platform.machine(),
            "restorer": __version__,
        }

    def restore(self, job: Job, progress: Callable[[float], None] = lambda _share: None) -> list[Patch]:
        """Fill the wanted pixels of a job.

        Args:
            job: a snapshot; its image is read region by region, nothing is written to.
            progress: told the share done, 0..1, after each tile.

        Returns:
            Patches in the image's dtype and channels; together their masks are exactly the wanted pixels.

        Raises:
            Cancelled: the job was cancelled.
        """
        torch.manual_seed(job.seed)
        found = groups(job)
        total = sum(int(group.wanted.sum()) for group in found)
        done, patches = 0, []
        with torch.inference_mode():
            for group in found:
                coarser = self._coarser_octave(job, group) if group.octaves else None
                for tile in tiles(group.wanted, CONTEXT, LARGEST):
                    job.check()
                    patch = self._patch(job, group, tile, coarser)
                    patches.append(patch)
                    done += int(patch.mask.sum())
                    progress(done / total)
        return patches

    def _precision(self, job: Job) -> torch.dtype:
        return devices.precision(self._device, job.image.dtype.itemsize * 8)

    def _patch(self, job: Job, group: Group, tile: Region, coarser: Coarser | None) -> Patch:
        """One tile (in the group's coordinates) at native resolution."""
        seen = _seen(tile, Region.of_shape(group.wanted.shape))
        octave = _octave(job, seen.moved(group.region.left, group.region.top))
        below = None if coarser is None else _enlarged_part(coarser.filled, seen)
        filled = self._refined(octave, below, self._precision(job))
        if coarser is not None:

            def read(region: Region) -> NDArray[np.float32]:
                return _planes(_octave(job, region.moved(group.region.left, group.region.top) & bounds).value)

            bounds = Region.of_shape(job.damage.shape)
            filled = filled + coarser.texture(octave, seen, read)
        inner = tile.within(seen).slices
        pixels = job.image.read(tile.moved(group.region.left, group.region.top))
        mask = group.wanted[tile.slices].copy()
        _put(pixels, mask, filled[0, :, inner[0], inner[1]])
        return Patch(tile.moved(group.region.left, group.region.top), pixels, mask)

    def _coarser_octave(self, job: Job, group: Group) -> Coarser:
        """The octave below the native one, filled from the group's coarsest octave up."""
        octave = _first_halved(job, group.region)
        wanted = [_halved(group.wanted)]
        pyramid = [octave]
        for _ in range(1, group.octaves):
            pyramid.append(pyramid[-1].halved())
            wanted.append(_halved(wanted[-1]))
        below: Coarser | None = None
        while pyramid:
            octave, bits = pyramid.pop(), wanted.pop()
            below = self._filled_octave(job, octave, bits, below)
        assert below is not None
        return below

    def _filled_octave(self, job: Job, octave: Octave, wanted: NDArray[np.bool_], below: Coarser | None) -> Coarser:
        """One of the coarser octaves, filled tile by tile from the one `below` it, or from push-pull."""
        hole = (octave.known[0, 0] == 0).numpy()
        guess = push_pull(octave.value, 1 - octave.known) if below is None else octave.completed(below.filled)
        filled = guess.clone()
        bounds = Region.of_shape(hole.shape)

        def read(region: Region) -> NDArray[np.float32]:
            return _planes(octave.part(region & bounds).value)

        for tile in tiles(wanted & hole, CONTEXT, LARGEST):
            job.check()
            seen = _seen(tile, bounds)
            part = octave.part(seen)
            rows, columns = seen.slices
            answer = self._refined(part, guess[..., rows, columns], self._precision(job))
            if below is not None:
                answer = answer + below.texture(part, seen, read)
            inner = tile.within(seen).slices
            rows, columns = tile.slices
            filled[..., rows, columns] = answer[..., inner[0], inner[1]]
        return Coarser(filled, find_sources(_planes(filled), wanted & hole, job.seed))

    def _refined(self, octave: Octave, guess: Tensor | None, precision: torch.dtype) -> Tensor:
        """One octave of one tile through the network, on the device and back: 1×3×h×w float32."""
        hole = 1 - octave.known
        guess = push_pull(octave.value, hole) if guess is None else torch.where(hole > 0, guess, octave.value)
        height, width = hole.shape[-2:]
        pad = (0, -width % CELL, 0, -height % CELL)
        if any(pad):
            guess = F.pad(guess, pad, mode="replicate")
            hole = F.pad(hole, pad)
        with torch.autocast(self._device.type, precision, enabled=precision != torch.float32):
            refined = self._network.refine(guess.to(self._device), hole.to(self._device))
        image: Tensor = refined.image[..., :height, :width].cpu()
        return image


def _seen(tile: Region, bounds: Region) -> Region:
    """The tile with its context, its sides multiples of `CELL` where the picture is large enough."""
    left, right = _span(tile.left, tile.right, bounds.right)
    top, bottom = _span(tile.top, tile.bottom, bounds.bottom)
    return Region(left, top, right, bottom)


def _span(start: int, end: int, limit: int) -> tuple[int, int]:
    start, end = max(0, start - CONTEXT), min(limit, end + CONTEXT)
    end = min(limit, end + -(end - start) % CELL)
    return max(0, start - -(end - start) % CELL), end


def _planes(octave: Tensor) -> NDArray[np.float32]:
    """1×3×h×w as an array h×w×3."""
    array: NDArray[np.float32] = octave[0].permute(1, 2, 0).numpy()
    return array


def _octave(job: Job, place: Region) -> Octave:
    """Known pixels of a place of the picture, as 3 channels in 0..1; what is damaged is not even looked at."""
    return _as_octave(job.image, job.damage[place.slices], place)


def _as_octave(image: Pixels, damage: NDArray[np.bool_], place: Region) -> Octave:
    pixels = image.read(place)
    colour = pixels[..., None] if pixels.ndim == 2 else pixels
    if colour.shape[2] in (2, 4):  # alpha is carried along, not shown to the network
        colour = colour[..., :-1]
    scaled = torch.from_numpy(colour.astype(np.float32)).permute(2, 0, 1)[None] / float(np.iinfo(pixels.dtype).max)
    known = torch.from_numpy((~damage).astype(np.float32))[None, None]
    value = torch.where(known > 0, scaled, 0.0)
    return Octave(value.expand(-1, 3, -1, -1) if value.shape[1] == 1 else value, known)


def _first_halved(job: Job, region: Region) -> Octave:
    """The picture's region at half its size, read a stripe at a time, so that no full float copy is made."""
    values, known = [], []
    for top in range(region.top, region.bottom, STRIPE):
        job.check()
        stripe = Region(region.left, top, region.right, min(top + STRIPE, region.bottom))
        part = _octave(job, stripe).halved()
        values.append(part.value)
        known.append(part.known)
    return Octave(torch.cat(values, 2), torch.cat(known, 2))


def _halved(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    height, width = mask.shape
    even = np.pad(mask, ((0, height % 2), (0, width % 2)))
    halved: NDArray[np.bool_] = even[0::2, 0::2] | even[0::2, 1::2] | even[1::2, 0::2] | even[1::2, 1::2]
    return halved


def _enlarged_part(coarser: Tensor, region: Region) -> Tensor:
    """`region` of the octave above `coarser`, the same pixels as if the whole were enlarged (bilinear)."""
    bounds = Region(0, 0, coarser.shape[-1], coarser.shape[-2])
    half = Region(region.left // 2, region.top // 2, (region.right + 1) // 2, (region.bottom + 1) // 2)
    around = half.grown(1) & bounds  # bilinear looks one pixel further
    rows, columns = around.slices
    twice = F.interpolate(coarser[..., rows, columns], scale_factor=2, mode="bilinear", align_corners=False)
    inner = region.within(Region(2 * around.left, 2 * around.top, 2 * around.right, 2 * around.bottom)).slices
    return twice[..., inner[0], inner[1]]


def _put(pixels: NDArray[Any], mask: NDArray[np.bool_], filled: Tensor) -> None:
    """Round `filled` (3×h×w in 0..1), once, into the masked pixels; alpha stays."""
    top = float(np.iinfo(pixels.dtype).max)
    answer = filled.permute(1, 2, 0).numpy()[mask]
    if pixels.ndim == 2 or pixels.shape[2] == 2:
        answer = answer.mean(1, keepdims=True)
    rounded = np.rint(np.clip(answer, 0, 1) * top).astype(pixels.dtype)
    if pixels.ndim == 2:
        pixels[mask] = rounded[:, 0]
    else:
        pixels[mask, : rounded.shape[1]] = rounded
