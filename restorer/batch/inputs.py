"""From what is named on a command line, or dropped on a window, to the pictures that are to be restored."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from restorer.batch.journal import FOLDER, noted_in
from restorer.batch.verdicts import ASIDE
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import READABLE_SUFFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True)
class Found:
    """A file that is to be restored.

    Attributes:
        path: absolute.
        below: its folder below the input that held it.
        masks: pictures whose white is to be restored, together.
        fault: a sentence if it is clear already that it cannot be done.
    """

    path: Path
    below: Path = Path()
    masks: tuple[Path, ...] = ()
    fault: str = ""


def gather(
    inputs: Sequence[Path],
    *,
    recursive: bool = False,
    leave_out: Sequence[Path] = (),
    notice: Callable[[str], None] = lambda _sentence: None,
) -> list[Found]:
    """The picture files that are named, or lie in folders that are, each once, in natural order within a folder.

    What earlier batches wrote is left out: in folders below an input, all that a journal there knows and what was put
    aside there; in an input itself, and of the folders in `leave_out`, the results whose originals are among the
    pictures.  So a batch that writes beside its originals, or below them, does not take its results for originals,
    and a folder of results can still be restored again: by naming it.

    Args:
        inputs: files and folders.  A file is taken whatever it is called, also if it is missing: that is told of it.
            A folder without pictures is taken, too, with a fault.
        recursive: go into the folders below, too, each once, however links lead to it.
        leave_out: folders below them that are not entered, as the one that is written to.
        notice: told in a sentence what was left out.

    Raises:
        RestorerError: there is none.
    """
    outside = {os.path.realpath(folder) for folder in leave_out}
    results: dict[str, str] = {}
    for folder in leave_out:
        results |= _results_in(folder, of_originals=True)
    advice = "name others" if recursive else "name others, or add --recursive for the folders below"
    found: dict[str, Found] = {}
    for given in inputs:
        named = Path(os.path.abspath(given))  # noqa: PTH100 - links keep the names that people gave them
        lying = list(_in_folder(named, recursive, outside, results)) if named.is_dir() else [Found(named)]
        for one in lying or [Found(named, fault=f"There are no pictures in {named}: {advice}.")]:
            found.setdefault(os.path.realpath(one.path), one)
    written = {real: one for real, one in found.items() if real in results and results[real] in ("", *found)}
    kept = [one for real, one in found.items() if real not in written]
    if all(one.fault for one in kept):
        listed = ", ".join(map(str, inputs)) or "nothing"
        if written:
            raise RestorerError(f"There are only results of earlier batches in {listed}: name others, or their folder.")
        raise RestorerError(f"There are no pictures in {listed}: {advice}.")
    if written:
        first = next(iter(written.values())).path
        notice(f"Left out, as earlier batches wrote them: {len(written)} files, such as {first}.")
    return kept


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2 before 10."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def folded(name: str) -> str:
    """Equal for names that some disk takes for one."""
    return unicodedata.normalize("NFC", name).casefold()


def pictures_below(folder: Path) -> tuple[list[Found], dict[str, str]]:
    """All that lie in a folder or below it; by its real path, of each that batches wrote there, its original's, if the
    folder's own journal tells it.
    """
    results: dict[str, str] = {}
    return list(_in_folder(folder, True, set(), results)), results


def _in_folder(folder: Path, recursive: bool, outside: set[str], results: dict[str, str]) -> Iterator[Found]:
    """Pictures, and links that lead nowhere; `results` takes up what the journals on the way know."""
    entered: set[str] = set()
    put_aside: set[Path] = set()
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        real = os.path.realpath(place)
        if real in entered or (real in outside and place != folder):
            continue
        entered.add(real)
        try:
            names = sorted((path.name for path in place.iterdir()), key=natural)
        except OSError as error:
            raise RestorerError(f"The folder {place} cannot be read ({error.strerror}): check it.") from None
        if FOLDER in names:
            results |= _results_in(place, of_originals=place == folder)
            put_aside.add(place / ASIDE)
        paths = [place / name for name in names if not name.startswith(".")]
        pictures = [path for path in paths if path.suffix.lower() in READABLE_SUFFIXES and not path.is_dir()]
        if not put_aside.isdisjoint((place, *place.parents)):
            results |= {os.path.realpath(path): "" for path in pictures}
        yield from (Found(path, place.relative_to(folder)) for path in pictures)
        if recursive:
            waiting += [path for path in reversed(paths) if path.is_dir()]


def _results_in(output: Path, *, of_originals: bool) -> dict[str, str]:
    """By its real path, of each file that a batch wrote into `output`: its original's, or nothing."""
    return {
        os.path.realpath(one.target.with_name(name)): os.path.realpath(one.source) if of_originals else ""
        for one in noted_in(output).values()
        for name, _, _ in one.outcome.files
    }
