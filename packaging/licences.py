"""The licence texts of everything in the bundle, and an inventory of it, from which the bill of materials is made."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterable
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

import ahead_of_time
import components
from components import Part, UnknownError

HERE = Path(__file__).parent
FOLDER = "licences"
INVENTORY = "inventory.json"
COMMON = Path("/usr/share/common-licenses")
_TEXT = re.compile(r"(licen[cs]e|copying|notice|copyright|authors)", re.I)
_WITHOUT_TEXT = dict.fromkeys(("pi-heif", "pyside6-essentials", "shiboken6"), ("LGPL-3.0.txt", "GPL-3.0.txt"))
"""Distributions whose wheels lack the text: taken under the LGPL, whose text refers to the GPL's."""
_SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0-only",
}
"""Names that distributions give their licences where they give no expression."""
_BSD = {"numba": "BSD-2-Clause"}
"""What “BSD” means there: read in its LICENSE."""
_SOURCE = {
    "pyside6-essentials": "https://download.qt.io/official_releases/QtForPython/pyside6/",
    "shiboken6": "https://download.qt.io/official_releases/QtForPython/pyside6/",
    "torch": "https://github.com/pytorch/pytorch/tree/v{version}",
    "opencv-python-headless": "https://github.com/opencv/opencv-python",
}
"""Where it is not with the wheel."""

Entry = tuple[str, str, str]


def collect(folder: Path, analysis: Any) -> list[Part]:
    """Write the texts and the inventory of what was bundled into `folder`.

    What lies there is what counts; `analysis` says where it came from, and which Python code is packed.

    Raises SystemExit if something has no licence text or belongs to no component, which ends the build.
    """
    inner = folder / "_internal" if (folder / "_internal").is_dir() else folder
    target = inner / FOLDER
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    try:
        parts = Collection(inner, target, [*analysis.pure, *analysis.binaries, *analysis.datas]).parts()
    except UnknownError as unknown:
        raise SystemExit(f"It is not known what this is: {unknown}.  Say it in packaging/libraries.toml.") from unknown
    bare = [part.name for part in parts if not part.texts]
    if bare:
        raise SystemExit(f"No licence text was found of {', '.join(bare)}: add it to packaging/licences.")
    shutil.copy(HERE.parent / "LICENSE", target / "LICENSE")
    lines = [
        "Restorer is under the Apache License 2.0 (LICENSE).  The program also contains, each under its own licence:",
        "",
    ]
    for part in parts:
        lines += [f"{part.name} {part.version}: {part.licence}" + (f" (in {part.of})" if part.of else "")]
        lines += [f"    texts: {', '.join(part.texts)}", f"    source: {part.source}"]
    lines += [
        "",
        "What is under the LGPL is a shared library, a file of its own in _internal: it may be replaced by another",
        "build of the same library.  Qt and PySide6 lie in _internal/PySide6 and _internal/shiboken6.",
    ]
    (target / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (target / INVENTORY).write_text(json.dumps([asdict(part) for part in parts], indent=1) + "\n", encoding="utf-8")
    return parts


def licence_of(found: metadata.Distribution) -> str:
    """One line: the licence expression, else the classifiers or the field."""
    about = found.metadata
    said = about.get("License-Expression") or ""
    if not said:
        classifiers = [c.split(" :: ")[-1] for c in about.get_all("Classifier") or [] if c.startswith("License ::")]
        said = " AND ".join(_SPDX.get(c, c) for c in classifiers) or (about.get("License") or "").strip().split("\n")[0]
    return _BSD.get(components.normal(found.name), " ".join(said.split()))


class Collection:
    """The parts of one bundle, gathered from its files in `inner`; texts are copied into `target`."""

    def __init__(self, inner: Path, target: Path, entries: list[Entry]) -> None:
        self._inner, self._target, self._entries = inner, target, entries
        self._owners: dict[str, metadata.Distribution] = {}
        for found in metadata.distributions():
            for file in found.files or ():
                self._owners[os.path.realpath(str(found.locate_file(file)))] = found
        self._sources = {place.replace(os.sep, "/"): os.path.realpath(source) for place, source, _ in entries if source}
        self._texts: dict[str, tuple[str, ...]] = {}

    def parts(self) -> list[Part]:
        """All of them.  Raises UnknownError for a file that belongs to none."""
        wheels: dict[str, list[str]] = {}
        dists: dict[str, metadata.Distribution] = {}
        brought: dict[tuple[str, str], list[tuple[str, dict[str, Any]]]] = {}
        system: dict[str, list[str]] = {}
        python: list[str] = []
        programs = set(components.executables(self._inner))
        for place, source, _kind in self._entries:
            place, owner = place.replace(os.sep, "/"), self._owners.get(os.path.realpath(source)) if source else None
            if owner is not None and components.normal(owner.name) not in ("restorer", "pyinstaller"):
                dists[owner.name] = owner
                entry = components.row(owner.name, place) if place in programs else None
                if entry is not None:
                    brought.setdefault((owner.name, entry["name"]), []).append((place, entry))
                else:
                    wheels.setdefault(owner.name, []).append(place)
        for place in programs - {place for places in wheels.values() for place in places}:
            if any(place == one for group in brought.values() for one, _ in group):
                continue
            self._place(place, system, python)
        made = [self._distribution(dists[name], wheels.get(name, ())) for name in sorted(dists, key=str.lower)]
        made += [self._brought(dists[of], of, group) for (of, _), group in sorted(brought.items())]
        return [*made, *self._runtime(python), self._numba(), *self._system(system)]

    def _place(self, place: str, system: dict[str, list[str]], python: list[str]) -> None:
        """Say to what a program or library belongs that no wheel holds."""
        source = self._sources.get(place, "")
        if not source:
            raise UnknownError(place)
        stem = place.rsplit("/", 1)[-1]
        if stem.startswith(ahead_of_time.MODULE):
            return
        if package := components.package_of(source):
            system.setdefault(package, []).append(place)
        elif source.startswith((os.path.realpath(sys.base_prefix), os.path.realpath(sysconfig.get_path("stdlib")))):
            python.append(place)
        elif not sys.platform.startswith("linux"):
            print(f"No component is known of {place}, from {source}: see to its licence.", file=sys.stderr)
        else:
            raise UnknownError(f"{place}, from {source}")

    def _copied(self, found: metadata.Distribution) -> tuple[str, ...]:
        """The licence texts of a distribution."""
        folder = self._target / found.name
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
                texts.append(at.relative_to(self._target).as_posix())
        normal = components.normal(found.name)
        texts += [self._ours(text) for text in _WITHOUT_TEXT.get(normal, ())]
        self._texts[normal] = tuple(texts)
        return tuple(texts)

    def _ours(self, name: str) -> str:
        """A text of packaging/licences, copied into the bundle."""
        (self._target / "texts").mkdir(exist_ok=True)
        shutil.copyfile(HERE / "licences" / name, self._target / "texts" / name)
        return f"texts/{name}"

    def _distribution(self, found: metadata.Distribution, files: Iterable[str]) -> Part:
        version = found.version.split("+")[0]
        place = _SOURCE.get(components.normal(found.name), "https://pypi.org/project/{name}/{version}/")
        source = place.format(name=found.name, version=version)
        licence, texts = licence_of(found), self._copied(found)
        inner = tuple(components.crates(found))
        return Part(found.name, found.version, licence, "python", tuple(sorted(files)), texts, source, crates=inner)

    def _brought(self, found: metadata.Distribution, of: str, group: list[tuple[str, dict[str, Any]]]) -> Part:
        """A library that came in a wheel."""
        entry, places = group[0][1], sorted(place for place, _ in group)
        told = {components.version(entry, found, Path(self._sources[place])) for place in places} - {""}
        if len(told) != 1:
            raise UnknownError(f"the version of {entry['name']}: {', '.join(sorted(told)) or 'nothing says it'}")
        version = told.pop()
        if words := entry.get("holds"):
            for place in places:
                if words.encode() not in Path(self._sources[place]).read_bytes():
                    raise UnknownError(f"the licence of {place}, which does not hold “{words}”")
        texts = []
        for text in entry["texts"]:
            name, _, words = text.partition("#")
            wheel, _, file = name.rpartition(":")
            if wheel:
                name = next((one for one in self._texts.get(wheel, ()) if one.endswith("/" + file)), "")
            else:
                name = self._ours(file)
            if not name or words not in (self._target / name).read_text(encoding="utf-8", errors="replace"):
                raise UnknownError(f"the licence text of {entry['name']} in {of}: {text}")
            if not wheel:
                texts += self._referred_to(self._target / name)
            texts.append(name)
        source = entry.get("source", f"https://pypi.org/project/{of}/{found.version}/").format(version=version)
        unique = tuple(dict.fromkeys(texts))
        return Part(entry["name"], version, entry["licence"], "library", tuple(places), unique, source, of)

    def _runtime(self, files: list[str]) -> list[Part]:
        folder = self._target / "Python"
        folder.mkdir()
        places = [Path(sysconfig.get_path("stdlib")) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt",
                  Path("/usr/share/doc/python3.11/copyright")]  # fmt: skip
        for place in places:
            if place.is_file():
                shutil.copyfile(place, folder / "LICENSE.txt")
                break
        texts = tuple(path.relative_to(self._target).as_posix() for path in folder.iterdir())
        version = ".".join(map(str, sys.version_info[:3]))
        source = f"https://www.python.org/ftp/python/{version}/"
        python = Part("Python", version, "PSF-2.0", "runtime", tuple(sorted(files)), texts, source)
        starter = metadata.distribution("pyinstaller")
        name, licence = "PyInstaller bootloader and runtime hooks", "GPL-2.0-or-later WITH Bootloader-exception"
        source = f"https://pypi.org/project/pyinstaller/{starter.version}/"
        return [python, Part(name, starter.version, licence, "runtime", (), self._copied(starter), source)]

    def _numba(self) -> Part:
        """What numba links into the module that was compiled ahead of time: its own C code."""
        found = metadata.distribution("numba")
        files = [place for place in components.executables(self._inner) if ahead_of_time.MODULE in place]
        texts, source = self._copied(found), f"https://pypi.org/project/numba/{found.version}/"
        return Part("numba", found.version, licence_of(found), "library", tuple(files), texts, source, "restorer")

    def _system(self, owned: dict[str, list[str]]) -> list[Part]:
        """Libraries of the computer that builds: on Debian their package has the licence."""
        parts = []
        for package, files in sorted(owned.items()):
            place = Path("/usr/share/doc") / package / "copyright"
            if not place.is_file():
                raise UnknownError(f"the licence of {package}")
            (self._target / package).mkdir()
            shutil.copyfile(place, self._target / package / "copyright")
            texts = (f"{package}/copyright", *self._referred_to(place))
            told = subprocess.run(
                ["dpkg-query", "-W", "-f", "${Version} ${source:Package} ${source:Version}", package],
                capture_output=True, text=True, check=True,
            ).stdout.split()  # fmt: skip
            licence = components.debian_licence(package, place.read_text(encoding="utf-8", errors="replace"))
            source = f"https://snapshot.debian.org/package/{told[1]}/{told[2]}/"
            parts.append(Part(package, told[0], licence, "system", tuple(sorted(files)), texts, source))
        return parts

    def _referred_to(self, copyright_file: Path) -> tuple[str, ...]:
        """The whole texts that Debian's file only names, which other systems have not."""
        texts = []
        said = copyright_file.read_text(encoding="utf-8", errors="replace")
        for name in sorted({name.rstrip(".") for name in re.findall(r"/usr/share/common-licenses/([\w.+-]+)", said)}):
            text = COMMON / name
            if text.is_file():
                (self._target / COMMON.name).mkdir(exist_ok=True)
                shutil.copyfile(text, self._target / COMMON.name / name)
                texts.append(f"{COMMON.name}/{name}")
        return tuple(texts)
