"""Work as JSON and blobs, for the project file and the journal: each tile, patch and repair is written once.

A `Packer` gives numbers to what it has not met yet and hands out its definitions; an `Unpacker` that is fed the same
definitions in the same order gives the same objects back.  Numbers are little-endian, masks are packed bits (the first
pixel is the highest bit), pixels are those under the mask only, row by row.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import WeakKeyDictionary

import numpy as np

from restorer.document.history import MaskChange, Step
from restorer.document.repair import Repair
from restorer.imaging.feather import WIDEST
from restorer.imaging.grain import Grain
from restorer.imaging.marks import SIDE, Marks
from restorer.imaging.patch import Patch
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from restorer.document.state import State
    from restorer.imaging.marks import Tile

    Json = dict[str, Any]

T = TypeVar("T")

TILE_BYTES = SIDE * SIDE // 8


class Packer:
    """Turns steps and states into JSON; what they need that is new waits in `take`."""

    def __init__(self) -> None:
        self._tiles: dict[bytes, int] = {}
        self._patches: WeakKeyDictionary[Patch, int] = WeakKeyDictionary()
        self._repairs: WeakKeyDictionary[Repair, int] = WeakKeyDictionary()
        self._patch_count = self._repair_count = 0
        self._new_tiles: list[bytes] = []
        self._new_patches: list[Json] = []
        self._new_repairs: list[Json] = []
        self._blobs: list[bytes] = []

    def take(self) -> tuple[Json, list[bytes]]:
        """Definitions and blobs since the last call; the first blob holds the tiles."""
        new = {"tiles": len(self._new_tiles), "patches": self._new_patches, "repairs": self._new_repairs}
        blobs = [b"".join(self._new_tiles), *self._blobs]
        self._new_tiles, self._new_patches, self._new_repairs, self._blobs = [], [], [], []
        return new, blobs

    def state(self, state: State) -> Json:
        base = state.done[0].before if state.done else state.repairs
        return {
            "mask": self._marks(state.mask),
            "base": [self.repair(repair) for repair in base],
            "done": [self.step(step) for step in state.done],
            "undone": [self.step(step) for step in reversed(state.undone)],
            "turned": state.photograph.turned,
        }

    def step(self, step: Step) -> Json:
        """The repairs as a splice: so many stay, so many go, these come."""
        before, after = step.before, step.after
        start = 0
        while start < min(len(before), len(after)) and before[start] is after[start]:
            start += 1
        end = 0
        while end < min(len(before), len(after)) - start and before[-1 - end] is after[-1 - end]:
            end += 1
        come = [self.repair(repair) for repair in after[start : len(after) - end]]
        changes = None
        if step.mask is not None:
            changes = [[*key, *map(self._tile, pair)] for key, pair in step.mask.tiles.items()]
        told = {"name": step.name, "mask": changes, "repairs": [start, len(before) - end - start, come]}
        return told if step.turned is None else {**told, "turned": list(step.turned)}

    def repair(self, repair: Repair) -> int:
        if repair not in self._repairs:
            new = {
                "number": repair.number,
                "run": repair.run,
                "on": repair.on,
                "strength": repair.strength,
                "made": repair.made,
                "when": repair.when,
                "grain": None if repair.grain is None else repair.grain.told(),
                "name": repair.name,
                "feather": repair.feather,
                "read": _numbers(repair.read),
                "wanted": self._marks(repair.wanted),
                "damage": None if repair.damage is None else self._marks(repair.damage),
                "under": [self.repair(each) for each in repair.under],
                "patches": [self._patch(patch) for patch in repair.patches],
            }
            self._new_repairs.append(new)
            self._repairs[repair] = self._repair_count
            self._repair_count += 1
        return self._repairs[repair]

    def _patch(self, patch: Patch) -> int:
        if patch not in self._patches:
            pixels = patch.pixels
            self._new_patches.append(
                {"region": _numbers(patch.region), "dtype": _little(pixels.dtype).str, "shape": list(pixels.shape[2:])}
            )
            self._blobs.append(np.packbits(patch.mask).tobytes())
            self._blobs.append(pixels[patch.mask].astype(_little(pixels.dtype), copy=False).tobytes())
            self._patches[patch] = self._patch_count
            self._patch_count += 1
        return self._patches[patch]

    def _marks(self, marks: Marks) -> list[list[int]]:
        return [[*key, self._tile(tile)] for key, tile in marks.tiles.items()]

    def _tile(self, tile: Tile | None) -> int:
        """Its number; -1 for none."""
        if tile is None:
            return -1
        content = tile.tobytes()
        digest = hashlib.blake2b(content, digest_size=16).digest()
        if digest not in self._tiles:
            self._tiles[digest] = len(self._tiles)
            self._new_tiles.append(content)
        return self._tiles[digest]


class Unpacker:
    """The way back.  Every method raises ValueError, KeyError, IndexError or TypeError for what cannot be true.

    Args:
        original: the picture that the work belongs to.
    """

    def __init__(self, original: NDArray[Any]) -> None:
        self._original = original
        self._bounds = Region.of_shape(original.shape)
        self.forget()

    def forget(self) -> None:
        """What comes next was packed by another `Packer`."""
        self._tiles: list[Tile] = []
        self._patches: list[Patch] = []
        self._repairs: list[Repair] = []

    def add(self, new: Json, blob: Callable[[int, int], bytes]) -> None:
        """Take definitions in; `blob(n, size)` gives the n-th blob that came with them, which has that many bytes."""
        count = _count(new["tiles"], 1 << 22)
        content = _sized(blob(0, count * TILE_BYTES), count * TILE_BYTES)
        for start in range(0, len(content), TILE_BYTES):
            tile = np.frombuffer(content, np.uint8, TILE_BYTES, start)
            self._tiles.append(tile.reshape(SIDE, SIDE // 8))
        for number, patch in enumerate(new["patches"]):
            self._patches.append(self._patch(patch, 1 + 2 * number, blob))
        for repair in new["repairs"]:
            self._repairs.append(self._repair(repair))

    def _patch(self, json: Json, first: int, blob: Callable[[int, int], bytes]) -> Patch:
        region = self._region(json["region"])
        dtype = self._original.dtype
        if np.dtype(json["dtype"]) != _little(dtype) or tuple(json["shape"]) != self._original.shape[2:]:
            raise ValueError("a patch of another depth")
        size = -(-region.area // 8)
        bits = np.frombuffer(_sized(blob(first, size), size), np.uint8)
        mask = np.unpackbits(bits, count=region.area).reshape(region.height, region.width).astype(bool)
        pixels = np.zeros((region.height, region.width, *self._original.shape[2:]), dtype)
        values = pixels[mask]
        content = _sized(blob(first + 1, values.nbytes), values.nbytes)
        pixels[mask] = np.frombuffer(content, _little(dtype)).reshape(values.shape)
        return Patch(region, pixels, mask)

    def _repair(self, json: Json) -> Repair:
        made = {str(name): str(value) for name, value in json["made"].items()}
        strength = float(json["strength"])
        if not 0 <= strength <= 1:
            raise ValueError("a strength beyond 0 and 1")
        return Repair(
            tuple(_at(self._patches, number) for number in json["patches"]),
            self.marks(json["wanted"]),
            made,
            strength,
            bool(json["on"]),
            _count(json["number"], 1 << 40),
            _count(json["run"], 1 << 40),
            None if json["damage"] is None else self.marks(json["damage"]),
            self._region(json["read"]),
            self.repairs(json["under"]),
            str(json["when"]),
            None if json.get("grain") is None else Grain.of(json["grain"]),
            str(json.get("name", "")),
            _count(json.get("feather", 0), WIDEST),
        )

    def repairs(self, numbers: Sequence[int]) -> tuple[Repair, ...]:
        return tuple(_at(self._repairs, number) for number in numbers)

    def marks(self, json: Sequence[Sequence[int]]) -> Marks:
        found = {}
        for row, column, number in json:
            found[self._key(row, column)] = _at(self._tiles, number)
        return Marks(self._original.shape, found)

    def step(self, json: Json, before: tuple[Repair, ...]) -> Step:
        """The step that was done when the repairs were `before`."""
        start, gone, come = json["repairs"]
        start, gone = _count(start, len(before)), _count(gone, len(before))
        after = (*before[:start], *self.repairs(come), *before[start + gone :])
        change = None
        if json["mask"] is not None:
            tiles = {}
            for row, column, *pair in json["mask"]:
                one, other = (None if number == -1 else _at(self._tiles, number) for number in pair)
                tiles[self._key(row, column)] = (one, other)
            change = MaskChange(tiles)
        turned = None
        if json.get("turned") is not None:
            one, other = json["turned"]
            turned = orientation(one), orientation(other)
        return Step(str(json["name"]), change, before, after, turned)

    def state(self, json: Json, whole: Callable[..., State]) -> State:
        """`whole(mask, repairs, done, undone)` makes the state; how it is turned comes from here too."""
        repairs = self.repairs(json["base"])
        done = []
        for each in json["done"]:
            done.append(self.step(each, repairs))
            repairs = done[-1].after
        undone, later = [], repairs
        for each in json["undone"]:
            undone.append(self.step(each, later))
            later = undone[-1].after
        state = whole(self.marks(json["mask"]), repairs, tuple(done), tuple(reversed(undone)))
        turned = orientation(json.get("turned", 1))
        return replace(state, photograph=replace(state.photograph, turned=turned))

    def _key(self, row: int, column: int) -> tuple[int, int]:
        return _count(row, (self._bounds.height - 1) // SIDE), _count(column, (self._bounds.width - 1) // SIDE)

    def _region(self, numbers: Sequence[int]) -> Region:
        left, top, right, bottom = (_count(number, 1 << 31) for number in numbers)
        region = Region(left, top, right, bottom)
        if region.width < 0 or region.height < 0 or (region & self._bounds) != region:
            raise ValueError("a region beyond the picture")
        return region


def _numbers(region: Region) -> list[int]:
    return [region.left, region.top, region.right, region.bottom]


def _little(dtype: np.dtype[Any]) -> np.dtype[Any]:
    return dtype.newbyteorder("<")


def _count(number: Any, most: int) -> int:
    """A whole number from 0 to `most`."""
    if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number <= most:
        raise ValueError(f"a number of {str(number)[:30]}")
    return number


def orientation(number: Any) -> int:
    """One of 1..8; raises ValueError for anything else."""
    if _count(number, 8) == 0:
        raise ValueError("no orientation")
    return int(number)


def _at(items: Sequence[T], number: Any) -> T:
    return items[_count(number, len(items) - 1)]


def _sized(content: bytes, size: int) -> bytes:
    if len(content) != size:
        raise ValueError("a part of another length")
    return content
