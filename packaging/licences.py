"""The licence texts of everything in the bundle, and an inventory of it, from which the SBOM is made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
FOLDER = "licences"
INVENTORY = "inventory.json"
_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.I)
COMMON = Path("/usr/share/common-licenses")
_WITHOUT_TEXT = {"pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"), "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt")}
"""Distributions whose wheels carry no text: taken under the LGPL, whose text refers to the GPL's."""


@dataclass(frozen=True)
class Part:
    """Something that was bundled and has a licence of its own."""

    name: str
    version: str
    licence: str
    kind: str
    """`python` (a distribution), `system` (libraries of the computer that builds), `runtime` (Python, PyInstaller)."""
    files: tuple[str, ...]
    """Some of its files, by their place in the bundle; all of them for `system`."""
    texts: tuple[str, ...]
    """Its licence texts, below the folder of licences."""


def collect(folder: Path, analysis: Any) -> list[Part]:
    """Write the texts and the inventory of what `analysis` bundled into `folder`.

    Raises SystemExit if something has no licence text, which ends the build.
    """
    inner = folder / "_internal" if (folder / "_internal").is_dir() else folder
    target = inner / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    entries = [*analysis.pure, *analysis.binaries, *analysis.datas]
    parts = [*_distributions(entries, target), *_runtime(target), *_system(entries, target)]
    bare = [part.name for part in parts if not part.texts]
    if bare:
        raise SystemExit(f"No licence text was found of {', '.join(bare)}: add it to packaging/licences.")
    shutil.copy(HERE.parent / "LICENSE", target / "LICENSE")
    lines = [
        "Restorer is under the Apache License 2.0 (LICENSE).  The program also contains, each under its own licence:",
        "",
        *(f"{part.name} {part.version}: {part.licence} ({', '.join(part.texts)})" for part in parts),
        "",
        "Qt and PySide6 are used under the LGPL 3 as shared libraries, which may be replaced in _internal/PySide6.",
        "Their source: https://download.qt.io/official_releases/QtForPython/ and https://code.qt.io.",
    ]
    (target / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (target / INVENTORY).write_text(json.dumps([asdict(part) for part in parts], indent=1) + "\n", encoding="utf-8")
    return parts


def licence_of(about: metadata.PackageMetadata) -> str:
    """One line: the licence expression, else the field or the classifiers."""
    said = about.get("License-Expression") or ""
    if not said:
        classifiers = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
        said = " AND ".join(classifiers) or (about.get("License") or "").strip().splitlines()[0:1][0]
    return " ".join(said.split())


def _distributions(entries: list[tuple[str, str, str]], target: Path) -> list[Part]:
    owners: dict[str, metadata.Distribution] = {}
    for found in metadata.distributions():
        for file in found.files or ():
            owners[os.path.realpath(str(found.locate_file(file)))] = found
    bundled: dict[str, tuple[metadata.Distribution, list[str]]] = {}
    for name, source, _kind in entries:
        owner = owners.get(os.path.realpath(source)) if source else None
        if owner is not None and owner.name.lower() not in ("restorer", "pyinstaller"):
            bundled.setdefault(owner.name, (owner, []))[1].append(name)
    parts = []
    for name, (found, files) in sorted(bundled.items(), key=lambda item: item[0].lower()):
        folder = target / name
        texts = []
        for file in found.files or ():
            path = Path(str(found.locate_file(file)))
            inside = any(part.endswith(".dist-info") for part in file.parts)
            # some packages keep the texts of the libraries they brought in a folder of their own
            outermost = inside or len(file.parts) == 2 or "licenses" in file.parts[:-1]
            named = outermost and _TEXT.search(file.name) and path.suffix not in (".py", ".pyc", ".so")
            if named and path.stat().st_size:  # imagecodecs has empty ones, of what its wheels do not hold
                at = folder / "/".join(file.parts[1:] if inside else file.parts)
                at.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, at)
                texts.append(at.relative_to(target).as_posix())
        for text in _WITHOUT_TEXT.get(name.lower().replace("_", "-"), ()):
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(HERE / "licences" / text, folder / text)
            texts.append((folder / text).relative_to(target).as_posix())
        about = found.metadata
        parts.append(Part(name, found.version, licence_of(about), "python", tuple(sorted(files)[:20]), tuple(texts)))
    return parts


def _runtime(target: Path) -> list[Part]:
    folder = target / "Python"
    folder.mkdir()
    places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt",
              Path("/usr/share/doc/python3.11/copyright")]  # fmt: skip
    for place in places:
        if place.is_file():
            shutil.copyfile(place, folder / "LICENSE.txt")
            break
    texts = tuple(path.relative_to(target).as_posix() for path in folder.iterdir())
    version = ".".join(map(str, sys.version_info[:3]))
    parts = [Part("Python", version, "PSF-2.0", "runtime", (), texts)]
    starter = metadata.distribution("pyinstaller")
    folder = target / "PyInstaller"
    folder.mkdir()
    for file in starter.files or ():
        if _TEXT.search(file.name) and any(part.endswith(".dist-info") for part in file.parts):
            shutil.copyfile(str(starter.locate_file(file)), folder / file.name)
    texts = tuple(path.relative_to(target).as_posix() for path in sorted(folder.iterdir()))
    licence = "GPL-2.0-or-later WITH Bootloader-exception"
    return [
        *parts,
        Part("PyInstaller bootloader and runtime hooks", starter.version, licence, "runtime", ("restorer",), texts),
    ]


def _system(entries: list[tuple[str, str, str]], target: Path) -> list[Part]:
    """Libraries of the computer that builds: on Debian their package has the licence, elsewhere Python brought them."""
    if shutil.which("dpkg") is None:
        return []
    known = (os.path.realpath(sys.prefix), os.path.realpath(sys.base_prefix), os.path.realpath(HERE.parent))
    owned: dict[str, list[str]] = {}
    for name, source, kind in entries:
        if kind not in ("BINARY", "EXTENSION") or os.path.realpath(source).startswith(known):
            continue
        package = _package_of(source)
        if package:
            owned.setdefault(package, []).append(name)
    parts = []
    for package, files in sorted(owned.items()):
        place = Path("/usr/share/doc") / package / "copyright"
        texts: tuple[str, ...] = ()
        if place.is_file():
            (target / package).mkdir()
            shutil.copyfile(place, target / package / "copyright")
            texts = (f"{package}/copyright", *_referred_to(place, target))
        told = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Version}", package], capture_output=True, text=True, check=False
        ).stdout
        parts.append(Part(package, told, "see its copyright file", "system", tuple(sorted(files)), texts))
    return parts


def _referred_to(copyright_file: Path, target: Path) -> tuple[str, ...]:
    """The whole texts that Debian's file only names, which other systems have not."""
    texts = []
    said = copyright_file.read_text(encoding="utf-8", errors="replace")
    for name in sorted({name.rstrip(".") for name in re.findall(r"/usr/share/common-licenses/([\w.+-]+)", said)}):
        text = COMMON / name
        if text.is_file():
            (target / COMMON.name).mkdir(exist_ok=True)
            shutil.copyfile(text, target / COMMON.name / name)
            texts.append(f"{COMMON.name}/{name}")
    return tuple(texts)


def _package_of(source: str) -> str:
    """The Debian package of a library; merged /usr and links are looked through."""
    real = os.path.realpath(source)
    for path in {source, real, source.removeprefix("/usr"), real.removeprefix("/usr")}:
        said = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False).stdout
        if said:
            return said.split(":")[0].split(",")[0]
    return ""
