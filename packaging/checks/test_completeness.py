"""A check that is skipped because something is missing fails where that is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CHECKS = Path(__file__).parent
LACKING = """
import pytest

def test_with_a_tool():
    pytest.skip("there is no lintian")

@pytest.mark.long
def test_long():
    raise AssertionError
"""


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--complete",), 1),
        ((), 0),
        (("--complete", "--may-lack", "pwsh,lintian"), 0),
        (("--complete", "--may-lack", "x"), 1),
    ],
)
def test_what_is_missing_is_said_and_fails_if_it_must_not(tmp_path: Path, options: tuple[str, ...], code: int) -> None:
    (tmp_path / "conftest.py").write_text((CHECKS / "conftest.py").read_text("utf-8"), encoding="utf-8")
    (tmp_path / "test_lacking.py").write_text(LACKING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", "-p", "no:cacheprovider", "--rootdir", tmp_path]
    root = CHECKS.parents[1]
    done = subprocess.run(
        [*command, tmp_path, "--short", *options], capture_output=True, text=True, check=False,
        env={"PYTHONPATH": f"{root / 'packaging'}", "PATH": "/usr/bin:/bin"},
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    assert ("MISSING" if code else "not checked") + ": there is no lintian: test_lacking.py::test_with" in done.stdout
    assert "not checked: --short" not in done.stdout
