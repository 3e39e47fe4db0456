"""Undo and redo, as a list of frozen steps."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from restorer.document.scratch import Scratch
from restorer.imaging.marks import changed_region

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from restorer.document.repair import Repair
    from restorer.imaging.marks import Changes, Key, Tile
    from restorer.imaging.patch import Patch
    from restorer.imaging.region import Region

IN_MEMORY = 256 << 20
"""Bytes of steps (pixels of repairs among them) that stay in memory; older ones go to a scratch file."""

IN_ALL = 8 << 30
"""Bytes of steps in memory and on the disk; beyond it the oldest are forgotten."""


@dataclass(frozen=True, eq=False)
class MaskChange:
    """Tiles of the mask before and after; they are shared with the mask itself and with other steps."""

    tiles: Changes

    @cached_property
    def region(self) -> Region:
        """The bounding box of the pixels that differ."""
        return changed_region(self.tiles)

    def joined(self, later: MaskChange) -> MaskChange:
        """One change, of it and of the one that followed it."""
        first, second = self.tiles, later.tiles
        return MaskChange(
            {
                key: ((first if key in first else second)[key][0], (second if key in second else first)[key][1])
                for key in {**first, **second}
            }
        )

    @cached_property
    def nbytes(self) -> int:
        return sum(tile.nbytes for pair in self.tiles.values() for tile in pair if tile is not None)

    def side(self, *, after: bool) -> Iterator[tuple[Key, Tile | None]]:
        """What to put into the mask."""
        for key, pair in self.tiles.items():
            yield key, pair[after]


@dataclass(frozen=True, eq=False)
class Step:
    """What one undo takes back: a change of the mask, of the repairs, or of both; or how the photograph is turned."""

    name: str
    mask: MaskChange | None
    before: tuple[Repair, ...]
    after: tuple[Repair, ...]
    turned: tuple[int, int] | None = None
    """The orientation before and after, 1..8; see `Photograph.turned`."""

    def joined(self, later: Step) -> Step:
        """One step, of it and of the one that followed it; neither turns the photograph."""
        assert self.turned is None
        assert later.turned is None
        mask = self.mask.joined(later.mask) if self.mask and later.mask else self.mask or later.mask
        return Step(later.name, mask, self.before, later.after)

    @cached_property
    def nbytes(self) -> int:
        """What forgetting the step would free: its mask, and repairs that it took away."""
        gone = {id(patch): patch.nbytes for repair in set(self.before) - set(self.after) for patch in repair.patches}
        for repair in self.after:
            for patch in repair.patches:
                gone.pop(id(patch), None)
        return (self.mask.nbytes if self.mask else 0) + sum(gone.values())

    @cached_property
    def new_patches(self) -> tuple[Patch, ...]:
        """Those that came with this step."""
        new = {id(patch): patch for repair in set(self.after) - set(self.before) for patch in repair.patches}
        for repair in self.before:
            for patch in repair.patches:
                new.pop(id(patch), None)
        return tuple(new.values())

    @cached_property
    def in_memory(self) -> int:
        """Bytes that the step brought with it, before any of it is moved to the disk."""
        return (self.mask.nbytes if self.mask else 0) + sum(patch.nbytes for patch in self.new_patches)


class History:
    """Steps done and undone.  Old ones are moved to the disk, and in the end forgotten.

    Args:
        memory: bytes that stay in memory.
        limit: bytes that forgetting could free, in memory and on the disk; beyond it the oldest steps are forgotten.
        scratch: where older steps go.
    """

    def __init__(self, memory: int = IN_MEMORY, limit: int = IN_ALL, scratch: Scratch | None = None) -> None:
        self.memory = memory
        self.limit = limit
        self._scratch = scratch or Scratch()
        self._done: deque[Step] = deque()
        self._held = 0
        self._undone: list[Step] = []
        self._loaded: deque[Step] = deque()  # whose bytes are in memory, oldest first
        self._in_memory = 0

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def last(self) -> Step | None:
        return self._done[-1] if self._done else None

    @property
    def next(self) -> Step | None:
        return self._undone[-1] if self._undone else None

    @property
    def done(self) -> tuple[Step, ...]:
        """Oldest first."""
        return tuple(self._done)

    @property
    def undone(self) -> tuple[Step, ...]:
        """The one that redo would do next comes last."""
        return tuple(self._undone)

    @property
    def nbytes_in_memory(self) -> int:
        return self._in_memory

    def add(self, step: Step) -> None:
        self._forget_undone()
        self._done.append(step)
        self._held += step.nbytes
        self._load(step)
        while self._held > self.limit and len(self._done) > 1:
            self._forget(self._done.popleft())

    def clear(self) -> None:
        """Forget all steps."""
        self._done.clear()
        self._undone.clear()
        self._loaded.clear()
        self._held = self._in_memory = 0

    def load(self, done: tuple[Step, ...], undone: tuple[Step, ...]) -> None:
        """Take over the steps of a file, in the order of `done` and `undone`."""
        for step in done:
            self.add(step)
        for step in undone:
            self._load(step)
        self._undone = list(undone)

    def undo(self) -> Step | None:
        """Moves the last step to those undone and returns it."""
        if not self._done:
            return None
        self._undone.append(self._done.pop())
        self._held -= self._undone[-1].nbytes
        return self._undone[-1]

    def redo(self) -> Step | None:
        if not self._undone:
            return None
        self._done.append(self._undone.pop())
        self._held += self._done[-1].nbytes
        return self._done[-1]

    # --- bytes -----------------------------------------------------------------------------------------------

    def _forget(self, step: Step) -> None:
        self._held -= step.nbytes
        self._unload(step)

    def _forget_undone(self) -> None:
        for step in self._undone:
            self._unload(step)
        self._undone.clear()

    def _load(self, step: Step) -> None:
        self._loaded.append(step)
        self._in_memory += step.in_memory
        while self._in_memory > self.memory and len(self._loaded) > 1:
            oldest = self._loaded[0]
            try:
                _spill(oldest, self._scratch)
            except OSError:  # no room on the disk: forgetting is what is left
                self.limit = min(self.limit, self.memory)
                return
            self._loaded.popleft()
            self._in_memory -= oldest.in_memory

    def _unload(self, step: Step) -> None:
        if step in self._loaded:
            self._loaded.remove(step)
            self._in_memory -= step.in_memory


def _spill(step: Step, scratch: Scratch) -> None:
    """Move what a step brought with it to the disk.

    The values stay what they were, only the place changes: whoever reads meanwhile, on any thread, sees the one or
    the other.
    """
    arrays: list[NDArray[Any]] = [array for patch in step.new_patches for array in (patch.pixels, patch.mask)]
    tiles = [tile for pair in step.mask.tiles.values() for tile in pair if tile is not None] if step.mask else []
    kept = iter(scratch.keep([*arrays, *tiles]))
    for patch in step.new_patches:
        object.__setattr__(patch, "pixels", next(kept))
        object.__setattr__(patch, "mask", next(kept))
    if step.mask is not None:
        moved = {
            key: (None if before is None else next(kept), None if after is None else next(kept))
            for key, (before, after) in step.mask.tiles.items()
        }
        object.__setattr__(step.mask, "tiles", moved)
