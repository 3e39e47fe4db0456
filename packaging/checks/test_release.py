"""A release that fails leaves nothing that could be taken for one; a trial is told by its names."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from conftest import ROOT

PYTHON = """#!/bin/bash
# stands for Python and whatever it runs; BREAK is what fails
case "$*" in
    *"$BREAK"*) echo "broken on purpose: $*" >&2; exit 3 ;;
    -c*) echo 1.2.3 ;;
    *PyInstaller*) mkdir -p dist/restorer && echo program > dist/restorer/restorer ;;
    *sbom.py*) echo '{}' > "$4" ;;
    *deb.py*) touch "$4/restorer_1.2.3${7:+~trial}-1_amd64.deb" && echo "$4/restorer_1.2.3${7:+~trial}-1_amd64.deb" ;;
    *pytest*) echo "$*" >> asked ;;
esac
"""


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A checkout with a release that is asked for, and one of yesterday that was given up halfway."""
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools/release", tmp_path / "tools")
    (tmp_path / "CHANGELOG.md").write_text("## 1.2.3 (2026-11-24)\n")
    (tmp_path / ".gitignore").write_text("dist/\nasked\n")
    python = tmp_path / "python"
    python.write_text(PYTHON)
    python.chmod(0o755)
    for place in ("dist/unfinished/old.deb", "dist/restorer-1.2.3/old.deb", "dist/restorer-1.2.3-trial/old.deb"):
        (tmp_path / place).parent.mkdir(parents=True)
        (tmp_path / place).touch()
    for words in (("init", "-q"), ("add", "."), ("commit", "-qm", "x")):
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", "-C", str(tmp_path), *identity, *words], check=True)
    return tmp_path


def released(tree: Path, *words: str, broken: str = "nothing") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHON": str(tree / "python"), "BREAK": broken}
    return subprocess.run(
        [str(tree / "tools/release"), *words], env=environment, capture_output=True, text=True, check=False
    )


def test_what_is_handed_out(tree: Path) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("there is no dpkg-deb")
    done = released(tree)
    assert done.returncode == 0, done.stderr
    names = sorted(path.name for path in (tree / "dist/restorer-1.2.3").iterdir())
    name = f"restorer-1.2.3-linux-{os.uname().machine}"
    assert names == [f"{name}.cdx.json", f"{name}.sha256", f"{name}.tar.xz", "restorer_1.2.3-1_amd64.deb"]
    assert not (tree / "dist/unfinished").exists()
    asked = (tree / "asked").read_text().splitlines()
    assert len(asked) == 3
    assert all("--complete" in line and "--short" not in line for line in asked[1:])


def test_a_trial_says_so(tree: Path) -> None:
    if shutil.which("dpkg-deb") is None:
        pytest.skip("there is no dpkg-deb")
    done = released(tree, "--trial")
    assert done.returncode == 0, done.stderr
    made = list((tree / "dist/restorer-1.2.3-trial").iterdir())
    assert len(made) == 4
    assert all("trial" in path.name for path in made)


@pytest.mark.parametrize("broken", ["-m pytest", "PyInstaller", "packaging/checks", "sbom.py", "deb.py", "--package"])
def test_a_release_that_fails_leaves_none(tree: Path, broken: str) -> None:
    done = released(tree, broken=broken)
    assert done.returncode != 0
    assert "broken on purpose" in done.stderr
    left = {path.relative_to(tree / "dist").as_posix() for path in (tree / "dist").rglob("*") if path.is_file()}
    assert left <= {"restorer/restorer", "restorer-1.2.3-trial/old.deb"}


def test_a_tree_that_differs_and_a_version_without_date_are_no_release(tree: Path) -> None:
    (tree / "CHANGELOG.md").write_text("## 1.2.3\n")
    assert "gives 1.2.3 no date" in released(tree).stdout
    (tree / "CHANGELOG.md").write_text("## 1.2.3 (2026-11-25)\n")
    assert "differs from its commit" in released(tree).stdout
