from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from restorer import bundled
from restorer.__main__ import main


def test_models_are_listed_shown_and_verified(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models"]) == 0
    assert capsys.readouterr().out.startswith("reweave\t")
    assert main(["models", "show", "reweave"]) == 0
    card = json.loads(capsys.readouterr().out)
    assert card["network"] == "reweave"
    assert main(["models", "verify"]) == 0
    assert card["sha256"] in capsys.readouterr().out


def test_listing_does_not_load_torch() -> None:
    code = """
import sys
from restorer.__main__ import main
assert main(["models", "list"]) == main(["models", "show", "spotter"]) == 0
assert "torch" not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("reweave\t")


def test_a_damaged_file_fails_the_verification(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(bundled.models(), tmp_path / "models")
    with (tmp_path / "models" / "reweave.safetensors").open("ab") as stream:
        stream.write(b"x")
    monkeypatch.setattr(bundled, "models", lambda: tmp_path / "models")
    assert main(["models", "verify"]) == 2
    assert "damaged" in capsys.readouterr().err


def test_an_unknown_model_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["models", "show", "lama"]) == 2
    assert "choose one of reweave" in capsys.readouterr().err


def test_no_weights_at_all_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled, "models", lambda: tmp_path)
    assert main(["models", "verify"]) == 2


def test_verify_takes_a_name_and_list_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(bundled.models(), tmp_path / "models")
    for suffix in (".json", ".safetensors"):
        shutil.copy(tmp_path / "models" / f"reweave{suffix}", tmp_path / "models" / f"second{suffix}")
    monkeypatch.setattr(bundled, "models", lambda: tmp_path / "models")
    assert main(["models", "verify", "second"]) == 0
    assert [line.split("\t")[0] for line in capsys.readouterr().out.splitlines()] == ["second"]
    assert main(["models", "verify", "third"]) == 2
    assert "no model 'third'" in capsys.readouterr().err
    assert main(["models", "list", "second"]) == 2
    assert "takes no name" in capsys.readouterr().err
