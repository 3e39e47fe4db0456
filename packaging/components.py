"""What a shared library in the program is: its component, with version, licence, texts and source.

Each program and library is looked at as it lies in the bundle, and traced to what it was copied from: a wheel, and
there the wheel itself or a library that it brought (libraries.toml), a package of Debian, Python, or the build.
"""

from __future__ import annotations

import fnmatch
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
_MAGIC = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


@dataclass(frozen=True)
class Part:
    """Something that was bundled and has a licence of its own."""

    name: str
    version: str
    licence: str
    """An SPDX expression where it can be told, else what its metadata say."""
    kind: str
    """`python` (a distribution), `library` (which one brought), `system` (of the computer that builds), `runtime`."""
    files: tuple[str, ...]
    """Its files, by their place in the bundle; of Python code, which is packed, the modules."""
    texts: tuple[str, ...]
    """Its licence texts, below the folder of licences."""
    source: str
    of: str = ""
    """The distribution that brought it."""
    crates: tuple[dict[str, Any], ...] = ()
    """What of Rust is compiled into it, as CycloneDX has it."""


class UnknownError(Exception):
    """A file that no component is known of."""


def executables(inner: Path) -> Iterator[str]:
    """Places, relative to `inner`, of all programs and libraries there; links are not followed."""
    for path in sorted(inner.rglob("*")):
        if path.is_file() and not path.is_symlink() and path.suffix not in (".zip", ".py", ".pyc", ".txt"):
            with path.open("rb") as file:
                if file.read(4).startswith(_MAGIC):
                    yield path.relative_to(inner).as_posix()


def normal(name: str) -> str:
    """A distribution's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((HERE / "libraries.toml").read_text(encoding="utf-8"))


def row(wheel: str, place: str) -> dict[str, Any] | None:
    """What libraries.toml says of a file that came with `wheel`; None: it is a module of the wheel's own.

    Raises UnknownError for a library of which it says nothing.  On other systems than Linux, whose wheels differ and
    were not looked at, each library counts as the wheel's own.
    """
    if not sys.platform.startswith("linux"):
        return None
    stem = re.split(r"[-.]", place.rsplit("/", 1)[-1])[0]
    for entry in _table()["library"]:
        if re.fullmatch(entry["wheel"], normal(wheel)) and (
            re.fullmatch(entry["files"], stem) or ("under" in entry and place.startswith(entry["under"]))
        ):
            return entry if "name" in entry else None
    if re.search(r"\.(abi3|cpython-[\w-]+)\.so$", place):
        return None
    raise UnknownError(f"{place}, which {wheel} brought")


def version(entry: dict[str, Any], found: metadata.Distribution, path: Path) -> str:
    """The version of the library at `path`, as `entry` says it is read; "" if that is said of another file.

    Raises UnknownError if it cannot be read.
    """
    how = entry.get("version", {})
    if "in" in how and not path.name.startswith(how["in"]):
        return ""
    if "as" in how:
        return metadata.version(how["as"])
    if "sbom" in how:
        said = {part["name"]: str(part["version"]) for part in inside(found) if part.get("version")}
        if how["sbom"] in said:
            return said[how["sbom"]].split("-")[0]
    elif "ask" in how:
        import imagecodecs

        told = dict(re.findall(r"([\w-]+)-([\w.]+)", str(imagecodecs.version())))
        if how["ask"] in told:
            return told[how["ask"]]
    elif "bytes" in how:
        said_in = [match.decode() for match in re.findall(how["bytes"].encode(), path.read_bytes())]
        if said_in:
            return max(said_in, key=lambda one: [int(number) for number in re.findall(r"\d+", one)])
    elif numbers := re.search(r"\.so\.(\d[\d.]*)$", path.name):
        return numbers[1]
    raise UnknownError(f"the version of {path.name}")


def inside(found: metadata.Distribution) -> list[dict[str, Any]]:
    """What the bills of materials in a wheel list."""
    parts: list[dict[str, Any]] = []
    for file in found.files or ():
        if "sboms" in file.parts and file.name.endswith(".json"):
            parts += json.loads(Path(str(found.locate_file(file))).read_text(encoding="utf-8")).get("components", [])
    return parts


def crates(found: metadata.Distribution) -> list[dict[str, Any]]:
    """What of Rust is compiled into a wheel's modules, as its bill of materials has it."""
    ours = [part for part in inside(found) if str(part.get("purl", "")).startswith("pkg:cargo/")]
    return [part for part in ours if normal(str(part["name"])) != normal(found.name)]


def debian_licence(package: str, copyright_file: str) -> str:
    """The licence of a library of Debian: by libraries.toml, else what its copyright file says throughout.

    Raises UnknownError if the file names the GPL and libraries.toml says nothing of the package, or if no licence can
    be read in it.
    """
    for licence, names in _table()["debian"].items():
        if any(fnmatch.fnmatchcase(package, name) for name in names):
            return str(licence)
    if mentions_gpl(copyright_file):
        raise UnknownError(f"{package}: its copyright file names the GPL")
    named = sorted(set(re.findall(r"^License: *([\w.+-]+) *$", copyright_file, re.MULTILINE)))
    if not named:
        raise UnknownError(f"the licence of {package}")
    return " AND ".join({"Expat": "MIT", "BSD-3-clause": "BSD-3-Clause"}.get(name, name) for name in named)


def mentions_gpl(text: str) -> bool:
    """Whether a text speaks of the GNU GPL, not of the Lesser GPL alone."""
    flat = " ".join(text.split())
    return bool(re.search(r"(?<!L)GPL|(?<!Lesser )(?<!Library )(?<!Lesser\) )General Public", flat))


def gpl_alone(licence: str) -> bool:
    """Whether an expression leaves no choice but the GNU GPL, without an exception."""
    for term in re.split(r"\bAND\b", licence):
        choices = re.split(r"\bOR\b", term)
        if all(mentions_gpl(choice) and "exception" not in choice.lower() for choice in choices):
            return True
    return False


def package_of(source: str) -> str:
    """The Debian package of a library; merged /usr and links are looked through.  "" if there is none."""
    if shutil.which("dpkg") is None:
        return ""
    real = os.path.realpath(source)
    for path in dict.fromkeys((source, real, source.removeprefix("/usr"), real.removeprefix("/usr"))):
        said = subprocess.run(["dpkg", "-S", path], capture_output=True, text=True, check=False).stdout
        if said:
            return said.split(":")[0].split(",")[0]
    return ""
