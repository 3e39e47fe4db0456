"""Which masks belong to which pictures."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from restorer.batch.inputs import folded, pictures_below
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from restorer.batch.inputs import Found


class _Name(NamedTuple):
    """What a mask is found by: does it end in `mask`, its folder below the masks', and the rest of its name, folded."""

    ends_in_mask: bool
    below: Path
    name: str


_MASK_ENDS = re.compile(r"[.\-_ ]?mask$", re.IGNORECASE)


def paired(
    found: Sequence[Found],
    folder: Path | None,
    mask: Path | None = None,
    *,
    needed: bool = True,
    notice: Callable[[str], None] = lambda _sentence: None,
) -> list[Found]:
    """Each picture with its mask of those in `folder`, and with `mask`; what serves as a mask is no picture any more.

    A mask has its picture's name, with or without the picture's suffix: `NAME.png`, or with `mask` at the end of it,
    `NAME-mask.png` or `NAME.tif.mask.png`.  One that ends in `mask` goes before a plain one, which may be a picture: a
    folder of results that was written with masks beside them serves as well as one of masks, also where the results
    have names of their own.  A plain one that is itself to be restored, or that a batch restored, is none.  A mask in
    the same folder below as its picture's goes before one at the top.  A picture with more than one gets a fault; so
    does one with none, if it is `needed`.

    Args:
        found: what `gather` gave.
        folder: of masks; None for no such folder.
        mask: one for all of them, as of a hair in the gate.
        needed: may no picture be without one in `folder`?
        notice: told in a sentence which are no pictures any more.

    Raises:
        RestorerError: there is no such folder or file, or no picture in it, or none is left to restore.
    """
    pairs = list(found) if folder is None else _with_masks(found, folder, needed)
    if mask is not None:
        if not mask.is_file():
            raise RestorerError(f"There is no mask {mask}: check its name and folder.")
        pairs = [replace(one, masks=(*one.masks, mask.absolute())) for one in pairs]
    serving = {os.path.realpath(path) for one in pairs for path in one.masks}
    kept = [one for one in pairs if os.path.realpath(one.path) not in serving]
    if not kept:
        raise RestorerError(f"There are only masks among what is to be restored, such as {pairs[0].path}: name others.")
    if len(kept) < len(pairs):
        first = next(one.path for one in pairs if one not in kept)
        notice(f"Left out, as they are masks: {len(pairs) - len(kept)} of the pictures, such as {first}.")
    return kept


def _with_masks(found: Sequence[Found], folder: Path, needed: bool) -> list[Found]:
    if not folder.is_dir():
        raise RestorerError(f"There is no folder {folder}: give --masks the folder of the masks.")
    folder = folder.absolute()
    lying, results = pictures_below(folder)
    if not lying:
        raise RestorerError(f"There are no pictures in {folder}: give --masks the folder of the masks.")
    pictures = {*results, *(os.path.realpath(one.path) for one in found)}
    by_name: dict[_Name, set[Path]] = defaultdict(set)
    for one in lying:
        rest = _MASK_ENDS.sub("", one.path.stem)
        if rest != one.path.stem:
            by_name[_Name(True, one.below, folded(rest))].add(one.path)
            if original := results.get(os.path.realpath(one.path)):  # results may have other names than their pictures
                by_name[_Name(True, one.below, folded(Path(original).name))].add(one.path)
        if os.path.realpath(one.path) not in pictures:
            by_name[_Name(False, one.below, folded(one.path.stem))].add(one.path)
    return [_with_mask(one, by_name, folder, needed) for one in found]


def _with_mask(one: Found, by_name: dict[_Name, set[Path]], folder: Path, needed: bool) -> Found:
    name = one.path.name
    fitting = next(
        (
            masks
            for place in dict.fromkeys((one.below, Path()))
            for ends_in_mask in (True, False)
            for called in (name, one.path.stem)
            if (masks := by_name.get(_Name(ends_in_mask, place, folded(called))))
        ),
        set[Path](),
    )
    if len(fitting) == 1:
        return replace(one, masks=(*one.masks, *fitting))
    if fitting:
        several = ", ".join(sorted(path.name for path in fitting))
        return replace(one, fault=one.fault or f"“{name}” has several masks ({several}): leave one.")
    if not needed:
        return one
    missing = f"There is no mask for “{name}” in {folder}: draw one, an empty one to copy it."
    return replace(one, fault=one.fault or missing)
