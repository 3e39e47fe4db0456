"""A part that nobody knows, or whose licence nobody may use, ends the build."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import components
import left_out
import licences
import pytest
from components import UnknownError

ELF = b"\x7fELF"


def test_a_library_that_a_wheel_newly_brings_is_not_known() -> None:
    known = components.row("opencv_python_headless", "opencv_python_headless.libs/libavcodec-c4204469.so.62.28.101")
    assert known is not None
    assert known["name"] == "FFmpeg"
    assert components.row("numpy", "numpy/linalg/_umath_linalg.cpython-311-x86_64-linux-gnu.so") is None
    for wheel, place in (
        ("opencv-python-headless", "opencv_python_headless.libs/libpostproc-0a1b2c3d.so.59"),
        ("torch", "torch/lib/libmkl_core.so"), ("pi-heif", "pi_heif.libs/libx265-0a1b2c3d.so.215"),
    ):  # fmt: skip
        with pytest.raises(UnknownError, match=place.split("/")[-1].split("-")[0]):
            components.row(wheel, place)


def test_a_version_that_cannot_be_read_is_not_made_up(tmp_path: Path) -> None:
    numpy, library = metadata.distribution("numpy"), tmp_path / "libx-1234.so"
    library.write_bytes(ELF)
    for how in ({}, {"bytes": r"X version ([\d.]+)"}, {"sbom": "nothing"}, {"ask": "nothing"}):
        with pytest.raises(UnknownError, match="the version of libx-1234"):
            components.version({"version": how}, numpy, library)
    library.write_bytes(ELF + b"\0X version 1.9.2\0X version 1.10.1\0")
    assert components.version({"version": {"bytes": r"X version ([\d.]+)"}}, numpy, library) == "1.10.1"


def test_a_library_of_debian_under_the_gpl_is_not_taken_for_another() -> None:
    free = "Format: x\nFiles: *\nLicense: Expat\n Permission is hereby granted\n"
    assert components.debian_licence("libnew1", free) == "MIT"
    assert components.debian_licence("libxcb-new0", "in prose") == "X11"
    for text in (f"{free}\nFiles: debian/*\nLicense: GPL-2+\n", "under the GNU General\n Public License", "in prose"):
        with pytest.raises(UnknownError, match="libnew1"):
            components.debian_licence("libnew1", text)


@pytest.mark.parametrize(
    ("licence", "alone"),
    [
        ("GPL-3.0-only", True), ("MIT AND GPL-2.0-or-later", True), ("GPL-2.0-only OR GPL-3.0-only", True),
        ("GNU General Public License v2 (GPLv2)", True), ("AGPL-3.0-only", True),
        ("LGPL-2.1-or-later", False), ("GNU Lesser General Public License v3 (LGPLv3)", False),
        ("LGPL-3.0-only OR GPL-3.0-only", False), ("GPL-3.0-or-later WITH GCC-exception-3.1", False),
        ("FTL OR GPL-2.0-or-later", False), ("MIT", False),
    ],
)  # fmt: skip
def test_what_leaves_no_choice_but_the_gpl(licence: str, alone: bool) -> None:
    assert components.gpl_alone(licence) == alone


@pytest.mark.parametrize(
    "name",
    ["libfftw3f-1a2b.so.3", "libfftw3.so.3", "libgsl.so.27", "libgslcblas.so.0", "libpostproc-0a1b.so.59",
     "libgdbm_compat.so.4", "libreadline.so.8", "x/libx264-0a1b.so.164", "libQt6Charts.so.6", "x/pyexiv2/x.so"],
)  # fmt: skip
def test_names_of_what_is_under_the_gpl(name: str) -> None:
    assert left_out.GPL_ONLY.search(name)


@pytest.mark.parametrize("name", ["libmadness.so", "libglib-2.0.so.0", "libQt6Core.so.6", "libpng16.so.16"])
def test_names_of_what_is_not(name: str) -> None:
    assert not left_out.GPL_ONLY.search(name)


@pytest.mark.parametrize("source", ["", "libunowned.so.1"])
def test_a_library_from_nowhere_ends_the_build(tmp_path: Path, source: str) -> None:
    """Neither a wheel's, nor Debian's, nor Python's, nor what is compiled here."""
    folder = tmp_path / "program"
    (folder / "_internal").mkdir(parents=True)
    for path in (folder / "_internal/libunowned.so.1", tmp_path / "libunowned.so.1"):
        path.write_bytes(ELF + bytes(100))
    entries = [("libunowned.so.1", str(tmp_path / source), "BINARY")] if source else []
    with pytest.raises(SystemExit, match=r"libunowned\.so\.1"):
        licences.collect(folder, SimpleNamespace(pure=[], binaries=entries, datas=[]))
