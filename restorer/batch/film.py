"""A numbered sequence of frames: what stands in one frame only is dust, and its neighbours know what it hides."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.batch.entries import natural
from restorer.batch.motion import MOST, Laid, laid_over, levelled, spikes
from restorer.imaging import mask as masks
from restorer.imaging.display import displayed
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import probe, read_photograph
from restorer.imaging.patch import Patch, Stroke
from restorer.imaging.region import Region

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from restorer.batch.entries import Entry
    from restorer.document.document import Document
    from restorer.imaging.files import Photograph

    Bits = NDArray[np.bool_]

AROUND = 2
"""By so many px dust is grown before its surroundings are compared: its rim is part of it."""

AGREE = 4.0
"""Neighbours agree where they differ by fewer than so many deviations of the frames' noise, averaged over 5×5 px."""

_PER_CENT = f"{100 * MOST:.0f} %"


@dataclass(eq=False)
class Frames:
    """The two neighbours of a frame, as they lie over it; worked out on the way.

    Attributes:
        pixels, grey: of each, as in its file, and uint8 H×W.
        unknown: of each, bool H×W: what is marked there, with its rim.
        one_sided: both come before the frame, or both after it: what they hide they both hide.
        laid: how they lie over the frame.
        noise: deviation between them, where they lie over each other, of the range.
    """

    pixels: tuple[NDArray[Any], ...]
    grey: tuple[NDArray[np.uint8], ...]
    unknown: tuple[Bits, ...]
    one_sided: bool = False
    laid: tuple[Laid, ...] = ()
    noise: float = 0.0


def frames(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of numbered sequences in natural order, each with the two frames that it is compared with.

    Files that differ only in their last number are one sequence.  Frames beside a gap are compared with two on their
    other side, as the first and last are; of fewer than three in a row none is compared.

    A frame of another size or kind than most of its sequence gets a fault, and is a gap to the others.

    Raises:
        RestorerError: a file has no number.
    """
    shots: dict[tuple[Path, str, str], list[tuple[int, Entry]]] = defaultdict(list)
    for entry in entries:
        parts = re.fullmatch(r"(.*?)(\d+)(\D*)", entry.source.stem)
        if parts is None:
            raise RestorerError(f"“{entry.source.name}” has no number: name the frames 1, 2, … in their order.")
        head, number, tail = parts.groups()
        shots[entry.source.parent, head, f"{tail}{entry.source.suffix.lower()}"].append((int(number), entry))
    ordered: list[Entry] = []
    for key in sorted(shots, key=lambda key: (natural(str(key[0])), natural(key[1]), key[2])):
        ordered += _shot(sorted(shots[key], key=lambda pair: pair[0]))
    return [replace(entry, number=number) for number, entry in enumerate(ordered, 1)]


def _shot(numbered: list[tuple[int, Entry]]) -> list[Entry]:
    kinds: dict[int, tuple[object, ...]] = {}
    for at, (_, entry) in enumerate(numbered):
        if not entry.fault:
            header = probe(entry.source, inks=True)
            kinds[at] = header.width, header.height, header.channels, header.dtype, header.inks
    usual = max(kinds.values(), key=list(kinds.values()).count) if kinds else ()
    fitting = {number: entry for at, (number, entry) in enumerate(numbered) if kinds.get(at) == usual}
    done = []
    for at, (number, entry) in enumerate(numbered):
        if at in kinds and kinds[at] != usual:
            sentence = (
                f"“{entry.source.name}” is {_kind(kinds[at])}, the other frames are {_kind(usual)}: "
                "scan it as the others, or leave it out."
            )
            entry = replace(entry, fault=sentence)
        elif not entry.fault:
            entry = _compared(number, entry, fitting)
        done.append(entry)
    return done


def _kind(kind: tuple[object, ...]) -> str:
    return f"{kind[0]} × {kind[1]} px of {kind[2]} × {kind[3]}"


def _compared(number: int, entry: Entry, fitting: dict[int, Entry]) -> Entry:
    for pair in ((number - 1, number + 1), (number + 1, number + 2), (number - 1, number - 2)):
        if pair[0] in fitting and pair[1] in fitting:
            beside = [fitting[other] for other in pair]
            return replace(
                entry,
                neighbours=tuple(one.source for one in beside),
                masks_there=tuple(one.masks for one in beside),
                memory=4 * entry.memory,  # three frames, and their flow
            )
    return replace(entry, remarks=(*entry.remarks, "No two frames beside it: its dust was not looked for."))


def neighbours_of(photograph: Photograph, paths: Sequence[Path], marked: Sequence[Bits | None]) -> Frames:
    """Read the frames that one is compared with.

    Args:
        photograph: the frame.
        paths: of its neighbours.
        marked: of each, what is known to be bad in it, bool H×W.

    Raises:
        RestorerError: one cannot be read, or is of another size or kind.
    """
    pixels, grey = [], []
    for path in paths:
        other = read_photograph(path, inks=True)
        if other.pixels.shape != photograph.pixels.shape or other.pixels.dtype != photograph.pixels.dtype:
            raise RestorerError(
                f"“{path.name}” is of another size or kind than “{photograph.path.name}”: scan it anew."
            )
        pixels.append(other.pixels)
        grey.append(_grey(other))
    nothing = np.zeros(photograph.pixels.shape[:2], bool)
    unknown = tuple(nothing if mask is None else masks.grown(mask, AROUND) for mask in marked)
    here = natural(photograph.path.name)
    sides = {natural(path.name) < here for path in paths}
    return Frames(tuple(pixels), tuple(grey), unknown, one_sided=len(sides) == 1)


def find_dust(
    photograph: Photograph, frames: Frames, marked: Bits | None, check: Callable[[], None]
) -> tuple[Bits, tuple[str, ...]]:
    """What stands in this frame and in neither neighbour, bool H×W, and sentences about it.

    Args:
        photograph: the frame.
        frames: its neighbours; how they lie over it is left there for `fill_from_neighbours`.
        marked: what is known already to be bad; not looked at.
        check: called between steps; may raise.
    """
    grey = _grey(photograph)
    known = np.zeros(grey.shape, bool) if marked is None else masks.grown(marked, AROUND)
    others = [_mended(one, unknown) for one, unknown in zip(frames.grey, frames.unknown, strict=True)]
    dust = np.zeros(grey.shape, bool)
    for strict in (False, True):  # dust pulls the flow towards itself: once more without what was found
        check()
        clean = _mended(grey, known | masks.grown(dust, AROUND))
        pairs = [(clean, other) if strict else (_calm(clean), _calm(other)) for other in others]
        laid = tuple(laid_over(*pair) for pair in pairs)
        scaled = [one.astype(np.float32) / np.float32(255) for one in others]
        seen = [one.seen(pixels) for one, pixels in zip(laid, scaled, strict=True)]
        leave = known.copy()
        for one, unknown in zip(laid, frames.unknown, strict=True):
            leave |= ~one.clear_of(unknown)
        whole = grey.astype(np.float32) / np.float32(255)
        dust, noise = spikes(whole, seen, laid, leave, strict=strict, one_sided=strict and frames.one_sided)
        if dust.mean() > MOST:
            break
    frames.laid, frames.noise = laid, max(noise, 1 / 255)
    if dust.mean() > MOST:
        said = f"More than {_PER_CENT} of it stands in no other frame, as at a flash or a cut: none of it was marked."
        return np.zeros_like(dust), (said,)
    return dust, ()


def fill_from_neighbours(document: Document, frames: Frames, check: Callable[[], None]) -> dict[str, str]:
    """Fill what is marked where both neighbours are believed and agree: one repair; the rest stays marked.

    Returns what is to be told of it.
    """
    check()
    photograph, marked = document.photograph, np.asarray(document.mask)
    colours = _colours(photograph)
    frame = _only_colours(photograph.pixels, colours)
    seen = []
    good = marked.copy()
    use = ~masks.grown(marked, AROUND)
    for laid, pixels, unknown in zip(frames.laid, frames.pixels, frames.unknown, strict=True):
        good &= laid.believed & laid.clear_of(unknown)
        level = levelled(frame, laid.seen(_only_colours(pixels, colours)), use & laid.believed)
        seen.append(level if level.ndim == 3 else level[..., None])
    low, high = _range(photograph)
    apart = np.abs(seen[0] - seen[1]).mean(2) / (high - low)
    good &= cv2.boxFilter(apart, -1, (5, 5)) < max(AGREE * frames.noise, 0.02)
    if not good.any() or good.all():
        return {"from_neighbours": "0"}
    region = Region.around(good)
    stroke = Stroke(region, good[region.slices].copy())
    job = document.job(stroke)
    mean = (seen[0][region.slices] + seen[1][region.slices]) / 2
    answer = np.array(photograph.pixels[region.slices])
    whole = answer if answer.ndim == 3 else answer[..., None]
    if answer.dtype.kind != "f":
        mean = np.rint(mean).clip(0, np.iinfo(answer.dtype).max)
    whole[..., :colours][stroke.bits] = mean.astype(answer.dtype)[stroke.bits]
    made = {"model": "neighbouring frames", "from_neighbours": str(int(good.sum()))}
    document.apply(job, [Patch(region, answer, stroke.bits.copy())], made)
    return made


def _colours(photograph: Photograph) -> int:
    """How many channels hold colours or inks, not alpha."""
    if photograph.pixels.ndim == 2:
        return 1
    channels = int(photograph.pixels.shape[2])
    return min(channels, 4) if photograph.inks else channels - (channels in (2, 4))


def _only_colours(pixels: NDArray[Any], colours: int) -> NDArray[np.float32]:
    """float32 H×W for one, H×W×C for more."""
    part = pixels if pixels.ndim == 2 else pixels[..., :colours] if colours > 1 else pixels[..., 0]
    return np.ascontiguousarray(part.astype(np.float32))


def _range(photograph: Photograph) -> tuple[float, float]:
    if photograph.levels is not None or photograph.pixels.dtype.kind == "f":
        return photograph.levels or (0.0, 1.0)
    return 0.0, float(np.iinfo(photograph.pixels.dtype).max)


def _grey(photograph: Photograph) -> NDArray[np.uint8]:
    shown = displayed(photograph.pixels, photograph.levels, inks=photograph.inks, icc=photograph.icc)
    return shown if shown.ndim == 2 else np.asarray(cv2.cvtColor(shown, cv2.COLOR_RGB2GRAY), np.uint8)


def _calm(grey: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without specks, and with edges where they were."""
    return np.asarray(cv2.medianBlur(grey, 7), np.uint8)


def _mended(grey: NDArray[np.uint8], mask: Bits) -> NDArray[np.uint8]:
    """The frame with what is marked smoothed over, so that flow does not follow it."""
    if not mask.any():
        return grey
    return np.asarray(cv2.inpaint(grey, mask.astype(np.uint8) * 255, 3, cv2.INPAINT_TELEA), np.uint8)
