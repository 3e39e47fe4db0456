"""A process of the standalone program, shut in: what it may see and use is what the poorest computer would give it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

MEMORY = 2 << 30
"""Bytes."""
CORES = 2
_GROUPS = (Path("/sys/fs/cgroup/memory"), Path("/sys/fs/cgroup"))  # of version 1, of version 2


class Cell:
    """Runs the program of `bundle` with `home` as the home folder.

    Linux only: a network and a mount namespace of its own (`unshare`) and a control group that limits memory.  Where
    the system does not permit them, `walls` says what is missing, and the rest holds.
    """

    def __init__(self, bundle: Path, home: Path, *, home_is_read_only: bool = False) -> None:
        self.bundle, self.home = bundle, home
        self._read_only = [bundle, home] if home_is_read_only else [bundle]
        self._group: Path | None = None
        self._nowhere = tempfile.mkdtemp(prefix="no-programs-")
        self.missing: list[str] = []
        self._running: list[subprocess.Popen[str]] = []

    def __enter__(self) -> Cell:
        self._group = self._made_group()
        if self._group is None:
            self.missing.append("a limit of memory")
        self._namespaces = self._permitted()
        if not self._namespaces:
            self.missing.append("no network and a read-only folder of the program")
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            if process.poll() is None:
                process.kill()
                process.wait()
            for pipe in (process.stdout, process.stderr):
                if pipe is not None:
                    pipe.close()
        if self._group is not None:
            with suppress(OSError):
                self._group.rmdir()
        shutil.rmtree(self._nowhere, ignore_errors=True)

    def _made_group(self) -> Path | None:
        for parent in _GROUPS:
            group = parent / f"restorer-check-{os.getpid()}-{id(self)}"
            limit = group / ("memory.limit_in_bytes" if parent.name == "memory" else "memory.max")
            try:
                group.mkdir()
                limit.write_text(str(MEMORY))
            except OSError:
                with suppress(OSError):
                    group.rmdir()
                continue
            with suppress(OSError):  # no way out over the disk
                (group / "memory.swap.max").write_text("0")
            return group
        return None

    @property
    def killed_for_memory(self) -> int:
        """How many processes the limit has ended."""
        if self._group is None:
            return 0
        for name in ("memory.oom_control", "memory.events"):
            with suppress(OSError):
                for line in (self._group / name).read_text().splitlines():
                    if line.startswith("oom_kill "):
                        return int(line.split()[1])
        return 0

    def _permitted(self) -> bool:
        if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
            return False
        return subprocess.run([*self._unshared, "true"], capture_output=True, check=False).returncode == 0

    @property
    def _unshared(self) -> list[str]:
        return ["unshare", *([] if os.geteuid() == 0 else ["-r"]), "-n", "-m"]

    def command(self, *arguments: str | Path) -> list[str]:
        """What starts the program in the cell."""
        # Ctrl+C is heard, even if the checks themselves run in the background of a shell, where it is ignored
        program = ["/usr/bin/env", "--default-signal=INT", str(self.bundle / "restorer"), *map(str, arguments)]
        cores = sorted(os.sched_getaffinity(0))[:CORES]
        program = ["/usr/bin/taskset", "-c", ",".join(map(str, cores)), *program]
        if self._group is not None:
            program = ["/bin/sh", "-c", 'echo $$ > "$0/cgroup.procs" && exec "$@"', str(self._group), *program]
        if self._namespaces:
            mounts = "".join(
                f'/bin/mount --bind "{path}" "{path}" && /bin/mount -o remount,ro,bind "{path}" && '
                for path in self._read_only
            )
            program = [*self._unshared, "/bin/sh", "-c", f'{mounts} exec "$@"', "sh", *program]
        return program

    def environment(self, **more: str) -> dict[str, str]:
        """As good as nothing: no program can be found, no Python, no graphics card."""
        return {
            "HOME": str(self.home), "PATH": self._nowhere, "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "offscreen",
            "CUDA_VISIBLE_DEVICES": "", **more,
        }  # fmt: skip

    def run(self, *arguments: str | Path, **more: Any) -> subprocess.CompletedProcess[str]:
        """Run to the end; `more` are further variables of the environment."""
        command = self.command(*arguments)
        command[0] = shutil.which(command[0]) or command[0]
        return subprocess.run(
            command,
            env=self.environment(**more),
            cwd=self.home,
            capture_output=True,
            text=True,
            timeout=900,
            check=False,
        )

    def start(self, *arguments: str | Path, **more: Any) -> subprocess.Popen[str]:
        """Start in the background; ended with the cell."""
        command = self.command(*arguments)
        command[0] = shutil.which(command[0]) or command[0]
        process = subprocess.Popen(
            command, env=self.environment(**more), cwd=self.home, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._running.append(process)
        return process


def interrupt(process: subprocess.Popen[str], patience: float = 60) -> int:
    """Ctrl+C, and its exit code."""
    process.send_signal(signal.SIGINT)
    return process.wait(patience)
