"""The project file: one zip archive that holds all work on one photograph.

`manifest.json` says what there is; `tiles` and `patches/N` hold masks and pixels (see `records`); `original` is the
photograph itself, if it was asked for, or has no file of the person's own.  No name in the archive is ever used as a
path.
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
from typing import IO, Any, BinaryIO

from restorer import __version__
from restorer.document import own_copies
from restorer.document.document import Document
from restorer.document.records import Packer, Unpacker
from restorer.document.source import CHUNK, OriginalChanged, OriginalMissing, Source, file_sha256, found
from restorer.document.state import State
from restorer.imaging.atomic import write_atomically
from restorer.imaging.errors import RestorerError

SUFFIX = ".restorer"
FORMAT = "restorer-project"
VERSION = 1

MANIFEST = "manifest.json"
ORIGINAL = "original"
MOST_MANIFEST = 256 << 20
MOST_UNPACKED = 1 << 30
MOST_RATIO = 200
"""The manifest may have so many bytes, the masks and pixels so many, each and 200 times the archive's own size; more is
an attack.  Saving leaves parts unpacked where this would be exceeded."""

_FAULTS = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError, RecursionError, EOFError,
    RuntimeError, NotImplementedError, zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error,
)  # fmt: skip


class ProjectChanged(RestorerError):  # noqa: N818 - what is so, not what failed
    """Another window or program has written the project meanwhile."""


def is_project(path: Path) -> bool:
    """By its name."""
    return path.suffix.lower() == SUFFIX


def save_project(state: State, path: Path, *, embed: bool = False, known: Source | None = None) -> bool:
    """Write all work; an old project of that name is replaced, whole or not at all.  On any thread.

    Args:
        state: `document.state()`.
        path: ends in `.restorer`.
        embed: put the photograph's file into the project as well.  That is done in any case if the project that the
            work comes from holds it, or if its only file is the program's own.
        known: the project's file as it was last read or written; replace no other one.

    Returns:
        Does the project hold the photograph's file?

    Raises:
        ProjectChanged: the project is not the `known` one any more.
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
    _check_unchanged(known)
    sha256 = _hash(state.source)
    embed = embed or state.embedded_in is not None or own_copies.is_own(state.source.path)
    outside = embed and state.source.change() is None
    if embed and not outside and (state.embedded_in is None or sha256 is None):
        state.source.check()
        raise _gone(state.source)
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
            _add(archive, MANIFEST, text.encode("utf-8", "backslashreplace"), MOST_MANIFEST)
            most = MOST_UNPACKED
            for number, blob in enumerate(blobs):
                _add(archive, _entry(number), blob, most + MOST_RATIO * file.tell())
                most -= len(blob)
            if outside:
                _embed(archive, state.source)
            elif embed and state.embedded_in is not None:
                _embed_again(archive, state.source, state.embedded_in)

    write_atomically(path, write, lambda _new: _check_unchanged(known))
    return embed


def _check_unchanged(known: Source | None) -> None:
    if known is not None and known.change() == "changed":
        raise ProjectChanged(
            f"“{known.path.name}” was changed by another window or program since it was opened or saved here."
        )


def _add(archive: zipfile.ZipFile, name: str, content: bytes, most: int) -> None:
    """A part; one of more than `most` bytes is not compressed, so that the archive is large enough to be believed."""
    stored = len(content) > most
    archive.writestr(name, content, zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED)


def _hash(source: Source) -> str | None:
    """None if the file is gone or changed, and was never hashed: that is no reason to lose the work."""
    try:
        return source.sha256()
    except RestorerError:
        return None


def _embed(archive: zipfile.ZipFile, source: Source) -> None:
    with source.path.open("rb") as picture:
        if _copied(picture, archive) != source.sha256():
            raise OriginalChanged(f"“{source.path.name}” changed while it was being copied: save once more.")


def _embed_again(archive: zipfile.ZipFile, source: Source, project: Path) -> None:
    """The photograph out of the project that holds it, since its file is gone, or another one now."""
    try:
        with zipfile.ZipFile(project) as old, old.open(ORIGINAL) as picture:
            same = _copied(picture, archive) == source.known_sha256
    except (*_FAULTS, FileNotFoundError):
        same = False
    if not same:
        raise _gone(source)


def _gone(source: Source) -> OriginalMissing:
    name = source.path.name
    return OriginalMissing(
        name, f"“{name}” is no longer where it was, so it cannot go into the project: put it back, then save once more."
    )


def _copied(picture: IO[bytes], archive: zipfile.ZipFile) -> str:
    """Its SHA-256, in hexadecimal digits."""
    digest = hashlib.sha256()
    with archive.open(zipfile.ZipInfo(ORIGINAL), "w", force_zip64=True) as entry:
        while chunk := picture.read(CHUNK):
            digest.update(chunk)
            entry.write(chunk)
    return digest.hexdigest()


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
            document = _document(manifest, archive, path, source)
            if manifest["original"]["embedded"] and ORIGINAL in archive.namelist():
                document.embedded_in = path
            return document
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
    most = MOST_MANIFEST + MOST_RATIO * path.stat().st_size
    manifest = json.loads(_entry_bytes(archive, MANIFEST, archive.getinfo(MANIFEST).file_size, most))
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
        extracted = Source.of(_extracted(archive, name, size, sha256))
        return Source(extracted.path, extracted.size, extracted.modified, sha256)


def _extracted(archive: zipfile.ZipFile, name: str, size: int, sha256: str) -> Path:
    """The embedded photograph as a file of its own in the cache folder."""
    target = own_copies.cache_folder() / sha256[:32] / name
    if _is_that(target, size, sha256):
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
        left, digest = size, hashlib.sha256()
        with archive.open(ORIGINAL) as entry:
            while chunk := entry.read(min(CHUNK, left)):
                file.write(chunk)
                digest.update(chunk)
                left -= len(chunk)
        if digest.hexdigest() != sha256:
            raise ValueError("another photograph")

    write_atomically(target, write)
    return target


def _is_that(path: Path, size: int, sha256: str) -> bool:
    """Does the file hold what it should?  A copy in the cache may have been damaged since."""
    try:
        return path.is_file() and path.stat().st_size == size and file_sha256(path) == sha256
    except (OSError, RestorerError):
        return False


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
