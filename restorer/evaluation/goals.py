"""What the project wants to reach, and whether a set of results does: computed, never typed.

Thin damage is measured against OpenCV's FSR_FAST, both as it is and padded to whole blocks; wide damage against
PyPatchMatch in perceptual distance and against the best peer in PSNR; time against FSR_FAST.
"""

from __future__ import annotations

from dataclasses import dataclass

from restorer.evaluation.masks import KINDS, THIN
from restorer.evaluation.methods import FSR_FAST, FSR_PADDED, PATCHMATCH, PEER_NAMES, PREFILL, RESTORER, is_ours
from restorer.evaluation.results import Row
from restorer.evaluation.tables import CPU, PERCEPTUAL, PSNR, Means, best_of, compared, head, line, means

THIN_PSNR, THIN_AIM, THIN_PERCEPTUAL = 1.5, 2.0, 0.8
"""Against FSR_FAST: at least so many dB more (aimed for: so many), at most so many times its distance."""
WIDE_PSNR, WIDE_PERCEPTUAL = 0.8, 0.85
"""At least so many dB more than the best peer, at most so many times PyPatchMatch's distance."""


@dataclass(frozen=True)
class Verdict:
    """One figure beside its goal."""

    kind: str
    measure: str
    peer: str
    figure: float
    goal: float
    reached: bool
    aim: float | None = None

    @property
    def text(self) -> str:
        """The figure, and whether that is enough."""
        figure = f"{self.figure:+.2f}" if self.measure == PSNR.key else f"{self.figure:.2f}"
        if not self.reached:
            return f"{figure} no"
        return f"{figure} **yes**" + (", the aim too" if self.aim is not None and self.figure >= self.aim else "")


def our_method(rows: list[Row]) -> str | None:
    """The method that is measured against the peers: Restorer's default, else its perceptually best, else any."""
    own = [row for row in rows if row.method not in PEER_NAMES]
    names = list(means(own))
    if RESTORER in names:
        return RESTORER
    candidates = [name for name in names if is_ours(name)] or [name for name in names if name != PREFILL.name] or names
    return next(iter(candidates), None)


def verdicts(rows: list[Row], ours: str) -> list[Verdict]:
    """Every goal whose peers are there."""
    found = []
    for kind in KINDS:
        by_method = means(compared(rows, kind))
        if ours in by_method:
            found += _thin(kind, by_method, ours) if kind in THIN else _wide(kind, by_method, ours)
    return found


def goals(rows: list[Row]) -> str:
    """Two tables, thin and wide damage; empty without ours or without peers."""
    ours = our_method(rows)
    found = [] if ours is None else verdicts(rows, ours)
    if not found:
        return ""
    reached = sum(verdict.reached for verdict in found)
    text = [f"## Goals\n\n{ours}: {reached} of {len(found)} reached.\n"]
    thin, wide = ([v for v in found if (v.kind in THIN) == is_thin] for is_thin in (True, False))
    if thin:
        text += head(
            (
                "thin damage",
                "against",
                f"PSNR in hole, dB more (goal {THIN_PSNR:+.1f}, aim {THIN_AIM:+.1f})",
                f"perceptual distance, times its (goal {THIN_PERCEPTUAL:.2f})",
                "CPU seconds, times its (goal: below 1)",
            ),
            left=2,
        )
        for kind, peer in dict.fromkeys((v.kind, v.peer) for v in thin):
            text.append(line([kind, peer, *(v.text for v in thin if (v.kind, v.peer) == (kind, peer))]))
        text.append("")
    if wide:
        text += head(
            (
                "wide damage",
                f"PSNR in hole, dB more than the best peer's (goal {WIDE_PSNR:+.1f})",
                f"perceptual distance, times PyPatchMatch's (goal {WIDE_PERCEPTUAL:.2f})",
                "CPU seconds, times FSR_FAST's (goal: below 1)",
                "CPU seconds, times FSR_FAST padded's (goal: below 1)",
            )
        )
        for kind in dict.fromkeys(v.kind for v in wide):
            text.append(line([kind, *_cells([v for v in wide if v.kind == kind])]))
        text.append("")
    return "\n".join(text)


def _cells(mine: list[Verdict]) -> list[str]:
    """The four cells of a kind of wide damage; a dash where the peer is missing."""
    cells = [next((f"{v.text} ({v.peer})" for v in mine if v.measure == PSNR.key), "–")]
    for measure, peer in ((PERCEPTUAL.key, PATCHMATCH), (CPU.key, FSR_FAST), (CPU.key, FSR_PADDED)):
        cells.append(next((v.text for v in mine if (v.measure, v.peer) == (measure, peer)), "–"))
    return cells


def _thin(kind: str, by_method: Means, ours: str) -> list[Verdict]:
    found = []
    for peer in (FSR_FAST, FSR_PADDED):
        if peer in by_method:
            more, share, cost = _against(by_method[ours], by_method[peer])
            found += [
                Verdict(kind, PSNR.key, peer, more, THIN_PSNR, more >= THIN_PSNR, THIN_AIM),
                Verdict(kind, PERCEPTUAL.key, peer, share, THIN_PERCEPTUAL, share <= THIN_PERCEPTUAL),
                Verdict(kind, CPU.key, peer, cost, 1.0, cost < 1),
            ]
    return found


def _wide(kind: str, by_method: Means, ours: str) -> list[Verdict]:
    found = []
    peers = {name: values for name, values in by_method.items() if name in PEER_NAMES}
    if peers:
        best = best_of(peers, PSNR)
        more, _, _ = _against(by_method[ours], peers[best])
        found.append(Verdict(kind, PSNR.key, best, more, WIDE_PSNR, more >= WIDE_PSNR))
    if PATCHMATCH in peers:
        _, share, _ = _against(by_method[ours], peers[PATCHMATCH])
        found.append(Verdict(kind, PERCEPTUAL.key, PATCHMATCH, share, WIDE_PERCEPTUAL, share <= WIDE_PERCEPTUAL))
    for peer in (FSR_FAST, FSR_PADDED):
        if peer in peers:
            _, _, cost = _against(by_method[ours], peers[peer])
            found.append(Verdict(kind, CPU.key, peer, cost, 1.0, cost < 1))
    return found


def _against(ours: dict[str, float], peer: dict[str, float]) -> tuple[float, float, float]:
    """Decibels more, and the shares of the perceptual distance and of the CPU seconds."""
    more = ours[PSNR.key] - peer[PSNR.key]
    share = ours[PERCEPTUAL.key] / max(peer[PERCEPTUAL.key], 1e-12)
    return more, share, ours[CPU.key] / max(peer[CPU.key], 1e-12)
