"""A mask that costs only what is marked: tiles of packed bits, none where nothing is."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from restorer.imaging import mask as masks
from restorer.imaging.patch import Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from numpy.typing import NDArray

    Tile = NDArray[np.uint8]
    Key = tuple[int, int]
    Tiles = Mapping[Key, Tile]
    Changes = Mapping[Key, tuple[Tile | None, Tile | None]]

SIDE = 256
"""Px of a tile's side; it is kept as SIDE×SIDE/8 bytes and never changed once it is made."""

_NONE = Region(0, 0, 0, 0)


class Damage(Protocol):
    """A mask that is read place by place: an array, `Marks`, or `Placed`."""

    @property
    def shape(self) -> tuple[int, ...]: ...

    def __getitem__(self, place: tuple[slice, slice], /) -> NDArray[np.bool_]: ...


class Marks(np.lib.mixins.NDArrayOperatorsMixin):
    """Bool H×W, sparse.  Reads like an array; only `put` changes it.

    Tiles are never written to, so that a `snapshot` is a list of references, and undo keeps the tiles that it needs.
    Operators and what else NumPy does with it work on whole arrays: correct everywhere, slow for a large picture.
    """

    __hash__ = object.__hash__  # an identity, although == compares pixels as arrays do

    def __init__(self, shape: tuple[int, ...], tiles: Tiles | None = None) -> None:
        self.shape = (int(shape[0]), int(shape[1]))
        self._tiles: dict[Key, Tile] = dict(tiles or {})

    @classmethod
    def of(cls, stroke: Stroke, shape: tuple[int, ...]) -> Marks:
        """The marks of one stroke, which lies inside of `shape`."""
        return cls(shape, dict(_packed(stroke.region, stroke.bits)))

    @classmethod
    def of_array(cls, mask: NDArray[np.bool_] | Marks) -> Marks:
        """The same marks as an array's."""
        if isinstance(mask, Marks):
            return mask.snapshot()
        return cls(mask.shape, dict(_packed(Region.of_shape(mask.shape), mask)))

    @property
    def tiles(self) -> Tiles:
        """Packed tiles by row and column of the grid; every one holds a mark."""
        return MappingProxyType(self._tiles)

    @property
    def nbytes(self) -> int:
        return SIDE * SIDE // 8 * len(self._tiles)

    def snapshot(self) -> Marks:
        """The same marks, which later changes do not touch."""
        return Marks(self.shape, self._tiles)

    # --- as an array -----------------------------------------------------------------------------------------

    dtype = np.dtype(np.bool_)
    ndim = 2

    @property
    def size(self) -> int:
        return self.shape[0] * self.shape[1]

    def __len__(self) -> int:
        return self.shape[0]

    def read(self, region: Region) -> NDArray[np.bool_]:
        """A copy, bool h×w, of a region inside the picture."""
        bits = np.zeros((max(0, region.height), max(0, region.width)), bool)
        for key in self._keys_in(region):
            place = _place(key)
            common = place & region
            unpacked = _unpacked(self._tiles[key])
            bits[common.within(region).slices] = unpacked[common.within(place).slices]
        return bits

    def _keys_in(self, region: Region) -> Iterable[Key]:
        rows = range(region.top // SIDE, -(-region.bottom // SIDE))
        columns = range(region.left // SIDE, -(-region.right // SIDE))
        if len(rows) * len(columns) > len(self._tiles):
            return [key for key in self._tiles if key[0] in rows and key[1] in columns]
        return [(row, column) for row in rows for column in columns if (row, column) in self._tiles]

    def __getitem__(self, place: Any) -> Any:
        """As of an array; a pair of slices, or of numbers, reads only the tiles there.  Always a copy."""
        if isinstance(place, tuple) and len(place) == 2:
            if all(isinstance(part, slice) and part.step in (None, 1) for part in place):
                (top, bottom, _), (left, right, _) = (
                    part.indices(length) for part, length in zip(place, self.shape, strict=True)
                )
                return self.read(Region(left, top, max(left, right), max(top, bottom)))
            if all(isinstance(part, int | np.integer) for part in place):
                row, column = (range(length)[part] for part, length in zip(place, self.shape, strict=True))
                return self.read(Region(column, row, column + 1, row + 1))[0, 0]
        return np.asarray(self)[place]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        if copy is False:
            raise ValueError("sparse marks have no array that could be shared")
        whole = self.read(Region.of_shape(self.shape))
        return whole if dtype is None else whole.astype(dtype, copy=False)

    def __array_ufunc__(self, ufunc: np.ufunc, method: str, *inputs: Any, **kwargs: Any) -> Any:
        arrays = [np.asarray(each) if isinstance(each, Marks) else each for each in inputs]
        return getattr(ufunc, method)(*arrays, **kwargs)

    def copy(self) -> NDArray[np.bool_]:
        """The whole as an array of its own."""
        return np.asarray(self)

    def astype(self, dtype: Any) -> NDArray[Any]:
        return np.asarray(self).astype(dtype)

    def any(self, axis: int | None = None) -> Any:
        return bool(self._tiles) if axis is None else np.asarray(self).any(axis=axis)

    def all(self, axis: int | None = None) -> Any:
        if axis is not None:
            return np.asarray(self).all(axis=axis)
        height, width = self.shape
        if len(self._tiles) < -(-height // SIDE) * -(-width // SIDE):
            return self.size == 0
        bounds = Region.of_shape(self.shape)
        return all(bool(self.read(_place(key) & bounds).all()) for key in self._tiles)

    def sum(self, axis: int | None = None) -> Any:
        if axis is not None:
            return np.asarray(self).sum(axis=axis)
        return sum(int(np.bitwise_count(tile).sum(dtype=np.int64)) for tile in self._tiles.values())

    # --- what is marked --------------------------------------------------------------------------------------

    @property
    def region(self) -> Region:
        """The bounding box of the marks; `empty` if there are none."""
        return bounding(self._tiles)

    def cropped(self) -> Stroke:
        """The marks as a stroke around them."""
        region = self.region
        return Stroke(region, self.read(region))

    def grown(self, radius: int) -> Stroke:
        """The marks with every pixel within `radius` px of them, cut to the picture.

        Its region is known at once; its bits are worked out where they are first asked for, which raises RestorerError
        if they cover the whole picture.
        """
        if radius <= 0 and len(self._tiles) < 64:
            return self.cropped()
        kept, bounds = self.snapshot(), Region.of_shape(self.shape)
        region = kept.region.grown(radius) & bounds
        return _Later(region, lambda: kept._grown_bits(region, radius))

    def _grown_bits(self, region: Region, radius: int) -> NDArray[np.bool_]:
        bits = np.zeros((region.height, region.width), bool)
        for top in range(region.top, region.bottom, SIDE):
            stripe = Region(region.left, top, region.right, min(top + SIDE, region.bottom))
            around = stripe.grown(radius) & Region.of_shape(self.shape)
            larger = masks.grown(self.read(around), radius)
            bits[stripe.within(region).slices] = larger[stripe.within(around).slices]
        if region == Region.of_shape(self.shape):
            masks.check(bits, self.shape)
        return bits

    # --- changes ---------------------------------------------------------------------------------------------

    def put(self, tiles: Iterable[tuple[Key, Tile | None]]) -> None:
        """Give these places other tiles, or none."""
        for key, tile in tiles:
            if tile is None:
                self._tiles.pop(key, None)
            else:
                self._tiles[key] = tile

    def added(self, other: Marks) -> Changes:
        """What would change if the other's marks were added."""
        return dict(_changes(self._tiles, other._tiles, np.bitwise_or, other._tiles))

    def taken(self, other: Marks) -> Changes:
        """What would change if the other's marks were taken away."""
        return dict(_changes(self._tiles, other._tiles, lambda own, theirs: own & ~theirs, other._tiles))

    def replaced(self, other: Marks) -> Changes:
        """What would change if the other's marks took the place of these."""
        keys = self._tiles.keys() | other._tiles.keys()
        return dict(_changes(self._tiles, other._tiles, lambda _own, theirs: theirs, sorted(keys)))


class Placed:
    """A stroke as the mask of a whole picture: False beyond its region."""

    def __init__(self, stroke: Stroke, shape: tuple[int, ...]) -> None:
        self.stroke = stroke
        self.shape = (int(shape[0]), int(shape[1]))

    def __getitem__(self, place: tuple[slice, slice], /) -> NDArray[np.bool_]:
        rows, columns = (range(length)[part] for part, length in zip(place, self.shape, strict=True))
        region = Region(columns.start, rows.start, columns.stop, rows.stop)
        bits = np.zeros((len(rows), len(columns)), bool)
        common = region & self.stroke.region
        if not common.empty:
            bits[common.within(region).slices] = self.stroke.bits[common.within(self.stroke.region).slices]
        return bits


def bounding(tiles: Tiles) -> Region:
    """The bounding box of the marks in some tiles."""
    if not tiles:
        return _NONE
    rows, columns = {key[0] for key in tiles}, {key[1] for key in tiles}
    outermost = ({min(rows), max(rows)}, {min(columns), max(columns)})
    found = _NONE
    for key, tile in tiles.items():
        if key[0] in outermost[0] or key[1] in outermost[1]:
            found = found | Region.around(_unpacked(tile)).moved(key[1] * SIDE, key[0] * SIDE)
    return found


def changed_region(changes: Changes) -> Region:
    """The bounding box of the pixels that differ."""
    differing = {}
    for key, (before, after) in changes.items():
        if before is None or after is None:
            tile = after if before is None else before
            assert tile is not None
        else:
            tile = before ^ after
        differing[key] = tile
    return bounding(differing)


class _Later(Stroke):
    """A stroke whose bits are worked out where they are first asked for."""

    def __init__(self, region: Region, make: Callable[[], NDArray[np.bool_]]) -> None:
        object.__setattr__(self, "region", region)
        object.__setattr__(self, "_make", make)

    @cached_property
    def bits(self) -> NDArray[np.bool_]:
        make: Callable[[], NDArray[np.bool_]] = self.__dict__["_make"]
        return make()


def _place(key: Key) -> Region:
    return Region(key[1] * SIDE, key[0] * SIDE, (key[1] + 1) * SIDE, (key[0] + 1) * SIDE)


def _packed(region: Region, bits: NDArray[np.bool_]) -> Iterator[tuple[Key, Tile]]:
    """Tiles of bits that lie at `region`, those that hold any."""
    for row in range(region.top // SIDE, -(-region.bottom // SIDE)):
        for column in range(region.left // SIDE, -(-region.right // SIDE)):
            place = _place((row, column))
            common = place & region
            part = bits[common.within(region).slices]
            if part.any():
                if common != place:
                    whole = np.zeros((SIDE, SIDE), bool)
                    whole[common.within(place).slices] = part
                    part = whole
                yield (row, column), _sealed(np.packbits(part, axis=1))


def _unpacked(tile: Tile) -> NDArray[np.bool_]:
    return np.unpackbits(tile, axis=1).view(np.bool_)


def _sealed(tile: Tile) -> Tile:
    tile.flags.writeable = False
    return tile


_EMPTY = _sealed(np.zeros((SIDE, SIDE // 8), np.uint8))


def _changes(
    own: Tiles, theirs: Tiles, mixed: Callable[[Tile, Tile], Tile], keys: Iterable[Key]
) -> Iterator[tuple[Key, tuple[Tile | None, Tile | None]]]:
    for key in keys:
        before = own.get(key)
        after = mixed(_EMPTY if before is None else before, theirs.get(key, _EMPTY))
        if not np.array_equal(_EMPTY if before is None else before, after):
            yield key, (before, _sealed(after) if after.any() else None)
