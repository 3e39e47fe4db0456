"""What is mistyped is one sentence on stderr and exit code 2, and opens no window."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from restorer import __main__ as program
from restorer.__main__ import main


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("restorer: ")
    assert len(said.err.splitlines()) == 1
    return said.err


@pytest.mark.parametrize(
    ("argument", "value"),
    [
        ("--threads", "0"),
        ("--threads", "-3"),
        ("--threads", "100000"),
        ("--threads", "two"),
        ("--seed", "-1"),
        ("--seed", "12345678901234567890123"),
        ("--seed", "9" * 5000),
        ("--grow", "-1"),
        ("--grow", "100000"),
    ],
)
def test_numbers_out_of_range(argument: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["fill", "a.png", "--mask", "m.png", "-o", str(tmp_path / "o.png"), argument, value]
    assert main(call) == 2
    said = sentence(capsys)
    assert argument in said
    assert "whole number from" in said
    assert len(said) < 200


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (["fill"], "required: IMAGE, --mask, -o/--output; see `restorer fill --help`."),
        (["fill", "--nope"], "see `restorer fill --help`."),
        (["models", "burn"], "see `restorer models --help`."),
        (["train", "-o", "run", "--minutes", "-1"], "--minutes"),
        (["train", "-o", "run", "--minutes", "nan"], "--minutes"),
        (["evaluate", "x", "-o", "y", "--threads", "100000"], "--threads"),
        (["--nope"], "there is no option --nope"),
    ],
)
def test_argparse_speaks_in_one_sentence(call: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(call) == 2
    assert says in sentence(capsys)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """The files with which a window was opened, call by call."""
    calls: list[list[Path]] = []

    def window(files: list[Path]) -> int:
        calls.append(files)
        return 0

    monkeypatch.setattr(program, "_window", window)
    return calls


def test_every_command_is_known_before_it_is_loaded() -> None:
    (commands,) = (action for action in program._parser()._actions if isinstance(action, argparse._SubParsersAction))
    assert set(program.COMMANDS) == set(commands.choices)


def test_a_mistyped_command_opens_no_window(opened: list[list[Path]], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fil", "a.png"]) == 2
    assert "did you mean `restorer fill`?" in sentence(capsys)
    assert main(["xyzzy"]) == 2
    assert "restorer --help" in sentence(capsys)
    assert opened == []


def test_what_may_be_a_file_opens_the_window(
    opened: list[list[Path]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fil").touch()
    calls = [[], ["fil"], ["gone.png"], ["folder/fil"]]
    for call in calls:
        assert main(call) == 0
    assert opened == [[Path(name) for name in call] for call in calls]


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        RuntimeError("[enforce fail at alloc_cpu.cpp] DefaultCPUAllocator: can't allocate memory: you ..."),
    ],
)
def test_memory_that_runs_out_is_a_sentence(
    error: Exception, opened: list[list[Path]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_args: Any) -> int:
        raise error

    monkeypatch.setattr(program, "_window", fail)
    assert main([]) == 2
    assert "not enough memory" in sentence(capsys)
    assert opened == []


def test_other_faults_of_the_program_are_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any) -> int:
        raise RuntimeError("a bug")

    monkeypatch.setattr(program, "_window", fail)
    with pytest.raises(RuntimeError, match="a bug"):
        main([])


def test_the_exit_code_of_the_program_itself() -> None:
    done = subprocess.run([sys.executable, "-m", "restorer", "fil"], capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == "restorer: There is no command and no file “fil”: did you mean `restorer fill`?\n"
