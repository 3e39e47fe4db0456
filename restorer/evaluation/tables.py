"""Markdown tables of the results: what the page with the current figures is made of, never by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from restorer.evaluation.conditions import Conditions
from restorer.evaluation.masks import KINDS
from restorer.evaluation.methods import PEER_NAMES
from restorer.evaluation.results import Row


@dataclass(frozen=True)
class Column:
    """One measure as tables show it."""

    key: str
    title: str
    form: str
    factor: float = 1.0
    more_is_better: bool = False
    judged: bool = True

    def text(self, value: float) -> str:
        return "–" if np.isnan(value) else f"{value * self.factor:{self.form}}"


PSNR = Column("psnr_hole", "PSNR in hole, dB", ".2f", more_is_better=True)
PERCEPTUAL = Column("perc", "perceptual ×1000", ".2f", 1000)
CPU = Column("cpu_seconds", "CPU s/picture", ".2f", judged=False)
COLUMNS = (
    PSNR,
    Column("mae_hole", "MAE in hole", ".2f"),
    Column("ssim", "SSIM", ".4f", more_is_better=True),
    Column("ssim_near", "SSIM near hole", ".3f", more_is_better=True),
    PERCEPTUAL,
    Column("perc_hole", "perceptual in hole", ".3f"),
    CPU,
    Column("rss_mb", "peak MiB", ".0f", judged=False),
)

Means = dict[str, dict[str, float]]
"""Method → column → mean over the pictures (peak memory: the largest)."""


def compared(rows: Iterable[Row], kind: str) -> list[Row]:
    """The rows of a kind that can be compared: of pictures that every method filled.

    A method that did fewer than half as many pictures as the one that did most is left out instead of taking the
    others' pictures away.
    """
    of_kind = [row for row in rows if row.kind == kind]
    done: dict[str, set[str]] = {}
    for row in of_kind:
        done.setdefault(row.method, set()).add(row.image)
    most = max((len(images) for images in done.values()), default=0)
    done = {method: images for method, images in done.items() if 2 * len(images) >= most}
    common = set.intersection(*done.values()) if done else set()
    return [row for row in of_kind if row.method in done and row.image in common]


def means(rows: Iterable[Row]) -> Means:
    """By method, the best in perceptual distance first."""
    by_method: dict[str, list[Row]] = {}
    for row in rows:
        by_method.setdefault(row.method, []).append(row)
    result = {}
    for method, mine in by_method.items():
        result[method] = {column.key: _mean(mine, column.key) for column in COLUMNS}
        result[method]["rss_mb"] = max(row.measure("rss_mb") for row in mine)
        result[method]["hole_share"] = _mean(mine, "hole_share")
    return dict(sorted(result.items(), key=lambda item: item[1]["perc"]))


def best_of(candidates: Means, column: Column) -> str:
    """The method that leads in a column."""
    pick = max if column.more_is_better else min
    return pick(candidates, key=lambda method: candidates[method][column.key])


def ratios(rows: list[Row]) -> str:
    """Ours against the best peer of each kind and measure; empty if either is missing."""
    lines = []
    for kind in KINDS:
        by_method = means(compared(rows, kind))
        peers = {method: values for method, values in by_method.items() if method in PEER_NAMES}
        if not peers:
            continue
        sharpest, closest = best_of(peers, PERCEPTUAL), best_of(peers, PSNR)
        for method, values in by_method.items():
            if method in PEER_NAMES:
                continue
            gain = values[PSNR.key] - peers[closest][PSNR.key]
            share = values[PERCEPTUAL.key] / max(peers[sharpest][PERCEPTUAL.key], 1e-12)
            cost = values[CPU.key] / max(peers[sharpest][CPU.key], 1e-12)
            cells = (kind, method, f"{gain:+.2f}", closest, f"{share:.2f}", f"{cost:.2f}", sharpest)
            lines.append(line(cells))
    if not lines:
        return ""
    titles = (
        "damage",
        "method",
        "PSNR in hole, dB more",
        "than the best peer",
        "perceptual distance, times",
        "CPU seconds, times",
        "those of the best peer",
    )
    return "\n".join(["## Against the best peer\n", *head(titles, left=2), *lines, ""])


def describe(rows: list[Row], conditions: Conditions) -> str:
    """One sentence: how many pictures, and what was done to them."""
    images = {row.image for row in rows}
    said = [f"{len(images)} picture{'s' * (len(images) != 1)}"]
    said.append("masks as people paint them, damage leaking out of them" if conditions.strokes else "exact masks")
    if conditions.grow:
        said.append(f"grown by {conditions.grow} px for the methods")
    if conditions.degrade != "none":
        said.append(f"{conditions.degrade.replace('+', ' and ')} added to the pictures")
    if conditions.scale is None:
        said.append("damage as large as on a finer scan of the same print")
    elif conditions.scale != 1:
        said.append(f"damage {conditions.scale:g} times as large")
    said.append(f"{conditions.threads} thread{'s' * (conditions.threads != 1)}")
    return f"{', '.join(said)}. Bold: the best in its column.\n"


def kind_table(rows: list[Row], kind: str) -> str:
    """All measures of all methods; empty if the kind was not filled."""
    kept = compared(rows, kind)
    if not kept:
        return ""
    by_method = means(kept)
    share = np.mean([values["hole_share"] for values in by_method.values()])
    count = len({row.image for row in kept})
    text = [f"## {kind}\n", f"{count} pictures, mean hole {100 * share:.1f} % of the picture.\n"]
    text += head(("method", *(column.title for column in COLUMNS)))
    best = {column.key: by_method[best_of(by_method, column)][column.key] for column in COLUMNS}
    for method, values in by_method.items():
        cells = [method]
        for column in COLUMNS:
            cell = column.text(values[column.key])
            leads = column.judged and values[column.key] == best[column.key]
            cells.append(f"**{cell}**" if leads else cell)
        text.append(line(cells))
    left_out = sorted({row.method for row in rows if row.kind == kind} - set(by_method))
    if left_out:
        text.append(f"\nLeft out, as they did fewer than half of the pictures: {', '.join(left_out)}.")
    return "\n".join([*text, ""])


def category_table(rows: list[Row], kind: str) -> str:
    """PSNR and perceptual distance of all methods by what the pictures show."""
    kept = compared(rows, kind)
    if not kept:
        return ""
    methods = list(means(kept))
    text = [f"## {kind} by category\n", f"{PSNR.title} / {PERCEPTUAL.title}.\n"]
    text += head(("category", "pictures", *methods))
    for category in sorted({row.category for row in kept}):
        mine = [row for row in kept if row.category == category]
        by_method = means(mine)
        cells = [category, str(len({row.image for row in mine}))]
        for method in methods:
            pair = []
            for column in (PSNR, PERCEPTUAL):
                cell = column.text(by_method[method][column.key])
                pair.append(f"**{cell}**" if best_of(by_method, column) == method else cell)
            cells.append(" / ".join(pair))
        text.append(line(cells))
    return "\n".join([*text, ""])


def category_ratios(rows: list[Row], ours: str) -> str:
    """Ours against the best peer of each measure, by what the pictures show, all kinds of damage side by side."""
    by_kind = {kind: compared(rows, kind) for kind in KINDS}
    kinds = [kind for kind, kept in by_kind.items() if {ours} < {row.method for row in kept} & {ours, *PEER_NAMES}]
    if not kinds:
        return ""
    text = [
        f"## By category, {ours}\n",
        "PSNR in the hole, dB more than the best peer's / perceptual distance, times the best peer's.\n",
        *head(("category", "pictures", *kinds)),
    ]
    categories = {row.category: 0 for kind in kinds for row in by_kind[kind]}
    for category in sorted(categories):
        cells, images = [], set()
        for kind in kinds:
            mine = [row for row in by_kind[kind] if row.category == category]
            images |= {row.image for row in mine}
            by_method = means(mine)
            peers = {method: values for method, values in by_method.items() if method in PEER_NAMES}
            if not peers:
                cells.append("–")
                continue
            more = by_method[ours][PSNR.key] - peers[best_of(peers, PSNR)][PSNR.key]
            least = peers[best_of(peers, PERCEPTUAL)][PERCEPTUAL.key]
            cells.append(f"{more:+.2f} / {by_method[ours][PERCEPTUAL.key] / max(least, 1e-12):.2f}")
        text.append(line((category, str(len(images)), *cells)))
    return "\n".join([*text, ""])


def _mean(rows: list[Row], key: str) -> float:
    return float(np.mean([row.measure(key) for row in rows]))


def head(titles: tuple[str, ...], left: int = 1) -> list[str]:
    """The first two lines of a table whose first `left` columns are text."""
    return [line(titles), "|" + "---|" * left + "--:|" * (len(titles) - left)]


def line(cells: Iterable[str]) -> str:
    """One line of a Markdown table."""
    return f"| {' | '.join(cells)} |"
