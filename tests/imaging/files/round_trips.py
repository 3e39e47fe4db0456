"""The table of round trips: each cell opens a file, changes a few pixels, saves it, and asks others what is in it.

    python tests/imaging/files/round_trips.py docs/formats.md

writes the table as it was measured.  A new format adds `Cell`s to a module of its own and that module to `tables`.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from restorer.imaging.files import Photograph, differing, losses, read_back, read_photograph, write_photograph

PROPERTIES = ("pixels", "ICC", "EXIF", "GPS", "MakerNote", "XMP", "IPTC", "DPI", "orientation", "tags", "text")
"""What a cell may hold; `tags` are those of TIFF, `text` the notes of PNG and the texts of TIFF's tags."""

MEASURED = "## Damaged files"
"""From this heading on the page is written by hand, and stays."""

_ABOUT_FILES = ("SourceFile", "System:", "ExifTool:", "File:", "Composite:")
_IN_EVERY_FORMAT = ("IFD0:", "ExifIFD:", "GPS:", "XMP-", "ICC", "IPTC:")
_ABOUT_STORAGE = (
    ":StripOffsets", ":StripByteCounts", ":TileOffsets", ":TileByteCounts", ":RowsPerStrip", "PNG:Filter",
    "PNG:Interlace", ":SubIFD",
)  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """One kind of file.

    Attributes:
        name: as it stands in the table.
        suffix: of the file and of the new one.
        make: writes a file with all of `holds` and returns the pixels (as stored) that a correct reader finds.
        holds: the properties that `make` puts in; each has to survive.
        stored: reads pixels as stored, without the code under test; None if nothing else here can.
        properties: reads the other properties without the code under test: any values that can be compared.
        said: words of the sentences that have to be said before saving; () if nothing may be.
        how: arguments of `read_photograph`.
        near: how far a changed pixel may be off after saving, in values of the photograph (lossy or few levels).
        lossy: whether pixels beside the changed ones may change too.
    """

    name: str
    suffix: str
    make: Callable[[Path], np.ndarray]
    holds: frozenset[str]
    stored: Callable[[Path], np.ndarray] | None
    properties: Callable[[Path], dict[str, object]]
    said: tuple[str, ...] = ()
    how: dict[str, object] = field(default_factory=dict)
    near: float = 0
    lossy: bool = False
    imagemagick: bool = True  # whether it can be the pixels' witness too
    changes: tuple[str, ...] = ()  # exiftool's names of what is said to change
    saved_as: str = ""  # the new file's suffix, where it is another format


@dataclass(frozen=True)
class Outcome:
    kept: dict[str, bool]  # by property
    said: tuple[str, ...]
    witnesses: tuple[str, ...]  # who was asked
    faults: tuple[str, ...]  # what they found


def walk(cell: Cell, folder: Path) -> Outcome:
    """The whole way of one cell, in an empty folder."""
    return walk_all((cell,), folder)[cell.name]


def walk_all(cells: tuple[Cell, ...], folder: Path) -> dict[str, Outcome]:
    """The whole way of each cell, in an empty folder; by name."""
    ways = {}
    for number, cell in enumerate(cells):
        place = folder / str(number)
        place.mkdir()
        ways[cell.name] = cell, place / f"in{cell.suffix}", place / f"out{cell.saved_as or cell.suffix}"
    outcomes = {name: _saved(*way) for name, way in ways.items()}
    by_exiftool = exiftool_tags([path for _, *pair in ways.values() for path in pair])
    for name, (cell, path, target) in ways.items():
        outcome = outcomes[name]
        found = {
            "exiftool": exiftool_faults(cell, by_exiftool.get(path), by_exiftool.get(target)),
            "ImageMagick": imagemagick_faults(cell, path, target),
            "libtiff": tiffinfo_faults(cell, path, target),
        }
        asked = {witness: faults for witness, faults in found.items() if faults is not None}
        faults = [f"{witness}: {fault}" for witness, several in asked.items() for fault in several]
        outcomes[name] = replace(outcome, witnesses=("Python", *asked), faults=(*outcome.faults, *faults))
    return outcomes


def _saved(cell: Cell, path: Path, target: Path) -> Outcome:
    """Opened, changed and saved; what the witnesses in Python say."""
    truth = cell.make(path)
    before = path.read_bytes()
    photograph = read_photograph(path, **cell.how)
    changed = photograph.pixels.copy()
    changed[3:6, 8:12] = changed[20:23, 30:34][::-1]
    faults = []
    if cell.stored is not None and not _same(cell.stored(path), truth):
        faults.append("the specimen is not what it should be")
    said = losses(photograph, target)
    write_photograph(photograph, changed, target)
    if path.read_bytes() != before:
        faults.append("the original was changed")
    faults += _pixel_faults(cell, photograph, changed, target)
    old, new = cell.properties(path), cell.properties(target)
    kept = {name: old.get(name) is not None and old.get(name) == new.get(name) for name in cell.holds - {"pixels"}}
    kept["pixels"] = not faults
    return Outcome(kept, said, (), tuple(faults))


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    return (
        one.shape == other.shape
        and one.dtype == other.dtype
        and np.array_equal(one, other, equal_nan=one.dtype.kind == "f")
    )


def _pixel_faults(cell: Cell, photograph: Photograph, changed: np.ndarray, target: Path) -> Iterator[str]:
    """What is wrong with the pixels of the new file, by our own reader and by another one."""
    differs = np.ones(changed.shape[:2], bool)
    back = np.zeros_like(changed)
    for region, part in read_back(target, photograph):
        differs[region.slices] = differing(part, photograph.pixels[region.slices])
        back[region.slices] = part
    marked = np.zeros(differs.shape, bool)
    marked[3:6, 8:12] = True
    if (differs & ~marked).any() and not cell.lossy:
        yield f"{int((differs & ~marked).sum())} pixels changed that were not marked"
    off = np.abs(back[marked].astype(np.float64) - changed[marked]).max()
    if off > cell.near:
        yield f"a marked pixel is off by {off}"
    if cell.stored is not None:
        old, new = cell.stored(photograph.path), cell.stored(target)
        if old.shape != new.shape or old.dtype != new.dtype:
            yield f"another reader finds {new.dtype} {new.shape} instead of {old.dtype} {old.shape}"
        elif not cell.lossy:
            differs = np.ascontiguousarray(old).view(f"V{old.itemsize}") != np.ascontiguousarray(new).view(
                f"V{new.itemsize}"
            )
            count = differs.any(axis=int(np.argmin(old.shape))).sum() if old.ndim == 3 else differs.sum()
            if not 0 < count <= 12:
                yield f"another reader finds {count} other pixels, not the 12 that were changed"


# --- witnesses that are no Python ------------------------------------------------------------------------------


def exiftool_tags(paths: list[Path]) -> dict[Path, dict[str, object]]:
    """Every tag exiftool knows, in all groups; empty if it is not installed."""
    if shutil.which("exiftool") is None:
        return {}
    command = ["exiftool", "-j", "-a", "-u", "-U", "-n", "-G1", "-b", "-ee", *paths]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {Path(tags["SourceFile"]): tags for tags in json.loads(done.stdout)}


def exiftool_faults(cell: Cell, before: dict[str, object] | None, after: dict[str, object] | None) -> list[str] | None:
    """Every tag that is not the same; None if exiftool does not know the file."""
    if before is None:
        return None
    old, new = (
        {tag: value for tag, value in (tags or {}).items() if not _ignored(tag, cell)} for tags in (before, after)
    )
    return [f"{tag} {old.get(tag)!r} became {new.get(tag)!r}" for tag in sorted(old) if old[tag] != new.get(tag)]


def _ignored(tag: str, cell: Cell) -> bool:
    if cell.saved_as and not tag.startswith(_IN_EVERY_FORMAT):
        return True
    return tag.startswith(_ABOUT_FILES) or tag.endswith(_ABOUT_STORAGE) or tag in cell.changes


def imagemagick_faults(cell: Cell, path: Path, target: Path) -> list[str] | None:
    """Whether ImageMagick finds the same pixels everywhere but where they were changed."""
    if shutil.which("convert") is None or not cell.imagemagick:
        return None
    old, new = (_imagemagick(file) for file in (path, target))
    if old is None or new is None:
        return ["cannot read it"]
    if old.shape != new.shape:
        return [f"{len(old)} pixels became {len(new)}"]
    count = int((old != new).any(axis=1).sum())
    return [] if 0 < count <= 12 or cell.lossy else [f"{count} pixels differ, not the 12 that were changed"]


def _imagemagick(path: Path) -> np.ndarray | None:
    done = subprocess.run(["convert", f"{path}[0]", "-depth", "16", "rgba:-"], capture_output=True, check=False)
    return None if done.returncode or not done.stdout else np.frombuffer(done.stdout, "<u2").reshape(-1, 4)


def tiffinfo_faults(cell: Cell, path: Path, target: Path) -> list[str] | None:
    """What libtiff complains of when it decodes every strip, and did not before."""
    if shutil.which("tiffinfo") is None or cell.suffix != ".tif":
        return None
    old, new = (
        subprocess.run(["tiffinfo", "-d", file], capture_output=True, text=True, check=False) for file in (path, target)
    )
    if old.returncode:  # a kind that this libtiff does not read
        return None
    known = {line.split(":", 2)[-1] for line in old.stderr.splitlines()}
    return [line for line in new.stderr.splitlines() if line.split(":", 2)[-1] not in known]


# --- the table -------------------------------------------------------------------------------------------------


def tables() -> Iterator[tuple[str, tuple[Cell, ...]]]:
    """Families of formats with their cells."""
    import round_trips_jpeg
    import round_trips_others
    import round_trips_png
    import round_trips_tiff

    yield "TIFF", round_trips_tiff.CELLS
    yield "PNG", round_trips_png.CELLS
    yield "JPEG", round_trips_jpeg.CELLS
    yield "JPEG 2000", round_trips_others.JPEG_2000
    yield "DICOM, as a derived object", round_trips_others.DICOM
    yield "Formats that are only read, saved as another", round_trips_others.READ_ONLY


def markdown() -> str:
    lines = [
        "# Formats: what survives",
        "",
        "Each row is a file that was opened, changed in 12 pixels and saved in its own format. ✓: found again,",
        "unchanged, by readers that share no code with Restorer; · : the file had none. Made by",
        "`python tests/imaging/files/round_trips.py docs/formats.md`; the same cells are in the tests.",
    ]
    for family, cells in tables():
        lines += ["", f"## {family}", "", f"| | {' | '.join(PROPERTIES)} | said before saving | witnesses |"]
        lines.append("|---" * (len(PROPERTIES) + 3) + "|")
        with tempfile.TemporaryDirectory() as folder:
            outcomes = walk_all(cells, Path(folder))
        for cell in cells:
            outcome = outcomes[cell.name]
            marks = ["·" if name not in cell.holds else "✓" if outcome.kept[name] else "✗" for name in PROPERTIES]
            said = " ".join((*outcome.said, *outcome.faults))
            lines.append(f"| {cell.name} | {' | '.join(marks)} | {said} | {', '.join(outcome.witnesses)} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = Path(sys.argv[1])
    _, mark, measured = page.read_text("utf-8").partition(f"\n{MEASURED}") if page.exists() else ("", "", "")
    page.write_text(markdown() + mark + measured, "utf-8")
