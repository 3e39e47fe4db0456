"""A picture in, findings out: where it is damaged, and how."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import torch
import torch.nn.functional as F

from restorer.engine import device as devices
from restorer.engine import weights
from restorer.engine.networks.spotter import STRIDE, Spotter
from restorer.engine.placed import Placed, warn
from restorer.engine.reading import levels as levels_of
from restorer.imaging.errors import RestorerError
from restorer.imaging.findings import KINDS, LEAST, TILE, Findings, FoundTile
from restorer.imaging.patch import Whole
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from restorer.imaging.patch import Pixels

    Levels = NDArray[np.uint8]

DEFAULT = "spotter"
SMALL = 800
"""A picture is also looked at in halves of its size, until its longer side has at most so many px.

Damage of a finer scan covers more pixels than any that the network was taught with; a few octaves down it fits.
"""
MARGIN = 64
"""Px of surroundings that the network sees around a tile, at each octave; a multiple of `STRIDE`."""
STRIPE = 256
"""Rows that are halved at once."""


def weights_of(model: str | None) -> weights.Weights:
    """Bundled or own weights by name, or others by the path of their file; None is the default.

    Raises:
        RestorerError: there are none.
    """
    if model is None and DEFAULT not in weights.available("finds"):
        raise RestorerError(
            "The weights that find damage are not installed: name a detector's .safetensors file, or give masks."
        )
    return weights.find(DEFAULT if model is None else model, "finds")


class Detector:
    """A network that finds damage, with its weights on a device.  Belongs to one thread; any thread may make it.

    Args:
        model: bundled weights by name, or the path of a .safetensors file; None is the default.
        device: `auto`, `cpu` or `cuda`.
        threads: tiles computed side by side on a CPU; None is torch's number.  Findings do not depend on it.
        notice: told one sentence should the graphics card fail; the CPU then goes on (see `Placed`).

    Raises:
        RestorerError: no such model or device, or the weights are damaged, or are not a detector's.
    """

    def __init__(
        self,
        model: str | None = None,
        device: str = "auto",
        threads: int | None = None,
        notice: Callable[[str], None] = warn,
    ) -> None:
        self._weights = weights_of(model)
        self._placed = Placed(self._weights.network, device, threads, notice)
        network = self._placed.network
        assert isinstance(network, Spotter)

    @property
    def thresholds(self) -> dict[str, float]:
        """By kind, the probability that counts as damage at the default sensitivity; the card has them."""
        said = self._weights.card.get("thresholds")
        given = said if isinstance(said, dict) else {}
        return {kind: min(0.999, max(0.001, float(given.get(kind, 0.5)))) for kind in KINDS}

    def find(
        self,
        picture: Pixels,
        progress: Callable[[float], None] = lambda _share: None,
        check: Callable[[], None] = lambda: None,
    ) -> Findings:
        """Look at a whole picture, at its native size and in halves of it.

        Args:
            picture: uint8 or uint16, grey or colour, read region by region; alpha hides what is fully transparent.
            progress: told the share done, 0..1, after each tile.
            check: called before each tile; may raise (`Cancelled`) to end the search.

        Raises:
            RestorerError: there is not enough memory.
        """
        try:
            return self._placed.work(lambda: self._at_work(picture, progress, check))
        except (MemoryError, RuntimeError) as error:
            if isinstance(error, MemoryError) or "memory" in str(error):
                raise RestorerError("There is not enough memory to look for damage: close other programs.") from error
            raise

    def _at_work(self, picture: Pixels, progress: Callable[[float], None], check: Callable[[], None]) -> Findings:
        with self._placed.crew.at_work():
            return self._found(picture, progress, check)

    def _found(self, picture: Pixels, progress: Callable[[float], None], check: Callable[[], None]) -> Findings:
        octaves = _octaves(picture, check)
        total = sum(shape[0] * shape[1] for shape in (octave.shape for octave in octaves))
        done = 0
        coarser: Levels | None = None
        for octave in reversed(octaves[1:]):
            height, width = octave.shape[:2]
            found = np.zeros((height, width, len(KINDS)), np.uint8)
            for tile, levels in self._looked_at(octave, check):
                below = None if coarser is None else _enlarged(coarser, tile)
                found[tile.slices] = levels if below is None else np.maximum(levels, below)
                done += tile.area
                progress(done / total)
            coarser = found
        tiles = []
        for tile, levels in self._looked_at(octaves[0], check):
            if coarser is not None:
                levels = np.maximum(levels, _enlarged(coarser, tile))
            levels[_transparent(picture, tile)] = 0
            if int(levels.max()) >= LEAST:
                tiles.append(FoundTile(tile, levels))
            done += tile.area
            progress(done / total)
        return Findings((picture.shape[0], picture.shape[1]), tuple(tiles), self.thresholds)

    def _looked_at(self, picture: Pixels, check: Callable[[], None]) -> Iterator[tuple[Region, Levels]]:
        places = _grid(picture.shape)
        return zip(places, self._placed.crew.each(partial(self._look, picture, check), places), strict=True)

    def _look(self, picture: Pixels, check: Callable[[], None], tile: Region) -> Levels:
        """One tile of one octave: uint8 h×w×4."""
        check()
        seen = tile.grown(MARGIN) & Region.of_shape(picture.shape)
        x = torch.tensor(_colours(picture.read(seen), levels_of(picture))).permute(2, 0, 1)[None]
        pad = (0, -seen.width % STRIDE, 0, -seen.height % STRIDE)
        x = F.pad(x, pad, mode="replicate") if any(pad) else x
        with devices.autocast(self._placed.device, devices.precision(self._placed.device, 8)):
            logits = self._placed.network(x.to(self._placed.device))
        rows, columns = tile.within(seen).slices
        levels = logits[0, :, rows, columns].sigmoid().mul(255).round().to(torch.uint8).cpu()
        return np.ascontiguousarray(levels.permute(1, 2, 0).numpy())


def _octaves(picture: Pixels, check: Callable[[], None]) -> list[Pixels]:
    """The picture and its halves, 8 bit; the finest first."""
    octaves: list[Pixels] = [picture]
    while max(octaves[-1].shape[:2]) > SMALL:
        octaves.append(Whole(_halved(octaves[-1], check)))
    return octaves


def _halved(picture: Pixels, check: Callable[[], None]) -> NDArray[np.uint8]:
    """Half the size, uint8 h×w×3, read a stripe at a time."""
    (height, width), black_white = picture.shape[:2], levels_of(picture)
    stripes = []
    for top in range(0, height, STRIPE):
        check()
        colours = _colours(picture.read(Region(0, top, width, min(height, top + STRIPE))), black_white)
        size = (width + 1) // 2, (colours.shape[0] + 1) // 2
        half = cv2.resize(colours, size, interpolation=cv2.INTER_AREA)
        stripes.append(np.rint(half * 255).astype(np.uint8))
    return np.concatenate(stripes)


def _colours(pixels: NDArray[Any], black_white: tuple[float, float]) -> NDArray[np.float32]:
    """Pixels of any depth as h×w×3 in 0..1."""
    colours = pixels if pixels.ndim == 3 else pixels[..., None]
    if colours.shape[2] in (2, 4):
        colours = colours[..., :-1]
    low, high = black_white
    scaled = np.clip(np.nan_to_num((colours.astype(np.float32) - np.float32(low)) / np.float32(high - low)), 0, 1)
    return np.ascontiguousarray(np.broadcast_to(scaled, (*scaled.shape[:2], 3)), np.float32)


def _transparent(picture: Pixels, tile: Region) -> NDArray[np.bool_]:
    if len(picture.shape) == 2 or picture.shape[2] not in (2, 4):
        return np.zeros((tile.height, tile.width), np.bool_)
    return np.asarray(picture.read(tile)[..., -1] == 0)


def _grid(shape: tuple[int, ...]) -> list[Region]:
    whole = Region.of_shape(shape)
    corners = ((left, top) for top in range(0, shape[0], TILE) for left in range(0, shape[1], TILE))
    return [Region(left, top, left + TILE, top + TILE) & whole for left, top in corners]


def _enlarged(coarser: Levels, tile: Region) -> Levels:
    """`tile` of the octave above `coarser`, linear between its pixels, the same whatever the tile."""
    around = Region(tile.left // 2, tile.top // 2, (tile.right + 1) // 2, (tile.bottom + 1) // 2).grown(1)
    around &= Region.of_shape(coarser.shape)
    part = coarser[around.slices]
    twice = cv2.resize(part, (2 * part.shape[1], 2 * part.shape[0]), interpolation=cv2.INTER_LINEAR)
    inner = tile.within(Region(2 * around.left, 2 * around.top, 2 * around.right, 2 * around.bottom))
    return np.asarray(twice[inner.slices], np.uint8)
