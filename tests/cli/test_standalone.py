"""What the standalone program says of itself, and of what it is built without."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from restorer import __version__, bundled
from restorer.__main__ import main

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"
ADAPTING_ALONE = """
import sys
from importlib.abc import MetaPathFinder

sys.path.insert(0, sys.argv[1])
import left_out

GONE = {name for name in left_out.MODULES if name.split(".")[0] in ("restorer", "tensorboard", "matplotlib")}


class Without(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in GONE:
            raise ModuleNotFoundError(f"{name} is left out", name=name)


sys.meta_path.insert(0, Without())
import restorer.cli.train_adapt, restorer.training.adapt, restorer.training.recipes
"""


@pytest.fixture
def standalone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)


@pytest.mark.usefixtures("standalone")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["evaluate"], "without evaluation"),
        (["evaluate", "x", "--anything", "-o", "y"], "without evaluation"),
        (["train"], "without full training and TensorBoard"),
        (["train", "--data", "x", "-o", "y"], "without full training and TensorBoard"),
        (["train", "prepare", "x"], "without full training and TensorBoard"),
    ],
)
def test_what_is_left_out(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert len(error.splitlines()) == 1


@pytest.mark.usefixtures("standalone")
def test_what_is_left_out_names_a_file_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has only the standalone program has no checkout to look into."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/README.md").touch()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert main(["evaluate"]) == 2
    assert f"({tmp_path / 'docs/README.md'} says how)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--version", "extra"], "--version takes nothing further: leave out “extra”"),
        (["--version", "--help"], "--version takes nothing further: leave out “--help”"),
        (["--self-test", "a.png", "extra"], "--self-test takes nothing further: leave out “extra”"),
        (["--self-test", "extra"], "“extra” is not the name of a PNG"),
        (["--self-test", "/proc/nowhere/window.png"], "/proc/nowhere cannot be written to"),
    ],
)
def test_words_too_many(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    told = capsys.readouterr()
    assert (said in told.err, told.out, len(told.err.splitlines())) == (True, "", 1)


@pytest.mark.usefixtures("standalone")
def test_adapting_is_there(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["train", "adapt", "--help"])
    assert "PHOTOGRAPH" in capsys.readouterr().out


def test_adapting_needs_nothing_that_is_left_out() -> None:
    if not PACKAGING.is_dir():
        pytest.skip("these tests run without the source tree")
    done = subprocess.run(
        [sys.executable, "-c", ADAPTING_ALONE, str(PACKAGING)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_version(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert main(["--version"]) == 0
    first, second, *weights = capsys.readouterr().out.splitlines()
    assert (first, second) == (f"restorer {__version__}", "run from source")
    card = json.loads((bundled.models() / "reweave.json").read_text(encoding="utf-8"))
    assert f"weights reweave sha256 {card['sha256']}" in weights

    (tmp_path / "build.json").write_text(
        json.dumps(
            {"commit": "0123456789ab", "changed": True, "date": "2026-11-24", "platform": "Linux", "torch": "cpu"}
        )
    )
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert main(["--version"]) == 0
    second = capsys.readouterr().out.splitlines()[1]
    assert second == "build 0123456789ab, with changes of 2026-11-24 for Linux, standalone"
