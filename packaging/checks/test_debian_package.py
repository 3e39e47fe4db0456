"""The Debian package: made as Debian wants it, installed, used from the menu, and purged without a trace.

    python -m pytest packaging/checks/test_debian_package.py --package dist/restorer_0.1.0-1_amd64.deb

As root, in a system that forgets it.  Needs desktop-file-utils, shared-mime-info, appstream, libglib2.0-bin, lintian.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import deb
import documents
import numpy as np
import pytest
from cell import interrupt
from conftest import SAMPLES
from forgetful import ForgetfulSystem
from PIL import Image

NOBODY = 65534
Source = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def package(request: pytest.FixtureRequest) -> Path:
    path: Path | None = request.config.getoption("--package")
    if path is None:
        pytest.skip("no --package was given")
    return path.resolve()


@pytest.fixture(scope="module")
def system(package: Path) -> Iterator[ForgetfulSystem]:
    """With the package installed."""
    with ForgetfulSystem() as made:
        if made.missing:
            pytest.skip(made.missing)
        if made.run("dpkg", "--status", deb.NAME).returncode == 0:
            pytest.skip("a package of this name is installed")
        done = made.run("dpkg", "--install", package)
        assert done.returncode == 0, done.stderr
        yield made


@pytest.fixture
def home() -> Iterator[Path]:
    """Of a user who may do nothing but use the program."""
    folder = Path(tempfile.mkdtemp(prefix="王 小明 "))
    folder.chmod(0o700)
    os.chown(folder, NOBODY, NOBODY)
    yield folder
    shutil.rmtree(folder)


def needs(*programs: str) -> None:
    for program in programs:
        if shutil.which(program) is None:
            pytest.skip(f"there is no {program}")


def theirs(path: Path, home: Path) -> Path:
    """A copy of a file that belongs to that user."""
    copy = home / path.name
    shutil.copy(path, copy)
    os.chown(copy, NOBODY, NOBODY)
    return copy


@pytest.mark.long
def test_lintian(package: Path) -> None:
    """Neither errors nor warnings; each override is of use, so that none hides what it was not meant for."""
    needs("lintian")
    done = subprocess.run(
        ["lintian", "--display-info", "--show-overrides", "--tag-display-limit", "0", str(package)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert lines, done.stderr
    assert [line for line in lines if line[:2] in ("E:", "W:") or "-override " in line] == []
    overridden = {match[1] for line in lines if (match := re.match(r"O: \S+ (\S+)", line))}
    assert overridden == set(deb.OVERRIDES)


def test_it_is_installed_whole(system: ForgetfulSystem) -> None:
    assert system.run("dpkg", "--verify", deb.NAME).stdout == ""
    assert "installed" in system.run("dpkg-query", "--show", "--showformat", "${Status}", deb.NAME).stdout
    for size in (16, 48, 256):
        icon = Image.open(system.path(f"usr/share/icons/hicolor/{size}x{size}/apps/{deb.NAME}.png"))
        assert icon.size == (size, size)
        assert icon.convert("RGBA").getextrema()[3] == (0, 255)


def test_menu_and_catalogue_take_its_descriptions(system: ForgetfulSystem) -> None:
    needs("desktop-file-validate", "appstreamcli")
    done = system.run("desktop-file-validate", f"/usr/share/applications/{deb.NAME}.desktop")
    assert (done.returncode, done.stdout) == (0, "")
    done = system.run(
        "appstreamcli", "validate", "--no-net", f"/usr/share/metainfo/{documents.IDENTIFIER}.metainfo.xml"
    )
    assert done.returncode == 0, done.stdout


def test_its_files_are_offered_to_it(system: ForgetfulSystem, home: Path) -> None:
    """By the caches that the system's triggers have made."""
    needs("gio", "update-mime-database", "update-desktop-database")
    project = home / "print.restorer"
    project.write_bytes(b"\0 anything")
    project.chmod(0o644)
    said = system.run("gio", "info", "--attributes=standard::content-type", project).stdout
    assert "application/x-restorer-project" in said
    assert f"{deb.NAME}.desktop" in system.run("gio", "mime", "application/x-restorer-project").stdout
    for kind in documents.KINDS:
        assert f"{deb.NAME}.desktop" in system.run("gio", "mime", kind.mime).stdout, kind


def test_the_program_works_for_a_user(system: ForgetfulSystem, home: Path, from_source: Source, tmp_path: Path) -> None:
    environment = system.environment(home, QT_QPA_PLATFORM="offscreen", CUDA_VISIBLE_DEVICES="")
    done = system.run(deb.NAME, "--version", user=NOBODY, environment=environment)
    assert (done.returncode, "standalone" in done.stdout) == (0, True), done.stderr
    done = system.run(deb.NAME, "--self-test", user=NOBODY, environment=environment)
    assert (done.returncode, "0.000 of 255" in done.stdout) == (0, True), done.stderr
    photograph, mask = (theirs(SAMPLES / name, home) for name in ("colosseum.jpg", "colosseum-mask.png"))
    arguments = ("fill", photograph, "--mask", mask, "-o")
    done = system.run(deb.NAME, *arguments, home / "修复.png", user=NOBODY, environment=environment)
    assert done.returncode == 0, done.stderr
    from_source(*arguments, tmp_path / "theirs.png")
    ours, expected = (np.asarray(Image.open(path)) for path in (home / "修复.png", tmp_path / "theirs.png"))
    np.testing.assert_array_equal(ours, expected)


def test_the_menu_opens_a_photograph(system: ForgetfulSystem, home: Path, screen: str) -> None:
    """What the menu entry says is started as a file manager does it."""
    needs("xdotool")
    entry = system.path(f"usr/share/applications/{deb.NAME}.desktop").read_text(encoding="utf-8")
    words = shlex.split(re.search(r"^Exec=(.*)$", entry, re.MULTILINE)[1])  # type: ignore[index]
    assert words[-1] == "%F"
    photograph = theirs(SAMPLES / "osprey.jpg", home)
    environment = system.environment(home, DISPLAY=screen, QT_QPA_PLATFORM="xcb", CUDA_VISIBLE_DEVICES="")
    process = subprocess.Popen(
        system.command("env", "--default-signal=INT", *words[:-1], photograph, user=NOBODY), env=environment, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    try:
        end = time.monotonic() + 120
        search = ["xdotool", "search", "--onlyvisible", "--name", "osprey"]
        while not subprocess.run(search, env={"DISPLAY": screen}, capture_output=True, text=True).stdout.split():
            assert process.poll() is None, process.communicate()[1]
            assert time.monotonic() < end, "no window came up"
            time.sleep(0.5)
        assert interrupt(process) == 0
    finally:
        process.kill()
        _, said = process.communicate()
    assert "Traceback" not in said


def test_a_purge_leaves_nothing(system: ForgetfulSystem) -> None:
    """The last one: nothing is installed afterwards."""
    assert any(change.startswith("new: /usr/lib/restorer") for change in system.changes())
    done = system.run("dpkg", "--purge", deb.NAME)
    assert (done.returncode, done.stderr) == (0, "")
    assert system.changes() == []


def test_what_a_purge_leaves_would_be_seen(tmp_path: Path) -> None:
    """A package that writes a file when it is installed, and changes one of the system's."""
    needs("dpkg-deb")
    program = tmp_path / "bundle"
    program.mkdir()
    (program / "restorer").write_text("#!/bin/sh\n")
    made = deb.build(program, tmp_path / "made", 0)
    tree = tmp_path / "tree"
    subprocess.run(["dpkg-deb", "--raw-extract", str(made), str(tree)], check=True)
    script = tree / "DEBIAN/postinst"
    script.write_text("#!/bin/sh\ntouch /usr/share/left-behind\necho >> /etc/issue\nrm /etc/issue.net\n")
    script.chmod(0o755)
    subprocess.run(["dpkg-deb", "--build", str(tree), str(made)], check=True, stdout=subprocess.DEVNULL)
    with ForgetfulSystem() as system:
        if system.missing:
            pytest.skip(system.missing)
        system.run("sh", "-c", "touch /etc/issue /etc/issue.net")
        if not Path("/etc/issue.net").exists():
            pytest.skip("this system is not like Debian")
        assert system.run("dpkg", "--install", made).returncode == 0
        assert system.run("dpkg", "--purge", deb.NAME).returncode == 0
        assert system.changes() == ["changed: /etc/issue", "removed: /etc/issue.net", "new: /usr/share/left-behind"]
    assert Path("/etc/issue.net").exists()


def test_descriptions_that_are_not_valid_would_be_seen(tmp_path: Path) -> None:
    needs("desktop-file-validate", "appstreamcli")
    entry = tmp_path / "restorer.desktop"
    entry.write_text(deb.desktop_entry().replace("Type=Application\n", ""), encoding="utf-8")
    assert subprocess.run(["desktop-file-validate", str(entry)], capture_output=True).returncode != 0
    about = tmp_path / "restorer.metainfo.xml"
    about.write_text(re.sub(r"<id>.*</id>", "", deb.metainfo("2026-11-24")), encoding="utf-8")
    assert subprocess.run(["appstreamcli", "validate", "--no-net", str(about)], capture_output=True).returncode != 0
