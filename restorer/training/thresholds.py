"""From which probability on a detector marks: chosen for each kind of damage, on pictures it was not taught with.

The thresholds are those with which the kinds reach the highest sum of F1 on drawn damage while all of them together
mark no more of clean pictures than is allowed: what may be marked wrongly is spent where it finds the most (a Lagrange
multiplier: Everett, Operations Research 1963).  They are looked for through `Findings.mask`, with all that belongs to a
mask.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.findings import KINDS
from restorer.imaging.patch import Whole
from restorer.training.crops import crop
from restorer.training.defects import specimen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from restorer.engine.detector import Detector
    from restorer.imaging.findings import Findings
    from restorer.training.pictures import Pictures

CLEAN_SHARE = 0.001
"""Share of clean pictures that all kinds together may mark."""
SIDE, EACH = 256, 2
"""Side in px of the damaged crops, and how many of them are drawn of each picture."""
CANDIDATES = tuple(float(1 / (1 + np.exp(-logit))) for logit in np.arange(-3.0, 6.3, 0.25))
"""From which a threshold is chosen; evenly spaced logits."""


@dataclass(frozen=True)
class Chosen:
    """A kind's threshold, its F1 on drawn damage, and the share of clean pictures that it marks, both 0..1."""

    threshold: float
    f1: float
    clean: float


def choose(
    detector: Detector,
    pictures: Pictures,
    share: float = CLEAN_SHARE,
    seed: int = 1,
    report: Callable[[float], None] = lambda _share: None,
) -> dict[str, Chosen]:
    """Thresholds by kind.

    Args:
        detector: it is asked for probabilities; its own thresholds do not matter.
        pictures: clean photographs, none of which it was taught with.
        share: of clean pictures that all kinds together may mark, 0..1.
        seed: of the damage that is drawn.
        report: told the share done, 0..1.
    """
    clean: list[Findings] = []
    damaged: list[tuple[Findings, NDArray[np.bool_], NDArray[np.bool_]]] = []
    for number, picture in enumerate(pictures.arrays):
        report(number / len(pictures))
        clean.append(detector.find(Whole(picture)))
        for turn in range(EACH):
            rng = np.random.default_rng((seed, 9, number, turn))
            one = specimen(crop(picture, SIDE, rng), rng, intact=0.0)
            levels = np.rint(one.image * 255).astype(np.uint8)
            damaged.append((detector.find(Whole(levels)), one.labels, one.unsure))
    report(1.0)
    curves = {kind: _curve(kind, clean, damaged) for kind in KINDS}
    places = spent({kind: (curve.clean, curve.f1) for kind, curve in curves.items()}, share)
    return {kind: curves[kind].at(place) for kind, place in places.items()}


@dataclass(frozen=True, eq=False)
class _Curve:
    """What a kind marks of clean pictures, and its F1, at each of `CANDIDATES`."""

    clean: NDArray[np.float64]
    f1: NDArray[np.float64]

    def at(self, place: int) -> Chosen:
        return Chosen(round(CANDIDATES[place], 4), float(self.f1[place]), float(self.clean[place]))


def _curve(
    kind: str,
    clean: Sequence[Findings],
    damaged: Sequence[tuple[Findings, NDArray[np.bool_], NDArray[np.bool_]]],
) -> _Curve:
    shares = [float(np.mean([_at(found, kind, t).mean() for found in clean])) for t in CANDIDATES]
    return _Curve(np.array(shares), np.array([_f1(kind, damaged, t) for t in CANDIDATES]))


def spent(curves: Mapping[str, tuple[NDArray[np.float64], NDArray[np.float64]]], share: float) -> dict[str, int]:
    """For each kind the place on its curve, so that the costs sum to at most `share` and the gains to the most.

    Args:
        curves: for each kind, what each place costs and what it gains, of equal lengths; the last one costs the least.
        share: what may be spent in all.

    Returns:
        Indices; the last ones where even these cost more than `share`.
    """

    def best(price: float) -> dict[str, int]:
        return {kind: int(np.argmax(gain - price * cost)) for kind, (cost, gain) in curves.items()}

    def cost(places: Mapping[str, int]) -> float:
        return float(sum(curves[kind][0][place] for kind, place in places.items()))

    for price in (0.0, *np.geomspace(1e-2, 1e7, 2000)):
        places = best(float(price))
        if cost(places) <= share:
            return places
    return {kind: len(costs) - 1 for kind, (costs, _) in curves.items()}


def _f1(kind: str, damaged: Sequence[tuple[Findings, NDArray[np.bool_], NDArray[np.bool_]]], threshold: float) -> float:
    """Of the pixels of all crops together, where it is sure what they are."""
    channel, right, both = KINDS.index(kind), 0, 0
    for found, labels, unsure in damaged:
        sure = ~unsure[..., channel]
        mask, truth = _at(found, kind, threshold) & sure, labels[..., channel]
        right += int((mask & truth).sum())
        both += int(mask.sum()) + int(truth.sum())
    return 2 * right / both if both else 0.0


def _at(found: Findings, kind: str, threshold: float) -> NDArray[np.bool_]:
    return replace(found, thresholds={**found.thresholds, kind: threshold}).mask(kinds=[kind])
