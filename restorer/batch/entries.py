"""The files of a batch: what is read for each, and what is written."""

from __future__ import annotations

import os
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from restorer.batch.inputs import folded
from restorer.document.export import Options
from restorer.document.manifest import beside
from restorer.imaging.errors import RestorerError
from restorer.imaging.files import WRITABLE_SUFFIXES, probe

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from restorer.batch.inputs import Found

_KEEPS = {
    "PNG": (".png",),
    "TIFF": (".tif", ".tiff"),
    "JPEG": (".jpg", ".jpeg", ".jpe"),
    "DICOM": (".dcm", ".dicom"),
    "JPEG 2000": (".jp2", ".j2k", ".jpx", ".jpf", ".j2c"),
}
_PICTURE_ALONE = Options()
_LONGEST = 255
"""Of names, in bytes, or in UTF-16 units on Windows; common file systems take no more."""


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


def plan(found: Sequence[Found], output: Path, ending: str = "", options: Options = _PICTURE_ALONE) -> list[Entry]:
    """Entries with their targets; each file's header is read.

    Files that would be written under one name all get a fault.

    Args:
        found: what `gather` gave, with masks as `paired` gave them.
        output: the folder to write to; folders below an input come again below it.
        ending: what target names end in: `.tif` for another format, `-restored` after the name, or both.
        options: what else is written beside each.

    Raises:
        RestorerError: what is written would replace a picture or a mask that is read; or no such ending.
    """
    addition, suffix = _ending(ending)
    output = Path(os.path.abspath(output))  # noqa: PTH100
    entries = [_entry(number, one, output, addition, suffix) for number, one in enumerate(found, 1)]
    pictures = {os.path.realpath(entry.source) for entry in entries}
    masks = {os.path.realpath(mask) for entry in entries for mask in entry.masks}
    for entry in entries:
        for path in filter(Path.exists, _written(entry, options)):
            real = os.path.realpath(path)
            if real in pictures:
                raise RestorerError(f"{path} is one of the pictures to read: choose another folder for the output.")
            if real in masks:
                raise RestorerError(f"{path} is one of the masks to read: choose another folder for the output.")
    return _each_alone([replace(entry, fault=entry.fault or _too_long(entry, options)) for entry in entries])


def _written(entry: Entry, options: Options) -> Iterator[Path]:
    yield entry.target
    yield entry.copy
    manifest, mask = beside(entry.target)
    if options.manifest:
        yield manifest
    if options.mask:
        yield mask


def _too_long(entry: Entry, options: Options) -> str:
    """A sentence if a name is longer than file systems take, or nothing."""
    for path in _written(entry, options):
        units = len(path.name.encode("utf-16-le")) // 2 if os.name == "nt" else len(os.fsencode(path.name))
        if units > _LONGEST:
            return f"The name “{path.name}” would be too long for a file: shorten that of the original."
    return ""


def _each_alone(entries: list[Entry]) -> list[Entry]:
    """With a fault for those that would have a name together."""
    owners: dict[str, dict[int, Entry]] = defaultdict(dict)
    for entry in entries:
        if not entry.fault:
            for path in (entry.target, entry.copy):
                owners[folded(str(path))][entry.number] = entry
    faults: dict[int, str] = {}
    for together in owners.values():
        for entry in together.values():
            for other in together.values():
                if other is not entry:
                    faults.setdefault(entry.number, _meets(entry, other))
    return [replace(entry, fault=entry.fault or faults.get(entry.number, "")) for entry in entries]


def _meets(entry: Entry, other: Entry) -> str:
    advice = "restore one of them into a folder of its own"
    if entry.source.parent != other.source.parent:
        advice = "give the folder that holds them all with --recursive, so that folders are kept, or use two batches"
    return f"It would have the same name in the output as {other.source}: {advice}."


def _entry(number: int, one: Found, output: Path, addition: str, suffix: str) -> Entry:
    place, path = output / one.below, one.path
    copy = place / f"{path.stem}{addition}{path.suffix}"
    try:
        header = probe(path, inks=True)
    except RestorerError as error:
        return Entry(number, path, copy, copy, one.masks, fault=one.fault or str(error))
    own = _KEEPS.get(header.format, ())
    instead = ".tif" if header.inks or header.dtype.kind == "f" else ".png"
    kept = path.suffix if path.suffix.lower() in own else (*own, instead)[0]
    target = place / f"{path.stem}{addition}{suffix or kept}"
    memory = header.memory + header.pixel_bytes
    return Entry(number, path, target, copy, one.masks, memory=memory, fault=one.fault)


def _ending(ending: str) -> tuple[str, str]:
    addition, dot, kind = ending.rpartition(".") if "." in ending else (ending, "", "")
    suffix = f"{dot}{kind}"
    if suffix and suffix.lower() not in WRITABLE_SUFFIXES:
        raise RestorerError(f"{ending} is no ending to write: choose one of {', '.join(WRITABLE_SUFFIXES)}.")
    if any(sign in addition for sign in "/\\\0"):
        raise RestorerError(f"{addition} cannot be part of a file's name: leave out the slash.")
    return addition, suffix
