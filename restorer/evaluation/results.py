"""What was filled and scored, kept in a folder so that nothing is done twice.

    run.json                     the conditions
    pictures.json                the category of each picture
    inputs/                      the clean pictures; for each kind of damage the mask that the methods get and, where
                                 they differ, the picture that they get (.given) and the mask that is judged (.judged)
    fills/METHOD/                the filled pictures, fills.json (costs), scores.json, log.txt
    confidence/METHOD.json       expected and real errors, region by region
    results.csv, results.md      made from the above

A fill counts as done while the checksum of its picture and mask and the method's weights are unchanged, a score while
the fill's is.
"""

from __future__ import annotations

import csv
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from restorer.evaluation.conditions import Conditions
from restorer.evaluation.masks import KINDS
from restorer.evaluation.methods import Method
from restorer.evaluation.pictures import category_of
from restorer.evaluation.scores import Scores
from restorer.imaging.errors import RestorerError


@dataclass(frozen=True)
class Row:
    """One fill with its scores and costs: a line of the CSV."""

    method: str
    image: str
    category: str
    kind: str
    scores: Scores
    seconds: float
    cpu_seconds: float
    rss_mb: float | None
    """Peak memory of the process, MiB; None where the system doesn't tell."""

    def measure(self, name: str) -> float:
        """A score or a cost by its CSV column; NaN where there is none."""
        value = getattr(self.scores, name) if hasattr(self.scores, name) else getattr(self, name)
        return float("nan") if value is None else float(value)

    def line(self) -> dict[str, Any]:
        """The CSV columns in their order."""
        rounded = {name: round(value, 5) for name, value in asdict(self.scores).items()}
        costs = {"seconds": self.seconds, "cpu_seconds": self.cpu_seconds, "rss_mb": self.rss_mb}
        named = {"method": self.method, "image": self.image, "category": self.category, "kind": self.kind}
        return {**named, **rounded, **costs}


COLUMNS = (
    "method",
    "image",
    "category",
    "kind",
    *(field.name for field in fields(Scores)),
    "seconds",
    "cpu_seconds",
    "rss_mb",
)


class Results:
    """The folder of one evaluation."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inputs = folder / "inputs"

    def claim(self, conditions: Conditions) -> None:
        """Makes the folder, or checks that what it holds was made under the same conditions."""
        wanted = asdict(conditions)
        held = load(self.folder / "run.json")
        if held and held != wanted:
            differing = ", ".join(f"{k} {held.get(k)}" for k in {**wanted, **held} if held.get(k) != wanted.get(k))
            raise RestorerError(
                f"{self.folder} holds results for {differing}: choose another folder with -o, or give the same options."
            )
        self.inputs.mkdir(parents=True, exist_ok=True)
        save(self.folder / "run.json", wanted)

    def truth(self, image: str) -> Path:
        """The picture that fills are judged against."""
        return self.inputs / f"{image}.png"

    def given(self, key: str) -> Path:
        """The picture that methods get, its known pixels: the truth, unless damage leaks out of the mask."""
        own = self.inputs / f"{key}.given.png"
        return own if own.exists() else self.truth(key.rpartition("_")[0])

    def mask(self, key: str) -> Path:
        """The mask that methods get."""
        return self.inputs / f"{key}.mask.png"

    def judged(self, key: str) -> Path:
        """The mask that is judged: the same, unless it was grown for the methods."""
        own = self.inputs / f"{key}.judged.png"
        return own if own.exists() else self.mask(key)

    def conditions(self) -> Conditions:
        """Those that everything here was made under."""
        held = load(self.folder / "run.json")
        if not held:
            raise RestorerError(f"{self.folder} holds no evaluation: give the folder that `restorer evaluate -o` made.")
        return Conditions(**held)

    def keep_categories(self, categories: dict[str, str]) -> None:
        """The categories of pictures by name, beside those of earlier runs."""
        save(self.folder / "pictures.json", {**load(self.folder / "pictures.json"), **categories})

    def of(self, method: Method) -> MethodResults:
        return MethodResults(self.folder / "fills" / method.folder, method.name, method.version)

    def methods(self) -> list[MethodResults]:
        """Everything that was ever filled here."""
        found = []
        for file in sorted((self.folder / "fills").glob("*/fills.json")):
            held = load(file)
            found.append(MethodResults(file.parent, held["method"], held.get("version", "")))
        return found

    def rows(self) -> list[Row]:
        """All valid scores, ordered by picture, kind and method."""
        categories = load(self.folder / "pictures.json")
        rows = [row for method in self.methods() for row in method.rows(categories)]
        return sorted(rows, key=lambda row: (row.image, KINDS.index(row.kind), row.method))

    def write_csv(self, rows: list[Row]) -> Path:
        path = self.folder / "results.csv"
        part = path.with_name(path.name + ".part")
        with part.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(row.line() for row in rows)
        part.replace(path)
        return path


class MethodResults:
    """What one method filled, by key: `PICTURE_KIND`."""

    def __init__(self, folder: Path, name: str, version: str = "") -> None:
        self.folder, self.name, self.version = folder, name, version
        self._fills_file, self._scores_file = folder / "fills.json", folder / "scores.json"
        record = load(self._fills_file) or {"method": name, "fills": {}}
        if record["method"] != name:
            raise RestorerError(
                f"{folder} holds the fills of {record['method']}, not of {name}: choose another folder by -o."
            )
        self._fills: dict[str, Any] = record["fills"] if record.get("version", "") == version else {}
        self._scores: dict[str, Any] = load(self._scores_file)

    def picture(self, key: str) -> Path:
        return self.folder / f"{key}.png"

    def has(self, key: str, given: int | None = None) -> bool:
        """Whether this was filled; with `given`, from an input of that checksum."""
        fill = self._fills.get(key)
        return fill is not None and given in (None, fill["given"]) and self.picture(key).exists()

    def record(self, key: str, given: int, answer: dict[str, Any]) -> None:
        """Keeps the worker's answer for a fill."""
        costs = {name: answer[name] for name in ("seconds", "cpu_seconds", "rss_mb", "made")}
        self._fills[key] = {**costs, "given": given}
        save(self._fills_file, {"method": self.name, "version": self.version, "fills": self._fills})

    def forget(self) -> None:
        """Everything is to be filled again."""
        self._fills.clear()

    def score_of(self, key: str) -> Scores | None:
        """The scores of the fill as it is now, if it was scored."""
        score, fill = self._scores.get(key), self._fills.get(key)
        if score is None or fill is None or score["made"] != fill["made"] or score["given"] != fill["given"]:
            return None
        return Scores(**score["scores"])

    def keep_scores(self, scores: dict[str, Scores]) -> None:
        for key, score in scores.items():
            fill = self._fills[key]
            self._scores[key] = {"made": fill["made"], "given": fill["given"], "scores": asdict(score)}
        save(self._scores_file, self._scores)

    def rows(self, categories: dict[str, str]) -> list[Row]:
        """Its valid scores, with the category of each picture (that of its name where there is none)."""
        rows = []
        for key, fill in self._fills.items():
            scores = self.score_of(key)
            if scores is not None:
                image, _, kind = key.rpartition("_")
                costs = fill["seconds"], fill["cpu_seconds"], fill["rss_mb"]
                category = categories.get(image) or category_of(image)
                rows.append(Row(self.name, image, category, kind, scores, *costs))
        return rows


def load(path: Path) -> dict[str, Any]:
    """What a JSON file holds; empty if there is none."""
    if not path.exists():
        return {}
    try:
        held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RestorerError(f"{path} is damaged: remove it and run again.") from error
    return held


def save(path: Path, held: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(held, indent=0), encoding="utf-8")
    part.replace(path)
