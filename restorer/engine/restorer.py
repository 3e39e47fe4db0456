"""Image and mask in, patches out."""

from __future__ import annotations

import platform
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

from restorer import __version__
from restorer.engine import device as devices
from restorer.engine import inks, weights
from restorer.engine.networks.at_once import filled_at_once
from restorer.engine.networks.context_encoder import ContextEncoder
from restorer.engine.networks.partial_conv import PartialConvUNet
from restorer.engine.networks.reweave import CELL, Refined, Reweave
from restorer.engine.pieces import CONTEXT, NARROW, NARROW_CONTEXT, groups
from restorer.engine.placed import Placed, warn
from restorer.engine.prefill import Octave, push_pull
from restorer.engine.reading import gather_octave, gather_pixels, halved_at, levels, neutral, octave_at, planes, put
from restorer.engine.texture import CARRIED, Texture, copied, fade, find_sources
from restorer.engine.tiling import tiles
from restorer.imaging.errors import RestorerError
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from torch import Tensor

    from restorer.engine.pieces import Group
    from restorer.engine.texture import Gather
    from restorer.imaging.job import Job

LARGEST = 512
"""Longest side, in px, of a tile without its context: bounds the memory of one call of the network."""

BATCH = 65_536
"""Px, context included, of the tiles that one call of the network computes: small ones share what a call costs."""

INHERITED = 0.3
"""How much of a pixel's expected error comes from the octave below it, as a power; the rest is the network's own word.

Chosen on pictures that were neither trained on nor are in the benchmark: rank correlation with the real error over
regions 0.833 / 0.845 / 0.828 (stain, tear, hole), 0.827 / 0.827 / 0.818 without; sums of the octaves' scales, depth and
contrast as factors were worse than either.
"""


class Answer(NamedTuple):
    """A patch, and how far it may be from the truth."""

    patch: Patch
    expected_error: NDArray[np.float32]
    """h×w, the patch's region: the expected absolute error of each pixel of its mask in 0..1; 0 outside the mask."""


@dataclass(frozen=True, eq=False)
class Coarser:
    """A filled octave (1×3×h×w), its expected error (1×1×h×w, 0 where known) and the texture for the next finer one.

    Texture stays apart from what the network fills, because a network takes it for noise and smooths it away:
    `carried` (1×3×h×w) is what the octave itself has of it, `texture` what it brings to the next one besides.
    """

    filled: Tensor
    expected: Tensor
    carried: Tensor
    texture: Texture | None

    def added(self, finer: Octave, place: Region, native: bool = True) -> Tensor:
        """What to add to `finer`, which lies at `place` of the next finer octave: 1×3×h×w, zero where it is known."""
        if self.texture is None:
            return torch.zeros_like(finer.value)
        hole = (finer.known[0, 0] == 0).numpy()
        new = torch.from_numpy(self.texture.laid_out(place) * fade(hole, native)).permute(2, 0, 1)[None]
        return new + CARRIED * (1 - finer.known) * _enlarged_part(self.carried, place)


class Restorer:
    """A network with its weights on a device.  Belongs to one thread; any thread may make it.

    Args:
        model: bundled weights by name, or the path of a .safetensors file; None is the default.
        device: `auto`, `cpu` or `cuda`.
        threads: tiles computed side by side on a CPU; None is torch's number of threads.  Pixels do not depend on it.
        notice: told one sentence should the graphics card fail; the CPU then goes on (see `Placed`).

    Raises:
        RestorerError: no such model or device, or the weights are damaged, or are no network's that fills.
    """

    def __init__(
        self,
        model: str | None = None,
        device: str = "auto",
        threads: int | None = None,
        notice: Callable[[str], None] = warn,
    ) -> None:
        self._weights = weights.find(model, "fills")
        self._placed = Placed(self._weights.network, device, threads, notice)
        network = self._placed.network
        if isinstance(network, Reweave):
            self._reach, self._context, self._narrow_context = NARROW, CONTEXT, NARROW_CONTEXT
        else:
            assert isinstance(network, ContextEncoder | PartialConvUNet)
            self._reach, self._context, self._narrow_context = network.REACH, network.CONTEXT, network.CONTEXT

    def made(self, job: Job) -> dict[str, str]:
        """How the patches of a job come about: everything that decides their pixels besides image and mask."""
        return {
            "model": self._weights.name,
            "weights_sha256": self._weights.sha256,
            "device": self._placed.device.type,
            "precision": str(self._precision(job)).removeprefix("torch."),
            "threads": str(self._placed.crew.threads),
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
            RestorerError: there is not enough memory.
        """
        return [answer.patch for answer in self.answers(job, progress)]

    def answers(self, job: Job, progress: Callable[[float], None] = lambda _share: None) -> list[Answer]:
        """As `restore`, the same patches, each with its expected error."""
        try:
            return self._placed.work(lambda: self._at_work(job, progress))
        except (MemoryError, RuntimeError) as error:
            if isinstance(error, MemoryError) or "memory" in str(error):
                raise RestorerError(
                    "There is not enough memory to restore this at once: mark less of it, or close other programs."
                ) from error
            raise

    def _at_work(self, job: Job, progress: Callable[[float], None]) -> list[Answer]:
        with self._placed.crew.at_work():
            return self._answers(job, progress)

    @property
    def _largest(self) -> int:
        return LARGEST // 4 if self._placed.cramped and self._placed.device.type != "cpu" else LARGEST

    def _answers(self, job: Job, progress: Callable[[float], None]) -> list[Answer]:
        job.check()
        if inks.are_in(job.image):
            pairs = zip(*map(self._answers, inks.parts(job), inks.halves(progress)), strict=True)
            return [
                Answer(inks.joined(job, one.patch, other.patch), np.maximum(one.expected_error, other.expected_error))
                for one, other in pairs
            ]
        found = groups(job, self._reach, self._context)
        share = Share(progress, sum(_work(group) for group in found))
        answers = []
        for group in found:
            coarser = self._coarser_octave(job, group, share) if group.octaves else None
            for batch in self._placed.crew.each(partial(self._batch, job, group, coarser), self._batches(group)):
                answers += batch
                share.add(sum(int(answer.patch.mask.sum()) for answer in batch))
        return answers

    def _context_of(self, group: Group) -> int:
        return self._context if group.octaves else self._narrow_context

    def _batches(self, group: Group) -> list[list[Region]]:
        """The group's tiles, those that the network sees at one size together, in calls of at most `BATCH` px."""
        bounds, alike = Region.of_shape(group.wanted.shape), defaultdict(list)
        context = self._context_of(group)
        for tile in tiles(group.wanted, context, self._largest):
            seen = _seen(tile, bounds, context)
            alike[seen.height, seen.width].append(tile)
        batches = []
        for (height, width), found in alike.items():
            count = max(1, BATCH // (height * width))
            batches += [found[start : start + count] for start in range(0, len(found), count)]
        return batches

    def _precision(self, job: Job) -> torch.dtype:
        return devices.precision(self._placed.device, job.image.dtype.itemsize * 8)

    def _batch(self, job: Job, group: Group, coarser: Coarser | None, batch: list[Region]) -> list[Answer]:
        """Tiles (in the group's coordinates) at native resolution that the network sees at one size."""
        job.check()
        bounds, context = Region.of_shape(group.wanted.shape), self._context_of(group)
        seen = [_seen(tile, bounds, context) for tile in batch]
        octaves = [octave_at(job, part.moved(group.region.left, group.region.top)) for part in seen]
        below = None if coarser is None else torch.cat([_enlarged_part(coarser.filled, part) for part in seen])
        refined = self._refined(Octave.stacked(octaves), below, self._precision(job))
        return [
            self._answer(job, group, coarser, tile, place, octave, Refined(*(tensor[i : i + 1] for tensor in refined)))
            for i, (tile, place, octave) in enumerate(zip(batch, seen, octaves, strict=True))
        ]

    @staticmethod
    def _answer(
        job: Job, group: Group, coarser: Coarser | None, tile: Region, seen: Region, octave: Octave, refined: Refined
    ) -> Answer:
        """What the network says of one tile, as a patch; `octave` lies at `seen`, the tile with its context."""
        filled, expected = refined
        if coarser is not None:
            filled = filled + coarser.added(octave, seen)
            expected = _inherited(expected, _enlarged_part(coarser.expected, seen))
        inner = tile.within(seen).slices
        pixels = job.image.read(tile.moved(group.region.left, group.region.top))
        mask = group.wanted[tile.slices].copy()
        answer = filled[0, :, inner[0], inner[1]]
        if neutral(octave):
            answer = answer.mean(0, keepdim=True).expand(3, -1, -1)
        put(pixels, mask, answer, levels(job.image))
        patch = Patch(tile.moved(group.region.left, group.region.top), pixels, mask)
        return Answer(patch, np.where(mask, expected[0, 0, inner[0], inner[1]].numpy(), np.float32(0)))

    def _coarser_octave(self, job: Job, group: Group, share: Share) -> Coarser:
        """The octave below the native one, filled from the group's coarsest octave up."""
        octave = halved_at(job, group.region)
        wanted = [_halved(group.wanted)]
        pyramid = [octave]
        for _ in range(1, group.octaves):
            pyramid.append(pyramid[-1].halved())
            wanted.append(_halved(wanted[-1]))
        below: Coarser | None = None
        while pyramid:
            octave, bits = pyramid.pop(), wanted.pop()
            gather = gather_octave(pyramid[-1]) if pyramid else gather_pixels(job, group.region)
            below = self._filled_octave(job, octave, bits, below, gather)
            share.add(int(bits.sum()))
        assert below is not None
        return below

    def _filled_octave(
        self, job: Job, octave: Octave, wanted: NDArray[np.bool_], below: Coarser | None, gather: Gather
    ) -> Coarser:
        """One of the coarser octaves, filled tile by tile from the one `below` it, or from push-pull."""
        guess = push_pull(octave.value, 1 - octave.known) if below is None else octave.completed(below.filled)
        filled, expected = guess.clone(), torch.zeros_like(guess[:, :1])
        carried = torch.zeros_like(guess)
        hole = (octave.known[0, 0] == 0).numpy() & wanted
        bounds = Region.of_shape(hole.shape)
        refines = isinstance(self._placed.network, Reweave)

        def fill(tile: Region) -> None:
            job.check()
            seen = _seen(tile, bounds, self._context)
            part = octave.part(seen)
            rows, columns = seen.slices
            start = below is None and not refines
            answer, scale = self._refined(part, None if start else guess[..., rows, columns], self._precision(job))
            inner = tile.within(seen).slices
            rows, columns = tile.slices
            if below is not None:
                carried[..., rows, columns] = below.added(part, seen, native=False)[..., inner[0], inner[1]]
                scale = _inherited(scale, _enlarged_part(below.expected, seen))
            filled[..., rows, columns] = answer[..., inner[0], inner[1]]
            expected[..., rows, columns] = ((1 - part.known) * scale)[..., inner[0], inner[1]]

        for _ in self._placed.crew.each(fill, tiles(hole, self._context, self._largest)):
            pass
        if not refines:  # the published networks are shown as they are: enlarged, without texture
            return Coarser(filled, expected, carried, None)
        coarse = planes(filled + carried)
        sources = find_sources(coarse, hole, job.seed, job.check)
        return Coarser(filled, expected, carried, None if sources is None else copied(sources, coarse, gather))

    def _refined(self, octave: Octave, guess: Tensor | None, precision: torch.dtype) -> Refined:
        """One octave of one tile through the network, on the device and back.

        A network that fills at once does so where there is no guess yet, and leaves a guess as it is.
        """
        network = self._placed.network
        at_once = network if guess is None else None
        hole = 1 - octave.known
        guess = push_pull(octave.value, hole) if guess is None else torch.where(hole > 0, guess, octave.value)
        height, width = hole.shape[-2:]
        pad = (0, -width % CELL, 0, -height % CELL)
        if any(pad):
            guess = F.pad(guess, pad, mode="replicate")
            hole = F.pad(hole, pad)
        with devices.autocast(self._placed.device, precision):
            guess, hole = guess.to(self._placed.device), hole.to(self._placed.device)
            if isinstance(network, Reweave):
                refined = network.refine(guess, hole)
            else:
                refined = filled_at_once(at_once, guess, hole)
        return Refined(*(tensor[..., :height, :width].cpu() for tensor in refined))


class Share:
    """Progress: so much of a total, told on."""

    def __init__(self, progress: Callable[[float], None], total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def add(self, amount: int) -> None:
        self._done += amount
        self._progress(min(1.0, self._done / self._total))


def _inherited(scale: Tensor, below: Tensor) -> Tensor:
    """The expected error of an octave: the network's scale and what was expected `below` it, enlarged (0: known)."""
    return torch.where(below > 0, scale ** (1 - INHERITED) * below**INHERITED, scale)


def _work(group: Group) -> int:
    """About how much a group costs, in wanted pixels of all its octaves."""
    amount, bits = int(group.wanted.sum()), group.wanted
    for _ in range(group.octaves):
        bits = _halved(bits)
        amount += int(bits.sum())
    return amount


def _seen(tile: Region, bounds: Region, context: int) -> Region:
    """The tile with its context, its sides multiples of `CELL` where the picture is large enough."""
    left, right = _span(tile.left, tile.right, bounds.right, context)
    top, bottom = _span(tile.top, tile.bottom, bounds.bottom, context)
    return Region(left, top, right, bottom)


def _span(start: int, end: int, limit: int, context: int) -> tuple[int, int]:
    start, end = max(0, start - context), min(limit, end + context)
    end = min(limit, end + -(end - start) % CELL)
    return max(0, start - -(end - start) % CELL), end


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
