"""From what is named on a command line, or dropped on a window, to files with masks and targets."""

from __future__ import annotations

import os
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from restorer.imaging.errors import RestorerError
from restorer.imaging.files import READABLE_SUFFIXES, WRITABLE_SUFFIXES, probe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEEPS = {
    "PNG": (".png",),
    "TIFF": (".tif", ".tiff"),
    "JPEG": (".jpg", ".jpeg", ".jpe"),
    "DICOM": (".dcm", ".dicom"),
    "JPEG 2000": (".jp2", ".j2k", ".jpx", ".jpf", ".j2c"),
}
_MASK_ENDS = re.compile(r"[.\-_ ]?mask$", re.IGNORECASE)


@dataclass(frozen=True)
class Entry:
    """One file of a batch.

    Attributes:
        number: 1, 2, … in the order given.
        source: the file; absolute, only read.
        target: what the restored picture will be called.
        copy: what it will be called if nothing is to be restored: it keeps its format then.
        masks: pictures whose white is to be restored, together.
        memory: bytes that it takes while it is worked on.
        neighbours: of a frame, the files that it is compared with, in their order.
        masks_there: of each of these, its own masks: what is marked there knows nothing.
        fault: a sentence if it is clear already that it cannot be done.
        remarks: sentences about it, as of a gap in a film.
    """

    number: int
    source: Path
    target: Path
    copy: Path
    masks: tuple[Path, ...] = ()
    memory: int = 0
    neighbours: tuple[Path, ...] = ()
    masks_there: tuple[tuple[Path, ...], ...] = ()
    fault: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def beside(self) -> tuple[Path, ...]:
        """All other files that decide the result."""
        return (*self.masks, *self.neighbours, *(path for paths in self.masks_there for path in paths))


@dataclass(frozen=True)
class Found:
    """A file, and its folder below the input that held it."""

    path: Path
    below: Path = Path()


def gather(inputs: Sequence[Path], *, recursive: bool = False, leave_out: Sequence[Path] = ()) -> list[Found]:
    """The picture files that are named, or lie in folders that are, each once, in natural order within a folder.

    Args:
        inputs: files and folders.  A file is taken whatever it is called, also if it is missing: that is told of it.
        recursive: go into the folders below, too, each once, however links lead to it.
        leave_out: folders below them that are not entered, as the one that is written to.

    Raises:
        RestorerError: there is none.
    """
    seen: set[str] = set()
    outside = {os.path.realpath(folder) for folder in leave_out}
    found: list[Found] = []
    for given in inputs:
        named = Path(os.path.abspath(given))  # noqa: PTH100 - links keep the names that people gave them
        for one in _in_folder(named, recursive, outside) if named.is_dir() else [Found(named)]:
            real = os.path.realpath(one.path)
            if real not in seen:
                seen.add(real)
                found.append(one)
    if not found:
        advice = "name others" if recursive else "name others, or add --recursive for the folders below"
        raise RestorerError(f"There are no pictures in {', '.join(map(str, inputs)) or 'nothing'}: {advice}.")
    return found


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts 2 before 10."""
    parts = re.split(r"(\d+)", name.casefold())
    return tuple((0, int(part), part) if part.isdecimal() else (1, 0, part) for part in parts)


def _in_folder(folder: Path, recursive: bool, outside: set[str]) -> Iterator[Found]:
    entered: set[str] = set()
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
        paths = [place / name for name in names if not name.startswith(".")]
        yield from (
            Found(path, place.relative_to(folder))
            for path in paths
            if path.suffix.lower() in READABLE_SUFFIXES and path.is_file()
        )
        if recursive:
            waiting += [path for path in reversed(paths) if path.is_dir()]


def plan(found: Sequence[Found], output: Path, ending: str = "") -> list[Entry]:
    """Entries with their targets; each file's header is read.

    Args:
        found: what `gather` gave.
        output: the folder to write to; folders below an input come again below it.
        ending: what target names end in: `.tif` for another format, `-restored` after the name, or both.

    Raises:
        RestorerError: two files would be written under one name, or a target is one of the inputs; or no such ending.
    """
    addition, suffix = _ending(ending)
    output = Path(os.path.abspath(output))  # noqa: PTH100
    entries = [_entry(number, one, output, addition, suffix) for number, one in enumerate(found, 1)]
    owners: dict[str, Entry] = {}
    for entry in entries:
        for name in {_folded(entry.target), _folded(entry.copy)}:
            other = owners.setdefault(name, entry)
            if other is not entry:
                raise RestorerError(
                    f"{other.source} and {entry.source} would both be written as {entry.target}: give the folder that "
                    "holds them all with --recursive, so that folders are kept, or use two batches."
                )
    sources = {os.path.realpath(entry.source) for entry in entries}
    for entry in entries:
        for path in (entry.target, entry.copy):
            if path.exists() and os.path.realpath(path) in sources:
                raise RestorerError(f"{path} is one of the pictures to read: choose another folder for the output.")
    return entries


def _entry(number: int, one: Found, output: Path, addition: str, suffix: str) -> Entry:
    place, path = output / one.below, one.path
    copy = place / f"{path.stem}{addition}{path.suffix}"
    try:
        header = probe(path, inks=True)
    except RestorerError as error:
        return Entry(number, path, copy, copy, fault=str(error))
    own = _KEEPS.get(header.format, ())
    instead = ".tif" if header.inks or header.dtype.kind == "f" else ".png"
    kept = path.suffix if path.suffix.lower() in own else (*own, instead)[0]
    target = place / f"{path.stem}{addition}{suffix or kept}"
    return Entry(number, path, target, copy, memory=header.memory + header.pixel_bytes)


def _ending(ending: str) -> tuple[str, str]:
    addition, dot, kind = ending.rpartition(".") if "." in ending else (ending, "", "")
    suffix = f"{dot}{kind}"
    if suffix and suffix.lower() not in WRITABLE_SUFFIXES:
        raise RestorerError(f"{ending} is no ending to write: choose one of {', '.join(WRITABLE_SUFFIXES)}.")
    if any(sign in addition for sign in "/\\\0"):
        raise RestorerError(f"{addition} cannot be part of a file's name: leave out the slash.")
    return addition, suffix


def _folded(path: Path) -> str:
    """Equal for names that some disk takes for one."""
    return unicodedata.normalize("NFC", str(path)).casefold()


def with_masks(entries: Sequence[Entry], found: Sequence[Found], folder: Path, *, needed: bool = True) -> list[Entry]:
    """Each entry with the mask in `folder` of the same name, whatever its suffix; `NAME-mask` and the like fit too.

    A mask in the same folder below it as the picture's goes before one at its top.  An entry with more than one gets a
    fault; so does one with none, if it is `needed`.

    Raises:
        RestorerError: there is no such folder, or no picture in it.
    """
    if not folder.is_dir():
        raise RestorerError(f"There is no folder {folder}: give --masks the folder of the masks.")
    by_name: dict[tuple[Path, str], set[Path]] = defaultdict(set)
    for one in gather([folder], recursive=True):
        for name in {one.path.stem, _MASK_ENDS.sub("", one.path.stem)}:
            by_name[one.below, _folded(Path(name))].add(one.path)
    paired = []
    for entry, one in zip(entries, found, strict=True):
        names = [_folded(Path(name)) for name in (entry.source.stem, entry.source.name)]
        places = [one.below] if one.below == Path() else [one.below, Path()]
        fitting = next((by_name[place, name] for place in places for name in names if by_name[place, name]), set())
        if entry.fault:
            paired.append(entry)
        elif len(fitting) == 1:
            paired.append(replace(entry, masks=(*entry.masks, *fitting)))
        elif fitting:
            several = ", ".join(sorted(path.name for path in fitting))
            paired.append(replace(entry, fault=f"“{entry.source.name}” has several masks ({several}): leave one."))
        elif not needed:
            paired.append(entry)
        else:
            missing = f"There is no mask for “{entry.source.name}” in {folder}: draw one, an empty one to copy it."
            paired.append(replace(entry, fault=missing))
    return paired
