"""The whole page of one folder of results, made again from what lies there."""

from __future__ import annotations

from restorer.evaluation import confidence
from restorer.evaluation.conditions import Conditions
from restorer.evaluation.goals import goals, our_method
from restorer.evaluation.masks import KINDS
from restorer.evaluation.results import Results, Row
from restorer.evaluation.tables import category_ratios, category_table, describe, kind_table, ratios


def page(results: Results) -> str:
    """`results.md`."""
    return f"# Fills compared\n\n{sections(results.rows(), results.conditions())}\n{confidence.table(results)}"


def sections(rows: list[Row], conditions: Conditions, *, categories: bool = True) -> str:
    """What was done, the goals, all measures by kind of damage, and (`categories`) each by what the pictures show."""
    if not rows:
        return "Nothing has been scored yet.\n"
    ours = our_method(rows)
    parts = [describe(rows, conditions), goals(rows)]
    parts += [kind_table(rows, kind) for kind in KINDS]
    parts.append(ratios(rows))
    if categories and ours is not None:
        parts.append(category_ratios(rows, ours))
        parts += [category_table(rows, kind) for kind in KINDS]
    return "\n".join(part for part in parts if part)
