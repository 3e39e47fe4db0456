"""The project file: one zip archive that holds all work on one photograph.

`manifest.json` says what there is; `tiles` and `patches/N` hold masks and pixels (see `records`); `original` is the
photograph itself, if it was asked for.  No name in the archive is ever used as a path.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import platformdirs

from restorer import __version__
from restorer.document.document import Document, State
from restorer.document.records import Packer, Unpacker
from restorer.document.source import CHUNK, OriginalChanged, OriginalMissing, Source, found
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError

if TYPE_CHECKING:
    pass

SUFFIX = ".restorer"
FORMAT = "restorer-project"
VERSION = 1

MANIFEST = "manifest.json"
ORIGINAL = "original"
MOST_MANIFEST = 256 << 20
MOST_UNPACKED = 1 << 30
MOST_RATIO = 200
"""An archive may hold so many bytes, and so many times its own size, of masks and pixels; more is an attack."""

_FAULTS = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError, EOFError,
    RuntimeError, NotImplementedError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
)  # fmt: skip


def is_project(path: Path) -> bool:
    """By its name."""
    return path.suffix.lower() == SUFFIX


def save_project(state: State, path: Path, *, embed: bool = False) -> None:
    """Write all work; an old project of that name is replaced, whole or not at all.  On any thread.

    Args:
        state: `document.state()`.
        path: ends in `.restorer`.
        embed: put the photograph's file into the project as well.

    Raises:
        RestorerError: wrong suffix, the path is the photograph's, the photograph is to be put in but has changed on
            the disk, or the project cannot be written.
    """
    if not is_project(path):
        raise RestorerError(f"“{path.name}” is no name for a project: end it with {SUFFIX}.")
    if path.exists() and state.source.path.exists() and path.samefile(state.source.path):
        raise RestorerError(f"“{path.name}” is the original: choose another name, it is never overwritten.")
    if embed and state.photograph.medical:
        raise RestorerError(
            f"“{state.source.path.name}” holds a patient's data: save the project without it, and keep it beside."
        )
    sha256 = _hash(state.source)
    if embed:
        state.source.check()
    packer = Packer()
    work = packer.state(state)
    new, blobs = packer.take()
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "program": f"restorer {__version__}",
        "original": {
            "name": state.source.path.name,
            "absolute": os.path.abspath(state.source.path),  # noqa: PTH100 - a link stays a link
            "relative": _relative(state.source.path, path),
            "size": state.source.size,
            "sha256": sha256,
            "page": _page(state),
            "shape": list(state.photograph.pixels.shape),
            "dtype": state.photograph.pixels.dtype.name,
            "embedded": embed,
        },
        "new": new,
        "work": work,
    }

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            # what cannot be encoded in a file name (PEP 383) becomes a JSON escape, which gives it back
            text = json.dumps(manifest, ensure_ascii=False)
            archive.writestr(MANIFEST, text.encode("utf-8", "backslashreplace"))
            for number, blob in enumerate(blobs):
                archive.writestr(_entry(number), blob)
            if embed:
                _embed(archive, state.source)

    write_atomically(path, write)


def _hash(source: Source) -> str | None:
    """None if the file is gone or changed, and was never hashed: that is no reason to lose the work."""
    try:
        return source.sha256()
    except RestorerError:
        return None


def _embed(archive: zipfile.ZipFile, source: Source) -> None:
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(ORIGINAL)
    with source.path.open("rb") as picture, archive.open(info, "w", force_zip64=True) as entry:
        while chunk := picture.read(CHUNK):
            digest.update(chunk)
            entry.write(chunk)
    if digest.hexdigest() != source.sha256():
        raise OriginalChanged(f"“{source.path.name}” changed while it was being copied: save once more.")


def open_project(path: Path, original: Path | None = None) -> Document:
    """The document of a project, with all its work and its undo.

    The photograph is looked for beside the project, relative to it and at its old place, then in the project itself.

    Args:
        path: the project; it is only read.
        original: where the photograph is, if the person has said so.

    Raises:
        OriginalMissing: it is nowhere; call again with `original`.
        RestorerError: the project cannot be read, is damaged, or of a newer program; one sentence says which.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = _manifest(archive, path)
            source = _source(manifest["original"], archive, path, original)
            return _document(manifest, archive, path, source)
    except FileNotFoundError:
        raise RestorerError(f"There is no file “{path}”: check its name and folder.") from None
    except OSError as error:
        raise RestorerError(
            f"The project “{path.name}” cannot be read ({error.strerror or error}): check the disk it is on."
        ) from error
    except MemoryError as error:
        raise RestorerError(f"There is not enough memory to open “{path.name}”: close other programs.") from error
    except RestorerError:
        raise
    except _FAULTS as error:
        raise RestorerError(f"The project “{path.name}” is damaged: open a copy of it, or begin again.") from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    manifest = json.loads(_entry_bytes(archive, MANIFEST, archive.getinfo(MANIFEST).file_size, MOST_MANIFEST))
    if manifest["format"] != FORMAT:
        raise ValueError("another format")
    if not isinstance(manifest["version"], int) or manifest["version"] > VERSION:
        raise RestorerError(
            f"“{path.name}” was saved by a newer program ({str(manifest.get('program'))[:40]}): "
            "open it with that, or install the newer version."
        )
    return dict(manifest)


def _source(told: dict[str, Any], archive: zipfile.ZipFile, path: Path, original: Path | None) -> Source:
    name, size, sha256 = _safe_name(told["name"]), int(told["size"]), told["sha256"]
    if sha256 is not None and re.fullmatch("[0-9a-f]{64}", sha256) is None:
        raise ValueError("no hash")
    if original is not None:
        return found([original], name, size, sha256)
    beside = [path.parent / name]
    if told["relative"]:
        beside.append(Path(os.path.normpath(path.parent / str(told["relative"]))))
    try:
        return found([*beside, Path(str(told["absolute"]))], name, size, sha256)
    except OriginalMissing:
        if not told["embedded"] or sha256 is None:
            raise
        return found([_extracted(archive, name, size, sha256)], name, size, sha256)


def _extracted(archive: zipfile.ZipFile, name: str, size: int, sha256: str) -> Path:
    """The embedded photograph as a file of its own in the cache folder."""
    target = platformdirs.user_cache_path("restorer", appauthor=False) / "originals" / sha256[:32] / name
    if target.is_file() and target.stat().st_size == size:
        return target
    if archive.getinfo(ORIGINAL).file_size != size:
        raise ValueError("a photograph of another length")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(target.parent).free < size:
            raise RestorerError(f"“{name}” does not fit on the disk beside the program's files: free some space.")
    except OSError as error:
        raise RestorerError(f"{target.parent} cannot be made ({error.strerror}): check its permissions.") from error

    def write(file: BinaryIO) -> None:
        left = size
        with archive.open(ORIGINAL) as entry:
            while chunk := entry.read(min(CHUNK, left)):
                file.write(chunk)
                left -= len(chunk)

    write_atomically(target, write)
    return target


def _document(manifest: dict[str, Any], archive: zipfile.ZipFile, path: Path, source: Source) -> Document:
    told = manifest["original"]
    document = Document.open(source.path, page=int(told["page"]))
    if list(document.original.shape) != told["shape"] or document.original.dtype.name != told["dtype"]:
        raise ValueError("another picture")
    if source.known_sha256 is not None:
        document.source = source
    unpacker = Unpacker(document.original)
    left = MOST_UNPACKED + MOST_RATIO * path.stat().st_size

    def blob(number: int, size: int) -> bytes:
        nonlocal left
        content = _entry_bytes(archive, _entry(number), size, left)
        left -= size
        return content

    unpacker.add(manifest["new"], blob)
    state = unpacker.state(manifest["work"], partial(State, document.photograph, document.source))
    document.resume(state)
    document.saved(document.state())
    return document


def _entry(number: int) -> str:
    return f"patches/{number}" if number else "tiles"


def _entry_bytes(archive: zipfile.ZipFile, name: str, size: int, most: int) -> bytes:
    """The bytes of an entry that must be `size` long, whatever its header claims; ValueError otherwise."""
    if size > most:
        raise ValueError("too much")
    with archive.open(name) as entry:
        content = entry.read(size)
        if len(content) != size or entry.read(1):
            raise ValueError("a part of another length")
    return content


def _relative(original: Path, project: Path) -> str:
    try:
        return Path(os.path.relpath(original, project.parent)).as_posix()
    except ValueError:  # on another drive of Windows
        return ""


def _safe_name(name: Any) -> str:
    """The last part of a file's name that another program wrote."""
    last = re.split(r"[/\\]", str(name))[-1].replace("\0", "")
    if last in ("", ".", "..") or len(os.fsencode(last)) > 255:
        raise ValueError("no name")
    return last


def _page(state: State) -> int:
    return int(getattr(state.photograph, "page", 1))
