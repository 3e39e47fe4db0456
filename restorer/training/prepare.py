"""From folders of anyone's pictures to training shards: scaled, filtered, without duplicates, and with a manifest.

Two passes.  The first (`staging.py`) decodes and reduces each picture into a working folder beside the target.  The
second drops what shows the same (`likeness.py`), shuffles with the seed, packs plain tar shards, writes the manifest,
and only then gives the folder its name: a folder of that name is always whole.
"""

from __future__ import annotations

import csv
import dataclasses
import io
import os
import shutil
import tarfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError
from restorer.training.likeness import Seen, fingerprint
from restorer.training.pictures import decoded, picture_files
from restorer.training.staging import Picture, Settings, Staged, printable, stage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

COLUMNS = ("file", "shard", "source", "source_path", "licence", "width", "height", "category", "sha256")
"""Of MANIFEST.csv; `sha256` is that of the WebP file in the shard, `source` the folder, `source_path` lies below it."""
MANIFEST, LEFT_OUT = "MANIFEST.csv", "LEFT-OUT.csv"


@dataclass(frozen=True)
class Refused:
    """A file that is not in the shards: `kind` is `unreadable`, `small`, `flat` or `duplicate`."""

    source: str
    path: str
    kind: str
    why: str


@dataclass(frozen=True)
class Prepared:
    """What came of it."""

    folder: Path
    training: int
    validation: int
    shards: int
    refused: tuple[Refused, ...]

    def count(self, kind: str) -> int:
        return sum(refused.kind == kind for refused in self.refused)


def prepare(
    folders: Sequence[Path],
    target: Path,
    settings: Settings,
    report: Callable[[int, int], None] = lambda _done, _total: None,
    tell: Callable[[str], None] = lambda _sentence: None,
    workers: int = 2,
) -> Prepared:
    """Make training shards in `target` of all pictures below `folders`.

    `target` must not be there, or be an empty folder.  Broken off, what was done lies in a working folder beside it,
    and the same call goes on with it.  The same pictures and settings give the same bytes.

    Args:
        folders: are searched with all that is below them; the name of the first folder below is the category.
        target: gets `train/train-NN.tar`, `val/val-NN.tar`, MANIFEST.csv and LEFT-OUT.csv.
        settings: sizes, shares and seed.
        report: told how many files of how many are staged.
        tell: told a sentence for each file that cannot be read.
        workers: files decoded at the same time.

    Raises:
        RestorerError: a folder is missing, there is no picture to use, or the target cannot be written.
    """
    pictures = _listed(folders)
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise RestorerError(f"{target} is there already: choose another folder for -o, or remove it first.")
    work = target.absolute().with_name(f".{target.absolute().name}.preparing")
    try:
        work.mkdir(parents=True, exist_ok=True)
        staged = stage(pictures, work, settings, report, tell, workers)
        prepared = _pack(pictures, staged, work, settings)
        if target.exists():
            target.rmdir()
        prepared.folder.replace(target)
    except OSError as error:
        raise RestorerError(
            f"The folder {target} cannot be written ({error.strerror or error}): make room, or choose another one; "
            "the same command then goes on."
        ) from None
    shutil.rmtree(work, ignore_errors=True)
    return dataclasses.replace(prepared, folder=target)


def _listed(folders: Sequence[Path]) -> list[Picture]:
    found: list[Picture] = []
    names: set[str] = set()
    for folder in folders:
        if not folder.is_dir():
            raise RestorerError(f"There is no folder {folder}: name one with pictures.")
        name = base = folder.resolve().name or "pictures"
        number = 2
        while name in names:
            name, number = f"{base}-{number}", number + 1
        names.add(name)
        found += [Picture(path, name, path.relative_to(folder).as_posix()) for path in picture_files(folder)]
    if not found:
        raise RestorerError("There is no picture in these folders: name others, or save the pictures as PNG or TIFF.")
    return found


def _pack(pictures: Sequence[Picture], staged: Sequence[Staged], work: Path, settings: Settings) -> Prepared:
    kept, refused = _chosen(pictures, staged, work)
    if not kept:
        reasons = "; ".join(f"{item.path}: {item.why}" for item in refused[:3])
        raise RestorerError(f"None of the {len(pictures)} pictures can be used ({reasons}): name others.")
    packed = work / "packed"
    shutil.rmtree(packed, ignore_errors=True)  # of a packing that was broken off
    packed.mkdir()
    order = np.random.default_rng(settings.seed).permutation(len(kept))
    aside = min(len(kept) - 1, max(1, round(settings.validation * len(kept)))) if settings.validation else 0
    rows = []
    shards = 0
    for name, chosen in (("val", order[:aside]), ("train", order[aside:])):
        shard_of = _write_shards(packed / name, [kept[i] for i in chosen], work, settings.shard_bytes)
        shards += len(set(shard_of))
        rows += [_row(*kept[int(i)], shard, settings.licence) for i, shard in zip(chosen, shard_of, strict=True)]
    _write_csv(packed / MANIFEST, COLUMNS, rows)
    left = [tuple(printable(value) for value in dataclasses.astuple(item)) for item in refused]
    _write_csv(packed / LEFT_OUT, ("source", "source_path", "kind", "why"), left)
    return Prepared(packed, len(kept) - aside, aside, shards, tuple(refused))


def _chosen(
    pictures: Sequence[Picture], staged: Sequence[Staged], work: Path
) -> tuple[list[tuple[Picture, Staged]], list[Refused]]:
    """The pictures to keep, and the others.  Of those that show the same, the one with the most pixels is kept."""
    refused = [
        Refused(picture.source, picture.below, one.kind, one.why)
        for picture, one in zip(pictures, staged, strict=True)
        if one.kind
    ]
    usable = [(picture, one) for picture, one in zip(pictures, staged, strict=True) if not one.kind]
    usable.sort(key=lambda item: (-item[1].pixels, item[0].source, item[0].below))
    kept: list[tuple[Picture, Staged]] = []
    seen = Seen()
    for picture, one in usable:
        mark = fingerprint(decoded((work / f"{one.sha256}.webp").read_bytes()))
        twin = seen.twin(mark)
        if twin is not None:
            other = kept[twin][0]
            why = f"shows the same as {other.source}/{other.below}"
            refused.append(Refused(picture.source, picture.below, "duplicate", why))
            continue
        seen.add(mark)
        kept.append((picture, one))
    return kept, refused


def _write_shards(folder: Path, kept: Sequence[tuple[Picture, Staged]], work: Path, shard_bytes: int) -> list[str]:
    """Write `folder`/NAME-NN.tar, NAME being the folder's; returns the shard of each picture."""
    if not kept:
        return []
    folder.mkdir()
    parts: list[list[tuple[Picture, Staged]]] = [[]]
    room = shard_bytes
    for item in kept:
        size = (work / f"{item[1].sha256}.webp").stat().st_size
        if parts[-1] and size > room:
            parts.append([])
            room = shard_bytes
        parts[-1].append(item)
        room -= size
    shard_of = []
    digits = max(2, len(str(len(parts) - 1)))
    for number, part in enumerate(parts):
        shard = f"{folder.name}-{number:0{digits}}.tar"
        _write_shard(folder / shard, part, work)
        shard_of += [shard] * len(part)
    return shard_of


def _write_shard(path: Path, kept: Sequence[tuple[Picture, Staged]], work: Path) -> None:
    with path.open("wb") as stream:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
            for picture, one in kept:
                data = (work / f"{one.sha256}.webp").read_bytes()
                member = tarfile.TarInfo(_member(picture, one))  # without times and owners: the same bytes each time
                member.size = len(data)
                tar.addfile(member, io.BytesIO(data))
        stream.flush()
        os.fsync(stream.fileno())


def _member(picture: Picture, one: Staged) -> str:
    return f"{picture.category}/{one.sha256[:16]}.webp"


def _row(picture: Picture, one: Staged, shard: str, licence: str) -> tuple[object, ...]:
    origin = (printable(picture.source), printable(picture.below), licence)
    return _member(picture, one), shard, *origin, one.width, one.height, picture.category, one.sha256


def _write_csv(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write_atomically(path, lambda stream: stream.write(text.getvalue().encode()))
