"""Checks of the standalone program itself, in surroundings as bare as those of a person who has just unpacked it.

    python -m pytest packaging/checks --bundle dist/restorer [--short] [--complete]

What cannot be checked here, because a program or a permission is missing, is listed at the end; with --complete that
fails.  The interpreter that runs them has Restorer from source: what both make is compared.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "resources" / "samples"
sys.path.insert(0, str(ROOT / "packaging"))

from cell import Cell  # noqa: E402


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bundle", type=Path, default=ROOT / "dist" / "restorer", help="the program's folder")
    parser.addoption("--short", action="store_true", help="leave out what takes long")
    parser.addoption("--package", type=Path, help="the Debian package; without it, its checks are left out")
    parser.addoption("--complete", action="store_true", help="fail if a check is skipped because something is missing")
    parser.addoption("--may-lack", default="", help="what may be missing nevertheless: parts of reasons, with commas")
    parser.addoption("--pictures", type=Path, help="folder for screenshots")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "long: left out by --short")
    config.pluginmanager.register(Missing(config), "missing")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--short"):
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="--short"))


class Missing:
    """Which checks were skipped, and why; not those that were not asked for."""

    CHOSEN = ("--short", "no --package was given")

    def __init__(self, config: pytest.Config) -> None:
        self._strict = config.getoption("--complete")
        self._allowed = [part for part in config.getoption("--may-lack").split(",") if part]
        self._reasons: dict[str, list[str]] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ")
            if reason not in self.CHOSEN:
                self._reasons.setdefault(reason, []).append(report.nodeid.rsplit("/", 1)[-1])

    def _failing(self) -> list[str]:
        return [reason for reason in self._reasons if not any(part in reason for part in self._allowed)]

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self._strict and self._failing() and session.exitstatus in (0, 5):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for reason, checks in self._reasons.items():
            fails = self._strict and reason in self._failing()
            terminalreporter.write_line(f"{'MISSING' if fails else 'not checked'}: {reason}: {', '.join(checks)}")


@pytest.fixture(scope="session")
def bundle(request: pytest.FixtureRequest) -> Path:
    path: Path = request.config.getoption("--bundle").resolve()
    if not (path / "restorer").is_file():
        pytest.exit(f"There is no program in {path}: build it with `pyinstaller packaging/build.spec`.", 2)
    return path


@pytest.fixture
def cell(bundle: Path, tmp_path: Path) -> Iterator[Cell]:
    """An empty home with spaces and Chinese letters, no network, no Python, 2 cores, 2 GB, a read-only program."""
    home = tmp_path / "王 小明 home"
    home.mkdir()
    with Cell(bundle, home) as made:
        yield made


@pytest.fixture(scope="session")
def from_source() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs a command of Restorer's source."""

    def run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
        command = [sys.executable, "-m", "restorer", *map(str, arguments)]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True)

    return run


@pytest.fixture(scope="session")
def pictures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = request.config.getoption("--pictures") or tmp_path_factory.mktemp("pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of an X display in memory."""
    if shutil.which("Xvfb") is None:
        pytest.skip("there is no Xvfb")
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x900x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    try:
        yield f":{number}"
    finally:
        server.terminate()
        server.wait()
