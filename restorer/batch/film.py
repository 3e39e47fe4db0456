"""A numbered sequence of frames: what stands in one frame only is dust, and its neighbours know what it hides."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from restorer.batch.inputs import natural
from restorer.batch.motion import LOST, laid_over, levelled
from restorer.batch.spikes import MOST, Seen, noise_of, rest_of, spikes, with_slack
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
    from restorer.batch.motion import Laid
    from restorer.document.document import Document
    from restorer.imaging.files import Photograph

    Bits = NDArray[np.bool_]

AROUND = 2
"""By so many px dust is grown before its surroundings are compared: its rim is part of it."""

FARTHEST = 3
MOST_NEIGHBOURS = 4
"""A frame is compared with so many others at most, the nearest, of those at most `FARTHEST` frames away."""

AGREE = 4.0
"""Neighbours agree where they differ by fewer than so many deviations of the frames' noise, averaged over 5×5 px."""

FITS = 0.5
"""A neighbour whose flow is not believed counts where it differs from the frame, around dust, by less than this share
of what neighbours that agree may differ by."""

ROUGH = 2
"""Px by which a first, coarse flow is taken to be off everywhere."""

ALONE = "No two frames beside it that can be read: its dust cannot be looked for. Restore it with --detect or a mask."

_NEAR = 15  # px, box in which neighbours are judged by how they fit the frame around its dust
_PER_CENT = f"{100 * MOST:.0f} %"


@dataclass(eq=False)
class Frames:
    """The neighbours of a frame, as they lie over it; worked out on the way.

    Attributes:
        pixels, grey: of each, as in its file, and uint8 H×W.
        before: of each, does it come before the frame?
        unknown: of each, bool H×W: what is marked there, with its rim, and later what was found there.
        laid: how they lie over the frame.
        noise: deviation of a frame's noise, of the range.
    """

    pixels: tuple[NDArray[Any], ...]
    grey: tuple[NDArray[np.uint8], ...]
    before: tuple[bool, ...]
    unknown: tuple[Bits, ...]
    laid: tuple[Laid, ...] = ()
    noise: float = 0.0


def frames(entries: Sequence[Entry]) -> list[Entry]:
    """The entries of numbered sequences in natural order, each with the frames that it is compared with.

    Files whose names differ in one number only are one sequence; where several numbers differ, the one that takes the
    most values counts the frames, and the others tell the shots apart.  A frame is compared with two before it and two
    after it; beside a gap, and at the ends, with three where there are so many.

    A fault is given to a frame of another size or kind than most of its sequence, which is a gap to the others; to one
    whose number another has, too; and to one that stands alone or in a pair, unless it has a mask: its dust cannot be
    looked for.

    Raises:
        RestorerError: a file has no number.
    """
    alike: dict[tuple[Path, tuple[str, ...], str], list[tuple[tuple[int, ...], Entry]]] = defaultdict(list)
    for entry in entries:
        words = tuple(re.split(r"\d+", entry.source.stem))
        numbers = tuple(int(digits) for digits in re.findall(r"\d+", entry.source.stem))
        if not numbers:
            raise RestorerError(f"“{entry.source.name}” has no number: name the frames 1, 2, … in their order.")
        alike[entry.source.parent, words, entry.source.suffix.lower()].append((numbers, entry))
    shots: dict[tuple[Path, str], list[tuple[int, Entry]]] = defaultdict(list)
    for (folder, words, suffix), numbered in alike.items():
        values = [len(set(column)) for column in zip(*(numbers for numbers, _ in numbered), strict=True)]
        counts = max(range(len(values)), key=lambda at: (values[at], at))
        for numbers, entry in numbered:
            shown = [str(number) if at != counts else "" for at, number in enumerate(numbers)]
            shot = "".join(word + number for word, number in zip(words, [*shown, ""], strict=True)) + suffix
            shots[folder, shot].append((numbers[counts], entry))
    ordered: list[Entry] = []
    for key in sorted(shots, key=lambda key: (natural(str(key[0])), natural(key[1]))):
        ordered += _shot(sorted(shots[key], key=lambda pair: pair[0]))
    return [replace(entry, number=number) for number, entry in enumerate(ordered, 1)]


def _shot(numbered: list[tuple[int, Entry]]) -> list[Entry]:
    kinds: dict[int, tuple[object, ...]] = {}
    for at, (_, entry) in enumerate(numbered):
        if not entry.fault:
            header = probe(entry.source, inks=True)
            kinds[at] = header.width, header.height, header.channels, header.dtype, header.inks
    usual = max(kinds.values(), key=list(kinds.values()).count) if kinds else ()
    twice = {number for number, times in Counter(number for number, _ in numbered).items() if times > 1}
    fitting = {
        number: entry for at, (number, entry) in enumerate(numbered) if kinds.get(at) == usual and number not in twice
    }
    done = []
    for at, (number, entry) in enumerate(numbered):
        if at in kinds and kinds[at] != usual:
            sentence = (
                f"“{entry.source.name}” is {_kind(kinds[at])}, the other frames are {_kind(usual)}: "
                "scan it as the others, or leave it out."
            )
            entry = replace(entry, fault=sentence)
        elif number in twice and not entry.fault:
            sentence = f"More than one frame has the number {number}: name them so that each has its own."
            entry = replace(entry, fault=sentence)
        elif not entry.fault:
            entry = _compared(number, entry, fitting)
        done.append(entry)
    return done


def _kind(kind: tuple[object, ...]) -> str:
    return f"{kind[0]} × {kind[1]} px of {kind[2]} × {kind[3]}"


def _compared(number: int, entry: Entry, fitting: dict[int, Entry]) -> Entry:
    row = {number}
    for way in (-1, 1):
        at = number + way
        while at in fitting and abs(at - number) <= FARTHEST:
            row.add(at)
            at += way
    nearest = sorted(row - {number}, key=lambda other: abs(other - number))
    two_sided = [other for other in nearest if abs(other - number) <= MOST_NEIGHBOURS // 2]
    chosen = two_sided if len(two_sided) >= MOST_NEIGHBOURS else nearest[:FARTHEST]
    if len(chosen) >= 2:
        beside = [fitting[other] for other in sorted(chosen)]
        return replace(
            entry,
            neighbours=tuple(one.source for one in beside),
            masks_there=tuple(one.masks for one in beside),
            memory=(2 + 2 * len(beside)) * entry.memory,  # the frames, and their flow
        )
    if entry.masks:
        return replace(entry, remarks=(*entry.remarks, "No two frames beside it: its dust was not looked for."))
    return replace(entry, fault=ALONE)


def neighbours_of(
    photograph: Photograph, paths: Sequence[Path], marked: Sequence[Bits | None]
) -> tuple[Frames | None, tuple[str, ...]]:
    """Read the frames that one is compared with; None if there are fewer than two.

    One that cannot be read, or is of another size or kind, is left out, which is told in a sentence: what is wrong with
    it is its own fault, and no other frame's.

    Args:
        photograph: the frame.
        paths: of its neighbours.
        marked: of each, what is known to be bad in it, bool H×W.
    """
    pixels, grey, before, unknown, remarks = [], [], [], [], []
    nothing = np.zeros(photograph.pixels.shape[:2], bool)
    here = natural(photograph.path.name)
    for path, mask in zip(paths, marked, strict=True):
        try:
            other = read_photograph(path, inks=True)
        except RestorerError:
            other = None
        if (
            other is None
            or other.pixels.shape != photograph.pixels.shape
            or other.pixels.dtype != photograph.pixels.dtype
        ):
            remarks.append(f"“{path.name}” was not compared with it: it cannot be read, or is of another size or kind.")
            continue
        pixels.append(other.pixels)
        grey.append(_grey(other))
        before.append(natural(path.name) < here)
        unknown.append(nothing if mask is None else masks.grown(mask, AROUND))
    if len(pixels) < 2:
        return None, tuple(remarks)
    return Frames(tuple(pixels), tuple(grey), tuple(before), tuple(unknown)), tuple(remarks)


def find_dust(
    photograph: Photograph, frames: Frames, marked: Bits | None, check: Callable[[], None]
) -> tuple[Bits, tuple[str, ...]]:
    """What stands in this frame and in none of its neighbours, bool H×W, and sentences about it.

    Args:
        photograph: the frame.
        frames: its neighbours; how they lie over it, and their own dust, are left there for `fill_from_neighbours`.
        marked: what is known already to be bad; not looked at.
        check: called between steps; may raise.
    """
    grey = _grey(photograph)
    known = np.ones(grey.shape, bool) if marked is None else ~masks.grown(marked, AROUND)
    whole = grey.astype(np.float32) / np.float32(255)
    dust, there = np.zeros(grey.shape, bool), frames.unknown
    for finest in (2, 1, 0):  # dust pulls the flow towards itself: again without what was found, here and there
        check()
        first = finest == 2
        hole = ~known | masks.grown(dust, AROUND)
        clean = _mended(grey, hole)
        others = [_mended(one, unknown) for one, unknown in zip(frames.grey, there, strict=True)]
        pairs = [(_calm(clean), _calm(other)) if first else (clean, other) for other in others]
        frames.laid = tuple(laid_over(*pair, (hole, one), finest) for pair, one in zip(pairs, there, strict=True))
        check()
        seen = _seen(whole, frames, known & ~masks.grown(dust, AROUND), strict=not first)
        noise = noise_of(seen)
        compared = with_slack(whole, seen, frames.laid, ROUGH if first else None)
        dust = spikes(whole, compared, known, noise)
        dust |= rest_of(dust, whole, compared, known, noise)
        there = _dust_there(whole, seen, frames, known & ~masks.grown(dust, AROUND), noise)
    frames.unknown, frames.noise = there, max(noise, 1 / 255)
    if dust.mean() > MOST:
        said = f"More than {_PER_CENT} of it stands in no other frame, as at a flash or a cut: none of it was marked."
        return np.zeros_like(dust), (said,)
    return dust, ()


def _seen(frame: NDArray[np.float32], frames: Frames, use: Bits, *, strict: bool) -> list[Seen]:
    """The neighbours over the frame.  If `strict`, what is lost does not count; dust may have led the flow astray."""
    seen = []
    for laid, grey, unknown, before in zip(frames.laid, frames.grey, frames.unknown, frames.before, strict=True):
        known = laid.clear_of(unknown) & (laid.off < LOST if strict else True)
        values = laid.seen(grey.astype(np.float32) / np.float32(255))
        seen.append(Seen(levelled(frame, values, use & known & laid.believed), known, before))
    return seen


def _dust_there(
    frame: NDArray[np.float32], seen: list[Seen], frames: Frames, use: Bits, noise: float
) -> tuple[Bits, ...]:
    """Of each neighbour, in its own place, what is marked there and what stands in it alone, with its rim."""
    here = Seen(frame, use, before=False)
    unknown = []
    for one, laid, marked in zip(seen, frames.laid, frames.unknown, strict=True):
        alone = spikes(one.values, [here, *(other for other in seen if other is not one)], one.known, noise)
        unknown.append(marked | masks.grown(laid.there(alone), AROUND) if alone.any() else marked)
    return tuple(unknown)


def fill_from_neighbours(document: Document, frames: Frames, check: Callable[[], None]) -> dict[str, str]:
    """Fill what is marked where neighbours are believed and two or more agree: one repair; the rest stays marked.

    Where they are of two minds, as where one thing hides another, those count that fit the frame around the damage.

    Returns what is to be told of it.
    """
    check()
    photograph, marked = document.photograph, np.asarray(document.mask)
    colours = _colours(photograph)
    frame = _only_colours(photograph.pixels, colours)
    low, high = _range(photograph)
    use = ~masks.grown(marked, AROUND)
    apart = max(AGREE * frames.noise, 0.02) * (high - low)
    seen, known, unfit = [], [], []
    for laid, pixels, unknown in zip(frames.laid, frames.pixels, frames.unknown, strict=True):
        clear = laid.clear_of(unknown)
        level = levelled(frame, laid.seen(_only_colours(pixels, colours)), use & laid.believed)
        unfit.append(_unfit(frame, level, use & clear))
        seen.append(level if level.ndim == 3 else level[..., None])
        # on even ground there and back may end anywhere, and what fits is right
        known.append(clear & (laid.believed | ((unfit[-1] < FITS * apart) & (laid.off < LOST))))
    good, mean = _agreed(seen, known, unfit, marked, apart)
    if not good.any() or good.all():
        return {"from_neighbours": "0"}
    region = Region.around(good)
    stroke = Stroke(region, good[region.slices].copy())
    job = document.job(stroke)
    answer = np.array(photograph.pixels[region.slices])
    whole = answer if answer.ndim == 3 else answer[..., None]
    mean = mean[region.slices]
    if answer.dtype.kind != "f":
        mean = np.rint(mean).clip(0, np.iinfo(answer.dtype).max)
    whole[..., :colours][stroke.bits] = mean.astype(answer.dtype)[stroke.bits]
    made = {"model": "neighbouring frames", "from_neighbours": str(int(good.sum()))}
    document.apply(job, [Patch(region, answer, stroke.bits.copy())], made)
    return made


def _unfit(frame: NDArray[np.float32], seen: NDArray[np.float32], use: Bits) -> NDArray[np.float32]:
    """Mean difference, H×W, of a neighbour from the frame around each pixel; large where nothing is known around it."""
    apart = np.abs(frame - seen)
    apart = np.where(use, apart if apart.ndim == 2 else apart.mean(2), np.float32(0))
    weight = cv2.boxFilter(use.astype(np.float32), -1, (_NEAR, _NEAR))
    whole = cv2.boxFilter(apart, -1, (_NEAR, _NEAR)) / np.maximum(weight, 1e-3)
    return np.asarray(np.where(weight < 0.05, np.float32(1e9), whole), np.float32)


def _agreed(
    seen: list[NDArray[np.float32]],
    known: list[Bits],
    unfit: list[NDArray[np.float32]],
    marked: Bits,
    apart: float,
) -> tuple[Bits, NDArray[np.float32]]:
    """Where one that is known fits the frame and another is less than `apart` from it, and the mean of all such."""
    count = len(seen)
    near = np.zeros((count, count, *marked.shape), bool)
    for one in range(count):
        for other in range(one + 1, count):
            difference = cv2.boxFilter(np.abs(seen[one] - seen[other]).mean(2), -1, (5, 5))
            near[one, other] = near[other, one] = known[one] & known[other] & (difference < apart)
    befriended = near.any(1)
    cost = np.where(befriended, np.stack(unfit), np.float32(np.inf))
    best = cost.argmin(0)
    good = marked & befriended.any(0)
    total, weight = np.zeros_like(seen[0]), np.zeros((*marked.shape, 1), np.float32)
    for one in range(count):
        counts = (best == one) | np.take_along_axis(near[:, one], best[None], 0)[0]
        total += seen[one] * counts[..., None]
        weight += counts[..., None]
    return good, np.asarray(total / weight, np.float32)


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
    return np.asarray(cv2.medianBlur(grey, 11), np.uint8)


def _mended(grey: NDArray[np.uint8], mask: Bits) -> NDArray[np.uint8]:
    """The frame with what is marked smoothed over, so that flow does not follow it."""
    if not mask.any():
        return grey
    return np.asarray(cv2.inpaint(grey, mask.astype(np.uint8) * 255, 3, cv2.INPAINT_TELEA), np.uint8)
